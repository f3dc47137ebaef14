"""Answers made of verbatim extracts: the default, without a language model.

Chooses among weighed candidate sentences by the kind of question, and abstains when none is good enough. Facts come
from article passages only; readers' remarks are `rag.answer.opinions`' business.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rag.answer import wording
from rag.answer.candidates import FEATURES, Candidate, spans_of, weigh
from rag.answer.document import load_documents
from rag.answer.polarity import negated, planned, verdict
from rag.answer.proper import join
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

# Logistic regression over FEATURES.
WEIGHTS: Final[dict[str, float]] = {
    "cosine": 3.0,
    "passage_cosine": 1.5,
    "bm25": 1.0,
    "words": 2.0,
    "words_near": 1.0,
    "names": 0.7,
    "names_near": 1.5,
    "short": 1.5,
    "time": 1.0,
    "rank": 1.0,
    "cue": 1.5,
    "denies": -0.2,
    "rarest": 0.5,
    "length": 0.0,
}
BIAS: Final = -6.5
THRESHOLD: Final = 0.35  # least score of a sentence that is given as an answer
RIVAL_AFTER: Final = 0.75  # the same against a sentence that says "the last"
RIVAL: Final = 0.45  # least share of the best score for a sentence to compete by date ("last", "first")


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
    scored = sorted((replace(c, score=probability(c)) for c in weighed), key=lambda c: -c.score)
    return Reading(question, matcher, tuple(scored), hits[0].article if hits else None)


def probability(candidate: Candidate) -> float:
    """Probability that a candidate's sentence holds the answer."""
    z = BIAS + sum(WEIGHTS[name] * value for name, value in zip(FEATURES, candidate.features, strict=True))
    return 1.0 / (1.0 + math.exp(-z))


def answer(reading: Reading, as_of: date | None, limit_day: date | None) -> Answer:
    """The answer that a reading supports. `limit_day`: events after it are not past."""
    question = reading.question
    able = [c for c in reading.candidates if not c.missing and c.score >= THRESHOLD and c.feature("time") >= 0]
    if not able:
        return abstain(reading, as_of)
    match question.kind:
        case "yesno":
            return _yes_no(reading, able, as_of)
        case "comparison":
            return _comparison(reading, as_of)
        case "list":
            return _listing(reading, able, as_of)
    chosen = _by_operator(question, able, limit_day) if question.operator else _best(question, able)
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


def _best(question: Question, able: Sequence[Candidate]) -> Candidate:
    """The best candidate; one that holds a short answer of the kind asked for wins over a slightly better without."""
    wants_short = question.kind in ("date", "duration", "number", "person", "place", "entity")
    if wants_short and able[0].short is None:
        with_short = [c for c in able if c.short and c.score >= 0.7 * able[0].score]
        if with_short:
            return with_short[0]
    return able[0]


def _by_operator(question: Question, able: Sequence[Candidate], limit_day: date | None) -> Candidate | None:
    """The latest or earliest event among the candidates that compete; names must stand beside the sentence.

    A sentence that itself says "the last" settles the matter for everything before its article's date; only an event
    after that date overrides it.
    """
    rivals = [c for c in able if c.score >= RIVAL * able[0].score and not c.far]
    rivals = [c for c in rivals if not planned(c.text) and not negated(c.text)]
    if question.kind == "date":
        rivals = [c for c in rivals if c.short and c.short.date]
    dated = [(when, c) for c in rivals if (when := _event_day(question, c)) is not None]
    dated = [(when, c) for when, c in dated if limit_day is None or when <= limit_day]
    if not dated:
        return None if question.kind == "date" else _best(question, able)
    said = [(when, c) for when, c in dated if c.feature("cue")]
    if said and question.operator == "last":
        when, stated = max(said, key=lambda pair: (_known_until(pair[1]), pair[1].score))
        later = [(day, c) for day, c in dated if day > _known_until(stated) and c.score >= RIVAL_AFTER * able[0].score]
        dated = later or [(when, stated)]
    elif said:
        dated = said
    days = [when for when, _ in dated]
    target = max(days) if question.operator == "last" else min(days)
    return max((c for when, c in dated if when == target), key=lambda c: c.score)


def _known_until(candidate: Candidate) -> date:
    """The day up to which an article can know what was last: its publication day, else for ever."""
    return candidate.document.article.published.last_day or date.max


def _event_day(question: Question, candidate: Candidate) -> date | None:
    """First day of the event that a candidate tells: its own date, else its article's."""
    if candidate.short and candidate.short.date:
        return candidate.short.date.first
    known = [d.first for d in candidate.dates if d.first]
    if known:
        return max(known) if question.operator == "last" else min(known)
    return candidate.document.article.published.first_day


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
        if decided is not None and candidate.score >= 0.6 * able[0].score:
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
    close = [c for c in able if c.score >= 0.6 * able[0].score]
    best = max(close, key=lambda c: c.score + 0.1 * min(len(c.short.items) if c.short else 0, 4))
    items = list(best.short.items) if best.short else []
    chosen = [best]
    for candidate in close:
        new = [i for i in (candidate.short.items if candidate.short else ()) if i not in items]
        equal = candidate is not best and candidate.score >= 0.9 * best.score
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
        speaks = [c for c in reading.candidates if not _lacks(matcher, single, c) and c.score >= THRESHOLD * 0.7]
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
