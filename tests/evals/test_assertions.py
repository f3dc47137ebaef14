"""`assert_faithful` in someone else's tests: what passes, what raises, and what the message shows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from evals import TextSource, assert_faithful
from rag.errors import UsageError
from tests.conftest import ROOT
from tests.evals.judges import AlwaysYes, Fallen, Letters

ASKED = "Combien coûtera la passerelle ?"
SOURCE = "Le chantier coûtera 3,2 millions d'euros et durera dix-huit mois. La maire est absente."


def message(answer: str, sources: list, **options) -> str:
    with pytest.raises(AssertionError) as caught:
        assert_faithful(ASKED, answer, sources, **options)
    return str(caught.value)


def test_what_stands_in_the_source_passes():
    assert_faithful(ASKED, "Le chantier coûtera 3,2 millions d'euros et durera dix-huit mois.", [SOURCE])


def test_each_sentence_that_is_not_carried_is_shown_beside_the_nearest_words():
    told = message("Le chantier coûtera 4,7 millions d'euros. Zut !", [SOURCE], judge=Letters())
    assert "2 of 2 sentences" in told
    assert "[-4,7-] {+3,2+}" in told
    assert "nearest: Le chantier coûtera 3,2 millions" in told


@pytest.mark.parametrize("answer", ["", "  \n", "...", "Combien coûtera la passerelle"])
def test_an_answer_that_says_nothing_raises_whatever_the_judge(answer: str):
    assert "says nothing" in message(answer, [SOURCE], judge=AlwaysYes())


def test_an_answer_without_sources_raises_whatever_the_judge():
    assert "nothing is cited" in message("Trois millions.", [], judge=AlwaysYes())


def test_a_judge_that_fails_raises():
    assert "undecided" in message("Trois millions.", [TextSource(SOURCE, "2024-05-14")], judge=Fallen())


def test_one_text_in_place_of_a_list_is_a_usage_error():
    with pytest.raises(UsageError, match="list of texts"):
        assert_faithful(ASKED, "Trois.", SOURCE)


def test_the_example_runs():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "examples/test_faithful.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "2 passed" in done.stdout) == (0, True), done.stdout
