"""What an answer says of its own citations: where they are from, which reader wrote them, and how many did."""

from __future__ import annotations

import pytest

from evals.judge import Cited, Claim, Judge, Source, Verdict
from rag.embedding import load_embedder
from rag.types import PublicationDate

PUBLISHED = PublicationDate("2025-07-03", "day", "metadata")
BUILT = "Le navire a été construit à Istanbul en 1999, selon Jeanne Roy (PS), puis vendu."
QUOTE = "« construit à Istanbul en 1999 »"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(load_embedder("bundled"))


def from_outlet(outlet: str | None, title: str = "") -> Source:
    return Source(BUILT, published=PUBLISHED, title=title, outlet=outlet)


def said(judge: Judge, text: str, *sources: Source, language: str = "fr") -> Verdict:
    return judge.verdict(Claim(text, tuple(map(Cited.whole, sources)), language=language))


# The source that heads a quotation


@pytest.mark.parametrize("outlet", ["L'Écho", "20 Minutes", "24 heures", "Le Journal du 5 mars", "L'Humanité Dimanche"])
def test_the_name_of_an_outlet_holds_no_figure_and_no_date(judge: Judge, outlet: str):
    assert said(judge, f"{outlet}, 3 juillet 2025 : {QUOTE}", from_outlet(outlet)).passed
    assert said(judge, f"{outlet}, 3 July 2025: {QUOTE}", from_outlet(outlet), language="en").passed
    assert not said(judge, f"{outlet}, 4 juillet 2025 : {QUOTE}", from_outlet(outlet)).passed


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_day_of_publication_may_be_written_in_either_language(judge: Judge, language: str):
    source = from_outlet("L'Écho")
    for day, right in (("3 juillet 2025 :", True), ("3 July 2025:", True), ("5 juillet 2025 :", False)):
        assert said(judge, f"L'Écho, {day} {QUOTE}", source, language=language).passed is right


def test_an_article_without_an_outlet_is_named_by_its_title(judge: Judge):
    source = from_outlet(None, "Les 12 vies du navire")
    assert said(judge, f"« Les 12 vies du navire », 3 juillet 2025 : {QUOTE}", source, language="en").passed
    assert not said(judge, f"« Les 12 vies du navire », 3 juin 2025 : {QUOTE}", source, language="en").passed


def test_what_stands_in_brackets_behind_the_day_is_checked(judge: Judge):
    source = from_outlet("L'Écho")
    assert said(judge, f"L'Écho, 3 juillet 2025 (date déduite) : {QUOTE}", source, language="en").passed
    assert said(judge, f"L'Écho, 3 juillet 2025 (selon Jeanne Roy (PS)) : {QUOTE}", source).passed
    assert said(judge, f"L'Écho, 3 juillet 2025 (selon Jeanne Vercoutre (PS)) : {QUOTE}", source).check == "name"
    assert said(judge, f"L'Écho, 3 juillet 2025 (les sources divergent : 2001) : {QUOTE}", source).passed is False


# Readers


def remark(text: str, author: str | None) -> Source:
    return Source(text, "comment", title="La passerelle divise", author=author)


ONE = remark("Enfin une passerelle, merci !", "reader-k3v7q2xm")
TWO = remark("Elle ne sert à rien.", "reader-yvck6cbh")
AGAIN = remark("Je le répète : à rien.", "reader-yvck6cbh")
UNSIGNED = remark("Trop cher.", None)


def test_the_digits_of_a_pseudonym_count_nothing(judge: Judge):
    quote = "« Enfin une passerelle, merci ! »"
    assert said(judge, f"Un lecteur (reader-k3v7q2xm) écrit : {quote}", ONE).passed
    assert said(judge, f"Un lecteur (reader-k3v7q2xm), en réponse à reader-7odsgid7, écrit : {quote}", ONE).passed
    assert said(judge, "A reader (reader-k3v7q2xm) writes: “Enfin une passerelle, merci !”", ONE, language="en").passed


def test_a_remark_is_not_given_to_another_reader(judge: Judge):
    found = said(judge, "Un lecteur (reader-yvck6cbh) écrit : « Enfin une passerelle, merci ! »", ONE)
    assert (found.kind, found.check) == ("not found", "attribution")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("3 lecteurs s'expriment à ce sujet en 4 remarques, dont 1 non signée ; 4 citées ici.", True),
        ("3 readers speak of this in 4 remarks, 1 of them unsigned (of 9); 4 quoted here.", True),
        ("7 lecteurs s'expriment à ce sujet en 8 remarques (sur 9) ; 4 citées ici.", True),
        ("4 lecteurs s'expriment à ce sujet en 4 remarques ; 4 citées ici.", False),
        ("2 readers speak of this in 4 remarks; 4 quoted here.", False),
        ("7 lecteurs s'expriment à ce sujet en 8 remarques (sur 9) ; 5 citées ici.", False),
        ("2 lecteurs s'expriment à ce sujet en 8 remarques (sur 9) ; 4 citées ici.", False),
        ("9 lecteurs s'expriment à ce sujet en 8 remarques (sur 9) ; 4 citées ici.", False),
        ("7 readers speak of this in 8 remarks (of 6); 4 quoted here.", False),
        ("7 readers speak of this in 8 remarks, 9 of them unsigned; 4 quoted here.", False),
        ("50 readers speak of this in 60 remarks.", False),
    ],
)
def test_counts_of_readers_agree_with_the_remarks_that_are_cited(judge: Judge, text: str, right: bool):
    language = "en" if "reader" in text else "fr"
    claim = f"Sous « La passerelle divise », {text}" if language == "fr" else f"Under “La passerelle divise”, {text}"
    assert said(judge, claim, ONE, TWO, AGAIN, UNSIGNED, language=language).passed is right


def test_counts_of_readers_carry_nothing_else(judge: Judge):
    remarks = (ONE, TWO, AGAIN, UNSIGNED)
    assert not said(
        judge, "3 lecteurs en 4 remarques annoncent la fermeture de la gare ; 4 citées ici.", *remarks
    ).passed
    assert not said(
        judge, "Sous « Un autre titre », 3 lecteurs s'expriment en 4 remarques ; 4 citées ici.", *remarks
    ).passed
