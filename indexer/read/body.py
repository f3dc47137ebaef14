"""The body of an article: what of its lines is text, in which sections, and what is boilerplate around it.

It knows nothing of titles, comments or files. `assemble` gives exact offsets: body[section.start:section.end] is the
section's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.read.boilerplate import (
    is_author_box,
    is_author_line,
    is_callout,
    is_form_start,
    label_reason,
    pitch_strength,
)
from indexer.read.closing import closing_reason, is_colophon
from indexer.read.head import is_summary_label
from indexer.read.lines import Line, ends_sentence, headline_shaped, is_bullet, is_heading, is_prose, is_rule
from rag.text import Span, sentences
from rag.types import Language, Section

_PITCH: Final = "subscription pitch"
_COLOPHON: Final = 3  # lines under the last rule that may present the paper
_TITLE_LENGTH: Final = 110  # characters of a derived title; press titles rarely pass 100


@dataclass(frozen=True, slots=True)
class Body:
    """Text with its sections, and the title that can be made from it."""

    text: str
    sections: tuple[Section, ...]
    first_paragraph: str


def boilerplate(lines: Sequence[Line], taken: set[int]) -> list[tuple[int, str]]:
    """(place, reason) of the lines that are no text of the article; `taken` names places already accounted for."""
    reasons: dict[int, str] = {}
    for place, line in enumerate(lines):
        if place in taken or line.heading:
            continue
        reason = "markup" if is_rule(line.text) else label_reason(line.text)
        if reason is not None and not _stays(lines, place, reason):
            reasons[place] = reason
    _related_titles(lines, reasons)
    _form(lines, reasons)
    for place, line in enumerate(lines):
        if place not in taken and place not in reasons and _mid_pitch(line.text):
            reasons[place] = _PITCH
    _colophon(lines, taken, reasons)
    _closing(lines, taken, reasons)
    return sorted(reasons.items())


def _stays(lines: Sequence[Line], place: int, reason: str) -> bool:
    """Whether a line that begins like a label is a heading of the article: a whole phrase over a paragraph."""
    if reason != "newsletter" or place + 1 >= len(lines):
        return False
    text = lines[place].text
    return len(text.split()) > 4 and headline_shaped(text) and is_prose(lines[place + 1].text)


def _related_titles(lines: Sequence[Line], reasons: dict[int, str]) -> None:
    """The linked titles under "Lire aussi" or "Sur le même sujet"."""
    for place in [p for p, reason in reasons.items() if reason == "related link"]:
        if len(lines[place].text) > 45 or ": " in lines[place].text.rstrip(" :"):
            continue
        following = place + 1
        listed = 0
        while following < len(lines) and following not in reasons:
            line = lines[following]
            titled = (headline_shaped(line.text) or is_bullet(line.text)) and not ends_sentence(
                line.text.rstrip("?!»” ")
            )
            before_text = following + 1 < len(lines) and is_heading(lines, following) and not is_bullet(line.text)
            if (
                not titled
                or len(line.text) > 160
                or (before_text and (listed or line.blanks > lines[place].blanks >= 1))
            ):
                break
            reasons[following] = "related link"
            listed += 1
            following += 1


def _form(lines: Sequence[Line], reasons: dict[int, str]) -> None:
    """What stands under the heading of a comment form, down to the end of the text."""
    starts = [p for p, reason in reasons.items() if reason == "comment form" and is_form_start(lines[p].text)]
    for start in starts:
        rest = range(start + 1, len(lines))
        if not any(is_prose(lines[place].text) and place not in reasons for place in rest):
            for place in rest:
                reasons.setdefault(place, "comment form")


def _mid_pitch(text: str) -> bool:
    return len(text) <= 320 and pitch_strength(text) == 2


def _colophon(lines: Sequence[Line], taken: set[int], reasons: dict[int, str]) -> None:
    """The paper's own lines under the last rule."""
    ruled = [place for place, line in enumerate(lines) if line.ruled or (place and is_rule(lines[place - 1].text))]
    below = [place for place in range(ruled[-1], len(lines)) if place not in taken] if ruled else []
    fresh = [place for place in below if place not in reasons]
    small = 0 < len(fresh) <= _COLOPHON and len(lines) > 2 * len(below)
    if small and all(not lines[place].heading and is_colophon(lines[place].text) for place in fresh):
        reasons.update(dict.fromkeys(fresh, "colophon"))


def _closing(lines: Sequence[Line], taken: set[int], reasons: dict[int, str]) -> None:
    """Pitches, appeals and author boxes that close the text, with the headings over them."""
    places = [place for place in range(len(lines)) if place not in taken and reasons.get(place, _PITCH) == _PITCH]
    for start in places[1:]:
        text = lines[start].text
        if is_prose(text) or not (is_callout(text) or is_author_box(text)):
            continue
        below = [place for place in places if place > start]
        if not below:
            continue
        appeal = is_callout(text) and any(place in reasons or pitch_strength(lines[place].text) for place in below)
        appeal = appeal and not any(is_heading(lines, p) and not is_callout(lines[p].text) for p in below)
        box = is_author_box(text) and len(below) <= 3 and len(places) - len(below) > 3
        if appeal or box:
            reasons.update(dict.fromkeys([start, *below], _PITCH if appeal else "author box"))
            return
    pitched = False
    for place in reversed(places[1:]):
        text = lines[place].text
        if (reason := closing_reason(text)) and place not in reasons and pitch_strength(text) < 2:
            reasons[place] = reason
        elif place in reasons or pitch_strength(text):
            reasons[place], pitched = _PITCH, True
        elif is_author_line(text) and len(places) > 3 and not pitched:
            reasons[place] = "author box"
        elif pitched and not is_prose(text) and (is_callout(text) or headline_shaped(text)) and not is_bullet(text):
            reasons[place], pitched = _PITCH, False
        else:
            return


def assemble(lines: Sequence[Line]) -> Body:
    """The body of these lines: one line end between neighbours, a blank line where the source has any."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0
    for i, line in enumerate(lines):
        gap = ("\n\n" if line.blanks else "\n") if i else ""
        pieces.extend((gap, line.text))
        spans.append(Span(length + len(gap), length + len(gap) + len(line.text)))
        length = spans[-1].end
    text = "".join(pieces)
    return Body(text, tuple(_sections(text, lines, spans)), _first_paragraph(lines))


def _sections(text: str, lines: Sequence[Line], spans: Sequence[Span]) -> list[Section]:
    starts: list[tuple[str | None, int, int]] = [(None, 0, 0)]  # heading, first place of its text, end of the heading
    summary = False
    for place, line in enumerate(lines):
        bullets = place + 1 < len(lines) and is_bullet(lines[place + 1].text)
        if is_summary_label(line.text) and bullets:
            starts.append((line.text, place + 1, spans[place].end))
            summary = True
        elif not is_bullet(line.text) and is_heading(lines, place):
            starts.append((line.text, place + 1, spans[place].end))
            summary = False
        elif summary and not is_bullet(line.text) and is_bullet(lines[place - 1].text):
            starts.append((None, place, spans[place - 1].end))
            summary = False
    sections: list[Section] = []
    for i, (heading, first, end_of_heading) in enumerate(starts):
        following = starts[i + 1] if i + 1 < len(starts) else None
        stop = len(lines) if following is None else following[1] - (1 if following[0] is not None else 0)
        if first < stop:
            start, end = spans[first].start, spans[stop - 1].end
        elif heading is None:
            continue
        else:
            start = end = end_of_heading
        sections.append(Section(heading, text[start:end], start, end))
    return sections


def _first_paragraph(lines: Sequence[Line]) -> str:
    texts = [
        line.text
        for place, line in enumerate(lines)
        if not is_bullet(line.text) and not is_heading(lines, place) and not is_summary_label(line.text)
    ]
    return next((text for text in texts if is_prose(text)), texts[0] if texts else lines[0].text if lines else "")


def derived_title(paragraph: str, language: Language) -> str:
    """A title made of the first sentence, cut at a word after 110 characters."""
    spans = sentences(paragraph, language)
    sentence = paragraph[spans[0].start : spans[0].end] if spans else paragraph
    if len(sentence) <= _TITLE_LENGTH:
        return sentence.rstrip(" .") or sentence
    cut = sentence[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–—-«“(")
    return f"{cut}…"
