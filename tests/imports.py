"""Reads the imports of Python source and finds those that run against the project's direction.

Knows the order of the packages and of the parts inside `rag`. It reads source text with `ast` and imports nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("rag", "indexer", "evals", "ui")  # each may import those before it
# Inside rag, each part may import its own row and the rows before it.
RAG_ROWS = (
    ("types", "errors"),
    ("settings", "hub"),
    ("teasers",),
    ("text", "dates", "embedding", "onnx_graph", "onnx_model", "reader", "store", "llm"),
    ("alike", "exonyms", "gazetteer", "peoples", "names", "offices", "orders", "succession", "terms", "translation"),
    ("asked_time", "asked_noun", "question", "kinds", "matching", "fusion", "rerank", "retrieve"),
    ("answer", "conversation", "events", "followups", "premises", "rewriting", "timeline"),
    ("archive",),
    ("llama",),
)


def imported(source: str, module: str) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything that the source of `module` imports, at any depth.

    `from rag import store` yields "rag.store", for the name may be a module. `module` is the dotted name of the file,
    with ".__init__" for a package.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*module.split(".")[: -node.level], *filter(None, [node.module])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def _row(part: str) -> int | None:
    return next((number for number, row in enumerate(RAG_ROWS) if part in row), None)


def wrong_arrows(source: str, module: str) -> list[str]:
    """Every import of `module` that runs back up, as "module:line imports name"."""
    top, *rest = module.split(".")
    found = []
    for line, name in imported(source, module):
        target, *parts = name.split(".")
        if target not in PACKAGES:
            continue
        upward = PACKAGES.index(target) > PACKAGES.index(top)
        if top == target == "rag" and rest and rest[0] != "__init__" and parts:
            own, other = _row(rest[0]), _row(parts[0])
            upward = own is not None and other is not None and other > own
        if upward:
            found.append(f"{module}:{line} imports {name}")
    return found


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """(dotted name, path) of every Python file of the packages."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            yield ".".join(path.relative_to(root).with_suffix("").parts), path


def unplaced(root: Path) -> list[str]:
    """The parts of rag that no row names; each must be given its place."""
    parts = {name.split(".")[1] for name, _ in modules(root) if name.startswith("rag.")} - {"__init__"}
    return sorted(part for part in parts if _row(part) is None)
