"""Files in, passages in the store: `from indexer import index_archive`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer.report import IndexReport, Progress, SetAside

if TYPE_CHECKING:
    from indexer.pipeline import index_archive

__all__ = ["IndexReport", "Progress", "SetAside", "index_archive"]


def __getattr__(name: str) -> Any:
    # The pipeline brings the engine and the embedder's seam along; who only reads a file does without them.
    if name == "index_archive":
        from indexer.pipeline import index_archive

        return index_archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
