"""The event mentions of candidate sentences, and a candidate dated by its event.

Mentions are read from the candidate's document when they are asked for, so that an archive indexed before events were
stored serves as well; they are the ones that the store keeps. Knows nothing of operators.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rag.answer.candidates import Candidate
from rag.answer.document import Document
from rag.answer.spot import Short
from rag.dates import DateMention, format_date
from rag.events import EventMention, event_mentions
from rag.types import Language


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
