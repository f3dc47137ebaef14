"""Passages for a question: dense and BM25 lists fused inside the store, with filters and a cap per article.

Knows the store, the embedder and the archive's vocabulary. Knows nothing of answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rag.dates import parse_bound
from rag.embedding import Embedder
from rag.errors import UsageError
from rag.names import Lexicon
from rag.settings import Settings
from rag.store.base import PointKind, Scored, Store, Vector, Where
from rag.store.schema import read_passage
from rag.store.sparse import Bm25Encoder
from rag.text import STOPWORDS, fold, words
from rag.types import Hit

PASSAGE_KINDS: Final[tuple[PointKind, ...]] = ("article", "comment")
OVERFETCH: Final = 4  # fused candidates fetched for each hit wanted, so that the cap per article leaves enough


@dataclass(frozen=True, slots=True)
class Filters:
    """What a user restricts a search to."""

    kind: str | None = None  # "article" or "comment"
    since: str | date | None = None
    until: str | date | None = None
    outlet: str | None = None
    language: str | None = None

    def where(self) -> Where:
        """The store's filter. Raises `UsageError` for values that are none."""
        if self.kind not in (None, "article", "comment"):
            raise UsageError(f"kind must be 'article' or 'comment', not {self.kind!r}")
        if self.language not in (None, "fr", "en"):
            raise UsageError(f"language must be 'fr' or 'en', not {self.language!r}")
        since = parse_bound(self.since, end=False) if self.since else None
        until = parse_bound(self.until, end=True) if self.until else None
        if since and until and since > until:
            raise UsageError(f"the search ends ({until}) before it begins ({since}): swap the two dates")
        kinds: tuple[PointKind, ...] = PASSAGE_KINDS
        if self.kind == "article":
            kinds = ("article",)
        elif self.kind == "comment":
            kinds = ("comment",)
        return Where(
            kinds=kinds,
            since=since,
            until=until,
            outlets=(self.outlet,) if self.outlet else (),
            languages=(self.language,) if self.language else (),
        )


class Retriever:
    """Searches one store. Thread-safe as far as its store and embedder are."""

    def __init__(self, store: Store, embedder: Embedder, settings: Settings) -> None:
        self._store = store
        self._embedder = embedder
        self._settings = settings
        self._bm25 = Bm25Encoder()
        self._lexicon: Lexicon | None = None
        self._passages = -1

    def lexicon(self) -> Lexicon:
        """The archive's vocabulary, read again when the number of passages has changed."""
        passages = self.passages()
        if self._lexicon is None or passages != self._passages:
            self._lexicon, self._passages = Lexicon(self._store.facet("terms")), passages
        return self._lexicon

    def passages(self) -> int:
        """Number of passages in the store."""
        return self._store.count(Where(kinds=PASSAGE_KINDS))

    def search(
        self, query: str, filters: Filters | None = None, limit: int = 10, *, per_article: int | None = None
    ) -> list[Hit]:
        """At most `limit` hits, best first, at most `per_article` of one article while others are to be had."""
        return self.search_where(query, (filters or Filters()).where(), limit, per_article=per_article)

    def search_where(
        self,
        query: str,
        where: Where,
        limit: int,
        *,
        per_article: int | None = None,
        vector: Vector | None = None,
    ) -> list[Hit]:
        """`search` with the store's own filter. `vector` is the query's embedding when it is known already."""
        if not query.strip():
            raise UsageError("the query is empty: type some words to search for")
        if limit < 1:
            raise UsageError(f"limit must be at least 1, not {limit}")
        dense = self._embedder.embed_queries([query])[0] if vector is None else vector
        sparse = self._bm25.query(self.expand(query))
        wanted = max(limit * OVERFETCH, 20)
        found = self._store.search(
            dense=dense,
            sparse=sparse,
            where=where,
            limit=wanted,
            prefetch=max(self._settings.prefetch, wanted),
            rrf_k=self._settings.rrf_k,
            weights=(self._settings.dense_weight, self._settings.bm25_weight),
        )
        kept = _cap(found, limit, per_article or self._settings.per_article)
        if not kept:
            return []
        own = replace(where, ids=tuple(point.id for point in kept))
        cosine = {p.id: p.score for p in self._store.search(dense=dense, where=own, limit=len(kept))}
        words_met = {p.id: p.score for p in self._store.search(sparse=sparse, where=own, limit=len(kept))}
        return [
            Hit(
                passage=read_passage(point.id, point.payload),
                score=point.score,
                dense=cosine.get(point.id, 0.0),
                bm25=words_met.get(point.id, 0.0),
            )
            for point in kept
        ]

    def expand(self, query: str) -> str:
        """The query with the archive's own spellings of its words added ("Putin" also as "Poutine")."""
        lexicon = self.lexicon()
        stop = STOPWORDS["fr"] | STOPWORDS["en"]
        terms = [folded for word in words(query) if (folded := fold(word.text)) not in stop and len(folded) > 2]
        added = {v.term for term in terms for v in lexicon.variants(term) if v.how != "same"}
        added |= {v.term for v in lexicon.variants_of_phrase(query)}
        return " ".join([query, *sorted(added - set(terms))])


def _cap(found: Sequence[Scored], limit: int, per_article: int) -> list[Scored]:
    """The first `limit` with at most `per_article` of one article; places left over go to the next best."""
    kept: list[Scored] = []
    spare: list[Scored] = []
    seen: Counter[str] = Counter()
    for point in found:
        article = point.payload["article_id"]
        seen[article] += 1
        (kept if seen[article] <= per_article else spare).append(point)
    kept = kept[:limit]
    kept += spare[: limit - len(kept)]
    return sorted(kept, key=lambda point: -point.score)
