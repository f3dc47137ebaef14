"""The components of the web page, how they are laid out, and what is wired to what.

Built on Gradio 6. What is said in a conversation comes from `ui.page_chat`, the words from `ui.page_words`; nothing
here knows how an answer is made or how markup is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import gradio as gr

from rag.errors import GazetteError
from rag.store.base import Where
from rag.types import Language
from ui import render
from ui.page_chat import AskableArchive, Chat, Filters, problem_with
from ui.page_starters import starter_questions
from ui.page_words import WORDS, language_of_browser

STARTERS: Final = 3
_ASKING_AT_ONCE: Final = 4  # questions answered side by side; more wait in the queue and are told so
_SET_PAGE_LANGUAGE: Final = "(language) => { document.documentElement.lang = language; return language; }"


class Page:
    """The page of one archive. `blocks` is the Gradio program."""

    def __init__(self, archive: AskableArchive) -> None:
        self._archive = archive
        self._starters = starter_questions(archive, STARTERS)
        self._outlets = sorted(archive.store.facet("outlet", Where(kinds=("text",), role="article")))
        self.blocks = gr.Blocks(title="Gazette", analytics_enabled=False, fill_width=True)
        with self.blocks:
            self._session = gr.State(None)
            self._masthead()
            with gr.Row(elem_id="gz-columns", equal_height=False):
                with gr.Column(scale=3, min_width=320, elem_id="gz-left"):
                    self._conversation()
                with gr.Column(scale=2, min_width=320, elem_id="gz-right"):
                    self.heading = gr.HTML(_heading("en"))
                    self.sources = gr.HTML(render.no_sources_html("en"), elem_id="gz-sources")
            self._wire()
        self.blocks.queue(max_size=64, default_concurrency_limit=8)

    def _masthead(self) -> None:
        with gr.Row(elem_id="gz-masthead", equal_height=False):
            self.masthead = gr.HTML(_masthead("en"), elem_id="gz-name")
            self.new = gr.Button(
                WORDS["en"].new_conversation, size="sm", variant="secondary", visible=False, elem_id="gz-new"
            )
            self.language = gr.Radio(
                [("Français", "fr"), ("English", "en")],
                value="en",
                label=WORDS["en"].interface,
                container=False,
                elem_id="gz-language",
            )

    def _conversation(self) -> None:
        words = WORDS["en"]
        self.chat = gr.Chatbot(
            elem_id="gz-chat",
            label=words.conversation,
            show_label=False,
            container=False,
            height="100%",
            layout="panel",
            buttons=[],
            latex_delimiters=[],
            sanitize_html=True,
            allow_tags=False,
            group_consecutive_messages=False,
            feedback_options=None,
            placeholder=_placeholder("en"),
        )
        with gr.Column(elem_id="gz-starters", visible=any(self._starters.values())) as self.starters:
            self.starters_label = gr.HTML(_label(words.starters))
            self.starter_buttons = [
                gr.Button(question, visible=bool(question), size="sm", elem_classes="gz-starter")
                for question in self._starters_in("en")
            ]
        self.box = gr.Textbox(
            label=words.question_label,
            placeholder=words.question_hint,
            submit_btn=words.send,
            lines=1,
            max_lines=6,
            autofocus=True,
            elem_id="gz-box",
            show_label=False,
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
        )
        with gr.Accordion(words.filters, open=False, elem_id="gz-filters") as self.filters:
            self._filters()

    def _filters(self) -> None:
        words = WORDS["en"]
        self.kind = gr.Radio(_kinds("en"), value="all", label=words.kind, elem_id="gz-kind")
        with gr.Row():
            self.since = _date_field(words.since, "gz-since")
            self.until = _date_field(words.until, "gz-until")
            self.outlet = gr.Dropdown(
                self._outlet_choices("en"),
                value="",
                label=words.outlet,
                visible=len(self._outlets) > 1,
                min_width=140,
                elem_id="gz-outlet",
            )

    def _wire(self) -> None:
        view = [self._session, self.chat, self.sources, self.box, self.starters, self.new]
        limits = [self.kind, self.since, self.until, self.outlet, self.language]
        # Only a question queues. What is queued is answered over one stream, which Gradio closes when nothing is left:
        # the answer to a click in that instant would be lost with it. The rest is answered by its own request.
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
        asking: dict[str, Any] = {
            **private,
            "queue": True,
            "outputs": view,
            "concurrency_limit": _ASKING_AT_ONCE,
            "concurrency_id": "ask",
            "trigger_mode": "multiple",  # "once" would drop a question sent while Gradio still winds up the last one
        }
        asked: list[Any] = [self.box.submit(self._ask, [self._session, self.box, *limits], **asking)]
        asked += [
            button.click(self._ask, [self._session, button, *limits], **asking) for button in self.starter_buttons
        ]
        leaving = [self._session, self.language]
        for event in asked:
            event.success(self._ready, leaving, self.box, **private)
            event.failure(self._stop, leaving, view, **private)
        self.box.stop(self._stop, leaving, view, cancels=asked, **private)
        self.new.click(self._reset, leaving, view, cancels=asked, **private)
        self.language.change(self._relabel, leaving, self._labelled, **private)
        self.language.change(None, self.language, None, js=_SET_PAGE_LANGUAGE, **private)
        self.blocks.load(self._enter, None, [self._session, self.language], **private)

    def _enter(self, request: gr.Request) -> tuple[Chat, Language]:
        """A new visit: its conversation, and the language its browser prefers."""
        return Chat(self._archive), language_of_browser(request.headers.get("accept-language"))

    def _ask(
        self,
        chat: Chat | None,
        question: str,
        kind: str,
        since: str | None,
        until: str | None,
        outlet: str | None,
        language: Language,
    ) -> Iterator[tuple[Any, ...]]:
        """Stream the view while a question is answered. An empty question changes nothing, and neither does one that is
        being answered already."""
        if not question.strip() or (chat is not None and chat.asking == question):
            yield (gr.skip(),) * 6
            return
        chat = chat or Chat(self._archive)
        problem = problem_with(question, language)
        try:
            filters = Filters.read(kind, since, until, outlet, language)
        except GazetteError as error:
            problem = problem or str(error)
        if problem:
            chat.refuse(question, problem, language)
            yield self._view(chat, language, box=gr.skip())
            return
        box = gr.update(value="", submit_btn=False, stop_btn=WORDS[language].stop)
        for _ in chat.ask(question, filters, language):
            yield self._view(chat, language, box=box)
            box = gr.skip()

    def _view(self, chat: Chat, language: Language, *, box: Any) -> tuple[Any, ...]:
        begun = bool(chat.messages)
        return (
            chat,
            chat.messages,
            chat.sources(language),
            box,
            gr.update(visible=not begun and any(self._starters.values())),
            gr.update(visible=begun),
        )

    def _ready(self, chat: Chat | None, language: Language) -> Any:
        """The box after an answer or a stop: the next question can be asked, unless it has been. The rest of the view
        is as the answer left it: shown again from here, it could overtake a conversation begun anew."""
        if chat is None or chat.asking is not None:
            return gr.skip()
        return gr.update(submit_btn=WORDS[language].send, stop_btn=False)

    def _stop(self, chat: Chat | None, language: Language) -> tuple[Any, ...]:
        if chat is None:
            return (gr.skip(),) * 6
        chat.settle(language)
        return self._view(chat, language, box=self._ready(chat, language))

    def _reset(self, chat: Chat | None, language: Language) -> tuple[Any, ...]:
        if chat is None:
            return (gr.skip(),) * 6
        chat.reset()
        return self._view(chat, language, box=self._ready(chat, language))

    @property
    def _labelled(self) -> list[Any]:
        fields = [self.masthead, self.language, self.chat, self.starters_label, *self.starter_buttons, self.box]
        return [
            *fields,
            self.filters,
            self.kind,
            self.since,
            self.until,
            self.outlet,
            self.new,
            self.heading,
            self.sources,
        ]

    def _relabel(self, chat: Chat | None, language: Language) -> list[Any]:
        """The page's own words in another language; what has been said stays as it is."""
        words = WORDS[language]
        return [
            _masthead(language),
            gr.update(label=words.interface),
            gr.update(label=words.conversation, placeholder=_placeholder(language)),
            _label(words.starters),
            *(gr.update(value=question, visible=bool(question)) for question in self._starters_in(language)),
            gr.update(label=words.question_label, placeholder=words.question_hint, submit_btn=words.send),
            gr.update(label=words.filters),
            gr.update(label=words.kind, choices=_kinds(language)),
            gr.update(caption=words.since),
            gr.update(caption=words.until),
            gr.update(label=words.outlet, choices=self._outlet_choices(language)),
            gr.update(value=words.new_conversation),
            _heading(language),
            chat.sources(language) if chat else render.no_sources_html(language),
        ]

    def _starters_in(self, language: Language) -> list[str]:
        questions = list(self._starters[language])
        return questions + [""] * (STARTERS - len(questions))

    def _outlet_choices(self, language: Language) -> list[tuple[str, str]]:
        return [(WORDS[language].any_outlet, ""), *((outlet, outlet) for outlet in self._outlets)]


def _date_field(caption: str, identity: str) -> Any:
    """The browser's own date field, for it has a label, a calendar on every device and the reader's notation; Gradio's
    has no accessible name. Its value is an ISO day or ""."""
    return gr.HTML(
        "",
        html_template='<label class="gz-date"><span>${caption}</span><input type="date"></label>',
        js_on_load="const field = element.querySelector('input');"
        "field.addEventListener('change', () => { props.value = field.value; });",
        caption=caption,
        min_width=140,
        elem_id=identity,
        elem_classes="gz-date-field",
    )


def _kinds(language: Language) -> list[tuple[str, str]]:
    words = WORDS[language]
    return [(words.everything, "all"), (words.articles_only, "article"), (words.comments_only, "comment")]


def _masthead(language: Language) -> str:
    return f"<h1>Gazette</h1><p>{render.escape(WORDS[language].tagline)}</p>"


def _heading(language: Language) -> str:
    return f'<h2 class="gz-heading">{render.escape(WORDS[language].sources)}</h2>'


def _label(text: str) -> str:
    return f'<p class="gz-label">{render.escape(text)}</p>'


def _placeholder(language: Language) -> str:
    return f'<div class="gz-empty">{render.escape(WORDS[language].empty_chat)}</div>'
