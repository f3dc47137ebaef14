"""Indexing into a served store: qdrant-client's own engine stands in for the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from indexer.manifest import manifest_path
from rag.settings import load_settings
from rag.store.base import Store, StoreInfo
from rag.store.open import open_store
from rag.store.schema import SCHEMA_VERSION
from rag.store.served import open_served
from tests.indexer.corpus import index, record, write_json
from tests.support import HashedWords, Opened

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect")  # true of the stand-in only

URL = "http://qdrant.test:6333"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's data folder, where the manifest of a served store lies."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def served() -> Iterator[Opened]:
    model = HashedWords()
    made = StoreInfo(SCHEMA_VERSION, model.name, model.dimension)
    store = open_served(QdrantClient(":memory:"), "gazette", URL, made)
    yield Opened(store, model, load_settings())
    store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "articles"
    root.mkdir()
    write_json(root / "a.json", record("la mairie", 12, ("Enfin !",)))
    write_json(root / "b.json", record("le port"))
    return root


def ids(store: Store) -> set[str]:
    return {point.id for point in store.scroll()}


def test_the_points_are_those_of_an_embedded_store(served: Opened, folder: Path, tmp_path: Path) -> None:
    index(folder, served)
    index(folder, tmp_path / "store")
    embedded = open_store(tmp_path / "store", settings=load_settings())
    assert {point.id: point.payload for point in served.store.scroll()} == {
        point.id: point.payload for point in embedded.scroll()
    }
    embedded.close()


def test_indexing_again_embeds_nothing(served: Opened, folder: Path) -> None:
    index(folder, served)
    report = index(folder, served)
    assert (report.unchanged, report.embedded) == (2, 0)


def test_the_manifest_lies_in_the_users_data_folder(served: Opened, folder: Path, tmp_path: Path) -> None:
    index(folder, served)
    assert manifest_path(URL, "gazette").is_file()
    assert not (tmp_path / "articles" / "manifest.sqlite3").exists()


def test_a_store_that_was_filled_from_elsewhere_gets_no_orphans(served: Opened, folder: Path, tmp_path: Path) -> None:
    index(folder, tmp_path / "store")
    embedded = open_store(tmp_path / "store", settings=load_settings())
    served.store.upsert(list(embedded.scroll(vectors=True)))
    embedded.close()
    write_json(folder / "a.json", record("la mairie", 2))
    index(folder, served)
    index(folder, tmp_path / "fresh")
    fresh = open_store(tmp_path / "fresh", settings=load_settings())
    assert ids(served.store) == ids(fresh)
    fresh.close()
