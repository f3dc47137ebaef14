"""How many tokens a language model read and wrote, counted from LlamaIndex's own events.

Tokens are those of cl100k_base whatever the model, so that two models can be compared; a model's bill may differ.
LlamaIndex is imported only when a model is set.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rag.text import tokenize


@contextmanager
def token_count(llm: str | None) -> Iterator[dict[str, int]]:
    """Counts while the context is open: `prompt`, `reply` (tokens) and `calls`; empty without a model."""
    if llm is None:
        yield {}
        return
    from llama_index.core.instrumentation.event_handlers import BaseEventHandler
    from llama_index.core.instrumentation.events.llm import LLMChatEndEvent
    from llama_index_instrumentation import get_dispatcher

    counted = {"prompt": 0, "reply": 0, "calls": 0}
    lock = threading.Lock()  # the model is heard in a thread of its own

    class Meter(BaseEventHandler):
        """Adds up the messages of every call that ended."""

        @classmethod
        def class_name(cls) -> str:
            return "GazetteTokenMeter"

        def handle(self, event: Any, **_: Any) -> None:
            if isinstance(event, LLMChatEndEvent):
                reply = event.response.message.content if event.response else None
                with lock:
                    counted["calls"] += 1
                    counted["prompt"] += sum(len(tokenize(message.content or "")) for message in event.messages)
                    counted["reply"] += len(tokenize(reply or ""))

    dispatcher, meter = get_dispatcher(), Meter()
    dispatcher.add_event_handler(meter)
    try:
        yield counted
    finally:
        dispatcher.event_handlers.remove(meter)
