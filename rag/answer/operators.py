"""The last or the first of several events that the candidates tell of.

Knows events as dated sentences, and what happened from plans and denials by their clauses. Which sentences compete is
decided by their odds; which wins, by the dates of their events, never by those of publication where a sentence has a
date of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from rag.answer.candidates import Candidate
from rag.answer.happenings import dated, events_of
from rag.answer.polarity import negated, planned
from rag.answer.ranking import RIVAL_AT_ALL
from rag.events import EventMention
from rag.events.fit import fitness, same_kind
from rag.matching import Matcher
from rag.question import Question

RIVAL: Final = 0.08  # least odds against the best dated sentence for one that competes by date ("last", "first")

FIT: Final = 0.8  # least fitness of an event that competes though its sentence is not likely: one name may be implied
RIVAL_AFTER: Final = 0.4  # the same against a sentence that says "the last"
_BOUNDING: Final = ("since", "until", "before", "after")  # such a date is not the event's own


def by_operator(
    question: Question, matcher: Matcher, able: Sequence[Candidate], limit_day: date | None
) -> Candidate | None:
    """The latest or earliest event among the candidates that compete; names must stand beside the sentence.

    Those compete that are likely, or that tell of the question's actors and kind of action. A sentence that itself says
    "the last" settles the matter for everything before its article's date; only an event after that date overrides it.
    The candidate comes back with the date of its event as its short answer; where no date is asked for, it is the
    likeliest of its article that tells of no other day.
    """
    near = [c for c in able if not c.far]
    if question.kind == "date":
        near = [c for c in near if c.short and c.short.date]
    rivals = [(when, c) for c in near for when, c in _events(question, c, limit_day)]
    strongest = max((c.score for _, c in rivals), default=0.0)
    found = [
        (when, c)
        for when, c in rivals
        if c.score >= max(RIVAL * strongest, RIVAL_AT_ALL) or tells_of_it(question, matcher, c, when)
    ]
    found = [(when, c) for when, c in found if limit_day is None or when <= limit_day]
    if not found:
        return None if question.kind == "date" else max(able, key=lambda c: c.score)
    said = [(when, c) for when, c in found if c.feature("cue")]
    likeliest = max((c.score for _, c in said), default=0.0)
    said = [(when, c) for when, c in said if c.score >= RIVAL_AFTER * likeliest]  # of another "first" it may speak, too
    if said and question.operator == "last":
        when, stated = max(said, key=lambda pair: (_known_until(pair[1]), pair[1].score))
        later = [
            (day, c)
            for day, c in found
            if day > _known_until(stated)
            and (c.score >= RIVAL_AFTER * strongest or tells_of_it(question, matcher, c, day))
        ]
        found = later or [(when, stated)]
    elif said:
        found = said
    days = [when for when, _ in found]
    target = max(days) if question.operator == "last" else min(days)
    chosen = max((c for when, c in found if when == target), key=lambda c: c.score)
    return chosen if question.kind == "date" else _beside(question, able, chosen, target, limit_day)


def tells_of_it(question: Question, matcher: Matcher, candidate: Candidate, day: date | None = None) -> bool:
    """Whether a candidate's event, of a day if one is given, has the question's actors and kind of action."""
    return any(
        day in (None, mention.first) and same_kind(question, mention) and fitness(question, matcher, mention) >= FIT
        for mention in events_of(candidate)
    )


def _beside(
    question: Question, able: Sequence[Candidate], chosen: Candidate, day: date, limit_day: date | None
) -> Candidate:
    """The likeliest candidate of the chosen one's article with a short answer and no event of another day: "the first
    one was given on Sunday" stands beside where."""
    near = [c for c in able if c.document.id == chosen.document.id and c.short is not None]
    near = [c for c in near if all(when == day for when, _ in _events(question, c, limit_day))]
    return max((c for c in near if c.score > chosen.score), key=lambda c: c.score, default=chosen)


def _known_until(candidate: Candidate) -> date:
    """The day up to which an article can know what was last: its publication day, else for ever."""
    return candidate.document.article.published.last_day or date.max


def _events(question: Question, candidate: Candidate, limit_day: date | None) -> list[tuple[date, Candidate]]:
    """The first days of what a candidate tells has happened within the question's window, with the candidate dated so:
    one pair, or none when it tells of plans and denials only."""
    mentions = events_of(candidate)
    own = [m for m in mentions if m.dated_by != "article"]
    if not own:
        if any(m.status != "happened" for m in mentions) or planned(candidate.text) or negated(candidate.text):
            return []
        return [(day, candidate)] if (day := _undated(question, candidate)) is not None else []
    fitting = [m for m in own if m.status == "happened" and m.modifier not in _BOUNDING and _meets(question, m)]
    known = min(filter(None, (limit_day, _known_until(candidate))))  # nothing has happened after its report
    fitting = [m for m in fitting if m.first <= known]
    if not fitting:
        return []
    pick = max if question.operator == "last" else min
    chosen = pick(fitting, key=lambda m: m.first)
    if question.kind == "date":
        candidate = dated(candidate, chosen, question.language)
    return [(chosen.first, candidate)]


def _meets(question: Question, mention: EventMention) -> bool:
    if question.first is None or question.last is None:
        return True
    return mention.first <= question.last and question.first <= mention.last


def _undated(question: Question, candidate: Candidate) -> date | None:
    """First day of the event of a sentence without a mention of its own: what dates it, else its article's day."""
    if candidate.short and candidate.short.date:
        return candidate.short.date.first
    known = [d.first for d in candidate.dates if d.first]
    if known:
        return max(known) if question.operator == "last" else min(known)
    return candidate.document.article.published.first_day
