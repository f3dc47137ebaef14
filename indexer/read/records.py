"""What reading a file gives for each of its records: an article, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be used."""

    record: str  # where it stands: "line 3", "record 2"
    reason: str  # what is wrong and what to do
