"""What the repository promises outside its code: size, words, links, the licence, the commands of the README."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.imports import modules

LONGEST_FILE = 350  # lines; a longer one asks to be split along a noun
# Where this was built is nobody's business. The names are written with a gap, so that this file does not hold them.
FOREIGN = tuple(word.replace(" ", "") for word in ("/wo rk/", "../sha red", "/opt/py pi", "/ro ot/.py", "pip.co nf"))
FOREIGN_ALLOWED = {".ci/run": {FOREIGN[1]}}
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
# Addresses of this machine, of examples, and the names of XML namespaces, which nobody fetches.
NOT_FETCHED = re.compile(r"(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|[\w.-]*\bexample(\.\w+)?|www\.w3\.org|\{.*)$")


def tracked() -> list[Path]:
    """The files of the repository that git knows, or all that it would not ignore where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = done.stdout.split("\0") if done.returncode == 0 else []
    paths = [ROOT / name for name in names if name] or [
        path
        for top in ("rag", "indexer", "evals", "ui", "tests", "docs", "examples")
        for path in (ROOT / top).rglob("*")
    ]
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    """The text of a file; empty for one that is not text."""
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", errors="replace")


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def shell_lines(path: Path) -> list[str]:
    """The commands in the ```sh blocks of a Markdown file."""
    blocks = re.findall(r"```sh\n(.*?)```", path.read_text("utf-8"), re.DOTALL)
    joined = "".join(blocks).replace("\\\n", " ")
    return [line.split(" # ")[0].strip() for line in joined.splitlines() if line.strip() and not line.startswith("#")]


MARKDOWN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def test_no_module_is_longer_than_a_reader_can_hold():
    long = {name: lines for name, path in modules(ROOT) if (lines := len(text_of(path).splitlines())) > LONGEST_FILE}
    assert long == {}


def test_no_file_names_the_machine_it_was_written_on():
    found = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        text = text_of(path)
        found += [(name, word) for word in FOREIGN if word in text and word not in FOREIGN_ALLOWED.get(name, set())]
    assert found == []


def test_no_module_holds_the_address_of_a_foreign_host():
    found = []
    for name, path in modules(ROOT):
        tree = ast.parse(text_of(path))
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                hosts = re.findall(r"https?://([^/\s:\"'<>]+)", node.value)
                found += [(name, host) for host in hosts if not NOT_FETCHED.match(host)]
    assert found == []


def test_the_licence_is_the_whole_apache_licence():
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_links_between_the_documents_lead_somewhere(path: Path):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_make_commands_in_the_documents_exist(path: Path):
    named = {
        word for line in shell_lines(path) if line.startswith("make ") for word in line.split()[1:] if word.isalpha()
    }
    assert named <= makefile_targets()


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_gazette_commands_in_the_documents_exist(path: Path):
    from ui.reference import commands

    known = commands()
    for line in shell_lines(path):
        argv = shlex.split(line.split(" | ")[0].split(" > ")[0])
        while argv and re.match(r"[A-Z_]+=", argv[0]):
            argv.pop(0)
        if not argv or argv[0] != "gazette":
            continue
        depth = 3 if argv[1] == "eval" else 2
        name = " ".join(argv[:depth]) if not argv[1].startswith("-") else "gazette"
        assert name in known, line
        assert {word for word in argv[depth:] if word.startswith("--")} <= known[name] | {"--help"}, line


def test_the_readme_names_every_setting_with_its_default():
    from rag.settings import Settings

    rows = re.findall(r"^\| `GAZETTE_(\w+)` \| (.*?) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    shown = {name.lower(): value.strip("`") for name, value in rows}
    assert set(shown) == set(Settings.model_fields)
    defaults = {name: field.default for name, field in Settings.model_fields.items() if field.default is not None}
    assert {name: type(value)(shown[name]) for name, value in defaults.items()} == defaults


def test_the_whole_check_can_be_started_and_runs_the_readmes_commands():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert {"test", "gate"} <= set(re.findall(r"^make (\w+)", script.read_text("utf-8"), re.MULTILINE))


def test_the_workflow_pins_its_actions_and_runs_targets_that_exist():
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
            for step in job["steps"]:
                assert re.search(r"@v\d+\.\d+\.\d+$", step.get("uses", "@v0.0.0"))
                assert set(re.findall(r"^make (\w+)", step.get("run", ""), re.MULTILINE)) <= makefile_targets()


def test_a_test_that_may_not_skip_fails_where_its_need_is_missing(tmp_path: Path):
    test = tmp_path / "test_needs.py"
    test.write_text("def test_page(chromium): ...\n", "utf-8")
    shim = tmp_path / "conftest.py"
    shim.write_text("from tests.conftest import *\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml")]
    codes = {}
    for wanted in ("", "browser"):
        environment = {"PATH": "/nonexistent", "GAZETTE_REQUIRE": wanted, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([*command, str(test)], env=environment, cwd=tmp_path, capture_output=True, check=False)
        codes[wanted] = done.returncode
    assert codes == {"": 0, "browser": 1}
