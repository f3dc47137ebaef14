"""The judge: its checks in their order. A contradiction settles the verdict, else the first check that fails.

Citation structure, exact quotes, figures, dates, names, stance (denied, planned, whose word), coverage; then, where
coverage leaves it open, a model that was given. Knows no archive and no program under test.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from evals.judge.align import has_verb, matches
from evals.judge.coverage import Coverage, Covered
from evals.judge.days import wrong_date
from evals.judge.figures import wrong_figure
from evals.judge.frames import counted, without_codes, without_head, wrong_reader
from evals.judge.model import ENTAILS, Entailment, LanguageModel, asked
from evals.judge.named import wrong_name
from evals.judge.reading import Passage, Said, frame_of, language_of, passage_of, read, sentences_of, unmarked
from evals.judge.stance import foretold, not_a_fact, opposed
from evals.judge.structure import misquoted, structural
from evals.judge.types import Claim, Place, Verdict, VerdictKind
from evals.judge.words import Words, squeezed
from rag.embedding import Embedder
from rag.errors import GazetteError
from rag.text import fold, words

JUDGE_VERSION: Final = "offline-2"  # goes into lock files and reports; changes whenever a verdict may
BARE: Final = 4  # words up to which an answer without its question may be a name or a value
FRAGMENT: Final = 8  # words up to which an answer to a question may be less than a sentence
MOST_SENTENCES: Final = 12  # of a passage, up to which a claim is looked for as a run of its sentences
_YES_NO: Final = {"oui": True, "yes": True, "non": False, "no": False}
_OF_THE_ARCHIVE: Final = re.compile(
    r"(?:la (?:derni[eè]re|premi[eè]re) mention dans l['’]archive|the (?:latest|earliest) in the archive)",
    re.IGNORECASE,
)
# The day that the archive ends on, beside what is the latest in it; the check of dates has read it.
_AS_OF: Final = re.compile(r"\((?:archive arrêtée au|as of) [^()]*\)")


class Judge:
    """Deterministic and offline; `nli` and `llm` are asked, in this order, only where the checks leave it open."""

    version = JUDGE_VERSION

    def __init__(self, embedder: Embedder, nli: Entailment | None = None, llm: LanguageModel | None = None) -> None:
        self._words = Words(embedder)
        self._coverage = Coverage(embedder, self._words)
        self._nli, self._llm = nli, llm

    def verdict(self, claim: Claim) -> Verdict:
        """Whether the cited passages bear the claim out. A fault of `nli` or `llm` makes it undecided."""
        fault = structural(claim)
        if fault is not None:
            return fault
        claim = replace(claim, text=unmarked(claim.text), language=language_of(claim))
        passages = tuple(passage_of(number, cited) for number, cited in enumerate(claim.cited))
        if _stands_whole(claim.text, passages):
            return Verdict("supported", "word for word a sentence of the source", "quote", (passages[0].place(),))
        if verdict := self._yes_or_no(claim, passages):
            return verdict
        if not misquoted(claim, passages) and (verdict := counted(frame_of(claim.text), passages)):
            return verdict
        frame = without_head(claim, frame_of(claim.text), passages)
        frame = _OF_THE_ARCHIVE.sub(lambda found: " " * len(found.group()), frame)
        return self._typed(claim, frame, passages) or self._covered(claim, frame, passages)

    def _typed(self, claim: Claim, frame: str, passages: Sequence[Passage]) -> Verdict | None:
        valued = without_codes(frame, passages)
        said = read(valued, language_of(claim), None)
        matched = matches(_without_dates(valued, said), passages, self._words)
        found = [
            misquoted(claim, passages),
            wrong_figure(claim, said, valued, passages, self._words),
            wrong_date(claim, said, valued, passages, self._words),
            wrong_name(frame, passages),
            wrong_reader(frame, passages),
            opposed(matched),
            foretold(matched),
            not_a_fact(claim.text, matched, passages),
        ]
        faults = [one for one in found if one is not None]
        # What the sources deny weighs more than what they merely lack.
        return next((one for one in faults if one.kind == "contradicted"), faults[0] if faults else None)

    def _covered(self, claim: Claim, frame: str, passages: Sequence[Passage]) -> Verdict:
        own = claim.text if frame_of(claim.text) != claim.text else " ".join(_AS_OF.sub(" ", frame).split())
        fragment = bool(claim.question) and len(words(own)) <= FRAGMENT
        whole = f"{claim.question} {own}" if fragment else own
        measured = self._coverage.of(whole, "" if fragment else frame, passages, language_of(claim))
        return replace(
            self._by_coverage(claim, frame, passages, measured, own if fragment else ""), coverage=measured.score
        )

    def _by_coverage(
        self, claim: Claim, frame: str, passages: Sequence[Passage], measured: Covered, own: str
    ) -> Verdict:
        how = f"cosine {measured.cosine:.2f}, {measured.share:.0%} of its words"
        place = (passages[0].place(),)
        if measured.added:
            start = max(0, frame.find(measured.added))
            added = Place("claim", start, start + len(measured.added), measured.added)
            return Verdict("not found", f"nothing cited speaks of {measured.added!r}", "coverage", (added,))
        enough = measured.enough or (own != "" and self._coverage.answers(own, measured, passages))
        enough = enough or (not claim.question and _is_bare(claim.text) and _stands(claim.text, passages))
        if enough or not frame.strip(' .,:;«»“”"'):
            return Verdict("supported", f"every check passed ({how})", "coverage", place)
        if found := self._asked(claim, passages):
            return found
        if measured.some:
            return Verdict(
                "undecided", f"the passages are near it and do not say it plainly ({how})", "coverage", place
            )
        return Verdict("not found", f"the cited passages do not say it ({how})", "coverage", place)

    def _asked(self, claim: Claim, passages: Sequence[Passage]) -> Verdict | None:
        """What a model says where the words leave it open; None when there is none, or it finds nothing entailed."""
        text = "\n\n".join(passage.text for passage in passages)
        place = (passages[0].place(),)
        try:
            if self._nli is not None and self._nli.entails(text, claim.text) >= ENTAILS:
                return Verdict("supported", "the cross-encoder finds it entailed", "model", place)
            if self._llm is not None:
                kind = asked(self._llm, claim.text, text)
                return Verdict(kind, f"the language model says {kind}", "model", place)
        except GazetteError as error:
            return Verdict("undecided", f"the model failed: {error}", "model", place)
        return None

    def _yes_or_no(self, claim: Claim, passages: Sequence[Passage]) -> Verdict | None:
        """A bare yes or no, by what the question would say as a statement; None for any other claim."""
        bare = _YES_NO.get(fold(claim.text).strip(" .,!"))
        if bare is None:
            return None
        if not claim.question.strip():
            return Verdict("undecided", "a bare yes or no, and no question", "coverage")
        stated = replace(claim, text=_as_statement(claim.question), question="")
        found = self._typed(stated, stated.text, passages) or self._covered(stated, stated.text, passages)
        if bare:
            return found
        if found.kind == "contradicted":
            return Verdict("supported", f"no: {found.reason}", found.check, found.spans)
        kind: VerdictKind = "contradicted" if found.passed else "undecided"
        return Verdict(kind, f"a no, while of the question as a statement: {found.reason}", found.check, found.spans)


def _without_dates(frame: str, said: Said) -> str:
    """A claim without its dates, which another check has read."""
    for one in said.dates:
        frame = frame[: one.start] + " " * (one.end - one.start) + frame[one.end :]
    return frame


def _stands_whole(text: str, passages: Sequence[Passage]) -> bool:
    """Whether a claim is a sentence of an article's passages, or several in a row."""
    said = squeezed(text).strip()
    for passage in passages:
        if passage.source.kind == "comment":
            continue
        pieces = [squeezed(one) for one in sentences_of(passage)]
        runs = (" ".join(pieces[at:end]) for at in range(len(pieces)) for end in range(at + 1, len(pieces) + 1))
        if len(pieces) <= MOST_SENTENCES and said in runs:
            return True
    return False


def _is_bare(text: str) -> bool:
    """Whether a claim is a name or a value by itself, which says no more than that it is there."""
    return len(words(text)) <= BARE and not has_verb(text)


def _stands(text: str, passages: Sequence[Passage]) -> bool:
    """Whether a claim stands in an article's passages as whole words, letter by letter but for its first."""
    said = squeezed(text).strip(" .")
    forms = re.compile(rf"(?<!\w)(?:{re.escape(said)}|{re.escape(said[:1].swapcase() + said[1:])})(?!\w)")
    return any(forms.search(squeezed(one.text)) for one in passages if one.source.kind == "article")


def _as_statement(question: str) -> str:
    """A question of yes or no without its form of asking."""
    text = re.sub(
        r"^(?:est-ce qu['’e]\s?|is it true that |did |does |do |has |have |was |were |is |are )",
        "",
        question.strip(),
        flags=re.I,
    )
    text = re.sub(r"-t-(?:il|elle|on|ils|elles)\b|-(?:il|elle|ils|elles|on)\b", "", text)
    return text.rstrip(" ?!") + "."
