"""JUnit XML, GitHub annotations, the step summary and the HTML page: all that failed is in them, and nothing of a text
becomes markup or a command."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals.annotations import commands, summary
from evals.claims import JudgedClaim
from evals.dataset import Dataset, Item
from evals.gate import rule
from evals.html_report import html_report, marked
from evals.judge.types import Cited, Source, VerdictKind
from evals.junit import junit
from evals.lock import Bound, Lock
from evals.recording import Recording, read_recording
from evals.report import Report
from evals.scoring import Outcome, score
from rag.types import Answer
from tests.evals.golden import BODY, answer, cited, item
from ui.eval_output import Outputs

NASTY = '<script>alert(1)</script>\x00 ::error::x\n::stop-commands::y & "q" | `c` [l](javascript:z) \ud800'


def recording(*pairs: tuple[Item, Answer | None], claims: tuple[JudgedClaim, ...] = ()) -> Recording:
    rows = tuple(
        score(Outcome(asked, given, texts=(BODY,), error=None if given else "StoreError: gone"), claims)
        for asked, given in pairs
    )
    items = tuple(asked for asked, _ in pairs)
    found = Report(Dataset("hand.jsonl", "sha256:0", items, path="sets/hand.jsonl"), "here", "model", None, rows, "j1")
    return read_recording(json.loads(json.dumps(found.to_dict())))


def claim(text: str = "Le pont ouvre le 16 mai.", verdict: VerdictKind = "contradicted") -> JudgedClaim:
    return JudgedClaim(
        text, verdict, verdict, (False,), "another day", "date", (Cited.whole(Source(BODY, title="Un pont")),)
    )


GOOD = answer("Le pont sera inauguré le 15 mai 2026.", cited())
SUPPORTED = (claim("Le pont sera inauguré le 15 mai 2026.", "supported"),)


def lock(*bounds: Bound, **values) -> Lock:
    return Lock("sha256:0", "both", "j1", "model", "", bounds, dict.fromkeys(values, "pont"), values)


def test_junit_has_a_case_for_every_item_and_skips_none():
    one = recording((item(), GOOD), claims=SUPPORTED)
    two = recording((item(), answer("Le 3 mai.", cited())), (item(id="b-fr"), None), claims=(claim(),))
    passed, broken = (ElementTree.fromstring(junit(run))[0].attrib for run in (one, two))
    assert [passed[name] for name in ("tests", "failures", "errors", "skipped")] == ["1", "0", "0", "0"]
    assert [broken[name] for name in ("tests", "failures", "errors", "skipped")] == ["2", "1", "1", "0"]
    case = ElementTree.fromstring(junit(two)).find(".//testcase[@name='pont-fr']")
    assert case is not None and (case.get("file"), case.get("line")) == ("sets/hand.jsonl", "1")
    assert "no accepted answer in it" in (case[0].get("message") or "")


def test_junit_has_a_case_for_every_bound_of_the_gate():
    run = recording((item(), answer("Le 3 mai.", cited())), claims=(claim(),))
    suite = ElementTree.fromstring(
        junit(run, rule(run, lock(Bound("answer_accuracy", 0.5), Bound("failures", 0.0, True))))
    )[1]
    assert (suite.get("tests"), suite.get("failures")) == (str(len(suite)), "1")
    assert [case.get("name") for case in suite if len(case)] == ["answer_accuracy"]


def test_a_nasty_text_breaks_no_xml_and_no_page_and_gives_no_command():
    run = recording((item(question=NASTY, line=3), answer(NASTY, cited())), claims=(claim(NASTY),))
    assert ElementTree.fromstring(junit(run)).find(".//failure") is not None
    lines = commands(run)
    assert len(lines) == 1 and lines[0].startswith("::warning file=sets/hand.jsonl,line=3,title=")
    assert "\n" not in lines[0]
    assert "<script" not in summary(run) and "](javascript" not in summary(run)
    assert "script" not in tags(html_report(run))


def tags(page: str) -> set[str]:
    """Every element of a page, and its attributes as element.attribute."""
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.add(tag)
            found.update(f"{tag}.{name}" for name, _ in attrs)

    Reader().feed(page)
    return found


def test_the_page_stands_alone_and_runs_nothing():
    page = html_report(recording((item(), GOOD), claims=(claim(),)))
    assert not {"script", "link", "img", "iframe", "object", "form"} & tags(page)
    assert not {one for one in tags(page) if ".on" in one or one.endswith((".src", ".href"))}
    assert "http" not in page


def test_the_page_groups_failures_by_stage_and_marks_what_differs():
    page = html_report(recording((item(), GOOD), claims=(claim(),)))
    assert "Lost in citation (1)" in page and "contradicted: another day" in page
    assert marked("Le pont ouvre le 16 mai", "le pont ouvre, le 15 mai") == "Le pont ouvre le <mark>16</mark> mai"
    assert marked("<b>", "x") == "<mark>&lt;b&gt;</mark>"


def test_a_broken_floor_is_an_error_and_a_failed_item_a_warning_at_its_line():
    run = recording((item(line=7), answer("Le 3 mai.", cited())), claims=(claim(),))
    lines = commands(run, rule(run, lock(Bound("answer_accuracy", 0.5))))
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning"]
    assert "answer_accuracy is below the floor" in lines[0] and "line=7" in lines[1]


def test_the_summary_tells_the_verdict_the_bounds_and_what_can_be_seen():
    run = recording((item(), GOOD), claims=SUPPORTED)
    passed, broken = (rule(run, lock(Bound("answer_accuracy", 0.5), Bound("mrr", limit))) for limit in (0.0, 0.5))
    assert "passed" in summary(run, passed) and "a floor is broken" in summary(run, broken)
    assert "**BROKEN**" in summary(run, broken)


@pytest.mark.parametrize(("annotate", "inside", "printed"), [(None, "true", True), (None, "", False), (True, "", True)])
def test_annotations_come_on_github_or_when_asked_for(
    annotate: bool | None,
    inside: str,
    printed: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("GITHUB_ACTIONS", inside)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "step.md"))
    run = recording((item(), answer("Le 3 mai.", cited())), claims=(claim(),))
    Outputs(None, tmp_path / "r.html", tmp_path / "r.xml", None, annotate).write(run)
    captured = capsys.readouterr()
    assert captured.out == "" and ("::warning" in captured.err) == printed
    assert "hand" in (tmp_path / "step.md").read_text("utf-8")
    assert (tmp_path / "r.html").read_text("utf-8") and (tmp_path / "r.xml").read_text("utf-8")
