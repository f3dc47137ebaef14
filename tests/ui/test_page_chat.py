"""A conversation as the page keeps it, without a browser: what is asked, shown, refused and broken off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from rag.errors import StoreError, UsageError
from rag.question import MAX_QUESTION
from rag.types import Answer
from tests.ui.page_archive import ScriptedArchive, ordinary_answer, ordinary_archive
from ui.page_chat import Chat, Filters, problem_with
from ui.page_words import WORDS, language_of_browser


def last(chat: Chat) -> str:
    return chat.messages[-1]["content"]


def test_a_question_is_shown_at_once_with_its_state_then_answered() -> None:
    chat = Chat(ordinary_archive())
    steps = chat.ask("Quand ?", Filters(), "fr")
    next(steps)
    assert [message["role"] for message in chat.messages] == ["user", "assistant"]
    assert "gz-pending" in last(chat)
    list(steps)
    assert "gz-short" in last(chat)
    assert "gz-1-2" in chat.sources("fr")


def test_text_is_shown_while_it_is_written() -> None:
    chat = Chat(ordinary_archive())
    seen = [last(chat) for _ in chat.ask("Quand ?", Filters(), "fr")]
    assert any("gz-draft" in content for content in seen)


def test_the_filters_reach_the_archive() -> None:
    archive = ordinary_archive()
    filters = Filters.read("comment", "2025-01-01", "2026-12-31", "Le Courrier de Valmont", "fr")
    list(Chat(archive).ask("Quand ?", filters, "fr"))
    limits = {
        "kind": "comment",
        "since": date(2025, 1, 1),
        "until": date(2026, 12, 31),
        "outlet": "Le Courrier de Valmont",
    }
    assert archive.asked == [("Quand ?", limits)]


def test_empty_filters_limit_nothing() -> None:
    assert Filters.read("all", "", None, "", "fr") == Filters()


@pytest.mark.parametrize(("since", "until"), [("hier", ""), ("2025-13-01", ""), ("2026-01-02", "2026-01-01")])
def test_a_date_that_cannot_be_used_is_an_error_that_says_so(since: str, until: str) -> None:
    with pytest.raises(UsageError):
        Filters.read("all", since, until, "", "fr")


def test_an_error_of_gazette_is_a_message_of_the_conversation() -> None:
    def broken(question: str) -> Iterator[str | Answer]:
        raise StoreError("the store does not answer; start it again")
        yield question

    chat = Chat(ordinary_archive(broken))
    list(chat.ask("Quand ?", Filters(), "fr"))
    assert "gz-failed" in last(chat)
    assert "start it again" in last(chat)


def test_any_other_error_is_not_hidden() -> None:
    def wrong(question: str) -> Answer:
        raise ZeroDivisionError(question)

    chat = Chat(ordinary_archive(wrong))
    with pytest.raises(ZeroDivisionError):
        list(chat.ask("Quand ?", Filters(), "fr"))
    assert "interrompue" in last(chat)


def test_a_second_question_takes_the_place_of_one_that_is_not_answered_yet() -> None:
    chat = Chat(ordinary_archive())
    first = chat.ask("a", Filters(), "fr")
    next(first)
    list(chat.ask("b", Filters(), "fr"))
    list(first)
    assert "interrompue" in chat.messages[1]["content"]
    assert "gz-short" in chat.messages[3]["content"]
    assert len(chat.messages) == 4


def test_the_conversation_goes_on_after_an_error() -> None:
    def once(question: str) -> Answer:
        if question == "a":
            raise StoreError("gone; come back")
        return ordinary_answer(question)

    chat = Chat(ordinary_archive(once))
    list(chat.ask("a", Filters(), "fr"))
    list(chat.ask("b", Filters(), "fr"))
    assert len(chat.messages) == 4
    assert "gz-answer" in last(chat)


def test_a_stopped_question_gets_no_late_answer() -> None:
    chat = Chat(ordinary_archive())
    steps = chat.ask("Quand ?", Filters(), "fr")
    next(steps)
    chat.settle("fr")
    list(steps)
    assert len(chat.messages) == 2
    assert "interrompue" in last(chat)


def test_an_answer_that_never_settles_is_said_to_be_interrupted() -> None:
    chat = Chat(ordinary_archive(lambda _: iter(["un début"])))
    list(chat.ask("Quand ?", Filters(), "fr"))
    assert "interrompue" in last(chat)


def test_the_quote_is_shown_even_when_its_text_is_gone() -> None:
    chat = Chat(ScriptedArchive(ordinary_answer, {}))
    list(chat.ask("Quand ?", Filters(), "fr"))
    assert "<mark>" in chat.sources("fr")


def test_the_sources_of_earlier_answers_are_kept_out_of_sight() -> None:
    chat = Chat(ordinary_archive())
    for question in ("a", "b"):
        list(chat.ask(question, Filters(), "fr"))
    assert chat.sources("fr").count("<section hidden ") == 1
    assert chat.sources("fr").index("gz-1-1") < chat.sources("fr").index("gz-2-1")


def test_only_the_latest_sources_are_kept_in_a_long_conversation() -> None:
    chat = Chat(ordinary_archive())
    for turn in range(30):
        list(chat.ask(str(turn), Filters(), "fr"))
    assert chat.sources("fr").count("<section") == 20


def test_a_new_conversation_starts_empty_and_tells_the_archive() -> None:
    archive = ordinary_archive()
    chat = Chat(archive)
    list(chat.ask("Quand ?", Filters(), "fr"))
    chat.reset()
    assert chat.messages == []
    assert "gz-card" not in chat.sources("fr")
    assert archive.resets == 1


def test_a_question_over_the_limit_is_refused_with_the_limit() -> None:
    problem = problem_with("x" * (MAX_QUESTION + 1), "fr")
    assert problem is not None
    assert str(MAX_QUESTION) in problem
    assert problem_with("x" * MAX_QUESTION, "fr") is None


def test_a_refused_question_is_shown_cut_and_not_asked() -> None:
    archive = ordinary_archive()
    chat = Chat(archive)
    chat.refuse("x" * 5000, "trop long", "fr")
    assert archive.asked == []
    assert len(chat.messages[0]["content"]) < 400
    assert "trop long" in last(chat)


def test_an_abstention_empties_the_sources() -> None:
    chat = Chat(ordinary_archive(lambda q: replace(ordinary_answer(q), abstained=True, citations=(), sentences=())))
    list(chat.ask("Quand ?", Filters(), "fr"))
    assert "gz-card" not in chat.sources("fr")
    assert "gz-abstained" in last(chat)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-US,en;q=0.9,fr;q=0.8", "en"),
        ("de,fr;q=0.3,en;q=0.7", "en"),
        ("en;q=0,fr;q=0.1", "fr"),
        ("de;q=x, it", "en"),
        (None, "en"),
    ],
)
def test_the_page_speaks_the_language_the_browser_prefers(header: str | None, language: str) -> None:
    assert language_of_browser(header) == language


def test_both_languages_say_everything() -> None:
    for language in ("fr", "en"):
        words = WORDS[language]
        assert all(getattr(words, name) for name in words.__slots__)
