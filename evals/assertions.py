"""`assert_faithful`: a program's answer held against the sources it gives, in anyone's tests.

The program may be made of anything; what is needed is its question, its answer's text and the texts it cites. It knows
nothing of archives and golden sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache

from evals.claims import Decides, decided
from evals.judge import Cited, Claim, Judge, Source
from evals.matching import fold
from rag.embedding import load_embedder
from rag.errors import UsageError
from rag.settings import BUNDLED_EMBEDDER
from rag.text import detect_language, sentences
from rag.types import PassageKind, PublicationDate


@dataclass(frozen=True, slots=True)
class TextSource:
    """One text that an answer cites."""

    text: str
    published: str | None = None  # ISO day; "Tuesday" and "last month" count from it
    title: str = ""
    kind: PassageKind = "article"

    @property
    def source(self) -> Source:
        """As the judge takes it. Raises `UsageError` for a day that is none."""
        if self.published is None:
            return Source(self.text, self.kind, title=self.title)
        try:
            day = date.fromisoformat(self.published).isoformat()
        except ValueError:
            raise UsageError(f"published is {self.published!r}; write a day as 2026-02-03") from None
        return Source(self.text, self.kind, PublicationDate(day, "day", "metadata"), title=self.title)


@cache
def _bundled() -> Decides:
    return Judge(load_embedder(BUNDLED_EMBEDDER))


def assert_faithful(
    question: str, answer: str, sources: Sequence[str | TextSource], *, judge: Decides | None = None
) -> None:
    """Raise `AssertionError`, with the sentences and the words that differ, unless the sources support every sentence
    of the answer.

    An answer that says nothing, or nothing but the question, is not faithful, nor is one without sources, nor one on
    which the judge comes to no verdict. `judge` is by default the offline one with the bundled model. Raises
    `UsageError` for sources that are one string, which would be read letter by letter.
    """
    if isinstance(sources, str):
        raise UsageError("sources must be a list of texts, not one text")
    texts = [one if isinstance(one, TextSource) else TextSource(one) for one in sources]
    said = [answer[span.start : span.end].strip() for span in sentences(answer, detect_language(answer))]
    said = [one for one in said if any(character.isalnum() for character in one)]
    if not said or fold(answer).strip(" ?!.") == fold(question).strip(" ?!."):
        raise AssertionError(f"the answer to {question!r} says nothing: {answer!r}")
    given = tuple(Cited.whole(one.source) for one in texts)
    deciding = judge or _bundled()
    faults = []
    for one in said:
        verdict = decided(deciding, Claim(one, given, question=question))
        if not verdict.passed:
            faults.append(f"{verdict.kind}: {verdict.reason}\n{_difference(one, texts)}")
    if faults:
        head = f"{len(faults)} of {len(said)} sentences of the answer to {question!r} are not carried by its sources"
        raise AssertionError("\n\n".join((head, *faults)))


def _difference(sentence: str, texts: Sequence[TextSource]) -> str:
    """A sentence beside the stretch of the sources nearest to it, with [-its-] and {+their+} words that differ."""
    words = sentence.split()
    pieces = [piece for one in texts for piece in _sentences(one.text)]
    if not pieces:
        return f"  said:    {sentence}\n  sources: none"
    nearest = max(pieces, key=lambda piece: _matcher(words, piece.split()).ratio())
    others = nearest.split()
    drawn = []
    for tag, start, end, left, right in _matcher(words, others).get_opcodes():
        if tag == "equal":
            drawn += words[start:end]
            continue
        drawn += [f"[-{' '.join(words[start:end])}-]"] if end > start else []
        drawn += [f"{{+{' '.join(others[left:right])}+}}"] if right > left else []
    return f"  said:    {sentence}\n  nearest: {nearest}\n  differs: {' '.join(drawn)}"


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end].strip() for span in sentences(text, detect_language(text))] or [text]


def _matcher(words: Sequence[str], others: Sequence[str]) -> SequenceMatcher[str]:
    said, held = ([fold(word).strip(".,;:!?«»\"'") for word in side] for side in (words, others))
    return SequenceMatcher(None, said, held, autojunk=False)
