"""Why a block of a page is no text of the article, by its tags and class names and by its words.

It knows nothing of the article's own text.
"""

from __future__ import annotations

from typing import Any, Final

from indexer.read.boilerplate import label_reason
from indexer.read.html_roles import classes, parts

_LEVELS: Final = 4  # elements around a block whose class names tell what it is
_LARGEST: Final = 3000  # characters; a larger element is the page or a column of it
_TAGS: Final = (
    ("figcaption", "photo credit"),
    ("nav", "navigation"),
    ("form", "form"),
    ("footer", "page footer"),
)
_STEMS: Final = (
    ("cookie notice", frozenset("cookie cookies consent consentement rgpd gdpr traceurs didomi tarteaucitron".split())),
    ("page footer", frozenset("footer pied bottom colophon".split())),
    ("navigation", frozenset("nav menu navigation breadcrumb breadcrumbs ariane fil rubriques skip burger".split())),
    ("share bar", frozenset("share sharing partage partager social reseaux".split())),
    ("advertisement", frozenset("pub pubs ad ads advert publicite sponsor sponsored sponsorise".split())),
    ("newsletter", frozenset("newsletter abonnement abonner subscribe subscription lettre promo".split())),
    ("related link", frozenset("related similaires sujet aussi lire suggestions recommended recommande plus".split())),
    ("byline", frozenset("byline signature auteur author auteurs authors".split())),
    ("publication date", frozenset("date dates datetime published publication time".split())),
)
# What the words of a line say although it stands in a menu or a footer.
_OWN: Final = frozenset(("copyright", "cookie notice", "contact line", "newsletter", "subscription pitch"))


def furniture_reason(text: str, node: Any) -> str:
    """The reason for a block: its place in a menu or footer, else its words, else its class names."""
    said = label_reason(text)
    around = [above for above in (node, *node.iterancestors()) if isinstance(above.tag, str)]
    tags = {above.tag for above in around}
    placed = next((reason for tag, reason in _TAGS if tag in tags), None)
    if placed is not None and said not in _OWN:
        return placed
    return said or _by_class(around[:_LEVELS]) or "page furniture"


def _by_class(around: list[Any]) -> str | None:
    for element in around:
        if element.tag in ("body", "html", "main", "article") or len(element.text_content() or "") > _LARGEST:
            return None
        words = {word for name in (*classes(element), element.get("id") or "") for word in parts(name)}
        for reason, stems in _STEMS:
            if words & stems:
                return reason
    return None
