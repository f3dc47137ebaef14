"""What a `Where` asks of a point, as a few plain shapes that each engine spells in its own filter language.

Knows the schema's field names. Knows neither engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rag.store.base import Where


@dataclass(frozen=True, slots=True)
class Among:
    """The keyword field holds one of the values."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasId:
    """The point's id is one of these; none of them passes when the tuple is empty."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The datetime field is not before this RFC 3339 instant; a point without the field fails."""

    key: str
    instant: str


@dataclass(frozen=True, slots=True)
class AtMost:
    """The datetime field is not after this RFC 3339 instant; a point without the field fails."""

    key: str
    instant: str


@dataclass(frozen=True, slots=True)
class NotAfter:
    """The datetime field is not after this RFC 3339 instant; a point without the field passes."""

    key: str
    instant: str


@dataclass(frozen=True, slots=True)
class Empty:
    """The field is absent (`empty`), or is there (not `empty`)."""

    key: str
    empty: bool


Condition = Among | HasId | AtLeast | AtMost | NotAfter | Empty


def conditions(where: Where | None) -> list[Condition]:
    """The conditions that must all hold; an empty list passes every point.

    A publication interval [from, to] overlaps [since, until] when to >= since and from <= until.
    """
    if where is None:
        return []
    among = {
        "kind": where.kinds,
        "article_id": where.article_ids,
        "text_id": where.text_ids,
        "language": where.languages,
        "outlet": where.outlets,
        "role": (where.role,) if where.role else (),
    }
    found: list[Condition] = [Among(key, tuple(values)) for key, values in among.items() if values]
    found += [Among(key, (value,)) for key, value in where.match.items()]
    if where.ids is not None:
        found.append(HasId(where.ids))
    if where.since is not None:
        found.append(AtLeast("published_to", _midnight(where.since)))
    if where.until is not None:
        found.append(AtMost("published_from", _midnight(where.until)))
    if where.known_by is not None:
        found.append(NotAfter("published_from", _midnight(where.known_by)))
    if where.undated is not None:
        found.append(Empty("published_from", where.undated))
    return found


def _midnight(day: date) -> str:
    return f"{day.isoformat()[:10]}T00:00:00Z"
