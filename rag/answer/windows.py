"""Excerpts for the reader: stretches of text around the most promising sentences.

Knows sentences by their place in a document. Knows nothing of what the reader makes of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.answer.document import Document

WIDEST: Final = 620  # characters; with question and title about 200 tokens
MOST: Final = 6  # excerpts read for a question: each costs some 20 ms on two cores


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence by its document and offsets."""

    document: Document
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one document: whole sentences, in order."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    def holds(self, place: Place) -> bool:
        return self.document.id == place.document.id and self.start <= place.start and place.end <= self.end


def windows(wanted: Sequence[Place], known: Sequence[Place]) -> list[Window]:
    """At most MOST windows that hold the wanted sentences, those first in the list first.

    Each grows around its sentence by the sentences of `known` next to it, below and above by turns, never beyond WIDEST
    and never over a heading.
    """
    by_document: dict[str, list[Place]] = {}
    for place in known:
        by_document.setdefault(place.document.id, []).append(place)
    for places in by_document.values():
        places.sort(key=lambda place: place.start)
    found: list[Window] = []
    for place in wanted:
        if len(found) == MOST:
            break
        if not any(window.holds(place) for window in found):
            found.append(_grown(place, by_document[place.document.id]))
    return found


def _grown(place: Place, places: Sequence[Place]) -> Window:
    at = next(n for n, other in enumerate(places) if other.start == place.start)
    start, end = place.start, place.end
    above, below = at - 1, at + 1
    while True:
        grown = False
        if below < len(places) and _fits(place.document, start, places[below].end, end, places[below].start):
            end, below, grown = places[below].end, below + 1, True
        if above >= 0 and _fits(place.document, places[above].start, end, places[above].end, start):
            start, above, grown = places[above].start, above - 1, True
        if not grown:
            return Window(place.document, start, end)


def _fits(document: Document, start: int, end: int, gap_start: int, gap_end: int) -> bool:
    """Whether a window may reach from `start` to `end`, with nothing but white space in the gap that it closes."""
    return end - start <= WIDEST and not document.text[gap_start:gap_end].strip()
