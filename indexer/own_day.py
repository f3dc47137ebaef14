"""The day that a text calls its own: "ce mardi 20 janvier", "this Tuesday, January 20, 2026".

A year that is not said follows from the weekday and from what the text speaks of as past: the first such day after the
latest dated fact, unless the text says how long ago a fact was. Every step that could go two ways gives nothing. It
knows nothing of heads, metadata or today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from indexer.elapsed import Elapsed, elapsed
from rag.dates import DateMention, find_dates
from rag.text import content_words
from rag.types import Language

LEDE: Final = 700  # characters: about the first two paragraphs of a press text
YEARS_AHEAD: Final = 28  # the calendar's weekdays return after 28 years at most between 1901 and 2099
NEAR_YEAR: Final = 2  # a fact dated by its year alone bounds the day only this closely
STORY: Final = timedelta(days=6)  # days that one text may call its own, as "ce lundi" and "ce mardi"

_NOT_ITS_OWN: Final = re.compile(
    r"\b(?:le|du|au|de|d['’]|dès|depuis|avant|après|jusqu['’]\w+|the|of|since|until|by|before|after|from|every|chaque)"
    r"\s+(?:le\s+)?$",
    re.IGNORECASE,
)
_TOLD_LATER: Final = re.compile(
    r"\b(?:ce\s+jour-là|cette\s+année-là|à\s+l['’]époque|that\s+(?:very\s+)?day|at\s+the\s+time)\b|"
    r"(?:^|[.!?]\s)(?:Depuis|Since\s+then),",
    re.IGNORECASE | re.MULTILINE,
)
_PARTICIPLE: Final = re.compile(
    r"\b(?!prévu|attendu|programm|annonc|fix|schedul|plann|expect)"
    r"(?:\w+(?:é|ée|és|ées|ie|ise|ite|u|ue|ues|us|is)|\w{3,}ed|begun|held|built)"
    r"\s+(?:en|le|au|in|on|dès)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_TO_BE: Final = re.compile(r"\b(?:sera|seront|serait|seraient|être|be)\s+(?:\w+\s+)?$", re.IGNORECASE)
_AHEAD: Final = re.compile(
    r"\b(?:(?:d['’]ici|horizon|prévue?s?|attendue?s?|programmée?s?|fixée?s?|due|scheduled|planned|expected|set\s+for)\b"
    r"[^.,;!?\n]{0,25}|(?:pour|avant|by|for|until)\s+(?:la\s+fin\s+de\s+|the\s+end\s+of\s+|le\s+|the\s+|fin\s+)?)$",
    re.IGNORECASE,
)


_FROM_THEN_ON: Final = re.compile(
    r"\b(?:d[eè]s|à\s+partir\s+de|à\s+compter\s+de|from|as\s+of|as\s+from|starting(?:\s+in)?)\s+(?:le\s+|the\s+)?$",
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
    text = _Text(body, language, find_dates(body, anchor=None, language=language))
    if said_by_head is not None:
        return text.with_year(said_by_head)
    pointing = [mention for mention in text.mentions if text.points_here(mention)]
    stated = pointing or [mention for mention in text.mentions if text.opens_the_news(mention)][:1]
    if not stated:
        return None
    if all(mention.precision == "day" for mention in stated):
        return text.full(stated)
    found = [result for mention in stated if (result := text.with_year(mention))]
    days = [result.day for result in found]
    if len(found) != len(stated) or max(days) - min(days) > STORY:
        return None
    return max(found, key=lambda result: result.day)


@dataclass(frozen=True, slots=True)
class _Text:
    """A body with its temporal expressions."""

    body: str
    language: Language
    mentions: list[DateMention]

    def before(self, mention: DateMention, length: int = 60) -> str:
        return self.body[max(0, mention.start - length) : mention.start]

    def points_here(self, mention: DateMention) -> bool:
        """ "ce 3 février", "today, March 3": near the beginning, not in a story that has told its year before."""
        if not (mention.said.day and mention.said.month) or mention.modifier is not None:
            return False
        if not mention.said.this and not self._after_today(mention):
            return False
        paragraph = self.body.rfind("\n", 0, mention.start) + 1
        told = any(m.first and paragraph <= m.start < mention.start and not self.is_ahead(m) for m in self.mentions)
        return not told and (mention.start < 3 * LEDE or mention.said.year is not None)

    def _after_today(self, mention: DateMention) -> bool:
        return any(
            other.said.this and other.said.day is None and re.fullmatch(r",?\s+(?:le\s+|the\s+)?", gap)
            for other in self.mentions
            if (gap := self.body[other.end : mention.start])
        )

    def opens_the_news(self, mention: DateMention) -> bool:
        """ "Dimanche 7 juillet 2019, ..." or "a annoncé mardi 20 janvier" in the lede."""
        said = mention.said
        whole = said.weekday is not None and said.day is not None and said.month is not None
        if not whole or mention.modifier is not None or mention.start > LEDE or mention.precision == "range":
            return False
        return not _NOT_ITS_OWN.search(self.before(mention, 16)) and mention.tense <= 0

    def full(self, stated: list[DateMention]) -> OwnDay | None:
        """The latest of the full dates that the text calls its own, if nothing shows that it looks back on it."""
        latest = max(stated, key=lambda mention: mention.first or date.min)
        day = latest.first
        if day is None or any(mention.first and day - mention.first > STORY for mention in stated):
            return None
        certain = latest.said.this and latest.said.weekday is not None
        if not certain and (_TOLD_LATER.search(self.body) or any(span.later for span in elapsed(self.body))):
            return None
        later = [m for m in self.mentions if m.first and m.first > day and not self.is_ahead(m)]
        if any(self.is_past(mention) or not latest.said.this for mention in later):
            return None
        weekday = self._bare_weekday()
        if latest.said.this or weekday is None or weekday == day.weekday():
            return OwnDay(day, latest.text, inferred=False)
        return OwnDay(day + timedelta(days=(weekday - day.weekday()) % 7), latest.text, inferred=True)

    def _bare_weekday(self) -> int | None:
        """The one weekday of "ce mardi" without a date; None when there is none or more than one."""
        said = [mention.said for mention in self.mentions if mention.said.this and mention.said.day is None]
        named = {words.weekday for words in said if words.weekday is not None}
        return named.pop() if len(named) == 1 else None

    def with_year(self, stated: DateMention) -> OwnDay | None:
        """The first day that fits `stated` after the latest fact that the text speaks of as past."""
        past = [mention for mention in self._facts() if self.is_past(mention)]
        if not past:
            return None
        unsure = [m for m in self._facts() if not self.is_past(m) and not self.is_ahead(m)]
        unsure = [mention for mention in unsure if mention.precision in ("day", "month")]
        day = self._first_after(stated, past)
        if unsure and self._first_after(stated, [*past, *unsure]) != day:
            return None
        latest = max(mention.first for mention in past if mention.first)
        ahead = [m.last for m in self._facts() if not self.is_past(m) and self.is_ahead(m) and m.last]
        if day is None or any(latest < last < day for last in ahead):
            return None
        return OwnDay(day, stated.text, inferred=True)

    def _facts(self) -> list[DateMention]:
        return [mention for mention in self.mentions if mention.first and mention.last]

    def _first_after(self, stated: DateMention, past: list[DateMention]) -> date | None:
        latest = max(past, key=lambda mention: (mention.first or date.min, mention.last or date.min))
        if latest.first is None or latest.last is None:
            return None
        days = [day for day in _days(stated, latest.first.year) if day >= latest.first]
        spans = elapsed(self.body)
        said = [day for day in days if any(self._says(span, day, fact) for span in spans for fact in past)]
        if said:
            return said[0] if said[0] == days[0] or len(said) == 1 else None
        if not days or (latest.precision != "day" and days[0] <= latest.last and stated.said.weekday is None):
            return None
        if latest.precision in ("day", "month"):
            return days[0]
        near = 0 < days[0].year - latest.last.year <= NEAR_YEAR
        return days[0] if near and stated.said.weekday is not None else None

    def _says(self, span: Elapsed, day: date, fact: DateMention) -> bool:
        """Whether the text says of this fact that it was so long before `day`: the sentences share a telling word."""
        if fact.first is None or fact.last is None or not span.fits(day, fact.first, fact.last):
            return False
        stems = [
            {word[:5] for word in content_words(self._sentence(start, end), self.language) if len(word) > 4}
            for start, end in ((span.start, span.end), (fact.start, fact.end))
        ]
        return bool(stems[0] & stems[1])

    def _sentence(self, start: int, end: int) -> str:
        left = max(self.body.rfind(mark, 0, start) for mark in (". ", "\n", "! ", "? "))
        rights = [place for mark in (". ", "\n", "! ", "? ") if (place := self.body.find(mark, end)) >= 0]
        return self.body[left + 1 : min(rights, default=len(self.body))]

    def _done(self, mention: DateMention) -> bool:
        """ "signé en mars 2025", but not "sera signé en mars 2025"."""
        before = self.before(mention)
        participle = _PARTICIPLE.search(before)
        return participle is not None and not _TO_BE.search(before[: participle.start()])

    def is_ahead(self, mention: DateMention) -> bool:
        """Whether the text speaks of it as still to come."""
        if self._done(mention):
            return False
        return mention.tense > 0 or mention.modifier == "until" or bool(_AHEAD.search(self.before(mention)))

    def is_past(self, mention: DateMention) -> bool:
        """Whether the text speaks of it as over or begun."""
        if mention.text.lower().startswith(("depuis", "since")) or self._done(mention):
            return True
        return mention.tense < 0 and not self.is_ahead(mention) and not self._from_then_on(mention)

    def _from_then_on(self, mention: DateMention) -> bool:
        """ "porté à 43 ans dès 2027": a beginning that may lie ahead whatever stands around it."""
        whole = self.before(mention, 20) + mention.text
        return bool(_FROM_THEN_ON.search(whole[: len(whole) - len(mention.text.split()[-1])]))


def _days(stated: DateMention, first_year: int) -> Iterator[date]:
    """The days from `first_year` on that agree with what is said of day, month and weekday."""
    for year in range(first_year, first_year + YEARS_AHEAD):
        try:
            day = date(year, stated.said.month or 0, stated.said.day or 0)
        except ValueError:
            continue
        if stated.said.weekday is None or day.weekday() == stated.said.weekday:
            yield day
