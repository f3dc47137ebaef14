"""What a store holds, counted: the facts that `gazette status` prints. Knows the `Store` seam and nothing behind it."""

from __future__ import annotations

from typing import Any

from rag.store.base import Store, Where


def holdings(store: Store) -> dict[str, Any]:
    """Counts of articles, comments, passages and events, the span of dates, and the model that made the vectors.

    `outlets` and `languages` count articles; `undated` is the number of articles without a publication date; `latest`
    is the ISO day of the last dated article, or None.
    """
    articles = Where(kinds=("text",), role="article")
    latest = store.latest_day()
    return {
        "store": store.location,
        "schema_version": store.info.schema_version,
        "embedder": store.info.embedder,
        "dimension": store.info.dimension,
        "articles": store.count(articles),
        "comments": store.count(Where(kinds=("text",), role="comment")),
        "passages": {
            "article": store.count(Where(kinds=("article",))),
            "comment": store.count(Where(kinds=("comment",))),
        },
        "events": store.count(Where(kinds=("event",))),
        "undated": store.count(Where(kinds=("text",), role="article", undated=True)),
        "latest": latest.isoformat() if latest else None,
        "outlets": store.facet("outlet", articles),
        "languages": store.facet("language", articles),
    }
