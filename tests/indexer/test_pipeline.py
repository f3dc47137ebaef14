"""What one index run puts into a store and says of it."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from indexer import Progress, index_archive
from indexer.manifest import Manifest
from rag.errors import SettingsError, StoreBusyError, StoreMismatchError, UsageError
from rag.settings import load_settings
from rag.store import schema
from rag.store.base import Where
from rag.store.open import open_store
from tests.indexer.corpus import index, record, sentences, write_json
from tests.support import HashedWords, Opened, contents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles in two files, one of them with three remarks."""
    root = tmp_path / "articles"
    root.mkdir()
    write_json(root / "a.json", record("la mairie", 6, ("Enfin !", "Tout à fait d'accord.", "Non merci.")))
    write_json(root / "b.jsonl", record("le port"), record("la gare", 8))
    return root


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one article with three remarks; only looked at."""
    root = tmp_path_factory.mktemp("filled")
    write_json(root / "a.json", record("la mairie", 6, ("Enfin !", "Tout à fait d'accord.", "Non merci.")))
    index(root / "a.json", root / "store")
    return root / "store"


def payloads(store: Path, **match: str) -> list[dict[str, Any]]:
    return [p for p, _, _ in contents(store).values() if all(p.get(key) == value for key, value in match.items())]


def test_the_report_counts_what_went_in(folder: Path, tmp_path: Path) -> None:
    model = HashedWords()
    report = index(folder, tmp_path / "store", model)
    assert (report.articles, report.comments, report.unchanged, report.removed, report.set_aside) == (3, 3, 0, 0, ())
    assert report.passages == report.embedded == len(model.passages)
    assert len(contents(tmp_path / "store")) == report.articles + report.comments + report.passages


def test_the_report_is_json(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.json").write_text("{")
    found = json.loads(json.dumps(index(folder, tmp_path / "store").to_dict()))
    assert found["articles"] == 3
    assert found["set_aside"][0]["source"].endswith("bad.json")


def test_every_passage_is_the_stretch_of_its_stored_text(filled: Path) -> None:
    stored = {p["text_id"]: p["text"] for p in payloads(filled, kind="text")}
    passages = payloads(filled, kind="article") + payloads(filled, kind="comment")
    assert passages
    for passage in passages:
        assert stored[passage["text_id"]][passage["start"] : passage["end"]] == passage["text"]


def test_a_source_is_the_resolved_path(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    index("a.json", tmp_path / "store")
    (found,) = payloads(tmp_path / "store", role="article")
    assert found["source"] == str(folder.resolve() / "a.json")


def test_passages_carry_both_vectors_and_texts_none(filled: Path) -> None:
    for payload, dense, sparse in contents(filled).values():
        assert (dense is None) == (sparse is None) == (payload["kind"] == "text")


def test_the_model_is_shown_the_title_and_for_a_reply_the_remark_it_answers(folder: Path, tmp_path: Path) -> None:
    model = HashedWords()
    index(folder / "a.json", tmp_path / "store", model)
    assert "La mairie en question\nEnfin !\nTout à fait d'accord." in model.passages
    assert "La mairie en question\nNon merci." in model.passages
    assert all(text.startswith("La mairie en question\n") for text in model.passages)


def test_authors_of_remarks_are_nowhere_in_the_store(filled: Path) -> None:
    remarks = payloads(filled, role="comment")
    assert len({remark["comment"]["author"] for remark in remarks}) == 3
    files = [path for path in filled.rglob("*") if path.is_file()]
    assert not [path for path in files if b"Lecteur 0" in path.read_bytes()]


def test_a_reply_names_its_parent(filled: Path) -> None:
    remarks = {remark["position"]: remark for remark in payloads(filled, role="comment")}
    assert remarks[1]["parent"] == remarks[0]["text_id"]
    assert remarks[2]["parent"] is None


def test_indexing_again_embeds_nothing_and_changes_nothing(folder: Path, tmp_path: Path) -> None:
    index(folder, tmp_path / "store")
    before, model = contents(tmp_path / "store"), HashedWords()
    report = index(folder, tmp_path / "store", model)
    assert (report.articles, report.comments, report.unchanged, report.embedded) == (3, 3, 3, 0)
    assert model.passages == []
    assert contents(tmp_path / "store") == before


def test_a_file_given_with_its_folder_is_indexed_once(folder: Path, tmp_path: Path) -> None:
    assert index([folder / "a.json", folder, folder], tmp_path / "store").articles == 3


def test_a_bad_file_is_set_aside_with_its_reason_and_the_rest_goes_in(folder: Path, tmp_path: Path) -> None:
    (folder / "0.json").write_text('{"title": ')
    (folder / "1.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    (folder / "2.txt").write_text("")
    report = index(folder, tmp_path / "store")
    assert report.articles == 3
    assert [Path(aside.source).name for aside in report.set_aside] == ["0.json", "1.txt", "2.txt"]
    assert all(aside.reason for aside in report.set_aside)


def test_a_bad_record_is_set_aside_and_the_others_go_in(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.jsonl", record("le port"), record("la gare"))
    path.write_text(path.read_text() + "{not json\n")
    report = index(path, tmp_path / "store")
    assert (report.articles, len(report.set_aside)) == (2, 1)


def test_a_text_that_no_store_can_keep_is_set_aside(tmp_path: Path) -> None:
    lone = record("la gare", url="https://example.org/\ud800")
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in (record("le port"), lone)))
    report = index(path, tmp_path / "store")
    assert report.articles + len(report.set_aside) == 2
    assert json.dumps(report.to_dict(), ensure_ascii=False).encode()


def test_what_was_set_aside_is_reported_by_every_run(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.jsonl", record("le port"))
    path.write_text(path.read_text() + "{not json\n")
    assert index(path, tmp_path / "store").set_aside == index(path, tmp_path / "store").set_aside != ()


def test_two_records_of_one_name_both_go_in_and_a_copy_does_not(tmp_path: Path) -> None:
    first, other = record("le port"), record("le port", 9)
    report = index(write_json(tmp_path / "a.jsonl", first, other, first), tmp_path / "store")
    assert report.articles == 2
    assert "same" in report.set_aside[0].reason


def test_an_article_longer_than_a_batch_goes_in_whole(tmp_path: Path) -> None:
    report = index(write_json(tmp_path / "a.json", record("le port", 600)), tmp_path / "store")
    assert report.passages > 256
    assert index(tmp_path / "a.json", tmp_path / "store").embedded == 0


def test_a_file_whose_name_is_not_utf8_goes_in(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.json"))
    write_json(path, record("le port"))
    assert index(tmp_path, tmp_path / "store").articles == 1
    assert index(tmp_path, tmp_path / "store").unchanged == 1


def test_a_store_inside_the_folder_is_not_indexed(folder: Path) -> None:
    index(folder, folder / "store")
    report = index(folder, folder / "store")
    assert (report.articles, report.set_aside) == (3, ())


def test_progress_is_told_after_each_source(folder: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    report = index(folder, tmp_path / "store", progress=told.append)
    assert [(p.done_sources, p.total_sources) for p in told] == [(1, 2), (2, 2), (2, 2)]
    assert told[-1].passages == report.passages
    assert told[0].source.endswith("a.json")


def test_standard_input_is_an_article_and_what_came_before_stays(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first, second = (f"{name} en débat\n\n{sentences(name, 5)}".encode() for name in ("Le pont", "Le musée"))
    assert index("-", store, stdin=io.BytesIO(first)).articles == 1
    assert index("-", store, stdin=io.BytesIO(second)).articles == 1
    assert index("-", store, stdin=io.BytesIO(first)).unchanged == 1
    assert {p["source"] for p in payloads(store, role="article")} == {"stdin"}
    assert len(payloads(store, role="article")) == 2


def test_a_new_version_of_an_article_from_standard_input_replaces_the_old(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for count in (20, 4):
        index("-", store, stdin=io.BytesIO(json.dumps(record("le port", count)).encode()))
    index(write_json(tmp_path / "a.json", record("le port", 4)), tmp_path / "other")
    assert len(contents(store)) == len(contents(tmp_path / "other"))


def test_an_open_archive_is_used_and_left_open(folder: Path, tmp_path: Path) -> None:
    model, settings = HashedWords(), load_settings(chunk_tokens=40)
    store = open_store(
        tmp_path / "store", settings=settings, embedder_name=model.name, dimension=model.dimension, create=True
    )
    assert index_archive(folder, Opened(store, model, settings)).articles == 3
    assert store.count(Where(role="article")) == 3
    store.close()


def test_an_open_archive_keeps_its_model(folder: Path, tmp_path: Path) -> None:
    model, settings = HashedWords(), load_settings()
    store = open_store(
        tmp_path / "store", settings=settings, embedder_name=model.name, dimension=model.dimension, create=True
    )
    with pytest.raises(UsageError, match="own embedding model"):
        index_archive(folder, Opened(store, model, settings), embedder=HashedWords("another"))
    store.close()


def test_a_store_that_is_open_elsewhere_is_an_error(folder: Path, tmp_path: Path) -> None:
    index(folder, tmp_path / "store")
    store = open_store(tmp_path / "store", settings=load_settings())
    with pytest.raises(StoreBusyError):
        index(folder, tmp_path / "store")
    store.close()


def test_two_runs_over_one_open_archive_are_kept_apart(folder: Path, tmp_path: Path) -> None:
    model, settings = HashedWords(), load_settings()
    store = open_store(
        tmp_path / "store", settings=settings, embedder_name=model.name, dimension=model.dimension, create=True
    )
    with Manifest(tmp_path / "store" / "manifest.sqlite3"), pytest.raises(StoreBusyError, match="another run"):
        index_archive(folder, Opened(store, model, settings))
    store.close()


def test_another_model_is_refused(folder: Path, tmp_path: Path) -> None:
    index(folder, tmp_path / "store")
    with pytest.raises(StoreMismatchError):
        index(folder, tmp_path / "store", HashedWords("another"))


def test_settings_may_be_given_by_name(folder: Path, tmp_path: Path) -> None:
    short = index_archive(folder, tmp_path / "short", embedder=HashedWords(), chunk_tokens=40)
    long = index_archive(folder, tmp_path / "long", embedder=HashedWords(), chunk_tokens=400)
    assert short.passages > long.passages


@pytest.mark.parametrize("wrong", [{"chunk_tokens": 1}, {"chunk_tokens": 40, "chunk_overlap": 40}, {"nonsense": 1}])
def test_settings_that_cannot_be_used_are_an_error(folder: Path, tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        index_archive(folder, tmp_path / "store", embedder=HashedWords(), **wrong)
    assert not (tmp_path / "store").exists()


def test_a_path_that_is_not_there_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        index(tmp_path / "nothing", tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_ids_are_those_of_the_schema(filled: Path) -> None:
    (article,) = payloads(filled, role="article")
    assert article["article_id"] == schema.article_id(str(article["source"]))
    assert schema.comment_id(str(article["article_id"]), 0) in contents(filled)


def test_a_text_of_many_million_characters_is_set_aside(folder: Path, tmp_path: Path) -> None:
    write_json(folder / "0.json", record("le fleuve", text="Une phrase sans fin. " * 200_000))
    report = index(folder, tmp_path / "store")
    assert report.articles == 3
    assert "too long" in report.set_aside[0].reason
