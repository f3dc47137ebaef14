"""The sample archive with a few texts of the tests' own, indexed once with the bundled model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import index_archive
from rag import Archive

OWN = [
    {
        "title": "Le maire de Brévannes-sur-Lie reçoit l'ambassadrice",
        "date": "2024-03-12",
        "outlet": "La Gazette de la Lie",
        "url": "https://example.org/ambassadrice",
        "language": "fr",
        "text": (
            "Paul Ferrandier a rencontré l'ambassadrice Ilse Vandamme lundi 11 mars 2024 à Brévannes-sur-Lie.\n"
            "Le maire avait déjà eu plusieurs entretiens avec Ilse Vandamme depuis 2021.\n"
            "Le dernier échange téléphonique entre les deux responsables remontait à novembre 2023. Il avait porté sur "
            "le jumelage des deux villes. L'entretien a duré quarante minutes.\n"
            "La commune a refusé la subvention de 80 000 euros proposée par le département."
        ),
        "comments": [
            {"id": "a", "author": "Odile", "text": "Ce jumelage est une très bonne idée pour nos enfants."},
            {"id": "b", "author": "Rémi T.", "text": "Encore un jumelage qui ne sert à rien, quel gaspillage !"},
            {"id": "c", "author": "Max", "parent": "b", "text": "Le maire a touché 12 000 euros pour ce jumelage."},
        ],
    },
    {
        "title": "Les deux ponts de Brévannes-sur-Lie",
        "date": "2024-05-02",
        "outlet": "La Gazette de la Lie",
        "url": "https://example.org/ponts",
        "language": "fr",
        "text": (
            "Le pont Nord a coûté 14 millions d'euros. Le pont Sud, plus étroit, a coûté 9 millions d'euros.\n"
            "La Belgique, les Pays-Bas et l'Allemagne ont participé au financement des deux ponts."
        ),
    },
]


def _indexed(folder: Path) -> Path:
    """An embedded store of the two texts above."""
    source = folder / "own.jsonl"
    source.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in OWN), encoding="utf-8")
    index_archive([source], folder / "store")
    return folder / "store"


@pytest.fixture(scope="session")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store of the two texts above, for tests that open it themselves."""
    return _indexed(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="session")
def own_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The archive of the two texts above, open for the whole session: a store of its own, since none opens twice."""
    with Archive.open(_indexed(tmp_path_factory.mktemp("opened"))) as archive:
        yield archive
