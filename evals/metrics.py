"""Measures as pure functions: ranks and right-or-wrong in, ratios out.

Every measure is a numerator over a denominator; one over nothing has no value, and is never taken for a pass. It knows
nothing of archives, answers and files.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`; part is a fraction where a mean of fractions is meant."""

    part: float  # in [0, whole]
    whole: int

    @property
    def value(self) -> float | None:
        """In [0, 1]; None when there was nothing to measure."""
        return self.part / self.whole if self.whole else None

    def to_dict(self) -> dict[str, Any]:
        return {"value": self.value, "part": self.part, "whole": self.whole}


NOTHING: Final = Ratio(0, 0)


def total(ratios: Iterable[Ratio]) -> Ratio:
    """The sum of the parts over the sum of the wholes."""
    given = list(ratios)
    return Ratio(math.fsum(one.part for one in given), sum(one.whole for one in given))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of the values do not exceed (nearest rank); 0 of no values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def share(flags: Iterable[bool]) -> Ratio:
    """How many of the flags are true."""
    given = list(flags)
    return Ratio(sum(given), len(given))


def mean(values: Iterable[float]) -> Ratio:
    """The mean of values in [0, 1], as their sum over their number."""
    given = list(values)
    return Ratio(math.fsum(given), len(given))


def recall_at(k: int, ranked: Sequence[frozenset[str]], gold: Sequence[str]) -> float:
    """Share of the gold articles among the first k of a ranking, in [0, 1].

    `ranked`: for each article in order the gold names that it bears (none for an article that is not gold). Manning,
    Raghavan & Schütze, Introduction to Information Retrieval (2008), section 8.3.
    """
    found = frozenset[str]().union(*ranked[:k])
    return len(found & set(gold)) / len(set(gold))


def reciprocal_rank(ranked: Sequence[frozenset[str]], gold: Sequence[str]) -> float:
    """1 / rank of the first gold article, 0 when there is none; its mean is the MRR (Voorhees, TREC-8, 1999)."""
    wanted = set(gold)
    return next((1.0 / rank for rank, names in enumerate(ranked, 1) if names & wanted), 0.0)


def ndcg_at(k: int, ranked: Sequence[frozenset[str]], gold: Sequence[str]) -> float:
    """Normalised discounted cumulative gain of the first k with gains of 0 and 1, in [0, 1].

    Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques (2002), with the usual log2(rank + 1). An
    article that is met again gains nothing.
    """
    left = set(gold)
    gain = 0.0
    for rank, names in enumerate(ranked[:k], 1):
        if names & left:
            gain += 1.0 / math.log2(rank + 1)
            left -= names
    best = sum(1.0 / math.log2(rank + 1) for rank in range(1, min(k, len(set(gold))) + 1))
    return gain / best


@dataclass(frozen=True, slots=True)
class Attempt:
    """One question on the refusal curve."""

    confidence: float
    answered: bool
    right: bool


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What the accuracy would be if only answers of at least this confidence were given."""

    confidence: float
    coverage: Ratio  # answers given / questions
    accuracy: Ratio  # right answers / answers given

    def to_dict(self) -> dict[str, Any]:
        return {
            "confidence": self.confidence,
            "coverage": self.coverage.to_dict(),
            "accuracy": self.accuracy.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Answers of like confidence, and how many of them are right."""

    low: float  # the bin holds low <= confidence < high, the last one its upper end, too
    high: float
    confidence: float | None  # mean over the bin; None where it is empty
    accuracy: Ratio  # right answers / answers

    def to_dict(self) -> dict[str, Any]:
        return {
            "low": self.low,
            "high": self.high,
            "confidence": self.confidence,
            "accuracy": self.accuracy.to_dict(),
        }


def reliability(attempts: Sequence[Attempt], bins: int = 5) -> tuple[ReliabilityBin, ...]:
    """Confidence against accuracy in `bins` equal bins over [0, 1]; attempts without an answer, or with a confidence
    below 0 (none was given), are left out. Guo et al., On Calibration of Modern Neural Networks (2017)."""
    given = [a for a in attempts if a.answered and a.confidence >= 0]
    found = []
    for at in range(bins):
        low, high = at / bins, (at + 1) / bins
        inside = [a for a in given if low <= a.confidence < high or (at == bins - 1 and a.confidence == 1)]
        mean_of = sum(a.confidence for a in inside) / len(inside) if inside else None
        found.append(ReliabilityBin(low, high, mean_of, share(a.right for a in inside)))
    return tuple(found)


def refusal_curve(attempts: Sequence[Attempt], points: int = 10) -> tuple[CurvePoint, ...]:
    """Accuracy against coverage, from the surest answers to all of them, at most `points` points.

    Answers of equal confidence are given or withheld together. El-Yaniv & Wiener, On the Foundations of Noise-free
    Selective Classification (2010).
    """
    answered = sorted((a for a in attempts if a.answered), key=lambda a: -a.confidence)
    ends = [
        n
        for n, one in enumerate(answered, 1)
        if n == len(answered) or one.confidence != answered[n].confidence  # the last of its confidence
    ]
    wanted = [math.ceil(len(answered) * step / points) for step in range(1, points + 1)]
    chosen = sorted({next(end for end in ends if end >= count) for count in wanted}) if answered else []
    return tuple(
        CurvePoint(answered[end - 1].confidence, Ratio(end, len(attempts)), share(a.right for a in answered[:end]))
        for end in chosen
    )
