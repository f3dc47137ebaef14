"""`gazette eval`: the golden questions, measured and held against their floors. Knows how to call `evals`, no more.

Exit codes: 0 done, or every floor held; 1 a floor broken, or a failure; 2 a request that cannot be understood; 4 an
evaluation that cannot say anything (a faulty set, no items, floors of another set).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from rag.errors import UsageError
from ui.options import SETTINGS, Embedder, LanguageModel

if TYPE_CHECKING:
    from evals.dataset import Dataset
    from evals.report import Report
    from rag.settings import Settings

INVALID: Final = 4
_PIPE_WIDTH: Final = 140  # columns of a table that goes to a file or a pipe; the widest has 120

app = typer.Typer(help="Measure the answers on the golden questions.", no_args_is_help=True)

ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive",
        "-a",
        metavar="FOLDER|STORE",
        help="Folder of texts, which is indexed, or a store; by default the repository's sample archive.",
    ),
]
DatasetOption = Annotated[
    Path | None,
    typer.Option("--dataset", "-d", metavar="FILE", help="Golden questions (JSON Lines); by default the sample's."),
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        "-s",
        metavar="PATH|URL",
        help="Store to ask, or with --archive FOLDER to index into; by default one that is gone afterwards.",
        rich_help_panel=SETTINGS,
    ),
]
JsonFile = Annotated[
    Path | None,
    typer.Option("--json", metavar="OUT", help="Write the whole report as one JSON object, too; - is stdout, alone."),
]
Wrong = Annotated[bool, typer.Option("--wrong", help="List every question that went wrong, with its answer and why.")]


@app.command("run")
def run_command(
    archive: ArchiveOption = None,
    dataset: DatasetOption = None,
    store: StoreOption = None,
    as_json: JsonFile = None,
    wrong: Wrong = False,
    embedder: Embedder = None,
    llm: LanguageModel = None,
) -> None:
    """Put the golden questions to an archive and print every measure, with what it is counted over."""
    from rag.settings import load_settings

    with _invalid_ends_with_4():
        settings = load_settings(embedder=embedder, llm=llm)
        report = _measured(settings, _dataset(dataset), archive, store)
    _write(as_json, report.to_dict())
    if _has_stdout(as_json):
        _show(report, wrong)


@app.command()
def gate(
    archive: ArchiveOption = None,
    dataset: DatasetOption = None,
    store: StoreOption = None,
    floors: Annotated[
        Path | None,
        typer.Option("--floors", metavar="FILE", help="Floors (TOML); by default those of the sample's questions."),
    ] = None,
    as_json: JsonFile = None,
    wrong: Wrong = False,
    embedder: Embedder = None,
) -> None:
    """Fail when a measure lies below its floor. Runs without a language model, so that it says the same every time.

    Exit codes: 0 every floor held, 1 one broken, 2 usage, 4 invalid (no items, or floors of another dataset).
    """
    from evals import gate as gates
    from rag.settings import load_settings

    with _invalid_ends_with_4():
        kept = gates.load_floors(floors or gates.FLOORS)
        questions = _dataset(dataset)
        gates.check_dataset(kept, questions)
        settings = load_settings(embedder=embedder).model_copy(update={"llm": None})
        report = _measured(settings, questions, archive, store)
        checks = gates.check(report, kept)
    broken = [check for check in checks if not check.passed]
    _write(as_json, {"passed": not broken, "checks": [check.to_dict() for check in checks], **report.to_dict()})
    if _has_stdout(as_json):
        _show(report, wrong)
        _console().print(gates.table(checks))
    if broken:
        _complain(f"below the floor: {', '.join(check.bound.name for check in broken)}")
        raise typer.Exit(1)


def _dataset(named: Path | None) -> Dataset:
    from evals.dataset import load_dataset
    from evals.run import SAMPLE

    return load_dataset(named or SAMPLE)


def _measured(settings: Settings, dataset: Dataset, archive: str | None, store: str | None) -> Report:
    from evals.run import opened, run
    from ui.show_archive import progress

    with ExitStack() as stack:
        with progress() as follow:
            found = stack.enter_context(opened(settings, archive=archive, store=store, progress=follow))
        with _questions_bar() as asked:
            return run(found, dataset, asked)


@contextmanager
def _questions_bar() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr that follows the questions; None, and no bar, where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("asking", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _invalid_ends_with_4() -> Iterator[None]:
    from evals.dataset import InvalidEvaluationError

    try:
        yield
    except InvalidEvaluationError as error:
        _complain(str(error))
        raise typer.Exit(INVALID) from error


def _has_stdout(path: Path | None) -> bool:
    return str(path) != "-"


def _write(path: Path | None, report: dict[str, Any]) -> None:
    if path is None:
        return
    text = json.dumps(report, ensure_ascii=False, indent=2, allow_nan=False)
    if not _has_stdout(path):
        print(text)
        return
    try:
        path.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error


def _console() -> Any:
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False)
    return console if console.is_terminal else Console(file=sys.stdout, highlight=False, width=_PIPE_WIDTH)


def _show(report: Report, wrong: bool) -> None:
    from evals.report import tables

    console = _console()
    for table in tables(report):
        console.print(table)
    median, slowest = report.seconds()
    print(f"{report.embedder}; one answer takes {median:.2f} s (median), {slowest:.2f} s at most")
    if wrong:
        _list_wrong(report)


def _list_wrong(report: Report) -> None:
    from ui.terminal import Page

    page = Page()
    page.line("")
    page.line((f"Wrong ({len(report.wrong)} of {len(report.rows)})", "bold"))
    for row in report.wrong:
        answer = row.outcome.answer
        page.line(f"line {row.item.line} ", (row.item.id, "bold"), f" ({row.item.kind})")
        page.paragraph(row.item.question, indent=4)
        page.paragraph(f"answered: {answer.text if answer else '-'}", indent=4)
        if answer and answer.short:
            page.paragraph(f"short: {answer.short}", indent=4)
        if answer and answer.citations:
            page.paragraph(f"cited first: {answer.citations[0].article.source}", indent=4)
        page.paragraph(f"wanted: {'; '.join(row.item.answers) or 'an abstention'}", indent=4)
        page.paragraph(f"why: {'; '.join(row.why)}", indent=4, style="red")


def _complain(message: str) -> None:
    from ui.terminal import printable

    print(f"gazette: {' '.join(printable(message).split())}", file=sys.stderr)
