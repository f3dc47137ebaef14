"""The last or the first of several events that the candidates tell of.

Knows events as dated sentences, and what happened from plans and denials by their clauses. Which sentences compete is
decided by their odds; which wins, by the dates of their events, never by those of publication where a sentence has a
date of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from rag.answer.candidates import Candidate
from rag.answer.happenings import dated, events_of
from rag.answer.polarity import planned
from rag.answer.ranking import RIVAL_AT_ALL
from rag.answer.told import BOUNDING, Told, has_happened, known_until, says_so, tells_of_it, told_by_event
from rag.dates import format_date
from rag.events import EventMention
from rag.events.action import actions, asked_actions, phases
from rag.events.fit import another_does, other_kind, other_phase
from rag.events.status import status_of
from rag.matching import Matcher
from rag.question import Question
from rag.text import fold

# Set on evals/datasets/dated-1.jsonl; docs/experiments.md has what the whole of them gives.
RIVAL: Final = 0.3  # least odds against the best dated sentence for one that competes by date ("last", "first")
RIVAL_KIN: Final = 0.7  # the same beside sentences that tell of the question's actors and kind of action
SAME_SAID: Final = 0.7  # odds against the likeliest sentence that says "the first" of one that may say it of the same
SURE_OF_OTHER_WORDS: Final = 0.5  # "read" from which a sentence that names another kind of action may tell of it
RIVAL_AFTER: Final = 0.4  # the same against a sentence that says "the last"
A_WEEK: Final = timedelta(days=7)
REPORTED: Final = timedelta(days=10)  # before an article, in which the event that it reports has happened
_UNTIL: Final = re.compile(r"\b(?:jusqu\w*|until|till|through|expir\w*|echeance|deadline)\b")


def asks_for_event(question: Question) -> bool:
    """Whether a question is answered by an event: the last or the first, or when something of a known kind happened."""
    return question.operator is not None or (question.kind == "date" and bool(actions(question.text)))


def by_operator(
    question: Question,
    matcher: Matcher,
    able: Sequence[Candidate],
    limit_day: date | None,
    lenders: Sequence[Candidate] = (),
) -> Candidate | None:
    """The latest or earliest event among the candidates that compete; names must stand beside the sentence, where they
    stand beside any.

    Those compete that tell of the question's actors and kind of action, or are likely. A sentence that itself says "the
    last" settles the matter for everything before its article's date; only an event after that date overrides it. The
    candidate comes back with the date of its event as its short answer; where no date is asked for, it is the likeliest
    of its article that tells of no other day. `lenders`: sentences that may date what another one tells of.
    """
    near = [c for c in able if not c.far]
    if not near and len(question.names) == 1:  # a country that its own press need not name
        near = list(able)
    told = [each for c in near for each in told_by_event(question, matcher, c, limit_day)]
    told = [each for each in told if limit_day is None or each.day <= limit_day]
    told = _with_what_they_report(question, matcher, told, near)
    strongest = max((each.candidate.score for each in told), default=0.0)
    kin = [each for each in told if each.kin]
    least = max((RIVAL_KIN if kin else RIVAL) * strongest, RIVAL_AT_ALL)
    able_told = [each for each in told if not (kin and each.other)]
    found = [
        each for each in able_told if each.kin or each.candidate.score >= (RIVAL * strongest if each.says else least)
    ]
    if not found:
        return None if question.kind == "date" else max(able, key=lambda c: c.score)
    said = [each for each in found if each.says]
    likeliest = max((each.candidate.score for each in said), default=0.0)
    said = [each for each in said if _is_likely(each, RIVAL_AFTER * likeliest)]  # or it speaks of another "first"
    if said and question.operator == "last":
        stated = max(said, key=lambda each: (known_until(each.candidate), each.candidate.score))
        later = [each for each in found if each.day > known_until(stated.candidate) or _reported_by(stated, each)]
        found = later or [stated]
    elif said:
        found = [each for each in said if each.candidate.score >= SAME_SAID * likeliest]
    pick = max if question.operator == "last" else min
    target = pick(each.day for each in found)
    best = max((each for each in found if each.day == target), key=lambda each: each.candidate.score)
    best = _narrowest(best, told)
    chosen, target = best.candidate, best.day
    if question.kind == "date" and (chosen.short is None or chosen.short.date is None):
        return _lending(question, lenders or able, best)
    return chosen if question.kind == "date" else _beside(question, matcher, able, chosen, target, limit_day)


def by_event(
    question: Question, matcher: Matcher, able: Sequence[Candidate], limit_day: date | None
) -> Candidate | None:
    """The candidate that dates what a question without "last" or "first" asks: the likeliest one, days for which
    something was planned apart; where that tells of no action of the question's kind ("in office since July" for
    "resign"), the likeliest one that does, or none when it tells of another kind and the reader is not sure; and in its
    place the one that gives the day, where it gives a month or a year only. `able` are candidates with a date, best
    first."""
    able = _in_time(question, able)
    best = next((c for c in able if c.score >= RIVAL * able[0].score and _has_been(question, c)), able[0])
    best = _beside_name(question, _by_its_event(question, best))
    asked = asked_actions(question.text)
    if not asked or best.short is None or best.short.date is None:  # an hour is no date
        return best
    told = [each for c in able if not c.far for each in told_by_event(question, matcher, c, limit_day)]
    kin = [each for each in told if each.kin and each.candidate.score >= RIVAL_AT_ALL]
    if kin and (_dates_another(question, matcher, best) or not _has_been(question, best)):
        return max((each.candidate for each in kin), key=lambda c: c.score)
    if _contradicts(question, matcher, best):
        return next((c for c in able if not _contradicts(question, matcher, c)), None)
    if not asked & actions(best.text):
        other = actions(best.text) and best.feature("read") < SURE_OF_OTHER_WORDS
        return max((each.candidate for each in kin), key=lambda c: c.score, default=None if other else best)
    date_of = best.short.date
    if date_of.first is None or date_of.last is None or date_of.last - date_of.first < A_WEEK:
        return best
    return _narrowest(Told(date_of.first, date_of.last, best, True, False), kin).candidate


def at_its_edge(question: Question, candidate: Candidate) -> Candidate:
    """The candidate with the first day of its range of days, where a beginning is asked for, or the last of it, for an
    end: "la grève menée du 23 au 31 janvier"."""
    asked, short = phases(question.text), candidate.short
    own = short.date if short else None
    if short is None or own is None or own.precision != "range" or not own.first or not own.last or len(asked) != 1:
        return candidate
    day = own.first if asked == {"begin"} else own.last if asked == {"end"} else None
    if day is None:
        return candidate
    said = format_date(day, day, "day", question.language)
    return replace(candidate, short=replace(short, text=said, date=replace(own, first=day, last=day, precision="day")))


def _beside_name(question: Question, candidate: Candidate) -> Candidate:
    """The candidate with the date that stands right behind a name of the question, where its sentence has several:
    "Lumen-A, en octobre 2018, puis Lumen-B, le 30 mars"."""
    told = [m for m in events_of(candidate) if m.dated_by == "sentence"]
    if len({m.when for m in told}) < 2:
        return candidate
    for mention in told:
        behind = rf",? (?:le |en |on |in )?{re.escape(mention.when)}"
        if any(re.search(re.escape(name) + behind, candidate.text) for name in question.names):
            return dated(candidate, mention, question.language)
    return candidate


def _has_been(question: Question, candidate: Candidate) -> bool:
    """Whether a candidate's date is that of something that happened, or the question itself asks for a plan."""
    short = candidate.short
    if short is None or short.date is None or planned(question.text) or _UNTIL.search(fold(question.text)):
        return True
    told = _of_its_date(candidate)
    return not told or any(has_happened(question, m) or m.status == "conditional" for m in told)


def _by_its_event(question: Question, candidate: Candidate) -> Candidate:
    """The candidate with the date that its event has by what was told before: "la veille" under "mercredi" is no day
    before the article's."""
    said = candidate.short.date.text if candidate.short and candidate.short.date else None
    told = next((mention for mention in events_of(candidate) if mention.when == said), None)
    return dated(candidate, told, question.language) if told is not None else candidate


def _in_time(question: Question, able: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates that date something within the question's window, each with that date; all of them where none of
    the likely ones does."""
    first, last = question.first, question.last
    if first is None or last is None:
        return able

    def placed(candidate: Candidate) -> Candidate | None:
        told = [m for m in events_of(candidate) if m.first <= last and first <= m.last and m.dated_by == "sentence"]
        own = candidate.short.date if candidate.short else None
        if any(own is not None and (m.first, m.last) == (own.first, own.last) for m in told):
            return candidate
        return dated(candidate, told[0], question.language) if told else None

    inside = [each for c in able if c.score >= RIVAL * able[0].score and (each := placed(c)) is not None]
    return inside or able


def _contradicts(question: Question, matcher: Matcher, candidate: Candidate) -> bool:
    """Whether a candidate's date is that of what somebody else did, of another phase than the question's, or of a claim
    that the next sentence denies."""

    def against(mention: EventMention) -> bool:
        denied = mention.status == "denied" and status_of(mention.text, None, None) == "happened"
        return denied or other_phase(question, mention) or another_does(question, matcher, mention)

    told = _of_its_date(candidate)
    return bool(told) and all(map(against, told))


def _of_its_date(candidate: Candidate) -> list[EventMention]:
    """The events that a candidate's short answer dates."""
    short = candidate.short
    if short is None or short.date is None:
        return []
    return [m for m in events_of(candidate) if (m.first, m.last) == (short.date.first, short.date.last)]


def _dates_another(question: Question, matcher: Matcher, candidate: Candidate) -> bool:
    """Whether a candidate's date belongs to an action of another kind than the question's, or to somebody else's."""
    told = _of_its_date(candidate)
    return any(other_kind(question, m) or another_does(question, matcher, m) for m in told)


def _lending(question: Question, able: Sequence[Candidate], told: Told) -> Candidate | None:
    """The sentence that dates an event which another of its article tells of ("jeudi" before "l'échange a duré une
    heure"); None where there is none."""
    for candidate in sorted((c for c in able if c.document.id == told.candidate.document.id), key=lambda c: -c.score):
        for mention in events_of(candidate):
            if mention.dated_by == "sentence" and mention.first == told.day:
                chosen = dated(candidate, mention, question.language)
                if chosen.short is not None and chosen.short.date is not None:
                    return chosen
    return None


def _is_likely(told: Told, least: float) -> bool:
    return told.candidate.score >= least or (told.kin and told.candidate.score >= RIVAL_AT_ALL)


def _narrowest(best: Told, told: Sequence[Told]) -> Told:
    """The telling of the same event that gives its day, where the best one gives a month or a year only."""
    if best.last - best.day < A_WEEK:
        return best
    inside = [t for t in told if best.day <= t.day and t.last <= best.last and t.last - t.day < best.last - best.day]
    inside = [t for t in inside if t.kin or t.candidate.score >= RIVAL_AT_ALL]
    kin = [t for t in inside if t.kin] or inside
    days = {t.day for t in kin if t.last - t.day < A_WEEK}
    if len(days) == 1:  # of several one cannot tell which is meant
        kin = [t for t in kin if t.day in days]
    elif days:
        return best
    return min(kin, key=lambda t: (t.last - t.day, -t.candidate.score), default=best)


def _beside(
    question: Question,
    matcher: Matcher,
    able: Sequence[Candidate],
    chosen: Candidate,
    day: date,
    limit_day: date | None,
) -> Candidate:
    """The likeliest candidate of the chosen one's article with a short answer and no event of another day: "the first
    one was given on Sunday" stands beside where."""
    if chosen.short is not None and tells_of_it(question, matcher, chosen):
        return chosen
    near = [c for c in able if c.document.id == chosen.document.id and c.short is not None]
    near = [c for c in near if all(each.day == day for each in told_by_event(question, matcher, c, limit_day))]
    return max((c for c in near if c.score > chosen.score), key=lambda c: c.score, default=chosen)


def _with_what_they_report(
    question: Question, matcher: Matcher, told: Sequence[Told], near: Sequence[Candidate]
) -> list[Told]:
    """The events, those that an article reports, or tells of in the sentence before, said to be the last or the first
    where a sentence of it without a date of its own says so: "C'est la première fois qu'ils se parlent." under "Ils se
    sont entretenus mardi."."""
    saying = [
        c
        for c in near
        if says_so(question, matcher, c)
        and all(m.dated_by == "article" or m.modifier in BOUNDING for m in events_of(c))
        and actions(question.text) & actions(c.text)
    ]

    def reports(each: Told) -> bool:
        until, told = known_until(each.candidate), each.candidate
        own = [c for c in saying if c.document.id == told.document.id]
        beside = any(not told.document.text[told.end : c.start].strip() for c in own if told.end <= c.start)
        return each.kin and bool(own) and (beside or until - REPORTED <= each.day <= until)

    return [replace(each, says=True) if reports(each) else each for each in told]


def _reported_by(stated: Told, other: Told) -> bool:
    """Whether what an article calls the last is what came before the event that it reports itself."""
    until = known_until(stated.candidate)
    same = stated.candidate.document.id == other.candidate.document.id
    return same and other.kin and other.day > stated.last and until - REPORTED <= other.day <= until
