"""What a page says of itself in its head: JSON-LD, meta tags, <time>.

It knows nothing of the page's text. A date is kept as printed in the markup, never taken from the words of the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from indexer.read.imprint import read_imprint
from indexer.read.lines import split_lines
from indexer.read.names import is_outlet, is_proper
from indexer.read.nesting import Draft, settle_known
from rag.text import normalise
from rag.types import Comment, Language

_ARTICLES: Final = re.compile(r"(?:Article|BlogPosting|Report|Review|WebPage|LiveBlogPosting|Posting)$")
_DATE_TAGS: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "publication_date",
    "publish-date",
    "publish_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_date",
    "citation_publication_date",
    "date.published",
    "originalpublicationdate",
)
_LANGUAGES: Final[dict[str, Language]] = {"fr": "fr", "en": "en"}


@dataclass(frozen=True, slots=True)
class Meta:
    """The metadata of one page; None where the page does not say."""

    title: str | None = None
    date: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: Language | None = None
    comments: tuple[Comment, ...] = ()


def read_meta(tree: Any) -> Meta:
    """Metadata by JSON-LD first, then meta tags, then the markup of the page."""
    tags = _tags(tree)
    linked = _article_object(tree)
    language = _language(linked, tags, tree)
    outlet = _names(linked.get("publisher")) or _first(tags, ("og:site_name", "application-name", "dc.publisher"))
    outlet = outlet or _titled_outlet(tree)
    author = _names(linked.get("author"))
    return Meta(
        title=_clean(linked.get("headline")) or _title(tags, tree),
        date=_clean(linked.get("datePublished")) or _first(tags, _DATE_TAGS) or _time(tree),
        author=author if author and author != outlet else _author(tags, tree) or author,
        outlet=outlet,
        url=_url(linked, tags, tree),
        language=language,
        comments=_comments(linked, language or "fr"),
    )


def _clean(value: Any) -> str | None:
    return " ".join(normalise(value).split()) or None if isinstance(value, str) else None


def _tags(tree: Any) -> dict[str, str]:
    """The first content of each meta tag, by lower-cased name."""
    tags: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = _clean(node.get("content"))
        if name and content:
            tags.setdefault(name.strip().lower(), content)
    return tags


def _first(tags: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower():
            continue
        try:
            loaded = json.loads(node.text or "", strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
        queue = [loaded]
        while queue:
            item = queue.pop(0)
            if isinstance(item, list):
                queue.extend(item)
            elif isinstance(item, dict):
                yield item
                queue.extend(value for key in ("@graph", "mainEntity") if (value := item.get(key)) is not None)


def _article_object(tree: Any) -> dict[str, Any]:
    """The JSON-LD object of the article; a NewsArticle before a WebPage."""
    found = [item for item in _objects(tree) if any(_ARTICLES.search(kind) for kind in _kinds(item))]
    found.sort(key=lambda item: "WebPage" in _kinds(item))
    return found[0] if found else {}


def _kinds(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)]


def _names(value: Any) -> str | None:
    values = value if isinstance(value, list) else [value]
    names = [_clean(item.get("name") if isinstance(item, dict) else item) for item in values]
    kept = [name for name in names if name and not name.startswith("http")]
    return ", ".join(dict.fromkeys(kept)) or None


def _title(tags: dict[str, str], tree: Any) -> str | None:
    heads = [text for node in tree.iter("h1") if (text := _clean(node.text_content()))]
    shared = _first(tags, ("og:title", "twitter:title", "dc.title"))
    if len(heads) == 1 and (shared is None or heads[0] in shared or len(heads[0]) > 20):
        return heads[0]
    if shared:
        inside = [head for head in heads if head in shared]
        return max(inside, key=len) if inside else _without_outlet(shared, _first(tags, ("og:site_name",)))
    return None


def _titled_outlet(tree: Any) -> str | None:
    """The name after the title in the page's <title>: "Un titre | Le Courrier du Cap"."""
    found = re.match(
        r"^(?P<title>.{12,}?)\s+[|–—·-]\s+(?P<name>[^|–—·]{2,40})$", _clean(tree.findtext(".//title")) or ""
    )
    if found is None or not (is_outlet(found["name"]) or is_proper(found["name"])):
        return None
    heads = [text for node in tree.iter("h1") if (text := _clean(node.text_content()))]
    return found["name"] if is_outlet(found["name"]) or found["title"] in heads else None


def _without_outlet(title: str, outlet: str | None) -> str:
    if outlet and (found := re.match(rf"^(.{{12,}}?)\s+[|–—·:-]\s+{re.escape(outlet)}\W*$", title, re.IGNORECASE)):
        return found[1]
    return title


def _time(tree: Any) -> str | None:
    """The datetime of a <time> that is marked as publication, or of the only one outside the comments."""
    times = [node for node in tree.iter("time") if node.get("datetime") and not _in_comment(node)]
    marked = [n for n in times if n.get("pubdate") is not None or n.get("itemprop") == "datePublished"]
    marked = marked or [n for n in times if re.search(r"publish|entry-date|posted", n.get("class") or "")]
    chosen = marked or times[:1]
    if chosen:
        return _clean(chosen[0].get("datetime"))
    for node in tree.xpath("//*[@itemprop='datePublished']"):
        if value := _clean(node.get("content") or node.text_content()):
            return value
    return None


def _in_comment(node: Any) -> bool:
    return any(
        re.search(r"comment|reply|disqus|respon", f"{above.get('class') or ''} {above.get('id') or ''}", re.IGNORECASE)
        for above in node.iterancestors()
        if above.tag not in ("html", "body")
    )


def _author(tags: dict[str, str], tree: Any) -> str | None:
    named = _first(tags, ("author", "article:author", "dc.creator", "parsely-author", "byl", "citation_author"))
    if named and not named.startswith("http"):
        return re.sub(r"^(?:par|by)\s+", "", named, flags=re.IGNORECASE)
    paths = (
        "//*[@rel='author']",
        "//*[@itemprop='author']//*[@itemprop='name']",
        "//*[@itemprop='author']",
        "//*[contains(concat(' ',normalize-space(@class),' '),' author ') or contains(@class,'byline')]",
    )
    for path in paths:
        for node in tree.xpath(path):
            text = _clean(node.text_content())
            if text and not _in_comment(node) and (said := read_imprint(text)) is not None:
                if said.author:
                    return said.author
            elif text and len(text) <= 80 and not _in_comment(node):
                return re.sub(r"^(?:par|by)\s+", "", text, flags=re.IGNORECASE).split(",")[0].strip() or None
    return None


def _url(linked: dict[str, Any], tags: dict[str, str], tree: Any) -> str | None:
    for node in tree.iter("link"):
        if (node.get("rel") or "").lower() == "canonical" and (href := _clean(node.get("href"))):
            return href
    main = linked.get("mainEntityOfPage")
    address = main.get("@id") if isinstance(main, dict) else main
    for value in (tags.get("og:url"), linked.get("url"), address):
        if isinstance(value, str) and value.startswith("http"):
            return _clean(value)
    return None


def _language(linked: dict[str, Any], tags: dict[str, str], tree: Any) -> Language | None:
    root = tree.getroottree().getroot()
    for value in (linked.get("inLanguage"), root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")):
        if isinstance(value, str) and (found := _LANGUAGES.get(value.lower()[:2])):
            return found
    value = _first(tags, ("og:locale", "language", "dc.language", "content-language"))
    return _LANGUAGES.get(value.lower()[:2]) if value else None


def _comments(linked: dict[str, Any], language: Language) -> tuple[Comment, ...]:
    """The comments that the JSON-LD object itself carries."""
    found = linked.get("comment")
    drafts: list[Draft] = []
    parents: list[int | None] = []

    def take(items: Any, parent: int | None, depth: int) -> None:
        for item in items if isinstance(items, list) else [items]:
            if not isinstance(item, dict) or depth > 30:
                continue
            text = item.get("text") or item.get("description")
            lines = split_lines(normalise(text)) if isinstance(text, str) else []
            stamp = _clean(item.get("dateCreated") or item.get("datePublished"))
            drafts.append(Draft(_names(item.get("author")), stamp, lines, 0, None, None, None, 1.0, len(drafts)))
            parents.append(parent)
            take(item.get("comment") or [], len(drafts) - 1, depth + 1)

    take(found or [], None, 0)
    return settle_known(drafts, parents, language)
