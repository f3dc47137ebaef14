"""How the seed texts are divided: the line numbers say what a careful reader found; no text of theirs stands here."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.read import read_articles
from rag.types import Article

# Lines of the files, counted from 1.
HEADERS_004 = (29, 35, 43, 48, 54, 61, 68, 73, 82, 87, 92, 97, 104)
AUTHORS_004 = (  # sha256, first 12 digits
    "11df1b59ae8a 18556c17689e f19e47771b2e 171e3f193b64 724008f77049 3e30da397295 6464e68e49e9 724008f77049 "
    "b2108d108adf e563c3fbb0f7 0800a4c3ae64 b2108d108adf 065fa60c64d7"
).split()
PARENTS_004 = [None, None, 1, *[None] * 10]


def seed_text(folder: Path, number: str) -> str:
    (path,) = folder.glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8")


def read(text: str) -> Article:
    (article,) = read_articles(text.encode(), "seed", ".txt")
    return article


def lines_of(text: str, *numbers: int) -> list[str]:
    rows = text.split("\n")
    return [rows[number - 1].strip() for number in numbers]


def squeezed(text: str) -> list[str]:
    return text.split()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_sections_stand_in_the_body_at_their_offsets(seeds_dir: Path, number: str) -> None:
    article = read(seed_text(seeds_dir, number))
    assert article.sections
    for section in article.sections:
        assert article.body[section.start : section.end] == section.text
        if section.heading is not None:
            assert article.body[: section.start].rstrip().endswith(section.heading)


def test_000_has_no_title_so_one_is_made_from_its_first_sentence(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "000")
    article = read(text)
    assert article.title_derived
    assert text.startswith(article.title.rstrip("…"))


def test_000_has_three_headings(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "000")
    headings = [section.heading for section in read(text).sections]
    assert headings == [None, *lines_of(text, 3, 6, 9)]


def test_000_ends_its_body_before_the_blank_lines(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "000")
    article = read(text)
    assert article.body.split("\n") == lines_of(text, *range(1, 12))
    assert not article.left_out


def test_000_has_one_unsigned_remark_a_line_save_that_a_quotation_joins_the_next(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "000")
    article = read(text)
    rows = lines_of(text, *range(16, 24))
    assert [comment.text for comment in article.comments] == [*rows[:3], "\n".join(rows[3:5]), *rows[5:]]
    assert all(comment.author is None and 0 < comment.confidence < 1 for comment in article.comments)
    assert all(comment.depth == 0 and comment.parent is None for comment in article.comments)


def test_001_leaves_its_leading_date_out_of_the_text(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "001")
    article = read(text)
    assert article.title_derived
    assert not article.comments
    assert [(left.text, left.reason) for left in article.left_out] == [("date 2026-01-20", "publication date")]
    assert squeezed(article.body) == squeezed(text)[2:]


def test_002_is_all_body_with_four_headings(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "002")
    article = read(text)
    assert article.title_derived
    assert not article.comments
    assert not article.left_out
    assert article.body.split("\n") == lines_of(text, *range(1, 15))
    assert [section.heading for section in article.sections] == [None, *lines_of(text, 2, 5, 8, 11)]


def test_003_keeps_its_summary_and_loses_its_pitch(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "003")
    article = read(text)
    assert article.title_derived
    assert not article.comments
    assert article.body.split("\n") == lines_of(text, *range(1, 41))
    assert [left.text.split("\n") for left in article.left_out] == [lines_of(text, 41, 42, 43)]
    assert article.left_out[0].reason == "subscription pitch"


def test_003_tells_headings_from_quotations_and_short_paragraphs(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "003")
    headings = [section.heading for section in read(text).sections]
    assert headings == [*lines_of(text, 1), None, *lines_of(text, 7, 13, 17, 23, 28, 32, 37)]


def test_004_has_title_body_and_what_was_left_out(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "004")
    article = read(text)
    assert (article.title, article.title_derived) == (lines_of(text, 1)[0], False)
    assert article.body.split("\n\n") == lines_of(text, 5, 7, 11, 13, 15, 17, 19, 21, 25)
    assert [section.heading for section in article.sections] == [None, *lines_of(text, 11, 17)]
    assert [(left.reason, left.text.split("\n")) for left in article.left_out] == [
        ("photo credit", lines_of(text, 3)),
        ("advertisement", lines_of(text, 9)),
        ("advertisement", lines_of(text, 23)),
        ("thread heading", lines_of(text, 27)),
        ("comment form", lines_of(text, 110, 112)),
        ("advertisement", lines_of(text, 114)),
    ]


def check_thread_004(article: Article) -> None:
    assert [digest(comment.author or "") for comment in article.comments] == AUTHORS_004
    assert [comment.parent for comment in article.comments] == PARENTS_004
    assert [comment.depth for comment in article.comments] == [0, 0, 1, *[0] * 10]


def test_004_has_thirteen_signed_comments_one_of_them_nested(seeds_dir: Path) -> None:
    article = read(seed_text(seeds_dir, "004"))
    check_thread_004(article)
    assert all(comment.confidence == 1 for comment in article.comments)


def test_004_keeps_every_comment_whole_and_without_its_author_lines(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "004")
    article = read(text)
    ends = [start - 2 for start in HEADERS_004[1:]] + [108]
    for comment, start, end in zip(article.comments, HEADERS_004, ends, strict=True):
        assert comment.text.split("\n") == lines_of(text, *range(start + 3, end + 1))


def unindented(text: str) -> str:
    return re.sub(r"(?m)^[ ]+", "", text)


def tabbed(text: str) -> str:
    return re.sub(r"(?m)^(?: {2})+", lambda found: "\t" * (len(found.group()) // 2), text)


def widened(text: str) -> str:
    return re.sub(r"(?m)^ +", lambda found: found.group() * 3, text)


def english_labels(text: str) -> str:
    swaps = (
        ("13 réponses", "13 responses to “This story”"),
        ("Avatar de ", "Avatar of "),
        ("Publicité", "Advertisement"),
        ("Laisser un commentaire", "Leave a Reply"),
        ("Votre adresse e-mail ne sera pas publiée.", "Your email address will not be published."),
        ("Les champs obligatoires sont indiqués avec *", "Required fields are marked *"),
    )
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return text


def loud_labels(text: str) -> str:
    for label in ("13 réponses", "Publicité", "Laisser un commentaire"):
        text = text.replace(label, label.upper())
    return text


def old_theme(text: str) -> str:
    return re.sub(r"(?m)^( *)\d+\. Avatar de (.+)\n.*\n", r"\1\2 dit :\n\g<1>12 mai 2025 à 14 h 05 min\n", text)


THREAD_CHANGES: tuple[Callable[[str], str], ...] = (
    unindented,
    tabbed,
    widened,
    english_labels,
    loud_labels,
    old_theme,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("\n\n", "\n\n\n"),
    lambda text: text.replace("13 réponses", "Commentaires (13)"),
    lambda text: text.replace("13 réponses", "13 réponses à « Un titre »"),
    lambda text: text.replace("13 réponses\n\n", ""),
    lambda text: text.replace("Avatar de ", "Avatar d’ "),
)


@pytest.mark.parametrize("change", THREAD_CHANGES)
def test_004_keeps_its_thread_when_the_page_prints_it_otherwise(seeds_dir: Path, change: Callable[[str], str]) -> None:
    text = seed_text(seeds_dir, "004")
    article = read(change(text))
    check_thread_004(article)
    plain = read(text)
    assert squeezed(article.body) == squeezed(plain.body)
    assert [squeezed(c.text) for c in article.comments] == [squeezed(c.text) for c in plain.comments]


def test_004_keeps_its_thread_under_other_names(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "004")
    names = iter(
        ["Zoé & Paul", "X", "jean-michel.du.06", "O’Brien", "Dr Folamour", "42", "Élise", "ŒDIPE", "µ", "le_chat"] * 2
    )
    for line in re.findall(r"(?m)^ *\d+\. Avatar de .+$", text):
        name = line.split("Avatar de ")[1]
        fresh = next(names)
        text = text.replace(f"Avatar de {name}\n", f"Avatar de {fresh}\n", 1)
        text = re.sub(rf"(?m)(Avatar de {re.escape(fresh)}\n +){re.escape(name)}$", rf"\g<1>{fresh}", text, count=1)
    article = read(text)
    assert [comment.parent for comment in article.comments] == PARENTS_004
    assert {comment.author for comment in article.comments} >= {"X", "42", "µ"}


@pytest.mark.parametrize("gap", [2, 3, 4, 8, 20])
def test_000_keeps_its_remarks_after_any_run_of_blank_lines(seeds_dir: Path, gap: int) -> None:
    text = re.sub(r"\n{3,}", "\n" * (gap + 1), seed_text(seeds_dir, "000"))
    assert len(read(text).comments) == 7


def test_000_keeps_its_remarks_when_paragraphs_are_set_apart_by_blank_lines(seeds_dir: Path) -> None:
    head, tail = re.split(r"\n{3,}", seed_text(seeds_dir, "000"))
    article = read(head.replace("\n", "\n\n") + "\n" * 6 + tail)
    assert len(article.comments) == 7
    assert [section.heading is None for section in article.sections] == [True, False, False, False]


def test_000_without_its_remarks_has_none(seeds_dir: Path) -> None:
    head = re.split(r"\n{3,}", seed_text(seeds_dir, "000"))[0]
    assert not read(head).comments
    assert not read(head.replace("\n", "\n\n\n\n\n")).comments


def test_000_keeps_article_and_remarks_when_hard_wrapped(seeds_dir: Path) -> None:
    head, tail = re.split(r"\n{3,}", seed_text(seeds_dir, "000"))
    article = read("\n\n".join(textwrap.fill(row, 80) for row in head.split("\n")) + "\n" * 6 + tail)
    assert [section.heading is None for section in article.sections] == [True, False, False, False]
    assert squeezed(article.body) == squeezed(head)


@pytest.mark.parametrize("label", ["À DÉCOUVRIR", "Vous avez aimé cet article ?", "Attention - À ne pas manquer"])
def test_003_loses_its_pitch_under_another_label(seeds_dir: Path, label: str) -> None:
    text = seed_text(seeds_dir, "003")
    changed = text.replace(lines_of(text, 41)[0], label)
    assert read(changed).body == read(text).body


@pytest.mark.parametrize("label", ["⚡ Ce qu’il faut retenir", "En bref", "Key points", "L’essentiel"])
def test_003_keeps_its_summary_under_another_label(seeds_dir: Path, label: str) -> None:
    text = seed_text(seeds_dir, "003")
    article = read(text.replace(lines_of(text, 1)[0], label))
    assert article.title_derived
    assert article.sections[0].heading == label
    assert article.body.split("\n")[1:] == lines_of(text, *range(2, 41))


@pytest.mark.parametrize(
    "lead", ["2026-01-20 ", "date: 2026-01-20 ", "Publié le 20 janvier 2026 - ", "20/01/2026 | ", " date 2026-01-20\n"]
)
def test_001_loses_its_leading_date_in_other_forms(seeds_dir: Path, lead: str) -> None:
    text = seed_text(seeds_dir, "001")
    article = read(text.replace(" date 2026-01-20 ", lead, 1))
    assert squeezed(article.body) == squeezed(text)[2:]
    assert (article.published.value, article.published.method) == ("2026-01-20", "header")
