"""The served store: one collection on a Qdrant server or cluster, through qdrant-client.

The same schema, ids and queries as the embedded store. What the store records about itself is the collection's
metadata (Qdrant 1.16 and later). Takes any `QdrantClient`, so the client's in-process mode works too. Knows nothing of
embedding models.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import numpy as np
from pydantic import SecretStr
from qdrant_client import QdrantClient, models
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException, UnexpectedResponse

from rag.errors import GazetteError, StoreError, StoreNotFoundError, StoreUnreachableError
from rag.store.base import Point, Scored, SparseVector, StoreInfo, Vector, Where
from rag.store.checks import canonical, floats
from rag.store.conditions import Among, AtLeast, AtMost, Condition, Empty, HasId, NotAfter, conditions
from rag.store.schema import BM25, DATETIME_FIELDS, DENSE, KEYWORD_FIELDS, SEARCH_FILTER_FIELDS

_BATCH: Final = 128  # points in one request; Qdrant refuses bodies over 32 MB
_TIMEOUT: Final = 30  # seconds
_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")  # no one listens in between


def connect(url: str, api_key: SecretStr | None) -> QdrantClient:
    """A client of the server at `url`; nothing is sent yet."""
    with _mapped(url), warnings.catch_warnings():
        if urlsplit(url).hostname in _THIS_MACHINE:
            warnings.filterwarnings("ignore", message="Api key is used with an insecure connection")
        return QdrantClient(
            url=url,
            api_key=api_key.get_secret_value() if api_key else None,
            timeout=_TIMEOUT,
            check_compatibility=False,  # it would ask the server before the first real request, and only warn
        )


def open_served(client: QdrantClient, collection: str, location: str, make: StoreInfo | None = None) -> ServedStore:
    """Open a collection; with `make`, create it when the server has none. The store closes the client.

    Raises `StoreNotFoundError` when there is no such collection, `StoreError` when it is not one of Gazette's,
    `StoreUnreachableError` when the server does not answer or refuses the API key.
    """
    with _mapped(location):
        if not client.collection_exists(collection):
            if make is None:
                raise StoreNotFoundError(
                    f"the server at {location} has no collection {collection!r}; make it with: "
                    f"gazette index FOLDER --store {location}"
                )
            _create(client, collection, make)
        described = client.get_collection(collection)
        info = _read_info(described.config.metadata or {}, collection, location)
        _ensure_indexes(client, collection, set(described.payload_schema))
    return ServedStore(client, collection, location, info)


class ServedStore:
    """A `Store` on a Qdrant server. Threads may share it."""

    def __init__(self, client: QdrantClient, collection: str, location: str, info: StoreInfo) -> None:
        self._client = client
        self._collection = collection
        self._location = location
        self._info = info
        self._closed = False
        self._closing = threading.Lock()

    @property
    def location(self) -> str:
        return self._location

    @property
    def info(self) -> StoreInfo:
        return self._info

    def upsert(self, points: Sequence[Point]) -> None:
        with self._server() as client:
            for start in range(0, len(points), _BATCH):
                batch = [_to_struct(point, self._info.dimension) for point in points[start : start + _BATCH]]
                client.upsert(self._collection, batch, wait=True)

    def delete(self, ids: Sequence[str]) -> None:
        with self._server() as client:
            if ids:
                client.delete(
                    self._collection, models.PointIdsList(points=[canonical(each) for each in ids]), wait=True
                )

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
        queries: list[tuple[str, Any]] = []
        if dense is not None:
            queries.append((DENSE, floats(dense, self._info.dimension)))
        if sparse is not None:
            queries.append((BM25, _to_sparse(sparse)))
        if not queries:
            raise StoreError("a search needs a dense or a sparse vector")
        accepts = _filter(where)
        with self._server() as client:
            if len(queries) == 1:
                using, query = queries[0]
                reply = client.query_points(
                    self._collection, query=query, using=using, query_filter=accepts, limit=limit
                )
            else:
                each = max(prefetch, limit)
                reply = client.query_points(
                    self._collection,
                    query=models.RrfQuery(rrf=models.Rrf(k=rrf_k, weights=list(weights))),
                    prefetch=[
                        models.Prefetch(query=query, using=using, filter=accepts, limit=each)
                        for using, query in queries
                    ],
                    limit=limit,
                )
        return [Scored(str(found.id), found.score, found.payload or {}) for found in reply.points]

    def get(self, ids: Sequence[str]) -> list[Point]:
        wanted = [canonical(each) for each in ids]
        with self._server() as client:
            records = client.retrieve(self._collection, wanted, with_payload=True) if wanted else []
            found = {str(record.id): _from_record(record) for record in records}
            return [found[each] for each in wanted if each in found]

    def scroll(self, where: Where | None = None, *, batch: int = 256, vectors: bool = False) -> Iterator[Point]:
        offset: Any = None
        while True:
            with self._server() as client:
                records, offset = client.scroll(
                    self._collection,
                    scroll_filter=_filter(where),
                    limit=batch,
                    offset=offset,
                    with_payload=True,
                    with_vectors=vectors,
                )
            yield from map(_from_record, records)
            if offset is None:
                return

    def count(self, where: Where | None = None) -> int:
        with self._server() as client:
            return client.count(self._collection, count_filter=_filter(where), exact=True).count

    def facet(self, key: str, where: Where | None = None, limit: int = 100_000) -> dict[str, int]:
        with self._server() as client:
            accepts = _filter(where)
            reply = client.facet(self._collection, key, facet_filter=accepts, limit=limit, exact=accepts is not None)
        return {str(hit.value): hit.count for hit in reply.hits}

    def latest_day(self) -> date | None:
        order = models.OrderBy(key="published_to", direction=models.Direction.DESC)
        with self._server() as client:
            records, _ = client.scroll(self._collection, limit=1, order_by=order, with_payload=["published_to"])
        return date.fromisoformat((records[0].payload or {})["published_to"][:10]) if records else None

    def optimize(self) -> None:
        with self._server():
            return  # the server builds its indexes by itself

    def close(self) -> None:
        with self._closing:
            if not self._closed:
                self._closed = True
                self._client.close()

    @contextmanager
    def _server(self) -> Iterator[QdrantClient]:
        if self._closed:
            raise StoreError(f"the store at {self._location} is closed; open it again")
        with _mapped(self._location):
            yield self._client


@contextmanager
def _mapped(location: str) -> Iterator[None]:
    """Turns what the client raises into the `StoreError` tree."""
    try:
        yield
    except GazetteError:
        raise
    except UnexpectedResponse as error:
        raise _refused(error, location) from error
    except (ResponseHandlingException, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise StoreUnreachableError(
            f"the server at {location} does not answer ({error}); check the URL and that Qdrant runs there"
        ) from error
    except (ApiException, QdrantException, ValueError, KeyError, RuntimeError) as error:
        raise StoreError(f"the server at {location} failed: {error}") from error


def _refused(error: UnexpectedResponse, location: str) -> StoreError:
    reason = error.content.decode("utf-8", "replace")[:300]
    if error.status_code in (401, 403):
        return StoreUnreachableError(
            f"the server at {location} refuses the API key; set the right one in GAZETTE_API_KEY or gazette.toml"
        )
    if error.status_code in (502, 503, 504):
        return StoreUnreachableError(f"the server at {location} is not ready ({error.status_code}); try again later")
    if error.status_code == 404:
        return StoreError(
            f"the server at {location} does not know what was asked ({reason}); check that it is a Qdrant server "
            "and that the collection was not deleted"
        )
    return StoreError(f"the server at {location} refused the request ({error.status_code}): {reason}")


def _create(client: QdrantClient, collection: str, info: StoreInfo) -> None:
    try:
        client.create_collection(
            collection,
            vectors_config={DENSE: models.VectorParams(size=info.dimension, distance=models.Distance.COSINE)},
            sparse_vectors_config={BM25: models.SparseVectorParams(modifier=models.Modifier.IDF)},
            metadata={
                "gazette": {
                    "schema_version": info.schema_version,
                    "embedder": info.embedder,
                    "dimension": info.dimension,
                }
            },
        )
    except UnexpectedResponse as error:
        if error.status_code != 409:  # 409: another process made it in between
            raise


def _ensure_indexes(client: QdrantClient, collection: str, there: set[str]) -> None:
    """Create the payload indexes that are missing: after creation, or after a kill in the middle of it."""
    keyword = models.KeywordIndexType.KEYWORD
    kinds: dict[str, models.PayloadSchemaType | models.KeywordIndexParams] = {
        key: models.KeywordIndexParams(type=keyword, enable_hnsw=key in SEARCH_FILTER_FIELDS) for key in KEYWORD_FIELDS
    }
    kinds |= dict.fromkeys(DATETIME_FIELDS, models.PayloadSchemaType.DATETIME)
    for key, kind in kinds.items():
        if key not in there:
            client.create_payload_index(collection, key, kind, wait=True)


def _read_info(metadata: dict[str, Any], collection: str, location: str) -> StoreInfo:
    try:
        record = metadata["gazette"]
        return StoreInfo(int(record["schema_version"]), str(record["embedder"]), int(record["dimension"]))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"the collection {collection!r} at {location} was not made by Gazette, or the server is older than "
            "Qdrant 1.16; choose another collection or update the server"
        ) from error


def _filter(where: Where | None) -> models.Filter | None:
    must, must_not = [], []
    for condition in conditions(where):
        if isinstance(condition, NotAfter) or (isinstance(condition, Empty) and not condition.empty):
            must_not.append(_condition(condition))
        else:
            must.append(_condition(condition))
    return models.Filter(must=must or None, must_not=must_not or None) if must or must_not else None


def _condition(condition: Condition) -> models.Condition:
    match condition:
        case Among(key, values):
            return models.FieldCondition(key=key, match=models.MatchAny(any=list(values)))
        case HasId(ids):
            return models.HasIdCondition(has_id=[canonical(each) for each in ids])
        case AtLeast(key, instant):
            return models.FieldCondition(key=key, range=models.DatetimeRange.model_validate({"gte": instant}))
        case AtMost(key, instant):
            return models.FieldCondition(key=key, range=models.DatetimeRange.model_validate({"lte": instant}))
        case NotAfter(key, instant):  # asked as what must not be
            return models.FieldCondition(key=key, range=models.DatetimeRange.model_validate({"gt": instant}))
        case Empty(key):
            return models.IsEmptyCondition(is_empty=models.PayloadField(key=key))


def _to_sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _to_struct(point: Point, dimension: int) -> models.PointStruct:
    vectors: dict[str, Any] = {}
    if point.dense is not None:
        vectors[DENSE] = floats(point.dense, dimension)
    if point.sparse is not None:
        vectors[BM25] = _to_sparse(point.sparse)
    return models.PointStruct(id=canonical(point.id), vector=vectors, payload=point.payload)


def _from_record(record: models.Record) -> Point:
    vectors: Any = record.vector if isinstance(record.vector, dict) else {}
    dense, sparse = vectors.get(DENSE), vectors.get(BM25)
    return Point(
        id=str(record.id),
        payload=record.payload or {},
        dense=None if dense is None else np.asarray(dense, dtype=np.float32),
        sparse=None if sparse is None else SparseVector(tuple(sparse.indices), tuple(sparse.values)),
    )
