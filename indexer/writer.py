"""Bring drafts into the store, in batches, so that a kill at any moment loses nothing and doubles nothing.

The order is what keeps that promise. For each batch: embed; note its points in the manifest; write them to the store;
delete what they replace; note that it is done. Whatever a kill leaves in the store is therefore named in the manifest,
under a source that the next run finds pending. This file knows drafts and vectors; it knows nothing of files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from indexer.draft import Draft
from indexer.manifest import Manifest, PointRow, Settled, SourceRow
from rag.embedding import Embedder
from rag.store.base import Point, Store, Vector, Where
from rag.store.sparse import Bm25Encoder

# A batch ends with whichever comes first. Passages: what one call of the embedder gets, which sorts them by length and
# wants enough of them to do so; the other two bound memory (a long thread, a long text).
_PASSAGES: Final = 128
_POINTS: Final = 1024
_CHARACTERS: Final = 4_000_000


@dataclass(slots=True)
class _Batch:
    drafts: list[Draft] = field(default_factory=list)
    characters: int = 0
    passages: int = 0
    rows: list[PointRow] = field(default_factory=list)
    touched: dict[str, bytes | None] = field(default_factory=dict)  # sources: key and place
    begun: dict[str, str] = field(default_factory=dict)  # articles that have drafts here: id and source
    ended: list[tuple[str, str]] = field(default_factory=list)  # digest and id of articles whose last draft is here
    kept: list[str] = field(default_factory=list)
    sources: list[tuple[SourceRow, bool]] = field(default_factory=list)  # ended sources, and whether to hold back


class Writer:
    """Writes drafts; the caller says where an article and a source end, and flushes at the last."""

    def __init__(self, store: Store, embedder: Embedder, manifest: Manifest, on_batch: Callable[[], None]) -> None:
        """`on_batch` is called after every batch that was written."""
        self._store = store
        self._embedder = embedder
        self._manifest = manifest
        self._on_batch = on_batch
        self._bm25 = Bm25Encoder()
        self._batch = _Batch()
        self.articles = 0  # written, not counting those that were left as they are
        self.passages = 0  # written
        self.embedded = 0  # given to the model
        self.removed = 0  # articles taken out

    def add(self, draft: Draft, article: str, source: str, place: bytes | None) -> None:
        """Take in one point of an article."""
        batch = self._batch
        batch.drafts.append(draft)
        batch.rows.append(PointRow(draft.id, article, draft.role))
        batch.touched[source] = place
        batch.begun[article] = source
        batch.passages += draft.role == "passage"
        batch.characters += len(draft.payload["text"])
        if batch.passages >= _PASSAGES or len(batch.drafts) >= _POINTS or batch.characters >= _CHARACTERS:
            self.flush()

    def end_article(self, article: str, digest: str) -> None:
        """All points of an article were added; those it had before and did not get again go."""
        self._batch.ended.append((digest, article))
        self.articles += 1

    def keep_article(self, article: str) -> None:
        """An article was found again and is unchanged."""
        self._batch.kept.append(article)

    def end_source(self, row: SourceRow, place: bytes | None, *, hold: bool) -> None:
        """All articles of a source were added or kept; those it had before go, unless `hold`."""
        self._batch.touched[row.key] = place
        self._batch.sources.append((row, hold))

    def remove_source(self, key: str) -> None:
        """Take a source and all its articles out."""
        self.flush()
        articles = self._manifest.articles_of(key)
        points = [point for article in articles for point in self._manifest.points_of(article)]
        self._manifest.note({key: None}, {})
        self._store.delete(points)
        self._manifest.settle(Settled(gone_points=points, gone_articles=articles, gone_sources=[key]))
        self.removed += len(articles)

    def flush(self) -> None:
        """Write what was taken in since the last flush."""
        batch, self._batch = self._batch, _Batch()
        if not (batch.touched or batch.kept or batch.ended):
            return
        digests, vectors = self._vectors(batch.drafts)
        self._manifest.note(batch.touched, batch.begun, batch.rows)
        if batch.drafts:
            self._store.upsert([self._point(draft, vectors) for draft in batch.drafts])
        replaced = [point for _, article in batch.ended for point in self._manifest.points_of(article, stale=True)]
        self._delete(replaced)
        embedded = [(digests[draft.embedded], draft.id) for draft in batch.drafts if draft.embedded]
        self._manifest.settle(Settled(embedded=embedded, kept=batch.kept, articles=batch.ended, gone_points=replaced))
        self._end_sources(batch.sources)
        self.passages += batch.passages
        self._on_batch()

    def _end_sources(self, ended: list[tuple[SourceRow, bool]]) -> None:
        if not ended:
            return
        done = Settled(sources=[row for row, _ in ended])
        for row, hold in ended:
            stale = [] if hold else self._manifest.articles_of(row.key, stale=True)
            done.gone_articles += stale
            done.gone_points += [point for article in stale for point in self._manifest.points_of(article)]
        self._delete(done.gone_points)
        self._manifest.settle(done)
        self.removed += len(done.gone_articles)

    def _delete(self, points: list[str]) -> None:
        if points:
            self._store.delete(points)

    def _point(self, draft: Draft, vectors: dict[str, Vector]) -> Point:
        if not draft.embedded:
            return Point(draft.id, draft.payload)
        sparse = self._bm25.passage(draft.matched, draft.language)
        return Point(draft.id, draft.payload, vectors[draft.embedded], sparse)

    def _vectors(self, drafts: list[Draft]) -> tuple[dict[str, bytes], dict[str, Vector]]:
        """Digests and vectors by embedded text. A text that the store has a vector of is not embedded again."""
        digests = {draft.embedded: self._digest(draft.embedded) for draft in drafts if draft.embedded}
        if not digests:
            return {}, {}
        known = self._manifest.embedded(list(digests.values()))
        stored: dict[str, Vector] = {}
        if known:
            found = self._store.scroll(Where(ids=tuple(known.values())), vectors=True)
            stored = {point.id: point.dense for point in found if point.dense is not None}
        vectors = {text: stored[known[digest]] for text, digest in digests.items() if known.get(digest) in stored}
        missing = [text for text in digests if text not in vectors]
        if missing:
            self.embedded += sum(bool(draft.embedded) and draft.embedded not in vectors for draft in drafts)
            vectors.update(zip(missing, self._embedder.embed_passages(missing), strict=True))
        return digests, vectors

    def _digest(self, text: str) -> bytes:
        named = f"{self._embedder.name}\n{text}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(named, digest_size=16).digest()
