"""The gate turns red when one thing is broken on purpose, and green when nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from evals.dataset import Dataset, InvalidEvaluationError, load_dataset
from evals.gate import BROKEN, PASSED, Ruling, rule
from evals.lock import Lock, renewed
from evals.recording import read_recording
from evals.run import opened, run
from rag import Archive
from rag.settings import load_settings
from tests.evals import sabotage
from tests.evals.judges import AlwaysYes


@dataclass(frozen=True)
class Ground:
    """An open archive, its questions, and the lock of a healthy run."""

    archive: Archive
    dataset: Dataset
    lock: Lock

    def gated(self, broken: type[sabotage.Whole]) -> Ruling:
        return rule(read_recording(run(self.archive, self.dataset, asked=broken(self.archive)).to_dict()), self.lock)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    texts, golden = sabotage.written(tmp_path_factory.mktemp("red"))
    dataset = load_dataset(golden)
    with opened(load_settings(), archive=str(texts)) as archive:
        healthy = read_recording(run(archive, dataset).to_dict())
        assert healthy.measure("overall_accuracy").part >= 14, "too little is right for a break to show"
        yield Ground(archive, dataset, renewed(healthy, None))


def test_nothing_broken_is_green(ground: Ground):
    ruling = ground.gated(sabotage.Whole)
    assert (ruling.code, {one.verdict for one in ruling.comparisons}) == (PASSED, {"unchanged"})


def test_a_judge_that_always_says_yes_makes_the_run_invalid(ground: Ground):
    with pytest.raises(InvalidEvaluationError, match="known to be false"):
        run(ground.archive, ground.dataset, judge=AlwaysYes())


@pytest.mark.parametrize(
    ("broken", "measures"),
    [
        (sabotage.WrongIds, {"citation_validity", "sourced_accuracy"}),
        (sabotage.EditedQuotes, {"citation_validity", "verbatim_rate"}),
        (sabotage.LaterYears, {"temporal_accuracy"}),
        (sabotage.RemarksAsFacts, {"comment_only", "comment_leak"}),
        (sabotage.NeverRefuses, {"abstention_recall"}),
        (sabotage.AlwaysRefuses, {"false_refusals", "answer_accuracy"}),
        (sabotage.BlindSearch, {"recall@10", "mrr"}),
        (sabotage.Failing, {"failures", "overall_accuracy"}),
        (sabotage.Gibberish, {"answer_accuracy", "abstention_recall"}),
    ],
)
def test_one_thing_broken_is_red_and_named(broken: type[sabotage.Whole], measures: set[str], ground: Ground):
    ruling = ground.gated(broken)
    assert ruling.code == BROKEN
    assert measures <= set(ruling.broken)
