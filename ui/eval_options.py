"""The options that the commands under `gazette eval` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.options import SETTINGS

OUTPUTS = "Reports"

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
PartOption = Annotated[
    str, typer.Option("--part", metavar="dev|test|both", help="Which items: development, test, or both.")
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
LockOption = Annotated[
    Path | None,
    typer.Option("--lock", metavar="FILE", help="Floors and baseline (JSON); by default those of the sample's set."),
]
JsonFile = Annotated[
    Path | None,
    typer.Option(
        "--json",
        metavar="OUT",
        help="Write the whole report as one JSON object, too; - is stdout, alone.",
        rich_help_panel=OUTPUTS,
    ),
]
HtmlFile = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="OUT",
        help="Write a page with every item that failed, its claims beside their sources.",
        rich_help_panel=OUTPUTS,
    ),
]
JunitFile = Annotated[
    Path | None,
    typer.Option("--junit", metavar="OUT", help="Write JUnit XML, one test case an item.", rich_help_panel=OUTPUTS),
]
SummaryFile = Annotated[
    Path | None,
    typer.Option(
        "--summary",
        metavar="OUT",
        help="Append a summary in Markdown; by default to $GITHUB_STEP_SUMMARY where that is set.",
        rich_help_panel=OUTPUTS,
    ),
]
Annotate = Annotated[
    bool | None,
    typer.Option(
        "--annotate/--no-annotate",
        help="Print GitHub annotations at the dataset's lines; by default where GITHUB_ACTIONS is set.",
        rich_help_panel=OUTPUTS,
    ),
]
Wrong = Annotated[bool, typer.Option("--wrong", help="List every question that went wrong, with its answer and why.")]
