"""Which of the dated events that were found answers a question for a date.

Every event has a chance of being one of which the question asks, by a logistic model over `rag.answer.dating`. "When"
is answered by the likeliest. "The last" is the latest that is one: an event is it when it is one and none after it is
(the cascade of Craswell et al., 2008, with time for rank); "the first" likewise, from the beginning. Knows the model's
weights; knows nothing of how its numbers come about, nor whether the archive holds an answer at all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

from rag.answer.candidates import Candidate
from rag.answer.dating import Dated, dated_events, described
from rag.answer.happenings import dated
from rag.matching import Matcher
from rag.question import Question

# Fitted on the questions of 4,246 that ask for a date (training/dates.py). Cross-validated over the 35 archives that no
# rule was made on, its event is right for 1,796 of 3,742 questions, that of the rules of `rag.answer.operators` for
# 1,518; the two together, as here, for 1,764, and on the archives that the rules were made on they lose less.
WEIGHTS: Final[dict[str, float]] = {
    "odds": 1.433,
    "odds of operator": -0.31,
    "read": 0.761,
    "read of operator": -0.218,
    "read below the best": 0.169,
    "sentence read": -0.88,
    "marked": -0.729,
    "short": 0.274,
    "close": 1.081,
    "words": 0.586,
    "words near": 0.917,
    "words of clause": 0.625,
    "names near": -0.203,
    "far": -1.909,
    "cosine": 0.951,
    "kin": 0.554,
    "kin of operator": -0.625,
    "told": 0.687,
    "same kind": 0.944,
    "other kind": -0.772,
    "other phase": -2.094,
    "with others": -0.179,
    "planned, none asked": -0.896,
    "not the first": -0.765,
    "day": 1.528,
    "year": -1.245,
    "of neighbour": 0.877,
    "fresh": -0.257,
    "ahead": -2.186,
}
BIAS: Final = -2.972
# Logits by which an event must be likelier than another of the question's actors and kind of action that the rules
# chose. Where it is so by more than 1, it is right for 103 of 226 questions and theirs for 27; else for 102 of 363 and
# theirs for 98.
MARGIN: Final = 1.0


def choose(
    question: Question, matcher: Matcher, candidates: Sequence[Candidate], chosen: Candidate, limit_day: date | None
) -> Candidate:
    """The candidate that dates the likeliest answer, with that date for its short answer.

    `chosen` stays where its event is of the question's actors and kind of action and not much less likely, or names the
    several parties of the question, and where no event is dated.
    """
    able = [c for c in candidates if not c.missing and c.feature("time") >= 0]
    events = dated_events(question, matcher, able, limit_day)
    numbers = described(question, matcher, events)
    scores = [BIAS + sum(weight * row[name] for name, weight in WEIGHTS.items()) for row in numbers]
    days = [event.mention.first.toordinal() for event in events]
    own = [scores[n] for n, event in enumerate(events) if _is_of(event, chosen) and numbers[n]["kin"]]
    for best in likeliest_first(question.operator, days, scores):
        if own and (scores[best] - max(own) <= MARGIN or _names_both(question, chosen)):
            return chosen
        giving = _giving(events[best], events)
        if giving is not None:
            return dated(giving.candidate, giving.mention, question.language)
    return chosen


def _names_both(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence names the several parties of which a question asks."""
    return len(question.names) > 1 and candidate.feature("names") >= 1.0


def _is_of(event: Dated, chosen: Candidate) -> bool:
    """Whether an event is that of a candidate's short answer."""
    short, mention = chosen.short, event.mention
    if short is None or short.date is None:
        return False
    return (mention.first, mention.last) == (short.date.first, short.date.last)


def likeliest_first(operator: str | None, days: Sequence[int], scores: Sequence[float]) -> list[int]:
    """The places of events, the likeliest answer first. `days`: ordinals of their beginnings; `scores`: logits that
    each is one of which the question asks. Several of one day stand or fall with the likeliest of them."""
    if operator not in ("last", "first"):
        return sorted(range(len(days)), key=lambda n: -scores[n])
    chances: dict[int, float] = {}
    for day, score in zip(days, scores, strict=True):
        chances[day] = max(chances.get(day, 0.0), 1 / (1 + math.exp(-score)))
    none_yet, answers = 1.0, {}
    for day in sorted(chances, reverse=operator == "last"):
        answers[day] = none_yet * chances[day]
        none_yet *= 1 - chances[day]
    return sorted(range(len(days)), key=lambda n: (-answers[days[n]], -scores[n]))


def _giving(event: Dated, events: Sequence[Dated]) -> Dated | None:
    """The event in a sentence that gives its date: itself, or the likeliest of its article that lends it its day."""
    if event.mention.dated_by == "sentence":
        return event
    lending = [
        other
        for other in events
        if other.mention.dated_by == "sentence"
        and other.candidate.document.id == event.candidate.document.id
        and other.mention.first == event.mention.first
    ]
    return max(lending, key=lambda other: other.candidate.score, default=None)
