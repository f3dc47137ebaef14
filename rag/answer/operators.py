"""The last or the first of several events that the candidates tell of.

Knows events as dated sentences, and what happened from plans and denials by their clauses. Which sentences compete is
decided by their odds; which wins, by the dates of their events, never by those of publication where a sentence has a
date of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from rag.answer.candidates import Candidate
from rag.answer.happenings import dated, events_of
from rag.answer.polarity import negated, planned
from rag.answer.ranking import RIVAL_AT_ALL
from rag.answer.spot import AGREED, agreement
from rag.events import EventMention
from rag.events.action import actions
from rag.events.fit import fitness, of_others, same_kind
from rag.kinds import operator_spans
from rag.matching import Matcher
from rag.question import Question
from rag.text import Span, fold

# Set on evals/datasets/dated-1.jsonl; docs/experiments.md has what the whole of them gives.
RIVAL: Final = 0.3  # least odds against the best dated sentence for one that competes by date ("last", "first")
RIVAL_KIN: Final = 0.7  # the same beside sentences that tell of the question's actors and kind of action
MARKED: Final = AGREED / 2  # agreement from which a reader takes words rather for the answer than not
FIT: Final = 0.88  # least fitness of an event that competes though its sentence is not likely
SAME_SAID: Final = 0.7  # odds against the likeliest sentence that says "the first" of one that may say it of the same
SURE_OF_OTHER_WORDS: Final = 0.5  # "read" from which a sentence that names another kind of action may tell of it
RIVAL_AFTER: Final = 0.4  # the same against a sentence that says "the last"
A_WEEK: Final = timedelta(days=7)
REPORTED: Final = timedelta(days=10)  # before an article, in which the event that it reports has happened
_BOUNDING: Final = ("since", "until", "before", "after")  # such a date is not the event's own
_SOMEBODY: Final = re.compile(
    r"\b(?:une?|aucune?|d'autres|another|an?|no|any|other) (?:\w+ )?(?:chefs?|ministres?|presidente?s?|"
    r"responsables?|dirigeante?s?|"
    r"membres?|elue?s?|joueu\w+|clubs?|equipes?|pays|navires?|ministers?|leaders?|officials?|heads?|members?|players?|teams?|"
    r"countr\w+|ships?)\b"
)
# "La première depuis celle de janvier", "for the first time since": no first of all. "Their fifth talk" is none either.
_NOT_THE_FIRST: Final = re.compile(
    r"\bpremi(?:er|ere)s?\b[^.;]{0,60}? depuis\b|\bfirst\b[^.;]{0,60}? (?:since|in (?:\w+ ){1,2}(?:years|months|"
    r"decades))\b|"
    r"\b(?:deuxieme|second|seconde|troisieme|quatrieme|cinquieme|sixieme|septieme|huitieme|third|fourth|fifth|sixth|seventh|"
    r"eighth)\b"
)
_UNTIL: Final = re.compile(r"\b(?:jusqu\w*|until|till|through|expir\w*|echeance|deadline)\b")


@dataclass(frozen=True, slots=True)
class _Told:
    """One event that a candidate tells of."""

    day: date  # its first day
    last: date
    candidate: Candidate  # dated so
    kin: bool  # it has the question's actors and kind of action
    says: bool  # the sentence says that it is the last or the first


def asks_for_event(question: Question) -> bool:
    """Whether a question is answered by an event: the last or the first, or when something of a known kind happened."""
    return question.operator is not None or (question.kind == "date" and bool(actions(question.text)))


def by_operator(
    question: Question, matcher: Matcher, able: Sequence[Candidate], limit_day: date | None
) -> Candidate | None:
    """The latest or earliest event among the candidates that compete; names must stand beside the sentence, where they
    stand beside any.

    Those compete that tell of the question's actors and kind of action, or are likely. A sentence that itself says "the
    last" settles the matter for everything before its article's date; only an event after that date overrides it. The
    candidate comes back with the date of its event as its short answer; where no date is asked for, it is the likeliest
    of its article that tells of no other day.
    """
    near = [c for c in able if not c.far]
    if not near and len(question.names) == 1:  # a country that its own press need not name
        near = list(able)
    told = [each for c in near for each in _events(question, matcher, c, limit_day)]
    told = [each for each in told if limit_day is None or each.day <= limit_day]
    told = _with_what_they_report(question, told, near)
    strongest = max((each.candidate.score for each in told), default=0.0)
    kin = [each for each in told if each.kin]
    least = max((RIVAL_KIN if kin else RIVAL) * strongest, RIVAL_AT_ALL)
    found = [each for each in told if each.kin or each.candidate.score >= (RIVAL * strongest if each.says else least)]
    if not found:
        return None if question.kind == "date" else max(able, key=lambda c: c.score)
    said = [each for each in found if each.says]
    likeliest = max((each.candidate.score for each in said), default=0.0)
    said = [each for each in said if _is_likely(each, RIVAL_AFTER * likeliest)]  # or it speaks of another "first"
    if said and question.operator == "last":
        stated = max(said, key=lambda each: (_known_until(each.candidate), each.candidate.score))
        later = [each for each in found if each.day > _known_until(stated.candidate) or _reported_by(stated, each)]
        found = later or [stated]
    elif said:
        found = [each for each in said if each.candidate.score >= SAME_SAID * likeliest]
    pick = max if question.operator == "last" else min
    target = pick(each.day for each in found)
    best = max((each for each in found if each.day == target), key=lambda each: each.candidate.score)
    best = _narrowest(best, told)
    chosen, target = best.candidate, best.day
    if question.kind == "date" and (chosen.short is None or chosen.short.date is None):
        return _lending(question, able, best)
    return chosen if question.kind == "date" else _beside(question, matcher, able, chosen, target, limit_day)


def by_event(
    question: Question, matcher: Matcher, able: Sequence[Candidate], limit_day: date | None
) -> Candidate | None:
    """The candidate that dates what a question without "last" or "first" asks: the likeliest one, days for which
    something was planned apart; where that tells of no action of the question's kind ("in office since July" for
    "resign"), the likeliest one that does, or none when it tells of another kind and the reader is not sure; and in its
    place the one that gives the day, where it gives a month or a year only. `able` are candidates with a date, best
    first."""
    best = next((c for c in able if c.score >= RIVAL * able[0].score and _has_been(question, c)), able[0])
    asked = actions(question.text)
    if not asked or best.short is None or best.short.date is None:  # an hour is no date
        return best
    told = [each for c in able if not c.far for each in _events(question, matcher, c, limit_day)]
    kin = [each for each in told if each.kin and each.candidate.score >= RIVAL_AT_ALL]
    if not asked & actions(best.text):
        other = actions(best.text) and best.feature("read") < SURE_OF_OTHER_WORDS
        return max((each.candidate for each in kin), key=lambda c: c.score, default=None if other else best)
    date_of = best.short.date
    if date_of.first is None or date_of.last is None or date_of.last - date_of.first < A_WEEK:
        return best
    return _narrowest(_Told(date_of.first, date_of.last, best, True, False), kin).candidate


def _has_been(question: Question, candidate: Candidate) -> bool:
    """Whether a candidate's date is that of something that happened, or the question itself asks for a plan."""
    short = candidate.short
    if short is None or short.date is None or planned(question.text) or _UNTIL.search(fold(question.text)):
        return True
    told = [m for m in events_of(candidate) if (m.first, m.last) == (short.date.first, short.date.last)]
    return not told or any(_happened(question, m) or m.status == "conditional" for m in told)


def _lending(question: Question, able: Sequence[Candidate], told: _Told) -> Candidate | None:
    """The sentence that dates an event which another of its article tells of ("jeudi" before "l'échange a duré une
    heure"); None where there is none."""
    for candidate in sorted((c for c in able if c.document.id == told.candidate.document.id), key=lambda c: -c.score):
        for mention in events_of(candidate):
            if mention.dated_by == "sentence" and mention.first == told.day:
                chosen = dated(candidate, mention, question.language)
                if chosen.short is not None and chosen.short.date is not None:
                    return chosen
    return None


def _is_likely(told: _Told, least: float) -> bool:
    return told.candidate.score >= least or (told.kin and told.candidate.score >= RIVAL_AT_ALL)


def _narrowest(best: _Told, told: Sequence[_Told]) -> _Told:
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


def tells_of_it(question: Question, matcher: Matcher, candidate: Candidate, day: date | None = None) -> bool:
    """Whether a candidate's event, of a day if one is given, has the question's actors and kind of action."""
    return any(day in (None, m.first) and _is_of_it(question, matcher, m) for m in events_of(candidate))


def competes(question: Question, matcher: Matcher, candidate: Candidate) -> bool:
    """Whether a candidate's event may be the last or the first: it is of the question's kind of action, and nobody else
    than the question's actors did it."""
    return any(_is_kin(question, matcher, candidate, m) for m in events_of(candidate) if m.dated_by != "article")


def _is_of_it(question: Question, matcher: Matcher, mention: EventMention) -> bool:
    return same_kind(question, matcher, mention) and fitness(question, matcher, mention) >= FIT


def _is_kin(question: Question, matcher: Matcher, candidate: Candidate, mention: EventMention) -> bool:
    """Whether a mention is of the question's kind of action and actors; who is named beside it may do it, unless it
    says that somebody else did ("un ministre", "aucun club")."""
    if not same_kind(question, matcher, mention):
        return False
    if question.operator is None or fitness(question, matcher, mention) >= FIT:
        return _is_of_it(question, matcher, mention)
    beside = bool(question.names) and not candidate.far and not candidate.missing
    if not beside or of_others(mention, matcher, question) or _with_others(matcher, mention):
        return False
    return not (matcher.missing_names(mention.text) and _SOMEBODY.search(fold(mention.text)))


def _with_others(matcher: Matcher, mention: EventMention) -> bool:
    """Whether somebody else stands in the place of one of the question's names: Poutine for Zelensky."""
    if not matcher.missing_names(f"{mention.text}\n{', '.join(mention.actors)}"):
        return False
    names = matcher.question.names
    people = [actor for actor in mention.actors if actor not in mention.places]
    return any(len(matcher.missing_names(actor)) == len(names) for actor in people)


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
    near = [c for c in near if all(each.day == day for each in _events(question, matcher, c, limit_day))]
    return max((c for c in near if c.score > chosen.score), key=lambda c: c.score, default=chosen)


def _known_until(candidate: Candidate) -> date:
    """The day up to which an article can know what was last: its publication day, else for ever."""
    return candidate.document.article.published.last_day or date.max


def _events(question: Question, matcher: Matcher, candidate: Candidate, limit_day: date | None) -> list[_Told]:
    """What a candidate tells has happened within the question's window: one event, or none when it tells of plans and
    denials only."""
    mentions = events_of(candidate)
    own = [m for m in mentions if m.dated_by != "article"]
    says = _says_so(question, candidate)
    if not own:
        if any(m.status != "happened" for m in mentions) or planned(candidate.text) or negated(candidate.text):
            return []
        return _undated(question, matcher, candidate, mentions, says)
    fitting = [m for m in own if _happened(question, m) and m.modifier not in _BOUNDING and _meets(question, m)]
    known = min(filter(None, (limit_day, _known_until(candidate))))  # nothing has happened after its report
    fitting = [m for m in fitting if m.first <= known]
    if not fitting:
        return []
    chosen = _of_several(question, candidate, fitting)
    if question.kind == "date":
        candidate = dated(candidate, chosen, question.language)
    return [_Told(chosen.first, chosen.last, candidate, _is_kin(question, matcher, candidate, chosen), says)]


def _happened(question: Question, mention: EventMention) -> bool:
    """Whether a mention tells of something that has been; a visit that was called off has, where that is asked for."""
    if mention.status == "denied" and "cancel" in actions(question.text) & actions(mention.text):
        return True
    return mention.status == "happened"


def _says_so(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence says of what it tells that it is the last or the first."""
    if not candidate.feature("cue"):
        return False
    return question.operator == "last" or not _NOT_THE_FIRST.search(fold(candidate.text))


def _with_what_they_report(question: Question, told: Sequence[_Told], near: Sequence[Candidate]) -> list[_Told]:
    """The events, those that an article reports said to be the last or the first where a sentence of it without a date
    says so: "C'est la première fois qu'ils se parlent." under "Ils se sont entretenus mardi."."""
    saying = {
        c.document.id
        for c in near
        if _says_so(question, c)
        and all(m.dated_by == "article" for m in events_of(c))
        and actions(question.text) & actions(c.text)
    }

    def reports(each: _Told) -> bool:
        until = _known_until(each.candidate)
        return each.kin and each.candidate.document.id in saying and until - REPORTED <= each.day <= until

    return [replace(each, says=True) if reports(each) else each for each in told]


def _reported_by(stated: _Told, other: _Told) -> bool:
    """Whether what an article calls the last is what came before the event that it reports itself."""
    until = _known_until(stated.candidate)
    same = stated.candidate.document.id == other.candidate.document.id
    return same and other.kin and other.day > stated.last and until - REPORTED <= other.day <= until


def _of_several(question: Question, candidate: Candidate, fitting: Sequence[EventMention]) -> EventMention:
    """Of several dated events of a sentence the one that stands nearest to its "last" or "first"; else the one that the
    short answer has found, where a reader marks it; else the latest or earliest."""
    if len(fitting) > 1 and question.operator and _says_so(question, candidate):
        said = operator_spans(fold(candidate.text), question.operator)
        if said:
            return min(fitting, key=lambda mention: _distance(candidate.text, mention.when, said))
    short = candidate.short
    if short is not None and short.date is not None and agreement(short.start, short.end, candidate.found) >= MARKED:
        for mention in fitting:
            if (mention.first, mention.last) == (short.date.first, short.date.last):
                return mention
    pick = max if question.operator == "last" else min
    return pick(fitting, key=lambda m: m.first)


def _distance(text: str, when: str, spans: Sequence[Span]) -> int:
    """Characters between words of a text and the nearest of some stretches; a clause more between them counts for a
    line of text."""
    at = text.find(when)
    between = [text[min(at + len(when), s.end) : max(at, s.start)] for s in spans]
    return min(len(stretch) + 80 * len(re.findall(r"[,;:] ", stretch)) for stretch in between)


def _meets(question: Question, mention: EventMention) -> bool:
    if question.first is None or question.last is None:
        return True
    return mention.first <= question.last and question.first <= mention.last


def _undated(
    question: Question, matcher: Matcher, candidate: Candidate, mentions: Sequence[EventMention], says: bool
) -> list[_Told]:
    """The event of a sentence that none dates: of the article's day. Where a date is asked for, that is none."""
    kin = any(_is_kin(question, matcher, candidate, m) for m in mentions)
    if question.kind == "date" and not (candidate.short and candidate.short.date):
        return []
    day = _own_day(candidate)
    return [_Told(day, day, candidate, kin, says)] if day is not None else []


def _own_day(candidate: Candidate) -> date | None:
    if candidate.short and candidate.short.date:
        return candidate.short.date.first
    known = [d.first for d in candidate.dates if d.first]
    return max(known) if known else candidate.document.article.published.first_day
