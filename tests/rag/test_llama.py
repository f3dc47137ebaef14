"""An archive inside LlamaIndex programs."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from llama_index.core import Document, Settings, VectorStoreIndex
from llama_index.core.llms import ChatMessage, MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.tools import QueryEngineTool

from rag import Answer, Archive
from rag.embedding import load_embedder
from rag.llama import GazetteChatEngine, GazetteEmbedding, GazetteQueryEngine, GazetteRetriever
from tests.conftest import ROOT
from tests.rag.generated import build
from tests.support import HashedWords

CALL = "appel entre Macron et Poutine"
QUESTION = "Combien de temps a duré l'appel entre Macron et Poutine ?"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    embedder = HashedWords(dimension=256)
    with Archive.open(build(tmp_path_factory.mktemp("llama"), embedder), embedder=embedder) as opened:
        yield opened


def test_the_retriever_gives_the_archives_hits_as_nodes(archive: Archive):
    hits = archive.search(CALL, limit=3)
    nodes = GazetteRetriever(archive, limit=3).retrieve(CALL)
    assert [(node.node_id, node.score, node.text) for node in nodes] == [
        (hit.passage.id, hit.score, hit.text) for hit in hits
    ]


def test_a_node_says_where_its_text_comes_from(archive: Archive):
    (node,) = GazetteRetriever(archive, limit=1, kind="article").retrieve(CALL)
    assert {name: node.metadata[name] for name in ("title", "published", "outlet", "kind", "start")} == {
        "title": "Macron et Poutine se sont parlé",
        "published": "2025-07-02",
        "outlet": "La Dépêche d'Orvenne",
        "kind": "article",
        "start": 0,
    }
    assert node.metadata["source"].endswith("articles.jsonl")
    assert node.metadata["comment_author"] is None


def test_a_node_of_a_remark_bears_its_authors_pseudonym(archive: Archive):
    nodes = GazetteRetriever(archive, kind="comment").retrieve(CALL)
    assert nodes
    assert all(node.metadata["comment_author"] not in (None, "Agathe", "Basile", "Zoé", "Colin") for node in nodes)


def test_the_retriever_filters(archive: Archive):
    retriever = GazetteRetriever(archive, kind="article", until="2024-12-31")
    assert {node.metadata["title"] for node in retriever.retrieve(CALL)} == {"Le pont de Valmont sera reconstruit"}


def test_what_a_model_is_told_beside_a_passage_is_no_more_than_it_needs(archive: Archive):
    (node,) = GazetteRetriever(archive, limit=1, kind="article").retrieve(CALL)
    told = node.node.get_content(metadata_mode="llm")  # type: ignore[arg-type]
    assert "2025-07-02" in told
    assert "articles.jsonl" not in told


def test_the_retriever_works_asynchronously(archive: Archive):
    nodes = asyncio.run(GazetteRetriever(archive, limit=2).aretrieve(CALL))
    assert [node.node_id for node in nodes] == [hit.passage.id for hit in archive.search(CALL, limit=2)]


def test_the_query_engine_answers_with_a_node_for_each_citation(archive: Archive):
    response = GazetteQueryEngine(archive).query(QUESTION)
    answer = archive.ask(QUESTION)
    assert answer.citations
    assert str(response) == answer.text
    assert [node.text for node in response.source_nodes] == [citation.quote for citation in answer.citations]
    assert [node.metadata["citation"] for node in response.source_nodes] == [c.to_dict() for c in answer.citations]
    assert isinstance(response.metadata["answer"], Answer)  # type: ignore[index]


def test_the_query_engine_says_when_it_abstains(archive: Archive):
    response = asyncio.run(GazetteQueryEngine(archive).aquery("Quand Macron a-t-il appelé Xi Jinping ?"))
    assert response.source_nodes == []
    assert response.metadata["abstained"]  # type: ignore[index]
    assert response.metadata["reason"] == str(response)  # type: ignore[index]


def test_the_query_engine_keeps_the_options_of_ask(archive: Archive):
    response = GazetteQueryEngine(archive, options={"until": "2024-12-31"}).query(QUESTION)
    assert response.metadata["abstained"]  # type: ignore[index]


def test_the_query_engine_is_a_tool(archive: Archive):
    tool = QueryEngineTool.from_defaults(GazetteQueryEngine(archive), name="gazette", description="An archive.")
    assert str(tool(QUESTION)) == archive.ask(QUESTION).text


def test_an_agents_tool_brings_the_citations_along(archive: Archive):
    tool = QueryEngineTool.from_defaults(GazetteQueryEngine(archive), name="gazette", description="An archive.")
    output = asyncio.run(tool.acall(input=QUESTION))
    assert [node.text for node in output.raw_output.source_nodes] == [c.quote for c in archive.ask(QUESTION).citations]
    assert output.tool_name == "gazette"


def test_the_chat_engine_understands_a_follow_up_and_cites(archive: Archive):
    engine = GazetteChatEngine(archive)
    engine.chat("Quand Macron et Poutine se sont-ils parlé ?")
    response = engine.chat("Et combien de temps a duré l'appel ?")
    assert "deux heures" in str(response).lower()
    assert "Macron" in response.metadata["answer"].question  # type: ignore[index]
    assert all(node.metadata["citation"] for node in response.source_nodes)
    assert [message.role.value for message in engine.chat_history] == ["user", "assistant"] * 2


def test_the_chat_engine_streams_and_then_has_its_sources(archive: Archive):
    response = GazetteChatEngine(archive).stream_chat(QUESTION)
    assert "".join(response.response_gen).strip() == archive.ask(QUESTION).text
    assert [node.text for node in response.source_nodes] == [c.quote for c in archive.ask(QUESTION).citations]


def test_the_chat_engine_streams_an_abstention(archive: Archive):
    response = GazetteChatEngine(archive).stream_chat("Quand Macron a-t-il appelé Xi Jinping ?")
    assert "".join(response.response_gen).startswith("L'archive ne permet pas de répondre.")
    assert response.source_nodes == []


def test_the_chat_engine_works_asynchronously(archive: Archive):
    async def told() -> tuple[str, str]:
        engine = GazetteChatEngine(archive)
        streamed = await engine.astream_chat(QUESTION)
        pieces = [piece async for piece in streamed.async_response_gen()]
        engine.reset()
        return "".join(pieces).strip(), str(await engine.achat(QUESTION))

    streamed, whole = asyncio.run(told())
    assert streamed == whole == archive.ask(QUESTION).text


def test_the_chat_engine_takes_a_history_over(archive: Archive):
    past = [ChatMessage(role="user", content="Quand Macron et Poutine se sont-ils parlé ?")]
    response = GazetteChatEngine(archive).chat("Et combien de temps ?", past)
    assert "Macron" in response.metadata["answer"].question  # type: ignore[index]


def test_the_retriever_stands_under_llamaindexs_own_query_engine(archive: Archive):
    engine = RetrieverQueryEngine.from_args(GazetteRetriever(archive, limit=2), llm=MockLLM())
    response = engine.query(CALL)
    assert "Poutine" in str(response)
    assert len(response.source_nodes) == 2


def test_the_embedding_gives_the_embedders_vectors():
    embedder = HashedWords()
    embedding = GazetteEmbedding(embedder, embed_batch_size=2)
    texts = ["le pont", "la gare", "le port"]
    assert np.allclose(embedding.get_text_embedding_batch(texts), embedder.embed_passages(texts))
    assert np.allclose(asyncio.run(embedding.aget_text_embedding_batch(texts)), embedder.embed_passages(texts))
    assert np.allclose(embedding.get_query_embedding("pont"), embedder.embed_queries(["pont"])[0])
    assert np.allclose(asyncio.run(embedding.aget_query_embedding("pont")), embedder.embed_queries(["pont"])[0])
    assert embedding.model_name == "hashed-words"


def test_an_index_of_the_programs_own_can_use_the_embedding():
    texts = ["le pont de Valmont", "la gare de Lormelle"]
    index = VectorStoreIndex.from_documents(
        [Document(text=text) for text in texts], embed_model=GazetteEmbedding(HashedWords(dimension=256))
    )
    assert index.as_retriever(similarity_top_k=1).retrieve("gare")[0].text == texts[1]


def test_llamaindexs_global_settings_stay_untouched():
    assert Settings._llm is None
    assert Settings._embed_model is None


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled model, for programs that open it themselves."""
    return build(tmp_path_factory.mktemp("examples"), load_embedder("bundled"))


@pytest.mark.parametrize("program", ["ask.py", "llamaindex_program.py"])
def test_the_examples_run(program: str, store: Path):
    command = [sys.executable, str(ROOT / "examples" / program), str(store), QUESTION]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=store.parent)
    assert "deux heures" in done.stdout
    assert "Macron et Poutine se sont parlé" in done.stdout
