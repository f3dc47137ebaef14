"""How one file is read, as `gazette inspect` gives it: the articles of a file and the JSON form of each.

Knows where a file's bytes come from; knows nothing of how they are understood, nor of stores.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rag.errors import UsageError
from rag.types import Article, PublicationDate

STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What reading a file gave."""

    articles: tuple[Article, ...]
    rejected: tuple[str, ...]  # which record could not be used, and why


def inspect_file(file: str, *, largest: int) -> Inspection:
    """Read a file, or stdin for "-", of at most `largest` bytes.

    Raises `UsageError` when it cannot be opened, `ReadError` when nothing in it can be used.
    """
    from indexer.read import Rejected, read_records

    data = _bytes_of(file, largest + 1)
    if len(data) > largest:
        raise UsageError(f"{file} is larger than {largest:,} bytes; set GAZETTE_MAX_FILE_MB to read it all the same")
    articles: list[Article] = []
    rejected: list[str] = []
    for record in read_records(data, "stdin" if file == STDIN else file, "" if file == STDIN else Path(file).suffix):
        if isinstance(record, Rejected):
            rejected.append(f"{file}: {record.record}: {record.reason}")
        else:
            articles.append(record)
    return Inspection(tuple(articles), tuple(rejected))


def _bytes_of(file: str, limit: int) -> bytes:
    if file == STDIN:
        return sys.stdin.buffer.read(limit)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(limit)
    except IsADirectoryError:
        raise UsageError(f"{file} is a folder; inspect one file at a time") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read {file}: {getattr(error, 'strerror', None) or error}") from error


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
