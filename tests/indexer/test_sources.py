"""Which files a run reads, which it leaves alone, and what it says of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.sources import Listing, list_sources, printable, still_there
from rag.errors import UsageError

SUFFIXES = (".txt", ".json")


def listed(*paths: str | Path, largest: int = 1000, store: Path | None = None) -> Listing:
    return list_sources(list(paths), suffixes=SUFFIXES, largest=largest, store=store)


def names(listing: Listing) -> list[str]:
    return [file.path.name for file in listing.files.values()]


def reasons(listing: Listing) -> dict[str, str]:
    return {Path(aside.source).name: aside.reason for aside in listing.set_aside}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """b.txt, a.TXT, sub/c.json, and beside them a hidden file, a hidden folder and a picture."""
    root = tmp_path / "archive"
    (root / "sub").mkdir(parents=True)
    (root / ".git").mkdir()
    for name in ("b.txt", "a.TXT", "sub/c.json", ".hidden.txt", ".git/d.txt", "photo.png"):
        (root / name).write_text("texte")
    return root


def test_a_folder_is_walked_to_the_bottom_in_order(folder: Path) -> None:
    assert names(listed(folder)) == ["a.TXT", "b.txt", "c.json"]


def test_hidden_and_unread_kinds_are_counted(folder: Path) -> None:
    listing = listed(folder)
    assert listing.skipped == 3
    assert listing.set_aside == []


def test_one_path_may_be_given_alone(folder: Path) -> None:
    assert names(list_sources(folder / "b.txt", suffixes=SUFFIXES, largest=1000)) == ["b.txt"]


def test_a_hidden_file_that_is_named_is_read(folder: Path) -> None:
    assert names(listed(folder / ".hidden.txt")) == [".hidden.txt"]


def test_a_named_file_of_an_unread_kind_is_set_aside(folder: Path) -> None:
    assert "(.png)" in reasons(listed(folder / "photo.png"))["photo.png"]


def test_a_file_and_its_folder_are_one_source(folder: Path) -> None:
    assert names(listed(folder / "b.txt", folder, folder / "sub")) == ["b.txt", "a.TXT", "c.json"]


def test_keys_are_resolved_paths(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert list(listed("sub/../b.txt").files) == [str(folder.resolve() / "b.txt")]


def test_links_to_files_are_followed_and_not_read_twice(folder: Path) -> None:
    (folder / "z.txt").symlink_to(folder / "b.txt")
    assert names(listed(folder)) == ["a.TXT", "b.txt", "c.json"]


def test_links_to_folders_are_set_aside_so_that_a_circle_ends(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder)
    listing = listed(folder)
    assert names(listing) == ["a.TXT", "b.txt", "c.json"]
    assert "not followed" in reasons(listing)["up"]


def test_a_given_folder_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert len(listed(tmp_path / "link").files) == 3


def test_broken_and_circular_links_are_set_aside(folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "x.txt").symlink_to(folder / "y.txt")
    (folder / "y.txt").symlink_to(folder / "x.txt")
    assert set(reasons(listed(folder))) == {"gone.txt", "x.txt", "y.txt"}


def test_a_pipe_is_set_aside_and_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert reasons(listed(folder)) == {"pipe.txt": "not a regular file"}


def test_a_file_over_the_limit_is_set_aside(folder: Path) -> None:
    (folder / "big.txt").write_bytes(b"x" * 1001)
    assert "max_file_mb" in reasons(listed(folder))["big.txt"]


def test_a_folder_that_may_not_be_read_is_set_aside(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (folder / "sub").chmod(0)
    try:
        assert "permission denied" in reasons(listed(folder))["sub"]
    finally:
        (folder / "sub").chmod(0o700)


def test_names_that_are_not_utf8_are_readable_as_text(folder: Path) -> None:
    raw = os.fsencode(folder) + b"/caf\xe9.txt"
    Path(os.fsdecode(raw)).write_text("texte")
    keys = list(listed(folder).files)
    assert keys[2].endswith("caf\\xe9.txt")
    assert all(key.encode("utf-8") for key in keys)


def test_the_store_is_not_walked(folder: Path) -> None:
    own, other = folder / "store", folder / "other"
    own.mkdir()
    (own / "x.json").write_text("{}")
    (other / "shard").mkdir(parents=True)
    (other / "store.json").write_text("{}")
    (other / "shard" / "y.json").write_text("{}")
    assert names(listed(folder, store=own)) == ["a.TXT", "b.txt", "c.json"]


def test_a_path_that_is_not_there_is_set_aside_and_the_rest_read(folder: Path) -> None:
    listing = listed(folder / "b.txt", folder / "nothing.txt")
    assert names(listing) == ["b.txt"]
    assert "no such file" in reasons(listing)["nothing.txt"]


def test_nothing_there_at_all_is_an_error(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.txt"):
        listed(folder / "nothing.txt")


def test_no_path_is_an_error() -> None:
    with pytest.raises(UsageError, match="at least one"):
        listed()


def test_a_dash_is_standard_input() -> None:
    assert listed("-").stdin


def test_a_file_is_still_there_until_it_is_deleted_or_its_link_points_elsewhere(tmp_path: Path) -> None:
    old, new, link = tmp_path / "old.txt", tmp_path / "new.txt", tmp_path / "link.txt"
    old.write_text("x")
    new.write_text("y")
    link.symlink_to(old)
    key = printable(old.resolve())
    assert still_there(os.fsencode(link), key)
    link.unlink()
    link.symlink_to(new)
    assert not still_there(os.fsencode(link), key)
    assert not still_there(os.fsencode(tmp_path / "gone" / "old.txt"), key)
