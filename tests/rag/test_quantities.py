"""Numbers with units in French and English, and their wording in the other language."""

import pytest

from rag.answer.numbers import is_age
from rag.answer.quantities import find_quantities, translate
from rag.text import Span
from rag.types import Language


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Le chantier coûtera 312 millions d'euros, soit 12,5 % de plus.",
            [("312 millions d'euros", "money"), ("12,5 %", "percent")],
        ),
        ("une conversation téléphonique d’une heure", [("une heure", "duration")]),
        ("3 morts, treize blessés, 1 200 hectares", [("3", "count"), ("treize", "count"), ("1 200", "count")]),
        (
            "It cost $1.5 million and took twenty-two months",
            [("$1.5 million", "money"), ("twenty-two months", "duration")],
        ),
        ("half an hour of talks, 44.8% of the vote", [("half an hour", "duration"), ("44.8%", "percent")]),
        ("un homme, une femme et un chien", []),
    ],
)
def test_quantities_carry_their_unit(text: str, found: list[tuple[str, str]]) -> None:
    assert [(q.text, q.unit) for q in find_quantities(text)] == found
    assert all(text[q.start : q.end] == q.text for q in find_quantities(text))


def test_quantities_inside_a_date_are_left_out() -> None:
    text = "Le 12 mars, 40 élus ont voté."
    assert [q.text for q in find_quantities(text, [Span(3, 10)])] == ["40"]


@pytest.mark.parametrize(
    ("text", "source", "target", "wording"),
    [
        ("312 millions d'euros", "fr", "en", "312 million euros"),
        ("2,5 milliards d’euros", "fr", "en", "2.5 billion euros"),
        ("12,5 %", "fr", "en", "12.5%"),
        ("1 200 hectares", "fr", "en", "1,200 hectares"),
        ("une heure", "fr", "en", "one hour"),
        ("one hour", "en", "fr", "une heure"),
        ("$1.5 million", "en", "fr", "1,5 millions de dollars"),
        ("44.8%", "en", "fr", "44,8 %"),
        ("trente jours", "fr", "fr", "trente jours"),
    ],
)
def test_a_quantity_is_worded_in_the_other_language(
    text: str, source: Language, target: Language, wording: str
) -> None:
    assert translate(text, source, target) == wording


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Il a signé le jour de ses 18 ans", True),
        ("L'attaquant de 23 ans est blessé", True),
        ("Anne Roux, 56 ans, dirige le port", True),
        ("les moins de 17 ans", True),
        ("a 23-year-old sailor", True),
        ("un bail de 30 ans", False),
        ("pendant ses 12 ans de mandat", False),
        ("pendant plus de 30 ans", False),
        ("she ruled for over 30 years", False),
    ],
)
def test_an_age_is_told_from_a_duration(text: str, age: bool) -> None:
    (quantity,) = find_quantities(text)
    assert is_age(text, quantity) == age


def test_a_number_within_a_name_is_no_quantity() -> None:
    found = find_quantities("On guérit du Covid-19 dans une moyenne de deux semaines.")
    assert [quantity.text for quantity in found] == ["deux semaines"]
