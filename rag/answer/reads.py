"""What the reader finds in sentences, and what it makes of each of their dates.

Knows places in documents and the reader. Knows nothing of what else speaks for a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rag.answer.windows import Place, windows
from rag.dates import DateMention
from rag.reader import Excerpt, Found, Reader

ARTICLE: Final = 4  # characters before a date that may belong to it: "le 3 mai"


@dataclass(frozen=True, slots=True)
class Read:
    """The reader's finding in one sentence."""

    found: Found  # its best words, offsets into the sentence
    dates: tuple[float | None, ...]  # score of the best words in each of its dates; None for one that was cut off


def read_around(
    question: str, wanted: Sequence[Place], known: Mapping[Place, Sequence[DateMention]], reader: Reader
) -> dict[Place, Read]:
    """The reader's finding in every known sentence that lies in a window around a wanted one; of several windows the
    one with the better finding. `known`: sentences with their dates, offsets into the sentence."""
    cut = windows(wanted, list(known))
    readings = reader.read(question, [Excerpt(window.document.article.title, window.text) for window in cut])
    read: dict[Place, Read] = {}
    for window, reading in zip(cut, readings, strict=True):
        for place, dates in known.items():
            if not window.holds(place):
                continue
            at = place.start - window.start
            best = reading.best(at, place.end - window.start)
            if best is not None and (place not in read or best.score > read[place].found.score):
                marked = [reading.best(max(0, at + date.start - ARTICLE), at + date.end) for date in dates]
                scores = tuple(words.score if words else None for words in marked)
                read[place] = Read(Found(best.start - at, best.end - at, best.score), scores)
    return read
