"""Question in, cited answer out: the Python API of Gazette.

`from rag import Archive`. Names are loaded when first used, so that importing a part of `rag` costs only that part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.conversation import Conversation
    from rag.errors import GazetteError
    from rag.settings import Settings, load_settings
    from rag.types import Answer, ArticleRef, Citation, CommentRef, Hit, Passage, PublicationDate, Sentence

__all__ = [
    "Answer",
    "Archive",
    "ArticleRef",
    "Citation",
    "CommentRef",
    "Conversation",
    "GazetteError",
    "Hit",
    "Passage",
    "PublicationDate",
    "Sentence",
    "Settings",
    "load_settings",
]

_HOMES = {
    "Archive": "rag.archive",
    "Conversation": "rag.conversation",
    "GazetteError": "rag.errors",
    "Settings": "rag.settings",
    "load_settings": "rag.settings",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'rag' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "rag.types")), name)
