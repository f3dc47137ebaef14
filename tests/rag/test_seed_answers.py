"""Questions to the real texts of the seeds folder: the right article first, the right short answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import index_archive
from rag import Archive


@pytest.fixture(scope="module")
def seeds(seeds_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    store = tmp_path_factory.mktemp("seeds") / "store"
    index_archive([seeds_dir], store)
    with Archive.open(store) as archive:
        yield archive


@pytest.mark.parametrize(
    ("question", "short", "files"),
    [
        ("when did Macron last call Putin?", "July 2025", ("002",)),
        ("Quand Macron a-t-il parlé à Poutine pour la dernière fois ?", "juillet 2025", ("002",)),
        ("Which nuclear plant was discussed in September 2022?", "Zaporijjia", ("002",)),
        ("Combien de temps a duré l'appel entre Trump et Poutine ?", "une heure", ("003",)),
        ("Où Poutine propose-t-il d'ouvrir des négociations ?", "Istanbul", ("004",)),
        ("Quand la Russie a-t-elle été exclue du G8 ?", "2014", ("000",)),
    ],
)
def test_the_right_article_is_cited_first(seeds: Archive, question: str, short: str, files: tuple[str, ...]) -> None:
    answer = seeds.ask(question)
    assert answer.short == short
    assert Path(answer.citations[0].article.source).name[:3] in files


def test_who_confirmed_is_told_from_the_passive(seeds: Archive) -> None:
    answer = seeds.ask("Who confirmed that the messages are authentic?")
    assert answer.short in ("l’Élysée", "l’entourage du président français")
    assert Path(answer.citations[0].article.source).name[:3] in ("000", "001")


def test_what_readers_think_comes_from_the_thread_that_speaks_of_it(seeds: Archive) -> None:
    answer = seeds.ask("Que pensent les lecteurs de la position de Trump ?")
    assert {(c.kind, Path(c.article.source).name[:3]) for c in answer.citations} == {("comment", "004")}
    assert "lecteur" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "When did Macron last call Xi Jinping?",
        "When did Macron last call Zelensky?",
        "How long did the call between Macron and Putin last?",
        "Qui a gagné la Coupe du monde 2022 ?",
    ],
)
def test_what_is_not_there_is_refused(seeds: Archive, question: str) -> None:
    assert seeds.ask(question).abstained
