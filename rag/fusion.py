"""Two scores of a passage made one: a convex combination of its cosine and its BM25.

Bruch, Gai & Ingber, An Analysis of Fusion Functions for Hybrid Retrieval (TOIS 42, 2023): combining normalised scores
beats reciprocal rank fusion, which throws away by how much one passage fits better than the next. Pure functions; they
know nothing of stores and settings.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from rag.store.sparse import plain
from rag.text import content_words

Column = npt.NDArray[np.float64]


def convex(cosines: Column, bm25: Column, ceiling: float, *, dense: float, sparse: float) -> Column:
    """Fused scores of one question's candidates, shape (n,), each in [0, 1] but for a BM25 above its ceiling.

    The cosines are stretched to [0, 1] between the worst and the best candidate, since every embedding model spreads
    them in its own range. BM25 is divided by `ceiling`, what it could be for this question (`bm25_ceiling`), not by the
    best candidate's: where the archive hardly says the question's words, as when they are in the other language, its
    best match is worth little, and the cosine decides. Of the weights `dense` and `sparse` the proportion counts.
    """
    whole = (dense + sparse) or 1.0
    low, high = cosines.min(initial=1.0), cosines.max(initial=-1.0)
    near = (cosines - low) / (high - low) if high > low else np.zeros_like(cosines)
    fused: Column = (dense * near + sparse * bm25 / ceiling) / whole
    return fused


def bm25_ceiling(question: str, passages: int) -> float:
    """The BM25 of an average passage that has each content word of the question once, were each in no other passage.

    A word found once in a passage of average length weighs its IDF (rag.store.sparse). Always above 0.
    """
    rarest = math.log(1 + (max(passages, 1) - 0.5) / 1.5)  # IDF of a word that one passage has, as Qdrant counts it
    return max(1, len(set(content_words(plain(question))))) * rarest
