"""A recorded run, read back from its JSON: what tables, reports, comparisons and the gate are made of.

A recording that lacks something, holds a number that is none, or is of another format is refused, never read as zero.
It knows nothing of archives and judges.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.dataset import InvalidEvaluationError
from evals.measures import BY_NAME
from evals.metrics import NOTHING, Ratio, total
from evals.report import FORMAT
from rag.errors import UsageError


@dataclass(frozen=True, slots=True)
class Recorded:
    """One item of a recorded run."""

    id: str
    line: int  # of the dataset, from 1
    event: str
    part: str
    language: str
    category: str
    kind: str
    question: str
    passed: bool
    right: bool
    stage: str | None
    reasons: tuple[str, ...]
    seconds: float
    values: Mapping[str, Ratio]  # what it adds to each measure; a measure that is missing measured nothing
    row: Mapping[str, Any] = field(compare=False, repr=False)  # all of it, for drawing

    def value(self, measure: str) -> Ratio:
        return self.values.get(measure, NOTHING)


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded run."""

    dataset: str  # file name
    path: str  # as it was named; for annotations
    digest: str
    part: str
    judge: str
    archive_digest: str
    embedder: str
    llm: str | None
    items: tuple[Recorded, ...]
    whole: Mapping[str, Any] = field(compare=False, repr=False)  # the JSON object

    def measure(self, name: str, keep: Callable[[Recorded], bool] = lambda _: True) -> Ratio:
        """A measure over the items that `keep` lets through, added up from the items themselves."""
        return total(item.value(name) for item in self.items if keep(item))

    @property
    def failed(self) -> tuple[Recorded, ...]:
        return tuple(item for item in self.items if not item.passed)


def read_recording(whole: Mapping[str, Any], origin: str = "the recording") -> Recording:
    """A run from its JSON object. Raises `InvalidEvaluationError` when it is none, is empty or is of another format."""
    if not isinstance(whole, Mapping) or whole.get("format") != FORMAT:
        raise InvalidEvaluationError(f"{origin} is no recording of this version; make it anew with eval run --json")
    try:
        about = whole["dataset"]
        items = tuple(_item(row) for row in whole["items"])
        recording = Recording(
            dataset=str(about["name"]),
            path=str(about["path"]),
            digest=str(about["digest"]),
            part=str(about["part"]),
            judge=str(whole["judge"]),
            archive_digest=str(whole["archive_digest"]),
            embedder=str(whole["embedder"]),
            llm=whole["llm"],
            items=items,
            whole=whole,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidEvaluationError(f"{origin} is damaged ({type(error).__name__}: {error}); make it anew") from error
    if not items:
        raise InvalidEvaluationError(f"{origin} holds no items")
    if len({item.id for item in items}) != len(items):
        raise InvalidEvaluationError(f"{origin} holds an item twice")
    return recording


def load_recording(path: Path) -> Recording:
    """Read a file that `gazette eval run --json` wrote. Raises `UsageError` when it cannot be read,
    `InvalidEvaluationError` when it is no recording."""
    try:
        whole = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read the recording {path}: {error.strerror}") from error
    except ValueError as error:
        raise InvalidEvaluationError(f"{path} is not JSON: {error}") from error
    return read_recording(whole, str(path))


def _item(row: Mapping[str, Any]) -> Recorded:
    return Recorded(
        id=str(row["id"]),
        line=int(row["line"]),
        event=str(row["event"]),
        part=str(row["part"]),
        language=str(row["language"]),
        category=str(row["category"]),
        kind=str(row["kind"]),
        question=str(row["question"]),
        passed=row["passed"] is True,
        right=row["right"] is True,
        stage=row["stage"],
        reasons=tuple(map(str, row["reasons"])),
        seconds=float(row["seconds"]),
        values={name: ratio_of(pair) for name, pair in row["values"].items() if name in BY_NAME},
        row=row,
    )


def ratio_of(pair: Any) -> Ratio:
    """A ratio from [part, whole]. Raises `ValueError` for anything that is no share of something."""
    part, whole = pair
    numbers = isinstance(part, int | float) and isinstance(whole, int) and not isinstance(part, bool)
    if not numbers or not math.isfinite(part) or not 0 <= part <= whole + 1e-9:
        raise ValueError(f"{pair!r} is no part of a whole")
    return Ratio(part, whole)


def same_ground(before: Recording, after: Recording) -> None:
    """Raises `InvalidEvaluationError` when two recordings cannot be compared: other questions, or another judge."""
    for what, old, new in (
        ("dataset", before.digest, after.digest),
        ("part", before.part, after.part),
        ("judge", before.judge, after.judge),
    ):
        if old != new:
            raise InvalidEvaluationError(f"the recordings are of another {what} ({old}, {new}); run both anew")
