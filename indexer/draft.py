"""A point of the store before it has its vectors.

Knows the schema's payloads as dictionaries; knows nothing of articles or models.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.manifest import Role
from rag.types import Language


@dataclass(frozen=True, slots=True)
class Draft:
    """A point without its vectors."""

    id: str
    role: Role
    payload: dict[str, Any]
    language: Language
    embedded: str = ""  # what the embedding model is shown; "" for a point without vectors
    matched: str = ""  # what BM25 is shown
