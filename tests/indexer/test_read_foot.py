"""What stands under the last paragraph of a text, and headings that are quotations."""

from __future__ import annotations

import json

import pytest

from indexer.read import read_articles
from rag.types import Article
from tests.indexer.reading_samples import HEADINGS, PARAGRAPHS, TITLE, article_text

BODY = "\n\n".join(PARAGRAPHS)


def read(text: str, suffix: str = ".txt") -> Article:
    (article,) = read_articles(text.encode(), "page", suffix)
    return article


def left(article: Article) -> list[tuple[str, str]]:
    return [(stretch.reason, stretch.text) for stretch in article.left_out]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Suivez Le Courrier du Cap sur Facebook et Instagram", "promotion"),
        ("Retrouvez-nous sur WhatsApp", "newsletter"),
        ("Follow The Valley Reporter on Bluesky.", "promotion"),
        ("Vous travaillez à la criée ? Écrivez-nous.", "contact line"),
        ("Vous étiez sur la pointe samedi ? Envoyez-nous vos photos !", "contact line"),
        ("Do you work at the mill? Write to us.", "contact line"),
        ("Toutes les marées de la semaine sur notre application.", "promotion"),
        ("Cartes et archives du phare dans notre numéro 112.", "promotion"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_call_under_the_last_paragraph_is_left_out(line: str, reason: str, suffix: str) -> None:
    mark = "# " if suffix == ".md" else ""
    article = read(f"{mark}{TITLE}\n\n{BODY}\n\n{line}", suffix)
    assert (article.body, left(article)) == (BODY, [(reason, line)])


@pytest.mark.parametrize(
    "line",
    [
        "La maire lance un appel : « Écrivez-nous si vous avez gardé des photos de la tour. »",
        "Le gardien suit désormais les goélands sur Instagram, où il compte 312 abonnés.",
        "Le conseil a dit vouloir publier les cartes sur notre application.",
        "Restez sur le sentier : les nids de sternes sont à trois mètres.",
    ],
)
def test_a_last_sentence_that_only_holds_such_words_stays(line: str) -> None:
    assert read(f"{TITLE}\n\n{BODY}\n\n{line}").body == f"{BODY}\n\n{line}"


@pytest.mark.parametrize("rule", ["---", "***", "* * *", "———"])
@pytest.mark.parametrize(
    "line",
    [
        "Contre-Vent, journal libre et sans publicité de la pointe.",
        "Cet article est paru dans notre édition du 3 mars.",
        "Une erreur ? Écrivez-nous.",
    ],
)
def test_the_papers_own_lines_under_a_rule_are_left_out(rule: str, line: str) -> None:
    for suffix in (".txt", ".md"):
        mark = "# " if suffix == ".md" else ""
        article = read(f"{mark}{TITLE}\n\n{BODY}\n\n{rule}\n\n{line}", suffix)
        assert article.body == BODY
        assert line in [text for _, text in left(article)]


def test_a_paper_that_presents_itself_under_a_rule_is_the_outlet() -> None:
    text = f"# {TITLE}\n\n{BODY}\n\n---\n\nContre-Vent, journal libre et sans publicité de la pointe."
    assert read(text, ".md").outlet == "Contre-Vent"


def test_what_a_rule_sets_apart_stays_where_it_tells_the_story() -> None:
    last = "Le procès reprendra lundi devant la cour de Quimper."
    assert read(f"# {TITLE}\n\n{BODY}\n\n---\n\n{last}", ".md").body == f"{BODY}\n\n{last}"


@pytest.mark.parametrize("heading", ["« Une lampe, pas un musée »", "“A lamp, not a museum”", "« Et qui paiera ? »"])
@pytest.mark.parametrize("suffix", [".txt", ".json"])
def test_a_quotation_between_paragraphs_may_be_a_heading(heading: str, suffix: str) -> None:
    text = "\n\n".join([*PARAGRAPHS[:2], heading, *PARAGRAPHS[2:]])
    article = read(json.dumps({"title": TITLE, "text": text}) if suffix == ".json" else f"{TITLE}\n\n{text}", suffix)
    assert [section.heading for section in article.sections] == [None, heading]


@pytest.mark.parametrize(
    "line",
    [
        "« Une lampe, pas un musée. »",
        "« Une lampe, pas un musée », répète le gardien.",
        "« Nous n’avons rien demandé à personne, ni au département ni à la région, et nous ne demanderons rien »",
    ],
)
def test_speech_between_paragraphs_is_no_heading(line: str) -> None:
    article = read(json.dumps({"text": "\n\n".join([*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]])}), ".json")
    assert [section.heading for section in article.sections] == [None]


def test_headings_of_the_article_stay_over_a_call_at_its_foot() -> None:
    article = read(f"{TITLE}\n\n{article_text(None)}\n\nÉcrivez-nous à redaction@cap.example")
    assert [section.heading for section in article.sections] == [None, *HEADINGS]
