"""Whether a number that stands alone is a year, and a month's name a month: "en 2014", not "2014 personnes".

A number of four digits is taken for a year only after a word that says so, and never when it counts what follows it.
The words are each language's own. Knows nothing of any other rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rag.dates.grammar import Reading

_SPACE: Final = r"[ \n]"


@dataclass(frozen=True)
class LoneYears:
    """What stands around a lone year in one language, as regular expressions over folded text."""

    licence: str  # directly before a year
    sure: str  # those of them after which only a unit makes the number a count: "in 2014 prices rose"
    as_written: str  # a licence that needs its accents, over lower-case text
    amount: str  # before a number that is no year, whatever else
    before_event: str  # licences that need an event after the year: "the 2024 election"
    events: Iterable[str]
    units: Iterable[str]  # what a number counts
    never_counted: frozenset[str]  # words with a plural's ending that follow a year
    plural: str  # the ending of a plural
    joining: str  # what joins a number to a second one
    inside: str  # what may stand between that and a second year: "en 2014 et en 2015"

    @cached_property
    def not_counted(self) -> str:
        """What may not follow a year; a lookahead for a rule's pattern."""
        return rf"(?!\d|[.,]\d|[ ]?(?:{'|'.join(self.units)})(?!\w)|[ ]000(?!\d))"

    @cached_property
    def _year(self) -> re.Pattern[str]:
        return re.compile(rf"(?P<year>\d{{4}}){self.not_counted}")

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?<!\w)(?:{self.licence}){_SPACE}|(?<!\w)mi-|(?<!\w)mid-|\()$")

    @cached_property
    def _sure(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?<!\w)(?:{self.sure}){_SPACE}|\()$")

    @cached_property
    def _as_written(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self.as_written}){_SPACE}$")

    @cached_property
    def _amount(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?<!\w)(?:{self.amount}){_SPACE}?|\d[ .,]|[#$€£°])$")

    @cached_property
    def _before_event(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self.before_event}){_SPACE}$")

    @cached_property
    def _event(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_SPACE}[a-z-]+)?{_SPACE}(?:{'|'.join(self.events)})(?!\w)")

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\d)\d{{4}}(?:,|,?{_SPACE}(?:{self.joining})){_SPACE}(?:(?:{self.inside}){_SPACE})?$")

    @cached_property
    def _second(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_SPACE}(?:{self.joining}){_SPACE}|-)(?P<number>\d[\d .,]*\d|\d)")

    @cached_property
    def _word(self) -> re.Pattern[str]:
        return re.compile(rf"{_SPACE}(?P<word>[a-z]+)")

    def is_year(self, reading: Reading) -> bool:
        """Whether the group `year` of a match of four digits is one."""
        if not 1000 <= int(reading.match["year"]) < 2200:
            return False
        before = reading.before(28)
        if self._amount.search(before):
            return False
        end = reading.match.end()
        if self._before_event.search(before):
            return bool(self._event.match(reading.folded, end))
        if not (self._before.search(before) or self._written(reading) or self._follows_a_year(reading)):
            return False
        return not self._counts(reading.folded, end, only_units=bool(self._sure.search(before)))

    def _written(self, reading: Reading) -> bool:
        start = reading.match.start()
        return bool(self._as_written.search(reading.text[max(0, start - 12) : start].lower()))

    def _follows_a_year(self, reading: Reading) -> bool:
        """The second of "entre 2014 et 2016", "in 2014, 2015 and 2016"."""
        start = reading.match.start()
        left = self._joined.search(reading.folded, max(0, start - 14), start)
        year = self._year.match(reading.folded, left.start()) if left else None
        return year is not None and self.is_year(Reading(reading.text, reading.folded, year))

    def _counts(self, folded: str, end: int, *, only_units: bool) -> bool:
        """Whether the number that ends at `end` counts what follows: "2000 touristes", "2000 à 2500 euros"."""
        second = self._second.match(folded, end)
        if second:
            digits = re.sub(r"\D", "", second["number"])
            if len(digits) != 4:
                return len(digits) > 4
            year = self._year.match(folded, second.start("number"))
            return year is None or self._counts(folded, second.end(), only_units=only_units)
        word = self._word.match(folded, end)
        if only_units or word is None:
            return False
        return bool(re.search(self.plural, word["word"])) and word["word"] not in self.never_counted
