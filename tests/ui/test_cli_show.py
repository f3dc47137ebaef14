"""How answers, hits and articles look in a terminal and in a pipe."""

from __future__ import annotations

import dataclasses
import re

import pytest

from rag.types import (
    Answer,
    Article,
    ArticleRef,
    Citation,
    Comment,
    CommentRef,
    Hit,
    LeftOut,
    Passage,
    PublicationDate,
    Section,
    Sentence,
)
from ui.show_answer import show_answer, show_hits
from ui.show_archive import show_article, show_holdings
from ui.terminal import printable

ARTICLE = ArticleRef(
    id="a1",
    title="Un pont pour Valmont",
    published=PublicationDate("2025-03-12", "day", "inferred", "ce mercredi 12 mars"),
    source="archive/pont.txt",
    outlet="Le Courrier",
)
UNDATED = ArticleRef(id="a2", title="Sans date", published=PublicationDate(), source="archive/sans.txt")
FACT = Citation("Le pont ouvrira en mai.", "article", 10, 33, ARTICLE)
REMARK = Citation("Trop cher !", "comment", 0, 11, UNDATED, CommentRef("c1", "reader-7f3a"))
ANSWER = Answer(
    question="When will the bridge open?",
    text="Le pont ouvrira en mai. Un lecteur le trouve trop cher.",
    language="en",
    sentences=(Sentence("Le pont ouvrira en mai.", (0,)), Sentence("Un lecteur le trouve trop cher.", (1, 0))),
    short="May 2025",
    as_of="2025-04-01",
    citations=(FACT, REMARK),
    notes=("2 undated articles were left out.",),
)


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_every_sentence_carries_the_numbers_of_its_sources(capsys: pytest.CaptureFixture[str]):
    show_answer(ANSWER)
    lines = shown(capsys).splitlines()
    assert lines[0] == "Le pont ouvrira en mai. [1]"
    assert lines[1] == "Un lecteur le trouve trop cher. [2][1]"


def test_a_source_shows_its_kind_title_outlet_date_and_quote(capsys: pytest.CaptureFixture[str]):
    show_answer(ANSWER)
    text = shown(capsys)
    assert "[1] article  Un pont pour Valmont, Le Courrier, 2025-03-12 (inferred)" in text
    assert "“Le pont ouvrira en mai.”" in text
    assert "archive/pont.txt" in text


def test_a_readers_remark_is_called_one(capsys: pytest.CaptureFixture[str]):
    show_answer(ANSWER)
    assert "[2] reader's comment (reader-7f3a)  Sans date, date unknown" in shown(capsys)


def test_the_short_answer_the_notes_and_the_day_are_shown(capsys: pytest.CaptureFixture[str]):
    show_answer(ANSWER)
    text = shown(capsys)
    assert "In short: May 2025" in text
    assert "2 undated articles were left out." in text
    assert text.rstrip().endswith("As of 2025-04-01")


def test_the_frame_speaks_the_language_of_the_question(capsys: pytest.CaptureFixture[str]):
    show_answer(dataclasses.replace(ANSWER, language="fr"))
    text = shown(capsys)
    assert "En bref : May 2025" in text
    assert "commentaire de lecteur" in text
    assert "date inconnue" in text
    assert "« Trop cher ! »" in text


def test_an_abstention_says_so_first(capsys: pytest.CaptureFixture[str]):
    show_answer(Answer("q", "Nothing about Mars.", "en", abstained=True, reason="no passage names Mars"))
    assert shown(capsys).splitlines() == ["No answer in this archive", "Nothing about Mars.", "no passage names Mars"]


def test_an_abstention_does_not_repeat_its_reason(capsys: pytest.CaptureFixture[str]):
    show_answer(Answer("q", "Nothing.", "en", abstained=True, reason="Nothing."))
    assert shown(capsys).count("Nothing.") == 1


def test_a_paragraph_in_a_pipe_is_one_line(capsys: pytest.CaptureFixture[str]):
    long = "un mot " * 200
    show_answer(dataclasses.replace(ANSWER, sentences=(Sentence(long, (0,)),)))
    assert len(shown(capsys).splitlines()[0]) > 1000


def test_text_of_the_archive_does_not_drive_the_terminal(capsys: pytest.CaptureFixture[str]):
    evil = "\x1b]0;title\x07\x1b[2J\x9b31mred\u202eright to left [bold]no markup[/bold] :smile:"
    citation = dataclasses.replace(FACT, quote=evil, article=dataclasses.replace(ARTICLE, title=evil, outlet=evil))
    show_answer(dataclasses.replace(ANSWER, sentences=(Sentence(evil, (0,)),), citations=(citation,), short=evil))
    text = shown(capsys)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "[bold]no markup[/bold] :smile:" in text


def test_printable_text_keeps_its_lines_and_letters():
    assert printable("Élysée\n\tœuvre «\u202foui\u202f» 👍🏽") == "Élysée\n\tœuvre «\u202foui\u202f» 👍🏽"


def test_hits_are_numbered_and_show_their_scores(capsys: pytest.CaptureFixture[str]):
    passage = Passage("p1", "article", "Le pont ouvrira en mai.", "a1", 10, 33, ARTICLE)
    show_hits([Hit(passage, 0.03, 0.81, 7.5)])
    text = shown(capsys)
    assert text.startswith("[1] article  Un pont pour Valmont")
    assert "dense 0.810  bm25 7.50" in text


def test_no_hits_are_said_to_be_none(capsys: pytest.CaptureFixture[str]):
    show_hits([])
    assert shown(capsys) == "Nothing found\n"


def test_an_article_shows_what_was_understood_and_what_was_left_out(capsys: pytest.CaptureFixture[str]):
    body = "Travaux\nLe pont ouvrira en mai."
    show_article(
        Article(
            source="pont.txt",
            title="Un pont pour Valmont",
            title_derived=True,
            published=ARTICLE.published,
            body=body,
            language="fr",
            sections=(Section("Travaux", body[8:], 8, len(body)),),
            comments=(
                Comment("Enfin !", "Nadia", position=0),
                Comment("Trop cher.", None, depth=1, parent=0, confidence=0.6, position=1),
            ),
            left_out=(LeftOut("Publicité", "advertisement"),),
        )
    )
    text = shown(capsys)
    assert "Un pont pour Valmont (made from the first sentence)" in text
    assert "2025-03-12 (day, inferred, from 'ce mercredi 12 mars')" in text
    assert "  1. Nadia (depth 0)\n    Enfin !" in text
    assert "    2. unsigned (depth 1, answers 1, confidence 0.60)\n      Trop cher." in text
    assert "  advertisement\n    Publicité" in text


def test_what_a_store_holds_is_a_line_each(capsys: pytest.CaptureFixture[str]):
    show_holdings(
        {
            "store": "my-archive",
            "schema_version": 1,
            "embedder": "some-model",
            "dimension": 256,
            "articles": 20,
            "comments": 3,
            "passages": {"article": 40, "comment": 3},
            "events": 0,
            "undated": 2,
            "latest": "2026-02-03",
            "outlets": {f"outlet {number:02}": 20 - number for number in range(14)},
            "languages": {"fr": 18, "en": 2},
        }
    )
    text = shown(capsys)
    assert "articles   20 (2 without a date)" in text
    assert "languages  fr 18, en 2" in text
    assert "outlet 00 20, " in text
    assert text.rstrip().endswith("2 more")
