"""The questions to begin with, made from what an archive holds."""

from __future__ import annotations

from rag.store.base import Point
from rag.types import PublicationDate
from tests.ui.page_archive import BODY, ListedStore, article, ordinary_answer, ordinary_archive, text_point
from ui.page_starters import starter_questions


def asked_of(points: list[Point], *, comments: int = 0) -> dict[str, tuple[str, ...]]:
    archive = ordinary_archive(ordinary_answer, store=ListedStore(points, comments=comments))
    return dict(starter_questions(archive))


def dated(title: str, day: str) -> PublicationDate:
    return PublicationDate(day, "day", "metadata", title)


def test_names_that_meet_make_a_question_in_each_language() -> None:
    asked = asked_of([text_point(article(), BODY)])
    assert "Que s’est-il passé entre Jeanne Arbois et Paul Testard ?" in asked["fr"]
    assert "What happened between Jeanne Arbois and Paul Testard?" in asked["en"]


def test_readers_are_asked_about_only_where_there_are_comments() -> None:
    silent = asked_of([text_point(article(), BODY)])
    spoken = asked_of([text_point(article(), BODY)], comments=3)
    assert not any("lecteurs" in question for question in silent["fr"])
    assert any("lecteurs" in question for question in spoken["fr"])


def test_a_name_keeps_its_article_word_and_contracts_it() -> None:
    body = "Hier, le Sénat a voté. Ce jour, le Sénat a dit non. Ensuite, le Sénat est parti."
    asked = asked_of([text_point(article(), body)], comments=1)
    assert "Quelles sont les dernières nouvelles sur le Sénat ?" in asked["fr"]
    assert "Que pensent les lecteurs du Sénat ?" in asked["fr"]


def test_a_name_that_begins_with_a_vowel_is_elided() -> None:
    asked = asked_of([text_point(article(), "Hier, Odile Bard a parlé. Puis Odile Bard est partie.")], comments=1)
    assert "Que pensent les lecteurs d’Odile Bard ?" in asked["fr"]


def test_days_months_and_sentence_openings_are_no_names() -> None:
    asked = asked_of([text_point(article("Titre"), "Depuis Mardi rien. Rien en Juillet. Pourtant rien.")])
    assert asked["fr"] == ("Que rapporte l’article « Titre » ?",)


def test_without_names_the_latest_titles_are_asked_about() -> None:
    points = [
        text_point(article(title, dated(title, day), source=title), "rien de propre ici.")
        for title, day in (("Ancien", "2024-01-01"), ("Récent", "2026-01-01"))
    ]
    assert asked_of(points)["fr"][0] == "Que rapporte l’article « Récent » ?"


def test_an_empty_archive_has_no_starter() -> None:
    assert asked_of([]) == {"fr": (), "en": ()}


def test_there_are_no_more_than_asked_for() -> None:
    points = [text_point(article(f"Titre {n}", source=f"{n}.txt"), BODY) for n in range(40)]
    assert all(len(questions) == 3 for questions in asked_of(points, comments=1).values())
