"""Which of several dated events answers, where the question's words are of no kind of action that rules know."""

from collections.abc import Iterator

import pytest

from rag import Archive
from rag.answer.chooser import likeliest_first
from tests.rag.made import article, made

TEXTS = [
    article(
        "Orgue de Tarvel : une restauration sans fin",
        "L'orgue de l'abbaye de Tarvel est muet. Le facteur Paul Sarre l'a démonté tuyau par tuyau le 4 mars 2019. "
        "La foudre avait frappé le clocher le 12 août 2018, sans toucher l'instrument.",
        date="2019-05-02",
        url="https://example.org/1",
    ),
    article(
        "Un train sort des rails sous l'abbaye",
        "Quatre voyageurs ont été blessés dans le déraillement d'un train de la ligne de Tarvel, mardi soir. La petite "
        "ligne, longue de six kilomètres, n'avait connu qu'un seul déraillement auparavant, en juillet 1953.",
        date="2018-09-13",
        url="https://example.org/2",
    ),
    article(
        "La ligne de Tarvel a rouvert",
        "La ligne de Tarvel a rouvert samedi. L'une des deux rames fonctionne sur batterie. Elle avait roulé à l'essai "
        "pour la première fois le 6 mai, entre le bourg et l'abbaye. Le 11 août 2021, un train y avait percuté un "
        "engin de chantier, sans dérailler.",
        date="2022-06-15",
        url="https://example.org/3",
    ),
    article(
        "Corruption : le sénateur Mirel renvoyé devant le tribunal",
        "Le sénateur Louis Mirel sera jugé pour corruption. Son avocat avait demandé l'annulation de l'enquête le "
        "18 octobre 2022. La ligne de Tarvel sera fermée pour travaux à partir du 3 décembre 2023.",
        date="2023-03-04",
        url="https://example.org/4",
    ),
    article(
        "Onze heures d'audition",
        "Louis Mirel est ressorti par une porte dérobée. Vendredi dernier, le sénateur de la Haute-Tarve a été mis en "
        "examen pour corruption par la juge Hélène Pastor.",
        date="2020-02-13",
        url="https://example.org/5",
    ),
]


@pytest.fixture(scope="module")
def abbey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("abbey"), TEXTS) as archive:
        yield archive


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Quand l'orgue de Tarvel a-t-il été démonté ?", "4 mars 2019"),
        ("Quand la foudre est-elle tombée sur l'abbaye de Tarvel ?", "12 août 2018"),
        ("Quand un train de Tarvel a-t-il déraillé pour la première fois ?", "juillet 1953"),
        ("When was Louis Mirel formally charged with corruption?", "7 February 2020"),
    ],
)
def test_the_event_of_which_the_question_asks_is_chosen(abbey: Archive, question: str, day: str):
    assert abbey.ask(question).short == day


def test_a_day_for_which_something_is_planned_is_told_to_who_asks_for_it(abbey: Archive):
    assert abbey.ask("Quand la ligne de Tarvel sera-t-elle fermée pour travaux ?").short == "3 décembre 2023"


def test_the_last_is_the_latest_event_that_is_likely_one():
    assert likeliest_first("last", days=[1, 5, 9], scores=[3.0, 2.0, -4.0])[0] == 1


def test_the_first_is_the_earliest_event_that_is_likely_one():
    assert likeliest_first("first", days=[1, 5, 9], scores=[-4.0, 1.0, 3.0])[0] == 1


def test_an_unlikely_latest_event_is_told_where_no_other_is_likelier():
    assert likeliest_first("last", days=[1, 5, 9], scores=[-5.0, -5.0, -2.0])[0] == 2


def test_without_last_or_first_the_likeliest_event_answers():
    assert likeliest_first(None, days=[1, 5, 9], scores=[1.0, 3.0, 2.0]) == [1, 2, 0]
