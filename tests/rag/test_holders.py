"""Who held an office at a time, came to it after somebody, or held it one after the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Archive
from rag.offices import asked_office, plainly_asked
from rag.succession import owners, steps
from rag.text import Span
from tests.rag.made import article, made


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Qui est maire de Lanvic ?", "mayor"),
        ("C'est qui l'entraîneur du FC Lanvic ?", "coach"),
        ("À la mi-novembre 2018, qui dirigeait la mairie de Lanvic ?", "mayor"),
        ("Who ran the Lanvic town hall in 2019?", "mayor"),
        ("Who was in charge of FC Lanvic in March?", "coach"),
        ("Quels entraîneurs ont dirigé le FC Lanvic ?", "coach"),
        ("Who became prime minister after Roux resigned?", "prime minister"),
        ("Qui dirige l'hôpital de Lanvic ?", "director"),
        ("Qui a rencontré le maire de Lanvic ?", None),
        ("Que dit le maire de Lanvic ?", None),
        ("Which players did the coach pick?", None),
        ("Who did the president appoint as ambassador?", None),
        ("Quand Anne Roux a-t-elle été élue maire ?", None),
        ("Who won the presidential election?", None),
    ],
)
def test_the_office_that_a_question_asks_the_holder_of(question: str, office: str | None):
    assert asked_office(question) == office


@pytest.mark.parametrize(
    ("sentence", "name", "turn"),
    [
        ("Le conseil municipal a élu lundi Anne Roux maire de Lanvic.", "Anne Roux", "in"),
        ("Anne Roux, 46 ans, a été élue maire samedi.", "Anne Roux", "in"),
        ("Le maire de Lanvic, Paul Dumas, a démissionné.", "Paul Dumas", "out"),
        ("Paul Dumas a été battu par sa rivale, et quitte la mairie.", "Paul Dumas", "out"),
        ("La maire, Anne Roux, a salué les pompiers.", "Anne Roux", "held"),
        ("Paul Dumas, maire de 2014 à 2020, était absent.", "Paul Dumas", "range"),
        ("The town elected Anne Roux as mayor on Monday.", "Anne Roux", "in"),
        ("Mayor Anne Roux stepped down on Monday.", "Anne Roux", "out"),
    ],
)
def test_what_a_sentence_says_of_a_holder(sentence: str, name: str, turn: str):
    at = sentence.index(name)
    assert [step.turn for step in steps(sentence, [Span(at, at + len(name))], "mayor")] == [turn]


@pytest.mark.parametrize(
    "sentence",
    [
        "L'ancien maire, Paul Dumas, était absent.",
        "Paul Dumas, candidat à la mairie, était absent.",
        "Paul Dumas devient premier adjoint au maire.",
    ],
)
def test_who_was_wants_to_be_or_assists_holds_nothing(sentence: str):
    at = sentence.index("Paul Dumas")
    assert not steps(sentence, [Span(at, at + 10)], "mayor")


def test_whose_place_is_taken_is_told():
    sentence = "Anne Roux succède à Paul Dumas à la mairie."
    both = steps(sentence, [Span(0, 9), Span(20, 30)], "mayor")
    assert [(step.turn, step.other) for step in both] == [("in", "Paul Dumas"), ("out", None)]


LANVIC = [
    article(
        "Un maire pour Lanvic",
        "Le conseil municipal de Lanvic a élu samedi Paul Dumas au poste de maire, par 20 voix contre 9.",
        date="2014-04-07",
        url="https://example.org/1",
    ),
    article(
        "Lanvic : la démission du maire",
        "Le maire de Lanvic, Paul Dumas, a démissionné mardi pour raisons de santé. Le premier adjoint, Luc Sorel, "
        "assure l'intérim.",
        date="2019-03-07",
        url="https://example.org/2",
    ),
    article(
        "Anne Roux à la mairie de Lanvic",
        "Anne Roux a été élue maire de Lanvic dimanche. Elle succède à Paul Dumas.",
        date="2019-04-16",
        url="https://example.org/3",
    ),
    article(
        "Le FC Lanvic change d'entraîneur",
        "Le FC Lanvic a remercié lundi Marc Estran. Le club a nommé Ivo Marant entraîneur.",
        date="2021-02-18",
        url="https://example.org/4",
    ),
    article(
        "Le FC Lanvic s'incline",
        "L'entraîneur du FC Lanvic, Ivo Marant, a parlé d'un soir sans. Marc Estran, entraîneur de 2016 à 2021, était "
        "dans les tribunes.",
        date="2023-05-18",
        url="https://example.org/5",
    ),
]


@pytest.fixture(scope="module")
def lanvic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("holders"), LANVIC) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "now", "who"),
    [
        ("Qui est maire de Lanvic ?", None, "Anne Roux"),
        ("Who is the mayor of Lanvic?", "2017-06-01", "Paul Dumas"),
        ("Qui était maire de Lanvic en juin 2016 ?", None, "Paul Dumas"),
        ("Qui est devenu maire de Lanvic après Paul Dumas ?", None, "Anne Roux"),
        ("Qui a succédé à Paul Dumas comme maire de Lanvic ?", None, "Anne Roux"),
        ("Qui entraînait le FC Lanvic en mars 2019 ?", None, "Marc Estran"),
        ("Who coaches FC Lanvic?", None, "Ivo Marant"),
        ("Quels entraîneurs ont dirigé le FC Lanvic entre 2018 et 2022 ?", None, "Marc Estran et Ivo Marant"),
    ],
)
def test_an_office_is_followed_through_time(lanvic: Archive, question: str, now: str | None, who: str):
    answer = lanvic.ask(question, now=now)
    assert answer.short == who
    assert answer.citations and all(lanvic.text_of(c)[c.start : c.end] == c.quote for c in answer.citations)


def test_of_another_town_nothing_is_told(lanvic: Archive):
    assert lanvic.ask("Qui est maire de Brévanne ?").abstained


def test_nothing_later_is_used(lanvic: Archive):
    told = lanvic.ask("Qui est maire de Lanvic ?", now="2017-06-01")
    assert {citation.article.published.value for citation in told.citations} == {"2014-04-07"}


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Who is the French president?", "president"),
        ("Qui est le Premier ministre ukrainien ?", "prime minister"),
        ("Qui était alors le maire de Lanvic ?", "mayor"),
        ("Who is the president who signed the treaty?", None),
        ("Who is the head of the group suspected of a plot?", None),
        ("Qui a succédé à Paul Dumas ?", None),
    ],
)
def test_a_question_that_asks_for_a_holder_alone(question: str, office: str | None):
    assert plainly_asked(question) == office


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        ("Le président américain Paul Dumas a signé.", ("américain",)),
        ("Paul Dumas, maire de Lormont, a signé.", ("Lormont",)),
        ("French President Paul Dumas has signed.", ("French",)),
        ("Paul Dumas a signé hier.", None),
    ],
)
def test_whose_office_stands_beside_a_name(sentence: str, whose: tuple[str, ...] | None):
    at = sentence.index("Paul Dumas")
    office = "mayor" if "maire" in sentence else "president"
    assert owners(sentence, Span(at, at + 10), office) == whose


LEADERS = [
    article(
        "Un appel à Paris",
        "Le président américain Donald Trump a appelé Emmanuel Macron lundi à Paris. Ils ont parlé de l'Ukraine.",
        date="2025-02-05",
    )
]


def test_the_president_of_another_country_is_not_told(tmp_path: Path):
    with made(tmp_path, LEADERS) as archive:
        assert archive.ask("Qui est le président des États-Unis ?").short == "Donald Trump"
        for question in (
            "Qui est le maire de Paris ?",
            "Qui est le président ukrainien ?",
            "Who is the mayor of Paris?",
        ):
            assert archive.ask(question).abstained, question
