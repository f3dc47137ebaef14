"""Two articles that give different values for one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rag import Answer
from tests.rag.made import article, made

FIRST = article(
    "Crue à Sauvy : le bourg évacué",
    "La crue de la Sauve a forcé l'évacuation du bourg de Sauvy vendredi 3 mai 2024. "
    "L'évacuation de Sauvy a concerné 340 habitants.",
    date="2024-05-04",
    outlet="Le Fanal",
)
QUESTION = "Combien d'habitants l'évacuation de Sauvy a-t-elle concernés ?"


def second(text: str, **more: Any) -> dict[str, Any]:
    return article("La nuit de la crue à Sauvy", text, **{"date": "2024-05-05", "outlet": "L'Écho"} | more)


def asked(folder: Path, *articles: dict[str, Any], question: str = QUESTION) -> Answer:
    with made(folder, articles) as archive:
        return archive.ask(question)


def outlets(answer: Answer) -> set[str | None]:
    return {citation.article.outlet for citation in answer.citations}


def test_both_values_are_told_with_their_sources_and_dates(tmp_path: Path) -> None:
    other = second("Dans la nuit du 3 mai 2024, l'évacuation de Sauvy a concerné 520 habitants, hébergés au gymnase.")
    answer = asked(tmp_path, FIRST, other)
    assert outlets(answer) == {"Le Fanal", "L'Écho"}
    assert "340" in answer.text
    assert "520" in answer.text
    assert "les sources divergent : " in answer.text
    assert "4 mai 2024" in answer.text
    assert "5 mai 2024" in answer.text


def test_english_frames_tell_it_in_english(tmp_path: Path) -> None:
    other = second("Dans la nuit du 3 mai 2024, l'évacuation de Sauvy a concerné 520 habitants, hébergés au gymnase.")
    answer = asked(tmp_path, FIRST, other, question="How many habitants did the évacuation of Sauvy concern?")
    assert "the sources differ: " in answer.text


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("L'évacuation de Sauvy a concerné 340 habitants, hébergés au gymnase.", {}),  # the same
        ("L'évacuation de Sauvy a concerné environ 300 habitants, hébergés au gymnase.", {}),  # rounded
        ("L'évacuation de Sauvy a concerné 520 habitants au total en dix ans.", {}),  # a total
        ("L'évacuation de Sauvy a concerné 520 animaux, hébergés au gymnase.", {}),  # another thing counted
        ("L'évacuation de Sauvy le 12 janvier 2023 a concerné 520 habitants.", {"date": "2023-01-13"}),  # another day
        ("L'évacuation de Sauvy, à Malconche, a concerné 520 habitants.", {}),  # another place
        ("L'évacuation de Sauvy a concerné 520 habitants et non 340 comme annoncé.", {}),  # set in relation already
    ],
)
def test_no_conflict_is_made_of_what_may_be_none(tmp_path: Path, text: str, more: dict[str, Any]) -> None:
    answer = asked(tmp_path, FIRST, second(text, **more))
    assert "divergent" not in answer.text


def test_two_dates_of_one_event(tmp_path: Path) -> None:
    other = article("Un jumelage fêté", "Le jumelage de Sauvy et Orvel a été signé le 14 juin 2023.", outlet="L'Écho")
    one = article("Sauvy et Orvel jumelées", "Le jumelage de Sauvy et Orvel a été signé le 12 juin 2023 à la mairie.")
    answer = asked(tmp_path, one, other, question="Quand le jumelage de Sauvy et Orvel a-t-il été signé ?")
    assert "12 juin 2023" in answer.text
    assert "14 juin 2023" in answer.text
    assert "les sources divergent : " in answer.text


def test_a_later_correction_is_the_answer_and_is_named_as_one(tmp_path: Path) -> None:
    correction = article(
        "Rectificatif : crue à Sauvy",
        "Nous avons écrit un chiffre inexact dans notre édition du 4 mai. "
        "L'évacuation de Sauvy a concerné 430 habitants.",
        date="2024-05-07",
        outlet="Le Fanal",
    )
    answer = asked(tmp_path, FIRST, correction)
    assert answer.short is not None
    assert answer.short.startswith("430")
    assert "Le Fanal, 7 mai 2024 (rectificatif) :" in answer.text
    assert all("340" not in citation.quote for citation in answer.citations)


def test_the_right_value_beside_the_wrong_one_in_a_correction(tmp_path: Path) -> None:
    correction = article(
        "Erratum : la crue à Sauvy",
        "Dans notre article du 4 mai, nous écrivions que l'évacuation de Sauvy a concerné 340 habitants. "
        "C'est inexact, et la mairie vient de le rectifier : il y en eut 434 habitants.",
        date="2024-05-07",
    )
    answer = asked(tmp_path, FIRST, correction)
    assert answer.short is not None
    assert answer.short.startswith("434")
    assert "(rectificatif) :" in answer.text


def test_a_later_article_that_names_the_value_as_wrong(tmp_path: Path) -> None:
    later = second("Le bilan de l'évacuation de Sauvy est établi : 520 habitants, et non 340, furent évacués.")
    answer = asked(tmp_path, FIRST, later)
    assert answer.short is not None
    assert answer.short.startswith("520")
