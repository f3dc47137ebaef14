"""How one file is read, as `gazette inspect` gives it: the articles of a file and the JSON form of each.

Knows where a file's bytes come from; knows nothing of how they are understood, nor of stores.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from rag.errors import UsageError
from rag.types import Article, PublicationDate


def read(file: str) -> list[Article]:
    """The articles of a file, or of stdin for "-". Raises `UsageError` when it cannot be opened, `ReadError` when it
    holds nothing that can be read."""
    from indexer.read import read_records

    if file == "-":
        return list(read_records(sys.stdin.buffer.read(), "stdin", ""))
    path = Path(file)
    if path.is_dir():
        raise UsageError(f"{file} is a folder; inspect one file at a time")
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read {file}: {getattr(error, 'strerror', None) or error}") from error
    return list(read_records(data, str(path), path.suffix))


def to_dict(article: Article) -> dict[str, Any]:
    """One article with everything that was understood of it. Its keys are a contract; `parent` is the place of the
    parent in `comments`, from 0, or None."""
    return {
        "title": article.title,
        "title_derived": article.title_derived,
        "published": _date(article.published),
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "language": article.language,
        "body": article.body,
        "sections": [{"heading": section.heading, "text": section.text} for section in article.sections],
        "comments": [
            {
                "author": comment.author,
                "depth": comment.depth,
                "parent": comment.parent,
                "date": _date(comment.date),
                "text": comment.text,
                "confidence": comment.confidence,
            }
            for comment in article.comments
        ],
        "left_out": [{"text": left.text, "reason": left.reason} for left in article.left_out],
    }


def _date(date: PublicationDate) -> dict[str, Any]:
    return {**date.to_dict(), "evidence": date.evidence}
