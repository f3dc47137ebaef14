"""A run: the golden questions put to an archive, one after the other, each outcome kept.

A question that ends in an error counts as wrong and the run goes on; a follow-up is asked in a conversation in which
its history was asked before. It opens the archive that is to be measured; how an answer is judged and counted is the
business of `evals.claims`, `evals.scoring` and `evals.report`.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from pydantic import SecretStr

from evals.canaries import check_judge
from evals.citations import bears
from evals.claims import FAILURES, Decides, judged
from evals.dataset import Dataset, Item
from evals.judge import Judge
from evals.library import Library, check_gold, library_of
from evals.report import Report
from evals.scoring import Outcome, score
from evals.tokens import token_count
from indexer import Progress, index_archive
from rag import Archive
from rag.embedding import load_embedder
from rag.errors import UsageError
from rag.settings import Settings
from rag.store.edge import INFO_FILE
from rag.store.open import is_url
from rag.types import Answer, Citation, Hit

SAMPLE: Final = Path(__file__).parent / "datasets" / "sample.jsonl"
SAMPLE_ARCHIVE: Final = Path(__file__).parent.parent / "examples" / "archive"
# Passages asked of the search. With at most 3 of one article (Settings.per_article) they hold 10 articles or more.
HITS: Final = 60


class Talk(Protocol):
    """A conversation under way."""

    def ask(self, question: str, *, now: str | None = None) -> Answer: ...


class Asked(Protocol):
    """What a run needs of an archive; `rag.Archive` is one."""

    def ask(self, question: str, *, now: str | None = None) -> Answer: ...

    def chat(self) -> Talk: ...

    def search(self, query: str, *, limit: int = 10) -> list[Hit]: ...

    def text_of(self, citation: Citation) -> str: ...


def evaluate(
    archive: Asked,
    items: Sequence[Item],
    progress: Callable[[int, int], None] | None = None,
    library: Library | None = None,
) -> Iterator[Outcome]:
    """Put every question to the archive. `progress` is told how many of how many are done; `library`, what the archive
    holds, tells where it keeps the words that an answer rests on."""
    for done, item in enumerate(items, 1):
        yield _outcome(archive, item, library)
        if progress:
            progress(done, len(items))


def _outcome(archive: Asked, item: Item, library: Library | None) -> Outcome:
    answer, errors = None, []
    started = time.perf_counter()
    try:
        talk: Talk = archive.chat() if item.history else archive
        for before in item.history:
            talk.ask(before, now=item.as_of)
        started = time.perf_counter()
        answer = talk.ask(item.question, now=item.as_of)
    except FAILURES as error:
        errors.append(_described(error))
    seconds = time.perf_counter() - started
    hits: list[Hit] = []
    try:
        # A follow-up is searched for as the conversation understood it, which is the question that the answer names.
        hits = archive.search(answer.question if answer and item.history else item.question, limit=HITS)
    except FAILURES as error:
        errors.append(f"search: {_described(error)}")
    return Outcome(
        item=item,
        answer=answer,
        ranked=ranking(hits, item.gold),
        confidence=answer.confidence if answer and answer.confidence is not None else -1.0,
        texts=tuple(_text_of(archive, citation) for citation in answer.citations) if answer else (),
        error="; ".join(errors) or None,
        seconds=seconds,
        quote_in=library.place_of(item.quote, item.gold[0]) if library and item.gold and item.quote else "unknown",
    )


def _text_of(archive: Asked, citation: Citation) -> str | None:
    try:
        return archive.text_of(citation)
    except FAILURES:
        return None


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def ranking(hits: Sequence[Hit], gold: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The articles of hits in order, each once, as the gold names that each bears."""
    articles = {hit.article.id: hit.article for hit in reversed(hits)}
    order = dict.fromkeys(hit.article.id for hit in hits)
    return tuple(frozenset(name for name in gold if bears(name, articles[one])) for one in order)


def run(
    archive: Archive,
    dataset: Dataset,
    progress: Callable[[int, int], None] | None = None,
    *,
    asked: Asked | None = None,
    judge: Decides | None = None,
) -> Report:
    """Measure an archive on a golden set. `asked` answers in its place (a program that wraps it); `judge` judges the
    claims, by default the offline one with the archive's own model. Raises `InvalidEvaluationError` when the archive
    lacks a gold article, or the judge passes what is known to be false."""
    library = library_of(archive.store)
    check_gold([one.article for one in library.held], dataset)
    deciding = judge or Judge(archive.embedder)
    check_judge(deciding)
    with token_count(archive.settings.llm) as tokens:
        outcomes = list(evaluate(asked or archive, dataset.items, progress, library))
    return Report(
        dataset=dataset,
        archive=archive.settings.store,
        embedder=archive.embedder.name,
        llm=archive.settings.llm,
        rows=tuple(score(one, judged(one.answer, one.texts, deciding)) for one in outcomes),
        judge=deciding.version,
        archive_digest=library.digest,
        tokens=dict(tokens),
    )


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
