"""Step 4: distillation across languages (Reimers and Gurevych, 2020).

The French sentence, and for a part of each batch the English one, is pulled to the teacher's embedding of the English
sentence; a small in-batch contrastive term keeps near neighbours apart. Batches hold texts of like length, so that
little of a CPU's time goes into padding.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training import schedule, sources
from training.encoder import Encoder

TOKENS = 2_600  # French characters a batch / 4; keeps the time of a step even
BODY_RATE = 2e-4
EMBEDDING_RATE = 6e-4
CONTRASTIVE = 0.1  # weight of the contrastive term
TEMPERATURE = 0.05
ENGLISH_SHARE = 0.2  # of a batch goes through the student in English too
CHECKPOINT_EVERY = 25  # steps

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Amounts:
    """Pairs taken of each source; `None` takes all."""

    europarl: int | None = 60_000
    tatoeba: int | None = None
    wiktionary: int | None = None
    canada_laws: int | None = 4_000
    longest: int = 140  # characters of either sentence


def pairs(data: Path, amounts: Amounts) -> list[sources.Pair]:
    """The pairs of step 4, short enough and sorted by French length."""
    found = []
    for read, amount in (
        (sources.europarl, amounts.europarl),
        (sources.tatoeba, amounts.tatoeba),
        (sources.wiktionary, amounts.wiktionary),
        (sources.canada_laws, amounts.canada_laws),
        (sources.tico19, None),
    ):
        short = [pair for pair in read(data) if max(len(pair.english), len(pair.french)) <= amounts.longest]
        found += short[:amount]
    return sorted(found, key=lambda pair: len(pair.french))


def batches(rows: list[sources.Pair], seed: int) -> Iterator[list[sources.Pair]]:
    """Batches of neighbours in length, in random order; without end, each pass cut and shuffled anew."""
    chance = random.Random(seed)
    while True:
        order = sorted(rows, key=lambda pair: len(pair.french) * chance.uniform(0.9, 1.1))
        cut: list[list[sources.Pair]] = []
        batch: list[sources.Pair] = []
        width = 0
        for pair in order:
            width = max(width, len(pair.french) // 4 + 3)
            if (len(batch) + 1) * width > TOKENS:
                cut.append(batch)
                batch, width = [], len(pair.french) // 4 + 3
            batch.append(pair)
        chance.shuffle(cut)
        yield from cut


def loss(student: Encoder, teacher: Encoder, batch: list[sources.Pair]) -> Tensor:
    """2 - 2 cos to the teacher, over French and a share of English, plus the contrastive term."""
    wanted = teacher.encode([pair.english for pair in batch], size=len(batch))
    few = max(1, int(ENGLISH_SHARE * len(batch)))
    french = student([pair.french for pair in batch])
    english = student([pair.english for pair in batch[:few]])
    pulled: Tensor = (2 - 2 * (french * wanted).sum(1)).sum() + (2 - 2 * (english * wanted[:few]).sum(1)).sum()
    scores = french @ wanted.T / TEMPERATURE
    apart = functional.cross_entropy(scores, torch.arange(len(batch)))
    return pulled / (len(batch) + few) + CONTRASTIVE * apart


def train(student: Encoder, teacher: Encoder, data: Path, amounts: Amounts, steps: int, seed: int, file: Path) -> None:
    """Runs `steps` steps on `student` in place, from the checkpoint `file` where there is one."""
    torch.manual_seed(seed)
    student.eval()  # no dropout: the targets are fixed vectors
    optimizer = schedule.optimizer(student, BODY_RATE, EMBEDDING_RATE)
    first = schedule.resume(file, student, optimizer)
    source = batches(pairs(data, amounts), seed)
    began, seen, total = time.monotonic(), 0, 0.0
    for step in range(steps):
        batch = next(source)
        if step < first:
            continue
        random.Random(seed + step).shuffle(batch)  # the English share is a random one
        with torch.autocast("cpu", dtype=torch.bfloat16):
            value = loss(student, teacher, batch)
        schedule.update(student, optimizer, value, step, steps)
        seen, total = seen + len(batch), total + value.item()
        if (step + 1) % 25 == 0:
            log.info(
                "distil %d/%d loss %.4f, %d pairs, %.0f s", step + 1, steps, total / 25, seen, time.monotonic() - began
            )
            total = 0.0
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == steps:
            schedule.save(file, student, optimizer, step + 1)
