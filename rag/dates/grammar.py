"""What a grammar is made of: rules that read one expression each, and words that stand before one.

A rule is a regular expression over folded text (see `names.fold_in_place`) whose named groups say what was read; the
words that it may begin with are declared, so that a text is scanned word by word and a rule is tried only where it can
match. Knows nothing of either language, of resolving or of the anchor. To teach a language something new, add a rule.

Groups and what they hold: `weekday`, `day`, `month`, `year`, `until_year` (last year of a range), `decade`,
`roman` or `century`, `ordinal`, `season`, `part` (start, mid, end), `count`, `unit`, `toward` (last, this, next).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from rag.dates import calendar
from rag.dates.calendar import Interval, Part
from rag.dates.names import NUMBERS, ORDINALS, SEASONS, UNITS, months, roman, short_weekdays, weekdays
from rag.types import Language

Modifier = Literal["start", "mid", "end", "about", "since", "until", "before", "after"]
Kind = Literal[
    "span",  # an interval by itself: a decade, a century, a run of years
    "year",
    "date",  # day and month, with or without a year; so the four below
    "month",
    "season",
    "quarter",
    "half",
    "weekday",  # "Tuesday", "Tuesday the 20th"
    "offset",  # a count of units from the anchor: "yesterday", "two years ago"
    "unit",  # the unit that holds the anchor, or the one before or after it: "last month"
    "recent",  # the last or next few units: "the last two years"
    "eve",  # days from the date last mentioned, else from the anchor: "the day before"
    "step",  # units from the date last mentioned: "two years later", "the following month"
    "never",  # a temporal expression that no anchor can resolve: "30 February", "recent months"
]


@dataclass(frozen=True, slots=True)
class Atom:
    """One expression as read: what its words say, before anything is resolved."""

    start: int
    end: int
    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 = Monday
    ordinal: int | None = None  # of a quarter or half; -1 = the last
    season: str | None = None
    count: int | None = None
    unit: str | None = None
    toward: int | None = None  # -1 last, 0 this, 1 next
    span: Interval | None = None
    part: Part | None = None
    modifier: Modifier | None = None
    time: str | None = None
    joined: bool = False  # a range already, so that it does not become the end of another


class Reading(NamedTuple):
    """A rule's match in its text, for what a pattern cannot say."""

    text: str
    folded: str
    match: re.Match[str]

    def before(self, length: int) -> str:
        """Up to `length` folded characters before the match."""
        return self.folded[max(0, self.match.start() - length) : self.match.start()]

    @property
    def capital(self) -> bool:
        """Whether the match begins with a capital letter."""
        return self.text[self.match.start()].isupper()


Check = Callable[[Reading], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of expression and how it is read."""

    kind: Kind
    starts: frozenset[str]  # words it may begin with; "#digit" for a number, "#number" for a number word
    pattern: re.Pattern[str]
    sign: int = 1  # -1 when `count` looks back
    count: int | None = None  # when the words themselves say it: "yesterday" is -1 day
    allowed: Check | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as a language's table writes it: `{name}` stands for a slot, "#name" for a class of first words."""

    kind: Kind
    starts: str
    pattern: str
    sign: int = 1
    count: int | None = None
    allowed: Check | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language's rules and the words that stand before, between and after expressions."""

    language: Language
    rules: tuple[Rule, ...]
    towards: dict[str, int]
    parts: dict[str, Part]
    part_before: re.Pattern[str]  # group `part`; ends where the expression begins
    modifiers: dict[str, Modifier]  # by the word as written in lower case
    modifier_before: re.Pattern[str]  # group `modifier`
    day_before: re.Pattern[str]  # groups `day`, and `link`, `dash` or `comma`: "3 au |5 mars"
    links: dict[str, str]  # what joins two expressions -> the opener that must stand before the first, or ""
    openers: dict[str, re.Pattern[str]]  # group `opener`
    time_after: re.Pattern[str]  # groups `hour`, `minute`, and `half` (a or p) where a language has it
    past: re.Pattern[str]  # verbs of the past, over lower-case text with its accents
    future: re.Pattern[str]


GAP: Final = r"(?:[ ]+\n?[ ]*|\n[ ]*)"  # white space that crosses one line end at most


def compile_rule(pattern: str, **parts: str) -> re.Pattern[str]:
    """A pattern in which a space is any white space and `{name}` one of `parts`."""
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", part)
    return re.compile(pattern.replace("[ ]", "\0").replace(" ", GAP).replace("\0", "[ ]"))


def build(table: Iterable[Line], slots: Mapping[str, str], classes: Mapping[str, Iterable[str]]) -> tuple[Rule, ...]:
    """The rules of a table."""
    rules = []
    for line in table:
        starts: set[str] = set()
        for word in line.starts.split():
            starts.update(classes.get(word, (word,)))
        pattern = compile_rule(line.pattern, **slots)
        rules.append(Rule(line.kind, frozenset(starts), pattern, line.sign, line.count, line.allowed))
    return tuple(rules)


@cache
def starters(rules: tuple[Rule, ...]) -> dict[str, tuple[Rule, ...]]:
    """The rules by the word they may begin with."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules:
        for word in rule.starts:
            found[word] = (*found.get(word, ()), rule)
    return found


def expand_year(digits: str) -> int:
    """A year from two or four digits; two digits stand for 1950 to 2049."""
    value = int(digits)
    if len(digits) > 2:
        return value
    return value + (2000 if value < 50 else 1900)


def interval_in_year(atom: Atom, year: int) -> Interval:
    """The interval that an atom's words name in a given year. Raises ValueError where the calendar has no such day.

    "Winter 2022" may mean either winter that has days in 2022, so both are kept, from December to February.
    """
    if atom.month is not None:
        return calendar.day(date(year, atom.month, atom.day)) if atom.day else calendar.month(year, atom.month)
    if atom.season == "winter":
        return calendar.months_from(year - 1, 12, 15, "range")
    if atom.season is not None:
        return calendar.season(year, atom.season)
    if atom.kind == "quarter" and atom.ordinal is not None:
        return calendar.quarter(year, atom.ordinal % 5)  # the last one, -1, is the fourth
    if atom.kind == "half" and atom.ordinal is not None:
        return calendar.months_from(year, 1 if atom.ordinal == 1 else 7, 6, "range")
    return calendar.year(year)


def read(rule: Rule, match: re.Match[str], grammar: Grammar) -> Atom:
    """The atom that a rule's match says; of kind "never" when its numbers are impossible."""
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    said = {name: _value(name, word, grammar) for name, word in groups.items() if name in _FIELDS}
    atom = replace(Atom(match.start(), match.end(), rule.kind), **said)
    if atom.count is not None:
        atom = replace(atom, count=rule.sign * atom.count)
    elif rule.count is not None:
        atom = replace(atom, count=rule.count, unit=atom.unit or "day")
    if rule.kind == "never":
        return Atom(match.start(), match.end(), "never")
    try:
        if atom.kind == "date" and atom.month and atom.day:
            date(2000, atom.month, atom.day)
        return replace(atom, span=_span(atom, groups), joined="until_year" in groups)
    except (ValueError, OverflowError):
        return Atom(match.start(), match.end(), "never")


_FIELDS: Final = {
    *("weekday", "day", "month", "year", "ordinal", "season", "unit", "count", "toward", "part"),
}


def _value(name: str, word: str, grammar: Grammar) -> Any:
    language = grammar.language
    word = " ".join(word.split())
    match name:
        case "weekday":
            return (weekdays(language) | short_weekdays(language))[word.rstrip(".")]
        case "season":
            return SEASONS[language][word]
        case "unit":
            return UNITS[language][word]
        case "toward":
            return grammar.towards[word]
        case "part":
            return grammar.parts[word]
        case "year":
            return expand_year(word)
        case "month" if not word.isdigit():
            return months(language)[word.rstrip(".")]
    return int(word) if word.isdigit() else (ORDINALS[language] | NUMBERS[language])[word]


def _span(atom: Atom, groups: dict[str, str]) -> Interval | None:
    if "decade" in groups:
        digits = groups["decade"]
        return calendar.decade(int(digits) if len(digits) == 4 else 1900 + int(digits))
    if "roman" in groups:
        return calendar.century(roman(groups["roman"]))
    if "century" in groups:
        return calendar.century(int(groups["century"]))
    if atom.year is None:
        return None
    if "until_year" not in groups:
        return interval_in_year(atom, atom.year)
    until = groups["until_year"]
    last = int(until) if len(until) == 4 else atom.year - atom.year % 100 + int(until)
    if last <= atom.year:
        raise ValueError(f"{last} is not after {atom.year}")
    if atom.season == "winter":
        return calendar.season(atom.year, "winter")
    return calendar.years(atom.year, last, "range")
