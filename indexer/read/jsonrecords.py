"""JSON and JSON Lines records to `Article`s.

A record is one object: text, and where known title, date, url, author, outlet, language, comments (each with text,
author, date, parent). Common other names of these keys are understood. A record's text is body from end to end: it is
cut into sections, but no comments and no boilerplate are looked for in it. It knows nothing of encodings and stores.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from indexer.read.lines import split_lines
from indexer.read.nesting import Draft, settle_known
from indexer.read.plain import Known, build_article
from indexer.read.records import Rejected
from rag.errors import ReadError
from rag.text import detect_language, normalise
from rag.types import Article, Comment, Language

_KEYS: Final = {
    "title": ("title", "headline", "titre", "name"),
    "text": ("text", "body", "content", "articleBody", "article_body", "full_text", "texte", "contenu", "maintext"),
    "date": (
        "date",
        "published",
        "date_published",
        "datePublished",
        "published_at",
        "publication_date",
        "pub_date",
        "pubDate",
        "date_publish",
        "published_date",
    ),
    "url": ("url", "link", "canonical_url", "lien", "source_url"),
    "author": ("author", "authors", "byline", "auteur", "creator"),
    "outlet": ("outlet", "site", "source", "publisher", "site_name", "sitename", "newspaper", "journal", "media"),
    "language": ("language", "lang", "inLanguage", "langue"),
    "comments": ("comments", "comment", "commentaires", "replies", "responses"),
}
_COMMENT_KEYS: Final = {
    "id": ("id", "comment_id", "_id", "identifier"),
    "author": ("author", "name", "user", "username", "auteur", "author_name", "pseudo"),
    "date": ("date", "published", "created_at", "datePublished", "date_published", "created", "timestamp", "time"),
    "text": ("text", "body", "content", "comment", "message", "texte", "contenu"),
    "parent": ("parent", "parent_id", "parentId", "in_reply_to", "reply_to", "parent_comment_id"),
    "replies": ("replies", "children", "comments", "answers", "responses"),
}
_LANGUAGES: Final[dict[str, Language]] = {"fr": "fr", "en": "en", "français": "fr", "french": "fr", "english": "en"}


class _WrongError(ValueError):
    """A field of a record with a value that cannot be used."""


def read_json(text: str, source: str) -> Iterator[Article | Rejected]:
    """The articles of a JSON text: one object, a list of objects, or an object that holds such a list."""
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip().startswith("{") and "\n" in text.strip():
            yield from _mislabelled_lines(text, source, error)
            return
        raise ReadError(
            f"{source}: not valid JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error
    except RecursionError as error:
        raise ReadError(f"{source}: JSON nested too deeply; give one object, or a list of objects, per file") from error
    if isinstance(loaded, dict) and not _has_any(loaded, _KEYS["text"]):
        lists = [loaded[key] for key in ("articles", "items", "records", "data", "documents") if key in loaded]
        loaded = next((value for value in lists if isinstance(value, list)), loaded)
    if isinstance(loaded, list):
        if not loaded:
            raise ReadError(f"{source}: the list holds no article; give objects with at least a 'text'")
        yield from _several(((f"record {i}", record) for i, record in enumerate(loaded, 1)), source)
        return
    yield _one(loaded, source, "", "record 1")


def read_jsonl(text: str, source: str) -> Iterator[Article | Rejected]:
    """The articles of a JSON Lines text, one object a line; blank lines are skipped."""
    if not text.strip():
        raise ReadError(f"{source}: the file is empty; give one JSON object a line")
    yield from _several(_parsed_lines(text), source)


def _mislabelled_lines(text: str, source: str, error: json.JSONDecodeError) -> Iterator[Article | Rejected]:
    """A `.json` file that holds JSON Lines is read as what it holds."""
    first = next(line for line in text.splitlines() if line.strip())
    try:
        json.loads(first)
    except json.JSONDecodeError:
        message = f"{source}: not valid JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        raise ReadError(message) from error
    yield from read_jsonl(text, source)


def _parsed_lines(text: str) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            yield where, json.loads(line)
        except json.JSONDecodeError as error:
            yield where, Rejected(where, f"not valid JSON at column {error.colno}: {error.msg}")
        except RecursionError:
            yield where, Rejected(where, "JSON nested too deeply; give one flat object a line")


def _several(records: Iterator[tuple[str, Any]], source: str) -> Iterator[Article | Rejected]:
    """Articles with a record key each: the URL, else a digest of the content. A record met twice is rejected."""
    seen: dict[str, tuple[str, str]] = {}
    for where, record in records:
        if isinstance(record, Rejected):
            yield record
            continue
        digest = hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
        url = _first(record, _KEYS["url"]) if isinstance(record, dict) else None
        key = url.strip() if isinstance(url, str) and url.strip() else digest[:32]
        if key in seen:
            earlier, same = seen[key]
            if same == digest:
                yield Rejected(where, f"the same as {earlier}; remove one of them")
                continue
            key = f"{key}#{digest[:12]}"
        read = _one(record, source, key, where)
        if isinstance(read, Article):
            seen[key] = (where, digest)
        yield read


def _one(record: Any, source: str, key: str, where: str) -> Article | Rejected:
    if not isinstance(record, dict):
        return Rejected(where, f"holds {_kind(record)}, not an object; give an object with at least a 'text'")
    try:
        return _article(record, source, key)
    except _WrongError as error:
        return Rejected(where, str(error))
    except ReadError as error:
        return Rejected(where, str(error).removeprefix(f"{source}: "))


def _article(record: dict[str, Any], source: str, key: str) -> Article:
    text = _string(record, "text", _KEYS["text"])
    if text is None:
        raise _WrongError("has no 'text'; give the article's body there")
    language = _language(record)
    comments = _comments(record, language or detect_language(text))
    known = Known(
        title=_line(_string(record, "title", _KEYS["title"])),
        date=_date(record, _KEYS["date"]),
        author=_line(_names(record, "author", _KEYS["author"])),
        outlet=_line(_names(record, "outlet", _KEYS["outlet"])),
        url=_line(_string(record, "url", _KEYS["url"])),
        language=language,
        comments=comments,
        threads=False,
        clean=True,
        record=key,
    )
    return build_article(split_lines(text), source, known)


def _has_any(record: dict[str, Any], names: tuple[str, ...]) -> bool:
    return any(record.get(name) is not None for name in names)


def _first(record: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((record[name] for name in names if record.get(name) is not None), None)


def _kind(value: Any) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return "null" if value is None else names.get(type(value), type(value).__name__)


def _string(record: dict[str, Any], field: str, names: tuple[str, ...]) -> str | None:
    """A text field in stored form; None when absent or blank."""
    name = next((name for name in names if record.get(name) is not None), None)
    if name is None:
        return None
    value = record[name]
    if field == "url" and isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    if not isinstance(value, str):
        raise _WrongError(f"'{name}' is {_kind(value)}; give a string")
    # A lone surrogate ("\ud83d") is valid in JSON and cannot be stored as UTF-8.
    cleaned = normalise(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")).strip()
    return cleaned or None


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def _names(record: dict[str, Any], field: str, names: tuple[str, ...]) -> str | None:
    """A name: a string, an object with a 'name', or a list of either."""
    name = next((name for name in names if record.get(name) is not None), None)
    if name is None:
        return None
    values = record[name] if isinstance(record[name], list) else [record[name]]
    found: list[str] = []
    for value in values:
        if isinstance(value, dict):
            value = value.get("name") or value.get("username") or value.get("display_name")
        if not isinstance(value, str):
            raise _WrongError(f"'{name}' is {_kind(record[name])}; give the {field} as a string")
        if value.strip():
            found.append(normalise(value).strip())
    return ", ".join(found) or None


def _date(record: dict[str, Any], names: tuple[str, ...]) -> str | None:
    name = next((name for name in names if record.get(name) is not None), None)
    if name is None:
        return None
    value = record[name]
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        value = str(value)
    if not isinstance(value, str):
        raise _WrongError(f"'{name}' is {_kind(value)}; give the date as a string such as \"2026-02-03\"")
    return normalise(value).strip() or None


def _language(record: dict[str, Any]) -> Language | None:
    value = _string(record, "language", _KEYS["language"])
    return _LANGUAGES.get(value.lower()) or _LANGUAGES.get(value.lower()[:2]) if value else None


def _comments(record: dict[str, Any], language: Language) -> tuple[Comment, ...]:
    name = next((name for name in _KEYS["comments"] if record.get(name) is not None), None)
    if name is None:
        return ()
    value = record[name]
    if isinstance(value, int) and not isinstance(value, bool):
        return ()  # a count
    if not isinstance(value, list):
        raise _WrongError(f"'{name}' is {_kind(value)}; give a list of objects with at least a 'text'")
    flat: list[tuple[dict[str, Any], int | None]] = []
    _flatten(value, None, flat, name)
    identities = _identities(flat)
    by_id = any(str(_first(comment, _COMMENT_KEYS["parent"])) in identities for comment, _ in flat)
    drafts: list[Draft] = []
    parents: list[int | None] = []
    for place, (comment, above) in enumerate(flat):
        text = _string(comment, "text", _COMMENT_KEYS["text"])
        author = _line(_names(comment, "author", _COMMENT_KEYS["author"]))
        stamp = _date(comment, _COMMENT_KEYS["date"])
        drafts.append(Draft(author, stamp, split_lines(text or ""), 0, None, None, None, 1.0, place))
        parents.append(above if above is not None else _parent(comment, identities, len(flat), place, by_id=by_id))
    return settle_known(drafts, parents, language)


def _flatten(
    comments: list[Any], above: int | None, flat: list[tuple[dict[str, Any], int | None]], name: str, depth: int = 0
) -> None:
    if depth > 50:
        raise _WrongError(f"'{name}' nests more than 50 deep; give a flat list with 'parent'")
    for comment in comments:
        if isinstance(comment, str):
            comment = {"text": comment}
        if not isinstance(comment, dict):
            raise _WrongError(f"'{name}' holds {_kind(comment)}; give objects with at least a 'text'")
        place = len(flat)
        flat.append((comment, above))
        replies = _first(comment, _COMMENT_KEYS["replies"])
        if isinstance(replies, list):
            _flatten(replies, place, flat, name, depth + 1)


def _identities(flat: list[tuple[dict[str, Any], int | None]]) -> dict[str, int]:
    """Place of each comment that has an id."""
    identities: dict[str, int] = {}
    for place, (comment, _) in enumerate(flat):
        identity = _first(comment, _COMMENT_KEYS["id"])
        if isinstance(identity, str | int) and not isinstance(identity, bool):
            identities.setdefault(str(identity), place)
    return identities


def _parent(comment: dict[str, Any], identities: dict[str, int], count: int, place: int, *, by_id: bool) -> int | None:
    """Place of the parent, by its id, else by its place in the list (from 0); an unknown parent is an error."""
    value = _first(comment, _COMMENT_KEYS["parent"])
    if isinstance(value, dict):
        value = _first(value, _COMMENT_KEYS["id"])
    if value is None or value == "" or isinstance(value, bool):
        return None
    if not isinstance(value, str | int):
        raise _WrongError(f"comment {place + 1}: 'parent' is {_kind(value)}; give the id or index of a comment")
    if str(value) in identities:
        found: int | None = identities[str(value)]
    elif by_id and str(value) in ("0", "-1"):
        return None  # "no parent" in exports of databases
    elif str(value).lstrip("-").isdigit() and 0 <= int(value) < count:
        found = int(value)
    else:
        raise _WrongError(f"comment {place + 1}: no comment has the id or index {value!r} that its 'parent' names")
    if found == place:
        raise _WrongError(f"comment {place + 1} is its own parent")
    return found
