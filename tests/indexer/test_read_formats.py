"""The formats of input: encodings, JSON and JSON Lines, Markdown, HTML, and what cannot be read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read import SUFFIXES, Rejected, guess_suffix, read_articles, read_records
from rag.errors import ReadError
from rag.types import Article
from tests.indexer.reading_samples import HEADINGS, PARAGRAPHS, TITLE, article_text

BODY = "\n\n".join(PARAGRAPHS)


def read(data: str | bytes, suffix: str) -> Article:
    (article,) = read_articles(data.encode() if isinstance(data, str) else data, "input", suffix)
    return article


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_does_not_show_in_the_text(encoding: str) -> None:
    text = f"{TITLE}\n\n{BODY}\n\nLe prix : 3 €, « à l’œil »."
    article = read(text.encode(encoding), ".txt")
    assert article.title == TITLE
    assert article.body == f"{BODY}\n\nLe prix : 3 €, « à l’œil »."


def test_stored_text_is_composed() -> None:
    assert read("Un été a\u0300 la pointe, dit la maire de Brennilis.", ".txt").body.startswith("Un été à la pointe")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04word/document.xml",
        b"\x89PNG\r\n\x1a\n" + bytes(range(200)),
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        bytes(range(256)) * 20,
        b"abc\x00def\x00" * 30,
    ],
)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_binary_data_is_refused_with_a_reason(data: bytes, suffix: str) -> None:
    with pytest.raises(ReadError, match="input: "):
        read(data, suffix)


@pytest.mark.parametrize("data", [b"", b"   \n\n\t ", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("suffix", [*SUFFIXES, ""])
def test_an_empty_input_is_refused(data: bytes, suffix: str) -> None:
    with pytest.raises(ReadError):
        read(data, suffix)


def test_an_unknown_suffix_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ReadError, match=r"\.docx.*\.txt"):
        read("texte", ".docx")


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('{"text": "Un texte."}', ".json"),
        ('[{"text": "Un texte."}]', ".json"),
        ('{"text": "Un."}\n{"text": "Deux."}\n', ".jsonl"),
        ('{"text": "Un texte.",\n broken', ".json"),
        ("<!DOCTYPE html><html><body><p>Un texte.</p></body></html>", ".html"),
        ("  <html><p>Un texte.</p>", ".html"),
        ("---\ntitle: Un titre\n---\nUn texte.", ".md"),
        ("# Un titre\n\nUn texte.", ".md"),
        ("Un titre\n\nUn texte.", ".txt"),
        ("[Photo] Un texte entre crochets.", ".txt"),
        ("{Note} Un texte.", ".txt"),
        ("< 3 euros, le prix du pain.", ".txt"),
    ],
)
def test_the_content_tells_the_format_of_standard_input(text: str, suffix: str) -> None:
    assert guess_suffix(text) == suffix


# JSON and JSON Lines

RECORD: dict[str, Any] = {
    "title": TITLE,
    "text": article_text(None),
    "date": "2024-03-03",
    "url": "https://cap.example/phare",
    "author": "Jeanne Le Goff",
    "outlet": "Le Courrier du Cap",
    "language": "fr",
    "comments": [
        {"author": "Léo", "date": "2024-03-04", "text": "Superbe !"},
        {"author": "Ana", "date": "2024-03-05T10:00:00Z", "text": "Cher.", "parent": 0},
    ],
}


def changed(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in {**RECORD, **fields}.items() if value is not None}


def as_json(record: Any) -> str:
    return json.dumps(record)


def test_a_json_object_gives_all_its_fields() -> None:
    article = read(as_json(RECORD), ".json")
    assert (article.title, article.title_derived, article.author) == (TITLE, False, "Jeanne Le Goff")
    assert (article.outlet, article.url, article.language) == ("Le Courrier du Cap", "https://cap.example/phare", "fr")
    assert (article.published.value, article.published.method) == ("2024-03-03", "metadata")
    assert article.body == article_text(None)
    assert [section.heading for section in article.sections] == [None, *HEADINGS]
    assert [(c.author, c.date.value, c.text, c.depth, c.parent) for c in article.comments] == [
        ("Léo", "2024-03-04", "Superbe !", 0, None),
        ("Ana", "2024-03-05", "Cher.", 1, 0),
    ]


def test_the_text_of_a_record_is_body_to_its_end() -> None:
    text = f"{BODY}\n\nPublicité\n\n3 commentaires\n\nLéo dit :\n12 mars 2024 à 14:05\nBravo !"
    article = read(as_json(changed(text=text)), ".json")
    assert article.body == text
    assert len(article.comments) == 2


def test_a_record_without_title_gets_a_derived_one() -> None:
    article = read(as_json(changed(title=None)), ".json")
    assert article.title_derived
    assert PARAGRAPHS[0].startswith(article.title)


@pytest.mark.parametrize(
    "aliased",
    [
        {"headline": TITLE, "body": BODY, "published": "2024-03-03", "site": "Le Courrier du Cap", "lang": "fr-FR"},
        {"titre": TITLE, "content": BODY, "date_published": "2024-03-03", "source": "Le Courrier du Cap", "lang": "fr"},
        {
            "headline": TITLE,
            "articleBody": BODY,
            "datePublished": "2024-03-03",
            "publisher": {"name": "Le Courrier du Cap"},
            "inLanguage": "fr",
        },
    ],
)
def test_common_other_names_of_fields_are_understood(aliased: dict[str, Any]) -> None:
    article = read(as_json(aliased), ".json")
    assert (article.title, article.body, article.outlet) == (TITLE, BODY, "Le Courrier du Cap")
    assert article.published.value == "2024-03-03"


def test_a_parent_may_be_named_by_id_and_follow_its_answer() -> None:
    comments = [
        {"id": "b", "text": "Réponse.", "parent": "a"},
        {"id": "a", "text": "Question ?"},
        {"id": "c", "text": "Réplique.", "parent": "b"},
    ]
    article = read(as_json(changed(comments=comments)), ".json")
    assert [(c.text, c.depth, c.parent) for c in article.comments] == [
        ("Question ?", 0, None),
        ("Réponse.", 1, 0),
        ("Réplique.", 2, 1),
    ]


def test_replies_may_stand_inside_their_parent() -> None:
    comments = [{"text": "Question ?", "replies": [{"text": "Réponse."}]}, {"text": "Autre."}]
    article = read(as_json(changed(comments=comments)), ".json")
    assert [(c.text, c.depth) for c in article.comments] == [("Question ?", 0), ("Réponse.", 1), ("Autre.", 0)]


@pytest.mark.parametrize("nothing", [0, -1, "0", ""])
def test_a_database_export_says_no_parent_in_its_way(nothing: Any) -> None:
    comments = [
        {"id": 7, "text": "Question ?", "parent": nothing},
        {"id": 9, "text": "Réponse.", "parent": 7},
    ]
    article = read(as_json(changed(comments=comments)), ".json")
    assert [c.parent for c in article.comments] == [None, 0]


def test_a_comment_without_text_is_passed_over_and_its_answers_move_up() -> None:
    comments = [{"id": 1, "text": " "}, {"id": 2, "text": "Réponse.", "parent": 1}]
    article = read(as_json(changed(comments=comments)), ".json")
    assert [(c.text, c.depth, c.parent) for c in article.comments] == [("Réponse.", 0, None)]


def test_comments_that_answer_each_other_in_a_ring_are_kept() -> None:
    comments = [{"id": 1, "text": "Un.", "parent": 2}, {"id": 2, "text": "Deux.", "parent": 1}]
    article = read(as_json(changed(comments=comments)), ".json")
    assert sorted(c.text for c in article.comments) == ["Deux.", "Un."]
    assert sorted(c.depth for c in article.comments) == [0, 1]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (changed(text=None), "no 'text'"),
        (changed(text="  "), "no 'text'"),
        (changed(text=12), "'text' is a number"),
        (changed(text=["a"]), "'text' is a list"),
        (changed(text="1 2 3"), "no prose"),
        (changed(title=["a"]), "'title' is a list"),
        (changed(date={"day": 3}), "'date' is an object"),
        (changed(date=20240303), "'date' is a number"),
        (changed(url=3), "'url' is a number"),
        (changed(author=3), "'author' is a number"),
        (changed(language=["fr"]), "'language' is a list"),
        (changed(comments="Bravo"), "'comments' is a string"),
        (changed(comments=[3]), "'comments' holds a number"),
        (changed(comments=[{"text": 3}]), "'text' is a number"),
        (changed(comments=[{"text": "a", "parent": "nobody"}]), "comment 1"),
        (changed(comments=[{"text": "a", "parent": 0}]), "its own parent"),
        (changed(comments=[{"text": "a", "parent": 9}]), "comment 1"),
        ("just a string", "holds a string"),
        (None, "holds null"),
    ],
)
def test_a_record_that_cannot_be_used_says_why(record: Any, reason: str) -> None:
    (found,) = read_records(as_json(record).encode(), "input", ".json")
    assert isinstance(found, Rejected)
    assert reason in found.reason
    with pytest.raises(ReadError, match="record 1"):
        read_articles(as_json(record).encode(), "input", ".json")


def test_good_lines_of_json_lines_go_in_and_bad_ones_say_where_and_why() -> None:
    rows = [as_json(RECORD), "{broken", "", as_json({"title": "x"}), as_json(changed(url="https://cap.example/autre"))]
    found = list(read_records("\n".join(rows).encode(), "input", ".jsonl"))
    assert [type(record) for record in found] == [Article, Rejected, Rejected, Article]
    assert [record.record for record in found] == [
        "https://cap.example/phare",
        "line 2",
        "line 4",
        "https://cap.example/autre",
    ]


def test_records_are_told_apart_by_url_or_by_content() -> None:
    rows = [changed(url=None), changed(url=None, title="Un autre titre"), changed()]
    keys = [article.record for article in read_articles(as_json(rows).encode(), "input", ".json")]
    assert len(set(keys)) == 3
    assert keys[2] == "https://cap.example/phare"
    assert keys == [a.record for a in read_articles(as_json(rows).encode(), "elsewhere", ".json")]


def test_a_record_met_twice_is_set_aside() -> None:
    found = list(read_records(as_json([RECORD, RECORD]).encode(), "input", ".json"))
    assert isinstance(found[0], Article)
    assert found[1] == Rejected("record 2", "the same as record 1; remove one of them")


def test_one_object_in_a_file_has_no_record_key() -> None:
    assert read(as_json(RECORD), ".json").record == ""


def test_json_lines_in_a_json_file_are_read_as_such() -> None:
    rows = f"{as_json(RECORD)}\n{as_json(changed(url='https://cap.example/b'))}\n"
    assert len(read_articles(rows.encode(), "input", ".json")) == 2


@pytest.mark.parametrize("text", ["{broken", "[1,", "nothing", "[]", "[" * 100_000])
def test_broken_json_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read_articles(text.encode(), "input", ".json")


def test_half_a_surrogate_pair_does_not_reach_the_text() -> None:
    article = read('{"text": "Le phare \\ud83d de Brennilis a été rallumé."}', ".json")
    article.body.encode("utf-8")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3)
    )
)
def test_a_field_of_any_type_is_read_or_rejected(value: Any) -> None:
    for field in RECORD:
        for found in read_records(as_json({**RECORD, field: value}).encode(), "input", ".json"):
            assert isinstance(found, Article | Rejected)


# Markdown


def test_front_matter_gives_the_metadata() -> None:
    front = (
        f'---\ntitle: "{TITLE}"\ndate: 2024-03-03\nauthor: Jeanne Le Goff\noutlet: Le Courrier du Cap\n'
        "url: https://cap.example/phare\nlang: fr\n---\n"
    )
    article = read(f"{front}\n# {TITLE}\n\n{BODY}", ".md")
    assert (article.title, article.author, article.outlet) == (TITLE, "Jeanne Le Goff", "Le Courrier du Cap")
    assert (article.published.value, article.published.method) == ("2024-03-03", "metadata")
    assert article.url == "https://cap.example/phare"
    assert article.body == BODY


def test_markdown_headings_are_the_sections() -> None:
    parts = [f"# {TITLE}", PARAGRAPHS[0], f"## {HEADINGS[0]}", PARAGRAPHS[1], f"{HEADINGS[1]}\n------", PARAGRAPHS[2]]
    article = read("\n\n".join(parts), ".md")
    assert article.title == TITLE
    assert [section.heading for section in article.sections] == [None, *HEADINGS]
    assert [section.text for section in article.sections] == list(PARAGRAPHS[:3])


def test_markdown_syntax_is_taken_off() -> None:
    text = (
        "# Titre\n\nLe **phare** de [Brennilis](https://cap.example/b) a *vraiment* coûté `240 000` euros, ![tour]"
        "(t.png)"
        "dit snake_case_name[^1].\n\n> Une **citation** du gardien, longue assez.\n\n* un point\n* un autre\n\n"
        "[1]: https://cap.example\n\n<!-- caché -->\n\n---\n\n1\\. pas une liste\n"
    )
    article = read(text, ".md")
    assert article.body.split("\n\n")[:3] == [
        "Le phare de Brennilis a vraiment coûté 240 000 euros, dit snake_case_name.",
        "Une citation du gardien, longue assez.",
        "- un point\n- un autre",
    ]
    assert "caché" not in article.body
    assert "1. pas une liste" in article.body


def test_wrapped_markdown_paragraphs_are_one_line() -> None:
    text = "# Titre\n\n" + PARAGRAPHS[0].replace(", ", ",\n").replace(" de ", " de\n")
    assert read(text, ".md").body == PARAGRAPHS[0]


def test_front_matter_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(ReadError, match="front matter"):
        read("---\ntitle: a: b: c\n  - x\n---\n\n" + BODY, ".md")


# HTML


def page(body: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def paragraphs() -> str:
    return (
        f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><h2>{HEADINGS[0]}</h2><p>{PARAGRAPHS[2]}</p>"
        f"<h2>{HEADINGS[1]}</h2><p>{PARAGRAPHS[3]}</p>"
    )


def wordpress(number: int, author: str, text: str, children: str = "", depth: int = 1) -> str:
    return (
        f'<li id="comment-{number}" class="comment even depth-{depth}">'
        f'<article id="div-comment-{number}" class="comment-body">'
        f'<footer class="comment-meta"><div class="comment-author vcard"><img alt="" src="a.png" class="avatar">'
        f'<b class="fn">{author}</b> <span class="says">dit :</span></div><div class="comment-metadata"><a href="#c">'
        f'<time datetime="2024-03-04T10:00:00+01:00">4 mars 2024 à 10h00</time></a></div></footer>'
        f'<div class="comment-content"><p>{text}</p></div><div class="reply">'
        f'<a class="comment-reply-link" href="#">Répondre</a>'
        f"</div></article>{children}</li>"
    )


WORDPRESS = (
    '<div id="comments" class="comments-area"><h2 class="comments-title">3 réponses</h2><ol class="comment-list">'
    + wordpress(
        1, "Léo", "Superbe !", f'<ol class="children">{wordpress(2, "Ana", "Cher.</p><p>Très cher.", depth=2)}</ol>'
    )
    + wordpress(3, "Publicité", "Publicité")
    + '</ol><div id="respond" class="comment-respond"><h3>Laisser un commentaire</h3><form>'
    "<p>Votre adresse e-mail ne sera "
    "pas publiée.</p></form></div></div>"
)
DISQUS = (
    '<div id="disqus_thread"><ul id="post-list" class="post-list">'
    '<li class="post" id="post-1"><div class="post-content"><header><span class="author">Léo</span> '
    '<a class="time-ago">il y a 3 '
    'ans</a></header><div class="post-message"><p>Superbe !</p></div><footer>Répondre</footer></div>'
    '<ul class="children">'
    '<li class="post" id="post-2"><div class="post-content"><header><span class="author">Ana</span></header>'
    '<div class="post-message"><p>Cher.</p><p>Très cher.</p></div></div></li></ul></li>'
    '<li class="post" id="post-3"><div class="post-content"><header><span class="author">Publicité</span></header>'
    '<div class="post-message"><p>Publicité</p></div></div></li></ul></div>'
)
SCHEMA = (
    '<section class="x">'
    '<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Léo</span>'
    '<p itemprop="text">Superbe !</p>'
    '<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Ana</span>'
    '<div itemprop="text"><p>Cher.</p>'
    "<p>Très cher.</p></div></div></div>"
    '<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Publicité</span>'
    '<p itemprop="text">Publicité</p>'
    "</div></section>"
)


@pytest.mark.parametrize("comments", [WORDPRESS, DISQUS, SCHEMA], ids=["wordpress", "disqus", "schema.org"])
def test_comments_of_a_page_keep_author_depth_and_paragraphs(comments: str) -> None:
    article = read(page(f"<article>{paragraphs()}</article>{comments}"), ".html")
    assert [(c.author, c.text, c.depth, c.parent) for c in article.comments] == [
        ("Léo", "Superbe !", 0, None),
        ("Ana", "Cher.\n\nTrès cher.", 1, 0),
        ("Publicité", "Publicité", 0, None),
    ]
    assert article.body.startswith(PARAGRAPHS[0])
    assert article.body.endswith(PARAGRAPHS[3])


def test_a_wordpress_comment_has_the_date_of_its_markup() -> None:
    date = read(page(paragraphs() + WORDPRESS), ".html").comments[0].date
    assert (date.value, date.method) == ("2024-03-04", "metadata")


def test_headings_of_a_page_are_the_sections() -> None:
    article = read(page(f"<article>{paragraphs()}</article>"), ".html")
    assert (article.title, article.title_derived) == (TITLE, False)
    assert [section.heading for section in article.sections] == [None, *HEADINGS]


def test_linked_data_of_a_page_gives_the_metadata() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2024-03-03T08:00:00+01:00",
        "author": {"@type": "Person", "name": "Jeanne Le Goff"},
        "publisher": {"@type": "Organization", "name": "Le Courrier du Cap"},
        "url": "https://cap.example/phare",
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    article = read(page(paragraphs(), head), ".html")
    assert (article.author, article.outlet, article.url) == (
        "Jeanne Le Goff",
        "Le Courrier du Cap",
        "https://cap.example/phare",
    )
    assert (article.published.value, article.published.method) == ("2024-03-03", "metadata")


def test_meta_tags_of_a_page_give_the_metadata() -> None:
    head = (
        f'<title>{TITLE} | Le Courrier du Cap</title><meta property="og:title" content="{TITLE}">'
        '<meta property="og:site_name" content="Le Courrier du Cap"><meta name="author" content="Jeanne Le Goff">'
        '<meta property="article:published_time" content="2024-03-03">'
        '<link rel="canonical" href="https://cap.example/phare">'
    )
    article = read(page(paragraphs(), head), ".htm")
    assert (article.title, article.author, article.outlet) == (TITLE, "Jeanne Le Goff", "Le Courrier du Cap")
    assert (article.url, article.published.value) == ("https://cap.example/phare", "2024-03-03")


def test_menus_forms_and_related_links_of_a_page_are_no_text() -> None:
    body = (
        '<header><nav><ul><li><a href="/">Accueil</a></li><li><a href="/mer">Mer</a></li></ul></nav></header>'
        f"<main><article>{paragraphs()}</article></main>"
        '<aside><h3>Articles similaires</h3><ul><li><a href="/a">La criée change de mains</a></li></ul></aside>'
        "<footer>© 2024 Le Courrier du Cap. Tous droits réservés.</footer>"
    )
    article = read(page(body), ".html")
    assert article.body.endswith(PARAGRAPHS[3])
    assert "criée" not in article.body
    assert any("criée" in left.text for left in article.left_out)


def test_a_declared_charset_is_followed() -> None:
    text = (
        f'<html><head><meta charset="iso-8859-1"></head><body><h1>Un été à Brennilis</h1>'
        f"<p>{PARAGRAPHS[0]}</p></body></html>"
    )
    data = text.replace("’", "'").encode("iso-8859-1")
    assert read(data, ".html").title == "Un été à Brennilis"


@pytest.mark.parametrize("text", ["<html></html>", page(""), page("<script>var a = 1;</script>"), "<!-- rien -->"])
def test_a_page_without_text_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read(text, ".html")
