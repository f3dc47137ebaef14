"""From what an expression says to the days it means, given the day it was written.

Rules for what the words leave open, all of the press: a day or month without a year is the latest one not after the
anchor, unless the nearest verb is in the future, or unless the day comes within a month and no verb is in the past;
a bare weekday is the latest one, the anchor's own day included; "last Tuesday" is the latest one before the anchor.
Knows nothing of languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from rag.dates import calendar
from rag.dates.calendar import Interval
from rag.dates.grammar import Atom, interval_in_year

SOON: Final = timedelta(days=31)  # a day this close ahead is meant rather than the same day eleven months ago
YEARS_BACK: Final = 12  # a weekday with its date comes again after 5, 6 or 11 years


def resolve(atom: Atom, today: date, previous: Interval | None, tense: int) -> Interval | None:
    """The interval of `atom` written on `today`; None where it stays open.

    `previous` is the interval last mentioned, None when there was none; `tense` is that of the nearest verb: -1 past,
    1 future, 0 not known.
    """
    try:
        found = atom.span or _resolve_relative(atom, today, previous, tense)
        return calendar.third(found, atom.part) if found and atom.part else found
    except (ValueError, OverflowError):
        return None


def _resolve_relative(atom: Atom, today: date, previous: Interval | None, tense: int) -> Interval | None:
    match atom.kind:
        case "date" | "month" | "season" | "quarter" | "half":
            return _without_year(atom, today, tense)
        case "weekday":
            return _weekday(atom, today, tense)
        case "offset" if atom.count is not None and atom.unit is not None:
            return calendar.containing(calendar.add(today, atom.count, atom.unit), atom.unit)
        case "unit" if atom.unit == "weekend" and atom.toward == 0 and tense < 0 and today.weekday() < 3:
            return calendar.containing(today - timedelta(days=7), "weekend")  # early in the week: the one just past
        case "unit" if atom.unit is not None:
            return calendar.containing(calendar.add(today, atom.toward or 0, atom.unit), atom.unit)
        case "recent" if atom.count is not None and atom.unit is not None:
            other = calendar.add(today, (atom.toward or 1) * atom.count, atom.unit)
            return Interval(min(today, other), max(today, other), "range")
        case "eve" if atom.count is not None:
            return _step(atom.count, "day", previous or calendar.day(today))
        case "step" if atom.unit is not None and previous is not None:
            return _step(atom.toward or 0 if atom.count is None else atom.count, atom.unit, previous)
    return None


def _step(count: int, unit: str, base: Interval) -> Interval | None:
    """ "The day before" a day, "the following year" after a day, month or year; none after anything coarser."""
    if not (base.grain == "day" or (base.grain in ("week", "month", "year") and base.grain == unit)):
        return None
    return calendar.containing(calendar.add(base.first, count, unit), unit)


def in_years(atom: Atom, years: Iterator[int] | range) -> Iterator[Interval]:
    """The intervals that an atom without a year names in each of `years`, where its weekday agrees."""
    for year in years:
        try:
            found = calendar.season(year, atom.season) if atom.season else interval_in_year(atom, year)
        except (ValueError, OverflowError):
            continue
        if atom.weekday is None or found.first.weekday() == atom.weekday:
            yield found


def _without_year(atom: Atom, today: date, tense: int) -> Interval | None:
    near = range(today.year - YEARS_BACK, today.year + 2)
    found = sorted(set(in_years(atom, near)))
    past = [interval for interval in found if interval.first <= today]
    future = [interval for interval in found if interval.first > today]
    if atom.toward == -1:
        past = [interval for interval in past if interval.last < today or interval.first < today]
        return past[-1] if past else None
    if atom.toward == 1:
        return future[0] if future else None
    if atom.toward == 0 and tense < 0 and atom.kind != "date" and past:
        return past[-1]
    if atom.toward == 0:
        return min(found, key=lambda interval: _distance(interval, today), default=None)
    soon = bool(future) and future[0].first - today <= SOON
    if past and past[-1].last >= today:
        return past[-1]
    if future and (tense > 0 or (soon and tense == 0 and atom.kind == "date")):
        return future[0]
    return past[-1] if past else None


def _distance(interval: Interval, today: date) -> timedelta:
    if interval.first <= today <= interval.last:
        return timedelta(0)
    return min(abs(interval.first - today), abs(interval.last - today))


def _weekday(atom: Atom, today: date, tense: int) -> Interval | None:
    if atom.weekday is None:
        return None
    back = (today.weekday() - atom.weekday) % 7
    if atom.day is not None:
        return _weekday_of_month(atom, today, tense)
    if atom.unit is not None:
        week = calendar.week(calendar.add(today, atom.toward or 0, "week"))
        return calendar.day(week.first + timedelta(days=atom.weekday)) if atom.unit == "week" else None
    if atom.toward == -1:
        return calendar.day(today - timedelta(days=back or 7))
    if atom.toward == 1 or (tense > 0 and back):
        return calendar.day(today + timedelta(days=7 - back))
    if atom.toward == 0 and back >= 5:
        return calendar.day(today + timedelta(days=7 - back))
    return calendar.day(today - timedelta(days=back))


def _weekday_of_month(atom: Atom, today: date, tense: int) -> Interval | None:
    """ "Tuesday the 20th": the nearest such day of the last or next month, on the tense's side when there is one."""
    days = [today + timedelta(days=shift) for shift in range(-31, 32)]
    fitting = [d for d in days if d.day == atom.day and d.weekday() == atom.weekday and (d - today).days * tense >= 0]
    return calendar.day(min(fitting, key=lambda d: abs(d - today))) if fitting else None
