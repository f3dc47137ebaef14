"""`index_archive`: files in, passages in the store.

The one place of `indexer` that builds things: it opens the store, the embedder and the manifest from one `Settings`,
and brings sources, reader, chunker and writer together. It knows no format and no engine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from indexer.chunk import check_sizes
from indexer.manifest import Manifest, Role, manifest_path
from indexer.read import SUFFIXES
from indexer.report import IndexReport, Progress
from indexer.run import Run, source_key
from indexer.sources import PathLike, list_sources
from rag.embedding import Embedder, load_embedder
from rag.errors import UsageError
from rag.settings import Settings, load_settings
from rag.store.base import Point, Store
from rag.store.open import is_url, open_store


class OpenArchive(Protocol):
    """An archive that is open already; `rag.Archive` is one."""

    @property
    def store(self) -> Store: ...

    @property
    def embedder(self) -> Embedder: ...

    @property
    def settings(self) -> Settings: ...


def index_archive(
    paths: PathLike | Iterable[PathLike],
    store: str | Path | OpenArchive,
    *,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    progress: Callable[[Progress], None] | None = None,
    stdin: BinaryIO | None = None,
    **overrides: Any,
) -> IndexReport:
    """Bring the articles of files and folders into a store, and keep the store in step with them.

    `paths` is one path or many; "-" reads `stdin` (by default the process's). `store` is a folder, the URL of a Qdrant
    server, or an open `Archive`, which stays open; a store that does not exist is made. `overrides` are settings by
    name and go before `settings`. `progress` is called after each source and each batch.

    Files that have not changed since the last run are left as they are; changed ones replace what they brought before;
    those that are gone from a folder given here are taken out. What cannot be read is set aside with its reason, and
    what was read from it in better days stays. An interrupted run, however it ended, is finished by the next one.

    Raises `UsageError` when none of the paths is there, and the errors of opening a store: `StoreBusyError`,
    `StoreMismatchError`, `StoreUnreachableError`, `EmbedderError`, `SettingsError`.
    """
    started = time.monotonic()
    chosen = _settings(settings, overrides, store)
    check_sizes(chosen.chunk_tokens, chosen.chunk_overlap)
    folder = None if is_url(chosen.store) else Path(chosen.store).expanduser().resolve()
    largest = chosen.max_file_mb * 2**20
    listing = list_sources(paths, suffixes=SUFFIXES, largest=largest, store=folder)
    with _opened(store, chosen, embedder) as (opened, model), _manifest(opened, chosen) as manifest:
        run = Run(opened, model, manifest, chosen, listing, progress)
        run.read_files()
        if listing.stdin:
            run.read_stdin(stdin or sys.stdin.buffer)
        return run.finish(started)


def _settings(settings: Settings | None, overrides: dict[str, Any], store: str | Path | OpenArchive) -> Settings:
    base = settings or (load_settings(**overrides) if isinstance(store, str | Path) else store.settings)
    given = [name for name, value in overrides.items() if value is not None]
    checked = load_settings(**overrides)
    location = str(store) if isinstance(store, str | Path) else store.store.location
    return base.model_copy(update={**{name: getattr(checked, name) for name in given}, "store": location})


@contextmanager
def _opened(
    store: str | Path | OpenArchive, settings: Settings, embedder: Embedder | None
) -> Iterator[tuple[Store, Embedder]]:
    if not isinstance(store, str | Path):
        if embedder is not None and embedder.name != store.embedder.name:
            raise UsageError("an open archive is indexed with its own embedding model; leave `embedder` out")
        yield store.store, store.embedder
        return
    model = embedder or load_embedder(settings.embedder)
    opened = open_store(store, settings=settings, embedder_name=model.name, dimension=model.dimension, create=True)
    try:
        yield opened, model
    finally:
        opened.close()


@contextmanager
def _manifest(store: Store, settings: Settings) -> Iterator[Manifest]:
    with Manifest(manifest_path(store.location, settings.collection)) as manifest:
        if manifest.count_points() != store.count():
            manifest.reconcile(_origin(point) for point in store.scroll())
        yield manifest


def _origin(point: Point) -> tuple[str, str, str, Role]:
    payload = point.payload
    role: Role = payload["role"] if payload["kind"] == "text" else "passage"
    if payload["kind"] == "event":
        role = "event"
    return point.id, payload["article_id"], source_key(payload["source"], payload["article_id"]), role
