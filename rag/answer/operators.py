"""The last or the first of several events that the candidates tell of.

Knows events as dated sentences. Which sentences compete is decided by their odds; which wins, by their dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from rag.answer.candidates import Candidate
from rag.answer.polarity import negated, planned
from rag.answer.ranking import RIVAL_AT_ALL, best_of
from rag.question import Question

RIVAL: Final = 0.08  # least odds against the best dated sentence for one that competes by date ("last", "first")

RIVAL_AFTER: Final = 0.4  # the same against a sentence that says "the last"


def by_operator(question: Question, able: Sequence[Candidate], limit_day: date | None) -> Candidate | None:
    """The latest or earliest event among the candidates that compete; names must stand beside the sentence.

    A sentence that itself says "the last" settles the matter for everything before its article's date; only an event
    after that date overrides it.
    """
    rivals = [c for c in able if not c.far and not planned(c.text) and not negated(c.text)]
    if question.kind == "date":
        rivals = [c for c in rivals if c.short and c.short.date]
    strongest = max((c.score for c in rivals), default=0.0)
    rivals = [c for c in rivals if c.score >= max(RIVAL * strongest, RIVAL_AT_ALL)]
    dated = [(when, c) for c in rivals if (when := _event_day(question, c)) is not None]
    dated = [(when, c) for when, c in dated if limit_day is None or when <= limit_day]
    if not dated:
        return None if question.kind == "date" else best_of(question, able)
    said = [(when, c) for when, c in dated if c.feature("cue")]
    if said and question.operator == "last":
        when, stated = max(said, key=lambda pair: (_known_until(pair[1]), pair[1].score))
        later = [(day, c) for day, c in dated if day > _known_until(stated) and c.score >= RIVAL_AFTER * strongest]
        dated = later or [(when, stated)]
    elif said:
        dated = said
    days = [when for when, _ in dated]
    target = max(days) if question.operator == "last" else min(days)
    return max((c for when, c in dated if when == target), key=lambda c: c.score)


def _known_until(candidate: Candidate) -> date:
    """The day up to which an article can know what was last: its publication day, else for ever."""
    return candidate.document.article.published.last_day or date.max


def _event_day(question: Question, candidate: Candidate) -> date | None:
    """First day of the event that a candidate tells: its own date, else its article's."""
    if candidate.short and candidate.short.date:
        return candidate.short.date.first
    known = [d.first for d in candidate.dates if d.first]
    if known:
        return max(known) if question.operator == "last" else min(known)
    return candidate.document.article.published.first_day
