"""Closed intervals of days: a month, a season, a decade, their thirds, and steps between them.

Pure arithmetic on the Gregorian calendar. Knows nothing of words. Seasons are the meteorological ones (spring begins on
1 March); weeks begin on Monday (ISO 8601); centuries begin in the year ...01.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

Grain = Literal["day", "week", "month", "season", "quarter", "year", "decade", "century", "range", "unknown"]
Part = Literal["start", "mid", "end"]
PARTS: Final[tuple[Part, ...]] = ("start", "mid", "end")
SEASON_MONTHS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


class Interval(NamedTuple):
    """Closed: both days belong to it."""

    first: date
    last: date
    grain: Grain


def day(value: date) -> Interval:
    return Interval(value, value, "day")


def months_from(year: int, month: int, count: int, grain: Grain) -> Interval:
    """`count` whole months from the given one. Raises ValueError for a month or year that is not in the calendar."""
    last_year, last_month = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    return Interval(date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1]), grain)


def month(year: int, number: int) -> Interval:
    return months_from(year, number, 1, "month")


def quarter(year: int, number: int) -> Interval:
    return months_from(year, 3 * number - 2, 3, "quarter")


def season(year: int, name: str) -> Interval:
    """The season that begins in `year`; winter ends in the following one."""
    return months_from(year, SEASON_MONTHS[name], 3, "season")


def years(first: int, last: int, grain: Grain) -> Interval:
    return Interval(date(first, 1, 1), date(last, 12, 31), grain)


def year(number: int) -> Interval:
    return years(number, number, "year")


def decade(number: int) -> Interval:
    return years(number // 10 * 10, number // 10 * 10 + 9, "decade")


def century(number: int) -> Interval:
    return years(100 * number - 99, 100 * number, "century")


def week(value: date) -> Interval:
    monday = value - timedelta(days=value.weekday())
    return Interval(monday, monday + timedelta(days=6), "week")


def weekend(value: date) -> Interval:
    saturday = value + timedelta(days=5 - value.weekday())
    return Interval(saturday, saturday + timedelta(days=1), "range")


def add_months(value: date, count: int) -> date:
    """The same day `count` months on, or the last day of that month where it has no such day."""
    position = value.year * 12 + value.month - 1 + count
    target, number = position // 12, position % 12 + 1
    return date(target, number, min(value.day, monthrange(target, number)[1]))


def add(value: date, count: int, unit: str) -> date:
    """`value` moved by `count` units. Raises ValueError or OverflowError outside years 1 to 9999."""
    if unit == "day":
        return value + timedelta(days=count)
    if unit in ("week", "weekend"):
        return value + timedelta(weeks=count)
    return add_months(value, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])


def containing(value: date, unit: str) -> Interval:
    """The unit of the calendar that holds a day."""
    match unit:
        case "day":
            return day(value)
        case "week":
            return week(value)
        case "weekend":
            return weekend(value)
        case "month":
            return month(value.year, value.month)
        case "quarter":
            return quarter(value.year, (value.month + 2) // 3)
        case "year":
            return year(value.year)
        case "decade":
            return decade(value.year)
        case _:
            return century((value.year + 99) // 100)


def third(whole: Interval, part: Part) -> Interval:
    """The first, middle or last third of an interval: days of a month or season, months of a year, else years.

    Of a month: 1 to 10, 11 to 20, 21 to its end. Of a year: January to April, May to August, September to December.
    """
    place = PARTS.index(part)
    if whole.grain == "month":
        first = whole.first.replace(day=1 + 10 * place)
        return Interval(first, whole.last if part == "end" else whole.first.replace(day=10 + 10 * place), "month")
    if whole.grain == "year":
        return months_from(whole.first.year, 1 + 4 * place, 4, "year")
    if whole.grain in ("decade", "century"):
        length = whole.last.year - whole.first.year + 1
        begin = whole.first.year + round(length * place / 3)
        return years(begin, whole.first.year + round(length * (place + 1) / 3) - 1, whole.grain)
    if whole.grain in ("season", "quarter", "week", "range"):
        length = (whole.last - whole.first).days + 1
        first = whole.first + timedelta(days=round(length * place / 3))
        last = whole.first + timedelta(days=round(length * (place + 1) / 3) - 1)
        return Interval(first, max(first, last), whole.grain)
    return whole
