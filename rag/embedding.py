"""The `Embedder` seam and its sentence-transformers implementation.

Knows how a model turns texts into unit vectors and which prompts it wants. Knows nothing of articles or stores.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Fingerprint recorded in the store: model name (not its path on this machine) and a digest of its weights."""
        ...

    @property
    def dimension(self) -> int: ...

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, shape (n, dimension), with the model's query prompt."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, shape (n, dimension), with the model's passage prompt."""
        ...
