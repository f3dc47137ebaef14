"""The order of candidate sentences, and whether the best of them answers at all.

Two linear models over `rag.answer.candidates.FEATURES`; where their weights come from stands beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rag.answer.candidates import FEATURES, Candidate
from rag.question import Question

# Conditional logit over the candidates of one question, the sentence that holds the gold answer against the others,
# fitted on 300 questions of PIAF dev and 250 of XQuAD English with the first bundled model: the best candidate holds
# the answer for 0.63 and 0.84 of them. Those questions were written beside their paragraph and share its words more
# than real ones do, so "cosine" is raised from 3.9 and "words" and "bm25" lowered from 4.2 and 3.4 (0.60 and 0.83 on
# the same sets). "time" and "cue" hardly occur there and are set by hand.
WEIGHTS: Final[dict[str, float]] = {
    "cosine": 7.0,
    "passage_cosine": 2.4,
    "bm25": 2.0,
    "words": 3.0,
    "words_near": 2.1,
    "names": 0.8,
    "names_near": 4.1,
    "short": 1.5,
    "time": 1.3,
    "rank": 0.8,
    "cue": 1.5,
    "denies": -0.3,
    "rarest": 0.5,
    "length": 0.0,
}
# Logistic regression: the best candidate of such a question against the best one after its article was taken away.
PRESENCE: Final[dict[str, float]] = {
    "cosine": 2.07,
    "passage_cosine": -0.71,
    "bm25": 0.90,
    "words": 2.12,
    "words_near": 0.19,
    "short": 0.60,
    "time": 0.29,
    "rank": 2.82,
    "rarest": 0.40,
    "length": 0.46,
}
PRESENCE_BIAS: Final = -6.69
# Least presence of an answer that is given. On those sets, under the weights as fitted, some 0.94 of the questions are
# answered at this value, and 0.6 of those whose article was taken away are refused by it alone, before names and dates
# have a say.
THRESHOLD: Final = 0.14
RIVAL_AT_ALL: Final = 0.003  # least odds against the best sentence of all for one that is taken in its place
# What the confidence of a short answer adds to a sentence's logit, by kind; other kinds gain nothing. On the same
# questions: dates and durations 0.54 -> 0.58 right short answers at 3, entities 0.72 -> 0.75 right sentences at 1.
SHORT_GAIN: Final[dict[str, float]] = {"date": 3.0, "duration": 3.0, "number": 1.0, "entity": 1.0}


def rank(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates, best first: `score` is their odds against the best, `presence` a probability of its own."""
    if not candidates:
        return ()
    logits = [_weighted(c, WEIGHTS) for c in candidates]
    best = max((logit for logit, c in zip(logits, candidates, strict=True) if not c.missing), default=max(logits))
    scored = [
        replace(c, score=math.exp(min(logit - best, 5.0)), presence=presence(c))
        for logit, c in zip(logits, candidates, strict=True)
    ]
    return tuple(sorted(scored, key=lambda c: -c.score))


def presence(candidate: Candidate) -> float:
    """Probability that the archive holds the answer, judged by a best candidate."""
    return 1.0 / (1.0 + math.exp(-PRESENCE_BIAS - _weighted(candidate, PRESENCE)))


def _weighted(candidate: Candidate, weights: dict[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in zip(FEATURES, candidate.features, strict=True))


def best_of(question: Question, able: Sequence[Candidate]) -> Candidate:
    """The best candidate, where a good short answer of the kind asked for counts as SHORT_GAIN says."""
    gain = SHORT_GAIN.get(question.kind, 0.0)
    return max(able, key=lambda c: c.score * math.exp(gain * (c.short.confidence if c.short else 0.0)))


def least_presence(question: Question, candidate: Candidate) -> float:
    """THRESHOLD, halved where the sentence is in the other language: fewer of its words meet the question's."""
    return THRESHOLD if candidate.hit.passage.language == question.language else THRESHOLD / 2
