"""The readers' thread under an article in plain text: where it begins, its comments, what in it is no comment.

A thread is announced by its heading ("13 réponses"), by the headers of its comments, by their footers, or by nothing
but a run of blank lines; each way has its own evidence. It knows nothing of the article's own parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.read.boilerplate import is_form_start, label_reason
from indexer.read.headers import (
    MEDIUM,
    STRONG,
    Header,
    header_at,
    is_footer,
    is_markup,
)
from indexer.read.lines import Line, ends_sentence, is_prose
from indexer.read.nesting import Draft, settle
from indexer.read.remarks import unmarked_start
from indexer.read.zone import (
    Heading,
    Zone,
    footer_start,
    labelled,
    plausible,
    signed_blocks,
    unmarked,
    with_footers,
    with_headers,
)
from rag.text import fold
from rag.types import Comment, Language

_COUNT: Final = (
    r"(?:\d{1,6}|une?|one|two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|sept|huit|neuf|dix)"
)
_HEADING: Final = re.compile(
    rf"^[\W_]*(?:(?:voir |lire |afficher |show |view |all |tous )?(?:les |vos |the |your )?(?P<before>{_COUNT})? ?"
    r"(?P<noun>commentaires?|comments?|reponses?|responses?|repl(?:y|ies)|reactions?|avis|thoughts?|messages?|"
    r"discussion|"
    r"contributions?|remarques?|reflexions?|temoignages?)"
    r"(?P<whose> (?:des|de nos|de vos|from|by|of) (?:lecteurs?|lectrices?|internautes|abonnes?|(?:our |"
    r"the )?readers?|users?)"
    r"(?: et (?:des )?(?:lectrices|internautes))?)?"
    r"(?: (?:a|sur|to|on|about|for|pour|au sujet de)\b.{0,200})?\W*(?P<after>\d{1,6})?(?:\W+(?:trie[rsz]?|tri|"
    r"sort(?:ed)?)\b.{0,60})?|"
    r"(?:la parole (?:est )?aux lecteurs|courrier des lecteurs|readers' comments|reader comments|espace commentaires|"
    r"comments section|section commentaires|forum|les lecteurs reagissent|join the discussion|livre d'or))[\W_]*$"
)
_BUTTONS: Final = (
    "reply",
    "response",
    "reponse",
    "comment",
    "thought",
    "message",
    "reaction",
    "remarque",
)  # alone: a button
_PLAIN_NOUNS: Final = ("commentaire", "comment", "thought")


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread found: it takes lines[start:]."""

    start: int
    comments: tuple[Comment, ...]
    left: tuple[tuple[int, str, str], ...]  # (place in lines, text, reason)


def thread_heading(text: str) -> Heading | None:
    """What a line says that heads a thread: "13 réponses", "Commentaires (5)", "12 Responses to “...”"; else None."""
    folded = fold(text)
    match = _HEADING.match(folded) if len(folded) <= 260 else None
    if match is None or (folded.endswith(("?", ".")) and not match["before"]):
        return None
    count = match["before"] or match["after"]
    noun = match["noun"] or ""
    if count is None and noun in _BUTTONS:
        return None
    explicit = not noun or bool(match["whose"]) or noun.startswith(_PLAIN_NOUNS) or count is not None
    return Heading(int(count) if count and count.isdigit() else None, explicit)


def find_thread(lines: Sequence[Line], language: Language = "fr") -> Thread | None:
    """The thread under the article, or None when the text has no comments."""
    for place in range(len(lines)):
        heading = thread_heading(lines[place].text)
        if heading is not None:
            zone = _parse(lines, place + 1, heading)
            if zone is not None:
                zone.leave(place, "thread heading")
                return _finish(zone, place, language)
    for place in range(_first_sentence(lines) + 1, len(lines)):
        if _opens_thread(lines, place):
            begin = place - 1 if is_markup(lines[place - 1].text) else place
            zone = _parse(lines, begin, None)
            if zone is not None:
                return _finish(zone, min([begin, *(draft.place for draft in zone.drafts)]), language)
    article_end = _first_form(lines, 1)
    start = unmarked_start(lines[:article_end])
    if start is None:
        return None
    zone = Zone(lines, start, _folded(lines[:start]))
    unmarked(zone, start, article_end, None)
    for place in range(article_end, len(lines)):
        zone.leave(place, label_reason(lines[place].text) or "after the comments")
    return _finish(zone, start, language)


def _finish(zone: Zone, start: int, language: Language) -> Thread | None:
    comments, dropped = settle(zone.drafts, language)
    if not comments:
        return None
    left = zone.left + [
        (draft.place, _printed(zone.lines[draft.place].text, draft), "empty comment") for draft in dropped
    ]
    return Thread(start, comments, tuple(sorted(left)))


def _printed(header: str, draft: Draft) -> str:
    """What stood of a comment that is none: its header, its stamp where that had its own line, its words."""
    stamp = [draft.stamp] if draft.stamp and draft.stamp not in header else []
    return "\n".join([header, *stamp, *(line.text for line in draft.lines if line.text not in header)])


def _folded(lines: Sequence[Line]) -> str:
    return fold("\n".join(line.text for line in lines))


def _first_form(lines: Sequence[Line], begin: int) -> int:
    return next((i for i in range(begin, len(lines)) if is_form_start(lines[i].text)), len(lines))


def _first_sentence(lines: Sequence[Line]) -> int:
    """Place of the first line that is prose; the number of lines when there is none."""
    places = (place for place, line in enumerate(lines) if is_prose(line.text) or ends_sentence(line.text))
    return next(places, len(lines))


def _opens_thread(lines: Sequence[Line], place: int) -> bool:
    """Whether a comment's header stands at `place`, in company enough to be believed."""
    found = header_at(lines, place)
    if found is None:
        return is_footer(lines[place].text)
    if found.strength == STRONG:
        return True
    others = len(_headers(lines, found.end, MEDIUM))
    return others >= (1 if found.strength == MEDIUM else 2)


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


def _parse(lines: Sequence[Line], begin: int, heading: Heading | None) -> Zone | None:
    """The thread whose first line is `begin`, by the surest way that fits; None when nothing there is a thread."""
    zone = Zone(lines, begin, _folded(lines[: max(begin - 1, 0)]))
    headers = _headers(lines, begin, MEDIUM)
    if heading is not None:
        weak = _headers(lines, begin, 0)
        if len(weak) > len(headers) and _alike(weak, lines):
            headers = weak
    end = _thread_end(lines, begin, headers)
    headers = [header for header in headers if header.start < end]
    if headers and not (heading and _late(lines, begin, headers[0].start)):
        with_headers(zone, headers, end)
    elif any(is_footer(line.text) for line in lines[begin:end]):
        start = begin if heading else footer_start(lines, begin)
        if start is None:
            return None
        with_footers(zone, start, end)
    elif heading is None:
        return None
    elif not (signed_blocks(zone, begin, end, heading) or labelled(zone, begin, end, heading)):
        if not plausible(zone, begin, end, heading):
            return None
        unmarked(zone, begin, end, heading)
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
