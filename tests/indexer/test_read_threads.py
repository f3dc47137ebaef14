"""Readers' threads in plain text and Markdown, in the forms that sites print them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.read import read_articles
from rag.types import Article
from tests.indexer.reading_samples import (
    ENGLISH_PARAGRAPHS,
    ENGLISH_TITLE,
    PARAGRAPHS,
    REMARKS,
    TITLE,
    Said,
    article_text,
    english_article,
    indented,
)

Form = Callable[[Said, int], str]


def read(text: str, suffix: str = ".txt") -> Article:
    (article,) = read_articles(text.encode(), "page", suffix)
    return article


def thread(form: Form, *, step: int = 4, gap: str = "\n\n", remarks: tuple[Said, ...] = REMARKS) -> str:
    """The remarks printed by `form`, which is given each with its number among its siblings."""
    printed = []
    numbers = [0] * 10
    for said in remarks:
        numbers[said.depth] += 1
        numbers[said.depth + 1 :] = [0] * (9 - said.depth)
        printed.append(indented(form(said, numbers[said.depth]), said.depth * step))
    return gap.join(printed)


def first_line(text: str) -> str:
    return text.split("\n")[0]


SIGNED: dict[str, tuple[str, Form]] = {
    "WordPress blocks": (
        "6 réponses",
        lambda s, n: f"{n}. Avatar de {s.author}\n   {s.author}\n\n{indented(s.text, 3)}",
    ),
    "WordPress blocks with dates": (
        "6 commentaires",
        lambda s, n: f"{n}. Avatar de {s.author}\n   {s.author}\n   {s.stamp}\n\n{indented(s.text, 3)}\n\n   Répondre",
    ),
    "WordPress list": ("6 réponses à « Le phare »", lambda s, _: f"{s.author} dit :\n{s.stamp}\n{s.text}\nRépondre"),
    "WordPress list, numbered": ("6 Commentaires", lambda s, n: f"{n}.\n{s.author} a dit :\n{s.stamp}\n\n{s.text}"),
    "English WordPress": (
        "6 Responses to “The lighthouse”",
        lambda s, _: f"{s.author} says:\nMarch 12, 2024 at 2:05 pm\n{s.text}\nReply",
    ),
    "Disqus": ("6 Commentaires", lambda s, _: f"{s.author} • il y a 3 ans\n{s.text}\n▲ 4 ▼ • Répondre • Partager ›"),
    "Disqus, sorted": (
        "6 Comments • Sort by Best",
        lambda s, _: f"{s.author} • 3 years ago\n{s.text}\n4 △ ▽ • Reply • Share ›",
    ),
    "mail quotation": ("Commentaires", lambda s, _: f"Le 12/03/2024 à 14:05, {s.author} a écrit :\n{s.text}"),
    "author and date": ("Réactions", lambda s, _: f"{s.author} - 12/03/2024 14:05\n{s.text}"),
    "author, date": ("Les commentaires (6)", lambda s, _: f"{s.author}, le 12 mars 2024 à 14h05\n{s.text}\nSignaler"),
    "author | date": ("Vos réactions", lambda s, _: f"{s.author} | 12 mars 2024\n{s.text}"),
    "author (date)": ("6 messages", lambda s, _: f"{s.author} (12 mars 2024)\n{s.text}"),
    "posted by": (
        "Réactions des lecteurs",
        lambda s, n: f"{n}. Posté par {s.author}, le 12 mars 2024 à 14:05\n{s.text}",
    ),
    "name over date": ("6 avis", lambda s, _: f"{s.author}\n12 mars 2024 à 14:05\n{s.text}\nRépondre"),
    "Facebook": ("6 commentaires", lambda s, _: f"{s.author}\n{s.text}\nJ’aime · Répondre · 2 h"),
    "name over text": ("6 commentaires", lambda s, _: f"{s.author}\n{s.text}"),
}


@pytest.mark.parametrize("name", SIGNED)
def test_every_printed_form_gives_the_same_authors_and_texts(name: str) -> None:
    heading, form = SIGNED[name]
    article = read(f"{article_text()}\n\n{heading}\n\n{thread(form)}\n\nLaisser un commentaire\n\nNom *")
    assert [comment.author for comment in article.comments] == [said.author for said in REMARKS]
    assert [comment.text.split() for comment in article.comments] == [said.text.split() for said in REMARKS]
    assert article.body.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize("name", [name for name in SIGNED if name not in ("Facebook", "name over text")])
def test_indentation_nests_the_answers(name: str) -> None:
    heading, form = SIGNED[name]
    article = read(f"{article_text()}\n\n{heading}\n\n{thread(form)}")
    assert [comment.depth for comment in article.comments] == [0, 0, 1, 1, 0, 0]
    assert [comment.parent for comment in article.comments] == [None, None, 1, 1, None, None]


@pytest.mark.parametrize(
    "name", ["WordPress blocks", "WordPress list", "English WordPress", "Disqus", "mail quotation", "author and date"]
)
def test_headers_of_comments_announce_a_thread_by_themselves(name: str) -> None:
    article = read(f"{article_text()}\n\n{thread(SIGNED[name][1])}")
    assert [comment.author for comment in article.comments] == [said.author for said in REMARKS]
    assert article.body.endswith(PARAGRAPHS[-1])


def test_numbers_that_start_again_nest_the_answers_where_indentation_is_lost() -> None:
    text = thread(lambda s, n: f"{n}. {s.author}\n{s.stamp}\n{s.text}", step=0)
    article = read(f"{article_text()}\n\n6 commentaires\n\n{text}")
    assert [comment.parent for comment in article.comments] == [None, None, 1, 1, None, None]


@pytest.mark.parametrize("mark", ["En réponse à Yann du port", "In reply to Yann du port", "↳ Réponse à Yann du port"])
def test_a_line_that_names_whom_it_answers_nests_the_comment(mark: str) -> None:
    def form(said: Said, _: int) -> str:
        return f"{said.author}, 12 mars 2024\n" + (f"{mark}\n" if said.depth else "") + said.text

    article = read(f"{article_text()}\n\n6 commentaires\n\n{thread(form, step=0)}")
    assert [comment.parent for comment in article.comments] == [None, None, 1, 1, None, None]
    assert all(mark not in comment.text for comment in article.comments)


def test_an_arrow_to_a_name_nests_the_comment() -> None:
    def form(said: Said, _: int) -> str:
        target = " → Yann du port" if said.depth else ""
        return f"{said.author}{target} • il y a 2 ans\n{said.text}\nRépondre"

    article = read(f"{article_text()}\n\n6 commentaires\n\n{thread(form, step=0)}")
    assert [comment.depth for comment in article.comments] == [0, 0, 1, 1, 0, 0]


def test_a_stamp_gives_the_comment_its_date_and_keeps_its_words() -> None:
    article = read(f"{article_text()}\n\n6 réponses\n\n{thread(SIGNED['WordPress list'][1])}")
    date = article.comments[0].date
    assert (date.value, date.precision, date.method, date.evidence) == (
        "2024-03-12",
        "day",
        "header",
        "12 mars 2024 à 14 h 05 min",
    )


def test_a_stamp_that_counts_from_an_unknown_day_has_no_value() -> None:
    article = read(f"{article_text()}\n\n6 commentaires\n\n{thread(SIGNED['Disqus'][1])}")
    assert (article.comments[0].date.value, article.comments[0].date.evidence) == (None, "il y a 3 ans")


@pytest.mark.parametrize("word", ["Publicité", "Lire aussi", "Partager", "Laisser un commentaire ici", "Tags : phare"])
def test_a_remark_that_says_what_boilerplate_says_stays_a_remark(word: str) -> None:
    remarks = (Said("Léo", "Première lumière !"), Said("Ana", word), Said("Paul", "Bien vu."))
    article = read(f"{article_text()}\n\n3 commentaires\n\n{thread(SIGNED['WordPress list'][1], remarks=remarks)}")
    assert [comment.text for comment in article.comments] == ["Première lumière !", word, "Bien vu."]


def test_an_advertisement_between_comments_is_left_out() -> None:
    first, *rest = thread(SIGNED["WordPress blocks"][1]).split("\n\n2. ")
    article = read(f"{article_text()}\n\n6 réponses\n\n{first}\n\nPublicité\n\n2. {'2. '.join(rest)}")
    assert len(article.comments) == 6
    assert ("advertisement", "Publicité") in [(left.reason, left.text) for left in article.left_out]


def test_pingbacks_and_removed_comments_are_no_remarks() -> None:
    text = (
        f"{article_text()}\n\n3 réponses\n\nLéo dit :\n{REMARKS[0].stamp}\nSuperbe.\n\nPing : Un autre site parle du "
        f"phare\n\n"
        f"Ana dit :\n{REMARKS[0].stamp}\nCe commentaire a été supprimé.\n\nPaul dit :\n{REMARKS[0].stamp}\nD’accord."
    )
    article = read(text)
    assert [comment.author for comment in article.comments] == ["Léo", "Paul"]
    assert "pingback" in {left.reason for left in article.left_out}


def test_a_thread_may_follow_its_form() -> None:
    form = "Laisser un commentaire\n\nVotre adresse e-mail ne sera pas publiée.\n\nNom *\n\nE-mail *"
    article = read(f"{article_text()}\n\n{form}\n\n6 commentaires\n\n{thread(SIGNED['WordPress list'][1])}")
    assert len(article.comments) == 6
    assert "Nom *" not in article.body


def test_the_foot_of_the_page_is_not_the_last_comment() -> None:
    foot = "Articles similaires\n\nLa criée change de mains\n\n© 2024 Le Courrier du Cap. Tous droits réservés."
    article = read(f"{article_text()}\n\n6 réponses\n\n{thread(SIGNED['WordPress list'][1])}\n\n{foot}")
    assert article.comments[-1].text == REMARKS[-1].text


def test_a_counter_at_the_head_of_a_page_is_no_thread() -> None:
    article = read("\n\n".join([TITLE, "13 commentaires", *PARAGRAPHS]))
    assert not article.comments
    assert article.body == "\n\n".join(PARAGRAPHS)


UNSIGNED = (
    "n’importe quoi !!! vous avez vu le prix ??",
    "Bravo les gars 👏👏",
    "qui paie ? toujours les memes",
    "Mon voisin dit que la lampe vient de Chine...",
)


@pytest.mark.parametrize("body_gap", ["\n", "\n\n"])
@pytest.mark.parametrize("lines", [3, 4, 7])
def test_unsigned_remarks_after_blank_lines_are_comments_one_a_line(body_gap: str, lines: int) -> None:
    text = article_text(None, body_gap) + "\n" * (lines + 1) + "\n".join(UNSIGNED)
    article = read(text)
    assert [comment.text for comment in article.comments] == list(UNSIGNED)
    assert all(comment.author is None and comment.confidence < 1 for comment in article.comments)


def test_a_line_that_only_quotes_the_article_joins_the_remark_below_it() -> None:
    quotation = "« Chacun a donné ce qu’il pouvait »"
    rows = [UNSIGNED[0], quotation, UNSIGNED[1], "« C’est du théâtre »", UNSIGNED[2]]
    article = read(article_text() + "\n" * 6 + "\n".join(rows))
    assert [comment.text for comment in article.comments] == [
        rows[0],
        f"{quotation}\n{rows[2]}",
        rows[3],
        rows[4],
    ]


def test_unsigned_remarks_under_a_heading_are_comments() -> None:
    article = read(f"{article_text()}\n\nCommentaires\n\n" + "\n".join(UNSIGNED))
    assert [comment.text for comment in article.comments] == list(UNSIGNED)


def test_names_before_a_colon_sign_one_line_remarks() -> None:
    rows = "\n".join(f"{said.author} : {first_line(said.text)}" for said in REMARKS)
    article = read(f"{article_text()}\n\nCommentaires :\n\n{rows}")
    assert [comment.author for comment in article.comments] == [said.author for said in REMARKS]


@pytest.mark.parametrize(
    "tail",
    [
        "Jeanne Le Goff",
        "P.-S. La fête aura lieu dimanche, venez nombreux ! Vous serez bien reçus !",
        "* * *\n\nLa préfecture, sollicitée, n’a pas souhaité répondre à nos questions avant la parution.",
        "Propos recueillis par Jeanne Le Goff",
        "Note : une première version de ce texte donnait un autre prix.",
        PARAGRAPHS[3],
        "Sources : archives départementales, service des phares.",
    ],
)
def test_what_follows_blank_lines_but_is_no_remark_is_no_comment(tail: str) -> None:
    article = read("\n\n".join([TITLE, *PARAGRAPHS[:3]]) + "\n\n\n\n\n" + tail)
    assert not article.comments


def test_blank_runs_between_all_paragraphs_make_no_comments() -> None:
    article = read("\n\n\n\n\n".join([TITLE, *PARAGRAPHS]))
    assert not article.comments
    assert article.body == "\n\n".join(PARAGRAPHS)


def test_a_column_in_the_first_person_is_no_thread() -> None:
    text = (
        "\n\n".join([TITLE, *PARAGRAPHS[:2]])
        + "\n\n\n\nJe n’ai jamais cru à ce projet, je l’avoue volontiers aujourd’hui. Mais vous qui l’avez porté, vous "
        "aviez raison contre moi et contre tous ceux de mon âge.\n\nJe suis heureux de m’être trompé, et je "
        "vous le devais."
    )
    assert not read(text).comments


@pytest.mark.parametrize("heading", ["Réactions", "Commentaires", "3 réponses", "Discussion"])
def test_a_heading_of_the_article_that_could_head_a_thread_stays(heading: str) -> None:
    article = read("\n\n".join([TITLE, PARAGRAPHS[0], heading, *PARAGRAPHS[1:]]))
    assert not article.comments
    assert [section.heading for section in article.sections] == [None, heading]


def test_speech_introduced_by_says_is_no_thread() -> None:
    speech = ["The chairwoman says:", "“We never gave up, not even in the winter of the flood.”"]
    article = read("\n\n".join([ENGLISH_TITLE, ENGLISH_PARAGRAPHS[0], *speech, *ENGLISH_PARAGRAPHS[1:]]))
    assert not article.comments


def test_a_chronicle_by_days_is_no_thread() -> None:
    days = ["12 mars 1993", "3 avril 2020", "4 mai 2023", "6 juin 2024"]
    parts = [part for day, paragraph in zip(days, PARAGRAPHS, strict=True) for part in (day, paragraph)]
    article = read("\n\n".join([TITLE, PARAGRAPHS[0], *parts]))
    assert not article.comments
    assert [section.heading for section in article.sections] == [None, *days]


def test_markdown_quotes_nest_the_answers() -> None:
    def form(said: Said, _: int) -> str:
        rows = f"**{said.author}** — 12 mars 2024\n\n{said.text}".split("\n")
        return "\n".join(("> " * said.depth + row).rstrip() for row in rows)

    article = read(f"# {article_text()}\n\n## Commentaires\n\n{thread(form, step=0)}", ".md")
    assert [comment.author for comment in article.comments] == [said.author for said in REMARKS]
    assert [comment.parent for comment in article.comments] == [None, None, 1, 1, None, None]


def test_a_markdown_list_nests_the_answers() -> None:
    rows = thread(lambda s, _: f"- **{s.author}** (12 mars 2024) : {first_line(s.text)}", step=2, gap="\n")
    article = read(f"# {article_text()}\n\n## Commentaires\n\n{rows}", ".md")
    assert [comment.author for comment in article.comments] == [said.author for said in REMARKS]
    assert [comment.depth for comment in article.comments] == [0, 0, 1, 1, 0, 0]


def test_markdown_headings_may_sign_comments() -> None:
    rows = thread(lambda s, _: f"### {s.author}, 12 mars 2024\n\n{s.text}", step=0)
    article = read(f"# {article_text()}\n\n## 6 commentaires\n\n{rows}", ".md")
    assert [comment.author for comment in article.comments] == [said.author for said in REMARKS]


def test_an_english_article_has_its_thread_in_english() -> None:
    article = read(
        f"{english_article()}\n\n{SIGNED['English WordPress'][0]}\n\n{thread(SIGNED['English WordPress'][1])}"
    )
    assert article.language == "en"
    assert article.comments[0].date.value == "2024-03-12"
