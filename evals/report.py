"""A run as one JSON object: every measure with its interval, by language, category, kind and part, and every item.

It adds up what `evals.scoring` judged. `evals.recording` reads the object again; tables, JUnit and HTML are made from
that. It asks nothing and opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from evals.dataset import Dataset
from evals.measures import BY_NAME, MEASURES, PAIRED, Measure
from evals.metrics import Attempt, CurvePoint, Ratio, ReliabilityBin, percentile, refusal_curve, reliability
from evals.scoring import Scored
from evals.stages import stage_of
from evals.statistics import bootstrap, parity, sight, wilson
from evals.words import spoken

FORMAT: Final = 3  # of the JSON object; a recording of another is stale
Rows = Sequence[Scored]


@dataclass(frozen=True, slots=True)
class Report:
    """A run over a golden set."""

    dataset: Dataset
    archive: str  # what was asked
    embedder: str
    llm: str | None
    rows: tuple[Scored, ...]
    judge: str = "none"  # version of the judge of claims
    archive_digest: str = ""
    tokens: dict[str, int] = field(default_factory=dict)  # of a language model: prompt and reply

    def measure(self, name: str, keep: Callable[[Scored], bool] = lambda _: True) -> Ratio:
        """A measure over the rows that `keep` lets through."""
        return BY_NAME[name].count(row for row in self.rows if keep(row))

    @property
    def wrong(self) -> tuple[Scored, ...]:
        return tuple(row for row in self.rows if not row.right)

    @property
    def curve(self) -> tuple[CurvePoint, ...]:
        """The refusal curve over all questions, by the answers' confidence."""
        return refusal_curve(self._attempts)

    @property
    def reliability(self) -> tuple[ReliabilityBin, ...]:
        """How many answers of like confidence are right."""
        return reliability(self._attempts)

    @property
    def _attempts(self) -> list[Attempt]:
        return [Attempt(row.outcome.confidence, row.answered, row.right) for row in self.rows]

    def to_dict(self) -> dict[str, Any]:
        """The whole report; no value in it is NaN, one over nothing is None."""
        times = [row.outcome.seconds for row in self.rows]
        return {
            "format": FORMAT,
            "dataset": {
                "name": self.dataset.name,
                "path": self.dataset.path,
                "digest": self.dataset.digest,
                "part": self.dataset.part,
                "items": len(self.rows),
            },
            "judge": self.judge,
            "archive": self.archive,
            "archive_digest": self.archive_digest,
            "embedder": self.embedder,
            "llm": self.llm,
            "measures": {measure.name: self._measured(measure) for measure in MEASURES},
            "by_language": self._by(lambda row: row.item.language),
            "by_category": self._by(lambda row: row.item.category),
            "by_kind": self._by(lambda row: row.item.kind),
            "by_part": self._by(lambda row: row.item.part),
            "parity": self._parity(),
            "refusal_curve": [point.to_dict() for point in self.curve],
            "reliability": [one.to_dict() for one in self.reliability],
            "seconds": {
                "p50": percentile(times, 0.5),
                "p95": percentile(times, 0.95),
                "slowest": max(times, default=0.0),
            },
            "words": self._words(),
            "tokens": self.tokens,
            "items": [item_dict(row) for row in self.rows],
        }

    def _measured(self, measure: Measure) -> dict[str, Any]:
        """A measure with where it comes from, its intervals, and for those that are compared what the set can see."""
        pairs = [(row.item.cluster, measure.of(row)) for row in self.rows]
        ratio = measure.count(self.rows)
        intervals = (bootstrap(pairs), wilson(ratio) if float(ratio.part).is_integer() else None)
        return {
            **ratio.to_dict(),
            "meaning": measure.meaning,
            "source": measure.source,
            "lower_is_better": measure.lower_is_better,
            "intervals": [one.to_dict() for one in intervals if one],
            **({"sight": sight(pairs).to_dict()} if measure.name in PAIRED else {}),
        }

    def _by(self, key: Callable[[Scored], str]) -> dict[str, Any]:
        names = dict.fromkeys(map(key, self.rows))
        return {name: _measures(row for row in self.rows if key(row) == name) for name in names}

    def _parity(self) -> dict[str, Any]:
        """French against English in the compared measures, over the twins that both measured."""
        twins: dict[str, dict[str, Scored]] = {}
        for row in self.rows:
            twins.setdefault(row.item.twin, {})[row.item.language] = row
        found = {}
        for measure in map(BY_NAME.__getitem__, PAIRED):
            both = [(pair["fr"], measure.of(pair["fr"]).value, measure.of(pair["en"]).value)
                    for pair in twins.values() if len(pair) == 2]  # fmt: skip
            values = [(row.item.cluster, fr, en) for row, fr, en in both if fr is not None and en is not None]
            found[measure.name] = parity(values).to_dict()
        return found

    def _words(self) -> dict[str, Any]:
        """Words of the answers that were given; an answer that grows with every version is no better one."""
        counts = [len(row.outcome.answer.text.split()) for row in self.rows if row.answered and row.outcome.answer]
        return {"mean": sum(counts) / len(counts) if counts else 0.0, "answers": len(counts)}


def _measures(rows: Iterable[Scored]) -> dict[str, Any]:
    given = list(rows)
    return {measure.name: measure.count(given).to_dict() for measure in MEASURES}


def item_dict(row: Scored) -> dict[str, Any]:
    """One item: what was asked, what came, what it adds to each measure, and why it did not pass."""
    item, answer = row.item, row.outcome.answer
    values = {measure.name: measure.of(row) for measure in MEASURES}
    return {
        "id": item.id,
        "line": item.line,
        "twin": item.twin,
        "event": item.cluster,
        "part": item.part,
        "language": item.language,
        "category": item.category,
        "kind": item.kind,
        "question": item.question,
        "history": list(item.history),
        "as_of": item.as_of,
        "passed": row.passed,
        "right": row.right,
        "sourced": row.sourced,
        "first_right": row.first_right,
        "leaked": row.leaked,
        "stage": stage_of(row),
        "why": list(row.why),
        "reasons": list(row.reasons),
        "accepted": list(item.answers),
        "forbidden": list(item.forbidden),
        "gold": list(item.gold),
        "quote": item.quote,
        "said": spoken(answer).strip() if answer else "",
        "confidence": row.outcome.confidence,
        "seconds": row.outcome.seconds,
        "error": row.outcome.error,
        "claims": [claim.to_dict() for claim in row.claims],
        "values": {name: [ratio.part, ratio.whole] for name, ratio in values.items() if ratio.whole},
        "answer": answer.to_dict() if answer else None,
    }
