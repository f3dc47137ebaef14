"""Tokens of a language model are counted from LlamaIndex's events, and only while the count is open."""

from __future__ import annotations

from llama_index.core.base.llms.types import ChatMessage
from llama_index.core.llms import MockLLM

from evals.tokens import token_count
from rag.text import tokenize

ASKED = [ChatMessage(role="user", content="Quand le pont sera-t-il inauguré ?")]


def test_what_is_read_and_written_is_added_up():
    with token_count("ollama/any") as counted:
        reply = MockLLM().chat(ASKED)
        list(MockLLM().stream_chat(ASKED))
    MockLLM().chat(ASKED)
    read, written = (len(tokenize(str(text))) for text in (ASKED[0].content, reply.message.content))
    assert (counted["calls"], counted["prompt"], counted["reply"]) == (2, 2 * read, 2 * written)
    assert read > 3


def test_without_a_model_nothing_is_counted():
    with token_count(None) as counted:
        MockLLM().chat(ASKED)
    assert counted == {}
