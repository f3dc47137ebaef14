"""One article as the points that stand for it in the store, ready but for their vectors.

It decides what is stored, what is shown to the embedding model and which words BM25 may match. It knows nothing of
files, models or stores.

What the vectors see beyond the passage itself, and why:
- an article's passage: the title and the section's heading go before it, for the dense side and for BM25 alike. Who
  and where are often named there only ("les deux dirigeants"), and the body does not hold the title. A line the
  passage begins with anyway is not said twice.
- a reader's remark, dense side: the article's title and the beginning of the remark it answers, without which "tout à
  fait d'accord" is about nothing. BM25 side: the remark's own words alone, so that a remark is found by what its
  reader wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from indexer.chunk import article_passages, comment_language, comment_passages
from indexer.draft import Draft
from indexer.events import event_drafts
from indexer.pseudonym import Pseudonyms
from rag.names import terms_of
from rag.store import schema
from rag.types import Article, ArticleRef, CommentRef, Passage

_PARENT_CHARACTERS: Final = (
    300  # some 50 words: what a reply answers is mostly said at once, and the reply must prevail
)


def drafts(
    article: Article, article_id: str, source: str, pseudonyms: Pseudonyms, *, chunk_tokens: int, overlap: int
) -> Iterator[Draft]:
    """The points of one article: its text, its passages, its events, and for each comment its text and passages."""
    ref = ArticleRef(
        id=article_id,
        title=article.title,
        published=article.published,
        source=source,
        outlet=article.outlet,
        url=article.url,
        language=article.language,
    )
    sections: list[dict[str, Any]] = [
        {"heading": section.heading, "start": section.start, "end": section.end} for section in article.sections
    ]
    payload = schema.article_text_payload(
        ref, article.body, author=article.author, title_derived=article.title_derived, sections=sections
    )
    yield Draft(ref.id, "article", payload, ref.language)
    for passage in article_passages(article, ref, chunk_tokens=chunk_tokens, overlap=overlap):
        yield _passage(passage, None)
    yield from event_drafts(article, ref, sections)
    yield from _comments(article, ref, pseudonyms, chunk_tokens, overlap)


def _comments(
    article: Article, ref: ArticleRef, pseudonyms: Pseudonyms, chunk_tokens: int, overlap: int
) -> Iterator[Draft]:
    for position, comment in enumerate(article.comments):
        author = CommentRef(schema.comment_id(ref.id, position), pseudonyms.of(comment.author))
        language = comment_language(comment, ref.language)
        parent = comment.parent if comment.parent is not None and 0 <= comment.parent < position else None
        payload = schema.comment_text_payload(
            ref,
            author,
            comment.text,
            language=language,
            position=position,
            depth=comment.depth,
            parent=None if parent is None else schema.comment_id(ref.id, parent),
            date=comment.date,
            confidence=comment.confidence,
        )
        yield Draft(author.id, "comment", payload, language)
        answered = None if parent is None else article.comments[parent].text
        for passage in comment_passages(comment, ref, author, language, chunk_tokens=chunk_tokens, overlap=overlap):
            yield _passage(passage, answered)


def _passage(passage: Passage, answered: str | None) -> Draft:
    matched = matched_text(passage)
    payload = schema.passage_payload(passage, terms_of(matched))
    return Draft(passage.id, "passage", payload, passage.language, embedding_text(passage, answered), matched)


def embedding_text(passage: Passage, answered: str | None = None) -> str:
    """What the embedding model is shown of a passage; `answered` is the remark that a reader's remark replies to."""
    if passage.kind == "article":
        return matched_text(passage)
    context = [passage.article.title, shortened(answered, _PARENT_CHARACTERS) if answered else ""]
    return "\n".join([*filter(None, context), passage.text])


def matched_text(passage: Passage) -> str:
    """What BM25 is shown of a passage, and where the archive's vocabulary comes from."""
    if passage.kind == "comment":
        return passage.text
    lines = [passage.article.title, passage.section or ""]
    return "\n".join([line for line in lines if line and not _begins(passage.text, line)] + [passage.text])


def shortened(text: str, characters: int) -> str:
    """The beginning of a text on one line, cut after a word."""
    line = " ".join(text.split())
    return line if len(line) <= characters else line[: characters + 1].rsplit(" ", 1)[0][:characters] + " …"


def _begins(text: str, line: str) -> bool:
    """Whether a text begins with a line; a title made from the first sentence may end in dots."""
    return text.startswith(line.rstrip(" …."))
