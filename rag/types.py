"""The nouns of Gazette as frozen dataclasses.

This file knows what an article, a passage, a hit, a citation and an answer are. It does no work and knows nothing of
files, stores, models or pages. All offsets count Python characters (code points) of the stored text, which is Unicode
NFC with LF line ends, and are half-open: `text[start:end]`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Precision = Literal["day", "month", "year", "unknown"]
DateMethod = Literal["metadata", "header", "text", "inferred", "unknown"]
PassageKind = Literal["article", "comment"]
Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When a text was published, how that is known, and the words it rests on."""

    value: str | None = None  # ISO 8601 cut to the precision: "2026-02-03", "2026-02", "2026"; None when unknown
    precision: Precision = "unknown"
    method: DateMethod = "unknown"
    evidence: str = ""  # the words of the source, verbatim; "" when unknown

    @property
    def first_day(self) -> date | None:
        """First day of the closed interval that `value` stands for; None when unknown."""
        if self.value is None:
            return None
        year, month, day = (*(int(part) for part in self.value.split("-")), 1, 1)[:3]
        return date(year, month, day)

    @property
    def last_day(self) -> date | None:
        """Last day of the closed interval that `value` stands for; None when unknown."""
        first = self.first_day
        if first is None or self.precision == "day":
            return first
        month = 12 if self.precision == "year" else first.month
        return date(first.year, month, calendar.monthrange(first.year, month)[1])

    def to_dict(self) -> dict[str, Any]:
        """The form used in answers: value, precision, method."""
        return {"value": self.value, "precision": self.precision, "method": self.method}


UNKNOWN_DATE = PublicationDate()


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of an article body under one heading (None before the first heading)."""

    heading: str | None
    text: str  # body[start:end]; the heading itself lies before `start`
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader's text under an article."""

    text: str
    author: str | None = None  # as printed under the article; the store keeps a keyed pseudonym instead
    depth: int = 0  # 0 = answers the article, 1 = answers a comment of depth 0, ...
    parent: int | None = None  # position of the parent in Article.comments
    date: PublicationDate = UNKNOWN_DATE
    confidence: float = 1.0  # in ]0, 1]: how sure it is that this is one whole remark of one reader
    position: int = 0  # place in Article.comments


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A stretch of the input that belongs neither to the body nor to a comment."""

    text: str
    reason: str  # short label: "advertisement", "photo credit", "comment form", "subscription pitch", ...


@dataclass(frozen=True, slots=True)
class Article:
    """One published text as read from a source, with its readers' comments."""

    source: str  # the file path or URL it was read from; "stdin" for standard input
    title: str
    title_derived: bool  # True when the source has no title and this one was made from the first sentence
    published: PublicationDate
    body: str  # headings and summary included, title, boilerplate and comments not; NFC, LF
    language: Language
    sections: tuple[Section, ...] = ()
    comments: tuple[Comment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    record: str = ""  # which record of a file that holds several articles: its URL, else a digest of its content


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article as a citation, a hit or a source card names it."""

    id: str  # UUID
    title: str
    published: PublicationDate
    source: str
    outlet: str | None = None
    url: str | None = None
    language: Language = "fr"

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "published": self.published.to_dict(),
            "source": self.source,
            "outlet": self.outlet,
            "url": self.url,
            "language": self.language,
        }


@dataclass(frozen=True, slots=True)
class CommentRef:
    """A comment as a citation or a hit names it."""

    id: str  # UUID
    author: str | None  # keyed pseudonym, or None for an unsigned remark

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "author": self.author}


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of ONE article body or ONE comment: stored_text[start:end] == text."""

    id: str  # UUID of its point in the store
    kind: PassageKind
    text: str
    text_id: str  # UUID of the stored text it is cut from: the article's id or the comment's id
    start: int
    end: int
    article: ArticleRef
    comment: CommentRef | None = None
    section: str | None = None  # heading it stands under
    language: Language = "fr"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its place in a result list."""

    passage: Passage
    score: float  # of rag.fusion, or of the reranker where there is one; larger is better, within one search only
    dense: float  # cosine of question and passage embeddings, in [-1, 1]
    bm25: float  # BM25 with the collection's IDF, >= 0; 0 when no word meets

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def kind(self) -> PassageKind:
        return self.passage.kind

    @property
    def article(self) -> ArticleRef:
        return self.passage.article

    def to_dict(self) -> dict[str, Any]:
        passage = self.passage
        return {
            "text": passage.text,
            "kind": passage.kind,
            "score": self.score,
            "dense": self.dense,
            "bm25": self.bm25,
            "start": passage.start,
            "end": passage.end,
            "article": passage.article.to_dict(),
            "comment": passage.comment.to_dict() if passage.comment else None,
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote with its place: archive.text_of(citation)[start:end] == quote."""

    quote: str
    kind: PassageKind
    start: int
    end: int
    article: ArticleRef
    comment: CommentRef | None = None
    text_id: str = ""  # UUID of the stored text

    def to_dict(self) -> dict[str, Any]:
        return {
            "quote": self.quote,
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "article": self.article.to_dict(),
            "comment": self.comment.to_dict() if self.comment else None,
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the citations it rests on."""

    text: str
    citations: tuple[int, ...] = ()  # places in Answer.citations, from 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive answers: cited sentences, or an abstention with its reason."""

    question: str
    text: str
    language: Language  # of the question, and so of the answer's frame
    sentences: tuple[Sentence, ...] = ()
    short: str | None = None  # "July 2025", "une heure", "Istanbul"; None when the question asks for no such thing
    abstained: bool = False
    reason: str | None = None  # why it abstained
    as_of: str | None = None  # ISO day of the archive's latest dated article, or the `now` that was given
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = field(default=())  # what the reader should know, e.g. undated articles left out
    # Probability, in [0, 1], that an answer of extracts is right; None for an abstention, for readers' opinions and for
    # what a language model worded.
    confidence: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "text": self.text,
            "short": self.short,
            "language": self.language,
            "abstained": self.abstained,
            "reason": self.reason,
            "as_of": self.as_of,
            "confidence": self.confidence,
            "sentences": [{"text": s.text, "citations": list(s.citations)} for s in self.sentences],
            "citations": [citation.to_dict() for citation in self.citations],
            "notes": list(self.notes),
        }
