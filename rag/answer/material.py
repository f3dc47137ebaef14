"""What a generated answer is made from: the hits for a question, with the texts they stand in.

Knows the retriever and the store. Knows nothing of prompts or models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from rag.answer.document import Document, load_documents
from rag.matching import Matcher
from rag.question import Question
from rag.retrieve import Filters, Retriever
from rag.store.base import Store
from rag.types import Hit

HITS: Final = 12  # article passages for a question
PER_ARTICLE: Final = 4
REMARKS: Final = 10  # readers' remarks, when they are asked for
BESIDE_REMARKS: Final = 3  # article passages that tell what the remarks are about


@dataclass(frozen=True, slots=True)
class Material:
    """What a generated answer is made from."""

    question: Question
    hits: Sequence[Hit]  # best first
    matcher: Matcher
    documents: Mapping[str, Document] = field(default_factory=dict)  # stored texts of the hits and their articles
    as_of: date | None = None
    opinion: bool = False  # readers' remarks are asked for; else they bear out nothing


def gather(
    question: Question, filters: Filters, *, store: Store, retriever: Retriever, as_of: date | None, opinion: bool
) -> Material:
    """The passages for a question: of articles, or, when opinions are asked for, remarks first."""
    where = replace(filters.where(), kinds=("article",))
    hits: list[Hit] = []
    if opinion:
        topic = " ".join(question.keywords) or question.text
        remarks = replace(where, kinds=("comment",))
        hits += retriever.search_where(topic, remarks, REMARKS, per_article=REMARKS)
    if hits or not opinion:
        wanted = BESIDE_REMARKS if opinion else HITS
        hits += retriever.search_where(question.text, where, wanted, per_article=PER_ARTICLE)
    ids = [identifier for hit in hits for identifier in (hit.passage.text_id, hit.article.id)]
    return Material(
        question=question,
        hits=hits,
        matcher=Matcher(question, retriever.lexicon(), retriever.passages()),
        documents=load_documents(store, ids),
        as_of=as_of,
        opinion=opinion,
    )
