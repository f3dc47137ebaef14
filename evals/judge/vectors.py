"""How near two words are in meaning, across French and English, by the embedding model's vectors of single words.

Knows the embedder only. Vectors are kept, so that a word is embedded once in the life of an archive.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

import numpy as np

from rag.embedding import Embedder
from rag.store.base import Vector

# Every word lies near every other one in an encoder's space, some more than others. What counts is how far a cosine
# stands above the word's mean cosine with ordinary words, these ones (Dinu et al., 2015, and Lample et al., 2018, on
# hubs). Under the bundled model "call" stands 0.5 above for "appel", 0.2 for "entretien", below 0.1 for "guerre".
REFERENCE: Final = """
    maison house route tree année week argent money école doctor voiture river ville garden pain window homme child
    travail music livre paper eau stone lumière colour jour evening pays village main voice question answer chose moment
    grand small nouveau old bon strong venir take donner leave ouvrir build perdre write manger sleep marcher buy
    rapide slow blanc dark heureux tired facile heavy
""".split()
UNRELATED: Final = 0.15  # above the mean
SAME: Final = 0.45  # above the mean
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
        above = float(np.dot(left, right)) - max(float(np.dot(left, self._mean)), float(np.dot(right, self._mean)))
        return min(1.0, max(0.0, (above - UNRELATED) / (SAME - UNRELATED)))

    @cached_property
    def _mean(self) -> Vector:
        mean: Vector = np.mean(self._embedder.embed_passages(REFERENCE), axis=0)
        return mean
