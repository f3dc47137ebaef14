"""A retrieval run as figures: every system on every group of questions, with intervals, as an object and as a table.

It adds up what `evals.ir` measured, and draws it with rich. It asks nothing and opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from rich.table import Table

from evals.dataset import InvalidEvaluationError
from evals.ir import MEASURES, Evaluated, evaluate
from evals.metrics import Ratio, mean
from evals.retrieval_sets import Topic
from evals.statistics import Interval, bootstrap
from rag.settings import Settings

ALL: Final = "all"
GROUPS: Final = (ALL, "French", "English", "cross-language")
RESAMPLES: Final = 1000
# What of the settings the figures hang on.
_SETTINGS: Final = ("prefetch", "rrf_k", "dense_weight", "bm25_weight", "per_article", "chunk_tokens", "chunk_overlap")


@dataclass(frozen=True)
class RetrievalReport:
    """A run over one set."""

    dataset: str
    digest: str  # "sha256:..." of the set
    unit: str  # what is judged: "article" or "paragraph"
    passages: int  # in the store
    embedder: str
    reranker: str | None
    settings: Settings
    systems: tuple[str, ...]
    topics: tuple[Topic, ...]
    rankings: Mapping[str, Mapping[str, Sequence[str]]]  # by topic id, by system

    def __post_init__(self) -> None:
        if not self.rankings:
            raise InvalidEvaluationError(f"{self.dataset}: no question has a relevant {self.unit}; nothing to measure")

    @cached_property
    def _evaluated(self) -> dict[str, Evaluated]:
        qrels = {topic.id: topic.gains for topic in self.topics}
        return {
            system: evaluate({topic: found[system] for topic, found in self.rankings.items()}, qrels)
            for system in self.systems
        }

    @property
    def left_out(self) -> tuple[str, ...]:
        """Questions without anything relevant."""
        return self._evaluated[self.systems[0]].left_out

    def group(self, name: str) -> list[Topic]:
        """The measured questions of a group."""
        return [t for t in self.topics if t.id in self.rankings and (name == ALL or t.group == name)]

    def measure(self, system: str, measure: str, group: str = ALL) -> tuple[Ratio, Interval | None]:
        """The mean of a measure over a group of questions, and its 95 % interval, for which whole clusters are drawn
        again; None for fewer than two clusters."""
        values = self._evaluated[system].values
        topics = self.group(group)
        each = [values[topic.id][measure] for topic in topics]
        pairs = [(topic.cluster, Ratio(value, 1)) for topic, value in zip(topics, each, strict=True)]
        return mean(each), bootstrap(pairs, RESAMPLES)

    def to_dict(self) -> dict[str, Any]:
        """The whole report; a group without questions is left out of it."""
        return {
            "dataset": {"name": self.dataset, "digest": self.digest, "unit": self.unit},
            "questions": len(self.rankings),
            "left_out": list(self.left_out),
            "passages": self.passages,
            "embedder": self.embedder,
            "reranker": self.reranker,
            "settings": {name: getattr(self.settings, name) for name in _SETTINGS},
            "groups": {group: self._group_dict(group) for group in self._groups()},
            "items": [self._item(topic) for topic in self.group(ALL)],
        }

    def table(self) -> Table:
        """Systems by group, each measure with its interval."""
        title = f"{self.dataset}: {len(self.rankings)} questions, {self.passages} passages, judged by {self.unit}"
        table = Table(title=title, title_justify="left")
        for name in ("questions", "system"):
            table.add_column(name, no_wrap=True)
        for name in MEASURES:
            table.add_column(name, justify="right", no_wrap=True)
        for group in self._groups():
            clusters = {topic.cluster for topic in self.group(group)}
            first = f"{group} ({len(self.group(group))}, of {_counted(clusters)})"
            for number, system in enumerate(self.systems):
                cells = [_cell(*self.measure(system, measure, group)) for measure in MEASURES]
                table.add_row("" if number else first, system, *cells, end_section=number + 1 == len(self.systems))
        return table

    def _groups(self) -> list[str]:
        return [group for group in GROUPS if self.group(group)]

    def _group_dict(self, group: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for system in self.systems:
            measured = {name: self.measure(system, name, group) for name in MEASURES}
            found[system] = {
                name: {"value": ratio.value, "interval": interval.to_dict() if interval else None}
                for name, (ratio, interval) in measured.items()
            }
        topics = self.group(group)
        return {"questions": len(topics), "clusters": len({topic.cluster for topic in topics}), "systems": found}

    def _item(self, topic: Topic) -> dict[str, Any]:
        ranks = {
            system: next(
                (rank for rank, one in enumerate(self.rankings[topic.id][system], 1) if one in topic.gains), None
            )
            for system in self.systems
        }
        return {
            "id": topic.id,
            "question": topic.text,
            "group": topic.group,
            "cluster": topic.cluster,
            "first_relevant": ranks,
        }


def _counted(clusters: Iterable[str]) -> str:
    count = len(set(clusters))
    return f"{count} cluster{'' if count == 1 else 's'}"


def _cell(ratio: Ratio, interval: Interval | None) -> str:
    value = f"{ratio.value:.3f}" if ratio.value is not None else "-"
    return f"{value} ({interval.low:.2f}-{interval.high:.2f})" if interval else value
