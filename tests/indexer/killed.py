"""Index runs that die at a chosen moment, in a process of their own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from rag.embedding import Matrix
from rag.settings import load_settings
from rag.store.base import Point, Store
from rag.store.open import open_store
from tests.indexer.corpus import index
from tests.support import HashedWords, Opened

Moment = Literal["before", "half", "after"]
EXIT = 87


class DyingStore:
    """A store that ends the process, as a kill does, at its n-th write (from 0)."""

    def __init__(self, store: Store, nth: int, moment: Moment) -> None:
        self._store = store
        self._left = nth
        self._moment = moment

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def upsert(self, points: Sequence[Point]) -> None:
        self._write(self._store.upsert, points)

    def delete(self, ids: Sequence[str]) -> None:
        self._write(self._store.delete, ids)

    def optimize(self) -> None:
        self._write(lambda _: self._store.optimize(), [])

    def _write(self, write: Any, what: Sequence[Any]) -> None:
        if self._left == 0 and self._moment == "before":
            os._exit(EXIT)
        if self._left == 0 and self._moment == "half":
            write(what[: len(what) // 2])
            os._exit(EXIT)
        write(what)
        if self._left == 0:
            os._exit(EXIT)
        self._left -= 1


class DyingWords(HashedWords):
    """An embedder that ends the process at its n-th call (from 0)."""

    def __init__(self, nth: int) -> None:
        super().__init__()
        self._left = nth

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        if self._left == 0:
            os._exit(EXIT)
        self._left -= 1
        return super().embed_passages(texts)


def run_until_killed(paths: Sequence[Path], store: Path, nth: int, moment: Moment | Literal["embedding"]) -> bool:
    """Whether a run over `paths` was killed; it ends by itself when it has fewer than `nth` writes."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "indexer.run", "indexer.pipeline", "llama_index.core.node_parser"])
    process = context.Process(target=_run, args=(list(paths), store, nth, moment))
    process.start()
    process.join()
    assert process.exitcode in (0, EXIT)
    return process.exitcode == EXIT


def _run(paths: list[Path], location: Path, nth: int, moment: Moment | Literal["embedding"]) -> None:
    settings = load_settings()
    model = DyingWords(nth) if moment == "embedding" else HashedWords()
    store: Any = open_store(
        location, settings=settings, embedder_name=model.name, dimension=model.dimension, create=True
    )
    index(paths, Opened(store if moment == "embedding" else DyingStore(store, nth, moment), model, settings))
    store.close()


def copy_store(store: Path, copy: Path) -> Path:
    """A copy of a closed store. Its files are mostly holes (256 MB for 1 MB of data), and stay so."""
    for path in sorted(store.rglob("*")):
        target = copy / path.relative_to(store)
        if path.is_dir():
            target.mkdir(parents=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as source, target.open("wb") as file:
            while block := source.read(1 << 16):
                if block.strip(b"\0"):
                    file.write(block)
                else:
                    file.seek(len(block), os.SEEK_CUR)
            file.truncate(path.stat().st_size)
    return copy
