"""The measures on rankings and flags counted by hand."""

from __future__ import annotations

import math

import pytest

from evals.metrics import Attempt, Ratio, mean, ndcg_at, recall_at, reciprocal_rank, refusal_curve, reliability, share

A, B, NONE = frozenset({"a"}), frozenset({"b"}), frozenset[str]()


def test_recall_counts_the_gold_articles_among_the_first_k():
    ranked = (NONE, A, NONE, B)
    assert [recall_at(k, ranked, ("a", "b")) for k in (1, 2, 3, 4, 10)] == [0, 0.5, 0.5, 1, 1]


def test_an_article_met_twice_counts_once():
    assert recall_at(2, (A, A), ("a", "b")) == 0.5
    assert ndcg_at(2, (A, A), ("a",)) == 1.0


def test_the_reciprocal_rank_is_that_of_the_first_gold_article():
    assert reciprocal_rank((NONE, A, B), ("a", "b")) == 0.5
    assert reciprocal_rank((NONE, NONE), ("a",)) == 0
    assert reciprocal_rank((), ("a",)) == 0


def test_the_discounted_gain_is_one_for_the_best_order_and_falls_with_the_rank():
    assert ndcg_at(10, (A, B), ("a", "b")) == pytest.approx(1)
    assert ndcg_at(10, (NONE, A), ("a",)) == pytest.approx(1 / math.log2(3))
    assert ndcg_at(1, (NONE, A), ("a",)) == 0


def test_a_ratio_over_nothing_has_no_value():
    assert Ratio(0, 0).value is None
    assert share([]).value is None
    assert mean([]).to_dict() == {"value": None, "part": 0, "whole": 0}


def test_a_ratio_keeps_what_it_is_counted_over():
    assert share([True, False, True, True]).to_dict() == {"value": 0.75, "part": 3, "whole": 4}


def test_the_curve_goes_from_the_surest_answers_to_all():
    attempts = [
        Attempt(0.9, True, True),
        Attempt(0.8, True, True),
        Attempt(0.3, True, False),
        Attempt(0.1, False, True),
    ]
    curve = refusal_curve(attempts, points=3)
    assert [(p.coverage.part, p.coverage.whole) for p in curve] == [(1, 4), (2, 4), (3, 4)]
    assert [p.accuracy.value for p in curve] == [1, 1, pytest.approx(2 / 3)]


def test_answers_of_one_confidence_are_given_together():
    curve = refusal_curve([Attempt(0.5, True, True), Attempt(0.5, True, False)], points=2)
    assert [(p.accuracy.part, p.accuracy.whole) for p in curve] == [(1, 2)]


def test_the_curve_does_not_hang_on_the_order_of_the_questions():
    attempts = [Attempt(n % 4 / 4, n % 3 > 0, n % 2 > 0) for n in range(24)]
    assert refusal_curve(attempts) == refusal_curve(attempts[::-1])


def test_no_answers_make_no_curve():
    assert refusal_curve([]) == refusal_curve([Attempt(0.5, False, False)]) == ()


def test_reliability_sets_the_mean_confidence_beside_the_share_of_right_answers():
    attempts = [
        Attempt(0.9, True, True),
        Attempt(0.8, True, False),
        Attempt(0.1, True, False),
        Attempt(1.0, True, True),
    ]
    low, high = reliability(attempts, bins=2)
    assert (low.confidence, low.accuracy) == (0.1, Ratio(0, 1))
    assert (high.confidence, high.accuracy) == (pytest.approx(0.9), Ratio(2, 3))


def test_reliability_leaves_out_what_was_not_answered_or_has_no_confidence():
    bins = reliability([Attempt(0.9, False, False), Attempt(-1.0, True, True)], bins=2)
    assert [(one.confidence, one.accuracy.whole) for one in bins] == [(None, 0), (None, 0)]
