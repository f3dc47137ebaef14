"""`gazette inspect`: one object an article, with the promised keys, from a file or from stdin."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from ui.cli import run

ARTICLES: list[dict[str, Any]] = [
    {
        "title": "Un pont pour Valmont",
        "text": "Le conseil a voté le pont mardi.\n\nLe chantier durera quatorze mois, selon la maire.",
        "date": "2025-03-12",
        "outlet": "Le Courrier de Valmont",
        "author": "Jeanne Arbois",
        "url": "https://courrier.example/pont",
        "language": "fr",
        "comments": [
            {"author": "Nadia", "date": "2025-03-13", "text": "Enfin une bonne nouvelle pour la vallée."},
            {"author": "Paul", "date": "2025-03-14", "text": "Je ne suis pas de cet avis, Nadia.", "parent": 0},
        ],
    },
    {"title": "A bridge for Valmont", "text": "The council voted for the bridge on Tuesday.", "language": "en"},
]
KEYS = {
    "title",
    "title_derived",
    "published",
    "outlet",
    "author",
    "url",
    "language",
    "body",
    "sections",
    "comments",
    "left_out",
}


@pytest.fixture
def one(tmp_path: Path) -> Path:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(ARTICLES[0], ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def several(tmp_path: Path) -> Path:
    path = tmp_path / "several.jsonl"
    path.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in ARTICLES), "utf-8")
    return path


def test_json_is_one_object_with_the_promised_keys(one: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["inspect", str(one), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == KEYS
    assert set(found["published"]) == {"value", "precision", "method", "evidence"}
    assert all(set(section) == {"heading", "text"} for section in found["sections"])
    assert all(set(c) == {"author", "depth", "parent", "date", "text", "confidence"} for c in found["comments"])


def test_json_gives_the_articles_facts(one: Path, capsys: pytest.CaptureFixture[str]):
    run(["inspect", str(one), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["title"] == ARTICLES[0]["title"]
    assert found["title_derived"] is False
    assert (found["published"]["value"], found["published"]["method"]) == ("2025-03-12", "metadata")
    assert found["outlet"] == ARTICLES[0]["outlet"]
    assert [(c["author"], c["depth"], c["parent"]) for c in found["comments"]] == [("Nadia", 0, None), ("Paul", 1, 0)]
    assert found["comments"][0]["date"]["value"] == "2025-03-13"


def test_several_articles_are_one_object_a_line(several: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["inspect", str(several), "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [article["title"] for article in found] == [article["title"] for article in ARTICLES]


def test_the_plain_form_names_comments_with_author_and_depth(one: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["inspect", str(one)]) == 0
    shown = capsys.readouterr().out
    assert "Un pont pour Valmont" in shown
    assert "2025-03-12 (day, metadata" in shown
    assert "1. Nadia (depth 0, 2025-03-13)" in shown
    assert "2. Paul (depth 1, answers 1, 2025-03-14)" in shown


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_file_may_come_from_stdin(form: str, one: Path, tmp_path: Path):
    text = tmp_path / "plain.txt"
    text.write_text("Un pont pour Valmont\n\nLe conseil a voté le pont. Il ouvrira en mai, dit la maire.\n", "utf-8")
    given = (one if form == "json" else text).read_bytes()
    command = [sys.executable, "-m", "ui", "inspect", "-", "--json"]
    done = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, timeout=60, check=True)
    assert json.loads(done.stdout)["title"] == "Un pont pour Valmont"


def test_a_folder_is_not_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["inspect", str(tmp_path)]) == 2
    assert "folder" in capsys.readouterr().err


def test_a_file_that_holds_no_article_is_a_failure_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "broken.json"
    path.write_text("{", "utf-8")
    assert run(["inspect", str(path), "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("gazette: ")
    assert captured.err.count("\n") == 1
