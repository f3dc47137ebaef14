"""The readers' thread under an article in plain text: where it begins, its comments, what in it is no comment.

A thread is announced by its heading ("13 réponses"), by the headers of its comments, by their footers, or by nothing
but a run of blank lines; each way has its own evidence. It knows nothing of the article's own parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from indexer.read.boilerplate import is_form_line, is_form_start, is_pingback, label_reason
from indexer.read.headers import (
    MEDIUM,
    STRONG,
    Header,
    header_at,
    is_footer,
    is_markup,
)
from indexer.read.lines import Line, ends_sentence, is_name, is_prose
from indexer.read.nesting import Draft, settle
from indexer.read.remarks import only_quotes, remark_strength, unmarked_start
from indexer.read.stamps import find_stamp
from rag.text import fold
from rag.types import Comment, Language

_COUNT: Final = (
    r"(?:\d{1,6}|une?|one|two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|sept|huit|neuf|dix)"
)
_HEADING: Final = re.compile(
    rf"^[\W_]*(?:(?:voir |lire |afficher |show |view |all |tous )?(?:les |vos |the |your )?(?P<before>{_COUNT})? ?"
    r"(?P<noun>commentaires?|comments?|reponses?|responses?|repl(?:y|ies)|reactions?|avis|thoughts?|messages?|discussion|"
    r"contributions?|remarques?|temoignages?)"
    r"(?P<whose> (?:des|de nos|de vos|from|by|of) (?:lecteurs?|lectrices?|internautes|abonnes?|(?:our |the )?readers?|users?)"
    r"(?: et (?:des )?(?:lectrices|internautes))?)?"
    r"(?: (?:a|sur|to|on|about|for|pour|au sujet de)\b.{0,200})?\W*(?P<after>\d{1,6})?(?:\W+(?:trie[rsz]?|tri|sort(?:ed)?)\b.{0,60})?|"
    r"(?:la parole (?:est )?aux lecteurs|courrier des lecteurs|readers' comments|reader comments|espace commentaires|"
    r"comments section|section commentaires|forum|les lecteurs reagissent|join the discussion|livre d'or))[\W_]*$"
)
_BRIEF: Final = 140  # mean characters under which unsigned lines are remarks; press paragraphs run to 200 and more
_BUTTONS: Final = ("reply", "response", "reponse", "comment", "thought", "message", "reaction", "remarque")  # alone: a button
_PLAIN_NOUNS: Final = ("commentaire", "comment", "thought")


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread found: it takes lines[start:]."""

    start: int
    comments: tuple[Comment, ...]
    left: tuple[tuple[int, str, str], ...]  # (place in lines, text, reason)


@dataclass(slots=True)
class _Zone:
    """The lines of a thread under work."""

    lines: Sequence[Line]
    begin: int
    article: str  # folded text above
    drafts: list[Draft] = field(default_factory=list)
    left: list[tuple[int, str, str]] = field(default_factory=list)

    def leave(self, place: int, reason: str) -> None:
        self.left.append((place, self.lines[place].text, reason))


@dataclass(frozen=True, slots=True)
class _Heading:
    count: int | None
    explicit: bool  # the words can hardly head anything but a thread


def thread_heading(text: str) -> _Heading | None:
    """What a line says that heads a thread: "13 réponses", "Commentaires (5)", "12 Responses to “...”"; else None."""
    folded = fold(text)
    match = _HEADING.match(folded) if len(folded) <= 260 else None
    if match is None or folded.endswith(("?", ".")) and not match["before"]:
        return None
    count = match["before"] or match["after"]
    noun = match["noun"] or ""
    if count is None and noun in _BUTTONS:
        return None
    explicit = not noun or bool(match["whose"]) or noun.startswith(_PLAIN_NOUNS) or count is not None
    return _Heading(int(count) if count and count.isdigit() else None, explicit)


def find_thread(lines: Sequence[Line], language: Language = "fr") -> Thread | None:
    """The thread under the article, or None when the text has no comments."""
    for place in range(len(lines)):
        heading = thread_heading(lines[place].text)
        if heading is not None:
            zone = _parse(lines, place + 1, heading)
            if zone is not None:
                zone.leave(place, "thread heading")
                return _finish(zone, place, language)
    for place in range(1, len(lines)):
        if _opens_thread(lines, place):
            begin = place - 1 if is_markup(lines[place - 1].text) else place
            zone = _parse(lines, begin, None)
            if zone is not None:
                return _finish(zone, min([begin, *(draft.place for draft in zone.drafts)]), language)
    article_end = _first_form(lines, 1)
    start = unmarked_start(lines[:article_end])
    if start is None:
        return None
    zone = _Zone(lines, start, _folded(lines[:start]))
    _unmarked(zone, start, article_end, None)
    for place in range(article_end, len(lines)):
        zone.leave(place, label_reason(lines[place].text) or "after the comments")
    return _finish(zone, start, language)


def _finish(zone: _Zone, start: int, language: Language) -> Thread | None:
    comments, dropped = settle(zone.drafts, language)
    if not comments:
        return None
    left = zone.left + [(draft.place, zone.lines[draft.place].text, "empty comment") for draft in dropped]
    return Thread(start, comments, tuple(sorted(left)))


def _folded(lines: Sequence[Line]) -> str:
    return fold("\n".join(line.text for line in lines))


def _first_form(lines: Sequence[Line], begin: int) -> int:
    return next((i for i in range(begin, len(lines)) if is_form_start(lines[i].text)), len(lines))


def _opens_thread(lines: Sequence[Line], place: int) -> bool:
    """Whether a comment's header stands at `place` below some prose, in company enough to be believed."""
    if not any(is_prose(line.text) or ends_sentence(line.text) for line in lines[:place]):
        return False
    found = header_at(lines, place)
    if found is None:
        return is_footer(lines[place].text) and sum(is_footer(line.text) for line in lines[place:]) >= 1
    others = _headers(lines, found.end, MEDIUM)
    if found.strength == STRONG:
        return True
    weak = 2 if found.strength == MEDIUM else 3
    return 1 + len(others) >= weak and bool(others)


def _headers(lines: Sequence[Line], begin: int, least: int) -> list[Header]:
    """The headers from `begin` on that are at least this strong, none inside another."""
    found: list[Header] = []
    place = begin
    while place < len(lines):
        header = header_at(lines, place)
        if header is not None and header.strength >= least:
            found.append(header)
            place = header.end
        else:
            place += 1
    return found


def _parse(lines: Sequence[Line], begin: int, heading: _Heading | None) -> _Zone | None:
    """The thread whose first line is `begin`, by the surest way that fits; None when nothing there is a thread."""
    zone = _Zone(lines, begin, _folded(lines[: max(begin - 1, 0)]))
    headers = _headers(lines, begin, MEDIUM)
    if heading is not None:
        weak = _headers(lines, begin, 0)
        if len(weak) > len(headers) and _alike(weak, lines):
            headers = weak
    end = _thread_end(lines, begin, headers)
    headers = [header for header in headers if header.start < end]
    if headers and not (heading and _late(lines, begin, headers[0].start)):
        _with_headers(zone, headers, end)
    elif any(is_footer(line.text) for line in lines[begin:end]):
        start = begin if heading else _footer_start(lines, begin)
        if start is None:
            return None
        _with_footers(zone, start, end)
    elif heading is None:
        return None
    elif not (_signed_blocks(zone, begin, end, heading) or _labelled(zone, begin, end, heading)):
        if not _plausible(zone, begin, end, heading):
            return None
        _unmarked(zone, begin, end, heading)
    for place in range(end, len(lines)):
        zone.leave(place, _tail_reason(lines, place, end))
    return zone if zone.drafts else None


def _late(lines: Sequence[Line], begin: int, first: int) -> bool:
    """Whether article text lies between a thread's heading and its first header: a counter at the head of the page."""
    return sum(is_prose(line.text) for line in lines[begin:first]) >= 2


def _alike(headers: Sequence[Header], lines: Sequence[Line]) -> bool:
    """Whether weak headers are all of one kind and close enough to each other to be headers."""
    return len(headers) >= 1 and all(h.end < len(lines) for h in headers[:1])


def _thread_end(lines: Sequence[Line], begin: int, headers: Sequence[Header]) -> int:
    """Where the thread gives way to the form or the foot of the page."""
    last = headers[-1].end if headers else begin
    return _first_form(lines, last)


def _tail_reason(lines: Sequence[Line], place: int, form: int) -> str:
    reason = label_reason(lines[place].text)
    if place == form or (reason is None and place - form <= 12 and len(lines[place].text) <= 120):
        return reason or "comment form"
    return reason or "after the comments"


def _with_headers(zone: _Zone, headers: Sequence[Header], end: int) -> None:
    """Comments cut at their headers."""
    for place in range(zone.begin, headers[0].start):
        zone.leave(place, label_reason(zone.lines[place].text) or "thread markup")
    for i, header in enumerate(headers):
        stop = headers[i + 1].start if i + 1 < len(headers) else end
        content = list(range(header.end, stop))
        base = min(h.indent for h in headers)
        kept = _content(zone, content, header, base, last=i + 1 == len(headers))
        text = [replace(zone.lines[place]) for place in kept]
        if header.lead:
            text.insert(0, Line(header.lead))
        zone.drafts.append(
            Draft(
                header.author,
                header.stamp,
                text,
                header.indent,
                header.number,
                header.reply_to,
                header.level,
                1.0 if header.strength else 0.9,
                header.start,
            )
        )


def _content(zone: _Zone, places: list[int], header: Header, base: int, *, last: bool) -> list[int]:
    """The lines of one comment's text among `places`; the others are left out with their reasons.

    The first line of a comment is always the reader's, whatever it says.
    """
    kept: list[int] = []
    lines = zone.lines
    closed = False
    for place in places:
        line = lines[place]
        first = not kept and not header.lead
        alone = line.blanks > 0
        inner = lines[kept[0]].indent if kept else header.indent
        outside = (
            bool(kept)
            and line.indent < min(inner, header.indent)
            or (bool(kept) and alone and line.indent < inner and line.indent <= base and inner > base)
        )
        if is_pingback(line.text):
            zone.leave(place, "pingback")
            closed = True
        elif closed:
            zone.leave(place, label_reason(line.text) or "after the comments")
        elif first:
            kept.append(place)
        elif is_markup(line.text) or _counter(lines, place) or is_form_line(line.text):
            zone.leave(place, "comment form" if is_form_line(line.text) else "thread markup")
        elif (alone or outside) and (reason := label_reason(line.text)) is not None:
            zone.leave(place, reason)
            closed = last and reason not in ("advertisement", "share bar", "newsletter") or closed
        elif outside:
            zone.leave(place, "after the comments")
            closed = last
        else:
            kept.append(place)
    # A first line of buttons is text only where the reader wrote nothing else.
    while len(kept) > 1 and not header.lead and is_markup(lines[kept[0]].text):
        zone.leave(kept.pop(0), "thread markup")
    return kept


def _counter(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is the number of votes printed before a comment's buttons."""
    return lines[place].text.isdigit() and place + 1 < len(lines) and is_markup(lines[place + 1].text)


def _footer_start(lines: Sequence[Line], footer: int) -> int | None:
    """The first line of the comment that the footer at `footer` closes, when no heading says where the thread begins."""
    place = footer - 1
    while (
        place > 0 and not lines[place].blanks and not (is_name(lines[place].text) and not is_prose(lines[place].text))
    ):
        place -= 1
    while place > 0 and lines[place].blanks <= 1 and not is_name(lines[place].text) and footer - place < 6:
        place -= 1
    return place if place > 0 and is_name(lines[place].text) else None


def _with_footers(zone: _Zone, begin: int, end: int) -> None:
    """Comments cut after their footers ("J'aime · Répondre · 2 h"); the first line of each is its author."""
    group: list[int] = []
    for place in range(begin, end):
        text = zone.lines[place].text
        if not is_footer(text):
            if is_markup(text):
                zone.leave(place, "thread markup")
            else:
                group.append(place)
            continue
        if group:
            zone.drafts.append(_footed(zone, group, find_stamp(text)))
        group = []
    for place in group:
        zone.leave(place, label_reason(zone.lines[place].text) or "after the comments")


def _footed(zone: _Zone, group: list[int], stamp: str | None) -> Draft:
    first = zone.lines[group[0]]
    named = len(group) > 1 and is_name(first.text)
    text = [zone.lines[place] for place in (group[1:] if named else group)]
    return Draft(
        first.text if named else None, stamp, text, first.indent, None, None, None, 1.0 if named else 0.7, group[0]
    )


def _signed_blocks(zone: _Zone, begin: int, end: int, heading: _Heading) -> bool:
    """Comments that begin with a line holding a name and nothing else, under a heading."""
    lines = zone.lines
    names: list[int] = []
    for place in range(begin, end - 1):
        opens = place == begin or lines[place].blanks > 0
        named = is_name(lines[place].text) and label_reason(lines[place].text) is None
        # What follows a name is a reader's text, even when it could be a name itself.
        if (
            opens
            and named
            and not (names and names[-1] == place - 1)
            and not only_quotes(lines[place].text, zone.article)
        ):
            names.append(place)
    direct = [place for place in names if not lines[place + 1].blanks]
    blocks = sum(1 for place in range(begin, end) if place == begin or lines[place].blanks)
    chosen = direct if direct and len(direct) >= 0.6 * blocks else names
    if not chosen or chosen[0] > begin + 1:
        return False
    counted = heading.count is not None and heading.count == len(chosen)
    if not counted and (len(chosen) < 2 or len(chosen) < 0.34 * blocks):
        return False
    headers = [Header(p, p + 1, lines[p].text, None, "", None, lines[p].indent, None, None, 0) for p in chosen]
    _with_headers(zone, headers, end)
    return True


_LABELLED: Final = re.compile(r"^(?:[-–—•*]\s*)?(?P<name>[^:«»\"!?]{1,40}?)\s?:\s+(?P<text>\S.*)$")


def _labelled(zone: _Zone, begin: int, end: int, heading: _Heading) -> bool:
    """Comments of the form "Paul : le texte", one a line or block, under a heading."""
    lines = zone.lines
    found = {
        p: m for p in range(begin, end) if (m := _LABELLED.match(lines[p].text)) and is_name(m["name"], most_words=4)
    }
    starts = [p for p in range(begin, end) if p == begin or lines[p].blanks]
    units = starts if len(starts) > 1 else list(range(begin, end))
    enough = begin in found and len([p for p in units if p in found]) >= max(2, 0.7 * len(units))
    if not found or not (enough or heading.count == len(found)):
        return False
    headers = [
        Header(p, p + 1, m["name"].strip(), None, m["text"], None, lines[p].indent, None, None, 0)
        for p, m in found.items()
    ]
    _with_headers(zone, headers, end)
    return True


def _plausible(zone: _Zone, begin: int, end: int, heading: _Heading) -> bool:
    """Whether lines under a heading, none of them signed, are remarks rather than the section of an article."""
    texts = [line.text for line in zone.lines[begin:end] if label_reason(line.text) is None]
    if not texts or not any(
        is_prose(line.text) or ends_sentence(line.text) for line in zone.lines[: max(begin - 1, 0)]
    ):
        return False
    blocks = sum(1 for i, line in enumerate(zone.lines[begin:end]) if not i or line.blanks)
    strengths = [remark_strength(text, zone.article) for text in texts]
    signs = sum(strength >= 1 for strength in strengths)
    brief = sum(map(len, texts)) < _BRIEF * len(texts)
    if heading.count is not None and heading.count in (blocks, len(texts)):
        return brief or signs >= 0.2 * len(texts)
    if heading.explicit:
        return brief or signs >= 0.3 * len(texts)
    return signs >= 0.6 * len(texts) and sum(strengths) >= len(texts)


def _unmarked(zone: _Zone, begin: int, end: int, heading: _Heading | None) -> None:
    """One remark a line, a line that only quotes the article joined to the next; a block a remark where counts say so."""
    lines = zone.lines
    units: list[list[int]] = []
    blocks = sum(1 for place in range(begin, end) if place == begin or lines[place].blanks)
    by_block = heading is not None and 1 < blocks < end - begin and heading.count in (None, blocks)
    quoting = False
    for place in range(begin, end):
        text = lines[place].text
        reason = label_reason(text)
        if is_pingback(text) or (reason is not None and (lines[place].blanks or place == begin)) or is_markup(text):
            zone.leave(place, "pingback" if is_pingback(text) else reason or "thread markup")
            continue
        joins = quoting or (by_block and place > begin and not lines[place].blanks)
        if units and joins:
            units[-1].append(place)
        else:
            units.append([place])
        quoting = only_quotes(text, zone.article)
    base = 0.8 if heading is not None else 0.6
    for unit in units:
        text_lines = [lines[place] for place in unit]
        sure = base if len(unit) == 1 or by_block else base - 0.1
        zone.drafts.append(Draft(None, None, text_lines, 0, None, None, None, sure, unit[0]))
