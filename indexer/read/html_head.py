"""What a page prints around its title besides the title: dates, the author, the paper's name.

Reads the blocks from a little above the title down to the first paragraph. It knows nothing of metadata.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from indexer.read.boilerplate import label_reason
from indexer.read.bylines import byline, is_date_line
from indexer.read.html_roles import is_author
from indexer.read.html_text import blocks
from indexer.read.imprint import Imprint, read_imprint, who_of
from indexer.read.lines import Line, is_prose
from indexer.read.names import is_person
from rag.text import fold

_ABOVE: Final = 3  # blocks over the title that may tell the date
_BELOW: Final = 16  # blocks under it, where no paragraph ends them
_ELSEWHERE: Final = frozenset(("nav", "aside", "footer", "form", "button", "title", "label", "select", "option"))


@dataclass(slots=True)
class PageHead:
    """Dates as printed, author and outlet, and why each text of the head is none of the article's."""

    dates: list[str] = field(default_factory=list)
    author: str | None = None
    outlet: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)

    def take(self, text: str, said: Imprint) -> None:
        self.dates.extend(said.dates)
        self.author = self.author or said.author
        self.outlet = self.outlet or said.outlet
        self.reasons[text] = said.reason


def read_page_head(tree: Any, title: str | None, lines: Sequence[Line]) -> PageHead:
    """What the page says around its title; `lines` are the lines of its main text."""
    head = PageHead()
    page = [(text, node) for text, node in blocks(tree) if not _ELSEWHERE & _tags(node)]
    top = next((place for place, (text, node) in enumerate(page) if _is_title(text, node, title)), 0)
    first = next((fold(line.text) for line in lines if is_prose(line.text)), None)
    end = next((place for place in range(top, len(page)) if fold(page[place][0]) == first), len(page))
    for text, node in page[max(0, top - _ABOVE) : min(end, top + _BELOW)]:
        said = _said(text, node, beside=bool(head.reasons))
        if said is not None and label_reason(text) in (None, "reading time"):
            head.take(text, said)
    return head


def _tags(node: Any) -> set[Any]:
    return {above.tag for above in (node, *node.iterancestors())}


def _is_title(text: str, node: Any, title: str | None) -> bool:
    return title is not None and "h1" in _tags(node) and fold(text) in fold(title)


def _said(text: str, node: Any, *, beside: bool) -> Imprint | None:
    """What one block says; `beside`: a date or byline has been seen."""
    if (said := read_imprint(text)) is not None:
        return said
    if is_date_line(text):
        return Imprint(dates=(text,))
    if (name := byline(text)) is not None:
        return Imprint(author=who_of(name)[0])
    marked = is_author(node) or any(is_author(inner) for inner in node.iter() if isinstance(inner.tag, str))
    return Imprint(author=text) if is_person(text) and (beside or marked) else None
