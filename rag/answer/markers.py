"""Citation markers in a model's reply: found as the reply comes, taken out, given to the sentences they stand at.

Knows how models write markers ("[1]", "[1, 2]", "[1-3]", "【1†source】", "[Passage 1]", "(source 2)"), thoughts and
Markdown. Knows nothing of passages: whether a number is one of theirs is for others to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rag.text import Span, sentences
from rag.types import Language

LONGEST: Final = 80  # characters of a marker; a bracket that stays open longer is text
WIDEST: Final = 20  # passages in a range "[1-20]"; a wider one is none

_PAIRS: Final = {"[": "]", "【": "】", "［": "］", "(": ")"}
_OPENER: Final = re.compile(r"[\[【［(]")
_KEYWORD: Final = (
    r"(?:passages?|sources?|articles?|documents?|docs?|refs?|r[ée]f[ée]rences?|citations?|extraits?|commentaires?|"
    r"comments?)"
)
_INSIDE: Final = re.compile(
    rf"\s*[\^#]?\s*(?:{_KEYWORD})?\s*(?:n[°o]s?\.?)?\s*:?\s*#?(?P<list>\d+(?:[\s,;&/\-–—]|et\b|and\b|à\b|to\b|{_KEYWORD}|"
    r"\d|[\^#])*)(?:†[^\]】]*)?\s*",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"(\d+)(?:\s*(?:[-–—]|à\b|to\b)\s*(\d+))?")
_NAMED: Final = re.compile(rf"\s*{_KEYWORD}\b", re.IGNORECASE)
_THOUGHT: Final = re.compile(r"\s*<(think(?:ing)?)>", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[*`]|__")
_LIST_SIGN: Final = re.compile(r"^\s*(?:[-•–—#>]+\s+|\d{1,2}[.)]\s+)+")
_NEXT_WORD: Final = re.compile(r"\s*\S+\s|\s*\S{12}")
_OPEN_QUOTES: Final = (("«", "»"), ("“", "”"), ("(", ")"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation marker."""

    numbers: tuple[int, ...]


def read_marker(bracketed: str) -> Mark | None:
    """The marker that a stretch from bracket to bracket is, or None when it is text ("[sic]", "(2025)")."""
    inside = bracketed[1:-1]
    if bracketed[0] == "(" and not _NAMED.match(inside):
        return None
    match = _INSIDE.fullmatch(inside)
    if match is None:
        return None
    numbers: list[int] = []
    for first, last in _NUMBERS.findall(match["list"]):
        low, high = int(first), int(last or first)
        numbers.extend(range(low, high + 1) if low <= high < low + WIDEST else (low, high))
    return Mark(tuple(dict.fromkeys(numbers)))


class MarkerParser:
    """Splits a reply, given in pieces cut anywhere, into text and marks. Thoughts (`<think>`) are left out."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False

    def feed(self, piece: str) -> list[str | Mark]:
        """What is certain once `piece` is there; the beginning of what may be a marker is held back."""
        self._held += piece
        return self._take(final=False)

    def close(self) -> list[str | Mark]:
        """What was held back."""
        return self._take(final=True)

    def _take(self, *, final: bool) -> list[str | Mark]:
        if not self._begun and not self._skip_thoughts(final):
            return []
        found: list[str | Mark] = []
        while self._held:
            opener = _OPENER.search(self._held)
            if opener is None:
                found.append(self._held)
                self._held = ""
                break
            if opener.start():
                found.append(self._held[: opener.start()])
                self._held = self._held[opener.start() :]
            end = self._held.find(_PAIRS[self._held[0]], 1, LONGEST)
            if end < 0:
                if not final and self._may_become_marker():
                    break
                end = 0
            mark = read_marker(self._held[: end + 1]) if end else None
            found.append(mark if mark is not None else self._held[0])
            self._held = self._held[end + 1 :] if mark is not None else self._held[1:]
        return found

    def _may_become_marker(self) -> bool:
        inside = self._held[1:]
        if len(inside) >= LONGEST or "\n" in inside:
            return False
        return self._held[0] != "(" or len(inside) < 12 or _NAMED.match(inside) is not None

    def _skip_thoughts(self, final: bool) -> bool:
        """Whether the reply proper has begun; thoughts before it are dropped."""
        opened = _THOUGHT.match(self._held)
        if opened is None:
            start = self._held.lstrip().lower()
            self._begun = final or not any(tag.startswith(start) for tag in ("<think>", "<thinking>"))
            return self._begun
        closed = re.search(rf"</{opened[1]}>", self._held, re.IGNORECASE)
        if closed is None:
            self._held = "" if final else self._held
            return False
        self._held = self._held[closed.end() :]
        self._begun = True
        return True


@dataclass(frozen=True, slots=True)
class Draft:
    """One sentence of a reply with the passage numbers it cites; `whole` is False when nothing ends it."""

    text: str
    numbers: tuple[int, ...]
    whole: bool = True


class CitedSentences:
    """Sentences with their markers, out of a reply in pieces. A sentence is given once the next one has begun, since
    its markers may stand behind its full stop, or on the line below."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._parser = MarkerParser()
        self._text = ""
        self._marks: list[tuple[int, Mark]] = []  # offset into _text

    def feed(self, piece: str) -> list[Draft]:
        """The sentences that are complete now."""
        self._add(self._parser.feed(piece))
        return self._drafts(final=False)

    def close(self) -> list[Draft]:
        """The sentences left."""
        self._add(self._parser.close())
        return self._drafts(final=True)

    def _add(self, parts: list[str | Mark]) -> None:
        for part in parts:
            if isinstance(part, Mark):
                self._marks.append((len(self._text), part))
                if self._text.endswith((".", "!", "?", "…")):
                    self._text += " "  # "One.[1]Two." are two sentences
            else:
                self._text += _MARKUP.sub("", part)

    def _drafts(self, *, final: bool) -> list[Draft]:
        spans = sentences(self._text, self._language)
        ready = spans if final else self._certain(spans)
        if not ready:
            return []
        numbers: list[list[int]] = [[] for _ in ready]
        kept: list[tuple[int, Mark]] = []
        for at, mark in self._marks:
            owner = self._owner(at, spans)
            if owner is not None and owner < len(ready):
                numbers[owner].extend(mark.numbers)
            else:
                kept.append((at, mark))
        found = [self._draft(span, cited) for span, cited in zip(ready, numbers, strict=True)]
        end = ready[-1].end
        self._text, self._marks = self._text[end:], [(max(0, at - end), mark) for at, mark in kept]
        return [draft for draft in found if any(character.isalpha() for character in draft.text)]

    def _certain(self, spans: list[Span]) -> list[Span]:
        """The sentences that no further piece can change: another one has begun after them."""
        for count in range(len(spans) - 1, 0, -1):
            begun = _NEXT_WORD.match(self._text, spans[count - 1].end)
            stretch = self._text[: spans[count - 1].end]
            open_quote = any(stretch.count(left) > stretch.count(right) for left, right in _OPEN_QUOTES)
            if begun and not open_quote:
                return spans[:count]
        return []

    def _owner(self, at: int, spans: list[Span]) -> int | None:
        """Which sentence a mark belongs to: the one it stands in or behind; at the head of a line, the one after."""
        before = [number for number, span in enumerate(spans) if span.start < at]
        if not before:
            return 0 if spans else None
        last = before[-1]
        if at <= spans[last].end or last + 1 == len(spans):
            return last
        line = self._text.rfind("\n", 0, at) + 1
        heads_line = line > spans[last].end and not _LIST_SIGN.sub("", self._text[line:at] + " ").strip()
        follows = "\n" not in self._text[at : spans[last + 1].start]
        return last + 1 if heads_line and follows else last

    def _draft(self, span: Span, numbers: list[int]) -> Draft:
        text = _LIST_SIGN.sub("", self._text[span.start : span.end])
        text = re.sub(r"\s+(?=[.,](?:\s|$))|(?<=[(«])\s+(?=\))", "", " ".join(text.split(" ")))
        text = re.sub(r"[ \t\n]{2,}", " ", text).strip()
        whole = re.search(r"[.!?…][»”\"')\s]*$", text) is not None
        return Draft(text, tuple(dict.fromkeys(numbers)), whole)
