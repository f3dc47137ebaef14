"""The words of a text and of its parts, folded or as written, kept from one question to the next.

Knows nothing of questions; offsets are into the text that is given.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.text import Word, detect_language, folded_word, words
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


@dataclass(frozen=True, slots=True)
class WordRun:
    """The words of a text: what they are and where they begin. Kept so, thousands of texts are few objects for the
    garbage collector to look at."""

    texts: tuple[str, ...]
    starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Word]:
        return (Word(text, start, start + len(text)) for text, start in zip(self.texts, self.starts, strict=True))

    def __getitem__(self, index: int) -> Word:
        text, start = self.texts[index], self.starts[index]
        return Word(text, start, start + len(text))

    def cut(self, where: slice) -> WordRun:
        """The words at some places."""
        return WordRun(self.texts[where], self.starts[where])


def _cut(stretch: Stretch) -> slice:
    """Which words of the whole text a stretch holds."""
    starts = cached_words(stretch.text).starts
    begin = bisect_left(starts, stretch.start)
    return slice(begin, bisect_left(starts, stretch.end, begin))


@lru_cache(maxsize=8_192)
def cached_words(text: str | Stretch) -> WordRun:
    """`words`, kept: one question compares the same paragraphs many times. Offsets are into the whole text."""
    if isinstance(text, Stretch):
        return cached_words(text.text).cut(_cut(text))
    found = words(text)
    return WordRun(tuple(word.text for word in found), tuple(word.start for word in found))


@lru_cache(maxsize=8_192)
def folded_words(text: str | Stretch) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    if isinstance(text, str):
        return tuple(map(folded_word, cached_words(text).texts))
    return folded_words(text.text)[_cut(text)]


@lru_cache(maxsize=8_192)
def term_set(text: str | Stretch) -> frozenset[str]:
    """The folded words of a text, each once."""
    return frozenset(folded_words(text))
