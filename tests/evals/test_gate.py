"""The gate: floors that mean something, and exit codes on a small real archive."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from evals.dataset import InvalidEvaluationError, load_dataset
from evals.gate import FLOORS, Bound, load_floors
from evals.metrics import Ratio
from evals.run import SAMPLE
from rag.errors import UsageError
from ui.cli import run

PONT = """Un pont pour Valmont

Publié le 12 mars 2025

Le conseil municipal de Valmont a voté mardi la construction du pont de la Loue.

Le pont de la Loue sera inauguré le 15 mai 2026, selon la mairie de Valmont.
"""
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "pont-fr",
        "twin": "pont",
        "language": "fr",
        "question": "Quand le pont de la Loue sera-t-il inauguré ?",
        "kind": "date",
        "answerable": True,
        "answers": ["15 mai 2026"],
        "gold": ["pont.txt"],
        "quote": "sera inauguré le 15 mai 2026",
    },
    {
        "id": "reactor-en",
        "twin": "reactor",
        "language": "en",
        "question": "Who designed the submarine of Captain Oberstein?",
        "kind": "unanswerable",
        "answerable": False,
        "answers": [],
        "gold": [],
        "quote": "",
    },
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one article, `store`, and its questions, `golden.jsonl`."""
    folder = tmp_path_factory.mktemp("gate")
    (folder / "texts").mkdir()
    (folder / "texts" / "pont.txt").write_text(PONT, "utf-8")
    assert run(["index", str(folder / "texts"), "--store", str(folder / "store")]) == 0
    (folder / "golden.jsonl").write_text("\n".join(json.dumps(one) for one in QUESTIONS), "utf-8")
    return folder


def floors(folder: Path, text: str, digest: str | None = None) -> Path:
    path = folder / "floors.toml"
    path.write_text(f'dataset = "{digest or load_dataset(folder / "golden.jsonl").digest}"\n{text}\n', "utf-8")
    return path


def gate(place: Path, floor_file: Path, *more: str) -> int:
    given = ["--store", str(place / "store"), "--dataset", str(place / "golden.jsonl"), "--floors", str(floor_file)]
    return run(["eval", "gate", *given, *more])


def test_floors_that_hold_pass_and_every_check_and_item_is_in_the_json(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    kept = floors(place, "[floors]\nanswer_accuracy = 1.0\nabstention_recall = 1.0\n[ceilings]\nfailures = 0.0")
    assert gate(place, kept, "--json", str(tmp_path / "out.json")) == 0
    shown = capsys.readouterr().out
    assert re.search(r"answer_accuracy\s.*100.0% \(1/1\).*at least 100.0%.*ok", shown)
    assert "BROKEN" not in shown
    written = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (written["passed"], len(written["checks"]), len(written["items"])) == (True, 3, 2)
    assert written["measures"]["answer_accuracy"] == {"value": 1.0, "part": 1, "whole": 1}


def test_the_gate_turns_red_names_what_broke_and_keeps_stdout_to_the_json(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "golden.jsonl").write_text(json.dumps({**QUESTIONS[0], "answers": ["16 mai 2026"]}), "utf-8")
    kept = floors(tmp_path, "[floors]\nanswer_accuracy = 0.5\nmrr = 1.0\n[ceilings]\ncomment_leak = 1.0")
    given = ["--store", str(place / "store"), "--dataset", str(tmp_path / "golden.jsonl"), "--floors", str(kept)]
    capsys.readouterr()
    assert run(["eval", "gate", *given, "--json", "-"]) == 1
    captured = capsys.readouterr()
    assert captured.err == "gazette: below the floor: answer_accuracy, comment_leak\n"
    assert json.loads(captured.out)["passed"] is False


def test_floors_of_other_questions_are_invalid(place: Path, capsys: pytest.CaptureFixture[str]):
    assert gate(place, floors(place, "[floors]\nmrr = 0.1", digest="sha256:other")) == 4
    assert "another version of golden.jsonl" in capsys.readouterr().err


def test_no_items_are_invalid(place: Path, tmp_path: Path):
    (tmp_path / "golden.jsonl").write_text("\n", "utf-8")
    given = ["--store", str(place / "store"), "--dataset", str(tmp_path / "golden.jsonl")]
    assert run(["eval", "run", *given]) == 4
    assert run(["eval", "gate", *given]) == 4


@pytest.mark.parametrize("arguments", [["--dataset", "none.jsonl"], ["--floors", "none.toml"], ["--floor"]])
def test_what_cannot_be_understood_is_a_usage_error(arguments: list[str]):
    assert run(["eval", "gate", *arguments]) == 2


def test_a_run_indexes_a_folder_of_texts_and_lists_what_went_wrong(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "golden.jsonl").write_text(json.dumps({**QUESTIONS[0], "answers": ["16 mai 2026"]}), "utf-8")
    given = ["--archive", str(place / "texts"), "--dataset", str(tmp_path / "golden.jsonl")]
    assert run(["eval", "run", *given, "--wrong", "--json", str(tmp_path / "out.json")]) == 0
    shown = capsys.readouterr().out
    assert "Wrong (1 of 1)" in shown and "no accepted answer in it" in shown
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["items"][0]["right"] is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[floors]\nmrr = nan", "no number from 0 to 1"),
        ("[floors]\nmrr = -inf", "no number from 0 to 1"),
        ("[floors]\nmrr = true", "no number from 0 to 1"),
        ("[floors]\nmrr = 60", "no number from 0 to 1"),
        ("[floors]\nmrrr = 0.5", "no measure 'mrrr'"),
        ("[floors]\ncomment_leak = 0.5", r"belongs under \[ceilings\]"),
        ("[ceilings]\nmrr = 0.5", r"belongs under \[floors\]"),
        ("", "holds no floor"),
        ("floors = 3", "must be a table"),
        ("[flors]\nmrr = 0.5", "unknown keys: flors"),
        ("[floors", "not TOML"),
    ],
)
def test_floors_that_would_pass_anything_are_invalid(text: str, said: str, tmp_path: Path):
    with pytest.raises(InvalidEvaluationError, match=said):
        load_floors(floors(tmp_path, text, digest="sha256:x"))


def test_floors_must_name_their_dataset_and_be_readable(tmp_path: Path):
    (tmp_path / "floors.toml").write_text("[floors]\nmrr = 0.5\n")
    with pytest.raises(InvalidEvaluationError, match="does not say which dataset"):
        load_floors(tmp_path / "floors.toml")
    with pytest.raises(UsageError, match="cannot read"):
        load_floors(tmp_path / "none.toml")


def test_a_floor_is_kept_at_its_very_value_and_broken_below_it():
    floor, ceiling = Bound("mrr", 0.5), Bound("failures", 0.5, is_ceiling=True)
    assert floor.holds(Ratio(1, 2)) and ceiling.holds(Ratio(1, 2))
    assert not floor.holds(Ratio(1, 3)) and not ceiling.holds(Ratio(2, 3))
    assert not floor.holds(Ratio(0, 0)) and not ceiling.holds(Ratio(0, 0))


def test_the_kept_floors_are_of_the_sample_questions_and_each_tells_what_was_measured():
    assert load_floors().dataset == load_dataset(SAMPLE).digest
    lines = FLOORS.read_text("utf-8").splitlines()
    kept = [line for line in lines if re.match(r"\S+ = [\d.]+", line)]
    assert len(kept) == len(load_floors().bounds) > 0
    assert all(re.search(r"# measured \S+ \([\d.]+/\d+\)", line) for line in kept)
