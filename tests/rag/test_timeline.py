"""`Archive.timeline`: dated events of an archive, reports of one event together, in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Archive
from rag.errors import UsageError
from rag.events import Event
from rag.settings import load_settings
from rag.store.base import Where
from rag.store.open import open_store
from tests.rag.made import article, bundled, made

ARTICLES = [
    article(
        "Le maire et l'ambassadrice se parlent",
        "Paul Ferrand a téléphoné à Ilse Vandamme le 1er mars 2024. Ils ont parlé du port.",
        date="2024-03-02",
        outlet="Le Fanal",
    ),
    article(
        "A call about the harbour",
        "Paul Ferrand and Ilse Vandamme spoke by phone on March 1, 2024, for an hour.",
        date="2024-03-03",
        outlet="The Beacon",
        language="en",
    ),
    article(
        "Retour sur un hiver",
        "Paul Ferrand et Ilse Vandamme s'étaient rencontrés en novembre 2023 à Sauvy. Ferrand doit la revoir le 9 juin "
        "2024. Une rencontre prévue le 4 avril 2024 entre Paul Ferrand et Ilse Vandamme a été annulée.",
        date="2024-04-10",
        outlet="Le Fanal",
    ),
    article(
        "La boulangerie de Sauvy ferme",
        "Jeanne Morel a fermé sa boulangerie de Sauvy le 5 février 2024. Paul Ferrand l'a saluée le 6 février 2024.",
        date="2024-02-07",
    ),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("timeline"), ARTICLES) as opened:
        yield opened


def days(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.first.isoformat(), event.status) for event in events]


def test_two_names_give_the_events_of_both_in_order_of_their_dates(archive: Archive) -> None:
    assert days(archive.timeline("Ferrand Vandamme")) == [
        ("2023-11-01", "happened"),
        ("2024-03-01", "happened"),
        ("2024-04-04", "denied"),
    ]


def test_reports_of_one_event_in_two_languages_are_one_event_with_two_citations(archive: Archive) -> None:
    (call,) = [e for e in archive.timeline("Ferrand Vandamme") if e.first.isoformat() == "2024-03-01"]
    assert {c.article.outlet for c in call.citations} == {"Le Fanal", "The Beacon"}
    assert call.actors == ("Paul Ferrand", "Ilse Vandamme")


def test_every_report_is_quoted_at_its_place(archive: Archive) -> None:
    for event in archive.timeline("Paul Ferrand"):
        assert all(archive.text_of(c)[c.start : c.end] == c.quote for c in event.citations)


def test_a_question_gives_the_events_of_its_kind(archive: Archive) -> None:
    (closing,) = archive.timeline("When did Jeanne Morel close her bakery?")
    assert closing.first.isoformat() == "2024-02-05"


def test_since_and_until_are_about_the_event_and_not_its_publication(archive: Archive) -> None:
    assert days(archive.timeline("Ferrand Vandamme", until="2023")) == [("2023-11-01", "happened")]
    assert days(archive.timeline("Ferrand Vandamme", since="2024-03", until="2024-03")) == [("2024-03-01", "happened")]


def test_a_window_in_the_question_counts_like_since_and_until(archive: Archive) -> None:
    assert days(archive.timeline("Ferrand et Vandamme en 2023")) == [("2023-11-01", "happened")]


def test_nothing_published_after_now_is_used(archive: Archive) -> None:
    assert days(archive.timeline("Ferrand Vandamme", now="2024-03-05")) == [("2024-03-01", "happened")]


def test_of_more_than_the_limit_the_most_relevant_are_kept(archive: Archive) -> None:
    assert len(archive.timeline("Ferrand Vandamme", limit=2)) == 2


def test_a_month_stays_a_month(archive: Archive) -> None:
    first = archive.timeline("Ferrand Vandamme")[0]
    assert (first.precision, first.when) == ("month", "novembre 2023")


def test_a_name_that_is_not_there_has_no_events(archive: Archive) -> None:
    assert archive.timeline("Zoé Quillard") == []


def test_a_limit_below_one_or_a_date_that_is_none_is_refused(archive: Archive) -> None:
    with pytest.raises(UsageError):
        archive.timeline("Ferrand", limit=0)
    with pytest.raises(UsageError):
        archive.timeline("Ferrand", since="bientôt")


def test_an_archive_without_stored_events_is_read_on_the_spot(tmp_path: Path) -> None:
    with made(tmp_path, ARTICLES):
        pass
    store = open_store(tmp_path / "store", settings=load_settings())
    store.delete([point.id for point in store.scroll(Where(kinds=("event",)))])
    store.close()
    with Archive.open(tmp_path / "store", embedder=bundled()) as archive:
        assert ("2024-03-01", "happened") in days(archive.timeline("Ferrand Vandamme"))
