"""Dates in words: an interval with its precision as a French or English reader would write it.

What is written is found again by `find_dates` with the same interval. Month names come from CLDR. Knows nothing of
anchors: a relative expression is never written.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from babel.dates import get_month_names

from rag.dates import calendar
from rag.dates.calendar import PARTS, Interval, Part
from rag.types import Language

_PARTS: Final[dict[Language, dict[Part, str]]] = {
    "fr": {"start": "début", "mid": "mi-", "end": "fin"},
    "en": {"start": "early", "mid": "mid-", "end": "late"},
}
_SEASONS: Final[dict[Language, dict[str, str]]] = {
    "fr": {"spring": "printemps", "summer": "été", "autumn": "automne", "winter": "hiver"},
    "en": {"spring": "spring", "summer": "summer", "autumn": "autumn", "winter": "winter"},
}
_ENGLISH_ORDINALS: Final = {1: "st", 2: "nd", 3: "rd"}


def format_date(first: date, last: date, precision: str, language: Language) -> str:
    """The closed interval in words: "juillet 2025", "early March 2024", "du 3 au 5 mars 2024".

    `precision` is that of a `DateMention`; an interval that is not a whole unit of it, nor a third of one, is written
    from its first day to its last.
    """
    if first == last:
        return _day(first, language)
    if precision in ("month", "year", "decade", "century"):
        whole = calendar.containing(first, precision)
        if (whole.first, whole.last) == (first, last):
            return _whole(whole, language)
        for part in PARTS:
            third = calendar.third(whole, part)
            if (third.first, third.last) == (first, last):
                return _part(whole, part, language)
    in_month = calendar.containing(first, "month")
    if (in_month.first, in_month.last) == (first, last):  # a third of a season, say
        return _whole(in_month, language)
    if precision == "quarter" and calendar.containing(first, "quarter")[:2] == (first, last):
        number = (first.month + 2) // 3
        return f"{_ordinal(number, language)} {'trimestre' if language == 'fr' else 'quarter'} {first.year}"
    if precision == "season":
        for name, month in calendar.SEASON_MONTHS.items():
            if first.month == month and calendar.season(first.year, name)[:2] == (first, last):
                years = f"{first.year}-{last.year}" if name == "winter" else str(first.year)
                return f"{_SEASONS[language][name]} {years}"
    return _range(first, last, language)


@cache
def _month_names(language: Language) -> dict[int, str]:
    return {int(number): name for number, name in get_month_names("wide", locale=language).items()}


def _ordinal(number: int, language: Language) -> str:
    if language == "fr":
        return "1er" if number == 1 else f"{number}e"
    ending = "th" if number % 100 in (11, 12, 13) else _ENGLISH_ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"


def _day_number(day: date, language: Language) -> str:
    return "1er" if language == "fr" and day.day == 1 else str(day.day)


def _year(year: int) -> str:
    return f"{year:04}"


def _day(day: date, language: Language) -> str:
    return f"{_day_number(day, language)} {_month_names(language)[day.month]} {_year(day.year)}"


def _whole(whole: Interval, language: Language) -> str:
    year = whole.first.year
    match whole.grain:
        case "month":
            return f"{_month_names(language)[whole.first.month]} {_year(year)}"
        case "year":
            return _year(year)
        case "decade":
            return f"années {_year(year)}" if language == "fr" else f"{_year(year)}s"
        case _:
            number = whole.last.year // 100
            return (
                f"{_roman(number)}{'er' if number == 1 else 'e'} siècle"
                if language == "fr"
                else f"{_ordinal(number, 'en')} century"
            )


def _part(whole: Interval, part: Part, language: Language) -> str:
    word = _PARTS[language][part]
    if language == "fr" and whole.grain in ("decade", "century"):
        word = {"start": "début", "mid": "milieu", "end": "fin"}[part] + (" des" if whole.grain == "decade" else " du")
    return f"{word}{'' if word.endswith('-') else ' '}{_whole(whole, language)}"


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]


def _range(first: date, last: date, language: Language) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return (
            f"{_year(first.year)}-{_year(last.year)}" if language == "fr" else f"{_year(first.year)}–{_year(last.year)}"
        )
    start, end = calendar.containing(first, "month"), calendar.containing(last, "month")
    if (start.first, end.last) == (first, last):
        left = _month_names(language)[first.month] if first.year == last.year else _whole(start, language)
        if language == "en":
            return f"from {left} to {_whole(end, language)}"
        return f"{'d’' if left[0] in 'ao' else 'de '}{left} à {_whole(end, language)}"
    left = _day(first, language)
    if first.year == last.year:
        left = left.removesuffix(f" {_year(first.year)}")
        if first.month == last.month:
            left = _day_number(first, language)
    return f"du {left} au {_day(last, language)}" if language == "fr" else f"from {left} to {_day(last, language)}"
