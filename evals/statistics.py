"""How sure a measure is, and whether two runs differ: intervals, a paired test, what a set is able to see.

Golden questions come in stories: two languages, several questions on one event, answered from the same articles. They
are no independent draws, so whole events are resampled and flipped, never single questions. Every draw comes from a
fixed seed: the same numbers in give the same numbers out. It knows nothing of answers and files.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from evals.metrics import Ratio

SEED: Final = 20260101
DRAWS: Final = 2000  # resamples of an interval; the bounds then move by less than half a point from seed to seed
FLIPS: Final = 10_000  # random sign flips, where there are too many events to try every one
EXACT: Final = 13  # events that differ up to which all 2**n flips are tried
ALPHA: Final = 0.05  # one-sided, of each family of tests
Z95: Final = 1.959964  # standard normal quantile at 0.975
POWER: Final = 1.644854 + 0.841621  # quantiles at 0.95 (one-sided) and 0.80: the usual 80 % power

Verdict = Literal["unchanged", "regression", "improvement", "inconclusive"]
Pairs = Sequence[tuple[Hashable, Ratio]]  # (event, what one item gives)


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval and how it was made."""

    low: float
    high: float
    method: str

    def to_dict(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high, "method": self.method}


def wilson(ratio: Ratio) -> Interval | None:
    """The score interval of a rate; None over nothing. Wilson, Probable inference (JASA 22, 1927).

    It takes the trials for independent; `bootstrap` does not.
    """
    n = ratio.whole
    if not n:
        return None
    p, z2 = ratio.part / n, Z95 * Z95
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Interval(max(0.0, centre - half), min(1.0, centre + half), "wilson")


def bootstrap(pairs: Pairs, draws: int = DRAWS) -> Interval | None:
    """The percentile interval of sum(part) / sum(whole) when whole events are drawn again with replacement; None over
    nothing or over a single event. Field & Welsh, Bootstrapping clustered data (JRSS B 69, 2007)."""
    parts, wholes = _by_cluster(pairs)
    if len(parts) < 2:
        return None
    chosen = np.random.default_rng(SEED).integers(0, len(parts), size=(draws, len(parts)))
    whole = wholes[chosen].sum(axis=1)
    values = parts[chosen].sum(axis=1)[whole > 0] / whole[whole > 0]
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(float(low), float(high), f"bootstrap of {len(parts)} events")


def _by_cluster(pairs: Pairs) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Sums of the parts and of the wholes by event, without events that measure nothing; each of shape (events,)."""
    sums: dict[Hashable, list[float]] = {}
    for cluster, ratio in pairs:
        known = sums.setdefault(cluster, [0.0, 0.0])
        known[0] += ratio.part
        known[1] += ratio.whole
    kept = np.array([one for one in sums.values() if one[1]], dtype=np.float64).reshape(-1, 2)
    return kept[:, 0], kept[:, 1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure of the same items in two runs; "better" has a positive difference."""

    name: str
    items: int  # measured in both
    clusters: int  # events they belong to
    changed: int  # events on which the runs differ
    before: float | None  # mean over the items, in [0, 1]
    after: float | None
    difference: float  # mean of better - worse, in [-1, 1]
    p_worse: float  # one-sided: chance of a drop this large if better and worse were equally likely
    p_better: float
    verdict: Verdict

    def to_dict(self) -> dict[str, Any]:
        return {
            "measure": self.name,
            "items": self.items,
            "events": self.clusters,
            "events_changed": self.changed,
            "before": self.before,
            "after": self.after,
            "difference": self.difference,
            "p_worse": self.p_worse,
            "p_better": self.p_better,
            "verdict": self.verdict,
        }


def compare(
    name: str,
    before: Mapping[str, Ratio],
    after: Mapping[str, Ratio],
    cluster_of: Mapping[str, Hashable],
    *,
    lower_is_better: bool = False,
    alpha: float = ALPHA,
) -> Comparison:
    """Paired sign-flip permutation test over events (Fisher, Design of Experiments, 1935, section 21).

    `before` and `after`: item id -> what it measured. Items that one of them did not measure are left out, and the
    count of items says how many were not.
    """
    ids = [one for one, ratio in before.items() if ratio.whole and one in after and after[one].whole]
    old = {one: before[one].part / before[one].whole for one in ids}
    new = {one: after[one].part / after[one].whole for one in ids}
    sums: dict[Hashable, float] = {}
    for one in ids:
        gain = old[one] - new[one] if lower_is_better else new[one] - old[one]
        sums[cluster_of[one]] = sums.get(cluster_of[one], 0.0) + gain
    moved = np.array([gain for gain in sums.values() if abs(gain) > 1e-12], dtype=np.float64)
    worse, better = _tails(moved)
    verdict: Verdict = "unchanged" if ids else "inconclusive"
    if len(moved):
        verdict = "regression" if worse < alpha else "improvement" if better < alpha else "inconclusive"
    count = len(ids)
    return Comparison(
        name=name,
        items=count,
        clusters=len(sums),
        changed=len(moved),
        before=math.fsum(old.values()) / count if count else None,
        after=math.fsum(new.values()) / count if count else None,
        difference=float(moved.sum()) / count if count else 0.0,
        p_worse=worse,
        p_better=better,
        verdict=verdict,
    )


def _tails(gains: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Chances of a sum this small and this large when the sign of every gain is a toss."""
    size = len(gains)
    if not size:
        return 1.0, 1.0
    if size <= EXACT:
        bits = np.arange(2**size)[:, None] >> np.arange(size)[None, :] & 1
        extra = 0
    else:
        bits = np.random.default_rng(SEED).integers(0, 2, size=(FLIPS, size))
        extra = 1  # the observed signs are one of the possible tosses
    sums = (2 * bits - 1) @ np.abs(gains)
    seen, slack = gains.sum(), 1e-9
    total = len(sums) + extra
    return (
        (int((sums <= seen + slack).sum()) + extra) / total,
        (int((sums >= seen - slack).sum()) + extra) / total,
    )


def holm(comparisons: Iterable[Comparison], alpha: float = ALPHA) -> tuple[Comparison, ...]:
    """The comparisons with regressions kept that stand together: Holm's step-down (Scand. J. Statistics 6, 1979).

    A regression that no longer stands is inconclusive; the order is kept.
    """
    given = list(comparisons)
    tested = sorted((one for one in given if one.changed), key=lambda one: one.p_worse)
    standing: set[str] = set()
    for place, one in enumerate(tested):
        if one.p_worse * (len(tested) - place) >= alpha:
            break
        standing.add(one.name)
    return tuple(
        one if one.verdict != "regression" or one.name in standing else replace(one, verdict="inconclusive")
        for one in given
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """The smallest drop of a measure that a set can see."""

    items: int
    clusters: int
    at_best: float | None  # if every change is a loss, one item in each of as few events as the test needs
    with_power: float | None  # 80 % of the time, between two runs that share nothing but the questions

    def to_dict(self) -> dict[str, Any]:
        return {"items": self.items, "events": self.clusters, "at_best": self.at_best, "with_power": self.with_power}


def sight(pairs: Pairs, alpha: float = ALPHA) -> Sight:
    """What a set can see of a measure. `at_best` is a bound that no test can beat: k events that all lose come up by
    chance once in 2**k. `with_power` takes the standard error of the cluster bootstrap for each of the two runs."""
    parts, wholes = _by_cluster(pairs)
    count = sum(1 for _, ratio in pairs if ratio.whole)
    needed = math.floor(math.log2(1 / alpha)) + 1
    if len(parts) < max(2, needed):
        return Sight(count, len(parts), None, None)
    chosen = np.random.default_rng(SEED).integers(0, len(parts), size=(DRAWS, len(parts)))
    spread = float((parts[chosen].sum(axis=1) / wholes[chosen].sum(axis=1)).std(ddof=1))
    # Where every event measured the same there is no spread to go by, which is not the same as seeing everything.
    return Sight(count, len(parts), needed / count, min(1.0, POWER * math.sqrt(2) * spread) if spread > 1e-9 else None)


@dataclass(frozen=True, slots=True)
class Parity:
    """French against English over twins: positive when French does better."""

    pairs: int
    difference: float | None  # mean over the pairs, in [-1, 1]
    interval: Interval | None
    verdict: str  # "no difference seen", "French is better", "English is better", "inconclusive", "no pairs"

    def to_dict(self) -> dict[str, Any]:
        return {
            "pairs": self.pairs,
            "difference": self.difference,
            "interval": self.interval.to_dict() if self.interval else None,
            "verdict": self.verdict,
        }


def parity(pairs: Sequence[tuple[Hashable, float, float]], margin: float = 0.05) -> Parity:
    """The paired difference of twins, as (event, French value, English value), each value in [0, 1].

    "no difference seen" is said only when the whole interval lies within the margin; an interval that holds 0 and more
    than the margin is inconclusive.
    """
    if not pairs:
        return Parity(0, None, None, "no pairs")
    # Shifted into [0, 1], so that the difference is a ratio like every other.
    found = bootstrap([(event, Ratio((1 + fr - en) / 2, 1)) for event, fr, en in pairs])
    difference = math.fsum(fr - en for _, fr, en in pairs) / len(pairs)
    if found is None:
        return Parity(len(pairs), difference, None, "inconclusive")
    interval = Interval(2 * found.low - 1, 2 * found.high - 1, found.method)
    verdict = "inconclusive"
    if interval.low > 0:
        verdict = "French is better"
    elif interval.high < 0:
        verdict = "English is better"
    elif -margin <= interval.low and interval.high <= margin:
        verdict = "no difference seen"
    return Parity(len(pairs), difference, interval, verdict)
