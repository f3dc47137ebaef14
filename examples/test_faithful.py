"""Hold your own program's answers against the sources it cites, under pytest, offline.

    pip install pytest
    pytest examples/test_faithful.py

`answer_of` stands for your program: it returns a text and what the text rests on. `assert_faithful` raises an
AssertionError that shows, for each sentence the sources do not carry, the judge's reason and the words that differ.
"""

from __future__ import annotations

import pytest

from evals import TextSource, assert_faithful

NOTICE = TextSource(
    "Le conseil municipal de Brévanne a voté la construction d'une passerelle sur l'Oure. "
    "Le chantier coûtera 3,2 millions d'euros et durera dix-huit mois.",
    published="2024-05-14",
    title="Une passerelle sur l'Oure",
)


def answer_of(question: str) -> tuple[str, list[TextSource]]:
    """Your program: a retriever, a model, a chain, an agent."""
    answers = {
        "Combien coûtera la passerelle ?": "Le chantier coûtera 3,2 millions d'euros.",
        "Combien de temps durera le chantier ?": "Le chantier durera vingt-huit mois.",
    }
    return answers[question], [NOTICE]


def test_an_answer_that_its_sources_carry():
    question = "Combien coûtera la passerelle ?"
    text, sources = answer_of(question)
    assert_faithful(question, text, sources)


def test_an_answer_with_a_wrong_number_is_caught():
    question = "Combien de temps durera le chantier ?"
    text, sources = answer_of(question)
    with pytest.raises(AssertionError, match="vingt-huit"):
        assert_faithful(question, text, sources)
