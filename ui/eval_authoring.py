"""`gazette eval check` and `gazette eval new`: a golden set looked over, and an item added to one. Knows how to call
`evals`, no more."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.errors import UsageError
from ui.eval_options import Annotate, ArchiveOption, DatasetOption, PartOption, StoreOption
from ui.eval_output import complain, invalid_ends_with_4, on_github
from ui.options import Embedder, Json

if TYPE_CHECKING:
    from evals.check import Fault
    from evals.library import Library

NoArchive = Annotated[
    bool, typer.Option("--no-archive", help="Check only what the set shows by itself; open no archive.")
]


def check(
    dataset: DatasetOption = None,
    archive: ArchiveOption = None,
    store: StoreOption = None,
    part: PartOption = "both",
    no_archive: NoArchive = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check, too.")] = False,
    as_json: Json = False,
    annotate: Annotate = None,
    embedder: Embedder = None,
) -> None:
    """Check a golden set against its archive: gold articles exist, quotes stand in them, accepted answers occur in
    them, twins are paired, no question is asked twice, no event lies in both parts.

    Exit codes: 0 nothing wrong, 1 an error, 2 usage, 4 the file is no golden set.
    """
    from evals.annotations import faults as at_lines
    from evals.check import check_dataset
    from evals.dataset import load_dataset
    from evals.run import SAMPLE

    with invalid_ends_with_4(), _library(None if no_archive else (archive, store), embedder) as library:
        questions = load_dataset(dataset or SAMPLE, part)
        faults = check_dataset(questions, library)
    if on_github(annotate):
        print("\n".join(at_lines(faults, questions.path)), file=sys.stderr)
    errors = [fault for fault in faults if fault.level == "error"]
    if as_json:
        whole = {"dataset": questions.name, "items": len(questions.items), "faults": [one.to_dict() for one in faults]}
        print(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        _show(faults, questions.name)
        warned = len(faults) - len(errors)
        print(f"{questions.name}: {len(questions.items)} items, {len(errors)} errors, {warned} warnings")
    if errors or (strict and faults):
        raise typer.Exit(1)


def new(
    items: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="JSON: an item, or a list of them; - is stdin. Or use the options."),
    ] = None,
    dataset: Annotated[
        Path | None, typer.Option("--dataset", "-d", metavar="FILE", help="The set to add to; made if it is not there.")
    ] = None,
    archive: ArchiveOption = None,
    store: StoreOption = None,
    no_archive: NoArchive = False,
    twin: Annotated[str | None, typer.Option(help="Slug of the question; its id is made of it.")] = None,
    language: Annotated[str | None, typer.Option(metavar="fr|en", help="Language of the question.")] = None,
    question: Annotated[str | None, typer.Option(help="As a person would type it.")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of answer: date, person, number, ... or unanswerable.")] = None,
    category: Annotated[str | None, typer.Option(help="What is asked of the reader: when, who, last, ...")] = None,
    event: Annotated[str | None, typer.Option(help="Slug of the story it is about.")] = None,
    part: Annotated[str | None, typer.Option(metavar="dev|test", help="Part of the set.")] = None,
    answer: Annotated[list[str] | None, typer.Option(help="An accepted answer; may be given several times.")] = None,
    forbidden: Annotated[list[str] | None, typer.Option(help="What must not be said; several times.")] = None,
    gold: Annotated[list[str] | None, typer.Option(help="File name of a gold article; several times.")] = None,
    quote: Annotated[str | None, typer.Option(help="The words that the answer rests on, verbatim.")] = None,
    history: Annotated[list[str] | None, typer.Option(help="An earlier question of the conversation.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="ISO day the question is asked.")] = None,
    why: Annotated[str | None, typer.Option(help="A note for whoever reads a failure.")] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Check only; write nothing.")] = False,
    embedder: Embedder = None,
) -> None:
    """Add an item to a golden set. It is checked first; with an error nothing is written, and what stands in the file
    is never touched.

    Exit codes: 0 added, 2 usage, 4 the item or the set is faulty.
    """
    from evals.authoring import add_items
    from evals.run import SAMPLE

    options = {
        **{"twin": twin, "language": language, "question": question, "kind": kind, "category": category},
        **{"event": event, "part": part, "answers": answer, "forbidden": forbidden, "gold": gold, "quote": quote},
        **{"history": history, "as_of": as_of, "why": why},
    }
    given = {key: value for key, value in options.items() if value is not None}
    if (items is None) == (not given):
        raise UsageError("give the item as JSON (a file, or - for stdin) or by its options")
    rows = _rows(items) if items is not None else [given]
    place = dataset or SAMPLE
    with invalid_ends_with_4(), _library(None if no_archive else (archive, store), embedder) as library:
        added, faults = add_items(place, rows, library, dry=dry)
    _show(faults, place.name)
    for item in added:
        print(f"{'would add' if dry else 'added'} {item.id} to {place}, line {item.line}")


def _rows(source: str) -> list[dict[str, Any]]:
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
    except OSError as error:
        raise UsageError(f"cannot read {source}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{source} is not UTF-8") from error
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{source} is not JSON: {error}") from error
    rows = found if isinstance(found, list) else [found]
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{source} holds no JSON object and no list of them")
    return rows


@contextmanager
def _library(place: tuple[str | None, str | None] | None, embedder: str | None) -> Iterator[Library | None]:
    """What the archive holds; None where no archive is to be opened."""
    if place is None:
        yield None
        return
    from evals.library import library_of
    from evals.run import opened
    from rag.settings import load_settings
    from ui.show_archive import progress

    archive, store = place
    with progress() as follow:
        found = opened(load_settings(embedder=embedder), archive=archive, store=store, progress=follow)
        with found as open_archive:
            library = library_of(open_archive.store)
    yield library


def _show(faults: tuple[Fault, ...], name: str) -> None:
    for fault in faults:
        complain(f"{name}: line {fault.line}: {fault.level}: {fault.id}: {fault.said}")
