"""How the comments of a thread nest: depth and parent from indentation, numbers, marks or names.

Takes drafts in printed order and gives `Comment`s. It knows nothing of how headers are recognised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.read.lines import Line, same_name
from indexer.read.stamps import read_stamp
from rag.text import fold
from rag.types import Comment, DateMethod, Language

_REMOVED: Final = re.compile(
    r"^[\W_]*(?:ce (?:commentaire|message) a ete (?:supprime|retire|modere|efface).{0,80}|(?:this|the) (?:comment|"
    r"message) "
    r"(?:was|has been) (?:deleted|removed|moderated).{0,80}|\[?(?:commentaire |message )?(?:supprime|deleted|"
    r"removed)\]?|"
    r"(?:comment|message) (?:deleted|removed)(?: by .{0,40})?)[\W_]*$"
)


@dataclass(slots=True)
class Draft:
    """A comment as printed, before its place in the thread is known."""

    author: str | None
    stamp: str | None
    lines: list[Line]
    indent: int
    number: int | None
    reply_to: str | None
    level: int | None
    confidence: float
    place: int  # line of its header


def settle(drafts: Sequence[Draft], language: Language) -> tuple[tuple[Comment, ...], tuple[Draft, ...]]:
    """Comments in printed order, and the drafts without text, whose answers move up to their parent."""
    return _settle(drafts, _parents(drafts), language, "header")


def settle_known(drafts: Sequence[Draft], parents: Sequence[int | None], language: Language) -> tuple[Comment, ...]:
    """Comments whose parents (places in `drafts`) the format gives, ordered so that a parent precedes its answers.

    A ring of parents is opened at its first comment.
    """
    order = _parents_first(parents)
    moved = {old: new for new, old in enumerate(order)}
    opened = [moved[parent] if (parent := parents[old]) is not None else None for old in order]
    forward = [parent if parent is not None and parent < place else None for place, parent in enumerate(opened)]
    return _settle([drafts[old] for old in order], forward, language, "metadata")[0]


def _parents_first(parents: Sequence[int | None]) -> list[int]:
    """The places as given, save that a comment named as parent is put before the first that names it."""
    order: list[int] = []
    placed: set[int] = set()
    for place in range(len(parents)):
        chain: list[int] = []
        current: int | None = place
        while current is not None and current not in placed and current not in chain:
            chain.append(current)
            current = parents[current]
        placed.update(chain)
        order.extend(reversed(chain))
    return order


def _settle(
    drafts: Sequence[Draft], parents: Sequence[int | None], language: Language, method: DateMethod
) -> tuple[tuple[Comment, ...], tuple[Draft, ...]]:
    texts = [text_of(draft.lines) for draft in drafts]
    kept = [i for i, text in enumerate(texts) if text and not _REMOVED.match(fold(text))]
    position = {draft: place for place, draft in enumerate(kept)}
    comments: list[Comment] = []
    for i in kept:
        parent = parents[i]
        while parent is not None and parent not in position:
            parent = parents[parent]
        place = position[parent] if parent is not None else None
        depth = comments[place].depth + 1 if place is not None else 0
        draft = drafts[i]
        stamp = read_stamp(draft.stamp, language, method)
        comments.append(Comment(texts[i], draft.author, depth, place, stamp, draft.confidence, len(comments)))
    return tuple(comments), tuple(drafts[i] for i in range(len(drafts)) if i not in position)


def text_of(lines: Sequence[Line]) -> str:
    """The text of some lines: one line end inside a paragraph, a blank line between paragraphs."""
    pieces: list[str] = []
    for i, line in enumerate(lines):
        if i:
            pieces.append("\n\n" if line.blanks else "\n")
        pieces.append(line.text)
    return "".join(pieces)


def _parents(drafts: Sequence[Draft]) -> list[int | None]:
    """The parent of each draft, by the surest sign the thread shows."""
    if any(draft.level for draft in drafts):
        return _by_depth([draft.level or 0 for draft in drafts])
    if len({draft.indent for draft in drafts}) > 1 and (depths := _indent_depths(drafts)) and any(depths):
        return _by_depth(depths)
    if (numbered := _number_depths(drafts)) and any(numbered):
        return _by_depth(numbered)
    return _by_name(drafts)


def _by_depth(depths: Sequence[int]) -> list[int | None]:
    parents: list[int | None] = []
    open_at: dict[int, int] = {}
    for i, depth in enumerate(depths):
        above = [level for level in open_at if level < depth]
        parents.append(open_at[max(above)] if above else None)
        open_at = {level: place for level, place in open_at.items() if level < depth}
        open_at[depth] = i
    return parents


def _indent_depths(drafts: Sequence[Draft]) -> list[int]:
    """Depth by indentation; one column more is still the same level (" 9." above "10."), unless numbering restarts."""
    depths: list[int] = []
    levels: list[tuple[int, int | None]] = []
    for draft in drafts:
        while levels and not _inside(draft, levels[-1]):
            levels.pop()
        levels.append((draft.indent, draft.number))
        depths.append(len(levels) - 1)
    return depths


def _inside(draft: Draft, level: tuple[int, int | None]) -> bool:
    indent, number = level
    if draft.indent > indent + 1:
        return True
    return draft.indent == indent + 1 and draft.number == 1 and number is not None


def _number_depths(drafts: Sequence[Draft]) -> list[int] | None:
    """Depth by numbers that start again at 1 under the comment they answer; None when the numbers make no tree.

    Where a number goes on two levels at once, the outer one is taken: threads are longer than their branches.
    """
    counters: list[int] = []
    depths: list[int] = []
    for draft in drafts:
        number = draft.number
        if number is None:
            return None
        if number == 1:
            counters.append(1)
        else:
            level = next((level for level, counter in enumerate(counters) if counter == number - 1), None)
            if level is None:
                return None
            counters = [*counters[:level], number]
        depths.append(len(counters) - 1)
    return depths


def _by_name(drafts: Sequence[Draft]) -> list[int | None]:
    """The latest earlier comment of the reader that a comment says it answers."""
    parents: list[int | None] = []
    for i, draft in enumerate(drafts):
        target = draft.reply_to or _mentioned(draft, drafts[:i])
        found = None
        if target is not None:
            earlier = (j for j in range(i - 1, -1, -1) if (name := drafts[j].author) and same_name(name, target))
            found = next(earlier, None)
        parents.append(found)
    return parents


def _mentioned(draft: Draft, earlier: Sequence[Draft]) -> str | None:
    """The reader a comment addresses with its first word: "@Paul ..."."""
    first = draft.lines[0].text if draft.lines else ""
    if not first.startswith("@"):
        return None
    names = sorted({other.author for other in earlier if other.author}, key=len, reverse=True)
    return next((name for name in names if fold(first[1:].lstrip()).startswith(fold(name))), None)
