"""A run: the golden questions put to an archive, one after the other, each outcome kept.

A question that ends in an error counts as wrong and the run goes on. It opens the archive that is to be measured; how
an answer is judged and counted is the business of `evals.scoring` and `evals.report`.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from pydantic import SecretStr

from evals.dataset import Dataset, InvalidEvaluationError, Item
from evals.report import Report
from evals.scoring import Outcome, bears, score
from indexer import Progress, index_archive
from rag import Archive
from rag.embedding import load_embedder
from rag.errors import GazetteError, UsageError
from rag.settings import Settings
from rag.store.base import Store, Where
from rag.store.edge import INFO_FILE
from rag.store.open import is_url
from rag.store.schema import read_article
from rag.types import Answer, ArticleRef, Citation, Hit

SAMPLE: Final = Path(__file__).parent / "datasets" / "sample.jsonl"
SAMPLE_ARCHIVE: Final = Path(__file__).parent.parent / "examples" / "archive"
# Passages asked of the search. With at most 3 of one article (Settings.per_article) they hold 10 articles or more.
HITS: Final = 60
# What a fault in the program looks like from outside; the run must outlive it, and the question is wrong.
_FAILURES: Final = (
    GazetteError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Asked(Protocol):
    """What a run needs of an archive; `rag.Archive` is one."""

    def ask(self, question: str, *, now: str | None = None) -> Answer: ...

    def search(self, query: str, *, limit: int = 10) -> list[Hit]: ...

    def text_of(self, citation: Citation) -> str: ...


def evaluate(
    archive: Asked, items: Sequence[Item], progress: Callable[[int, int], None] | None = None
) -> Iterator[Outcome]:
    """Put every question to the archive. `progress` is told how many of how many are done."""
    for done, item in enumerate(items, 1):
        yield _outcome(archive, item)
        if progress:
            progress(done, len(items))


def _outcome(archive: Asked, item: Item) -> Outcome:
    started = time.perf_counter()
    answer, errors = None, []
    try:
        answer = archive.ask(item.question, now=item.as_of)
    except _FAILURES as error:
        errors.append(_described(error))
    seconds = time.perf_counter() - started
    hits: list[Hit] = []
    try:
        hits = archive.search(item.question, limit=HITS)
    except _FAILURES as error:
        errors.append(f"search: {_described(error)}")
    return Outcome(
        item=item,
        answer=answer,
        ranked=ranking(hits, item.gold),
        confidence=hits[0].dense if hits else -1.0,
        texts=tuple(_text_of(archive, citation) for citation in answer.citations) if answer else (),
        error="; ".join(errors) or None,
        seconds=seconds,
    )


def _text_of(archive: Asked, citation: Citation) -> str | None:
    try:
        return archive.text_of(citation)
    except _FAILURES:
        return None


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def ranking(hits: Sequence[Hit], gold: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The articles of hits in order, each once, as the gold names that each bears."""
    articles = {hit.article.id: hit.article for hit in reversed(hits)}
    order = dict.fromkeys(hit.article.id for hit in hits)
    return tuple(frozenset(name for name in gold if bears(name, articles[one])) for one in order)


def run(archive: Archive, dataset: Dataset, progress: Callable[[int, int], None] | None = None) -> Report:
    """Measure an archive on a golden set. Raises `InvalidEvaluationError` when the archive lacks a gold article."""
    check_gold(articles_of(archive.store), dataset)
    return Report(
        dataset=dataset,
        archive=archive.settings.store,
        embedder=archive.embedder.name,
        llm=archive.settings.llm,
        rows=tuple(score(outcome) for outcome in evaluate(archive, dataset.items, progress)),
    )


def articles_of(store: Store) -> list[ArticleRef]:
    """Every article of a store."""
    return [read_article(point.payload) for point in store.scroll(Where(kinds=("text",), role="article"))]


def check_gold(articles: Sequence[ArticleRef], dataset: Dataset) -> None:
    """Raises `InvalidEvaluationError` for a gold name that no article of the archive bears, or several do."""
    for item in dataset.items:
        for name in item.gold:
            bearers = sum(bears(name, article) for article in articles)
            if bearers != 1:
                found = "is not in the archive" if not bearers else f"names {bearers} articles; write FILE#URL"
                raise InvalidEvaluationError(f"{dataset.name}: line {item.line}: the gold article {name} {found}")


@contextmanager
def opened(
    settings: Settings,
    *,
    archive: str | None = None,
    store: str | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Archive]:
    """The archive to measure.

    `archive` is a folder of texts or a store; `store` is a store. Texts are indexed into `store`, or into a folder
    that is gone afterwards. With neither, the sample archive of the repository is taken. Raises `UsageError` when it
    is not there, and the errors of indexing and of opening.
    """
    if archive is not None and _is_store(archive):
        if store is not None:
            raise UsageError(f"{archive} is a store already; leave --store out, or give a folder of texts")
        archive, store = None, archive
    if archive is None and store is not None:
        with Archive.open(store, settings=settings) as found:
            yield found
        return
    texts = Path(archive).expanduser() if archive is not None else SAMPLE_ARCHIVE
    if not texts.exists():
        raise UsageError(
            f"there is nothing at {archive}; give --archive a folder of texts or a store"
            if archive is not None
            else "the sample archive (examples/archive) lies in the repository, not in an installed Gazette; run this "
            "in a clone, or give --archive and --dataset"
        )
    with tempfile.TemporaryDirectory(prefix="gazette-eval-") as folder:
        place = store or str(Path(folder) / "store")
        embedder = load_embedder(settings.embedder)
        if store is None and settings.pseudonym_key is None:
            # Readers' names are part of an answer's text; with a random key no two reports would be the same.
            settings = settings.model_copy(update={"pseudonym_key": SecretStr("gazette eval")})
        index_archive(str(texts), place, settings=settings, embedder=embedder, progress=progress)
        with Archive.open(place, settings=settings, embedder=embedder) as found:
            yield found


def _is_store(location: str) -> bool:
    return is_url(location) or (Path(location).expanduser() / INFO_FILE).is_file()
