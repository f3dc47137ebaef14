"""The command `gazette timeline`: the dated events of the archive for a question or a name.

It knows how events look in a terminal; `rag.timeline` knows how they are found.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ui.options import Embedder, Json, Store

if TYPE_CHECKING:
    from rag.events import Event

_STATUS_STYLES = {"happened": "bold", "planned": "bold cyan", "denied": "bold red", "conditional": "bold yellow"}


def timeline(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help='A question, or names: "Macron Poutine".')],
    store: Store = None,
    as_json: Json = False,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Events on or after this day, month or year.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Events on or before this day, month or year.")
    ] = None,
    now: Annotated[
        str | None, typer.Option("--now", metavar="DAY", help="Use nothing that was published after this day.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, max=1000, help="Most events to show.")
    ] = 50,
    embedder: Embedder = None,
) -> None:
    """List dated events, the earliest first, each with the articles that report it."""
    from rag import Archive
    from rag.settings import load_settings

    with Archive.open(settings=load_settings(store=store, embedder=embedder)) as archive:
        events = archive.timeline(question, since=since, until=until, limit=limit, now=now)
    if as_json:
        found = {"question": question, "events": [event.to_dict() for event in events]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        show_timeline(events)


def show_timeline(events: Sequence[Event]) -> None:
    """An event a paragraph: its date, whether it happened, the sentence that tells of it, and who reports it."""
    from rag.answer.wording import published
    from ui.terminal import Page

    page = Page()
    if not events:
        page.line("The archive holds no dated event for this.")
    for event in events:
        style = _STATUS_STYLES[event.status]
        status = "" if event.status == "happened" else f"  [{event.status}]"
        actors = f"  {', '.join(event.actors)}" if event.actors else ""
        page.line((when(event), style), status, actors, "  (who is meant is unclear)" if event.unclear else "")
        page.text(event.text, indent=2)
        for citation in event.citations:
            article = citation.article
            page.line("  - ", f"{article.outlet or article.title}, published {published(article.published, 'en')}")
        page.line("")


def when(event: Event) -> str:
    """The date of an event as precise as it is known; "reported on" when only the day of the report is known."""
    from rag.dates import format_date

    said = format_date(event.first, event.last, event.precision, "en")
    if event.dated_by == "article":
        return f"reported {said}"
    return f"{event.modifier} {said}" if event.modifier in ("since", "until", "before", "after", "about") else said
