"""A new item is checked before it is written, and what stands in the file stays as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.authoring import add_items
from evals.dataset import InvalidEvaluationError, load_dataset
from ui.cli import run

ROW: dict[str, Any] = {
    "twin": "pont",
    "language": "fr",
    "event": "pont",
    "part": "dev",
    "category": "when",
    "question": "Quand le pont ouvre-t-il ?",
    "kind": "date",
    "answers": ["15 mai"],
    "gold": ["pont.txt"],
    "quote": "ouvre le 15 mai",
}
ENGLISH = {**ROW, "language": "en", "question": "When does the bridge open?"}


def test_an_item_is_completed_and_stands_at_the_end(tmp_path: Path):
    path = tmp_path / "golden.jsonl"
    add_items(path, [ROW, ENGLISH])
    (french, english) = load_dataset(path).items
    assert (french.id, english.id, french.answerable, french.nuggets) == ("pont-fr", "pont-en", True, (("15 mai",),))
    assert (french.derived, english.line) == ((), 2)


@pytest.mark.parametrize("before", ["", "\n", '\ufeff{"x"}'])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_what_stands_in_the_file_is_not_touched(before: str, end: str, tmp_path: Path):
    path = tmp_path / "golden.jsonl"
    add_items(path, [{**ROW, "twin": "a", "question": "Qui ?"}])
    line = path.read_text("utf-8").strip()
    kept = ("\ufeff" if before.startswith("\ufeff") else before) + line + end
    path.write_bytes(kept.encode())
    add_items(path, [ROW])
    assert path.read_bytes().startswith(kept.encode())
    assert [item.id for item in load_dataset(path).items] == ["a-fr", "pont-fr"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "when"}, "'kind' is 'when'"),
        ({"answers": []}, "needs 'answers'"),
        ({"twin": "a"}, "is taken"),
        ({"colour": "red"}, "unknown keys: colour"),
        ({"question": "quand ouvre-t-il, le pont ?"}, "asks the same as"),
        ({"part": "test"}, "is in dev"),
    ],
)
def test_a_faulty_item_is_not_written(changes: dict[str, Any], said: str, tmp_path: Path):
    path = tmp_path / "golden.jsonl"
    add_items(path, [{**ROW, "twin": "a", "question": "Quand le pont ouvre-t-il"}])
    before = path.read_bytes()
    row = {**ROW, "question": "Où se trouve le bac de Loue ?", **changes}
    with pytest.raises(InvalidEvaluationError, match=said):
        add_items(path, [row])
    assert path.read_bytes() == before


def test_one_faulty_item_of_two_keeps_both_out(tmp_path: Path):
    path = tmp_path / "golden.jsonl"
    with pytest.raises(InvalidEvaluationError):
        add_items(path, [ROW, {**ENGLISH, "kind": "place"}])
    assert not path.exists()


def test_the_missing_twin_is_only_told(tmp_path: Path):
    path = tmp_path / "golden.jsonl"
    add_items(path, [{**ROW, "twin": "a", "question": "Qui ?"}, {**ENGLISH, "twin": "a", "question": "Who?"}])
    _, faults = add_items(path, [ROW])
    assert [(fault.level, "twin is yet to come" in fault.said) for fault in faults] == [("warning", True)]


def test_the_command_takes_options_or_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path, source = tmp_path / "golden.jsonl", tmp_path / "item.json"
    source.write_text(json.dumps([ROW, ENGLISH]), "utf-8")
    options = ["--twin", "tunnel", "--language", "fr", "--question", "Quand le tunnel ?", "--kind", "unanswerable"]
    assert run(["eval", "new", str(source), "--dataset", str(path), "--no-archive"]) == 0
    assert run(["eval", "new", *options, "--dataset", str(path), "--no-archive", "--dry-run"]) == 0
    assert run(["eval", "new", *options, "--dataset", str(path), "--no-archive"]) == 0
    assert run(["eval", "new", *options, "--dataset", str(path), "--no-archive"]) == 4
    assert run(["eval", "new", "--dataset", str(path)]) == 2
    assert [item.id for item in load_dataset(path).items] == ["pont-fr", "pont-en", "tunnel-fr"]
    assert "added tunnel-fr" in capsys.readouterr().out
