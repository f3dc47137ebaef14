"""Who held an office at a time, came to it after somebody, or held it one after the other.

Reads every sentence of the articles found for who came, held and left (`rag.offices`), dates each by its event, and
follows the office through time. Answers only where it knows; everything else is left to the ranking of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from rag import offices
from rag.answer import wording
from rag.answer.candidates import Candidate
from rag.answer.document import Document, load_documents
from rag.answer.proper import join
from rag.answer.reading import cite, made, told_by
from rag.answer.spot import Short
from rag.dates import DateMention, find_dates
from rag.events.actors import cast_of
from rag.events.status import status_of
from rag.gazetteer import is_place
from rag.matching import Matcher
from rag.offices import Step, Turn
from rag.peoples import is_people
from rag.question import Question
from rag.retrieve import Filters, Retriever
from rag.store.base import Store
from rag.text import Span, fold, sentences, words
from rag.types import Answer, Hit, Sentence

HITS: Final = 12  # passages a search
HITS_PER_ARTICLE: Final = 2
MOST_QUOTED: Final = 4
LONG: Final = 300  # days of a window from which everybody who held the office in it is asked for
SAME_MINISTRY: Final = 0.5  # share of the question's words, names apart, that a sentence on a minister must meet
CONFIDENCE: Final = 0.8  # 38 of 47 such answers over evals/datasets/dated-1 to -7 are right
_OF_A_HOUSE: Final = (
    "director",
    "president",
    "leader",
    "captain",
    "secretary",
)  # there are many: a sentence must say which
_KINDS: Final = ("person", "entity", "list")
_AFTER: Final = re.compile(
    r"\b(?:apres|depuis|suite a|after|since|following|once|succed\w+ a|remplac\w+|succeed\w*|replac\w+|"
    r"take over from|"
    r"took over from)\b"
)
_SEVERAL: Final = re.compile(
    r"\b(?:quels|quelles|se sont|s'est succede|tous les|toutes les|successi\w+|which (?:\w+ )?(?:coaches|mayors|"
    r"ministers|"
    r"presidents|directors|managers|people)|who (?:all|successively))\b"
)
_BETWEEN: Final = re.compile(r"\b(?:entre|between)\b|\b(?:apres|after)\b.*\b(?:avant|before)\b")
_ACTING: Final = re.compile(r"\binterim\b|\bacting\b|\bcaretaker\b")
_HAD: Final = re.compile(r"\b(?:avait|avaient|had)\b")
_NEW: Final = re.compile(
    r"\b(?:premiere? femme|first woman|premier a|first to|plus (?:jeune|vieux|age)|youngest|oldest)\b"
)


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


@dataclass(frozen=True, slots=True)
class Held:
    """The holders that answer, in their order, each with the sentence that tells it."""

    people: tuple[str, ...]
    told: tuple[Candidate, ...]


def answer(
    question: Question,
    filters: Filters,
    as_of: date | None,
    *,
    store: Store,
    retriever: Retriever,
) -> Answer | None:
    """The answer to a question after the holder of an office; None where it asks for none, or the articles do not say
    so plainly. `as_of`: the day up to which the archive is known."""
    office = offices.asked_office(question.text) if question.kind in _KINDS and question.names else None
    if office is None or as_of is None:
        return None
    where = replace(filters.where(), kinds=("article",))
    asked = f"{offices.searched(office)} {' '.join(question.names)}"
    hits = [
        hit
        for text in (question.text, asked)
        for hit in retriever.search_where(text, where, HITS, per_article=HITS_PER_ARTICLE)
    ]
    first = {hit.passage.text_id: hit for hit in reversed(hits)}
    documents = load_documents(store, list(dict.fromkeys(hit.passage.text_id for hit in hits)))
    matcher = Matcher(question, retriever.lexicon(), retriever.passages())
    found = [
        step
        for document in documents.values()
        for step in _steps_of(question, matcher, document, first[document.id], office)
    ]
    found = [each for each in found if not any(_tells_closer(other, each) for other in found)]
    held = _held(question, found, window_of(question, as_of)) if found else None
    return _told(question, held, as_of) if held is not None else None


def _tells_closer(one: Tenure, other: Tenure) -> bool:
    """Whether a step tells the same as another and dates it more closely: "samedi" beside "en mars"."""
    within = other.first <= one.first and one.last <= other.last and one.last - one.first < other.last - other.first
    return within and one.turn == other.turn != "range" and _same(one.person, other.person)


def _told(question: Question, held: Held, as_of: date) -> Answer:
    listed = join(held.people, question.language)
    citations = [cite(candidate) for candidate in held.told[:MOST_QUOTED]]
    sentences = [Sentence(wording.full_stop(wording.capital(listed)), tuple(range(len(citations))))]
    for number, (candidate, citation) in enumerate(zip(held.told, citations, strict=False)):
        again = number > 0 and citation.article.id == citations[number - 1].article.id
        said = wording.says(citation, question.language, again=again, voice=told_by(candidate))
        sentences.append(Sentence(said, (number,)))
    return replace(made(question, sentences, citations, listed, as_of), confidence=CONFIDENCE)


def _held(question: Question, found: list[Tenure], window: tuple[date, date]) -> Held | None:
    """Who held the office within a closed window of days, by what was found."""
    if _NEW.search(fold(question.text)):
        return None
    found.sort(key=lambda each: (each.first, each.turn != "out", each.last))
    folded = fold(question.text)
    named = [name for name in question.names if any(_same(name, each.person) for each in found)]
    if len(named) == 2 and _BETWEEN.search(folded):
        return _between(named[0], named[1], found)
    if _AFTER.search(folded) and question.first is None:
        return _after(named[0], found) if len(named) == 1 else None
    if named:
        return None  # about somebody, in a way that is not known here
    if (window[1] - window[0]).days > LONG or _SEVERAL.search(folded) or question.kind == "list":
        return _all_within(found, *window)
    at = _at(found, window[1])
    return Held((at.person,), (at.candidate,)) if at is not None else None


def _at(found: Sequence[Tenure], day: date) -> Tenure | None:
    """Who held the office on a day: whoever came to it last, or was last said to hold it, and had not left; before all
    of these, whoever is the first to leave it afterwards."""
    current: Tenure | None = None
    left: list[str] = []
    for each in found:
        if each.first > day:
            break
        if each.turn == "out":
            left.append(each.person)
            if current is not None and _same(current.person, each.person):
                current = None
        elif each.turn == "held":
            if not any(_same(each.person, gone) for gone in left):
                current = each
        elif each.turn == "in" or day <= each.last:
            current = each
            left = [gone for gone in left if not _same(gone, each.person)]
    if current is not None:
        return current
    later = next((each for each in found if each.first > day), None)
    if later is not None and later.turn == "out" and not any(_same(later.person, gone) for gone in left):
        return later
    return None


def _between(name: str, other: str, found: Sequence[Tenure]) -> Held | None:
    """Who held the office between two others."""
    gone = min((each.first for each in found if each.turn == "out" and _same(each.person, name)), default=None)
    come = min((each.first for each in found if each.turn == "in" and _same(each.person, other)), default=None)
    for each in found:
        own = not _same(each.person, name) and not _same(each.person, other)
        if gone is not None and come is not None and own and gone <= each.first <= come:
            return Held((each.person,), (each.candidate,))
    return None


def _after(name: str, found: Sequence[Tenure]) -> Held | None:
    """Who came to the office in the place of somebody."""
    for each in found:
        if each.turn == "in" and each.other and _same(each.other, name):
            return Held((each.person,), (each.candidate,))
    gone = min((each.first for each in found if each.turn == "out" and _same(each.person, name)), default=None)
    later = [e for e in found if gone is not None and e.first >= gone and e.turn != "out" and not _same(e.person, name)]
    later.sort(key=lambda each: (each.acting, each.turn != "in"))  # who was chosen, who acted, who is only said to be
    return Held((later[0].person,), (later[0].candidate,)) if later else None


def _all_within(found: Sequence[Tenure], first: date, last: date) -> Held | None:
    """Everybody who held the office within a window, in order."""
    at_first = _at(found, first)
    people = [at_first] if at_first is not None else []
    for each in found:
        inside = first <= each.first <= last or (each.turn == "range" and each.first <= last and first <= each.last)
        if inside and each.turn != "out" and not any(_same(each.person, known.person) for known in people):
            people.append(each)
    return Held(tuple(p.person for p in people), tuple(p.candidate for p in people)) if len(people) > 1 else None


def _steps_of(question: Question, matcher: Matcher, document: Document, hit: Hit, office: str) -> list[Tenure]:
    """The steps that an article tells of the question's office."""
    published = document.article.published
    if published.first_day is None or published.last_day is None:
        return []
    spans, persons = _persons(document)
    others = [name for name in question.names if not _is_person(name, persons)]
    found = []
    for span in spans:
        sentence = document.text[span.start : span.end]
        near = [Span(p.start - span.start, p.end - span.start) for p, _ in persons if span.start <= p.start < span.end]
        for step in offices.steps(sentence, near, office) if near else ():
            if not _is_of(matcher, document, span, step, office, others):
                continue
            name = next(n for p, n in persons if p.start == span.start + step.person.start)
            tenure = _dated(document, hit, span, step, name)
            if tenure is not None:
                found.append(tenure)
    return found


def _is_of(matcher: Matcher, document: Document, span: Span, step: Step, office: str, others: Sequence[str]) -> bool:
    """Whether a step is one of the question's office: the sentence, what stands around it or the article's title speaks
    of the place or house that the question names (`others`), and of the office."""
    title, sentence = document.article.title, document.text[span.start : span.end]
    around = document.around(span.start, span.end)
    told = document.text[around.start : around.end]
    if others and matcher.missing_names(title, others) and matcher.missing_names(told, others):
        return False
    above = "" if office in _OF_A_HOUSE else f"{title}\n{document.lead}"
    if not step.sure and not (offices.names_office(told, office) or offices.names_office(above, office)):
        return False
    if office == "minister" and matcher.coverage((1.0, matcher.meets(sentence)), names=False) < SAME_MINISTRY:
        return False
    return not _elsewhere(matcher, sentence, step, office, others)


def _elsewhere(matcher: Matcher, sentence: str, step: Step, office: str, others: Sequence[str]) -> bool:
    """Whether the words around a step give the office to another town, club or country than the question's."""
    if not others:
        return False
    around = sentence[max(0, step.person.start - 90) : step.person.end + 90]
    whose = offices.whose(around, office)
    return whose is not None and bool(matcher.missing_names(whose, others[:1])) and not is_people(whose)


def _dated(document: Document, hit: Hit, span: Span, step: Step, name: str) -> Tenure | None:
    """The step with its days; None for what is planned, denied or supposed."""
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
        years = offices.range_years(sentence, step)
        if years is None:
            return None
        first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    elif step.turn != "held":
        own = min(
            (d for d in dates if d.modifier not in ("before", "after")),
            key=lambda d: min(abs(d.start - step.verb.end), abs(step.verb.start - d.end)),
            default=None,
        )
        if own is not None and own.first and own.last:
            first, last = own.first, own.last
            turn = "out" if own.modifier == "until" else turn  # "a assuré l'intérim jusqu'à samedi"
    if step.turn != "range" and status_of(sentence, own, published.last_day) not in ("happened",):
        return None
    if first > published.last_day:
        return None
    short = Short(sentence[step.person.start : step.person.end], step.person.start, step.person.end, 1.0)
    candidate = Candidate(hit=hit, document=document, start=span.start, end=span.end, short=replace(short, text=name))
    told = fold(sentence[step.verb.start : step.verb.end + 20])
    if own is None and _ACTING.search(told) and _HAD.search(told):
        return None  # "avait assuré l'intérim": at some time before
    acting = _ACTING.search(told) is not None
    return Tenure(name, turn, first, last, candidate, step.other, acting)


@lru_cache(maxsize=128)
def _persons(document: Document) -> tuple[tuple[Span, ...], tuple[tuple[Span, str], ...]]:
    """The sentences of an article and the persons' names in it, each with its fullest form."""
    spans = tuple(sentences(document.text, document.article.language))
    spans = tuple(span for span in spans if not document.is_heading(span))
    cast = cast_of(document.text, spans)
    full = {name.shown for name in cast.names if name.person}
    found = []
    for name in cast.names:
        span, shown = name.span, name.shown
        parts = words(document.text[span.start : span.end])
        if len(parts) > 2 and is_people(parts[0].text):  # "le Portugais Pedro Quintela"
            shown = document.text[span.start + parts[1].start : span.end]
            span = Span(span.start + parts[1].start, span.end)
        if (" " in shown and (name.person or shown in full)) or _looks_like_a_person(document.text, span):
            found.append((span, shown))
    return spans, tuple(found)


def _looks_like_a_person(text: str, span: Span) -> bool:
    """Whether a name has a first and a last name and nothing of a place's or an institution's about it."""
    name = text[span.start : span.end]
    parts = name.split()
    if not 2 <= len(parts) <= 4 or is_place(name) or any(part.isupper() and len(part) > 1 for part in parts):
        return False
    before = fold(text[max(0, span.start - 12) : span.start])
    return not re.search(r"(?:\b(?:la|le|les|the|du|des|au|aux)\s|l['’])$", before)


def _is_person(name: str, persons: Sequence[tuple[Span, str]]) -> bool:
    return any(_same(name, person) for _, person in persons)


def _same(a: str, b: str) -> bool:
    """Whether two names may be one person's: they end in the same word."""
    return fold(a.split()[-1]) == fold(b.split()[-1])


def window_of(question: Question, as_of: date) -> tuple[date, date]:
    """The closed window of days in which a question asks for the holder; the archive's day where it names none."""
    if question.first is not None and question.last is not None:
        return max(question.first, date(1800, 1, 1)), min(question.last, as_of)
    day = min(filter(None, (question.as_of, as_of)))
    return day, day
