"""A recorded run on GitHub: annotations at the dataset's lines, and the step summary in Markdown.

It knows the workflow commands of GitHub Actions and nothing of the network; what corpus and models say is escaped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from evals.check import Fault
from evals.gate import Ruling
from evals.measures import MEASURES
from evals.recording import Recording
from evals.stages import STAGES
from evals.tables import cell, interval_of, sights

MOST: Final = 10  # annotations of one kind that GitHub shows of a step
_LONGEST: Final = 400  # characters of one message
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()#+!|<>~&@])")


def commands(recording: Recording, ruling: Ruling | None = None) -> list[str]:
    """Workflow commands: an error for each broken floor and regression, a warning at the line of each failed item.

    Without a ruling an item that failed is a warning all the same; a run by itself breaks no build.
    """
    lines = []
    if ruling:
        for check in ruling.checks:
            if not check.passed:
                side = "above the ceiling" if check.bound.is_ceiling else "below the floor"
                told = f"{check.bound.name} is {side}: {cell(check.ratio)}, bound {check.bound.limit:.1%}"
                lines.append(_command("error", told, title="gate", file=recording.path))
        for one in ruling.comparisons:
            if one.verdict == "regression":
                told = f"{one.name} fell by {-one.difference:.1%} against the baseline (p = {one.p_worse:.3f})"
                lines.append(_command("error", told, title="regression", file=recording.path))
    for item in recording.failed[:MOST]:
        told = f"{item.question} - {'; '.join(item.reasons)}"
        lines.append(_command("warning", told, title=f"{item.id} ({item.stage})", file=recording.path, line=item.line))
    return lines


def faults(found: Sequence[Fault], path: str) -> list[str]:
    """Workflow commands for what is wrong with a golden set, at its lines."""
    return [_command(one.level, one.said, title=one.id, file=path, line=one.line) for one in found]


def _command(kind: str, message: str, *, title: str, file: str, line: int = 1) -> str:
    properties = f"file={_property(file)},line={line},title={_property(title)}"
    return f"::{kind} {properties}::{_data(message[:_LONGEST])}"


def _data(text: str) -> str:
    """A message as GitHub's toolkit escapes it, so that no text begins a command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(recording: Recording, ruling: Ruling | None = None) -> str:
    """The step summary: verdict, measures, bounds, comparisons, stages."""
    verdict = "" if ruling is None else {0: ": passed", 1: ": a floor is broken", 3: ": a regression"}[ruling.code]
    lines = [f"## {_plain(recording.dataset)}{verdict}", ""]
    lines += [
        f"{len(recording.items)} items (part {recording.part}), judge {_plain(recording.judge)}, "
        f"model {_plain(recording.embedder)}, language model {_plain(recording.llm or 'none')}.",
        "",
    ]
    bounds = {check.bound.name: check for check in ruling.checks} if ruling else {}
    lines += ["| measure | value | 95 % | bound | |", "|---|---:|---:|---:|---|"]
    for measure in MEASURES:
        check = bounds.get(measure.name)
        bound = check.bound.told if check else ""
        verdict = "" if check is None else "ok" if check.passed else "**BROKEN**"
        interval = interval_of(recording.whole["measures"][measure.name])
        ratio = cell(recording.measure(measure.name))
        lines.append(f"| {_plain(measure.name)} | {ratio} | {interval} | {bound} | {verdict} |")
    lines += ["", *(_compared(ruling) if ruling else []), "| lost in | items |", "|---|---:|"]
    counts = Counter(item.stage for item in recording.failed)
    lines += [f"| {stage} | {counts[stage]} |" for stage in STAGES]
    lines += ["", *(f"- {_plain(line)}" for line in sights(recording)), ""]
    return "\n".join(lines)


def _compared(ruling: Ruling) -> list[str]:
    lines = ["| against the baseline | before | after | p | |", "|---|---:|---:|---:|---|"]
    for one in ruling.comparisons:
        before, after = ("-" if value is None else f"{value:.1%}" for value in (one.before, one.after))
        lines.append(
            f"| {_plain(one.name)} | {before} | {after} | {min(one.p_worse, one.p_better):.3f} | {one.verdict} |"
        )
    return [*lines, "", *(f"- {_plain(note)}" for note in ruling.notes), ""]


def _plain(text: str) -> str:
    """A text that means nothing to Markdown."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
