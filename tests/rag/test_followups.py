"""Follow-up questions made whole."""

from __future__ import annotations

import pytest

from rag.followups import make_whole
from rag.types import Answer, Language

LAST = ("Quand Macron a-t-il parlé à Poutine pour la dernière fois ?", "1er juillet 2025")
LAST_EN = ("When did Macron last call Putin?", "1 July 2025")
COST = ("Combien a coûté le pont Nord ?", "14 millions d'euros")
WHO = ("Qui conteste les conclusions d'Ingrid Sollacaro sur les merles ?", "Matthieu Verneret")


def whole(before: tuple[str, str | None], question: str, language: Language = "fr") -> str:
    return make_whole(question, Answer(before[0], "", language, short=before[1])).text


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        (LAST, "Et avec Zelensky ?", "Quand Macron a-t-il parlé à Zelensky pour la dernière fois ?"),
        (LAST_EN, "What about Zelensky?", "When did Macron last call Zelensky?"),
        (LAST, "Et en 2022 ?", "Quand Macron a-t-il parlé à Poutine pour la dernière fois en 2022 ?"),
        (LAST_EN, "And in March 2022?", "When did Macron last call Putin in March 2022?"),
        (LAST, "Et en Turquie ?", "Quand Macron a-t-il parlé à Poutine pour la dernière fois en Turquie ?"),
        (LAST, "Pourquoi ?", "Pourquoi Macron a-t-il parlé à Poutine pour la dernière fois ?"),
        (LAST_EN, "Why?", "Why did Macron last call Putin?"),
        (LAST, "Combien de temps ?", "Combien de temps Macron a-t-il parlé à Poutine pour la dernière fois ?"),
        (COST, "Et le pont Sud ?", "Combien a coûté le pont Sud ?"),
        (COST, "Et la gare ?", "Combien a coûté la gare ?"),
        (COST, "Où ?", "Où (coûté, pont Nord) ?"),
        (COST, "Quand a-t-il ouvert ?", "Quand a-t-il ouvert (coûté, pont Nord) ?"),
        (WHO, "Qui est-il ?", "Qui est-il (Matthieu Verneret) ?"),
        (LAST_EN, "Who is he?", "Who is he (Macron)?"),
        (LAST, "Et ils ont parlé de quoi ?", "Ils ont parlé de quoi (Macron, Poutine, 1er juillet 2025) ?"),
        (LAST_EN, "What did they say about Iran?", "What did they say about Iran (Macron, Putin, 1 July 2025)?"),
        (
            ("L'incendie de Cournade a fait combien de morts ?", "3"),
            "Et de blessés ?",
            "L'incendie de Cournade a fait combien de blessés ?",
        ),
        (
            ("Combien de morts en 2021 dans l'incendie ?", None),
            "Et en 2023 ?",
            "Combien de morts en 2023 dans l'incendie ?",
        ),
        (
            ("How many people died in the Cournade wildfire?", "three"),
            "When?",
            "When (people died, Cournade wildfire)?",
        ),
    ],
)
def test_a_follow_up_is_made_whole(before: tuple[str, str | None], question: str, meant: str) -> None:
    language: Language = "en" if before[0].startswith(("When", "How")) else "fr"
    assert whole(before, question, language) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Quand le tram de Valorgues a-t-il ouvert ?",
        "Quand la ligne a-t-elle ouvert ?",
        "Est-ce vrai que la mairie a fermé ?",
        "Combien de morts y a-t-il eu dans la tempête de Noël ?",
        "Who is the mayor of Lormelle?",
        "Did it rain in Lormelle?",
    ],
)
def test_a_new_subject_takes_nothing_of_the_old_one(question: str) -> None:
    made = make_whole(question, Answer(LAST[0], "", "fr", short=LAST[1]))
    assert made.text == question
    assert not made.follows


def test_before_that_asks_for_the_last_time_before_the_day_told() -> None:
    made = make_whole("Et avant ça ?", Answer(LAST[0], "", "fr", short=LAST[1]))
    assert made.text == "Quand Macron a-t-il parlé à Poutine pour la dernière fois avant le 1er juillet 2025 ?"


def test_before_that_in_english_too() -> None:
    made = make_whole("And before that?", Answer("When did Macron call Putin?", "", "en", short="1 July 2025"))
    assert made.text == "When did Macron call Putin most recently before 1 July 2025?"


def test_before_that_once_more_goes_further_back() -> None:
    once = "When did Macron call Putin most recently before 1 July 2025?"
    made = make_whole("And before that?", Answer(once, "", "en", short="11 September 2022"))
    assert made.text == "When did Macron call Putin most recently before 11 September 2022?"


def test_the_call_is_what_was_spoken_of() -> None:
    assert "Poutine" in whole(LAST, "Combien de temps a duré l'appel ?")


def test_an_english_follow_up_to_a_french_question_stays_english() -> None:
    made = whole(LAST, "Why?")
    assert made.startswith("Why (")
    assert "Poutine" in made


def test_a_person_that_was_not_found_is_not_taken_over() -> None:
    before = Answer(WHO[0], "", "fr", abstained=True)
    made = make_whole("Et lui, combien d'oiseaux a-t-il suivis ?", before).text
    assert "Verneret" not in made
    assert "Sollacaro" not in made
    assert "merles" in made
