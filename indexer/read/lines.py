"""The lines of a text and their shapes: paragraph, heading, list item, quotation, name.

A `Line` is a line that is not blank, with what stood around it. The tests of shape look at form alone (length, end
punctuation, neighbours), never at subject words. It knows nothing of comments, boilerplate or files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from rag.text import fold

TAB: Final = 4
_WIDEST: Final = 120  # columns; no text is wrapped wider


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank."""

    text: str  # stripped
    indent: int = 0  # columns before the text, a tab counting to the next multiple of 4
    blanks: int = 0  # blank lines just before it
    heading: bool | None = None  # True, False: the format says so; None: judge by its shape
    ruled: bool = False  # a horizontal rule stands just before it


_SENTENCE_END: Final = re.compile(r"(?:[.!?…]|\.\.\.)[\s»”\"’')\]*_]*(?:\[?\d{1,2}\]?)?$")
_BULLET: Final = re.compile(r"^(?:[-–—*•▪◦‣·►▶✓✔➤→]\s+|[•▪◦‣►▶✓✔➤]|\d{1,2}[.)]\s+|[a-z]\)\s+)")
_NUMBERED: Final = re.compile(r"^(?:\d{1,2}|[IVX]{1,5})\s?[.)–-]\s+(?=\S)")
_EMOJI: Final = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a-\u23ff\u200d\ufe0f]")
_INNER_SENTENCE: Final = re.compile(
    r"(?<![A-ZÉ])(?<!\b[A-Z])(?<!\bM)(?<!\bMme)(?<!\bDr)(?<!\bvs)[.…]\s+[A-ZÀ-ÖØ-Þ«“\"]"
)
_QUOTED: Final = re.compile(r"^[«“\"„].*[»”\"][\s.!?…,]*(?:[-–—(].{0,80})?$")
_QUESTION_IN_PROSE: Final = re.compile(
    r"^(?:mais|et|or|alors|donc|car|puis|ou|bref|but|and|so|or|then|yet|well)\b", re.IGNORECASE
)
_RULE: Final = re.compile(r"^(?:([-–—*_=~•·⁂#+])\s*)(?:\1\s*){2,}$")
_QUOTED_HEADING: Final = re.compile(
    r"^(?:«\s?[^«»]{3,80}[^«».!…,;:\s]\s?»|“[^“”]{3,80}[^“”.!…,;:\s]”|\"[^\"]{3,80}[^\".!…,;:\s]\")$"
)
LONG: Final = 80  # characters from which a line with an end mark is a paragraph whatever stands around it


def split_lines(text: str) -> list[Line]:
    """The non-blank lines of a normalised text, hard-wrapped paragraphs put back on one line."""
    lines: list[Line] = []
    blanks = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            blanks += 1
            continue
        lead = raw[: len(raw) - len(raw.lstrip())].replace("\xa0", " ").replace("\u202f", " ")
        lines.append(Line(stripped, len(lead.expandtabs(TAB)), blanks))
        blanks = 0
    return _unwrap(lines)


def _unwrap(lines: list[Line]) -> list[Line]:
    """Join the lines of hard-wrapped text.

    Greedy wrapping at a width leaves a mark: the first word of a line would not have fitted on the line before. The
    text counts as wrapped when nine neighbouring lines in ten (of at least six) show it for the widest line's width.
    """
    widths = [line.indent + len(line.text) for line in lines]
    width = max((size for size in widths if size <= _WIDEST), default=0)
    pairs = [(a, b) for a, b in pairwise(lines) if not b.blanks and a.indent == b.indent]
    pairs = [(a, b) for a, b in pairs if not _BULLET.match(b.text)]
    pairs = [(a, b) for a, b in pairs if a.indent + len(a.text) <= width]
    if width < 40 or len(pairs) < 6:
        return lines
    full = [pair for pair in pairs if _overflows(*pair, width)]
    unfinished = sum(not _SENTENCE_END.search(a.text) for a, _ in full)
    if len(full) < 0.6 * len(pairs) or unfinished < 0.6 * len(full):
        return lines
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        follows = last is not None and not line.blanks and line.indent == last.indent
        if follows and last is not None and not _BULLET.match(line.text) and _overflows(last, line, width):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
        last = line
    return joined


def _overflows(line: Line, following: Line, width: int) -> bool:
    first = re.split(r"[\s-]", following.text, maxsplit=1)[0]
    if line.indent + len(line.text) > width:
        return False
    return line.indent + len(line.text) + 1 + len(first) > width - 1


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_SENTENCE_END.search(text))


def is_bullet(text: str) -> bool:
    """Whether a line is an item of a list."""
    return bool(_BULLET.match(text))


def is_rule(text: str) -> bool:
    """Whether a line is a drawn line or a row of stars."""
    return bool(_RULE.match(text))


def is_quotation(text: str) -> bool:
    """Whether a line holds one quotation and at most its attribution."""
    return bool(_QUOTED.match(text))


def has_emoji(text: str) -> bool:
    return bool(_EMOJI.search(text))


def strip_emoji(text: str) -> str:
    return _EMOJI.sub("", text).strip()


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph: it ends as a sentence does, or is too long for anything else."""
    size = len(text)
    return (ends_sentence(text) and size >= LONG and not text.endswith("?")) or size > 200 or _two_sentences(text)


def _two_sentences(text: str) -> bool:
    return len(text) >= 40 and ends_sentence(text) and bool(_INNER_SENTENCE.search(text))


def word_count(text: str) -> int:
    return sum(any(c.isalpha() for c in token) for token in text.split())


def is_name(text: str, *, most_words: int = 5) -> bool:
    """Whether a line could be the name a reader signs with: short, no end mark, no sentence inside."""
    if not 1 <= len(text) <= 48 or len(text.split()) > most_words or is_bullet(text):
        return False
    if re.search(r"[?!:;»«“”\"<>=]|\.\.|[,…]$", text) or not any(c.isalnum() for c in text):
        return False
    if text.endswith(".") and not re.search(r"\b[A-ZÀ-Ý]\.$", text):
        return False
    return re.fullmatch(r"[^,]+(?:, [A-ZÀ-Ý0-9][^,]*)?", text) is not None


def headline_shaped(text: str) -> bool:
    """Whether a line taken alone could be a title or heading: one phrase, no full stop."""
    if len(text) > 160 or len(text.split()) > 25 or text.endswith((".", "…", ";", ",", ":")):
        return False
    start = strip_emoji(text).lstrip("«“\"'’([ ")[:1]
    if not start or start.islower() or is_quotation(text) or _INNER_SENTENCE.search(text):
        return False
    return re.match(r"[-–—•*]\s", text) is None


def is_heading(lines: Sequence[Line], place: int) -> bool:
    """Whether the line at `place` heads what follows: a phrase without full stop before a paragraph or a list."""
    line = lines[place]
    if line.heading is not None:
        return line.heading
    text = line.text
    if _QUOTED_HEADING.match(text):
        return _quoted_heading(lines, place)
    numbered = _NUMBERED.match(text)
    if not headline_shaped(text[numbered.end() :] if numbered else text) or text.endswith("!"):
        return False
    if len(text) > 130:
        return False
    if text.endswith("?") and _QUESTION_IN_PROSE.match(text) and not _stands_apart(lines, place):
        return False
    if place and lines[place - 1].text.endswith((":", ",")):
        return False
    if place + 1 >= len(lines):
        return False
    following = lines[place + 1]
    if following.heading:
        return True
    if numbered and _NUMBERED.match(following.text):
        return False
    if is_bullet(following.text):
        return not is_bullet(text)
    return heads(text, following.text)


def _quoted_heading(lines: Sequence[Line], place: int) -> bool:
    """Whether a short quotation without an end mark heads a paragraph: prose above it, more prose below."""
    if not 0 < place < len(lines) - 1 or len(lines[place].text.split()) > 14:
        return False
    above, below = lines[place - 1], lines[place + 1]
    apart = bool(lines[place].blanks) == bool(below.blanks)
    return apart and is_prose(above.text) and is_prose(below.text) and len(below.text) > 2 * len(lines[place].text)


def _stands_apart(lines: Sequence[Line], place: int) -> bool:
    """Whether a few words stand between blank lines over a full paragraph: "Et maintenant ?"."""
    line = lines[place]
    if len(line.text.split()) > 4 or not line.blanks or place + 1 >= len(lines):
        return False
    return lines[place + 1].blanks > 0 and len(lines[place + 1].text) > 150


def heads(text: str, following: str) -> bool:
    """Whether `following` is a paragraph that a heading `text` may stand over."""
    if not (ends_sentence(following) or following.endswith((":", ";")) or len(following) > 200):
        return is_quotation(following) and len(following) > len(text)
    return len(following) >= max(45, int(1.1 * len(text)))


def same_name(first: str, second: str) -> bool:
    """Whether two printed names are one, whatever their case and accents."""
    return fold(first).strip(" :.") == fold(second).strip(" :.")
