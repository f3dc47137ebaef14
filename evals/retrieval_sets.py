"""The questions of a retrieval run and what is relevant to each, from a golden set or a file in the form of SQuAD 1.1.

A golden question's relevant documents are the articles of its gold names; a SQuAD question's is the paragraph it stands
under. It reads files; it knows nothing of stores, rankings and measures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from evals.dataset import Dataset, InvalidEvaluationError
from evals.scoring import bears
from rag.errors import UsageError
from rag.text import detect_language, normalise
from rag.types import ArticleRef, Language

Group = Literal["French", "English", "cross-language"]
_OWN: dict[Language, Group] = {"fr": "French", "en": "English"}


@dataclass(frozen=True, slots=True)
class Topic:
    """A question with its judgements."""

    id: str
    text: str
    language: Language
    gains: dict[str, int]  # by document id; empty where nothing in the archive answers it
    languages: frozenset[Language]  # of the relevant documents
    cluster: str  # the article or event that it shares with others; they are no independent draws

    @property
    def group(self) -> Group:
        """Its language, or "cross-language" where no relevant document is written in it."""
        return _OWN[self.language] if self.language in self.languages else "cross-language"


def golden_topics(dataset: Dataset, articles: Sequence[ArticleRef]) -> list[Topic]:
    """The topics of a golden set over the articles of an archive; the documents are articles, by id. A follow-up
    question, which says nothing by itself, gets no relevant documents. Raises `InvalidEvaluationError` for a gold name
    that no article bears, or several do."""
    topics = []
    for item in dataset.items:
        found = []
        for name in () if item.history else item.gold:
            bearers = [article for article in articles if bears(name, article)]
            if len(bearers) != 1:
                fault = "is not in the archive" if not bearers else f"names {len(bearers)} articles; write FILE#URL"
                raise InvalidEvaluationError(f"{dataset.name}: line {item.line}: the gold article {name} {fault}")
            found += bearers
        topics.append(
            Topic(
                id=item.id,
                text=item.question,
                language=item.language,
                gains={article.id: 1 for article in found},
                languages=frozenset(article.language for article in found),
                cluster=item.cluster,
            )
        )
    return topics


@dataclass(frozen=True, slots=True)
class Squad:
    """Paragraphs and the questions about them. A paragraph's id is its place, as a string."""

    name: str
    digest: str  # "sha256:..." of the files
    paragraphs: tuple[str, ...]  # NFC, each once
    topics: tuple[Topic, ...] = field(repr=False)


def is_squad(path: Path) -> bool:
    """Whether a file is one JSON object with a "data" list, as SQuAD is; a golden set has one object a line.
    Raises `UsageError` when it cannot be read."""
    try:
        whole = json.loads(_bytes(path))
    except ValueError:
        return False
    return isinstance(whole, dict) and isinstance(whole.get("data"), list)


def read_squad(path: Path, also: Path | None = None) -> Squad:
    """The paragraphs and questions of a file, and the paragraphs alone of a second one.

    A question that SQuAD 2.0 marks as impossible gets no relevant paragraph. Raises `UsageError` for a file that
    cannot be read and `InvalidEvaluationError` for one that is not of this form, or has no questions.
    """
    numbers: dict[str, int] = {}
    topics: dict[str, Topic] = {}
    for entry, context, questions in _paragraphs(path):
        number = str(numbers.setdefault(context, len(numbers)))
        spoken = detect_language(context)
        for where, row in questions:
            text = _text(row, "question", where)
            possible = not row.get("is_impossible")
            named = str(row.get("id") or where)
            named = named if named not in topics else f"{named} {where}"
            topics[named] = Topic(
                id=named,
                text=text,
                language=detect_language(text),
                gains={number: 1} if possible else {},
                languages=frozenset({spoken} if possible else ()),
                cluster=entry,
            )
    for _, context, _ in _paragraphs(also) if also else ():
        numbers.setdefault(context, len(numbers))
    if not topics:
        raise InvalidEvaluationError(f"{path} holds no questions")
    name = path.name if also is None else f"{path.name} + paragraphs of {also.name}"
    digest = hashlib.sha256(_bytes(path) + (_bytes(also) if also else b"")).hexdigest()
    return Squad(name, f"sha256:{digest}", tuple(numbers), tuple(topics.values()))


def _paragraphs(path: Path) -> Iterator[tuple[str, str, list[tuple[str, dict[str, Any]]]]]:
    """(its article, its text, its questions with their places) of every paragraph of a file."""
    try:
        whole = json.loads(_bytes(path))
    except ValueError as error:
        raise InvalidEvaluationError(f"{path} is not JSON: {error}") from error
    root = _row(whole, str(path))
    for number, given in enumerate(_rows(root, "data", str(path))):
        entry = f"{path.name}: data[{number}]"
        for place, paragraph in enumerate(_rows(_row(given, entry), "paragraphs", entry)):
            where = f"{entry}.paragraphs[{place}]"
            row = _row(paragraph, where)
            asked = [
                (f"{where}.qas[{at}]", _row(one, f"{where}.qas[{at}]"))
                for at, one in enumerate(_rows({"qas": [], **row}, "qas", where))
            ]
            yield entry, normalise(_text(row, "context", where)), asked


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the dataset {path}: {error.strerror}") from error


def _row(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidEvaluationError(f"{where} is not a JSON object")
    return value


def _rows(row: dict[str, Any], key: str, where: str) -> list[Any]:
    value = row.get(key)
    if not isinstance(value, list):
        raise InvalidEvaluationError(f"{where} has no list {key!r}")
    return value


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InvalidEvaluationError(f"{where} has no text {key!r}")
    return value
