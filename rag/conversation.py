"""A conversation: follow-up questions made whole from what was asked before.

Knows the questions asked so far and rewrites by rule; it knows nothing of stores. The rewritten question is the one
the answer names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal, Protocol, TypedDict, Unpack

from rag.question import understand
from rag.text import fold
from rag.types import Answer

_OPENER: Final = re.compile(
    r"^(?:et|and|mais|but|what about|how about|qu'en est-il|et pour|and for|alors|so)\b[ ,]*", re.IGNORECASE
)
_BACK: Final = re.compile(
    r"\b(?:il|elle|ils|elles|lui|leur|eux|cela|ca|celui-ci|celle-ci|ce dernier|y|en|he|she|they|him|her|them|it|this|"
    r"that|these|those|his|its|their)\b"
)


class AskOptions(TypedDict, total=False):
    """The options of `Archive.ask`."""

    now: str | date | None
    kind: Literal["article", "comment"] | None
    since: str | date | None
    until: str | date | None
    outlet: str | None
    language: str | None


class Asks(Protocol):
    """What a conversation needs of an archive."""

    def ask(self, question: str, **options: Unpack[AskOptions]) -> Answer: ...

    def stream(self, question: str, **options: Unpack[AskOptions]) -> Iterator[str | Answer]: ...


class Conversation:
    """Questions in turn over one archive."""

    def __init__(self, archive: Asks) -> None:
        self._archive = archive
        self.history: list[Answer] = []

    def ask(self, question: str, **options: Unpack[AskOptions]) -> Answer:
        """Answer a question or a follow-up. Options as in `Archive.ask`."""
        answer = self._archive.ask(self.whole(question), **options)
        self.history.append(answer)
        return answer

    def stream(self, question: str, **options: Unpack[AskOptions]) -> Iterator[str | Answer]:
        """`ask` in pieces, as `Archive.stream`."""
        for piece in self._archive.stream(self.whole(question), **options):
            if isinstance(piece, Answer):
                self.history.append(piece)
            yield piece

    def reset(self) -> None:
        """Forget what was asked."""
        self.history.clear()

    def whole(self, question: str) -> str:
        """The question with what it leaves unsaid taken from the one before; unchanged when it stands alone."""
        if not self.history or not question.strip():
            return question
        before = understand(self.history[-1].question)
        asked = understand(question)
        opener = _OPENER.match(question.strip())
        if opener and asked.names and len(asked.keywords) <= len(asked.names) + 2 and before.names:
            return _swap_last(before.text, before.names[-1], asked.names[-1])
        points_back = _BACK.search(fold(question)) is not None and not asked.names
        if opener or not asked.keywords or points_back:
            rest = question.strip()[opener.end() :] if opener else question.strip()
            known = set(asked.keywords)
            carried = [
                *before.names,
                *(k for k in before.keywords if k not in known and k not in fold(" ".join(before.names))),
            ]
            return f"{rest.rstrip(' ?')} ({', '.join(carried)}) ?" if carried else rest
        return question


def _swap_last(text: str, old: str, new: str) -> str:
    left, _, right = text.rpartition(old)
    return f"{left}{new}{right}"
