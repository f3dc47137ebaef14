"""`gazette timeline` on a small archive."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ui.cli import run

ARTICLE = {
    "title": "Un port agrandi",
    "text": "Anne Roux a inauguré le port de Sauvy le 12 mai 2024. Anne Roux doit y revenir en juin 2024.",
    "date": "2024-05-13",
    "outlet": "Le Fanal",
    "language": "fr",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("timeline")
    (folder / "a.json").write_text(json.dumps(ARTICLE), "utf-8")
    assert run(["index", str(folder / "a.json"), "--store", str(folder / "store")]) == 0
    return str(folder / "store")


def test_it_prints_the_day_of_the_event_the_plan_and_who_reports_it(store: str, capsys: Any) -> None:
    assert run(["timeline", "Anne Roux", "--store", store]) == 0
    printed = capsys.readouterr().out
    assert printed.index("12 May 2024") < printed.index("June 2024  [planned]")
    assert "Le Fanal, published 13 May 2024" in printed


def test_json_gives_the_interval_the_status_and_the_citations(store: str, capsys: Any) -> None:
    run(["timeline", "Anne Roux", "--store", store, "--json", "--until", "2024-05"])
    (event,) = json.loads(capsys.readouterr().out)["events"]
    assert (event["from"], event["to"], event["status"]) == ("2024-05-12", "2024-05-12", "happened")
    assert event["citations"][0]["quote"] == "Anne Roux a inauguré le port de Sauvy le 12 mai 2024."


def test_an_archive_without_events_for_it_says_so(store: str, capsys: Any) -> None:
    assert run(["timeline", "Zoé Quillard", "--store", store]) == 0
    assert "no dated event" in capsys.readouterr().out


def test_a_date_that_is_none_is_a_usage_error(store: str) -> None:
    assert run(["timeline", "Anne Roux", "--store", store, "--since", "bientôt"]) == 2
