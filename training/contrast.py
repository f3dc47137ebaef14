"""Step 5: contrastive training from questions to the passages that answer them.

Each question's passage competes with the other passages of its batch (InfoNCE; van den Oord et al., 2018), which are
drawn at random from one set. Every second step also carries a batch of step 4, so that the two languages stay aligned.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training import distil, questions, schedule
from training.encoder import Encoder
from training.sources import Group

# Three times these rates cost 0.04 of PIAF's R@1 over 60 steps.
BODY_RATE = 7e-5
EMBEDDING_RATE = 7e-5
TEMPERATURE = 0.03  # the teacher was trained at 0.05; 0.03 gave 0.01 more of R@1 after 60 steps
LONGEST = 160  # tokens of a passage in training
KEPT_PAIRS = 64  # translated pairs in every second step
KEPT_WEIGHT = 0.5
CHECKPOINT_EVERY = 20  # steps

log = logging.getLogger(__name__)


def loss(student: Encoder, batch: list[Group]) -> Tensor:
    """Mean cross-entropy of the right passage among those of the batch, one question a passage."""
    passages = student.by_length([group.passage for group in batch], LONGEST, 16)
    queries = student.by_length([group.questions[0] for group in batch], 48, 48)
    return functional.cross_entropy(queries @ passages.T / TEMPERATURE, torch.arange(len(batch)))


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
    began, total = time.monotonic(), 0.0
    for step in range(steps):
        batch = next(source)
        kept = next(pairs)[:KEPT_PAIRS] if step % 2 else []
        if step < first:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16):
            value = loss(student, batch)
            total += value.item()
            if kept:
                value = value + KEPT_WEIGHT * distil.loss(student, teacher, kept)
        schedule.update(student, optimizer, value, step, steps)
        if (step + 1) % 10 == 0:
            log.info("contrast %d/%d loss %.4f, %.0f s", step + 1, steps, total / 10, time.monotonic() - began)
            total = 0.0
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == steps:
            schedule.save(file, student, optimizer, step + 1)
