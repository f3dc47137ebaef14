"""The dateline of a text: a full date that stands apart from any sentence, in its head or at an end of its body.

"Publié le 14 mai 2024 à 10h32", "By Jane Doe | May 14, 2024", "PARIS, 3 March 2024 (AFP) -". A date inside a title or a
sentence is none. It knows nothing of what the sentences say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from rag.dates import DateMention, find_dates
from rag.text import fold
from rag.types import Language

Role = Literal["published", "plain", "updated", "place"]

_BREAK: Final = re.compile(r"[|•·—–;/<>»\]]|\s-\s|\.\s|^\s*[-*(\[#]+")
_ARTICLE: Final = r"(?:[\s,:(]|\b(?:le|la|l'|on|the|du|de|au|at|ce|this)\b)*"
_BY: Final = r"(?: (?:par|by) [^|:]{2,60}?)?"
_UPDATE: Final = (
    r"(?:derniere |last )?(?:mis(?:e)?s? a jour|maj|m a j|actualise\w*|modifi\w*|revis\w*|corrig\w*|"
    r"update[ds]?|modified|edited|corrected|derniere modification)"
)
_PUBLISHED: Final = re.compile(
    r"(?:(?:cet |l')?article |version |texte |billet |post |story |first )?(?:initialement |originally )?"
    r"(?:publi\w*|parution|mis(?:e)? en ligne|poste\w*|paru\w*|redige\w*|ecrit\w*|cree\w*|"
    r"date[ds]?(?: de publication| of publication)?|published|posted|written|released|issued|created|filed)"
    + _BY
    + _ARTICLE
)
_UPDATED: Final = re.compile(_UPDATE + _BY + _ARTICLE)
_ENDS_UPDATED: Final = re.compile(_UPDATE + _ARTICLE + "$")
_ENDS_PUBLISHED: Final = re.compile(r"\b(?:publi\w+|paru\w*|mis en ligne|published|posted)" + _ARTICLE + "$")
_BYLINE: Final = re.compile(r"(?:par|by|de notre|from|propos recueillis par|texte de|auteur|author) [^.!?]{2,90}")
_PLACE: Final = re.compile(
    r"(?:[A-ZÀ-Ý'’ .-]{3,40}(?:\s?\([\w'’ .-]{2,30}\))?,?|"
    r"[A-ZÀ-Ý][\w'’.-]+(?:[ -](?:de|du|des|la|le|les|sur|en|of|the|upon|[A-ZÀ-Ý][\w'’.-]*)){0,3}"
    r"(?:\s?\([\w'’ .-]{2,30}\))?,|[A-ZÀ-Ý][\w'’.-]+(?=\s+le\s))\s*(?:le\s+)?$"
)
_AFTER: Final = re.compile(
    r"\s*(?:[).,\]]|\b(?:heure|h\b|gmt|utc|cet|cest|est|edt|bst|am|pm|a\.m|p\.m)\b.{0,20}|"
    rf"[,(]? ?(?:afp|reuters|ap|ats|belga|avec\b.{{2,30}}|et {_UPDATE}|{_UPDATE}).{{0,60}}|"
    r"\b(?:par|by|dans|in|rubrique|temps de lecture|lecture|a|at|\d+ ?min)\b.{0,90}|[T ]?\d{1,2}[:h]\d{2}.{0,20})?\s*"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date that stands as a dateline, with its label in `evidence`."""

    mention: DateMention
    role: Role
    evidence: str  # verbatim


def datelines(lines: list[str], language: Language) -> list[Dateline]:
    """The datelines among `lines`, the surest first.

    "Published" comes before a date without a label, that before "updated", and a date after a place or an outlet's name
    comes last: a title can look like one.
    """
    found = [dateline for line in lines for dateline in _in_line(line, language)]
    order: dict[Role, int] = {"published": 0, "plain": 1, "updated": 2, "place": 3}
    return sorted(found, key=lambda dateline: order[dateline.role])


def opening_dateline(line: str, language: Language) -> Dateline | None:
    """A dateline at the beginning of a sentence's line: "(Paris, le 3 mars 2024) -", "LONDON, March 3, 2024 (AP) —"."""
    for mention in find_dates(line[:160], anchor=None, language=language)[:1]:
        left, right = line[: mention.start], line[mention.end :]
        closed = re.match(r"\s*(?:\([\w/ .-]{2,30}\)\s*)?(?:\)\s*)?[-–—.:]", right) or (
            "(" in left and re.match(r"\s*\)", right)
        )
        if mention.precision == "day" and closed and (_PLACE.fullmatch(left.lstrip(" (-–—*")) or not left.strip(" (-")):
            return Dateline(mention, "plain", line[: mention.end].lstrip(" (-–—*"))
    return None


def _in_line(line: str, language: Language) -> Iterator[Dateline]:
    other: Language = "en" if language == "fr" else "fr"
    mentions = find_dates(line, anchor=None, language=language)
    if not mentions:
        mentions = find_dates(line, anchor=None, language=other)
    previous = 0
    for place, mention in enumerate(mentions):
        end = mentions[place + 1].start if place + 1 < len(mentions) else len(line)
        role = _role(line[previous : mention.start], line[mention.end : end], mention, at_line_start=previous == 0)
        if role is not None:
            start = _segment_start(line, previous, mention.start)
            yield Dateline(mention, role, line[start : mention.end].strip(" \t,:()"))
        previous = mention.end


def _segment_start(line: str, begin: int, end: int) -> int:
    return max((found.end() + begin for found in _BREAK.finditer(line[begin:end])), default=begin)


def _role(left: str, right: str, mention: DateMention, *, at_line_start: bool) -> Role | None:
    """What a date is for, from the words that stand before and after it on its line; None inside a sentence."""
    segment = left[_segment_start(left, 0, len(left)) :]
    label = fold(segment)
    cut = _BREAK.search(right)
    rest = fold(right[: cut.start()] if cut else right)
    if not _AFTER.fullmatch(" " + rest if rest else ""):
        labelled = _PUBLISHED.fullmatch(label) or _UPDATED.fullmatch(label)
        if not labelled or len(rest) > 40 or rest.startswith(","):
            return None
    if _UPDATED.fullmatch(label) or _ENDS_UPDATED.search(label):
        return "updated"
    if _PUBLISHED.fullmatch(label):
        return "published"
    if re.fullmatch(_ARTICLE, label):
        return "plain"
    if mention.said.day is None or not at_line_start:
        return None
    if _BYLINE.match(label) and _ENDS_PUBLISHED.search(label):
        return "published"
    if _BYLINE.fullmatch(label.rstrip(" ,")):
        return "plain"
    return "place" if _PLACE.fullmatch(segment.strip() + " ") else None
