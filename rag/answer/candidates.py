"""Candidate sentences: every sentence of the best hits, with what speaks for and against its holding the answer.

Knows the question, the matcher and the documents. Knows nothing of wording.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

from rag.answer.document import Document, site
from rag.answer.polarity import negated
from rag.answer.pronouns import of_another
from rag.answer.short import find_short
from rag.answer.spot import Short
from rag.answer.windows import Place, windows
from rag.dates import DateMention, find_dates
from rag.embedding import Embedder
from rag.kinds import operator_of
from rag.matching import Matcher
from rag.question import Question
from rag.reader import Excerpt, Found, Reader
from rag.store.base import Vector
from rag.teasers import is_teaser
from rag.terms import Stretch, term_set
from rag.text import Span, fold, sentences
from rag.types import Hit, Language, PublicationDate

EMBEDDED_SENTENCES: Final = 16  # sentences embedded a question; the rest keep their passage's cosine (latency)
MOST_WEIGHED: Final = 60  # sentences that get every feature, of a question that no date decides (latency)
WIDENED_HITS: Final = 6  # best hits whose neighbouring paragraphs are read too
AROUND: Final = 700  # characters of a neighbouring paragraph that is still read
ABOVE: Final = 600  # characters of the same section above a paragraph in which its subjects may be named
TYPED: Final = ("date", "duration", "number", "person", "place")  # kinds whose answers are of a form of their own
BESIDE: Final = 400  # characters on either side of a sentence whose dates may be its own
READ_SCALE: Final = 8.0  # logits at which the reader's score is squeezed to three quarters
# How much a word met outside the sentence counts: in its paragraph, in those above, in title, heading and lead.
LAYERS: Final = (1.0, 0.8, 0.7, 0.6)

FEATURES: Final = (
    "cosine",  # of question and sentence
    "passage_cosine",
    "bm25",  # BM25 of the hit as a share of what its words could give at once each
    "words",  # share of the question's words, names apart, that the sentence meets
    "words_near",  # the same by sentence, paragraph and title, weighted by LAYERS
    "names",  # share of the question's name words that the sentence meets
    "names_near",  # share of the question's names that stand in sentence, paragraphs above, heading or title
    "short",  # confidence of a short answer of the kind asked for
    "time",  # how its dates, or those around it, meet the question's window, from -1 to 1
    "rank",  # 1 / (1 + rank of the hit)
    "cue",  # 1 when a "last"/"first" question meets a sentence that says "last"/"first"
    "denies",  # 1 when the sentence is negated and the question is not
    "rarest",  # how far the question's rarest word, names apart, is met by sentence, paragraph or title
    "length",  # of the sentence, in units of 200 characters, at most 2
    "lacks",  # 1 when a date, a quantity, a person or a place is asked for and it gives none
    "typed",  # 1 when a date, a quantity, a person or a place is asked for
    "read",  # the reader's score of its best words in the sentence, as READ_SCALE squeezes it, from -1 to 1
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may hold the answer."""

    hit: Hit
    document: Document
    start: int  # offsets into the document's text
    end: int
    features: tuple[float, ...] = ()  # in the order of FEATURES
    score: float = 0.0  # odds of holding the answer against the question's best candidate; 1 for that one
    presence: float = 0.0  # probability that the archive holds the answer, were this the best candidate
    short: Short | None = None
    found: Found | None = None  # what the reader takes for the answer's words, offsets into the sentence
    dates: tuple[DateMention, ...] = ()  # offsets into the sentence
    missing: tuple[str, ...] = ()  # names and years of the question that its article does not hold at all
    far: tuple[str, ...] = ()  # names that stand elsewhere in its article only, or not at all

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    def feature(self, name: str) -> float:
        return self.features[FEATURES.index(name)]


def spans_of(hits: Sequence[Hit], documents: dict[str, Document]) -> list[Candidate]:
    """The sentences of the hits, and of the paragraphs around the best ones; each once, headings left out."""
    seen: set[tuple[str, int]] = set()
    found: list[Candidate] = []
    for rank, hit in enumerate(hits):
        document = documents.get(hit.passage.text_id)
        if document is None:
            continue
        region = _region(hit, document, around=rank < WIDENED_HITS)
        for start, end in _sentences_in(document, region, hit.passage.language):
            if document.is_heading(Span(start, end)) or (document.id, start) in seen or end - start < 3:
                continue
            if is_teaser(document.text[start:end]):
                continue
            seen.add((document.id, start))
            found.append(Candidate(hit=hit, document=document, start=start, end=end))
    return found


def _sentences_in(document: Document, region: Span, language: Language) -> list[Span]:
    """The sentences that lie in a region or reach into it, whole."""
    first, last = document.paragraph(region.start).start, document.paragraph(max(region.start, region.end - 1)).end
    spans = [Span(first + a, first + b) for a, b in sentences(document.text[first:last], language)]
    return [span for span in spans if span.start < region.end and region.start < span.end]


def _region(hit: Hit, document: Document, *, around: bool) -> Span:
    """A hit's own stretch; with `around`, widened to whole paragraphs and one paragraph on either side, since the
    sentence that answers often stands beside the one that names its subject."""
    start, end = hit.passage.start, hit.passage.end
    if not around:
        return Span(start, end)
    first, last = document.paragraph(start), document.paragraph(max(start, end - 1))
    before = document.paragraph_before(first)
    left = before.start if before and first.start - before.start <= AROUND else first.start
    right = last.end
    after = document.paragraph(last.end + 1) if last.end + 1 < len(document.text) else last
    if after.end - last.end <= AROUND:
        right = after.end
    return Span(max(left, start - AROUND * 2), min(right, end + AROUND * 2))


def weigh(
    question: Question,
    matcher: Matcher,
    candidates: Sequence[Candidate],
    embedder: Embedder,
    vector: Vector,
    reader: Reader,
) -> list[Candidate]:
    """The candidates with their features; `vector` is the question's embedding, shape (dimension,)."""
    if not candidates:
        return []
    full_bm25 = sum(k.weight for k in matcher.keywords if k.known) or 1.0
    order = list(dict.fromkeys(c.hit.passage.id for c in candidates))
    scene = _Scene(full_bm25, tuple(order), {})
    rough = [_rough(question, matcher, c, scene) for c in _likeliest(question, matcher, candidates)]
    chosen = sorted(range(len(rough)), key=lambda i: -_rough_score(rough[i]))[:EMBEDDED_SENTENCES]
    vectors = embedder.embed_passages([rough[i].text for i in chosen])
    cosines = dict(zip(chosen, (float(x) for x in vectors @ np.asarray(vector)), strict=True))
    floor = min(cosines.values())
    read = _read(question, [rough[i] for i in chosen], rough, reader)
    weighed = []
    for index, candidate in enumerate(rough):
        cosine = cosines.get(index, min(floor, candidate.hit.dense))
        found = read.get((candidate.document.id, candidate.start))
        weighed.append(
            _with_reading(question, matcher, replace(candidate, features=(cosine, *candidate.features[1:])), found)
        )
    return weighed


def _likeliest(question: Question, matcher: Matcher, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """At most MOST_WEIGHED of many candidates: those whose words and passage speak most for them, in their order. Every
    one where the dates of events decide."""
    if len(candidates) <= MOST_WEIGHED or question.kind == "date" or question.operator:
        return candidates

    def promise(candidate: Candidate) -> float:
        document = candidate.document
        near = document.around(candidate.start, candidate.end)
        own, around = matcher.meets(candidate.text), matcher.meets(Stretch(document.text, near.start, near.end))
        return candidate.hit.dense + matcher.coverage((1.0, own)) + matcher.coverage((1.0, own), (LAYERS[1], around))

    kept = sorted(range(len(candidates)), key=lambda i: -promise(candidates[i]))[:MOST_WEIGHED]
    return [candidates[i] for i in sorted(kept)]


def _with_reading(question: Question, matcher: Matcher, candidate: Candidate, found: Found | None) -> Candidate:
    """The candidate with what the reader says of it, which may change its short answer, too."""
    if found is None:
        return replace(candidate, features=(*candidate.features[:-1], -1.0))
    language = candidate.hit.passage.language
    short = find_short(question, matcher, candidate.text, candidate.dates, language=language, found=found)
    features = dict(zip(FEATURES, candidate.features, strict=True))
    features |= {"read": math.tanh(found.score / READ_SCALE), "short": short.confidence if short else 0.0}
    features |= {"lacks": _lacks(question, short)}
    return replace(candidate, features=tuple(features[name] for name in FEATURES), short=short, found=found)


def _read(
    question: Question, wanted: Sequence[Candidate], known: Sequence[Candidate], reader: Reader
) -> dict[tuple[str, int], Found]:
    """The reader's finding in every sentence of the windows around the wanted ones, by document and start."""
    cut = windows(
        [Place(c.document, c.start, c.end) for c in wanted], [Place(c.document, c.start, c.end) for c in known]
    )
    readings = reader.read(question.text, [Excerpt(window.document.article.title, window.text) for window in cut])
    found: dict[tuple[str, int], Found] = {}
    for window, reading in zip(cut, readings, strict=True):
        for candidate in known:
            key = (candidate.document.id, candidate.start)
            if not window.holds(_place(candidate)):
                continue
            best = reading.best(candidate.start - window.start, candidate.end - window.start)
            if best is not None and (key not in found or best.score > found[key].score):
                shift = candidate.start - window.start
                found[key] = Found(best.start - shift, best.end - shift, best.score)
    return found


def _place(candidate: Candidate) -> Place:
    return Place(candidate.document, candidate.start, candidate.end)


def _rough_score(candidate: Candidate) -> float:
    f = dict(zip(FEATURES, candidate.features, strict=True))
    met = f["words"] + f["words_near"] + 0.5 * (f["names"] + f["names_near"])
    return f["passage_cosine"] + 0.5 * f["bm25"] + met + 0.5 * f["short"] + f["time"] + f["cue"]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the candidates of one question share."""

    full_bm25: float  # what the question's words could give at once each
    order: tuple[str, ...]  # ids of the hits' passages, best first
    absent: dict[str, tuple[str, ...]]  # names of the question that a document does not hold, once it was looked at


def _head(document: Document, start: int) -> str:
    """What stands over a sentence: its article's outlet or site, year and title, and its heading."""
    article = document.article
    year = article.published.first_day.year if article.published.first_day else ""
    return (
        f"{article.outlet or (site(article.url) or '').title()}\n{year}\n{article.title}\n{document.heading_of(start)}"
    )


def _missing(
    question: Question, matcher: Matcher, text: str | Stretch, wanted: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """The names and years of a question that a text does not hold; of `wanted` only, where that is given."""
    chosen = (*question.names, *question.years) if wanted is None else wanted
    lacking = [year for year in question.years if year in chosen and year not in term_set(text)]
    names = tuple(name for name in chosen if name not in question.years)
    return (*(matcher.missing_names(text, names) if names else ()), *lacking)


def _rough(question: Question, matcher: Matcher, candidate: Candidate, scene: _Scene) -> Candidate:
    """Every feature but the sentence's cosine and what the reader says, which stay 0."""
    document, hit = candidate.document, candidate.hit
    paragraph = document.around(candidate.start, candidate.end)
    above = document.above(paragraph, ABOVE)
    sentence = candidate.text
    near_text = Stretch(document.text, paragraph.start, paragraph.end)
    above_text = Stretch(document.text, above.start, above.end)
    far_text = "\n".join([document.article.title, document.heading_of(candidate.start), document.lead])
    in_sentence = matcher.meets(sentence)
    layers = [in_sentence, matcher.meets(near_text), matcher.meets(above_text)]
    layers.append(matcher.meets(far_text))
    wanted = far_names = (*question.names, *question.years)
    for text in (sentence, near_text, above_text, _head(document, candidate.start)):
        far_names = _missing(question, matcher, text, far_names) if far_names else far_names
    if far_names and document.id not in scene.absent:
        unmet = _missing(question, matcher, _head(document, 0))
        scene.absent[document.id] = _missing(question, matcher, document.text, unmet) if unmet else ()
    missing = tuple(name for name in far_names if name in scene.absent[document.id])
    if not missing and of_another(
        question, matcher, document, Span(candidate.start, candidate.end), hit.passage.language
    ):
        missing = tuple(name for name in question.names if matcher.missing_names(sentence, [name]))
    dates = tuple(find_dates(sentence, anchor=document.article.published, language=hit.passage.language))
    short = find_short(question, matcher, sentence, dates, language=hit.passage.language)
    features = (
        0.0,
        hit.dense,
        min(hit.bm25 / scene.full_bm25, 2.0),
        matcher.coverage((1.0, in_sentence), names=False),
        matcher.coverage(*zip(LAYERS, layers, strict=True), names=False),
        matcher.coverage((1.0, in_sentence), names=True),
        1.0 - len(far_names) / len(wanted) if wanted else 1.0,
        short.confidence if short else 0.0,
        time_match(question, candidate, dates),
        1.0 / (1 + scene.order.index(hit.passage.id)),
        float(question.operator is not None and operator_of(fold(sentence)) == question.operator),
        float(negated(sentence) and not negated(question.text)),
        matcher.rarest(*zip(LAYERS, layers, strict=True)),
        min(len(sentence) / 200, 2.0),
        _lacks(question, short),
        float(question.kind in TYPED),
        0.0,
    )
    return replace(candidate, features=features, short=short, dates=dates, missing=missing, far=far_names)


def _lacks(question: Question, short: Short | None) -> float:
    return float(short is None and question.kind in TYPED)


def time_match(question: Question, candidate: Candidate, dates: Sequence[DateMention]) -> float:
    """How the sentence's time meets the question's window: 1 by a date of its own, 0.5 by one beside it, 0.3 by its
    article's; -1 when it is dated and does not meet it; 0 when there is no window or nothing is dated."""
    if question.first is None or question.last is None:
        return 0.0
    document = candidate.document
    published = document.article.published
    if question.yearless and any(_same_day(question, d) for d in dates):
        return 1.0
    own = [(d.first, d.last) for d in dates if d.first and d.last]
    if own:
        return 1.0 if _meets(question, own) else 0.0 if question.yearless else -1.0
    paragraph = document.paragraph(candidate.start)
    near = _dates_in(document.text[paragraph.start : paragraph.end], published, candidate.hit.passage.language)
    left, right = candidate.start - paragraph.start - BESIDE, candidate.end - paragraph.start + BESIDE
    if _meets(question, [(d.first, d.last) for d in near if left <= d.start and d.end <= right]):
        return 0.5
    if published.first_day is not None:
        return (
            0.3 if _meets(question, [(published.first_day, published.last_day)]) else 0.0 if question.yearless else -1.0
        )
    # In an article of unknown date "this year" may be any, but a year that is named must stand there.
    named = re.search(r"\d{4}", question.window_text) is not None
    return -1.0 if named and not _meets(question, [(d.first, d.last) for d in near]) else 0.0


@lru_cache(maxsize=64)
def _dates_in(text: str, published: PublicationDate, language: Language) -> tuple[DateMention, ...]:
    """The dates of a paragraph, kept for its other sentences."""
    return tuple(find_dates(text, anchor=published, language=language))


def _same_day(question: Question, mention: DateMention) -> bool:
    """Whether a date is the day, or in the month, that the question names without its year."""
    assert question.first is not None and question.last is not None
    said = mention.said
    whole_month = question.first != question.last
    return said.month == question.first.month and (whole_month or said.day == question.first.day)


def _meets(question: Question, intervals: Sequence[tuple[date | None, date | None]]) -> bool:
    assert question.first is not None and question.last is not None
    return any(a and b and a <= question.last and question.first <= b for a, b in intervals)
