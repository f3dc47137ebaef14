"""Whether an event mention is what a question asks about: by its actors, its kind of action and its words.

Knows one question's matcher and nothing of stores, passages' ranks or dates.
"""

from __future__ import annotations

from typing import Final

from rag.events.action import actions, near_kinds, undone
from rag.events.mention import EventMention
from rag.matching import Matcher
from rag.question import Question

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
    if missing and (matcher.missing_names(title, missing) or of_others(mention, matcher, question)):
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


def of_others(mention: EventMention, matcher: Matcher, question: Question) -> bool:
    """Whether a mention that does not name all of the question's names is plainly about other people."""
    people = [actor for actor in mention.actors if actor not in mention.places]
    named = [actor for actor in people if len(matcher.missing_names(actor)) < len(question.names)]
    return bool(people) and not named and not mention.unclear


def same_kind(question: Question, matcher: Matcher, mention: EventMention) -> bool:
    """Whether a question and a mention name one kind of action: "appelé" and "se sont parlé au téléphone". Where the
    question's action is of no known kind, its own words must stand in the sentence."""
    asked, told = actions(question.text), actions(mention.text)
    if asked:
        return bool(asked & told - undone(mention.text))
    ordinary = any(not keyword.name for keyword in matcher.keywords)
    return ordinary and matcher.coverage((1.0, matcher.meets(mention.text)), names=False) >= SAME_WORDS
