"""Years and months that an expression takes from the one beside it: "March last year", "août et septembre 2022",
"le mois dernier, mardi 27".

Works on the expressions that a scan found, before they are resolved. Knows nothing of how a language says things but
the few words that may stand between two expressions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from rag.dates import calendar
from rag.dates.grammar import Atom, interval_in_year
from rag.dates.names import one_of, weekdays

_OF: Final = frozenset({"", "of", "of the", "de", "de l'", "d'", "in the", ","})
_AND: Final = frozenset({"et", "and", "ou", "or", "puis", ",", "et en", "and in", "et du", "et le", "and on"})
_IN: Final = frozenset({"in", ", in", "en", ", en", ",", "on", ", on", "le", ", le"})
_THE_DAY: Final = re.compile(
    rf",? (?:le|on the|the|(?:le |on )?(?:{one_of([*weekdays('fr'), *weekdays('en')])}),?(?: the)?)"
    r" (?P<day>\d{1,2})(?:er|st|nd|rd|th)?(?=\s*(?:[,.;:!?)]|$))"
)
_BETWEEN: Final = re.compile(
    r"\b(?:entre|between|de|du|from)(?: (?:la|le|les|the|l'))? ?$"
)  # the ends of a range: see `find`
_CALENDAR: Final = ("date", "month", "season", "quarter")


def with_lent(atoms: Sequence[Atom], folded: str, days: Sequence[date | None]) -> list[Atom]:
    """The atoms of a text, those without a year of their own completed where the next one gives it. `days`: the first
    and the last day on which the text may have been written, or one of them."""
    found: list[Atom] = []
    for atom in atoms:
        before = found[-1] if found else None
        if before is not None and atom.start < before.end:
            continue
        link = " ".join(folded[before.end : atom.start].split()) if before else ""
        whole = (_in_that_year(before, atom, link, days) or _that_year_in(before, atom, link, days)) if before else None
        if whole is not None:
            found[-1] = whole
            continue
        if before is not None and link in _AND and not _BETWEEN.search(folded, 0, before.start):
            found[-1] = _of_one_year(before, atom)
        found.append(_with_day(atom, folded, days))
    return found


def _year_of(atom: Atom, days: Sequence[date | None]) -> int | None:
    """The year that "last year" is, where every day on which it may have been written agrees."""
    years = {day.year + (atom.toward or 0) if day else None for day in days}
    return years.pop() if len(years) == 1 else None


def _in_that_year(left: Atom, right: Atom, link: str, days: Sequence[date | None]) -> Atom | None:
    """ "March last year" as one expression."""
    said = right.kind == "unit" and right.unit == "year" and right.part is None and right.toward is not None
    if not said or left.kind not in _CALENDAR or left.year is not None or left.toward is not None or link not in _OF:
        return None
    year = _year_of(right, days)
    return _spanned(replace(left, end=right.end), year) if year is not None else None


def _of_one_year(left: Atom, right: Atom) -> Atom:
    """ "August" of "August and September 2022"."""
    named = right.kind in _CALENDAR and right.year is not None and right.kind == left.kind
    if not named or left.year is not None or left.toward is not None or left.span is not None:
        return left
    return _spanned(left, right.year) or left


def _spanned(atom: Atom, year: int | None) -> Atom | None:
    if year is None:
        return None
    try:
        return replace(atom, span=interval_in_year(atom, year), year=year)
    except ValueError:
        return None


def _that_year_in(left: Atom, right: Atom, link: str, days: Sequence[date | None]) -> Atom | None:
    """ "Last year, in March" as one expression."""
    if link not in _IN or right.end <= left.end:
        return None
    turned = _in_that_year(right, left, "", days)
    return replace(turned, start=left.start, end=right.end) if turned is not None else None


def _with_day(atom: Atom, folded: str, days: Sequence[date | None]) -> Atom:
    """ "Le mois dernier, le 14" as one expression."""
    month = _month_of(atom, days)
    named = _THE_DAY.match(folded, atom.end) if month is not None else None
    if month is None or named is None:
        return atom
    return _on(replace(atom, end=named.end("day")), month, int(named["day"])) or atom


def _month_of(atom: Atom, days: Sequence[date | None]) -> date | None:
    """The first day of the month that "last month" is."""
    if atom.kind != "unit" or atom.unit != "month" or atom.toward is None or atom.part is not None:
        return None
    months = {calendar.add(day, atom.toward, "month").replace(day=1) if day else None for day in days}
    return months.pop() if len(months) == 1 else None


def _on(atom: Atom, month: date, day: int) -> Atom | None:
    try:
        return replace(atom, kind="date", day=day, month=month.month, span=calendar.day(month.replace(day=day)))
    except ValueError:
        return None
