"""The gate: floors that mean something, floors that only go up, and exit codes on a small real archive."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from evals.dataset import InvalidEvaluationError, load_dataset
from evals.judge import JUDGE_VERSION
from evals.lock import LOCK, Bound, load_lock
from evals.metrics import Ratio
from evals.run import SAMPLE
from rag.errors import UsageError
from tests.conftest import ROOT
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


def locked(folder: Path, digest: str | None = None, **whole: Any) -> Path:
    """A lock file; `floors`, `ceilings` and `items` as they are to stand in it."""
    dataset = digest or load_dataset(folder / "golden.jsonl").digest
    path = folder / "gate.lock.json"
    about = {"format": 1, "dataset": dataset, "part": "both", "judge": JUDGE_VERSION}
    path.write_text(json.dumps({**about, **whole}), "utf-8")
    return path


def gate(place: Path, lock: Path, *more: str) -> int:
    given = ["--store", str(place / "store"), "--dataset", str(place / "golden.jsonl"), "--lock", str(lock)]
    return run(["eval", "gate", *given, *more])


def test_floors_that_hold_pass_and_every_check_and_item_is_in_the_json(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    kept = locked(place, floors={"answer_accuracy": 1.0, "abstention_recall": 1.0}, ceilings={"failures": 0.0})
    assert gate(place, kept, "--json", str(tmp_path / "out.json")) == 0
    shown = capsys.readouterr().out
    assert re.search(r"answer_accuracy\s.*100.0% \(1/1\).*at least 100.0%.*ok", shown)
    assert "BROKEN" not in shown
    written = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (written["passed"], len(written["checks"]), len(written["items"])) == (True, 3, 2)
    accuracy = written["measures"]["answer_accuracy"]
    assert (accuracy["value"], accuracy["part"], accuracy["whole"]) == (1.0, 1, 1)


def test_the_gate_turns_red_names_what_broke_and_keeps_stdout_to_the_json(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "golden.jsonl").write_text(json.dumps({**QUESTIONS[0], "answers": ["16 mai 2026"]}), "utf-8")
    kept = locked(tmp_path, floors={"answer_accuracy": 0.5, "mrr": 1.0}, ceilings={"comment_leak": 1.0})
    given = ["--store", str(place / "store"), "--dataset", str(tmp_path / "golden.jsonl"), "--lock", str(kept)]
    capsys.readouterr()
    assert run(["eval", "gate", *given, "--json", "-"]) == 1
    captured = capsys.readouterr()
    assert captured.err == "gazette: below the floor: answer_accuracy, comment_leak\n"
    assert json.loads(captured.out)["passed"] is False


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ({"digest": "sha256:other"}, "another version of golden.jsonl"),
        ({"judge": "another judge"}, "of the judge another judge"),
        ({"part": "dev"}, "of the part 'dev'"),
    ],
)
def test_floors_of_other_questions_or_another_judge_are_invalid(
    whole: dict[str, str], said: str, place: Path, capsys: pytest.CaptureFixture[str]
):
    assert gate(place, locked(place, **whole, floors={"mrr": 0.1})) == 4
    assert said in capsys.readouterr().err


def test_no_items_are_invalid(place: Path, tmp_path: Path):
    (tmp_path / "golden.jsonl").write_text("\n", "utf-8")
    given = ["--store", str(place / "store"), "--dataset", str(tmp_path / "golden.jsonl")]
    assert run(["eval", "run", *given]) == 4
    assert run(["eval", "gate", *given]) == 4
    assert run(["eval", "run", *given[:2], "--dataset", str(place / "golden.jsonl"), "--part", "dev"]) == 4


@pytest.mark.parametrize(
    "arguments",
    [["--dataset", "none.jsonl"], ["--lock", "none.json"], ["--lok"], ["--part", "third"], ["--allow-lower"]],
)
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
    ("whole", "said"),
    [
        ({"floors": {"mrr": float("nan")}}, "no number from 0 to 1"),
        ({"floors": {"mrr": float("-inf")}}, "no number from 0 to 1"),
        ({"floors": {"mrr": True}}, "no number from 0 to 1"),
        ({"floors": {"mrr": 60}}, "no number from 0 to 1"),
        ({"floors": {"mrr": {"measured": "50%"}}}, "no number from 0 to 1"),
        ({"floors": {"mrrr": 0.5}}, "no measure 'mrrr'"),
        ({"floors": {"comment_leak": 0.5}}, "belongs under 'ceilings'"),
        ({"ceilings": {"mrr": 0.5}}, "belongs under 'floors'"),
        ({}, "holds no floor"),
        ({"floors": 3}, "must be an object"),
        ({"flors": {"mrr": 0.5}}, "unknown keys: flors"),
        ({"format": 7}, "of another format"),
        ({"floors": {"mrr": 0.5}, "items": {"a": {"mrr": [1, 1]}}}, "the baseline of the items is damaged"),
        (
            {"floors": {"mrr": 0.5}, "items": {"a": {"event": "a", "mrr": [2, 1]}}},
            "the baseline of the items is damaged",
        ),
        ({"floors": {"mrr": 0.5}, "judge": ""}, "does not say which judge"),
    ],
)
def test_a_lock_that_would_pass_anything_is_invalid(whole: dict[str, Any], said: str, tmp_path: Path):
    with pytest.raises(InvalidEvaluationError, match=said):
        load_lock(locked(tmp_path, digest="sha256:x", **whole))


def test_a_lock_must_name_its_dataset_and_be_readable(tmp_path: Path):
    (tmp_path / "lock.json").write_text('{"format": 1, "floors": {"mrr": 0.5}}')
    with pytest.raises(InvalidEvaluationError, match="does not say which dataset"):
        load_lock(tmp_path / "lock.json")
    (tmp_path / "lock.json").write_text("{")
    with pytest.raises(InvalidEvaluationError, match="not JSON"):
        load_lock(tmp_path / "lock.json")
    with pytest.raises(UsageError, match="cannot read"):
        load_lock(tmp_path / "none.json")


def test_a_floor_is_kept_at_its_very_value_and_broken_below_it():
    floor, ceiling = Bound("mrr", 0.5), Bound("failures", 0.5, is_ceiling=True)
    assert floor.holds(Ratio(1, 2)) and ceiling.holds(Ratio(1, 2))
    assert not floor.holds(Ratio(1, 3)) and not ceiling.holds(Ratio(2, 3))
    assert not floor.holds(Ratio(0, 0)) and not ceiling.holds(Ratio(0, 0))


def test_floors_are_written_from_a_run_hold_for_it_and_go_up_only(place: Path, tmp_path: Path):
    lock = tmp_path / "lock.json"
    assert gate(place, lock, "--write-floors") == 0
    written = load_lock(lock)
    assert {bound.name for bound in written.bounds} >= {"citation_validity", "failures"}
    assert set(written.items) == {"pont-fr", "reactor-en"} and written.events["pont-fr"] == "pont"
    assert gate(place, lock) == 0

    raised = json.loads(lock.read_text("utf-8"))
    raised["floors"]["answer_accuracy"] = {"bound": 0.75, "measured": "by hand"}
    lock.write_text(json.dumps(raised), "utf-8")
    assert gate(place, lock, "--write-floors") == 0
    kept = {bound.name: bound.limit for bound in load_lock(lock).bounds}
    assert kept["answer_accuracy"] == 0.75


def test_a_floor_that_the_run_breaks_is_lowered_only_when_that_is_said(place: Path, capsys: pytest.CaptureFixture[str]):
    lock = locked(place, floors={"accuracy_last": 0.5, "mrr": 0.5})  # no question of the set is of that category
    before = lock.read_bytes()
    assert gate(place, lock, "--write-floors") == 2
    assert "accuracy_last" in capsys.readouterr().err and lock.read_bytes() == before
    assert gate(place, lock, "--write-floors", "--allow-lower") == 0
    assert "accuracy_last" not in {bound.name for bound in load_lock(lock).bounds}


def test_a_recorded_run_is_gated_without_asking_anything(place: Path, tmp_path: Path):
    recorded, lock = tmp_path / "run.json", locked(place, floors={"answer_accuracy": 1.0})
    given = ["--store", str(place / "store"), "--dataset", str(place / "golden.jsonl")]
    assert run(["eval", "run", *given, "--json", str(recorded)]) == 0
    nowhere = ["--dataset", str(place / "golden.jsonl"), "--lock", str(lock), "--recording", str(recorded)]
    assert run(["eval", "gate", *nowhere]) == 0
    whole = json.loads(recorded.read_text("utf-8"))
    for stale in (
        {**whole, "judge": "an older judge"},
        {**whole, "dataset": {**whole["dataset"], "digest": "sha256:older"}},
        {**whole, "items": whole["items"][:1]},
        {**whole, "format": 1},
    ):
        recorded.write_text(json.dumps(stale), "utf-8")
        assert run(["eval", "gate", *nowhere]) == 4


def test_two_recordings_are_compared_only_on_the_same_ground(place: Path, tmp_path: Path):
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    given = ["--store", str(place / "store"), "--dataset", str(place / "golden.jsonl")]
    assert run(["eval", "run", *given, "--json", str(first)]) == 0
    second.write_bytes(first.read_bytes())
    assert run(["eval", "compare", str(first), str(second)]) == 0
    second.write_text(json.dumps({**json.loads(first.read_text("utf-8")), "judge": "another"}), "utf-8")
    assert run(["eval", "compare", str(first), str(second)]) == 4
    assert run(["eval", "compare", str(first), str(tmp_path / "none.json")]) == 2


def test_the_kept_floors_are_of_the_sample_questions_and_each_tells_what_was_measured():
    kept = load_lock()
    assert (kept.dataset, kept.part) == (load_dataset(SAMPLE).digest, "both")
    assert kept.judge == JUDGE_VERSION
    assert set(kept.items) == {item.id for item in load_dataset(SAMPLE).items}
    assert len(kept.bounds) > 10
    assert all(re.search(r"\S+ \([\d.]+/\d+\)", bound.measured) for bound in kept.bounds)
    assert LOCK.name == "gate.lock.json"


def test_the_documents_show_every_bound_of_the_lock():
    rows = re.findall(
        r"^\| `(\S+)` \| .* \| (at \S+ [\d.]+%) \|$", (ROOT / "docs" / "evaluation.md").read_text("utf-8"), re.M
    )
    assert dict(rows) == {bound.name: bound.told for bound in load_lock().bounds}
