"""Generated answers in English on French articles, with the bundled embedding model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Archive
from rag.embedding import load_embedder
from tests.rag.generated import Asking, build, citing

CALL = "au téléphone mardi"
BRIDGE = "reconstruction du pont"
WHEN_EN = "When did Macron speak to Putin?"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    embedder = load_embedder("bundled")
    with Archive.open(build(tmp_path_factory.mktemp("bilingual"), embedder), embedder=embedder) as archive:
        yield Asking(archive)


def test_an_english_answer_may_rest_on_a_french_passage(ask: Asking):
    reply = (
        "Emmanuel Macron and Vladimir Putin spoke on Tuesday 1 July 2025 [{call}]. The call lasted two hours [{call}]."
    )
    answer = ask(WHEN_EN, citing(reply, call=CALL))
    assert len(answer.sentences) == 2
    assert answer.citations[1].quote.startswith("L'appel a duré deux heures")


def test_figures_may_be_written_as_the_other_language_does(ask: Asking):
    reply = "Valmont's municipal council voted to reconstruct the bridge (pont) for €12.5m [{bridge}]."
    assert ask("How much will the Valmont bridge cost?", citing(reply, bridge=BRIDGE)).notes == ()


def test_when_nothing_is_borne_out_the_extracts_answer_and_a_note_says_why(ask: Asking):
    answer = ask(WHEN_EN, citing("Macron and Putin spoke in March 2031 [{call}].", call=CALL))
    assert answer.citations
    assert "2031" not in answer.text
    assert answer.notes == (
        "This answer is made of extracts: what the language model wrote is not borne out by the passages it cites.",
    )


def test_the_short_answer_stays_when_the_text_says_it(ask: Asking):
    same = ask(WHEN_EN, citing("Macron and Putin spoke on 1 July 2025 [{call}].", call=CALL))
    other = ask(WHEN_EN, citing("Macron and Putin spoke for two hours [{call}].", call=CALL))
    assert (same.short, other.short) == ("1 July 2025", None)
