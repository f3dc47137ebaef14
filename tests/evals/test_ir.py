"""The measures of a ranking: worked by hand from trec_eval's definitions, and against trec_eval itself."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence

import ir_measures
import pytest

from evals.ir import evaluate, ndcg_at, recall_at, reciprocal_rank_at, relevant

RANKED = ["a", "b", "c", "d"]


def test_recall_is_the_share_of_the_relevant_that_is_found():
    assert recall_at(1, RANKED, {"a": 1, "c": 1}) == 0.5
    assert recall_at(3, RANKED, {"a": 1, "c": 1}) == 1.0
    assert recall_at(10, RANKED, {"a": 1, "z": 1}) == 0.5


def test_recall_cannot_reach_one_where_more_are_relevant_than_are_looked_at():
    assert recall_at(2, RANKED, {"a": 1, "b": 1, "c": 1, "d": 1}) == 0.5


def test_fewer_relevant_than_k_are_all_that_recall_asks_for():
    assert recall_at(10, ["x", "a"], {"a": 1}) == 1.0


def test_the_reciprocal_rank_is_that_of_the_first_relevant_document():
    assert reciprocal_rank_at(10, RANKED, {"c": 1, "d": 1}) == pytest.approx(1 / 3)
    assert reciprocal_rank_at(10, RANKED, {"z": 1}) == 0.0
    assert reciprocal_rank_at(2, RANKED, {"c": 1}) == 0.0


def test_ndcg_weighs_the_gain_itself_by_the_logarithm_of_the_rank():
    found = 1 / math.log2(2) + 3 / math.log2(4)  # ranks 1 and 3
    best = 3 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at(10, RANKED, {"a": 1, "c": 3, "z": 2}) == pytest.approx(found / best)


def test_the_best_order_that_ndcg_compares_with_ends_at_k():
    assert ndcg_at(2, ["a", "b"], {"a": 1, "b": 1, "c": 1}) == 1.0


def test_fewer_relevant_than_k_make_a_smaller_best_order():
    assert ndcg_at(10, ["x", "a"], {"a": 1}) == pytest.approx(1 / math.log2(3))


def test_a_document_named_again_counts_once_where_it_stands_first_and_the_rest_moves_up():
    ranked = ["x", "a", "a", "x", "b"]
    gains = {"a": 1, "b": 1}
    assert recall_at(2, ranked, gains) == 0.5
    assert recall_at(3, ranked, gains) == 1.0
    assert ndcg_at(10, ranked, gains) == ndcg_at(10, ["x", "a", "b"], gains)
    assert reciprocal_rank_at(10, ["x", "x", "x", "a"], gains) == 0.5


def test_gains_below_one_are_not_relevant_and_never_count_against_a_ranking():
    assert relevant({"a": 1, "b": 0, "c": -1, "d": 3}) == {"a", "d"}
    assert recall_at(1, ["b"], {"a": 1, "b": 0}) == 0.0
    assert ndcg_at(10, ["c", "a"], {"a": 1, "c": -2}) == pytest.approx(1 / math.log2(3))


def test_nothing_relevant_is_worth_nothing_to_every_measure():
    assert [measure(5, RANKED, {"a": 0}) for measure in (recall_at, reciprocal_rank_at, ndcg_at)] == [0.0, 0.0, 0.0]


def test_a_topic_with_an_empty_ranking_or_none_is_worth_nothing_and_counts():
    found = evaluate({"empty": []}, {"empty": {"a": 1}, "missing": {"a": 1}})
    assert found.left_out == ()
    assert {topic: set(values.values()) for topic, values in found.values.items()} == {"empty": {0}, "missing": {0}}


def test_a_topic_without_relevant_documents_is_left_out_and_named():
    found = evaluate({"none": ["a"], "one": ["a"]}, {"none": {}, "zero": {"a": 0}, "one": {"a": 1}})
    assert set(found.values) == {"one"}
    assert found.left_out == ("none", "zero")


def test_a_topic_of_the_run_that_nobody_judged_is_passed_over():
    assert evaluate({"other": ["a"]}, {"one": {"a": 1}}).values.keys() == {"one"}


# What trec_eval (by ir_measures and pytrec_eval) prints for the same judgements.
QRELS: dict[str, dict[str, int]] = {
    "plain": {"a": 1},
    "graded": {"a": 1, "b": 2, "c": 3, "z": 3},
    "negative": {"a": -1, "b": 1, "c": 0},
    "many": {f"d{number}": 1 + number % 3 for number in range(14)},
    "missed": {"a": 1},
    "empty": {"a": 2},
}
RUN: dict[str, list[str]] = {
    "plain": ["x", "y", "a"],
    "graded": ["b", "x", "c", "a"],
    "negative": ["a", "c", "b"],
    "many": [f"d{number}" for number in range(3, 20)],
    "missed": ["x", "y"],
    "empty": [],
}


def reference(run: Mapping[str, Sequence[str]], qrels: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, float]]:
    """The values of trec_eval by topic. It sorts by score, so the ranks are turned into scores."""
    names = {
        "recall@1": ir_measures.R @ 1,
        "recall@5": ir_measures.R @ 5,
        "recall@10": ir_measures.R @ 10,
        "mrr@10": ir_measures.RR @ 10,
        "ndcg@10": ir_measures.nDCG @ 10,
    }
    scored = {topic: {one: -float(rank) for rank, one in enumerate(ranked)} for topic, ranked in run.items()}
    found: dict[str, dict[str, float]] = {topic: {} for topic in qrels}
    given = {topic: dict(gains) for topic, gains in qrels.items()}
    for name, measure in names.items():
        for value in ir_measures.iter_calc([measure], given, scored):
            found[value.query_id][name] = value.value
    return found


def agree(run: Mapping[str, Sequence[str]], qrels: Mapping[str, Mapping[str, int]]) -> None:
    expected = reference(run, qrels)
    for topic, values in evaluate(run, qrels).values.items():
        assert values == pytest.approx(expected[topic], abs=1e-6), topic


def test_the_values_are_those_of_trec_eval():
    agree(RUN, QRELS)


def test_the_values_are_those_of_trec_eval_for_any_ranking():
    draw = random.Random(7)
    documents = [f"d{number}" for number in range(30)]
    qrels = {
        f"t{topic}": {one: draw.choice((0, 1, 1, 2, 3)) for one in draw.sample(documents, draw.randint(1, 20))}
        for topic in range(200)
    }
    agree({topic: draw.sample(documents, draw.randint(0, 25)) for topic in qrels}, qrels)
