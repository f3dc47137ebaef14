"""What articles tell of an office: who came to it, held it and left it, and when.

Reads every sentence of an article for its steps (`rag.succession`), keeps those of the question's own office and dates
each by its event. Knows nothing of which of them answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from rag import offices, succession
from rag.answer.candidates import Candidate
from rag.answer.document import Document
from rag.answer.happenings import events_of
from rag.answer.spot import MET, Short
from rag.asked_noun import is_class
from rag.dates import DateMention, find_dates
from rag.events.actors import cast_of
from rag.events.mention import Status
from rag.events.part import part_of
from rag.events.status import status_of
from rag.gazetteer import is_place
from rag.matching import Matcher
from rag.peoples import is_people
from rag.question import Question
from rag.succession import Step, Turn
from rag.text import Span, fold, sentences, words
from rag.types import Hit, Language

MOST: Final = 0.5  # share of the question's words, names apart, that a sentence of another language must meet
_OF_A_HOUSE: Final = ("director", "president", "leader", "captain", "secretary")  # many: a sentence must say which
_WHILE: Final = re.compile(r"\b(?:pendant|durant|lors|lorsqu\w*|quand|during|when|while|moment)\b")
_WHAT_BEFORE: Final = re.compile(r"(?:\b[\w-]+ (?:de |d['’])?){1,2}(?:(?:de |du |d['’])?(?:la |le |les |l['’])?)$")
_WHAT_BEHIND: Final = re.compile(r"(?:['’]s \w+)?(?: [a-z][\w-]+){1,2}")
_PRONOUN: Final = re.compile(
    r"(?:[^,;.:«»“”()]{3,60}, )?(?P<pronoun>il|elle|he|she)\b"
    r"(?! (?:s['’]agi|y a|faut|est (?:vrai|possible|important|temps)))",  # not "il s'agit"
    re.IGNORECASE,
)
_FROM_TO: Final = re.compile(r"(?:du|de|d['’]|from|entre|between)\b.*\b(?:au|à|to|et|and)\b", re.IGNORECASE)
_THESE_DAYS: Final = re.compile(
    r"\b(?:entre ces deux dates|entre les deux|dans l'intervalle|between (?:these|those|the) two|in between)\b"
)
ABOVE: Final = 3  # sentences above a pronoun in which whom it means is looked for
_ACTING: Final = re.compile(r"\binterim\b|\bacting\b|\bcaretaker\b")
_HAD: Final = re.compile(r"\b(?:avait|avaient|had)\b")


@dataclass(frozen=True, slots=True)
class Tenure:
    """One step of a person to, in or from the office."""

    person: str
    turn: Turn
    first: date
    last: date
    candidate: Candidate  # with the person for its short answer
    other: str | None  # of whom the person took the place
    acting: bool = False  # until somebody is chosen
    sure: bool = True  # the text around it names the office


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks the holder of."""

    matcher: Matcher
    office: str
    others: tuple[str, ...]  # names of the question that are no persons of the article
    more: tuple[str, ...]  # what else it says


def tenures_of(question: Question, matcher: Matcher, document: Document, hit: Hit, office: str) -> list[Tenure]:
    """The steps that an article tells of the question's office."""
    published = document.article.published
    if published.first_day is None or published.last_day is None:
        return []
    spans, persons = _persons(document)
    others = tuple(name for name in question.names if not any(same_person(name, p.name) for p in persons))
    asked = _Asked(matcher, office, others, _said_more(question, matcher))
    found = []
    for span in spans:
        sentence = document.text[span.start : span.end]
        near = {p.span.start - span.start: p for p in persons if span.start <= p.span.start < span.end}
        places = [Span(at, at + p.span.end - p.span.start) for at, p in near.items()]
        announced = bool(places) and succession.announces(document.text[: span.start], office)
        for step in succession.steps(sentence, places, office, announced) if near else ():
            if not _is_of(asked, document, span, step):
                continue
            tenure = _dated(document, hit, span, step, near[step.person.start])
            if tenure is not None:
                found.append(replace(tenure, sure=_names_office(asked, document, span, step)))
    return found


def known_offices(found: Sequence[Tenure]) -> list[Tenure]:
    """The steps of which it is known that they are of the office: the text around them names it, or they stand in an
    article beside one of somebody who is known to have held it ("X a été limogé. Y a assuré l'intérim.")."""
    holders = [each.person for each in found if each.sure]
    beside = {each.candidate.document.id for each in found if any(same_person(each.person, one) for one in holders)}
    return [each for each in found if each.sure or each.candidate.document.id in beside]


def _is_of(asked: _Asked, document: Document, span: Span, step: Step) -> bool:
    """Whether a step is one of the question's office: the sentence, what stands around it or the article's title speaks
    of the place or house that the question names and of what more the question says."""
    title, sentence = document.article.title, document.text[span.start : span.end]
    around = document.around(span.start, span.end)
    told = document.text[around.start : around.end]
    if asked.others and not _names(asked, document, title) and not _names(asked, document, told):
        return False
    own = f"{title}\n{sentence}" if asked.office == "minister" else f"{title}\n{told}"  # a cabinet has several
    return _meets_more(asked, own, document.article.language) and not _elsewhere(asked, sentence, step)


def _names(asked: _Asked, document: Document, text: str) -> bool:
    """Whether a text names the question's place or house, whole, or as the article calls it for short: "l'UHC" for
    "l'Union des Hautes-Combes (UHC)", "les Hermines" for "les Hermines de Port-Lanvec"."""

    def for_short(name: str) -> bool:
        return any(re.search(rf"\b{re.escape(form)}\b", text) for form in _short_forms(document.text, name))

    return all(for_short(name) for name in asked.matcher.missing_names(text, asked.others))


def _short_forms(text: str, name: str) -> Iterator[str]:
    """How an article calls for short what it names whole."""
    if match := re.search(rf"{re.escape(name)} \((?P<letters>[A-Z]{{2,6}})\)", text):
        yield match["letters"]
    head = re.split(r" (?:de|du|des|d['’]|of) ?", name)[0]
    if head != name and name in text and not is_class(fold(head)):
        yield head


def _names_office(asked: _Asked, document: Document, span: Span, step: Step) -> bool:
    """Whether the sentence of a step, what stands around it or the head of the article names the office."""
    around = document.around(span.start, span.end)
    above = "" if asked.office in _OF_A_HOUSE else f"{document.article.title}\n{document.lead}"
    texts = (document.text[around.start : around.end], above)
    return step.sure or any(offices.names_office(text, asked.office) for text in texts)


def _meets_more(asked: _Asked, text: str, language: Language) -> bool:
    """Whether a text meets what more a question says; one of another language, whose words are not all known, most."""
    met = asked.matcher.meets(text)
    told = sum(met.get(word, 0.0) >= MET for word in asked.more)
    if language == asked.matcher.question.language:
        return told == len(asked.more)
    return told >= MOST * len(asked.more) or asked.matcher.coverage((1.0, met), names=False) >= MOST


def _elsewhere(asked: _Asked, sentence: str, step: Step) -> bool:
    """Whether the words around a step give the office to another town, club or country than the question's."""
    whose = succession.owners(sentence, step.person, asked.office) or ()
    return bool(asked.others) and any(
        asked.matcher.missing_names(word, asked.others[:1])
        for word in whose
        if word[0].isupper() and not is_people(word)
    )


def _said_more(question: Question, matcher: Matcher) -> tuple[str, ...]:
    """The words of a question that neither name whose office it is, nor the office, nor how it is held; of what stands
    beside a name ("l'usine Lorel", "Lorel hospital") nothing, unless a time is told by it ("pendant la crue")."""
    known = {keyword.word for keyword in matcher.keywords if keyword.name}
    if question.first is not None or not _WHILE.search(fold(question.text)):
        beside = (text for name in question.names for text in _beside(question.text, name))
        known |= {fold(word.text) for text in beside for word in words(text)}
    return tuple(word for word in question.keywords if word not in known and not offices.is_of_holding(word))


def _beside(text: str, name: str) -> tuple[str, str]:
    """The one or two words before a name, and those behind it, that may say what it is the name of."""
    at = text.find(name)
    before = _WHAT_BEFORE.search(text[:at]) if at >= 0 else None
    behind = _WHAT_BEHIND.match(text[at + len(name) :]) if at >= 0 else None
    return before[0] if before else "", behind[0] if behind else ""


def _dated(document: Document, hit: Hit, span: Span, step: Step, person: _Person) -> Tenure | None:
    """The step with its days; None for one that is planned, denied or supposed. Who "n'a pas réagi" holds it still."""
    published = document.article.published
    assert published.first_day is not None and published.last_day is not None
    sentence = document.text[span.start : span.end]
    dates = [
        d for d in find_dates(sentence, anchor=published, language=document.article.language) if d.first and d.last
    ]
    first, last = published.first_day, published.last_day
    own: DateMention | None = None
    turn = step.turn
    if turn == "range":
        years = succession.range_years(sentence, step)
        if years is None:
            return None
        first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    elif step.turn != "held":
        own = min(
            (d for d in dates if d.modifier not in ("before", "after") and not _runs_on(d, published.last_day)),
            key=lambda d: min(abs(d.start - step.verb.end), abs(step.verb.start - d.end)),
            default=None,
        )
        if own is not None and own.first and own.last:
            first, last = own.first, own.last
            turn = "out" if own.modifier == "until" else turn  # "a assuré l'intérim jusqu'à samedi"
            turn = "range" if first < last and _FROM_TO.match(own.text) else turn
    candidate = _told(document, hit, span, person)
    if own is not None:  # "le lendemain" is that of the day that was told before
        event = next((event for event in events_of(candidate) if event.when == own.text), None)
        first, last = (event.first, event.last) if event is not None else (first, last)
    elif turn != "range" and (between := _these_days(candidate)):
        turn, (first, last) = "range", between
    if step.turn in ("in", "out") and _status(sentence, own, published.last_day) != "happened":
        return None
    if first > published.last_day:
        return None
    told = fold(sentence[step.verb.start : step.verb.end + 20])
    if own is None and turn != "range" and _ACTING.search(told) and _HAD.search(told):
        return None  # "avait assuré l'intérim": at some time before
    acting = _ACTING.search(told) is not None
    return Tenure(person.name, turn, first, last, candidate, step.other, acting)


def _runs_on(mention: DateMention, written: date) -> bool:
    """Whether a date is the end of something that has not ended yet: "a signé jusqu'en juin 2024"."""
    return mention.modifier == "until" and mention.first is not None and mention.first > written


def _status(sentence: str, own: DateMention | None, written: date) -> Status:
    """Whether a step happened, by the clause of its date where it has one."""
    if own is None:
        return status_of(sentence, None, written)
    clause = part_of(sentence, own.text).clause
    begin = sentence.find(clause)
    return status_of(clause, replace(own, start=own.start - begin, end=own.end - begin), written)


def _told(document: Document, hit: Hit, span: Span, person: _Person) -> Candidate:
    """The sentence that tells of somebody, of one paragraph from the sentence on that names them, with the name for its
    short answer."""
    start = span.start if person.above is None else person.above.start
    joined = person.named is not None and "\n" not in document.text[start : span.start]
    start, at = (start, person.named) if joined and person.named else (span.start, person.span)
    short = Short(person.name, at.start - start, at.end - start, 1.0)
    return Candidate(hit=hit, document=document, start=start, end=span.end, short=short)


def _these_days(candidate: Candidate) -> tuple[date, date] | None:
    """The two days of the sentence above that "entre ces deux dates" means."""
    if not _THESE_DAYS.search(fold(candidate.text)):
        return None
    paragraph = candidate.document.paragraph(candidate.start)
    above = events_of(replace(candidate, start=paragraph.start, end=candidate.start))
    days = sorted(list(dict.fromkeys((event.first, event.last) for event in above))[-2:])
    return (days[0][0], days[1][1]) if len(days) == 2 else None


@dataclass(frozen=True, slots=True)
class _Person:
    """A person where an article speaks of them."""

    span: Span  # of the name, or of the pronoun that stands for it
    name: str  # in its fullest form
    named: Span | None = None  # the name, where `span` is a pronoun's
    above: Span | None = None  # the sentence of that name


@lru_cache(maxsize=128)
def _persons(document: Document) -> tuple[tuple[Span, ...], tuple[_Person, ...]]:
    """The sentences of an article and its persons, where their names stand and where "he" or "she" is plainly one."""
    spans = tuple(sentences(document.text, document.article.language))
    spans = tuple(span for span in spans if not document.is_heading(span))
    cast = cast_of(document.text, spans)
    full = {name.shown for name in cast.names if name.person}
    found: list[_Person] = []
    for name in cast.names:
        span, shown = name.span, name.shown
        parts = words(document.text[span.start : span.end])
        if len(parts) > 2 and is_people(parts[0].text):  # "le Portugais Pedro Quintela"
            shown = document.text[span.start + parts[1].start : span.end]
            span = Span(span.start + parts[1].start, span.end)
        if (" " in shown and (name.person or shown in full)) or _looks_like_a_person(document.text, span):
            found.append(_Person(span, shown))
    return spans, tuple(sorted([*found, *_pronouns(document.text, spans, found)], key=lambda each: each.span.start))


def _pronouns(text: str, spans: Sequence[Span], named: Sequence[_Person]) -> Iterator[_Person]:
    """The pronouns with which sentences begin, each with the one person that the nearest sentence above names."""
    for number, span in enumerate(spans):
        match = _PRONOUN.match(text[span.start : span.end])
        if match is None or any(span.start <= p.span.start < span.start + match.start("pronoun") for p in named):
            continue
        for above in reversed(spans[max(0, number - ABOVE) : number]):
            known = [person for person in named if above.start <= person.span.start < above.end]
            if known:
                if len({person.name for person in known}) == 1:
                    at = Span(span.start + match.start("pronoun"), span.start + match.end("pronoun"))
                    yield _Person(at, known[0].name, known[0].span, above)
                break


def _looks_like_a_person(text: str, span: Span) -> bool:
    """Whether a name has a first and a last name and nothing of a place's or an institution's about it."""
    name = text[span.start : span.end]
    parts = name.split()
    if (
        not 2 <= len(parts) <= 4
        or is_place(name)
        or is_place(parts[-1])
        or any(part.isupper() and len(part) > 1 for part in parts)
    ):
        return False
    before = fold(text[max(0, span.start - 12) : span.start])
    return not re.search(r"(?:\b(?:la|le|les|the|du|des|au|aux)\s|l['’])$", before)


def same_person(a: str, b: str) -> bool:
    """Whether two names may be one person's: they end in the same word."""
    return fold(a.split()[-1]) == fold(b.split()[-1])
