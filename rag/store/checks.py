"""What both engines check before a vector or an id reaches them. Knows neither engine."""

from __future__ import annotations

import uuid

import numpy as np

from rag.errors import StoreError
from rag.store.base import Vector


def floats(vector: Vector, dimension: int) -> list[float]:
    """A dense vector of shape (dimension,) as a list. Raises `StoreError` for another shape, NaN or infinity."""
    if vector.shape != (dimension,):
        raise StoreError(f"a vector of shape {vector.shape} was given; the store holds {dimension} dimensions")
    if not np.isfinite(vector).all():
        raise StoreError("a vector with a value that is not a finite number was given; check the embedding model")
    listed: list[float] = vector.tolist()
    return listed


def canonical(identifier: str) -> str:
    """A UUID in the one spelling both engines answer with. Raises `StoreError` for what is no UUID."""
    try:
        return str(uuid.UUID(identifier))
    except ValueError as error:
        raise StoreError(f"{identifier!r} is not the id of a point") from error
