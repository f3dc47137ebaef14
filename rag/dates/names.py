"""The words that dates are written with, by their folded form, in French and English.

Month and weekday names come from Unicode CLDR through babel; what CLDR lacks (other abbreviations of the press, number
words, units, seasons) stands here. Knows nothing of grammar or of the calendar.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from babel.dates import get_day_names, get_month_names

from rag.types import Language

_OTHER_CHARACTERS: Final = {
    **dict.fromkeys("’‘ʼ′`ʻ՚＇", "'"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\t", " "),
    **dict.fromkeys("–‑‐‒−", "-"),
}


@cache
def _folding() -> dict[int, str]:
    table = {ord(character): plain for character, plain in _OTHER_CHARACTERS.items()}
    for code in range(0x41, 0x250):
        plain = "".join(c for c in unicodedata.normalize("NFKD", chr(code).lower()) if not unicodedata.combining(c))
        if len(plain) == 1 and plain.isalpha():
            table[code] = plain
    return table


def fold_in_place(text: str) -> str:
    """Lower case without accents, one apostrophe, one space, one hyphen; every character keeps its offset."""
    return text.translate(_folding())


MONTHS_OF_THE_PRESS: Final[dict[Language, dict[str, int]]] = {
    "fr": {"jan": 1, "fev": 2, "fevr": 2, "avr": 4, "juill": 7, "sep": 9, "octo": 10},
    "en": {"sept": 9},
}


@cache
def months(language: Language) -> dict[str, int]:
    """Folded month names and abbreviations (without their full stop) -> 1 to 12."""
    names = dict(MONTHS_OF_THE_PRESS[language])
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=language).items():
            names[fold_in_place(name).rstrip(".")] = int(number)
    return names


@cache
def weekdays(language: Language) -> dict[str, int]:
    """Folded full names of the days of the week -> 0 (Monday) to 6."""
    return {fold_in_place(name): int(number) for number, name in get_day_names("wide", locale=language).items()}


@cache
def short_weekdays(language: Language) -> dict[str, int]:
    """Folded abbreviations of the days of the week (without their full stop) -> 0 (Monday) to 6."""
    names = get_day_names("abbreviated", locale=language).items()
    more = {"en": {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}, "fr": {}}[language]
    return {fold_in_place(name).rstrip("."): int(number) for number, name in names} | more


SEASONS: Final[dict[Language, dict[str, str]]] = {
    "fr": {"printemps": "spring", "ete": "summer", "automne": "autumn", "hiver": "winter"},
    "en": {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"},
}

UNITS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        **dict.fromkeys(["jour", "jours", "journee", "journees"], "day"),
        **dict.fromkeys(["semaine", "semaines"], "week"),
        "mois": "month",
        **dict.fromkeys(["trimestre", "trimestres"], "quarter"),
        **dict.fromkeys(["an", "ans", "annee", "annees"], "year"),
        **dict.fromkeys(["decennie", "decennies"], "decade"),
        **dict.fromkeys(["siecle", "siecles"], "century"),
        **dict.fromkeys(["week-end", "weekend", "week-ends"], "weekend"),
    },
    "en": {
        **dict.fromkeys(["day", "days"], "day"),
        **dict.fromkeys(["week", "weeks"], "week"),
        **dict.fromkeys(["month", "months"], "month"),
        **dict.fromkeys(["quarter", "quarters"], "quarter"),
        **dict.fromkeys(["year", "years"], "year"),
        **dict.fromkeys(["decade", "decades"], "decade"),
        **dict.fromkeys(["century", "centuries"], "century"),
        **dict.fromkeys(["weekend", "week-end", "weekends"], "weekend"),
    },
}

_FRENCH_NUMBERS: Final = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq vingt-six vingt-sept vingt-huit "
    "vingt-neuf trente trente-et-un"
)
_ENGLISH_NUMBERS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five twenty-six twenty-seven "
    "twenty-eight twenty-nine thirty thirty-one"
)
NUMBERS: Final[dict[Language, dict[str, int]]] = {
    "fr": {word: value for value, word in enumerate(_FRENCH_NUMBERS.split())}
    | {"une": 1, "quarante": 40, "cinquante": 50, "soixante": 60, "soixante-dix": 70, "quatre-vingt": 80}
    | {"quatre-vingts": 80, "quatre-vingt-dix": 90, "cent": 100}
    | {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40},
    "en": {word: value for value, word in enumerate(_ENGLISH_NUMBERS.split())}
    | {"a": 1, "an": 1, "couple": 2, "dozen": 12, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
    | {"eighty": 80, "ninety": 90, "hundred": 100},
}

ORDINALS: Final[dict[Language, dict[str, int]]] = {
    "fr": {
        **dict.fromkeys(["premier", "premiere", "1er", "1ere", "1re"], 1),
        **dict.fromkeys(["deuxieme", "second", "seconde", "2e", "2eme", "2nd", "2nde"], 2),
        **dict.fromkeys(["troisieme", "3e", "3eme"], 3),
        **dict.fromkeys(["quatrieme", "4e", "4eme"], 4),
        **dict.fromkeys(["dernier", "derniere"], -1),
    },
    "en": {
        **dict.fromkeys(["first", "1st"], 1),
        **dict.fromkeys(["second", "2nd"], 2),
        **dict.fromkeys(["third", "3rd"], 3),
        **dict.fromkeys(["fourth", "4th"], 4),
        "last": -1,
    },
}

_ROMAN: Final = {"i": 1, "v": 5, "x": 10}


def roman(numeral: str) -> int:
    """Value of a Roman numeral of I, V and X in lower case."""
    values = [_ROMAN[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def one_of(words: Iterable[str] | Mapping[str, object]) -> str:
    """A regular expression that takes any of the words, the longest first."""
    return (
        "(?:"
        + "|".join(re.escape(word).replace("\\ ", " ") for word in sorted(words, key=lambda w: (-len(w), w)))
        + ")"
    )
