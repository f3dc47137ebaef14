"""The number a question asks for, among the quantities of a sentence.

Chooses by unit (money, share, time, age, count), by the noun that is counted and by closeness to the question's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rag.answer.quantities import Quantity, find_quantities, translate
from rag.answer.spot import MET, Short, agreement, anchors_in, closeness
from rag.asked_noun import is_person
from rag.dates import DateMention
from rag.events.action import actions
from rag.matching import Matcher
from rag.question import Question
from rag.reader import Found
from rag.text import Span, fold, words
from rag.types import Language

BESIDE: Final = 0.6  # closeness of an age to whom it belongs to: 40 characters
_MONEY: Final = re.compile(
    r"\b(?:cout\w*|prix|budget|montant|factur\w+|cost\w*|price\w*|paid|pay|salaires?|salary|salaries|amendes?|worth|"
    r"depens\w+|spen[dt]\w*|invest\w*|tarifs?|vaut|valent|money|dollars?|euros?)\b"
)
_HOW_MUCH: Final = re.compile(r"\bhow much (?:is|are|was|were|does|did|do|will|would)\b")  # money, as a rule
_SHARE: Final = re.compile(
    r"\b(?:pourcentage|pour cent|taux|proportion|percent\w*|per cent|share|rate|turnout|participation)\b"
)
_AGE: Final = re.compile(r"\b(?:quel age|how old|a quel age|age)\b")
_YEARS_OLD: Final = re.compile(r"(?:\d|\w)[ \u00a0-](?:ans?|years?)\b")
# So long after or before something else, which says nothing of how long it took.
_DISTANCE: Final = re.compile(r"\s*(?:apres|avant|plus tot|plus tard|auparavant|after|before|later|earlier|ago)\b")
_TIMES: Final = re.compile(r"fois|reprises?|times?|occasions?")
# Years before or after these are somebody's age, no duration: "ses 18 ans", "les moins de 17 ans", "aged 23 years".
_AGE_BEFORE: Final = re.compile(
    r"\b(?:(?:ses|leurs|mes|vos|nos|l'age de|age[es]* de|les (?:moins|plus) de|aged?|"
    r"age of|turn\w*|fete\w*|celebr\w+)|(?P<noun>[\w-]+) (?:de|of))$"
)
_AGE_AFTER: Final = re.compile(r"[ -]?(?:old|d'age|revolus)\b|(?=,)")
# A number word after a definite word counts nothing new: "les deux hommes", "these three cities".
_DEFINITE: Final = re.compile(
    r"(?:\b(?:les|des|ces|tous|toutes|leurs|ses|nos|vos|aux|un \w+ sur|une \w+ sur|one in|the|both|these|those|its|"
    r"their|all) )$",
    re.IGNORECASE,
)
_UNIT_NOUNS: Final = re.compile(
    r"\b(?:euros?|dollars?|pounds?|francs?|heures?|minutes?|jours?|semaines?|mois|ans|annees?|hours?|days?|weeks?|"
    r"months?|years?)\b"
)


def find_number(
    question: Question,
    matcher: Matcher,
    sentence: str,
    dates: Sequence[DateMention],
    language: Language,
    marked: Found | None = None,
) -> Short | None:
    """The number or duration that the sentence gives for the question, or None; `marked` is the reader's answer."""
    duration = question.kind == "duration"
    taken = () if duration else tuple(Span(d.start, d.end) for d in dates)
    anchors = anchors_in(matcher, sentence)
    # Folded, "salariés" is the English "salaries".
    asked = (
        re.sub(r"\bsalaries\b", "employes", fold(question.text)) if question.language == "fr" else fold(question.text)
    )
    found = [
        (confidence + agreement(quantity.start, end, marked), quantity, end)
        for quantity in find_quantities(sentence, taken)
        if not (quantity.spelt and quantity.unit == "count" and _DEFINITE.search(sentence[: quantity.start]))
        for confidence, end in [_fit(question, matcher, sentence, quantity, anchors, asked)]
        if confidence > 0
    ]
    if not found:
        return None
    confidence, quantity, end = max(found, key=lambda entry: entry[0])
    text = translate(sentence[quantity.start : end], language, question.language)
    return Short(text, quantity.start, end, confidence)


def _fit(
    question: Question, matcher: Matcher, sentence: str, quantity: Quantity, anchors: Sequence[Span], asked: str
) -> tuple[float, int]:
    """How well a quantity fits, 0 when its unit is not the one asked for, and where it ends with its noun."""
    counted = _counted(question, matcher, sentence, quantity)
    if question.counts and (quantity.unit != "count" or not _is_times(sentence[quantity.end :])):
        return 0.0, quantity.end
    if _repeats(quantity, asked):
        return 0.0, quantity.end
    confidence = 0.3 + 0.3 * closeness(quantity.start, quantity.end, anchors) + (0.35 if counted else 0.0)
    end = counted or quantity.end
    if question.kind == "duration":
        lasts = quantity.unit == "duration" and not is_age(sentence, quantity)
        lasts = lasts and not _DISTANCE.match(fold(sentence[quantity.end :]))
        return (confidence + 0.25, end) if lasts else (0.0, end)
    if quantity.unit == "duration" and question.focus and not (_UNIT_NOUNS.search(asked) or _AGE.search(asked)):
        return 0.0, end  # years are no people
    if _AGE.search(asked):
        beside = closeness(quantity.start, quantity.end, anchors) >= BESIDE
        return (confidence + 0.25, end) if beside and _YEARS_OLD.search(quantity.text) else (0.0, end)
    if _SHARE.search(asked):
        return (confidence + 0.25, end) if quantity.unit == "percent" else (0.0, end)
    if _MONEY.search(asked):
        return (confidence + 0.25, end) if quantity.unit == "money" else (0.0, end)
    if _HOW_MUCH.search(asked):
        return confidence + (0.25 if quantity.unit == "money" else -0.1), end
    if question.focus and not counted:
        fits = quantity.unit == "count" or _UNIT_NOUNS.search(asked)
        confidence -= 0.1 if fits else 0.3
    return confidence, end


def _repeats(quantity: Quantity, asked: str) -> bool:
    """Whether the question names the quantity itself: "six months into the pandemic, how many deaths"."""
    folded = fold(quantity.text)
    return any(
        re.search(rf"(?<![\w.,]){re.escape(each)}(?![\w.,]\w)", asked) for each in {folded, *_translated(folded)}
    )


def _translated(folded: str) -> tuple[str, str]:
    return fold(translate(folded, "fr", "en")), fold(translate(folded, "en", "fr"))


def _is_times(after: str) -> bool:
    """Whether what follows a number makes it one of times: "trois fois", "six rencontres"."""
    return any(_TIMES.fullmatch(fold(word.text)) or actions(word.text) for word in words(after)[:2])


def is_age(sentence: str, quantity: Quantity) -> bool:
    """Whether a number of years is how old somebody is."""
    if not _YEARS_OLD.search(quantity.text) or re.match(r" (?:de|of|in) | d['’]", sentence[quantity.end :]):
        return False
    before = _AGE_BEFORE.search(fold(sentence[: quantity.start]))
    if before is not None and (before["noun"] is None or is_person(before["noun"])):
        return True
    after = _AGE_AFTER.match(fold(sentence[quantity.end :]))
    return after is not None and (after.group() != "" or sentence[: quantity.start].endswith(", "))


def _counted(question: Question, matcher: Matcher, sentence: str, quantity: Quantity) -> int | None:
    """End of the counted noun when one of the three words after the number is what the question counts."""
    for word in words(sentence[quantity.end :])[:3]:
        for keyword in matcher.keywords:
            if keyword.word in question.focus and matcher.similarity(keyword, fold(word.text)) >= MET:
                return quantity.end + word.end
    return None
