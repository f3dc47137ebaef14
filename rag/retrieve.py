"""Passages for a question: candidates of the store, their two scores fused, with filters and a cap per article.

The store's reciprocal rank fusion of a dense and a BM25 list gives the candidates, cheaply and inside the engine. Their
order comes from the scores themselves (rag.fusion), or from a reranker over the best of them where one is configured.
Knows the store, the embedder and the archive's vocabulary. Knows nothing of answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from rag.dates import parse_bound
from rag.embedding import Embedder
from rag.errors import UsageError
from rag.fusion import bm25_ceiling, convex
from rag.names import Lexicon
from rag.rerank import Reranker, shown
from rag.settings import Settings
from rag.store.base import PointKind, SparseVector, Store, Vector, Where
from rag.store.schema import read_passage
from rag.store.sparse import Bm25Encoder
from rag.text import STOPWORDS, fold, words
from rag.types import Hit

PASSAGE_KINDS: Final[tuple[PointKind, ...]] = ("article", "comment")
OVERFETCH: Final = 4  # candidates fetched for each hit wanted at the least, so that the cap per article leaves enough


@dataclass(frozen=True, slots=True)
class Filters:
    """What a user restricts a search to."""

    kind: str | None = None  # "article" or "comment"
    since: str | date | None = None
    until: str | date | None = None
    outlet: str | None = None
    language: str | None = None
    known_by: date | None = None  # nothing published after this day; undated texts stay

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
            known_by=self.known_by,
        )


class Retriever:
    """Searches one store. Thread-safe as far as its store, embedder and reranker are."""

    def __init__(self, store: Store, embedder: Embedder, settings: Settings, reranker: Reranker | None = None) -> None:
        self._store = store
        self._embedder = embedder
        self._settings = settings
        self._reranker = reranker
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
        found = self._fused(query, dense, sparse, where, max(limit * OVERFETCH, self._settings.prefetch))
        if self._reranker is not None and found:
            found = _reranked(self._reranker, query, found)
        return _cap(found, limit, per_article or self._settings.per_article)

    def _fused(self, query: str, dense: Vector, sparse: SparseVector, where: Where, prefetch: int) -> list[Hit]:
        """The candidates, at most `prefetch`, best first."""
        settings = self._settings
        weights = (settings.dense_weight, settings.bm25_weight)
        points = self._store.search(
            dense=dense, sparse=sparse, where=where, limit=prefetch, prefetch=prefetch, rrf_k=settings.rrf_k
        )
        if not points:
            return []
        own = replace(where, ids=tuple(point.id for point in points))
        cosines = {p.id: p.score for p in self._store.search(dense=dense, where=own, limit=len(points))}
        words_met = {p.id: p.score for p in self._store.search(sparse=sparse, where=own, limit=len(points))}
        cosine = np.array([cosines.get(point.id, 0.0) for point in points])
        bm25 = np.array([words_met.get(point.id, 0.0) for point in points])
        scores = convex(cosine, bm25, bm25_ceiling(query, self.passages()), dense=weights[0], sparse=weights[1])
        return [
            Hit(
                passage=read_passage(points[at].id, points[at].payload),
                score=float(scores[at]),
                dense=float(cosine[at]),
                bm25=float(bm25[at]),
            )
            # Equal scores by id: the engine's own order of them may change from one opening to the next.
            for at in sorted(range(len(points)), key=lambda at: (-scores[at], points[at].id))
        ]

    def expand(self, query: str) -> str:
        """The query with the archive's own spellings of its words added ("Putin" also as "Poutine")."""
        lexicon = self.lexicon()
        stop = STOPWORDS["fr"] | STOPWORDS["en"]
        terms = [folded for word in words(query) if (folded := fold(word.text)) not in stop and len(folded) > 2]
        added = {v.term for term in terms for v in lexicon.variants(term) if v.how != "same"}
        added |= {v.term for v in lexicon.variants_of_phrase(query)}
        return " ".join([query, *sorted(added - set(terms))])


def _reranked(reranker: Reranker, query: str, hits: Sequence[Hit]) -> list[Hit]:
    """The best hits in the order of their scores and the reranker's, the others below them as they were."""
    read, rest = hits[: reranker.depth], list(hits[reranker.depth :])
    fused = np.array([hit.score for hit in read])
    own = reranker.scores(query, [shown(hit.passage) for hit in read])
    scores = (1 - reranker.share) * fused + reranker.share * own
    below = min(float(scores.min()), rest[0].score) / rest[0].score if rest and rest[0].score > 0 else 1.0
    ordered = [replace(read[at], score=float(scores[at])) for at in np.argsort(-scores, kind="stable")]
    return [*ordered, *(replace(hit, score=hit.score * below) for hit in rest)]


def _cap(found: Sequence[Hit], limit: int, per_article: int) -> list[Hit]:
    """The first `limit` with at most `per_article` of one article; places left over go to the next best."""
    kept: list[Hit] = []
    spare: list[Hit] = []
    seen: Counter[str] = Counter()
    for hit in found:
        seen[hit.article.id] += 1
        (kept if seen[hit.article.id] <= per_article else spare).append(hit)
    kept = kept[:limit]
    kept += spare[: limit - len(kept)]
    return sorted(kept, key=lambda hit: -hit.score)
