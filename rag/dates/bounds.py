"""Dates that a user gives as a filter: "2026-02-03", "2026-02", "2026", "3 février 2026", "July 2025".

Knows nothing of search; whether a bound is the first or the last day of what was given is the caller's word.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from rag.dates import calendar
from rag.dates.find import find_dates
from rag.dates.mention import DateMention
from rag.errors import UsageError
from rag.types import Language

_FORMS: Final = 'give it as 2026-02-03, 2026-02 or 2026, or in words: "3 février 2026", "July 2025"'
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")


def parse_day(value: str | date) -> date:
    """One day. Raises `UsageError` when the value is no day, or only a month or a year."""
    first, last = _parse(value)
    if first != last:
        raise UsageError(f'{value!r} is not one day; give it as 2026-02-03 or in words: "3 février 2026"')
    return first


def parse_bound(value: str | date, end: bool) -> date:
    """The first day of what was given or, when `end`, its last. Raises `UsageError` when it is no date."""
    return _parse(value)[1 if end else 0]


def _parse(value: str | date) -> tuple[date, date]:
    if isinstance(value, datetime):
        return value.date(), value.date()
    if isinstance(value, date):
        return value, value
    text = value.strip()
    if iso := _ISO.fullmatch(text):
        return _iso(value, *(int(part) for part in iso.groups() if part is not None))
    for language in _LANGUAGES:
        for form in (text, f"en {text}" if language == "fr" else f"in {text}"):
            mentions = find_dates(form, anchor=None, language=language)
            if len(mentions) == 1 and form.endswith(text) and _is_whole(mentions[0], form):
                assert mentions[0].first is not None and mentions[0].last is not None
                return mentions[0].first, mentions[0].last
    raise UsageError(f"{value!r} is not a date; {_FORMS}")


def _iso(value: str, year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    try:
        if month is not None and day is not None:
            return date(year, month, day), date(year, month, day)
        whole = calendar.year(year) if month is None else calendar.months_from(year, month, 1, "month")
    except ValueError:
        raise UsageError(f"{value!r} is not in the calendar; {_FORMS}") from None
    return whole.first, whole.last


def _is_whole(mention: DateMention, form: str) -> bool:
    named = mention.first is not None and mention.modifier in (None, "start", "mid", "end")
    before = form[: mention.start].strip(" ,").lower()
    return (
        named
        and not form[mention.end :].strip(" .")
        and before in ("", "en", "in", "le", "en le", "the", "on", "du", "in the")
    )
