"""The check of coverage: whether the cited passages hold what a claim says, by its words and by the model's vectors.

It measures; the thresholds stand here alone, and `python -m evals.judge_benchmark --calibrate` proposes them anew when
the bundled model changes. Knows nothing of values, names and stance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from evals.judge.named import names_in
from evals.judge.reading import Passage, clauses, read, sentences_of
from evals.judge.words import Words, content
from rag.answer.figures import find_figures
from rag.embedding import Embedder
from rag.store.base import Vector
from rag.text import Span, detect_language, fold
from rag.types import Language

# The score is COSINE * cosine + (1 - COSINE) * share of content words held; both in [0, 1].
COSINE: Final = 0.5
ENOUGH: Final = 0.6  # score from which a claim is covered
SOME: Final = 0.5  # score below which the passages do not speak of it; between the two the judge cannot tell
# The same for a claim in the one language whose passages are all in the other: fewer of its words are recognised.
ENOUGH_ACROSS: Final = 0.55
SOME_ACROSS: Final = 0.45
ANSWERED: Final = 0.15  # score of an answer of a few words together with its question
OWN: Final = 0.6  # share of such an answer's own content words
LEAST_CLAUSE: Final = 0.25  # score below which a clause of a claim that is covered as a whole was added to it
CLAUSE_WORDS: Final = 3  # content words from which a clause is looked at by itself
FEW: Final = 3  # content words up to which a claim's every word weighs
HELD: Final = 0.6  # share of so few words below which their one statement is another
_FRAME: Final = re.compile(r"\s*(?:selon|d'apres|according to)\b")
_LANGUAGES: Final[tuple[Language, Language]] = ("fr", "en")
_FEW: Final = 4  # sentences of a passage up to which its clauses are embedded by themselves, too
_WIDEST: Final = 3  # neighbouring sentences of a passage that are embedded together


@dataclass(frozen=True, slots=True)
class Covered:
    """How far a claim is covered."""

    cosine: float  # of the claim and the nearest one to three sentences of a passage
    share: float  # of the claim's content words that the passages hold
    across: bool  # the claim is in the one language, all of its passages in the other
    added: str = ""  # a clause of the claim that nothing in the passages is near to
    # A few words, names and values apart, of which the passages hold hardly half: "The mayor of X resigned" where they
    # tell something else of the mayor of X. However near the whole is, its one statement is not theirs.
    thin: bool = False

    @property
    def enough(self) -> bool:
        return not self.thin and self.score >= (ENOUGH_ACROSS if self.across else ENOUGH)

    @property
    def some(self) -> bool:
        return self.score >= (SOME_ACROSS if self.across else SOME)

    @property
    def score(self) -> float:
        return COSINE * max(0.0, self.cosine) + (1 - COSINE) * self.share


class Coverage:
    """Measures claims; embeds each text once."""

    def __init__(self, embedder: Embedder, words: Words) -> None:
        self._embedder, self._words = embedder, words
        self._known: dict[str, Vector] = {}

    def of(self, claim: str, frame: str, passages: Sequence[Passage], language: Language) -> Covered:
        """Coverage of a claim; `frame` is the claim without what it quotes word for word, "" when nothing is left."""
        windows = [window for passage in passages for window in _windows(passage)]
        windows += [f"{passage.about} {passage.text}"[:1_000] for passage in passages]
        vectors = self._vectors([claim, *windows])
        cosines = vectors[1:] @ vectors[0]
        held = "\n".join(passage.near for passage in passages)
        named = names_in(claim)  # another check has found them, and they would hide that nothing else is held
        named += [Span(one.start, one.end) for one in read(claim, language, None).dates]
        said = [one for one in content(claim) if not any(span.start <= one.start < span.end for span in named)]
        # The check of figures has found each of them there.
        figures = len(read(claim, language, None).figures)
        share = self._words.share(said, held) if said else 1.0
        thin = 0 < len(said) <= FEW and share < HELD
        share = (share * len(said) + figures) / (len(said) + figures) if said else share
        across = all(passage.said.language != language for passage in passages)
        return Covered(float(cosines.max()), share, across, self._added(frame, windows, held), thin)

    def answers(self, claim: str, measured: Covered, passages: Sequence[Passage]) -> bool:
        """Whether an answer of a few words, measured together with its question, stands in passages on
        that question."""
        figures = find_figures(claim, detect_language(claim))
        dates = [found for one in _LANGUAGES for found in read(claim, one, None).dates]
        own = [one for one in content(claim) if not any(0 <= one.start - figure.end <= 2 for figure in figures)]
        own = [one for one in own if not any(date.start <= one.start < date.end for date in dates)]
        held = "\n".join(passage.near for passage in passages)
        return measured.score >= ANSWERED and (not own or self._words.share(own, held) >= OWN)

    def _vectors(self, texts: Sequence[str]) -> Vector:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            if len(self._known) > 5_000:
                self._known.clear()
                new = list(dict.fromkeys(texts))
            # One by one: what else is in a batch moves a vector's last digits, and one claim has one verdict.
            self._known |= {text: self._embedder.embed_passages([text])[0] for text in new}
        return np.stack([self._known[text] for text in texts])

    def _added(self, frame: str, windows: Sequence[str], held: str) -> str:
        pieces = [frame[span.start : span.end] for span in clauses(frame)]
        pieces = [piece for piece in pieces if len(content(piece)) >= CLAUSE_WORDS and not _FRAME.match(fold(piece))]
        if len(pieces) < 2:
            return ""
        vectors = self._vectors([*pieces, *windows])
        cosines = (vectors[: len(pieces)] @ vectors[len(pieces) :].T).max(axis=1)
        for piece, cosine in zip(pieces, cosines, strict=True):
            share = self._words.share(content(piece), held)
            if COSINE * float(cosine) + (1 - COSINE) * share < LEAST_CLAUSE:
                return piece.strip()
        return ""


def _windows(passage: Passage) -> list[str]:
    pieces = sentences_of(passage)
    spans = range(1, min(_WIDEST, len(pieces)) + 1) if len(pieces) <= 12 else range(1, 3)
    found = [" ".join(pieces[at : at + width]) for width in spans for at in range(len(pieces) - width + 1)]
    if len(pieces) <= _FEW:
        found += [piece[one.start : one.end] for piece in pieces for one in clauses(piece)]
    return list(dict.fromkeys(found))
