"""What a question asks for, in French and English."""

from datetime import date

import pytest

from rag.errors import UsageError
from rag.question import MAX_QUESTION, understand

KINDS = [
    ("When did the mayor resign?", "date"),
    ("En quelle année le pont a-t-il été fermé ?", "date"),
    ("Depuis quand la piscine est-elle fermée ?", "date"),
    ("In which month did the festival take place?", "date"),
    ("Combien de temps a duré la grève ?", "duration"),
    ("How long did the talks last?", "duration"),
    ("Combien de sinistrés ont été relogés ?", "number"),
    ("What was the turnout in the second round?", "number"),
    ("Quel est le coût du tramway ?", "number"),
    ("Qui a inauguré la ligne ?", "person"),
    ("By whom was the report written?", "person"),
    ("Où s'est tenue la réunion ?", "place"),
    ("In which city was the summit held?", "place"),
    ("D'où venait le convoi ?", "place"),
    ("Quelle centrale a été arrêtée ?", "entity"),
    ("Which company cut the jobs?", "entity"),
    ("Pourquoi le festival a-t-il été annulé ?", "reason"),
    ("Why was the bridge closed?", "reason"),
    ("Comment le feu s'est-il propagé ?", "manner"),
    ("Quels pays ont signé l'accord ?", "list"),
    ("Which countries signed the agreement?", "list"),
    ("Le maire a-t-il démissionné ?", "yesno"),
    ("Est-ce que la ligne est ouverte ?", "yesno"),
    ("Did the mayor resign?", "yesno"),
    ("Le tram a-t-il coûté plus cher que le pont ?", "yesno"),
    ("Which cost more, the tram or the bridge?", "comparison"),
    ("Qu'a dit le préfet ?", "statement"),
    ("What did the minister say about the strike?", "statement"),
    ("Qu'est-ce qui a été volé au musée ?", "statement"),
    ("How far back do the records go?", "date"),
    ("Which Danish port was the ship towed to?", "place"),
    ("Quelle vulcanologue a donné l'alerte ?", "entity"),
    ("Quelle psychologue a donné l'alerte ?", "person"),
    ("Which former striker became the club's coach?", "person"),
    ("Je cherche le nom de la directrice du théâtre.", "person"),
    ("Elle a remplacé qui comme directrice ?", "person"),
    ("What was the port's final heating bill?", "number"),
    ("Quelle surface de vigne a gelé ?", "number"),
    ("C'est quoi le prix du billet ?", "number"),
    ("Pour quelle durée le pont est-il fermé ?", "duration"),
    ("Pour quel motif la mairie a-t-elle refusé ?", "reason"),
    ("Comment le maire justifie-t-il ce refus ?", "reason"),
    ("What was the captain arrested for?", "reason"),
    ("What is the diver looking for?", "statement"),
    ("Who were the top three in the regatta?", "list"),
]


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_the_question_word_decides_what_is_asked_for(question: str, kind: str) -> None:
    assert understand(question).kind == kind


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("When did Macron last call Xi Jinping?", ("Macron", "Xi Jinping")),
        ("Combien de temps a duré l'appel entre Trump et Poutine ?", ("Trump", "Poutine")),
        ("Qu'a dit Ursula von der Leyen ?", ("Ursula von der Leyen",)),
        ("Which nuclear plant was discussed in September 2022?", ()),
        ("Quels pays participent au G7 ?", ("G7",)),
        ("What did French President Jean Roux say?", ("President Jean Roux",)),
        ("Who is the Danish-born striker at Sauvy?", ("Sauvy",)),
        ("Which Congolese MP resigned?", ()),
        ("What did the African Union decide?", ("African Union",)),
        ("Who runs the Danish Football Federation?", ("Danish Football Federation",)),
        ("Who lives in French Polynesia?", ("French Polynesia",)),
    ],
)
def test_names_are_runs_of_capitalised_words(question: str, names: tuple[str, ...]) -> None:
    assert understand(question).names == names


@pytest.mark.parametrize(
    ("question", "operator"),
    [
        ("When did they last meet?", "last"),
        ("Quand se sont-ils vus pour la dernière fois ?", "last"),
        ("Quel est le plus récent bilan ?", "last"),
        ("When was the first vaccine given?", "first"),
        ("Que s'est-il passé la semaine dernière ?", None),
        ("What happened last week?", None),
        ("How long did the call last?", None),
        ("Qui est le premier ministre ?", None),
    ],
)
def test_last_and_first_are_operators_unless_they_belong_to_a_calendar_phrase(
    question: str, operator: str | None
) -> None:
    assert understand(question).operator == operator


def test_a_month_in_the_question_becomes_a_window() -> None:
    asked = understand("Which plant was discussed in September 2022?")
    assert (asked.first, asked.last) == (date(2022, 9, 1), date(2022, 9, 30))
    assert "september" not in asked.keywords


def test_last_week_counts_from_now() -> None:
    asked = understand("What happened last week?", now=date(2026, 2, 11))
    assert asked.first is not None and asked.last is not None
    assert date(2026, 2, 1) <= asked.first <= asked.last < date(2026, 2, 11)


def test_questions_about_readers_ask_for_opinions() -> None:
    assert understand("Que pensent les lecteurs du tramway ?").opinion
    assert understand("What did readers say about the tram?").opinion
    assert not understand("Que pense le maire du tramway ?").opinion
    assert not understand("Comment le pasteur justifie-t-il sa fuite ?").opinion


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_an_empty_question_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(UsageError, match="type a question"):
        understand(text)


def test_a_pasted_text_is_no_question() -> None:
    with pytest.raises(UsageError, match=str(MAX_QUESTION)):
        understand("a" * (MAX_QUESTION + 1))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Chauffer l'hôtel Sallandrouze, ça revient à combien ?", ("Sallandrouze",)),
        ("How much did the Danes pay for Lachenault?", ("Lachenault",)),
        ("Who leads the South African Christian movement?", ()),
        ("Où se trouvait le QG de Black Axe ?", ("Black Axe",)),
        ("What did the European Commission say?", ("European Commission",)),
    ],
)
def test_what_is_no_name_though_it_is_written_so(question: str, names: tuple[str, ...]) -> None:
    assert understand(question).names == names


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("How many houses did the 1994 flood destroy?", ("1994",)),
        ("Qui a gagné la régate 2019 ?", ("2019",)),
        ("Qui a gagné la régate en 2019 ?", ()),
        ("Pourquoi 2000 personnes ont-elles été relogées ?", ()),
        ("Who paid 1,950 euros for the bell?", ()),
    ],
)
def test_a_year_that_goes_with_a_noun_is_told_from_a_date_and_from_a_number(
    question: str, years: tuple[str, ...]
) -> None:
    assert understand(question).years == years


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Quand le pont était fermé, combien de bacs passaient la rivière ?", "number"),
        ("When the bridge was shut, how many ferries crossed the river?", "number"),
        ("Quand le maire a-t-il démissionné, et qui l'a remplacé ?", "date"),
        ("Peut-on donner de l'eau ou du thé à un chat ?", "yesno"),
        ("Comment s'appelle le ministre qui a ouvert le port ?", "person"),
        ("What is the name of the minister who opened the port?", "person"),
        ("C'est qui le maire de Sauvy ?", "person"),
        ("What transfer fee did the club pay?", "number"),
        ("Au bout de combien de temps tombe-t-on malade ?", "duration"),
        ("How soon after the bite do people fall ill?", "duration"),
    ],
)
def test_the_clause_that_asks_decides(question: str, kind: str) -> None:
    assert understand(question).kind == kind


def test_born_is_no_negation() -> None:
    assert "nee" in understand("Où est née Odile Ferrand ?").keywords
    assert "nee" in understand("ou est né le skipper Jon Madec").keywords


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Que dit la Cour du Covid à Sauvy ?", ("Sauvy",)),
        ("Quand a-t-il gagné la Coupe d'Afrique des nations ?", ("Coupe d Afrique des nations",)),
        ("Dans quelle ville de Chine des Africains ont-ils été reçus ?", ("Chine",)),
    ],
)
def test_what_names_something(question: str, names: tuple[str, ...]) -> None:
    assert understand(question).names[: len(names)] == names


def test_a_year_before_its_noun_names_it() -> None:
    asked = understand("Who wrote its 2019 report?", now=date(2024, 5, 5))
    assert (asked.first, asked.years) == (None, ("2019",))
    assert understand("Before the 2024 truce, who led Sauvy?").years == ()


def test_a_day_without_a_year_may_be_of_any() -> None:
    assert understand("Où a eu lieu la fête du 21 mars ?", now=date(2024, 5, 5)).yearless
    assert not understand("Où a eu lieu la fête du 21 mars 2023 ?", now=date(2024, 5, 5)).yearless
    assert understand("Combien de gens y vivent aujourd'hui ?", now=date(2024, 5, 5)).first is None


def test_the_last_holder_of_an_office_is_the_one_who_holds_it() -> None:
    assert understand("Qui est le dernier maire élu à Sauvy ?").operator is None
    assert understand("When did the mayor last resign?").operator == "last"
    assert understand("Que s'est-il passé en juin dernier ?").operator is None


def test_before_an_event_of_a_year_is_before_it() -> None:
    asked = understand("Avant la crue de 2021, qui dirigeait Sauvy ?", now=date(2024, 5, 5))
    assert (asked.first, asked.last) == (date.min, date(2021, 12, 31))


@pytest.mark.parametrize(
    "question",
    [
        "Date du dernier lancement de la fusée Harfang ?",
        "Depuis 2017, quelle est la première fois que la Lie a inondé Sauvy ?",
        "What was the last time the Lie flooded Sauvy?",
    ],
)
def test_a_date_is_asked_for_without_when(question: str) -> None:
    assert understand(question).kind == "date"


def test_a_people_beside_a_name_is_no_name_to_look_for() -> None:
    assert understand("Où la Ghanéenne séropositive Joyce Mensah est-elle partie ?").names == ("Joyce Mensah",)
    assert understand("Pourquoi les Indiennes sont-elles en colère ?").names == ("Indiennes",)
