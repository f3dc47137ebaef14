"""Step 5: contrastive training from questions to the passages that answer them.

Each question's passage competes with the other passages of the batch (InfoNCE), distractors of its page, and a memory
of passages seen in the steps before (cross-batch memory; Wang et al., 2020), which costs no encoding. Every second
step also carries a batch of step 4, so that the two languages stay aligned.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training import distil, questions, schedule
from training.encoder import Encoder
from training.sources import Group

BODY_RATE = 2e-4
EMBEDDING_RATE = 5e-4
TEMPERATURE = 0.05  # the teacher's own
LONGEST = 200  # tokens of a passage in training; PIAF's 95th percentile is 942 characters, about that
MEMORY = 1_024  # passages; about as many as PIAF's training part holds
KEPT_PAIRS = 56  # translated pairs in every second step
KEPT_WEIGHT = 0.5
CHECKPOINT_EVERY = 20  # steps

log = logging.getLogger(__name__)


class Memory:
    """The vectors of the passages met last, the oldest dropped first."""

    def __init__(self, size: int) -> None:
        self._rows: deque[tuple[str, Tensor]] = deque(maxlen=size)

    def others(self, passages: list[str]) -> Tensor | None:
        """Vectors of remembered passages that are not among `passages`; None when there are none."""
        excluded = set(passages)
        rows = [vector for text, vector in self._rows if text not in excluded]
        return torch.stack(rows) if rows else None

    def add(self, passages: list[str], vectors: Tensor) -> None:
        self._rows.extend(zip(passages, vectors.detach().unbind(), strict=True))


def loss(student: Encoder, batch: list[Group], memory: Memory) -> Tensor:
    """Mean cross-entropy of the right passage among all that stand against a question."""
    passages = [group.passage for group in batch]
    known = set(passages)
    passages += list(dict.fromkeys(text for group in batch for text in group.distractors if text not in known))
    asked = [(question, at) for at, group in enumerate(batch) for question in group.questions]
    vectors = student.by_length(passages, LONGEST, 12)
    queries = student.by_length([question for question, _ in asked], 48, 48)
    remembered = memory.others(passages)
    memory.add(passages, vectors)
    against = vectors if remembered is None else torch.cat([vectors, remembered])
    scores = queries @ against.T / TEMPERATURE
    return functional.cross_entropy(scores, torch.tensor([at for _, at in asked]))


def train(
    student: Encoder, teacher: Encoder, data: Path, amounts: distil.Amounts, steps: int, seed: int, file: Path
) -> None:
    """Runs `steps` steps on `student` in place, from the checkpoint `file` where there is one."""
    torch.manual_seed(seed)
    student.eval()  # no dropout: a run is short, and on a CPU dropout costs a quarter of a step
    optimizer = schedule.optimizer(student, BODY_RATE, EMBEDDING_RATE)
    first = schedule.resume(file, student, optimizer)
    source = questions.batches(data, seed)
    pairs = distil.batches(distil.pairs(data, amounts), seed + 1)
    memory = Memory(MEMORY)
    began, total = time.monotonic(), 0.0
    for step in range(steps):
        batch = next(source)
        kept = next(pairs)[:KEPT_PAIRS] if step % 2 else []
        if step < first:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16):
            value = loss(student, batch, memory)
            total += value.item()
            if kept:
                value = value + KEPT_WEIGHT * distil.loss(student, teacher, kept)
        schedule.update(student, optimizer, value, step, steps)
        if (step + 1) % 10 == 0:
            log.info("contrast %d/%d loss %.4f, %.0f s", step + 1, steps, total / 10, time.monotonic() - began)
            total = 0.0
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == steps:
            schedule.save(file, student, optimizer, step + 1)
