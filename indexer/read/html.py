"""HTML pages to `Article`s: main text, metadata, comments apart.

trafilatura finds the main text; comments are taken from the page's own markup first, since it keeps authors and depth.
It knows nothing of files and encodings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import trafilatura
from lxml import etree, html

from indexer.read.boilerplate import label_reason
from indexer.read.html_comments import take_comments
from indexer.read.html_meta import read_meta
from indexer.read.lines import Line, is_prose
from indexer.read.plain import Known, build_article
from rag.errors import ReadError
from rag.text import detect_language, fold, normalise
from rag.types import Article, LeftOut

BLOCKS: Final = frozenset(
    """address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section summary table tbody td th thead tr ul button label option title""".split()
)
_UNSEEN: Final = ("script", "style", "noscript", "template", "svg", "iframe", "head", "object", "math", "select")
_HEADINGS: Final = ("h2", "h3", "h4", "h5")


def read_html(text: str, source: str) -> Article:
    """One article from an HTML page. Raises `ReadError` when the page holds no prose."""
    tree = _parse(text, source)
    meta = read_meta(tree)
    language = meta.language or detect_language(_page_text(tree))
    comments, comment_texts = take_comments(tree, language)
    comments = comments or meta.comments
    lines = _main_lines(tree)
    if not lines:
        raise ReadError(f"{source}: no prose found in the page; save the page of one article, text included")
    title = meta.title or _first_heading(tree)
    lines = _without_title(lines, title)
    known = Known(
        title=title,
        date=meta.date,
        author=meta.author,
        outlet=meta.outlet,
        url=meta.url,
        language=meta.language,
        comments=comments,
        head="\n".join(_dated(tree, lines)),
        threads=not comments,
    )
    article = build_article(lines, source, known)
    return _with_furniture(article, tree, comment_texts)


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


def clean(text: str | None) -> str:
    """Text of a node in stored form on one line."""
    return " ".join(normalise(text or "").split())


def _main_lines(tree: Any) -> list[Line]:
    """The lines of the main text with headings known, by trafilatura, else by the page's own paragraphs."""
    serialised = html.tostring(tree, encoding="unicode")
    xml = trafilatura.extract(
        serialised,
        output_format="xml",
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        favor_recall=True,
        deduplicate=False,
    )
    own = _own_lines(tree)
    if not xml:
        return own
    found = _xml_lines(etree.fromstring(xml.encode()))
    size, other = (sum(len(line.text) for line in some) for some in (found, own))
    return own if size < 0.4 * other and other < 6000 and not _many_links(tree) else found


def _many_links(tree: Any) -> bool:
    return len(tree.findall(".//a")) > 60


def _xml_lines(document: Any) -> list[Line]:
    lines: list[Line] = []
    main = document.find(".//main")
    for node in main if main is not None else ():
        _xml_block(node, lines)
    return lines


def _xml_block(node: Any, lines: list[Line]) -> None:
    if node.tag == "head":
        _add(lines, _inline(node), True)
    elif node.tag == "list":
        for item in node.iter("item"):
            _add(lines, "- " + _inline(item), False, 0 if item.getprevious() is not None else 1)
    elif node.tag in ("quote", "table", "div", "row", "cell", "dl") and len(node):
        if clean(node.text):
            _add(lines, clean(node.text), False)
        for child in node:
            if child.tag in ("p", "list", "head", "quote", "row", "cell", "table", "item"):
                _xml_block(child, lines)
            else:
                _add(lines, _inline(child) + " " + clean(child.tail), False)
    else:
        bold = len(node) == 1 and node[0].tag == "hi" and not clean(node.text) and not clean(node[0].tail)
        for text in _inline(node, keep_breaks=True).split("\n"):
            _add(lines, text, None if bold else False)


def _inline(node: Any, *, keep_breaks: bool = False) -> str:
    parts: list[str] = [node.text or ""]
    for child in node:
        parts.append("\n" if child.tag == "lb" and keep_breaks else " " if child.tag == "lb" else "")
        parts.append(_inline(child, keep_breaks=keep_breaks))
        parts.append(child.tail or "")
    joined = "".join(parts)
    return (
        "\n".join(" ".join(piece.split()) for piece in joined.split("\n")) if keep_breaks else " ".join(joined.split())
    )


def _add(lines: list[Line], text: str, heading: bool | None, blanks: int = 1) -> None:
    text = clean(text)
    if text and text != "-":
        lines.append(Line(text, 0, blanks, heading))


def _own_lines(tree: Any) -> list[Line]:
    """Paragraphs and headings of the page's main element, for pages too small for trafilatura."""
    root = next(
        (found for path in (".//article", ".//main", ".//body") if (found := tree.find(path)) is not None), tree
    )
    lines: list[Line] = []
    for text, node in blocks(root):
        tag = node.tag
        if any(above.tag in ("nav", "aside", "form", "footer", "button") for above in (node, *node.iterancestors())):
            continue
        if tag in ("p", "li", "blockquote", "td", "dd", "dt", "div", "section", "article", "body", "pre", *_HEADINGS):
            _add(lines, f"- {text}" if tag == "li" else text, tag in _HEADINGS)
    return lines if any(is_prose(line.text) for line in lines) or len(lines) else []


def blocks(root: Any) -> Iterator[tuple[str, Any]]:
    """Each stretch of text without a block boundary inside, and the block element that holds it."""
    parts: list[str] = []

    def flush(holder: Any) -> Iterator[tuple[str, Any]]:
        text = clean("".join(parts))
        parts.clear()
        if text:
            yield text, holder

    def walk(node: Any, holder: Any) -> Iterator[tuple[str, Any]]:
        if not isinstance(node.tag, str) or node.tag in _UNSEEN:
            return
        block = node.tag in BLOCKS
        if block:
            yield from flush(holder)
        inner = node if block else holder
        if node.tag == "br":
            yield from flush(holder)
        parts.append(node.text or "")
        for child in node:
            yield from walk(child, inner)
            parts.append(child.tail or "")
        if block:
            yield from flush(inner)

    yield from walk(root, root)
    yield from flush(root)


def _without_title(lines: list[Line], title: str | None) -> list[Line]:
    """The lines without those at the head that repeat the title."""
    if title is None:
        return lines
    folded = fold(title)
    return [line for place, line in enumerate(lines) if place > 4 or fold(line.text) != folded]


def _dated(tree: Any, lines: list[Line]) -> list[str]:
    """Texts of the page, outside the main text, that may say when it was published: <time> and date classes."""
    del lines
    found: list[str] = []
    for node in tree.iter("time"):
        found.append(clean(node.text_content()))
    for node in tree.xpath("//*[contains(@class,'date') or contains(@class,'publish') or contains(@class,'dateline')]"):
        text = clean(node.text_content())
        if 6 <= len(text) <= 120 and re.search(r"\d", text):
            found.append(text)
    return list(dict.fromkeys(text for text in found if text))[:4]


def _with_furniture(article: Article, tree: Any, comment_texts: list[str]) -> Article:
    """The article with every other text of the page listed as left out."""
    held = fold(" ".join([article.title, article.body, *(left.text for left in article.left_out)]))
    held = " ".join(held.replace("- ", " ").split())
    stretches: list[LeftOut] = []
    for text, node in blocks(tree):
        folded = " ".join(fold(text).replace("- ", " ").split())
        if folded in held:
            continue
        reason = label_reason(text) or _furniture_reason(node)
        if stretches and stretches[-1].reason == reason == "page furniture":
            stretches[-1] = LeftOut(f"{stretches[-1].text}\n{text}", reason)
        else:
            stretches.append(LeftOut(text, reason))
    extra = [LeftOut(text, label_reason(text) or "thread markup") for text in comment_texts]
    return replace(article, left_out=(*article.left_out, *stretches, *extra))


def _furniture_reason(node: Any) -> str:
    tags = {above.tag for above in (node, *node.iterancestors())}
    for tag, reason in (
        ("figcaption", "photo credit"),
        ("nav", "navigation"),
        ("form", "form"),
        ("footer", "page footer"),
    ):
        if tag in tags:
            return reason
    return "page furniture"
