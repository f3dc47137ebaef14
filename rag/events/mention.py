"""An event mention, an event that several articles report, and how a mention is kept in the store.

Knows the schema's field names. Knows nothing of how mentions are found or grouped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args

from rag.dates import Precision
from rag.store.schema import article_payload, event_id, read_article
from rag.types import ArticleRef, Citation, Language

Status = Literal["happened", "planned", "denied", "conditional"]
# "sentence": a date of its own. "neighbour": one of its heading, of a line that is only a date, or of the sentence that
# it continues. "article": none, so that the day is the one on which it was reported.
DatedBy = Literal["sentence", "neighbour", "article"]
_STATUSES: Final = get_args(Status)


@dataclass(frozen=True, slots=True)
class EventMention:
    """A sentence of an article that tells of something at a time: stored_text[start:end] == text."""

    article: ArticleRef
    text_id: str  # UUID of the stored text
    start: int  # of the sentence
    end: int
    text: str
    first: date  # closed interval of days, as its precision bounds it
    last: date
    precision: Precision
    modifier: str | None  # as in `rag.dates.DateMention`
    when: str  # the words that date it, verbatim; those of the publication date when `dated_by` is "article"
    dated_by: DatedBy
    status: Status
    actors: tuple[str, ...] = ()  # names as the article gives them at their fullest, references resolved
    places: tuple[str, ...] = ()  # those of `actors` that are places
    unclear: bool = False  # it refers to somebody ("les deux hommes", "il") and who that is, is not sure
    ordinal: int = 0  # number of the date within its sentence
    language: Language = "fr"

    @property
    def id(self) -> str:
        """UUID of its point."""
        return event_id(self.text_id, self.start, self.end, self.ordinal)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, was planned or denied, with every article's report of it."""

    first: date  # closed interval of days, the narrowest that a report gives
    last: date
    precision: Precision
    modifier: str | None
    when: str  # the words of the first report that date it
    dated_by: DatedBy  # "article": only the day of the report is known, the event may be older
    status: Status
    actors: tuple[str, ...]
    unclear: bool
    text: str  # the sentence of the first report
    citations: tuple[Citation, ...]  # one a report: the best first, of each article one

    def to_dict(self) -> dict[str, Any]:
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "precision": self.precision,
            "modifier": self.modifier,
            "when": self.when,
            "dated_by": self.dated_by,
            "status": self.status,
            "actors": list(self.actors),
            "unclear": self.unclear,
            "text": self.text,
            "citations": [citation.to_dict() for citation in self.citations],
        }


def event_payload(mention: EventMention) -> dict[str, Any]:
    """The payload of an event point."""
    return {
        **article_payload(mention.article),
        "kind": "event",
        "text_id": mention.text_id,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "language": mention.language,
        "event": {
            "from": f"{mention.first.isoformat()}T00:00:00Z",
            "to": f"{mention.last.isoformat()}T00:00:00Z",
            "precision": mention.precision,
            "modifier": mention.modifier,
            "when": mention.when,
            "dated_by": mention.dated_by,
            "status": mention.status,
            "actors": list(mention.actors),
            "places": list(mention.places),
            "unclear": mention.unclear,
            "ordinal": mention.ordinal,
        },
    }


def read_event(payload: dict[str, Any]) -> EventMention:
    """The mention that an event point holds."""
    event = payload["event"]
    assert event["status"] in _STATUSES
    return EventMention(
        article=read_article(payload),
        text_id=payload["text_id"],
        start=payload["start"],
        end=payload["end"],
        text=payload["text"],
        first=date.fromisoformat(event["from"][:10]),
        last=date.fromisoformat(event["to"][:10]),
        precision=event["precision"],
        modifier=event["modifier"],
        when=event["when"],
        dated_by=event["dated_by"],
        status=event["status"],
        actors=tuple(event["actors"]),
        places=tuple(event["places"]),
        unclear=event["unclear"],
        ordinal=event["ordinal"],
        language=payload["language"],
    )
