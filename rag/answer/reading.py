"""What was read for a question, and the parts that every answer made of it shares: citing, voicing, abstaining.

Knows candidates and wording. Which candidate answers is the business of `rag.answer.extract` and `rag.answer.decided`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.answer import wording
from rag.answer.candidates import Candidate
from rag.answer.spot import Short
from rag.answer.voices import Voice, voice_of
from rag.matching import Matcher
from rag.question import Question
from rag.text import BORN, Span, fold, words
from rag.types import Answer, ArticleRef, Citation, Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found for a question: the candidates, best first, and what they were weighed by."""

    question: Question
    matcher: Matcher
    candidates: tuple[Candidate, ...]
    closest: ArticleRef | None


def abstain(reading: Reading, as_of: date | None) -> Answer:
    """The abstention, with what was looked for."""
    question = reading.question
    best = reading.candidates[0] if reading.candidates else None
    missing = best.missing if best else question.names
    if best and not missing:
        missing = best.far
    ordinary = (k for k in question.keywords if k not in _name_words(question))
    looked_for = (*question.names, *("né" if k == BORN else k for k in ordinary))
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


def cite(candidate: Candidate, part: Span | None = None) -> Citation:
    """The candidate's sentence as a citation, or the part of it at offsets into the sentence."""
    passage = candidate.hit.passage
    start, end = (
        (candidate.start + part.start, candidate.start + part.end) if part else (candidate.start, candidate.end)
    )
    return Citation(
        quote=candidate.document.text[start:end],
        kind=passage.kind,
        start=start,
        end=end,
        article=candidate.document.article,
        comment=passage.comment,
        text_id=candidate.document.id,
    )


def told_by(candidate: Candidate) -> Voice | None:
    """Whose word a candidate is; of several speakers the one who gives its short answer."""
    at = Span(candidate.short.start, candidate.short.end) if candidate.short else None
    return voice_of(candidate.document, candidate.start, candidate.end, candidate.hit.passage.language, at)


def made(
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
