"""The day that a text calls its own: "ce mardi 20 janvier", "this Tuesday, January 20, 2026".

A year that is not said follows from the weekday and from what the text speaks of as past: the first such day after the
latest dated fact. Every step that could go two ways gives nothing. It knows nothing of heads, metadata or today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rag.dates import DateMention, find_dates
from rag.types import Language

LEDE: Final = 700  # characters in which a text says what day it is; measured on press texts: the first two paragraphs
YEARS_AHEAD: Final = 28  # the calendar's weekdays return after 28 years at most between 1901 and 2099
_NOT_ITS_OWN: Final = re.compile(
    r"(?:\b(?:le|du|au|de|d['’]|dès|depuis|avant|après|jusqu['’]\w+|the|of|since|until|by|before|after|from|every|chaque)\s+(?:le\s+)?)$",
    re.IGNORECASE,
)
_MUCH_LATER: Final = re.compile(
    r"\b(?:(?:il y a|voilà|voici)\s+(?:plus\s+de\s+|près\s+d[e’']\s*|exactement\s+)?(?:\d{2,}|vingt|trente|quarante|cinquante|soixante|"
    r"cent|un\s+siècle|un\s+demi-siècle)\b|(?:\d{2,}|vingt|trente|quarante|cinquante|soixante|cent)\s+ans\s+(?:plus\s+tard|après)|"
    r"ce\s+jour-là|cette\s+année-là|à\s+l['’]époque|that\s+day|at\s+the\s+time|"
    r"(?:\d{2,}|twenty|thirty|forty|fifty|sixty|a\s+hundred)\s+years\s+(?:ago|later|on)|(?:a|one)\s+century\s+(?:ago|later))",
    re.IGNORECASE,
)
_PARTICIPLE: Final = re.compile(
    r"\b(?!prévu|attendu|programm|annonc|fix|schedul|plann|expect)(?:\w+(?:é|ée|és|ées|ie|ise|ite|ue|ues|us|is)|\w{3,}ed|begun|held|signed)"
    r"\s+(?:en|le|au|in|on|dès)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_AHEAD: Final = re.compile(
    r"(?:\b(?:d['’]ici|horizon|prévue?s?|attendue?s?|programmée?s?|fixée?s?|pour|avant|by|due|scheduled|planned|expected|set|for|until)\b"
    r"[^.,;!?\n]{0,25})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that the text calls its own, and whether its year had to be inferred."""

    day: date
    evidence: str  # verbatim
    inferred: bool


def own_day(body: str, language: Language, *, said_by_head: DateMention | None = None) -> OwnDay | None:
    """The day of writing that `body` states or implies; None when nothing or more than one thing does.

    `said_by_head` is a dateline without its year, which then only needs the year.
    """
    mentions = find_dates(body, anchor=None, language=language)
    if said_by_head is not None:
        return _with_year(said_by_head, mentions, body)
    pointing = [mention for mention in mentions if _points_here(mention, mentions, body)]
    stated = pointing or [mention for mention in mentions if _opens_the_news(mention, body)][:1]
    if not stated:
        return None
    if all(mention.precision == "day" for mention in stated):
        return _full(stated, mentions, body, language)
    found = [result for mention in stated if (result := _with_year(mention, mentions, body))]
    if len(found) != len(stated):
        return None
    days = [result.day for result in found]
    return max(found, key=lambda result: result.day) if max(days) - min(days) <= timedelta(days=6) else None


def _points_here(mention: DateMention, mentions: list[DateMention], body: str) -> bool:
    """ "ce 3 février", near the beginning and not inside a story that has told its year before."""
    if not (mention.said.this and mention.said.day and mention.said.month) or mention.modifier is not None:
        return False
    paragraph = body.rfind("\n", 0, mention.start) + 1
    told = any(other.first and paragraph <= other.start < mention.start for other in mentions)
    return not told and (mention.start < 3 * LEDE or mention.said.year is not None)


def _opens_the_news(mention: DateMention, body: str) -> bool:
    """ "Dimanche 7 juillet 2019, ..." or "a annoncé mardi 20 janvier" in the lede."""
    said = mention.said
    whole = said.weekday is not None and said.day is not None and said.month is not None
    if not whole or mention.modifier is not None or mention.start > LEDE or mention.precision == "range":
        return False
    return not _NOT_ITS_OWN.search(body[max(0, mention.start - 14) : mention.start]) and mention.tense <= 0


def _full(stated: list[DateMention], mentions: list[DateMention], body: str, language: Language) -> OwnDay | None:
    latest = max(stated, key=lambda mention: mention.first or date.min)
    day = latest.first
    if day is None or any((day - (mention.first or day)).days > 6 for mention in stated):
        return None
    if _MUCH_LATER.search(body) and not latest.said.this:
        return None
    later = [m for m in mentions if m.first and m.first > day and not _is_ahead(m, body) and m.precision != "range"]
    if any(_is_past(mention, body) or not latest.said.this for mention in later):
        return None
    weekday = _bare_weekday(mentions, language)
    if latest.said.this or weekday is None or weekday == day.weekday():
        return OwnDay(day, latest.text, inferred=False)
    return OwnDay(day + timedelta(days=(weekday - day.weekday()) % 7), latest.text, inferred=True)


def _bare_weekday(mentions: list[DateMention], language: Language) -> int | None:
    """The one weekday of "ce mardi" without a date; None when there is none or more than one."""
    del language
    named = {m.said.weekday for m in mentions if m.said.this and m.said.weekday is not None and m.said.day is None}
    return named.pop() if len(named) == 1 else None


def _with_year(stated: DateMention, mentions: list[DateMention], body: str) -> OwnDay | None:
    """The first day that fits `stated` after the latest fact that the text speaks of as past."""
    facts = [mention for mention in mentions if mention.first and mention.last and mention.first.year >= 1800]
    past = [mention for mention in facts if _is_past(mention, body)]
    if not past:
        return None
    day = _first_after(stated, past)
    unsure = [m for m in facts if m not in past and not _is_ahead(m, body) and m.precision in ("day", "month")]
    if day is None or (unsure and _first_after(stated, [*past, *unsure]) != day):
        return None
    ahead = [m for m in facts if m not in past and _is_ahead(m, body) and m.last and m.precision != "unknown"]
    latest = max(mention.first for mention in past if mention.first)
    if any(m.last and latest < m.last < day for m in ahead):
        return None
    return OwnDay(day, stated.text, inferred=True)


def _first_after(stated: DateMention, past: list[DateMention]) -> date | None:
    latest = max(past, key=lambda mention: (mention.first or date.min, mention.last or date.min))
    if latest.first is None or latest.last is None:
        return None
    weekday = stated.said.weekday
    for day in _days(stated, latest.first.year):
        if day < latest.first:
            continue
        inside = day <= latest.last and latest.precision != "day"
        if inside and weekday is None:
            return None
        if latest.precision in ("year", "decade", "century"):
            near = day.year - latest.last.year
            return day if weekday is not None and 0 < near <= 2 and not inside else None
        return day
    return None


def _days(stated: DateMention, first_year: int) -> Iterator[date]:
    for year in range(first_year, first_year + YEARS_AHEAD):
        try:
            day = date(year, stated.said.month or 0, stated.said.day or 0)
        except ValueError:
            continue
        if stated.said.weekday is None or day.weekday() == stated.said.weekday:
            yield day


def _is_ahead(mention: DateMention, body: str) -> bool:
    before = body[max(0, mention.start - 60) : mention.start]
    return mention.tense > 0 or mention.modifier in ("until",) or bool(_AHEAD.search(before))


def _is_past(mention: DateMention, body: str) -> bool:
    if mention.text.lower().startswith(("depuis", "since")):
        return True
    before = body[max(0, mention.start - 60) : mention.start]
    if _PARTICIPLE.search(before):
        return True
    return mention.tense < 0 and mention.modifier != "until" and not _AHEAD.search(before)
