"""Yes or no: negation, plans and denials in a sentence, and the verdict on a yes/no question.

Works on the words of one sentence in French or English; it knows nothing of retrieval.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from rag.answer.quantities import find_quantities
from rag.question import Question
from rag.text import Span, fold

if TYPE_CHECKING:
    from rag.answer.candidates import Candidate

LEAST_MET: Final = 0.4  # share of the question's words that the deciding sentence itself must meet
LEAST_MET_NEAR: Final = 0.5  # the same with its paragraph

_NEGATION: Final = re.compile(
    r"\b(?:ne|n')\s?\S.{0,60}?\b(?:pas|plus|jamais|aucun\w*|rien|personne|guere|nul)\b"
    r"|\b(?:aucun\w*|jamais|nul\w*)\b.{0,60}?\b(?:ne |n')"
    r"|\b(?:not|never|no longer|cannot|without|neither)\b|n't\b|\bno (?:one|body|\w+ (?:was|were|has|have|had|is|"
    r"are))\b"
    r"|\bsans (?:que|avoir|etre)\b"
)
_REFUSAL: Final = re.compile(
    r"\b(?:refus\w*|declin\w*|rejet\w*|dement\w*|nie\b|niee?s?\b|annul\w*|renonc\w*|abandonn\w*|interdi\w*|ecart\w*|"
    r"reject\w*|den(?:y|ies|ied|ial)\w*|cancel\w*|abandon\w*|ban(?:ned|s)?\b|ruled out|turned down|called off|"
    r"fail\w*)"
)
_PLANNED: Final = re.compile(
    r"\b(?:aur(?:a|ont) lieu|est prevue?|sont prevue?s|prevue?s? (?:pour|le|en|au)|devrai(?:t|ent)|pourrai(?:t|ent)|"
    r"doi(?:t|vent) (?:avoir|se|etre|rencontrer|parler)|compte(?:nt)? (?:appeler|rencontrer)|en train de se preparer|"
    r"envisag\w*|s'apprete\w*|prochaine?(?:ment)?|souhaite\w*|propose\w* (?:de|une?)|sera(?:it|ient)?\b|seront|"
    r"will|would|could|might|is (?:expected|due|set|to)|are (?:expected|due|set)|plans? to|planned|intends?|"
    r"upcoming)\b"
)


def negated(text: str) -> bool:
    """Whether a sentence denies something by a particle ("ne ... pas", "not")."""
    return bool(_NEGATION.search(fold(text)))


def planned(text: str) -> bool:
    """Whether a sentence tells what is to come or might be, not what happened."""
    return bool(_PLANNED.search(fold(text)))


def verdict(question: Question, candidate: Candidate) -> Literal["yes", "no"] | None:
    """Yes or no by a sentence that speaks of the question's matter; None when it does not settle it.

    The sentence must meet most of the question's words. A negation or a refusal on one side only makes it a no, and so
    does a number that differs. What is planned settles no question about what happened.
    """
    if candidate.feature("words") < LEAST_MET or candidate.feature("words_near") < LEAST_MET_NEAR:
        return None
    asked, told = fold(question.text), fold(candidate.text)
    opposite = negated(candidate.text) != negated(question.text)
    if bool(_REFUSAL.search(told)) != bool(_REFUSAL.search(asked)):
        opposite = not opposite
    if not opposite and _numbers_differ(question, candidate):
        return "no"
    if planned(candidate.text) and not planned(question.text) and not opposite:
        return None
    return "no" if opposite else "yes"


def _numbers_differ(question: Question, candidate: Candidate) -> bool:
    asked = [q for q in find_quantities(question.text) if not _is_year(q.text)]
    if not asked:
        return False
    taken = [Span(d.start, d.end) for d in candidate.dates]
    told = find_quantities(candidate.text, taken)
    for quantity in asked:
        same_unit = [t for t in told if t.unit == quantity.unit]
        if same_unit and all(_value(t.text) != _value(quantity.text) for t in same_unit):
            return True
    return False


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", text))


def _value(text: str) -> str:
    return re.sub(r"[^\d.]", "", text.replace(",", ".")) or fold(text)
