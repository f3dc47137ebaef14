"""How answers and search results look in a terminal. Knows nothing of how they came to be."""

from __future__ import annotations

from typing import Final

from rag.types import Answer, Citation, Hit, Language, PublicationDate
from ui.terminal import Page

_STYLES: Final = {"article": "bold cyan", "comment": "bold magenta"}
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "article": "article",
        "comment": "reader's comment",
        "short": "In short:",
        "sources": "Sources",
        "as_of": "As of",
        "confidence": "Confidence",
        "none": "No answer in this archive",
        "inferred": "inferred",
        "unknown": "date unknown",
        "open": "“",
        "close": "”",
    },
    "fr": {
        "article": "article",
        "comment": "commentaire de lecteur",
        "short": "En bref :",
        "sources": "Sources",
        "as_of": "À la date du",
        "confidence": "Confiance",
        "none": "Pas de réponse dans cette archive",
        "inferred": "déduite",
        "unknown": "date inconnue",
        "open": "« ",
        "close": " »",
    },
}


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
    page, words = Page(), _WORDS[answer.language]
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
            page.line(f"{words['short']} ", (answer.short, "bold green"))
    if answer.citations:
        page.line("")
        page.line((words["sources"], "bold"))
    for number, citation in enumerate(answer.citations, 1):
        page.line(*_source_line(number, citation, words))
        page.paragraph(f"{words['open']}{citation.quote}{words['close']}", indent=4)
        page.line("    ", (citation.article.url or citation.article.source, "dim"))
    if answer.as_of or answer.notes or answer.confidence is not None:
        page.line("")
    for note in answer.notes:
        page.paragraph(note, style="dim")
    if answer.as_of:
        page.line((f"{words['as_of']} {answer.as_of}", "dim"))
    if answer.confidence is not None:
        page.line((f"{words['confidence']} {answer.confidence:.0%}", "dim"))


def show_hits(hits: list[Hit]) -> None:
    """The passages, best first, with their fused, dense and BM25 scores."""
    page, words = Page(), _WORDS["en"]
    if not hits:
        page.line(("Nothing found", "bold yellow"))
    for number, hit in enumerate(hits, 1):
        page.line(*_source_line(number, hit, words))
        page.line("    ", (f"score {hit.score:.4f}  dense {hit.dense:.3f}  bm25 {hit.bm25:.2f}", "dim"))
        page.paragraph(hit.text, indent=4)
        page.line("    ", (hit.article.url or hit.article.source, "dim"))
