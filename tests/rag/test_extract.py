"""Answers made of extracts: what is quoted, what a short answer must be, and what is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag import Archive
from rag.types import Answer
from tests.rag.made import article, made

PARAGRAPHS = (
    "La régate 2019 de Sauvy a réuni 84 voiliers au large du phare. Le départ a été donné à 10 h 40.",
    "Le skipper Jon Madec, 27 ans, a franchi la ligne en tête. Il avait passé onze ans loin de Sauvy.",
    "Le canal de Brivault, inauguré en 1874, est resté fermé deux jours pour laisser passer la flotte.",
    "Les pompiers de Sauvy ont secouru trois équipages.",
)


TITLE = "Sauvy : une régate sous le vent"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("extract"), [article(TITLE, "\n\n".join(PARAGRAPHS))]) as opened:
        yield opened


def elsewhere(folder: Path, question: str, **more: Any) -> Answer:
    with made(folder, [article(TITLE, "\n\n".join(PARAGRAPHS), **more)]) as opened:
        return opened.ask(question)


def test_an_hour_that_is_asked_for_is_told_and_no_day_in_its_place(archive: Archive):
    assert archive.ask("À quelle heure le départ de la régate a-t-il été donné ?").short == "10 h 40"


@pytest.mark.parametrize("question", ["À quelle heure le canal de Brivault a-t-il été inauguré ?"])
def test_a_day_does_not_answer_for_an_hour(archive: Archive, question: str):
    assert archive.ask(question).abstained


def test_an_age_is_no_duration(archive: Archive):
    answer = archive.ask("Pendant combien de temps Jon Madec est-il resté loin de Sauvy ?")
    assert answer.short == "onze ans"


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("Combien de voiliers la régate 2019 de Sauvy a-t-elle réunis ?", False),
        ("Combien de voiliers la régate 2011 de Sauvy a-t-elle réunis ?", True),
        ("How many sailing boats took part in the 2019 Sauvy regatta?", False),
        ("How many sailing boats took part in the 2011 Sauvy regatta?", True),
    ],
)
def test_a_year_that_the_article_does_not_speak_of_is_refused(archive: Archive, question: str, refused: bool):
    answer = archive.ask(question)
    assert answer.abstained == refused
    assert ("2011" in answer.text) == refused  # what was looked for is said


def test_the_year_of_publication_counts_as_told(archive: Archive):
    answer = archive.ask("Combien d'équipages les pompiers de Sauvy ont-ils secourus à la régate 2024 ?")
    assert not answer.abstained


def test_the_class_of_a_name_does_not_stand_for_the_name(archive: Archive):
    assert archive.ask("When was the Panama Canal opened?").abstained


def test_a_sure_reader_needs_no_word_of_the_question(archive: Archive):
    assert archive.ask("In what year was the Brivault canal opened?").short == "1874"


def test_nearly_as_good_sentences_are_quoted_too_and_cited(archive: Archive):
    answer = archive.ask("Que sait-on des équipages de la régate de Sauvy ?")
    assert 1 < len(answer.citations) <= 3
    assert sum(len(citation.quote.split()) for citation in answer.citations) <= 70
    assert {index for sentence in answer.sentences for index in sentence.citations} == set(range(len(answer.citations)))


def test_an_article_without_an_outlet_is_named_by_its_site(tmp_path: Path):
    question = "Combien de voiliers la régate 2019 de Sauvy a-t-elle réunis ?"
    address = "https://www.example.org/regate"
    assert "example.org, 2 mai 2024 : «" in elsewhere(tmp_path, question, outlet=None, url=address).text


def test_an_address_that_names_no_site_leaves_the_title(tmp_path: Path):
    question = "Combien de voiliers la régate 2019 de Sauvy a-t-elle réunis ?"
    answer = elsewhere(tmp_path, question, outlet=None, url="http://[bad")
    assert "Sauvy : une régate sous le vent" in answer.text


def test_so_long_after_something_is_no_duration(tmp_path: Path):
    text = "Deux ans après la régate, le port de Sauvy a rouvert. La cérémonie à Sauvy a réuni les skippers."
    with made(tmp_path, [article("Le port de Sauvy rouvre", text)]) as opened:
        assert opened.ask("Combien de temps a duré la régate de Sauvy ?").abstained


WORLD = [
    article(
        "MTN devant les juges",
        "En 2015, MTN a dû payer une amende de 5 milliards de dollars aux autorités nigérianes. Elle a été "
        "réduite à 1,7 "
        "milliard.",
    ),
    article(
        "Les ferries de Lutanie",
        "Le Parlement lutanien a voté mardi l'achat de 14 ferries. La Lutanie en a besoin avant l'été.",
        date="2025-03-06",
    ),
    article(
        "Le procès des bacs",
        "Jon Madec, le patron des bacs, a comparu lundi à Sauvy. Il a été condamné à quatorze ans de prison.\n\nOdile "
        "Ferrand, sa rivale, sera jugée en mai.",
    ),
    article(
        "Un ministre et sa fille",
        "Le ministre Paul Sorel a suivi une réunion avec sa fille sur le dos. Marie Vandamme l'a interrogé lundi.",
    ),
    article(
        "Une foule au stade",
        "Près de 400 marins ont témoigné devant la commission de Sauvy. Elle a siégé pendant 22 ans de règne du port.",
    ),
    article("Odile Ferrand raconte", "Odile Ferrand est née à Brivault. Elle a grandi à Sauvy et vit à Paris."),
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("world"), WORLD) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Quelle amende MTN a-t-il dû payer au Nigeria ?", "5 milliards"),
        ("How many ferries did the Lutanian parliament buy?", "14 ferries"),
        ("Combien de marins ont témoigné devant la commission de Sauvy ?", "400 marins"),
        ("Où est née Odile Ferrand ?", "Brivault"),
        ("Where was Odile Ferrand born?", "Brivault"),
        ("À combien d'années de prison Jon Madec a-t-il été condamné ?", "quatorze ans"),
    ],
)
def test_peoples_stand_for_countries_and_nouns_for_what_is_counted(world: Archive, question: str, short: str):
    assert short in (world.ask(question).short or "")


@pytest.mark.parametrize(
    "question",
    [
        "À combien d'années de prison Odile Ferrand a-t-elle été condamnée ?",  # "il" is somebody else
        "Comment s'appelle la femme du ministre Paul Sorel ?",  # a woman is named, and no wife
        "Who is Paul Sorel's wife?",
    ],
)
def test_somebody_elses_facts_are_not_told(world: Archive, question: str):
    assert world.ask(question).abstained


def test_who_is_only_told_to_live_somewhere_was_not_born_there(world: Archive):
    answer = world.ask("Où est né Jon Madec ?")
    assert answer.abstained
    assert "« né »" in answer.text.replace("\u00a0", " ")
