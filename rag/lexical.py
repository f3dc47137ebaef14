"""How near two words are in meaning, across French and English, by the embedding model's vectors of single words.

Knows the embedder only. Vectors are kept, so that a word is embedded once in the life of an archive.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from rag.embedding import Embedder
from rag.store.base import Vector

# Cosine of unrelated words and of translations under the bundled model: "call" meets "guerre" at 0.16, "entretien" at
# 0.17, "contact" at 0.50, "appelé" at 0.71, "appel" at 0.93.
UNRELATED: Final = 0.35
SAME: Final = 0.85
MOST_KEPT: Final = 50_000  # words; 75 MB at 384 dimensions


class WordVectors:
    """Vectors of single words, embedded when first asked for. Threads may share one."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vector] = {}

    def learn(self, words: Iterable[str]) -> None:
        """Embed the words that are not known yet, in one batch."""
        new = sorted({word for word in words if word not in self._known})
        if not new:
            return
        if len(self._known) + len(new) > MOST_KEPT:
            self._known = {}
        self._known |= dict(zip(new, self._embedder.embed_passages(new), strict=True))

    def nearness(self, a: str, b: str) -> float:
        """0 for unrelated words, 1 for words of one meaning; 0 when either has not been learnt."""
        left, right = self._known.get(a), self._known.get(b)
        if left is None or right is None:
            return 0.0
        return min(1.0, max(0.0, (float(np.dot(left, right)) - UNRELATED) / (SAME - UNRELATED)))
