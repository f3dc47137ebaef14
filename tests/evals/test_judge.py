"""The judge check by check: what each refuses, and what it must let pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evals.judge import Cited, Claim, Judge, Source, Verdict
from evals.judge.model import parse_verdict
from rag.embedding import load_embedder
from rag.errors import LanguageModelError
from rag.types import PublicationDate

PUBLISHED = PublicationDate("2024-05-15", "day", "metadata")
TEXT = (
    "Le conseil municipal de Brévanne a voté mardi la construction d'une passerelle sur l'Oure. "
    "Le chantier coûtera 3,2 millions d'euros et durera dix-huit mois. "
    "La maire, Hélène Castaing, n'a pas exclu un référendum. "
    "Selon le syndicat des bateliers, la passerelle gênera 40 péniches par jour."
)
SOURCE = Source(TEXT, published=PUBLISHED, title="Une passerelle sur l'Oure", outlet="L'Écho")


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(load_embedder("bundled"))


def said(judge: Judge, text: str, source: Source = SOURCE, **more: object) -> Verdict:
    return judge.verdict(replace(Claim(text, (Cited.whole(source),)), **more))


# Citation structure and quotes


@pytest.mark.parametrize(
    "cited",
    [
        Cited(None, "Le chantier", 0, 11),
        Cited(SOURCE, "Le conseil", 5, 15),
        Cited(SOURCE, "Le conseil", 0, 9_000),
        Cited(SOURCE, "Le conseil", 10, 0),
        Cited(SOURCE, "Le conseill", 0, 11),
        Cited(SOURCE, "", 0, 0),
    ],
    ids=["no such text", "wrong place", "out of range", "backwards", "edited", "empty"],
)
def test_a_citation_that_does_not_stand_supports_nothing(judge: Judge, cited: Cited):
    found = judge.verdict(Claim("Le conseil municipal a voté une passerelle.", (cited,)))
    assert (found.kind, found.check) == ("not found", "structure")


def test_one_broken_citation_spoils_a_claim(judge: Judge):
    cited = (Cited.whole(SOURCE), Cited(SOURCE, "Le chantier", 1, 12))
    assert judge.verdict(Claim("Le chantier coûtera 3,2 millions d'euros.", cited)).check == "structure"


def test_nothing_cited_and_nothing_said_are_not_found(judge: Judge):
    assert judge.verdict(Claim("Le chantier coûtera 3,2 millions d'euros.")).kind == "not found"
    assert said(judge, " [1] ").kind == "not found"


@pytest.mark.parametrize(
    "text",
    [
        "L’Écho, 15 mai 2024 : « La maire, Hélène Castaing, n’a pas exclu un référendum. »",
        "L'Écho, 15 May 2024: “La maire, Hélène Castaing, n'a pas exclu un référendum.”",
        "Le chantier « coûtera 3,2 millions d'euros […] dix-huit mois ».",
    ],
)
def test_a_quotation_stands_letter_by_letter_whatever_its_marks(judge: Judge, text: str):
    assert said(judge, text).passed


def test_a_quotation_with_one_word_changed_is_refused(judge: Judge):
    found = said(judge, "La maire « n'a pas refusé un référendum ».")
    assert found.check == "quote"
    assert found.spans[0].text == "n'a pas refusé un référendum"


def test_a_quotation_of_another_sentence_than_the_one_cited_is_refused(judge: Judge):
    at = TEXT.index("Le chantier")
    cited = Cited(SOURCE, TEXT[at : at + 40], at, at + 40)
    assert not judge.verdict(Claim("« La maire, Hélène Castaing, n'a pas exclu un référendum. »", (cited,))).passed


# Typed values


@pytest.mark.parametrize(
    "text",
    [
        "Le chantier coûtera 3 200 000 euros.",
        "The works will cost 3.2 million euros and take eighteen months.",
        "Le chantier durera 18 mois.",
        "Le chantier coûtera plus de 3 millions d'euros.",
        "Le chantier coûtera environ 3,3 millions d'euros.",
    ],
)
def test_a_figure_may_be_written_in_any_way(judge: Judge, text: str):
    assert said(judge, text).passed


@pytest.mark.parametrize(
    "text",
    [
        "Le chantier coûtera 4,2 millions d'euros.",
        "The works will cost 3.2 million dollars.",
        "Le chantier durera dix-huit semaines.",
        "Le chantier coûtera moins de 3 millions d'euros.",
        "Le chantier coûtera 3,2 %.",
    ],
)
def test_another_figure_or_unit_is_refused(judge: Judge, text: str):
    found = said(judge, text)
    assert (found.passed, found.check) == (False, "number")


def test_a_figure_that_counts_something_else_contradicts(judge: Judge):
    source = Source("L'incendie a détruit 36 bateaux et 4 maisons.")
    assert said(judge, "L'incendie a détruit 36 bateaux.", source).passed
    assert said(judge, "L'incendie a détruit 4 bateaux.", source).kind == "contradicted"


def test_a_derived_value_passes_when_it_is_declared(judge: Judge):
    text = "Le chantier coûtera 3,2 millions d'euros et durera 1,5 ans."
    assert not said(judge, text).passed
    assert said(judge, text, derived=("1,5 ans",)).passed


@pytest.mark.parametrize("when", ["mardi", "le 14 mai 2024", "en mai 2024", "en 2024"])
def test_a_date_counts_from_the_day_of_publication_and_may_say_less(judge: Judge, when: str):
    assert said(judge, f"Le conseil municipal de Brévanne a voté {when} la construction d'une passerelle.").passed


@pytest.mark.parametrize("when", ["lundi", "le 15 mai 2024", "le 14 mai 2023", "en avril 2024", "en 2023"])
def test_another_date_contradicts(judge: Judge, when: str):
    found = said(judge, f"Le conseil municipal de Brévanne a voté {when} la construction d'une passerelle.")
    assert (found.kind, found.check) == ("contradicted", "date")


def test_a_date_more_precise_than_its_source_is_not_found(judge: Judge):
    source = Source("Le pont a rouvert en juillet 2025.", published=PublicationDate("2025-08-02", "day", "metadata"))
    assert said(judge, "Le pont a rouvert en juillet 2025.", source).passed
    assert said(judge, "Le pont a rouvert le 3 juillet 2025.", source).kind == "not found"


def test_a_date_of_another_event_of_the_same_sentence_contradicts(judge: Judge):
    source = Source("Le musée a fermé ses portes le 3 mars 2021, et la piscine a rouvert le 5 juin 2022.")
    assert said(judge, "La piscine a rouvert le 5 juin 2022.", source).passed
    assert said(judge, "La piscine a rouvert le 3 mars 2021.", source).kind == "contradicted"


def test_the_publication_day_that_heads_a_quotation_must_be_the_sources(judge: Judge):
    quote = "« Le chantier coûtera 3,2 millions d'euros et durera dix-huit mois. »"
    assert said(judge, f"L'Écho, 15 mai 2024 : {quote}").passed
    assert said(judge, f"L'Écho, 17 mai 2024 : {quote}").kind == "contradicted"


def test_the_day_that_the_archive_ends_on_is_the_one_given(judge: Judge):
    text = "La dernière mention dans l'archive (archive arrêtée au {}) : mardi 14 mai 2024."
    right, wrong = text.format("3 juin 2024"), text.format("9 juin 2024")
    question = "Quand le conseil municipal de Brévanne a-t-il voté la passerelle pour la dernière fois ?"
    assert said(judge, right, as_of=date(2024, 6, 3), question=question).passed
    assert not said(judge, wrong, as_of=date(2024, 6, 3), question=question).passed


@pytest.mark.parametrize(("language", "text"), [("fr", "archive arrêtée au 3 juin 2024"), ("en", "as of 3 June 2024")])
def test_the_as_of_day_is_told_in_either_language(judge: Judge, language: str, text: str):
    head = {"fr": "La dernière mention dans l'archive", "en": "The latest in the archive"}[language]
    tail = {"fr": " : mardi 14 mai 2024.", "en": ": 14 May 2024."}[language]
    question = "Quand le conseil municipal de Brévanne a-t-il voté la passerelle pour la dernière fois ?"
    claim = f"{head} ({text}){tail}"
    assert said(judge, claim, as_of=date(2024, 6, 3), question=question, language=language).passed
    assert not said(judge, claim, as_of=date(2024, 6, 4), question=question, language=language).passed
    assert not said(judge, claim, question=question, language=language).passed


def test_a_day_without_its_year_may_lie_ahead_of_the_day_of_publication(judge: Judge):
    source = Source(
        "Les puits seront rationnés à partir du 15 janvier.", published=PublicationDate("2024-01-08", "day", "metadata")
    )
    assert said(judge, "Les puits seront rationnés à partir du 15 janvier 2024.", source).passed
    assert not said(judge, "Les puits seront rationnés à partir du 15 janvier 2026.", source).passed


@pytest.mark.parametrize("name", ["Zelensky", "Zelenskyy", "Zelenskiy"])
def test_a_name_may_be_transcribed_in_any_way(judge: Judge, name: str):
    source = Source("Volodymyr Zelensky a parlé de la Turquie à Londres.")
    assert said(judge, f"{name} a parlé de la Turquie à Londres.", source).passed
    assert said(judge, f"{name} spoke of Turkey in London.", source).passed


@pytest.mark.parametrize("name", ["Sylvie Castaing", "Hélène Morand"])
def test_another_first_or_last_name_is_refused(judge: Judge, name: str):
    assert said(judge, f"La maire, {name}, n'a pas exclu un référendum.").check == "name"


def test_a_town_may_be_named_as_the_other_language_does(judge: Judge):
    source = Source("Le tableau volé au musée a été retrouvé à Anvers.")
    assert said(judge, "The painting stolen from the museum was found in Antwerp.", source).passed
    assert said(judge, "The painting stolen from the museum was found in Ghent.", source).check == "name"


# Stance


@pytest.mark.parametrize(
    "text",
    [
        "La maire, Hélène Castaing, a exclu un référendum.",
        "The mayor, Hélène Castaing, has ruled out a referendum.",
        "Le conseil municipal de Brévanne n'a pas voté la construction d'une passerelle.",
        "The town council of Brévanne rejected the footbridge.",
    ],
)
def test_what_the_source_denies_or_affirms_is_not_turned_round(judge: Judge, text: str):
    assert said(judge, text).kind == "contradicted"


def test_two_denials_make_none(judge: Judge):
    source = Source("Le maire n'a pas accepté la démission de son adjoint.")
    assert said(judge, "Le maire a refusé la démission de son adjoint.", source).passed


def test_opposite_words_contradict(judge: Judge):
    source = Source("Les ventes de la verrerie ont augmenté en 2024.")
    assert said(judge, "Les ventes de la verrerie ont baissé en 2024.", source).kind == "contradicted"


def test_first_is_not_last(judge: Judge):
    source = Source("C'est la première fois que le lac gèle.")
    assert said(judge, "It is the last time that the lake freezes.", source).kind == "contradicted"


def test_what_is_planned_has_not_happened(judge: Judge):
    source = Source("La mairie pourrait fermer la piscine municipale.")
    assert (
        said(judge, "La mairie pourrait fermer la piscine municipale en raison du froid.", source).check != "modality"
    )
    assert said(judge, "La mairie a fermé la piscine municipale.", source).check == "modality"


def test_somebodys_word_is_no_fact(judge: Judge):
    assert said(judge, "Selon le syndicat des bateliers, la passerelle gênera 40 péniches par jour.").passed
    assert said(judge, "La passerelle gênera 40 péniches par jour.").check == "attribution"
    assert not said(judge, "Selon la préfecture, la passerelle gênera 40 péniches par jour.").passed


def test_a_readers_remark_is_no_fact(judge: Judge):
    remark = Source("La passerelle a coûté neuf millions.", kind="comment", author="lecteur-7f3a")
    assert said(judge, "La passerelle a coûté neuf millions.", remark).check == "attribution"
    assert said(judge, "Un lecteur écrit : « La passerelle a coûté neuf millions. »", remark).passed


def test_only_so_much_is_no_denial(judge: Judge):
    source = Source("Le lac n'était plus rempli qu'à 41 % au début du mois d'août.")
    assert said(judge, "Le lac était rempli à 41 % au début du mois d'août.", source).passed
    source = Source("Le lac n'est plus rempli.")
    assert said(judge, "Le lac est rempli.", source).kind == "contradicted"


# Coverage and short answers


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Brévanne resigned.",
        "The mayor of Brévanne, Hélène Castaing, resigned on Tuesday.",
        "The mayor of Brévanne died.",
        "La maire de Brévanne a démissionné.",
        "La maire de Brévanne est réélue.",
    ],
)
def test_one_statement_on_a_known_person_that_no_passage_makes_does_not_pass(judge: Judge, text: str):
    source = Source("La maire de Brévanne, Hélène Castaing, a inauguré mardi la nouvelle école du quartier nord.")
    assert not said(judge, text, source).passed
    assert said(judge, "The mayor inaugurated a new school.", source).passed


@pytest.mark.parametrize(
    ("text", "right"), [("1999.", True), ("Istanbul.", True), ("1998.", False), ("Ankara.", False)]
)
def test_a_name_or_a_value_by_itself_stands_in_the_cited_sentence(judge: Judge, text: str, right: bool):
    source = Source(
        "Long de cent dix mètres, le navire que la compagnie voulait alors affecter aux croisières du soir fut "
        "construit à Istanbul en 1999, dans un chantier qui a fermé depuis et dont les grues rouillent sur la rive."
    )
    assert said(judge, text, source).passed is right


def test_the_words_of_a_date_need_not_be_the_sources(judge: Judge):
    source = Source("La mise en service n'interviendra pas en décembre, mais au début de 2025.")
    assert said(judge, "Early 2025.", source, question="When does the tram start running?", language="en").passed


@pytest.mark.parametrize(
    "text",
    [
        "Zorglub fnord blip xyzzy.",
        "Le volcan est entré en éruption hier soir.",
        "Hélène Castaing est née dans une famille de boulangers.",
        "Le conseil municipal de Brévanne a voté mardi la construction d'une passerelle, et le curé a béni les chevaux "
        "de la garde républicaine.",
    ],
)
def test_what_the_passages_do_not_speak_of_does_not_pass(judge: Judge, text: str):
    assert not said(judge, text).passed


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        ("Combien coûtera la passerelle ?", "3,2 millions d'euros.", True),
        ("How much will the footbridge cost?", "3.2 million euros.", True),
        ("Combien coûtera la passerelle ?", "3,4 millions d'euros.", False),
        ("Qui est la maire ?", "Hélène Castaing.", True),
        ("Qui est la maire ?", "Sylvie Morand.", False),
        ("Quand le conseil a-t-il voté ?", "14 mai.", True),
        ("Quand le conseil a-t-il voté ?", "16 mai.", False),
        ("Le conseil municipal de Brévanne a-t-il voté la construction d'une passerelle ?", "Oui.", True),
        ("Le conseil municipal de Brévanne a-t-il voté la construction d'une passerelle ?", "Non.", False),
        ("La maire Hélène Castaing a-t-elle exclu un référendum ?", "Non.", True),
        ("La maire Hélène Castaing a-t-elle exclu un référendum ?", "Oui.", False),
    ],
)
def test_an_answer_of_a_few_words_is_read_with_its_question(judge: Judge, question: str, answer: str, right: bool):
    assert said(judge, answer, question=question).passed is right


def test_a_verdict_names_the_places_it_rests_on(judge: Judge):
    found = said(judge, "Le chantier coûtera 4,2 millions d'euros.")
    claim, source = found.spans
    assert (claim.side, claim.text) == ("claim", "4,2 millions")
    assert (source.side, TEXT[source.start : source.end]) == ("source", "3,2 millions")


# Models


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("VERDICT: SUPPORTED", "supported"),
        ("\nVERDICT: CONTRADICTED\n", "contradicted"),
        ("VERDICT: NOT_FOUND", "not found"),
        ("No. I cannot say yes", "undecided"),
        ("yes", "undecided"),
        ("SUPPORTED", "undecided"),
        ("verdict: supported", "undecided"),
        ("VERDICT: SUPPORTED or CONTRADICTED", "undecided"),
        ("VERDICT: SUPPORTED\nVERDICT: CONTRADICTED", "undecided"),
        ("VERDICT: NOT SUPPORTED", "undecided"),
        ("VERDICT: SUPPORTED.", "undecided"),
        ("The claim is false. VERDICT: SUPPORTED", "undecided"),
        ("", "undecided"),
    ],
)
def test_a_reply_is_one_verdict_in_the_form_asked_for_or_none(reply: str, kind: str):
    assert parse_verdict(reply) == kind


class Model:
    """Replies what it was made to reply, and keeps what it was asked."""

    def __init__(self, reply: str) -> None:
        self.answer, self.asked = reply, list[str]()

    def reply(self, prompt: str) -> str:
        self.asked.append(prompt)
        if not self.answer:
            raise LanguageModelError("there is no model")
        return self.answer

    def entails(self, premise: str, hypothesis: str) -> float:
        self.asked.append(f"{premise}\n{hypothesis}")
        return float(self.answer)


OPEN = "Les élus veulent franchir la rivière à pied."  # a paraphrase that no word shows


def test_a_model_is_asked_only_where_the_checks_leave_it_open():
    model = Model("VERDICT: SUPPORTED")
    judge = Judge(load_embedder("bundled"), llm=model)
    assert said(judge, "Le chantier coûtera 4,2 millions d'euros.").kind == "contradicted"
    assert model.asked == []
    assert said(judge, OPEN).check == "model"
    assert OPEN in model.asked[0]


@pytest.mark.parametrize(("reply", "kind"), [("No. I cannot say yes", "undecided"), ("", "undecided")])
def test_a_model_that_gives_no_verdict_leaves_the_claim_undecided(reply: str, kind: str):
    assert said(Judge(load_embedder("bundled"), llm=Model(reply)), OPEN).kind == kind


def test_a_cross_encoder_supports_what_it_finds_entailed():
    assert said(Judge(load_embedder("bundled"), nli=Model("0.97")), OPEN).passed
    assert not said(Judge(load_embedder("bundled"), nli=Model("0.6")), OPEN).passed
