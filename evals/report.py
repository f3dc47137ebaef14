"""All measures of a run, by language and by kind, as an object, as JSON and as tables.

It adds up what `evals.scoring` judged, and draws it with rich. It asks nothing and opens nothing.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from rich.table import Table

from evals.dataset import Dataset
from evals.metrics import (
    Attempt,
    CurvePoint,
    Ratio,
    mean,
    ndcg_at,
    recall_at,
    reciprocal_rank,
    refusal_curve,
    share,
)
from evals.scoring import OPINION, Scored

Rows = Sequence[Scored]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: how it is counted, and which way is good."""

    name: str
    meaning: str  # numerator over denominator
    count: Callable[[Rows], Ratio]
    lower_is_better: bool = False


def _with_gold(rows: Rows) -> list[Scored]:
    return [row for row in rows if row.item.gold]


def _recall(k: int) -> Measure:
    return Measure(
        f"recall@{k}",
        f"gold articles among the first {k} of the search, mean over questions that have any",
        lambda rows: mean(recall_at(k, row.outcome.ranked, row.item.gold) for row in _with_gold(rows)),
    )


def _answerable(rows: Rows) -> list[Scored]:
    return [row for row in rows if row.item.answerable]


MEASURES: Final = (
    *map(_recall, (1, 3, 5, 10)),
    Measure(
        "mrr",
        "1 / rank of the first gold article, mean over questions that have any",
        lambda rows: mean(reciprocal_rank(row.outcome.ranked, row.item.gold) for row in _with_gold(rows)),
    ),
    Measure(
        "ndcg@10",
        "discounted gain of the gold articles, mean over questions that have any",
        lambda rows: mean(ndcg_at(10, row.outcome.ranked, row.item.gold) for row in _with_gold(rows)),
    ),
    Measure(
        "answer_accuracy",
        "right answers / answerable questions",
        lambda rows: share(row.right for row in _answerable(rows)),
    ),
    Measure(
        "sourced_accuracy",
        "right answers with a valid citation of a gold article / answerable questions",
        lambda rows: share(row.sourced for row in _answerable(rows)),
    ),
    Measure(
        "short_accuracy",
        "short answers that say an accepted string by themselves / short answers to answerable questions",
        lambda rows: share(row.short_right for row in _answerable(rows) if row.short_right is not None),
    ),
    Measure(
        "overall_accuracy",
        "right answers and right abstentions / all questions",
        lambda rows: share(row.right for row in rows),
    ),
    Measure(
        "right_article_first",
        "first citation is of a gold article / answerable questions",
        lambda rows: share(row.first_right for row in _answerable(rows)),
    ),
    Measure(
        "citation_validity",
        "quotes exact at their offsets / citations",
        lambda rows: share(chain.from_iterable(row.valid for row in rows)),
    ),
    Measure(
        "verbatim_rate",
        "quotes found letter for letter in their text / citations",
        lambda rows: share(chain.from_iterable(row.verbatim for row in rows)),
    ),
    Measure(
        "comment_leak",
        "forbidden strings stated from a comment / questions that have forbidden strings",
        lambda rows: share(row.leaked for row in rows if row.item.forbidden),
        lower_is_better=True,
    ),
    Measure(
        "comment_only",
        f"sentences on comments alone / cited sentences, where the kind is not {OPINION}",
        lambda rows: share(chain.from_iterable(row.comment_only for row in rows)),
        lower_is_better=True,
    ),
    Measure(
        "abstention_precision",
        "abstentions on unanswerable questions / abstentions",
        lambda rows: share(not row.item.answerable for row in rows if row.abstained),
    ),
    Measure(
        "abstention_recall",
        "abstentions on unanswerable questions / unanswerable questions",
        lambda rows: share(row.abstained for row in rows if not row.item.answerable),
    ),
    Measure(
        "false_refusals",
        "abstentions on answerable questions / answerable questions",
        lambda rows: share(row.abstained for row in _answerable(rows)),
        lower_is_better=True,
    ),
    Measure(
        "failures",
        "questions that ended in an error / all questions",
        lambda rows: share(row.outcome.error is not None for row in rows),
        lower_is_better=True,
    ),
)
BY_NAME: Final = {measure.name: measure for measure in MEASURES}
# The columns of the table by kind: what tells where an answer was lost.
BY_KIND: Final = ("recall@5", "answer_accuracy", "right_article_first", "false_refusals", "abstention_recall")


@dataclass(frozen=True, slots=True)
class Report:
    """A run over a golden set."""

    dataset: Dataset
    archive: str  # what was asked
    embedder: str
    llm: str | None
    rows: tuple[Scored, ...]

    def measure(self, name: str, keep: Callable[[Scored], bool] = lambda _: True) -> Ratio:
        """A measure over the rows that `keep` lets through."""
        return BY_NAME[name].count([row for row in self.rows if keep(row)])

    @property
    def wrong(self) -> tuple[Scored, ...]:
        return tuple(row for row in self.rows if not row.right)

    @property
    def curve(self) -> tuple[CurvePoint, ...]:
        """The refusal curve over all questions, by the cosine of the search's first passage."""
        return refusal_curve([Attempt(row.outcome.confidence, row.answered, row.right) for row in self.rows])

    def seconds(self) -> tuple[float, float]:
        """Median and largest time of one answer, in seconds."""
        times = [row.outcome.seconds for row in self.rows] or [0.0]
        return statistics.median(times), max(times)

    def to_dict(self) -> dict[str, Any]:
        """The whole report; no value in it is NaN, one over nothing is None."""
        median, slowest = self.seconds()
        return {
            "dataset": {"name": self.dataset.name, "digest": self.dataset.digest, "items": len(self.rows)},
            "archive": self.archive,
            "embedder": self.embedder,
            "llm": self.llm,
            "measures": self._measures(self.rows),
            "by_language": self._by(lambda row: row.item.language),
            "by_kind": self._by(lambda row: row.item.kind),
            "refusal_curve": [point.to_dict() for point in self.curve],
            "seconds": {"median": median, "slowest": slowest},
            "items": [row.to_dict() for row in self.rows],
        }

    def _measures(self, rows: Rows) -> dict[str, Any]:
        return {measure.name: measure.count(rows).to_dict() for measure in MEASURES}

    def _by(self, key: Callable[[Scored], str]) -> dict[str, Any]:
        return {name: self._measures([r for r in self.rows if key(r) == name]) for name in _names(map(key, self.rows))}


def _names(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def cell(ratio: Ratio) -> str:
    """A ratio as a person reads it, with what it is counted over."""
    if ratio.value is None:
        return "- (0/0)"
    part = f"{ratio.part:.2f}".rstrip("0").rstrip(".")
    return f"{ratio.value:.1%} ({part}/{ratio.whole})"


def tables(report: Report) -> list[Table]:
    """The measures by language and by kind, and the refusal curve."""
    return [_languages(report), _kinds(report), _curve(report)]


def _languages(report: Report) -> Table:
    languages = sorted({row.item.language for row in report.rows})
    table = _table(f"{report.dataset.name}: {len(report.rows)} questions", "measure", "all", *languages)
    for measure in MEASURES:
        split = [measure.count([r for r in report.rows if r.item.language == language]) for language in languages]
        name = f"{measure.name}{' (lower is better)' if measure.lower_is_better else ''}"
        table.add_row(name, cell(measure.count(report.rows)), *map(cell, split))
    return table


def _kinds(report: Report) -> Table:
    table = _table("by kind", "kind", *BY_KIND)
    for kind in _names(row.item.kind for row in report.rows):
        rows = [row for row in report.rows if row.item.kind == kind]
        table.add_row(kind, *(cell(BY_NAME[name].count(rows)) for name in BY_KIND))
    return table


def _curve(report: Report) -> Table:
    table = _table("refusal curve: only the surest answers", "cosine at least", "coverage", "accuracy")
    for point in report.curve:
        table.add_row(f"{point.confidence:.3f}", cell(point.coverage), cell(point.accuracy))
    return table


def _table(title: str, first: str, *rest: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first, no_wrap=True)
    for name in rest:
        table.add_column(name, justify="right", no_wrap=True)
    return table
