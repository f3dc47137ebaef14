"""A store's points, ids and filters in the types of qdrant_edge. Knows nothing of shards and folders."""

from __future__ import annotations

import uuid
from typing import Any

import numpy as np
import qdrant_edge as edge

from rag.store.base import Point, SparseVector, Where
from rag.store.checks import canonical, floats
from rag.store.conditions import Among, AtLeast, AtMost, Condition, Empty, HasId, NotAfter, conditions
from rag.store.schema import BM25, DENSE


def to_filter(where: Where | None) -> edge.Filter | None:
    """The filter for a `Where`; None when every point passes."""
    must: list[Any] = []
    must_not: list[Any] = []
    for condition in conditions(where):
        if isinstance(condition, NotAfter) or (isinstance(condition, Empty) and not condition.empty):
            must_not.append(_condition(condition))
        else:
            must.append(_condition(condition))
    return edge.Filter(must=must or None, must_not=must_not or None) if must or must_not else None


def _condition(condition: Condition) -> Any:
    match condition:
        case Among(key, values):
            return edge.FieldCondition(key, match=edge.MatchAny(list(values)))
        case HasId(ids):
            return edge.HasIdCondition({to_uuid(each) for each in ids})
        case AtLeast(key, instant):
            return edge.FieldCondition(key, range=edge.RangeDateTime(gte=instant))
        case AtMost(key, instant):
            return edge.FieldCondition(key, range=edge.RangeDateTime(lte=instant))
        case NotAfter(key, instant):  # asked as what must not be
            return edge.FieldCondition(key, range=edge.RangeDateTime(gt=instant))
        case Empty(key):
            return edge.IsEmptyCondition(key)


def to_sparse(vector: SparseVector) -> edge.SparseVector:
    """A sparse vector in the engine's type."""
    return edge.SparseVector(list(vector.indices), list(vector.values))


def to_point(point: Point, dimension: int) -> edge.Point:
    """A point in the engine's type. Raises `StoreError` for a vector that does not fit `dimension`."""
    vectors: dict[str, Any] = {}
    if point.dense is not None:
        vectors[DENSE] = floats(point.dense, dimension)
    if point.sparse is not None:
        vectors[BM25] = to_sparse(point.sparse)
    return edge.Point(to_uuid(point.id), vectors, point.payload)


def from_record(record: edge.Record) -> Point:
    """A point as the engine gives it back; vectors only where they were asked for."""
    vectors: Any = record.vector or {}
    dense, sparse = vectors.get(DENSE), vectors.get(BM25)
    return Point(
        id=str(record.id),
        payload=record.payload or {},
        dense=None if dense is None else np.asarray(dense, dtype=np.float32),
        sparse=None if sparse is None else SparseVector(tuple(sparse.indices), tuple(sparse.values)),
    )


def to_uuid(identifier: str) -> uuid.UUID:
    """A point's id in the engine's type. Raises `StoreError` for what is no UUID."""
    return uuid.UUID(canonical(identifier))
