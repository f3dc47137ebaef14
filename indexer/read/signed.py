"""Names that stand alone: the author's and the paper's under a title or a date, a signature under the last paragraph.

A name alone could be a heading, so it counts only where the lines around it are no text, and where the text does not
speak of who bears it. It knows nothing of titles and of lines that say more than one thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.read.boilerplate import is_author_line, label_reason, pitch_strength
from indexer.read.found import REACH, Head
from indexer.read.imprint import outlet_name, role_outlet, signature
from indexer.read.lines import Line, ends_sentence, is_prose
from indexer.read.names import could_be_outlet, is_outlet, is_person, is_proper, is_section
from rag.text import fold, words

_FOOT: Final = 6  # lines at the end of a text among which its signature stands
_EDGES: Final = " *_()[]–—-·|•\u00a0"
_BY: Final = re.compile(r"^(?:par|by|texte\s*:|author\s*:|auteur\s*:)\s+", re.IGNORECASE)
_INITIALS: Final = re.compile(r"[A-ZÀ-Ý]\.(?:[\s-]?[A-ZÀ-Ý]\.?){1,3}")
_RIGHTS: Final = re.compile(
    r"^\W*(?:©|\(c\)|copyright)\W*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)?[\s,.:–-]*"
    r"(?P<name>[^.|/–—©]{2,50}?)\s*(?:(?:19|20)\d\d)?\s*(?:[.|/–—]|$)",
    re.IGNORECASE,
)
_LIVES: Final = re.compile(
    r"(?:^|[.!?]\s)(?P<name>[A-ZÀ-Ý][^.!?:]{2,40}?)\s+(?:ne\s+)?(?:vit|touche|dépend|est\s+(?:un|une|financé)|is\s+(?:an?\s|reader|"
    r"funded|supported)|lives\s+on|depends\s+on|relies\s+on)\b"
)


def mentioned(name: str, lines: Sequence[Line]) -> bool:
    """Whether the paragraphs speak of who bears this name, by its last word."""
    tokens = [fold(word.text) for word in words(name)]
    last = next((token for token in reversed(tokens) if len(token) > 2), None)
    if last is None:
        return True
    word = re.compile(rf"(?<!\w){re.escape(last)}(?!\w)")
    spoken = (line.text for line in lines if word.search(fold(line.text)))
    return any(
        (is_prose(text) or ends_sentence(text)) and not is_author_line(text) and not pitch_strength(text)
        for text in spoken
    )


def names_beside(head: Head, lines: Sequence[Line], title: int | None) -> None:
    """Take the names that stand alone in the head. `title` is the place of the title among the lines, if it is one."""
    near = range(min(REACH, len(lines)))
    taken = -1
    while taken != len(head.used):
        taken = len(head.used)
        for place in near:
            if place not in head.used and place not in head.rest and lines[place].heading is not True:
                opens = all(other in head.used or other == title for other in range(place))
                if (opens and place + 1 < len(lines)) or {place - 1, place + 1} & head.imprint:
                    _take(head, lines, place)


def _take(head: Head, lines: Sequence[Line], place: int) -> None:
    raw = lines[place].text
    text = raw.strip(_EDGES)
    others = [line.text for other, line in enumerate(lines) if other != place and other not in head.used]
    if _same(text, head.author):
        head.sign(place, raw, "byline")
    elif _same(text, head.outlet):
        head.sign(place, raw, "outlet")
    elif name := outlet_name(text):
        head.sign(place, raw, "outlet", outlet=name)
    elif signed := signature(text):
        head.sign(place, raw, "byline", author=signed[0], outlet=signed[1])
    elif is_person(text) and not mentioned(text, lines) and not any(is_person(other) for other in others):
        head.sign(place, raw, "byline", author=text)
    elif {place - 1, place + 1} & head.imprint:
        if could_be_outlet(text) and not mentioned(text, lines):
            head.sign(place, raw, "outlet", outlet=text)
        elif is_section(text) and not any(is_section(other) for other in others):
            head.leave(place, raw, "section label")


def _same(text: str, known: str | None) -> bool:
    return known is not None and fold(_BY.sub("", text)).strip(" .,") == fold(known).strip(" .,")


def signed_foot(head: Head, lines: Sequence[Line]) -> None:
    """Take a signature under the last paragraph: "Jeanne Martin", "Inès Rey, Éco Vexois", "(La Gazette du Cap)"."""
    for place in reversed(range(max(2, len(lines) - _FOOT), len(lines))):
        raw = lines[place].text
        if place in head.used or label_reason(raw) or (pitch_strength(raw) and not is_author_line(raw)):
            continue
        text, above = raw.strip(_EDGES), lines[place - 1].text
        if (
            lines[place].heading is True
            or not (ends_sentence(above) or is_prose(above))
            or (ends_sentence(text) and not _INITIALS.fullmatch(text))
        ):
            return
        if signed := signature(text):
            head.sign(place, raw, "byline", author=signed[0], outlet=signed[1])
        elif is_person(text) and not mentioned(text, lines):
            head.sign(place, raw, "byline", author=text)
        elif is_outlet(text):
            head.sign(place, raw, "outlet", outlet=text)
        elif _INITIALS.fullmatch(text):
            head.sign(place, raw, "byline", author=text)
        return


def boxed_author(text: str) -> tuple[str | None, str | None]:
    """Author and outlet of a line that presents the author: "Jeanne Martin, journaliste à Cap Sports, suit ..."."""
    name = re.split(r",|\s+(?:est|is|couvre|suit|covers)\s|\s*:", text.strip(_EDGES), maxsplit=1)[0].strip()
    if not is_person(name):
        return None, None
    pieces = text.split(",")
    return name, next((outlet for piece in pieces if (outlet := role_outlet(piece))), None)


def outlet_of_furniture(left: Sequence[tuple[str, str]]) -> str | None:
    """The paper that `left`, (text, reason) of each stretch, names: "© 2024 La Gazette", "La Gazette vit de dons"."""
    credited = None
    for text, reason in left:
        for line in text.split("\n"):
            rights = _RIGHTS.match(line)
            if rights and (name := rights["name"].strip(" ,")):
                sure = (
                    bool(re.search(r"\b(?:19|20)\d\d\b|droits|rights", line))
                    and is_proper(name)
                    and not is_person(name)
                )
                if sure and reason != "photo credit":
                    return name
                credited = credited or (name if is_outlet(name) else None)
            if reason == "colophon" and (presented := outlet_name(line.strip(_EDGES).rstrip("."))):
                return presented
            if reason in ("subscription pitch", "newsletter", "colophon") and (lives := _LIVES.search(line)):
                name = lives["name"].strip()
                if is_outlet(name) or could_be_outlet(name) or (is_proper(name) and not is_person(name)):
                    return name
    return credited
