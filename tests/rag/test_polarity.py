"""Negation and plans in a sentence."""

import pytest

from rag.answer.opposites import poles
from rag.answer.polarity import negated, planned
from rag.text import fold


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


@pytest.mark.parametrize(
    ("text", "sense", "sign"),
    [
        ("La foire n'aura pas lieu.", "held", -1),
        ("The fair did not take place.", "held", -1),
        ("La foire n'a pas été annulée.", "held", 1),
        ("Le camping ne rouvrira pas cette saison.", "open", -1),
        ("La ville renonce à fermer l'école.", "open", 1),
        ("Il n'y aura donc pas de gratuité.", "free", -1),
        ("L'hypothèse d'un acte volontaire est écartée.", "deliberate", -1),
        ("Le loyer a baissé, mais la taxe n'a pas bougé.", "rise", -1),
        ("Non seulement le pont est ouvert, mais il est éclairé.", "open", 1),
    ],
)
def test_a_clause_asserts_a_predicate_or_its_opposite(text: str, sense: str, sign: int) -> None:
    assert [pole.sign for pole in poles(fold(text)) if pole.sense == sense] == [sign]
