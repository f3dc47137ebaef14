"""How a store keeps in step with files that change, go, come back, move or turn bad."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from indexer import index_archive
from rag.settings import load_settings
from tests.indexer.corpus import index, record, sentences, write_json
from tests.support import HashedWords, contents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files: one article with two remarks, and two articles."""
    root = tmp_path / "articles"
    root.mkdir()
    write_json(root / "a.json", record("la mairie", 6, ("Enfin !", "Non merci.")))
    write_json(root / "b.jsonl", record("le port"), record("la gare", 8))
    return root


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Path:
    """A store of `folder`."""
    index(folder, tmp_path / "store")
    return tmp_path / "store"


def fresh(folder: Path, tmp_path: Path) -> object:
    """What a store holds that has never seen anything but the folder as it is now."""
    shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
    index(folder, tmp_path / "fresh")
    return contents(tmp_path / "fresh")


def titles(store: Path) -> set[str]:
    return {payload["title"] for payload, _, _ in contents(store).values()}


@pytest.mark.parametrize("count", [1, 5, 40])
def test_a_changed_file_leaves_no_orphan(folder: Path, store: Path, tmp_path: Path, count: int) -> None:
    write_json(folder / "a.json", record("la mairie", count, ("Enfin !",)))
    report = index(folder, store)
    assert (report.articles, report.unchanged, report.removed) == (3, 2, 0)
    assert contents(store) == fresh(folder, tmp_path)


def test_what_did_not_change_in_a_changed_file_is_not_embedded_again(folder: Path, store: Path) -> None:
    model = HashedWords()
    write_json(folder / "b.jsonl", record("le port"), record("la gare", 8), record("le musée", 2))
    report = index(folder, store, model)
    assert (report.articles, report.unchanged) == (4, 3)
    assert report.embedded == len(model.passages)
    assert all("musée" in text for text in model.passages)


def test_a_changed_date_writes_the_points_and_embeds_nothing(folder: Path, store: Path, tmp_path: Path) -> None:
    write_json(folder / "a.json", record("la mairie", 6, ("Enfin !", "Non merci."), date="2023-01-09"))
    assert index(folder, store).embedded == 0
    assert contents(store) == fresh(folder, tmp_path)


def test_an_article_that_left_its_file_is_removed(folder: Path, store: Path, tmp_path: Path) -> None:
    write_json(folder / "b.jsonl", record("la gare", 8))
    assert index(folder, store).removed == 1
    assert "Le port en question" not in titles(store)
    assert len(contents(store)) == len(fresh(folder, tmp_path))  # type: ignore[arg-type]


def test_a_file_that_vanished_is_removed_by_a_run_over_its_folder(folder: Path, store: Path, tmp_path: Path) -> None:
    (folder / "b.jsonl").unlink()
    report = index(folder, store)
    assert (report.articles, report.removed) == (1, 2)
    assert contents(store) == fresh(folder, tmp_path)


def test_a_file_that_vanished_from_a_subfolder_is_removed_by_a_run_over_that_or_above(tmp_path: Path) -> None:
    for above in ("articles", "articles/2024"):
        inner = tmp_path / "articles" / "2024"
        inner.mkdir(parents=True, exist_ok=True)
        write_json(inner / "a.json", record("le port"))
        write_json(inner / "b.json", record("la gare"))
        index(tmp_path / "articles", tmp_path / "store")
        (inner / "a.json").unlink()
        assert index(tmp_path / above, tmp_path / "store").removed == 1


def test_a_file_that_vanished_stays_while_other_paths_are_indexed(folder: Path, store: Path, tmp_path: Path) -> None:
    other = tmp_path / "articles-2"
    other.mkdir()
    write_json(other / "c.json", record("le musée"))
    (folder / "b.jsonl").unlink()
    assert index([other, folder / "a.json"], store).removed == 0
    assert "Le port en question" in titles(store)


def test_a_file_reached_by_a_link_stays_until_every_way_to_it_is_gone(folder: Path, tmp_path: Path) -> None:
    links = tmp_path / "links"
    links.mkdir()
    (links / "a.json").symlink_to(folder / "a.json")
    index([folder, links], tmp_path / "store")
    (links / "a.json").unlink()
    assert index(links, tmp_path / "store").removed == 0
    (folder / "a.json").unlink()
    assert index(folder, tmp_path / "store").removed == 1


def test_a_file_that_came_back_goes_in_again(folder: Path, store: Path, tmp_path: Path) -> None:
    kept = (folder / "a.json").read_bytes()
    (folder / "a.json").unlink()
    index(folder, store)
    (folder / "a.json").write_bytes(kept)
    assert index(folder, store).articles == 3
    assert contents(store) == fresh(folder, tmp_path)


def test_a_moved_file_is_not_embedded_again(folder: Path, store: Path, tmp_path: Path) -> None:
    (folder / "a.json").rename(folder / "c.json")
    report = index(folder, store)
    assert (report.embedded, report.removed) == (0, 1)
    assert contents(store) == fresh(folder, tmp_path)


def test_a_good_file_that_turned_bad_is_set_aside_and_its_articles_stay(folder: Path, store: Path) -> None:
    before = contents(store)
    (folder / "a.json").write_text('{"title": ')
    for _ in range(2):
        report = index(folder, store)
        assert [Path(aside.source).name for aside in report.set_aside] == ["a.json"]
        assert (report.articles, report.unchanged) == (3, 3)
        assert contents(store) == before


def test_a_good_record_that_turned_bad_is_set_aside_and_its_article_stays(folder: Path, store: Path) -> None:
    lines = (folder / "b.jsonl").read_text().splitlines()
    (folder / "b.jsonl").write_text(lines[0] + "\n" + lines[1][:40] + "\n")
    report = index(folder, store)
    assert (report.articles, report.removed, len(report.set_aside)) == (3, 0, 1)


def test_a_bad_record_of_long_standing_does_not_keep_what_was_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_json(path, record("le port"), record("la gare"))
    path.write_text(path.read_text() + "{bad\n")
    index(path, tmp_path / "store")
    write_json(path, record("la gare"))
    path.write_text(path.read_text() + "{bad\n")
    assert index(path, tmp_path / "store").removed == 1


def test_a_bad_file_that_is_mended_replaces_what_stayed(folder: Path, store: Path, tmp_path: Path) -> None:
    (folder / "a.json").write_text('{"title": ')
    index(folder, store)
    write_json(folder / "a.json", record("la mairie", 2))
    assert index(folder, store).set_aside == ()
    assert contents(store) == fresh(folder, tmp_path)


def test_a_file_that_may_no_longer_be_read_stays(folder: Path, store: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (folder / "a.json").chmod(0)
    report = index(folder, store)
    assert (report.articles, report.removed, len(report.set_aside)) == (3, 0, 1)


def test_a_file_that_grew_over_the_limit_stays(folder: Path, store: Path) -> None:
    (folder / "a.json").write_bytes(b" " * (2**20 + 1))
    report = index_archive(folder, store, embedder=HashedWords(), max_file_mb=1, pseudonym_key="x")
    assert report.removed == 0
    assert "La mairie en question" in titles(store)


def test_other_passage_sizes_write_everything_anew(folder: Path, store: Path, tmp_path: Path) -> None:
    settings = load_settings(chunk_tokens=80, pseudonym_key="a key of the tests")
    report = index_archive(folder, store, settings=settings, embedder=HashedWords())
    assert (report.articles, report.unchanged) == (3, 0)
    index_archive(folder, tmp_path / "fresh", settings=settings, embedder=HashedWords())
    assert contents(store) == contents(tmp_path / "fresh")


def test_another_key_gives_other_pseudonyms_and_embeds_nothing(folder: Path, store: Path) -> None:
    settings = load_settings(chunk_tokens=40, pseudonym_key="another key")
    before = {p["comment"]["author"] for p, _, _ in contents(store).values() if p.get("comment")}
    assert index_archive(folder, store, settings=settings, embedder=HashedWords()).embedded == 0
    after = {p["comment"]["author"] for p, _, _ in contents(store).values() if p.get("comment")}
    assert len(after) == len(before) and not after & before


def test_without_a_key_pseudonyms_are_the_same_in_every_run(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    index_archive(folder, store, embedder=HashedWords())
    assert index_archive(folder, store, embedder=HashedWords()).unchanged == 3


def test_a_lost_manifest_is_made_anew_and_no_orphan_stays(folder: Path, store: Path, tmp_path: Path) -> None:
    for path in store.glob("manifest.sqlite3*"):
        path.unlink()
    write_json(folder / "a.json", record("la mairie", 1))
    write_json(folder / "b.jsonl", record("la gare", 8))
    assert index(folder, store).removed == 1
    assert contents(store) == fresh(folder, tmp_path)
    assert index(folder, store).unchanged == 2


def test_a_store_that_lost_its_points_is_filled_again(folder: Path, store: Path, tmp_path: Path) -> None:
    whole = contents(store)
    shutil.rmtree(store / "shard")
    manifest = (store / "manifest.sqlite3").read_bytes()
    shutil.rmtree(store)
    (tmp_path / "empty").mkdir()
    write_json(tmp_path / "empty" / "x.json", record("le musée"))
    index(tmp_path / "empty", store)
    (store / "manifest.sqlite3").write_bytes(manifest)
    assert index(folder, store).articles == 3
    assert whole.items() <= contents(store).items()


def test_plain_text_goes_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Le pont en débat\n\n{sentences('le pont', 12)}\n", encoding="utf-8")
    index(path, tmp_path / "store")
    path.write_text(f"Le pont en débat\n\n{sentences('le pont', 3)}\n", encoding="utf-8")
    index(path, tmp_path / "store")
    assert contents(tmp_path / "store") == fresh(path, tmp_path)
