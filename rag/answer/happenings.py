"""The event mentions of candidate sentences, and a candidate dated by its event.

Mentions are read from the candidate's document when they are asked for, so that an archive indexed before events were
stored serves as well; they are the ones that the store keeps. Knows nothing of operators.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from rag.answer.candidates import Candidate
from rag.answer.document import Document
from rag.answer.spot import Short
from rag.dates import DateMention, find_dates, format_date
from rag.events import EventMention, event_mentions
from rag.text import Span, words
from rag.types import ArticleRef, Language

JOINED: Final = 60  # characters of a line that can be only a date
_OTHER_WORDS: Final = 2  # beside its date: "Paris, le 1er juillet 2025", "Published on ..." is more


@lru_cache(maxsize=256)
def _mentions(document: Document) -> tuple[EventMention, ...]:
    found = event_mentions(document.text, document.article, document.article.language, document.headings)
    return tuple(replace(mention, text_id=document.id) for mention in found)


def events_of(candidate: Candidate) -> tuple[EventMention, ...]:
    """The event mentions within a candidate's sentence, in order; of a reader's remark none."""
    if candidate.hit.kind != "article":
        return ()
    return tuple(m for m in _mentions(candidate.document) if candidate.start <= m.start < candidate.end)


def dated(candidate: Candidate, mention: EventMention, language: Language) -> Candidate:
    """The candidate with the mention's date for a short answer, in the words of `language`; as it is when its short
    answer has that date already or the words of the date do not stand in the sentence."""
    short = candidate.short
    if short and short.date and (short.date.first, short.date.last) == (mention.first, mention.last):
        return candidate
    at = candidate.text.find(mention.when)
    if at < 0:
        return candidate
    own = next((d for d in candidate.dates if (d.first, d.last) == (mention.first, mention.last)), None)
    said = format_date(mention.first, mention.last, mention.precision, language)
    confidence = short.confidence if short else 0.3
    date = own or DateMention(at, at + len(mention.when), mention.when, mention.first, mention.last, mention.precision)
    return replace(candidate, short=Short(said, at, at + len(mention.when), confidence, date=date))


def with_their_dates(text: str, spans: Sequence[Span], article: ArticleRef, language: Language) -> list[Span]:
    """Sentences, those that are only a date joined to the one after them: "July 1, 2025. Macron calls Putin." is one,
    for its date dates what follows. Offsets are into `text`."""
    joined: list[Span] = []
    lone: Span | None = None
    for span in spans:
        if lone is not None and not text[lone.end : span.start].strip() and span.end - lone.start <= 600:
            span = Span(lone.start, span.end)
        elif lone is not None:
            joined.append(lone)
        lone = span if _only_a_date(text[span.start : span.end], article, language) else None
        if lone is None:
            joined.append(span)
    return [*joined, lone] if lone is not None else joined


def _only_a_date(sentence: str, article: ArticleRef, language: Language) -> bool:
    if len(sentence) > JOINED or not any(character.isdigit() for character in sentence):
        return False
    mentions = find_dates(sentence, anchor=article.published, language=language)
    if len(mentions) != 1 or mentions[0].first is None:
        return False
    others = [w for w in words(sentence) if not mentions[0].start <= w.start < mentions[0].end]
    return len(others) <= _OTHER_WORDS
