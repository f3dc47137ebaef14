"""Negation and plans in a sentence."""

import pytest

from rag.answer.polarity import negated, planned


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil n’a pas voté le budget.",
        "Aucun élu ne s'est opposé au projet.",
        "Elle ne viendra plus.",
        "The council did not vote.",
        "Nobody left, and the mayor never answered.",
    ],
)
def test_particles_deny(text: str) -> None:
    assert negated(text)


@pytest.mark.parametrize("text", ["Le conseil a voté le budget.", "The council voted.", "Il reste plus de dix élus."])
def test_a_plain_statement_denies_nothing(text: str) -> None:
    assert not negated(text)


@pytest.mark.parametrize(
    "text",
    ["La réunion aura lieu mardi.", "Une rencontre est en train de se préparer.", "The vote is expected on Monday."],
)
def test_what_is_to_come_is_planned(text: str) -> None:
    assert planned(text)


@pytest.mark.parametrize("text", ["La réunion a eu lieu mardi.", "The vote took place on Monday."])
def test_what_happened_is_not_planned(text: str) -> None:
    assert not planned(text)
