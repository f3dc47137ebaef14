"""A retrieval run: each question put to the dense list alone, to BM25 alone, to both, and to both with a reranker.

All four ask one real store. Hybrid is what users get (`rag.retrieve.Retriever`); the lists alone are the store's own,
with the same vectors. It opens and makes stores and asks them; what is relevant is the business of
`evals.retrieval_sets`, what a ranking is worth that of `evals.ir`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from evals.dataset import load_dataset
from evals.ir import DEPTH, distinct, relevant
from evals.retrieval_report import RetrievalReport
from evals.retrieval_sets import Topic, golden_topics, is_squad, read_squad
from evals.run import opened
from indexer import Progress
from rag.embedding import Embedder, load_embedder
from rag.errors import UsageError
from rag.names import terms_of
from rag.rerank import Reranker, load_reranker
from rag.retrieve import Filters, Retriever
from rag.settings import Settings
from rag.store import schema
from rag.store.base import Point, Store, Where
from rag.store.open import open_store
from rag.store.schema import read_article
from rag.store.sparse import Bm25Encoder
from rag.text import detect_language
from rag.types import ArticleRef, Passage, PublicationDate

Unit = Literal["article", "paragraph"]  # what is judged; a ranking of passages counts an article where it is first met
DENSE, BM25, HYBRID, RERANKED = "dense", "BM25", "hybrid", "hybrid + rerank"
_LIST: Final = 100  # passages of a list alone, enough for ten articles; the retriever itself sees to that by its cap
_BATCH: Final = 256  # paragraphs embedded and written at once


Told = Callable[[int, int], None]  # how many of how many are done


class Systems:
    """What is compared, over one store."""

    def __init__(
        self, store: Store, embedder: Embedder, settings: Settings, *, unit: Unit, reranker: Reranker | None = None
    ) -> None:
        self.unit = unit
        self.settings = settings
        self.embedder = embedder.name
        self.reranker = reranker.name if reranker else None
        self._store = store
        self._model = embedder
        self._bm25 = Bm25Encoder()
        self._hybrid = Retriever(store, embedder, settings)
        self._reranked = Retriever(store, embedder, settings, reranker) if reranker else None
        # Ten articles need more passages than ten; a paragraph shares its article with none (`paragraph_store`).
        self._limit = DEPTH * settings.per_article if unit == "article" else DEPTH

    @property
    def names(self) -> tuple[str, ...]:
        return (DENSE, BM25, HYBRID) if self._reranked is None else (DENSE, BM25, HYBRID, RERANKED)

    @property
    def passages(self) -> int:
        """Number of passages in the store."""
        return self._hybrid.passages()

    def rank(self, question: str) -> dict[str, list[str]]:
        """The first documents of every system. BM25 gets the question with the archive's spellings, as hybrid does."""
        where = Filters().where()
        dense = self._model.embed_queries([question])[0]
        sparse = self._bm25.query(self._hybrid.expand(question))
        found = {}
        for name, alone in ((DENSE, {"dense": dense}), (BM25, {"sparse": sparse})):
            points = self._store.search(**alone, where=where, limit=_LIST)
            points.sort(key=lambda point: (-point.score, point.id))  # equal scores come in any order
            found[name] = [self._document(point.payload) for point in points]
        for name, retriever in ((HYBRID, self._hybrid), (RERANKED, self._reranked)):
            if retriever is not None:
                hits = retriever.search_where(question, where, self._limit, vector=dense)
                found[name] = [self._document(schema.article_payload(hit.article)) for hit in hits]
        return {name: distinct(documents)[:DEPTH] for name, documents in found.items()}

    def _document(self, payload: Mapping[str, object]) -> str:
        return str(payload["article_id"] if self.unit == "article" else payload["source"])


@dataclass(frozen=True, slots=True)
class Prepared:
    """Questions, and the systems that they can be put to."""

    name: str
    digest: str  # "sha256:..." of the set
    topics: tuple[Topic, ...]
    systems: Systems

    def run(self, asking: Told | None = None) -> RetrievalReport:
        """Rank for every question that has a relevant document. Raises `InvalidEvaluationError` where none has."""
        asked = [topic for topic in self.topics if relevant(topic.gains)]
        rankings = {}
        for done, topic in enumerate(asked, 1):
            rankings[topic.id] = self.systems.rank(topic.text)
            if asking:
                asking(done, len(asked))
        return RetrievalReport(
            dataset=self.name,
            digest=self.digest,
            unit=self.systems.unit,
            passages=self.systems.passages,
            embedder=self.systems.embedder,
            reranker=self.systems.reranker,
            settings=self.systems.settings,
            systems=self.systems.names,
            topics=self.topics,
            rankings=rankings,
        )


@contextmanager
def prepared(
    dataset: Path,
    settings: Settings,
    *,
    also: Path | None = None,
    archive: str | None = None,
    indexing: Callable[[Progress], None] | None = None,
) -> Iterator[Prepared]:
    """A set and the open store that its questions are put to.

    `dataset` is a golden set, asked of `archive` (a folder of texts or a store, by default the sample archive) and
    judged by article; or a file in SQuAD's form, asked of its own paragraphs and those of `also`, judged by paragraph.
    Raises `UsageError` for what does not go together or cannot be read, `InvalidEvaluationError` for a set that cannot
    say anything, and the errors of opening an archive and of loading models.
    """
    reranker = load_reranker(settings.reranker) if settings.reranker else None
    settings = settings.model_copy(update={"reranker": None, "llm": None})  # neither has a part in opening an archive
    if is_squad(dataset):
        if archive is not None:
            raise UsageError(f"{dataset} brings its own paragraphs; leave --archive out")
        squad = read_squad(dataset, also)
        embedder = load_embedder(settings.embedder)
        with paragraph_store(squad.paragraphs, embedder, settings) as store:
            systems = Systems(store, embedder, settings, unit="paragraph", reranker=reranker)
            yield Prepared(squad.name, squad.digest, squad.topics, systems)
        return
    if also is not None:
        raise UsageError("--also adds paragraphs to a dataset in SQuAD's form; a golden set is asked of an archive")
    golden = load_dataset(dataset)
    with opened(settings, archive=archive, progress=indexing) as found:
        articles = found.store.scroll(Where(kinds=("text",), role="article"))
        topics = golden_topics(golden, [read_article(point.payload) for point in articles])
        systems = Systems(found.store, found.embedder, found.settings, unit="article", reranker=reranker)
        yield Prepared(golden.name, golden.digest, tuple(topics), systems)


@contextmanager
def paragraph_store(paragraphs: Sequence[str], embedder: Embedder, settings: Settings) -> Iterator[Store]:
    """An embedded store of paragraphs, gone afterwards: each a passage, whole, and an article of its own whose source
    is its place in the list."""
    encoder = Bm25Encoder()
    with tempfile.TemporaryDirectory(prefix="gazette-eval-") as folder:
        store = open_store(
            Path(folder) / "store",
            settings=settings,
            embedder_name=embedder.name,
            dimension=embedder.dimension,
            create=True,
        )
        try:
            for start in range(0, len(paragraphs), _BATCH):
                batch = paragraphs[start : start + _BATCH]
                passages = [_passage(start + at, text) for at, text in enumerate(batch)]
                vectors = embedder.embed_passages(batch)
                store.upsert(
                    [
                        Point(
                            id=passage.id,
                            payload=schema.passage_payload(passage, terms_of(passage.text)),
                            dense=vector,
                            sparse=encoder.passage(passage.text, passage.language),
                        )
                        for passage, vector in zip(passages, vectors, strict=True)
                    ]
                )
            store.optimize()
            yield store
        finally:
            store.close()


def _passage(number: int, text: str) -> Passage:
    language = detect_language(text)
    source = str(number)
    article = ArticleRef(
        id=schema.article_id(source, ""), title="", published=PublicationDate(), source=source, language=language
    )
    return Passage(
        id=schema.passage_id(article.id, 0, len(text)),
        kind="article",
        text=text,
        text_id=article.id,
        start=0,
        end=len(text),
        article=article,
        language=language,
    )
