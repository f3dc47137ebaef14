"""What the manifest remembers, and who may use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.manifest import Counts, Manifest, PointRow, Settled, SourceRow, manifest_path
from rag.errors import StoreBusyError, StoreError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "manifest.sqlite3"


def write(manifest: Manifest, source: str, article: str, points: list[str]) -> None:
    """Note and settle one source with one article, as a run does."""
    rows = [PointRow(point, article, "passage") for point in points]
    manifest.note({source: f"/place/{source}".encode()}, {article: source}, rows)
    embedded = [(point.encode(), point) for point in points]
    manifest.settle(Settled(embedded=embedded, articles=[("digest", article)], sources=[done(source)]))


def done(source: str) -> SourceRow:
    return SourceRow(source, "done", "digest", (("3", "no text"),), 1)


def test_what_was_settled_is_there_after_reopening(path: Path) -> None:
    with Manifest(path) as manifest:
        write(manifest, "a.txt", "A", ["p1", "p2"])
    with Manifest(path) as manifest:
        assert manifest.source("a.txt") == done("a.txt")
        assert manifest.points_of("A") == ["p1", "p2"]
        assert manifest.places("a.txt") == [b"/place/a.txt"]


def test_a_noted_source_is_pending_until_it_is_settled(path: Path) -> None:
    with Manifest(path) as manifest:
        write(manifest, "a.txt", "A", ["p1"])
        manifest.note({"a.txt": None}, {"A": "a.txt"})
        assert [row.key for row in manifest.pending()] == ["a.txt"]
        assert manifest.article_digest("A") is None


def test_points_of_an_earlier_run_are_stale_until_they_are_noted_again(path: Path) -> None:
    with Manifest(path) as manifest:
        write(manifest, "a.txt", "A", ["p1", "p2"])
        assert manifest.points_of("A", stale=True) == []
    with Manifest(path) as manifest:
        manifest.note({"a.txt": None}, {"A": "a.txt"}, [PointRow("p2", "A", "passage")])
        assert manifest.points_of("A", stale=True) == ["p1"]
        assert manifest.articles_of("a.txt", stale=True) == []


def test_an_article_that_is_kept_is_not_stale(path: Path) -> None:
    with Manifest(path) as manifest:
        write(manifest, "a.txt", "A", ["p1"])
    with Manifest(path) as manifest:
        assert manifest.articles_of("a.txt", stale=True) == ["A"]
        manifest.settle(Settled(kept=["A"]))
        assert manifest.articles_of("a.txt", stale=True) == manifest.points_of("A", stale=True) == []


def test_a_vector_is_known_only_once_the_store_has_it(path: Path) -> None:
    with Manifest(path) as manifest:
        write(manifest, "a.txt", "A", ["p1"])
        assert manifest.embedded([b"p1", b"p2"]) == {b"p1": "p1"}
        manifest.note({"a.txt": None}, {"A": "a.txt"}, [PointRow("p1", "A", "passage")])
        assert manifest.embedded([b"p1"]) == {}


def test_a_folder_has_the_sources_found_under_it_and_no_others(path: Path) -> None:
    with Manifest(path) as manifest:
        for key, place in {"1": b"/a/b/x", "2": b"/a/bc/x", "3": b"/a/b/c/x", "4": b"/a/b-x"}.items():
            manifest.note({key: place}, {})
        assert [row.key for row in manifest.sources_under(b"/a/b")] == ["1", "3"]
        assert len(manifest.sources_under(b"/")) == 4


def test_counts_are_of_the_named_sources(path: Path) -> None:
    with Manifest(path) as manifest:
        write(manifest, "a.txt", "A", ["p1", "p2"])
        write(manifest, "b.txt", "B", ["p3"])
        manifest.note({"a.txt": None}, {"A": "a.txt"}, [PointRow("A", "A", "article"), PointRow("C", "A", "comment")])
        assert manifest.counts(["a.txt", "unknown"]) == Counts(articles=1, comments=1, passages=2)


def test_reconciling_adopts_what_the_store_has_and_forgets_what_it_lost(path: Path) -> None:
    with Manifest(path) as manifest:
        write(manifest, "a.txt", "A", ["p1", "p2"])
        write(manifest, "b.txt", "B", ["p3"])
        manifest.reconcile(
            [("p1", "A", "a.txt", "passage"), ("p3", "B", "b.txt", "passage"), ("x", "X", "x", "article")]
        )
        lost, whole, adopted = (manifest.source(key) for key in ("a.txt", "b.txt", "x"))
        assert lost is not None and (lost.state, lost.digest) == ("adopted", None)
        assert whole == done("b.txt")
        assert adopted is not None and (adopted.state, adopted.digest) == ("adopted", None)
        assert manifest.points_of("A") == ["p1"]
        assert manifest.points_of("X") == ["x"]


def test_a_second_run_is_told_that_the_manifest_is_in_use(path: Path) -> None:
    with Manifest(path), pytest.raises(StoreBusyError, match="another run"):
        Manifest(path)


def test_a_file_that_is_no_manifest_is_an_error_that_says_what_to_do(path: Path) -> None:
    path.write_text("not a database at all, but long enough to be looked at as one" * 20)
    with pytest.raises(StoreError, match="delete it"):
        Manifest(path)


def test_the_manifest_lies_beside_an_embedded_store(tmp_path: Path) -> None:
    assert manifest_path(str(tmp_path), "gazette") == tmp_path.resolve() / "manifest.sqlite3"


def test_served_stores_have_a_manifest_for_each_url_and_collection() -> None:
    urls = {manifest_path(url, name) for url in ("http://a:6333", "http://b:6333/") for name in ("one", "two")}
    assert len(urls) == 4
    assert manifest_path("http://a:6333/", "one") in urls
