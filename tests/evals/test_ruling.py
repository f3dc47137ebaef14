"""The gate's ruling: a broken floor before a regression, a regression before green, and what is only chance said so."""

from __future__ import annotations

import json

import pytest

from evals.dataset import Dataset
from evals.gate import BROKEN, PASSED, REGRESSION, rule
from evals.lock import Bound, Lock, LoweredError, load_lock, renewed, write_lock
from evals.recording import Recording, read_recording
from evals.report import Report
from evals.scoring import Outcome, score
from tests.evals.golden import BODY, answer, cited, item

RIGHT = answer("Le pont sera inauguré le 15 mai 2026.", cited())
WRONG = answer("Le pont sera inauguré un jour.", cited())


def recording(wrong: int, of: int = 12, judge: str = "j1") -> Recording:
    """A run over items of one event each, of which the first are wrong."""
    items = tuple(item(id=f"q{n}-fr", event=f"e{n}", line=n + 1) for n in range(of))
    rows = tuple(score(Outcome(one, WRONG if n < wrong else RIGHT, texts=(BODY,))) for n, one in enumerate(items))
    found = Report(Dataset("hand.jsonl", "sha256:0", items), "here", "model", None, rows, judge)
    return read_recording(json.loads(json.dumps(found.to_dict())))


def low(lock: Lock) -> Lock:
    """The lock with floors that everything keeps."""
    return Lock("sha256:0", "both", "j1", "model", "", (Bound("answer_accuracy", 0.0),), lock.events, lock.items)


HEALTHY = renewed(recording(0), None)


@pytest.mark.parametrize(("wrong", "code"), [(0, PASSED), (3, PASSED), (9, REGRESSION)])
def test_a_drop_that_chance_does_not_explain_is_a_regression_though_every_floor_holds(wrong: int, code: int):
    assert rule(recording(wrong), low(HEALTHY)).code == code


def test_a_drop_that_chance_may_explain_is_called_inconclusive():
    notes = rule(recording(3), low(HEALTHY)).notes
    assert any(note.startswith("overall_accuracy: inconclusive, -25.0% on 3 events") for note in notes)


def test_a_broken_floor_comes_before_a_regression():
    ruling = rule(recording(9), HEALTHY)
    assert (ruling.code, "answer_accuracy" in ruling.broken, bool(ruling.regressions)) == (BROKEN, True, True)


def test_bounds_lie_two_items_below_what_was_measured_and_never_may_be_is_exact():
    limits = {bound.name: bound.limit for bound in HEALTHY.bounds}
    assert (limits["answer_accuracy"], limits["citation_validity"], limits["failures"]) == (0.833, 1.0, 0.0)
    assert all(bound.holds(recording(0).measure(bound.name)) for bound in HEALTHY.bounds)


def test_a_lock_is_read_as_it_was_written_with_one_item_a_line(tmp_path):
    write_lock(tmp_path / "lock.json", HEALTHY)
    again = load_lock(tmp_path / "lock.json")
    assert (set(again.bounds), again.items, again.events) == (set(HEALTHY.bounds), HEALTHY.items, HEALTHY.events)
    assert (tmp_path / "lock.json").read_text("utf-8").count("\n") >= 12 + len(HEALTHY.bounds)


def test_the_baseline_goes_down_only_when_that_is_said():
    with pytest.raises(LoweredError, match="regression against the baseline"):
        renewed(recording(9), low(HEALTHY))
    assert renewed(recording(9), HEALTHY, allow_lower=True).items["q0-fr"]["overall_accuracy"].part == 0


def test_floors_are_not_lowered_by_another_judge_either():
    with pytest.raises(LoweredError, match="answer_accuracy"):
        renewed(recording(9, judge="j2"), HEALTHY)


def test_a_note_says_that_the_archive_is_another():
    other = Lock("sha256:0", "both", "j1", "older model", "sha256:older", HEALTHY.bounds, {}, {})
    notes = " ".join(rule(recording(0), other).notes)
    assert "archive's texts are not those" in notes and "older model" in notes
