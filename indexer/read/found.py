"""What the head and the foot of a text say, as it is gathered line by line.

It knows nothing of how such lines are recognised.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from indexer.read.imprint import Imprint
from indexer.read.lines import Line

REACH: Final = 14  # lines at either end of a text where dates and bylines stand


@dataclass(slots=True)
class Head:
    """What the head of a text says."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    dated: list[str] = field(default_factory=list)  # raw lines and labels that may tell the date
    names: list[str] = field(default_factory=list)  # beside a date: the outlet's name, a place or a section
    used: set[int] = field(default_factory=set)  # places of lines that are not body
    imprint: set[int] = field(default_factory=set)  # those of them that say who published, when, and who wrote
    left: list[tuple[int, str, str]] = field(default_factory=list)
    rest: dict[int, Line] = field(default_factory=dict)  # lines of which only the rest is body

    def leave(self, place: int, text: str, reason: str) -> None:
        """Account for a line that is no text of the article."""
        self.used.add(place)
        self.left.append((place, text, reason))

    def sign(self, place: int, text: str, reason: str, *, author: str | None = None, outlet: str | None = None) -> None:
        """Leave out a line that names who wrote or who published; the first name of each stands."""
        self.author = self.author or author
        self.outlet = self.outlet or outlet
        self.imprint.add(place)
        self.leave(place, text, reason)

    def take(self, place: int, text: str, said: Imprint) -> None:
        """Leave out a line of parts and keep what they say."""
        self.dated.extend(said.dates)
        if said.name:
            self.names.append(said.name)
        self.sign(place, text, said.reason, author=said.author, outlet=said.outlet)
