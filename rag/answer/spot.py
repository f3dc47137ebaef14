"""A short answer as it is spotted in a sentence, and how close it stands to the question's words.

Shared by the rules for dates, numbers and names; knows no kind of answer itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.dates import DateMention
from rag.matching import Matcher
from rag.reader import Found
from rag.terms import cached_words, folded_words, term_set
from rag.text import Span

AGREED: Final = 0.6  # most that a short answer gains when the reader marks the same words
SURE: Final = 3.0  # the reader's score, in logits, at which a mark counts nearly in full
NEAR: Final = 60  # characters at which closeness to the question's words has halved
MET: Final = 0.6  # similarity from which a word of the sentence counts as one of the question's


@dataclass(frozen=True, slots=True)
class Short:
    """A short answer and where it stands in its sentence."""

    text: str
    start: int
    end: int
    confidence: float  # in [0, 1], comparable within one kind of question
    date: DateMention | None = None
    items: tuple[str, ...] = ()  # of a list


def anchors_in(matcher: Matcher, sentence: str) -> list[Span]:
    """Where the words of the question are met."""
    met = matcher.met_anywhere(term_set(sentence), MET)
    return [
        Span(word.start, word.end)
        for word, term in zip(cached_words(sentence), folded_words(sentence), strict=True)
        if term in met
    ]


def closeness(start: int, end: int, anchors: Sequence[Span]) -> float:
    """1 beside words of the question, 1/2 at NEAR characters from the mean of the two nearest; 0.3 without any."""
    if not anchors:
        return 0.3
    gaps = sorted(max(0, anchor.start - end, start - anchor.end) for anchor in anchors)[:2]
    return NEAR / (NEAR + sum(gaps) / len(gaps))


def agreement(start: int, end: int, found: Found | None) -> float:
    """What a short answer gains by the reader's mark: AGREED for an overlapping one that is sure, less the less it is,
    0 without one. All offsets are of the sentence."""
    if found is None or min(end, found.end) <= max(start, found.start):
        return 0.0
    return AGREED / (1.0 + math.exp(-found.score * 2.0 / SURE))
