"""The short answer inside a sentence, by the kind of question: a date, a number, a name, a list, a reason.

It returns words of the sentence, or a date or quantity worded in the question's language, never anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rag.answer.numbers import find_number
from rag.answer.proper import find_list, find_name
from rag.answer.spot import Short, agreement, anchors_in, closeness
from rag.dates import DateMention, format_date
from rag.matching import Matcher
from rag.question import Question
from rag.reader import Found
from rag.text import Span, fold
from rag.types import Language

MARKED: Final = 0.0  # least score of words that the reader alone takes for the answer
LONGEST_MARKED: Final = 120  # characters of them


def find_short(
    question: Question,
    matcher: Matcher,
    sentence: str,
    dates: Sequence[DateMention],
    *,
    language: Language,
    found: Found | None = None,
) -> Short | None:
    """The best short answer that a sentence holds, or None when it has none of the kind asked for. `found` is what the
    reader marks in the sentence: it decides between several of the kind, and alone where no kind is asked for."""
    match question.kind:
        case "date":
            return _date(question, matcher, sentence, dates, found)
        case "duration" | "number":
            return find_number(question, matcher, sentence, dates, language, found)
        case "person" | "place" | "entity":
            return find_name(question, matcher, sentence, found)
        case "list":
            return find_list(question, matcher, sentence)
        case "reason":
            return _reason(sentence) or _marked(sentence, found)
        case "statement" | "manner":
            return _marked(sentence, found)
        case _:
            return None


def _marked(sentence: str, found: Found | None) -> Short | None:
    """The reader's words, where it is sure enough and they are not most of the sentence."""
    if found is None or found.score < MARKED or found.end - found.start > LONGEST_MARKED:
        return None
    text = sentence[found.start : found.end].strip(" ,;:")
    if not any(character.isalnum() for character in text):
        return None
    return Short(text, found.start, found.end, agreement(found.start, found.end, found))


def _date(
    question: Question, matcher: Matcher, sentence: str, dates: Sequence[DateMention], found: Found | None
) -> Short | None:
    anchors = anchors_in(matcher, sentence)
    if _WANTS_TIME.search(fold(question.text)):
        return _time_of_day(sentence, anchors, found)
    wants_year = re.search(r"\b(?:annee|year)\b", fold(question.text)) is not None
    best: Short | None = None
    for mention in dates:
        confidence = 0.5 + 0.5 * closeness(mention.start, mention.end, anchors)
        confidence += agreement(mention.start, mention.end, found)
        if mention.first is None or mention.last is None:
            # "jeudi" in an article of unknown date: as it stands, and behind every date that is one.
            confidence, text = confidence / 2, mention.text
        elif wants_year and mention.first.year == mention.last.year:
            text = str(mention.first.year)
        else:
            text = format_date(mention.first, mention.last, mention.precision, question.language)
        if best is None or confidence > best.confidence:
            best = Short(text, mention.start, mention.end, confidence, date=mention)
    return best


_WANTS_TIME: Final = re.compile(r"\bquelle heure\b|\b(?:what|which) (?:exact )?(?:time|hour)(?! of (?:the )?year)\b")
_TIME: Final = re.compile(
    r"\b(?:[01]?\d|2[0-4]) ?(?:h|heures?|:) ?(?:[0-5]\d)?(?!\w)|\b(?:midi|minuit|noon|midnight)\b|"
    r"\b(?:1[0-2]|[1-9])(?:[:.][0-5]\d)? ?[ap]\.?m\b\.?|\b(?:1[0-2]|[1-9]) o['’]clock\b",
    re.IGNORECASE,
)


def _time_of_day(sentence: str, anchors: Sequence[Span], found: Found | None) -> Short | None:
    """The hour that a sentence gives, as it stands there."""
    times = [
        Short(m[0].strip(), m.start(), m.end(), 0.5 + 0.5 * closeness(*m.span(), anchors) + agreement(*m.span(), found))
        for m in _TIME.finditer(sentence)
    ]
    return max(times, key=lambda short: short.confidence, default=None)


_REASON: Final = re.compile(
    r"\b(?:parce qu['’e]|car |en raison d['’eu]|à cause d['’eu]|faute d['’e]|du fait d['’eu]|afin d['’e]|pour éviter|"
    r"grâce à|because|due to|owing to|in order to|so that|as a result of|en vue d['’eu]|puisqu['’e]|face (?:à|au))",
    re.IGNORECASE,
)


def _reason(sentence: str) -> Short | None:
    match = _REASON.search(sentence)
    if not match:
        return None
    end = re.search(r"[.;!?»]|, (?:selon|a |ont |said|according)|$", sentence[match.start() :])
    stop = match.start() + (end.start() if end else 0)
    return Short(sentence[match.start() : stop].strip(" ,"), match.start(), stop, 0.7)
