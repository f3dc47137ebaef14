"""What only an embedded store can meet: other processes, sudden death, damaged and foreign folders, threads."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.errors import StoreBusyError, StoreError, StoreNotFoundError
from rag.store import Point, StoreInfo
from rag.store.base import SparseVector
from rag.store.edge import INFO_FILE, SHARD_FOLDER, EdgeStore, create_edge, edge_exists, open_edge
from rag.store.schema import SCHEMA_VERSION, passage_id

INFO = StoreInfo(schema_version=SCHEMA_VERSION, embedder="test@0", dimension=4)


def point(number: int, **payload: Any) -> Point:
    dense = np.asarray([1, number, 0, 0], dtype=np.float32)
    return Point(
        passage_id("t", number, 0), {"kind": "article", "n": number, **payload}, dense, SparseVector((7,), (1.0,))
    )


def other_process(program: str, location: Path) -> subprocess.Popen[str]:
    """A process that runs a program with `location` as its argument; the program prints when it is ready."""
    running = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(location)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline().strip() == "ready"
    return running


def test_a_store_open_in_another_process_is_busy_and_the_error_says_so(tmp_path: Path) -> None:
    location = tmp_path / "store"
    create_edge(str(location), INFO).close()
    holder = other_process(
        """
        import sys, time
        from rag.store.edge import open_edge
        store = open_edge(sys.argv[1])
        print("ready", flush=True)
        time.sleep(60)
        """,
        location,
    )
    try:
        with pytest.raises(StoreBusyError, match=r"another process.*stop that process"):
            open_edge(str(location))
    finally:
        holder.kill()
        holder.wait()
    open_edge(str(location)).close()  # the lock dies with its owner


def test_a_store_open_in_this_process_is_busy_and_the_error_says_so(tmp_path: Path) -> None:
    location = str(tmp_path / "store")
    first = create_edge(location, INFO)
    with pytest.raises(StoreBusyError, match="this process already"):
        open_edge(location)
    first.close()
    open_edge(location).close()


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    location = tmp_path / "store"
    create_edge(str(location), INFO).close()
    writer = other_process(
        """
        import sys
        import numpy as np
        from rag.store.edge import open_edge
        from rag.store.base import Point, SparseVector
        from rag.store.schema import passage_id
        store = open_edge(sys.argv[1])
        print("ready", flush=True)
        for n in range(100_000):
            dense = np.asarray([1, n, 0, 0], dtype=np.float32)
            store.upsert([Point(passage_id("t", n, 0), {"kind": "article", "n": n}, dense, SparseVector((7,), (1.0,)))])
            print(n, flush=True)
        """,
        location,
    )
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(200)][-1]
    writer.send_signal(signal.SIGKILL)
    acknowledged = max([acknowledged, *(int(line) for line in writer.stdout.read().split("\n")[:-1])])
    writer.wait()
    with_store = open_edge(str(location))
    found = {each.payload["n"] for each in with_store.scroll()}
    with_store.close()
    assert found >= set(range(acknowledged + 1))
    assert len(found) <= acknowledged + 2  # at most the one in flight


def test_what_was_written_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    location = str(tmp_path / "store")
    store = create_edge(location, INFO)
    store.upsert([point(1)])
    store.close()
    again = open_edge(location)
    assert again.info == INFO
    assert [each.payload["n"] for each in again.scroll()] == [1]
    again.close()


def test_closing_twice_is_fine_and_use_after_closing_is_an_error(tmp_path: Path) -> None:
    store = create_edge(str(tmp_path / "store"), INFO)
    store.close()
    store.close()
    for use in (store.count, store.latest_day, store.optimize, lambda: store.upsert([point(1)])):
        with pytest.raises(StoreError, match="closed"):
            use()


def test_sixteen_threads_search_while_another_writes(tmp_path: Path) -> None:
    store = create_edge(str(tmp_path / "store"), INFO)
    store.upsert([point(0)])
    written, failures = threading.Event(), []

    def search() -> None:
        try:
            while not written.is_set():
                found = store.search(dense=point(0).dense, sparse=SparseVector((7,), (1.0,)), limit=5)
                assert found and all("n" in each.payload for each in found)
        except (StoreError, AssertionError) as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(16)]
    for thread in threads:
        thread.start()
    for start in range(0, 1000, 50):
        store.upsert([point(n) for n in range(start, start + 50)])
    store.optimize()
    written.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.count() == 1000
    store.close()


def test_a_payload_of_many_megabytes_is_kept(tmp_path: Path) -> None:
    store = create_edge(str(tmp_path / "store"), INFO)
    text = "é" * 20_000_000
    store.upsert([point(1, text=text)])
    assert store.get([point(1).id])[0].payload["text"] == text
    store.close()


def test_there_is_no_store_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFoundError, match="gazette index FOLDER --store"):
        open_edge(str(tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()
    assert not edge_exists(str(tmp_path))


def test_a_folder_with_foreign_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="not a Gazette store"):
        create_edge(str(tmp_path), INFO)
    with pytest.raises(StoreError, match="not a Gazette store"):
        open_edge(str(tmp_path))
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="is a file"):
        open_edge(str(tmp_path / "file"))


def test_a_store_left_half_made_is_no_store_and_is_made_anew(tmp_path: Path) -> None:
    location = tmp_path / "store"
    half = location / "shard.new-0123"
    half.mkdir(parents=True)
    (half / "edge_config.json").write_text("{", encoding="utf-8")
    (location / INFO_FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(StoreNotFoundError):
        open_edge(str(location))
    create_edge(str(location), INFO).close()
    assert sorted(entry.name for entry in location.iterdir()) == [SHARD_FOLDER, INFO_FILE]


def test_an_existing_store_is_never_made_over(tmp_path: Path) -> None:
    location = str(tmp_path / "store")
    create_edge(location, INFO).close()
    with pytest.raises(StoreError, match="already"):
        create_edge(location, INFO)


def test_lost_or_damaged_facts_about_a_store_are_an_error(tmp_path: Path) -> None:
    location = tmp_path / "store"
    create_edge(str(location), INFO).close()
    for content in ("", "{", "[]", '{"schema_version": 1}', '{"schema_version": "x"}'):
        (location / INFO_FILE).write_text(content, encoding="utf-8")
        with pytest.raises(StoreError, match="cannot read store"):
            open_edge(str(location))
    (location / INFO_FILE).unlink()
    with pytest.raises(StoreError, match="has lost its store"):
        open_edge(str(location))


def damage(folder: Path, pattern: str) -> None:
    files = sorted(file for file in folder.rglob(pattern) if file.is_file())
    assert files
    for file in files:
        file.write_bytes(b"\xff" * 64)


@pytest.mark.parametrize("pattern", ["edge_config.json", "segment.json", "open-*"])
def test_a_damaged_shard_is_an_error_of_ours(tmp_path: Path, pattern: str) -> None:
    location = tmp_path / "store"
    store = create_edge(str(location), INFO)
    store.upsert([point(n) for n in range(10)])
    store.close()
    damage(location / SHARD_FOLDER, pattern)
    try:
        reopened = open_edge(str(location))
    except StoreError:
        return
    # The engine may also repair itself: then every point is there.
    assert isinstance(reopened, EdgeStore)
    assert reopened.count() == 10
    reopened.close()
