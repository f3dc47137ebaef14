"""The sentences of an answer put to a judge: against all that the answer cites, and against their own citations, for
faithfulness and for ALCE's citation recall and precision.

It decides nothing itself. A citation that does not stand in its source supports nothing, and whatever goes wrong in a
judge is an undecided verdict, which never counts as support.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

from evals.citations import stands
from evals.judge.types import KINDS, Cited, Claim, Source, Verdict, VerdictKind
from rag.errors import GazetteError
from rag.types import Answer, Citation, Sentence

# What a fault in a program looks like from outside; an evaluation must outlive it, and it is never a pass.
FAILURES: Final = (
    GazetteError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
SUPPORTED: Final = "supported"
NOT_FOUND: Final = "not found"


class Decides(Protocol):
    """A judge of claims; `evals.judge.Judge` is one."""

    @property
    def version(self) -> str:
        """Changes whenever its verdicts may."""
        ...

    def verdict(self, claim: Claim) -> Verdict:
        """Whether what a claim cites, taken together, bears it out."""
        ...


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """One sentence of an answer and what the judge found."""

    text: str
    whole: VerdictKind  # against everything that the answer cites
    cited: VerdictKind  # against what the sentence itself cites
    needed: tuple[bool, ...] = ()  # citation by citation of the sentence: ALCE's precision
    reason: str = ""
    check: str = ""  # of the judge, that settled it
    held_against: tuple[Cited, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "whole": self.whole,
            "cited": self.cited,
            "needed": list(self.needed),
            "reason": self.reason,
            "check": self.check,
            "sources": [{"text": one.quote, "about": about(one.source)} for one in self.held_against],
        }


def about(source: Source | None) -> str:
    """Where a source is from, for people."""
    if source is None:
        return ""
    return ", ".join(filter(None, (source.kind, source.title, source.outlet, source.published.value)))


def decided(judge: Decides, claim: Claim) -> Verdict:
    """A judge's verdict; a claim that cites nothing is not found, and a judge that fails, or says what is no verdict,
    has come to none."""
    if not claim.cited:
        return Verdict(NOT_FOUND, "nothing is cited", "structure")
    try:
        found = judge.verdict(claim)
        if found.kind in KINDS:
            return found
        return Verdict("undecided", f"the judge said {found.kind!r}, which is no verdict", "model")
    except FAILURES as error:
        return Verdict("undecided", f"the judge failed: {type(error).__name__}: {error}", "model")


def judged(answer: Answer | None, texts: Sequence[str | None], judge: Decides) -> tuple[JudgedClaim, ...]:
    """Every sentence of an answer, judged; nothing of an abstention or of no answer. `texts`: for each citation the
    stored text, None where there is none."""
    if answer is None or answer.abstained:
        return ()
    hearing = _Hearing(judge, answer, tuple(map(_cited, answer.citations, texts)))
    sentences = answer.sentences or (Sentence(answer.text, tuple(range(len(answer.citations)))),)
    return tuple(hearing.judged(sentence) for sentence in sentences if sentence.text.strip())


def _cited(citation: Citation, text: str | None) -> Cited | None:
    """What a citation gives a judge; nothing when its quote does not stand in its source."""
    if text is None or not stands(citation, text):
        return None
    article = citation.article
    source = Source(
        text=text,
        kind=citation.kind,
        published=article.published,
        title=article.title,
        outlet=article.outlet,
        author=citation.comment.author if citation.comment else None,
    )
    return Cited(source, citation.quote, citation.start, citation.end)


@dataclass(frozen=True, slots=True)
class _Hearing:
    """One answer before a judge."""

    judge: Decides
    answer: Answer
    cited: tuple[Cited | None, ...]  # citation by citation; None where it does not stand
    _known: dict[tuple[str, tuple[int, ...]], Verdict] = field(default_factory=dict)

    def verdict(self, claim: str, places: Sequence[int]) -> Verdict:
        """On a sentence against some of the citations."""
        key = (claim, tuple(sorted(set(places))))
        if key not in self._known:
            held = tuple(one for place in key[1] if (one := self.cited[place]) is not None)
            as_of = date.fromisoformat(self.answer.as_of) if self.answer.as_of else None
            put = Claim(claim, held, language=self.answer.language, as_of=as_of, question=self.answer.question)
            self._known[key] = decided(self.judge, put)
        return self._known[key]

    def judged(self, sentence: Sentence) -> JudgedClaim:
        own = tuple(place for place in sentence.citations if 0 <= place < len(self.cited))
        every = tuple(range(len(self.cited)))
        whole, cited = self.verdict(sentence.text, every), self.verdict(sentence.text, own)
        telling = cited if whole.passed else whole
        return JudgedClaim(
            text=sentence.text,
            whole=whole.kind,
            cited=cited.kind,
            needed=tuple(self._needed(sentence.text, place, own) for place in own),
            reason=telling.reason,
            check=telling.check,
            held_against=tuple(one for place in own or every if (one := self.cited[place]) is not None),
        )

    def _needed(self, claim: str, place: int, own: tuple[int, ...]) -> bool:
        """ALCE: of a supported sentence, a citation counts that supports alone, or that the others cannot spare."""
        if not self.verdict(claim, own).passed:
            return False
        if self.verdict(claim, (place,)).passed:
            return True
        return not self.verdict(claim, tuple(other for other in own if other != place)).passed
