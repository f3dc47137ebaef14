"""How far one word is another's translation, between French and English, by a trained table (training/wordtable.py).

Knows stems and chances only; nothing of questions and passages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from rag.alike import stems
from rag.errors import EmbedderError
from rag.types import Language

TABLE_MODEL: Final = "gazette-words-v1"  # folder under rag/models
LONG_STEM: Final = 5  # letters of a stem whose last vowels may go
WEIGHTS: Final = "table.npz"
PARTS: Final = ("ends", "words", "chances")  # of each language's rows
SCALE: Final = 255  # chances are kept as bytes: their square roots times this
# Square root of the chance from which a translation counts in full: "died" and "mort" 0.31, "fire" and "feu" 0.42. A
# rare sense has less: "sacked" and "licencié" 0.11, "fire" and "licencié" 0.03.
FULL: Final = math.sqrt(0.3)

Row = Mapping[str, float]
Whole = npt.NDArray[np.integer[Any]]


class TranslationTable(NamedTuple):
    """For each stem of one language those of the other that tell it or that it tells, with the square root of the
    greater of the two chances."""

    french: Mapping[str, Row]
    english: Mapping[str, Row]


@cache
def translation_table() -> TranslationTable:
    """The bundled table. Raises `EmbedderError` when this installation lacks it."""
    return load_table(Path(str(files("rag") / "models")) / TABLE_MODEL / WEIGHTS)


def load_table(file: Path) -> TranslationTable:
    """The table that training/wordtable.py has saved. Raises `EmbedderError` when it cannot be read."""
    try:
        with np.load(file) as kept:
            french, english = (str(kept[side]).split("\n") for side in ("french", "english"))
            told = _rows(french, english, *(kept[f"french_{part}"] for part in PARTS))
            telling = _rows(english, french, *(kept[f"english_{part}"] for part in PARTS))
            return TranslationTable(_both_ways(told, telling), _both_ways(telling, told))
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise EmbedderError(f"cannot load the table of words in {file} ({error}); install Gazette again") from error


def _both_ways(told: dict[str, Row], telling: dict[str, Row]) -> dict[str, Row]:
    """The rows of one side, each entry the greater of the two sides'."""
    found = {stem: dict(row) for stem, row in told.items()}
    for other, row in telling.items():
        for stem, chance in row.items():
            entries = found.setdefault(stem, {})
            if chance > entries.get(other, 0.0):
                entries[other] = chance
    return dict(found)


def _rows(given: Sequence[str], made: Sequence[str], ends: Whole, words: Whole, chances: Whole) -> dict[str, Row]:
    """The rows as they are saved: those of a stem end before `ends`, and `words` are places in `made`."""
    found: dict[str, Row] = {}
    start = 0
    for stem, end in zip(given, ends.tolist(), strict=True):
        told = zip(words[start:end].tolist(), chances[start:end].tolist(), strict=True)
        found[stem] = {made[word]: chance / SCALE for word, chance in told}
        start = end
    return found


@lru_cache(maxsize=100_000)
def roots(word: str) -> tuple[str, str]:
    """The keys of a folded word as French and as English: its stems, the French one without the vowels that Snowball
    leaves to some forms of a verb and not to others ("licenci", "licenc")."""
    french, english = stems(word)
    return (french.rstrip("aeiouy") if len(french) > LONG_STEM else french), english


@lru_cache(maxsize=200_000)
def nearness(word: str, other: str, language: Language) -> float:
    """How far a folded word of a language is translated by one of the other language, 0 to 1: by the greater of the two
    chances that the one is told by the other."""
    root = roots(other)[1 if language == "fr" else 0]
    return min(1.0, translations_of(word, language).get(root, 0.0) / FULL)


def translations_of(word: str, language: Language) -> Row:
    """The roots of the other language that translate a folded word of a language, with the square roots of their
    chances."""
    table = translation_table()
    return table.french.get(roots(word)[0], {}) if language == "fr" else table.english.get(roots(word)[1], {})
