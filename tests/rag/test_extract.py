"""Answers made of extracts: what is quoted, what a short answer must be, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from rag.types import Answer
from tests.rag.made import article, made

PARAGRAPHS = (
    "La régate 2019 de Sauvy a réuni 84 voiliers au large du phare. Le départ a été donné à 10 h 40.",
    "Le skipper Jon Madec, 27 ans, a franchi la ligne en tête. Il avait passé onze ans loin de Sauvy.",
    "Le canal de Brivault, inauguré en 1874, est resté fermé deux jours pour laisser passer la flotte.",
    "Les pompiers de Sauvy ont secouru trois équipages.",
)


def asked(folder: Path, question: str, **more: Any) -> Answer:
    with made(folder, [article("Sauvy : une régate sous le vent", "\n\n".join(PARAGRAPHS), **more)]) as archive:
        return archive.ask(question)


def test_an_hour_that_is_asked_for_is_told_and_no_day_in_its_place(tmp_path: Path):
    assert asked(tmp_path, "À quelle heure le départ de la régate a-t-il été donné ?").short == "10 h 40"


@pytest.mark.parametrize("question", ["À quelle heure le canal de Brivault a-t-il été inauguré ?"])
def test_a_day_does_not_answer_for_an_hour(tmp_path: Path, question: str):
    assert asked(tmp_path, question).abstained


def test_an_age_is_no_duration(tmp_path: Path):
    answer = asked(tmp_path, "Pendant combien de temps Jon Madec est-il resté loin de Sauvy ?")
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
def test_a_year_that_the_article_does_not_speak_of_is_refused(tmp_path: Path, question: str, refused: bool):
    answer = asked(tmp_path, question)
    assert answer.abstained == refused
    assert ("2011" in answer.text) == refused  # what was looked for is said


def test_the_year_of_publication_counts_as_told(tmp_path: Path):
    answer = asked(tmp_path, "Combien d'équipages les pompiers de Sauvy ont-ils secourus à la régate 2024 ?")
    assert not answer.abstained


def test_the_class_of_a_name_does_not_stand_for_the_name(tmp_path: Path):
    assert asked(tmp_path, "When was the Panama Canal opened?").abstained


def test_a_sure_reader_needs_no_word_of_the_question(tmp_path: Path):
    assert asked(tmp_path, "In what year was the Brivault canal opened?").short == "1874"


def test_nearly_as_good_sentences_are_quoted_too_and_cited(tmp_path: Path):
    answer = asked(tmp_path, "Que sait-on des équipages de la régate de Sauvy ?")
    assert 1 < len(answer.citations) <= 3
    assert sum(len(citation.quote.split()) for citation in answer.citations) <= 70
    assert {index for sentence in answer.sentences for index in sentence.citations} == set(range(len(answer.citations)))


def test_an_article_without_an_outlet_is_named_by_its_site(tmp_path: Path):
    question = "Combien de voiliers la régate 2019 de Sauvy a-t-elle réunis ?"
    address = "https://www.example.org/regate"
    assert "example.org, 2 mai 2024 : «" in asked(tmp_path, question, outlet=None, url=address).text


def test_an_address_that_names_no_site_leaves_the_title(tmp_path: Path):
    question = "Combien de voiliers la régate 2019 de Sauvy a-t-elle réunis ?"
    answer = asked(tmp_path, question, outlet=None, url="http://[bad")
    assert "Sauvy : une régate sous le vent" in answer.text
