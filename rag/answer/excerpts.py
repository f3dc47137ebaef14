"""The part of a long sentence that is quoted beside the best one: the clauses around what may be the answer.

Offsets only; a quote stays verbatim. A sentence whose other words may take back what the part says is quoted whole.
Knows candidates, nothing of wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rag.answer.candidates import Candidate
from rag.answer.polarity import qualifies
from rag.text import Span, Word, words

LONGEST: Final = 18  # words of a part; a sentence of no more is quoted whole
_CUT: Final = re.compile(r"[,;:]\s|\s[–—(]|[)]\s|\s(?=(?:qui|que|dont|où|alors que|mais|which|who|but|while)\s)")


def excerpt(candidate: Candidate) -> Span:
    """The part of a candidate's sentence to quote, offsets into the sentence: whole clauses around its short answer, or
    around the words that the reader marks, as far as LONGEST words reach; of a longer clause that many words. The
    whole sentence where the rest of it may take back what the part says."""
    text = candidate.text
    part = _part(candidate)
    return Span(0, len(text)) if qualifies(text[: part.start], text[part.end :]) else part


def _part(candidate: Candidate) -> Span:
    """The clauses around what is marked, whatever the others say."""
    text = candidate.text
    all_words = words(text)
    if len(all_words) <= LONGEST:
        return Span(0, len(text))
    marked = candidate.short or candidate.found
    at = (marked.start, marked.end) if marked else (0, 1)
    bounds = sorted({0, len(text), *(m.end() for m in _CUT.finditer(text))})
    left = max(b for b in bounds if b <= at[0])
    right = min(b for b in bounds if b >= at[1])
    if _count(all_words, left, right) > LONGEST:
        return _window(candidate, at)
    while True:
        wider = [(a, right) for a in bounds if a < left][-1:] + [(left, b) for b in bounds if b > right][:1]
        wider = [pair for pair in wider if _count(all_words, *pair) <= LONGEST]
        if not wider:
            return _trimmed(text, left, right)
        left, right = min(wider, key=lambda pair: _count(all_words, *pair))


def _count(all_words: Sequence[Word], left: int, right: int) -> int:
    return sum(left <= word.start < right for word in all_words)


def _window(candidate: Candidate, at: tuple[int, int]) -> Span:
    """LONGEST words, those that are marked amid them."""
    all_words = words(candidate.text)
    first = next((i for i, word in enumerate(all_words) if word.end > at[0]), 0)
    last = next((i for i, word in enumerate(all_words) if word.end >= at[1]), len(all_words) - 1)
    spare = max(0, LONGEST - (last - first + 1))
    begin = max(0, min(first - spare // 2, len(all_words) - LONGEST))
    end = min(len(all_words) - 1, begin + LONGEST - 1)
    return Span(all_words[begin].start, all_words[end].end)


def _trimmed(text: str, left: int, right: int) -> Span:
    """The stretch without the blanks and separators at its ends."""
    while right < len(text) and right > left and text[right - 1] in " ,;:–—(\u00a0":
        right -= 1
    while left < right and text[left] in " ,;:–—\u00a0":
        left += 1
    return Span(left, right)
