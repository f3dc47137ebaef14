"""Which action a date of a sentence belongs to, in which phase, and whose it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Archive
from rag.events.action import actions, asked_actions, phases
from rag.events.part import part_of
from rag.names import Lexicon
from rag.question import understand
from tests.rag.made import article, made


@pytest.mark.parametrize(
    ("sentence", "when", "kinds"),
    [
        ("Elle succède à Paul Roux, qui a démissionné le 18 mai.", "18 mai", {"resign"}),
        ("Le principe du sommet avait été arrêté pendant la conversation du 2 octobre.", "2 octobre", {"talk"}),
        ("The mayor, who resigned on 3 May, had opened the bridge.", "3 May", {"resign"}),
        ("Ils protestaient contre un plan, présenté le 4 novembre, et se sont mis en grève.", "4 novembre", set()),
        ("La dernière grève remonte à août 2024.", "août 2024", {"strike"}),
        ("The minister toured the flooded streets on Thursday.", "Thursday", set()),
    ],
)
def test_a_date_belongs_to_the_action_beside_it(sentence: str, when: str, kinds: set[str]):
    assert part_of(sentence, when).kinds == kinds


@pytest.mark.parametrize(
    ("sentence", "when", "told"),
    [
        ("Le personnel a mis fin à la grève entamée le 24 novembre.", "24 novembre", {"begin"}),
        ("Le personnel a mis fin jeudi à la grève.", "jeudi", {"end"}),
        ("Le réacteur a redémarré lundi.", "lundi", {"resume"}),
        ("The reactor was shut down on Monday.", "Monday", {"stop"}),
        ("La fin du mois a été calme, et la grève a duré jusqu'au 3 mai.", "3 mai", set()),
    ],
)
def test_a_date_belongs_to_a_phase(sentence: str, when: str, told: set[str]):
    assert part_of(sentence, when).phases == told


def test_the_end_of_a_month_ends_nothing():
    assert not phases("La réunion est prévue fin mars.") and not phases("It closed at the end of the week.")


@pytest.mark.parametrize("text", ["un préavis de grève", "the strike notice", "le juge d'instruction"])
def test_what_names_an_action_and_is_none_tells_of_none(text: str):
    assert not actions(text)


def test_who_succeeds_somebody_was_elected_or_appointed():
    assert {"elect", "appoint"} <= asked_actions("Quand Anne Roux a-t-elle succédé à Paul Sauvy ?")
    assert "elect" not in asked_actions("Quand Anne Roux a-t-elle été nommée ?")


@pytest.mark.parametrize(
    "question",
    ["When did the first prisoner swap of the Kardovia-Lutania war take place?", "La guerre Kardovia-Lutania ?"],
)
def test_two_names_that_a_hyphen_joins_are_two(question: str):
    assert understand(question).names == ("Kardovia", "Lutania")


def test_a_name_with_a_hyphen_of_its_own_is_one():
    assert understand("Quand la mairie de Saint-Orvain a-t-elle fermé ?").names == ("Saint-Orvain",)


def test_the_last_years_ask_for_no_last_event():
    assert understand("Quelle a été la première crue de ces dernières années ?").operator == "first"


STRIKES = [
    article(
        "L'hôpital de Lanvic en grève",
        "Le personnel de l'hôpital de Lanvic s'est mis en grève lundi.\n\nLa grève a été levée jeudi.",
        date="2022-05-06",
        url="https://example.org/1",
    ),
    article(
        "Lanvic : la grève est finie",
        "Le personnel de l'hôpital de Lanvic a mis fin vendredi à la grève entamée le 3 novembre.",
        date="2024-11-16",
        url="https://example.org/2",
    ),
    article(
        "L'usine Sorel à l'arrêt",
        "L'usine Sorel de Lanvic est à l'arrêt depuis dimanche.",
        date="2025-02-05",
        url="https://example.org/3",
    ),
    article(
        "Un entraîneur pour le FC Lanvic",
        "Le FC Lanvic a un entraîneur. Ivo Marant a été nommé mardi.",
        date="2025-03-06",
        url="https://example.org/4",
    ),
    article(
        "Le FC Lanvic remonte",
        "Le FC Lanvic a battu Sauvy le 12 mai devant Ivo Marant, son entraîneur.",
        date="2025-05-14",
        url="https://example.org/5",
    ),
]


@pytest.fixture(scope="module")
def lanvic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("lanvic"), STRIKES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Quand la dernière grève à l'hôpital de Lanvic s'est-elle terminée ?", "15 novembre 2024"),
        ("When did the last strike at Lanvic hospital end?", "15 November 2024"),
        ("Quand la dernière grève à l'hôpital de Lanvic a-t-elle commencé ?", "3 novembre 2024"),
        ("Quand l'usine Sorel a-t-elle été arrêtée pour la dernière fois ?", "2 février 2025"),
        ("When did FC Lanvic last appoint a coach?", "4 March 2025"),
    ],
)
def test_the_end_of_something_is_not_its_beginning(lanvic: Archive, question: str, day: str):
    assert lanvic.ask(question).short == day


def test_the_day_before_is_the_one_before_what_was_told(tmp_path: Path):
    text = "Anne Roux devait se rendre à Lorel mercredi 18 juin. La visite a été annulée la veille."
    with made(tmp_path, [article("Une visite annulée", text, date="2025-06-20")]) as archive:
        assert archive.ask("Quand la visite d'Anne Roux à Lorel a-t-elle été annulée ?").short == "17 juin 2025"


def test_what_somebody_else_did_in_a_sentence_of_its_own_is_not_told(tmp_path: Path):
    text = "Sonia Garcia a été élue présidente des Loups lundi. Paul Didier a été nommé trésorier mardi."
    with made(tmp_path, [article("Garcia élue", text, date="2022-09-08")]) as archive:
        assert archive.ask("Quand Garcia a-t-elle été nommée trésorière ?").abstained
        assert archive.ask("Quand Garcia a-t-elle été élue ?").short == "5 septembre 2022"


def test_a_land_is_known_by_its_people():
    known = Lexicon({"lutanie": 3, "lutaniens": 2, "garcia": 2, "lutania": 1, "marland": 1})
    assert known.is_land("Lutania") and known.is_land("Lutanie")
    assert not known.is_land("Garcia") and not known.is_land("Marland")


def test_the_beginning_of_a_strike_is_not_told_for_its_end(tmp_path: Path):
    text = "Les marins de Lanvic ont commencé lundi une grève."
    with made(tmp_path, [article("Grève à Lanvic", text, date="2024-10-16")]) as archive:
        assert archive.ask("Quand la grève des marins de Lanvic a-t-elle pris fin ?").abstained
        assert archive.ask("Quand la grève des marins de Lanvic a-t-elle commencé ?").short == "14 octobre 2024"


def test_the_edge_of_a_range_of_days_is_told_where_it_is_asked_for(tmp_path: Path):
    text = "Le personnel de l'hôpital de Lanvic n'a plus débrayé depuis la grève menée du 23 au 31 janvier 2024."
    with made(tmp_path, [article("Lanvic : le calme", text, date="2025-10-07")]) as archive:
        assert archive.ask("Quel jour a commencé la grève de l'hôpital de Lanvic ?").short == "23 janvier 2024"


def test_of_two_dates_the_one_beside_the_name_is_told(tmp_path: Path):
    text = "La fusée avait mis en orbite Lumen-A, en octobre 2018, puis Lumen-B, le 30 mars 2020, devant la base vide."
    with made(tmp_path, [article("Échec de la fusée", text, date="2021-11-26")]) as archive:
        assert archive.ask("Quand le satellite Lumen-B a-t-il été mis en orbite ?").short == "30 mars 2020"


def test_who_succeeded_is_told_by_a_sentence_on_a_succession(tmp_path: Path):
    texts = [
        article("La crue à Lanvic", "La crue de la Loue a touché Lanvic mardi, a dit Jean Morel.", date="2012-11-08"),
        article(
            "Match", "Jean Morel était là. Le nouvel entraîneur, Ivo Marant, a souri à Jean Morel.", date="2013-03-04"
        ),
    ]
    with made(tmp_path, texts) as archive:
        assert archive.ask("Qui a succédé à Jean Morel ?").short == "Ivo Marant"


def test_a_claim_that_the_next_sentence_denies_has_not_happened(tmp_path: Path):
    texts = [
        article("Appel", "Anne Roux et Luc Dumas se sont parlé au téléphone le 4 novembre 2025.", date="2025-11-06"),
        article(
            "Roux et Dumas",
            "Un quotidien affirmait hier qu'Anne Roux et Luc Dumas s'étaient parlé en secret le 17 janvier 2026. Les "
            "deux mairies démentent. « Rien n'est prévu », dit-on.",
            date="2026-03-05",
        ),
    ]
    with made(tmp_path, texts) as archive:
        told = archive.ask("Quand Anne Roux et Luc Dumas se sont-ils parlé au téléphone pour la dernière fois ?")
    assert told.short == "4 novembre 2025"


def test_when_something_denied_happened_is_not_told(tmp_path: Path):
    text = "Un site affirmait que Pierre Lac avait démissionné le 3 juin 2024. La mairie dément."
    with made(tmp_path, [article("Démenti", text, date="2024-06-06")]) as archive:
        assert archive.ask("Quand Pierre Lac a-t-il démissionné ?").abstained


def test_a_company_is_nobody(tmp_path: Path):
    text = (
        "L'exploitant, la société Énergies du Sauvy, a abaissé hier la retenue. Elle sera limitée à 60 % jusqu'en mai."
    )
    with made(tmp_path, [article("Barrage de Roquel : une fuite", text, date="2019-02-04")]) as archive:
        told = archive.ask("À quel pourcentage la retenue du barrage de Roquel est-elle limitée ?")
        assert told.short == "60 %"


def test_what_somebody_else_did_in_another_clause_is_not_told(tmp_path: Path):
    texts = [
        article(
            "Sauvy change de maire",
            "Nadia Perrot, qui avait succédé à Paul Roux, a démissionné, et Luc Osmond a été élu maire le 12 mai 2024.",
            date="2024-05-14",
            url="https://example.org/1",
        ),
        article(
            "Une maire à Sauvy",
            "Lundi soir, le conseil municipal a élu Nadia Perrot maire de Sauvy.",
            date="2019-05-22",
            url="https://example.org/2",
        ),
    ]
    with made(tmp_path, texts) as archive:
        assert archive.ask("Quand Nadia Perrot a-t-elle été élue maire ?").short == "20 mai 2019"
