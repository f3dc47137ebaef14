"""What only a reader claims: said where the articles give no answer, so that nobody takes the archive for silent.

It says that a reader speaks of the matter and where, and never repeats the claim: a remark's fact is no fact, and
whoever wants to read it asks for readers' words. It adds words to an abstention and cites nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from rag.answer import wording
from rag.answer.document import Document, load_documents
from rag.answer.remarks import Remark, read_remark
from rag.answer.short import find_short
from rag.dates import find_dates
from rag.matching import Matcher
from rag.question import Question
from rag.retrieve import Filters, Retriever
from rag.store.base import Store
from rag.types import Answer, Hit

HITS: Final = 6  # remarks looked at
LEAST_COVERAGE: Final = 0.5  # share of the question's words met by the remark and, less, by its article
LEAST_OWN: Final = 0.34  # share met by the remark itself
KINDS: Final = ("date", "duration", "number", "person", "place", "entity", "reason", "statement")
TYPED: Final = ("date", "duration", "number")  # of these the remark must give a value of the kind


def with_claim(
    abstention: Answer,
    question: Question,
    filters: Filters,
    *,
    store: Store,
    retriever: Retriever,
) -> Answer:
    """The abstention, with the word that a reader claims an answer where one does."""
    if not abstention.abstained or filters.kind == "article" or question.kind not in KINDS or not question.keywords:
        return abstention
    where = replace(filters.where(), kinds=("comment",))
    hits = retriever.search_where(question.text, where, HITS, per_article=HITS)
    if not hits:
        return abstention
    matcher = Matcher(question, retriever.lexicon(), retriever.passages())
    documents = load_documents(store, [h.passage.text_id for h in hits] + [h.article.id for h in hits])
    for hit in hits:
        if _claims(question, matcher, hit, documents):
            said = f"{abstention.text} {wording.reader_claims(hit.article, question.language)}"
            return replace(abstention, text=said, reason=said)
    return abstention


def _claims(question: Question, matcher: Matcher, hit: Hit, documents: Mapping[str, Document]) -> bool:
    """Whether a remark answers the question in its reader's own words."""
    document, article = documents.get(hit.passage.text_id), documents.get(hit.article.id)
    if document is None:
        return False
    remark = read_remark(document, article, documents, hit.passage.language)
    if remark is None:
        return False
    around = f"{hit.article.title}\n{article.lead if article else ''}"
    if matcher.missing_names(f"{remark.quote}\n{around}"):
        return False
    own = matcher.meets(remark.quote)
    met = matcher.coverage((1.0, own), (0.8, matcher.meets(around)))
    if met < LEAST_COVERAGE or matcher.coverage((1.0, own)) < LEAST_OWN:
        return False
    return question.kind not in TYPED or _gives(question, matcher, remark, hit)


def _gives(question: Question, matcher: Matcher, remark: Remark, hit: Hit) -> bool:
    """Whether a remark gives a value of the kind asked for."""
    language = hit.passage.language
    dates = find_dates(remark.quote, anchor=hit.article.published, language=language)
    return find_short(question, matcher, remark.quote, dates, language=language) is not None
