"""The bundled reader: which words it marks, what it makes of texts that do not answer, and what a broken one says."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from rag.embedding import BUNDLED_MODEL
from rag.errors import EmbedderError
from rag.reader import BundledReader, Excerpt, ReadExcerpt, load_reader

FRENCH = "Le maire a inauguré la médiathèque. Les travaux ont coûté 4,2 millions d'euros. La pluie a cessé vers midi."
ENGLISH = "The bridge was closed on 4 March 2021 after an inspection. It reopened two years later."


@pytest.fixture(scope="module")
def reader() -> BundledReader:
    return load_reader()


def marked(reader: BundledReader, question: str, text: str) -> str:
    best = reader.read(question, [Excerpt("", text)])[0].best(0, len(text))
    assert best is not None
    return text[best.start : best.end]


def test_it_marks_the_amount_that_is_asked_for(reader: BundledReader) -> None:
    assert "4,2 millions" in marked(reader, "Combien ont coûté les travaux ?", FRENCH)


def test_it_marks_the_day_that_is_asked_for(reader: BundledReader) -> None:
    assert "4 March 2021" in marked(reader, "When was the bridge closed?", ENGLISH)


def test_an_english_question_is_read_over_a_french_text(reader: BundledReader) -> None:
    assert "4,2 millions" in marked(reader, "How much did the works cost?", FRENCH)


def test_a_text_about_something_else_scores_lower(reader: BundledReader) -> None:
    answering, other = reader.read("Combien ont coûté les travaux ?", [Excerpt("", FRENCH), Excerpt("", ENGLISH)])
    first, second = answering.best(0, len(FRENCH)), other.best(0, len(ENGLISH))
    assert first is not None and second is not None
    assert first.score > second.score


def test_an_excerpt_is_read_alike_whatever_stands_beside_it(reader: BundledReader) -> None:
    alone = reader.read("Combien ont coûté les travaux ?", [Excerpt("", FRENCH)])[0]
    beside = reader.read("Combien ont coûté les travaux ?", [Excerpt("t", ENGLISH), Excerpt("", FRENCH)])[1]
    assert np.array_equal(alone.starts, beside.starts) and np.array_equal(alone.ends, beside.ends)


def test_a_long_text_is_read_as_far_as_the_model_reaches(reader: BundledReader) -> None:
    long = FRENCH + " Rien de plus." * 400
    read = reader.read("Combien ont coûté les travaux ?", [Excerpt("Un titre", long)])[0]
    assert 0 < len(read.offsets) < 256
    assert read.best(len(long) - 20, len(long)) is None


def test_nothing_to_read_gives_nothing(reader: BundledReader) -> None:
    assert reader.read("Quand ?", []) == []


def test_the_best_span_stays_within_the_stretch_asked_for() -> None:
    read = ReadExcerpt(((0, 3), (4, 7), (8, 11)), np.array([9.0, 1.0, 2.0]), np.array([9.0, 3.0, 1.0]))
    best = read.best(4, 11)
    assert best is not None
    assert (best.start, best.end, best.score) == (4, 7, 4.0)


def test_a_reader_without_weights_says_what_to_do(tmp_path: Path) -> None:
    embedding = Path(str(files("rag") / "models" / BUNDLED_MODEL))
    with pytest.raises(EmbedderError, match="install Gazette again"):
        BundledReader(embedding, tmp_path)
