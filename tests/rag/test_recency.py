"""Of several reports of one changing fact the newest counts, and nothing is taken for one fact that may be two."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag.answer.candidates import FEATURES, Candidate
from rag.answer.document import Document
from rag.answer.recency import prefer_current
from rag.answer.spot import Short
from rag.dates import find_dates
from rag.question import understand
from rag.types import ArticleRef, Hit, Passage, PublicationDate
from tests.rag.made import article, made

TOLL = "Combien de morts l'incendie de la Combe a-t-il faits ?"
COACH = "Qui est l'entraîneur de Sauvy ?"


def told(text: str, value: str, day: str | None, *, score: float = 0.5, title: str = "Le feu de la Combe") -> Candidate:
    """A sentence that is all of its article's text, published on a day, with a short answer; it meets every word."""
    published = PublicationDate(day, "day", "metadata") if day else PublicationDate()
    ref = ArticleRef(f"{day}{text}", title, published, "a.txt")
    hit = Hit(Passage("p", "article", text, ref.id, 0, len(text), ref), score, 0.5, 1.0)
    features = tuple(float(name in ("words", "words_near", "names_near")) for name in FEATURES)
    at = re.search(re.escape(value), text)
    assert at
    return Candidate(
        hit=hit,
        document=Document(ref.id, text, ref),
        start=0,
        end=len(text),
        features=features,
        score=score,
        presence=score,
        short=Short(value, at.start(), at.end(), 0.5),
        dates=tuple(find_dates(text, anchor=published, language="fr")),
    )


def first(question: str, *candidates: Candidate) -> str:
    best = prefer_current(understand(question), sorted(candidates, key=lambda c: -c.score))[0]
    assert best.short
    return best.short.text


OLD = told("L'incendie de la Combe a fait 3 morts, a annoncé la préfecture.", "3 morts", "2023-08-06", score=1.0)


def test_the_newer_toll_goes_first() -> None:
    assert first(TOLL, OLD, told("L'incendie de la Combe a fait 9 morts.", "9 morts", "2023-08-12")) == "9 morts"


def test_what_goes_first_has_the_best_score_and_presence_and_nothing_is_lost() -> None:
    new = told("L'incendie de la Combe a fait 9 morts.", "9 morts", "2023-08-12")
    chosen, other = prefer_current(understand(TOLL), [OLD, new])
    assert (chosen.score, chosen.presence) == (OLD.score, OLD.presence)
    assert other is OLD


def test_an_older_report_never_goes_first() -> None:
    assert first(TOLL, OLD, told("L'incendie de la Combe a fait 9 morts.", "9 morts", "2023-08-05")) == "3 morts"


def test_an_undated_report_never_goes_first() -> None:
    assert first(TOLL, OLD, told("L'incendie de la Combe a fait 9 morts.", "9 morts", None)) == "3 morts"


def test_a_correction_of_the_same_day_goes_before_what_it_corrects() -> None:
    new = told("L'incendie de la Combe a fait 2 morts.", "2 morts", "2023-08-06", title="Rectificatif : la Combe")
    assert first(TOLL, OLD, new) == "2 morts"


@pytest.mark.parametrize(
    ("text", "value", "day"),
    [
        ("L'incendie de la Combe a fait 9 blessés.", "9 blessés", "2023-08-12"),  # another thing counted
        ("L'incendie de la Combe n'a pas fait 9 morts.", "9 morts", "2023-08-12"),  # denied
        ("L'incendie de la Combe aurait fait 9 morts.", "9 morts", "2023-08-12"),  # not sure
        ("L'incendie de la Combe a fait des victimes, dont 9 morts.", "9 morts", "2023-08-12"),  # a part
        ("Près de Malconche et Tancourt, l'incendie a fait 9 morts.", "9 morts", "2023-08-12"),  # another place
        ("L'incendie de la Combe du 3 mai 2024 a fait 9 morts.", "9 morts", "2024-05-04"),  # another fire
        ("L'incendie de la Combe a fait 9 morts.", "9 morts", "2029-08-04"),  # years later
    ],
)
def test_what_may_be_another_thing_replaces_nothing(text: str, value: str, day: str) -> None:
    old = told("Le 5 août 2023, l'incendie de la Combe a fait 3 morts.", "3 morts", "2023-08-06", score=1.0)
    assert first(TOLL, old, told(text, value, day)) == "3 morts"


@pytest.mark.parametrize(
    "question",
    [
        "Combien de morts l'incendie de la Combe a-t-il faits le 5 août 2023 ?",
        "Combien de fois la Combe a-t-elle brûlé ?",
        "Combien de morts le premier incendie a-t-il faits ?",
        "Quand la Combe a-t-elle brûlé ?",
    ],
)
def test_a_question_about_a_time_a_count_or_a_first_keeps_its_order(question: str) -> None:
    assert first(question, OLD, told("L'incendie de la Combe a fait 9 morts.", "9 morts", "2023-08-12")) == "3 morts"


def test_the_newest_holder_of_an_office_goes_first() -> None:
    old = told("Le nouvel entraîneur de Sauvy est Luc Abel.", "Luc Abel", "2021-06-01", score=1.0)
    new = told("L'entraîneur de Sauvy, Yves Brun, a gagné.", "Yves Brun", "2024-06-01")
    assert first(COACH, old, new) == "Yves Brun"


def test_a_former_holder_does_not() -> None:
    old = told("Le nouvel entraîneur de Sauvy est Luc Abel.", "Luc Abel", "2021-06-01", score=1.0)
    new = told("L'ancien entraîneur de Sauvy, Yves Brun, publie un livre.", "Yves Brun", "2024-06-01")
    assert first(COACH, old, new) == "Luc Abel"


LEFT = [
    ("Luc Abel a été démis lundi de ses fonctions d'entraîneur de Sauvy.", "Luc Abel"),
    ("Luc Abel, entraîneur de Sauvy depuis 2019, a quitté le club.", "Luc Abel"),
    ("L'entraîneur de Sauvy, Luc Abel, limogé jeudi, a fait ses adieux.", "Luc Abel"),
    ("Paul Dumas succède à Luc Abel sur le banc de Sauvy.", "Luc Abel"),
    ("Après le départ de Luc Abel, Sauvy cherche un entraîneur.", "Luc Abel"),
    ("Luc Abel was sacked as coach of Sauvy on Monday.", "Luc Abel"),
    ("Sauvy named a coach replacing Luc Abel.", "Luc Abel"),
]


@pytest.mark.parametrize(("text", "name"), LEFT)
def test_who_left_or_was_replaced_gives_way_to_whoever_holds_the_office(text: str, name: str) -> None:
    left = told(text, name, "2024-01-10", score=0.9, title="Sauvy")
    holder = told(
        "L'entraîneur de Sauvy, Anne Roux, a fait jouer trois attaquants.", "Anne Roux", "2023-02-10", title="Sauvy"
    )
    first, *others = prefer_current(understand(COACH), (left, holder))
    assert first.short is not None and first.short.text == "Anne Roux"
    assert (first.score, [c.short.text for c in others if c.short]) == (0.9, [name])


def test_who_has_left_is_not_told_as_the_holder(tmp_path: Path) -> None:
    text = "Luc Abel a été démis lundi de ses fonctions d'entraîneur du FC Sauvy."
    with made(tmp_path, [article("Sauvy sans entraîneur", text, url="https://x.org/1", date="2024-01-10")]) as archive:
        assert archive.ask("Qui est l'entraîneur du FC Sauvy ?").abstained
        assert "Luc Abel" in (archive.ask("Qui a été démis de ses fonctions d'entraîneur du FC Sauvy ?").short or "")


STAYED = [
    "L'entraîneur de Sauvy, Luc Abel, écarte deux joueurs de son groupe.",
    "Luc Abel licencie trois adjoints, dit l'entraîneur de Sauvy.",
    "Luc Abel, coach of Sauvy, fired three of his assistants.",
    "Luc Abel, entraîneur de Sauvy, a quitté Paris lundi.",
    "Paul Dumas remplacera Luc Abel, l'entraîneur de Sauvy, en juillet.",
    "Sauvy prépare le départ de Luc Abel, son entraîneur.",
]


@pytest.mark.parametrize("text", STAYED)
def test_who_sends_others_away_or_will_be_replaced_still_holds_the_office(text: str) -> None:
    holder = told(text, "Luc Abel", "2024-01-10", score=0.9, title="Sauvy")
    other = told("L'entraîneur de Sauvy, Anne Roux, a gagné.", "Anne Roux", "2023-02-10", title="Sauvy")
    assert prefer_current(understand(COACH), (holder, other))[0] == holder


def test_who_takes_over_from_another_holds_the_office() -> None:
    new = told(
        "Paul Dumas succède à Luc Abel sur le banc de Sauvy.", "Paul Dumas", "2024-01-10", score=0.9, title="Sauvy"
    )
    old = told(
        "L'entraîneur de Sauvy, Anne Roux, a fait jouer trois attaquants.", "Anne Roux", "2023-02-10", title="Sauvy"
    )
    assert prefer_current(understand(COACH), (new, old))[0] == new


def test_who_did_something_is_no_office_that_changes_hands() -> None:
    old = told("Luc Abel a volé le tableau de Sauvy.", "Luc Abel", "2021-06-01", score=1.0)
    new = told("Yves Brun a volé le tableau de Sauvy.", "Yves Brun", "2024-06-01")
    assert first("Qui a volé le tableau de Sauvy ?", old, new) == "Luc Abel"


def test_candidates_without_a_value_are_left_as_they_are() -> None:
    assert prefer_current(understand(TOLL), []) == ()
