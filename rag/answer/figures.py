"""Figures in French and English text as values, so that "1,5 million", "1.5m" and "1 500 000" are one.

Knows digits, number words, magnitudes and units. It decides whether one text's figure is another's; it knows nothing of
answers. A figure that can be read in two ways ("1,500") has two values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rag.dates.names import NUMBERS
from rag.text import Span, fold, words
from rag.types import Language

_DIGITS: Final = r"\d{1,3}(?:[.,'’ \u00a0\u2009\u202f]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_FIGURE: Final = re.compile(
    rf"(?P<sign>[$€£] ?)?(?P<number>{_DIGITS})(?:[ \u00a0\u202f-]?(?P<scale>"
    r"mille|thousand|millions?|milliards?|billions?|trillions?|mds?\b|bn\b|m\b|k\b))?"
    r"(?P<after>.{0,24})",
    re.IGNORECASE | re.DOTALL,
)
_SCALES: Final[dict[str, tuple[int, ...]]] = {
    "mille": (10**3,),
    "thousand": (10**3,),
    "k": (10**3,),
    "m": (10**6, 1),  # million, or metres
    "million": (10**6,),
    "milliard": (10**9,),
    "md": (10**9,),
    "bn": (10**9,),
    "billion": (10**9, 10**12),  # English, French
    "trillion": (10**12, 10**18),
}
_MULTIPLES: Final = {"cent": 100, "cents": 100, "hundred": 100, "hundreds": 100, "centaine": 100, "centaines": 100} | {
    "dizaines": 10,
    "douzaines": 12,
    "dozens": 12,
    "millier": 1000,
    "milliers": 1000,
    "thousands": 1000,
}
_UNITS: Final = (
    ("percent", r"%|pour ?cent\b|per ?cent\b"),
    ("euro", r"€|euros?\b|eur\b"),
    ("dollar", r"\$|dollars?\b|usd\b"),
    ("pound", r"£|livres?\b|pounds?\b"),
    ("second", r"secondes?\b|seconds?\b"),
    ("minute", r"minutes?\b|mins?\b"),
    ("hour", r"h\b|heures?\b|hours?\b"),
    ("day", r"jours?\b|days?\b|journees?\b"),
    ("week", r"semaines?\b|weeks?\b"),
    ("month", r"mois\b|months?\b"),
    ("year", r"ans?\b|annees?\b|years?\b"),
    ("century", r"siecles?\b|centur(?:y|ies)\b"),
)
_UNIT: Final = re.compile(
    r"[ -]?(?:d['e] ?|de |of )?(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS) + ")"
)
_SIGNS: Final = {"€": "euro", "$": "dollar", "£": "pound"}
# "les deux présidents": a word that points back to who was named, not a figure.
_POINTS_BACK: Final = re.compile(r"\b(?:les|ces|des|aux|leurs|nos|the|these|those|both|all|of)\s+$", re.IGNORECASE)

_PERCENT_BEFORE: Final = re.compile(r"\bpour[ \u00a0]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text; half-open offsets of the number itself."""

    start: int
    end: int
    values: frozenset[Decimal]
    unit: str | None  # "percent", "euro", "hour", ...; None when nothing says


def find_figures(text: str, language: Language, taken: Sequence[Span] = ()) -> list[Figure]:
    """The figures of a text, digits and number words; those that overlap a span in `taken` (dates, say) are left out.

    Left out too are one ("un", "a") without a number beside it, and "les deux", which point at what was named.
    """
    found = [*_in_digits(text), *_in_words(text, language)]
    return sorted(
        (f for f in found if not any(f.start < span.end and span.start < f.end for span in taken)),
        key=lambda figure: figure.start,
    )


def stated(figure: Figure, source: Iterable[Figure]) -> bool:
    """Whether a source states a figure: a common value, and no other unit. A share of a hundred and an amount of money
    must be given as such."""
    strict = figure.unit in ("percent", "euro", "dollar", "pound")
    return any(
        figure.values & other.values
        and (figure.unit == other.unit or figure.unit is None or (other.unit is None and not strict))
        for other in source
    )


def _in_digits(text: str) -> Iterable[Figure]:
    position = 0
    while match := _FIGURE.search(text, position):
        end = match.end("scale") if match["scale"] else match.end("number")
        scales = _SCALES[match["scale"].lower().rstrip("s")] if match["scale"] else (1,)
        values = frozenset(value * scale for value in _values(match["number"]) for scale in scales)
        unit = _SIGNS[match["sign"].strip()] if match["sign"] else _unit(match["after"])
        yield Figure(match.start("number"), end, values, unit)
        position = end


def _values(number: str) -> set[Decimal]:
    """What a number in digits may stand for: "1,5" is 1.5, "1,500" is 1500 or 1.5, "12.000,5" is 12000.5."""
    plain = re.sub(r"['’\s\u00a0\u2009\u202f]", "", number)
    marks = re.findall(r"[.,]", plain)
    bare = Decimal(re.sub(r"[.,]", "", plain))
    if not marks:
        return {bare}
    whole, _, fraction = re.sub(r"[.,](?=.*[.,])", "", plain).replace(",", ".").partition(".")
    split = Decimal(f"{whole}.{fraction}")
    if len(set(marks)) < len(marks):
        return {bare}
    return {split, bare} if len(marks) == 1 and len(fraction) == 3 else {split}


def _unit(after: str) -> str | None:
    match = _UNIT.match(fold(after) if after[:1].isalnum() else f" {fold(after)}")
    return match.lastgroup if match else None


def _in_words(text: str, language: Language) -> Iterable[Figure]:
    """Number words; neighbours that make one number are read together ("deux cent mille", "twenty-five")."""
    run: list[tuple[str, int, int]] = []
    joiner = "et" if language == "fr" else "and"
    for word in words(text):
        parts = [part for part in fold(word.text).split("-") if part != joiner]
        if not parts or any(_worth(part, language) is None for part in parts):
            continue
        if not run and parts == ["cent"] and _PERCENT_BEFORE.search(text[: word.start]):
            continue
        if run and text[run[-1][2] : word.start].strip("- \u00a0\u202f") not in ("", joiner):
            yield from _read(text, run, language)
            run = []
        run.extend((part, word.start, word.end) for part in parts)
    if run:
        yield from _read(text, run, language)


def _worth(word: str, language: Language) -> int | None:
    table = NUMBERS[language]
    if word in table and word not in ("a", "couple"):
        return table[word]
    scale = _SCALES.get(word.rstrip("s"))
    return _MULTIPLES.get(word) or (scale[0] if scale and len(word) > 2 else None)


def _read(text: str, run: Sequence[tuple[str, int, int]], language: Language) -> Iterable[Figure]:
    total, current = 0, 0
    for word, _, _ in run:
        worth = _worth(word, language) or 0
        if worth in (100, 1000, 10**6, 10**9, 10**12):
            current = max(current, 1) * worth
            if worth > 100:
                total, current = total + current, 0
        elif worth == 20 and current == 4 and language == "fr":
            current = 80
        else:
            current += worth
    start, end = run[0][1], run[-1][2]
    value = total + current
    unit = _unit(text[end : end + 24])
    alone = len(run) == 1
    if alone and value == 1 and unit is None:
        return
    if alone and value <= 10 and unit is None and _POINTS_BACK.search(text[:start]):
        return
    if not (alone and run[0][0] in ("million", "milliard", "billion", "mille", "millions", "milliards")):
        yield Figure(start, end, frozenset({Decimal(value)}), unit)
