"""Answers that list where things happened: "in which cities did they meet between 2019 and 2025".

They are made of the archive's dated events, as `rag.answer.occurrences` are; a place counts that stands after a
preposition of place, nearest to the event's date. Knows nothing of how events are found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from rag.answer import wording
from rag.answer.capitals import calendar_words, capitalised
from rag.answer.occurrences import MOST_QUOTED, happened
from rag.answer.proper import join, names_places, of_other_size
from rag.answer.reading import made
from rag.events import Event
from rag.events.action import actions
from rag.events.part import part_of
from rag.gazetteer import is_country, is_place
from rag.names import same_name
from rag.question import Question
from rag.text import Span, fold
from rag.types import Answer, Citation, Sentence

_TOWN: Final = re.compile(
    r"\b(?:à|in|at)\s$|"
    r"\b(?:congrès|sommet|rencontre|entrevue|conférence|réunion|celui|celle|ceux|celles|congress|summit|meeting|et|and)"
    r" (?:de |d['’]|of )$",  # "après celles de Genève, en 2018, et de Castelmarine, en 2019"
    re.IGNORECASE,
)
_LAND: Final = re.compile(r"\b(?:au|aux|en|in)\s(?:the )?$", re.IGNORECASE)
_LANDS_ASKED: Final = re.compile(r"\b(?:pays|etats|countries|nations)\b")


def asks_scenes(question: Question) -> bool:
    """Whether a question asks for the places of what happened within a time."""
    if question.operator is not None or question.opinion or question.first is None or not question.names:
        return False
    return bool(actions(question.text)) and (question.kind == "place" or names_places(question))


def scenes(question: Question, events: Sequence[Event], as_of: date | None) -> Answer | None:
    """The answer that lists where the events of a question took place, the earliest first; None where no event that
    counts for it says so."""
    found: dict[str, Citation] = {}
    for event in happened(question, events, as_of):
        told = next(((place, c) for c in event.citations if (place := _scene(question, event, c.quote))), None)
        if told is not None and not any(same_name(told[0], known) for known in found):
            found[told[0]] = told[1]
    if not found:
        return None
    listed = join(list(found), question.language)
    citations = list(found.values())
    sentences = [Sentence(wording.full_stop(listed), tuple(range(len(citations))))]
    for number, citation in enumerate(citations[:MOST_QUOTED]):
        sentences.append(Sentence(wording.says(citation, question.language), (number,)))
    return made(question, sentences, citations, listed, as_of)


def _scene(question: Question, event: Event, sentence: str) -> str | None:
    """The place of an event by a sentence that tells of it: the nearest to its date, in the date's clause if one is
    there."""
    lands = _LANDS_ASKED.search(fold(question.text)) is not None
    places = [span for span in capitalised(sentence) if _is_scene(question, sentence, span, lands)]
    at = sentence.find(event.when)
    if at < 0:
        return sentence[places[0].start : places[0].end] if len(places) == 1 else None
    clause = part_of(sentence, event.when).clause
    begin = sentence.find(clause)
    inside = [p for p in places if begin <= p.start < begin + len(clause)]
    nearest = min(inside or places, key=lambda p: max(p.start - at - len(event.when), at - p.end), default=None)
    return sentence[nearest.start : nearest.end] if nearest is not None else None


def _is_scene(question: Question, sentence: str, span: Span, lands: bool) -> bool:
    """Whether a name stands as the place of something, and is a land's where lands are asked for and a town's else."""
    name, before = sentence[span.start : span.end], sentence[: span.start]
    if fold(name) in calendar_words() or of_other_size(question, name):
        return False
    if any(same_name(name, part) for whole in question.names for part in (whole, whole.split()[-1])):
        return False
    if lands:
        return bool(_LAND.search(before)) and (is_country(fold(name)) or not is_place(name))
    return bool(_TOWN.search(before)) and not is_country(fold(name))
