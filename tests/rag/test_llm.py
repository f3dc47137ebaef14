"""How a language model is loaded and heard, against a real server of the tests' own."""

from __future__ import annotations

import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from rag.errors import LanguageModelError, SettingsError
from rag.llm import Message, Reply, ReplyError, load_llm
from rag.settings import Settings, load_settings
from tests.fake_llm import FakeLLM, Turn

ASK = (Message("system", "Be brief."), Message("user", "Who?"))


def hear(server: FakeLLM, *, timeout: float = 20.0, llm: str = "openai/tiny", pause: float = 0.01) -> tuple[str, Reply]:
    url = server.url if llm.startswith("ollama") else server.openai_url
    model = load_llm(load_settings(llm=llm, llm_url=url, llm_timeout=timeout))
    assert model is not None
    reply = Reply(model, ASK, timeout=timeout, pause=pause)
    return "".join(reply), reply


def test_without_a_setting_there_is_no_model():
    assert load_llm(Settings()) is None


@pytest.mark.parametrize("value", ["llama3", "gpt/4", "ollama/", "openai/ ", "/x"])
def test_a_value_of_another_form_is_refused_with_the_forms(value: str):
    with pytest.raises(SettingsError, match=r"ollama/NAME.*openai/NAME"):
        load_llm(load_settings(llm=value))


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host/v1", "http://"])
def test_a_url_that_is_none_is_refused(url: str):
    with pytest.raises(SettingsError, match="llm_url"):
        load_llm(load_settings(llm="openai/tiny", llm_url=url))


def test_the_providers_own_address_needs_a_key(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "another program's")
    with pytest.raises(SettingsError, match="GAZETTE_LLM_API_KEY"):
        load_llm(load_settings(llm="openai/tiny"))


def test_a_key_of_the_environment_is_not_sent_to_another_server(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "another program's")
    with FakeLLM("Yes.") as server:
        hear(server)
    assert "another" not in server.asked[0].headers["Authorization"]


@pytest.mark.parametrize("llm", ["openai/tiny", "ollama/tiny:1b", "openai/maker/tiny"])
def test_a_reply_comes_in_pieces_by_either_protocol(llm: str):
    with FakeLLM("Macron called in July.") as server:
        text, reply = hear(server, llm=llm)
    assert (text, reply.cut) == ("Macron called in July.", None)
    assert server.asked[0].body["model"] == llm.partition("/")[2]
    assert server.asked[0].prompt == "Be brief.\nWho?"


def test_the_key_is_sent():
    with FakeLLM("Yes.") as server:
        for llm, url in (("openai/tiny", server.openai_url), ("ollama/tiny", server.url)):
            model = load_llm(load_settings(llm=llm, llm_url=url, llm_api_key="secret"))
            assert model is not None
            assert "".join(Reply(model, ASK, timeout=30)) == "Yes."
    assert [
        {name.lower(): value for name, value in asked.headers.items()}["authorization"] for asked in server.asked
    ] == ["Bearer secret"] * 2


def test_ollama_is_given_room_for_the_passages():
    with FakeLLM("Yes.") as server:
        hear(server, llm="ollama/tiny")
    assert server.asked[0].body["options"]["num_ctx"] > 3000


@pytest.mark.parametrize(
    ("turn", "why", "requests"),
    [
        (Turn(status=401), "key", 1),
        (Turn(status=403), "key", 1),
        (Turn(status=404), "model", 1),
        (Turn(status=400), "refused", 1),
        (Turn(status=429), "busy", 3),
        (Turn(status=500), "server", 3),
        (Turn(status=503), "server", 3),
        (Turn(""), "empty", 3),
        (Turn("  \n "), "empty", 3),
        (Turn(raw=b"<html>It works!</html>"), "garbage", 3),
        (Turn(raw=b"data: {not json\n\n"), "garbage", 3),
        (Turn(raw=b"data: [1, 2]\n\n"), "garbage", 3),
        (Turn('data: "x"', cut_after=0), "cut", 3),
    ],
)
def test_each_failure_has_its_reason_and_its_number_of_tries(turn: Turn, why: str, requests: int):
    with FakeLLM(turn) as server, pytest.raises(LanguageModelError) as caught:
        hear(server)
    assert isinstance(caught.value, ReplyError)
    assert len(server.asked) == requests
    assert caught.value.why == why


@pytest.mark.parametrize("llm", ["openai/tiny", "ollama/tiny"])
def test_nobody_listening_is_unreachable(llm: str):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    model = load_llm(load_settings(llm=llm, llm_url=address))
    assert model is not None
    with pytest.raises(ReplyError) as caught:
        "".join(Reply(model, ASK, timeout=20, pause=0.01))
    assert caught.value.why == "unreachable"


@pytest.mark.parametrize("status", [401, 404, 500])
def test_ollamas_refusals_are_told_apart(status: int):
    with FakeLLM(Turn(status=status)) as server, pytest.raises(ReplyError) as caught:
        hear(server, llm="ollama/tiny")
    assert caught.value.why == {401: "key", 404: "model", 500: "server"}[status]


def test_a_second_try_may_succeed():
    with FakeLLM(Turn(status=503), "Yes.") as server:
        assert hear(server)[0] == "Yes."
    assert len(server.asked) == 2


def test_a_server_that_cannot_stream_is_asked_for_a_whole_reply():
    with FakeLLM(Turn("Yes.", whole=True)) as server:
        assert hear(server)[0] == "Yes."
    assert [asked.body.get("stream", False) for asked in server.asked] == [True, False]


@pytest.mark.parametrize("as_date", [False, True])
def test_the_wait_that_a_server_asks_for_is_kept(as_date: bool):
    after = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True) if as_date else "0.3"
    with FakeLLM(Turn(status=429, headers={"Retry-After": after}), "Yes.") as server:
        began = time.monotonic()
        hear(server)
    assert time.monotonic() - began >= 0.3


def test_a_wait_beyond_the_window_is_not_waited_for():
    with FakeLLM(Turn(status=429, headers={"Retry-After": "600"})) as server:
        began = time.monotonic()
        with pytest.raises(ReplyError):
            hear(server)
    assert time.monotonic() - began < 60
    assert len(server.asked) == 1


@pytest.mark.parametrize("turn", [Turn("Yes.", first_delay=60), Turn("Yes.", keep_alive=60)])
def test_a_server_that_says_nothing_in_time_is_left(turn: Turn):
    with FakeLLM(turn) as server:
        began = time.monotonic()
        with pytest.raises(ReplyError) as caught:
            hear(server, timeout=0.2)
        assert caught.value.why == "timeout"
        assert time.monotonic() - began < 30


def test_a_reply_that_never_ends_is_left():
    with FakeLLM(Turn(pieces=["more "] * 1200, delay=0.05)) as server:
        began = time.monotonic()
        text, reply = hear(server, timeout=0.2)
    assert text.startswith("more ")
    assert reply.cut is not None
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("turn", [Turn("One two three four", cut_after=2), Turn("One two", finish="length")])
def test_a_reply_that_breaks_off_is_marked_and_not_asked_for_again(turn: Turn):
    with FakeLLM(turn) as server:
        text, reply = hear(server)
    assert text.startswith("One two")
    assert reply.cut is not None
    assert reply.cut.why == "cut"
    assert len(server.asked) == 1


def test_who_stops_listening_lets_the_server_go():
    with FakeLLM(Turn(pieces=["more "] * 3000, delay=0.02)) as server:
        model = load_llm(load_settings(llm="openai/tiny", llm_url=server.openai_url))
        assert model is not None
        pieces = iter(Reply(model, ASK, timeout=30))
        before = set(threading.enumerate())
        assert next(pieces) == "more "
        (listening,) = (each for each in set(threading.enumerate()) - before if each.name == "gazette-llm")
        pieces.close()  # type: ignore[attr-defined]
        listening.join(60)
        assert not listening.is_alive()


def test_llamaindexs_global_settings_stay_untouched():
    from llama_index.core import Settings as Global

    with FakeLLM("Yes.") as server:
        hear(server)
    assert Global._llm is None
    assert Global._embed_model is None
