"""Imports run one way: rag <- indexer <- evals <- ui, and inside rag from the nouns to the archive."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.conftest import ROOT
from tests.imports import PACKAGES, modules, unplaced, wrong_arrows

HEAVY = ("torch", "sentence_transformers", "llama_index", "gradio", "qdrant_client", "qdrant_edge", "trafilatura")


def test_no_import_runs_back_up():
    found = [arrow for name, path in modules(ROOT) for arrow in wrong_arrows(path.read_text("utf-8"), name)]
    assert found == []


def test_every_part_of_rag_has_its_place_in_the_order():
    assert unplaced(ROOT) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("rag.answer", "import indexer"),
        ("rag.retrieve", "from ui.cli import main"),
        ("indexer.pipeline", "from evals import golden"),
        ("evals.gate", "import ui.cli as cli"),
        ("rag.settings", "from rag.archive import Archive"),
        ("rag.text", "from rag import retrieve"),
        ("rag.store.edge", "from ..answer import extract"),
        ("rag.types", "def late():\n    from .settings import Settings"),
        ("indexer.__init__", "from ui import page"),
    ],
)
def test_a_planted_wrong_arrow_is_caught(module: str, line: str):
    assert len(wrong_arrows(line, module)) == 1


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("ui.cli", "from rag import Archive\nfrom indexer import index_archive\nimport evals.gate"),
        ("rag.archive", "from rag.types import Answer\nfrom .store import base"),
        ("rag.store.edge", "from .base import Store\nimport numpy"),
        ("rag.answer.extract", "from . import shape\nfrom ..question import Question"),
        ("rag.__init__", "from rag.archive import Archive"),
    ],
)
def test_an_arrow_that_runs_down_is_fine(module: str, line: str):
    assert wrong_arrows(line, module) == []


def test_the_listed_packages_are_the_folders():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for package in PACKAGES
        for path in (ROOT / package).rglob("__init__.py")
    }
    assert sorted(listed) == sorted(folders)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_typed(package: str):
    assert (ROOT / package / "py.typed").is_file()


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_owns_our_names(package: str):
    code = f"import {package}; print({package}.__file__)"
    place = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert place.startswith(str(ROOT))
    assert set(packages_distributions()[package]) == {"gazette"}


def test_the_command_line_imports_nothing_heavy():
    code = f"import sys, ui.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
