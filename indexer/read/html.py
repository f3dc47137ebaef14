"""HTML pages to `Article`s: main text, metadata, comments apart.

trafilatura finds the main text; comments are taken from the page's own markup first, since it keeps authors and depth.
It knows nothing of files and encodings.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

import trafilatura
from lxml import etree, html

from indexer.read.boilerplate import label_reason
from indexer.read.bylines import is_date_line
from indexer.read.html_comments import take_comments
from indexer.read.html_furniture import furniture_reason
from indexer.read.html_head import PageHead, read_page_head
from indexer.read.html_meta import read_meta
from indexer.read.html_text import blocks, clean
from indexer.read.lines import Line, is_prose
from indexer.read.plain import Known, build_article
from rag.errors import ReadError
from rag.text import detect_language, fold
from rag.types import Article, LeftOut

_HEADINGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6"))
_FORM_LENGTH: Final = 1500  # characters; some sites wrap the whole page in a <form>
_ASIDE: Final = frozenset(("nav", "form", "button", "title", "label", "select", "option"))


def read_html(text: str, source: str) -> Article:
    """One article from an HTML page. Raises `ReadError` when the page holds no prose."""
    tree = _parse(text, source)
    meta = read_meta(tree)
    language = meta.language or detect_language(_page_text(tree))
    comments, comment_texts = take_comments(tree, language)
    comments = comments or meta.comments
    title = meta.title or _first_heading(tree)
    lines = _main_lines(tree, title)
    if not lines:
        raise ReadError(f"{source}: no prose found in the page; save the page of one article, text included")
    lines = _without_title(lines, title)
    head = read_page_head(tree, title, lines)
    known = Known(
        title=title,
        date=meta.date,
        author=meta.author or head.author,
        outlet=meta.outlet or head.outlet,
        url=meta.url,
        language=meta.language,
        comments=comments,
        head="\n".join(dict.fromkeys([*head.dates, *_dated(tree, lines)])),
        threads=not comments,
    )
    article = build_article(lines, source, known)
    return _with_furniture(article, tree, comment_texts, head)


def _parse(text: str, source: str) -> Any:
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        tree = html.document_fromstring(cleaned)
    except (etree.ParserError, ValueError) as error:
        raise ReadError(f"{source}: not a readable HTML page ({error}); save the page again") from error
    return tree


def _page_text(tree: Any) -> str:
    return " ".join(text for text, _ in blocks(tree))


def _first_heading(tree: Any) -> str | None:
    heads = [clean(node.text_content()) for node in tree.iter("h1")]
    heads = [head for head in heads if head]
    if len(heads) >= 1:
        return max(heads[:3], key=len)
    title = tree.findtext(".//title")
    return _without_outlet(clean(title)) if title and clean(title) else None


def _without_outlet(title: str) -> str:
    parts = re.split(r"\s+[|–—·-]\s+", title)
    return parts[0] if len(parts) > 1 and len(parts[0]) > 15 else title


def _main_lines(tree: Any, title: str | None) -> list[Line]:
    """The lines of the main text with headings known.

    trafilatura says which blocks of the page are main text; tags, order and the headings between them are the page's.
    Where it finds little on a small page, the paragraphs of the page's main element are taken.
    """
    extracted = trafilatura.extract(
        html.tostring(tree, encoding="unicode"), include_comments=False, include_tables=True, favor_recall=True
    )
    rows = [fold(row).lstrip("-•| ") for row in (extracted or "").splitlines()]
    whole, single = " ".join(rows), set(rows)
    page = [(text, node, _context(node)) for text, node in blocks(tree)]
    start = _below_title(page, title)
    chosen = [
        place
        for place, (text, _, context) in enumerate(page)
        if place >= start and not context & _ASIDE and _is_main(fold(text), whole, single)
    ]
    size = sum(len(page[place][0]) for place in chosen)
    own = [
        place
        for place, (text, node, context) in enumerate(page)
        if place >= start and _is_paragraph(text, node, context)
    ]
    if size < 0.5 * sum(len(page[place][0]) for place in own) and len(page) < 120:
        chosen = sorted({*chosen, *own})
    if not chosen:
        return []
    held = set(chosen)
    lines: list[Line] = []
    for place in range(start, chosen[-1] + 1):
        text, node, context = page[place]
        heading = bool(context & _HEADINGS)
        if place in held or (heading and _leads(page, place, held)):
            bold = "p" in context and _all_bold(node, text)
            item = "li" in context and not re.match(r"[-–—•]", text)
            lines.append(Line(f"- {text}" if item else text, 0, 1, True if heading else None if bold else False))
    return lines


def _context(node: Any) -> frozenset[str]:
    """The tags of a node and of what is around it; a form that holds the page does not count."""
    around = (above for above in (node, *node.iterancestors()) if isinstance(above.tag, str))
    return frozenset(a.tag for a in around if a.tag != "form" or len(a.text_content() or "") < _FORM_LENGTH)


def _below_title(page: list[tuple[str, Any, frozenset[str]]], title: str | None) -> int:
    """The place after the <h1> that holds the title; 0 when there is none or the text stands above it."""
    for place, (text, _, context) in enumerate(page):
        if "h1" in context and title is not None and fold(text) in fold(title):
            return place + 1 if any(is_prose(later[0]) for later in page[place + 1 :]) else 0
    return 0


def _is_main(folded: str, whole: str, single: set[str]) -> bool:
    return folded in single or (len(folded) >= 25 and folded in whole)


def _is_paragraph(text: str, node: Any, context: frozenset[str]) -> bool:
    if context & _ASIDE or node.tag not in (
        "p",
        "li",
        "blockquote",
        "dd",
        "pre",
        "td",
        "div",
        "article",
        "body",
        "section",
    ):
        return False
    return is_prose(text) or node.tag in ("p", "blockquote", "pre")


def _leads(page: list[tuple[str, Any, frozenset[str]]], place: int, held: set[int]) -> bool:
    """Whether a heading stands right over a block of the main text."""
    following = place + 1
    while following < len(page) and following not in held and page[following][2] & _HEADINGS:
        following += 1
    return following in held and not page[place][2] & _ASIDE


def _all_bold(node: Any, text: str) -> bool:
    return any(child.tag in ("b", "strong") and clean(child.text_content()) == text for child in node.iter())


def _without_title(lines: list[Line], title: str | None) -> list[Line]:
    """The lines without those at the head that repeat the title."""
    if title is None:
        return lines
    folded = fold(title)
    return [line for place, line in enumerate(lines) if place > 4 or fold(line.text) != folded]


def _dated(tree: Any, lines: list[Line]) -> list[str]:
    """The lines of the page that only tell a date, down to the end of the main text."""
    last = fold(lines[-1].text) if lines else ""
    found: list[str] = []
    for text, _ in blocks(tree):
        if is_date_line(text):
            found.append(text)
        if last and fold(text) == last:
            break
    return list(dict.fromkeys(found))[:4]


def _with_furniture(article: Article, tree: Any, comment_texts: list[str], head: PageHead) -> Article:
    """The article with every other text of the page listed as left out."""
    held = fold(" ".join([article.title, article.body, *(left.text for left in article.left_out)]))
    held = " ".join(held.replace("- ", " ").split())
    stretches: list[LeftOut] = []
    for text, node in blocks(tree):
        folded = " ".join(fold(text).replace("- ", " ").split())
        if folded in held:
            continue
        reason = head.reasons.get(text) or furniture_reason(text, node)
        if stretches and stretches[-1].reason == reason == "page furniture":
            stretches[-1] = LeftOut(f"{stretches[-1].text}\n{text}", reason)
        else:
            stretches.append(LeftOut(text, reason))
    extra = [LeftOut(text, label_reason(text) or "thread markup") for text in comment_texts]
    return replace(article, left_out=(*article.left_out, *stretches, *extra))
