"""The comments of an HTML page, from its markup: WordPress lists, Disqus posts, schema.org, and the like.

Takes them out of the tree, so that what is left is the page without its thread. It knows nothing of the main text.
"""

from __future__ import annotations

import re
from typing import Any, Final

from indexer.read.boilerplate import is_form_line, is_form_start, is_pingback
from indexer.read.comments import find_thread, thread_heading
from indexer.read.headers import is_markup
from indexer.read.lines import Line
from indexer.read.nesting import Draft, settle_known
from indexer.read.stamps import find_stamp, is_stamp_line
from rag.text import normalise
from rag.types import Comment, Language

_UNIT_CLASS: Final = re.compile(
    r"^(?:(?:[a-z]+[-_]{1,2})?(?:comment|commentaire|reaction|reply)(?:[-_]{1,2}(?:item|wrapper|container|card|"
    r"single|row|block|"
    r"box|entry|element|unit|root|node|post))?|comments?[-_]{1,2}(?:list[-_]{1,2})?item|comment(?:aire)?[-_]?\d+|"
    r"commentitem|"
    r"user-?comment|cmt|depth-\d+)$",
    re.IGNORECASE,
)
_UNIT_ID: Final = re.compile(r"^(?:li-|div-|wp-)?(?:comment|commentaire|post|reply|c)[-_]?\d+$", re.IGNORECASE)
_AREA: Final = re.compile(
    r"^(?:comments?|commentaires?|commentlist|comments?[-_]{0,2}(?:area|section|list|container|wrapper|thread|block|"
    r"zone|template)|"
    r"disqus_thread|liste?[-_]commentaires|reactions|wp-block-comments|wp-block-comment-template|post-comments|respond|"
    r"comment-respond|article-comments|reader-comments|fb-comments|les-commentaires|discussion)$",
    re.IGNORECASE,
)
_AUTHOR: Final = re.compile(
    r"^(?:fn|(?:comment|commentaire|reply|user|post|reader)[-_]{1,2}(?:author|auteur|name|user|username|nickname|by)"
    r"(?:[-_]{1,2}(?:name|link))?|author(?:[-_]name)?|auteur|user-?name|nickname|nick|pseudo|publisher-anchor-color|"
    r"wp-block-comment-author-name|display-name|signature|commenter(?:[-_]name)?|name|nom|who)$",
    re.IGNORECASE,
)
_STAMP: Final = re.compile(
    r"^(?:(?:[a-z]+[-_]{1,2})?(?:date|time|datetime|timestamp|time-ago|posted|published|ago|when|metadata|"
    r"commentmetadata)|"
    r"wp-block-comment-date)$",
    re.IGNORECASE,
)
_CONTENT: Final = re.compile(
    r"^(?:(?:comment|commentaire|reply|reaction|post|wp-block-comment)[-_]{1,2}(?:content|text|texte|message|contenu|"
    r"copy|"
    r"description|inner-text)|comment-?text|comment-?content|commenttext|post-message|message|contenu|texte|text|"
    r"content)$",
    re.IGNORECASE,
)
_TOOLS: Final = re.compile(
    r"^(?:reply|repondre|comment-reply-link|(?:comment|post)[-_]{1,2}(?:actions?|tools?|footer|menu|votes?|edit-link|"
    r"meta|"
    r"metadata|author|avatar|date|reply|permalink)|actions?|votes?|avatar|says|edit-link|permalink|share|like|likes|"
    r"buttons?|"
    r"comment-meta|commentmetadata|vcard|wp-block-comment-(?:reply-link|edit-link|date|author-name))$",
    re.IGNORECASE,
)
_CHILDREN: Final = re.compile(
    r"^(?:children|repl(?:y|ies)(?:[-_].*)?|reponses?|nested.*|sub-?comments?|.*[-_]replies)$", re.IGNORECASE
)
_UNIT_TAGS: Final = ("li", "div", "article", "section", "dd", "tr", "blockquote", "p")
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


def _classes(node: Any) -> list[str]:
    return (node.get("class") or "").split()


def _has(node: Any, pattern: re.Pattern[str]) -> bool:
    return any(pattern.match(name) for name in _classes(node))


def _units(tree: Any) -> list[Any]:
    """The elements that hold one comment each, in printed order."""
    found = [node for node in tree.iter(*_UNIT_TAGS) if _is_unit(node)]
    known = set(found)
    units: list[Any] = []
    for node in found:
        inner = [other for other in node.iterdescendants() if other in known and _nearest(other, known) is node]
        content, author, _ = _fields(node, known)
        if inner and not (content and author):
            own = [other for other in inner if not _replied(other, node)]
            known.discard(own[0] if len(own) == 1 else node)
        elif not content:
            known.discard(node)
    for node in found:
        if node in known and (_fields(node, known)[1] or _in_area(node)):
            units.append(node)
    return units


def _replied(inner: Any, unit: Any) -> bool:
    """Whether a list of replies lies between a nested unit and the unit around it."""
    for above in inner.iterancestors():
        if above is unit:
            return False
        if _has(above, _CHILDREN):
            return True
    return False


def _is_unit(node: Any) -> bool:
    if (node.get("itemtype") or "").endswith("/Comment") or node.get("itemprop") == "comment":
        return True
    if node.get("data-comment-id") or node.get("data-commentid"):
        return True
    if any(_AREA.match(name) for name in _classes(node)) and not re.search(r"\d", node.get("id") or ""):
        return False
    if _has(node, _UNIT_CLASS) or (_UNIT_ID.match(node.get("id") or "") and _in_area(node)):
        return node.tag != "p" or _in_area(node)
    return "post" in _classes(node) and any(
        a.get("id") in ("disqus_thread", "posts", "post-list") for a in node.iterancestors()
    )


def _in_area(node: Any) -> bool:
    return any(_is_area(above) for above in node.iterancestors())


def _is_area(node: Any) -> bool:
    return _has(node, _AREA) or bool(_AREA.match(node.get("id") or ""))


def _nearest(node: Any, known: set[Any]) -> Any:
    return next((above for above in node.iterancestors() if above in known), None)


def _parent(unit: Any, place_of: dict[Any, int], units: list[Any]) -> int | None:
    """Place of the parent: the unit around this one, else the one before its list of replies, else by depth."""
    for above in unit.iterancestors():
        if above in place_of:
            return place_of[above]
        if _has(above, _CHILDREN):
            before = [u for u in units if u in place_of and u is not unit and not _inside(u, above)]
            return place_of[before[-1]] if before else None
        if _is_area(above):
            break
    depth = _depth(unit)
    if depth > 0:
        earlier = [u for u in units if u in place_of and u is not unit and _depth(u) < depth]
        return place_of[earlier[-1]] if earlier else None
    return None


def _inside(node: Any, above: Any) -> bool:
    return any(ancestor is above for ancestor in node.iterancestors())


def _depth(unit: Any) -> int:
    for name in _classes(unit):
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
    content: Any = None
    for node in _own(unit, known):
        if node is unit:
            continue
        if author is None and (_has(node, _AUTHOR) or node.get("itemprop") == "author" or node.tag == "cite"):
            author = _name(node)
        if stamp is None and node.tag == "time":
            stamp = (node.get("datetime") or "").strip() or find_stamp(_flat(node))
        elif stamp is None and (_has(node, _STAMP) or node.get("itemprop") in ("dateCreated", "datePublished")):
            stamp = (node.get("datetime") or node.get("content") or node.get("title") or "").strip()
            stamp = stamp if stamp and find_stamp(stamp) else find_stamp(_flat(node))
        if content is None and (_has(node, _CONTENT) or node.get("itemprop") == "text") and not _holds_header(node):
            content = node
    author = author or (unit.get("data-author") or "").strip() or None
    lines = _lines(content if content is not None else unit, known, whole=content is not None)
    if author and content is None and len(lines) > 1 and lines[0].text.rstrip(" :") == author:
        lines = lines[1:]
    return [line for line in lines if not (is_markup(line.text) and len(lines) > 1)], author, stamp


def _holds_header(node: Any) -> bool:
    """Whether a node holds a comment's author too, and so is more than its text."""
    inner = (child for child in node.iterdescendants() if isinstance(child.tag, str))
    return any(
        _has(child, _AUTHOR) or child.tag in ("cite", "time") or child.get("itemprop") == "author" for child in inner
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
    inner = next(
        (child for child in node.iterdescendants() if isinstance(child.tag, str) and _has(child, _AUTHOR)), None
    )
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
        if current is not node and (current in known or _has(current, _TOOLS) or current.tag == "time"):
            return
        if (
            not whole
            and current is not node
            and (
                _has(current, _AUTHOR)
                or _has(current, _STAMP)
                or current.tag in ("cite", "footer", "header")
                or _has(current, _CHILDREN)
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
    if "pingback" in _classes(unit) or "trackback" in _classes(unit) or (lines and is_pingback(lines[0].text)):
        lines = []
    return Draft(author, stamp, lines, 0, None, None, None, 1.0, place)


def _from_area(tree: Any, language: Language) -> tuple[Comment, ...]:
    """Comments of an area without markup for each: its text is read as a plain-text thread."""
    for node in tree.iter("div", "section", "aside", "ol", "ul"):
        if not _is_area(node) or _in_area(node):
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
    areas = [node for node in tree.iter("div", "section", "aside", "ol", "ul") if _is_area(node) and not _in_area(node)]
    authors = {comment.author for comment in comments}
    said = "\n".join(comment.text for comment in comments)
    for node in [*areas, *units]:
        if node.getparent() is None or _holds_article(node, units):
            continue
        for line in _lines(node, set(), whole=True):
            bare = line.text.rstrip(" :")
            if line.text not in said and bare not in authors and not is_stamp_line(line.text):
                texts.append(line.text)
        node.drop_tree()
    for node in list(tree.iter("h1", "h2", "h3", "h4")):
        if node.getparent() is not None and (thread_heading(_flat(node)) or is_form_start(_flat(node))):
            texts.append(_flat(node))
            node.drop_tree()
    return list(dict.fromkeys(texts))


def _holds_article(area: Any, units: list[Any]) -> bool:
    """Whether an area holds the article itself, as where a theme calls the whole page "discussion"."""
    del units
    return area.find(".//h1") is not None or area.find(".//article//h2") is not None
