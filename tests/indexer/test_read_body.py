"""What of a plain text is title, body and heading, and what stands around it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read import read_articles
from rag.errors import ReadError
from rag.text import fold, words
from rag.types import Article
from tests.indexer.reading_samples import HEADINGS, PARAGRAPHS, TITLE, article_text


def read(text: str, suffix: str = ".txt") -> Article:
    (article,) = read_articles(text.encode(), "page", suffix)
    return article


def headings(article: Article) -> list[str | None]:
    return [section.heading for section in article.sections]


def reasons(article: Article) -> dict[str, str]:
    return {left.text: left.reason for left in article.left_out}


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r\r"])
def test_title_headings_and_body_do_not_depend_on_line_ends(gap: str) -> None:
    article = read(article_text(gap=gap))
    assert (article.title, article.title_derived) == (TITLE, False)
    assert headings(article) == [None, *HEADINGS]
    assert (
        article.body.split()
        == " ".join([*PARAGRAPHS[:2], HEADINGS[0], PARAGRAPHS[2], HEADINGS[1], PARAGRAPHS[3]]).split()
    )


def test_wrapped_paragraphs_are_put_back_on_one_line() -> None:
    text = "\n\n".join(textwrap.fill(part, 72) for part in [TITLE, *PARAGRAPHS])
    assert read(text).body == "\n\n".join(PARAGRAPHS)


def test_the_lines_of_a_poem_stay_lines() -> None:
    poem = (
        "Je suis la tour au bord du vent\nqui ne dort pas, qui veille encore\n"
        "et je regarde le levant\navec les yeux d’un vieux décor"
    )
    assert read(f"La lumière\n\n{poem}\n\n{poem}").body == f"{poem}\n\n{poem}"


def test_a_text_without_title_gets_one_from_its_first_sentence() -> None:
    article = read(article_text(None))
    assert article.title_derived
    assert PARAGRAPHS[0].startswith(article.title)


def test_one_sentence_is_an_article() -> None:
    article = read("Le phare de Brennilis a été rallumé samedi soir.")
    assert article.title_derived
    assert article.body == "Le phare de Brennilis a été rallumé samedi soir."


def test_a_section_label_over_the_title_is_left_out() -> None:
    article = read(f"CULTURE\n\n{article_text()}")
    assert article.title == TITLE
    assert reasons(article) == {"CULTURE": "section label"}


def test_a_title_that_counts_answers_is_a_title() -> None:
    title = "10 réponses à vos questions sur le phare"
    assert read("\n\n".join([title, *PARAGRAPHS])).title == title


def test_questions_can_be_headings_and_questions_in_a_paragraph_are_not() -> None:
    text = "\n".join(
        [TITLE, PARAGRAPHS[0], "Qui paiera l’entretien ?", PARAGRAPHS[1], "Mais qui s’en soucie ?", PARAGRAPHS[2]]
    )
    assert headings(read(text)) == [None, "Qui paiera l’entretien ?"]


def test_quotations_items_and_short_sentences_are_no_headings() -> None:
    rows = [
        "« Je ne pensais pas revoir cette lumière un jour » – le gardien",
        "C’est là toute la différence.",
        "Trois choses sont prévues :",
        "- ouvrir la tour en juin",
        "- protéger les sternes",
        "— Tu viens ?",
    ]
    assert headings(read("\n".join([TITLE, PARAGRAPHS[0], *rows, *PARAGRAPHS[1:]]))) == [None]


def test_a_bullet_summary_belongs_to_the_body_and_is_no_title() -> None:
    box = "⚡ Ce qu’il faut retenir\n- Le phare tourne.\n- Il a coûté 240 000 euros."
    article = read(f"{box}\n" + "\n".join(PARAGRAPHS))
    assert article.title_derived
    assert article.body.startswith(box)
    assert headings(article) == ["⚡ Ce qu’il faut retenir", None]
    assert article.sections[1].text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Publicité", "advertisement"),
        ("PUBLICITE", "advertisement"),
        ("[Publicité]", "advertisement"),
        ("Advertisement", "advertisement"),
        ("La suite après cette publicité", "advertisement"),
        ("Article continues below advertisement", "advertisement"),
        ("Contenu sponsorisé", "advertisement"),
        ("Le phare, samedi (Photo : AFP)", "photo credit"),
        ("Le phare ( Photo : J. Martin )", "photo credit"),
        ("© Jeanne Martin / AFP", "photo credit"),
        ("Crédit photo : Jeanne Martin", "photo credit"),
        ("Photo: Jane Doe/Reuters", "photo credit"),
        ("Partager sur Facebook", "share bar"),
        ("Partager cet article : Facebook | X | WhatsApp", "share bar"),
        ("Share this article on Twitter", "share bar"),
        ("Lire aussi : La criée change de mains", "related link"),
        ("À LIRE ÉGALEMENT – La criée change de mains", "related link"),
        ("Read more: The fish market changes hands", "related link"),
        ("Temps de lecture : 3 min", "reading time"),
        ("Nous utilisons des cookies pour mesurer l’audience de ce site.", "cookie notice"),
        ("Tags : phare, patrimoine, mer", "tags"),
        ("© 2024 Le Courrier du Cap. Tous droits réservés.", "copyright"),
        ("Abonnez-vous à notre newsletter et recevez chaque matin nos articles.", "subscription pitch"),
        ("Support us: subscribe to our newsletter today and never miss our journalism.", "subscription pitch"),
        ("Cet article est réservé aux abonnés", "paywall notice"),
        ("Une erreur dans cet article ? Écrivez à la rédaction.", "contact line"),
    ],
)
def test_furniture_between_paragraphs_is_left_out(line: str, reason: str) -> None:
    article = read("\n\n".join([TITLE, PARAGRAPHS[0], line, *PARAGRAPHS[1:]]))
    assert article.body == "\n\n".join(PARAGRAPHS)
    found = reasons(article)
    assert list(found) == [line]
    assert found[line] in (reason, "copyright" if line.startswith("©") else reason)


@pytest.mark.parametrize(
    "sentence",
    [
        "La publicité a envahi la lande, regrettent les riverains dans leurs commentaires.",
        "« Abonnez-vous à notre revue ! », lance chaque dimanche un vendeur sur le marché de Brennilis.",
        "Partager la mer est un vieux rêve, dit-elle.",
        "Lire aussi entre les lignes, voilà ce que demande le maire à ses administrés.",
        "La photo : un chef-d’œuvre de composition, que personne n’avait jamais montré à la famille.",
        "Le site vivait de la publicité et des dons de ses lecteurs, avant de fermer en 2019.",
        "Inscrivez-vous sur les listes électorales avant vendredi, rappelle la mairie.",
        "Les cookies de la boulangère ont fait le tour du port.",
        "Laisser un commentaire sur ce chantier, nul ne l’a osé avant lundi.",
        "Advertising was banned from the pier in 1998, the council recalls.",
    ],
)
def test_sentences_that_hold_such_words_stay(sentence: str) -> None:
    article = read("\n\n".join([TITLE, PARAGRAPHS[0], sentence, *PARAGRAPHS[1:]]))
    assert sentence in article.body
    assert not article.left_out


@pytest.mark.parametrize(
    "label", ["IMPORTANT - À lire", "VOUS AVEZ AIMÉ CET ARTICLE ?", "Soutenez-nous", "Support our work"]
)
def test_a_closing_appeal_goes_with_its_heading_and_all_that_follows(label: str) -> None:
    appeal = [
        label,
        "Découvrez chaque mois nos enquêtes dans la revue papier, que nos abonnés reçoivent chez eux.",
        "Le Courrier du Cap ne touche aucune subvention. Abonnez-vous dès maintenant pour recevoir votre exemplaire !",
    ]
    article = read("\n".join([*PARAGRAPHS, *appeal]))
    assert article.body == "\n".join(PARAGRAPHS)
    assert [(left.reason, left.text) for left in article.left_out] == [("subscription pitch", "\n".join(appeal))]


@pytest.mark.parametrize(
    ("head", "value", "author"),
    [
        (["Par Jeanne Le Goff", "Publié le 3 mars 2024 à 12h00"], "2024-03-03", "Jeanne Le Goff"),
        (["By Jane Doe", "March 3, 2024"], "2024-03-03", "Jane Doe"),
        (["Publié le 3 mars 2024 par Jeanne Le Goff"], "2024-03-03", "Jeanne Le Goff"),
        (["03/03/2024"], "2024-03-03", None),
        (["Dimanche 3 mars 2024, 17h40"], "2024-03-03", None),
        (["La rédaction avec AFP | 3 mars 2024"], "2024-03-03", "La rédaction avec AFP"),
    ],
)
def test_byline_and_date_under_the_title_are_no_text(head: list[str], value: str, author: str | None) -> None:
    article = read("\n\n".join([TITLE, *head, *PARAGRAPHS]))
    assert article.title == TITLE
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert (article.published.value, article.published.method) == (value, "header")
    assert article.author == author


def test_a_date_over_the_title_is_no_title() -> None:
    article = read(f"Publié le 3 mars 2024\n\n{article_text()}")
    assert article.title == TITLE
    assert article.published.value == "2024-03-03"


def test_a_date_that_opens_a_sentence_stays_in_it() -> None:
    opening = "Le 3 mars 2024, les habitants ont rallumé le phare."
    assert read("\n\n".join([opening, *PARAGRAPHS])).body.startswith(opening)


def test_fields_over_the_text_tell_title_author_outlet_and_address() -> None:
    fields = f"Titre : {TITLE}\nAuteur : Jeanne Le Goff\nDate : 3 mars 2024\nSource : Le Courrier du Cap\nURL : https://cap.example/phare"
    article = read(f"{fields}\n\n" + "\n\n".join(PARAGRAPHS))
    assert (article.title, article.author, article.outlet) == (TITLE, "Jeanne Le Goff", "Le Courrier du Cap")
    assert article.url == "https://cap.example/phare"
    assert article.published.value == "2024-03-03"
    assert article.body == "\n\n".join(PARAGRAPHS)


def test_a_comment_form_without_thread_is_left_out() -> None:
    form = ["0 commentaire", "Laisser un commentaire", "Votre adresse e-mail ne sera pas publiée.", "Nom *", "E-mail *"]
    article = read("\n\n".join([TITLE, *PARAGRAPHS, *form]))
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert not article.comments


@pytest.mark.parametrize("text", ["1 2 3\n\n4 5 6", "---\n***\n", "!!!", "Publicité\n\nPartager"])
def test_a_text_without_prose_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="no prose"):
        read(text)


LINES = st.sampled_from(
    [
        TITLE,
        *PARAGRAPHS,
        *HEADINGS,
        "Publicité",
        "13 réponses",
        "Commentaires",
        "  1. Avatar de Léo",
        "     Léo",
        "Léo dit :",
        "12 mars 2024 à 14:05",
        "Léo • il y a 3 ans",
        "Répondre",
        "▲ 4 ▼ • Répondre • Partager ›",
        "J’aime · Répondre · 2 h",
        "Bravo !!! vous avez raison",
        "« Chacun a donné ce qu’il pouvait »",
        "Laisser un commentaire",
        "Votre adresse e-mail ne sera pas publiée.",
        "Par Jeanne Le Goff",
        "Publié le 3 mars 2024",
        "Lire aussi : un autre article",
        "- un point",
        "© 2024 Le Courrier du Cap",
        "Abonnez-vous à notre newsletter !",
        "Ping : un autre site",
        "En réponse à Léo",
        "P.-S. Merci.",
        "42",
        "Titre : Le phare",
        "🔥 Les essentiels",
        "En bref",
        "",
        "",
        "",
    ]
)
# Words of labels whose values are held as author, date, place or title.
HEADER_WORDS = set("avatar de dit a ecrit en reponse le titre publie".split())


@given(st.lists(LINES, min_size=1, max_size=25))
def test_nothing_of_a_text_is_lost_and_every_offset_is_exact(rows: list[str]) -> None:
    try:
        article = read("\n".join(rows))
    except ReadError:
        return
    for section in article.sections:
        assert article.body[section.start : section.end] == section.text
    said = [part for c in article.comments for part in (c.author or "", c.date.evidence, c.text)]
    kept = [article.title, article.body, article.author or "", article.outlet or "", *said]
    held = {fold(word.text) for part in [*kept, *(left.text for left in article.left_out)] for word in words(part)}
    for row in rows:
        lost = {fold(word.text) for word in words(row) if not word.text.isdigit()} - held - HEADER_WORDS
        assert not lost, row


@given(st.lists(LINES, min_size=1, max_size=25))
def test_parents_come_before_their_answers_and_depths_follow(rows: list[str]) -> None:
    try:
        comments = read("\n".join(rows)).comments
    except ReadError:
        return
    for position, comment in enumerate(comments):
        assert comment.position == position
        assert comment.text.strip()
        if comment.parent is None:
            assert comment.depth == 0
        else:
            assert comment.parent < position
            assert comment.depth == comments[comment.parent].depth + 1


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        article = read(text)
    except ReadError:
        return
    assert article.body.strip()
    assert article.title.strip()
