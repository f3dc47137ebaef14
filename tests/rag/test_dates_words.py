"""Dates are written in words, read from filters, and what is written is found again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.dates import find_dates, format_date, parse_bound, parse_day
from rag.errors import UsageError
from rag.types import Language

LANGUAGES: list[Language] = ["fr", "en"]
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "precision", "french", "english"),
    [
        (date(2026, 2, 3), date(2026, 2, 3), "day", "3 février 2026", "3 February 2026"),
        (date(2024, 3, 1), date(2024, 3, 1), "day", "1er mars 2024", "1 March 2024"),
        (date(2025, 7, 1), date(2025, 7, 31), "month", "juillet 2025", "July 2025"),
        (date(2014, 1, 1), date(2014, 12, 31), "year", "2014", "2014"),
        (date(2024, 3, 1), date(2024, 3, 10), "month", "début mars 2024", "early March 2024"),
        (date(2024, 3, 11), date(2024, 3, 20), "month", "mi-mars 2024", "mid-March 2024"),
        (date(2022, 9, 1), date(2022, 12, 31), "year", "fin 2022", "late 2022"),
        (date(2024, 1, 1), date(2024, 3, 31), "quarter", "1er trimestre 2024", "1st quarter 2024"),
        (date(2022, 6, 1), date(2022, 8, 31), "season", "été 2022", "summer 2022"),
        (date(2021, 12, 1), date(2022, 2, 28), "season", "hiver 2021-2022", "winter 2021-2022"),
        (date(1990, 1, 1), date(1999, 12, 31), "decade", "années 1990", "1990s"),
        (date(1901, 1, 1), date(2000, 12, 31), "century", "XXe siècle", "20th century"),
        (date(2024, 3, 3), date(2024, 3, 5), "range", "du 3 au 5 mars 2024", "from 3 to 5 March 2024"),
        (
            date(2024, 2, 28),
            date(2024, 3, 3),
            "range",
            "du 28 février au 3 mars 2024",
            "from 28 February to 3 March 2024",
        ),
        (date(2014, 1, 1), date(2016, 12, 31), "range", "2014-2016", "2014–2016"),
        (
            date(2022, 2, 1),
            date(2022, 9, 30),
            "range",
            "de février à septembre 2022",
            "from February to September 2022",
        ),
    ],
)
def test_an_interval_in_words(first: date, last: date, precision: str, french: str, english: str) -> None:
    assert format_date(first, last, precision, "fr") == french
    assert format_date(first, last, precision, "en") == english


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=DAYS)
def test_a_written_day_is_found_again(language: Language, day: date) -> None:
    text = format_date(day, day, "day", language)
    (mention,) = find_dates(text, anchor=None, language=language)
    assert (mention.first, mention.last, mention.precision, mention.text) == (day, day, "day", text)


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=DAYS)
def test_a_written_month_is_found_again(language: Language, day: date) -> None:
    whole = find_dates(day.isoformat()[:8] + "01", anchor=None, language=language)[0].first
    assert whole is not None
    (written,) = find_dates(f"le {format_date(whole, parse_bound(day.isoformat()[:7], end=True), 'month', language)}",
                            anchor=None, language=language)  # fmt: skip
    assert (written.first, written.last) == (whole, parse_bound(day.isoformat()[:7], end=True))


@pytest.mark.parametrize("language", LANGUAGES)
@given(days=st.tuples(DAYS, DAYS).map(sorted))
def test_a_written_run_of_days_is_found_again(language: Language, days: list[date]) -> None:
    first, last = days
    text = format_date(first, last, "range", language)
    mention = find_dates(f"in {text}" if text.isdigit() else text, anchor=None, language=language)[0]
    assert (mention.first, mention.last) == (first, last)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026-02-03", "2026-02-03", "2026-02-03"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2010-12", "2010-12-01", "2010-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        (" 3 février 2026 ", "2026-02-03", "2026-02-03"),
        ("le 1er mars 2024", "2024-03-01", "2024-03-01"),
        ("juillet 2025", "2025-07-01", "2025-07-31"),
        ("July 2025", "2025-07-01", "2025-07-31"),
        ("March 3, 2023", "2023-03-03", "2023-03-03"),
        ("début mars 2024", "2024-03-01", "2024-03-10"),
        ("été 2022", "2022-06-01", "2022-08-31"),
    ],
)
def test_a_filter_reaches_to_the_ends_of_what_was_given(value: str, first: str, last: str) -> None:
    assert str(parse_bound(value, end=False)) == first
    assert str(parse_bound(value, end=True)) == last


def test_a_date_is_taken_as_it_is() -> None:
    assert parse_day(date(2026, 2, 3)) == parse_bound(date(2026, 2, 3), end=True) == date(2026, 2, 3)


@pytest.mark.parametrize(
    "value", ["", "hier", "foo", "2026-13", "2026-02-30", "30 février 2026", "mars 2024 et mai 2025"]
)
def test_what_is_no_date_is_refused_with_the_accepted_forms(value: str) -> None:
    with pytest.raises(UsageError, match="2026-02-03, 2026-02 or 2026"):
        parse_bound(value, end=False)


def test_a_month_is_not_one_day() -> None:
    with pytest.raises(UsageError, match="not one day"):
        parse_day("2026-02")
