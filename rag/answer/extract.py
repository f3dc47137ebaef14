"""Answers made of verbatim extracts: the default, without a language model.

Chooses among weighed candidate sentences by the kind of question, and abstains when none is good enough. Facts come
from article passages only; readers' remarks are `rag.answer.opinions`' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rag.answer import wording
from rag.answer.candidates import Candidate, spans_of, weigh
from rag.answer.document import load_documents
from rag.answer.operators import by_operator
from rag.answer.polarity import verdict
from rag.answer.proper import join, names_places
from rag.answer.ranking import RIVAL_AT_ALL, THRESHOLD, best_of, least_presence, rank
from rag.answer.spot import Short
from rag.embedding import Embedder
from rag.lexical import WordVectors
from rag.matching import Matcher
from rag.question import Question
from rag.retrieve import Filters, Retriever
from rag.store.base import Store
from rag.text import fold, words
from rag.types import Answer, ArticleRef, Citation, Sentence

HITS: Final = 12  # passages read for a question
HITS_PER_ARTICLE: Final = 4

# A question after one of these is answered by a sentence that gives one, or not at all.
MUST_SAY: Final = ("date", "duration", "number")
LEAST_MATTER: Final = 0.2  # share of the question's words, names apart, that such a sentence must meet
DECIDING: Final = 0.2  # least odds of a sentence that may decide a yes/no question
LISTING: Final = 0.1  # least odds of a sentence whose list may be taken


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found for a question: the candidates, best first, and what they were weighed by."""

    question: Question
    matcher: Matcher
    candidates: tuple[Candidate, ...]
    closest: ArticleRef | None


def read(
    question: Question,
    filters: Filters,
    *,
    store: Store,
    embedder: Embedder,
    retriever: Retriever,
    meanings: WordVectors | None = None,
) -> Reading:
    """Retrieve and weigh candidate sentences of articles for a question."""
    where = replace(filters.where(), kinds=("article",))
    vector = embedder.embed_queries([question.text])[0]
    hits = retriever.search_where(question.text, where, HITS, per_article=HITS_PER_ARTICLE, vector=vector)
    matcher = Matcher(question, retriever.lexicon(), retriever.passages(), meanings)
    documents = load_documents(store, [hit.passage.text_id for hit in hits])
    weighed = weigh(question, matcher, spans_of(hits, documents), embedder, vector)
    return Reading(question, matcher, rank(weighed), hits[0].article if hits else None)


def answer(reading: Reading, as_of: date | None, limit_day: date | None) -> Answer:
    """The answer that a reading supports. `limit_day`: events after it are not past."""
    question = reading.question
    able = [c for c in reading.candidates if not c.missing and c.feature("time") >= 0]
    if not able or not any(c.presence >= least_presence(question, c) for c in able[:3]):
        return abstain(reading, as_of)
    match question.kind:
        case "yesno":
            return _yes_no(reading, able, as_of)
        case "comparison":
            return _comparison(reading, as_of)
        case "list":
            return _listing(reading, able, as_of)
    if question.kind in MUST_SAY:
        able = [c for c in able if _says_it(question, c)]
        if not able:
            return abstain(reading, as_of)
    chosen = by_operator(question, able, limit_day) if question.operator else best_of(question, able)
    if chosen is None:
        return abstain(reading, as_of)
    return _direct(reading, chosen, as_of)


def abstain(reading: Reading, as_of: date | None) -> Answer:
    """The abstention, with what was looked for."""
    question = reading.question
    best = reading.candidates[0] if reading.candidates else None
    missing = best.missing if best else question.names
    if best and not missing:
        missing = best.far
    looked_for = (*question.names, *(k for k in question.keywords if k not in _name_words(question)))
    closest = best.document.article if best else reading.closest
    said = wording.not_found(looked_for, missing, question.window_text, closest, question.language)
    return Answer(
        question=question.text,
        text=said,
        language=question.language,
        abstained=True,
        reason=said,
        as_of=as_of.isoformat() if as_of else None,
    )


def _name_words(question: Question) -> set[str]:
    return {fold(word.text) for name in question.names for word in words(name)}


def _says_it(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence gives a date or a quantity for the question's matter: it has one of the right type, and it
    (for a date: it or its surroundings) meets a word of the question that is no name."""
    met = candidate.feature("words_near" if question.kind == "date" else "words")
    return candidate.short is not None and met >= LEAST_MATTER and candidate.score >= RIVAL_AT_ALL


def cite(candidate: Candidate) -> Citation:
    """The candidate's sentence as a citation."""
    passage = candidate.hit.passage
    return Citation(
        quote=candidate.text,
        kind=passage.kind,
        start=candidate.start,
        end=candidate.end,
        article=candidate.document.article,
        comment=passage.comment,
        text_id=candidate.document.id,
    )


def _direct(reading: Reading, chosen: Candidate, as_of: date | None) -> Answer:
    question = reading.question
    short = chosen.short
    citations = [cite(chosen)]
    sentences: list[Sentence] = []
    if short:
        said = wording.full_stop(wording.capital(short.text))
        if question.operator and question.kind == "date":
            said = wording.operator_short(short.text, question.operator, as_of, question.language)
        sentences.append(Sentence(said, (0,)))
    sentences.append(Sentence(wording.says(citations[0], question.language), (0,)))
    support = _support(reading, chosen)
    if support is not None:
        citations.append(support)
        sentences.append(Sentence(wording.says(support, question.language, again=True), (1,)))
    return _made(question, sentences, citations, short, as_of)


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


def _made(
    question: Question,
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    short: Short | str | None,
    as_of: date | None,
) -> Answer:
    return Answer(
        question=question.text,
        text=" ".join(sentence.text for sentence in sentences),
        language=question.language,
        sentences=tuple(sentences),
        short=short.text if isinstance(short, Short) else short,
        as_of=as_of.isoformat() if as_of else None,
        citations=tuple(citations),
    )


_YES_NO: Final = {"fr": {"yes": "Oui", "no": "Non"}, "en": {"yes": "Yes", "no": "No"}}


def _yes_no(reading: Reading, able: Sequence[Candidate], as_of: date | None) -> Answer:
    question = reading.question
    for candidate in able:
        decided = verdict(question, candidate)
        if decided is not None and candidate.score >= DECIDING * able[0].score:
            best = candidate
            break
    else:
        return abstain(reading, as_of)
    citation = cite(best)
    word = _YES_NO[question.language][decided]
    sentences = [Sentence(f"{word}.", (0,)), Sentence(wording.says(citation, question.language), (0,))]
    return _made(question, sentences, [citation], word, as_of)


def _listing(reading: Reading, able: Sequence[Candidate], as_of: date | None) -> Answer:
    """The sentence with the fullest list among the good ones, and one more of the same article if it adds to it."""
    question = reading.question
    close = [c for c in able if c.score >= LISTING * able[0].score]
    if names_places(question):
        close = [c for c in close if c.short and len(c.short.items) > 1] or close
    best = max(close, key=lambda c: c.score + 0.1 * min(len(c.short.items) if c.short else 0, 4))
    items = list(best.short.items) if best.short else []
    chosen = [best]
    for candidate in close:
        new = [i for i in (candidate.short.items if candidate.short else ()) if i not in items]
        equal = candidate is not best and candidate.score >= 0.8 * best.score
        if equal and new and candidate.document.id == best.document.id and len(chosen) < 2:
            chosen.append(candidate)
            items += new
    citations = [cite(c) for c in chosen]
    sentences = []
    listed = join(items, question.language) or None
    if listed:
        sentences.append(Sentence(wording.full_stop(wording.capital(listed)), tuple(range(len(citations)))))
    sentences += [Sentence(wording.says(c, question.language, again=n > 0), (n,)) for n, c in enumerate(citations)]
    return _made(question, sentences, citations, listed, as_of)


def _comparison(reading: Reading, as_of: date | None) -> Answer:
    """For each name compared, the best sentence that speaks of it; one sentence may serve for all."""
    question, matcher = reading.question, reading.matcher
    chosen: list[Candidate] = []
    for name in question.names[:3] or ("",):
        single = replace(question, names=(name,) if name else ())
        speaks = [c for c in reading.candidates if not _lacks(matcher, single, c) and c.presence >= THRESHOLD / 2]
        best = max(speaks, key=lambda c: c.score, default=None)
        if best is not None and best not in chosen:
            chosen.append(best)
    if not chosen:
        return abstain(reading, as_of)
    citations = [cite(c) for c in chosen]
    sentences = [Sentence(wording.says(c, question.language, again=False), (n,)) for n, c in enumerate(citations)]
    return _made(question, sentences, citations, None, as_of)


def _lacks(matcher: Matcher, single: Question, candidate: Candidate) -> bool:
    return bool(matcher.missing_names(candidate.text, single.names))
