"""When a text says a golden string: folding, word boundaries, verdicts."""

from __future__ import annotations

import pytest

from evals.matching import says, verdict, without


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("L’ÉLYSÉE a répondu", "l'elysee"),
        ("un coût de 1 200 000 euros", "1,200,000"),
        ("un coût de 1\u202f200\u00a0000 euros", "1200000"),
        ("a cost of 1,200 euros", "1 200"),
        ("le 15 mai\n2026", "15 mai 2026"),
        ("23,7 milliards", "23,7"),
        ("Zaporijjia.", "Zaporijjia"),
        ("au cœur du sujet", "coeur"),
        ("Oui, selon la mairie.", "Oui,"),
        ("Oui", "Oui."),
        ("No – the mayor said so", "No —"),
    ],
)
def test_a_text_says_a_string_however_it_is_written(text: str, wanted: str):
    assert says(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("il y a 13 blessés", "3"),
        ("3,5 millions", "3"),
        ("1 300 personnes", "300"),
        ("1 300 personnes", "1"),
        ("les parisiens", "Paris"),
        ("12 mars 2025", "2 mars"),
        ("La mairie a dit non.", "non"),
        ("Il a répondu : « Oui, bien sûr »", "Oui,"),
        ("No one came", "No"),
        ("Non-lieu prononcé", "Non"),
        ("", "mai"),
        ("!?", "?"),
        ("anything", " "),
    ],
)
def test_a_part_of_a_word_or_number_is_not_the_string(text: str, wanted: str):
    assert not says(text, wanted)


def test_a_decimal_is_not_taken_for_thousands():
    assert not says("0,125 gramme", "125")
    assert not says("0,125 gramme", "0125")


@pytest.mark.parametrize(
    ("text", "opening"), [("« Oui »", None), ("Oui : en 2025.", "oui"), ("Yes.", "yes"), ("Ouistreham", None)]
)
def test_a_verdict_is_what_a_text_opens_with(text: str, opening: str | None):
    assert verdict(text) == opening


def test_a_repeated_question_is_taken_out():
    assert without("Vous demandez : quand est-il venu ? Jamais.", "Quand est-il venu ?") == "vous demandez : ? jamais."
