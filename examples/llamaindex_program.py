"""A LlamaIndex program that takes an archive as one of its parts.

    python examples/llamaindex_program.py .gazette/demo "When did Macron last call Putin?"

It shows four seams: the archive as a query engine, wrapped as a tool for an agent; the archive's retriever under
LlamaIndex's own query engine; and the archive's embedding model under an index of the program's own notes. A mock
stands where a language model would be, so that the program runs without one. Expects a store that has been indexed.
"""

from __future__ import annotations

import sys

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.tools import QueryEngineTool

from rag import Archive
from rag.llama import GazetteEmbedding, GazetteQueryEngine, GazetteRetriever

NOTES = (
    "Rappeler le service des archives avant vendredi.",
    "Check every date against the printed edition before we quote it.",
)


def main(store: str, question: str) -> None:
    """Ask the archive in three ways and print what each gives."""
    llm = MockLLM(max_tokens=40)
    with Archive.open(store) as archive:
        tool = QueryEngineTool.from_defaults(
            GazetteQueryEngine(archive), name="gazette", description="Cited answers from a newspaper archive."
        )
        response = tool.query_engine.query(question)
        print(f"answer: {response}")
        for node in response.source_nodes:
            print(f"source: {node.metadata['title']} ({node.metadata['published']}): {node.text}")

        engine = RetrieverQueryEngine.from_args(GazetteRetriever(archive, limit=3), llm=llm)
        print(f"passages: {[node.metadata['title'] for node in engine.query(question).source_nodes]}")

        notes = VectorStoreIndex.from_documents(
            [Document(text=text) for text in NOTES], embed_model=GazetteEmbedding(archive.embedder)
        )
        print(f"note: {notes.as_retriever(similarity_top_k=1).retrieve('vérifier les dates')[0].text}")


if __name__ == "__main__":
    main(*sys.argv[1:])
