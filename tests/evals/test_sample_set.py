"""The repository's own golden set is sound, checked against its own archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.check import check_dataset
from evals.dataset import DERIVED, OPTIONAL, REQUIRED, load_dataset
from evals.library import Library, library_of
from evals.run import SAMPLE, SAMPLE_ARCHIVE
from indexer import index_archive
from rag import Archive
from tests.support import HashedWords
from ui.cli import run


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """What the sample archive holds; the embedder matters nothing here, and this one is quick."""
    store, embedder = str(tmp_path_factory.mktemp("sample") / "store"), HashedWords()
    index_archive(str(SAMPLE_ARCHIVE), store, embedder=embedder)
    with Archive.open(store, embedder=embedder) as archive:
        return library_of(archive.store)


def test_the_sample_set_has_no_error(library: Library):
    faults = check_dataset(load_dataset(SAMPLE), library)
    assert [fault for fault in faults if fault.level == "error"] == []


def test_the_archives_digest_does_not_hang_on_where_it_lies(tmp_path: Path):
    digests = []
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "a.txt").write_text("Un titre\n\nPublié le 3 mai 2024\n\nUn corps de texte.\n", "utf-8")
        store, embedder = str(tmp_path / f"store {place}"), HashedWords()
        index_archive(str(tmp_path / place), store, embedder=embedder)
        with Archive.open(store, embedder=embedder) as archive:
            digests.append(library_of(archive.store).digest)
    assert digests[0] == digests[1] and digests[0].startswith("sha256:")


def test_the_check_ends_with_an_exit_code_and_names_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "golden.jsonl").write_text(SAMPLE.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    given = ["eval", "check", "--no-archive", "--dataset"]
    assert run([*given, str(tmp_path / "golden.jsonl")]) == 0
    lines = SAMPLE.read_text("utf-8").splitlines()
    (tmp_path / "golden.jsonl").write_text("\n".join((lines[0], lines[3])), "utf-8")
    assert run([*given, str(tmp_path / "golden.jsonl")]) == 1
    assert "line 1: error" in capsys.readouterr().err
    (tmp_path / "golden.jsonl").write_text("{}", "utf-8")
    assert run([*given, str(tmp_path / "golden.jsonl")]) == 4
    assert run([*given, str(tmp_path / "none.jsonl")]) == 2


def test_the_schema_names_the_keys_that_are_read():
    schema = json.loads((SAMPLE.parent / "item.schema.json").read_text("utf-8"))
    assert set(schema["properties"]) == {*REQUIRED, *DERIVED, *OPTIONAL}
    assert set(REQUIRED) <= set(schema["required"])
