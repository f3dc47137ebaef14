"""The comments of a stretch of lines that is known to be a thread, cut at headers, footers, names or line ends.

Each way of cutting fills a `Zone` with drafts and with what in the stretch is no comment. It knows nothing of where a
thread begins and of how comments nest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from indexer.read.boilerplate import is_form_line, is_pingback, label_reason
from indexer.read.headers import Header, is_footer, is_markup
from indexer.read.lines import Line, ends_sentence, is_name, is_prose, same_name
from indexer.read.nesting import Draft
from indexer.read.remarks import only_quotes, remark_strength
from indexer.read.stamps import find_stamp, is_stamp_line

_BRIEF: Final = 140  # mean characters under which unsigned lines are remarks; press paragraphs run to 200 and more


@dataclass(slots=True)
class Zone:
    """The lines of a thread under work."""

    lines: Sequence[Line]
    begin: int
    article: str  # folded text above
    drafts: list[Draft] = field(default_factory=list)
    left: list[tuple[int, str, str]] = field(default_factory=list)

    def leave(self, place: int, reason: str) -> None:
        self.left.append((place, self.lines[place].text, reason))


@dataclass(frozen=True, slots=True)
class Heading:
    count: int | None
    explicit: bool  # the words can hardly head anything but a thread


def with_headers(zone: Zone, headers: Sequence[Header], end: int) -> None:
    """Comments cut at their headers."""
    for place in range(zone.begin, headers[0].start):
        zone.leave(place, label_reason(zone.lines[place].text) or "thread markup")
    for i, header in enumerate(headers):
        stop = headers[i + 1].start if i + 1 < len(headers) else end
        _leave_trailers(zone, header)
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


def _leave_trailers(zone: Zone, header: Header) -> None:
    """Account for the lines of a header that are neither the author's name nor the stamp: a badge, whom it answers."""
    for place in range(header.start + 1, header.end):
        text = zone.lines[place].text
        if not is_stamp_line(text) and not (header.author and same_name(text, header.author)):
            zone.leave(place, "thread markup")


def _content(zone: Zone, places: list[int], header: Header, base: int, *, last: bool) -> list[int]:
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
        outside = (bool(kept) and line.indent < min(inner, header.indent)) or (
            bool(kept) and alone and line.indent < inner and line.indent <= base and inner > base
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
            closed = (last and reason not in ("advertisement", "share bar", "newsletter")) or closed
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


def footer_start(lines: Sequence[Line], footer: int) -> int | None:
    """The first line of the comment that the footer at `footer` closes, where no heading opens the thread."""
    place = footer - 1
    while (
        place > 0 and not lines[place].blanks and not (is_name(lines[place].text) and not is_prose(lines[place].text))
    ):
        place -= 1
    while place > 0 and lines[place].blanks <= 1 and not is_name(lines[place].text) and footer - place < 6:
        place -= 1
    return place if place > 0 and is_name(lines[place].text) else None


def with_footers(zone: Zone, begin: int, end: int) -> None:
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
        zone.leave(place, "thread markup")
        if group:
            zone.drafts.append(_footed(zone, group, find_stamp(text)))
        group = []
    for place in group:
        zone.leave(place, label_reason(zone.lines[place].text) or "after the comments")


def _footed(zone: Zone, group: list[int], stamp: str | None) -> Draft:
    first = zone.lines[group[0]]
    named = len(group) > 1 and is_name(first.text)
    text = [zone.lines[place] for place in (group[1:] if named else group)]
    return Draft(
        first.text if named else None, stamp, text, first.indent, None, None, None, 1.0 if named else 0.7, group[0]
    )


def signed_blocks(zone: Zone, begin: int, end: int, heading: Heading) -> bool:
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
    with_headers(zone, headers, end)
    return True


_LABELLED: Final = re.compile(r"^(?:[-–—•*]\s*)?(?P<name>[^:«»\"!?]{1,40}?)\s?:\s+(?P<text>\S.*)$")


def labelled(zone: Zone, begin: int, end: int, heading: Heading) -> bool:
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
    with_headers(zone, headers, end)
    return True


def plausible(zone: Zone, begin: int, end: int, heading: Heading) -> bool:
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


def unmarked(zone: Zone, begin: int, end: int, heading: Heading | None) -> None:
    """One remark a line, a line that only quotes the article joined to the next; by blocks where the count says so."""
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
