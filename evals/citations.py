"""Whether a citation is what it says: which article a gold name names, and whether a quote stands where it is said to.

It compares names, offsets and letters; it knows nothing of meaning.
"""

from __future__ import annotations

import re

from rag.types import ArticleRef, Citation


def bears(name: str, article: ArticleRef) -> bool:
    """Whether an article is the one that a gold name names: its URL, or its file, and after # the URL of a record in
    it."""
    if article.url == name:
        return True
    file, _, record = name.partition("#")
    same_file = re.split(r"[/\\]", article.source)[-1] == file or article.source == file
    return same_file and (not record or article.url == record)


def stands(citation: Citation, text: str | None) -> bool:
    """Whether a quote stands at its offsets in the stored text, and the text is of the kind that the citation says."""
    owner = citation.comment.id if citation.comment else citation.article.id
    return (
        text is not None
        and (citation.kind == "comment") == (citation.comment is not None)
        and citation.text_id in ("", owner)
        and 0 <= citation.start < citation.end <= len(text)
        and text[citation.start : citation.end] == citation.quote
    )
