"""The part of a long sentence that is quoted beside the best one, and what stands around a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answer.document import BLOCK, Document
from rag.answer.excerpts import LONGEST, excerpt
from rag.text import words
from rag.types import UNKNOWN_DATE, ArticleRef
from tests.rag.made import article, made

SHORT = "Le pont de Sauvy a coûté 14 millions d'euros."
LONG = (
    "Le pont de Sauvy, que la région attendait depuis trente ans, a coûté 14 millions d'euros au département, dont "
    "le préfet l'a inauguré jeudi devant une foule de trois mille personnes, et il sera gratuit jusqu'à la fin de "
    "l'année prochaine pour tous les habitants de la vallée."
)


class _Marked:
    """What `excerpt` reads of a candidate."""

    def __init__(self, text: str, marked: str) -> None:
        self.text = text
        self.start, self.end = 0, len(text)
        self.document = _document(text)
        self.hit = type("Hit", (), {"passage": type("Passage", (), {"language": "fr"})()})()
        start = text.index(marked)
        self.short = type("Short", (), {"start": start, "end": start + len(marked)})()
        self.found = None


@pytest.mark.parametrize("marked", ["14 millions d'euros", "trois mille", "Le pont", "vallée"])
def test_a_part_holds_what_is_marked_and_no_more_words_than_it_may(marked: str):
    part = excerpt(_Marked(LONG, marked))  # type: ignore[arg-type]
    told = LONG[part.start : part.end]
    assert marked in told
    assert 4 < len(words(told)) <= LONGEST


def test_a_short_sentence_is_quoted_whole():
    assert excerpt(_Marked(SHORT, "14 millions")) == (0, len(SHORT))  # type: ignore[arg-type]


def test_a_part_begins_and_ends_at_a_clause_where_it_can():
    part = excerpt(_Marked(LONG, "14 millions d'euros"))  # type: ignore[arg-type]
    assert LONG[: part.start].rstrip().endswith(",") or part.start == 0
    assert LONG[part.end :].lstrip().startswith((",", "dont"))


@pytest.mark.parametrize(
    "text",
    [
        "Le préfet Paul Aubry, interrogé jeudi soir par les élus de la vallée, a démenti que le pont de Sauvy, que la "
        "région attendait depuis trente ans, ait coûté 14 millions d'euros au département.",
        "Si les travaux, qui ont pris du retard, sont achevés avant la fin de l'année, le pont de Sauvy, que la région "
        "attendait depuis trente ans, aura coûté 14 millions d'euros au département.",
    ],
)
def test_a_denial_and_a_condition_are_not_cut_off(text: str):
    assert excerpt(_Marked(text, "14 millions d'euros")) == (0, len(text))  # type: ignore[arg-type]


def test_a_speaker_who_is_cut_off_is_named_beside_the_quote(tmp_path: Path):
    told = (
        "Selon la préfète Colette Aubry, qui parlait jeudi soir devant des curieux venus de toute la vallée, le pont "
        "de Sauvy a été dessiné en trois semaines par Marta Quiroz et son équipe."
    )
    texts = [
        article("Un pont à Sauvy", "Le pont de Sauvy a été dessiné par Marta Quiroz.", url="https://x.org/1"),
        article("Une inauguration à Sauvy", told, url="https://x.org/2"),
    ]
    with made(tmp_path, texts) as archive:
        answer = archive.ask("Qui a dessiné le pont de Sauvy ?")
    cut = [s for s in answer.sentences if "trois semaines" in s.text]
    assert cut and "Colette Aubry" not in answer.citations[cut[0].citations[0]].quote
    assert "selon la préfète Colette Aubry" in cut[0].text


def test_every_quote_stands_at_its_offsets_and_a_cut_one_is_marked(tmp_path: Path):
    texts = [
        article(f"Le chantier du pont de Sauvy, jour {n}", LONG.replace("14", str(14 + n)), url=f"https://x.org/{n}")
        for n in range(4)
    ]
    with made(tmp_path, texts) as archive:
        answer = archive.ask("Combien a coûté le pont de Sauvy ?")
        assert answer.citations
        for citation in answer.citations:
            assert archive.text_of(citation)[citation.start : citation.end] == citation.quote
        for citation in answer.citations[1:]:
            if len(citation.quote) < len(LONG):
                assert f"{citation.quote} …" in answer.text or f"… {citation.quote}" in answer.text


def _document(text: str) -> Document:
    return Document("d", text, ArticleRef("a", "Un titre", UNKNOWN_DATE, "a.txt", language="fr"))


def test_what_stands_around_a_sentence_is_its_paragraph():
    text = "Un.\nLe pont ferme. Il rouvrira.\nDeux."
    around = _document(text).around(4, 18)
    assert text[around.start : around.end] == "Le pont ferme. Il rouvrira."


def test_of_a_paragraph_as_long_as_an_article_only_what_is_close_stands_around():
    sentences = [f"La phrase numéro {n} parle du pont de Sauvy et de sa digue." for n in range(100)]
    text = " ".join(sentences)
    start = text.index(sentences[50])
    document = _document(text)
    around = document.around(start, start + len(sentences[50]))
    told = text[around.start : around.end]
    assert sentences[50] in told and sentences[49] in told and sentences[51] in told
    assert len(told) < 5 * BLOCK
    assert sentences[0] not in told
    above = document.above(around, 600)
    assert sentences[0] not in text[above.start : above.end] and above.end == around.start
