"""Dates written in digits, in both languages: ISO 8601, day/month/year, runs of years.

12/03/2024 is read day first in French. In English it is read only where one number is above 12, where both are equal,
or where another date of the same text shows which number comes first; else it stays unresolved. With full stops the
day comes first in both. Knows nothing of words.
"""

from __future__ import annotations

import re
from typing import Final

from rag.dates.grammar import Rule, compile_rule

_DIGIT: Final = frozenset({"#digit"})
_SHOWS_ORDER: Final = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/])")
_TRIPLE: Final = r"{first}(?P<sign>[/.-]){second}(?P=sign)(?P<year>\d{4}|\d{2})(?![\d/]|[.-]\d)"


def _numbers(match: re.Match[str]) -> tuple[int, int]:
    return int(match["day"]), int(match["month"])


def _other_dates_begin_with(name: str, folded: str) -> bool:
    shown = {
        "day" if int(m[1]) > 12 else "month" for m in _SHOWS_ORDER.finditer(folded) if max(int(m[1]), int(m[3])) > 12
    }
    return shown == {name}


def _is_iso_month(_text: str, _folded: str, match: re.Match[str]) -> bool:
    return not int(match["year"]) % 100 < int(match["month"])


def _is_season(text: str, folded: str, match: re.Match[str]) -> bool:
    """2022-23: the second number is the year after; 2004-05 could be a month as well and is left alone."""
    return int(match["until_year"]) == int(match["year"]) % 100 + 1 and int(match["until_year"]) > 12


def _plausible(text: str, folded: str, match: re.Match[str]) -> bool:
    return 1000 <= int(match["year"]) < int(match["until_year"]) < 2200


def _day_first_in_french(text: str, folded: str, match: re.Match[str]) -> bool:
    return _numbers(match)[1] <= 12


def _day_first_in_english(text: str, folded: str, match: re.Match[str]) -> bool:
    day, month = _numbers(match)
    sure = day > 12 or day == month or match["sign"] == "." or _other_dates_begin_with("day", folded)
    return month <= 12 and sure


def _month_first_in_french(text: str, folded: str, match: re.Match[str]) -> bool:
    day, month = _numbers(match)
    return month <= 12 < day


def _month_first_in_english(text: str, folded: str, match: re.Match[str]) -> bool:
    day, month = _numbers(match)
    return match["sign"] != "." and month <= 12 and (day > 12 or _other_dates_begin_with("month", folded))


_DAY_FIRST: Final = compile_rule(_TRIPLE, first=r"(?P<day>\d{1,2})", second=r"(?P<month>\d{1,2})")
_MONTH_FIRST: Final = compile_rule(_TRIPLE, first=r"(?P<month>\d{1,2})", second=r"(?P<day>\d{1,2})")
_EITHER: Final = compile_rule(_TRIPLE, first=r"\d{1,2}", second=r"\d{1,2}")

_COMMON: Final = (
    Rule("date", _DIGIT, re.compile(r"(?P<year>\d{4})([-/])(?P<month>0[1-9]|1[0-2])\2(?P<day>[0-3]\d)(?![\d/]|-\d)")),
    Rule("month", _DIGIT, re.compile(r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])(?![\d/-])"), allowed=_is_iso_month),
    Rule("span", _DIGIT, re.compile(r"(?P<year>\d{4}) ?[-/] ?(?P<until_year>\d{4})(?![\d/-])"), allowed=_plausible),
    Rule("span", _DIGIT, re.compile(r"(?P<year>\d{4})[-/](?P<until_year>\d{2})(?![\d/-])"), allowed=_is_season),
)

NUMERIC_FR: Final = (
    *_COMMON,
    Rule("date", _DIGIT, _DAY_FIRST, allowed=_day_first_in_french),
    Rule("date", _DIGIT, _MONTH_FIRST, allowed=_month_first_in_french),
)
NUMERIC_EN: Final = (
    *_COMMON,
    Rule("date", _DIGIT, _DAY_FIRST, allowed=_day_first_in_english),
    Rule("date", _DIGIT, _MONTH_FIRST, allowed=_month_first_in_english),
    Rule("never", _DIGIT, _EITHER),
)
