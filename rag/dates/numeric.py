"""Dates written in digits, in both languages: ISO 8601, day/month/year, runs of years.

12/03/2024 is read day first in French. In English it is read only where one number is above 12, where both are equal,
or where another date of the same text shows which number comes first; else it stays unresolved. With full stops the
day comes first in both. Knows nothing of words.
"""

from __future__ import annotations

import re
from typing import Final

from rag.dates.grammar import Line, Reading

_SHOWS_ORDER: Final = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/])")
_END: Final = r"(?P<sign>[/.-]){second}(?P=sign)(?P<year>\d{4}|\d{2})(?![\d/]|[.,:-]\d)"
_DAY_FIRST: Final = r"(?P<day>\d{1,2})" + _END.replace("{second}", r"(?P<month>\d{1,2})")
_MONTH_FIRST: Final = r"(?P<month>\d{1,2})" + _END.replace("{second}", r"(?P<day>\d{1,2})")
_EITHER: Final = r"\d{1,2}" + _END.replace("{second}", r"\d{1,2}")


def _day_and_month(reading: Reading) -> tuple[int, int]:
    return int(reading.match["day"]), int(reading.match["month"])


def _others_begin_with(name: str, folded: str) -> bool:
    pairs = [(int(match[1]), int(match[3])) for match in _SHOWS_ORDER.finditer(folded)]
    return {"day" if first > 12 else "month" for first, second in pairs if max(first, second) > 12} == {name}


def _month_and_no_run(reading: Reading) -> bool:
    """2024-03 is a month; 2010-12 may as well be a run of years."""
    return not int(reading.match["year"]) % 100 < int(reading.match["month"])


def _consecutive(reading: Reading) -> bool:
    """2022-23: the second number is the year after; 2004-05 may as well be a month."""
    until = int(reading.match["until_year"])
    return until == int(reading.match["year"]) % 100 + 1 and until > 12


def _run_of_years(reading: Reading) -> bool:
    return 1000 <= int(reading.match["year"]) < int(reading.match["until_year"]) < 2200


def _has_month_second(reading: Reading) -> bool:
    return _day_and_month(reading)[1] <= 12


def _is_day_first(reading: Reading) -> bool:
    day, month = _day_and_month(reading)
    sure = day > 12 or day == month or reading.match["sign"] == "."
    return month <= 12 and (sure or _others_begin_with("day", reading.folded))


def _is_month_first_for_sure(reading: Reading) -> bool:
    day, month = _day_and_month(reading)
    return month <= 12 < day


def _is_month_first(reading: Reading) -> bool:
    day, month = _day_and_month(reading)
    sure = day > 12 or _others_begin_with("month", reading.folded)
    return reading.match["sign"] != "." and month <= 12 and sure


def _day_slash_month(reading: Reading) -> bool:
    """ "le 12/03", "du 12/03": a date after an article, else a fraction or a count."""
    return _day_and_month(reading)[1] <= 12 and bool(_ARTICLE.search(reading.before(6)))


_ARTICLE: Final = re.compile(r"(?<!\w)(?:le|du|au|ce)[ \n]$")
_COMMON: Final = (
    Line(
        "date", "#digit", r"(?P<year>\d{4})(?P<sign>[-/])(?P<month>0[1-9]|1[0-2])(?P=sign)(?P<day>[0-3]\d)(?![\d/]|-\d)"
    ),
    Line("month", "#digit", r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])(?![\d/-])", allowed=_month_and_no_run),
    Line("span", "#digit", r"(?P<year>\d{4})(?: - |-| / |/)(?P<until_year>\d{4})(?![\d/-])", allowed=_run_of_years),
    Line("span", "#digit", r"(?P<year>\d{4})[-/](?P<until_year>\d{2})(?![\d/-])", allowed=_consecutive),
)
FRENCH_NUMERIC: Final = (
    *_COMMON,
    Line("date", "#digit", _DAY_FIRST, allowed=_has_month_second),
    Line("date", "#digit", _MONTH_FIRST, allowed=_is_month_first_for_sure),
    Line("date", "#digit", r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/]|[.,]\d)", allowed=_day_slash_month),
)
ENGLISH_NUMERIC: Final = (
    *_COMMON,
    Line("date", "#digit", _DAY_FIRST, allowed=_is_day_first),
    Line("date", "#digit", _MONTH_FIRST, allowed=_is_month_first),
    Line("never", "#digit", _EITHER),
)
