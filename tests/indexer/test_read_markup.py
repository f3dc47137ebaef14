"""The threads of web pages, told by what their class names mean rather than by the names of one theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.read import read_articles
from rag.types import Article
from tests.indexer.reading_samples import PARAGRAPHS, TITLE

Turn = Callable[[str, str, str, str], str]  # author, date, text, printed answers


def read(body: str, head: str = "") -> Article:
    page = f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    (article,) = read_articles(page.encode(), "page", ".html")
    return article


def article_html() -> str:
    return f"<main><article><h1>{TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</article></main>"


def nested(turn: Turn, answers: str = "{}") -> str:
    """Léo, answered by Ana, who is answered by Paul; then Zoé."""
    paul = turn("Paul", "5 mars 2024, 08:00", "Bien vu.", "")
    ana = turn("Ana", "4 mars 2024, 12:30", "Cher, très cher.", answers.format(paul))
    return turn("Léo", "4 mars 2024, 09:31", "Superbe !", answers.format(ana)) + turn(
        "Zoé du port", "6 mars 2024, 21:10", "Ignorez ce phare ? Jamais.", ""
    )


THREADS = {
    "stems in French": (
        '<section id="commentaires"><h2>Vos réactions (4)</h2><ul class="commentaires">'
        + nested(
            lambda who, day, text, below: (
                f'<li class="commentaire"><div class="com-entete"><span class="com-auteur">{who}</span> '
                f'<span class="com-date">{day}</span></div><div class="com-texte">{text}</div>'
                f'<div class="com-actions"><button>J’approuve</button> <button>Répondre</button></div>{below}</li>'
            ),
            '<ul class="reponses">{}</ul>',
        )
        + "</ul></section>"
    ),
    "double underscores": (
        '<div class="comments__list">'
        + nested(
            lambda who, day, text, below: (
                f'<article class="comment"><header class="comment__header"><a class="comment__user">{who}</a>'
                f'<time class="comment__time">{day}</time></header><p class="comment__body">{text}</p>'
                f'<footer class="comment__toolbar">Répondre</footer>{below}</article>'
            ),
            '<div class="comment__replies">{}</div>',
        )
        + "</div>"
    ),
    "capitals inside": (
        '<div id="comments">'
        + nested(
            lambda who, day, text, below: (
                f'<div class="commentItem"><b class="commentAuthor">{who}</b><i class="commentDate">{day}</i>'
                f'<div class="commentText"><p>{text}</p></div>{below}</div>'
            ),
            '<div class="commentChildren">{}</div>',
        )
        + "</div>"
    ),
    "pseudonym and message": (
        '<div class="zone-commentaires">'
        + nested(
            lambda who, day, text, below: (
                f'<div class="reaction"><p class="pseudo">{who}</p><p class="date">Le {day}</p>'
                f'<blockquote class="message">{text}</blockquote></div>{below}'
            ),
            '<div class="reponses">{}</div>',
        )
        + "</div>"
    ),
    "units without a name": (
        '<section class="comments-section"><h3>4 commentaires</h3>'
        + nested(
            lambda who, day, text, below: (
                f'<div class="bloc"><div class="haut"><span class="user-name">{who}</span>'
                f'<span class="post-time">{day}</span></div><div class="user-text">{text}</div>{below}</div>'
            ),
            '<div class="answers">{}</div>',
        )
        + "</section>"
    ),
    "answers in a list of their own": (
        '<ol class="comment-list">'
        + nested(
            lambda who, day, text, below: (
                f'<li><div class="comment-card"><span class="nickname">{who}</span><small class="when">{day}</small>'
                f'<div class="content">{text}</div></div>{below}</li>'
            ),
            '<ol class="replies">{}</ol>',
        )
        + "</ol>"
    ),
}


@pytest.mark.parametrize("name", THREADS)
def test_a_thread_keeps_authors_dates_texts_and_parents(name: str) -> None:
    article = read(article_html() + THREADS[name])
    assert [(c.author, c.text, c.parent) for c in article.comments] == [
        ("Léo", "Superbe !", None),
        ("Ana", "Cher, très cher.", 0),
        ("Paul", "Bien vu.", 1),
        ("Zoé du port", "Ignorez ce phare ? Jamais.", None),
    ]
    assert [c.date.value for c in article.comments] == ["2024-03-04", "2024-03-04", "2024-03-05", "2024-03-06"]
    assert article.body == "\n\n".join(PARAGRAPHS)
    said = "\n".join(left.text for left in article.left_out)
    assert "Superbe" not in said
    assert "Jamais" not in said


def test_a_name_that_holds_a_word_of_time_is_whole() -> None:
    thread = (
        '<section id="comments"><div class="comment"><p class="pseudo">Thierry, hier, 09:31</p>'
        '<div class="texte">Superbe !</div></div></section>'
    )
    assert [comment.author for comment in read(article_html() + thread).comments] == ["Thierry"]


HEADS = [
    '<p class="signature">Jeanne Le Goff – Publié le 03/03/2024 à 21h36 – Lecture 2 min</p>',
    '<p class="date-publication">Publié le 3 mars 2024 à 9 h 12 – Par Jeanne Le Goff</p>',
    '<div class="meta"><span>Le Courrier du Cap</span> | <span>3 mars 2024</span> | <a>Jeanne Le Goff</a></div>',
    '<p class="auteur">Jeanne Le Goff</p><p>Dimanche 3 mars 2024, 18 h 05</p>',
    "<p>Par Jeanne Le Goff</p><p>03/03/2024 - 18:05</p>",
]


@pytest.mark.parametrize("printed", HEADS)
def test_the_lines_under_the_title_of_a_page_tell_author_and_date(printed: str) -> None:
    article = read(article_html().replace("</h1>", f"</h1>{printed}"))
    assert (article.author, article.published.value) == ("Jeanne Le Goff", "2024-03-03")
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert {left.reason for left in article.left_out} <= {"byline", "publication date"}


def test_an_author_that_the_metadata_names_is_not_read_twice() -> None:
    head = '<meta name="author" content="Jeanne Le Goff">'
    article = read(article_html().replace("</h1>", '</h1><p class="signature">Jeanne Le Goff</p>'), head)
    assert (article.author, article.body) == ("Jeanne Le Goff", "\n\n".join(PARAGRAPHS))


@pytest.mark.parametrize("bar", ["|", "-", "–"])
def test_the_title_of_the_window_names_the_paper(bar: str) -> None:
    assert read(article_html(), f"<title>{TITLE} {bar} Le Courrier du Cap</title>").outlet == "Le Courrier du Cap"


@pytest.mark.parametrize(
    ("printed", "text", "reason"),
    [
        ("<footer><p>Mentions légales – 3, quai Nord – CGV</p></footer>", "Mentions légales", "page footer"),
        ('<div class="pied"><p>Contact – Archives – Plan du site</p></div>', "Archives", "page footer"),
        ("<nav><ul><li>Archives</li><li>Publicité</li></ul></nav>", "Archives", "navigation"),
        ('<div class="bandeau-cookies"><p>En cliquant, vous acceptez.</p></div>', "acceptez", "cookie notice"),
        ('<div class="voir-aussi"><p>La criée change de mains</p></div>', "criée", "related link"),
        ("<footer><p>© 2024 Le Courrier du Cap</p></footer>", "©", "copyright"),
    ],
)
def test_what_a_page_prints_around_its_text_is_called_by_its_place(printed: str, text: str, reason: str) -> None:
    found = [left for left in read(article_html() + printed).left_out if text in left.text]
    assert [left.reason for left in found] == [reason]
