"""`Archive`: one open archive of articles, asked questions in French or English.

This is the one place of `rag` that builds things: the store, the embedder, the retriever and the answerer, from one
frozen `Settings`. Thread-safe: any number of threads may ask one open archive.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, Self, Unpack

import numpy as np
import numpy.typing as npt

from rag.answer import claims, extract, holders, occurrences, opinions, scenes, wording
from rag.answer.generate import Generator
from rag.answer.material import Material, gather
from rag.answer.operators import asks_for_event
from rag.conversation import AskOptions, Conversation
from rag.dates import parse_bound, parse_day
from rag.embedding import Embedder, load_embedder
from rag.errors import StoreError, UsageError
from rag.events import Event
from rag.llm import load_llm
from rag.question import Question, understand
from rag.reader import load_reader
from rag.rerank import Reranker, load_reranker
from rag.retrieve import Filters, Retriever
from rag.rewriting import Rewriter
from rag.settings import Settings, load_settings
from rag.store.base import Store, Where
from rag.store.open import open_store
from rag.timeline import Timeline
from rag.types import Answer, Citation, Hit, Language

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

Kind = Literal["article", "comment"]
EVENT_TEXTS: Final = 3  # articles read for their events beside those that the search finds
# Between them these two pass through every part: both languages, dates, numbers, names of places.
WARMING = ("Combien de personnes étaient à Paris en mars 2024 ?", "When did the readers of London last vote?")


class Archive:
    """An open archive. Use `Archive.open`, best as a context manager."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        settings: Settings,
        llm: LLM | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self.store = store
        self.embedder = embedder
        self.settings = settings
        self._retriever = Retriever(store, embedder, settings, reranker)
        self._timeline = Timeline(store, embedder, self._retriever)
        self._reader = load_reader()
        self._generator = Generator(llm, settings, embedder) if llm is not None else None
        self._rewriter = Rewriter(llm, settings) if llm is not None else None

    @classmethod
    def open(
        cls,
        location: str | Path | None = None,
        *,
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        reranker: Reranker | str | None = None,
        create: bool = False,
        **overrides: Any,
    ) -> Self:
        """Open the store at a folder or URL (by default `Settings.store`).

        `reranker` is one, or the name or folder of a cross-encoder, by default that of the settings. `overrides` are
        settings by name. With `create`, a missing store is made, empty. Raises `StoreNotFoundError`,
        `StoreBusyError`, `StoreMismatchError`, `StoreUnreachableError`, `EmbedderError`, `RerankerError` or
        `SettingsError`.
        """
        chosen = settings or load_settings(**overrides)
        if location is not None:
            chosen = chosen.model_copy(update={"store": str(location)})
        model = embedder or load_embedder(chosen.embedder)
        judge = reranker or chosen.reranker
        if isinstance(judge, str):
            judge = load_reranker(judge)
        llm = load_llm(chosen)
        store = open_store(
            chosen.store, settings=chosen, embedder_name=model.name, dimension=model.dimension, create=create
        )
        archive = cls(store, model, chosen, llm, judge)
        if archive.store.count(Where(kinds=("text",))):
            archive.warm()
        return archive

    def warm(self) -> None:
        """Load what a first question needs (sentence splitters, names, vocabulary, the model's first run), so that it
        takes no longer than those after it. `open` does this for an archive that holds something."""
        for question in WARMING:
            self._prepared(question, AskOptions())[0]()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store. Closing twice is fine."""
        self.store.close()

    def ask(
        self,
        question: str,
        *,
        now: str | date | None = None,
        kind: Kind | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        outlet: str | None = None,
        language: str | None = None,
    ) -> Answer:
        """Answer a question with cited extracts, or abstain and say what was looked for. With a language model in the
        settings it words the answer, and the extracts stand in where it fails.

        `now` is the day that "last week" counts from, by default the archive's latest publication day; where it is
        given, nothing published later is read. The filters
        restrict what is read: `kind` to articles or readers' comments, `since`/`until` to texts whose publication
        interval overlaps, `outlet`, and `language` of the text ("fr" or "en"). Raises `UsageError` for an empty
        question or a filter that is none.
        """
        options = AskOptions(now=now, kind=kind, since=since, until=until, outlet=outlet, language=language)
        extracted, material = self._prepared(question, options)
        if self._generator is None:
            return extracted()
        return self._generator.answer(material(), extracted)

    async def aask(self, question: str, **options: Unpack[AskOptions]) -> Answer:
        """`ask` in a thread, so that a program's event loop goes on. Options as in `ask`."""
        return await asyncio.to_thread(self.ask, question, **options)

    def _prepared(self, question: str, options: AskOptions) -> tuple[Callable[[], Answer], Callable[[], Material]]:
        """What makes the answer of extracts, and what gathers the passages for a language model."""
        now, kind = options.get("now"), options.get("kind")
        as_of = parse_day(now) if now is not None else self.store.latest_day()
        asked = understand(question, now=as_of)
        known_by = as_of if now is not None else None
        if asked.as_of is not None and not asked.as_of_loose:
            as_of = known_by = min(filter(None, (asked.as_of, as_of)))
        filters = Filters(
            kind=kind,
            since=options.get("since"),
            until=options.get("until"),
            outlet=options.get("outlet"),
            language=options.get("language"),
            known_by=known_by,
        )
        opinion = asked.opinion or kind == "comment"
        material = partial(
            gather, asked, filters, store=self.store, retriever=self._retriever, as_of=as_of, opinion=opinion
        )
        return partial(self._extracted, asked, filters, as_of, opinion), material

    def _extracted(self, asked: Question, filters: Filters, as_of: date | None, opinion: bool) -> Answer:
        notes = self._undated_note(filters, asked.language)
        if opinion and filters.kind != "comment" and not opinions.asks_for_views(asked):
            told = self._from_articles(asked, filters, as_of)
            if not told.abstained:
                return replace(told, notes=notes)
        if opinion:
            told = opinions.answer(
                asked,
                filters,
                store=self.store,
                retriever=self._retriever,
                as_of=as_of,
            )
            return replace(told, notes=notes)
        return replace(self._from_articles(asked, filters, as_of), notes=notes)

    def _from_articles(self, asked: Question, filters: Filters, as_of: date | None) -> Answer:
        held = holders.answer(asked, filters, as_of, store=self.store, retriever=self._retriever)
        return held if held is not None else self._from_sentences(asked, filters, as_of)

    def _from_sentences(self, asked: Question, filters: Filters, as_of: date | None) -> Answer:
        if asked.as_of is not None and asked.as_of_loose:
            day = min(filter(None, (asked.as_of, as_of)))
            then = replace(asked, first=None, last=None, as_of_loose=False)
            told = self._from_sentences(then, replace(filters, known_by=day), day)
            if any(c.article.published.first_day for c in told.citations[:1]):  # of no date, it is of any time
                return told
            asked = replace(asked, as_of_loose=False)
        if occurrences.asks_occurrences(asked):
            found = self._timeline.events(asked, filters)
            events = occurrences.happened(asked, found, as_of)
            if events:
                ever = self._timeline.events(replace(asked, first=None, last=None), filters) if asked.first else found
                return occurrences.occurrences(asked, events, as_of, occurrences.stated(asked, ever, events))
        if scenes.asks_scenes(asked):
            placed = scenes.scenes(asked, self._timeline.events(asked, filters), as_of)
            if placed is not None:
                return placed
        reading = extract.read(
            asked,
            filters,
            store=self.store,
            embedder=self.embedder,
            retriever=self._retriever,
            reader=self._reader,
            also=self._timeline.texts(asked, filters, as_of, EVENT_TEXTS) if asks_for_event(asked) else (),
        )
        return claims.with_claim(
            extract.answer(reading, as_of, as_of),
            asked,
            filters,
            store=self.store,
            retriever=self._retriever,
        )

    def _undated_note(self, filters: Filters, language: Language) -> tuple[str, ...]:
        """What a filter on dates left out because its date is not known."""
        if not (filters.since or filters.until):
            return ()
        where = Where(kinds=("text",), role="article", undated=True)
        return wording.left_out(self.store.count(where), language)

    def stream(self, question: str, **options: Unpack[AskOptions]) -> Iterator[str | Answer]:
        """Pieces of the answer's text as they come, and at the end the settled `Answer`. Options as in `ask`."""
        extracted, material = self._prepared(question, options)
        if self._generator is not None:
            yield from self._generator.stream(material(), extracted)
            return
        answer = extracted()
        for sentence in answer.sentences:
            yield sentence.text + " "
        yield answer

    def chat(self) -> Conversation:
        """A conversation over this archive, which understands follow-up questions."""
        return Conversation(self, self._rewriter)

    def search(
        self,
        query: str,
        kind: Kind | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        limit: int = 10,
        *,
        outlet: str | None = None,
        language: str | None = None,
    ) -> list[Hit]:
        """Passages for a query, best first, at most `limit`. Filters as in `ask`."""
        filters = Filters(kind=kind, since=since, until=until, outlet=outlet, language=language)
        return self._retriever.search(query, filters, limit)

    def timeline(
        self,
        question_or_entity: str,
        since: str | date | None = None,
        until: str | date | None = None,
        limit: int = 50,
        *,
        now: str | date | None = None,
    ) -> list[Event]:
        """Dated events for a question or for names ("Macron Poutine"), the earliest first; of more than `limit` the
        most relevant. Reports of one event by several articles are one event with several citations.

        `since` and `until` are about the events' dates, both included; nothing published after `now` is used. Raises
        `UsageError` for an empty question, a date that is none or a limit below 1.
        """
        if limit < 1:
            raise UsageError(f"limit must be at least 1, not {limit}")
        day = parse_day(now) if now is not None else None
        asked = understand(question_or_entity, now=day or self.store.latest_day())
        return self._timeline.events(
            asked,
            Filters(known_by=day),
            since=parse_bound(since, end=False) if since else None,
            until=parse_bound(until, end=True) if until else None,
            limit=limit,
        )

    def text_of(self, citation: Citation) -> str:
        """The whole stored text that a citation quotes: `text_of(c)[c.start:c.end] == c.quote`."""
        identifier = citation.text_id or (citation.comment.id if citation.comment else citation.article.id)
        found = self.store.get([identifier])
        if not found:
            raise StoreError(f"the text of {citation.article.source} is no longer in the archive; ask again")
        return str(found[0].payload["text"])

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors of texts, shape (n, dimension)."""
        return self.embedder.embed_passages(list(texts))
