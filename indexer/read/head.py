"""The head of a plain-text article: its title, byline, dates and labels, before the first paragraph.

It knows nothing of comments and of what follows the head, except that a date or byline may stand at the foot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from indexer.read.boilerplate import label_reason
from indexer.read.bylines import STAMPED, byline, is_date_line, is_labelled_date
from indexer.read.comments import thread_heading
from indexer.read.found import REACH, Head
from indexer.read.imprint import outlet_name, read_imprint, role_outlet, signature, who_of
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
from indexer.read.names import could_be_outlet, is_person, is_proper, is_section
from indexer.read.signed import mentioned, names_beside, signed_foot
from indexer.read.stamps import DATE, STAMP, TIME
from rag.text import fold

_LABELS_OVER: Final = 2  # labels that stand over a title: the paper's name and its section
_LEADING_DATE: Final = re.compile(
    rf"^\W*(?:{STAMPED}{STAMP}|(?:\d{{4}}-\d\d-\d\d(?:T[\d:.Z+-]+)?|\d\d?[/.]\d\d?[/.]\d{{4}}){TIME}?|"
    rf"{DATE}{TIME}?(?=\s*[|–—•\])-]))"
    r"\s*(?:[|–—•·:.\])-]+\s*)?(?=[«“\"A-ZÀ-Ý0-9])",
    re.IGNORECASE,
)
_DATELINE: Final = re.compile(
    rf"^[A-ZÀ-Ý][\w’' -]{{1,40}}(?:\s*\([^)]{{1,30}}\))?,\s+(?:le\s+)?(?i:{DATE})(?:\s*\([^)]{{1,30}}\))?\s*[–—:-]\s"
)
_GENRE: Final = re.compile(
    r"^\W*(?:l'|le |la |the |notre |our )?(?:editorial|edito|chronique|tribune(?: libre)?|billet(?: d'humeur)?|"
    r"analyse|decryptage|"
    r"reportage|entretien|interview|opinion|point de vue|enquete|recit|portrait|breves?|depeche|exclusif|exclusive|"
    r"analysis|leader|op-ed|feature|breaking(?: news)?|live|en direct|direct)(?: (?:de|du|des|d'|par|by|of|"
    r"from) ?.{1,45})?\W*$"
)
_GENRE_OF: Final = re.compile(
    r"^\W*(?:l[’']|le |la |the |notre |our )?(?:éditorial|édito|chronique|tribune|billet|analyse|reportage|entretien|"
    r"enquête|récit|portrait|editorial|analysis|column|opinion)(?: libre| d[’']humeur)? "
    r"(?:de |du |d[’']|par |by |of |from )"
    r"(?P<rest>.{4,90})$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^\W*(?:exclusi\w*|abonne\w*|premium|article|archives?|mise a jour|maj|direct|live|videos?|podcasts?|photos?|"
    r"audio|gratuit|free|subscribers?|updated?|urgent|alerte|dossier|serie|special|edition|version|numero|n°|vol\b).*$"
)
_FIELD: Final = re.compile(
    r"^(?:[-–—*•]\s+)?(?P<key>titre|title|headline|auteure?s?|authors?|by|date|published|publié|source|journal|outlet|média|media|"
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


def read_head(
    lines: Sequence[Line], *, title: str | None = None, author: str | None = None, outlet: str | None = None
) -> Head:
    """Title, byline, dates and labels of a text whose lines (without its thread) are `lines`.

    `title`, `author` and `outlet` are what its format says already: then no line is taken for the title.
    """
    head = Head(title=title, author=author, outlet=outlet)
    _leading_date(lines, head)
    candidates: list[int] = []
    for place in range(min(len(lines), 24)):
        line = head.rest.get(place, lines[place])
        text = line.text
        if place in head.used or _field(head, place, text) or _furniture(head, place, line):
            continue
        if is_prose(text) and line.heading is not True:
            break
        if is_bullet(text) or (is_summary_label(text) and _bullets_follow(lines, place)):
            break
        candidates.append(place)
        if len(candidates) > 4:
            break
    chosen = None if title else _choose_title(head, lines, candidates)
    _scattered(head, lines)
    names_beside(head, lines, chosen)
    signed_foot(head, lines)
    if head.outlet is None:
        head.outlet = next((name for name in head.names if _publishes(name, lines)), None)
    return head


def _publishes(name: str, lines: Sequence[Line]) -> bool:
    """Whether a name beside a date can only be the paper's: it is no section, no label, and the text speaks of none."""
    return not is_section(name) and not _LABEL.match(fold(name)) and not mentioned(name, lines)


def _leading_date(lines: Sequence[Line], head: Head) -> None:
    """Cut a date that leads the first line."""
    for place, line in enumerate(lines[:4]):
        match = _LEADING_DATE.match(line.text)
        rest = line.text[match.end() :].strip() if match else ""
        if match and len(rest) > 25 and not is_date_line(line.text):
            head.left.append((place, match.group().strip(), "publication date"))
            head.dated.append(match.group())
            head.rest[place] = replace(line, text=rest)
            return
        if found := _DATELINE.match(line.text):
            head.left.append((place, found.group().strip(), "dateline"))
            head.dated.append(found.group())
            head.rest[place] = replace(line, text=line.text[found.end() :].strip())
            return


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
        elif said := read_imprint(value):
            head.take(place, text, said)
            return True
        else:
            head.outlet, kind = head.outlet or value, "outlet"
    else:
        head.leave(place, text, "label")
        return True
    head.leave(place, text, _FIELD_REASONS[kind])
    return True


def _furniture(head: Head, place: int, line: Line) -> bool:
    """Take a date line, byline, link or piece of page furniture."""
    text = line.text
    if (genre := _GENRE_OF.match(text)) and (who := _genre_of(genre["rest"])):
        head.sign(place, text, "byline" if who[0] else "section label", author=who[0], outlet=who[1])
        return True
    if _signed(head, place, line):
        return True
    if re.fullmatch(r"(?:https?://|www\.)\S+", text):
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


def _genre_of(rest: str) -> tuple[str | None, str | None] | None:
    """Author and outlet in "L'éditorial de Jeanne Martin, directrice du Cap"; None when it names neither."""
    if signed := signature(rest):
        return signed
    if is_person(rest):
        return rest, None
    return (None, name) if (name := outlet_name(rest)) else None


def _signed(head: Head, place: int, line: Line) -> bool:
    """Take a line that says when the text was published, by whom, or both."""
    text = line.text
    said = read_imprint(text) if line.heading is not True else None
    if said is not None and label_reason(text) is None:
        head.take(place, text, said)
    elif is_date_line(text):
        inner = re.search(r"\b(?:par|by)\s+([^|•·–—\d]{3,60})$", text, re.IGNORECASE)
        head.dated.append(text)
        head.sign(place, text, "publication date", author=inner[1].strip() if inner else None)
    elif (name := byline(text)) is not None:
        if re.search(DATE, text, re.IGNORECASE):
            head.dated.append(text)
        author, outlet = who_of(name)
        head.sign(place, text, "byline", author=author, outlet=outlet or role_outlet(text))
    else:
        return False
    return True


def _bullets_follow(lines: Sequence[Line], place: int) -> bool:
    return place + 1 < len(lines) and is_bullet(lines[place + 1].text)


def _choose_title(head: Head, lines: Sequence[Line], candidates: list[int]) -> int | None:
    """Take the first line that can be a title, and give its place; labels and the paper's name over it are left out."""
    if head.title is not None or not candidates:
        return None
    lines = [head.rest.get(place, line) for place, line in enumerate(lines)]
    usable = [p for p in candidates if _can_be_title(lines, p)]
    if not usable or usable[0] != candidates[0]:
        return None
    row = [place for place, candidate in zip(usable, candidates, strict=False) if place == candidate][
        : _LABELS_OVER + 1
    ]
    labels = {end: [_label_over(head, lines, row[at], row[end]) for at in range(end)] for end in range(1, len(row))}
    chosen = max((end for end, reasons in labels.items() if all(reasons)), default=0)
    for at, reason in enumerate(labels.get(chosen, ())):
        text = lines[row[at]].text
        if reason == "outlet":
            head.sign(row[at], text, reason, outlet=outlet_name(text) or text)
        else:
            head.leave(row[at], text, reason or "section label")
    place = usable[chosen]
    if not any(other != place and other not in head.used for other in range(len(lines))):
        return None
    head.title = lines[place].text
    head.used.add(place)
    return place


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


def _label_over(head: Head, lines: Sequence[Line], place: int, below: int) -> str | None:
    """Why the line at `place` is no title over the one at `below`; None when it may be one."""
    text, title = lines[place].text, lines[below].text
    if _is_masthead(text, title, lines):
        return "outlet"
    if _is_kicker(text, title):
        return "section label"
    return "outlet" if head.imprint and _is_bare_masthead(text, title, lines) else None


def _is_masthead(text: str, below: str, lines: Sequence[Line]) -> bool:
    """Whether a line is the paper's name over the title that follows."""
    if len(below) <= len(text) or outlet_name(below) or is_person(below) or is_section(below):
        return False
    count = len(below.split())
    if outlet_name(text):
        return count >= 4
    return could_be_outlet(text) and count >= 6 and not mentioned(text, lines)


def _is_bare_masthead(text: str, below: str, lines: Sequence[Line]) -> bool:
    """Whether a name of one to three words, which the text does not hold, stands over a much longer title."""
    short = len(text.split()) <= 3 and is_proper(text) and not is_person(text)
    return short and len(below.split()) >= 5 and len(below) > 2 * len(text) and not mentioned(text, lines)


def _is_kicker(text: str, following: str) -> bool:
    """Whether a line is a label ("MONDE", "Politique") over the title that follows."""
    short = (
        len(text.split()) <= 3 and len(text) <= 30 and len(following) > len(text) + 8 and len(following.split()) >= 4
    )
    return short and (text.isupper() or is_section(text))


def _scattered(head: Head, lines: Sequence[Line]) -> None:
    """Dates and bylines below a standfirst, or at the foot of the text."""
    near = set(range(min(REACH, len(lines)))) | set(range(max(len(lines) - 5, 0), len(lines)))
    for place in sorted(near - head.used):
        line = lines[place]
        if place in head.rest or line.heading is True or (is_date_line(line.text) and _chronicle(lines, place)):
            continue
        _signed(head, place, line)


def _chronicle(lines: Sequence[Line], place: int) -> bool:
    """Whether a date line is one of several, as the headings of a chronicle are."""
    others = sum(is_date_line(line.text) for line in lines)
    return others > 3 and not is_labelled_date(lines[place].text)
