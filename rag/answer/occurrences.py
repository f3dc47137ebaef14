"""Answers that count or list what happened: "how often", "on which days", "which strikes between March and June".

They are made of the archive's dated events (`rag.timeline`), each with the report that tells of it. Knows nothing of
how events are found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from rag.answer import wording
from rag.answer.proper import join
from rag.answer.reading import made
from rag.dates import format_date
from rag.events import Event
from rag.events.action import actions, phases
from rag.events.part import part_of
from rag.question import Question
from rag.text import fold
from rag.types import Answer, Sentence

GOES_ON: Final = timedelta(days=120)  # longest time between the beginning of a strike and its end
MOST_TOLD: Final = 6  # events whose dates are told
MOST_QUOTED: Final = 3  # of these, reports that are quoted
# Nouns of a kind of action that are counted in sentences, not in days: those who took part, what it brought.
_NOT_COUNTED: Final = frozenset(
    "morts mort deces deaths dead votes vote voix victimes prisonniers prisoners manifestants grevistes strikers "
    "protesters "
    "ventes sales vols elus titres titles travailleurs".split()
)
_ORDINALS: Final = {
    word: number
    for number, words in enumerate(
        "deuxieme second seconde/troisieme third/quatrieme fourth/cinquieme fifth/sixieme sixth/septieme "
        "seventh/huitieme "
        "eighth/neuvieme ninth/dixieme tenth/onzieme eleventh/douzieme twelfth".split("/"),
        start=2,
    )
    for word in words.split()
}
_NTH: Final = re.compile(
    rf"\b(?P<nth>{'|'.join(_ORDINALS)}) (?P<what>(?:[\w'-]+ ?){{1,4}}?)(?P<rest>$|[ ,.;:](?:en|in|depuis|since|"
    rf"of|de l|cette|this|a|,).*|[,.;:].*)"
)
# "... en trois mois", "this year", "of the war": so often within that.
_WITHIN: Final = re.compile(
    r"[ ,]*(?:en (?:\w+ )?(?:\w+ )?(?:mois|ans|semaines|jours)\b|in (?:\w+ ){1,2}(?:months|years|weeks|days)\b|"
    r"cette|this|de l'annee|"
    r"de la (?:guerre|saison|semaine)|of the (?:year|war|season|week))"
)
_DAYS: Final = re.compile(
    r"\bquel(?:le)?s (?:dates|jours)\b|\b(?:what|which) (?:dates|days)\b|\b(?:toutes )?les (?:dates|fois ou)\b|"
    r"\b(?:every|each) time\b|\bchaque fois qu"
)


def asks_occurrences(question: Question) -> bool:
    """Whether a question asks how often something happened, on which days, or for the events of a time."""
    if question.operator is not None or question.opinion or not question.names:
        return False
    if counts(question) or _DAYS.search(fold(question.text)):
        return True
    listed = question.kind in ("list", "entity") and question.first is not None
    return listed and bool(actions(" ".join(question.focus)))


def counts(question: Question) -> bool:
    """Whether a question asks how often something happened: "combien de fois", "how many strikes"."""
    counted = question.kind == "number" and bool(question.focus) and question.focus[0] not in _NOT_COUNTED
    return question.counts or (counted and bool(actions(question.focus[0])))


def happened(question: Question, events: Sequence[Event], as_of: date | None) -> list[Event]:
    """The events that count for a question: of its kind of action, on days known by more than the report's own date,
    wholly within its window, one a span of days."""
    asked = actions(question.text)
    found: dict[tuple[date, date], Event] = {}
    for event in _begun(question, events):
        inside = question.first is None or (question.first <= event.first and event.last <= (question.last or date.max))
        inside = inside and (not question.years or str(event.first.year) in question.years)
        known = as_of is None or event.first <= as_of
        dated = event.status == "happened" and event.dated_by != "article"
        if dated and inside and known and asked & part_of(event.text, event.when).kinds:
            kept = found.get((event.first, event.last))
            if kept is None or len(event.citations) > len(kept.citations):
                found[event.first, event.last] = event
    days = sorted(found)
    return [found[span] for span in days if not any(_holds(span, other) for other in days if other != span)]


def _begun(question: Question, events: Sequence[Event]) -> list[Event]:
    """The events without those that are the end of one that is told to have begun not long before: a strike counts
    once. All of them, where the question asks for ends."""
    if phases(question.text):
        return list(events)
    course = {event: part_of(event.text, event.when).phases for event in events}
    begun = [event for event in events if not course[event] & {"end", "resume"}]
    return [
        event
        for event in events
        if event in begun or not any(timedelta(0) <= event.first - other.first <= GOES_ON for other in begun)
    ]


def _holds(span: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether a span is but a wider telling of another ("in 2019" beside "on 9 December 2019")."""
    return span[0] <= other[0] and other[1] <= span[1]


def stated(question: Question, told: Sequence[Event], events: Sequence[Event]) -> tuple[int, Event] | None:
    """How often it has been by what an article says of the last time ("leur cinquième conversation"), and the report
    that says so; None where none does, or where the archive itself tells of more. `told`: all that was found at any
    time, `events` those that count. Within a window it says so much only where nothing is told from before it."""
    if not counts(question):
        return None
    whole = happened(replace(question, first=None, last=None, years=()), told, None)
    bounded = question.last not in (None, date.max)
    if bounded and question.first is not None and any(each.first < question.first for each in whole):
        return None
    asked = actions(question.text)
    found = []
    for event in told:
        written = event.citations[0].article.published.last_day or date.min
        if bounded and question.last is not None and written > question.last:
            continue
        match = _NTH.search(fold(event.text))
        if match and asked & actions(match["what"]) and not _WITHIN.match(match["rest"]):
            found.append((event.citations[0].article.published.last_day or date.min, _ORDINALS[match["nth"]], event))
    if not found:
        return None
    written, number, event = max(found, key=lambda entry: entry[:2])
    number += sum(each.first > written for each in events)
    return (number, event) if number >= len(events) else None


def occurrences(
    question: Question, events: Sequence[Event], as_of: date | None, nth: tuple[int, Event] | None = None
) -> Answer:
    """The answer that lists events, the earliest first; `events` is not empty. `nth`: how often, by an
    article's word."""
    if nth is not None and nth[0] != len(events):
        number, event = nth
        citation = event.citations[0]
        said = wording.full_stop(wording.capital(wording.times(number, question.language)))
        sentences = [Sentence(said, (0,)), Sentence(wording.says(citation, question.language), (0,))]
        return made(question, sentences, [citation], str(number), as_of)
    told = list(events[:MOST_TOLD])
    language = question.language
    dates = [format_date(event.first, event.last, event.precision, language) for event in told]
    listed = join(dates, language)
    citations = [event.citations[0] for event in told]
    counting = counts(question)
    said = wording.counted(len(events), listed, len(told), language) if counting else wording.capital(listed)
    sentences = [Sentence(wording.full_stop(said), tuple(range(len(citations))))]
    for number, citation in enumerate(citations[:MOST_QUOTED]):
        sentences.append(Sentence(wording.says(citation, language), (number,)))
    short = str(len(events)) if counting else listed
    return made(question, sentences, citations, short, as_of)
