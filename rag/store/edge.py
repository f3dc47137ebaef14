"""The embedded store: one folder, the Qdrant engine inside this process. The only file that opens a qdrant_edge shard.

A store's folder holds `store.json` (what the store records about itself) and `shard/` (the engine's files); other
files, such as a manifest, may lie beside them. Knows nothing of embedding models or of what a payload means beyond the
fields the schema names.

Facts about the engine (qdrant-edge-py 0.9) that this file rests on: the shard locks itself and releases the GIL, so
threads share one shard; an update is in the write-ahead log when the call returns, so it survives the death of the
process; a shard that is open already, here or in another process, answers `WouldBlock`; all its errors are `Exception`.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import uuid
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import qdrant_edge as edge

from rag.errors import GazetteError, StoreBusyError, StoreError, StoreNotFoundError
from rag.store.base import Point, Scored, SparseVector, StoreInfo, Vector, Where
from rag.store.checks import canonical, floats
from rag.store.edge_types import from_record, to_filter, to_point, to_sparse, to_uuid
from rag.store.schema import BM25, DATETIME_FIELDS, DENSE, KEYWORD_FIELDS, SEARCH_FILTER_FIELDS

INFO_FILE: Final = "store.json"
SHARD_FOLDER: Final = "shard"
_NEW: Final = "shard.new-"  # a shard being made; renamed to SHARD_FOLDER when it is whole
_BATCH: Final = 256  # points in one entry of the write-ahead log

# Which folders this process has open: tells a user whose lock it is. The values die with their store.
_open_here: Final[weakref.WeakValueDictionary[str, EdgeStore]] = weakref.WeakValueDictionary()


class EdgeStore:
    """A `Store` in a folder. Threads may share it; a second opening of the folder raises `StoreBusyError`."""

    def __init__(self, folder: Path, location: str, info: StoreInfo) -> None:
        """Open the store that lies in `folder`; use `open_edge` or `create_edge`, which read or write its info."""
        self._folder = folder
        self._location = location
        self._info = info
        self._closed = False
        self._closing = threading.Lock()
        with _mapped(folder, location):
            self._shard = edge.EdgeShard.load(str(folder / SHARD_FOLDER))
        _open_here[str(folder)] = self

    @property
    def location(self) -> str:
        return self._location

    @property
    def info(self) -> StoreInfo:
        return self._info

    def upsert(self, points: Sequence[Point]) -> None:
        with self._engine() as shard:
            for start in range(0, len(points), _BATCH):
                batch = [to_point(point, self._info.dimension) for point in points[start : start + _BATCH]]
                shard.update(edge.UpdateOperation.upsert_points(batch))

    def delete(self, ids: Sequence[str]) -> None:
        with self._engine() as shard:
            if ids:
                shard.update(edge.UpdateOperation.delete_points([to_uuid(each) for each in ids]))

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
        queries = []
        if dense is not None:
            queries.append(edge.Query.Nearest(floats(dense, self._info.dimension), using=DENSE))
        if sparse is not None:
            queries.append(edge.Query.Nearest(to_sparse(sparse), using=BM25))
        if not queries:
            raise StoreError("a search needs a dense or a sparse vector")
        accepts = to_filter(where)
        if len(queries) == 1:
            request = edge.QueryRequest(limit=limit, query=queries[0], filter=accepts, with_payload=True)
        else:
            each = max(prefetch, limit)
            fusion: Any = edge.Fusion.Rrf(k=rrf_k, weights=list(weights))  # the stubs miss that Rrf is a Fusion
            request = edge.QueryRequest(
                limit=limit,
                query=fusion,
                prefetches=[edge.Prefetch(limit=each, query=query, filter=accepts) for query in queries],
                with_payload=True,
            )
        with self._engine() as shard:
            return [Scored(str(found.id), found.score, found.payload or {}) for found in shard.query(request)]

    def get(self, ids: Sequence[str]) -> list[Point]:
        wanted = [canonical(each) for each in ids]
        with self._engine() as shard:
            records = shard.retrieve(list(map(uuid.UUID, wanted)), with_payload=True, with_vector=False)
        found = {str(record.id): from_record(record) for record in records}
        return [found[each] for each in wanted if each in found]

    def scroll(self, where: Where | None = None, *, batch: int = 256, vectors: bool = False) -> Iterator[Point]:
        offset: Any = None
        while True:
            request = edge.ScrollRequest(
                offset=offset, limit=batch, filter=to_filter(where), with_payload=True, with_vector=vectors
            )
            with self._engine() as shard:
                records, offset = shard.scroll(request)
            yield from map(from_record, records)
            if offset is None:
                return

    def count(self, where: Where | None = None) -> int:
        with self._engine() as shard:
            return shard.count(edge.CountRequest(exact=True, filter=to_filter(where)))

    def facet(self, key: str, where: Where | None = None, limit: int = 100_000) -> dict[str, int]:
        with self._engine() as shard:
            # Over the whole store the index's own counts are right after deletes, too, and take 20 ms for 23,000 terms
            # of 20,000 points; counting afresh takes 800 ms.
            accepts = to_filter(where)
            response = shard.facet(edge.FacetRequest(key, limit=limit, exact=accepts is not None, filter=accepts))
            return {str(hit.value): hit.count for hit in response.hits}

    def latest_day(self) -> date | None:
        order = edge.OrderBy("published_to", direction=edge.Direction.Desc)
        request = edge.ScrollRequest(limit=1, with_payload=["published_to"], with_vector=False, order_by=order)
        with self._engine() as shard:
            records, _ = shard.scroll(request)
        return date.fromisoformat((records[0].payload or {})["published_to"][:10]) if records else None

    def optimize(self) -> None:
        with self._engine() as shard:
            shard.optimize()
            shard.flush()

    def close(self) -> None:
        with self._closing:
            if self._closed:
                return
            self._closed = True
            _open_here.pop(str(self._folder), None)
            with _mapped(self._folder, self._location):
                self._shard.flush()
                self._shard.close()

    @contextmanager
    def _engine(self) -> Iterator[edge.EdgeShard]:
        with _mapped(self._folder, self._location, lambda: self._closed):
            if self._closed:
                raise StoreError(_CLOSED.format(self._location))
            yield self._shard


def open_edge(location: str) -> EdgeStore:
    """Open the store in the folder `location`.

    Raises `StoreNotFoundError` when there is none, `StoreBusyError` when it is open, `StoreError` when it is no store.
    """
    folder = Path(location).expanduser().resolve()
    state = _state(folder, location)
    if state != "store":
        raise StoreNotFoundError(
            f"there is no store at {location}; make one with: gazette index FOLDER --store {location}"
        )
    return EdgeStore(folder, location, _read_info(folder, location))


def edge_exists(location: str) -> bool:
    """Whether the folder holds a whole store. Raises `StoreError` when something else lies there."""
    return _state(Path(location).expanduser().resolve(), location) == "store"


def create_edge(location: str, info: StoreInfo) -> EdgeStore:
    """Make an empty store in a folder that does not exist, is empty, or holds a store left half made.

    A kill leaves either no store or a whole one: the shard is made under another name and renamed when it is whole.
    """
    folder = Path(location).expanduser().resolve()
    if _state(folder, location) == "store":
        raise StoreError(f"there is a store at {location} already")
    fresh = folder / f"{_NEW}{uuid.uuid4().hex}"
    with _mapped(folder, location):
        folder.mkdir(parents=True, exist_ok=True)
        for left_over in folder.glob(f"{_NEW}*"):
            shutil.rmtree(left_over)
        fresh.mkdir()
        shard = edge.EdgeShard.create(
            str(fresh),
            edge.EdgeConfig(
                vectors={DENSE: edge.EdgeVectorParams(size=info.dimension, distance=edge.Distance.Cosine)},
                sparse_vectors={BM25: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
            ),
        )
        for key in KEYWORD_FIELDS:
            keyword = edge.KeywordIndexParams(enable_hnsw=key in SEARCH_FILTER_FIELDS)
            shard.update(edge.UpdateOperation.create_field_index(key, keyword))
        for key in DATETIME_FIELDS:
            shard.update(edge.UpdateOperation.create_field_index(key, edge.PayloadSchemaType.Datetime))
        shard.flush()
        shard.close()
        _write_info(folder, info)
        fresh.rename(folder / SHARD_FOLDER)
    return EdgeStore(folder, location, info)


_CLOSED: Final = "the store at {} is closed; open it again"


@contextmanager
def _mapped(folder: Path, location: str, closed: Any = lambda: False) -> Iterator[None]:
    """Turns what the engine and the file system raise into the `StoreError` tree."""
    try:
        yield
    except GazetteError:
        raise
    except OSError as error:
        raise StoreError(f"cannot use the store at {location}: {error.strerror or error}") from error
    except Exception as error:
        raise _translated(error, folder, location, closed()) from error
    except BaseException as error:
        # A Rust panic arrives as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _translated(error, folder, location, closed()) from error


def _translated(error: BaseException, folder: Path, location: str, closed: bool) -> StoreError:
    message = str(error)
    if closed:
        return StoreError(_CLOSED.format(location))
    if "WouldBlock" in message:
        if str(folder) in _open_here:
            return StoreBusyError(
                f"the store at {location} is open in this process already; use the open Archive or close it first"
            )
        return StoreBusyError(
            f"the store at {location} is in use by another process (a chat page, an index run or an open Archive); "
            "stop that process, or give this one another --store"
        )
    return StoreError(f"the store at {location} failed: {message}; if it is damaged, index the articles into a new one")


def _state(folder: Path, location: str) -> str:
    """ "store", or "none" when a store may be made there. Raises `StoreError` when the path holds something else."""
    if not folder.exists():
        return "none"
    if not folder.is_dir():
        raise StoreError(f"{location} is a file, not a store; give --store a folder")
    with _mapped(folder, location):
        names = {entry.name for entry in folder.iterdir()}
    if {INFO_FILE, SHARD_FOLDER} <= names:
        return "store"
    if SHARD_FOLDER not in names and all(name == INFO_FILE or name.startswith((_NEW, ".")) for name in names):
        return "none"
    if SHARD_FOLDER in names and (folder / SHARD_FOLDER / "edge_config.json").exists():
        raise StoreError(f"the store at {location} has lost its {INFO_FILE}; index the articles into a new store")
    raise StoreError(f"{location} holds files and is not a Gazette store; give --store an empty or a new folder")


def _read_info(folder: Path, location: str) -> StoreInfo:
    try:
        record = json.loads((folder / INFO_FILE).read_text(encoding="utf-8"))
        return StoreInfo(int(record["schema_version"]), str(record["embedder"]), int(record["dimension"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"cannot read {INFO_FILE} of the store at {location}; index the articles into a new store"
        ) from error


def _write_info(folder: Path, info: StoreInfo) -> None:
    record = {"schema_version": info.schema_version, "embedder": info.embedder, "dimension": info.dimension}
    fresh = folder / f".{INFO_FILE}-{uuid.uuid4().hex}"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(record, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / INFO_FILE)
