"""The stored text around a hit: paragraphs, headings, lead.

Knows how a text point is laid out. All offsets are into the stored text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rag.orders import without_orders
from rag.store.base import Store
from rag.store.schema import read_article
from rag.text import Span
from rag.types import ArticleRef

LONG_PARAGRAPH: Final = 1_500  # characters; texts without line ends are one paragraph
BLOCK: Final = 300  # characters
LEAD_CHARACTERS: Final = 600  # what a reader has read of an article before its first details


@dataclass(frozen=True, slots=True)
class Document:
    """One stored text: an article body, its orders to programs blanked out, or one comment."""

    id: str
    text: str
    article: ArticleRef
    headings: tuple[Span, ...] = ()  # offsets of the heading lines
    title_derived: bool = False
    parent: str | None = None  # of a comment: id of the comment it answers
    author: str | None = None  # of a comment: pseudonym

    def paragraph(self, start: int) -> Span:
        """The line that holds an offset."""
        left = self.text.rfind("\n", 0, start) + 1
        right = self.text.find("\n", start)
        return Span(left, len(self.text) if right < 0 else right)

    def around(self, start: int, end: int) -> Span:
        """The paragraph of a sentence; of one as long as an article, what stands around the sentence. Sentences that
        are close share it."""
        paragraph = self.paragraph(start)
        if paragraph.end - paragraph.start <= LONG_PARAGRAPH:
            return paragraph
        left = paragraph.start + max(0, (start - paragraph.start) // BLOCK - 1) * BLOCK
        right = paragraph.start + ((end - paragraph.start) // BLOCK + 2) * BLOCK
        left = left if left == paragraph.start else self.text.rfind(" ", paragraph.start, left) + 1
        right = self.text.find(" ", right, paragraph.end)
        return Span(max(left, paragraph.start), paragraph.end if right < 0 else right)

    def paragraph_before(self, paragraph: Span) -> Span | None:
        """The nearest non-empty line above, unless a heading stands between."""
        above = self.above(paragraph, 1)
        return self.paragraph(above.start) if above.start < above.end else None

    def above(self, paragraph: Span, characters: int) -> Span:
        """The lines above a paragraph within its section: as many whole ones as begin within so many characters of it.
        An empty span when there is none."""
        line = self.paragraph(paragraph.start)
        if line.start < paragraph.start:  # a part of a long one: what stands before it there
            return Span(max(line.start, paragraph.start - characters), paragraph.start)
        start, end = paragraph.start, max(0, paragraph.start - 1)
        while start > 0 and end - start < characters:
            span = self.paragraph(start - 1)
            if self.is_heading(span):
                break
            start = span.start
            if start == 0:
                break
        return Span(start, end) if self.text[start:end].strip() else Span(end, end)

    def heading_of(self, start: int) -> str:
        """The heading that an offset stands under; "" before the first."""
        above = [span for span in self.headings if span.start <= start]
        return self.text[above[-1].start : above[-1].end] if above else ""

    def is_heading(self, span: Span) -> bool:
        """Whether a stretch lies within a heading line."""
        return any(span.start < heading.end and heading.start < span.end for heading in self.headings)

    @property
    def lead(self) -> str:
        """The beginning of the text, cut at a line end where there is one."""
        return self.text[:LEAD_CHARACTERS].rsplit("\n", 1)[0] if "\n" in self.text else self.text[:LEAD_CHARACTERS]


def load_documents(store: Store, ids: Sequence[str]) -> dict[str, Document]:
    """The stored texts by id; ids without a text point are left out."""
    found: dict[str, Document] = {}
    for point in store.get(list(dict.fromkeys(ids))):
        payload = point.payload
        text = payload["text"]
        comment = payload.get("comment") or {}
        article = read_article(payload)
        found[point.id] = Document(
            id=point.id,
            text=text if comment else without_orders(text, article.language),
            article=article,
            headings=tuple(heading_spans(text, payload.get("sections") or [])),
            title_derived=bool(payload.get("title_derived")),
            parent=payload.get("parent"),
            author=comment.get("author"),
        )
    return found


_HOST: Final = re.compile(r"https?://(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[:/?#]|$)", re.IGNORECASE)


def site(url: str | None) -> str | None:
    """The host that a web address names, as one says it: "example.com"."""
    found = _HOST.match(url or "")
    return found[1].lower() if found else None


def heading_spans(text: str, sections: Sequence[Mapping[str, object]]) -> list[Span]:
    """Offsets of the heading lines of a text whose sections are kept as in `rag.store.schema.article_text_payload`."""
    spans: list[Span] = []
    floor = 0
    for section in sections:
        start, heading = section["start"], section["heading"]
        if isinstance(heading, str) and isinstance(start, int):
            at = text.rfind(heading, floor, start)
            if at >= 0:
                spans.append(Span(at, at + len(heading)))
        floor = start if isinstance(start, int) else floor
    return spans
