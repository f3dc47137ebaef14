"""What a follow-up takes for granted, held against the answer before it.

"Why did it cost 20 million?" after an answer that says 14 is put right, not answered. Pure text work; it knows nothing
of stores.
"""

from __future__ import annotations

from typing import Final

from rag.answer import wording
from rag.answer.figures import Figure, find_figures
from rag.dates import find_dates
from rag.question import Question, understand
from rag.text import Span, fold
from rag.types import Answer, Sentence

# Questions that take their matter for granted.
_GRANTED: Final = ("reason", "manner", "person", "place", "date", "duration", "entity", "list")


def contradiction(text: str, before: Answer) -> Answer | None:
    """The correction, when a follow-up asks of something that the answer before has just told otherwise: a number of
    the same unit, or the yes of what was a no. It stands on the citation of that answer."""
    if before.abstained or not before.short or not before.citations:
        return None
    asked, earlier = understand(text), understand(before.question)
    if asked.kind not in _GRANTED or not set(asked.keywords) & set(earlier.keywords):
        return None
    told = fold(before.short).strip(" .")
    denied = earlier.kind == "yesno" and told in ("non", "no") and set(earlier.keywords) <= set(asked.keywords)
    wrong = earlier.kind in ("number", "duration") and _other_number(asked, earlier, before)
    if not (denied or wrong):
        return None
    said = wording.premise(before.short, before.citations[0], asked.language)
    return Answer(
        question=text,
        text=said,
        language=asked.language,
        sentences=(Sentence(said, (0,)),),
        abstained=True,
        reason=said,
        as_of=before.as_of,
        citations=before.citations[:1],
    )


def _other_number(asked: Question, earlier: Question, before: Answer) -> bool:
    """Whether a question states a figure of the unit of the answer before, and only other values."""
    assert before.short is not None
    told = find_figures(before.short, before.language)
    stated = [f for f in _figures(asked) if not any(f.values & other.values for other in _figures(earlier))]
    alike = [f for f in stated if told and f.unit == told[0].unit and (f.unit is not None or _large(f))]
    return bool(alike) and not any(f.values & t.values for f in alike for t in told)


def _figures(question: Question) -> list[Figure]:
    dates = find_dates(question.text, anchor=None, language=question.language)
    return find_figures(question.text, question.language, [Span(d.start, d.end) for d in dates])


def _large(figure: Figure) -> bool:
    """Whether a bare number is one that counts something, not "the two of them"."""
    return all(value > 2 for value in figure.values)
