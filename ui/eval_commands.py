"""`gazette eval`: the golden questions, measured, held against their floors, compared and reported.

Knows how to call `evals`, no more. Exit codes: 0 done, or every floor held; 1 a floor broken, or a failure; 2 a request
that cannot be understood; 3 a regression against the baseline; 4 an evaluation that cannot say anything (a faulty set,
no items, a stale recording, floors of another set, a judge that is missing or passes what is false).
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.errors import UsageError
from ui import eval_authoring, eval_retrieval
from ui.eval_options import (
    Annotate,
    ArchiveOption,
    DatasetOption,
    HtmlFile,
    JsonFile,
    JunitFile,
    LockOption,
    PartOption,
    StoreOption,
    SummaryFile,
    Wrong,
)
from ui.eval_output import Outputs, complain, console, has_stdout, invalid_ends_with_4, questions_bar, show, write_json
from ui.options import Embedder, LanguageModel

if TYPE_CHECKING:
    from evals.dataset import Dataset
    from evals.recording import Recording
    from rag.settings import Settings

app = typer.Typer(help="Measure the answers on the golden questions.", no_args_is_help=True)
app.command()(eval_authoring.check)
app.command()(eval_authoring.new)
app.command()(eval_retrieval.retrieval)

RecordingArgument = Annotated[
    Path, typer.Argument(metavar="RECORDING", help="What gazette eval run --json wrote.", show_default=False)
]


@app.command("run")
def run_command(
    archive: ArchiveOption = None,
    dataset: DatasetOption = None,
    part: PartOption = "both",
    store: StoreOption = None,
    as_json: JsonFile = None,
    html: HtmlFile = None,
    junit: JunitFile = None,
    summary: SummaryFile = None,
    annotate: Annotate = None,
    wrong: Wrong = False,
    embedder: Embedder = None,
    llm: LanguageModel = None,
) -> None:
    """Put the golden questions to an archive and print every measure, with what it is counted over."""
    from rag.settings import load_settings

    with invalid_ends_with_4():
        settings = load_settings(embedder=embedder, llm=llm)
        recording = _measured(settings, _dataset(dataset, part), archive, store)
    Outputs(as_json, html, junit, summary, annotate).write(recording)
    if has_stdout(as_json):
        show(recording, wrong)


@app.command()
def gate(
    archive: ArchiveOption = None,
    dataset: DatasetOption = None,
    part: PartOption = "both",
    store: StoreOption = None,
    lock: LockOption = None,
    recorded: Annotated[
        Path | None,
        typer.Option("--recording", metavar="FILE", help="Hold this recorded run against the floors; asks nothing."),
    ] = None,
    write_floors: Annotated[
        bool, typer.Option("--write-floors", help="Write the lock file from this run; floors only go up.")
    ] = False,
    allow_lower: Annotated[
        bool, typer.Option("--allow-lower", help="With --write-floors: let floors and baseline go down, too.")
    ] = False,
    as_json: JsonFile = None,
    html: HtmlFile = None,
    junit: JunitFile = None,
    summary: SummaryFile = None,
    annotate: Annotate = None,
    wrong: Wrong = False,
    embedder: Embedder = None,
) -> None:
    """Fail when a measure lies below its floor, or fell against the baseline by more than chance explains. Runs without
    a language model, so that it says the same every time.

    Exit codes: 0 passed, 1 a floor broken, 2 usage, 3 regression by the paired test, 4 invalid (no items, a missing
    judge or one that passes what is false, a stale recording, floors of another dataset).
    """
    from evals import gate as gates
    from evals.judge import JUDGE_VERSION
    from evals.lock import LOCK, load_lock
    from evals.recording import load_recording
    from rag.settings import load_settings

    if allow_lower and not write_floors:
        raise UsageError("--allow-lower belongs to --write-floors")
    path = lock or LOCK
    with invalid_ends_with_4():
        questions = _dataset(dataset, part)
        kept = None if write_floors else load_lock(path)
        if kept:
            gates.check_ground(kept, questions, JUDGE_VERSION)
        if recorded:
            recording = load_recording(recorded)
            gates.check_recording(recording, questions, JUDGE_VERSION)
        else:
            settings = load_settings(embedder=embedder).model_copy(update={"llm": None})
            recording = _measured(settings, questions, archive, store)
        if kept is None:
            _write_floors(path, recording, allow_lower)
            kept = load_lock(path)
        ruling = gates.rule(recording, kept)
    Outputs(as_json, html, junit, summary, annotate).write(recording, ruling)
    if has_stdout(as_json):
        show(recording, wrong, ruling)
    if ruling.broken:
        complain(f"below the floor: {', '.join(ruling.broken)}")
    if ruling.regressions:
        complain(f"regression against the baseline: {', '.join(ruling.regressions)}")
    if ruling.code:
        raise typer.Exit(ruling.code)


def _write_floors(path: Path, recording: Recording, allow_lower: bool) -> None:
    from evals.lock import load_lock, renewed, write_lock

    old = load_lock(path) if path.exists() and not allow_lower else None
    write_lock(path, renewed(recording, old, allow_lower=allow_lower))
    complain(f"wrote {path}")


@app.command()
def compare(
    before: RecordingArgument,
    after: RecordingArgument,
    as_json: JsonFile = None,
) -> None:
    """Compare two recorded runs item by item, with a paired test over events.

    Exit codes: 0 no regression, 3 regression, 4 recordings that cannot be compared.
    """
    from evals.gate import REGRESSION
    from evals.lock import paired
    from evals.recording import load_recording, same_ground
    from evals.tables import compared, sights

    with invalid_ends_with_4():
        old, new = load_recording(before), load_recording(after)
        same_ground(old, new)
        found = paired(
            {item.id: item.values for item in old.items},
            {item.id: item.values for item in new.items},
            {item.id: item.event for item in (*old.items, *new.items)},
        )
    write_json(as_json, {"comparisons": [one.to_dict() for one in found]})
    if has_stdout(as_json):
        console().print(compared(found, f"{before.name} and {after.name}"))
        print("\n".join(sights(new)))
    if any(one.verdict == "regression" for one in found):
        raise typer.Exit(REGRESSION)


@app.command()
def report(
    recorded: RecordingArgument,
    html: HtmlFile = None,
    junit: JunitFile = None,
    summary: SummaryFile = None,
    annotate: Annotate = None,
    wrong: Wrong = False,
) -> None:
    """Show a recorded run, and write it as HTML, JUnit XML or Markdown."""
    from evals.recording import load_recording

    with invalid_ends_with_4():
        recording = load_recording(recorded)
    Outputs(None, html, junit, summary, annotate).write(recording)
    show(recording, wrong)


def _dataset(named: Path | None, part: str) -> Dataset:
    from evals.dataset import load_dataset
    from evals.run import SAMPLE

    if part not in ("dev", "test", "both"):
        raise UsageError(f"--part is dev, test or both, not {part!r}")
    return load_dataset(named or SAMPLE, part)


def _measured(settings: Settings, dataset: Dataset, archive: str | None, store: str | None) -> Recording:
    from evals.recording import read_recording
    from evals.run import opened, run
    from ui.show_archive import progress

    with ExitStack() as stack:
        with progress() as follow:
            found = stack.enter_context(opened(settings, archive=archive, store=store, progress=follow))
        with questions_bar() as asked:
            return read_recording(run(found, dataset, asked).to_dict())
