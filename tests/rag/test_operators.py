"""The last and the first of several events, and the day of an event, over archives that tell of many of one kind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag import Archive
from tests.rag.made import article, made


def told(number: int, day: str, title: str, text: str, **more: Any) -> dict[str, Any]:
    return article(title, text, date=day, url=f"https://example.org/{number}", **more)


CALLS = [
    told(
        1,
        "2020-02-13",
        "Roux et Dumas se parlent",
        "Anne Roux et Luc Dumas se sont entretenus au téléphone mardi pendant quarante minutes.\n\nC'est la "
        "première fois "
        "qu'Anne Roux s'entretient par téléphone avec Luc Dumas.",
    ),
    told(
        2,
        "2023-01-18",
        "Roux et Dumas : un appel écourté",
        "Anne Roux a téléphoné mardi à Luc Dumas, qui a raccroché. C'est leur quatrième conversation "
        "téléphonique, et la "
        "première depuis celle de février 2020.",
    ),
    told(
        3,
        "2024-05-17",
        "Sauvy rouvre son port",
        "Anne Roux a inauguré jeudi le port de Sauvy. Un appel entre Anne Roux et Luc Dumas devait avoir lieu le "
        "20 mai.",
    ),
    told(
        4,
        "2025-11-12",
        "Roux et Dumas renouent",
        "Anne Roux et Luc Dumas se sont parlé lundi soir au téléphone. La dernière fois qu'un ministre avait "
        "appelé Luc "
        "Dumas, c'était en mars 2022.",
    ),
    told(
        5,
        "2026-03-19",
        "Roux écrit à Dumas",
        "Anne Roux a écrit le 6 mars à Luc Dumas, dans une lettre que la presse a publiée mercredi. Les deux "
        "présidents ne "
        "se sont plus parlé depuis novembre.",
    ),
]


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("calls"), CALLS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Quand Anne Roux a-t-elle appelé Luc Dumas pour la dernière fois ?", "10 novembre 2025"),
        ("When did Anne Roux and Luc Dumas last speak on the phone?", "10 November 2025"),
        ("À quand remonte le premier appel entre Anne Roux et Luc Dumas ?", "11 février 2020"),
        ("When did Anne Roux and Luc Dumas first speak by phone?", "11 February 2020"),
        ("Quand Anne Roux a-t-elle écrit à Luc Dumas pour la dernière fois ?", "6 mars 2026"),
    ],
)
def test_only_events_of_one_kind_compete(calls: Archive, question: str, day: str):
    assert calls.ask(question).short == day


def test_what_was_planned_or_somebody_elses_is_not_the_last(calls: Archive):
    answer = calls.ask("When did Anne Roux last call Luc Dumas?", now="2024-12-31")
    assert answer.short == "17 January 2023"


def test_nobody_stands_in_for_a_name_of_the_question(calls: Archive):
    assert calls.ask("When did Anne Roux last call Odile Ferrand?").abstained


def test_how_often_is_told_by_the_one_who_counted(calls: Archive):
    answer = calls.ask("Combien de fois Anne Roux et Luc Dumas se sont-ils parlé au téléphone ?", now="2023-02-01")
    assert answer.short == "4"
    assert "quatrième conversation" in answer.text


FLOODS = [
    told(
        1,
        "2021-07-16",
        "La Lie sort de son lit",
        "La Lie a débordé mercredi à Sauvy. La dernière fois que la rivière avait atteint les quais, c'était le "
        "23 janvier "
        "2018.",
    ),
    told(
        2,
        "2024-02-28",
        "Crue de la Lie : le pont fermé",
        "La Lie a débordé lundi à Sauvy. Le pont des Tanneurs est fermé à la circulation depuis lundi.",
    ),
    told(
        3,
        "2024-10-16",
        "Le pont des Tanneurs rouvre",
        "Le pont des Tanneurs, à Sauvy, a rouvert lundi, après 231 jours de fermeture.",
    ),
    told(
        4,
        "2025-06-20",
        "Le musée de Sauvy rouvre",
        "Le musée de Sauvy a rouvert ses portes mercredi. Il avait fermé en mars 2022.",
    ),
    told(
        5,
        "2022-03-10",
        "Le musée de Sauvy ferme",
        "Le musée de Sauvy a fermé ses portes dimanche, quatre-vingt-dix ans après son ouverture.",
    ),
]


@pytest.fixture(scope="module")
def floods(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("floods"), FLOODS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "now", "day"),
    [
        ("Quand la Lie a-t-elle débordé pour la dernière fois à Sauvy ?", "2022-06-01", "14 juillet 2021"),
        ("When did the Lie last flood Sauvy?", "2025-01-01", "26 February 2024"),
        ("Quand le pont des Tanneurs a-t-il été fermé pour la dernière fois ?", "2025-01-01", "26 février 2024"),
        ("Quand le pont des Tanneurs a-t-il rouvert ?", "2025-01-01", "14 octobre 2024"),
        ("Quel jour le musée de Sauvy a-t-il fermé ses portes ?", "2025-12-31", "6 mars 2022"),
    ],
)
def test_the_day_of_an_event_among_others_like_it(floods: Archive, question: str, now: str, day: str):
    assert floods.ask(question, now=now).short == day


@pytest.mark.parametrize(
    "question",
    [
        "Quand le pont de Tarvel a-t-il fermé pour la première fois ?",
        "When was the Tarvel bridge closed for the first time?",
    ],
)
def test_of_two_dates_of_a_sentence_the_one_beside_its_first_is_told(tmp_path: Path, question: str):
    text = (
        "Ouvert le 3 juin 2011 après deux ans de travaux, le pont de Tarvel a gardé le souvenir du 9 mai 2017, date de "
        "sa première fermeture."
    )
    texts = [
        told(1, "2021-02-17", "Le pont de Tarvel en travaux", text),
        told(2, "2020-04-02", "Tarvel : le pont fermé", "Le pont de Tarvel est fermé depuis mardi."),
    ]
    with made(tmp_path, texts) as archive:
        assert archive.ask(question).short in ("9 mai 2017", "9 May 2017")


def test_events_beyond_the_search_are_looked_up(tmp_path: Path):
    """The last of many calls is found though the search brings other articles first."""
    many = [
        told(
            n,
            f"20{n:02}-03-10",
            "Roux et Dumas au téléphone",
            f"Anne Roux a appelé Luc Dumas au téléphone mardi. L'appel d'Anne Roux à Luc Dumas a duré {n} minutes.",
        )
        for n in range(4, 24)
    ]
    late = told(
        90,
        "2025-04-04",
        "Budget : le Sénat reporte son vote",
        "Le Sénat a reporté le vote du budget. La commission se réunira en mai. Le rapporteur a présenté ses "
        "chiffres au "
        "bureau. Mercredi, Anne Roux a parlé à Luc Dumas au téléphone de la taxe sur les bacs.",
    )
    with made(tmp_path, [*many, late]) as archive:
        assert archive.ask("When did Anne Roux last call Luc Dumas?").short == "2 April 2025"


SUMMITS = [
    told(
        1,
        "2019-06-20",
        "Roux et Dumas : le sommet repoussé",
        "Le sommet qu'Anne Roux et Luc Dumas devaient tenir à Sauvy le 14 mars 2019 a été repoussé.",
    ),
    told(
        2,
        "2020-02-14",
        "Roux et Dumas : ce qu'a donné le sommet",
        "Anne Roux et Luc Dumas se sont rencontrés à Sauvy le 8 octobre 2019, avec sept mois de retard.",
    ),
    told(
        3,
        "2020-06-30",
        "Le ticket de tram à Sauvy",
        "À Sauvy, le ticket de tram coûte 1,60 euro depuis janvier.",
    ),
    told(4, "2023-06-30", "Le ticket de tram augmente", "À Sauvy, le ticket de tram coûte désormais 2,10 euros."),
]


@pytest.fixture(scope="module")
def summits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("summits"), SUMMITS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Quel jour Anne Roux a-t-elle rencontré Luc Dumas à Sauvy ?", "8 octobre 2019"),
        ("When did Anne Roux meet Luc Dumas in Sauvy?", "8 October 2019"),
    ],
)
def test_the_day_for_which_it_was_planned_is_not_when_it_happened(summits: Archive, question: str, day: str):
    assert summits.ask(question).short == day


@pytest.mark.parametrize(
    ("question", "price"),
    [
        ("En décembre 2021, combien coûtait un ticket de tram à Sauvy ?", "1,60"),
        ("En décembre 2021, combien un ticket de tram se payait-il à Sauvy ?", "1,60"),
        ("How much did you pay for a tram ticket in Sauvy in December 2023?", "2.10"),
    ],
)
def test_how_things_stood_is_told_by_the_last_report_before(summits: Archive, question: str, price: str):
    assert price in (summits.ask(question).short or "")
