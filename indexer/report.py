"""What an index run tells: how far it is, and at the end what it did. Values only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `source` is the one just read."""

    done_sources: int
    total_sources: int
    passages: int  # written by this run so far
    source: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input, or one record of it, that did not go in."""

    source: str  # the path as it was found; for a record of a file, the path and the record
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index run found and did.

    `articles`, `comments` and `passages` count what the given paths have in the store now, new and unchanged alike;
    `unchanged` says how many of those articles were there already and were left as they are. `removed` counts articles
    taken out because their file, or their record in it, is gone. `embedded` counts passages given to the model.
    """

    articles: int
    comments: int
    passages: int
    embedded: int
    unchanged: int
    removed: int
    set_aside: tuple[SetAside, ...]
    skipped: int  # hidden files, and files of a kind that is not read
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)
