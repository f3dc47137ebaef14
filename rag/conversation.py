"""A conversation: follow-up questions made whole from what was asked before.

Knows the questions and answers so far; how a question is made whole is the business of `rag.followups`, or of a
language model behind `rag.rewriting`. It knows nothing of stores. The whole question is the one that the answer names,
and a note shows it. What a follow-up takes for granted against the answer before is put right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal, Protocol, TypedDict, Unpack

from rag.answer import wording
from rag.followups import Whole, make_whole
from rag.premises import contradiction
from rag.question import MAX_QUESTION
from rag.types import Answer


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


class Rewrites(Protocol):
    """Makes a question whole by another way than the rules."""

    def whole(self, question: str, history: list[Answer], by_rule: Whole) -> Whole: ...


class Conversation:
    """Questions in turn over one archive. One thread at a time; different conversations may share an archive."""

    def __init__(self, archive: Asks, rewriter: Rewrites | None = None) -> None:
        self._archive = archive
        self._rewriter = rewriter
        self.history: list[Answer] = []

    def ask(self, question: str, **options: Unpack[AskOptions]) -> Answer:
        """Answer a question or a follow-up. Options as in `Archive.ask`."""
        whole = self._whole(question)
        answer = self._premise(whole)
        if answer is None:
            answer = self._archive.ask(whole.text, **options)
        return self._kept(whole, answer)

    def stream(self, question: str, **options: Unpack[AskOptions]) -> Iterator[str | Answer]:
        """`ask` in pieces, as `Archive.stream`."""
        whole = self._whole(question)
        corrected = self._premise(whole)
        if corrected is not None:
            yield self._kept(whole, corrected)
            return
        for piece in self._archive.stream(whole.text, **options):
            yield self._kept(whole, piece) if isinstance(piece, Answer) else piece

    def reset(self) -> None:
        """Forget what was asked."""
        self.history.clear()

    def whole(self, question: str) -> str:
        """The question with what it leaves unsaid taken from what was asked before; unchanged when it stands alone."""
        return self._whole(question).text

    def _whole(self, question: str) -> Whole:
        alone = Whole(question)
        if not self.history or not any(character.isalnum() for character in question) or len(question) > MAX_QUESTION:
            return alone
        made = make_whole(question, self.history[-1])
        if self._rewriter is not None:
            made = self._rewriter.whole(question, self.history, made)
        return made if len(made.text) <= MAX_QUESTION else alone

    def _premise(self, whole: Whole) -> Answer | None:
        return contradiction(whole.text, self.history[-1]) if self.history else None

    def _kept(self, whole: Whole, answer: Answer) -> Answer:
        if whole.follows:
            answer = replace(
                answer, question=whole.text, notes=(wording.understood(whole.text, answer.language), *answer.notes)
            )
        self.history.append(answer)
        return answer
