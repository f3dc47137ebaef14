"""Opening a store by its location: a folder is embedded, an http(s) URL is served.

Checks that the store fits the schema and the embedding model; knows no engine.
"""

from __future__ import annotations

from pathlib import Path

from rag.errors import StoreMismatchError, StoreNotFoundError
from rag.settings import Settings
from rag.store.base import Store, StoreInfo
from rag.store.schema import SCHEMA_VERSION


def is_url(location: str | Path) -> bool:
    """Whether a location names a server rather than a folder."""
    return str(location).lower().startswith(("http://", "https://"))


def open_store(
    location: str | Path,
    *,
    settings: Settings,
    embedder_name: str | None = None,
    dimension: int | None = None,
    create: bool = False,
) -> Store:
    """Open the store at a folder or URL; with `create`, make it when there is none.

    `embedder_name` and `dimension` are those of the embedding model in use; the store must have been made with them.
    None takes the store as it is (to list or move it); a store cannot be made so.

    Raises `StoreNotFoundError`, `StoreMismatchError`, `StoreBusyError`, `StoreUnreachableError` or `StoreError`.
    """
    wanted = StoreInfo(SCHEMA_VERSION, embedder_name, dimension) if embedder_name and dimension else None
    if create and wanted is None:
        raise StoreNotFoundError("a store cannot be made without an embedding model; give its name and dimension")
    store = _open(str(location), settings, wanted if create else None)
    try:
        check_info(store.info, wanted, str(location))
    except StoreMismatchError:
        store.close()
        raise
    return store


def check_info(found: StoreInfo, wanted: StoreInfo | None, location: str) -> None:
    """Raises `StoreMismatchError` when the store was made with another schema, model or dimension.

    With `wanted` None only the schema version is compared.
    """
    again = f"index the articles again into another store: gazette index FOLDER --store OTHER (not {location})"
    if found.schema_version != SCHEMA_VERSION:
        raise StoreMismatchError(
            f"the store at {location} has schema version {found.schema_version}; this Gazette reads version "
            f"{SCHEMA_VERSION}; {again}"
        )
    if wanted is not None and (found.embedder, found.dimension) != (wanted.embedder, wanted.dimension):
        raise StoreMismatchError(
            f"the store at {location} was made with the embedding model {found.embedder} ({found.dimension} "
            f"dimensions), and this run uses {wanted.embedder} ({wanted.dimension}); choose that model with "
            f"--embedder, or {again}"
        )


def _open(location: str, settings: Settings, make: StoreInfo | None) -> Store:
    # Each engine is imported only where it is used: qdrant-client takes half a second that an embedded store spares.
    if is_url(location):
        from rag.store.served import connect, open_served

        return open_served(connect(location, settings.api_key), settings.collection, location, make)
    from rag.store.edge import create_edge, edge_exists, open_edge

    if make is not None and not edge_exists(location):
        return create_edge(location, make)
    return open_edge(location)
