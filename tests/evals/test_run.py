"""A run asks every question, keeps every outcome, and opens the archive that it was told to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.dataset import Dataset, InvalidEvaluationError
from evals.report import MEASURES, Report, cell, tables
from evals.run import HITS, check_gold, evaluate, opened, ranking
from evals.scoring import score
from rag.errors import StoreError, UsageError
from rag.settings import load_settings
from tests.evals.golden import Scripted, answer, article, cited, hit, item, unanswerable

RIGHT = answer("Le pont sera inauguré le 15 mai 2026.", cited())
NO = answer("L'archive ne dit rien du tunnel.", abstained=True)


def report(archive: Scripted, *items) -> Report:
    rows = tuple(score(outcome) for outcome in evaluate(archive, items))
    return Report(Dataset("hand.jsonl", "sha256:0", items), "script", "none", None, rows)


def test_every_measure_is_counted_over_what_it_says():
    first, second = item(), unanswerable(id="tunnel", language="en")
    found = report(
        Scripted({first.question: RIGHT, second.question: NO}, [hit("/x.txt"), hit("/pont.txt")]), first, second
    )
    measures = {measure.name: cell(found.measure(measure.name)) for measure in MEASURES}
    assert measures == {
        "recall@1": "0.0% (0/1)",
        "recall@3": "100.0% (1/1)",
        "recall@5": "100.0% (1/1)",
        "recall@10": "100.0% (1/1)",
        "mrr": "50.0% (0.5/1)",
        "ndcg@10": "63.1% (0.63/1)",
        "answer_accuracy": "100.0% (1/1)",
        "sourced_accuracy": "100.0% (1/1)",
        "short_accuracy": "- (0/0)",
        "overall_accuracy": "100.0% (2/2)",
        "right_article_first": "100.0% (1/1)",
        "citation_validity": "100.0% (1/1)",
        "verbatim_rate": "100.0% (1/1)",
        "comment_leak": "- (0/0)",
        "comment_only": "0.0% (0/1)",
        "abstention_precision": "100.0% (1/1)",
        "abstention_recall": "100.0% (1/1)",
        "false_refusals": "0.0% (0/1)",
        "failures": "0.0% (0/2)",
    }


@pytest.mark.parametrize("error", [StoreError("gone"), KeyError("score"), ZeroDivisionError("0/0"), TypeError("None")])
def test_a_question_that_fails_is_wrong_and_the_next_one_is_asked(error: Exception):
    good, bad = item(), item(id="bad", question="Où ?")
    found = report(Scripted({bad.question: error, good.question: RIGHT}, [hit("/pont.txt")]), bad, good)
    assert [row.right for row in found.rows] == [False, True]
    assert cell(found.measure("answer_accuracy")) == "50.0% (1/2)"
    assert cell(found.measure("failures")) == "50.0% (1/2)"


def test_an_archive_that_always_abstains_scores_nothing_on_what_it_could_answer():
    items = (item(), unanswerable(id="tunnel"))
    found = report(Scripted({one.question: NO for one in items}), *items)
    assert [cell(found.measure(name)) for name in ("answer_accuracy", "false_refusals", "abstention_precision")] == [
        "0.0% (0/1)",
        "100.0% (1/1)",
        "50.0% (1/2)",
    ]
    assert found.curve == ()


def test_the_report_is_json_without_nan_even_when_nothing_could_be_measured():
    broken = report(Scripted({item().question: StoreError("gone")}), item())
    parsed = json.loads(json.dumps(broken.to_dict(), allow_nan=False))
    assert parsed["measures"]["citation_validity"] == {"value": None, "part": 0, "whole": 0}
    assert parsed["by_language"].keys() == {"fr"} and parsed["by_kind"].keys() == {"date"}
    assert parsed["items"][0]["why"] == ["failed: StoreError: gone"]
    assert all(table.row_count for table in tables(broken)[:2])


def test_the_day_of_a_question_is_handed_on():
    archive = Scripted({item().question: RIGHT})
    list(evaluate(archive, [item(as_of="2026-02-03"), item()]))
    assert archive.asked_now == ["2026-02-03", None]


def test_articles_are_ranked_by_their_first_passage():
    hits = [hit("/x.txt"), hit("/x.txt"), hit("/pont.txt"), hit("/x.txt")]
    assert ranking(hits, ("pont.txt",)) == (frozenset(), frozenset({"pont.txt"}))


def test_enough_passages_are_asked_for_to_hold_ten_articles():
    assert 10 * load_settings().per_article <= HITS


def test_a_gold_article_must_be_in_the_archive_and_be_one():
    dataset = Dataset("hand.jsonl", "sha256:0", (item(line=7),))
    check_gold([article("/a/pont.txt")], dataset)
    with pytest.raises(InvalidEvaluationError, match=r"line 7: the gold article pont.txt is not in the archive"):
        check_gold([article("/a/autre.txt")], dataset)
    with pytest.raises(InvalidEvaluationError, match=r"names 2 articles"):
        check_gold([article("/a/pont.txt"), article("/b/pont.txt")], dataset)


def test_an_archive_that_is_not_there_is_a_usage_error(tmp_path: Path):
    with (
        pytest.raises(UsageError, match="give --archive a folder"),
        opened(load_settings(), archive=str(tmp_path / "no")),
    ):
        pass


def test_a_store_cannot_be_indexed_into_another_one(tmp_path: Path):
    (tmp_path / "store.json").write_text("{}")
    with (
        pytest.raises(UsageError, match="is a store already"),
        opened(load_settings(), archive=str(tmp_path), store="b"),
    ):
        pass
