"""The figures of docs/evaluation.md, written from a recorded run and the lock: `python -m evals.figures run.json`.

It knows the document's last section and how a measure is shown; it measures nothing.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Final

from evals.lock import Lock, load_lock
from evals.measures import MEASURES
from evals.metrics import Ratio
from evals.recording import Recording, load_recording
from evals.tables import cell, interval_of, sights

DOCUMENT: Final = Path(__file__).parent.parent / "docs" / "evaluation.md"
HEADING: Final = "## The figures"


def figures(recording: Recording, lock: Lock) -> str:
    """The section, in Markdown."""
    counts = Counter(item.part for item in recording.items)
    about = (
        f"The default mode (no language model) over {len(recording.items)} items ({counts['dev']} dev, "
        f"{counts['test']} test), judge `{recording.judge}`, model `{recording.embedder}`. They are what they are, "
        "however low. Made by"
    )
    command = "gazette eval gate --write-floors --json run.json\npython -m evals.figures run.json"
    return "\n\n".join(
        (
            HEADING,
            about,
            f"```sh\n{command}\n```",
            _measures(recording, lock),
            "By category:",
            _categories(recording),
            _rest(recording),
            "What the confidence means:",
            _reliability(recording),
            "What the set can see:",
            "\n".join(f"- {line}" for line in sights(recording)),
        )
    )


def _measures(recording: Recording, lock: Lock) -> str:
    bounds = {bound.name: bound.told for bound in lock.bounds}
    rows = ["| measure | both parts | 95 % | dev | test | bound |", "|---|---:|---:|---:|---:|---:|"]
    for measure in MEASURES:
        ratio = recording.measure(measure.name)
        if ratio.value is None:
            continue
        parts = (recording.measure(measure.name, lambda item, part=part: item.part == part) for part in ("dev", "test"))  # type: ignore[misc]
        shown = " | ".join("-" if part.value is None else f"{part.value:.1%}" for part in parts)
        interval = interval_of(recording.whole["measures"][measure.name])
        rows.append(f"| `{measure.name}` | {cell(ratio)} | {interval} | {shown} | {bounds.get(measure.name, '')} |")
    return "\n".join(rows)


def _categories(recording: Recording) -> str:
    rows = ["| category | items | right | refused | lost most in |", "|---|---:|---:|---:|---|"]
    for category in sorted({item.category for item in recording.items}):
        items = [item for item in recording.items if item.category == category]
        refused = sum(bool(item.row["answer"] and item.row["answer"]["abstained"]) for item in items)
        lost = Counter(item.stage for item in items if item.stage).most_common(1)
        right = sum(item.right for item in items)
        rows.append(f"| {category} | {len(items)} | {right} | {refused} | {lost[0][0] if lost else ''} |")
    return "\n".join(rows)


def _reliability(recording: Recording) -> str:
    rows = ["| confidence | its mean | right |", "|---|---:|---:|"]
    for one in recording.whole["reliability"]:
        mean = "-" if one["confidence"] is None else f"{one['confidence']:.2f}"
        right = cell(Ratio(one["accuracy"]["part"], one["accuracy"]["whole"]))
        rows.append(f"| {one['low']:.1f} to {one['high']:.1f} | {mean} | {right} |")
    return "\n".join(rows)


def _rest(recording: Recording) -> str:
    whole = recording.whole
    found, seconds = whole["parity"]["overall_accuracy"], whole["seconds"]
    interval = found["interval"]
    bounds = f" ({interval['low']:+.1%} to {interval['high']:+.1%})" if interval else ""
    difference = "-" if found["difference"] is None else f"{found['difference']:+.1%}"
    return (
        f"French less English over {found['pairs']} twins, all questions: {difference}{bounds}: {found['verdict']}. "
        f"An answer has {whole['words']['mean']:.0f} words and took {seconds['p50']:.2f} s (p50), "
        f"{seconds['p95']:.2f} s (p95) on two cores."
    )


def main(recorded: str) -> None:
    """Put the figures of a recording in the place of those in the document."""
    text = DOCUMENT.read_text("utf-8").split(f"\n{HEADING}")[0].rstrip()
    section = figures(load_recording(Path(recorded)), load_lock())
    DOCUMENT.write_text(f"{text}\n\n{section}\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
