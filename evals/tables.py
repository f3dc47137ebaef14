"""A recorded run as tables for a terminal. Knows rich and how a ratio is read; it measures nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from rich.table import Table

from evals.measures import BY_CATEGORY, BY_NAME, MEASURES
from evals.metrics import Ratio
from evals.recording import Recorded, Recording
from evals.stages import STAGES
from evals.statistics import Comparison


def cell(ratio: Ratio) -> str:
    """A ratio as a person reads it, with what it is counted over."""
    if ratio.value is None:
        return "- (0/0)"
    part = f"{ratio.part:.2f}".rstrip("0").rstrip(".")
    return f"{ratio.value:.1%} ({part}/{ratio.whole})"


def interval_of(measured: dict[str, Any]) -> str:
    """The 95 % interval of a measure: by events, and where events all agree that of the rate."""
    spread = [one for one in measured["intervals"] if one["high"] - one["low"] > 1e-9] or measured["intervals"]
    return f"{spread[0]['low']:.0%} to {spread[0]['high']:.0%}" if spread else "-"


def tables(recording: Recording) -> list[Table]:
    """The measures by language, the answers by category, the refusal curve, reliability, parity and stages."""
    return [
        _languages(recording),
        _split("by category", recording, lambda item: item.category),
        _curve(recording),
        _reliability(recording),
        _parity(recording),
        _stages(recording),
    ]


def _languages(recording: Recording) -> Table:
    languages = sorted({item.language for item in recording.items})
    part = "" if recording.part == "both" else f", part {recording.part}"
    title = f"{recording.dataset}: {len(recording.items)} questions{part}"
    table = _table(title, "measure", "all", "95 % interval", *languages)
    for measure in MEASURES:
        split = [recording.measure(measure.name, _is_in(language)) for language in languages]
        name = f"{measure.name}{' (lower is better)' if measure.lower_is_better else ''}"
        interval = interval_of(recording.whole["measures"][measure.name])
        table.add_row(name, cell(recording.measure(measure.name)), interval, *map(cell, split))
    return table


def _is_in(language: str) -> Callable[[Recorded], bool]:
    return lambda item: item.language == language


def _split(title: str, recording: Recording, key: Callable[[Recorded], str]) -> Table:
    table = _table(title, "", *BY_CATEGORY)
    for name in dict.fromkeys(map(key, recording.items)):
        ratios = [recording.measure(measure, lambda item, name=name: key(item) == name) for measure in BY_CATEGORY]  # type: ignore[misc]
        table.add_row(name, *map(cell, ratios))
    return table


def _curve(recording: Recording) -> Table:
    table = _table("refusal curve: only the surest answers", "confidence at least", "coverage", "accuracy")
    for point in recording.whole["refusal_curve"]:
        ratios = (Ratio(point[name]["part"], point[name]["whole"]) for name in ("coverage", "accuracy"))
        table.add_row(f"{point['confidence']:.3f}", *map(cell, ratios))
    return table


def _reliability(recording: Recording) -> Table:
    table = _table("reliability: what the confidence means", "confidence", "its mean", "right")
    for one in recording.whole["reliability"]:
        mean = "-" if one["confidence"] is None else f"{one['confidence']:.2f}"
        right = cell(Ratio(one["accuracy"]["part"], one["accuracy"]["whole"]))
        table.add_row(f"{one['low']:.1f} to {one['high']:.1f}", mean, right)
    return table


def _parity(recording: Recording) -> Table:
    table = _table("French less English, over twins", "measure", "pairs", "difference", "95 % interval", "")
    for name, found in recording.whole["parity"].items():
        difference = "-" if found["difference"] is None else f"{found['difference']:+.1%}"
        interval = found["interval"]
        bounds = f"{interval['low']:+.1%} to {interval['high']:+.1%}" if interval else "-"
        table.add_row(name, str(found["pairs"]), difference, bounds, found["verdict"])
    return table


def _stages(recording: Recording) -> Table:
    table = _table("where it was lost", "stage", "items")
    counts = Counter(item.stage for item in recording.failed)
    for stage in STAGES:
        table.add_row(stage, str(counts[stage]))
    table.add_row("passed", str(len(recording.items) - len(recording.failed)))
    return table


def compared(comparisons: tuple[Comparison, ...], title: str) -> Table:
    """Two runs, measure by measure."""
    table = _table(title, "measure", "before", "after", "difference", "items", "events that differ", "p", "")
    for one in comparisons:
        before, after = ("-" if value is None else f"{value:.1%}" for value in (one.before, one.after))
        p = "-" if not one.changed else f"{min(one.p_worse, one.p_better):.3f}"
        row = (before, after, f"{one.difference:+.1%}", str(one.items), f"{one.changed}/{one.clusters}", p, one.verdict)
        table.add_row(one.name, *row, style="bold red" if one.verdict == "regression" else "")
    return table


def sights(recording: Recording) -> list[str]:
    """In a line each, the smallest drop that the set can see of the compared measures."""
    lines = []
    for name, measured in recording.whole["measures"].items():
        seen = measured.get("sight")
        if seen is None or name not in BY_NAME:
            continue
        if seen["at_best"] is None:
            lines.append(f"{name}: no drop can be seen with {seen['events']} events")
            continue
        least = (
            f"{name}: the smallest drop that can be seen is {seen['at_best']:.1%} of {seen['items']} items if nothing"
        )
        power = seen["with_power"]
        often = f"; {power:.1%} is seen 4 times out of 5 between two unrelated runs" if power is not None else ""
        lines.append(f"{least} else moves{often}")
    return lines


def _table(title: str, first: str, *rest: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first, no_wrap=True)
    for name in rest:
        table.add_column(name, justify="right", no_wrap=True)
    return table
