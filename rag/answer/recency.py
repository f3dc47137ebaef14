"""The newest of several reports of one changing fact: a toll, a cost, the holder of an office.

A pure function over weighed candidates. Cautious: a candidate gives way only to one of another article that is later,
answers the same question about the same matter in the same place, and gives a value of the same kind; a correction goes
before what was published until then. Knows nothing of wording; a rival value is `rag.answer.conflict`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from rag.alike import stems
from rag.answer.candidates import Candidate
from rag.answer.conflict import is_correction
from rag.answer.figures import Figure, find_figures
from rag.answer.polarity import negated, planned
from rag.asked_time import asks_state
from rag.events.action import actions
from rag.events.status import status_of
from rag.question import Question
from rag.succession import no_longer_holds
from rag.text import STOPWORDS, Span, fold, words

LEAST_ODDS: Final = 0.02  # of a later sentence against the best one
LEAST_WORDS: Final = 0.6  # share of what the best sentence and its surroundings meet that the later one must meet
ONE_STORY: Final = timedelta(days=400)  # between two articles, beyond which a figure may be another event's
OTHER_DAYS: Final = timedelta(days=60)  # between the days that two sentences name, beyond which they tell of two events
_VALUES: Final = ("number", "duration")
_HELD: Final = ("person", "entity", "place")
_PART: Final = re.compile(
    r"\b(?:dont|parmi|sur les|of which|of whom|including|among|par (?:an|jour|mois|semaine|habitant|personne)|"
    r"chacun\w*|per|each|a year|a day)\b"
)
_STOP: Final = STOPWORDS["fr"] | STOPWORDS["en"]


def prefer_current(question: Question, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates, best first, with the newest report of what the best one says before it.

    Whoever is put first has at least the best one's score and presence. Nothing changes where a time, a first or a
    count is asked for, or where it is not plain that two candidates are about one thing.
    """
    best = next((c for c in candidates if c.short is not None and not c.missing), None)
    if best is None or not _applies(question):
        return tuple(candidates)
    if question.kind in _HELD and _past_holder(best):
        holder = next((c for c in candidates if c.short is not None and not (c.missing or _past_holder(c))), None)
        if holder is not None and holder.score >= LEAST_ODDS * best.score:
            others = (c for c in candidates if c is not holder)
            best = replace(holder, score=best.score, presence=max(best.presence, holder.presence))
            candidates = (best, *others)
    able = [best, *(c for c in candidates if c is not best and _same_matter(question, best, c))]
    newest = max(able, key=lambda c: (_told(c), _corrects(c), c.score))
    if newest is best or (_told(newest) <= _told(best) and not _corrects(newest)):
        return tuple(candidates)
    top = max(c.score for c in candidates)
    chosen = replace(newest, score=top, presence=max(newest.presence, best.presence))
    return (chosen, *(c for c in candidates if c is not newest))


def has_left(question: Question, candidate: Candidate) -> bool:
    """Whether a candidate tells of a holder only that the office is no longer theirs, where a question asks who holds
    it."""
    return question.kind in _HELD and _applies(question) and candidate.short is not None and _past_holder(candidate)


def _applies(question: Question) -> bool:
    if question.counts or question.operator == "first" or (question.first is not None and not question.as_of_loose):
        return False
    return question.kind in _VALUES or (question.kind in _HELD and asks_state(question.text))


def _told(candidate: Candidate) -> date:
    """The first day on which an article may have been published; an undated one is never newer."""
    return candidate.document.article.published.first_day or date.min


def _corrects(candidate: Candidate) -> bool:
    return is_correction(candidate.document.article, candidate.document.text)


def _same_matter(question: Question, best: Candidate, other: Candidate) -> bool:
    """Whether a candidate gives a value for what the best one gives one for."""
    if other.short is None or other.missing or other.far or other.feature("time") < 0:
        return False
    if other.document.article.id == best.document.article.id or other.score < LEAST_ODDS * best.score:
        return False
    unsure = status_of(other.text, None, None) == "conditional" and status_of(best.text, None, None) == "happened"
    if unsure or negated(other.text) or (planned(other.text) and not planned(best.text)):
        return False
    installed = question.kind in _HELD and bool(actions(other.text) & {"elect", "appoint"})
    for name in ("names_near",) if installed else ("words_near", "names_near"):
        if other.feature(name) < LEAST_WORDS * best.feature(name):
            return False
    if question.kind in _VALUES:
        return _same_measure(best, other) and _same_story(question, best, other)
    return not _past_holder(other)


def _same_measure(best: Candidate, other: Candidate) -> bool:
    """Whether two figures count the same: one unit, or the next words share a stem; neither a part nor a rate alone."""
    mine, theirs = _figure(best), _figure(other)
    if mine is None or theirs is None or mine.unit != theirs.unit:
        return False
    if bool(_PART.search(_near(best))) != bool(_PART.search(_near(other))):
        return False
    return mine.unit is not None or bool(_counted(best, mine) & _counted(other, theirs))


def _figure(candidate: Candidate) -> Figure | None:
    assert candidate.short is not None
    taken = [Span(d.start, d.end) for d in candidate.dates]
    found = find_figures(candidate.text, candidate.hit.passage.language, taken)
    return next((f for f in found if candidate.short.start <= f.start < candidate.short.end), None)


def _near(candidate: Candidate) -> str:
    assert candidate.short is not None
    return fold(candidate.text[max(0, candidate.short.start - 30) : candidate.short.end + 25])


def _counted(candidate: Candidate, figure: Figure) -> set[str]:
    after = [fold(word.text) for word in words(candidate.text[figure.start :])[:4]]
    return {stem for word in after if word not in _STOP and not word[0].isdigit() for stem in stems(word)}


def _same_story(question: Question, best: Candidate, other: Candidate) -> bool:
    """Whether two sentences may be about one event: their articles are not too far apart, the days that they name are
    not, and neither names a place or person that the other's article does not know."""
    first, second = _told(best), _told(other)
    if date.min in (first, second) or abs(second - first) > ONE_STORY:
        return False
    mine = [(d.first, d.last) for d in best.dates if d.first and d.last and d.modifier != "since"]
    theirs = [(d.first, d.last) for d in other.dates if d.first and d.last and d.modifier != "since"]
    if mine and theirs and not asks_state(question.text):
        gap = min(max(a, c) - min(b, d) for a, b in mine for c, d in theirs)
        if gap > OTHER_DAYS:
            return False
    return _known(question, best, other) and _known(question, other, best)


def _known(question: Question, named: Candidate, by: Candidate) -> bool:
    around = {fold(word.text) for word in words(f"{question.text}\n{by.document.article.title}\n{by.document.text}")}
    names = [word.text for word in words(named.text)[1:] if word.text[0].isupper() and len(word.text) > 2]
    unknown = [name for name in names if fold(name) not in around]
    return 2 * len(unknown) <= len(names)


def _past_holder(candidate: Candidate) -> bool:
    """Whether a sentence speaks of somebody who no longer holds what is asked for."""
    assert candidate.short is not None
    if status_of(candidate.text, None, date.max) != "happened":
        return False
    return no_longer_holds(candidate.text, Span(candidate.short.start, candidate.short.end))
