"""The lock file of the gate: floors, the digests they belong to, and the baseline of every item, in one JSON file.

`dataset`, `part` and `judge` say what was measured; `floors` and `ceilings` bound the measures; `items` holds what each
item gave to the compared measures. Floors go up when the file is written anew, and down only when that is allowed in so
many words. It knows nothing of how measures come about.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evals.dataset import InvalidEvaluationError
from evals.measures import BY_NAME, MEASURES, PAIRED
from evals.metrics import Ratio
from evals.recording import Recording, ratio_of
from evals.statistics import Comparison, compare, holm
from evals.tables import cell
from rag.errors import UsageError

LOCK: Final = Path(__file__).parent / "gate.lock.json"
FORMAT: Final = 1
KEYS: Final = ("format", "dataset", "part", "judge", "embedder", "archive", "floors", "ceilings", "items")
# Never tolerated: a quote that is not in its source, a fact that rests on a comment, a text from the future, an error.
EXACT: Final = frozenset(
    {"citation_validity", "verbatim_rate", "comment_leak", "comment_only", "future_leak", "failures"}
)
# How many items a floor lies below what was measured: another processor rounds a cosine otherwise and turns an item.
SLACK: Final = 2


class LoweredError(UsageError):
    """Writing the lock would lower a floor."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The least, or the most, that a measure may be."""

    name: str
    limit: float  # in [0, 1]
    is_ceiling: bool = False
    measured: str = ""  # what it was set from, for people

    def holds(self, ratio: Ratio) -> bool:
        """Whether a measured ratio keeps to the bound; one over nothing does not."""
        if ratio.value is None:
            return False
        return ratio.value <= self.limit + 1e-12 if self.is_ceiling else ratio.value >= self.limit - 1e-12

    @property
    def told(self) -> str:
        """As a person reads it."""
        return f"{'at most' if self.is_ceiling else 'at least'} {self.limit:.1%}"

    def lower_than(self, other: Bound) -> bool:
        """Whether this bound lets through more than the other."""
        return self.limit > other.limit if self.is_ceiling else self.limit < other.limit


@dataclass(frozen=True, slots=True)
class Lock:
    """What a lock file holds."""

    dataset: str  # digest
    part: str
    judge: str
    embedder: str
    archive: str  # digest of the archive's texts; told when it differs, no reason to refuse
    bounds: tuple[Bound, ...]
    events: Mapping[str, str]  # item id -> event
    items: Mapping[str, Mapping[str, Ratio]]  # item id -> measure -> what it gave

    def to_dict(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "dataset": self.dataset,
            "part": self.part,
            "judge": self.judge,
            "embedder": self.embedder,
            "archive": self.archive,
            "floors": _written(bound for bound in self.bounds if not bound.is_ceiling),
            "ceilings": _written(bound for bound in self.bounds if bound.is_ceiling),
            "items": {
                one: {"event": self.events[one], **{name: [r.part, r.whole] for name, r in values.items()}}
                for one, values in self.items.items()
            },
        }


def _written(bounds: Any) -> dict[str, Any]:
    return {bound.name: {"bound": bound.limit, "measured": bound.measured} for bound in bounds}


def load_lock(path: Path = LOCK) -> Lock:
    """Read a lock file. Raises `UsageError` when it cannot be read, `InvalidEvaluationError` when it says nothing
    usable: no floor, a measure that does not exist, a limit that is no number from 0 to 1."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read the lock file {path}: {error.strerror}") from error
    except ValueError as error:
        raise InvalidEvaluationError(f"{path} is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise InvalidEvaluationError(f"{path} is no JSON object")
    if unknown := sorted(set(found) - set(KEYS)):
        raise InvalidEvaluationError(f"{path} has unknown keys: {', '.join(unknown)}")
    if found.get("format") != FORMAT:
        raise InvalidEvaluationError(f"{path} is of another format; write it anew with eval gate --write-floors")
    for key, what in (("dataset", "which dataset its floors are of"), ("judge", "which judge measured")):
        if not isinstance(found.get(key), str) or not found[key]:
            raise InvalidEvaluationError(f"{path} does not say {what}; give {key!r}")
    bounds = tuple(
        _bound(path, table, name, entry)
        for table in ("floors", "ceilings")
        for name, entry in _table(path, found, table).items()
    )
    if not bounds:
        raise InvalidEvaluationError(f"{path} holds no floor; a gate without one would pass anything")
    events, items = _items(path, found)
    return Lock(
        dataset=found["dataset"],
        part=str(found.get("part", "both")),
        judge=found["judge"],
        embedder=str(found.get("embedder", "")),
        archive=str(found.get("archive", "")),
        bounds=bounds,
        events=events,
        items=items,
    )


def _table(path: Path, found: dict[str, Any], name: str) -> dict[str, Any]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        raise InvalidEvaluationError(f"{path}: {name!r} must be an object of measures")
    return table


def _bound(path: Path, table: str, name: str, entry: Any) -> Bound:
    measure = BY_NAME.get(name)
    if measure is None:
        raise InvalidEvaluationError(f"{path}: there is no measure {name!r}; known: {', '.join(BY_NAME)}")
    is_ceiling = table == "ceilings"
    if measure.lower_is_better != is_ceiling:
        other = "ceilings" if measure.lower_is_better else "floors"
        raise InvalidEvaluationError(f"{path}: {name} belongs under {other!r}")
    limit = entry.get("bound") if isinstance(entry, dict) else entry
    # A NaN, which Python's JSON reads, would be below nothing and above nothing.
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not math.isfinite(limit) or not 0 <= limit <= 1:
        raise InvalidEvaluationError(f"{path}: {name} = {limit!r} is no number from 0 to 1")
    return Bound(name, float(limit), is_ceiling, str(entry.get("measured", "")) if isinstance(entry, dict) else "")


def _items(path: Path, found: dict[str, Any]) -> tuple[dict[str, str], dict[str, dict[str, Ratio]]]:
    try:
        rows = found.get("items", {}).items()
        events = {str(one): str(row["event"]) for one, row in rows}
        values = {
            str(one): {name: ratio_of(pair) for name, pair in row.items() if name in BY_NAME} for one, row in rows
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidEvaluationError(f"{path}: the baseline of the items is damaged ({error})") from error
    return events, values


def against_baseline(recording: Recording, lock: Lock) -> tuple[Comparison, ...]:
    """The compared measures, paired item by item with the baseline; a regression stands after Holm's correction."""
    return paired(
        {one: dict(values) for one, values in lock.items.items()},
        {item.id: dict(item.values) for item in recording.items},
        dict(lock.events) | {item.id: item.event for item in recording.items},
    )


def paired(
    before: Mapping[str, Mapping[str, Ratio]], after: Mapping[str, Mapping[str, Ratio]], events: Mapping[str, str]
) -> tuple[Comparison, ...]:
    """Two runs in every compared measure."""
    return holm(
        compare(
            name,
            {one: values[name] for one, values in before.items() if name in values},
            {one: values[name] for one, values in after.items() if name in values},
            events,
            lower_is_better=BY_NAME[name].lower_is_better,
        )
        for name in PAIRED
    )


def proposed(recording: Recording) -> tuple[Bound, ...]:
    """A bound for every measure that measured something: what never may be is exact, the rest lies SLACK items below.
    A bound that everything would keep is left out."""
    bounds = []
    for measure in MEASURES:
        ratio = recording.measure(measure.name)
        if ratio.value is None:
            continue
        measured = sum(1 for item in recording.items if item.value(measure.name).whole)
        slack = 0.0 if measure.name in EXACT else SLACK / measured
        # Three decimals, rounded to the loose side; what floating point puts just beside a decimal stays on it.
        if measure.lower_is_better:
            limit = min(1.0, math.ceil((ratio.value + slack) * 1000 - 1e-9) / 1000)
        else:
            limit = max(0.0, math.floor((ratio.value - slack) * 1000 + 1e-9) / 1000)
        if limit != (1.0 if measure.lower_is_better else 0.0):
            bounds.append(Bound(measure.name, limit, measure.lower_is_better, cell(ratio)))
    return tuple(bounds)


def renewed(recording: Recording, old: Lock | None, *, allow_lower: bool = False) -> Lock:
    """The lock for a run. Of the old and the proposed bound the tighter is kept. Raises `LoweredError` when the run
    breaks an old bound, no longer measures it, or is a regression against the old baseline, unless `allow_lower`."""
    bounds = {bound.name: bound for bound in proposed(recording)}
    lowered = []
    for kept in old.bounds if old and not allow_lower else ():
        ratio = recording.measure(kept.name)
        if not kept.holds(ratio):
            lowered.append(f"{kept.name} (bound {kept.limit:.1%}, measured {cell(ratio)})")
        elif kept.name not in bounds or bounds[kept.name].lower_than(kept):
            bounds[kept.name] = Bound(kept.name, kept.limit, kept.is_ceiling, cell(ratio))
    if old and not allow_lower and old.dataset == recording.digest and old.judge == recording.judge:
        worse = [one.name for one in against_baseline(recording, old) if one.verdict == "regression"]
        lowered += [f"{name} (regression against the baseline)" for name in worse]
    if lowered:
        raise LoweredError(f"the lock would be lowered: {'; '.join(lowered)}; give --allow-lower if that is meant")
    return Lock(
        dataset=recording.digest,
        part=recording.part,
        judge=recording.judge,
        embedder=recording.embedder,
        archive=recording.archive_digest,
        bounds=tuple(bounds.values()),
        events={item.id: item.event for item in recording.items},
        items={
            item.id: {name: ratio for name, ratio in item.values.items() if name in PAIRED} for item in recording.items
        },
    )


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock file, one item a line, so that a change of it can be read. Raises `UsageError`."""
    whole = lock.to_dict()
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in whole.items()]
    for place, key in enumerate(whole):
        if key in ("floors", "ceilings", "items"):
            rows = (f"    {json.dumps(one)}: {json.dumps(row, ensure_ascii=False)}" for one, row in whole[key].items())
            lines[place] = f"  {json.dumps(key)}: {{\n" + ",\n".join(rows) + "\n  }"
    try:
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
