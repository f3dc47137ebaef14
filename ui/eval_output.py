"""What the commands under `gazette eval` print and write: tables, JSON, HTML, JUnit, annotations, the step summary."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from rag.errors import UsageError

if TYPE_CHECKING:
    from evals.gate import Ruling
    from evals.recording import Recording

INVALID: Final = 4
_PIPE_WIDTH: Final = 150  # columns of a table that goes to a file or a pipe; the widest has 140


@contextmanager
def invalid_ends_with_4() -> Iterator[None]:
    """An evaluation that cannot say anything ends the command with its own exit code."""
    from evals.dataset import InvalidEvaluationError

    try:
        yield
    except InvalidEvaluationError as error:
        complain(str(error))
        raise typer.Exit(INVALID) from error


@contextmanager
def questions_bar() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr that follows the questions; None, and no bar, where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    told = Console(stderr=True)
    if not told.is_terminal:
        yield None
        return
    with Progress(console=told, transient=True) as bar:
        task = bar.add_task("asking", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where a run is written to, besides the terminal."""

    as_json: Path | None
    html: Path | None
    junit: Path | None
    summary: Path | None
    annotate: bool | None  # None: where GITHUB_ACTIONS is set

    def write(self, recording: Recording, ruling: Ruling | None = None) -> None:
        """Write all that was asked for. Raises `UsageError` for a place that cannot be written."""
        from evals.annotations import commands, summary
        from evals.html_report import html_report
        from evals.junit import junit

        if self.as_json:
            write_json(self.as_json, {**(ruling.to_dict() if ruling else {}), **recording.whole})
        if self.html:
            _write_text(self.html, html_report(recording, ruling))
        if self.junit:
            _write_text(self.junit, junit(recording, ruling))
        step = os.environ.get("GITHUB_STEP_SUMMARY")
        place = self.summary or (Path(step) if step else None)
        if place:
            _write_text(place, summary(recording, ruling) + "\n", append=True)
        if on_github(self.annotate):
            # Not to stdout, where a JSON object may have to stand alone; GitHub reads both.
            print("\n".join(commands(recording, ruling)), file=sys.stderr)


def on_github(wanted: bool | None) -> bool:
    """Whether annotations are to be printed: as was said, and else where GITHUB_ACTIONS is set."""
    return os.environ.get("GITHUB_ACTIONS") == "true" if wanted is None else wanted


def has_stdout(path: Path | None) -> bool:
    """Whether stdout is for people: the JSON object does not go there."""
    return str(path) != "-"


def write_json(path: Path | None, whole: dict[str, Any]) -> None:
    """Write a JSON object to a file, or to stdout for `-`; nothing without a path."""
    if path is None:
        return
    text = json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)
    if has_stdout(path):
        _write_text(path, f"{text}\n")
    else:
        print(text)


def _write_text(path: Path, text: str, *, append: bool = False) -> None:
    try:
        with path.open("a" if append else "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error


def console() -> Any:
    """Where tables go: as wide as the terminal, or wide enough for every table in a pipe."""
    from rich.console import Console

    told = Console(file=sys.stdout, highlight=False)
    return told if told.is_terminal else Console(file=sys.stdout, highlight=False, width=_PIPE_WIDTH)


def show(recording: Recording, wrong: bool, ruling: Ruling | None = None) -> None:
    """A run, and the gate's ruling on it, as tables."""
    from evals import gate
    from evals.tables import compared, sights, tables

    told = console()
    for table in tables(recording):
        told.print(table)
    seconds, words, tokens = (recording.whole[name] for name in ("seconds", "words", "tokens"))
    print("\n".join(sights(recording)))
    print(
        f"{recording.embedder}, judge {recording.judge}; one answer takes {seconds['p50']:.2f} s (median), "
        f"{seconds['p95']:.2f} s (p95), {seconds['slowest']:.2f} s at most, and has {words['mean']:.0f} words"
    )
    if tokens:
        print(f"{recording.llm}: {tokens['prompt']} tokens read, {tokens['reply']} written in {tokens['calls']} calls")
    if wrong:
        _list_wrong(recording)
    if ruling:
        told.print(gate.table(ruling.checks))
        if ruling.comparisons:
            told.print(compared(ruling.comparisons, "against the baseline"))
        print("\n".join(ruling.notes))


def _list_wrong(recording: Recording) -> None:
    from ui.terminal import Page

    page = Page()
    page.line("")
    page.line((f"Wrong ({len(recording.failed)} of {len(recording.items)})", "bold"))
    for item in recording.failed:
        answer = item.row["answer"]
        page.line(f"line {item.line} ", (item.id, "bold"), f" ({item.category}, lost in {item.stage})")
        page.paragraph(item.question, indent=4)
        page.paragraph(f"answered: {answer['text'] if answer else '-'}", indent=4)
        if answer and answer["short"]:
            page.paragraph(f"short: {answer['short']}", indent=4)
        if answer and answer["citations"]:
            page.paragraph(f"cited first: {answer['citations'][0]['article']['source']}", indent=4)
        page.paragraph(f"wanted: {'; '.join(item.row['accepted']) or 'an abstention'}", indent=4)
        page.paragraph(f"why: {'; '.join(item.reasons)}", indent=4, style="red")


def complain(message: str) -> None:
    """One line on stderr."""
    from ui.terminal import printable

    print(f"gazette: {' '.join(printable(message).split())}", file=sys.stderr)
