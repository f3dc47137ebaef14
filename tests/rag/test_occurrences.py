"""How often something happened, on which days, and what happened in a time: answers made of the archive's events."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag import Archive
from rag.answer.occurrences import asks_occurrences
from rag.question import understand
from tests.rag.made import article, made

TEXTS = [
    article(
        "Roux et Dumas se parlent",
        "Anne Roux a téléphoné à Luc Dumas mardi 5 mars 2024. Ils ont parlé du barrage de Sauvy pendant une heure.",
        date="2024-03-06",
        url="https://example.org/mars",
    ),
    article(
        "Un nouvel appel",
        "Anne Roux et Luc Dumas se sont parlé au téléphone le 12 juin 2024. Un autre appel est prévu le 3 juillet.",
        date="2024-06-13",
        url="https://example.org/juin",
    ),
    article(
        "Le point sur le barrage",
        "Le 12 juin 2024, Anne Roux a appelé Luc Dumas. Anne Roux a rencontré le préfet le 20 juin 2024 à Brivault.",
        date="2024-06-21",
        url="https://example.org/point",
    ),
    article(
        "La grève des bacs",
        "Les marins de Sauvy ont fait grève le 8 avril 2024. Une deuxième grève a arrêté les bacs de Sauvy du 2 au "
        "4 mai 2024. Une troisième grève a eu lieu à Sauvy le 9 septembre 2024.",
        date="2024-09-12",
        url="https://example.org/bacs",
    ),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("occurrences"), TEXTS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How often did Anne Roux call Luc Dumas?", True),
        ("Combien de fois Anne Roux a-t-elle appelé Luc Dumas ?", True),
        ("On which days did Anne Roux call Luc Dumas?", True),
        ("Which strikes hit Sauvy between April and June 2024?", True),
        ("When did Anne Roux last call Luc Dumas?", False),
        ("Which towns flooded in 2024?", False),
        ("How often do bridges fail?", False),
        ("Combien de fois les lecteurs parlent-ils de Sauvy ?", False),
    ],
)
def test_what_asks_for_occurrences(question: str, asks: bool):
    assert asks_occurrences(understand(question, now=date(2024, 12, 1))) == asks


@pytest.mark.parametrize(
    "question", ["How often did Anne Roux call Luc Dumas?", "Combien de fois Anne Roux a-t-elle appelé Luc Dumas ?"]
)
def test_two_reports_of_one_call_count_once_and_a_planned_one_not_at_all(archive: Archive, question: str):
    answer = archive.ask(question)
    assert answer.short == "2"
    assert "2024" in answer.text
    assert all(archive.text_of(c)[c.start : c.end] == c.quote for c in answer.citations)
    assert len(answer.citations) == 2


def test_the_days_are_told_in_their_order(archive: Archive):
    answer = archive.ask("À quelles dates Anne Roux et Luc Dumas se sont-ils parlé ?")
    assert answer.short == "5 mars 2024 et 12 juin 2024"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Quelles grèves Sauvy a-t-elle connues entre avril et juin 2024 ?", "8 avril 2024 et du 2 au 4 mai 2024"),
        ("Which strikes hit Sauvy between April and June 2024?", "8 April 2024 and from 2 to 4 May 2024"),
    ],
)
def test_only_what_lies_in_the_window_is_told(archive: Archive, question: str, short: str):
    assert archive.ask(question).short == short


def test_how_often_is_written_as_a_newspaper_does(archive: Archive):
    assert archive.ask("Combien de fois Anne Roux a-t-elle appelé Luc Dumas ?").text.startswith(
        "L'archive en rapporte deux :"
    )
    assert archive.ask("How often did Anne Roux call Luc Dumas?").text.startswith("The archive tells of two:")


MEETINGS = [
    article(
        "Roux et Dumas à Trieste",
        "Anne Roux et Luc Dumas se sont rencontrés mardi à Trieste. Ils ne se verront pas à Lisbonne.",
        date="2023-06-08",
        url="https://example.org/trieste",
    ),
    article(
        "Roux et Dumas au téléphone",
        "Anne Roux et Luc Dumas se sont parlé lundi. Leur précédente entrevue, le 10 mars 2024 à Brivault, avait "
        "tourné court. Ils s'étaient vus pour la première fois à Oslo, le 3 mai 2019.",
        date="2025-11-06",
        url="https://example.org/appel",
    ),
]


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Dans quelles villes Roux et Dumas se sont-ils rencontrés entre 2020 et 2025 ?", "Trieste et Brivault"),
        ("In which cities did Roux and Dumas meet between 2018 and 2020?", "Oslo"),
    ],
)
def test_the_places_of_what_happened_within_a_time(tmp_path: Path, question: str, short: str):
    with made(tmp_path, MEETINGS) as opened:
        assert opened.ask(question).short == short


def test_a_strike_that_ends_in_the_sentence_of_its_beginning_is_one(tmp_path: Path):
    text = "Entamée le lundi 4 octobre, la grève des marins de Lanvic s'est achevée mardi soir par un accord."
    with made(tmp_path, [article("Lanvic : fin de grève", text, date="2021-10-14")]) as opened:
        assert opened.ask("Combien de grèves Lanvic a-t-elle connues en 2021 ?").short == "1"


def test_a_date_within_the_asked_time_goes_before_the_others_of_its_sentence(tmp_path: Path):
    text = "La Cour de cassation a annulé le 12 juin 2024 l'arrêt rendu contre Luc Dumas à Lyon le 5 avril 2023."
    with made(tmp_path, [article("Dumas rejugé", text, date="2025-11-27")]) as opened:
        told = opened.ask("À quelle date de 2024 la justice s'est-elle prononcée dans l'affaire Dumas ?")
    assert told.short == "12 juin 2024"


def test_what_was_not_known_yet_is_not_counted(archive: Archive):
    assert archive.ask("How often did Anne Roux call Luc Dumas?", now="2024-04-01").short == "1"


def test_people_who_never_spoke_are_not_counted(archive: Archive):
    assert archive.ask("How often did Anne Roux call Marc Petit?").abstained


def test_the_last_call_is_found_by_who_acts_though_other_sentences_are_likelier(archive: Archive):
    answer = archive.ask("De quand date le dernier échange entre Anne Roux et Luc Dumas ?")
    assert answer.short == "12 juin 2024"
