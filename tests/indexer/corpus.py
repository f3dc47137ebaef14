"""Small articles for tests of the indexer, made of numbered sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from indexer import IndexReport, index_archive
from rag.settings import load_settings
from tests.support import HashedWords, Opened

KEY = "a key of the tests"  # with a key of their own, two stores would give two pseudonyms to one author
WORDS = "budget maire conseil école pont rivière marché théâtre gare hôpital usine port tramway musée forêt".split()


def sentences(subject: str, count: int) -> str:
    """French sentences, each another one."""
    return " ".join(
        f"Le {WORDS[number % len(WORDS)]} numéro {number} occupe {subject} depuis plusieurs semaines."
        for number in range(count)
    )


def record(subject: str, count: int = 6, remarks: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """An article as the JSON reader takes it; each remark is signed and the second answers the first."""
    comments = [
        {"author": f"Lecteur {place}", "text": text, "date": "2024-05-03", **({"parent": 0} if place == 1 else {})}
        for place, text in enumerate(remarks)
    ]
    return {
        "title": f"{subject.capitalize()} en question",
        "text": sentences(subject, count),
        "date": "2024-05-02",
        "url": f"https://example.org/{subject.replace(' ', '-')}",
        "outlet": "La Gazette",
        "language": "fr",
        "comments": comments,
        **more,
    }


def write_json(path: Path, *records: dict[str, Any]) -> Path:
    """One record as .json, several as .jsonl."""
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
    else:
        path.write_text(json.dumps(records[0], ensure_ascii=False), encoding="utf-8")
    return path


def index(paths: Any, store: Path | Opened, embedder: HashedWords | None = None, **options: Any) -> IndexReport:
    """One run over `paths`, with small passages and the key of the tests."""
    settings = load_settings(chunk_tokens=40, pseudonym_key=KEY)
    if isinstance(store, Opened):
        return index_archive(paths, store, settings=settings, **options)
    return index_archive(paths, store, settings=settings, embedder=embedder or HashedWords(), **options)
