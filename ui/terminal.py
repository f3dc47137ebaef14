"""How answers, hits, articles and reports look in a terminal.

Everything here writes to stdout, progress to stderr. On a terminal, text is wrapped and styled; in a pipe, a paragraph
is one line without styles. Text from the archive is shown without control characters and is never taken for markup. It
knows nothing of how an answer came to be.
"""

from __future__ import annotations

import re
import sys
import textwrap
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from rag.types import Answer, Article, Citation, Comment, Hit, Language, PublicationDate

# Control characters, C1 included, and the marks that reorder a line: a corpus text may not drive the terminal.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_WIDEST: Final = 100  # columns of running text; longer lines tire the eye
_STYLES: Final = {"article": "bold cyan", "comment": "bold magenta"}
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "article": "article",
        "comment": "reader's comment",
        "short": "In short",
        "sources": "Sources",
        "as_of": "As of",
        "none": "No answer in this archive",
        "inferred": "inferred",
        "unknown": "date unknown",
        "open": "“",
        "close": "”",
    },
    "fr": {
        "article": "article",
        "comment": "commentaire de lecteur",
        "short": "En bref",
        "sources": "Sources",
        "as_of": "À la date du",
        "none": "Pas de réponse dans cette archive",
        "inferred": "déduite",
        "unknown": "date inconnue",
        "open": "« ",
        "close": " »",
    },
}


def printable(text: str) -> str:
    """`text` without the characters that would act on a terminal; line feeds and tabs stay."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))


class _Page:
    """Lines to stdout, wrapped on a terminal and left whole in a pipe."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._width = min(self._console.width, _WIDEST) if self._console.is_terminal else None

    def line(self, *parts: str | tuple[str, str]) -> None:
        """One line of plain or (text, style) parts."""
        text = Text()
        for part in parts:
            words, style = part if isinstance(part, tuple) else (part, "")
            text.append(printable(words), style=style)
        self._console.print(text)

    def paragraph(self, words: str, indent: int = 0, style: str = "") -> None:
        """Running text; white space inside is one space."""
        text, margin = " ".join(printable(words).split()), " " * indent
        if self._width:
            text = textwrap.fill(text, self._width, initial_indent=margin, subsequent_indent=margin)
        else:
            text = margin + text
        self._console.print(Text(text, style=style))

    def text(self, words: str, indent: int = 0) -> None:
        """Text with its own lines."""
        for line in printable(words).split("\n"):
            if line.strip():
                self.paragraph(line, indent)


def _shown_date(date: PublicationDate, words: dict[str, str]) -> str:
    if date.value is None:
        return words["unknown"]
    return f"{date.value} ({words['inferred']})" if date.method == "inferred" else date.value


def _source_line(number: int, item: Citation | Hit, words: dict[str, str]) -> list[str | tuple[str, str]]:
    parts: list[str | tuple[str, str]] = [f"[{number}] ", (words[item.kind], _STYLES[item.kind])]
    comment = item.comment if isinstance(item, Citation) else item.passage.comment
    if comment and comment.author:
        parts.append(f" ({comment.author})")
    parts += ["  ", (item.article.title, "bold")]
    if item.article.outlet:
        parts.append(f", {item.article.outlet}")
    parts.append(f", {_shown_date(item.article.published, words)}")
    return parts


def show_answer(answer: Answer) -> None:
    """The sentences with the numbers of their sources, the short answer, the sources, the as-of date."""
    page, words = _Page(), _WORDS[answer.language]
    if answer.abstained:
        page.line((words["none"], "bold yellow"))
        for text in dict.fromkeys(text for text in (answer.text, answer.reason) if text):
            page.paragraph(text)
    else:
        for sentence in answer.sentences:
            marks = "".join(f"[{place + 1}]" for place in sentence.citations)
            page.paragraph(f"{sentence.text} {marks}".rstrip())
        if not answer.sentences:
            page.text(answer.text)
        if answer.short:
            page.line("")
            page.line(f"{words['short']}: ", (answer.short, "bold green"))
    if answer.citations:
        page.line("")
        page.line((words["sources"], "bold"))
    for number, citation in enumerate(answer.citations, 1):
        page.line(*_source_line(number, citation, words))
        page.paragraph(f"{words['open']}{citation.quote}{words['close']}", indent=4)
        page.line("    ", (citation.article.url or citation.article.source, "dim"))
    if answer.as_of or answer.notes:
        page.line("")
    for note in answer.notes:
        page.paragraph(note, style="dim")
    if answer.as_of:
        page.line((f"{words['as_of']} {answer.as_of}", "dim"))


def show_hits(hits: list[Hit]) -> None:
    """The passages, best first, with their fused, dense and BM25 scores."""
    page, words = _Page(), _WORDS["en"]
    if not hits:
        page.line(("Nothing found", "bold yellow"))
    for number, hit in enumerate(hits, 1):
        page.line(*_source_line(number, hit, words))
        page.line("    ", (f"score {hit.score:.4f}  dense {hit.dense:.3f}  bm25 {hit.bm25:.2f}", "dim"))
        page.paragraph(hit.text, indent=4)
        page.line("    ", (hit.article.url or hit.article.source, "dim"))


def show_article(article: Article) -> None:
    """What was understood of an article, and what was left out."""
    page = _Page()
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


def _show_comment(page: _Page, comment: Comment) -> None:
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
    _show_rows({name: str(value) for name, value in rows.items()})


def _tally(counts: dict[str, int]) -> str:
    largest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    more = f", {len(largest) - 12} more" if len(largest) > 12 else ""
    return ", ".join(f"{name} {count}" for name, count in largest[:12]) + more or "none"


def _show_rows(rows: dict[str, str]) -> None:
    page = _Page()
    width = max(map(len, rows)) + 2
    for name, value in rows.items():
        page.line((f"{name:<{width}}", "bold"), value)
