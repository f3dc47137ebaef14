"""Content words, and whether a text of either language holds them: the same, inflected, translated or near in meaning.

Knows no sentences and no verdicts. Meaning is the embedding model's, by single words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from evals.judge.lexicon import LIKE
from evals.judge.vectors import MOST_KEPT, WordVectors
from rag.alike import cognate, stems
from rag.answer.capitals import calendar_words
from rag.embedding import Embedder
from rag.gazetteer import flat, translations
from rag.names import same_name
from rag.peoples import is_adjective_of
from rag.text import STOPWORDS, fold, words

COGNATE: Final = 0.8  # what a word counts that only begins like one of the text's
# Words about saying and about texts, which carry nothing of what is said.
_FRAME: Final = frozenset(
    """
    selon according article texte text source passage dit said say says told declare declared indique indiquait
    indicated explique explained precise affirme annonce announced ajoute added ecrit writes wrote rapporte reported
    lecteur lectrice lecteurs reader readers internaute commentaire comment commentaires comments journal newspaper
    """.split()
)
_STOP: Final = STOPWORDS["fr"] | STOPWORDS["en"]


class Term(NamedTuple):
    """A content word: folded, with its half-open offsets."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def content(text: str) -> tuple[Term, ...]:
    """The content words of a text in order, without function words, words of saying, months and days;
    numbers are none."""
    found = []
    for word in words(text):
        folded = fold(word.text)
        if (
            len(folded) > 1
            and not folded[0].isdigit()
            and folded not in _STOP
            and folded not in _FRAME
            and folded not in calendar_words()
        ):
            found.append(Term(folded, word.start, word.end))
    return tuple(found)


@lru_cache(maxsize=4096)
def terms(text: str) -> frozenset[str]:
    """The folded words of a text, those with hyphens in parts too."""
    found = {fold(word.text) for word in words(text)}
    return frozenset(found | {part for word in found if "-" in word for part in word.split("-")})


@lru_cache(maxsize=200_000)
def alike(a: str, b: str) -> float:
    """How surely two folded words are one: 1 by spelling, inflection, name or translation, else by beginning."""
    if a == b:
        return 1.0
    if any(character.isdigit() for character in a + b):
        return 0.0
    (french, english), (other_french, other_english) = stems(a), stems(b)
    if french == other_french or english == other_english or b in translations(flat(a)) or same_name(a, b):
        return 1.0
    if any(a in group and b in group for group in LIKE) or is_adjective_of(a, b) or is_adjective_of(b, a):
        return 1.0
    return COGNATE if cognate(a, b) else 0.0


class Words:
    """Whether words are held, with meanings where spelling does not tell."""

    def __init__(self, embedder: Embedder) -> None:
        self._meanings = WordVectors(embedder)
        self._held: dict[tuple[str, frozenset[str]], float] = {}

    def held(self, word: str, others: frozenset[str]) -> float:
        """How surely a text of these words holds a word, in [0, 1]."""
        if word in others:
            return 1.0
        key = (word, others)
        if key not in self._held:
            if len(self._held) > MOST_KEPT:
                self._held.clear()
            best = max((alike(word, other) for other in others), default=0.0)
            self._held[key] = best or self._meant(word, others)
        return self._held[key]

    def near(self, word: str, other: str) -> float:
        """How near two words are, by spelling or meaning."""
        return alike(word, other) or self._meant(word, frozenset((other,)))

    def _meant(self, word: str, others: Iterable[str]) -> float:
        able = sorted(other for other in others if len(other) > 2 and other.isalpha() and other not in _STOP)
        if not able or not word.isalpha():
            return 0.0
        for one in (word, *able):  # one by one: what else is in a batch moves a vector's last digits
            self._meanings.learn((one,))
        return max(self._meanings.nearness(word, other) for other in able)

    def share(self, said: Sequence[Term], text: str) -> float:
        """Share of content words that a text holds; 0 when there are none."""
        others = terms(text)
        return sum(self.held(term.word, others) for term in said) / len(said) if said else 0.0


def squeezed(text: str) -> str:
    """A text as quotes are compared: one apostrophe, one dash, one kind of quotation mark, single spaces."""
    plain = text.translate(_MARKS)
    return " ".join(re.sub(r'\s*"\s*', '"', plain).split())


_MARKS: Final = {
    **dict.fromkeys(map(ord, "’‘ʼ′`"), "'"),
    **dict.fromkeys(map(ord, "«»“”„"), '"'),
    **dict.fromkeys(map(ord, "‐‑–—−"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " "),
    0xAD: None,
    0x200B: None,
}
