"""`gazette index`, `ask`, `search` and `status` on a real archive of three small files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ui.cli import run

PONT = """Un pont pour Valmont

Publié le 12 mars 2025

Le conseil municipal de Valmont a voté mardi la construction du pont de la Loue. Le chantier durera quatorze mois, a
précisé la maire, Jeanne Arbois.

Le pont sera inauguré le 15 mai 2026, selon la mairie de Valmont.
"""
MUSEE = {
    "title": "The museum of Harwick closes its doors",
    "text": "The museum of Harwick will close on 3 June 2024, its director Peter Lorne said. Forty people work there.",
    "date": "2024-04-02",
    "outlet": "Harwick Echo",
    "language": "en",
    "comments": [
        {"author": "Mary", "date": "2024-04-03", "text": "I think closing the museum of Harwick is a disgrace."}
    ],
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "pont.txt").write_text(PONT, "utf-8")
    (folder / "musee.json").write_text(json.dumps(MUSEE), "utf-8")
    (folder / "broken.json").write_text("{", "utf-8")
    return folder


@pytest.fixture(scope="module")
def store(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("cli") / "store")
    assert run(["index", str(papers), "--store", folder]) == 0
    return folder


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    """The one JSON object on stdout."""
    return json.loads(capsys.readouterr().out)


def test_the_report_counts_what_went_in_and_names_what_did_not(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["index", str(papers), "--store", str(tmp_path / "store"), "--json"]) == 0
    report = printed(capsys)
    assert (report["articles"], report["comments"], report["unchanged"]) == (2, 1, 0)
    assert report["embedded"] == report["passages"] > 0
    assert [Path(one["source"]).name for one in report["set_aside"]] == ["broken.json"]
    assert report["set_aside"][0]["reason"]


def test_indexing_again_embeds_nothing(papers: Path, store: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(["index", str(papers), "--store", store, "--json"]) == 0
    report = printed(capsys)
    assert (report["embedded"], report["unchanged"]) == (0, 2)


def test_the_plain_report_names_the_file_that_was_set_aside(
    papers: Path, store: str, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()
    assert run(["index", str(papers), "--store", store]) == 0
    captured = capsys.readouterr()
    assert "broken.json" in captured.out
    assert captured.err == ""


def test_nothing_indexed_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "broken.json").write_text("{", "utf-8")
    assert run(["index", str(tmp_path / "broken.json"), "--store", str(tmp_path / "store"), "--json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["articles"] == 0
    assert captured.err.count("\n") == 1


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["index", str(tmp_path / "none"), "--store", str(tmp_path / "store")]) == 2
    assert "none" in capsys.readouterr().err


def test_an_answer_in_json_is_one_object_with_the_promised_keys(store: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(["ask", "Quand le pont de Valmont sera-t-il inauguré ?", "--store", store, "--json"]) == 0
    answer = printed(capsys)
    assert {"text", "short", "language", "abstained", "reason", "as_of", "citations"} <= set(answer)
    first = answer["citations"][0]
    assert {"quote", "kind", "start", "end", "article", "comment"} <= set(first)
    assert {"id", "title", "published", "source"} <= set(first["article"])
    assert set(first["article"]["published"]) == {"value", "precision", "method"}
    assert "15 mai 2026" in first["quote"]


def test_a_plain_answer_shows_its_source(store: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(["ask", "When will the museum of Harwick close?", "--store", store]) == 0
    shown = capsys.readouterr().out
    assert "[1]" in shown
    assert "3 June 2024" in shown
    assert "Harwick Echo, 2024-04-02" in shown


def test_an_abstention_is_done_and_under_strict_a_failure(store: str, capsys: pytest.CaptureFixture[str]):
    question = "When did the emperor of Japan visit Lisbon?"
    assert run(["ask", question, "--store", store, "--json"]) == 0
    capsys.readouterr()
    assert run(["ask", question, "--store", store, "--json", "--strict"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["abstained"] is True
    assert captured.err == ""


def test_now_is_the_day_that_the_answer_goes_by(store: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(["ask", "Who is the mayor of Valmont?", "--store", store, "--json", "--now", "2025-12-24"]) == 0
    assert printed(capsys)["as_of"] == "2025-12-24"


def test_an_empty_question_is_a_usage_error(store: str, capsys: pytest.CaptureFixture[str]):
    assert run(["ask", "  ", "--store", store]) == 2
    assert capsys.readouterr().err.startswith("gazette: ")


def test_hits_in_json_carry_their_scores(store: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(["search", "pont de la Loue", "--store", store, "--json", "--limit", "2"]) == 0
    found = printed(capsys)
    assert found["query"] == "pont de la Loue"
    assert 1 <= len(found["hits"]) <= 2
    assert {"text", "kind", "score", "dense", "bm25", "article"} <= set(found["hits"][0])
    assert found["hits"][0]["article"]["title"] == "Un pont pour Valmont"


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (["--outlet", "Harwick Echo"], {MUSEE["title"]}),
        (["--since", "2025"], {"Un pont pour Valmont"}),
        (["--until", "2024-04"], {MUSEE["title"]}),
        (["--language", "fr"], {"Un pont pour Valmont"}),
        (["--kind", "comment"], {MUSEE["title"]}),
    ],
)
def test_a_filter_keeps_what_it_says(
    filters: list[str], titles: set[str], store: str, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()
    assert run(["search", "Valmont Harwick", "--store", store, "--json", *filters]) == 0
    assert {hit["article"]["title"] for hit in printed(capsys)["hits"]} == titles


def test_the_status_counts_what_the_store_holds(store: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(["status", "--store", store, "--json"]) == 0
    found = printed(capsys)
    assert (found["articles"], found["comments"], found["latest"]) == (2, 1, "2025-03-12")
    assert found["languages"] == {"fr": 1, "en": 1}
    assert found["outlets"] == {"Harwick Echo": 1}


@pytest.mark.parametrize("command", [["ask", "q"], ["search", "q"], ["status"], ["chat"]])
def test_a_store_that_is_not_there_is_a_failure_and_is_not_made(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = tmp_path / "none"
    assert run([*command, "--store", str(folder)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "index" in captured.err
    assert not folder.exists()


def test_the_store_may_come_from_the_settings(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()
    monkeypatch.setenv("GAZETTE_STORE", store)
    assert run(["status", "--json"]) == 0
    assert printed(capsys)["store"] == store
