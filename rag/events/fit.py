"""Whether an event mention is what a question asks about: by its actors, its kind of action and its words.

Knows one question's matcher and nothing of stores, passages' ranks or dates.
"""

from __future__ import annotations

import re
from typing import Final

from rag.events.action import actions, asked_actions, near_kinds, opposite_phases, phases, same_phase, undone
from rag.events.mention import EventMention
from rag.events.part import Part, part_of
from rag.matching import Matcher
from rag.question import Question

_BETWEEN_PARTIES: Final = frozenset({"talk", "meet", "write"})
_ACRONYM: Final = re.compile(r"\b[A-Z]{2,}\b")
_APART: Final = re.compile(
    r"(?:\b(?:le|la|les|du|des|au|aux|à|en|the|in|at|of the) |l['’])$|"
    r"\b(?:usine|centrale|hôpital|club|ville|commune|mairie|stade|musée|société|groupe|entreprise|fusée|gorges|pont|port|"
    r"lycée|école|université|gare|aéroport|barrage|parc|forêt|festival|syndicat|parti) (?:de |d['’])?$",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(r"\W*(?:il|elle|ils|elles|he|she|it|they)\b", re.IGNORECASE)  # who acts is named before
LEAST_MATTER: Final = 0.4  # share of the question's words, names apart, that a mention must meet
OTHER_KIND: Final = 0.6  # the same for a mention of another kind of action than the question's
SAME_WORDS: Final = 0.7  # share of the question's words, names apart, that stand for its kind of action
TITLED: Final = 0.1  # what the one name of a question costs that only the article's title holds
TITLE: Final = 0.6  # what a word met in the article's title counts beside one in the sentence


def fitness(question: Question, matcher: Matcher, mention: EventMention) -> float:
    """How well a mention fits a question, in [0, 1]; 0 when it is about others or about something else."""
    own = f"{mention.text}\n{', '.join(mention.actors)}"
    title = mention.article.title
    missing = matcher.missing_names(own)
    if missing and (matcher.missing_names(title, missing) or of_others(question, matcher, mention)):
        return 0.0
    elsewhere = TITLED if len(question.names) == 1 else 0.3  # a lone name in the title is the whole article's
    names = 1.0 - elsewhere * len(missing) / len(question.names) if question.names else 1.0
    if all(keyword.name for keyword in matcher.keywords):
        if missing and mention.actors and not mention.unclear:
            return 0.0
        return names * (1.0 if mention.dated_by != "article" else 0.8)
    layers = ((1.0, matcher.meets(own)), (TITLE, matcher.meets(title)))
    matter = matcher.coverage(*layers, names=False)
    asked, told = actions(question.text), actions(mention.text)
    if asked and near_kinds(asked, told):
        matter = max(matter, 1.0 if asked & told else 0.7)
    elif asked and told and matter < OTHER_KIND:
        return 0.0
    return names * matter if matter >= LEAST_MATTER else 0.0


def of_others(question: Question, matcher: Matcher, mention: EventMention) -> bool:
    """Whether a mention that does not name all of the question's names is plainly about other people."""
    if not _asks_of_persons(question, matcher):
        return False
    people = _people(matcher, mention)
    named = [actor for actor in people if len(matcher.missing_names(actor)) < len(question.names)]
    return bool(people) and not named and not mention.unclear


def _people(matcher: Matcher, mention: EventMention) -> list[str]:
    """The actors of a mention that may be persons."""
    return [actor for actor in mention.actors if actor not in mention.places and not matcher.is_land(actor)]


def with_others(question: Question, matcher: Matcher, mention: EventMention) -> bool:
    """Whether somebody else stands in the place of one of the question's names: Poutine for Zelensky."""
    missing = matcher.missing_names(f"{mention.text}\n{', '.join(mention.actors)}")
    if not missing or not _asks_of_persons(question, matcher):
        return False
    people = _people(matcher, mention)
    return any(len(matcher.missing_names(actor)) == len(question.names) for actor in people)


def another_does(question: Question, matcher: Matcher, mention: EventMention) -> bool:
    """Whether the clause of a mention's date names somebody, and nobody of the question's: "X a démissionné, et Y a été
    élu le 12 mai" elects no X."""
    if mention.dated_by != "sentence" or not _asks_of_persons(question, matcher):
        return False
    clause = part_of(mention.text, mention.when).clause
    if _PRONOUN.match(clause) or len(matcher.missing_names(clause)) < len(question.names):
        return False
    people = [actor for actor in _people(matcher, mention) if " " in actor and actor in clause]
    return any(len(matcher.missing_names(actor)) == len(question.names) for actor in people)


def lacks_party(question: Question, matcher: Matcher, mention: EventMention) -> bool:
    """Whether a mention of a talk or a meeting names one of the question's parties and nobody who may be the other: "a
    reçu hier leurs représentants"."""
    if len(question.names) < 2 or mention.unclear or not actions(question.text) & _BETWEEN_PARTIES:
        return False
    missing = matcher.missing_names(f"{mention.text}\n{', '.join(mention.actors)}")
    return 0 < len(missing) < len(question.names) and _asks_of_persons(question, matcher)


def _asks_of_persons(question: Question, matcher: Matcher) -> bool:
    """Whether a name of a question may be a person's: it is no place's and no acronym ("AS Roma"), and the question
    gives it neither an article nor a preposition of place ("l'usine", "à Lens")."""
    return any(
        not matcher.is_land(name)
        and not _ACRONYM.search(name)
        and not any(_APART.search(question.text[: at.start()]) for at in re.finditer(re.escape(name), question.text))
        for name in question.names
    )


def same_kind(question: Question, matcher: Matcher, mention: EventMention) -> bool:
    """Whether a question and a mention name one kind of action: "appelé" and "se sont parlé au téléphone", in the same
    phase where the question names one. Where the question's action is of no known kind, its own words must stand in the
    sentence."""
    asked, course = asked_actions(question.text), phases(question.text)
    if not asked and not course:
        ordinary = any(not keyword.name for keyword in matcher.keywords)
        return ordinary and matcher.coverage((1.0, matcher.meets(mention.text)), names=False) >= SAME_WORDS
    part = _part(mention)
    told = part.kinds - undone(mention.text)
    if not same_phase(course - {"stop"} if "arrest" in asked else course, part.phases, told):
        return False
    return bool(asked & told) or bool(course & part.phases)


def other_kind(question: Question, mention: EventMention) -> bool:
    """Whether a mention's date belongs to words of known kinds, none of them the question's."""
    asked, part = asked_actions(question.text), _part(mention)
    shared = asked & part.kinds or phases(question.text) & part.phases
    return part.own and bool(asked and part.kinds) and not shared


def other_phase(question: Question, mention: EventMention) -> bool:
    """Whether a mention's date belongs to the opposite phase of the question's: to the beginning of a strike, where its
    end is asked for."""
    part = _part(mention)
    return part.own and opposite_phases(phases(question.text), part.phases)


def _part(mention: EventMention) -> Part:
    dated = mention.dated_by == "sentence"
    return (
        part_of(mention.text, mention.when)
        if dated
        else Part(actions(mention.text), phases(mention.text), False, mention.text)
    )
