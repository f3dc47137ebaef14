"""The chooser of dates: how much each number of `rag.answer.dating` says that an event is one of which a question asks.

Indexes archives of their own questions, asks every question that wants a date, and fits a logistic model of the events
found. Only the accepted dates are known, not which events are of the question's kind, so the model is fitted by what
it makes of the answer: "when" by the share of the accepted events among all (conditional logit; McFadden, 1974), "last"
and "first" by the chance that an accepted event is one and none beyond it is (a cascade; Craswell et al., 2008).
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from evals.dataset import Item, load_dataset
from evals.matching import says
from indexer import index_archive
from rag import Archive
from rag.answer import extract
from rag.answer.dating import dated_events, described
from rag.dates import format_date, parse_day
from rag.question import understand
from rag.reader import load_reader
from rag.retrieve import Filters, Retriever

RIDGE = 10.0  # weight of the squared weights, all numbers in units of their deviation
ROUNDS = 100

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """The events found for one question."""

    operator: str | None
    numbers: list[dict[str, float]]
    days: list[int]  # of each event's beginning
    accepted: list[bool]  # whether its date is an accepted answer


def ask(archive: Archive, items: Iterable[Item]) -> list[Asked]:
    """What an archive finds for the questions that ask for a date, those left out for which it finds no right one."""
    reader, retriever = load_reader(), Retriever(archive.store, archive.embedder, archive.settings)
    found = []
    for item in items:
        if not item.answerable or item.kind != "date" or item.history:
            continue
        limit = parse_day(item.as_of) if item.as_of else archive.store.latest_day()
        question = understand(item.question, now=limit)
        read = extract.read(
            question,
            Filters(known_by=limit),
            store=archive.store,
            embedder=archive.embedder,
            retriever=retriever,
            reader=reader,
        )
        able = [c for c in read.candidates if not c.missing and c.feature("time") >= 0]
        events = dated_events(question, read.matcher, able, limit)
        told = [format_date(e.mention.first, e.mention.last, e.mention.precision, question.language) for e in events]
        right = [any(says(date, accepted) for accepted in item.answers) for date in told]
        if any(right):
            days = [event.mention.first.toordinal() for event in events]
            found.append(Asked(question.operator, described(question, read.matcher, events), days, right))
    return found


class Table:
    """The events of all questions, one row each."""

    def __init__(self, asked: Sequence[Asked], names: Sequence[str]) -> None:
        rows = np.array([[numbers[name] for name in names] for each in asked for numbers in each.numbers])
        self.means, self.deviations = rows.mean(0), rows.std(0) + 1e-6
        self.rows = torch.tensor((rows - self.means) / self.deviations, dtype=torch.float32)
        self.count = len(asked)
        self.question = torch.tensor([at for at, each in enumerate(asked) for _ in each.days])
        self.ordered = torch.tensor([each.operator is not None for each in asked])
        self.accepted = torch.tensor([right for each in asked for right in each.accepted])
        self.answer, self.beyond = (torch.cat(part) for part in zip(*map(_edges, asked), strict=True))

    def loss(self, scores: Tensor) -> Tensor:
        """Negative log-likelihood of the accepted answers; `scores`: logits, shape (events,)."""
        is_none = self._sum(functional.logsigmoid(-scores) * self.answer).clamp(max=-1e-5)
        beyond = self._sum(functional.logsigmoid(-scores) * self.beyond)
        cascade = -torch.log1p(-torch.exp(is_none)) - beyond
        weights = torch.exp(scores - scores.detach().max())
        share = torch.log(self._sum(weights * self.accepted) + 1e-30) - torch.log(self._sum(weights) + 1e-30)
        return torch.where(self.ordered, cascade, -share).sum()

    def _sum(self, values: Tensor) -> Tensor:
        return torch.zeros(self.count).index_add(0, self.question, values)


def _edges(asked: Asked) -> tuple[Tensor, Tensor]:
    """Which events are the accepted one at the edge that "last" or "first" asks for, and which lie beyond it."""
    days, right = torch.tensor(asked.days), torch.tensor(asked.accepted)
    if asked.operator is None:
        return right, torch.zeros_like(right)
    edge = days[right].max() if asked.operator == "last" else days[right].min()
    beyond = days > edge if asked.operator == "last" else days < edge
    return right & (days == edge), beyond & ~right


def fit(asked: Sequence[Asked], ridge: float = RIDGE) -> dict[str, float]:
    """The weight of every number, by name, and the "bias"."""
    names = list(asked[0].numbers[0])
    table = Table(asked, names)
    weights, bias = torch.zeros(len(names), requires_grad=True), torch.tensor(-1.0, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=ROUNDS, line_search_fn="strong_wolfe")

    def step() -> float:
        optimizer.zero_grad()
        loss = table.loss(table.rows @ weights + bias) + ridge * (weights**2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return float(loss)

    optimizer.step(step)  # type: ignore[no-untyped-call]
    plain = weights.detach().numpy() / table.deviations
    found = {name: round(float(weight), 3) for name, weight in zip(names, plain, strict=True)}
    return found | {"bias": round(float(bias.item() - (plain * table.means).sum()), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of rag/answer/chooser.py.")
    parser.add_argument("numbers", type=int, nargs="+", help="of the archives, evals/archives/dated-N")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asked: list[Asked] = []
    for number in arguments.numbers:
        with tempfile.TemporaryDirectory() as folder:
            store = Path(folder) / "store"
            index_archive(Path(f"evals/archives/dated-{number}"), store)
            with Archive.open(store) as archive:
                asked += ask(archive, load_dataset(Path(f"evals/datasets/dated-{number}.jsonl")).items)
        log.info("dated-%d: %d questions so far", number, len(asked))
    print(json.dumps(fit(asked), indent=4))


if __name__ == "__main__":
    main()
