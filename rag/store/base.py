"""The `Store` seam: what the rest of Gazette may ask of a vector store, in plain types.

Two implementations stand behind it, `rag.store.edge` (embedded) and `rag.store.served` (a Qdrant server). This file
knows neither engine. The payload's fields are named in `rag.store.schema`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
PointKind = Literal["article", "comment", "event", "text"]


@dataclass(frozen=True, slots=True)
class SparseVector:
    """A sparse vector: parallel tuples, indices unique, as the BM25 encoder gives them."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One record of the store. Passages carry both vectors, events and texts none."""

    id: str  # UUID
    payload: dict[str, Any]
    dense: Vector | None = None  # shape (dimension,), unit length
    sparse: SparseVector | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A point found by a search. The score's meaning is the search's: RRF, cosine or BM25."""

    id: str
    score: float
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Where:
    """A filter; every given condition must hold. Empty tuples and None mean "no condition"."""

    kinds: tuple[PointKind, ...] = ()
    ids: tuple[str, ...] | None = None
    article_ids: tuple[str, ...] = ()
    text_ids: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    role: Literal["article", "comment"] | None = None  # of a text point
    since: date | None = None  # publication interval overlaps [since, until]; undated points fail
    until: date | None = None
    known_by: date | None = None  # not published after this day; undated points pass
    undated: bool | None = None  # True: only points without a publication date; False: only dated ones
    match: dict[str, str] = field(default_factory=dict)  # further keyword fields that must equal a value


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store records about itself."""

    schema_version: int
    embedder: str  # fingerprint of the embedding model, see rag.embedding.Embedder.name
    dimension: int


class Store(Protocol):
    """A collection of points. Implementations raise errors of the `StoreError` tree only."""

    @property
    def location(self) -> str:
        """Folder or URL, as the user gave it."""
        ...

    @property
    def info(self) -> StoreInfo: ...

    def upsert(self, points: Sequence[Point]) -> None:
        """Write points, replacing those of equal id. Acknowledged points survive a kill."""
        ...

    def delete(self, ids: Sequence[str]) -> None:
        """Delete by id; ids that are not there are no error."""
        ...

    def search(
        self,
        *,
        dense: Vector | None = None,
        sparse: SparseVector | None = None,
        where: Where | None = None,
        limit: int = 10,
        prefetch: int = 60,
        rrf_k: int = 20,
        weights: tuple[float, float] = (1.0, 1.0),
    ) -> list[Scored]:
        """Best first. With both vectors: weighted RRF of two prefetches inside the engine; with one, that one alone
        (score = cosine, or BM25 with the collection's IDF). `where` filters inside every prefetch."""
        ...

    def get(self, ids: Sequence[str]) -> list[Point]:
        """Points by id, without vectors, in the order asked; missing ones are left out."""
        ...

    def scroll(self, where: Where | None = None, *, batch: int = 256, vectors: bool = False) -> Iterator[Point]:
        """Every point that passes the filter, in id order, with vectors if asked (to push a store to a server)."""
        ...

    def count(self, where: Where | None = None) -> int: ...

    def facet(self, key: str, where: Where | None = None, limit: int = 100_000) -> dict[str, int]:
        """Distinct values of a keyword field with the number of points that hold each."""
        ...

    def latest_day(self) -> date | None:
        """The last publication day in the store (the end of the latest interval); None when nothing is dated."""
        ...

    def optimize(self) -> None:
        """Build indexes after a bulk load; a no-op where the engine does so by itself."""
        ...

    def close(self) -> None: ...
