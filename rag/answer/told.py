"""What a candidate sentence tells has happened: one event, whether it is the question's, and whether it is said to be
the last or the first.

Knows actors, kinds of action and statuses of event mentions. Knows nothing of which of several events answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rag.answer.candidates import Candidate
from rag.answer.happenings import dated, events_of
from rag.answer.polarity import negated, planned
from rag.answer.spot import AGREED, MET, agreement
from rag.events import EventMention
from rag.events.action import actions
from rag.events.fit import another_does, fitness, lacks_party, of_others, other_kind, same_kind, with_others
from rag.kinds import operator_spans
from rag.matching import Matcher
from rag.question import Question
from rag.text import Span, fold, words

MARKED: Final = AGREED / 2  # agreement from which a reader takes words rather for the answer than not
FIT: Final = 0.88  # least fitness of an event that competes though its sentence is not likely
SAID_OF: Final = 40  # characters behind "last" or "first" in which what it is said of is named
_STOPS: Final = re.compile(r"[,;:.!?()]")
_OF_IT: Final = re.compile(r" (?:de la |de l'|du |des |de |d'|of (?:the )?)")
BOUNDING: Final = ("since", "until", "before", "after")  # such a date is not the event's own
_SOMEBODY: Final = re.compile(
    r"\b(?:une?|aucune?|d'autres|another|an?|no|any|other) (?:\w+ )?(?:chefs?|ministres?|presidente?s?|"
    r"responsables?|dirigeante?s?|membres?|elue?s?|joueu\w+|clubs?|equipes?|pays|navires?|ministers?|leaders?|"
    r"officials?|heads?|members?|players?|teams?|countr\w+|ships?)\b"
)
# "La première depuis celle de janvier", "for the first time since": no first of all. "Their fifth talk" is none either.
_NOT_THE_FIRST: Final = re.compile(
    r"\bpremi(?:er|ere)s?\b[^.;]{0,60}? depuis\b|\bfirst\b[^.;]{0,60}? (?:since|in (?:\w+ ){1,2}(?:years|months|"
    r"decades))\b|"
    r"\b(?:deuxieme|second|seconde|troisieme|quatrieme|cinquieme|sixieme|septieme|huitieme|third|fourth|fifth|sixth|seventh|"
    r"eighth)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One event that a candidate tells of."""

    day: date  # its first day
    last: date
    candidate: Candidate  # dated so
    kin: bool  # it has the question's actors and kind of action
    says: bool  # the sentence says that it is the last or the first
    other: bool = False  # it is of another kind of action than the question's, or others did it


def told_by_event(question: Question, matcher: Matcher, candidate: Candidate, limit_day: date | None) -> list[Told]:
    """What a candidate tells has happened within the question's window: one event, or none when it tells of plans and
    denials only."""
    mentions = events_of(candidate)
    own = [m for m in mentions if m.dated_by != "article"]
    says = says_so(question, matcher, candidate)
    if not own:
        if any(m.status != "happened" for m in mentions) or planned(candidate.text) or negated(candidate.text):
            return []
        return _undated(question, matcher, candidate, mentions, says)
    fitting = [m for m in own if has_happened(question, m) and m.modifier not in BOUNDING and _meets(question, m)]
    known = min(filter(None, (limit_day, known_until(candidate))))  # nothing has happened after its report
    fitting = [m for m in fitting if m.first <= known]
    if not fitting:
        return []
    kin = [m for m in fitting if is_kin(question, matcher, candidate, m)]
    chosen = _of_several(question, candidate, kin or fitting)
    if question.kind == "date":
        candidate = dated(candidate, chosen, question.language)
    other = not kin and (other_kind(question, chosen) or is_others(question, matcher, chosen))
    return [Told(chosen.first, chosen.last, candidate, bool(kin), says, other)]


def known_until(candidate: Candidate) -> date:
    """The day up to which an article can know what was last: its publication day, else for ever."""
    return candidate.document.article.published.last_day or date.max


def has_happened(question: Question, mention: EventMention) -> bool:
    """Whether a mention tells of something that has been; a visit that was called off has, where that is asked for."""
    if mention.status == "denied" and "cancel" in actions(question.text) & actions(mention.text):
        return True
    return mention.status == "happened"


def tells_of_it(question: Question, matcher: Matcher, candidate: Candidate, day: date | None = None) -> bool:
    """Whether a candidate's event, of a day if one is given, has the question's actors and kind of action."""
    return any(day in (None, m.first) and _is_of_it(question, matcher, m) for m in events_of(candidate))


def competes(question: Question, matcher: Matcher, candidate: Candidate) -> bool:
    """Whether a candidate's event may be the last or the first: it is of the question's kind of action, and nobody else
    than the question's actors did it."""
    return any(is_kin(question, matcher, candidate, m) for m in events_of(candidate) if m.dated_by != "article")


def _is_of_it(question: Question, matcher: Matcher, mention: EventMention) -> bool:
    return same_kind(question, matcher, mention) and fitness(question, matcher, mention) >= FIT


def is_kin(question: Question, matcher: Matcher, candidate: Candidate, mention: EventMention) -> bool:
    """Whether a mention is of the question's kind of action and actors; who is named beside it may do it, unless it
    says that somebody else did ("un ministre", "aucun club")."""
    if not same_kind(question, matcher, mention) or another_does(question, matcher, mention):
        return False
    if lacks_party(question, matcher, mention):
        return False
    if fitness(question, matcher, mention) >= FIT:
        return True
    beside = bool(question.names) and not candidate.far and not candidate.missing
    return beside and not is_others(question, matcher, mention)


def is_others(question: Question, matcher: Matcher, mention: EventMention) -> bool:
    """Whether somebody else than the question's actors did what a mention tells of."""
    if of_others(question, matcher, mention) or with_others(question, matcher, mention):
        return True
    return bool(matcher.missing_names(mention.text) and _SOMEBODY.search(fold(mention.text)))


def says_so(question: Question, matcher: Matcher, candidate: Candidate) -> bool:
    """Whether a sentence says of what it tells that it is the last or the first."""
    if question.operator is None or not candidate.feature("cue"):
        return False
    told = fold(candidate.text)
    if question.operator == "first" and question.first is None and _NOT_THE_FIRST.search(told):
        return False
    return any(
        _of_the_matter(question, matcher, told[span.start : span.end + SAID_OF])
        for span in operator_spans(told, question.operator)
    )


def _of_the_matter(question: Question, matcher: Matcher, said: str) -> bool:
    """Whether "last" or "first" may be said of the question's matter: not of a part or a consequence of it, as in "le
    premier effet de la rencontre"."""
    asked = actions(question.text)
    own, *of_it = _OF_IT.split(_STOPS.split(said)[0], maxsplit=1)
    if not of_it or not asked or actions(own) & asked or not actions(of_it[0]) & asked:
        return True
    return any(matcher.similarity(keyword, word.text) >= MET for keyword in matcher.keywords for word in words(own))


def _of_several(question: Question, candidate: Candidate, fitting: Sequence[EventMention]) -> EventMention:
    """Of several dated events of a sentence the one that stands nearest to its "last" or "first"; else the one that the
    short answer has found, where a reader marks it; else the latest or earliest."""
    if len(fitting) > 1 and question.operator and candidate.feature("cue"):
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
) -> list[Told]:
    """The event of a sentence that none dates: of the article's day. Where a date is asked for, that is none."""
    kin = any(is_kin(question, matcher, candidate, m) for m in mentions)
    if question.kind == "date" and not (candidate.short and candidate.short.date):
        return []
    day = _own_day(candidate)
    return [Told(day, day, candidate, kin, says)] if day is not None else []


def _own_day(candidate: Candidate) -> date | None:
    if candidate.short and candidate.short.date:
        return candidate.short.date.first
    known = [d.first for d in candidate.dates if d.first]
    return max(known) if known else candidate.document.article.published.first_day
