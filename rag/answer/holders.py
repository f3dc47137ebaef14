"""Who held an office at a time, came to it after somebody, or held it one after the other.

Follows the office through time by what the articles found tell of it (`rag.answer.tenures`). Answers only where it
knows; everything else is left to the ranking of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rag import offices
from rag.answer import wording
from rag.answer.candidates import Candidate
from rag.answer.document import load_documents
from rag.answer.proper import join
from rag.answer.reading import cite, made, told_by
from rag.answer.tenures import Tenure, known_offices, same_person, tenures_of
from rag.matching import Matcher
from rag.question import Question
from rag.retrieve import Filters, Retriever
from rag.store.base import Store
from rag.text import fold
from rag.types import Answer, Sentence

HITS: Final = 12  # passages a search
HITS_PER_ARTICLE: Final = 2
MOST_QUOTED: Final = 4
LONG: Final = 300  # days of a window from which everybody who held the office in it is asked for
CONFIDENCE: Final = 0.8  # 38 of 47 such answers over evals/datasets/dated-1 to -7 are right
_KINDS: Final = ("person", "entity", "list")
_AFTER: Final = re.compile(
    r"\b(?:apres|depuis|suite a|after|since|following|once|succed\w+ a|remplac\w+|succeed\w*|replac\w+|"
    r"take over from|took over from)\b"
)
_SEVERAL: Final = re.compile(
    r"\b(?:quels|quelles|se sont|s'est succede|tous les|toutes les|successi\w+|which (?:\w+ )?(?:coaches|mayors|"
    r"ministers|presidents|directors|managers|people)|who (?:all|successively))\b"
)
_BETWEEN: Final = re.compile(r"\b(?:entre|between)\b|\b(?:apres|after)\b.*\b(?:avant|before)\b")


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
    if office is None or as_of is None or question.operator == "first":
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
        for one in (office, *offices.also_leading(question.text, office))
        for step in tenures_of(question, matcher, document, first[document.id], one)
    ]
    held = _held(question, _in_order(found), window_of(question, as_of))
    return _told(question, held, as_of) if held is not None else None


def _in_order(found: Sequence[Tenure]) -> list[Tenure]:
    """The steps that are known to be of the office, each as closely dated as any article dates it, in their order."""
    found = known_offices(found)
    found = [_from_vacancy(each, found) for each in found]
    found = [each for each in found if not any(_tells_closer(other, each) for other in found)]
    return sorted(found, key=lambda each: (each.first, each.turn != "out", each.last))


def _tells_closer(one: Tenure, other: Tenure) -> bool:
    """Whether a step tells the same as another and dates it more closely: "samedi" beside "en mars"."""
    within = other.first <= one.first and one.last <= other.last and one.last - one.first < other.last - other.first
    return within and one.turn == other.turn != "range" and same_person(one.person, other.person)


def _from_vacancy(step: Tenure, found: Sequence[Tenure]) -> Tenure:
    """Whoever acted until a day, from the day on which somebody else had left."""
    if step.turn != "out" or not step.acting:
        return step
    gone = [each for each in found if each.turn == "out" and not same_person(each.person, step.person)]
    left = [each.first for each in gone if each.first < step.first]
    return replace(step, turn="range", first=max(left)) if left else step


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
    folded = fold(question.text)
    named = [name for name in question.names if any(same_person(name, each.person) for each in found)]
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
            if current is not None and same_person(current.person, each.person):
                current = None
        elif each.turn == "held":
            if not any(same_person(each.person, gone) for gone in left):
                current = each
        elif each.turn == "in" or day <= each.last:
            current = each
            left = [gone for gone in left if not same_person(gone, each.person)]
    if current is not None:
        return current
    later = next((each for each in found if each.first > day), None)
    if later is not None and later.turn == "out" and not any(same_person(later.person, gone) for gone in left):
        return later
    return None


def _between(name: str, other: str, found: Sequence[Tenure]) -> Held | None:
    """Who held the office between two others."""
    gone = min((each.first for each in found if each.turn == "out" and same_person(each.person, name)), default=None)
    come = min((each.first for each in found if each.turn == "in" and same_person(each.person, other)), default=None)
    for each in found:
        own = not same_person(each.person, name) and not same_person(each.person, other)
        if gone is not None and come is not None and own and gone <= each.first <= come:
            return Held((each.person,), (each.candidate,))
    return None


def _after(name: str, found: Sequence[Tenure]) -> Held | None:
    """Who came to the office in the place of somebody."""
    for each in found:
        if each.turn == "in" and each.other and same_person(each.other, name):
            return Held((each.person,), (each.candidate,))
    gone = min((each.first for each in found if each.turn == "out" and same_person(each.person, name)), default=None)
    later = [each for each in found if gone is not None and each.first >= gone and each.turn != "out"]
    later = [each for each in later if not same_person(each.person, name)]
    later.sort(key=lambda each: (each.acting, each.turn != "in"))  # who was chosen, who acted, who is only said to be
    return Held((later[0].person,), (later[0].candidate,)) if later else None


def _all_within(found: Sequence[Tenure], first: date, last: date) -> Held | None:
    """Everybody who held the office within a window, in order."""
    at_first = _at(found, first)
    people = [at_first] if at_first is not None else []
    for each in found:
        inside = first <= each.first <= last or (each.turn == "range" and each.first <= last and first <= each.last)
        if inside and each.turn != "out" and not any(same_person(each.person, known.person) for known in people):
            people.append(each)
    return Held(tuple(p.person for p in people), tuple(p.candidate for p in people)) if len(people) > 1 else None


def window_of(question: Question, as_of: date) -> tuple[date, date]:
    """The closed window of days in which a question asks for the holder; the archive's day where it names none."""
    if question.first is not None and question.last is not None:
        return max(question.first, date(1800, 1, 1)), min(question.last, as_of)
    day = min(filter(None, (question.as_of, as_of)))
    return day, day
