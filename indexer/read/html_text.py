"""The visible text of an HTML tree, block by block.

It knows nothing of what the blocks are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from rag.text import normalise

BLOCKS: Final = frozenset(
    """address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section summary table tbody td th thead tr ul button label option title""".split()
)
_UNSEEN: Final = ("script", "style", "noscript", "template", "svg", "iframe", "head", "object", "math", "select")


def clean(text: str | None) -> str:
    """Text of a node in stored form on one line."""
    return " ".join(normalise(text or "").split())


def _follows_link(node: Any) -> bool:
    """Whether a link stands right after another, as the items of a menu do."""
    before = node.getprevious()
    return before is not None and before.tag == "a" and not before.tail


def blocks(root: Any) -> Iterator[tuple[str, Any]]:
    """Each stretch of text without a block boundary inside, and the block element that holds it."""
    pieces: list[str] = []

    def flush(holder: Any) -> Iterator[tuple[str, Any]]:
        text = clean("".join(pieces))
        pieces.clear()
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
        pieces.append(node.text or "")
        for child in node:
            if child.tag == "a" and pieces and not pieces[-1] and _follows_link(child):
                pieces.append(" ")
            yield from walk(child, inner)
            pieces.append(child.tail or "")
        if block:
            yield from flush(inner)

    yield from walk(root, root)
    yield from flush(root)
