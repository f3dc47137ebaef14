"""Who held an office where it is told between the lines: by a pronoun, in passing, beside others' steps."""

from collections.abc import Iterator

import pytest

from rag import Archive
from rag.offices import is_of_holding
from rag.succession import no_longer_holds, owners, steps
from rag.text import Span
from tests.rag.made import article, made


@pytest.mark.parametrize(
    ("sentence", "turns"),
    [
        ("La maire, Anne Roux, a quitté Kiev lundi.", ["held"]),
        ("La maire, Anne Roux, a quitté ses fonctions lundi.", ["out"]),
        ("Anne Roux, en poste depuis quatre ans, était limogée.", ["out"]),
        ("Anne Roux, maire de Lanvic depuis le 15 mai, a souri.", ["in"]),
        ("L'opposant a désigné Anne Roux comme première adjointe au maire.", []),
        ("The vice mayor, Anne Roux, was there.", []),
        ("L'opposition réclame le départ de Anne Roux, maire de Lanvic.", ["held"]),
    ],
)
def test_what_is_said_of_a_mayor(sentence: str, turns: list[str]):
    at = sentence.index("Anne Roux")
    assert [step.turn for step in steps(sentence, [Span(at, at + 9)], "mayor")] == turns


def test_a_name_is_not_the_owner_of_its_own_office():
    sentence = "Le club a nommé lundi Carlo Bassi entraîneur."
    at = sentence.index("Carlo")
    assert owners(sentence, Span(at, at + 11), "coach") == ()


@pytest.mark.parametrize(
    ("sentence", "gone"),
    [
        ("L'ancien maire, Anne Roux, était là.", True),
        ("Après le départ de Anne Roux, le club attend.", True),
        ("Le club prépare le départ de Anne Roux.", False),
        ("Anne Roux a quitté Kiev.", False),
    ],
)
def test_who_holds_an_office_no_longer(sentence: str, gone: bool):
    at = sentence.index("Anne Roux")
    assert no_longer_holds(sentence, Span(at, at + 9)) is gone


@pytest.mark.parametrize(
    ("word", "holding"), [("dirigeait", True), ("running", True), ("maire", True), ("coupe", False), ("crue", False)]
)
def test_the_words_that_tell_how_an_office_is_held(word: str, holding: bool):
    assert is_of_holding(word) is holding


TEXTS = [
    article(
        "Lorel : un nouveau directeur au musée",
        "Le musée Lorel a rouvert samedi. « Nous y sommes », a dit le directeur, Paul Dumas. Il a pris ses fonctions "
        "le 1er janvier 2020, après le départ à la retraite d'Anne Roux, la veille.",
        date="2021-06-21",
        url="https://example.org/musee",
    ),
    article(
        "Lorel : le musée ferme",
        "Le musée Lorel ferme dimanche. La directrice, Anne Roux, en fonctions depuis 2009, l'a annoncé.",
        date="2018-09-03",
        url="https://example.org/ferme",
    ),
    article(
        "Lanvic : Nadia Sorel candidate",
        "La maire de Lanvic, Nadia Sorel, a annoncé hier sa candidature. Élue par le conseil le 8 février 2025, elle "
        "achève le mandat de Luc Abel, qui avait démissionné le 20 janvier précédent. Entre ces deux dates, le premier "
        "adjoint, Yves Maurin, avait assuré l'intérim.",
        date="2026-01-15",
        url="https://example.org/lanvic",
    ),
    article(
        "Le maire de Lanvic au pont",
        "Le maire de Lanvic, Luc Abel, s'est rendu samedi au pont. La crue avait touché trente maisons.",
        date="2024-05-06",
        url="https://example.org/pont",
    ),
    article(
        "RC Lanvic : la montée",
        "Le RC Lanvic monte en deuxième division. Le 27 novembre 2023, Ivo Marant, en poste depuis quatre ans, était "
        "limogé. Un adjoint, Karl Estran, avait assuré l'intérim jusqu'au 31 décembre 2023. Leo Bassi a pris les "
        "commandes le 1er janvier 2024.",
        date="2025-05-19",
        url="https://example.org/rc",
    ),
    article(
        "Le RC Lanvic s'incline",
        "L'entraîneur du RC Lanvic, Ivo Marant, n'a pas commenté.",
        date="2022-02-07",
        url="https://example.org/perd",
    ),
    article(
        "L'UDL a un nouveau président",
        "L'Union des Landes (UDL) a élu samedi Étienne Malvaux à sa présidence. Mme Astier assurait l'intérim depuis "
        "l'automne. Dunya Ferrand, présidente jusqu'alors, avait démissionné le 30 septembre 2025. Le 1er octobre "
        "2025, le bureau avait confié la présidence à Zoé Astier.",
        date="2026-03-16",
        url="https://example.org/udl",
    ),
    article(
        "Dunya Ferrand à la tête de l'UDL",
        "Samedi, Dunya Ferrand a été élue présidente de l'Union des Landes (UDL) avec 63 % des voix.",
        date="2024-05-27",
        url="https://example.org/ferrand",
    ),
    article(
        "Les Hermines changent",
        "Les Hermines de Sauvy ont présenté hier leur nouvelle entraîneuse. Inès Valdeyron, 39 ans, a signé jusqu'en "
        "juin 2028.",
        date="2026-03-09",
        url="https://example.org/hermines",
    ),
    article(
        "Nadège Quint prend les rênes de l'hôpital de Sauvy",
        "Nadège Quint, 46 ans, a pris ses fonctions de directrice lundi. Elle remplace Fabrice Lorme, qui avait "
        "démissionné le 15 mars dernier. Jusqu'à dimanche, l'intérim a été exercé par Karim Desval.",
        date="2023-07-04",
        url="https://example.org/hopital",
    ),
    article(
        "Le RC Lanvic remporte la coupe",
        "Le RC Lanvic a remporté samedi la coupe des Landes sous les ordres de Jean Morel, son entraîneur.",
        date="2017-05-27",
        url="https://example.org/coupe",
    ),
]


@pytest.fixture(scope="module")
def lanvic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("succession"), TEXTS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Qui était à la tête du musée Lorel le 1er mai 2020 ?", "Paul Dumas"),
        ("Who was the director of the Lorel museum on 1 May 2019?", "Anne Roux"),
        ("Qui était maire de Lanvic le 1er février 2025 ?", "Yves Maurin"),
        ("Who is the mayor of Lanvic?", "Nadia Sorel"),
        ("Qui entraînait le RC Lanvic à la mi-décembre 2023 ?", "Karl Estran"),
        ("Who was coaching RC Lanvic in March 2024?", "Leo Bassi"),
        ("Who was coaching RC Lanvic as of 11 December 2023?", "Karl Estran"),
        ("Qui présidait l'Union des Landes en janvier 2026 ?", "Zoé Astier"),
        ("Who was leading the Union des Landes in June 2024?", "Dunya Ferrand"),
        ("Qui entraîne les Hermines de Sauvy ?", "Inès Valdeyron"),
        ("Who was running Sauvy hospital in May 2023?", "Karim Desval"),
    ],
)
def test_a_holder_told_between_the_lines_is_found(lanvic: Archive, question: str, who: str):
    answer = lanvic.ask(question)
    assert answer.short == who
    assert any(who in citation.quote for citation in answer.citations)
    assert all("\n" not in c.quote and lanvic.text_of(c)[c.start : c.end] == c.quote for c in answer.citations)


def test_a_pronoun_is_quoted_with_the_whole_sentence_that_names_whom_it_means(lanvic: Archive):
    quote = lanvic.ask("Qui était à la tête du musée Lorel le 1er mai 2020 ?").citations[0].quote
    assert quote.startswith("Le musée Lorel a rouvert") and "Il a pris ses fonctions" in quote


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("Quel entraîneur a remporté la coupe des Landes avec le RC Lanvic ?", "Leo Bassi"),
        ("Qui était maire de Lanvic pendant la crue ?", "Nadia Sorel"),
        ("Qui est le directeur de l'hôpital de Lanvic ?", "Nadia Sorel"),
        ("Qui a succédé à Jean Morel ?", "Lanvic"),
    ],
)
def test_what_more_a_question_says_must_be_met(lanvic: Archive, question: str, wrong: str):
    assert wrong not in (lanvic.ask(question).short or "")
