"""Whose word a sentence of an article is."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answer.document import Document
from rag.answer.voices import Voice, is_opinion, speaker_of, voice_of
from rag.text import Span, sentences
from rag.types import UNKNOWN_DATE, ArticleRef, Language
from tests.rag.made import article, made


def voice(text: str, holding: str, language: Language = "fr") -> Voice | None:
    """The voice of the sentence that holds some words."""
    place = text.index(holding)
    span = next(s for s in sentences(text, language) if s.start <= place < s.end)
    return speaker_of(text, span.start, span.end, language)


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Le choc s'est produit à 7 h 55, selon la préfecture.", "la préfecture"),
        ("D'après l'Élysée, rien n'est signé.", "l'Élysée"),
        ("« Il n'y a aucun danger », affirme Thibaud Nercy, directeur du site.", "Thibaud Nercy"),
        ("« On s'est trompé », ironise la maire de Sauvy, Anne Roux, qui persiste.", "la maire de Sauvy, Anne Roux"),
        ("Le silence, a écrit Paul Ferrand, est une réponse.", "Paul Ferrand"),
        ("Le porte-parole du port, Luc Abel, a déclaré que le quai rouvrirait.", "Le porte-parole du port, Luc Abel"),
        ("Mardi, le maire a affirmé : « Rien n'est décidé. »", "le maire"),
        ("“A screen can fail,” says Maeve.", "Maeve"),
        ("“We were never told,” said union leader Sami Rekik.", "union leader Sami Rekik"),
        ("“We won,” the minister said on Tuesday.", "the minister"),
        ("The mayor said that the bridge would reopen.", "The mayor"),
        ("Five ships were late, according to harbour master Solenn Ruiz.", "harbour master Solenn Ruiz"),
    ],
)
def test_a_sentence_that_names_its_speaker(sentence: str, who: str) -> None:
    found = speaker_of(sentence, 0, len(sentence), "fr" if "’" not in sentence and "said" not in sentence else "en")
    assert found is not None
    assert (found.who, found.told) == (who, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le conseil a voté la fermeture du pont pour mai.",
        "Le tarif varie selon les cas.",
        "Le film « La nuit des longs couteaux » sort mercredi.",
        "Le maire y voit un « gâchis ».",
        "The council voted to close the bridge in May.",
    ],
)
def test_plain_reporting_has_no_speaker(sentence: str) -> None:
    assert speaker_of(sentence, 0, len(sentence), "fr") is None


def test_a_pronoun_is_the_only_person_named_before_it_in_its_paragraph() -> None:
    text = "La maire de Sauvy, Anne Roux, est en colère. « C'est une faute grave de l'exploitant », dit-elle."
    found = voice(text, "faute")
    assert found is not None
    assert (found.who, found.told) == ("La maire de Sauvy, Anne Roux", False)


def test_an_english_pronoun_too() -> None:
    text = "The mayor, John Brown, was furious. “We were never told about the plan,” he said."
    found = voice(text, "never told", "en")
    assert found is not None
    assert found.who == "The mayor, John Brown"


def test_a_pronoun_that_may_mean_two_persons_is_unclear() -> None:
    text = "Paul Ferrand et Jean Roux se sont vus lundi. « C'est une faute grave de l'exploitant », dit-il."
    assert voice(text, "faute") == Voice("speaker", None, spans=(Span(45, 86),))


def test_gender_decides_between_two_persons_where_the_words_show_it() -> None:
    text = "M. Ferrand et Mme Roux se sont vus lundi. « C'est une faute grave de l'exploitant », dit-elle."
    found = voice(text, "faute")
    assert found is not None
    assert found.who == "Mme Roux"


def test_a_person_of_the_paragraph_before_is_not_taken_for_the_pronoun() -> None:
    text = "Anne Roux est en colère.\n« C'est une faute grave de l'exploitant », dit-elle."
    found = voice(text, "faute")
    assert found is not None
    assert found.who is None


def test_a_long_quotation_is_its_speakers_sentence_by_sentence() -> None:
    middle = "L'eau a monté d'un mètre en une heure et personne n'avait prévenu les habitants du bas du village. " * 5
    text = f"« Nous n'avons jamais vu pareille crue. {middle}Il faut que cela change », a déclaré la préfète Anne Roux."
    found = voice(text, "jamais vu")
    assert found is not None
    assert (found.who, found.told) == ("la préfète Anne Roux", False)


def test_a_quotation_that_nobody_signs_is_unclear() -> None:
    found = voice("« Personne ne nous a prévenus cette nuit-là. » Le bourg est vide.", "Personne")
    assert found is not None
    assert found.who is None


def test_turns_of_an_interview_belong_to_the_name_or_the_initials_they_begin_with() -> None:
    text = (
        "Le Fanal : Quand ouvrira la piscine ?\nMireille Castel : Elle rouvrira avant Noël.\n"
        "Et la cantine ?\nM. C. : Je l'ai promise."
    )
    found = voice(text, "promise")
    assert found is not None
    assert found.who == "Mireille Castel"


def test_of_two_speakers_in_a_sentence_a_figure_is_the_one_behind_it() -> None:
    text = "Ils étaient 1 900 selon la préfecture, 4 200 selon les organisateurs."
    for figure, who in (("1 900", "la préfecture"), ("4 200", "les organisateurs")):
        at = Span(text.index(figure), text.index(figure) + len(figure))
        found = speaker_of(text, 0, len(text), "fr", at)
        assert found is not None
        assert found.who == who


def ref(title: str = "Le pont", url: str | None = None, source: str = "a.txt") -> ArticleRef:
    return ArticleRef("id", title, UNKNOWN_DATE, source, outlet="La Tribune du Ponant", url=url)


@pytest.mark.parametrize(
    ("title", "text", "url"),
    [
        ("Éditorial : le pont de trop", "Il faut en finir.", None),
        ("Le pont de trop | Opinion", "Il faut en finir.", None),
        ("Le pont de trop", "L’éditorial de La Tribune du Ponant\nIl faut en finir.", None),
        ("Le pont de trop", "Tribune\nIl faut en finir.", None),
        ("A bridge too far", "The Herald’s leader\nEnough.", None),
        ("Le pont de trop", "Il faut en finir.", "https://example.org/opinions/2024/le-pont"),
    ],
)
def test_a_piece_that_calls_itself_opinion_is_one(title: str, text: str, url: str | None) -> None:
    assert is_opinion(ref(title, url), text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("L'opinion publique se retourne", "Un sondage le dit."),
        ("Un pont pour La Tribune", "La Tribune du Ponant fête ses vingt ans."),
        ("Chronique d'une crue annoncée au tribunal", "L'opinion du juge est faite."),
    ],
)
def test_the_word_alone_makes_no_opinion_piece(title: str, text: str) -> None:
    assert not is_opinion(ref(title), text)


def test_a_speaker_in_an_opinion_piece_is_heard_before_the_outlet() -> None:
    text = "Le pont coûte trop. Le maire a dit que tout irait bien."
    document = Document("id", text, ref("Éditorial : le pont"))
    own, quoted = (voice_of(document, span.start, span.end, "fr") for span in sentences(text))
    assert own is not None
    assert own.kind == "outlet"
    assert quoted is not None
    assert quoted.who == "Le maire"


def test_an_answer_says_who_said_what_it_quotes(tmp_path: Path) -> None:
    text = (
        "La directrice du port, Anne Sorel, ne cache pas son inquiétude. "
        "« Le dragage du chenal coûtera neuf millions d'euros », prévient-elle. Les travaux commencent en juin."
    )
    with made(tmp_path, [article("Le chenal du port s'envase", text)]) as archive:
        answer = archive.ask("Combien coûtera le dragage du chenal ?")
    assert answer.text.startswith("Neuf millions d'euros, selon la directrice du port, Anne Sorel.")
    assert "Le Fanal, 2 mai 2024 (selon la directrice du port, Anne Sorel) :" in answer.text


def test_an_opinion_pieces_judgement_is_told_as_its_outlets(tmp_path: Path) -> None:
    text = "La fermeture du chenal du port serait une faute, car elle priverait la ville de ses navires."
    with made(tmp_path, [article("Éditorial : un port sans navires", text)]) as archive:
        answer = archive.ask("Pourquoi la fermeture du chenal serait-elle une faute ?")
    assert not answer.abstained
    assert "Le Fanal, 2 mai 2024 (texte d'opinion) :" in answer.text
