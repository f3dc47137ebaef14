"""The store's schema: field names, indexes, ids. The same for the embedded and the served store.

Three kinds of points live in one collection, told apart by `kind`:
- passages (`article`, `comment`): a stretch of one stored text with both vectors;
- `event`: a dated mention, cut from one stored text;
- `text`: the full stored text of an article or of a comment, with its metadata, without vectors.

Any change of meaning here raises SCHEMA_VERSION; a store of another version is refused.
"""

from __future__ import annotations

import uuid
from typing import Any, Final

from rag.types import ArticleRef, CommentRef, Passage, PublicationDate

SCHEMA_VERSION: Final = 1
NAMESPACE: Final = uuid.UUID("6f0b4f0e-5c1f-5d0a-9d5e-0d6f3a9e7c11")
DENSE: Final = "dense"
BM25: Final = "bm25"

KEYWORD_FIELDS: Final = (
    "kind",
    "role",
    "article_id",
    "text_id",
    "outlet",
    "language",
    "terms",  # distinct folded words of a passage: the archive's vocabulary, for spelling variants
    "comment.author",
    "event.actors",
    "event.status",
)
# The fields that searches filter by: the vector index keeps extra links within their common values. For the other
# fields such links cost much time when the index is built (`terms` has thousands of values) and help no search.
SEARCH_FILTER_FIELDS: Final = frozenset({"kind", "language", "outlet"})
DATETIME_FIELDS: Final = ("published_from", "published_to", "event.from", "event.to")


def article_id(source: str, record: str = "") -> str:
    """UUIDv5 of an article: its source (resolved path or URL) and, in a file of many articles, its record."""
    return str(uuid.uuid5(NAMESPACE, f"article\n{source}\n{record}"))


def comment_id(article: str, position: int) -> str:
    """UUIDv5 of a comment: its article and its place in the thread."""
    return str(uuid.uuid5(NAMESPACE, f"comment\n{article}\n{position}"))


def passage_id(text_id: str, start: int, end: int) -> str:
    """UUIDv5 of a passage: the text it is cut from and its offsets."""
    return str(uuid.uuid5(NAMESPACE, f"passage\n{text_id}\n{start}\n{end}"))


def event_id(text_id: str, start: int, end: int, ordinal: int) -> str:
    """UUIDv5 of an event mention: the text, the sentence's offsets and its number in that sentence."""
    return str(uuid.uuid5(NAMESPACE, f"event\n{text_id}\n{start}\n{end}\n{ordinal}"))


def article_payload(article: ArticleRef) -> dict[str, Any]:
    """The fields that every point repeats from its article, so that a hit needs no second look-up.

    `published_from`/`published_to` are RFC 3339 datetimes (midnight UTC of the first and the last possible day) and are
    absent when the date is unknown.
    """
    published = article.published
    payload: dict[str, Any] = {
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "outlet": article.outlet,
        "url": article.url,
        "article_language": article.language,
        "published": {
            "value": published.value,
            "precision": published.precision,
            "method": published.method,
            "evidence": published.evidence,
        },
    }
    first, last = published.first_day, published.last_day
    if first and last:
        payload["published_from"] = f"{first.isoformat()}T00:00:00Z"
        payload["published_to"] = f"{last.isoformat()}T00:00:00Z"
    return payload


def passage_payload(passage: Passage, terms: tuple[str, ...]) -> dict[str, Any]:
    """The payload of a passage point."""
    return {
        **article_payload(passage.article),
        "kind": passage.kind,
        "text_id": passage.text_id,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "section": passage.section,
        "language": passage.language,
        "comment": passage.comment.to_dict() if passage.comment else None,
        "terms": list(terms),
    }


def read_article(payload: dict[str, Any]) -> ArticleRef:
    """The article that a point belongs to."""
    published = payload["published"]
    return ArticleRef(
        id=payload["article_id"],
        title=payload["title"],
        published=PublicationDate(
            value=published["value"],
            precision=published["precision"],
            method=published["method"],
            evidence=published["evidence"],
        ),
        source=payload["source"],
        outlet=payload.get("outlet"),
        url=payload.get("url"),
        language=payload["article_language"],
    )


def read_passage(point_id: str, payload: dict[str, Any]) -> Passage:
    """The passage that a passage point holds."""
    comment = payload.get("comment")
    return Passage(
        id=point_id,
        kind=payload["kind"],
        text=payload["text"],
        text_id=payload["text_id"],
        start=payload["start"],
        end=payload["end"],
        article=read_article(payload),
        comment=CommentRef(id=comment["id"], author=comment["author"]) if comment else None,
        section=payload.get("section"),
        language=payload["language"],
    )


def article_text_payload(
    article: ArticleRef, body: str, *, author: str | None, title_derived: bool, sections: list[dict[str, Any]]
) -> dict[str, Any]:
    """The payload of an article's text point. `sections`: [{"heading": str | None, "start": int, "end": int}]."""
    return {
        **article_payload(article),
        "kind": "text",
        "role": "article",
        "text_id": article.id,
        "text": body,
        "language": article.language,
        "author": author,
        "title_derived": title_derived,
        "sections": sections,
    }


def comment_text_payload(
    article: ArticleRef,
    comment: CommentRef,
    text: str,
    *,
    language: str,
    position: int,
    depth: int,
    parent: str | None,
    date: PublicationDate,
    confidence: float,
) -> dict[str, Any]:
    """The payload of a comment's text point. `parent` is the id of the parent comment."""
    return {
        **article_payload(article),
        "kind": "text",
        "role": "comment",
        "text_id": comment.id,
        "text": text,
        "language": language,
        "comment": comment.to_dict(),
        "position": position,
        "depth": depth,
        "parent": parent,
        "comment_date": date.to_dict(),
        "confidence": confidence,
    }


def event_payload(
    article: ArticleRef,
    *,
    text_id: str,
    text: str,
    start: int,
    end: int,
    first: str,
    last: str,
    precision: str,
    actors: tuple[str, ...],
    status: str,
) -> dict[str, Any]:
    """The payload of an event point: a dated mention in the sentence text[start:end] of an article.

    `first` and `last` are the ISO days of the closed interval the event lies in, `actors` folded names, `status` one of
    happened, planned, denied, conditional.
    """
    return {
        **article_payload(article),
        "kind": "event",
        "text_id": text_id,
        "text": text,
        "start": start,
        "end": end,
        "language": article.language,
        "event": {
            "from": f"{first}T00:00:00Z",
            "to": f"{last}T00:00:00Z",
            "precision": precision,
            "actors": list(actors),
            "status": status,
        },
    }
