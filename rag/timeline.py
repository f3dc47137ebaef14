"""Dated events of an archive for a question or a name: looked up in the store, grouped by event, ordered by date.

Two ways lead to a mention: its actors, through the store's index of them, and the passages that a search finds. An
archive that was indexed before events were stored is read on the spot, as far as the search reaches. Filters on dates
are about the events; only `as_of` is about publication. Knows nothing of answers' wording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rag.answer.document import load_documents
from rag.embedding import Embedder
from rag.events import Event, EventMention, event_mentions
from rag.events.fit import fitness, same_kind
from rag.events.group import group_mentions
from rag.events.mention import read_event
from rag.matching import Matcher
from rag.question import Question
from rag.retrieve import Filters, Retriever
from rag.store.base import Store, Where
from rag.text import fold, words

PASSAGES: Final = 40  # found by search, whose articles' events are looked at
MOST_LOOKED_UP: Final = 2_000  # mentions of one actor that are read; an archive's most frequent name has more
LIKELY: Final = 0.6  # least fitness of an event that may be the last or the first
GROUPED: Final = 300  # most relevant mentions that are grouped; each is embedded once, some 3 ms


@dataclass(frozen=True, slots=True)
class Found:
    """A mention and how well it fits, in ]0, 1]."""

    mention: EventMention
    relevance: float


class Timeline:
    """Event look-up over one store. Thread-safe as far as its store, embedder and retriever are."""

    def __init__(self, store: Store, embedder: Embedder, retriever: Retriever) -> None:
        self._store = store
        self._embedder = embedder
        self._retriever = retriever
        self._actors: dict[str, frozenset[str]] = {}  # folded word -> names of actors that hold it
        self._events = -1

    def events(
        self,
        question: Question,
        filters: Filters,
        *,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
    ) -> list[Event]:
        """Events for a question in order of their dates; of more than `limit` the most relevant. `filters` are about
        publication, `since` and `until` (closed) about the events."""
        first, last = _later(since, question.first), _earlier(until, question.last)
        able = [
            found
            for found in self.mentions(question, filters)
            if (last is None or found.mention.first <= last) and (first is None or found.mention.last >= first)
        ]
        able = sorted(able, key=lambda f: -f.relevance)[:GROUPED]
        if not able:
            return []
        texts = list(dict.fromkeys(found.mention.text for found in able))
        vectors = dict(zip(texts, self._embedder.embed_passages(texts), strict=True))
        events = group_mentions([found.mention for found in able], vectors)
        if limit is None or len(events) <= limit:
            return events
        weight = {found.mention.text: found.relevance for found in able}
        best = sorted(events, key=lambda e: (-max(weight.get(c.quote, 0.0) for c in e.citations), e.first))[:limit]
        return [event for event in events if event in best]

    def texts(self, question: Question, filters: Filters, as_of: date | None, limit: int) -> tuple[str, ...]:
        """Ids of at most `limit` texts with events of the question's kind of action: the last or first ones where it
        asks for those, else those that fit best. Nothing after `as_of` counts."""
        matcher = Matcher(question, self._retriever.lexicon(), self._retriever.passages())
        found = [
            f
            for f in self._fitting(question, filters, matcher)
            if f.mention.status == "happened"
            and (as_of is None or f.mention.first <= as_of)
            and (question.first is None or question.first <= f.mention.last)
            and (question.last is None or f.mention.first <= question.last)
            and same_kind(question, matcher, f.mention)
        ]
        if question.operator is not None:
            found = [f for f in found if f.relevance >= LIKELY]
            found.sort(key=lambda f: f.mention.first, reverse=question.operator == "last")
        return tuple(dict.fromkeys(f.mention.text_id for f in found))[:limit]

    def mentions(self, question: Question, filters: Filters) -> list[Found]:
        """The mentions that fit a question, the best first."""
        matcher = Matcher(question, self._retriever.lexicon(), self._retriever.passages())
        return self._fitting(question, filters, matcher)

    def _fitting(self, question: Question, filters: Filters, matcher: Matcher) -> list[Found]:
        where = replace(filters.where(), kinds=("event",))
        unique = {m.id: m for m in (*self._by_actors(question, matcher, where), *self._by_search(question, filters))}
        found = [Found(m, fit) for m in unique.values() if (fit := fitness(question, matcher, m)) > 0]
        return sorted(found, key=lambda f: (-f.relevance, f.mention.first, f.mention.id))

    def _by_actors(self, question: Question, matcher: Matcher, where: Where) -> Iterator[EventMention]:
        """Mentions whose actors hold the question's rarest name."""
        if not question.names:
            return
        named = [self._called(name, matcher) for name in question.names]
        for actor in min(named, key=len):
            for number, point in enumerate(self._store.scroll(replace(where, match={"event.actors": actor}))):
                if number == MOST_LOOKED_UP:
                    break
                yield read_event(point.payload)

    def _called(self, name: str, matcher: Matcher) -> set[str]:
        """The actors of the archive that a name of the question may be."""
        known = self._known_actors()
        last = fold(words(name)[-1].text)
        spellings = {last, *(v for k in matcher.keywords if k.word == last for v in k.variants)}
        able = {actor for spelling in spellings for actor in known.get(spelling, ())}
        return {actor for actor in able if not matcher.missing_names(actor, [name])}

    def _known_actors(self) -> dict[str, frozenset[str]]:
        """The archive's actors by their folded words, read again when the number of events has changed."""
        events = self._store.count(Where(kinds=("event",)))
        if events != self._events:
            found: dict[str, set[str]] = defaultdict(set)
            for actor in self._store.facet("event.actors"):
                for word in words(actor):
                    for part in (fold(word.text), *fold(word.text).split("-")):
                        found[part].add(actor)
            self._actors, self._events = {word: frozenset(actors) for word, actors in found.items()}, events
        return self._actors

    def _by_search(self, question: Question, filters: Filters) -> Iterator[EventMention]:
        """Mentions of the articles that a search finds."""
        where = replace(filters.where(), kinds=("article",))
        hits = self._retriever.search_where(question.text, where, PASSAGES)
        ids = tuple(dict.fromkeys(hit.passage.text_id for hit in hits))
        if not ids:
            return
        self._known_actors()
        if self._events == 0:
            yield from self._read_now(ids)
            return
        for point in self._store.scroll(Where(kinds=("event",), text_ids=ids)):
            yield read_event(point.payload)

    def _read_now(self, ids: Sequence[str]) -> Iterator[EventMention]:
        for document in load_documents(self._store, ids).values():
            yield from event_mentions(document.text, document.article, document.article.language, document.headings)


def _later(a: date | None, b: date | None) -> date | None:
    return max(filter(None, (a, b)), default=None)


def _earlier(a: date | None, b: date | None) -> date | None:
    return min(filter(None, (a, b)), default=None)
