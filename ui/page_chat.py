"""One reader's conversation with an archive, as the page shows it: messages and source panels, both as safe HTML.

It asks, collects and keeps; `ui.render` makes the markup. It knows nothing of Gradio, so it runs without a browser.
Errors of the `GazetteError` tree become a message of the conversation, nothing broader is caught.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Final, Protocol

from rag.errors import GazetteError, UsageError
from rag.question import MAX_QUESTION
from rag.store.base import Store
from rag.types import Answer, Citation, Language, PassageKind
from ui import render
from ui.page_words import WORDS

_KEPT: Final = 20  # turns whose sources stay in the page; an answer's cards weigh about 10 kB
_PAUSE: Final = 0.05  # seconds between two refreshes of an answer that is being written


class AskableConversation(Protocol):
    """What the page needs of a conversation; `rag.archive.Conversation` is one."""

    def stream(
        self,
        question: str,
        *,
        kind: PassageKind | None = None,
        since: date | None = None,
        until: date | None = None,
        outlet: str | None = None,
    ) -> Iterator[str | Answer]:
        """Pieces of text as they come, at the end the settled answer."""
        ...

    def reset(self) -> None: ...


class AskableArchive(Protocol):
    """What the page needs of an archive; `rag.Archive` is one."""

    @property
    def store(self) -> Store: ...

    def chat(self) -> AskableConversation: ...

    def text_of(self, citation: Citation) -> str: ...


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question is limited to."""

    kind: PassageKind | None = None
    since: date | None = None
    until: date | None = None
    outlet: str | None = None

    @classmethod
    def read(cls, kind: str, since: str | None, until: str | None, outlet: str | None, language: Language) -> Filters:
        """From the page's fields; empty strings mean "no limit". Raises `UsageError` in the page's language."""
        first, last = _day(since, language), _day(until, language)
        if first and last and first > last:
            raise UsageError(WORDS[language].dates_swapped)
        chosen: PassageKind | None = "article" if kind == "article" else "comment" if kind == "comment" else None
        return cls(chosen, first, last, outlet or None)

    def described(self, language: Language) -> list[str]:
        """Each limit in words, for the line under the question."""
        words = WORDS[language]
        said = {"article": [words.articles_only], "comment": [words.comments_only]}.get(self.kind or "", [])
        for label, day in ((words.since, self.since), (words.until, self.until)):
            if day:
                said.append(f"{label} {render.human_day(day, language)}")
        return [*said, *([self.outlet] if self.outlet else [])]


def _day(value: str | None, language: Language) -> date | None:
    if not value or not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError as error:
        raise UsageError(WORDS[language].bad_date.format(value=value.strip()[:40])) from error


class Chat:
    """The messages of one browser session and the sources of its answers.

    `messages` is what a chat component takes: [{"role": "user" | "assistant", "content": HTML}].
    """

    def __init__(self, archive: AskableArchive) -> None:
        self.messages: list[dict[str, str]] = []
        self._archive = archive
        self._conversation = archive.chat()
        self._panels: list[str] = []
        self._turn = 0
        self.asking: str | None = None  # the question whose answer is not settled yet

    def ask(self, question: str, filters: Filters, language: Language) -> Iterator[None]:
        """Ask, and yield whenever there is something new to show. `language` is the page's, for what it says itself.

        Ends early, without a trace in the conversation, once `settle`, `reset` or another `ask` has been called.
        However it ends, the turn is settled.
        """
        self.settle(language)
        self._turn += 1
        turn, self.asking = self._turn, question
        self._say("user", render.question_html(question, filters.described(language)))
        self._say("assistant", render.pending_html(language))
        try:
            yield
            yield from self._follow(question, filters, turn)
        except GazetteError as error:
            if turn == self._turn:
                self.fail(str(error), language)
        finally:
            if turn == self._turn:
                self.settle(language)
        yield

    def _follow(self, question: str, filters: Filters, turn: int) -> Iterator[None]:
        written, shown = "", 0.0
        for piece in self._conversation.stream(
            question, kind=filters.kind, since=filters.since, until=filters.until, outlet=filters.outlet
        ):
            if turn != self._turn:
                return
            if isinstance(piece, Answer):
                self._settled(piece, turn)
                continue
            written += piece
            if written.strip() and monotonic() - shown >= _PAUSE:
                shown = monotonic()
                self.messages[-1]["content"] = render.draft_html(written)
                yield

    def _settled(self, answer: Answer, turn: int) -> None:
        texts = [self._text_of(citation) for citation in answer.citations]
        self.messages[-1]["content"] = render.answer_html(answer, turn)
        self._panels = [*self._panels, render.sources_html(answer, texts, turn)][-_KEPT:]
        self.asking = None

    def _text_of(self, citation: Citation) -> str | None:
        """The stored text; None when it cannot be had, for the answer is worth showing without surroundings."""
        try:
            return self._archive.text_of(citation)
        except GazetteError:
            return None

    def refuse(self, question: str, reason: str, language: Language) -> None:
        """Show a question that was not asked, and why."""
        self.settle(language)
        self._say("user", render.question_html(question[:200] + ("…" if len(question) > 200 else "")))
        self._say("assistant", "")
        self.fail(reason, language)

    def fail(self, reason: str, language: Language) -> None:
        """Put an error where the answer would stand."""
        self.messages[-1]["content"] = render.message_html(WORDS[language].failed, reason)
        self.asking = None

    def settle(self, language: Language) -> None:
        """Close a turn that has no answer: it was stopped, or broke off."""
        if self.asking is not None:
            self._turn += 1
            self.messages[-1]["content"] = render.message_html(WORDS[language].interrupted, "")
            self.asking = None

    def reset(self) -> None:
        """Forget everything said."""
        self._turn += 1
        self.asking = None
        self.messages, self._panels = [], []
        self._conversation.reset()

    def sources(self, language: Language) -> str:
        """The source panels, of which the last is shown; `ui/static/page.js` shows an earlier one on demand."""
        if not self._panels:
            return render.no_sources_html(language)
        hidden = [panel.replace("<section ", "<section hidden ", 1) for panel in self._panels[:-1]]
        return "".join([*hidden, self._panels[-1]])

    def _say(self, role: str, content: str) -> None:
        self.messages.append({"role": role, "content": content})


def problem_with(question: str, language: Language) -> str | None:
    """Why a question cannot be asked; None when it can."""
    length = len(question.strip())
    if length > MAX_QUESTION:
        return WORDS[language].too_long.format(length=length, limit=MAX_QUESTION)
    return None
