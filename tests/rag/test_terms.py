"""The words of a stretch are those of its text, without reading it again."""

from __future__ import annotations

import pytest

from rag.terms import Stretch, cached_words, folded_words, language_of, term_set
from rag.text import sentences

TEXT = (
    "L'usine d'Ormeck a fermé mardi. Aujourd'hui, 240 salariés l'occupent — et la préfète, Mme Réau-Petit, s'y rend. "
    "« Nous resterons », dit l'un d'eux."
)


@pytest.mark.parametrize("number", range(2))
def test_the_words_of_a_sentence_are_those_of_its_stretch(number: int) -> None:
    start, end = sentences(TEXT, "fr")[number]
    stretch = Stretch(TEXT, start, end)
    assert folded_words(stretch) == folded_words(TEXT[start:end])
    assert term_set(stretch) == term_set(TEXT[start:end])
    assert [word.text for word in cached_words(stretch)] == [word.text for word in cached_words(TEXT[start:end])]
    assert all(TEXT[word.start : word.end] == word.text for word in cached_words(stretch))


def test_an_empty_stretch_has_no_words() -> None:
    assert len(cached_words(Stretch(TEXT, 7, 7))) == 0


def test_a_stretch_speaks_the_language_of_its_text() -> None:
    assert language_of(Stretch(TEXT, 2, 7)) == "fr"
