"""The words of a text and of its parts, folded or as written, kept from one question to the next.

Knows nothing of questions; offsets are into the text that is given.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from rag.text import Word, detect_language, folded_word_of, words
from rag.types import Language


@dataclass(frozen=True, slots=True)
class Stretch:
    """text[start:end], cut between words: its words are read together with those of the whole text."""

    text: str
    start: int
    end: int


def language_of(text: str | Stretch) -> Language:
    """The language of a text; of a stretch, that of its whole text."""
    return _detected(text if isinstance(text, str) else text.text)


@lru_cache(maxsize=1_024)
def _detected(text: str) -> Language:
    return detect_language(text)


def _cut(stretch: Stretch) -> slice:
    """Which words of the whole text a stretch holds."""
    whole = cached_words(stretch.text)
    begin = bisect_left(whole, stretch.start, key=attrgetter("start"))
    return slice(begin, bisect_left(whole, stretch.end, begin, key=attrgetter("start")))


@lru_cache(maxsize=8_192)
def cached_words(text: str | Stretch) -> tuple[Word, ...]:
    """`words`, kept: one question compares the same paragraphs many times. Offsets are into the whole text."""
    return tuple(words(text)) if isinstance(text, str) else cached_words(text.text)[_cut(text)]


@lru_cache(maxsize=8_192)
def folded_words(text: str | Stretch) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    if isinstance(text, str):
        return tuple(folded_word_of(word) for word in cached_words(text))
    return folded_words(text.text)[_cut(text)]


@lru_cache(maxsize=8_192)
def term_set(text: str | Stretch) -> frozenset[str]:
    """The folded words of a text, each once."""
    return frozenset(folded_words(text))
