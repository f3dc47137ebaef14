"""Bytes of a text, Markdown, HTML, JSON or JSON Lines input to `Article`s.

`read_records` gives the articles of an input and, where only some of its records can be used, why the others cannot;
`read_articles` wants them all. It knows nothing of folders, stores or embeddings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from indexer.read.encoding import decode
from indexer.read.html import read_html
from indexer.read.jsonrecords import read_json, read_jsonl
from indexer.read.markdown import read_markdown
from indexer.read.plain import read_plain
from indexer.read.records import Rejected
from rag.errors import ReadError
from rag.types import Article

__all__ = ["SUFFIXES", "Rejected", "guess_suffix", "read_articles", "read_records"]

SUFFIXES: Final = (".txt", ".md", ".html", ".htm", ".json", ".jsonl")


def read_articles(data: bytes, source: str, suffix: str) -> list[Article]:
    """Every article of an input. `suffix` is one of `SUFFIXES`; "" means that the content tells the format.

    Raises `ReadError`, naming the record, when the input or any record of it cannot be used.
    """
    articles: list[Article] = []
    for record in read_records(data, source, suffix):
        if isinstance(record, Rejected):
            raise ReadError(f"{source}: {record.record} {record.reason}")
        articles.append(record)
    return articles


def read_records(data: bytes, source: str, suffix: str) -> Iterator[Article | Rejected]:
    """The articles of an input in order, and a `Rejected` for each record that cannot be used.

    Raises `ReadError` when nothing in the input can be used: it is empty, binary, broken or of an unknown format.
    """
    suffix = suffix.lower()
    if suffix and suffix not in SUFFIXES:
        raise ReadError(f"{source}: cannot read {suffix} files; give one of {', '.join(SUFFIXES)}")
    if not data.strip():
        raise ReadError(f"{source}: the file is empty; give a file that holds the text of an article")
    text = decode(data, source)
    suffix = suffix or guess_suffix(text)
    if suffix == ".jsonl":
        yield from read_jsonl(text, source)
    elif suffix == ".json":
        yield from read_json(text, source)
    elif suffix in (".html", ".htm"):
        yield read_html(text, source)
    elif suffix == ".md":
        yield read_markdown(text, source)
    else:
        yield read_plain(text, source)


_HTML: Final = re.compile(
    r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:p|div|article|section|h1)[\s>]", re.IGNORECASE
)
_MARKDOWN: Final = re.compile(r"^#{1,6}\s+\S|^---\n[\w-]+\s*:|\[[^\]]+\]\(https?://|^\*\*\S|^>\s", re.MULTILINE)


def guess_suffix(text: str) -> str:
    """The format of a text whose name does not tell it: JSON, JSON Lines, HTML, Markdown, else plain text."""
    head = text.lstrip()[:5000]
    if head.startswith(("{", "[")):
        try:
            json.loads(text)
        except json.JSONDecodeError:
            first = head.split("\n", 1)[0].strip()
            if not re.match(r"[\[{]\s*[\[{\"]", head):
                return ".txt"
            return ".jsonl" if first.startswith("{") and first.endswith("}") else ".json"
        except RecursionError:
            return ".json"
        return ".json"
    if head.startswith("<") and _HTML.search(head):
        return ".html"
    return ".md" if len(_MARKDOWN.findall(head)) >= 2 or head.startswith(("---\n", "# ")) else ".txt"
