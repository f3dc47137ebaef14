"""Event mentions of one text: when, of whom, and whether it happened."""

from __future__ import annotations

from datetime import date

import pytest

from rag.events import EventMention, event_mentions
from rag.events.mention import event_payload, read_event
from rag.text import Span, detect_language
from rag.types import UNKNOWN_DATE, ArticleRef, Language, PublicationDate

WRITTEN = PublicationDate("2026-02-03", "day", "header", "3 février 2026")


def mentions(
    text: str, published: PublicationDate = WRITTEN, headings: tuple[Span, ...] = (), language: Language | None = None
) -> list[EventMention]:
    language = language or detect_language(text)
    ref = ArticleRef("a", "Un titre", published, "a.txt", language=language)
    return event_mentions(text, ref, language, headings)


def only(text: str) -> EventMention:
    (found,) = mentions(text)
    return found


def test_a_dated_sentence_is_a_mention_with_its_days_words_and_offsets() -> None:
    text = "Le conseil s'est tu. Anne Roux a inauguré le pont de Sauvy le 12 mai 2024. Il pleuvait."
    (found,) = [m for m in mentions(text) if m.dated_by == "sentence"]
    assert (found.first, found.last, found.precision) == (date(2024, 5, 12), date(2024, 5, 12), "day")
    assert text[found.start : found.end] == found.text == "Anne Roux a inauguré le pont de Sauvy le 12 mai 2024."
    assert found.when == "12 mai 2024"


def test_a_month_stays_a_month() -> None:
    found = only("Anne Roux et Paul Dumas se sont parlé en juillet 2025.")
    assert (found.first, found.last, found.precision) == (date(2025, 7, 1), date(2025, 7, 31), "month")


def test_modifiers_stay() -> None:
    assert only("Anne Roux a quitté son poste début mars 2024.").modifier == "start"
    assert only("Anne Roux dirige le port depuis mars 2024.").modifier == "since"


def test_a_date_within_an_opening_after_dates_what_came_before() -> None:
    found = only("Après la crue survenue en mars 2024, Anne Roux a fait relever la digue.")
    assert (found.first, found.modifier) == (date(2024, 3, 1), "after")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Anne Roux a appelé Paul Dumas le 2 mars 2024.", "happened"),
        ("Anne Roux appellera Paul Dumas le 2 mars 2027.", "planned"),
        ("Anne Roux doit rencontrer Paul Dumas ce mardi.", "planned"),
        (
            "Anne Roux a affirmé ce 3 février qu'un dialogue avec Paul Dumas était « en train de se préparer ».",
            "planned",
        ),
        ("Anne Roux n'a pas rencontré Paul Dumas le 2 mars 2024.", "denied"),
        ("Anne Roux dément avoir rencontré Paul Dumas le 2 mars 2024.", "denied"),
        ("La visite d'Anne Roux, le 2 mars 2024, a été annulée.", "denied"),
        ("Anne Roux aurait rencontré Paul Dumas le 2 mars 2024.", "conditional"),
        ("Si Anne Roux rencontre Paul Dumas le 5 février, tout changera.", "planned"),
        ("Anne Roux called Paul Dumas on March 2, 2024.", "happened"),
        ("Anne Roux will call Paul Dumas on Friday.", "planned"),
        ("Anne Roux did not meet Paul Dumas on March 2, 2024.", "denied"),
        ("Anne Roux reportedly met Paul Dumas on March 2, 2024.", "conditional"),
        ("Anne Roux montrait ses plans à Paul Dumas le 2 mars 2024.", "happened"),
        ("Anne Roux espérait voir Paul Dumas le 2 mars 2024.", "happened"),
        ("Anne Roux devait se rendre à Sauvy le 2 mars 2024.", "planned"),
        ("Anne Roux was due to meet Paul Dumas on March 2, 2024.", "planned"),
        ("Anne Roux should meet Paul Dumas on March 2, 2024.", "conditional"),
        ("Le 2 mars 2024 restera le jour où Anne Roux a rencontré Paul Dumas.", "happened"),
        ("En mars 2024, Anne Roux deviendra maire de Sauvy.", "happened"),
        ("Le procès d'Anne Roux, d'abord fixé au 2 mars 2024, s'est ouvert.", "planned"),
        ("Le vote sur la digue avait été repoussé au 2 mars 2024.", "denied"),
        ("La grève d'Anne Roux, commencée le 2 mars 2024, aura duré trois jours.", "happened"),
    ],
)
def test_what_happened_is_told_from_plans_denials_and_conditions(text: str, status: str) -> None:
    assert only(text).status == status


def test_two_clauses_of_a_sentence_have_a_status_each() -> None:
    found = mentions("Anne Roux a appelé Paul Dumas le 2 février et doit le recevoir le 9 février.")
    assert [(m.first, m.status, m.ordinal) for m in found] == [
        (date(2026, 2, 2), "happened", 0),
        (date(2026, 2, 9), "planned", 1),
    ]


def test_not_since_a_day_means_that_it_was_on_that_day() -> None:
    found = only("Anne Roux et Paul Dumas ne se sont pas parlé depuis juillet 2025.")
    assert (found.first, found.modifier, found.status) == (date(2025, 7, 1), None, "happened")


@pytest.mark.parametrize(
    "text",
    [
        "Anne Roux et Paul Dumas ne se sont pas revus depuis le sommet de Sauvy, en juillet 2025.",
        "Le pont d'Anne Roux est fermé à toute circulation depuis juillet 2025.",
        "The port of Anne Roux has been blocked since July 2025.",
    ],
)
def test_a_state_that_lasts_since_a_day_began_on_it(text: str) -> None:
    language: Language = "en" if text.startswith("The") else "fr"
    found = mentions(text, language=language)[0]
    assert (found.first, found.modifier, found.status) == (date(2025, 7, 1), None, "happened")


def test_the_date_of_what_has_been_since_is_not_that_of_what_is_told() -> None:
    found = mentions("It was Anne Roux's third visit since the truce was signed in March 2024.", language="en")[0]
    assert found.modifier == "since"


def test_what_is_dated_after_the_article_is_planned() -> None:
    assert only("Le sommet d'Anne Roux et de Paul Dumas : le 9 mars 2026.").status == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "1er juillet 2025.\nAnne Roux appelle Paul Dumas.",
        "1er juillet 2025. Anne Roux appelle Paul Dumas.",
    ],
)
def test_a_line_or_sentence_that_is_only_a_date_dates_what_follows(text: str) -> None:
    found = only(text)
    assert (found.first, found.dated_by, found.text) == (date(2025, 7, 1), "neighbour", "Anne Roux appelle Paul Dumas.")


def test_a_date_in_english_before_its_sentence() -> None:
    assert mentions("July 1, 2025. Macron calls Putin.", language="en")[0].first == date(2025, 7, 1)


def test_a_heading_dates_its_section_until_the_next_one() -> None:
    text = "Mars 2024\nAnne Roux a signé un accord.\nLa suite\nAnne Roux a démissionné."
    headings = (Span(0, 9), Span(text.index("La suite"), text.index("La suite") + 8))
    first, second = mentions(text, headings=headings)
    assert (first.first, first.dated_by) == (date(2024, 3, 1), "neighbour")
    assert second.dated_by == "article"


def test_a_sentence_that_goes_on_takes_the_date_before_it() -> None:
    _, found = mentions("Anne Roux a reçu Paul Dumas le 2 mars 2024. La rencontre a réuni Anne Roux et trente élus.")
    assert (found.first, found.dated_by) == (date(2024, 3, 2), "neighbour")


def test_what_happened_without_a_date_is_dated_by_its_article_and_says_so() -> None:
    found = only("Anne Roux a signé un accord avec Paul Dumas.")
    assert (found.first, found.dated_by, found.when) == (date(2026, 2, 3), "article", "3 février 2026")


def test_an_article_of_unknown_date_lends_no_day() -> None:
    assert mentions("Anne Roux a signé hier un accord.", published=UNKNOWN_DATE) == []
    assert mentions("Anne Roux a signé un accord.", published=UNKNOWN_DATE) == []


def test_how_things_stand_is_no_event() -> None:
    assert mentions("Anne Roux est une femme de caractère.") == []


def test_a_name_stands_for_its_fullest_form_in_the_article() -> None:
    text = "Emmanuel Macron se tait. Macron a signé la loi le 2 mars 2024."
    assert mentions(text)[-1].actors == ("Emmanuel Macron",)


def test_places_are_told_from_persons() -> None:
    found = only("Anne Roux a rencontré Paul Dumas à Paris le 2 mars 2024.")
    assert found.actors == ("Anne Roux", "Paul Dumas", "Paris")
    assert found.places == ("Paris",)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("Anne Roux soutient Paul Dumas.", "Les deux dirigeants se sont vus le 2 mars 2024."),
        ("Anne Roux soutient Paul Dumas.", "Les deux hommes ont dîné le 2 mars 2024."),
        ("Anne Roux soutient Paul Dumas.", "Ils ont dîné ensemble le 2 mars 2024."),
        ("Anne Roux backs Paul Dumas.", "The two leaders met on March 2, 2024."),
        ("Anne Roux backs Paul Dumas.", "They met on March 2, 2024."),
    ],
)
def test_two_persons_referred_to_are_those_of_the_paragraph(before: str, told: str) -> None:
    found = mentions(f"{before} {told}")[-1]
    assert (found.actors, found.unclear) == (("Anne Roux", "Paul Dumas"), False)


def test_two_persons_named_in_the_paragraph_above_are_meant() -> None:
    found = mentions("Anne Roux soutient Paul Dumas.\nLe dernier échange des deux élus remonte à juillet 2025.")[-1]
    assert (found.actors, found.unclear) == (("Anne Roux", "Paul Dumas"), False)


def test_two_of_three_persons_are_unclear() -> None:
    text = "Anne Roux soutient Paul Dumas et Jean Morel. Les deux dirigeants se sont vus le 2 mars 2024."
    found = mentions(text)[-1]
    assert (found.actors, found.unclear) == ((), True)


def test_two_dirigeants_named_nowhere_are_unclear() -> None:
    assert only("Les deux dirigeants se sont vus le 2 mars 2024.").unclear


def test_a_pronoun_is_the_one_person_of_the_paragraph() -> None:
    found = mentions("Anne Roux dirige le port. Elle a démissionné le 2 mars 2024.")[-1]
    assert (found.actors, found.unclear) == (("Anne Roux",), False)


def test_a_pronoun_after_two_persons_is_unclear() -> None:
    found = mentions("Anne Roux soutient Paul Dumas. Il a démissionné le 2 mars 2024.")[-1]
    assert (found.actors, found.unclear) == ((), True)


def test_an_impersonal_il_is_nobody() -> None:
    found = mentions("Anne Roux dirige le port. Il y a eu une crue le 2 mars 2024.")[-1]
    assert (found.actors, found.unclear) == ((), False)


def test_a_role_is_its_holder_where_the_article_says_who() -> None:
    found = mentions("Le maire, Paul Dumas, se tait.\nLe maire a signé le 2 mars 2024 un accord avec Anne Roux.")[-1]
    assert set(found.actors) == {"Paul Dumas", "Anne Roux"}


def test_another_meeting_is_of_the_same_two() -> None:
    text = "Anne Roux a vu Paul Dumas le 2 mars 2024. Un autre entretien, en mai 2024, a porté sur le port."
    assert mentions(text)[-1].actors == ("Anne Roux", "Paul Dumas")


def test_a_mention_is_the_same_after_the_store() -> None:
    found = only("Anne Roux a rencontré Paul Dumas à Paris vers le 2 mars 2024.")
    assert read_event(event_payload(found)) == found


@pytest.mark.parametrize("name", ["Samira Roux", "Sandra Dumas", "Indira Ferrand", "Petra Colin"])
def test_a_name_that_ends_like_a_future_plans_nothing(name: str) -> None:
    found = only(f"Le maire, {name}, a inauguré le pont de Sauvy le 12 janvier 2026.")
    assert found.status == "happened"
    dated = only(f"Il remplace {name}, nommée ministre des Transports le 19 septembre.")
    assert dated.first == date(2025, 9, 19)


def test_what_was_put_on_the_calendar_a_first_time_was_planned() -> None:
    found = only("Ce lancement avait été programmé une première fois en novembre 2025.")
    assert found.status == "planned"


def test_a_site_is_nobody() -> None:
    (found,) = mentions("La Lie a submergé le quartier des Tanneurs et le village de Garnoy dimanche.")
    assert {"Tanneurs", "Garnoy"} <= set(found.places)
