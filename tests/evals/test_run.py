"""A run asks every question, keeps every outcome, and opens the archive that it was told to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.dataset import Dataset, InvalidEvaluationError
from evals.library import Held, Library, check_gold
from evals.measures import MEASURES
from evals.recording import read_recording
from evals.report import Report
from evals.run import HITS, evaluate, opened, ranking
from evals.scoring import score
from evals.stages import stage_of
from evals.tables import cell, sights, tables
from rag.errors import StoreError, UsageError
from rag.settings import load_settings
from rag.types import Answer, PublicationDate
from tests.evals.golden import BODY, Scripted, answer, article, cited, hit, item, unanswerable

RIGHT = answer("Le pont sera inauguré le 15 mai 2026.", cited())
NO = answer("L'archive ne dit rien du tunnel.", abstained=True)


def report(archive: Scripted, *items) -> Report:
    rows = tuple(score(outcome) for outcome in evaluate(archive, items))
    return Report(Dataset("hand.jsonl", "sha256:0", items), "script", "none", None, rows)


def counted(found: Report) -> dict[str, str]:
    """What each measure is, of those that measured anything."""
    ratios = {measure.name: found.measure(measure.name) for measure in MEASURES}
    return {name: cell(ratio) for name, ratio in ratios.items() if ratio.whole}


def test_every_measure_is_counted_over_what_it_says():
    first, second = item(), unanswerable(id="tunnel", language="en")
    found = report(
        Scripted({first.question: RIGHT, second.question: NO}, [hit("/x.txt"), hit("/pont.txt")]), first, second
    )
    assert counted(found) == {
        "recall@1": "0.0% (0/1)",
        "recall@3": "100.0% (1/1)",
        "recall@5": "100.0% (1/1)",
        "recall@10": "100.0% (1/1)",
        "mrr": "50.0% (0.5/1)",
        "ndcg@10": "63.1% (0.63/1)",
        "answer_accuracy": "100.0% (1/1)",
        "sourced_accuracy": "100.0% (1/1)",
        "nugget_recall": "100.0% (1/1)",
        "overall_accuracy": "100.0% (2/2)",
        "passed": "50.0% (1/2)",
        "right_article_first": "100.0% (1/1)",
        "citation_validity": "100.0% (1/1)",
        "verbatim_rate": "100.0% (1/1)",
        "faithfulness": "0.0% (0/1)",
        "comment_only": "0.0% (0/1)",
        "abstention_precision": "100.0% (1/1)",
        "abstention_recall": "100.0% (1/1)",
        "false_refusals": "0.0% (0/1)",
        "temporal_accuracy": "100.0% (1/1)",
        "accuracy_when": "100.0% (1/1)",
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
    validity = parsed["measures"]["citation_validity"]
    assert (validity["value"], validity["part"], validity["whole"], validity["intervals"]) == (None, 0, 0, [])
    assert parsed["by_language"].keys() == {"fr"} and parsed["by_kind"].keys() == {"date"}
    assert parsed["items"][0]["why"] == ["failed: StoreError: gone"]
    assert all(table.row_count for table in tables(read_recording(parsed))[:2])


def test_every_measure_says_what_it_counts_and_where_it_comes_from():
    found = report(Scripted({item().question: RIGHT}), item()).to_dict()["measures"]
    assert all(one["meaning"] and one["source"] for one in found.values())
    assert {"overall_accuracy", "faithfulness"} < {name for name, one in found.items() if "sight" in one}


def test_a_recording_says_the_same_as_the_run():
    found = report(Scripted({item().question: RIGHT}, [hit("/pont.txt")]), item())
    again = read_recording(json.loads(json.dumps(found.to_dict())))
    assert {m.name: again.measure(m.name) for m in MEASURES} == {m.name: found.measure(m.name) for m in MEASURES}
    assert sights(again)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": 1}, "no recording of this version"),
        ({"items": []}, "holds no items"),
        ({"judge": None, "items": [{}]}, "damaged"),
    ],
)
def test_what_is_no_recording_is_refused(changes: dict, said: str):
    whole = report(Scripted({item().question: RIGHT}), item()).to_dict()
    with pytest.raises(InvalidEvaluationError, match=said):
        read_recording({**whole, **changes})


@pytest.mark.parametrize("pair", [[float("nan"), 1], [2, 1], [-1, 1], [1, 0], ["1", 1], [True, 1], [1]])
def test_a_recorded_number_that_is_no_share_is_refused(pair: list):
    whole = json.loads(json.dumps(report(Scripted({item().question: RIGHT}), item()).to_dict()))
    whole["items"][0]["values"]["answer_accuracy"] = pair
    with pytest.raises(InvalidEvaluationError, match="damaged"):
        read_recording(whole)


def test_a_follow_up_is_asked_after_its_history_in_one_conversation():
    asked = item(category="follow-up", question="Et quand ?", history=("Où est le pont ?", "Qui l'a voté ?"))
    understood = replace(RIGHT, question="Quand le pont sera-t-il inauguré ?")
    archive = Scripted({asked.question: understood, **dict.fromkeys(asked.history, NO)})
    (outcome,) = evaluate(archive, [asked])
    assert [talk.asked for talk in archive.talks] == [["Où est le pont ?", "Qui l'a voté ?", "Et quand ?"]]
    assert archive.searched == ["Quand le pont sera-t-il inauguré ?"] and outcome.answer is understood


def test_a_history_that_fails_makes_the_question_fail():
    asked = item(question="Et quand ?", history=("Où ?",))
    found = report(Scripted({"Où ?": StoreError("gone"), asked.question: RIGHT}), asked)
    assert (found.rows[0].right, cell(found.measure("failures"))) == (False, "100.0% (1/1)")


@pytest.mark.parametrize(
    ("changes", "given", "hits", "stage"),
    [
        ({}, RIGHT, ["/x.txt"], "citation"),
        ({}, replace(RIGHT, text="Le pont.", sentences=()), ["/pont.txt"], "date"),
        ({"kind": "place", "category": "where"}, replace(RIGHT, text="Le pont."), ["/pont.txt"], "reading"),
        ({}, replace(RIGHT, text="Le pont."), ["/x.txt"], "retrieval"),
        ({}, NO, ["/x.txt"], "retrieval"),
        ({}, NO, ["/pont.txt"], "abstention"),
        ({"quote": "inauguré le 15 mai 2026. Le chantier"}, NO, ["/pont.txt"], "segmentation"),
        ({"as_of": "2020-01-01"}, RIGHT, ["/pont.txt"], "date"),
        ({}, StoreError("gone"), ["/pont.txt"], "failure"),
    ],
)
def test_a_failure_is_told_by_the_stage_it_could_not_recover_from(changes, given, hits, stage):
    asked = item(**{"category": "when", **changes})
    dated = replace(article(), published=PublicationDate("2026-01-12", "day"))
    if isinstance(given, Answer):
        given = replace(given, citations=tuple(replace(one, article=dated) for one in given.citations))
    halves = tuple(BODY[a:b] for a, b in ((0, 48), (48, None)))
    library = Library((Held(article(), BODY, passages=halves),))
    (outcome,) = evaluate(Scripted({asked.question: given}, list(map(hit, hits))), [asked], library=library)
    assert stage_of(score(outcome)) == stage


def test_an_unanswerable_question_that_was_answered_is_lost_in_abstention():
    asked = unanswerable()
    (outcome,) = evaluate(Scripted({asked.question: RIGHT}), [asked])
    assert stage_of(score(outcome)) == "abstention"


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
