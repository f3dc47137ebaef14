"""Words that are alike: by stem, by a long shared beginning, those of birth, and lands with their peoples.

Works on folded words of French and English; knows no archive and no table of places.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import Stemmer

from rag.text import BORN, fold
from rag.types import Language

# A shared beginning of this many letters, and of this share of the longer word, counts as a cognate
# ("confirmed"/"confirmée", "negotiations"/"négociations" share stems or beginnings across the two languages).
COGNATE_LETTERS: Final = 5
COGNATE_SHARE: Final = 0.55


@lru_cache(maxsize=2)
def _stemmer(language: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer({"fr": "french", "en": "english"}[language])


@lru_cache(maxsize=200_000)
def stems(word: str) -> tuple[str, str]:
    """Snowball stems of a folded word, as French and as English."""
    return fold(_stemmer("fr").stemWord(word)), _stemmer("en").stemWord(word)


def same_stem(a: str, b: str) -> bool:
    """Whether two folded words share their stem in either language."""
    return any(x == y for x, y in zip(stems(a), stems(b), strict=True))


def cognate(a: str, b: str) -> bool:
    """Whether two folded words share a long beginning."""
    if a[:COGNATE_LETTERS] != b[:COGNATE_LETTERS] or abs(len(a) - len(b)) > 5 or a.isdigit() or b.isdigit():
        return False
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    return shared >= COGNATE_LETTERS and shared >= COGNATE_SHARE * max(len(a), len(b))


# "né" has no letter in common with what means the same.
BIRTH: Final = frozenset(
    {BORN, *"naissance naquit natif native natal natale nait naitre born birth birthplace".split()}
)
# Who asks for a toll, as a number, is told of the dead and the hurt.
TOLL: Final = frozenset({"bilan", "toll"})
TOLD_OF_TOLL: Final = frozenset(
    "morts mort tues victimes blesses deces disparus dead deaths killed casualties victims injured".split()
)
# A land that no table knows and its adjective, in either language: "Lutania", "Lutanie", "lutanien", "Lutanian".
_LAND: Final = re.compile(r"(?:ia|ie|ies|ian|ians|ien|iens|ienne|iennes|an|ane|ans|ais|aise|aises|ois|oise|e|es|a)$")
LAND_ROOT: Final = 5  # least letters before such an ending


@lru_cache(maxsize=50_000)
def _root(word: str) -> str:
    match = _LAND.search(word)
    return word[: match.start()] if match else ""


_ADJECTIVE: Final = re.compile(r"\w(?:ian|ien|ienne|an|ane|ais|aise|ois|oise|e)s?$")


_OF_LANDS: Final = re.compile(r"(?P<root>\w{4,})(?:ia|ie)")
_OF_PEOPLES: Final = re.compile(r"(?P<root>\w{4,})(?:ian|ien|ienne)s?")
_BARE: Final = re.compile(r"\w{3,}(?:land|stan)")


def land_forms(word: str) -> tuple[str, ...]:
    """What a folded word that is a land's or a people's name makes of the other: "lutanien" of "lutania", "ostranie" of
    "ostranian". Empty where it ends as none does."""
    if match := _OF_LANDS.fullmatch(word):
        return tuple(match["root"] + ending for ending in ("ien", "ienne", "iens", "iennes", "ian", "ians"))
    if match := _OF_PEOPLES.fullmatch(word):
        return tuple(match["root"] + ending for ending in ("ia", "ie"))
    if _BARE.fullmatch(word):
        return tuple(word + ending for ending in ("ais", "aise", "aises", "er", "ers", "i", "is"))
    return ()


def is_adjective(word: str) -> bool:
    """Whether a folded word ends as the adjective of a land may: "lutaniens", "kardoves"."""
    return _ADJECTIVE.search(word) is not None


def same_land(a: str, b: str) -> bool:
    """Whether two folded words are alike but for the ending of a land or a people."""
    return a[:LAND_ROOT] == b[:LAND_ROOT] and len(_root(a)) >= LAND_ROOT and _root(a) == _root(b)
