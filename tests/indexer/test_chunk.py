"""How texts are cut into passages, and that every passage is an exact stretch of its text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.chunk import article_passages, comment_language, comment_passages, split
from rag.errors import SettingsError
from rag.text import Span, tokenize
from rag.types import UNKNOWN_DATE, Article, ArticleRef, Comment, CommentRef, Section

REF = ArticleRef("11111111-1111-5111-8111-111111111111", "Un titre", UNKNOWN_DATE, "/a.txt")
READER = CommentRef("22222222-2222-5222-8222-222222222222", "reader-abcdefgh")
SENTENCE = "Le maire a présenté hier le budget de la ville devant une salle comble. "
PIECES = [
    "Oui. ",
    "Oui. ",
    "Non ! ",
    "« A. B. » dit-il. ",
    "\n",
    "\n\n",
    "\u00a0",
    "\u202f",
    " \t ",
    "1,5 ",
    "M. Roux. ",
]
PIECES += ["é" * 40, "mot " * 50, "mot,\u00a0" * 30, "👩‍👩‍👧 ", "... ", "x"]


def article(body: str, *sections: tuple[str | None, str]) -> Article:
    """An article whose sections are given as heading and text, each text found in the body."""
    found = []
    for heading, text in sections:
        start = body.index(text)
        found.append(Section(heading, text, start, start + len(text)))
    return Article("/a.txt", "Un titre", False, UNKNOWN_DATE, body, "fr", tuple(found))


def uncovered(text: str, spans: list[Span]) -> str:
    """The characters, white space apart, that lie in no passage."""
    covered = {place for start, end in spans for place in range(start, end)}
    return "".join(c for place, c in enumerate(text) if place not in covered and not c.isspace())


def texts(body: str, spans: list[Span]) -> list[str]:
    return [body[start:end] for start, end in spans]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from([0, 4, 16, 31]))
def test_passages_cover_every_character_and_begin_and_end_with_one(text: str, overlap: int) -> None:
    spans = split(text, "fr", chunk_tokens=32, overlap=overlap)
    assert uncovered(text, spans) == ""
    assert all(passage and passage == passage.strip() for passage in texts(text, spans))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_covered(text: str) -> None:
    assert uncovered(text, split(text, "en", chunk_tokens=32)) == ""


def test_passages_follow_one_another_without_overlap_by_default() -> None:
    spans = split(SENTENCE * 40, "fr", chunk_tokens=60)
    assert len(spans) > 5
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


def test_repeated_sentences_keep_their_own_places() -> None:
    text = "Oui. Non. " * 60
    spans = split(text, "fr", chunk_tokens=32)
    assert [span.start for span in spans] == sorted({span.start for span in spans})
    assert uncovered(text, spans) == ""


def test_overlap_repeats_whole_sentences() -> None:
    text = "".join(f"La phrase numéro {number} est assez courte. " for number in range(30))
    spans = split(text, "fr", chunk_tokens=60, overlap=20)
    assert all(after.start < before.end for before, after in itertools.pairwise(spans))
    assert all(text[span.start :].startswith("La phrase numéro") for span in spans)


def test_an_overlap_that_leaves_no_room_is_refused() -> None:
    with pytest.raises(SettingsError, match="chunk_overlap"):
        split("Une phrase.", "fr", chunk_tokens=32, overlap=32)


def test_no_passage_is_over_the_limit() -> None:
    text = SENTENCE * 20 + "mot " * 500 + "x" * 900
    assert max(len(tokenize(passage)) for passage in texts(text, split(text, "fr", chunk_tokens=64))) <= 64


def test_cuts_lie_between_sentences() -> None:
    text = "".join(f"M. Roux a reçu 1,5 million le {day} mars, selon le service de presse. " for day in range(2, 30))
    for passage in texts(text, split(text, "fr", chunk_tokens=80)):
        assert passage.startswith("M. Roux a reçu") and passage.endswith("presse.")


def test_a_sentence_over_the_limit_is_cut_after_a_comma() -> None:
    text = "Il a parlé " + ", ".join(f"du sujet numéro {number} de la liste" for number in range(40)) + "."
    spans = split(text, "fr", chunk_tokens=64)
    assert len(spans) > 3
    assert all(passage.endswith((",", ".")) for passage in texts(text, spans))


@pytest.mark.parametrize("space", [" ", "\u00a0", "\t", "\u202f"])
def test_a_line_without_punctuation_is_cut_between_words(space: str) -> None:
    text = space.join(["montagne"] * 300)
    for passage in texts(text, split(text, "fr", chunk_tokens=48)):
        assert set(passage.split()) == {"montagne"}


def test_a_word_over_the_limit_is_cut_inside() -> None:
    text = "https://example.org/" + "abc123" * 200
    spans = split(text, "fr", chunk_tokens=48)
    assert len(spans) > 3
    assert "".join(texts(text, spans)) == text


def test_a_number_is_not_cut_at_its_comma() -> None:
    text = "1,5 " * 200
    assert all(set(passage.split()) == {"1,5"} for passage in texts(text, split(text, "fr", chunk_tokens=33)))


def test_white_space_alone_gives_no_passage() -> None:
    assert split(" \n\u00a0\n ", "fr", chunk_tokens=64) == []


def test_a_very_long_line_takes_seconds_at_most() -> None:
    text = "a" * 60_000 + " mais non ! bla ?" * 3_000
    assert uncovered(text, split(text, "fr", chunk_tokens=160)) == ""


def test_passages_hold_their_offsets_in_the_body() -> None:
    body = "Chapeau.\n" + SENTENCE * 6 + "\n\nPremier titre\n" + SENTENCE * 6
    passages = article_passages(article(body), REF, chunk_tokens=64)
    assert all(body[p.start : p.end] == p.text and p.text_id == REF.id and p.kind == "article" for p in passages)


def test_a_passage_does_not_cross_sections() -> None:
    first, second = (SENTENCE * 5).strip(), (SENTENCE * 4).strip()
    body = f"{first}\nUn intertitre\n{second}"
    passages = article_passages(article(body, (None, first), ("Un intertitre", second)), REF, chunk_tokens=300)
    assert [passage.section for passage in passages] == [None, "Un intertitre"]
    assert passages[1].text.startswith("Un intertitre\n")


def test_a_tiny_section_joins_its_neighbour() -> None:
    tiny, second = "Bref.", (SENTENCE * 4).strip()
    body = f"Un\n{tiny}\nDeux\n{second}"
    passages = article_passages(article(body, ("Un", tiny), ("Deux", second)), REF, chunk_tokens=160)
    assert [(passage.text, passage.section) for passage in passages] == [(body, "Deux")]


def test_a_tiny_section_stays_alone_where_both_do_not_fit() -> None:
    tiny, second = "Bref.", (SENTENCE * 8).strip()
    body = f"Un\n{tiny}\nDeux\n{second}"
    passages = article_passages(article(body, ("Un", tiny), ("Deux", second)), REF, chunk_tokens=100)
    assert passages[0].text == "Un\nBref."


def test_what_follows_the_last_section_is_in_a_passage() -> None:
    text = (SENTENCE * 3).strip()
    body = f"{text}\nFin de page."
    passages = article_passages(article(body, (None, text)), REF, chunk_tokens=160)
    assert passages[-1].text.endswith("Fin de page.")


def test_an_empty_body_has_no_passage() -> None:
    assert article_passages(article(""), REF, chunk_tokens=160) == []


def test_a_long_remark_gives_several_passages_of_that_remark() -> None:
    remark = Comment((SENTENCE * 10).strip())
    passages = comment_passages(remark, REF, READER, "fr", chunk_tokens=64)
    assert len(passages) > 2
    assert {(p.kind, p.text_id, p.comment) for p in passages} == {("comment", READER.id, READER)}
    assert all(remark.text[p.start : p.end] == p.text for p in passages)


def test_a_remark_has_the_language_it_is_written_in() -> None:
    remark = Comment("This is what I have been saying for years, and nobody would listen to me.")
    assert comment_language(remark, "fr") == "en"


def test_a_remark_of_few_words_has_its_articles_language() -> None:
    assert comment_language(Comment("The end"), "fr") == "fr"


def test_passage_ids_tell_texts_and_places_apart() -> None:
    one = article_passages(article(SENTENCE * 20), REF, chunk_tokens=64)
    other = comment_passages(Comment(SENTENCE * 20), REF, READER, "fr", chunk_tokens=64)
    assert len({passage.id for passage in one + other}) == len(one + other)


def test_chunking_leaves_the_settings_of_llama_index_alone() -> None:
    from llama_index.core import Settings

    before = dict(vars(Settings))
    split(SENTENCE * 20, "en", chunk_tokens=77)
    assert vars(Settings) == before
