"""When a text was published follows from its metadata, its head or its own words, and from nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date as babel_date
from hypothesis import given
from hypothesis import strategies as st

from indexer.published import publication_date
from rag.dates import format_date
from rag.types import Language, PublicationDate

LANGUAGES: list[Language] = ["fr", "en"]


def published(
    body: str = "", *, head: str = "", metadata: str | None = None, language: Language = "fr"
) -> PublicationDate:
    found = publication_date(metadata=metadata, head=head, body=body, language=language)
    assert found.evidence in (metadata or "") or found.evidence in head or found.evidence in body
    return found


def value_of(body: str = "", **sources: str) -> tuple[str | None, str]:
    found = published(body, **sources)  # type: ignore[arg-type]
    return found.value, found.method


UNKNOWN = (None, "unknown")


@pytest.mark.parametrize(
    ("metadata", "value", "precision"),
    [
        ("2024-05-14", "2024-05-14", "day"),
        ("2024-05-14T23:30:00+02:00", "2024-05-14", "day"),
        ("2024-05-14 10:32:00", "2024-05-14", "day"),
        ("20240514", "2024-05-14", "day"),
        ("2024/5/4", "2024-05-04", "day"),
        ("Tue, 14 May 2024 10:32:00 +0200", "2024-05-14", "day"),
        ("14 mai 2024 à 10h32", "2024-05-14", "day"),
        ("May 14, 2024", "2024-05-14", "day"),
        ("14/05/2024", "2024-05-14", "day"),
        ("2024-05", "2024-05", "month"),
        ("2024", "2024", "year"),
    ],
)
def test_metadata_is_read_in_its_usual_forms(metadata: str, value: str, precision: str) -> None:
    found = published(head="3 mars 2021", metadata=metadata)
    assert (found.value, found.precision, found.method) == (value, precision, "metadata")


@pytest.mark.parametrize(
    "metadata", ["", "n/a", "2024-13-45", "0000-00-00", "1970-01-01T00:00:00Z", "hier", "1715682720"]
)
def test_metadata_that_says_nothing_leaves_the_word_to_the_head(metadata: str) -> None:
    assert value_of(head="3 mars 2021", metadata=metadata) == ("2021-03-03", "header")


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("Publié le 14 mai 2024 à 10h32", "2024-05-14"),
        ("Publié le 14 mai 2024 à 10h32, mis à jour le 15 mai 2024 à 8h", "2024-05-14"),
        ("Mis à jour le 15 mai 2024 à 8h - Publié le 14 mai 2024", "2024-05-14"),
        ("Mis à jour le 15 mai 2024 à 08h00", "2024-05-15"),
        (" date 2026-01-20 ", "2026-01-20"),
        ("Par Jeanne Martin, le 14 mai 2024", "2024-05-14"),
        ("Publié le 14 mai 2024 par Jeanne Martin dans Politique", "2024-05-14"),
        ("Politique | 14 mai 2024 | 3 min de lecture", "2024-05-14"),
        ("AFP - 14 mai 2024 à 10:32", "2024-05-14"),
        ("Mardi 14 mai 2024, 17h40", "2024-05-14"),
        ("14/05/2024", "2024-05-14"),
        ("Février 2026", "2026-02"),
        ("Retour sur le 11 septembre 2001\nPar Paul Durand\n3 mars 2021", "2021-03-03"),
    ],
)
def test_a_french_dateline(head: str, value: str) -> None:
    assert value_of(head=head) == (value, "header")


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("By Jane Doe | May 14, 2024", "2024-05-14"),
        ("Published: 14 May 2024, 10:32 BST", "2024-05-14"),
        ("Last updated on March 3, 2024", "2024-03-03"),
        ("VALMER, 4 February 2025", "2025-02-04"),
        ("05/14/2024", "2024-05-14"),
    ],
)
def test_an_english_dateline(head: str, value: str) -> None:
    assert value_of(head=head, language="en") == (value, "header")


@pytest.mark.parametrize(
    "head",
    [
        "Le 6 juin 1944, le jour le plus long",
        "Que s’est-il passé le 14 mai 2024 ?",
        "Publié le 3 mars 2024, le rapport de la Cour accable la gestion du tramway",
        "Publié il y a 3 heures",
        "30 février 2024",
        "© 2024 Le Journal. Tous droits réservés",
    ],
)
def test_a_date_in_a_title_or_none_at_all_is_no_dateline(head: str) -> None:
    assert value_of(head=head) == UNKNOWN


def test_a_dateline_that_can_be_read_two_ways_is_not_read() -> None:
    assert value_of(head="04/05/2024", language="en") == UNKNOWN


@pytest.mark.parametrize(
    ("body", "language", "value"),
    [
        ("Le ministre a annoncé ce mardi 20 janvier 2026 une réforme. En 2014, il avait refusé.", "fr", "2026-01-20"),
        ("(Paris, le 3 mars 2024) – Le ministre a annoncé une réforme.\nLa suite.", "fr", "2024-03-03"),
        ("PARIS, 3 mars 2024 (AFP) - Le ministre a annoncé une réforme.\nLa suite.", "fr", "2024-03-03"),
        ("Les Grecs votent dimanche 7 juillet 2019. Le scrutin a commencé à 7 heures.", "fr", "2019-07-07"),
        ("Le texte commence.\nIl finit là.\nParis, le 3 mars 2024", "fr", "2024-03-03"),
        ("The minister said this Tuesday, January 20, 2026, that talks would resume.", "en", "2026-01-20"),
        ("Today, March 3, 2024, voters went to the polls. The vote was calm.", "en", "2024-03-03"),
        ("LONDON, March 3, 2024 (Reuters) — The minister said so.\nMore.", "en", "2024-03-03"),
    ],
)
def test_a_full_date_that_the_text_calls_its_own(body: str, language: Language, value: str) -> None:
    assert value_of(body, language=language) == (value, "text")


@pytest.mark.parametrize(
    "body",
    [
        "Le 14 juillet 1789, les Parisiens ont pris la Bastille. L’histoire s’en souvient.",
        "L’accord a été signé le 3 mars 2021 à Genève. Il reste en vigueur.",
        "Dimanche 28 juin 1914, l’archiduc est assassiné à Sarajevo. En 1918, la guerre s’est achevée.",
        "Ce 6 juin 1944, 156 000 hommes débarquent. Quatre-vingts ans plus tard, on s’en souvient encore.",
        "Dimanche 7 juillet 2019, l’enfant disparaissait. Cinq ans plus tard, sa famille le cherche.",
    ],
)
def test_the_date_of_a_past_event_is_not_the_texts_own(body: str) -> None:
    assert value_of(body) == UNKNOWN


@pytest.mark.parametrize(
    ("body", "language", "value"),
    [
        ("Le maire a annoncé ce mardi 20 janvier un plan. En mars 2025, il avait promis mieux.", "fr", "2026-01-20"),
        ("Le maire a annoncé ce 3 février un plan. Le précédent remonte à juillet 2025.", "fr", "2026-02-03"),
        ("Mardi 20 janvier, le maire a annoncé un plan. En mars 2025, il avait promis mieux.", "fr", "2026-01-20"),
        ("Le vote a eu lieu ce dimanche 9 juin. Le précédent avait été organisé en mai 2019.", "fr", "2019-06-09"),
        ("The mayor spoke this Tuesday, January 20. In March 2025 he had promised more.", "en", "2026-01-20"),
        ("The mayor spoke this Monday, June 3. The last plan was adopted in May 2023.", "en", "2024-06-03"),
        ("The mayor spoke this Monday, June 3. The plan was adopted by the council in May 2023.", "en", "2024-06-03"),
        (
            "Ce lundi 19 mai, il a parlé. Ce mardi 20 mai, il se tait. En mars 2025, il avait promis.",
            "fr",
            "2025-05-20",
        ),
        ("L’appel, passé lundi 7 février 2022, a duré cinq heures. Ce mardi, il est à Kiev.", "fr", "2022-02-08"),
    ],
)
def test_a_year_that_is_not_said_follows_from_the_latest_past_fact(body: str, language: Language, value: str) -> None:
    assert value_of(body, language=language) == (value, "inferred")


def test_a_dateline_without_its_year_gets_it_from_the_body() -> None:
    assert value_of("En mars 2025, il avait promis mieux.", head="Publié le mardi 20 janvier à 10h32") == (
        "2026-01-20",
        "inferred",
    )


def test_what_is_still_to_come_is_no_past_fact() -> None:
    body = "Le maire a annoncé ce mardi 20 janvier un plan. Le pont, rénové en mars 2025, {}"
    for future in ("sera remplacé en juin 2027.", "doit durer d’ici 2040.", "est prévu pour rouvrir en mai 2028."):
        assert value_of(body.format(future)) == ("2026-01-20", "inferred")


def test_how_long_ago_a_fact_was_outweighs_the_first_fitting_year() -> None:
    body = (
        "Le président a affirmé ce 3 février que le dialogue reprendrait, près de quatre ans après le début "
        "de la guerre.\nL’offensive de cette guerre, lancée en février 2022, avait tout changé. Un appel avait suivi "
        "en septembre 2022."
    )
    assert value_of(body) == ("2026-02-03", "inferred")


@pytest.mark.parametrize(
    "body",
    [
        "Le maire a annoncé ce 3 février un plan. Il n’en dit pas plus.",
        "Le maire a annoncé ce mardi 20 janvier un plan. Le chantier doit finir en mars 2027.",
        "Le maire a annoncé ce lundi 30 février un plan. En mars 2025, il avait promis mieux.",
        "Le mardi 20 janvier, le maire a annoncé un plan. En mars 2025, il avait promis mieux.",
        "Le maire a annoncé ce 20 mars un plan. En mars 2025, il avait promis mieux.",
        "Le maire a annoncé ce mardi un plan. En mars 2025, il avait promis mieux.",
        "Le maire a annoncé ce mardi 20 janvier un plan.\nLe pont, construit en 1932, n’a jamais été rénové.",
        "Le maire a parlé ce lundi 19 janvier, puis ce mardi 3 mars. En mars 2025, il avait promis mieux.",
        "En 1914, l’Europe a basculé. Ce 3 août, l’Allemagne déclare la guerre. En 1918, l’armistice a été signé.",
    ],
)
def test_without_enough_to_tell_the_year_the_date_stays_unknown(body: str) -> None:
    assert value_of(body) == UNKNOWN


def test_today_never_fills_a_gap() -> None:
    assert value_of("Aujourd’hui, le maire a annoncé un plan. Hier, il se taisait.") == UNKNOWN


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(date(1950, 1, 1), date(2150, 12, 31)), months_before=st.integers(1, 11))
def test_any_day_is_dated_by_its_weekday_and_a_fact_of_the_months_before(
    language: Language, day: date, months_before: int
) -> None:
    fact = (day.year * 12 + day.month - 1) - months_before
    month = format_date(date(fact // 12, fact % 12 + 1, 1), _end_of_month(fact), "month", language)
    spoken = babel_date(day, "EEEE d MMMM" if language == "fr" else "EEEE, MMMM d", locale=language)
    body = {
        "fr": f"Le maire a annoncé ce {spoken} un plan pour le port. En {month}, il avait promis le contraire.",
        "en": f"The mayor announced this {spoken}, a plan for the port. In {month} he had promised otherwise.",
    }[language]
    assert value_of(body, language=language) == (day.isoformat(), "inferred")


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(date(1700, 1, 1), date(2150, 12, 31)))
def test_any_written_day_is_a_dateline(language: Language, day: date) -> None:
    label = {"fr": "Publié le", "en": "Published on"}[language]
    assert value_of(head=f"{label} {format_date(day, day, 'day', language)}", language=language) == (
        day.isoformat(),
        "header",
    )


def _end_of_month(position: int) -> date:
    following = position + 1
    return date.fromordinal(date(following // 12, following % 12 + 1, 1).toordinal() - 1)


def test_what_a_text_says_of_years_to_come_bounds_nothing() -> None:
    body = (
        "La durée de cotisation est portée à quarante-trois ans dès 2027. Ce mercredi 8 mars, les cortèges défilent. "
        "Le mouvement, lancé le 19 janvier 2023, n'a pas fait bouger le gouvernement."
    )
    assert value_of(body) == ("2023-03-08", "inferred")
