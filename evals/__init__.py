"""Golden sets, metrics and the gate.

`from evals import assert_faithful` holds a program's own answer against its sources. Names are loaded when first used,
so that importing a part of `evals` costs only that part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evals.assertions import TextSource, assert_faithful

__all__ = ["TextSource", "assert_faithful"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'evals' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("evals.assertions"), name)
