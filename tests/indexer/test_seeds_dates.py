"""The publication dates of the seed texts, as a careful reader would tell them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.read import read_articles


@pytest.mark.parametrize(
    ("number", "value", "method"),
    [
        ("000", "2026-01-20", "inferred"),
        ("001", "2026-01-20", "header"),
        ("002", "2026-02-03", "inferred"),
        ("003", None, "unknown"),
        ("004", None, "unknown"),
    ],
)
def test_the_date_of_a_seed_and_how_it_is_known(seeds_dir: Path, number: str, value: str | None, method: str) -> None:
    (path,) = seeds_dir.glob(f"{number}_*.txt")
    (article,) = read_articles(path.read_bytes(), path.name, path.suffix)
    assert (article.published.value, article.published.method) == (value, method)
    assert article.published.evidence in path.read_text(encoding="utf-8")


def seed_text(seeds_dir: Path, number: str) -> str:
    (path,) = seeds_dir.glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("shift", [-30, -7, -1, 1, 5])
def test_a_seed_told_in_other_years_is_dated_in_those_years(seeds_dir: Path, shift: int) -> None:
    text = re.sub(r"\b20[0-3]\d\b", lambda year: str(int(year[0]) + shift), seed_text(seeds_dir, "002"))
    (article,) = read_articles(text.encode(), "shifted.txt", ".txt")
    assert article.published.value == f"{2026 + shift}-02-03"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2016, 1, 1), date(2040, 12, 31)), months_before=st.integers(1, 12))
def test_a_seed_told_on_another_weekday_is_dated_on_it(seeds_dir: Path, day: date, months_before: int) -> None:
    fact = day.year * 12 + day.month - 1 - months_before
    told = format_date(date(fact // 12, fact % 12 + 1, 1), "MMMM y", locale="fr")
    text = seed_text(seeds_dir, "000")
    assert text.count("mardi 20 janvier") == text.count("mars 2025") == 1
    text = text.replace("mardi 20 janvier", format_date(day, "EEEE d MMMM", locale="fr")).replace("mars 2025", told)
    (article,) = read_articles(text.encode(), "told.txt", ".txt")
    assert (article.published.value, article.published.method) == (day.isoformat(), "inferred")


def test_a_seed_whose_weekday_fits_no_year_stays_unknown(seeds_dir: Path) -> None:
    text = seed_text(seeds_dir, "000").replace("mardi 20 janvier", "mardi 31 juin")
    (article,) = read_articles(text.encode(), "told.txt", ".txt")
    assert article.published.method == "unknown"
