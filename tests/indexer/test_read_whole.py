"""Nothing of an input is lost: every line is text, title, a field, a remark, or listed as left out."""

from __future__ import annotations

import html
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.read import read_articles
from rag.errors import ReadError
from rag.text import fold, words
from rag.types import Article
from tests.indexer.reading_samples import HEADINGS, PARAGRAPHS, TITLE

# Each line has words of its own, so that a line that is lost shows.
HEAD = (
    "Le Carillon du Ponant",
    "Sillages, le magazine du vivant · 5 février 2025 · par Maïwenn Coustil",
    "La Dépêche de Kerlou · Mélisande Rohan · lundi 7 novembre 2022, 8 h 00",
    "Le Méridien | International",
    "L’Éveil de Tréguen – Vie municipale",
    "Éco Vexois, 10 septembre 2024",
    "Yvain Desmaretz",
    "Par Corentin Malassagne, envoyé spécial à Oulan-Bator",
    "L’éditorial de Nadège Quéroual, rédactrice en chef du Phare de Bray",
    "Publié le 28/11/2024 à 21h36 – Lecture 2 min",
    "PATRIMOINE",
    "Faits divers",
    "Tribune libre",
    "Photo : Bastien Lecorre / Keystone",
    "Samedi soir, sur la jetée",
    "Accueil > Bretagne > Finistère",
    "Reportage",
)
FOOT = (
    "Inès Papazian, Plaine Info",
    "Suivez Le Gallion sur Facebook et Instagram",
    "Vous travaillez à la conserverie ? Écrivez-nous.",
    "---",
    "* * *",
    "Contre-Vent, journal libre et sans publicité de la vallée.",
    "À lire également : Que deviendra la base nautique ?",
    "VOUS AVEZ AIMÉ CETTE ENQUÊTE ?",
    "Abonnez-vous à partir de 5,90 € par mois, sans engagement, à notre revue.",
    "© 2023 Armor Hebdo. Tous droits réservés.",
    "« Un four, pas une usine »",
    "Mentions légales – Plan du site – Archives",
    "Propos recueillis par Sylvain Peyrac, mardi 16 avril.",
)
THREAD = (
    "3 commentaires",
    "Thierry du Mûrier",
    "19 octobre 2024 à 21 h 40",
    "Tout finira comme en 2022, avec un papier que personne ne relit.",
    "Abonnée",
    "Répondre",
    "En réponse à Thierry du Mûrier",
    "Agnès V. a dit :",
    "Laisser une réponse",
)
# Words of a comment's printed header that its author, date and place in the thread stand for.
HEADER_WORDS = set("a dit en reponse le".split())


def held(article: Article) -> set[str]:
    """The words that an article holds anywhere."""
    fields = (article.title, article.body, article.author, article.outlet, article.url, article.published.evidence)
    remarks = [part for c in article.comments for part in (c.author, c.date.evidence, c.text)]
    kept = [*fields, *remarks, *(left.text for left in article.left_out)]
    return {fold(word.text) for part in kept if part for word in words(part)}


def lost(rows: list[str], article: Article) -> dict[str, set[str]]:
    """Words of each row that the article holds nowhere."""
    known = held(article) | HEADER_WORDS
    missing = {row: {fold(word.text) for word in words(row)} - known for row in rows}
    return {row: gone for row, gone in missing.items() if gone}


def documents(*, thread: bool = True) -> st.SearchStrategy[list[str]]:
    """Lines of a head, a title, paragraphs under headings, lines of a foot, a thread."""
    return st.builds(
        lambda head, place, body, foot, said: [*head[:place], TITLE, *head[place:], *body, *foot, *said],
        st.lists(st.sampled_from(HEAD), max_size=5, unique=True),
        st.integers(0, 3),
        st.lists(st.sampled_from([*PARAGRAPHS, *HEADINGS]), min_size=1, max_size=6, unique=True),
        st.lists(st.sampled_from(FOOT), max_size=5, unique=True),
        st.lists(st.sampled_from(THREAD), max_size=8 if thread else 0, unique=True),
    )


def read(text: str, suffix: str) -> Article | None:
    try:
        (article,) = read_articles(text.encode(), "page", suffix)
    except ReadError:
        return None
    return article


@settings(deadline=None)
@given(documents(), st.sampled_from(["\n", "\n\n"]))
def test_no_line_of_a_plain_text_is_lost(rows: list[str], gap: str) -> None:
    article = read(gap.join(rows), ".txt")
    assert article is None or not lost(rows, article)


@settings(deadline=None)
@given(documents(), st.sampled_from(["", "*", "**", "> ", "- ", "## "]), st.booleans())
def test_no_line_of_a_markdown_text_is_lost(rows: list[str], mark: str, front: bool) -> None:
    close = mark if mark.startswith("*") else ""
    printed = [f"# {row}" if row == TITLE else f"{mark}{row}{close}" if row in HEAD else row for row in rows]
    fields = f"---\ntitle: {TITLE}\nrubrique: Gastronomie\nchapo: Un résumé savoureux.\n---\n\n" if front else ""
    article = read(fields + "\n\n".join(printed), ".md")
    wanted = [*rows, *(["Gastronomie", "Un résumé savoureux."] if front else [])]
    assert article is None or not lost(wanted, article)


@settings(deadline=None)
@given(documents(thread=False), st.booleans())
def test_no_line_of_a_records_text_is_lost(rows: list[str], titled: bool) -> None:
    record = {"text": "\n\n".join(rows), **({"title": TITLE} if titled else {})}
    article = read(json.dumps(record), ".json")
    assert article is None or not lost(rows, article)


TAGS = ("p", "div", "h2", 'p class="signature"', 'div class="meta"', "figcaption", "li", "aside")


@settings(deadline=None)
@given(documents(), st.lists(st.sampled_from(TAGS), min_size=25, max_size=25))
def test_no_visible_line_of_a_page_is_lost(rows: list[str], tags: list[str]) -> None:
    def printed(row: str, tag: str) -> str:
        tag = "h1" if row == TITLE else "p" if row in PARAGRAPHS else tag
        return f"<{tag}>{html.escape(row)}</{tag.split()[0]}>"

    page = "".join(printed(row, tag) for row, tag in zip(rows, tags * 2, strict=False))
    article = read(f"<html><body><main>{page}</main></body></html>", ".html")
    assert article is None or not lost(rows, article)


UNITS = st.lists(
    st.tuples(
        st.sampled_from(["Agnès V.", "Grincheux n°1", "vu_de_ma_fenetre"]),
        st.sampled_from(["Un banc, par pitié.", "Et mon train de 6h12 ?", "Merci !"]),
        st.sampled_from(["com", "comment", "reaction", "x"]),
        st.sampled_from(["auteur", "pseudo", "nom", "author", "z"]),
        st.sampled_from(["texte", "message", "body", "y"]),
        st.sampled_from(["actions", "outils", "tools", "w"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(UNITS, st.sampled_from(["commentaires", "comments-list", "reactions", "discussion"]))
def test_no_visible_line_of_a_pages_thread_is_lost(units: list[tuple[str, ...]], area: str) -> None:
    turns = "".join(
        f'<div class="{unit}"><b class="{who}">{name}</b> <span class="date">4 mars 2025, 09:31</span>'
        f'<div class="{body}">{text}</div><div class="{tools}"><button>J’approuve</button> Signaler</div></div>'
        for name, text, unit, who, body, tools in units
    )
    article_html = f"<h1>{TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = (
        f'<html><body><main>{article_html}</main><section id="{area}"><h2>Vos avis</h2>{turns}</section></body></html>'
    )
    article = read(page, ".html")
    assert article is not None
    rows = [part for unit in units for part in unit[:2]]
    assert not lost([*rows, "4 mars 2025, 09:31", "J’approuve", "Signaler", "Vos avis"], article)
