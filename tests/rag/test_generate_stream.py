"""Generated answers as they come, and when the model fails."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from rag import Answer, Archive
from rag.errors import SettingsError
from tests.fake_llm import FakeLLM, Turn
from tests.rag.generated import Asking, build, citing
from tests.support import HashedWords

WHEN = "Quand Macron a-t-il parlé à Poutine ?"
ONE = "Macron et Poutine se sont parlé en juillet 2025"
TWO = "L'appel a duré deux heures, selon l'Élysée"
CALL = "au téléphone mardi"
BOTH = citing(f"{ONE} [{{call}}]. {TWO}. [{{call}}]", call=CALL)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    embedder = HashedWords(dimension=256)
    with Archive.open(build(tmp_path_factory.mktemp("streamed"), embedder), embedder=embedder) as archive:
        yield Asking(archive)


def streamed(ask: Asking, server: FakeLLM) -> tuple[list[str], Answer]:
    *pieces, answer = ask.with_model(server).stream(WHEN)
    assert isinstance(answer, Answer)
    return [piece for piece in pieces if isinstance(piece, str)], answer


def extracts(ask: Asking) -> Answer:
    return ask.archive.ask(WHEN)


def test_each_sentence_is_given_once_it_is_checked_and_the_answer_last(ask: Asking):
    with FakeLLM(BOTH) as server:
        pieces, answer = streamed(ask, server)
    assert pieces == [f"{ONE}. ", f"{TWO}. "]
    assert answer.text == "".join(pieces).strip()


def test_a_sentence_is_given_while_the_model_still_writes(ask: Asking):
    with FakeLLM(Turn(BOTH, delay=0.05)) as server:
        began = time.monotonic()
        times = [time.monotonic() - began for _ in ask.with_model(server).stream(WHEN)]
    assert times[0] < times[-1] - 0.2


def test_what_is_not_borne_out_is_never_shown_not_even_while_it_comes(ask: Asking):
    reply = citing(f"{ONE} [{{call}}]. Ils se sont revus en mars 2031 [{{call}}]. {TWO} [{{call}}].", call=CALL)
    with FakeLLM(reply) as server:
        pieces, _ = streamed(ask, server)
    assert pieces == [f"{ONE}. ", f"{TWO}. "]


@pytest.mark.parametrize("size", [1, 3, 7])
def test_markers_cut_by_the_stream_never_show(ask: Asking, size: int):
    reply = f"**{ONE}.**[1] {TWO} [1, 99]."
    pieces = [reply[at : at + size] for at in range(0, len(reply), size)]
    with FakeLLM(Turn(pieces=pieces)) as server:
        shown, answer = streamed(ask, server)
    assert shown == [f"{ONE}. ", f"{TWO}. "]
    assert answer.notes == ()


def test_a_stream_that_breaks_off_leaves_its_whole_sentences_and_a_note(ask: Asking):
    with FakeLLM(Turn(pieces=[f"{ONE} [1]. ", f"{TWO} [1]. ", "Et puis Pou"], cut_after=3)) as server:
        pieces, answer = streamed(ask, server)
    assert pieces == [f"{ONE}. ", f"{TWO}. "]
    assert answer.notes == ("Réponse incomplète : la réponse du modèle de langue a été interrompue.",)


def test_a_stream_that_breaks_off_before_its_first_sentence_gives_the_extracts(ask: Asking):
    with FakeLLM(Turn(pieces=["Macron et ", "Poutine"], cut_after=2)) as server:
        pieces, answer = streamed(ask, server)
    assert answer.text == extracts(ask).text
    assert "".join(pieces).strip() == answer.text
    assert answer.notes == ("Réponse faite d'extraits : la réponse du modèle de langue a été interrompue.",)


@pytest.mark.parametrize(
    ("turn", "note"),
    [
        (Turn(status=401), "le modèle de langue refuse la clé d'accès"),
        (Turn(status=404), "le modèle de langue demandé n'existe pas à cette adresse"),
        (Turn(status=429, headers={"Retry-After": "99"}), "le modèle de langue n'accepte plus de requêtes"),
        (Turn(status=500, headers={"Retry-After": "0"}), "le serveur du modèle de langue est en panne"),
        (Turn(status=400), "le modèle de langue a refusé la requête"),
        (Turn(raw=b"data: {\n\n"), "la réponse du modèle de langue est illisible"),
        (Turn("", headers={}), "le modèle de langue n'a rien répondu"),
    ],
)
def test_when_the_model_fails_the_extracts_answer_and_a_note_says_why(ask: Asking, turn: Turn, note: str):
    with FakeLLM(turn) as server:
        pieces, answer = streamed(ask, server)
    assert (answer.text, answer.citations) == (extracts(ask).text, extracts(ask).citations)
    assert "".join(pieces).strip() == answer.text
    assert len(answer.notes) == 1
    assert answer.notes[0].startswith(f"Réponse faite d'extraits : {note}")


def test_the_note_is_in_the_questions_language(ask: Asking):
    answer = ask("When did Macron and Poutine speak?", Turn(status=401))
    assert answer.notes == ("This answer is made of extracts: the language model refuses the API key.",)


def test_nobody_listening_gives_the_extracts(ask: Asking):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with FakeLLM() as unused:
        answer = ask.with_model(unused, llm_url=url).ask(WHEN)
    assert answer.text == extracts(ask).text
    assert answer.notes == ("Réponse faite d'extraits : le modèle de langue est injoignable.",)


def test_a_silent_server_gives_the_extracts_in_time(ask: Asking):
    with FakeLLM(Turn(BOTH, first_delay=60)) as server:
        began = time.monotonic()
        answer = ask.with_model(server, llm_timeout=0.3).ask(WHEN)
    assert answer.notes == ("Réponse faite d'extraits : le modèle de langue n'a pas répondu à temps.",)
    assert time.monotonic() - began < 30


def test_ollama_answers_by_its_own_protocol(ask: Asking):
    with FakeLLM(BOTH) as server:
        answer = ask.with_model(server, llm="ollama/tiny", llm_url=server.url).ask(WHEN)
    assert server.asked[0].path == "/api/chat"
    assert len(answer.sentences) == 2


def test_threads_may_ask_at_once(ask: Asking):
    with FakeLLM(Turn(BOTH, delay=0.01)) as server:
        archive = ask.with_model(server)
        with ThreadPoolExecutor(4) as pool:
            texts = {answer.text for answer in pool.map(archive.ask, [WHEN] * 8)}
    assert texts == {f"{ONE}. {TWO}."}


def test_a_conversation_asks_the_model_too(ask: Asking):
    with FakeLLM(BOTH) as server:
        chat = ask.with_model(server).chat()
        assert chat.ask(WHEN).text == f"{ONE}. {TWO}."
        assert chat.history[0].notes == ()


def test_a_model_that_cannot_be_named_so_is_refused_when_the_archive_is_opened(ask: Asking):
    with pytest.raises(SettingsError, match="ollama/NAME"):
        Archive.open(ask.archive.settings.store, embedder=HashedWords(dimension=256), llm="tiny")
