"""The fields of one golden item, read from a JSON object with the type that each must have.

Every function returns a value or raises `FaultError`, whose message names the key. It knows nothing of what the fields
mean together; `evals.dataset` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from evals.matching import fold

Groups = tuple[tuple[str, ...], ...]


class FaultError(Exception):
    """What is wrong with one line."""


def text(row: Mapping[str, Any], key: str, *, empty: bool = False) -> str:
    """A string; with `empty` also "", also where the key is missing."""
    value = row.get(key)
    if value is None and empty:
        return ""
    if not isinstance(value, str) or not (empty or value.strip()):
        raise FaultError(f"{key!r} must be a string{'' if empty else ' with something in it'}")
    return value


def one_of(row: Mapping[str, Any], key: str, known: Iterable[str]) -> str:
    """One of the strings that are known."""
    value, allowed = row[key], frozenset(known)
    if not isinstance(value, str) or value not in allowed:
        raise FaultError(f"{key!r} is {value!r}; known: {', '.join(sorted(allowed))}")
    return value


def flag(row: Mapping[str, Any], key: str) -> bool:
    """True or false, nothing that only looks like it."""
    value = row[key]
    if not isinstance(value, bool):
        raise FaultError(f"{key!r} must be true or false")
    return value


def texts(key: str, value: Any) -> tuple[str, ...]:
    """Strings that can be said: each with a letter or a digit, none twice."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise FaultError(f"{key!r} must be a list of strings")
    for one in value:
        if not any(character.isalnum() for character in fold(one)):
            raise FaultError(f"{key!r} holds {one!r}, which has no letter and no digit")
    if len(set(value)) != len(value):
        raise FaultError(f"{key!r} holds the same string twice")
    return tuple(value)


def groups(row: Mapping[str, Any], key: str) -> Groups:
    """Groups of strings of which one each is to be said; none where the key is missing."""
    value = row.get(key) or []
    if not isinstance(value, list):
        raise FaultError(f"{key!r} must be a list of lists of strings")
    found = tuple(texts(key, group) for group in value)
    if not all(found):
        raise FaultError(f"{key!r} holds an empty group")
    return found


def day(row: Mapping[str, Any], key: str) -> str | None:
    """An ISO day; None where the key is missing."""
    value = row.get(key)
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise FaultError(f"{key!r} is {value!r}; write a day as 2026-02-03") from None
