"""Event points: stored beside the passages, never embedded, and gone with what they were read from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rag import Archive
from rag.events.mention import read_event
from rag.settings import load_settings
from rag.store.base import Where
from rag.store.open import open_store
from tests.indexer.corpus import index, record, write_json
from tests.support import HashedWords, contents

TEXT = (
    "Anne Roux a reçu Paul Dumas à Sauvy le 2 mars 2024. Les deux élus se reverront en juin 2024.\n"
    "La mairie est un bel édifice."
)


def events(store: Path) -> list[tuple[dict[str, Any], Any, Any]]:
    found = [point for point in contents(store).values() if point[0]["kind"] == "event"]
    return sorted(found, key=lambda point: (point[0]["start"], point[0]["event"]["ordinal"]))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "a.json"
    path.parent.mkdir()
    write_json(path, record("la visite", text=TEXT, remarks=("J'ai vu Paul Dumas ici le 5 avril 2024.",)))
    return path


@pytest.fixture
def store(file: Path, tmp_path: Path) -> Path:
    index(file, tmp_path / "store")
    return tmp_path / "store"


def test_the_dated_sentences_of_the_body_are_stored_with_their_offsets(store: Path) -> None:
    found = [read_event(payload) for payload, _, _ in events(store)]
    assert [(str(m.first), m.status, m.actors) for m in found] == [
        ("2024-03-02", "happened", ("Anne Roux", "Paul Dumas", "Sauvy")),
        ("2024-06-01", "planned", ("Anne Roux", "Paul Dumas")),
    ]
    assert [TEXT[m.start : m.end] for m in found] == [m.text for m in found]


def test_events_carry_no_vectors_and_nothing_is_embedded_for_them(file: Path, tmp_path: Path) -> None:
    model = HashedWords()
    index(file, tmp_path / "store", model)
    assert all(dense is None and sparse is None for _, dense, sparse in events(tmp_path / "store"))
    assert not any(text == "Les deux élus se reverront en juin 2024." for text in model.passages)


def test_what_a_reader_remarks_is_no_event(store: Path) -> None:
    assert not any("avril" in payload["text"] for payload, _, _ in events(store))


def test_a_changed_file_leaves_no_event_behind(file: Path, store: Path) -> None:
    write_json(file, record("la visite", text="Anne Roux a signé un accord le 9 mai 2024."))
    index(file, store)
    assert [payload["event"]["from"][:10] for payload, _, _ in events(store)] == ["2024-05-09"]


def test_a_file_that_is_gone_takes_its_events_along(file: Path, store: Path) -> None:
    file.unlink()
    write_json(file.with_name("b.json"), record("le port"))
    index(file.parent, store)
    assert not any(payload["text"].startswith("Anne Roux") for payload, _, _ in events(store))


def test_an_archive_without_events_answers_and_gets_them_by_indexing_again_without_embedding(
    file: Path, store: Path
) -> None:
    opened = open_store(store, settings=load_settings())
    opened.delete([point.id for point in opened.scroll(Where(kinds=("event",)))])
    opened.close()
    with Archive.open(store, embedder=HashedWords()) as archive:
        assert archive.ask("Quand Anne Roux a-t-elle reçu Paul Dumas pour la dernière fois ?").citations
    model = HashedWords()
    index(file, store, model)
    assert (len(events(store)), model.passages) == (2, [])
