"""Yes and no, comparisons and lists, over small archives made of a few articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from rag import Archive
from tests.rag.made import article, made

TOWN: list[dict[str, Any]] = [
    article(
        "Varmont : le marché de nuit annulé",
        "La mairie de Varmont a confirmé l'annulation du marché de nuit, prévu du 14 au 16 juin 2024 sur la place.",
        date="2024-05-20",
    ),
    article(
        "À Varmont, la fête malgré tout",
        "Les Lampions de Varmont se sont finalement tenus du 14 au 16 juin 2024, dans la cour de l'école.",
        date="2024-06-18",
    ),
    article(
        "Transports de Brégnac : ce qui change en septembre",
        "Le tramway de Brégnac ne sera pas gratuit en septembre. Le stade de Brégnac n'est pas touché par les travaux. "
        "La médiathèque de Brégnac sera ouverte le dimanche si la région paie les gardiens.",
        date="2024-07-02",
    ),
    article(
        "Incendie de la halle de Sorbière",
        "La halle de Sorbière a brûlé dans la nuit de lundi. L'hypothèse d'un acte volontaire, un temps envisagée, est "
        "écartée, a dit la procureure.",
        date="2024-03-08",
    ),
    article(
        "Deux vélos au banc d'essai",
        "Le vélo Cormoran est bien moins cher que le vélo Albatros.",
        date="2024-04-11",
    ),
    article(
        "Sécheresse dans la Dorvane",
        "Cette fois, quarante-deux communes sont en alerte, contre dix-neuf en juillet.",
        date="2023-09-06",
    ),
    article(
        "Le chantier du viaduc de Malpertuis",
        "Le viaduc de Malpertuis est ouvert depuis lundi. L'exploitant Routalia chiffre le viaduc à 41 millions "
        "d'euros. L'association Vigie du Val, elle, en estime le coût à 67 millions d'euros.",
        date="2024-02-09",
    ),
    article(
        "Le festival de Tarnelle annonce ses invités",
        "Le festival de Tarnelle recevra trois chanteuses : Lise Aumont, Carla Brévin et Nour Daoud. Viendra aussi la "
        "chanteuse Inès Fauvel.",
        date="2024-05-05",
    ),
    article(
        "À la chambre des métiers de Corbeval",
        "Paul Verdane dirige la chambre des métiers de Corbeval. Il a pris la suite d'Anne Soral. Elle reste à la tête "
        "de son atelier.",
        date="2024-01-12",
    ),
]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("town"), TOWN) as archive:
        yield archive


@pytest.mark.parametrize(
    ("question", "word", "quoted"),
    [
        ("Le tramway sera-t-il gratuit à Brégnac en septembre ?", "Non", "pas gratuit"),
        ("Will the Brégnac tramway be free in September?", "No", "pas gratuit"),
        ("Le stade de Brégnac est-il touché par les travaux ?", "Non", "pas touché"),
        ("L'incendie de la halle de Sorbière était-il volontaire ?", "Non", "volontaire"),
        ("Le viaduc de Malpertuis a-t-il ouvert ?", "Oui", "ouvert depuis lundi"),
        ("Has the Malpertuis viaduct opened?", "Yes", "ouvert depuis lundi"),
        ("Le viaduc de Malpertuis est-il fermé ?", "Non", "ouvert depuis lundi"),
    ],
)
def test_a_predicate_or_its_opposite_decides_and_the_answer_opens_with_the_verdict(
    town: Archive, question: str, word: str, quoted: str
) -> None:
    answer = town.ask(question)
    assert answer.short == word
    assert answer.text.startswith(f"{word}. ")
    assert quoted in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Le vélo Cormoran coûte-t-il moins que le vélo Albatros ?", "Oui"),
        ("Le vélo Albatros est-il moins cher que le vélo Cormoran ?", "Non"),
    ],
)
def test_a_comparison_is_read_from_its_own_subject(town: Archive, question: str, word: str) -> None:
    assert town.ask(question).short == word


def test_a_later_report_of_the_same_days_overrides_what_was_announced(town: Archive) -> None:
    answer = town.ask("Le marché de nuit de Varmont a-t-il été maintenu en juin 2024 ?")
    assert answer.short == "Oui"
    assert "tenus" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "La piscine de Brégnac est-elle touchée par les travaux ?",  # another matter
        "Le tramway sera-t-il gratuit à Sorbière en septembre ?",  # another place
        "La médiathèque de Brégnac est-elle ouverte le dimanche ?",  # on a condition only
        "Le viaduc de Malpertuis a-t-il été fermé en 2019 ?",  # another year
        "L'incendiaire de la halle de Sorbière a-t-il été condamné ?",  # there is none
        "Paul Verdane a-t-il démissionné de la chambre des métiers de Corbeval ?",  # another person is spoken of
    ],
)
def test_what_no_sentence_settles_is_left_open(town: Archive, question: str) -> None:
    assert town.ask(question).abstained


@pytest.mark.parametrize(
    "question",
    [
        "Compare le nombre de communes en alerte dans la Dorvane en juillet et en septembre 2023.",
        "Compare the number of Dorvane communes on alert in July and in September 2023.",
    ],
)
def test_one_sentence_that_holds_both_months_values_is_quoted_alone(town: Archive, question: str) -> None:
    answer = town.ask(question)
    assert [("quarante-deux" in c.quote, "dix-neuf" in c.quote) for c in answer.citations] == [(True, True)]


def test_months_of_another_year_are_not_compared(town: Archive) -> None:
    question = "Compare le nombre de communes en alerte dans la Dorvane en juillet et en septembre 2019."
    assert town.ask(question).abstained


def test_two_sources_give_a_value_each(town: Archive) -> None:
    answer = town.ask("Combien coûte le viaduc de Malpertuis selon Routalia et selon Vigie du Val ?")
    assert all(value in answer.text for value in ("41 millions", "67 millions"))


def test_a_list_is_taken_from_the_sentence_that_enumerates_and_the_one_that_adds_to_it(town: Archive) -> None:
    answer = town.ask("Quelles chanteuses le festival de Tarnelle recevra-t-il ?")
    assert answer.short is not None
    assert all(name in answer.short for name in ("Lise Aumont", "Carla Brévin", "Nour Daoud", "Inès Fauvel"))
    assert len(answer.citations) == 2
