"""Event mentions of one stored text: its dated sentences, and those that tell what happened without a date.

Where a date comes from, in this order: the sentence itself; the line or sentence right before it that is only a date,
or the heading above ("July 1, 2025. Macron calls Putin."); the sentence that it continues within its paragraph; the
day of the article, for a sentence that names somebody and tells of something done. An expression that nobody can
resolve ("récemment") dates nothing, and an article of unknown date lends no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rag.dates import DateMention, Precision, find_dates
from rag.events.actors import cast_of, referred
from rag.events.mention import DatedBy, EventMention
from rag.events.status import around, begun_since, none_since, status_of, tells_something
from rag.orders import without_orders
from rag.text import STOPWORDS, Span, fold, sentences, words
from rag.types import ArticleRef, Language

LEAST_WORDS: Final = 2  # content words beside its date that a sentence must have to tell of something
ONLY_A_DATE: Final = 1  # content words beside its date that a line may have and still be only a date ("Paris, ...")
_STOP: Final = STOPWORDS["fr"] | STOPWORDS["en"]
_BOUNDING: Final = ("since", "until", "before", "after")
_CONTINUES: Final = re.compile(
    r"(?:il|ils|elle|elles|le|la|les|l'|ce|cet|cette|ces|son|sa|ses|leur|leurs|he|she|they|it|the|this|these|their|his|"
    r"her|its|tous|toutes|both)\b"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence with its dates."""

    span: Span
    dates: tuple[DateMention, ...]
    paragraph: int  # start of its line
    heading: bool
    only_date: bool
    content: int  # content words beside its dates
    tells: bool  # of something that happened


def event_mentions(
    text: str, article: ArticleRef, language: Language, headings: Sequence[Span] = ()
) -> list[EventMention]:
    """The event mentions of an article's text in order. `headings`: offsets of its heading lines."""
    text = without_orders(text, language)  # they tell of nothing; offsets stay
    spans = sentences(text, language)
    cast = cast_of(text, spans)
    lines = _lines(text, spans, find_dates(text, anchor=article.published, language=language), headings)
    found: list[EventMention] = []
    lent: DateMention | None = None  # the date that a line or heading lends to what follows it
    lent_until: int | None = None  # ... within one paragraph only, when it is no line of its own
    pair: tuple[str, ...] = ()  # the two persons that the paragraph is about, where there are two
    told: DateMention | None = None  # the date of the sentence before, within the paragraph
    paragraph = section = -1
    for number, line in enumerate(lines):
        if line.paragraph != paragraph:
            paragraph, told, pair = line.paragraph, None, ()
            lent = lent if lent_until is None else None
        if line.heading or line.only_date:
            section = line.span.end if line.heading else section
            lent = _sure(line.dates)
            own_line = line.heading or not text[line.span.end : _line_end(text, line.span.end)].strip()
            lent_until = None if own_line else paragraph
            continue
        if line.content < LEAST_WORDS and not line.tells:
            continue
        dated = list(_dated(text, line, lent, told, article))
        told = _sure(line.dates) or told
        who = referred(text, cast, line.span, _above(text, line.span.start, max(section, 0)), pair)
        pair = who.pair or pair
        for ordinal, (mention, by) in enumerate(dated):
            made = _made(text, line, mention, by, article, language)
            if made is not None and made.status == "happened" and _denied_next(text, lines, number):
                made = replace(made, status="denied")
            if made is not None and (by == "sentence" or who.actors):
                found.append(replace(made, ordinal=ordinal, actors=who.actors, places=who.places, unclear=who.unclear))
    return found


# "Un quotidien affirmait que ...", and right after it "Les deux présidences démentent."
_CLAIMED: Final = re.compile(
    r"\b(?:affirm\w+|assur\w+|pretend\w+|rumeurs?|selon (?:une?|des)|evoqu\w+|croyait savoir|"
    r"claim\w*|rumou?rs?|alleg\w+|according to (?:a|an|some)|reported that)\b"
)
_DENIES: Final = re.compile(r"\b(?:dement|dementent|dementie?s?|refut\w+|denied|denies|deny)\b")
_STOP_MARK: Final = re.compile(r"[.!?;](?=\s|$)")
MOST_DENYING: Final = 12  # words of a sentence that denies what the one before it claims, and tells nothing else


def _denied_next(text: str, lines: Sequence[_Line], number: int) -> bool:
    """Whether a sentence tells what somebody claims, and the next one that it is denied."""
    line, behind = lines[number], lines[number + 1] if number + 1 < len(lines) else None
    if behind is None or behind.paragraph != line.paragraph:
        return False
    told, after = (fold(text[part.span.start : part.span.end]) for part in (line, behind))
    denial = _STOP_MARK.split(after)[0]
    return len(words(denial)) <= MOST_DENYING and bool(_CLAIMED.search(told) and _DENIES.search(denial))


def _lines(text: str, spans: Sequence[Span], dates: Sequence[DateMention], headings: Sequence[Span]) -> list[_Line]:
    lines = []
    at = 0
    for span in spans:
        while at < len(dates) and dates[at].start < span.start:
            at += 1
        own = []
        while at < len(dates) and dates[at].start < span.end:
            own.append(dates[at])
            at += 1
        heading = any(span.start < h.end and h.start < span.end for h in headings)
        paragraph, content = text.rfind("\n", 0, span.start) + 1, _content(text, span, own)
        tells = tells_something(text[span.start : span.end])
        named = any(d.first for d in own) and content <= ONLY_A_DATE and not tells
        lines.append(_Line(span, tuple(own), paragraph, heading, named, content, tells))
    return lines


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _content(text: str, span: Span, dates: Sequence[DateMention]) -> int:
    """Content words of a stretch outside its dates."""
    return sum(
        fold(word.text) not in _STOP and not any(d.start <= span.start + word.start < d.end for d in dates)
        for word in words(text[span.start : span.end])
    )


def _sure(dates: Sequence[DateMention]) -> DateMention | None:
    """The one date that a sentence can lend to others: it alone is a day or a month and bounds nothing."""
    able = [d for d in dates if d.first and d.precision in ("day", "month") and d.modifier not in _BOUNDING]
    return able[0] if len({(d.first, d.last) for d in able}) == 1 else None


def _above(text: str, start: int, floor: int) -> list[Span]:
    """The paragraph up to an offset and the paragraphs before it down to `floor`, the nearest first."""
    found = [Span(max(floor, text.rfind("\n", 0, start) + 1), start)]
    while len(found) < 4 and found[-1].start > floor:
        end = found[-1].start - 1
        begin = max(floor, text.rfind("\n", 0, end) + 1)
        found.append(Span(begin, end))
        if text[begin:end].strip() == "":
            found.pop()
            found[-1] = Span(begin, found[-1].end) if begin < found[-1].start else found[-1]
    return found


def _dated(
    text: str, line: _Line, lent: DateMention | None, told: DateMention | None, article: ArticleRef
) -> Iterator[tuple[DateMention | None, DatedBy]]:
    """The dates of a sentence, each with where it comes from; None stands for the article's own."""
    own = [d for d in line.dates if d.first and d.last]
    if own:
        yield from ((d, "sentence") for d in _of_events(text, line.span, own))
        return
    if line.dates:
        return
    if lent is not None:
        yield lent, "neighbour"
        return
    sentence = text[line.span.start : line.span.end]
    if not line.tells:
        return
    if told is not None and _CONTINUES.match(fold(sentence)):
        yield told, "neighbour"
    elif article.published.first_day is not None:
        yield None, "article"


# "..., ont fait savoir ce lundi ses services": the day of the report, where the sentence dates the event, too.
_REPORTED: Final = re.compile(
    r"\b(?:fait savoir|annonc\w+|indiqu\w+|declar\w+|affirm\w+|precis\w+|rapport\w+|confirm\w+|said|announced|told|"
    r"reported|confirmed)\b[^,;.]{0,12}$"
)


def _of_events(text: str, sentence: Span, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates of a sentence that date what it tells of: of several, neither the day on which that was reported nor
    the bound of a time ("pour la première fois depuis ...")."""
    told = [d for d in dates if not _REPORTED.search(fold(text[max(sentence.start, d.start - 30) : d.start]).rstrip())]
    inner = [
        d
        for d in told or dates
        if d.modifier not in _BOUNDING or begun_since(text[sentence.start : sentence.end], _within(d, sentence))
    ]
    return inner or told or list(dates)


def _made(
    text: str, line: _Line, mention: DateMention | None, by: DatedBy, article: ArticleRef, language: Language
) -> EventMention | None:
    """A mention without its actors; None for the article's own date when that is unknown."""
    published = article.published
    sentence = text[line.span.start : line.span.end]
    own = _within(mention, line.span) if mention is not None and by == "sentence" else None
    first, last = published.first_day, published.last_day
    precision: Precision = published.precision
    modifier, when = None, published.evidence or published.value or ""
    if mention is not None:
        first, last, precision, when = mention.first, mention.last, mention.precision, mention.text
        modifier = mention.modifier or (around(sentence, own) if own else None)
        if own is not None and (none_since(sentence, own) or begun_since(sentence, own)):
            modifier = None
    if first is None or last is None:
        return None
    return EventMention(
        article=article,
        text_id=article.id,
        start=line.span.start,
        end=line.span.end,
        text=sentence,
        first=first,
        last=last,
        precision=precision,
        modifier=modifier,
        when=when,
        dated_by=by,
        status=status_of(sentence, own, published.last_day),
        language=language,
    )


def _within(mention: DateMention, sentence: Span) -> DateMention:
    """The mention with its offsets in its sentence."""
    return replace(mention, start=mention.start - sentence.start, end=mention.end - sentence.start)
