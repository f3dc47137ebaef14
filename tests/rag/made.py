"""Small archives that a test makes of a few texts of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from indexer import index_archive
from rag import Archive
from rag.embedding import load_embedder

bundled = cache(lambda: load_embedder("bundled"))


def article(title: str, text: str, **more: Any) -> dict[str, Any]:
    """An article as one line of JSON holds it, dated 2 May 2024 unless said otherwise."""
    return {"title": title, "text": text, "date": "2024-05-02", "outlet": "Le Fanal", "language": "fr", **more}


@contextmanager
def made(folder: Path, articles: Sequence[dict[str, Any]], **options: Any) -> Iterator[Archive]:
    """An open archive of these articles, indexed with the bundled model; `options` are those of `Archive.open`."""
    source = folder / "made.jsonl"
    source.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in articles), encoding="utf-8")
    embedder = bundled()
    index_archive([source], folder / "store", embedder=embedder)
    with Archive.open(folder / "store", embedder=embedder, **options) as archive:
        yield archive
