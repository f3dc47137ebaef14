"""Questions asked as of a day: what was published later is not used, and the newest report until then counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Archive
from tests.rag.made import article, made

ARTICLES = [
    article(
        "Sauvy a un nouveau maire",
        "Le conseil municipal de Sauvy a élu Paul Ferrand maire de Sauvy samedi 4 juillet 2020.",
        date="2020-07-05",
    ),
    article(
        "À Sauvy, la mairie change de mains",
        "Le conseil municipal de Sauvy a élu Jeanne Morel maire de Sauvy samedi 28 mars 2026.",
        date="2026-03-29",
    ),
    article(
        "Incendie de la Combe : un premier bilan",
        "L'incendie de la Combe a fait 3 morts, a annoncé la préfecture.",
        date="2023-08-06",
    ),
    article(
        "Incendie de la Combe : le bilan s'alourdit",
        "L'incendie de la Combe a fait 9 morts, a annoncé la préfecture.",
        date="2023-08-12",
    ),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("as_of"), ARTICLES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("As of December 2025, who is the mayor of Sauvy?", "Ferrand"),
        ("Qui est le maire de Sauvy à la date du 1er mars 2026 ?", "Ferrand"),
        ("En avril 2026, qui était le maire de Sauvy ?", "Morel"),
        ("En mars 2021, qui était le maire de Sauvy ?", "Ferrand"),
    ],
)
def test_the_holder_of_an_office_as_of_a_day(archive: Archive, question: str, held: str) -> None:
    answer = archive.ask(question)
    assert held in (answer.short or "")


def test_nothing_published_later_is_cited(archive: Archive) -> None:
    answer = archive.ask("Quel était le bilan de l'incendie de la Combe au 7 août 2023 ?")
    assert (answer.short or "").startswith("3")
    assert {c.article.published.value for c in answer.citations} == {"2023-08-06"}
    assert answer.as_of == "2023-08-07"


def test_before_the_first_report_there_is_no_answer(archive: Archive) -> None:
    assert archive.ask("As of 1 January 2019, who is the mayor of Sauvy?").abstained


def test_now_leaves_out_what_was_published_later(archive: Archive) -> None:
    answer = archive.ask("Qui est le maire de Sauvy ?", now="2025-01-01")
    assert "Ferrand" in (answer.short or "")


def test_the_newest_report_counts_where_no_day_is_named(archive: Archive) -> None:
    assert "9 morts" in (archive.ask("Combien de morts l'incendie de la Combe a-t-il faits ?").short or "")
    assert "Morel" in (archive.ask("Qui est le maire de Sauvy ?").short or "")
