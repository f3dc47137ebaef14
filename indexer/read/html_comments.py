"""The comments of an HTML page, from its markup: WordPress lists, Disqus posts, schema.org, and the like.

Takes them out of the tree, so that what is left is the page without its thread. It knows nothing of the main text.
"""

from __future__ import annotations

import re
from typing import Any, Final

from indexer.read.boilerplate import is_form_line, is_form_start, is_pingback
from indexer.read.comments import find_thread, thread_heading
from indexer.read.headers import is_markup
from indexer.read.html_roles import (
    classes,
    is_area,
    is_author,
    is_children,
    is_comment,
    is_content,
    is_stamp,
    is_tools,
)
from indexer.read.html_text import blocks
from indexer.read.lines import Line
from indexer.read.nesting import Draft, settle_known
from indexer.read.stamps import find_stamp, is_stamp_line
from rag.text import normalise
from rag.types import Comment, Language

_UNIT_ID: Final = re.compile(r"^(?:li-|div-|wp-)?(?:comment|commentaire|post|reply|c)[-_]?\d+$", re.IGNORECASE)
_UNIT_TAGS: Final = ("li", "div", "article", "section", "dd", "tr", "blockquote", "p")
_AREA_TAGS: Final = ("div", "section", "aside", "ol", "ul")
_ROLE_TAGS: Final = (
    "a",
    "b",
    "blockquote",
    "cite",
    "div",
    "em",
    "h3",
    "h4",
    "h5",
    "i",
    "p",
    "section",
    "span",
    "strong",
)
_BREAKS: Final = frozenset("p div li br blockquote h1 h2 h3 h4 h5 h6 ul ol pre section article footer header".split())


def take_comments(tree: Any, language: Language) -> tuple[tuple[Comment, ...], list[str]]:
    """The page's comments, in printed order, and the other texts of its comment area; both leave the tree."""
    units = _units(tree)
    drafts: list[Draft] = []
    parents: list[int | None] = []
    place_of: dict[Any, int] = {}
    for unit in units:
        draft = _draft(unit, set(units), len(drafts))
        place_of[unit] = len(drafts)
        parents.append(_parent(unit, place_of, units))
        drafts.append(draft)
    comments = settle_known(drafts, parents, language)
    if not comments:
        comments = _from_area(tree, language)
        if not comments:
            return (), []
    return comments, _remove(tree, units, comments)


def _units(tree: Any) -> list[Any]:
    """The elements that hold one comment each, in printed order."""
    known = {node for node in tree.iter(*_UNIT_TAGS) if _is_unit(node)}
    known |= _unnamed_units(tree, known)
    found = [node for node in tree.iter(*_UNIT_TAGS) if node in known]
    units: list[Any] = []
    for node in found:
        inner = [other for other in node.iterdescendants() if other in known and _nearest(other, known) is node]
        content, author, _ = _fields(node, known)
        if is_content(node) and not author and _nearest(node, known) is not None:
            known.discard(node)  # the text of the comment around it
        elif inner and not (content and author):
            own = [other for other in inner if not _replied(other, node)]
            known.discard(own[0] if len(own) == 1 else node)
        elif not content:
            known.discard(node)
    for node in found:
        if node in known and (_fields(node, known)[1] or _in_area(node)):
            units.append(node)
    return units


def _unnamed_units(tree: Any, known: set[Any]) -> set[Any]:
    """The smallest elements of a thread that hold one author's name and the text that follows it."""
    shared: dict[Any, int] = {}
    for area in tree.iter(*_AREA_TAGS):
        if not is_area(area) or _in_area(area):
            continue
        author: Any = None
        for node in area.iterdescendants(*_ROLE_TAGS):
            if is_author(node) and not (author is not None and _inside(node, author)):
                author = node if _nearest(node, known) is None else None
            elif author is not None and is_content(node) and not _holds_header(node) and not _inside(node, author):
                around = next(above for above in node.iterancestors() if _inside(author, above))
                shared[around] = shared.get(around, 0) + 1
                author = None
    return {node for node, authors in shared.items() if authors == 1 and node.tag in _UNIT_TAGS and not is_area(node)}


def _replied(inner: Any, unit: Any) -> bool:
    """Whether a list of replies lies between a nested unit and the unit around it."""
    for above in inner.iterancestors():
        if above is unit:
            return False
        if is_children(above):
            return True
    return False


def _is_unit(node: Any) -> bool:
    if (node.get("itemtype") or "").endswith("/Comment") or node.get("itemprop") == "comment":
        return True
    if node.get("data-comment-id") or node.get("data-commentid"):
        return True
    if is_area(node) and not re.search(r"\d", node.get("id") or ""):
        return False
    if is_comment(node) or (_UNIT_ID.match(node.get("id") or "") and _in_area(node)):
        return node.tag != "p" or _in_area(node)
    return "post" in classes(node) and any(
        a.get("id") in ("disqus_thread", "posts", "post-list") for a in node.iterancestors()
    )


def _in_area(node: Any) -> bool:
    return any(is_area(above) for above in node.iterancestors())


def _nearest(node: Any, known: set[Any]) -> Any:
    return next((above for above in node.iterancestors() if above in known), None)


def _parent(unit: Any, place_of: dict[Any, int], units: list[Any]) -> int | None:
    """Place of the parent: the unit around this one, else the one before its list of replies, else by depth."""
    for above in unit.iterancestors():
        if above in place_of:
            return place_of[above]
        if is_children(above):
            before = [u for u in units if u in place_of and u is not unit and not _inside(u, above)]
            return place_of[before[-1]] if before else None
        if is_area(above):
            break
    depth = _depth(unit)
    if depth > 0:
        earlier = [u for u in units if u in place_of and u is not unit and _depth(u) < depth]
        return place_of[earlier[-1]] if earlier else None
    return None


def _inside(node: Any, above: Any) -> bool:
    return any(ancestor is above for ancestor in node.iterancestors())


def _depth(unit: Any) -> int:
    for name in classes(unit):
        if found := re.match(r"^(?:comment-?)?(?:depth|level|indent|niveau)[-_]?(\d+)$", name, re.IGNORECASE):
            return int(found[1])
    for key in ("data-depth", "data-level", "data-indent", "aria-level"):
        if (value := unit.get(key) or "").isdigit():
            return int(value)
    if found := re.search(r"(?:margin|padding)-left:\s*(\d+)", unit.get("style") or ""):
        return int(found[1])
    return 0


def _fields(unit: Any, known: set[Any]) -> tuple[list[Line], str | None, str | None]:
    """Text, author and stamp of a unit's own part, nested units left aside."""
    author = stamp = None
    texts: list[Any] = []
    for node in _own(unit, known):
        if node is unit:
            continue
        if author is None and (is_author(node) or node.get("itemprop") == "author" or node.tag == "cite"):
            author = _name(node)
        if stamp is None and node.tag == "time":
            stamp = (node.get("datetime") or "").strip() or find_stamp(_flat(node))
        elif stamp is None and (is_stamp(node) or node.get("itemprop") in ("dateCreated", "datePublished")):
            stamp = (node.get("datetime") or node.get("content") or node.get("title") or "").strip()
            stamp = stamp if stamp and find_stamp(stamp) else find_stamp(_flat(node))
        held = is_content(node) or "text" in (
            node.get("itemprop"),
            (node.get("property") or "").removeprefix("schema:"),
        )
        if held and not _holds_header(node):
            texts.append(node)
    content = max(texts, key=lambda node: len(_flat(node)), default=None)
    author = author or (unit.get("data-author") or "").strip() or None
    lines = _lines(content if content is not None else unit, known, whole=content is not None)
    if author and content is None and len(lines) > 1 and lines[0].text.rstrip(" :") == author:
        lines = lines[1:]
    return [line for line in lines if not (is_markup(line.text) and len(lines) > 1)], author, stamp


def _holds_header(node: Any) -> bool:
    """Whether a node holds a comment's author too, and so is more than its text."""
    inner = (child for child in node.iterdescendants() if isinstance(child.tag, str))
    return any(
        is_author(child) or child.tag in ("cite", "time") or child.get("itemprop") == "author" for child in inner
    )


def _own(unit: Any, known: set[Any]) -> list[Any]:
    nodes: list[Any] = []
    stack = [unit]
    while stack:
        node = stack.pop()
        if node is not unit and (node in known or not isinstance(node.tag, str)):
            continue
        nodes.append(node)
        stack.extend(reversed(node))
    return nodes


def _flat(node: Any) -> str:
    return " ".join(normalise(node.text_content() or "").split())


def _name(node: Any) -> str | None:
    inner = next((child for child in node.iterdescendants() if isinstance(child.tag, str) and is_author(child)), None)
    text = _flat(inner if inner is not None and _flat(inner) else node)
    text = re.sub(r"^(?:avatar (?:de|d’|d'|of|for)|par|by|posté par|posted by)\s+", "", text, flags=re.IGNORECASE)
    stamp = find_stamp(text)
    text = text.split(stamp)[0] if stamp else text
    text = re.sub(
        r"(?:\s+(?:a\s+dit|dit|says|said|a\s+écrit|wrote|le|on))?\s*[:,•·-]*\s*$", "", text, flags=re.IGNORECASE
    )
    return text[:80].strip() or None


def _lines(node: Any, known: set[Any], *, whole: bool) -> list[Line]:
    """The text of a unit's content as lines, its tools left aside."""
    parts: list[str] = []

    def walk(current: Any) -> None:
        if not isinstance(current.tag, str) or current.tag in (
            "script",
            "style",
            "form",
            "button",
            "img",
            "svg",
            "input",
        ):
            return
        if current is not node and (current in known or is_tools(current) or current.tag == "time"):
            return
        if (
            not whole
            and current is not node
            and (
                is_author(current)
                or is_stamp(current)
                or current.tag in ("cite", "footer", "header")
                or is_children(current)
            )
        ):
            return
        mark = "\n" if current.tag == "br" else "\n\n" if current.tag in _BREAKS else ""
        parts.append(mark + (current.text or ""))
        for child in current:
            walk(child)
            parts.append(child.tail or "")
        parts.append("\n\n" if mark == "\n\n" else "")

    walk(node)
    lines: list[Line] = []
    blanks = 0
    text = re.sub(r"[^\S\n\xa0\u202f]+", " ", "".join(parts))
    for raw in normalise(text).split("\n"):
        if raw.strip():
            lines.append(Line(raw.strip(), 0, 1 if blanks else 0))
            blanks = 0
        else:
            blanks += 1
    return lines


def _draft(unit: Any, known: set[Any], place: int) -> Draft:
    lines, author, stamp = _fields(unit, known)
    lines = [line for line in lines if not (is_stamp_line(line.text) and len(lines) > 1)]
    if "pingback" in classes(unit) or "trackback" in classes(unit) or (lines and is_pingback(lines[0].text)):
        lines = []
    return Draft(author, stamp, lines, 0, None, None, None, 1.0, place)


def _from_area(tree: Any, language: Language) -> tuple[Comment, ...]:
    """Comments of an area without markup for each: its text is read as a plain-text thread."""
    for node in tree.iter(*_AREA_TAGS):
        if not is_area(node) or _in_area(node):
            continue
        lines = [line for line in _lines(node, set(), whole=True) if not is_form_line(line.text)]
        if not lines:
            continue
        heading = [] if thread_heading(lines[0].text) else [Line("Commentaires", 0, 1)]
        above = [Line("Une phrase qui tient lieu d'article au-dessus de la discussion, et rien de plus.", 0, 0)]
        thread = find_thread([*above, *heading, *lines], language)
        if thread is not None:
            return thread.comments
    return ()


def _remove(tree: Any, units: list[Any], comments: tuple[Comment, ...]) -> list[str]:
    """Take the comment areas and stray units out of the tree; what they said besides comments is returned."""
    texts: list[str] = []
    areas = [node for node in tree.iter(*_AREA_TAGS) if is_area(node) and not _in_area(node)]
    authors = sorted({comment.author for comment in comments if comment.author}, key=len, reverse=True)
    said = " ".join(" ".join(comment.text.split()) for comment in comments)
    for node in [*areas, *units]:
        if node.getparent() is None or _holds_article(node, units):
            continue
        texts.extend(text for text, _ in blocks(node) if text not in said and not _is_header(text, authors))
        node.drop_tree()
    for node in list(tree.iter("h1", "h2", "h3", "h4")):
        if node.getparent() is not None and (thread_heading(_flat(node)) or is_form_start(_flat(node))):
            texts.append(_flat(node))
            node.drop_tree()
    return list(dict.fromkeys(texts))


def _is_header(text: str, authors: list[str]) -> bool:
    """Whether a text says no more than who wrote a comment and when."""
    for name in authors:
        text = text.replace(name, " ")
    stamp = find_stamp(text)
    text = text.replace(stamp, " ") if stamp else text
    return (
        re.fullmatch(r"[\W\d_]*(?:(?:a dit|dit|says|le|on|at|à|par|by|[ap]m)[\W\d_]*)*", text, re.IGNORECASE)
        is not None
    )


def _holds_article(area: Any, units: list[Any]) -> bool:
    """Whether an area holds the article itself, as where a theme calls the whole page "discussion"."""
    del units
    return area.find(".//h1") is not None or area.find(".//article//h2") is not None
