"""The event points of an article: what its dated sentences tell of, without vectors.

Only the article's own text is read: what a reader remarks is no report of an event. Knows nothing of the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indexer.draft import Draft
from rag.answer.document import heading_spans
from rag.events import event_mentions
from rag.events.mention import event_payload
from rag.types import Article, ArticleRef


def event_drafts(article: Article, ref: ArticleRef, sections: Sequence[Mapping[str, object]]) -> Iterator[Draft]:
    """One point for each event mention of the body; `sections` as in the article's text point."""
    headings = heading_spans(article.body, sections)
    for mention in event_mentions(article.body, ref, article.language, headings):
        yield Draft(mention.id, "event", event_payload(mention), mention.language)
