"""What an archive holds, as the evaluation sees it: each article with its whole text, its comments and its passages.

It reads an open store and changes nothing. It knows nothing of questions and answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from evals.citations import bears
from evals.dataset import Dataset, InvalidEvaluationError
from evals.matching import fold
from evals.scoring import Place
from rag.store.base import Store, Where
from rag.store.schema import read_article
from rag.types import ArticleRef

_PASSAGES: Final[tuple[Literal["article"], Literal["comment"]]] = ("article", "comment")


@dataclass(frozen=True, slots=True)
class Held:
    """One article of an archive."""

    article: ArticleRef
    text: str = ""
    comments: tuple[str, ...] = ()  # the readers' remarks under it
    passages: tuple[str, ...] = ()  # what the search can find of it and of its comments

    @property
    def everything(self) -> str:
        """Title, text and comments, for looking whether something is said at all."""
        return "\n".join((self.article.title, self.text, *self.comments))


@dataclass(frozen=True, slots=True)
class Library:
    """The articles of an archive."""

    held: tuple[Held, ...]
    digest: str = ""  # "sha256:..." of titles, dates and texts; the same wherever the archive lies
    _found: dict[str, tuple[Held, ...]] = field(default_factory=dict, compare=False, repr=False)

    def named(self, gold: str) -> tuple[Held, ...]:
        """The articles that bear a gold name; one, where all is well."""
        if gold not in self._found:
            self._found[gold] = tuple(one for one in self.held if bears(gold, one.article))
        return self._found[gold]

    def place_of(self, quote: str, gold: str) -> Place:
        """Where the article of a gold name keeps a quote; letters and spaces are folded."""
        wanted, held = fold(quote), self.named(gold)
        if not wanted or not held:
            return "unknown"
        if any(wanted in fold(passage) for one in held for passage in one.passages):
            return "passage"
        kept = any(wanted in fold(text) for one in held for text in (one.article.title, one.text, *one.comments))
        return "text" if kept else "nowhere"


def library_of(store: Store) -> Library:
    """Read a store."""
    articles: dict[str, ArticleRef] = {}
    texts: dict[str, str] = {}
    comments: dict[str, list[str]] = {}
    passages: dict[str, list[str]] = {}
    for point in store.scroll(Where(kinds=("text",))):
        article = read_article(point.payload)
        if point.payload["role"] == "article":
            articles[article.id], texts[article.id] = article, str(point.payload["text"])
        else:
            comments.setdefault(article.id, []).append(str(point.payload["text"]))
    for point in store.scroll(Where(kinds=_PASSAGES)):
        passages.setdefault(str(point.payload["article_id"]), []).append(str(point.payload["text"]))
    held = [
        Held(article, texts[one], tuple(sorted(comments.get(one, ()))), tuple(passages.get(one, ())))
        for one, article in articles.items()
    ]
    held.sort(key=lambda one: (one.article.title, one.text))
    return Library(tuple(held), _digest(held))


def _digest(held: Iterable[Held]) -> str:
    summed = hashlib.sha256()
    for one in held:
        for part in (one.article.title, one.article.published.value or "", one.text, *one.comments):
            summed.update(part.encode() + b"\0")
    return f"sha256:{summed.hexdigest()}"


def check_gold(articles: Sequence[ArticleRef], dataset: Dataset) -> None:
    """Raises `InvalidEvaluationError` for a gold name that no article of the archive bears, or several do."""
    for item in dataset.items:
        for name in item.gold:
            bearers = sum(bears(name, article) for article in articles)
            if bearers != 1:
                found = "is not in the archive" if not bearers else f"names {bearers} articles; write FILE#URL"
                raise InvalidEvaluationError(f"{dataset.name}: line {item.line}: the gold article {name} {found}")
