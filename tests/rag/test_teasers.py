"""Calls to read something else that stand glued to a sentence of an article."""

import pytest

from rag.teasers import is_teaser
from rag.text import sentences
from tests.rag.made import article, made


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A ne pas manquer sur Le Fanal : Le phare de Sauvy a rouvert en 2013.",
            ["A ne pas manquer sur Le Fanal :", "Le phare de Sauvy a rouvert en 2013."],
        ),
        (
            "Lire aussi : Sauvy sous la neige En avril, le maire Jon Madec a fermé le port.",
            ["Lire aussi : Sauvy sous la neige", "En avril, le maire Jon Madec a fermé le port."],
        ),
        (
            "Vous pourriez aussi être intéressés par : Néanmoins, le port reste ouvert.",
            ["Vous pourriez aussi être intéressés par :", "Néanmoins, le port reste ouvert."],
        ),
        ("Read also: The harbour closed on Monday.", ["Read also:", "The harbour closed on Monday."]),
    ],
)
def test_a_call_is_a_sentence_of_its_own(text: str, expected: list[str]):
    assert cut(text) == expected
    assert is_teaser(expected[0])
    assert not is_teaser(expected[-1])


@pytest.mark.parametrize(
    "text",
    [
        "Il aime lire aussi : des romans, des cartes, des journaux.",
        "Voir le phare la nuit reste une fête.",
        "Reading is free at the library.",
    ],
)
def test_reading_and_seeing_are_no_calls(text: str):
    assert cut(text) == [text]
    assert not is_teaser(text)


def test_the_title_that_a_call_names_is_no_answer(tmp_path):
    text = (
        "Le mouvement des bacs de Sauvy réunit les marins. Lire aussi : Le chanteur Paul Ferrand est mort En mai, les "
        "marins du mouvement ont bloqué le port. Le chef du mouvement des bacs, Jon Madec, a été reçu lundi."
    )
    with made(tmp_path, [article("Les bacs de Sauvy", text)]) as archive:
        answer = archive.ask("Qui dirige le mouvement des bacs de Sauvy ?")
    assert answer.short == "Jon Madec"
    assert "Ferrand" not in answer.text


def test_a_quote_begins_and_ends_with_its_sentence(tmp_path):
    """A long paragraph is read in part, but never cut within a sentence."""
    filler = " ".join(
        f"Le bac numéro {n} a quitté le quai de la criée avec douze voitures à son bord." for n in range(90)
    )
    text = f"{filler} Le phare de Sauvy a coûté 14 millions d'euros. {filler}"
    with made(tmp_path, [article("Le port de Sauvy", text)]) as archive:
        answer = archive.ask("Combien a coûté le phare de Sauvy ?")
        assert "14 millions" in (answer.short or "")
        whole = {text[start:end] for start, end in sentences(text)}
        assert {citation.quote for citation in answer.citations} <= whole
