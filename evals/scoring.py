"""One answer held against its golden item: what is right, what is wrong, and why.

It compares strings, offsets and names, and never asks the program's own judgement of an answer. It opens nothing and
adds nothing up; `evals.report` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from evals.citations import bears as bears
from evals.citations import stands
from evals.claims import SUPPORTED, JudgedClaim
from evals.dataset import TEMPORAL, Item
from evals.matching import is_verdict, says, without
from evals.metrics import NOTHING, Ratio, share
from evals.words import Words, spoken
from rag.types import Answer, Citation

_MARKS: Final = " ,.;:!?–—-"
OPINION: Final = "opinion"  # the one kind that readers' comments may answer
_CAN_BE_STALE: Final = frozenset({*TEMPORAL, "corrected"})  # where a forbidden string is a value that was superseded


Place = Literal["passage", "text", "nowhere", "unknown"]  # whole in one passage; cut between two; not kept


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the program did with a question."""

    item: Item
    answer: Answer | None  # None when asking failed
    ranked: tuple[frozenset[str], ...] = ()  # the search's articles in order, each as the gold names that it bears
    confidence: float = -1.0  # the answer's own, in [0, 1]; -1 where it gives none
    texts: tuple[str | None, ...] = ()  # for each citation the stored text; None where there is none
    error: str | None = None
    seconds: float = 0.0
    quote_in: Place = "unknown"  # where the archive keeps the words that the answer rests on


@dataclass(frozen=True, slots=True)
class Scored:
    """An outcome, judged."""

    outcome: Outcome
    right: bool
    sourced: bool  # right, and a valid citation of a gold article stands behind it (an abstention needs none)
    first_right: bool  # the first citation is of a gold article
    valid: tuple[bool, ...]  # citation by citation: the quote stands at its offsets
    verbatim: tuple[bool, ...]  # citation by citation: the quote stands somewhere in its text, letter for letter
    leaked: bool  # a forbidden string stated from a comment
    short_right: bool | None  # the short answer by itself says an accepted string; None when none was given
    comment_only: tuple[bool, ...]  # cited sentence by cited sentence: it rests on comments alone
    why: tuple[str, ...]  # why it is not right
    nuggets: tuple[bool, ...] = ()  # group by group: one of its strings is said
    stale: bool = False  # states a forbidden string
    future: tuple[bool, ...] = ()  # citation by citation, where an as-of day is given: published after it
    claims: tuple[JudgedClaim, ...] = ()  # what the judge found, sentence by sentence; none of an abstention

    @property
    def item(self) -> Item:
        return self.outcome.item

    @property
    def abstained(self) -> bool:
        answer = self.outcome.answer
        return answer is not None and answer.abstained

    @property
    def answered(self) -> bool:
        """Whether something was stated: no abstention, no failure, not nothing."""
        answer = self.outcome.answer
        return answer is not None and not answer.abstained and bool(spoken(answer).strip())

    @property
    def can_be_stale(self) -> bool:
        """Whether a forbidden string of this item is a value that time or a correction has superseded."""
        return self.item.answerable and bool(self.item.forbidden) and self.item.category in _CAN_BE_STALE

    @property
    def faithful(self) -> Ratio:
        """Supported claims over claims. An error, and an answer that says nothing, is one claim without support."""
        if self.answered:
            return share(claim.whole == SUPPORTED for claim in self.claims) if self.claims else Ratio(0, 1)
        return NOTHING if self.abstained else Ratio(0, 1)

    @property
    def passed(self) -> bool:
        """Right, on a valid citation of a gold article, with every claim supported, and nothing from the future."""
        faithful = self.faithful
        kept = faithful.part == faithful.whole and not any(self.future) and all(self.valid)
        return self.sourced and kept and self.outcome.error is None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it did not pass; nothing when it did."""
        if self.passed:
            return ()
        found = list(self.why) or ([f"failed: {self.outcome.error}"] if self.outcome.error else [])
        if not self.why and not self.sourced:
            found.append("no valid citation of a gold article")
        found += [f"citation {n} is not in its source" for n, valid in enumerate(self.valid, 1) if not valid]
        found += [f"citation {n} was published after the as-of day" for n, late in enumerate(self.future, 1) if late]
        found += [f"{one.whole}: {one.text} ({one.reason})" for one in self.claims if one.whole != SUPPORTED]
        if self.answered and not self.claims:
            found.append("no judge has looked at its claims")
        return tuple(found)


def score(outcome: Outcome, claims: tuple[JudgedClaim, ...] = ()) -> Scored:
    """Judge an outcome. An answer is right when it was given to an answerable question, says an accepted string and
    one of each group, and states nothing forbidden; for an unanswerable question only an abstention is right. `claims`
    are the judge's findings on its sentences, which say nothing about right and wrong."""
    answer, item = outcome.answer, outcome.item
    citations = answer.citations if answer else ()
    texts = (*outcome.texts, *(None for _ in citations))[: len(citations)]
    valid = tuple(stands(c, text) for c, text in zip(citations, texts, strict=True))
    gold = tuple(any(bears(name, c.article) for name in item.gold) for c in citations)
    why = tuple(_faults(outcome))
    supported = any(is_gold and is_valid for is_gold, is_valid in zip(gold, valid, strict=True))
    return Scored(
        outcome=outcome,
        right=not why,
        sourced=not why and (supported or not item.answerable),
        first_right=bool(gold) and gold[0],
        valid=valid,
        verbatim=tuple(bool(c.quote) and c.quote in (text or "") for c, text in zip(citations, texts, strict=True)),
        short_right=_short_right(item, answer) if answer and not answer.abstained else None,
        leaked=answer is not None and leaks(item, answer),
        comment_only=_comment_only(answer) if answer and item.kind != OPINION else (),
        why=why,
        nuggets=_nuggets(item, answer),
        stale=answer is not None and bool(_stated(item, answer)),
        future=tuple(_after(item, citation) for citation in citations) if item.as_of else (),
        claims=claims,
    )


def _faults(outcome: Outcome) -> list[str]:
    answer, item = outcome.answer, outcome.item
    if answer is None:
        return [f"failed: {outcome.error or 'no answer'}"]
    if not item.answerable:
        faults = [] if answer.abstained else ["answered what the archive does not say"]
        faults += [] if spoken(answer).strip() else ["empty answer"]
        return faults + _stated(item, answer)
    if answer.abstained:
        return ["abstained"]
    own = Words.of(answer, item.question)
    if not any(own.all()):
        return ["says nothing but the question" if spoken(answer).strip() else "empty answer"]
    faults = [] if own.say_any(item.answers) else ["no accepted answer in it"]
    missing = [group[0] for group in item.all_of if not own.say_any(group)]
    faults += [f"lacks {', '.join(missing)}"] if missing else []
    return faults + _stated(item, answer)


def _stated(item: Item, answer: Answer) -> list[str]:
    """A fault for each forbidden string in the answer's own words and in what it cites; "No," and "No." are one.

    An abstention's text names what it looked for, in pieces of the question; only what it cites is looked at. Of a
    question about time, a sentence that holds the accepted answer may hold another date as well: where the answer's own
    words give the accepted one, the quote of that sentence states nothing else.
    """
    quotes = tuple(citation.quote for citation in answer.citations)
    own = Words((), quotes) if answer.abstained else Words.of(answer, item.question)
    told = Words(own.frame, (*own.quotes, *quotes))
    if item.answerable and item.category in TEMPORAL and Words(own.frame, ()).say_any(item.answers):
        told = Words(own.frame, tuple(q for q in told.quotes if not any(says(q, text) for text in item.answers)))
    found = [text for text in item.forbidden if told.say(text)]
    return list(dict.fromkeys(f"states {text.rstrip(_MARKS) if is_verdict(text) else text!r}" for text in found))


def _short_right(item: Item, answer: Answer) -> bool | None:
    if not answer.short:
        return None
    short = without(answer.short, item.question)
    return any(says(short, text) for text in item.answers)


def _nuggets(item: Item, answer: Answer | None) -> tuple[bool, ...]:
    if answer is None or answer.abstained:
        return tuple(False for _ in item.nuggets)
    own = Words.of(answer, item.question)
    return tuple(own.say_any(group) for group in item.nuggets)


def _after(item: Item, citation: Citation) -> bool:
    """Whether a text was published after the day that the question is asked as of; an undated one is not."""
    first = citation.article.published.first_day
    return first is not None and item.as_of is not None and first > date.fromisoformat(item.as_of)


def leaks(item: Item, answer: Answer) -> bool:
    """Whether a forbidden string is stated from a reader's comment: in its quote, or in a sentence that cites it."""
    remarks = {place for place, citation in enumerate(answer.citations) if citation.kind == "comment"}
    told = [answer.citations[place].quote for place in sorted(remarks)]
    told += [sentence.text for sentence in answer.sentences if remarks & set(sentence.citations)]
    return any(says(text, one) for text in told for one in item.forbidden if not is_verdict(one))


def _comment_only(answer: Answer) -> tuple[bool, ...]:
    kinds = [
        [answer.citations[n].kind for n in s.citations if 0 <= n < len(answer.citations)] for s in answer.sentences
    ]
    return tuple(all(kind == "comment" for kind in cited) for cited in kinds if cited)
