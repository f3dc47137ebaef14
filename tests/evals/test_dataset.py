"""What a golden set must hold, and what is said about one that does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.dataset import CATEGORIES, InvalidEvaluationError, load_dataset
from evals.run import SAMPLE
from rag.errors import UsageError

ROW: dict[str, Any] = {
    "id": "a-fr",
    "twin": "a",
    "language": "fr",
    "question": "Quand ?",
    "kind": "date",
    "answerable": True,
    "answers": ["2026"],
    "gold": ["a.txt"],
    "quote": "en 2026",
}


def written(folder: Path, *rows: dict[str, Any] | str) -> Path:
    path = folder / "golden.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_good_line_becomes_an_item(tmp_path: Path):
    row = {**ROW, "all_of": [["2026", "MMXXVI"]], "forbidden": ["2025"], "as_of": "2026-02-03", "why": "stated"}
    (found,) = load_dataset(written(tmp_path, "", row)).items
    assert (found.id, found.line, found.answers, found.all_of) == ("a-fr", 2, ("2026",), (("2026", "MMXXVI"),))
    assert (found.forbidden, found.as_of) == (("2025",), "2026-02-03")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"language": "de"}, "'language' is 'de'"),
        ({"kind": "when"}, "'kind' is 'when'"),
        ({"answerable": "yes"}, "'answerable' must be true or false"),
        ({"answerable": False}, "'answerable' is False"),
        ({"answers": []}, "needs 'answers'"),
        ({"answers": "2026"}, "must be a list of strings"),
        ({"answers": ["2026", 2026]}, "must be a list of strings"),
        ({"answers": ["2026", " - "]}, "no letter and no digit"),
        ({"answers": ["2026", "2026"]}, "same string twice"),
        ({"gold": []}, "needs 'answers' and 'gold'"),
        ({"question": "  "}, "'question' must be a string"),
        ({"all_of": [[]]}, "empty group"),
        ({"all_of": "x"}, "list of lists"),
        ({"forbidden": ["2026"]}, "both accepted and forbidden"),
        ({"as_of": "February"}, "'as_of' is 'February'"),
        ({"as_of": 2026}, "'as_of' is 2026"),
        ({"anwsers": ["2026"]}, "unknown keys: anwsers"),
        ({"kind": "unanswerable", "answerable": False}, "has no 'answers'"),
    ],
)
def test_a_fault_is_named_with_its_line(changes: dict[str, Any], said: str, tmp_path: Path):
    path = written(tmp_path, {**ROW, "id": "good"}, {**ROW, **changes})
    with pytest.raises(InvalidEvaluationError, match="line 2: ") as caught:
        load_dataset(path)
    assert said in str(caught.value)


@pytest.mark.parametrize(("line", "said"), [("{", "not JSON"), ("[1]", "not a JSON object"), ("{}", "lacks id, twin")])
def test_a_line_that_is_no_item_is_named(line: str, said: str, tmp_path: Path):
    with pytest.raises(InvalidEvaluationError, match=f"line 1: {said}"):
        load_dataset(written(tmp_path, line))


def test_an_id_may_be_used_once(tmp_path: Path):
    with pytest.raises(InvalidEvaluationError, match="line 3: the id 'a-fr' is that of line 1"):
        load_dataset(written(tmp_path, ROW, "", ROW))


def test_all_faults_are_named_up_to_five(tmp_path: Path):
    with pytest.raises(InvalidEvaluationError, match=r"line 1: .*line 5: .*and 2 more"):
        load_dataset(written(tmp_path, *["{"] * 7))


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_set_without_items_is_invalid(content: bytes, tmp_path: Path):
    path = tmp_path / "golden.jsonl"
    path.write_bytes(content)
    with pytest.raises(InvalidEvaluationError, match="holds no items"):
        load_dataset(path)


def test_a_file_that_is_not_utf8_is_invalid_and_one_that_is_not_there_a_usage_error(tmp_path: Path):
    path = tmp_path / "golden.jsonl"
    path.write_bytes(b"\xe9")
    with pytest.raises(InvalidEvaluationError, match="not UTF-8"):
        load_dataset(path)
    with pytest.raises(UsageError, match="cannot read"):
        load_dataset(tmp_path / "none.jsonl")


def test_the_digest_changes_with_the_text_and_not_with_the_line_ends(tmp_path: Path):
    path = written(tmp_path, ROW, {**ROW, "id": "b-fr"})
    first = load_dataset(path).digest
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_dataset(path).digest == first
    assert load_dataset(written(tmp_path, ROW, {**ROW, "id": "c-fr"})).digest != first


def test_the_sample_set_has_three_hundred_questions_or_more_each_in_both_languages_and_both_parts():
    items = load_dataset(SAMPLE).items
    twins: dict[str, set[str]] = {}
    for item in items:
        twins.setdefault(item.twin, set()).add(item.language)
    assert len(items) >= 300
    assert [item.id for item in items if item.derived] == []
    assert {item.category for item in items} == CATEGORIES
    assert all(len(load_dataset(SAMPLE, part).items) >= 0.4 * len(items) for part in ("dev", "test"))
    assert set(map(frozenset, twins.values())) == {frozenset({"fr", "en"})}
    assert {item.kind for item in items} >= {"date", "person", "number", "yesno", "list", "opinion", "unanswerable"}
