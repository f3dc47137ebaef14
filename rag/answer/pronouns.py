"""Whether "he" or "she" in a sentence is somebody else than whom a question asks about.

Knows the sentence before it; knows nothing of ranking.
"""

from __future__ import annotations

import re
from typing import Final

from rag.answer.document import Document
from rag.answer.proper import new_names
from rag.answer.spot import MET
from rag.events.actors import is_house
from rag.matching import Matcher
from rag.question import Question
from rag.text import Span, fold, sentences, words
from rag.types import Language

_PRONOUN: Final = re.compile(r"(?:il|elle|he|she)\b(?! (?:s'agi|y a|faut|est (?:vrai|possible|important|temps)))")


def of_another(question: Question, matcher: Matcher, document: Document, span: Span, language: Language) -> bool:
    """Whether a sentence of a document says "he" or "she" of somebody else: the one before it names a person, and
    nobody of the question's."""
    sentence = document.text[span.start : span.end]
    if not question.names or not _PRONOUN.match(fold(sentence[:40])):
        return False
    met = matcher.meets(sentence)
    if any(met[keyword.word] >= MET for keyword in matcher.keywords if keyword.name):
        return False
    paragraph = document.paragraph(span.start)
    before = sentences(document.text[paragraph.start : span.start], language)
    if not before:
        return False
    told = document.text[paragraph.start + before[-1].start : paragraph.start + before[-1].end]
    if len(matcher.missing_names(told)) < len(question.names):
        return False
    return any(
        len(words(told[span.start : span.end])) > 1 and not is_house(told[span.start : span.end], told[: span.start])
        for span in new_names(matcher, told)
    )
