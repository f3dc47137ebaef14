"""Typed faults: what a mutator changes, and when it leaves a claim alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.judge import Cited, Claim, Source
from evals.mutation import Mutant, mutants
from rag.types import PublicationDate

TEXT = (
    "Selon la mairie, le pont de la Loue a coûté 3,2 millions d'euros. Il a été inauguré le 15 mai 2024 par Hélène "
    "Castaing. Le premier cycliste n'a pas attendu."
)
SOURCE = Source(TEXT, published=PublicationDate("2024-05-20", "day", "metadata"), title="Le pont")


def made(text: str, kind: str, source: Source = SOURCE) -> list[Mutant]:
    return [one for one in mutants(Claim(text, (Cited.whole(source),))) if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "wrong"),
    [
        ("Le pont a coûté 3,2 millions d'euros.", "number", "Le pont a coûté 4,2 millions d'euros."),
        ("Trois arches, douze piles.", "number", "sept arches, douze piles."),
        ("Il a été inauguré le 15 mai 2024.", "date", "Il a été inauguré le 17 mai 2024."),
        ("It was opened in May 2024.", "date", "It was opened in May 2025."),
        ("Inauguré par Hélène Castaing.", "name", "Inauguré par Hélène Brandimarte."),
        ("Le pont a coûté cher.", "negation", "Le pont n'a pas coûté cher."),
        ("Le cycliste n'a pas attendu.", "negation", "Le cycliste a attendu."),
        ("The bridge was opened.", "negation", "The bridge was not opened."),
        ("Selon la mairie, le pont a coûté cher.", "attribution", "Le pont a coûté cher."),
        ("« Il a été inauguré »", "edited quote", "« Il a été niaugurés »"),
        ("Le premier cycliste passe.", "first for last", "Le dernier cycliste passe."),
    ],
)
def test_a_mutator_changes_one_thing(text: str, kind: str, wrong: str):
    assert wrong in [one.claim.text for one in made(text, kind)]


def test_a_comment_told_as_fact_keeps_its_words():
    (mutant,) = made("Le pont a coûté cher.", "comment as fact")
    assert mutant.claim.text == "Le pont a coûté cher."
    assert [one.source.kind for one in mutant.claim.cited if one.source] == ["comment"]


def test_a_citation_is_swapped_for_one_of_another_source():
    other = Claim("Ailleurs.", (Cited.whole(Source("Un autre texte.")),))
    claim = Claim("Le pont a coûté cher.", (Cited.whole(SOURCE),))
    (mutant,) = (one for one in mutants(claim, (claim, other)) if one.kind == "swapped citation")
    assert mutant.claim.cited == other.cited


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le pont a coûté cher.", "number"),
        ("Le pont a coûté cher.", "date"),
        ("Le pont a coûté cher.", "name"),
        ("Aucun cycliste n'a attendu.", "negation"),
        ("« Il n'a pas attendu », dit-elle.", "negation"),
        ("Un lecteur trouve le pont cher.", "comment as fact"),
        ("Mardi dernier, le pont a ouvert.", "first for last"),
    ],
)
def test_a_claim_is_left_alone_where_the_change_may_be_none(text: str, kind: str):
    assert made(text, kind) == []


def test_no_number_is_put_in_that_the_source_has_too():
    source = replace(SOURCE, text="Le pont a coûté 3 millions, la route 4 millions.")
    assert [one.claim.text for one in made("Le pont a coûté 3 millions.", "number", source)] == []
