"""How an article, an index run and a store's holdings look in a terminal. Results go to stdout, progress to stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from indexer.report import IndexReport, Progress
from rag.types import Article, Comment
from ui.terminal import Page, printable


def show_article(article: Article) -> None:
    """What was understood of an article, and what was left out."""
    page = Page()
    derived = " (made from the first sentence)" if article.title_derived else ""
    page.line((article.title, "bold"), derived)
    date = article.published
    evidence = f", from {date.evidence!r}" if date.evidence else ""
    page.line("published  ", f"{date.value} ({date.precision}, {date.method}{evidence})" if date.value else "unknown")
    for name in ("outlet", "author", "url", "language", "source"):
        if value := getattr(article, name):
            page.line(f"{name:<11}", value)
    for section in article.sections:
        page.line("")
        if section.heading:
            page.line((section.heading, "bold"))
        page.text(section.text)
    if article.comments:
        page.line("")
        page.line((f"Comments ({len(article.comments)})", "bold magenta"))
    for comment in article.comments:
        _show_comment(page, comment)
    if article.left_out:
        page.line("")
        page.line((f"Left out ({len(article.left_out)})", "bold yellow"))
    for left in article.left_out:
        page.line("  ", (left.reason, "yellow"))
        page.text(left.text, indent=4)
    page.line("")


def _show_comment(page: Page, comment: Comment) -> None:
    indent = 2 + 2 * comment.depth
    facts = [f"depth {comment.depth}"]
    if comment.parent is not None:
        facts.append(f"answers {comment.parent + 1}")
    if comment.date.value:
        facts.append(comment.date.value)
    if comment.confidence < 1:
        facts.append(f"confidence {comment.confidence:.2f}")
    number = f"{comment.position + 1}. "
    page.line(" " * indent + number, (comment.author or "unsigned", "bold"), f" ({', '.join(facts)})")
    page.text(comment.text, indent + 2)


@contextmanager
def progress() -> Iterator[Callable[[Progress], None] | None]:
    """A bar on stderr that follows an index run; None, and no bar, where stderr is not a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    passages = TextColumn("{task.fields[passages]} passages")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), passages, TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("loading the model", total=None, passages=0)

        def follow(step: Progress) -> None:
            name = escape(printable(PurePath(step.source).name)[:40])
            done, total = step.done_sources, step.total_sources
            bar.update(task, completed=done, total=total, description=name, passages=step.passages)

        yield follow


def show_report(report: IndexReport) -> None:
    """What went into the store, and what did not and why."""
    page = Page()
    rows = {
        "articles": f"{report.articles} ({report.unchanged} unchanged)",
        "comments": str(report.comments),
        "passages": f"{report.passages} ({report.embedded} embedded now)",
    }
    if report.removed:
        rows["removed"] = f"{report.removed} articles whose file is gone"
    if report.skipped:
        rows["skipped"] = f"{report.skipped} files that are hidden or of a kind that is not read"
    if report.set_aside:
        rows["set aside"] = str(len(report.set_aside))
    rows["time"] = f"{report.seconds:.1f} s"
    page.rows(rows)
    for one in report.set_aside:
        page.line("  ", (one.source, "yellow"), f": {' '.join(one.reason.split())}")


def show_holdings(found: dict[str, Any]) -> None:
    """What `ui.holdings.holdings` counted, a line each."""
    passages = found["passages"]
    rows = {
        "store": f"{found['store']} (schema {found['schema_version']})",
        "model": f"{found['embedder']} ({found['dimension']} dimensions)",
        "articles": f"{found['articles']} ({found['undated']} without a date)",
        "latest": found["latest"] or "no dated article",
        "comments": found["comments"],
        "passages": f"{passages['article']} of articles, {passages['comment']} of comments",
        "events": found["events"],
        "languages": _tally(found["languages"]),
        "outlets": _tally(found["outlets"]),
    }
    Page().rows({name: str(value) for name, value in rows.items()})


def _tally(counts: dict[str, int]) -> str:
    largest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    more = f", {len(largest) - 12} more" if len(largest) > 12 else ""
    return ", ".join(f"{name} {count}" for name, count in largest[:12]) + more or "none"
