"""What is told of a temporal expression: where it stands, the days it means, and what its words say by themselves.

Knows nothing of how expressions are found or resolved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

Precision = Literal["day", "week", "month", "season", "quarter", "year", "decade", "century", "range", "unknown"]


class Said(NamedTuple):
    """What the words of a mention say by themselves, before the anchor is asked. None = not said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 = Monday
    this: bool = False  # "ce 3 février", "this Tuesday", "today": it points at the day of writing


_NOTHING: Final = Said()


@dataclass(frozen=True, slots=True)
class DateMention:
    """A temporal expression of a text: text[start:end], modifier words included, articles and prepositions not.

    `first` and `last` bound a closed interval of days; both are None, and the precision "unknown", when the words need
    an anchor that is not there or not precise enough, or name no day of the calendar. "early", "mid" and "late" narrow
    the interval to a third (see `calendar.third`); the other modifiers leave it as named: "since 2014" is all of 2014.
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: Precision
    modifier: str | None = None  # start, mid, end, about, since, until, before, after
    relative: bool = False  # needs the anchor
    time: str | None = None  # "10:32"
    tense: int = 0  # of the nearest verb of its sentence: -1 past, 1 future, 0 neither is sure
    said: Said = _NOTHING
