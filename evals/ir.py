"""Measures of a ranking, defined as trec_eval defines them: ranked document ids and graded judgements in, numbers out.

Judgements ("qrels") give each judged document of a topic its gain; a gain of 1 or more is relevant, a document without
one is not. A document that a ranking names twice counts once, where it stands first. It knows nothing of archives,
questions and files. `evals.metrics` has the measures of rankings whose articles may bear several gold names.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Gains = Mapping[str, int]
DEPTH: Final = 10  # documents of a ranking that are looked at
MEASURES: Final = ("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10")


def relevant(gains: Gains) -> frozenset[str]:
    """The documents of a topic with a gain of 1 or more."""
    return frozenset(document for document, gain in gains.items() if gain >= 1)


def recall_at(k: int, ranked: Sequence[str], gains: Gains) -> float:
    """Share of the relevant documents among the first k, in [0, 1]; 0 where none is relevant.

    trec_eval's recall_k: with more than k relevant documents it cannot reach 1.
    """
    wanted = relevant(gains)
    return len(wanted & set(distinct(ranked)[:k])) / len(wanted) if wanted else 0.0


def reciprocal_rank_at(k: int, ranked: Sequence[str], gains: Gains) -> float:
    """1 / rank of the first relevant document among the first k, else 0: trec_eval's recip_rank of the first k."""
    wanted = relevant(gains)
    return next((1 / rank for rank, one in enumerate(distinct(ranked)[:k], 1) if one in wanted), 0.0)


def ndcg_at(k: int, ranked: Sequence[str], gains: Gains) -> float:
    """Normalised discounted cumulated gain of the first k, in [0, 1]; 0 where no gain is above 0.

    trec_eval's ndcg_cut_k: the gain itself over log2(rank + 1) (Järvelin & Kekäläinen, TOIS 20, 2002, with that usual
    discount), over the same sum of the best order there is. Gains below 0 count as 0.
    """
    best = _discounted(sorted((gain for gain in gains.values() if gain > 0), reverse=True)[:k])
    return _discounted([max(0, gains.get(one, 0)) for one in distinct(ranked)[:k]]) / best if best else 0.0


def distinct(ranked: Sequence[str]) -> list[str]:
    """A ranking without what it names again; what stands below moves up."""
    return list(dict.fromkeys(ranked))


def _discounted(gains: Sequence[int]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a run is worth, topic by topic."""

    values: dict[str, dict[str, float]]  # by topic, by the names of MEASURES
    left_out: tuple[str, ...]  # topics without a relevant document, of which no measure can say anything


def evaluate(run: Mapping[str, Sequence[str]], qrels: Mapping[str, Gains]) -> Evaluated:
    """Measure a run (topic -> ranked documents) on every topic of the judgements, as `trec_eval -c` does: a topic
    that the run lacks or answers with nothing is worth 0. Topics of the run that nobody judged are passed over."""
    values = {}
    for topic, gains in qrels.items():
        if relevant(gains):
            ranked = run.get(topic, ())
            values[topic] = {
                **{f"recall@{k}": recall_at(k, ranked, gains) for k in (1, 5, 10)},
                "mrr@10": reciprocal_rank_at(DEPTH, ranked, gains),
                "ndcg@10": ndcg_at(DEPTH, ranked, gains),
            }
    return Evaluated(values, tuple(topic for topic in qrels if topic not in values))
