"""An archive as parts of a LlamaIndex program: retriever, query engine, chat engine, embedding.

Knows LlamaIndex's base classes and `Archive`. It never touches LlamaIndex's global `Settings`. Work that the base
classes offer asynchronously runs in a thread, so that a program's event loop goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from datetime import date
from typing import Any, Final

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.base.response.schema import Response
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.callbacks.base import CallbackManager
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.archive import Archive, Kind
from rag.conversation import AskOptions
from rag.embedding import Embedder
from rag.types import Answer, ArticleRef, Citation, CommentRef, Hit

# What is told to a language model or embedded beside the text; the rest is for the program.
_TOLD: Final = ("title", "published", "outlet", "kind")


class GazetteRetriever(BaseRetriever):
    """Passages of an archive as nodes, best first; a node's id is its passage's."""

    def __init__(
        self,
        archive: Archive,
        *,
        limit: int = 10,
        kind: Kind | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        outlet: str | None = None,
        language: str | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """Filters as in `Archive.search`. The archive stays the caller's to close."""
        self._archive = archive
        self._limit = limit
        self._kind: Kind | None = kind
        self._since, self._until = since, until
        self._outlet, self._language = outlet, language
        super().__init__(callback_manager=callback_manager)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._archive.search(
            query_bundle.query_str,
            self._kind,
            self._since,
            self._until,
            self._limit,
            outlet=self._outlet,
            language=self._language,
        )
        return [_node_of_hit(hit) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class GazetteQueryEngine(BaseQueryEngine):
    """Cited answers of an archive.

    A response's text is the answer's; it has one source node for each citation, with the quote as its text and
    `Citation.to_dict()` under "citation" in its metadata. `response.metadata` holds the `Answer` itself under "answer",
    and "abstained" and "reason".
    """

    def __init__(
        self, archive: Archive, *, options: AskOptions | None = None, callback_manager: CallbackManager | None = None
    ) -> None:
        """`options`: those of `Archive.ask`, for every question."""
        self._archive = archive
        self._options: AskOptions = options or {}
        super().__init__(callback_manager=callback_manager)

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._archive.ask(query_bundle.query_str, **self._options)
        return Response(
            response=answer.text,
            source_nodes=[_node_of_citation(citation) for citation in answer.citations],
            metadata=_metadata_of(answer),
        )

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


class GazetteChatEngine(BaseChatEngine):
    """A conversation over an archive: follow-ups are understood from what was asked before.

    A response has one source node for each citation, and `metadata` as `GazetteQueryEngine` gives it; the question as
    it was understood is `metadata["answer"].question`. One conversation at a time.
    """

    def __init__(self, archive: Archive, *, options: AskOptions | None = None) -> None:
        """`options`: those of `Archive.ask`, for every question."""
        self._conversation = archive.chat()
        self._options: AskOptions = options or {}
        self._messages: list[ChatMessage] = []

    def reset(self) -> None:
        """Forget what was asked."""
        self._conversation.reset()
        self._messages = []

    @property
    def chat_history(self) -> list[ChatMessage]:
        """Questions and answers so far."""
        return list(self._messages)

    def chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """Answer a question or a follow-up. With `chat_history`, the conversation is that one."""
        self._recall(chat_history)
        answer = self._conversation.ask(message, **self._options)
        self._keep(message, answer)
        return AgentChatResponse(
            response=answer.text,
            source_nodes=[_node_of_citation(citation) for citation in answer.citations],
            metadata=_metadata_of(answer),
        )

    async def achat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        return await asyncio.to_thread(self.chat, message, chat_history)

    def stream_chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """`chat` in pieces; the source nodes are there once the pieces have been read."""
        self._recall(chat_history)
        response = StreamingAgentChatResponse(is_writing_to_memory=False)
        response.chat_stream = self._pieces(message, response)
        return response

    async def astream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> StreamingAgentChatResponse:
        await asyncio.to_thread(self._recall, chat_history)
        response = StreamingAgentChatResponse(is_writing_to_memory=False)
        response.achat_stream = _in_thread(self._pieces(message, response))
        return response

    def _pieces(self, message: str, response: StreamingAgentChatResponse) -> Generator[ChatResponse, None, None]:
        told = ""
        for piece in self._conversation.stream(message, **self._options):
            if isinstance(piece, Answer):
                response.source_nodes = [_node_of_citation(citation) for citation in piece.citations]
                self._keep(message, piece)
                # An abstention has no sentences: its text comes only now.
                piece = "" if told.strip() else piece.text
            told += piece
            yield ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=told), delta=piece)

    def _keep(self, message: str, answer: Answer) -> None:
        self._messages.append(ChatMessage(role=MessageRole.USER, content=message))
        self._messages.append(ChatMessage(role=MessageRole.ASSISTANT, content=answer.text))

    def _recall(self, chat_history: list[ChatMessage] | None) -> None:
        """Take over another history: its questions are asked again, silently."""
        if chat_history is None or chat_history == self._messages:
            return
        self.reset()
        for past in chat_history:
            if past.role == MessageRole.USER and past.content:
                self._conversation.ask(past.content, **self._options)
        self._messages = list(chat_history)


async def _in_thread(pieces: Iterator[ChatResponse]) -> AsyncGenerator[ChatResponse, None]:
    """The pieces, each waited for in a thread."""
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece


class GazetteEmbedding(BaseEmbedding):
    """An embedder (`Archive.embedder`, or one of `rag.embedding`) for LlamaIndex's indexes."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **fields: Any) -> None:
        """`fields`: those of `BaseEmbedding`, `embed_batch_size` for one."""
        super().__init__(**{"model_name": embedder.name, **fields})
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        return "GazetteEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return _floats(self._embedder.embed_queries([query])[0])

    def _get_text_embedding(self, text: str) -> list[float]:
        return _floats(self._embedder.embed_passages([text])[0])

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [_floats(row) for row in self._embedder.embed_passages(texts)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)


def _floats(row: Sequence[float]) -> list[float]:
    return [float(value) for value in row]


def _metadata_of(answer: Answer) -> dict[str, Any]:
    return {"answer": answer, "abstained": answer.abstained, "reason": answer.reason}


def _metadata(
    article: ArticleRef, kind: str, start: int, end: int, comment: CommentRef | None, text_id: str
) -> dict[str, Any]:
    return {
        "title": article.title,
        "published": article.published.value,
        "outlet": article.outlet,
        "source": article.source,
        "url": article.url,
        "kind": kind,
        "start": start,
        "end": end,
        "article_id": article.id,
        "text_id": text_id,
        "comment_author": comment.author if comment else None,
    }


def _node(text: str, identifier: str | None, metadata: dict[str, Any]) -> TextNode:
    apart = [name for name in metadata if name not in _TOLD]
    identity = {"id_": identifier} if identifier else {}
    return TextNode(
        text=text,
        metadata=metadata,
        excluded_embed_metadata_keys=apart,
        excluded_llm_metadata_keys=apart,
        **identity,
    )


def _node_of_hit(hit: Hit) -> NodeWithScore:
    passage = hit.passage
    metadata = _metadata(
        passage.article, passage.kind, passage.start, passage.end, passage.comment, passage.text_id
    ) | {"dense": hit.dense, "bm25": hit.bm25}
    return NodeWithScore(node=_node(passage.text, passage.id, metadata), score=hit.score)


def _node_of_citation(citation: Citation) -> NodeWithScore:
    metadata = _metadata(
        citation.article, citation.kind, citation.start, citation.end, citation.comment, citation.text_id
    ) | {"citation": citation.to_dict()}
    return NodeWithScore(node=_node(citation.quote, None, metadata))
