"""BM25 vectors: what meets what, in both languages, and how heavy a passage's words are."""

from __future__ import annotations

import pytest

from rag.store.sparse import AVERAGE_LENGTH, Bm25Encoder, plain

ENCODER = Bm25Encoder()


def meets(question: str, passage: str, language: str = "fr") -> bool:
    """Whether every word of the question is a word of the passage."""
    found = set(ENCODER.passage(passage, "en" if language == "en" else "fr").indices)
    stems = [set(ENCODER.query(word).indices) for word in question.split()]
    return all(stem & found for stem in stems if stem)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("elysee", "le palais de l’Élysée"),
        ("l'Élysée", "le palais de l’Élysée"),
        ("ÉLYSÉE", "l'elysee"),
        ("oeuvre", "une Œuvre"),
        ("états unis", "aux États-Unis"),
        ("États-Unis", "les etats unis"),
        ("aujourd'hui", "Aujourd’hui, rien"),
        ("négociée", "des négociations négociées"),
        ("déclarer", "elle a déclaré, elles sont déclarées"),
        ("1500", "1 500 soldats"),
        ("1,500", "1\u202f500 soldats"),
        ("2022", "en février 2022, 300 soldats"),
        ("G7", "le sommet du G7"),
        ("été", "l’été 2022"),
    ],
)
def test_spellings_of_one_french_word_meet(question: str, passage: str) -> None:
    assert meets(question, passage)


@pytest.mark.parametrize(
    ("question", "passage"), [("negotiations", "they negotiated"), ("sanction", "Sanctions"), ("pursued", "pursuing")]
)
def test_forms_of_one_english_word_meet(question: str, passage: str) -> None:
    assert meets(question, passage, "en")


def test_a_question_meets_passages_of_both_languages() -> None:
    asked = set(ENCODER.query("Zaporijjia negotiations").indices)
    assert asked & set(ENCODER.passage("la centrale de Zaporijjia", "fr").indices)
    assert asked & set(ENCODER.passage("the Zaporijjia plant", "en").indices)


def test_a_word_that_stems_alike_in_both_languages_counts_once() -> None:
    asked = ENCODER.query("Macron")
    assert len(asked.indices) == len(set(asked.indices)) == 1
    assert asked.values == (1.0,)


@pytest.mark.parametrize(
    "question", ["", "  ", "?!", "the of and", "le de et", "When did he?", "Qu'est-ce que c'est ?"]
)
def test_a_question_of_function_words_asks_for_nothing(question: str) -> None:
    assert ENCODER.query(question).indices == ()


def test_the_function_words_of_a_question_are_rare_words_to_no_language() -> None:
    assert set(ENCODER.query("When did the president speak with the king?").indices) == set(
        ENCODER.query("president speak king").indices
    )


def test_a_passage_without_content_words_is_empty() -> None:
    assert ENCODER.passage("le, la… et les ?", "fr").indices == ()
    assert ENCODER.passage("", "en").indices == ()


def test_a_word_weighs_more_in_a_short_passage_and_more_when_repeated() -> None:
    def weight(passage: str) -> float:
        vector = ENCODER.passage(passage, "fr")
        return vector.values[vector.indices.index(ENCODER.query("président").indices[0])]

    filler = " ".join(f"mot{n}" for n in range(int(AVERAGE_LENGTH) - 1))
    assert weight("président") > weight(f"président {filler}") > weight(f"président {filler} {filler}")
    assert weight(f"président président {filler}") > weight(f"président {filler}")
    assert weight(f"président {filler}") == pytest.approx(1.0, abs=0.01)  # a passage of average length


def test_numbers_are_joined_only_where_they_are_one_number() -> None:
    assert plain("1 500 000 euros et 2 000,50") == "1500000 euros et 2000,50"
    assert plain("en 2022 300 morts") == "en 2022 300 morts"
    assert plain("12.05.2023") == "12.05.2023"
