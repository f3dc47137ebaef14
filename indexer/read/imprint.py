"""A line of a head that says several things at once, cut into its parts: who publishes, when, who wrote, which section.

"Le Messager · Faits divers · 3 mars 2024 à 8 h · par Jeanne Martin · 2 min". Every part must be understood or be short
enough for a label, else the line is none of these. It knows nothing of the lines around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.read.boilerplate import label_reason
from indexer.read.bylines import MONTH_ONLY, STAMPED, byline
from indexer.read.lines import word_count
from indexer.read.names import could_be_outlet, is_outlet, is_person, is_proper, is_section
from indexer.read.stamps import DATE, STAMP, TIME
from rag.text import fold

_LONGEST: Final = 200  # characters of such a line
_LABEL_WORDS: Final = 5  # words of a part that nothing explains
_CUT: Final = re.compile(
    r"\s+[|·•–—/-]\s+|\s*[|·•]\s*|\s+//?\s+|(?<=\S)\s{3,}(?=\S)|"
    r"(?<=[a-zà-ÿ\d])\.\s+(?=(?:Published|Updated|Posted|Publié|Mis|Par|By|Le|Texte)\s)"
)
_DATED: Final = re.compile(
    r"(?:(?:cet\s+|this\s+)?(?:article|texte|billet|post|story|tribune|page|version)\s+)?"
    rf"(?:\b(?:{STAMPED}|le\s+|on\s+|du\s+)|(?<!\w))(?:{DATE}{TIME}?|{MONTH_ONLY}\b|\b{STAMP})"
    rf"(?:\s*[,(|–-]?\s*(?:et\s+|and\s+)?{STAMPED}{STAMP}\)?)*",
    re.IGNORECASE,
)
_TIME: Final = re.compile(rf"{TIME}|(?:(?:at|à)\s)?\d{{1,2}}[.:h]\d\d\s?(?:[ap]\.?m\.?)?", re.IGNORECASE)
_READING: Final = re.compile(r"(?:temps de |duree de )?lecture\W*\d+ ?(?:min\w*|mn)\W*|\d+ ?(?:min(?:utes?)?|mn)\.?")
_ISSUE: Final = re.compile(
    r"(?:page|p\.|n°|no\.?|numero|issue|vol\.?|volume|edition) ?(?:\d+|du soir|du matin|locale|nationale)\W*"
)
_TAGLINE: Final = re.compile(
    r"^(?P<name>[^,]{2,50}), (?:(?:le|la|l[’']|les|un|une|votre|the|a|your) ?)?(?:(?:premier|première|nouveau|seul|"
    r"vrai|petit|grand|only|first|independent|local) )?(?:journal|magazine|quotidien|hebdomadaire|hebdo|m[ée]dia|revue|"
    r"site|newspaper|weekly|daily|mensuel|trimestriel|webzine|radio|cha[iî]ne|review|bimensuel|bulletin|lettre)\b"
    r"(?: (?:de|du|des|d[’']|qui|en|pour|sans|sur|et|libre|indépendant|local|régional|gratuit|satirique|culturel|"
    r"citoyen|of|for|about|that|from|in)[^,.]{0,60})?$",
    re.IGNORECASE,
)
_AGENCIES: Final = re.compile(
    r"^(?P<outlet>.{2,50}?),?\s+"
    r"(?P<agency>(?:avec|with)\s+(?:(?:les|l[’']|the)\s?)?(?:agences?|agencies|AFP|AP|Reuters)\b.{0,30})$"
)
_NEWSROOM: Final = re.compile(
    r"^(?:la |the )?(?:redaction|newsroom|staff|editorial board)(?: (?:de|du|des|d'|of) .{2,50})?$"
)
_ROLE: Final = re.compile(
    r"\b(?:journaliste|redact(?:eur|rice)|correspondante?|envoyee?s?|reporter|chroniqueu(?:r|se)|journalist|correspondent|"
    r"editor|columnist|writer|editorialiste|directeur|directrice|photographe|pigiste|grand reporter|service)\b"
)
_ROLE_OUTLET: Final = re.compile(
    r"\b(?P<link>du|au|de|à|of|at|for|pour)\s+(?P<name>(?:(?:La|Le|Les|L[’']|The)\s?)?[A-ZÀ-Ý].*)$"
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What such a line says; None where it does not."""

    dates: tuple[str, ...] = ()  # verbatim, labels such as "Publié le" included
    author: str | None = None
    outlet: str | None = None
    name: str | None = None  # a name that may be the outlet's, or a place, or a section

    @property
    def reason(self) -> str:
        """Why the line is no text of the article."""
        if self.dates:
            return "publication date"
        return "byline" if self.author else "outlet"


_Part = tuple[str, str]  # kind, value
_FIRM: Final = frozenset(("date", "author", "reading", "issue"))


def read_imprint(text: str) -> Imprint | None:
    """The parts of a line, or None when it is no line of parts."""
    stripped = text.strip(" *_[]()\u00a0")
    if not 4 <= len(stripped) <= _LONGEST or stripped.endswith(("?", "!", ":")):
        return None
    parts: list[_Part] = []
    for piece in _CUT.split(stripped):
        found = _classify(piece.strip(" ,")) if piece.strip(" ,") else []
        if found is None:
            return None
        parts.extend(found)
    return _settle(parts) if _believable(parts) else None


def _believable(parts: list[_Part]) -> bool:
    kinds = [kind for kind, _ in parts]
    loose = sum(kind in ("label", "name") for kind in kinds)
    if len(parts) < 2:
        return False
    if _FIRM & set(kinds):
        return loose <= 2
    if "outlet" in kinds:
        return loose <= 1
    return loose == 1 and "section" in kinds and "name" in kinds


def _settle(parts: list[_Part]) -> Imprint:
    def first(*kinds: str) -> str | None:
        return next((value for wanted in kinds for kind, value in parts if kind == wanted), None)

    outlet = first("outlet")
    sure = {kind for kind, _ in parts} <= {"name", "section"}
    return Imprint(
        dates=tuple(value for kind, value in parts if kind == "date"),
        author=first("author", "person"),
        outlet=outlet or (first("name") if sure else None),
        name=None if outlet else _first_name(parts),
    )


def _first_name(parts: list[_Part]) -> str | None:
    """A name that nothing explains, where only the author stands before it."""
    for kind, value in parts:
        if kind not in ("author", "person"):
            return value if kind in ("name", "label") and is_proper(value) else None
    return None


def _classify(piece: str) -> list[_Part] | None:
    """What one part says; None when it is too long or too much of a sentence to be a part."""
    folded = fold(piece)
    dated = _DATED.search(piece)
    if dated and any(c.isdigit() for c in dated.group()):
        return _around(piece, dated)
    if _TIME.fullmatch(piece):
        return [("time", piece)]
    if _ISSUE.fullmatch(folded):
        return [("issue", piece)]
    if _READING.fullmatch(folded) or label_reason(piece) == "reading time":
        return [("reading", piece)]
    return _named(piece, folded)


def _around(piece: str, dated: re.Match[str]) -> list[_Part] | None:
    """A part that holds a date: what stands before it and after it must be names."""
    before, after = piece[: dated.start()].strip(), piece[dated.end() :].strip(" ,;)")
    parts: list[_Part] = []
    if before:
        found = _before(before.strip(" ,:;("), led=bool(re.match(r"le\s", dated.group(), re.IGNORECASE)))
        if found is None:
            return None
        parts.extend(found)
    parts.append(("date", dated.group()))
    if after and not _TIME.fullmatch(after):
        found = _classify(after)
        if found is None or not (after[:1].isupper() or found[0][0] in ("author", "reading", "time")):
            return None
        parts.extend(found)
    return parts


def _before(left: str, *, led: bool) -> list[_Part] | None:
    """The names before a date; `led`: "le" stands before the date, so that a name alone is a place's."""
    if led and is_proper(left) and not is_person(left):
        return [("place", left)]
    whole = _named(left, fold(left))
    whole = None if whole == [("label", left)] and ", " in left else whole
    pieces = [whole] if whole else [_named(name, fold(name)) for name in left.split(", ")]
    if not all(found and all(kind != "label" or is_proper(value) for kind, value in found) for found in pieces):
        return None
    return [part for found in pieces for part in found or ()]


def _named(piece: str, folded: str) -> list[_Part] | None:
    for parts in _names(piece, folded):
        return parts
    short = word_count(piece) <= _LABEL_WORDS and len(piece) <= 45 and piece[:1].isupper()
    return [("label", piece)] if short and not re.search(r"[.?!:;«»“”]", piece) else None


def _names(piece: str, folded: str) -> Iterator[list[_Part]]:
    """The ways in which a part names someone, the surest first."""
    if is_section(piece):
        yield [("section", piece)]
    if _NEWSROOM.match(folded):
        yield [("author", piece)]
    if (mixed := _AGENCIES.match(piece)) and (is_outlet(mixed["outlet"]) or could_be_outlet(mixed["outlet"])):
        yield [("outlet", mixed["outlet"]), ("author", mixed["agency"])]
    if (name := byline(piece)) is not None:
        who, outlet = who_of(name)
        outlet = outlet or role_outlet(piece)
        yield [("author", who), *([("outlet", outlet)] if outlet else [])]
    if outlet := outlet_name(piece):
        yield [("outlet", outlet)]
    if is_person(piece):
        yield [("person", piece)]
    if signed := signature(piece):
        yield [("author", signed[0]), *([("outlet", signed[1])] if signed[1] else [])]
    if could_be_outlet(piece):
        yield [("name", piece)]


def outlet_name(text: str) -> str | None:
    """The paper that a phrase surely names, without its tagline; None when it names none."""
    if is_outlet(text):
        return text
    tagged = _TAGLINE.match(text)
    return tagged["name"] if tagged and is_proper(tagged["name"]) else None


def who_of(name: str) -> tuple[str, str | None]:
    """The persons that a byline's words begin with, and the paper named after them."""
    words = name.split(", ")
    persons = 0
    while persons < len(words) and is_person(words[persons]) and not _ROLE.search(fold(words[persons])):
        persons += 1
    if not persons:
        return name, None
    return ", ".join(words[:persons]), next(
        (word for word in words[persons:] if is_outlet(word) and not _ROLE.search(fold(word))), None
    )


def signature(text: str) -> tuple[str, str | None] | None:
    """Author and outlet of "Inès Martin, Éco Vexois" or "Léo Rey, journaliste au Matin"; None when it is none."""
    name, comma, rest = text.strip(" *_—–-.").partition(", ")
    if not comma or len(rest) > 80 or not is_person(name):
        return None
    if is_outlet(rest):
        return name, rest
    return (name, role_outlet(rest)) if _ROLE.search(fold(rest)) else None


def role_outlet(text: str) -> str | None:
    """The paper that a role names: "rédacteur en chef du Carillon de Bray" gives "Le Carillon de Bray"."""
    role = _ROLE.search(fold(text))
    found = _ROLE_OUTLET.search(text) if role else None
    if found is None:
        return None
    name = found["name"].strip(" .")
    name = f"Le {name}" if found["link"] in ("du", "au") else name
    return name if is_outlet(name) else None
