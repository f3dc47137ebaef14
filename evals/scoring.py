"""One answer held against its golden item: what is right, what is wrong, and why.

It compares strings, offsets and names, and never asks the program's own judgement of an answer. It opens nothing and
adds nothing up; `evals.report` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from evals.dataset import Item
from evals.matching import fold, is_verdict, says, without
from rag.types import Answer, ArticleRef, Citation

_MARKS: Final = " ,.;:!?–—-"
OPINION: Final = "opinion"  # the one kind that readers' comments may answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the program did with a question."""

    item: Item
    answer: Answer | None  # None when asking failed
    ranked: tuple[frozenset[str], ...] = ()  # the search's articles in order, each as the gold names that it bears
    confidence: float = -1.0  # cosine of the question and the search's first passage, in [-1, 1]
    texts: tuple[str | None, ...] = ()  # for each citation the stored text; None where there is none
    error: str | None = None
    seconds: float = 0.0


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

    def to_dict(self) -> dict[str, Any]:
        answer = self.outcome.answer
        return {
            "id": self.item.id,
            "line": self.item.line,
            "language": self.item.language,
            "kind": self.item.kind,
            "question": self.item.question,
            "right": self.right,
            "sourced": self.sourced,
            "first_right": self.first_right,
            "leaked": self.leaked,
            "why": list(self.why),
            "accepted": list(self.item.answers),
            "gold": list(self.item.gold),
            "confidence": self.outcome.confidence,
            "error": self.outcome.error,
            "answer": answer.to_dict() if answer else None,
        }


def spoken(answer: Answer) -> str:
    """The answer's own words: its text and its short answer."""
    return f"{answer.text}\n{answer.short or ''}"


def bears(name: str, article: ArticleRef) -> bool:
    """Whether an article is the one that a gold name names: its file, and after # the URL of a record in it."""
    file, _, record = name.partition("#")
    same_file = re.split(r"[/\\]", article.source)[-1] == file or article.source == file
    return same_file and (not record or article.url == record)


def score(outcome: Outcome) -> Scored:
    """Judge an outcome. An answer is right when it was given to an answerable question, says an accepted string and
    one of each group, and states nothing forbidden; for an unanswerable question only an abstention is right."""
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
    )


def stands(citation: Citation, text: str | None) -> bool:
    """Whether a quote stands at its offsets in the stored text, and the text is of the kind that the citation says."""
    owner = citation.comment.id if citation.comment else citation.article.id
    return (
        text is not None
        and (citation.kind == "comment") == (citation.comment is not None)
        and citation.text_id in ("", owner)
        and 0 <= citation.start < citation.end <= len(text)
        and text[citation.start : citation.end] == citation.quote
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

    An abstention's text names what it looked for, in pieces of the question; only what it cites is looked at.
    """
    quotes = tuple(citation.quote for citation in answer.citations)
    own = Words((), quotes) if answer.abstained else Words.of(answer, item.question)
    told = Words(own.frame, (*own.quotes, *quotes))
    found = [text for text in item.forbidden if told.say(text)]
    return list(dict.fromkeys(f"states {text.rstrip(_MARKS) if is_verdict(text) else text!r}" for text in found))


@dataclass(frozen=True, slots=True)
class Words:
    """What an answer says by itself: its frame and its short answer, and apart from them the quotes in its text.

    The title of a cited article, which only names the source, and the question said again count for nothing.
    """

    frame: tuple[str, ...]
    quotes: tuple[str, ...]

    @classmethod
    def of(cls, answer: Answer, question: str) -> Words:
        frame, quotes = fold(answer.text), []
        for citation in sorted(answer.citations, key=lambda c: -len(c.quote)):
            quote = fold(citation.quote)
            if quote and quote in frame:
                frame = frame.replace(quote, " | ")
                quotes.append(quote)
        for said_again in (question, *(citation.article.title for citation in answer.citations)):
            frame = without(frame, said_again)
        return cls((frame, without(answer.short or "", question)), tuple(quotes))

    def all(self) -> tuple[str, ...]:
        return (*self.frame, *self.quotes)

    def say(self, wanted: str) -> bool:
        """Whether a string is said. A quote that opens with a yes or no is not the answer's verdict."""
        return any(says(text, wanted) for text in (self.frame if is_verdict(wanted) else self.all()))

    def say_any(self, wanted: tuple[str, ...]) -> bool:
        return any(map(self.say, wanted))


def _short_right(item: Item, answer: Answer) -> bool | None:
    if not answer.short:
        return None
    short = without(answer.short, item.question)
    return any(says(short, text) for text in item.answers)


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
