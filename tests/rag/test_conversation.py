"""Conversations over a small archive, with and without a language model, and an archive that many ask at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from rag import Answer, Archive
from rag.followups import make_whole
from rag.rewriting import sound
from tests.fake_llm import FakeLLM, Turn
from tests.rag.generated import Asking
from tests.rag.made import article, made

TEXTS = [
    article(
        "Le pont Nord de Sauvy inauguré",
        "Le pont Nord de Sauvy a coûté 14 millions d'euros. Il a été inauguré le 12 mars 2022 par la maire Anne Roux.\n"
        "Le chantier du pont Nord a duré trois ans en raison d'une crue.",
        date="2022-03-13",
        comments=[{"id": "1", "author": "Lia", "text": "Le pont Nord, quelle bonne idée."}],
    ),
    article(
        "Le pont Sud de Sauvy ouvre",
        "Le pont Sud de Sauvy a coûté 9 millions d'euros. Il a été inauguré le 4 juin 2023.",
        date="2023-06-05",
    ),
    article(
        "Anne Roux à Orvel",
        "Anne Roux a rencontré le préfet Luc Abel à Orvel le 3 avril 2024.\n"
        "Anne Roux avait rencontré le préfet Luc Abel le 9 mai 2021 à Sauvy.",
        date="2024-04-04",
    ),
    article("La gare de Malconche", "La gare de Malconche n'a pas fermé en 2023.", date="2023-09-01"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with made(tmp_path_factory.mktemp("talks"), TEXTS) as opened:
        yield opened


def talk(archive: Archive, *questions: str) -> Answer:
    chat = archive.chat()
    return [chat.ask(question) for question in questions][-1]


def test_another_thing_is_asked_for_in_the_same_words(archive: Archive) -> None:
    answer = talk(archive, "Combien a coûté le pont Nord ?", "Et le pont Sud ?")
    assert answer.question == "Combien a coûté le pont Sud ?"
    assert answer.short == "9 millions d'euros"


def test_how_a_follow_up_was_understood_is_shown(archive: Archive) -> None:
    answer = talk(archive, "Combien a coûté le pont Nord ?", "Et le pont Sud ?")
    assert answer.notes[0] == "Question comprise ainsi : «\u00a0Combien a coûté le pont Sud ?\u00a0»"
    assert talk(archive, "Combien a coûté le pont Nord ?").notes == ()


def test_why_and_how_long(archive: Archive) -> None:
    answer = talk(archive, "Combien de temps a duré le chantier du pont Nord ?", "Pourquoi ?")
    assert "crue" in answer.text


def test_the_time_before_that(archive: Archive) -> None:
    first, second = "Quand Anne Roux a-t-elle rencontré Luc Abel pour la dernière fois ?", "Et avant ça ?"
    assert talk(archive, first).short == "3 avril 2024"
    answer = talk(archive, first, second)
    assert answer.short == "9 mai 2021"
    assert "avant le 3 avril 2024" in answer.question


def test_readers_of_what_was_spoken_of(archive: Archive) -> None:
    answer = talk(archive, "Combien a coûté le pont Nord de Sauvy ?", "Qu'en disent les lecteurs ?")
    assert [citation.kind for citation in answer.citations] == ["comment"]


def test_a_new_subject_drops_the_old_one(archive: Archive) -> None:
    answer = talk(archive, "Combien a coûté le pont Nord ?", "La gare de Malconche a-t-elle fermé ?")
    assert answer.question == "La gare de Malconche a-t-elle fermé ?"
    assert {citation.article.title for citation in answer.citations} == {"La gare de Malconche"}


def test_a_wrong_figure_in_a_follow_up_is_put_right(archive: Archive) -> None:
    answer = talk(archive, "Combien a coûté le pont Nord ?", "Pourquoi a-t-il coûté 20 millions d'euros ?")
    assert answer.abstained
    assert "14 millions d'euros" in answer.text
    assert answer.citations[0].quote == "Le pont Nord de Sauvy a coûté 14 millions d'euros."


def test_a_right_figure_in_a_follow_up_is_left_alone(archive: Archive) -> None:
    answer = talk(
        archive, "Combien a coûté le pont Nord ?", "Quand ce pont de 14 millions d'euros a-t-il été inauguré ?"
    )
    assert answer.short == "12 mars 2022"


def test_what_was_denied_is_not_taken_for_granted(archive: Archive) -> None:
    answer = talk(
        archive,
        "La gare de Malconche a-t-elle fermé en 2023 ?",
        "Pourquoi la gare de Malconche a-t-elle fermé en 2023 ?",
    )
    assert answer.abstained
    assert "n'a pas fermé" in answer.text


def test_what_was_not_found_is_not_adopted(archive: Archive) -> None:
    answer = talk(archive, "Quand Anne Roux a-t-elle rencontré Xi Jinping ?", "Et où ?")
    assert answer.abstained


def test_a_conversation_that_is_reset_begins_anew(archive: Archive) -> None:
    chat = archive.chat()
    chat.ask("Combien a coûté le pont Nord ?")
    chat.reset()
    assert chat.whole("Et le pont Sud ?") == "Et le pont Sud ?"


def test_a_stream_remembers_too(archive: Archive) -> None:
    chat = archive.chat()
    list(chat.stream("Combien a coûté le pont Nord ?"))
    *_, last = chat.stream("Et le pont Sud ?")
    assert isinstance(last, Answer)
    assert last.short == "9 millions d'euros"


def asked_with(archive: Archive, *script: Turn | str) -> tuple[str, int]:
    """The second question as it was understood with a model that replies by a script, and how often it was asked."""
    with FakeLLM(*script) as server:
        chat = Asking(archive).with_model(server).chat()
        chat.history.append(archive.ask("Combien a coûté le pont Nord de Sauvy ?"))
        return chat.whole("Et quand a-t-il été inauguré ?"), len(server.asked)


def test_a_language_model_may_word_the_whole_question(archive: Archive) -> None:
    wording = "Quand le pont Nord de Sauvy a-t-il été inauguré ?"
    assert asked_with(archive, wording) == (wording, 1)


@pytest.mark.parametrize(
    "reply",
    [
        "Quand le pont Nord de Lormelle a-t-il été inauguré ?",  # a name from nowhere
        "Quand le pont Nord de Sauvy a-t-il été inauguré en 1987 ?",  # a year from nowhere
        "When was the northern bridge of Sauvy opened?",  # another language
        "Voici la question :\nQuand le pont a-t-il été inauguré ?",
        Turn(status=401),
    ],
)
def test_a_wording_that_brings_something_of_its_own_gives_way_to_the_rules(archive: Archive, reply: str | Turn) -> None:
    told, _ = asked_with(archive, reply)
    before = archive.ask("Combien a coûté le pont Nord de Sauvy ?")
    assert told == make_whole("Et quand a-t-il été inauguré ?", before).text


def test_a_question_that_stands_alone_is_not_sent_to_the_model(archive: Archive) -> None:
    with FakeLLM("Autre chose ?") as server:
        chat = Asking(archive).with_model(server).chat()
        chat.history.append(archive.ask("Combien a coûté le pont Nord ?"))
        assert chat.whole("La gare de Malconche a-t-elle fermé ?") == "La gare de Malconche a-t-elle fermé ?"
        assert server.asked == []


def test_the_names_of_a_follow_up_may_not_be_lost() -> None:
    history = [Answer("Quand Roux a-t-elle rencontré Abel ?", "", "fr")]
    assert sound("Quand Roux a-t-elle rencontré Martin ?", "Et avec Martin ?", history)
    assert not sound("Quand Roux a-t-elle rencontré Abel ?", "Et avec Martin ?", history)


def test_asking_in_an_event_loop(archive: Archive) -> None:
    async def both() -> list[Answer]:
        questions = ("Combien a coûté le pont Nord ?", "Combien a coûté le pont Sud ?")
        return list(await asyncio.gather(*(archive.aask(question, kind="article") for question in questions)))

    assert [answer.short for answer in asyncio.run(both())] == ["14 millions d'euros", "9 millions d'euros"]


def test_sixteen_threads_ask_one_archive_different_things(archive: Archive) -> None:
    questions = [
        "Combien a coûté le pont Nord ?",
        "Combien a coûté le pont Sud ?",
        "Quand Anne Roux a-t-elle rencontré Luc Abel pour la dernière fois ?",
        "Que pensent les lecteurs du pont Nord ?",
        "La gare de Malconche a-t-elle fermé en 2023 ?",
        "Quand Anne Roux a-t-elle rencontré Xi Jinping ?",
    ]
    expected = {question: archive.ask(question) for question in questions}
    many = questions * 8
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(archive.ask, many)) == [expected[question] for question in many]


def test_sixteen_conversations_at_once_do_not_mix(archive: Archive) -> None:
    def second(number: int) -> str | None:
        one, other = ("Nord", "Sud") if number % 2 else ("Sud", "Nord")
        return talk(archive, f"Combien a coûté le pont {one} ?", f"Et le pont {other} ?").short

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(second, range(16)))
    assert found == ["9 millions d'euros" if number % 2 else "14 millions d'euros" for number in range(16)]
