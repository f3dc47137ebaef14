"""What the page shows of an answer, and that nothing in a text can become markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.types import Answer, PublicationDate, Sentence
from tests.ui.page_archive import BODY, REMARK, article, cited, ordinary_answer
from ui.render import (
    SURROUNDING,
    answer_html,
    draft_html,
    escape,
    human_date,
    human_day,
    message_html,
    question_html,
    quote_html,
    safe_url,
    sources_html,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](http://evil.example/a.png)",
    "[clic](javascript:alert(1))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "$$\\href{javascript:alert(1)}{x}$$ \\(x\\) \\[y\\]",
    "${alert(1)} {{constructor}} `x`",
    "```mermaid\ngraph TD\n```",
    "</div></section><iframe src=//evil.example>",
    '" onmouseover="alert(1)" \'',
    "https://evil.example www.evil.example a@evil.example",
    "# titre\n\n- liste\n\n| a | b |\n|---|---|",
    "<!-- <![CDATA[ <?php",
)


class Reader(HTMLParser):
    """The elements, attributes and text of a piece of HTML, as a browser reads them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


def hostile_answer(text: str) -> Answer:
    """An answer with the text wherever a text can stand."""
    ref = article(
        text,
        PublicationDate("2026-02-03", "day", "inferred", text),
        outlet=text,
        url=text,
        source=text,
    )
    body = f"Avant {text} après."
    sentence = f"Dit : {text}"
    return Answer(
        question=text,
        text=f"{sentence} Fin {text}",
        language="fr",
        sentences=(Sentence(sentence, (0, 1)),),
        short=text[:20],
        as_of=text,
        citations=(
            cited(text, body, ref),
            cited(text, body, ref, author=text, comment=True),
        ),
        notes=(text,),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element_and_no_attribute(text: str) -> None:
    tame, hostile = hostile_answer("mots"), hostile_answer(text)
    for render in (
        lambda a: answer_html(a, 1),
        lambda a: sources_html(a, ["Avant " + a.question + " après."] * 2, 1),
        lambda a: question_html(a.question, [a.question]),
        lambda a: draft_html(a.text),
        lambda a: message_html("Erreur", a.text),
        lambda a: answer_html(replace(a, abstained=True, reason=a.question), 1),
    ):
        expected = [(tag, set(attributes)) for tag, attributes in read(render(tame)).elements]
        got = [(tag, set(attributes)) for tag, attributes in read(render(hostile)).elements]
        assert {tag for tag, _ in got} <= {tag for tag, _ in expected} | {"br", "p"}
        assert {name for _, names in got for name in names} <= {name for _, names in expected for name in names}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_still_there_to_be_read(text: str) -> None:
    shown = read(answer_html(replace(hostile_answer(text), text=text, sentences=()), 1)).text
    assert text.replace("\n", "") in shown.replace("\n", "")
    assert read(escape(text)).text == text


@given(st.text())
def test_escaped_text_holds_nothing_that_any_renderer_acts_on(text: str) -> None:
    bare = re.sub(r"&#\d+;|<br>", "", escape(text))
    assert not re.search(r"[!-/:-@\[-`{-~\n\r]", bare)


@given(
    st.text(
        alphabet=st.characters(
            exclude_categories=("Cc", "Cs"),
            exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
        )
    )
)
def test_escaping_keeps_every_visible_character(text: str) -> None:
    assert unescape(escape(text)) == text


def test_bidirectional_overrides_are_taken_out() -> None:
    assert escape("abc\u202egnp.exe\u2066") == "abcgnp&#46;exe"


def test_markup_has_no_line_end_that_would_end_an_html_block() -> None:
    answer = replace(ordinary_answer("une\n\nquestion"), text="un\n\n\ndeux", sentences=())
    shown = answer_html(answer, 1) + question_html("une\n\nquestion") + draft_html("a\n\nb")
    assert "\n" not in shown


def test_each_sentence_is_followed_by_links_to_its_sources() -> None:
    links = [a for tag, a in read(answer_html(ordinary_answer("q"), 3)).elements if tag == "a"]
    assert [link["href"] for link in links] == ["#gz-3-1", "#gz-3-2"]
    assert "devant Paul Testard.source [1]" in read(answer_html(ordinary_answer("q"), 3)).text


def test_a_sentence_that_quotes_its_source_is_a_paragraph_of_its_own() -> None:
    answer = ordinary_answer("q")
    plain = replace(answer, text="Un. Deux.", sentences=(Sentence("Un.", (0,)), Sentence("Deux.", (1,))), short=None)
    assert answer_html(answer, 1).count('<p dir="auto">') == 2
    assert answer_html(plain, 1).count('<p dir="auto">') == 1


def test_a_link_leads_to_a_card_of_the_same_turn() -> None:
    answer = ordinary_answer("q")
    cards = {a["id"] for _, a in read(sources_html(answer, [BODY, REMARK], 3)).elements if "id" in a}
    assert cards == {"gz-3-1", "gz-3-2"}


def test_words_between_the_sentences_are_kept() -> None:
    answer = replace(ordinary_answer("q"), text="Selon l’archive : un. Et puis deux. Voilà.", citations=())
    answer = replace(answer, sentences=(Sentence("un."), Sentence("deux.")), short=None, notes=(), as_of=None)
    assert read(answer_html(answer, 1)).text == answer.text


def test_sentences_that_are_not_in_the_text_are_shown_in_its_place() -> None:
    answer = replace(ordinary_answer("q"), text="autre chose", sentences=(Sentence("Un fait."),), short=None)
    assert "Un fait." in read(answer_html(answer, 1)).text


def test_a_citation_that_does_not_exist_has_no_link() -> None:
    answer = replace(ordinary_answer("q"), sentences=(Sentence("Un fait.", (0, 9)),))
    assert [a["href"] for tag, a in read(answer_html(answer, 1)).elements if tag == "a"] == ["#gz-1-1"]


def test_the_short_answer_stands_first_and_is_not_said_twice() -> None:
    answer = ordinary_answer("q")
    assert 'class="gz-short"' in answer_html(answer, 1)
    assert 'class="gz-short"' not in answer_html(replace(answer, text="mars 2026", sentences=()), 1)


def test_an_answer_on_readers_words_alone_is_marked_as_their_opinion() -> None:
    answer = ordinary_answer("q")
    assert "Avis de lecteurs" not in read(answer_html(answer, 1)).text
    opinion = replace(answer, sentences=(Sentence("Trop cher.", (1,)),))
    assert "Avis de lecteurs" in read(answer_html(opinion, 1)).text


def test_an_abstention_looks_different_and_says_why() -> None:
    answer = Answer("q", "Rien trouvé.", "fr", abstained=True, reason="Cherché : Xi Jinping.")
    shown = answer_html(answer, 1)
    assert 'class="gz-abstained"' in shown
    assert "L’archive ne le dit pas" in read(shown).text
    assert "Cherché : Xi Jinping." in read(shown).text


def test_notes_and_the_day_of_the_answer_are_shown_in_its_language() -> None:
    answer = ordinary_answer("q")
    assert "2 articles sans date" in read(answer_html(answer, 1)).text
    assert "Réponse arrêtée au 3 février 2026." in read(answer_html(answer, 1)).text
    assert "Answer as of 3 February 2026." in read(answer_html(replace(answer, language="en"), 1)).text


@pytest.mark.parametrize(
    ("value", "precision", "french", "english"),
    [
        ("2026-02-03", "day", "3 février 2026", "3 February 2026"),
        ("2025-07", "month", "juillet 2025", "July 2025"),
        ("2024", "year", "2024", "2024"),
        (None, "unknown", "date inconnue", "date unknown"),
    ],
)
def test_a_date_is_no_more_precise_than_it_is_known(value: str, precision: str, french: str, english: str) -> None:
    published = PublicationDate(value, precision, "metadata")  # type: ignore[arg-type]
    assert human_date(published, "fr") == french
    assert human_date(published, "en") == english


def test_a_day_is_written_in_words() -> None:
    assert human_day(date(2026, 1, 1), "fr") == "1 janvier 2026"


def test_a_card_names_its_kind_title_outlet_and_date() -> None:
    text = read(sources_html(ordinary_answer("q"), [BODY, REMARK], 1)).text
    for shown in ("Article", "La halle de Valmont", "Le Courrier de Valmont", "3 février 2026 (date déduite)"):
        assert shown in text
    assert "Commentaire de lecteur" in text
    assert "lecteur Lecteur-7f3a" in text


def test_an_unsigned_remark_and_an_undated_article_are_said_to_be_so() -> None:
    ref = article(published=PublicationDate(), outlet=None)
    answer = replace(ordinary_answer("q"), citations=(cited(REMARK, REMARK, ref, comment=True),))
    text = read(sources_html(answer, [REMARK], 1)).text
    assert "date inconnue" in text
    assert "lecteur sans signature" in text


def test_the_quote_is_marked_inside_its_paragraph() -> None:
    quote = "Le chantier doit commencer en mars 2026"
    shown = quote_html(cited(quote, BODY, article()), BODY)
    assert shown.startswith("La maire&#44; Jeanne Arbois")
    assert f"<mark>{escape(quote)}</mark>" in shown
    assert "Une réunion publique" not in shown


def test_a_long_paragraph_is_cut_at_words_on_both_sides() -> None:
    text = "mot " * 400 + "la citation" + " mot" * 400
    shown = unescape(quote_html(cited("la citation", text, article()), text))
    assert shown.startswith("… mot mot")
    assert shown.endswith("mot mot …")
    assert len(shown) < 2 * SURROUNDING + 60


def test_a_quote_whose_text_is_gone_or_changed_stands_alone() -> None:
    citation = cited("La maire", BODY, article())
    assert quote_html(citation, None) == "<mark>La maire</mark>"
    assert quote_html(citation, "tout autre texte") == "<mark>La maire</mark>"


def test_the_web_address_is_a_link_that_tells_the_other_site_nothing() -> None:
    answer = ordinary_answer("q")
    link = next(a for tag, a in read(sources_html(answer, [None, None], 1)).elements if tag == "a")
    assert link["href"] == "https://valmont.example/halle"
    assert link["rel"] == "noopener noreferrer nofollow"
    assert link["referrerpolicy"] == "no-referrer"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "//evil.example/x",
        "/chemin",
        "http:///x",
        "http:\\\\evil.example",
        "https://site.example@evil.example/",
        "https://evil.example/\u202egnp",
        "http://[::1",
        "http://x:port/",
        "ftp://site.example/",
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert safe_url(url) is None


def test_a_web_address_with_marks_of_its_own_arrives_whole() -> None:
    url = "https://site.example/a?b=1&c=%22#d'\"<x>"
    answer = replace(ordinary_answer("q"), citations=(cited("La maire", BODY, article(url=url)),))
    link = next(a for tag, a in read(sources_html(answer, [BODY], 1)).elements if tag == "a")
    assert link["href"] == url


def test_a_file_is_named_without_its_folder() -> None:
    answer = replace(ordinary_answer("q"), citations=(cited("La maire", BODY, article(source="/home/moi/halle.txt")),))
    text = read(sources_html(answer, [BODY], 1)).text
    assert "halle.txt" in text
    assert "/home" not in text


def test_the_filters_of_a_question_stand_under_it() -> None:
    assert "Articles seuls · Le Monde" in read(question_html("q", ["Articles seuls", "Le Monde"])).text
