"""Golden questions: one JSON object a line, what it must hold, and the digest by which a set is recognised.

A line holds `id`, `twin` (shared by the same question in the other language), `language`, `question`, `kind`,
`answerable`, `answers` (any of them is right), `gold` (articles that hold the answer: a file's name, or
`file.jsonl#URL` for one record of several), `quote` (the words it rests on), and where wanted `all_of` (groups; of
each group one must be said), `forbidden` (must not be said), `as_of` (an ISO day) and `why`. It knows nothing of
archives and scores.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, cast

from evals.matching import fold
from rag.errors import GazetteError, UsageError

Kind = Literal[
    "date",
    "person",
    "place",
    "number",
    "duration",
    "yesno",
    "list",
    "comparison",
    "reason",
    "statement",
    "opinion",
    "unanswerable",
]
KINDS: Final = frozenset(Kind.__args__)  # type: ignore[attr-defined]
REQUIRED: Final = ("id", "twin", "language", "question", "kind", "answerable", "answers", "gold", "quote")
OPTIONAL: Final = ("all_of", "forbidden", "as_of", "why")
SHOWN: Final = 5  # faults named in one message


class InvalidEvaluationError(GazetteError):
    """An evaluation that cannot say anything: a faulty set, no items, floors of another set."""


@dataclass(frozen=True, slots=True)
class Item:
    """One golden question."""

    id: str
    twin: str
    language: Literal["fr", "en"]
    question: str
    kind: Kind
    answerable: bool
    answers: tuple[str, ...]  # any of them is right; none for an unanswerable question
    gold: tuple[str, ...]  # file names, or "file.jsonl#URL"; none for an unanswerable question
    quote: str = ""
    all_of: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    as_of: str | None = None  # ISO day
    why: str = ""
    line: int = 0  # in its file, from 1


@dataclass(frozen=True, slots=True)
class Dataset:
    """A golden set."""

    name: str
    digest: str  # "sha256:..." of the file with LF line ends
    items: tuple[Item, ...]


class _FaultError(Exception):
    """What is wrong with one line."""


def load_dataset(path: Path) -> Dataset:
    """Read a golden set. Raises `UsageError` when the file cannot be read, `InvalidEvaluationError` with the line
    numbers when it is no golden set or holds no item."""
    try:
        data = path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise UsageError(f"cannot read the dataset {path}: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidEvaluationError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from error
    items: dict[str, Item] = {}
    faults: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = _item(line, number)
            if item.id in items:
                raise _FaultError(f"the id {item.id!r} is that of line {items[item.id].line}, too")
            items[item.id] = item
        except _FaultError as fault:
            faults.append(f"line {number}: {fault}")
    if faults:
        more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise InvalidEvaluationError(f"{path}: {'; '.join(faults[:SHOWN])}{more}")
    if not items:
        raise InvalidEvaluationError(f"{path} holds no items; give one JSON object a line")
    return Dataset(path.name, f"sha256:{hashlib.sha256(data).hexdigest()}", tuple(items.values()))


def _item(line: str, number: int) -> Item:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise _FaultError(f"not JSON ({error})") from error
    if not isinstance(row, dict):
        raise _FaultError("not a JSON object")
    if missing := [key for key in REQUIRED if key not in row]:
        raise _FaultError(f"lacks {', '.join(missing)}")
    if unknown := sorted(set(row) - set(REQUIRED) - set(OPTIONAL)):
        raise _FaultError(f"has unknown keys: {', '.join(unknown)}")
    item = Item(
        id=_text(row, "id"),
        twin=_text(row, "twin"),
        language=cast(Literal["fr", "en"], _one_of(row, "language", {"fr", "en"})),
        question=_text(row, "question"),
        kind=cast(Kind, _one_of(row, "kind", KINDS)),
        answerable=_flag(row, "answerable"),
        answers=_texts("answers", row["answers"]),
        gold=_texts("gold", row["gold"]),
        quote=_text(row, "quote", empty=True),
        all_of=_groups(row),
        forbidden=_texts("forbidden", row.get("forbidden") or []),
        as_of=_day(row),
        why=_text(row, "why", empty=True),
        line=number,
    )
    _check(item)
    return item


def _check(item: Item) -> None:
    """What the fields must be together."""
    if item.answerable != (item.kind != "unanswerable"):
        raise _FaultError(f"'answerable' is {item.answerable} and 'kind' is {item.kind!r}")
    if item.answerable and not (item.answers and item.gold):
        raise _FaultError("an answerable question needs 'answers' and 'gold'")
    if not item.answerable and (item.answers or item.all_of or item.gold):
        raise _FaultError("an unanswerable question has no 'answers', 'all_of' or 'gold'")
    accepted = {fold(text) for text in (*item.answers, *(text for group in item.all_of for text in group))}
    if both := sorted(text for text in item.forbidden if fold(text) in accepted):
        raise _FaultError(f"{both[0]!r} is both accepted and forbidden")


def _text(row: Mapping[str, Any], key: str, *, empty: bool = False) -> str:
    value = row.get(key)
    if value is None and empty:
        return ""
    if not isinstance(value, str) or not (empty or value.strip()):
        raise _FaultError(f"{key!r} must be a string{'' if empty else ' with something in it'}")
    return value


def _one_of(row: Mapping[str, Any], key: str, known: frozenset[str] | set[str]) -> str:
    value = row[key]
    if not isinstance(value, str) or value not in known:
        raise _FaultError(f"{key!r} is {value!r}; known: {', '.join(sorted(known))}")
    return value


def _flag(row: Mapping[str, Any], key: str) -> bool:
    value = row[key]
    if not isinstance(value, bool):
        raise _FaultError(f"{key!r} must be true or false")
    return value


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _FaultError(f"{key!r} must be a list of strings")
    for one in value:
        if not any(character.isalnum() for character in fold(one)):
            raise _FaultError(f"{key!r} holds {one!r}, which has no letter and no digit")
    if len(set(value)) != len(value):
        raise _FaultError(f"{key!r} holds the same string twice")
    return tuple(value)


def _groups(row: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    value = row.get("all_of") or []
    if not isinstance(value, list):
        raise _FaultError("'all_of' must be a list of lists of strings")
    groups = tuple(_texts("all_of", group) for group in value)
    if not all(groups):
        raise _FaultError("'all_of' holds an empty group")
    return groups


def _day(row: Mapping[str, Any]) -> str | None:
    value = row.get("as_of")
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise _FaultError(f"'as_of' is {value!r}; write a day as 2026-02-03") from None
