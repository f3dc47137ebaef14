"""The options that several commands share, and how a day is read from one.

Knows typer and the calendar; knows nothing of archives.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from rag.types import Precision, PublicationDate

_DAY: Final = re.compile(r"\d{4}(?P<month>-\d{2}(?P<day>-\d{2})?)?", re.ASCII)

FILTERS = "Filters"
SETTINGS = "Settings"


class Kind(StrEnum):
    """The two kinds of passages."""

    article = "article"
    comment = "comment"


class Tongue(StrEnum):
    """The two languages."""

    fr = "fr"
    en = "en"


def read_day(text: str) -> PublicationDate:
    """`2026`, `2026-02` or `2026-02-03`, as the interval it stands for. Anything else is a usage error."""
    found = _DAY.fullmatch(text.strip())
    precision: Precision = "unknown"
    if found:
        precision = "day" if found["day"] else "month" if found["month"] else "year"
    day = PublicationDate(text.strip() if found else None, precision)
    try:
        known = day.first_day is not None
    except ValueError:
        known = False
    if not known:
        raise typer.BadParameter(f"{text!r} is not a day; write 2026-02-03, 2026-02 or 2026")
    return day


Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        "-s",
        metavar="PATH|URL",
        help="Folder of the store, or URL of a Qdrant server.",
        rich_help_panel=SETTINGS,
    ),
]
Embedder = Annotated[
    str | None,
    typer.Option(
        "--embedder",
        metavar="MODEL",
        help="'bundled', or a sentence-transformers model by name or path.",
        rich_help_panel=SETTINGS,
    ),
]
LanguageModel = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="MODEL",
        help="Language model that words the answer: ollama/NAME or openai/NAME. Without one, answers are quotes.",
        rich_help_panel=SETTINGS,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
KindOption = Annotated[
    Kind | None,
    typer.Option(
        "--kind", metavar="article|comment", help="Only articles, or only readers' comments.", rich_help_panel=FILTERS
    ),
]
Since = Annotated[
    PublicationDate | None,
    typer.Option(
        "--since",
        parser=read_day,
        metavar="DAY",
        help="Only texts published on or after DAY (2026-02-03, 2026-02 or 2026).",
        rich_help_panel=FILTERS,
    ),
]
Until = Annotated[
    PublicationDate | None,
    typer.Option(
        "--until",
        parser=read_day,
        metavar="DAY",
        help="Only texts published on or before DAY.",
        rich_help_panel=FILTERS,
    ),
]
Outlet = Annotated[
    str | None,
    typer.Option("--outlet", metavar="NAME", help="Only texts of this outlet.", rich_help_panel=FILTERS),
]
LanguageOption = Annotated[
    Tongue | None,
    typer.Option("--language", metavar="fr|en", help="Only texts in this language.", rich_help_panel=FILTERS),
]
Now = Annotated[
    PublicationDate | None,
    typer.Option(
        "--now",
        parser=read_day,
        metavar="DAY",
        help="The day that words like 'last week' count from; by default the archive's latest date.",
    ),
]


def filters(
    kind: Kind | None,
    since: PublicationDate | None,
    until: PublicationDate | None,
    outlet: str | None,
    language: Tongue | None,
) -> dict[str, Any]:
    """The filters as keywords of `Archive.ask` and `Archive.search`."""
    first, last = since.first_day if since else None, until.last_day if until else None
    if first and last and first > last:
        raise typer.BadParameter(f"--since {first} lies after --until {last}")
    return {
        "kind": kind.value if kind else None,
        "since": first,
        "until": last,
        "outlet": outlet,
        "language": language.value if language else None,
    }
