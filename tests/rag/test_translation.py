"""Words of one language that translate words of the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import EmbedderError
from rag.translation import LONG_STEM, load_table, nearness, roots, translation_table


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("strike", "greve"),
        ("mayor", "maire"),
        ("fire", "incendie"),
        ("fire", "feu"),
        ("died", "mort"),
        ("hospital", "hopital"),
        ("won", "remporte"),
        ("dismissed", "licencie"),
        ("funeral", "obseques"),
        ("salary", "salaire"),
    ],
)
def test_a_word_is_near_its_translations_in_both_directions(english: str, french: str) -> None:
    assert nearness(english, french, "en") >= 0.6
    assert nearness(french, english, "fr") >= 0.6


@pytest.mark.parametrize(
    ("english", "french"),
    [("strike", "maire"), ("hospital", "ecole"), ("won", "perdu"), ("open", "ferme"), ("president", "ministre")],
)
def test_words_that_translate_nothing_of_each_other_are_far(english: str, french: str) -> None:
    assert nearness(english, french, "en") < 0.2


def test_a_word_is_read_in_its_own_language_only() -> None:
    """French "pain" is bread: it is not near "douleur", which English "pain" is."""
    assert nearness("pain", "douleur", "en") >= 0.6
    assert nearness("pain", "douleur", "fr") == 0
    assert nearness("pain", "bread", "fr") >= 0.6


def test_forms_of_one_verb_have_one_key() -> None:
    assert roots("licencie")[0] == roots("licencier")[0] == roots("licenciement")[0]
    assert len(roots("vie")[0]) <= LONG_STEM and roots("vie")[0] == "vi"


def test_unknown_words_are_near_nothing() -> None:
    assert nearness("xyzzyq", "maire", "en") == 0


@pytest.mark.parametrize("content", [b"", b"no table", None])
def test_a_table_that_cannot_be_read_is_said_to_be_so(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "table.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EmbedderError, match="install Gazette again"):
        load_table(file)


def test_the_entries_are_chances_and_the_same_from_either_side() -> None:
    table = translation_table()
    for rows, others in ((table.french, table.english), (table.english, table.french)):
        assert len(rows) > 30_000
        assert all(0 < chance <= 1.01 for row in rows.values() for chance in row.values())
        assert all(others[other][stem] == chance for stem, row in rows.items() for other, chance in row.items())
