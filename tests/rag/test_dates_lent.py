"""Years and months that a date takes from the one beside it."""

from datetime import date

import pytest

from rag.dates import find_dates
from rag.types import Language

FRIDAY = date(2025, 6, 13)


def spans(text: str, language: Language = "fr") -> list[tuple[str, str]]:
    return [(str(m.first), str(m.last)) for m in find_dates(text, anchor=FRIDAY, language=language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The truce was signed in March last year.", "en", ("2024-03-01", "2024-03-31")),
        ("On 3 March last year he resigned.", "en", ("2024-03-03", "2024-03-03")),
        ("Last year, in March, he resigned.", "en", ("2024-03-01", "2024-03-31")),
        ("en mars de l'année dernière", "fr", ("2024-03-01", "2024-03-31")),
        ("L'an dernier, le 3 mars, il a démissionné.", "fr", ("2024-03-03", "2024-03-03")),
        ("Le traité a été ratifié le mois dernier, mardi 27, par 201 voix.", "fr", ("2025-05-27", "2025-05-27")),
        ("Le musée a rouvert le mois dernier, le 14, après des travaux.", "fr", ("2025-05-14", "2025-05-14")),
    ],
)
def test_one_expression_of_two(text: str, language: Language, expected: tuple[str, str]):
    assert spans(text, language) == [expected]


def test_months_that_are_joined_share_their_year():
    assert spans("En août et septembre 2022, le pont était fermé.") == [
        ("2022-08-01", "2022-08-31"),
        ("2022-09-01", "2022-09-30"),
    ]


def test_a_number_after_last_month_is_no_day():
    assert spans("Le mois dernier, le 14 juillet a réuni la ville.")[0] == ("2025-05-01", "2025-05-31")
    assert spans("Le mois dernier, les 14 marins ont repris la mer.") == [("2025-05-01", "2025-05-31")]


def test_to_this_day_is_no_date():
    assert spans("C'est la dernière rencontre à ce jour.") == []
