"""Who published, when and who wrote, in the orders and on the lines that papers print them."""

from __future__ import annotations

import pytest

from indexer.read import read_articles
from indexer.read.imprint import read_imprint, signature
from indexer.read.names import is_outlet, is_person
from rag.types import Article
from tests.indexer.reading_samples import HEADINGS, PARAGRAPHS, TITLE, article_text

BODY = "\n\n".join(PARAGRAPHS)
OUTLET = "Le Courrier du Cap"
AUTHOR = "Jeanne Le Goff"
DAY = "2024-03-03"


def read(text: str, suffix: str = ".txt") -> Article:
    (article,) = read_articles(text.encode(), "page", suffix)
    return article


def said(article: Article) -> tuple[str, str | None, str | None, str | None, str]:
    return article.title, article.outlet, article.author, article.published.value, article.body


WHOLE = [
    f"{OUTLET} · {AUTHOR} · dimanche 3 mars 2024, 8 h 00",
    f"{OUTLET}, le journal de la pointe · 3 mars 2024 · par {AUTHOR}",
    f"Par {AUTHOR} | dimanche 3 mars 2024, 6 h 30 | {OUTLET}",
    f"Publié le 3 mars 2024 à 12 h 05 - {OUTLET} - Faits divers - {AUTHOR}",
    f"{OUTLET} — 3 mars 2024 — {AUTHOR} — 4 min de lecture",
    f"{OUTLET} / Culture / 03/03/2024 / Par {AUTHOR}",
    f"Par {AUTHOR}, {OUTLET}, 3 mars 2024",
]


@pytest.mark.parametrize("line", WHOLE)
def test_one_line_may_tell_outlet_date_and_author(line: str) -> None:
    article = read(f"{TITLE}\n\n{line}\n\n{BODY}")
    assert said(article) == (TITLE, OUTLET, AUTHOR, DAY, BODY)
    assert [left.text for left in article.left_out] == [line]


@pytest.mark.parametrize("line", WHOLE)
def test_such_a_line_under_a_markdown_title_is_read_too(line: str) -> None:
    article = read(f"# {TITLE}\n\n*{line}*\n\n{BODY}", ".md")
    assert said(article) == (TITLE, OUTLET, AUTHOR, DAY, BODY)
    assert [left.text for left in article.left_out] == [line]


@pytest.mark.parametrize(
    "head",
    [
        [OUTLET, TITLE, "3 mars 2024", f"Par {AUTHOR}"],
        [OUTLET, "03/03/2024 18:05", TITLE, AUTHOR],
        [OUTLET, TITLE, f"{AUTHOR}, 3 mars 2024"],
        ["3 mars 2024", OUTLET, TITLE, f"Par {AUTHOR}"],
        [f"{OUTLET} | Patrimoine", TITLE, f"Publié le 3 mars 2024 par {AUTHOR}"],
        [f"{OUTLET} – Vie locale", TITLE, "Dimanche 3 mars 2024", f"Par {AUTHOR}"],
        [TITLE, OUTLET, "Publié le 3 mars 2024", AUTHOR],
        [TITLE, "Mis en ligne le 3 mars 2024 à 11:47", OUTLET, AUTHOR],
        [TITLE, f"{OUTLET}, 3 mars 2024", f"Texte : {AUTHOR}"],
        [TITLE, AUTHOR, OUTLET, "3 mars 2024"],
        [OUTLET, "PATRIMOINE", TITLE, "3 mars 2024", AUTHOR],
        [TITLE, f"Par {AUTHOR}, journaliste au Courrier du Cap", "3 mars 2024"],
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_outlet_title_date_and_author_stand_in_any_order(head: list[str], gap: str) -> None:
    assert said(read(gap.join([*head, "\n" + BODY]))) == (TITLE, OUTLET, AUTHOR, DAY, BODY)


@pytest.mark.parametrize("name", ["Le Méridien", "L’Élan cornouaillais", "The Valley Reporter", "Éco Vexois"])
def test_a_papers_name_over_the_title_is_no_title(name: str) -> None:
    article = read(f"{name}\n\n{TITLE}\n\n{BODY}")
    assert (article.title, article.outlet, article.body) == (TITLE, name, BODY)


@pytest.mark.parametrize(
    ("head", "outlet", "author"),
    [
        (
            [OUTLET, "Édition du 3 mars 2024", "Page 4 – Locale", TITLE, f"De notre correspondante {AUTHOR}"],
            OUTLET,
            AUTHOR,
        ),
        (["Médiascope", TITLE, AUTHOR, "3 mars 2024"], "Médiascope", AUTHOR),
        (["France Bleu Cornouaille", f"Par {AUTHOR}", "3 mars 2024 à 17:15", TITLE], "France Bleu Cornouaille", AUTHOR),
        ([f"[3 mars 2024] {TITLE}"], None, None),
        ([TITLE, f"Source : {OUTLET}, 3 mars 2024"], OUTLET, None),
        ([TITLE, "Jeanne LE GOFF, le 3 mars 2024"], None, "Jeanne LE GOFF"),
        ([TITLE, f"{AUTHOR}, Médiascope, 3 mars 2024"], "Médiascope", AUTHOR),
        ([TITLE, f"- Date : 3 mars 2024\n- Auteur : {AUTHOR}\n- Source : {OUTLET}"], OUTLET, AUTHOR),
        ([TITLE, f"By {AUTHOR}, Local Democracy Reporter", "3 March 2024"], None, AUTHOR),
    ],
)
def test_rarer_heads_are_read_too(head: list[str], outlet: str | None, author: str | None) -> None:
    article = read("\n\n".join([*head, BODY]))
    assert said(article) == (TITLE, outlet, author, DAY, BODY)


def test_a_papers_name_may_be_the_heading_over_the_title() -> None:
    article = read(f"# Médiascope\n\n## {TITLE}\n\n**Par {AUTHOR}** — *3 mars 2024*\n\n{BODY}", ".md")
    assert said(article) == (TITLE, "Médiascope", AUTHOR, DAY, BODY)


def test_initials_sign_a_text() -> None:
    article = read(f"{TITLE}\n\n{BODY}\n\nJ. L.-G.")
    assert (article.author, article.body) == ("J. L.-G.", BODY)


def test_a_place_before_the_date_is_no_outlet() -> None:
    article = read(f"{TITLE}\n\nLe Guilvinec, le 3 mars 2024\n\n{BODY}")
    assert (article.outlet, article.published.value) == (None, DAY)


@pytest.mark.parametrize(
    ("line", "author", "outlet"),
    [
        (f"{AUTHOR}, Éco Vexois", AUTHOR, "Éco Vexois"),
        (AUTHOR, AUTHOR, None),
        (f"— {AUTHOR}", AUTHOR, None),
        (f"({AUTHOR})", AUTHOR, None),
        (f"{AUTHOR}, correspondante au Courrier du Cap", AUTHOR, OUTLET),
        (OUTLET, None, OUTLET),
    ],
)
def test_a_signature_closes_the_text(line: str, author: str | None, outlet: str | None) -> None:
    article = read(f"{TITLE}\n\n{BODY}\n\n{line}")
    assert (article.author, article.outlet, article.body) == (author, outlet, BODY)
    assert [left.text for left in article.left_out] == [line]


def test_a_heading_that_names_a_person_of_the_text_is_no_author() -> None:
    article = read("\n\n".join([TITLE, PARAGRAPHS[0], "Solange Kervella", *PARAGRAPHS[1:]]))
    assert article.author is None
    assert [section.heading for section in article.sections] == [None, "Solange Kervella"]
    assert read("\n\n".join([TITLE, "Solange Kervella", *PARAGRAPHS[1:]])).author is None


def test_headings_that_each_name_a_person_are_no_authors() -> None:
    names = ["Anna Morvan", "Paul Quéré", "Léa Riou"]
    parts = [part for name, text in zip(names, PARAGRAPHS, strict=False) for part in (name, text)]
    article = read("\n\n".join([TITLE, *parts]))
    assert article.author is None
    assert [section.heading for section in article.sections] == names


def test_the_author_that_metadata_names_is_no_text() -> None:
    front = f"---\ntitle: {TITLE}\nauthor: {AUTHOR}\noutlet: Le Phare\n---\n"
    article = read(f"{front}\n{AUTHOR}\n\nLe Phare\n\n{BODY}", ".md")
    assert (article.author, article.outlet, article.body) == (AUTHOR, "Le Phare", BODY)


@pytest.mark.parametrize(
    ("line", "author", "outlet"),
    [
        ("L’éditorial de La Tribune du Ponant", None, "La Tribune du Ponant"),
        (f"L’éditorial de {AUTHOR}, rédactrice en chef du Courrier du Cap", AUTHOR, OUTLET),
        (f"Chronique par {AUTHOR}", AUTHOR, None),
    ],
)
def test_a_label_of_genre_may_name_author_and_outlet(line: str, author: str | None, outlet: str | None) -> None:
    article = read(f"{TITLE}\n\n{line}\n\n{BODY}")
    assert (article.author, article.outlet, article.body) == (author, outlet, BODY)


@pytest.mark.parametrize(
    "foot",
    [
        "© 2024 Le Courrier du Cap. Tous droits réservés.",
        "Copyright Le Courrier du Cap 2024",
        "Le Courrier du Cap vit de ses lecteurs. Abonnez-vous à partir de 5 € par mois.",
    ],
)
def test_the_foot_of_a_page_gives_the_outlet_where_the_head_does_not(foot: str) -> None:
    article = read(f"{TITLE}\n\n{BODY}\n\n{foot}")
    assert (article.outlet, article.body) == (OUTLET, BODY)


def test_a_first_heading_under_a_known_title_stays() -> None:
    article = read(f"---\ntitle: {TITLE}\n---\n\n## {HEADINGS[0]}\n\n{BODY}", ".md")
    assert [section.heading for section in article.sections] == [HEADINGS[0]]


@pytest.mark.parametrize(
    "title",
    [
        "Le Temps des cerises revient sur la place du village",
        "Rugby – Top 14 : Toulouse gagne encore",
        "Macron – Poutine : le face-à-face",
        "Retour sur le 11 septembre 2001 – Le récit d’un témoin",
        "La Nouvelle-Calédonie sous tension",
        "Le 6 juin 1944, le jour le plus long",
    ],
)
def test_a_title_with_dashes_dates_or_capitals_stays_a_title(title: str) -> None:
    article = read(f"{title}\n\nPublié le 3 mars 2024\n\n{BODY}")
    assert (article.title, article.body) == (title, BODY)


@pytest.mark.parametrize(
    "text", ["Le maire a parlé, le 3 mars 2024, devant la foule", "Trois · deux · un", "3 mars 2024", "Bravo !", ""]
)
def test_what_is_no_line_of_parts_is_not_cut(text: str) -> None:
    assert read_imprint(text) is None


@pytest.mark.parametrize("heading", ["Et maintenant", "Hier et aujourd’hui", "Maintenant ou jamais"])
def test_a_heading_that_speaks_of_now_is_no_date(heading: str) -> None:
    article = read("\n\n".join([TITLE, heading, *PARAGRAPHS]))
    assert [section.heading for section in article.sections] == [heading]


def test_names_are_told_by_their_shape() -> None:
    assert all(
        is_person(name) for name in ("Jeanne Le Goff", "J.-L. Bardin", "Vincent van Gogh", "Anna Rey et Léo Rey")
    )
    assert not any(
        is_person(name) for name in ("Le Havre", "New York", "Jeanne", "Vie locale", "La Poste", "Éco Vexois")
    )
    assert all(is_outlet(name) for name in ("La Voix du Cap", "Le Réveil brestois", "Plaine Info", "lecap.fr"))
    assert not any(is_outlet(name) for name in ("Le Havre", "La voix du maire", "Le Temps des cerises", "Une dépêche"))
    assert signature("Inès Rey, la maire") is None


def test_english_heads_are_read_alike() -> None:
    text = "The Valley Reporter\n\n{title}\n\nBy Jane Doe | March 3, 2024 | 3 min read\n\n{body}"
    article = read(text.format(title="Old mill turns again after sixty years", body=article_text(None)))
    assert (article.title, article.outlet) == ("Old mill turns again after sixty years", "The Valley Reporter")
    assert (article.author, article.published.value) == ("Jane Doe", DAY)
