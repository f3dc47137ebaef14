"""The order of candidate sentences, and whether the best of them answers at all.

Two linear models over `rag.answer.candidates.FEATURES`; where their weights come from stands beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rag.answer.candidates import FEATURES, Candidate
from rag.answer.excerpts import excerpt

# Conditional logit over the candidates of one question, the sentence that holds an accepted answer against the others,
# fitted on the development parts of three sets: 70 questions on 210 news articles and 92 on the sample archive, both
# written from the texts alone in French and English, and 250 of PIAF dev. Cross-validated, the best candidate holds the
# answer for 0.64, 0.42 and 0.68 of them, one of the best two for 0.84, 0.63 and 0.80; the reader alone puts 0.67, 0.36
# and 0.67 first. "names", "names_near", "cue" and "denies", which near-misses hang on, are set by hand.
WEIGHTS: Final[dict[str, float]] = {
    "cosine": 1.8,
    "passage_cosine": 2.8,
    "bm25": 0.9,
    "words": 0.8,
    "words_near": 0.9,
    "names": -0.5,
    "names_near": 1.8,
    "short": 1.6,
    "time": 1.1,
    "cue": 0.5,
    "denies": -0.2,
    "rank": 0.5,
    "rarest": 0.4,
    "length": 0.1,
    "lacks": -1.1,
    "read": 1.9,
}
# Logistic regression on the same questions: the best candidate of an answerable one against that of a near-miss
# (another person, year or event), and against the best one after the article that answers was taken away.
PRESENCE: Final[dict[str, float]] = {
    "cosine": 1.98,
    "names": 0.21,
    "names_near": 1.26,
    "short": 0.81,
    "time": 1.27,
    "cue": 1.0,  # by hand: there are too few such questions to fit it
    "rank": 0.76,
    "denies": -0.18,
    "length": 0.18,
    "lacks": -1.47,
    "typed": -0.87,
    "read": 1.7,
}
PRESENCE_BIAS: Final = -3.63
# Least presence of an answer that is given: some 6 % of the right sentences of 385 development questions lie below it,
# and 56 % of the near-misses whose names are met (cross-validated).
THRESHOLD: Final = 0.25
# Logistic regression, on the same questions, of whether the best candidate holds the answer: by the logarithm of its
# share of all candidates' odds and by the logit of its presence. Cross-validated: of those given 0.2 to 0.4, 0.4 to 0.6
# and 0.6 to 0.8, 0.17, 0.47 and 0.66 hold it.
CONFIDENCE_SHARE: Final = 1.77
CONFIDENCE_PRESENCE: Final = 0.47
CONFIDENCE_BIAS: Final = 0.6
RIVAL_AT_ALL: Final = 0.06  # least odds against the best sentence of all for one that is taken in its place
# Least odds against the best sentence for others that are quoted beside it, how many, and most words of all quotes. On
# the development questions, accepted answers by one more within 60 words at 0.3: 50 of 78 (news) and 51 of 113 (sample
# archive); by two more within 70 at 0.1: 54 and 56, with 56 and 52 words an answer.
FURTHER: Final = 0.1
MOST_FURTHER: Final = 2
MOST_WORDS: Final = 70


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
    return _logistic(PRESENCE_BIAS + _weighted(candidate, PRESENCE))


def confidence(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    """Probability that an answer made of one of a question's candidates is right."""
    share = candidate.score / sum(c.score for c in candidates if not c.missing or c is candidate)
    presence = PRESENCE_BIAS + _weighted(candidate, PRESENCE)
    return _logistic(CONFIDENCE_BIAS + CONFIDENCE_SHARE * math.log(share) + CONFIDENCE_PRESENCE * presence)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))


def _weighted(candidate: Candidate, weights: dict[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in zip(FEATURES, candidate.features, strict=True))


def further(able: Sequence[Candidate], chosen: Candidate) -> list[Candidate]:
    """The next best candidates, best first: those that are nearly as good as the chosen one, as long as all quotes
    together are short enough."""
    others = [c for c in able if (c.document.id, c.start) != (chosen.document.id, chosen.start)]
    likely = [c for c in others if c.score >= FURTHER * chosen.score]
    taken: list[Candidate] = []
    room = MOST_WORDS - len(chosen.text.split())
    for candidate in sorted(likely, key=lambda c: -c.score):
        part = excerpt(candidate)
        length = len(candidate.text[part.start : part.end].split())
        if length <= room:
            taken.append(candidate)
            room -= length
        if len(taken) == MOST_FURTHER:
            break
    return taken
