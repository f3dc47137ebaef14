"""A new golden item put at the end of a set: checked first, written in one piece, nothing of the file touched.

What stands in the file stays as it is, byte for byte. It knows nothing of how a person types an item.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from evals.check import Fault, check_dataset
from evals.dataset import DERIVED, REQUIRED, Dataset, InvalidEvaluationError, Item, load_dataset, read_item
from evals.fields import FaultError
from evals.library import Library
from rag.errors import UsageError

ORDER: Final = (
    *("id", "twin", "language", "event", "part", "category", "question", "kind", "answerable", "answers", "forbidden"),
    *("gold", "quote", "nuggets", "all_of", "as_of", "history", "why"),
)
_EMPTY: Final[tuple[Any, ...]] = (None, "", [], ())


def completed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with what follows from the rest of it: id, answerability, nuggets and empty lists, keys in their order."""
    full = dict(row)
    if "twin" in full and "language" in full:
        full.setdefault("id", f"{full['twin']}-{full['language']}")
    full.setdefault("answerable", full.get("kind") != "unanswerable")
    for key in ("answers", "forbidden", "gold"):
        full.setdefault(key, [])
    full.setdefault("quote", "")
    full.setdefault("nuggets", [full["answers"]] if full["answers"] else [])
    kept = {*REQUIRED, *DERIVED, "forbidden"}
    told = {key: value for key, value in full.items() if key in kept or value not in _EMPTY}
    return {key: told[key] for key in (*ORDER, *told) if key in told}


def add_items(
    path: Path, rows: Sequence[Mapping[str, Any]], library: Library | None = None, *, dry: bool = False
) -> tuple[tuple[Item, ...], tuple[Fault, ...]]:
    """Check items against the set they are to join, and write them at its end, or with `dry` do not.

    Returns the items with their lines and what a person should look at. Raises `InvalidEvaluationError` with every
    fault, and writes nothing, when one is an error; an item whose twin is yet to come is none.
    """
    known: tuple[Item, ...] = load_dataset(path).items if path.exists() and path.stat().st_size else ()
    before = path.read_bytes() if path.exists() else b""
    start = before.count(b"\n") + (1 if before and not before.endswith(b"\n") else 0)
    lines = [json.dumps(completed(row), ensure_ascii=False) for row in rows]
    items = tuple(_read(line, number) for number, line in enumerate(lines, start + 1))
    taken = {item.id for item in known}
    for item in items:
        if item.id in taken:
            raise InvalidEvaluationError(f"the id {item.id!r} is taken; nothing was written")
        taken.add(item.id)
    faults = _of_new(check_dataset(Dataset(path.name, "", (*known, *items)), library), items)
    errors = [fault.said for fault in faults if fault.level == "error"]
    if errors:
        raise InvalidEvaluationError(f"{'; '.join(errors)}; nothing was written")
    if not dry:
        _append(path, before, lines)
    return items, faults


def _read(line: str, number: int) -> Item:
    try:
        return read_item(line, number)
    except FaultError as fault:
        raise InvalidEvaluationError(f"{fault}; nothing was written") from fault


def _of_new(faults: Sequence[Fault], items: Sequence[Item]) -> tuple[Fault, ...]:
    """The faults of the new items; that a twin is missing is no error while the second one is to be written."""
    new = {item.id for item in items}
    alone = "must be one French and one English"
    return tuple(
        Fault("warning", fault.id, fault.line, f"its twin is yet to come ({fault.said})")
        if alone in fault.said and fault.said.endswith((": fr", ": en"))
        else fault
        for fault in faults
        if fault.id in new
    )


def _append(path: Path, before: bytes, lines: Sequence[str]) -> None:
    end = b"\r\n" if b"\r\n" in before else b"\n"
    data = (end if before and not before.endswith(b"\n") else b"") + b"".join(line.encode() + end for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # At the end and in one call: what others write at the same time is not written over.
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
