"""The gate: a recorded run held against its lock file, and what follows for the build.

A measure over nothing breaks its floor; a run on other questions, by another judge or of another part is no run at all.
It knows nothing of how the measures came about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from rich.table import Table

from evals.dataset import Dataset, InvalidEvaluationError
from evals.lock import Bound, Lock, against_baseline
from evals.metrics import Ratio
from evals.recording import Recording
from evals.statistics import Comparison
from evals.tables import cell

# Exit codes.
PASSED: Final = 0
BROKEN: Final = 1  # a floor
REGRESSION: Final = 3  # against the baseline, by the paired test
INVALID: Final = 4  # nothing can be said; 2 is a request that cannot be understood


@dataclass(frozen=True, slots=True)
class Check:
    """One bound and what was measured."""

    bound: Bound
    ratio: Ratio

    @property
    def passed(self) -> bool:
        return self.bound.holds(self.ratio)

    def to_dict(self) -> dict[str, Any]:
        side = "most" if self.bound.is_ceiling else "least"
        return {"measure": self.bound.name, side: self.bound.limit, "passed": self.passed, **self.ratio.to_dict()}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the gate says of a run."""

    checks: tuple[Check, ...]
    comparisons: tuple[Comparison, ...]
    notes: tuple[str, ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        return tuple(check.bound.name for check in self.checks if not check.passed)

    @property
    def regressions(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.comparisons if one.verdict == "regression")

    @property
    def code(self) -> Literal[0, 1, 3]:
        """The exit code: a broken floor before a regression."""
        return BROKEN if self.broken else REGRESSION if self.regressions else PASSED

    def to_dict(self) -> dict[str, Any]:
        return {
            "passed": self.code == PASSED,
            "exit_code": self.code,
            "checks": [check.to_dict() for check in self.checks],
            "comparisons": [one.to_dict() for one in self.comparisons],
            "notes": list(self.notes),
        }


def check_ground(lock: Lock, dataset: Dataset, judge: str) -> None:
    """Raises `InvalidEvaluationError` when the lock is not of these questions and this judge."""
    if lock.dataset != dataset.digest:
        raise InvalidEvaluationError(
            f"the floors are of another version of {dataset.name} ({lock.dataset[:19]}..., this one is "
            f"{dataset.digest[:19]}...); measure it, and write them anew with gazette eval gate --write-floors"
        )
    if lock.part != dataset.part:
        raise InvalidEvaluationError(f"the floors are of the part {lock.part!r}, not of {dataset.part!r}")
    if lock.judge != judge:
        raise InvalidEvaluationError(
            f"the floors are of the judge {lock.judge}, and this one is {judge}; write them anew with gazette eval "
            "gate --write-floors"
        )


def check_recording(recording: Recording, dataset: Dataset, judge: str) -> None:
    """Raises `InvalidEvaluationError` for a recording that is stale: of other questions or by another judge."""
    for what, recorded, present in (
        ("dataset", recording.digest, dataset.digest),
        ("part", recording.part, dataset.part),
        ("judge", recording.judge, judge),
    ):
        if recorded != present:
            raise InvalidEvaluationError(f"the recording is stale: its {what} is {recorded}, and now it is {present}")
    if {item.id for item in recording.items} != {item.id for item in dataset.items}:
        raise InvalidEvaluationError("the recording is stale: it does not hold every item of the dataset")


def rule(recording: Recording, lock: Lock) -> Ruling:
    """Hold a run against its lock."""
    notes = []
    if lock.archive and lock.archive != recording.archive_digest:
        notes.append("the archive's texts are not those that the floors were measured on")
    if lock.embedder and lock.embedder != recording.embedder:
        notes.append(f"the floors were measured with the model {lock.embedder}, this run with {recording.embedder}")
    comparisons = against_baseline(recording, lock)
    for one in comparisons:
        if one.verdict == "inconclusive":
            notes.append(
                f"{one.name}: inconclusive, {one.difference:+.1%} on {one.changed} events that differ is within chance"
            )
    checks = tuple(Check(bound, recording.measure(bound.name)) for bound in lock.bounds)
    return Ruling(checks, comparisons, tuple(notes))


def table(checks: tuple[Check, ...]) -> Table:
    """The bounds as a person reads them, broken ones marked."""
    drawn = Table(title="gate", title_justify="left")
    drawn.add_column("measure", no_wrap=True)
    for name in ("measured", "bound", ""):
        drawn.add_column(name, justify="right", no_wrap=True)
    for one in checks:
        drawn.add_row(
            one.bound.name,
            cell(one.ratio),
            one.bound.told,
            "ok" if one.passed else "BROKEN",
            style="" if one.passed else "bold red",
        )
    return drawn
