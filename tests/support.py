"""What tests of several folders stand on: a small embedder that is the same everywhere, and a look into a store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rag.embedding import Embedder, Matrix
from rag.settings import Settings, load_settings
from rag.store.base import Store
from rag.store.open import open_store
from rag.text import fold, words


class HashedWords:
    """An `Embedder`: the bag of a text's folded words, hashed into 64 dimensions. Remembers what it embedded."""

    def __init__(self, name: str = "hashed-words", dimension: int = 64) -> None:
        self._name = name
        self._dimension = dimension
        self.queries: list[str] = []
        self.passages: list[str] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        self.queries.extend(texts)
        return self._embed(texts)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        self.passages.extend(texts)
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> Matrix:
        matrix = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in zip(matrix, texts, strict=True):
            row[0] = 0.01  # a text without words has a direction too
            for word in words(text):
                digest = hashlib.blake2b(fold(word.text).encode(), digest_size=8).digest()
                row[int.from_bytes(digest, "big") % self._dimension] += 1.0
        unit: Matrix = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
        return unit


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive that is open, for a store or an embedder of the test's own."""

    store: Store
    embedder: Embedder
    settings: Settings


def contents(location: Path) -> dict[str, tuple[dict[str, Any], Any, Any]]:
    """Every point of an embedded store by id: payload, dense vector to 5 digits, sparse vector."""
    store = open_store(location, settings=load_settings())
    try:
        return {
            point.id: (
                point.payload,
                None if point.dense is None else tuple(np.round(point.dense, 5).tolist()),
                None if point.sparse is None else dict(zip(point.sparse.indices, point.sparse.values, strict=True)),
            )
            for point in store.scroll(vectors=True)
        }
    finally:
        store.close()
