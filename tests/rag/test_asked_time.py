"""The time of a question: windows open on one side, days up to which the archive may know, counts."""

from __future__ import annotations

from datetime import date

import pytest

from rag.question import understand

NOW = date(2026, 2, 3)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Combien de grèves en mars 2024 ?", date(2024, 3, 1), date(2024, 3, 31)),
        ("Combien de grèves depuis 2022 ?", date(2022, 1, 1), date.max),
        ("How many strikes since March 2022?", date(2022, 3, 1), date.max),
        ("Quand Roux a-t-elle vu Dumas avant mars 2024 ?", date.min, date(2024, 2, 29)),
        ("When did Roux meet Dumas before March 2024?", date.min, date(2024, 2, 29)),
        ("Quand Roux a-t-elle vu Dumas après le 5 mars 2024 ?", date(2024, 3, 6), date.max),
        ("When did Roux meet Dumas after 2023?", date(2024, 1, 1), date.max),
        ("When did Roux meet Dumas until 2023?", date.min, date(2023, 12, 31)),
        ("Quand Roux a-t-elle vu Dumas entre 2014 et 2016 ?", date(2014, 1, 1), date(2016, 12, 31)),
        ("When did Roux meet Dumas between March 2024 and May 2024?", date(2024, 3, 1), date(2024, 5, 31)),
        ("Quelle a été la première crue après celle de 1994 ?", date(1995, 1, 1), date.max),
        ("When was the last flood before the one in 1994?", date.min, date(1993, 12, 31)),
        ("What happened last month?", date(2026, 1, 1), date(2026, 1, 31)),
    ],
)
def test_a_date_in_a_question_is_a_window_of_event_time(question: str, first: date, last: date) -> None:
    asked = understand(question, now=NOW)
    assert (asked.first, asked.last, asked.as_of) == (first, last, None)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("As of March 2026, who is the mayor of Sauvy?", date(2026, 3, 31)),
        ("Who is the mayor of Sauvy as of 5 March 2026?", date(2026, 3, 5)),
        ("Quel était le bilan de l'incendie à la date du 7 août 2023 ?", date(2023, 8, 7)),
        ("Quel était le bilan de l'incendie au 7 août 2023 ?", date(2023, 8, 7)),
    ],
)
def test_as_of_is_a_day_of_knowledge_and_no_window(question: str, day: date) -> None:
    asked = understand(question, now=NOW)
    assert (asked.as_of, asked.as_of_loose, asked.first, asked.last) == (day, False, None, None)


@pytest.mark.parametrize(
    "question",
    [
        "En mars 2026, qui était le maire de Sauvy ?",
        "Who was the mayor of Sauvy in March 2026?",
        "Who was the mayor of Sauvy as of March 2026?",
        "En mars 2026, à quel groupe appartenait l'usine de Sauvy ?",
        "Combien un trajet se payait-il à Sauvy en mars 2026 ?",
        "Who was running the Sauvy town hall in March 2026?",
        "How much did you pay for a ticket in Sauvy in March 2026?",
    ],
)
def test_who_held_an_office_at_a_time_may_be_either(question: str) -> None:
    asked = understand(question, now=NOW)
    assert (asked.as_of, asked.as_of_loose) == (date(2026, 3, 31), True)
    assert (asked.first, asked.last) == (date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    "question",
    [
        "Qui a gagné le scrutin en mars 2026 ?",
        "Combien de jours du 3 au 7 août 2023 ?",
        "Quand le port a-t-il été ouvert au public en mars 2024 ?",
        "Quelles élections pourraient avoir lieu en mars 2026 ?",
        "Which elections were held in March 2026?",
    ],
)
def test_what_happened_at_a_time_is_no_as_of(question: str) -> None:
    assert understand(question, now=NOW).as_of is None


@pytest.mark.parametrize(
    "question",
    [
        "Combien de fois Roux a-t-elle vu Dumas ?",
        "À combien de reprises Roux a-t-elle vu Dumas ?",
        "How often did Roux meet Dumas?",
        "How many times did Roux meet Dumas?",
    ],
)
def test_how_often_counts(question: str) -> None:
    asked = understand(question, now=NOW)
    assert asked.counts
    assert not {"fois", "reprises", "times", "often"} & set(asked.keywords)


def test_a_question_without_a_date_has_no_time() -> None:
    asked = understand("Qui est le maire de Sauvy ?", now=NOW)
    assert (asked.first, asked.last, asked.as_of, asked.window_text, asked.counts) == (None, None, None, "", False)
