"""Temporal expressions are found in text and mean closed intervals of days."""

from __future__ import annotations

import time
from datetime import date

import pytest

from rag.dates import DateMention, find_dates
from rag.types import Language, PublicationDate

THURSDAY = date(2026, 2, 5)


def only(text: str, language: Language = "fr", anchor: PublicationDate | date | None = THURSDAY) -> DateMention:
    mentions = find_dates(text, anchor=anchor, language=language)
    assert len(mentions) == 1, mentions
    return mentions[0]


def interval(mention: DateMention) -> tuple[str, str, str]:
    return str(mention.first), str(mention.last), mention.precision


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "precision"),
    [
        ("Il l’a dit le 3 février 2026.", "3 février 2026", "2026-02-03", "2026-02-03", "day"),
        ("Depuis hier ? Non : 1er juillet 2025", "1er juillet 2025", "2025-07-01", "2025-07-01", "day"),
        ("en juillet 2025", "juillet 2025", "2025-07-01", "2025-07-31", "month"),
        ("l’exclusion du G8 en 2014", "2014", "2014-01-01", "2014-12-31", "year"),
        ("du 3 au 5 mars 2024", "du 3 au 5 mars 2024", "2024-03-03", "2024-03-05", "range"),
        (
            "du 28 février au 3 mars 2024",
            "du 28 février au 3 mars 2024",
            "2024-02-28",
            "2024-03-03",
            "range",
        ),
        ("entre 2014 et 2016", "entre 2014 et 2016", "2014-01-01", "2016-12-31", "range"),
        ("entre décembre et mars 2024", "entre décembre et mars 2024", "2023-12-01", "2024-03-31", "range"),
        ("la saison 2022-2023", "2022-2023", "2022-01-01", "2023-12-31", "range"),
        ("la saison 2022-23", "2022-23", "2022-01-01", "2023-12-31", "range"),
        ("le 12/03/2024", "12/03/2024", "2024-03-12", "2024-03-12", "day"),
        ("vu le 2024-03-12", "2024-03-12", "2024-03-12", "2024-03-12", "day"),
        ("au 1er trimestre 2024", "1er trimestre 2024", "2024-01-01", "2024-03-31", "quarter"),
        ("au second semestre de 2023", "second semestre de 2023", "2023-07-01", "2023-12-31", "range"),
        ("les années 1990", "années 1990", "1990-01-01", "1999-12-31", "decade"),
        ("au XXe siècle", "XXe siècle", "1901-01-01", "2000-12-31", "century"),
        ("à l’été 2022", "été 2022", "2022-06-01", "2022-08-31", "season"),
        ("l’hiver 2021-2022", "hiver 2021-2022", "2021-12-01", "2022-02-28", "season"),
        ("début mars 2024", "début mars 2024", "2024-03-01", "2024-03-10", "month"),
        ("à la fin de l’année 2022", "fin de l’année 2022", "2022-09-01", "2022-12-31", "year"),
        ("le lundi 3 févr. 2025", "lundi 3 févr. 2025", "2025-02-03", "2025-02-03", "day"),
        ("le 3\nfévrier 2026", "3\nfévrier 2026", "2026-02-03", "2026-02-03", "day"),
        ("AU 3 FÉVRIER 2026", "3 FÉVRIER 2026", "2026-02-03", "2026-02-03", "day"),
    ],
)
def test_french_dates_that_stand_by_themselves(text: str, words: str, first: str, last: str, precision: str) -> None:
    mention = find_dates(text, anchor=None, language="fr")[-1]
    assert text[mention.start : mention.end] == mention.text == words
    assert interval(mention) == (first, last, precision)
    assert not mention.relative


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "precision"),
    [
        ("on March 3, 2023", "March 3, 2023", "2023-03-03", "2023-03-03", "day"),
        ("on 3 March 2023", "3 March 2023", "2023-03-03", "2023-03-03", "day"),
        ("the 3rd of March, 2023", "3rd of March, 2023", "2023-03-03", "2023-03-03", "day"),
        ("Tuesday, January 20, 2026", "Tuesday, January 20, 2026", "2026-01-20", "2026-01-20", "day"),
        ("in July 2025", "July 2025", "2025-07-01", "2025-07-31", "month"),
        ("in early March 2024", "early March 2024", "2024-03-01", "2024-03-10", "month"),
        ("the middle of 2022", "middle of 2022", "2022-05-01", "2022-08-31", "year"),
        ("from March to May 2024", "from March to May 2024", "2024-03-01", "2024-05-31", "range"),
        ("3–5 March 2024", "3–5 March 2024", "2024-03-03", "2024-03-05", "range"),
        ("the summer of 2022", "summer of 2022", "2022-06-01", "2022-08-31", "season"),
        ("in the first quarter of 2024", "first quarter of 2024", "2024-01-01", "2024-03-31", "quarter"),
        ("in Q3 2024", "Q3 2024", "2024-07-01", "2024-09-30", "quarter"),
        ("the 1990s", "1990s", "1990-01-01", "1999-12-31", "decade"),
        ("the 20th century", "20th century", "1901-01-01", "2000-12-31", "century"),
        ("the 2024 election", "2024", "2024-01-01", "2024-12-31", "year"),
    ],
)
def test_english_dates_that_stand_by_themselves(text: str, words: str, first: str, last: str, precision: str) -> None:
    mention = only(text, "en", None)
    assert text[mention.start : mention.end] == mention.text == words
    assert interval(mention) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("Il l’a dit hier.", "2026-02-04", "2026-02-04", "day"),
        ("Il l’a dit ce mardi.", "2026-02-03", "2026-02-03", "day"),
        ("Il l’a dit jeudi dernier.", "2026-01-29", "2026-01-29", "day"),
        ("Il le dira mardi.", "2026-02-10", "2026-02-10", "day"),
        ("Il le dira mardi de la semaine prochaine.", "2026-02-10", "2026-02-10", "day"),
        ("Il l’a dit le mois dernier.", "2026-01-01", "2026-01-31", "month"),
        ("Il l’a dit l’an dernier.", "2025-01-01", "2025-12-31", "year"),
        ("Il l’a dit il y a deux ans.", "2024-01-01", "2024-12-31", "year"),
        ("Il l’a dit il y a trois jours.", "2026-02-02", "2026-02-02", "day"),
        ("Il l’a dit la semaine dernière.", "2026-01-26", "2026-02-01", "week"),
        ("Il l’a dit le 3 février.", "2026-02-03", "2026-02-03", "day"),
        ("Il l’a dit en juillet.", "2025-07-01", "2025-07-31", "month"),
        ("Il l’a dit le 1er juillet dernier.", "2025-07-01", "2025-07-01", "day"),
        ("Le vote aura lieu le 3 avril.", "2026-04-03", "2026-04-03", "day"),
        ("Le vote aura lieu le 14 mars prochain.", "2026-03-14", "2026-03-14", "day"),
        ("Il l’a dit à la fin du mois dernier.", "2026-01-21", "2026-01-31", "month"),
        ("Il faisait chaud cet été, on l’a vu.", "2025-06-01", "2025-08-31", "season"),
    ],
)
def test_french_words_that_count_from_the_day_of_writing(text: str, first: str, last: str, precision: str) -> None:
    mention = only(text)
    assert interval(mention) == (first, last, precision)
    assert mention.relative


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("He said so last Tuesday.", "2026-02-03", "2026-02-03", "day"),
        ("He said so two weeks ago.", "2026-01-19", "2026-01-25", "week"),
        ("He said so the day before yesterday.", "2026-02-03", "2026-02-03", "day"),
        ("He said this Tuesday, January 20, that it was over.", "2026-01-20", "2026-01-20", "day"),
        ("They will meet on Monday.", "2026-02-09", "2026-02-09", "day"),
        ("They will meet next month.", "2026-03-01", "2026-03-31", "month"),
        ("They met in July.", "2025-07-01", "2025-07-31", "month"),
    ],
)
def test_english_words_that_count_from_the_day_of_writing(text: str, first: str, last: str, precision: str) -> None:
    assert interval(only(text, "en")) == (first, last, precision)


@pytest.mark.parametrize(
    "text", ["hier", "ce mardi", "le 3 février", "en juillet", "le mois dernier", "il y a deux ans"]
)
def test_without_an_anchor_a_relative_expression_stays_open(text: str) -> None:
    mention = only(text, anchor=None)
    assert interval(mention) == ("None", "None", "unknown")
    assert mention.relative


def test_an_anchor_of_a_month_resolves_only_what_the_whole_month_agrees_on() -> None:
    july = PublicationDate("2025-07", "month", "header", "juillet 2025")
    assert interval(only("le mois dernier", anchor=july)) == ("2025-06-01", "2025-06-30", "month")
    assert only("hier", anchor=july).first is None


def test_the_eve_counts_from_the_date_last_mentioned() -> None:
    first, second = find_dates("Le 3 mars 2024, il a parlé. La veille, il se taisait.", anchor=None, language="fr")
    assert (str(first.first), str(second.first)) == ("2024-03-03", "2024-03-02")


def test_the_eve_of_a_date_that_nobody_knows_is_unknown() -> None:
    mentions = find_dates("Le 3 mars 2024 puis jeudi, il a parlé. La veille non.", anchor=None, language="fr")
    assert [mention.first is None for mention in mentions] == [False, True, True]


def test_a_list_of_days_shares_the_month() -> None:
    mentions = find_dates("les 28 et 31 janvier 2022", anchor=None, language="fr")
    assert [str(mention.first) for mention in mentions] == ["2022-01-28", "2022-01-31"]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("depuis février 2022", "since"),
        ("jusqu’au 3 mars 2024", "until"),
        ("d’ici 2030", "until"),
        ("avant 2014", "before"),
        ("après le 3 mars 2024", "after"),
        ("vers 1850", "about"),
        ("début 2022", "start"),
        ("à la mi-mars 2022", "mid"),
        ("fin 2022", "end"),
    ],
)
def test_what_stands_before_a_date_is_kept(text: str, modifier: str) -> None:
    assert only(text).modifier == modifier


def test_the_plural_article_is_not_since() -> None:
    assert only("la musique des années 1990").modifier is None


@pytest.mark.parametrize(
    "text",
    [
        "près de 2000 personnes",
        "un défilé de 2000 touristes",
        "200 % de droits",
        "1 500 euros",
        "entre 1500 et 1800 euros",
        "une prime de 2000 à 2500 euros",
        "l’article 2014 du code",
        "à la page 1999",
        "le vol 2020",
        "une heure d’échange",
        "un enfant de deux ans",
        "depuis trois ans",
        "Ana a gagné 12 à 8",
        "la planète Mars",
        "le Champ-de-Mars",
        "tous les mardis",
        "la Covid-19",
        "il a été élu",
    ],
)
def test_numbers_durations_and_names_are_no_dates(text: str) -> None:
    assert find_dates(text, anchor=THURSDAY, language="fr") == []


@pytest.mark.parametrize(
    "text",
    ["of 2000 people", "it may rain", "they march on", "flight 2020", "every Tuesday", "for two years", "page 1999"],
)
def test_english_verbs_numbers_and_durations_are_no_dates(text: str) -> None:
    assert find_dates(text, anchor=THURSDAY, language="en") == []


@pytest.mark.parametrize("text", ["le 30 février 2024", "le 31 avril 2024", "le 29 février 2023", "le 45/13/2024"])
def test_a_day_that_the_calendar_lacks_is_never_another_day(text: str) -> None:
    assert all(mention.first is None for mention in find_dates(text, anchor=THURSDAY, language="fr"))


def test_english_slashes_are_read_only_when_their_order_is_known() -> None:
    assert only("03/25/2024", "en").first == date(2024, 3, 25)
    assert only("03/04/2024", "en").first is None
    shown = find_dates("03/04/2024, then 03/25/2024", anchor=None, language="en")
    assert [str(mention.first) for mention in shown] == ["2024-03-04", "2024-03-25"]


def test_the_time_of_day_belongs_to_its_date() -> None:
    assert only("le 14 mai 2024 à 10h32").time == "10:32"
    assert only("on May 14, 2024 at 10:32 pm", "en").time == "22:32"


def test_a_mention_tells_the_tense_of_its_sentence() -> None:
    past, future = find_dates("Il avait parlé en mars 2025. Il parlera en juin 2027.", anchor=None, language="fr")
    assert (past.tense, future.tense) == (-1, 1)


def test_a_passage_takes_a_few_milliseconds() -> None:
    text = ("Le maire a parlé le 3 mars 2024 de 2000 personnes, et la veille du vote de juin. " * 40)[:3000]
    find_dates(text, anchor=THURSDAY, language="fr")
    started = time.perf_counter()
    for _ in range(5):
        find_dates(text, anchor=THURSDAY, language="fr")
    assert (time.perf_counter() - started) / 5 < 0.1  # 5 ms on an idle core; room for a loaded one


def test_years_later_need_a_date_to_count_from() -> None:
    assert only("Deux ans plus tard, il est revenu.").first is None
    _, later = find_dates("Parti en 2014, il est revenu deux ans plus tard.", anchor=THURSDAY, language="fr")
    assert interval(later) == ("2016-01-01", "2016-12-31", "year")


def test_the_end_of_something_else_is_not_the_end_of_the_year() -> None:
    assert only("La guerre a pris fin en 2008.").modifier is None
