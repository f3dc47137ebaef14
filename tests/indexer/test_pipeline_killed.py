"""A run that is killed at any moment loses nothing and doubles nothing."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final, Literal

import pytest

from tests.indexer.corpus import index, record, write_json
from tests.indexer.killed import Moment, copy_store, run_until_killed
from tests.support import HashedWords, contents

MOMENTS: Final[tuple[Moment, ...]] = ("before", "half", "after")
Contents = dict[str, tuple[dict[str, Any], Any, Any]]


def begin(folder: Path) -> Path:
    """A folder before the run that is killed: three files, one of them with more passages than a batch holds."""
    folder.mkdir()
    write_json(folder / "a.json", record("la mairie", 6, ("Enfin !", "Non merci.")))
    write_json(folder / "b.jsonl", record("le port"), record("la gare", 300), record("le pont"))
    write_json(folder / "c.json", record("le musée", 20))
    return folder


def change(folder: Path) -> None:
    """What happens to it: one file longer and one record gone, one file shorter, one gone, one new."""
    write_json(folder / "a.json", record("la mairie", 2, ("Enfin !",)))
    write_json(folder / "b.jsonl", record("la gare", 310), record("le pont", 3))
    (folder / "c.json").unlink()
    write_json(folder / "d.json", record("la forêt", 5, ("Bravo.",)))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`old`: a store of the folder as it was; `new`: of the folder as it is, which now lies in `articles`."""
    root = tmp_path_factory.mktemp("killed")
    folder = begin(root / "articles")
    index(folder, root / "old")
    change(folder)
    index(folder, root / "new")
    return root


@pytest.fixture
def store(prepared: Path, tmp_path: Path) -> Path:
    """A store of the folder as it was."""
    return copy_store(prepared / "old", tmp_path / "store")


def test_an_update_killed_at_any_write_is_finished_by_the_next_run(prepared: Path, tmp_path: Path) -> None:
    expected, folder = contents(prepared / "new"), prepared / "articles"
    for nth, moment in enumerate(itertools.cycle(MOMENTS)):
        store = copy_store(prepared / "old", tmp_path / "store")
        killed = run_until_killed([folder], store, nth, moment)
        index(folder, store)
        assert contents(store) == expected, f"killed {moment} write {nth}"
        shutil.rmtree(store)
        if not killed:
            break
    assert nth > 5


@pytest.mark.parametrize("moment", ["before", "half", "after", "embedding"])
def test_a_first_run_killed_at_its_second_step_is_finished_by_the_next(
    prepared: Path, tmp_path: Path, moment: Moment | Literal["embedding"]
) -> None:
    assert run_until_killed([prepared / "articles"], tmp_path / "store", 1, moment)
    index(prepared / "articles", tmp_path / "store")
    assert contents(tmp_path / "store") == contents(prepared / "new")


def test_a_killed_run_is_finished_by_a_run_over_other_paths(prepared: Path, tmp_path: Path) -> None:
    other = write_json(tmp_path / "other.json", record("le tramway"))
    for nth in (0, 3):
        store = copy_store(prepared / "old", tmp_path / f"store{nth}")
        run_until_killed([prepared / "articles"], store, nth, "half")
        index(other, store)
        assert sources_are_whole(contents(store), contents(prepared / "old"), contents(prepared / "new"))


def test_what_was_embedded_before_the_kill_is_not_embedded_again(prepared: Path, tmp_path: Path) -> None:
    run_until_killed([prepared / "articles"], tmp_path / "store", 1, "after")
    model = HashedWords()
    index(prepared / "articles", tmp_path / "store", model)
    whole = HashedWords()
    index(prepared / "articles", tmp_path / "other", whole)
    assert 0 < len(model.passages) < len(whole.passages)


def test_a_pending_file_that_is_gone_is_taken_out(store: Path, prepared: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(prepared / "articles", tmp_path / "moved")
    run_until_killed([folder], store, 0, "half")
    shutil.rmtree(folder)
    other = write_json(tmp_path / "other.json", record("le tramway"))
    index(other, store)
    assert not [p for p, _, _ in contents(store).values() if str(p["source"]).startswith(str(folder))]


def test_an_interrupted_run_leaves_a_store_that_the_next_run_finishes(prepared: Path, store: Path) -> None:
    class Interrupted(HashedWords):  # as Ctrl-C does
        def embed_passages(self, texts: Any) -> Any:
            del texts
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(prepared / "articles", store, Interrupted())
    index(prepared / "articles", store)
    assert contents(store) == contents(prepared / "new")


def test_a_kill_from_outside_is_survived(prepared: Path, store: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.indexer.corpus import index\n"
        "tell = lambda p: print(p.done_sources, flush=True)\n"
        "index(Path(sys.argv[1]), Path(sys.argv[2]), progress=tell)"
    )
    arguments = [sys.executable, "-c", code, str(prepared / "articles"), str(store)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    index(prepared / "articles", store)
    assert contents(store) == contents(prepared / "new")


def sources_are_whole(found: Contents, old: Contents, new: Contents) -> bool:
    """Whether every source in `found` is exactly as in `old` or exactly as in `new`."""

    def of(points: Contents, source: str) -> Contents:
        return {key: point for key, point in points.items() if point[0]["source"] == source}

    names = {point[0]["source"] for point in [*old.values(), *new.values()]}
    return all(of(found, name) in (of(old, name), of(new, name)) for name in names)
