"""The dated events of the candidate sentences, described by numbers: what the reader makes of each date, whether it is
of the question's actors and kind of action, whether it has happened.

Knows one event at a time. Knows nothing of weights and of which of several events answers: `rag.answer.chooser` does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rag.answer.candidates import Candidate
from rag.answer.happenings import events_of
from rag.answer.polarity import planned
from rag.answer.spot import agreement, anchors_in, closeness
from rag.answer.told import is_kin, meets_window, not_the_first, told_by_event
from rag.events import EventMention
from rag.events.fit import other_kind, other_phase, same_kind, with_others
from rag.events.part import part_of
from rag.matching import Matcher
from rag.question import Question

UNREAD: Final = -12.0  # logits of a date that no excerpt holds
SCALE: Final = 8.0  # logits that count as one
FRESH: Final = 10  # days before its article in which an event is its news


@dataclass(frozen=True, slots=True)
class Dated:
    """One event that a candidate dates."""

    candidate: Candidate
    mention: EventMention
    read: float | None  # score of its date, by the reader, in logits against "no answer"; None when it was not read
    told: bool  # it has happened, and is the one of its sentence that may be meant


def dated_events(
    question: Question, matcher: Matcher, candidates: Sequence[Candidate], limit_day: date | None
) -> list[Dated]:
    """The event mentions of candidates that have a date of their own, or one of a neighbour's, within the question's
    window and up to `limit_day`. Of a sentence that says "the last" or "the first" of one, that one alone."""
    found = []
    for candidate in candidates:
        told = told_by_event(question, matcher, candidate, limit_day)
        days = {(each.day, each.last) for each in told}
        said = any(each.says for each in told)
        for mention in events_of(candidate):
            own = (mention.first, mention.last) in days
            past = limit_day is None or mention.first <= limit_day
            if mention.dated_by != "article" and meets_window(question, mention) and past and (own or not said):
                found.append(Dated(candidate, mention, _read(candidate, mention), own))
    return found


def _read(candidate: Candidate, mention: EventMention) -> float | None:
    if candidate.read is None or mention.dated_by != "sentence":
        return None
    scores = zip(candidate.dates, candidate.read.dates, strict=True)
    return next((score for own, score in scores if (own.first, own.last) == (mention.first, mention.last)), None)


def described(question: Question, matcher: Matcher, events: Sequence[Dated]) -> list[dict[str, float]]:
    """The numbers of every event, by name."""
    best = max((UNREAD if e.read is None else e.read for e in events), default=UNREAD)
    return [{name: float(value) for name, value in _own(question, matcher, e, best).items()} for e in events]


def _own(question: Question, matcher: Matcher, event: Dated, best: float) -> dict[str, float]:
    candidate, mention = event.candidate, event.mention
    at = candidate.text.find(mention.when) if mention.dated_by == "sentence" else -1
    end, short = at + len(mention.when), candidate.short
    part = part_of(mention.text, mention.when)
    published = candidate.document.article.published.last_day
    age = (published - mention.last).days if published else 0
    operator = float(question.operator is not None)
    kin = is_kin(question, matcher, candidate, mention)
    odds = math.log(max(candidate.score, 1e-4)) / 3
    read = UNREAD if event.read is None else event.read
    days = (mention.first, mention.last)
    return {
        "odds": odds,
        "odds of operator": odds * operator,
        "read": read / SCALE,
        "read of operator": read / SCALE * operator,
        "read below the best": max(-3.0, (read - best) / 6),
        "sentence read": candidate.feature("read"),
        "marked": agreement(at, end, candidate.found) if at >= 0 else 0.0,
        "short": short is not None and short.date is not None and (short.date.first, short.date.last) == days,
        "close": closeness(at, end, anchors_in(matcher, candidate.text)) if at >= 0 else 0.2,
        "words": candidate.feature("words"),
        "words near": candidate.feature("words_near"),
        "words of clause": matcher.coverage((1.0, matcher.meets(part.clause)), names=False),
        "names near": candidate.feature("names_near"),
        "far": bool(candidate.far),
        "cosine": candidate.feature("cosine"),
        "kin": kin,
        "kin of operator": kin * operator,
        "told": event.told,
        "same kind": same_kind(question, matcher, mention),
        "other kind": other_kind(question, mention),
        "other phase": other_phase(question, mention),
        "with others": with_others(question, matcher, mention),
        "planned, none asked": mention.status == "planned" and not planned(question.text),
        "not the first": question.operator == "first" and not_the_first(candidate.text),
        "day": mention.precision == "day",
        "year": mention.precision == "year",
        "of neighbour": mention.dated_by == "neighbour",
        "fresh": 0 <= age <= FRESH,
        "ahead": age < 0,
    }
