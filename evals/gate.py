"""The gate: a report held against the floors that are kept for its dataset.

Floors are read from TOML: `dataset`, the digest of the golden set they were measured on, `[floors]` for measures that
may not fall below a value, `[ceilings]` for those that may not rise above one. A measure over nothing breaks its
floor. It knows nothing of how the measures came about.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from evals.dataset import Dataset, InvalidEvaluationError
from evals.metrics import Ratio
from evals.report import BY_NAME, Report, cell
from rag.errors import UsageError

FLOORS: Final = Path(__file__).parent / "gate.toml"


@dataclass(frozen=True, slots=True)
class Bound:
    """The least, or the most, that a measure may be."""

    name: str
    limit: float  # in [0, 1]
    is_ceiling: bool = False

    def holds(self, ratio: Ratio) -> bool:
        """Whether a measured ratio keeps to the bound; one over nothing does not."""
        if ratio.value is None:
            return False
        return ratio.value <= self.limit if self.is_ceiling else ratio.value >= self.limit


@dataclass(frozen=True, slots=True)
class Floors:
    """The bounds of one golden set."""

    dataset: str  # digest of the set they were measured on
    bounds: tuple[Bound, ...]


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


def load_floors(path: Path = FLOORS) -> Floors:
    """Read the floors. Raises `UsageError` when the file cannot be read, `InvalidEvaluationError` when it says nothing
    usable: no floor, a measure that does not exist, a limit that is no number from 0 to 1."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read the floors {path}: {error.strerror}") from error
    except ValueError as error:
        raise InvalidEvaluationError(f"{path} is not TOML: {error}") from error
    if unknown := sorted(set(found) - {"dataset", "floors", "ceilings"}):
        raise InvalidEvaluationError(f"{path} has unknown keys: {', '.join(unknown)}")
    digest = found.get("dataset")
    if not isinstance(digest, str) or not digest:
        raise InvalidEvaluationError(
            f"{path} does not say which dataset its floors are of; give dataset = 'sha256:...'"
        )
    bounds = tuple(
        _bound(path, table, name, limit)
        for table in ("floors", "ceilings")
        for name, limit in _table(path, found, table).items()
    )
    if not bounds:
        raise InvalidEvaluationError(f"{path} holds no floor; a gate without one would pass anything")
    return Floors(digest, bounds)


def _table(path: Path, found: dict[str, Any], name: str) -> dict[str, Any]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        raise InvalidEvaluationError(f"{path}: [{name}] must be a table of measures")
    return table


def _bound(path: Path, table: str, name: str, limit: Any) -> Bound:
    measure = BY_NAME.get(name)
    if measure is None:
        raise InvalidEvaluationError(f"{path}: there is no measure {name!r}; known: {', '.join(BY_NAME)}")
    is_ceiling = table == "ceilings"
    if measure.lower_is_better != is_ceiling:
        other = "ceilings" if measure.lower_is_better else "floors"
        raise InvalidEvaluationError(f"{path}: {name} belongs under [{other}]")
    # A NaN, which TOML can write, would be below nothing and above nothing.
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not math.isfinite(limit) or not 0 <= limit <= 1:
        raise InvalidEvaluationError(f"{path}: {name} = {limit!r} is no number from 0 to 1")
    return Bound(name, float(limit), is_ceiling)


def check_dataset(floors: Floors, dataset: Dataset) -> None:
    """Raises `InvalidEvaluationError` when the floors were measured on other questions."""
    if floors.dataset != dataset.digest:
        raise InvalidEvaluationError(
            f"the floors are of another version of {dataset.name}: they name {floors.dataset}, the file is "
            f"{dataset.digest}; measure anew with 'gazette eval run' and write the floors and this digest down"
        )


def check(report: Report, floors: Floors) -> tuple[Check, ...]:
    """Every bound with what was measured. Raises `InvalidEvaluationError` for floors of another set."""
    check_dataset(floors, report.dataset)
    return tuple(Check(bound, report.measure(bound.name)) for bound in floors.bounds)


def table(checks: tuple[Check, ...]) -> Table:
    """The bounds as a person reads them, broken ones marked."""
    drawn = Table(title="gate", title_justify="left")
    drawn.add_column("measure", no_wrap=True)
    for name in ("measured", "bound", ""):
        drawn.add_column(name, justify="right", no_wrap=True)
    for one in checks:
        side = "at most" if one.bound.is_ceiling else "at least"
        drawn.add_row(
            one.bound.name,
            cell(one.ratio),
            f"{side} {one.bound.limit:.1%}",
            "ok" if one.passed else "BROKEN",
            style="" if one.passed else "bold red",
        )
    return drawn
