"""Citation markers, in the forms that models write them, cut anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answer.markers import CitedSentences, Draft, Mark, MarkerParser, read_marker
from rag.types import Language


def parse(*pieces: str) -> list[str | Mark]:
    parser = MarkerParser()
    return [part for piece in pieces for part in parser.feed(piece)] + parser.close()


def text_and_numbers(parts: list[str | Mark]) -> tuple[str, list[int]]:
    text = "".join(part for part in parts if isinstance(part, str))
    return text, [number for part in parts if isinstance(part, Mark) for number in part.numbers]


def drafts(*pieces: str, language: Language = "en") -> list[Draft]:
    cited = CitedSentences(language)
    return [draft for piece in pieces for draft in cited.feed(piece)] + cited.close()


def cited(reply: str, language: Language = "en") -> list[tuple[str, tuple[int, ...]]]:
    return [(draft.text, draft.numbers) for draft in drafts(reply, language=language)]


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[1]", (1,)),
        ("[1, 2]", (1, 2)),
        ("[1,2;3]", (1, 2, 3)),
        ("[1-3]", (1, 2, 3)),
        ("[1–3, 5]", (1, 2, 3, 5)),
        ("[1 et 4]", (1, 4)),
        ("[1 and 4]", (1, 4)),
        ("[ 2 ]", (2,)),
        ("[^1]", (1,)),
        ("[#2]", (2,)),
        ("[n° 3]", (3,)),
        ("[Passage 1]", (1,)),
        ("[passages 1, 2]", (1, 2)),
        ("[Passage 1, Passage 3]", (1, 3)),
        ("[Source : 2]", (2,)),
        ("【1】", (1,)),
        ("【3†source】", (3,)),
        ("［2］", (2,)),
        ("(Passage 1)", (1,)),
        ("(sources 1 et 2)", (1, 2)),
        ("[1, 1]", (1,)),
        ("[99]", (99,)),
    ],
)
def test_a_marker_gives_its_numbers(marker: str, numbers: tuple[int, ...]):
    assert read_marker(marker) == Mark(numbers)


@pytest.mark.parametrize(
    "text", ["[sic]", "[…]", "(1)", "(2025)", "[]", "[voir 2]", "(passage secret)", "[1 000 francs]"]
)
def test_other_brackets_are_text(text: str):
    assert read_marker(text) is None
    assert text_and_numbers(parse(f"Avant {text} après.")) == (f"Avant {text} après.", [])


def test_a_range_without_end_is_no_flood_of_numbers():
    assert read_marker("[1-900000000]") == Mark((1, 900000000))


def test_neighbouring_markers_are_each_found():
    assert text_and_numbers(parse("Oui[1][2] [3].")) == ("Oui .", [1, 2, 3])


@settings(deadline=None)
@given(st.data())
def test_it_does_not_matter_where_a_reply_is_cut(data: st.DataObject):
    reply = "<think>Hm [7].</think>**One** ran [1, 2]. [sic] Two (passage 3) sat【4†source】down [5"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(reply) - 1), max_size=12)))
    pieces = [reply[a:b] for a, b in zip([0, *cuts], [*cuts, len(reply)], strict=True)]
    assert text_and_numbers(parse(*pieces)) == text_and_numbers(parse(reply))
    assert drafts(*pieces) == drafts(reply)


def test_no_part_of_a_marker_is_given_as_text_while_it_comes():
    parser = MarkerParser()
    given_so_far = [part for piece in ("It fell [", "1", ", ", "2", "]", ".") for part in parser.feed(piece)]
    assert given_so_far == ["It fell ", Mark((1, 2)), "."]


def test_an_open_bracket_is_not_held_for_ever():
    parser = MarkerParser()
    assert "".join(str(part) for part in parser.feed("[ " + "x" * 100)).startswith("[ x")


def test_thoughts_are_left_out():
    assert text_and_numbers(parse("<thi", "nk>Secret [1]</th", "ink>\nSeen [2].")) == ("\nSeen .", [2])


@pytest.mark.parametrize(
    "reply",
    [
        "One ran [1]. Two sat [2].",
        "One ran. [1] Two sat. [2]",
        "One ran.[1] Two sat.[2]",
        "One ran.[1]Two sat.[2]",
        "**One ran.**[1] **Two sat.** [2]",
        "- One ran [1].\n- Two sat [2].",
        "1. One ran [1].\n2. Two sat [2].",
        "One ran.\n[1]\nTwo sat.\n[2]",
        "[1] One ran.\n[2] Two sat.",
        "One ran 【1】.\n\nTwo sat 【2†source】.",
    ],
)
def test_a_marker_goes_with_the_sentence_it_stands_at(reply: str):
    assert cited(reply) == [("One ran.", (1,)), ("Two sat.", (2,))]


def test_sentences_come_as_soon_as_the_next_one_has_begun():
    sentences = CitedSentences("en")
    assert sentences.feed("One ran. [1") == []
    assert sentences.feed("] Tw") == []
    assert sentences.feed("o sat down") == [Draft("One ran.", (1,))]
    assert sentences.close() == [Draft("Two sat down", (), whole=False)]


def test_an_abbreviation_ends_no_sentence():
    assert cited("M. Macron a vu Mme. Merkel [1]. Ils ont parlé [2].", "fr") == [
        ("M. Macron a vu Mme. Merkel.", (1,)),
        ("Ils ont parlé.", (2,)),
    ]


def test_a_quotation_of_several_sentences_stays_whole():
    assert cited("Il a dit « Je pars. Adieu. » hier [1]. Puis rien [2].", "fr") == [
        ("Il a dit « Je pars. Adieu. » hier.", (1,)),
        ("Puis rien.", (2,)),
    ]


@settings(deadline=None)
@given(st.text(alphabet="[]()【】 1,2-ab.\n*<>", max_size=60))
def test_any_reply_is_taken_apart_without_an_error(reply: str):
    for draft in drafts(reply):
        assert any(character.isalpha() for character in draft.text)
