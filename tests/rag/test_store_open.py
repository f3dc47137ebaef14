"""Opening by location: what is refused, and what each refusal tells the user to do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from qdrant_client import QdrantClient

from rag.errors import StoreError, StoreMismatchError, StoreNotFoundError, StoreUnreachableError
from rag.settings import Settings, load_settings
from rag.store import Store, StoreInfo, check_info, is_url, open_store
from rag.store.schema import SCHEMA_VERSION
from rag.store.served import open_served

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect:UserWarning")
INFO = StoreInfo(schema_version=SCHEMA_VERSION, embedder="model@1", dimension=4)
SETTINGS = load_settings()


def opened(location: str | Path, *, embedder: str | None = "model@1", create: bool = False, **more: Any) -> Store:
    settings: Settings = more.get("settings", SETTINGS)
    dimension = more.get("dimension", 4) if embedder else None
    return open_store(location, settings=settings, embedder_name=embedder, dimension=dimension, create=create)


@pytest.mark.parametrize(
    ("location", "served"),
    [("http://localhost:6333", True), ("HTTPS://x", True), ("store", False), ("./http", False), ("/srv/http:", False)],
)
def test_a_url_names_a_server_and_anything_else_a_folder(location: str, served: bool) -> None:
    assert is_url(location) is served


def test_a_missing_store_is_made_only_when_asked_for(tmp_path: Path) -> None:
    location = tmp_path / "new" / "store"
    with pytest.raises(StoreNotFoundError, match="gazette index FOLDER --store"):
        opened(location)
    opened(location, create=True).close()
    store = opened(location, create=True)
    assert store.info == INFO
    assert store.location == str(location)
    store.close()


def test_another_model_is_refused_and_the_store_stays_free(tmp_path: Path) -> None:
    opened(tmp_path / "store", create=True).close()
    with pytest.raises(StoreMismatchError, match=r"model@1.*model@2.*gazette index FOLDER --store"):
        opened(tmp_path / "store", embedder="model@2")
    with pytest.raises(StoreMismatchError, match=r"8\)"):
        opened(tmp_path / "store", dimension=8)
    store = opened(tmp_path / "store", embedder=None)  # to list or move it, no model is needed
    assert store.info == INFO
    store.close()


def test_another_schema_version_is_refused() -> None:
    older = StoreInfo(schema_version=SCHEMA_VERSION - 1, embedder="model@1", dimension=4)
    with pytest.raises(StoreMismatchError, match=r"schema version.*gazette index FOLDER"):
        check_info(older, None, "store")


def test_a_store_cannot_be_made_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="embedding model"):
        opened(tmp_path / "store", embedder=None, create=True)


def test_a_collection_records_what_it_was_made_with(tmp_path: Path) -> None:
    made = open_served(QdrantClient(path=str(tmp_path)), "gazette", "http://x", INFO)
    made.close()
    made.close()
    with pytest.raises(StoreError, match="closed"):
        made.count()
    again = open_served(QdrantClient(path=str(tmp_path)), "gazette", "http://x")
    assert again.info == INFO
    again.close()


def test_a_missing_collection_is_not_found() -> None:
    with pytest.raises(StoreNotFoundError, match="gazette index FOLDER --store http://x"):
        open_served(QdrantClient(":memory:"), "gazette", "http://x")


def test_a_collection_of_another_program_is_refused() -> None:
    client = QdrantClient(":memory:")
    client.create_collection("gazette", vectors_config={})
    with pytest.raises(StoreError, match="not made by Gazette"):
        open_served(client, "gazette", "http://x", INFO)


@contextmanager
def server(answer: Callable[[str, str | None], tuple[int, Any]]) -> Iterator[str]:
    """An HTTP server that answers every request with answer(path, api key)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answer(self.path, self.headers.get("api-key"))
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}"
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


def test_a_refused_api_key_is_named_as_the_reason() -> None:
    seen: list[str | None] = []

    def refuse(path: str, key: str | None) -> tuple[int, Any]:
        del path
        seen.append(key)
        return 401, b"Must provide an API key"

    with server(refuse) as url, pytest.raises(StoreUnreachableError, match=r"API key.*GAZETTE_API_KEY"):
        opened(url, settings=load_settings(api_key="wrong"))
    assert set(seen) == {"wrong"}


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(StoreUnreachableError, match="does not answer"):
        opened("http://127.0.0.1:9")


@pytest.mark.parametrize("url", ["http://[bad", "http://", "http://host:port"])
def test_a_malformed_url_is_an_error_of_ours(url: str) -> None:
    with pytest.raises(StoreError):
        opened(url)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (503, b"starting", StoreUnreachableError),
        (404, b"<html>no such page</html>", StoreError),
        (500, b"panic", StoreError),
        (200, b"<html>hello</html>", StoreError),
    ],
)
def test_a_server_that_is_not_a_ready_qdrant_is_an_error_of_ours(
    status: int, body: bytes, error: type[StoreError]
) -> None:
    with server(lambda *_: (status, body)) as url, pytest.raises(error):
        opened(url)
