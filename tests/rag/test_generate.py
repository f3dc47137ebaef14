"""What a generated answer may say: only what the passages it cites bear out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Archive
from tests.fake_llm import obedient
from tests.rag.generated import INJECTED, Asking, build, citing
from tests.support import HashedWords

CALL = "au téléphone mardi"
BRIDGE = "reconstruction du pont"
WHEN = "Quand Macron a-t-il parlé à Poutine ?"
COST = "Combien coûtera le pont de Valmont ?"
OPINION = "Que pensent les lecteurs de l'appel de Macron à Poutine ?"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    embedder = HashedWords(dimension=256)
    with Archive.open(build(tmp_path_factory.mktemp("generated"), embedder), embedder=embedder) as archive:
        yield Asking(archive)


def test_a_supported_sentence_is_given_with_the_words_it_rests_on(ask: Asking):
    answer = ask(WHEN, citing("Macron et Poutine se sont parlé en juillet 2025 [{call}].", call=CALL))
    assert answer.text == "Macron et Poutine se sont parlé en juillet 2025."
    (citation,) = answer.citations
    assert citation.quote.startswith("Emmanuel Macron et Vladimir Poutine se sont parlé")
    assert ask.archive.text_of(citation)[citation.start : citation.end] == citation.quote
    assert answer.sentences[0].citations == (0,)
    assert (answer.notes, answer.abstained, answer.as_of) == ((), False, "2025-07-02")


def test_an_invented_citation_is_dropped_and_the_others_stay(ask: Asking):
    answer = ask(WHEN, citing("Macron et Poutine se sont parlé en juillet 2025 [{call}][99].", call=CALL))
    assert len(answer.citations) == 1


def test_a_citation_of_a_passage_on_something_else_is_dropped(ask: Asking):
    reply = "Macron et Poutine se sont parlé au téléphone en juillet 2025 [{call}][{bridge}]."
    answer = ask("Quand Macron a-t-il parlé à Poutine, et du pont ?", citing(reply, call=CALL, bridge=BRIDGE))
    assert [citation.article.title for citation in answer.citations] == ["Macron et Poutine se sont parlé"]


@pytest.mark.parametrize(
    "added",
    [
        "Ils se sont parlé en mars 2031 [{call}].",
        "Ils se sont parlé le 2 juillet 2024 [{call}].",
        "L'appel entre les présidents a duré trois heures [{call}].",
        "L'appel entre les présidents a duré deux minutes [{call}].",
        "Donald Trump a parlé au téléphone à Poutine [{call}].",
        "Brigitte Macron a parlé au téléphone à Poutine [{call}].",
        "Zelensky s'est joint à l'appel des deux présidents [{call}].",
        "Les présidents ont discuté du nucléaire iranien à Genève [{call}].",
        "L'appel a coûté 300 euros à l'Élysée [{call}].",
        "Macron et Poutine ne se sont pas parlé au téléphone [{call}].",
        "Le Kremlin a confirmé la date d'un prochain appel [{call}].",
        "Les chats dorment volontiers au soleil [{call}].",
        "Macron et Poutine se sont parlé au téléphone [99].",
        "Macron et Poutine se sont parlé au téléphone.",
    ],
)
def test_what_the_cited_passages_do_not_say_is_left_out_with_a_note(ask: Asking, added: str):
    kept = "Macron et Poutine se sont parlé en juillet 2025 [{call}]."
    answer = ask(WHEN, citing(f"{kept} {added}", call=CALL))
    assert answer.text == "Macron et Poutine se sont parlé en juillet 2025."
    assert answer.notes == ("Une phrase du modèle de langue, que ses sources n'appuient pas, a été écartée.",)


@pytest.mark.parametrize(
    "sentence",
    [
        "La reconstruction du pont de Valmont coûtera 12,5 millions d'euros [{bridge}].",
        "La reconstruction du pont de Valmont coûtera 12 500 000 euros [{bridge}].",
        "Le conseil de Valmont a voté la reconstruction du pont, et la maire a eu 62 pour cent des voix [{bridge}].",
        "Le chantier du pont doit durer 14 mois [{bridge}].",
        "Le pont est à reconstruire, a voté le conseil municipal le 4 mars 2024 [{bridge}].",
        "Selon le passage {bridge}, la reconstruction du pont coûtera 12,5 millions d'euros [{bridge}].",
    ],
)
def test_figures_and_dates_may_be_written_otherwise(ask: Asking, sentence: str):
    answer = ask(COST, citing(sentence, bridge=BRIDGE))
    assert answer.notes == ()
    assert len(answer.sentences) == 1
    assert "passage" not in answer.text


def test_whom_the_question_is_about_must_be_named_in_the_source(ask: Asking):
    answer = ask(
        "Quand Macron a-t-il parlé à Xi Jinping ?", citing("En juillet 2025, au téléphone [{call}].", call=CALL)
    )
    assert answer.abstained
    assert "2025" not in (answer.short or "")


@pytest.mark.parametrize("reply", ["NO_ANSWER", "no_answer.", "**NO_ANSWER**", "NO ANSWER", "NO_ANSWER\nI am sorry."])
def test_a_model_that_finds_no_answer_makes_an_abstention_in_the_questions_language(ask: Asking, reply: str):
    answer = ask(WHEN, reply)
    assert answer.abstained
    assert answer.reason == answer.text
    assert answer.text.startswith("L'archive ne permet pas de répondre. Recherché : «\u00a0Macron\u00a0»")
    assert answer.citations == ()


def test_a_lone_yes_goes_with_the_sentence_that_bears_it_out(ask: Asking):
    answer = ask(
        "Macron a-t-il parlé à Poutine en 2025 ?",
        citing("Oui. Macron et Poutine se sont parlé au téléphone en juillet 2025 [{call}].", call=CALL),
    )
    assert answer.text == "Oui. Macron et Poutine se sont parlé au téléphone en juillet 2025."
    assert answer.notes == ()


def test_a_remark_bears_out_no_fact(ask: Asking):
    answer = ask(OPINION.replace("Que pensent les lecteurs de", "À quoi servira"), obedient)
    assert all(citation.kind == "article" for citation in answer.citations)


def test_opinions_are_told_as_readers_opinions(ask: Asking):
    answer = ask(OPINION, citing("Macron perd son temps avec Poutine [{remark}].", remark="perd son temps"))
    assert answer.text == "Selon un lecteur : Macron perd son temps avec Poutine."
    assert [citation.kind for citation in answer.citations] == ["comment"]
    assert answer.citations[0].comment is not None


def test_an_opinion_that_is_told_as_one_stays_as_it_is(ask: Asking):
    reply = "Un lecteur pense que Macron perd son temps avec Poutine [{remark}]."
    answer = ask(OPINION, citing(reply, remark="perd son temps"))
    assert answer.text == "Un lecteur pense que Macron perd son temps avec Poutine."


@pytest.mark.parametrize("question", [WHEN, OPINION])
@pytest.mark.parametrize("source", ["perd son temps", "consignes précédentes", CALL])
def test_a_model_that_obeys_a_remark_is_not_believed(ask: Asking, question: str, source: str):
    def obeys(prompt: str) -> str:
        said = obedient(prompt) if INJECTED in prompt else f"{INJECTED} [1]"
        assert INJECTED in said
        return said.replace("[1]", citing("[{n}]", n=source)(prompt) if source in prompt else "[1]")

    answer = ask(question, obeys)
    assert INJECTED not in (answer.short or "")
    assert not any(sentence.text.startswith(INJECTED) for sentence in answer.sentences)
    assert answer.notes


def test_the_filter_on_remarks_makes_a_question_one_of_opinions(ask: Asking):
    reply = citing("Ce pont est trop cher pour Valmont [{remark}].", remark="trop cher")
    answer = ask("Le pont de Valmont est-il trop cher ?", reply, kind="comment")
    assert answer.text == "Selon un lecteur : Ce pont est trop cher pour Valmont."
