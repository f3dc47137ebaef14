"""The head of a plain-text article: its title, byline, dates and labels, before the first paragraph.

It knows nothing of comments and of what follows the head, except that a date or byline may stand at the foot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from indexer.read.boilerplate import label_reason
from indexer.read.comments import thread_heading
from indexer.read.lines import (
    Line,
    ends_sentence,
    has_emoji,
    headline_shaped,
    is_bullet,
    is_prose,
    strip_emoji,
    word_count,
)
from indexer.read.stamps import DATE, STAMP, TIME
from rag.text import fold

REACH: Final = 14  # lines at either end of a text where dates and bylines stand


@dataclass(slots=True)
class Head:
    """What the head of a text says."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    dated: list[str] = field(default_factory=list)  # raw lines and labels that may tell the date
    used: set[int] = field(default_factory=set)  # places of lines that are not body
    left: list[tuple[int, str, str]] = field(default_factory=list)
    rest: dict[int, Line] = field(default_factory=dict)  # lines of which only the rest is body

    def leave(self, place: int, text: str, reason: str) -> None:
        self.used.add(place)
        self.left.append((place, text, reason))


_ISSUED: Final = (
    r"(?:date(?:\s+de\s+(?:publication|parution|mise\s+à\s+jour))?|publié(?:e|s)?|publie|publication|paru(?:e)?|posté|"
    r"mis(?:e)?\s+(?:à|a)\s+jour|mis\s+en\s+ligne|modifié|actualisé|créé|écrit|publish(?:ed)?|posted|updated|last\s+"
    r"(?:updated|modified)|created|first\s+published|written|dernière\s+(?:mise\s+à\s+jour|modification))"
)
_STAMPED: Final = rf"{_ISSUED}\s*(?:\s(?:le|on|at|à|du|in|dans)\b\s*(?:the\s+)?)?:?\s*"
_MONTH_ONLY: Final = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march|"
    r"april|may|june|july|august|september|october|november|december)\s+(?:19|20)\d\d"
)
_DATE_LINE: Final = re.compile(
    rf"^\W*(?:(?:cet\s+|this\s+)?(?:article|texte|billet|post|story|tribune|page)\s+)?(?:(?:{_STAMPED}|le\s+|"
    rf"on\s+)?(?:{STAMP}|{_MONTH_ONLY})|{_STAMPED}.{{0,60}}\d{{1,4}}.{{0,30}}|"
    rf"(?:[A-ZÀ-Ý][\w’' -]{{1,30}}),\s+(?:le\s+)?{DATE})"
    rf"(?:[\s(|•·,–—/-]*(?:(?:et\s+)?{_STAMPED}|le\s+|and\s+)?(?:{STAMP}|{TIME})?[\s)]*)*"
    r"(?:(?:[|•·–—-]\s*(?:par|by)?|\b(?:par|by))\s*[^.!?]{1,60})?\W*$",
    re.IGNORECASE,
)
_LEADING_DATE: Final = re.compile(
    rf"^\W*(?:{_STAMPED}{STAMP}|(?:\d{{4}}-\d\d-\d\d(?:T[\d:.Z+-]+)?|\d\d?[/.]\d\d?[/.]\d{{4}}){TIME}?|"
    rf"{DATE}{TIME}?(?=\s*[|–—•-]))"
    r"\s*(?:[|–—•·:.-]+\s*)?(?=[«“\"A-ZÀ-Ý0-9])",
    re.IGNORECASE,
)
_DATELINE: Final = re.compile(
    rf"^[A-ZÀ-Ý][\w’' -]{{1,40}}(?:\s*\([^)]{{1,30}}\))?,\s+(?:le\s+)?(?i:{DATE})(?:\s*\([^)]{{1,30}}\))?\s*[–—:-]\s"
)
_PERSON: Final = r"[A-ZÀ-Ý][\w’'.-]*(?:[ \u00a0](?:de|du|des|d[’']|la|le|von|van|der|den|bin|ben|al|el|&|et|and|y)\b)*"
_BYLINE: Final = re.compile(
    rf"^\W*(?:(?:[Pp]ar|PAR|[Bb]y|BY|[Tt]exte(?:s)?\s*:|[Tt]exte(?:s)?\s+de|[ÉEé]crit\s+par|[Ww]ritten\s+by|"
    rf"[Pp]ropos\s+"
    rf"recueillis\s+par|[Rr]ecueilli\s+par|[Aa]uteure?\s*:|[Aa]uthor\s*:|[Uu]n\s+article\s+de|[Ss]ignature\s*:|"
    rf"(?:[A-ZÀ-Ý]\w+\s*:\s*)?[Tt]extes?(?:\s+et\s+(?:photos?|images?|dessins?))?\s*:?|"
    rf"[Ww]ords(?:\s+and\s+(?:pictures|photographs))?(?:\s+by|\s*:))\s*:?\s*"
    rf"(?P<name>{_PERSON}(?:[\s,]+{_PERSON}){{0,7}}|l[’']équipe\s.{{0,30}}|la\s+rédaction.{{0,40}}|"
    rf"[Rr]édaction.{{0,40}}|"
    r"our\s+.{1,40}|staff.{0,30})(?P<role>\s*(?:[,(|–—•·-]|\.\s+(?:[Pp]ictures|[Pp]hotos?|[Ii]mages?)\b).{0,90})?"
    r"|(?P<agency>(?:[Ll]a\s+)?[Rr]édaction(?:\s+.{1,40})?|(?:[\w’. -]{1,40}\s)?(?:avec|with)\s+(?:l[’'])?(?:AFP|AP|"
    r"Reuters|"
    r"agences?)(?:.{0,30})?|AFP|Reuters|Associated Press))\W*$"
)
_GENRE: Final = re.compile(
    r"^\W*(?:l'|le |la |the |notre |our )?(?:editorial|edito|chronique|tribune(?: libre)?|billet(?: d'humeur)?|"
    r"analyse|decryptage|"
    r"reportage|entretien|interview|opinion|point de vue|enquete|recit|portrait|breves?|depeche|exclusif|exclusive|"
    r"analysis|leader|op-ed|feature|breaking(?: news)?|live|en direct|direct)(?: (?:de|du|des|d'|par|by|of|"
    r"from) ?.{1,45})?\W*$"
)
_FIELD: Final = re.compile(
    r"^(?P<key>titre|title|headline|auteure?s?|authors?|by|date|published|publié|source|journal|outlet|média|media|"
    r"site|"
    r"publication|url|lien|link|langue|language|rubrique|section)\s*[:=]\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_FIELD_REASONS: Final = {"date": "publication date", "author": "byline", "outlet": "outlet", "url": "address"}
_SUMMARY: Final = re.compile(
    r"^\W*(?:(?:l'|les |nos )?(?:essentiels?|points? (?:cles?|importants?|essentiels?|forts)|faits? saillants?|reperes|"
    r"infos? cles?|idees? cles?|chiffres? cles?)|(?:ce )?qu'il faut (?:retenir|savoir)|a retenir|en (?:bref|resume|"
    r"quelques mots|"
    r"(?:\d+|deux|trois|quatre|cinq) points?)|l'(?:info|article|actu(?:alite)?) en (?:bref|\d+ points?|resume|"
    r"trois points|"
    r"quelques mots)|resume|sommaire|synthese|tl ?;? ?dr|(?:the )?(?:key|main) (?:points?|takeaways?|facts?)|"
    r"(?:the )?(?:essentials?|highlights?|takeaways?)|at a glance|in (?:brief|short|summary)|(?:executive )?summary|"
    r"what (?:to|you need to) know|(?:article|story) (?:summary|highlights))\b.{0,60}$"
)


def is_summary_label(text: str) -> bool:
    """Whether a line is the label of a summary box: "Les essentiels de cette actualité", "Key points"."""
    return len(text) <= 90 and not ends_sentence(text) and bool(_SUMMARY.match(fold(strip_emoji(text))))


def is_date_line(text: str) -> bool:
    """Whether a line only says when a text was published."""
    return len(text) <= 140 and bool(_DATE_LINE.match(text)) and any(c.isdigit() for c in text)


def byline(text: str) -> str | None:
    """The author a line names ("Par Jeanne Martin, envoyée spéciale"), or None when it is no byline."""
    match = _BYLINE.match(text) if len(text) <= 140 and not text.endswith(("!", "?", ":")) else None
    if match is None:
        return None
    return re.split(r"\s*[|•–—]", match["name"] or match["agency"])[0].strip(" ,.-")


def read_head(lines: Sequence[Line]) -> Head:
    """Title, byline, dates and labels of a text whose lines (without its thread) are `lines`."""
    head = Head()
    first = _leading_date(lines, head)
    candidates: list[int] = []
    for place in range(min(len(lines), 24)):
        line = head.rest.get(place, lines[place])
        text = line.text
        if place in head.used or _field(head, place, text) or _furniture(head, place, text):
            continue
        if is_prose(text) and line.heading is not True:
            break
        if is_bullet(text) or (is_summary_label(text) and _bullets_follow(lines, place)):
            break
        candidates.append(place)
        if len(candidates) > 4:
            break
    _choose_title(head, lines, candidates, first)
    _scattered(head, lines)
    return head


def _leading_date(lines: Sequence[Line], head: Head) -> bool:
    """Cut a date that leads the first line; whether one did."""
    for place, line in enumerate(lines[:4]):
        match = _LEADING_DATE.match(line.text)
        rest = line.text[match.end() :].strip() if match else ""
        if match and len(rest) > 25 and not is_date_line(line.text):
            head.left.append((place, match.group().strip(), "publication date"))
            head.dated.append(match.group())
            head.rest[place] = replace(line, text=rest)
            return True
        if found := _DATELINE.match(line.text):
            head.left.append((place, found.group().strip(), "dateline"))
            head.dated.append(found.group())
            head.rest[place] = replace(line, text=line.text[found.end() :].strip())
            return True
    return False


def _field(head: Head, place: int, text: str) -> bool:
    """Take a header field ("Auteur : X"); fields stand before any title that is not itself a field."""
    match = _FIELD.match(text)
    if match is None or len(text) > 250 or (head.title is None and place > 8):
        return False
    key, value = fold(match["key"]), match["value"].strip()
    if key in ("titre", "title", "headline"):
        if head.title is None:
            head.title = value
            head.used.add(place)
            return True
        return False
    if key in ("date", "published", "publie"):
        head.dated.append(text)
        kind = "date"
    elif key.startswith(("auteur", "author", "by")):
        if not re.match(r"[A-ZÀ-Ý]", value) or ends_sentence(value):
            return False
        head.author, kind = head.author or value, "author"
    elif key in ("url", "lien", "link"):
        if not re.match(r"https?://|www\.", value):
            return False
        head.url, kind = head.url or value, "url"
    elif key in ("source", "journal", "outlet", "media", "site", "publication"):
        if ends_sentence(value) or len(value) > 80:
            return False
        if re.match(r"https?://", value):
            head.url, kind = head.url or value, "url"
        else:
            head.outlet, kind = head.outlet or value, "outlet"
    else:
        head.leave(place, text, "label")
        return True
    head.leave(place, text, _FIELD_REASONS[kind])
    return True


def _furniture(head: Head, place: int, text: str) -> bool:
    """Take a date line, byline, link or piece of page furniture."""
    if is_date_line(text):
        head.dated.append(text)
        if inner := re.search(r"\b(?:par|by)\s+([^|•·–—\d]{3,60})$", text, re.IGNORECASE):
            head.author = head.author or inner[1].strip()
        head.leave(place, text, "publication date")
    elif (name := byline(text)) is not None:
        head.author = head.author or name
        if re.search(DATE, text, re.IGNORECASE):
            head.dated.append(text)
        head.leave(place, text, "byline")
    elif re.fullmatch(r"(?:https?://|www\.)\S+", text):
        head.url = head.url or text
        head.leave(place, text, "address")
    elif (reason := label_reason(text)) is not None:
        head.leave(place, text, reason)
    elif len(text) <= 24 and (counter := thread_heading(text)) is not None and counter.count is not None:
        head.leave(place, text, "comment counter")
    elif _GENRE.match(fold(text)) and len(text) <= 70:
        head.leave(place, text, "section label")
    else:
        return False
    return True


def _bullets_follow(lines: Sequence[Line], place: int) -> bool:
    return place + 1 < len(lines) and is_bullet(lines[place + 1].text)


def _choose_title(head: Head, lines: Sequence[Line], candidates: list[int], dated: bool) -> None:
    """The first line that can be a title; a short label over it is left out."""
    if head.title is not None or not candidates:
        return
    usable = [p for p in candidates if _can_be_title(lines, p) and not (dated and p in head.rest)]
    if not usable or usable[0] != candidates[0]:
        return
    chosen = usable[0]
    if len(usable) > 1 and _is_kicker(lines[chosen].text, lines[usable[1]].text) and usable[1] == candidates[1]:
        head.leave(chosen, lines[chosen].text, "section label")
        chosen = usable[1]
    if not any(place != chosen and place not in head.used for place in range(len(lines))):
        return
    head.title = lines[chosen].text
    head.used.add(chosen)


def _can_be_title(lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    if line.heading is False or place + 1 >= len(lines):
        return False
    text = line.text
    if line.heading:
        return True
    following = lines[place + 1]
    if is_bullet(text) and not re.match(r"\d", text):
        return False
    if has_emoji(text[:2]) and is_bullet(following.text):
        return False
    if ends_sentence(text) and not text.endswith(("?", "!", "»", "”", '"')):
        return False
    quoted = text[:1] in '«“"' and len(text) <= 160 and not text.endswith((".", ",", ";"))
    return (quoted or headline_shaped(text)) and word_count(text) >= 1


def _is_kicker(text: str, following: str) -> bool:
    """Whether a line is a label ("MONDE", "Politique") over the title that follows."""
    short = (
        len(text.split()) <= 3 and len(text) <= 30 and len(following) > len(text) + 8 and len(following.split()) >= 4
    )
    return short and (text.isupper() or bool(_SECTION.match(fold(text))))


_SECTION: Final = re.compile(
    r"^\W*(?:monde|international|politique|economie|societe|culture|sports?|france|europe|afrique|amerique|asie|sante|"
    r"sciences?|environnement|planete|justice|education|tech(?:nologie)?s?|medias?|idees|debats?|opinions?|regions?|"
    r"local|"
    r"faits divers|actualites?|une|world|news|politics|business|economy|society|arts|health|science|environment|"
    r"technology|"
    r"education|media|comment|local news|national|uk|us)(?: (?:et|&|and) [a-z]+)?\W*$"
)


def _scattered(head: Head, lines: Sequence[Line]) -> None:
    """Dates and bylines below a standfirst, or at the foot of the text."""
    near = set(range(min(REACH, len(lines)))) | set(range(max(len(lines) - 5, 0), len(lines)))
    for place in sorted(near - head.used):
        text = lines[place].text
        if place in head.rest or (lines[place].heading is not None and lines[place].heading):
            continue
        if is_date_line(text) and not _chronicle(lines, place):
            head.dated.append(text)
            head.leave(place, text, "publication date")
        elif (name := byline(text)) is not None:
            head.author = head.author or name
            head.leave(place, text, "byline")


def _chronicle(lines: Sequence[Line], place: int) -> bool:
    """Whether a date line is one of several, as the headings of a chronicle are."""
    others = sum(is_date_line(line.text) for line in lines)
    labelled = re.match(rf"\W*{_ISSUED}", lines[place].text, re.IGNORECASE)
    return others > 3 and not labelled
