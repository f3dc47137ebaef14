"""Answers made of verbatim extracts: the default, without a language model.

Chooses among weighed candidate sentences by the kind of question, and abstains when none is good enough. Facts come
from article passages only; readers' remarks are `rag.answer.opinions`' business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from rag.alike import BIRTH
from rag.answer import wording
from rag.answer.candidates import Candidate, spans_of, weigh
from rag.answer.conflict import settled
from rag.answer.decided import compares_values, comparison, listing, yes_no
from rag.answer.document import load_documents
from rag.answer.excerpts import excerpt
from rag.answer.operators import at_its_edge, by_event, by_operator
from rag.answer.ranking import FURTHER, RIVAL_AT_ALL, THRESHOLD, confidence, further, rank
from rag.answer.reading import Reading, abstain, cite, made, told_by
from rag.answer.recency import has_left, prefer_current
from rag.answer.spot import AGREED, MET, agreement
from rag.answer.told import competes, tells_of_it
from rag.answer.voices import Voice
from rag.asked_noun import relation_of
from rag.embedding import Embedder
from rag.events.action import SUCCEEDS, tells_of_succession
from rag.gazetteer import is_place
from rag.matching import Matcher
from rag.offices import plainly_asked
from rag.peoples import is_people
from rag.question import Question
from rag.reader import Reader
from rag.retrieve import Filters, Retriever
from rag.store.base import Store
from rag.succession import owners
from rag.terms import term_set
from rag.text import Span, fold
from rag.types import Answer, Citation, Sentence

HITS: Final = 12  # passages read for a question
HITS_PER_ARTICLE: Final = 4

# A question after one of these is answered by a sentence that gives one, or not at all.
MUST_SAY: Final = ("date", "duration", "number")
LEAST_MATTER: Final = 0.2  # share of the question's words, names apart, that such a sentence must meet
SURE_READ: Final = 0.4  # "read" of a candidate whose date or quantity needs no word of the question beside it
SURE_PRESENCE: Final = 0.35  # presence from which it needs none either
OWN_WORDS: Final = 0.6  # share of the question's words, names apart, from which a sentence speaks in them
LEAST_MARK: Final = AGREED / 2  # agreement of a reader that would rather take words for an answer than not


def read(
    question: Question,
    filters: Filters,
    *,
    store: Store,
    embedder: Embedder,
    retriever: Retriever,
    reader: Reader,
    also: Sequence[str] = (),
) -> Reading:
    """Retrieve and weigh candidate sentences of articles for a question; of the texts with the ids in `also`, too."""
    where = replace(filters.where(), kinds=("article",))
    vector = embedder.embed_queries([question.text])[0]
    hits = retriever.search_where(question.text, where, HITS, per_article=HITS_PER_ARTICLE, vector=vector)
    known = {hit.passage.text_id for hit in hits}
    if more := tuple(text for text in also if text not in known):
        hits += retriever.search_where(question.text, replace(where, text_ids=more), 2 * len(more), vector=vector)
    matcher = Matcher(question, retriever.lexicon(), retriever.passages())
    documents = load_documents(store, [hit.passage.text_id for hit in hits])
    weighed = weigh(question, matcher, spans_of(hits, documents), embedder, vector, reader)
    return Reading(question, matcher, rank(weighed), hits[0].article if hits else None)


def answer(reading: Reading, as_of: date | None, limit_day: date | None) -> Answer:
    """The answer that a reading supports, with its confidence. `limit_day`: events after it are not past."""
    told = _answer(reading, as_of, limit_day)
    if not told.citations:
        return told
    first = told.citations[0]
    cited = next(c for c in reading.candidates if (c.document.id, c.start) == (first.text_id, first.start))
    if reading.question.operator:  # chosen by its date: how likely its words are says little, what was found does
        cited = max((c for c in reading.candidates if not c.missing), key=lambda c: c.score, default=cited)
    return replace(told, confidence=confidence(cited, reading.candidates))


def _answer(reading: Reading, as_of: date | None, limit_day: date | None) -> Answer:
    question = reading.question
    able = [c for c in reading.candidates if not c.missing and c.feature("time") >= 0]
    if able and question.kind == "yesno":
        return yes_no(reading, able, as_of)
    if question.kind == "comparison" or compares_values(question):
        return comparison(reading, as_of)
    likely = any(c.presence >= THRESHOLD or _speaks_its_words(c) for c in able[:3])
    if not able or not (likely or _tells_of_the_event(reading, able)):
        return abstain(reading, as_of)
    if question.kind == "list":
        return listing(reading, able, as_of)
    if question.kind == "person" and (relation := relation_of(fold(question.text))):
        able = [c for c in able if relation & term_set(c.text)]
        if not able:
            return abstain(reading, as_of)
    if question.kind == "person" and SUCCEEDS.search(fold(question.text)):
        able = [c for c in able if tells_of_succession(c.text) and c.score >= RIVAL_AT_ALL]
        if not able:
            return abstain(reading, as_of)
    if question.kind == "person" and (office := plainly_asked(question.text)):
        able = [c for c in able if _gives_office(reading, c, office)]
        if not able:
            return abstain(reading, as_of)
    if question.kind in ("place", "date") and BIRTH & set(question.keywords):
        able = [c for c in able if BIRTH & term_set(c.text)]
        if not able:
            return abstain(reading, as_of)
    if question.kind in MUST_SAY:
        able = [c for c in able if _says_it(reading, c) or _dates_it(reading, c)]
        if not able:
            return abstain(reading, as_of)
    able = list(prefer_current(question, able))
    if has_left(question, able[0]):
        return abstain(reading, as_of)
    chosen: Candidate | None = able[0]
    if question.operator:
        lenders = [c for c in reading.candidates if not c.missing]
        chosen = by_operator(question, reading.matcher, able, limit_day, lenders)
    elif question.kind == "date":
        chosen = by_event(question, reading.matcher, able, limit_day)
    if chosen is not None and question.kind == "date":
        chosen = at_its_edge(question, chosen)
    if chosen is None:
        return abstain(reading, as_of)
    return _direct(reading, able, chosen, as_of)


_ARTICLE: Final = re.compile(r"(?:l['’]|(?:la|le|les|the|un|une|a|an) )", re.IGNORECASE)


def _gives_office(reading: Reading, candidate: Candidate, office: str) -> bool:
    """Whether a sentence gives a person for the office that is asked for, and not for another country's or town's."""
    short, matcher = candidate.short, reading.matcher
    if short is None or is_place(short.text) or _ARTICLE.match(short.text):
        return False
    whose = owners(candidate.text, Span(short.start, short.end), office)
    return whose is not None and all(
        any(matcher.similarity(keyword, fold(word)) >= MET for keyword in matcher.keywords)
        or len(matcher.missing_names(word)) < len(reading.question.names)
        for word in whose
        if word[0].isupper() or is_people(word.capitalize())
    )


_COUNTS: Final = re.compile(r"\bcombien d[e']|\bhow many\b")


def _counts_it(reading: Reading, candidate: Candidate) -> bool:
    """Whether a sentence holds the noun of which a question asks the number."""
    if reading.question.kind != "number":
        return True
    focus = [keyword for keyword in reading.matcher.keywords if keyword.word in reading.question.focus]
    met = reading.matcher.meets(candidate.text)
    return not focus or any(met[keyword.word] >= MET for keyword in focus)


def _says_it(reading: Reading, candidate: Candidate) -> bool:
    """Whether a sentence gives a date or a quantity for the question's matter: it has one of the right type, and it
    (for a date, or a quantity that the reader marks: it or its surroundings) meets a word of the question that is no
    name. In place of the word, the sentence may say "the last" as the question does; and a reader that is sure of what
    it marks needs none: "opened" may be told as "inauguré"."""
    question = reading.question
    if candidate.short is None or candidate.score < RIVAL_AT_ALL:
        return False
    marked = agreement(candidate.short.start, candidate.short.end, candidate.found) >= LEAST_MARK
    if marked and candidate.score >= FURTHER and candidate.feature("read") >= SURE_READ:
        return True
    if candidate.presence >= SURE_PRESENCE:
        return True
    if _COUNTS.search(fold(question.text)) and not marked and not _counts_it(reading, candidate):
        return False
    dated = question.kind == "date" and candidate.short.date is not None  # an hour is no date
    met = candidate.feature("words_near" if marked or dated else "words")
    return met >= LEAST_MATTER or candidate.feature("cue") > 0


def _dates_it(reading: Reading, candidate: Candidate) -> bool:
    """Whether a sentence dates an event of the question's actors and kind, in whatever words."""
    gives = candidate.short is not None and candidate.short.date is not None
    if reading.question.kind != "date" or not (gives or reading.question.operator):
        return False
    tells = competes if reading.question.operator else tells_of_it
    return tells(reading.question, reading.matcher, candidate)


def _speaks_its_words(candidate: Candidate) -> bool:
    """Whether a sentence gives an answer of the kind asked for in the question's own words and names, however little
    the reader makes of it."""
    told = candidate.short is not None and candidate.feature("typed") > 0
    return told and candidate.feature("names") >= 1.0 and candidate.feature("words") >= OWN_WORDS


def _tells_of_the_event(reading: Reading, able: Sequence[Candidate]) -> bool:
    """Whether a sentence tells of an event of the actors and kind of which the last or the first is asked for."""
    if not reading.question.operator:
        return False
    return any(tells_of_it(reading.question, reading.matcher, c) for c in able if not c.far)


def _direct(reading: Reading, able: Sequence[Candidate], chosen: Candidate, as_of: date | None) -> Answer:
    question = reading.question
    chosen, rival = settled(question, chosen, reading.candidates)
    short, voice = chosen.short, told_by(chosen)
    citations = [cite(chosen)]
    sentences: list[Sentence] = []
    if short:
        own = voice is not None and voice.says(chosen.start + short.start, chosen.start + short.end)
        said = wording.short_said(short.text, voice if own else None, question.language)
        if question.operator and question.kind == "date":
            said = wording.operator_short(short.text, question.operator, as_of, question.language)
        sentences.append(Sentence(said, (0,)))
    corrects = rival is not None and rival.correction
    sentences.append(Sentence(wording.says(citations[0], question.language, voice=voice, corrects=corrects), (0,)))
    support = _support(reading, chosen)
    if support is not None:
        citations.append(support)
        sentences.append(Sentence(wording.says(support, question.language, again=True), (1,)))
    if rival is not None and not rival.correction and rival.candidate.short:
        citations.append(cite(rival.candidate))
        told = wording.differs(citations[-1], rival.candidate.short.text, question.language)
        sentences.append(Sentence(told, (len(citations) - 1,)))
    alone = len(citations) == 1 and not question.operator and not corrects  # what was corrected is not told again
    for more in further(able, chosen) if alone else ():
        again = more.document.article.id == chosen.document.article.id
        part = excerpt(more)
        citations.append(cite(more, part))
        told = wording.says(
            citations[-1],
            question.language,
            again=again,
            voice=_voice_of_part(more, citations[-1]),
            cut=(part.start > 0, part.end < len(more.text)),
        )
        sentences.append(Sentence(told, (len(citations) - 1,)))
    return made(question, sentences, citations, short, as_of)


def _voice_of_part(candidate: Candidate, citation: Citation) -> Voice | None:
    """Whose word a candidate is, to be named where the quoted part of its sentence does not hold the name."""
    voice = told_by(candidate)
    cut_off = voice is not None and voice.told and voice.who is not None and voice.who not in citation.quote
    return replace(voice, told=False) if voice is not None and cut_off else voice


def _support(reading: Reading, chosen: Candidate) -> Citation | None:
    """The sentence before that names whom the chosen one speaks of, when it names them by a phrase only."""
    names = reading.question.names
    if not names or not reading.matcher.missing_names(chosen.text):
        return None
    document = chosen.document
    near = [
        c
        for c in reading.candidates
        if c.document.id == document.id
        and c.end <= chosen.start
        and chosen.start - c.end < 1200
        and not reading.matcher.missing_names(c.text)
    ]
    nearest = max(near, key=lambda c: c.start, default=None)
    return cite(nearest) if nearest and len(nearest.text) < 400 else None
