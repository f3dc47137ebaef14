"""What `gazette eval check` finds wrong with a golden set, and what it lets pass."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evals.check import check_dataset
from evals.dataset import Dataset, Item
from evals.library import Held, Library
from evals.spelling import english, french, spelled
from rag.types import PublicationDate
from tests.evals.golden import BODY, article, item, unanswerable

LIBRARY = Library(
    (
        Held(
            replace(article(), published=PublicationDate("2026-01-12", "day")),
            f"{BODY} Il mesurera quatre-vingt-dix mètres et remplacera trois bacs.",
            ("Moi je sais que le pont a coûté neuf millions.",),
            (BODY,),
        ),
    )
)


def french_item(**changes: Any) -> Item:
    given = {"nuggets": (("15 mai 2026",),), "event": "pont", "category": "when"}
    return item(**{**given, **changes})


def english_item(**changes: Any) -> Item:
    asked = "When does the Loue bridge open?"
    return french_item(**{"id": "pont-en", "language": "en", "question": asked, "line": 2, **changes})


def faults(*items: Item, level: str = "error", library: Library | None = LIBRARY) -> list[str]:
    return [fault.said for fault in check_dataset(Dataset("x.jsonl", "", items), library) if fault.level == level]


def test_a_good_pair_has_no_fault():
    assert check_dataset(Dataset("x.jsonl", "", (french_item(), english_item())), LIBRARY) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gold": ("tunnel.txt",)}, "tunnel.txt is not in the archive"),
        ({"quote": "sera inauguré le 16 mai 2026"}, "the quote does not stand in pont.txt"),
        ({"id": "pont"}, "the id must end with -fr"),
        ({"kind": "person", "answers": ("Jeanne",), "nuggets": (("Jeanne",),)}, "no accepted answer occurs"),
        ({"category": "as-of"}, "needs 'as_of'"),
        ({"category": "near-miss-year"}, "a near miss is unanswerable"),
        ({"category": "follow-up"}, "'history' belongs to the category follow-up"),
        ({"history": ("Et le pont ?",)}, "'history' belongs to the category follow-up"),
        ({"as_of": "2025-12-31"}, "no gold article was published by 2025-12-31"),
    ],
)
def test_a_fault_of_one_item_is_an_error(changes: dict[str, Any], said: str):
    twin = {key: value for key, value in changes.items() if key != "id"}
    assert any(said in fault for fault in faults(french_item(**changes), english_item(**twin)))


def test_a_quote_is_asked_of_every_item_of_a_set_that_quotes_and_of_none_of_a_set_that_may_not():
    unquoted = english_item(quote="")
    assert any("needs the quote" in fault for fault in faults(french_item(), unquoted))
    assert faults(french_item(quote=""), unquoted) == []


def test_a_gold_name_that_two_articles_bear_is_an_error():
    twice = Library((*LIBRARY.held, *LIBRARY.held))
    assert any("names 2 articles" in fault for fault in faults(french_item(), english_item(), library=twice))


def test_an_answer_that_may_be_derived_is_only_a_warning():
    odd = {"answers": ("14 mai 2026",), "nuggets": ()}
    assert faults(french_item(**odd), english_item(**odd)) == []
    assert any(
        "no accepted answer" in said for said in faults(french_item(**odd), english_item(**odd), level="warning")
    )


@pytest.mark.parametrize("answer", ["90 mètres", "3 bacs", "15 mai 2026", "1200000 euros", "trois bacs"])
def test_an_answer_occurs_in_digits_in_words_and_with_any_spacing(answer: str):
    kind = {"kind": "place", "answers": (answer,), "nuggets": ((answer,),)}
    assert faults(french_item(**kind), english_item(**kind)) == []


def test_a_date_without_its_year_occurs_in_an_article_of_that_year():
    text = Held(replace(article(), published=PublicationDate("2026-01-12", "day")), "Le pont ouvre le 15 mai.")
    there = {"quote": "ouvre le 15 mai"}
    assert faults(french_item(**there), english_item(**there), level="warning", library=Library((text,))) == []


def test_twins_are_one_french_and_one_english_item_that_agree():
    assert any(
        "one French and one English" in said
        for said in faults(french_item(), french_item(id="b-fr"), english_item(twin="x"))
    )
    assert any(
        "differs from its twin pont-fr in kind" in said for said in faults(french_item(), english_item(kind="place"))
    )


def test_a_set_in_one_language_needs_no_twins():
    assert faults(french_item()) == []


def test_an_event_lies_in_one_part():
    apart = [french_item(part="dev"), english_item(part="dev")]
    more = [
        french_item(id="b-fr", twin="b", question="Où est le pont ?"),
        english_item(id="b-en", twin="b", question="Where is it?"),
    ]
    assert any("the event 'pont' is in dev" in said for said in faults(*apart, *more))


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("quand le pont de la loue sera-t-il inaugure", True),
        ("Quand le pont de la Loue, sera-t-il inauguré ?", True),
        ("Quand le pont de la Seille sera-t-il inauguré ?", False),
        ("Quand le pont de la Loue sera-t-il inauguré en 2027 ?", False),
        ("Combien le pont de la Loue a-t-il coûté ?", False),
    ],
)
def test_a_question_may_not_be_asked_twice(question: str, same: bool):
    second = [french_item(id="b-fr", twin="b", question=question), english_item(id="b-en", twin="b", question="Why?")]
    found = faults(french_item(question="Quand le pont de la Loue sera-t-il inauguré ?"), english_item(), *second)
    assert any("asks the same as" in said for said in found) == same


def test_a_canary_is_told_by_a_comment_and_by_no_article():
    canary = {"category": "canary", "event": "pont", "forbidden": ("neuf millions",)}
    pair = unanswerable(**canary), unanswerable(id="pont-en", language="en", line=2, question="How much?", **canary)
    assert faults(*pair) == []
    wrong = [replace(one, forbidden=("dix millions",)) for one in pair]
    assert any("no comment" in said for said in faults(*wrong))
    told = [replace(one, forbidden=("neuf millions", "quatre-vingt-dix mètres")) for one in pair]
    assert any("says the canary's value" in said for said in faults(*told, level="warning"))


@pytest.mark.parametrize(
    ("number", "in_english", "in_french"),
    [
        (0, "zero", "zero"),
        (21, "twenty-one", "vingt et un"),
        (71, "seventy-one", "soixante et onze"),
        (80, "eighty", "quatre-vingts"),
        (99, "ninety-nine", "quatre-vingt-dix-neuf"),
        (200, "two hundred", "deux cents"),
        (321, "three hundred twenty-one", "trois cent vingt et un"),
        (1984, "one thousand nine hundred eighty-four", "mille neuf cent quatre-vingt-quatre"),
        (3000, "three thousand", "trois mille"),
        (80_000, "eighty thousand", "quatre-vingt mille"),
        (200_000, "two hundred thousand", "deux cent mille"),
    ],
)
def test_numbers_are_written_in_words(number: int, in_english: str, in_french: str):
    assert (english(number), french(number)) == (in_english, in_french)


def test_a_string_is_spelled_in_every_way():
    assert set(spelled("12 trams")) >= {"12 trams", "douze trams", "twelve trams"}
    assert "12 trams" in set(spelled("douze trams"))
    assert set(spelled("3,5 millions")) == {"3,5 millions"}
