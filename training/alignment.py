"""Step 2: static token vectors in which a French token lies beside its English translations.

A sentence is the mean of its token vectors; translated sentences attract, others of the batch repel (InfoNCE, van den
Oord et al., 2018). Knows nothing of the encoder: its vectors serve only to look up neighbours in step 3.
"""

from __future__ import annotations

import logging
import random
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import PreTrainedTokenizerBase

from training import sources

DIMENSION = 256
BATCH = 1024
EPOCHS = 2
TEMPERATURE = 0.07
LEARNING_RATE = 5e-3  # for vectors of unit-variance coordinates

log = logging.getLogger(__name__)


def pairs(data: Path) -> list[sources.Pair]:
    """A mix in which Europarl does not outweigh everyday words; dictionary terms count twice."""
    rows = sources.europarl(data)[:200_000] + sources.tatoeba(data) + sources.tico19(data)
    return rows + sources.canada_laws(data)[:10_000] + 2 * sources.wiktionary(data)


def _flat(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    offsets = torch.tensor([0, *(len(row) for row in rows[:-1])]).cumsum(0)
    return torch.tensor([token for row in rows for token in row]), offsets


def train(data: Path, tokenizer: PreTrainedTokenizerBase, seed: int) -> Tensor:
    """Unit vectors, one a token: shape (vocabulary, DIMENSION)."""
    torch.manual_seed(seed)
    rows = pairs(data)
    random.Random(seed).shuffle(rows)
    english = tokenizer([pair.english for pair in rows], add_special_tokens=False)["input_ids"]
    french = tokenizer([pair.french for pair in rows], add_special_tokens=False)["input_ids"]
    table = nn.EmbeddingBag(len(tokenizer), DIMENSION, mode="mean", sparse=True)
    optimizer = torch.optim.SparseAdam(table.parameters(), lr=LEARNING_RATE)
    target = torch.arange(BATCH)
    steps = EPOCHS * (len(rows) // BATCH)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = LEARNING_RATE * (1 - step / steps)
        start = step * BATCH % (len(rows) - BATCH)
        now = slice(start, start + BATCH)
        left = functional.normalize(table(*_flat([row or [0] for row in english[now]])), dim=1)
        right = functional.normalize(table(*_flat([row or [0] for row in french[now]])), dim=1)
        scores = left @ right.T / TEMPERATURE
        loss = (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()  # type: ignore[no-untyped-call]
        if step % 100 == 0:
            log.info("alignment %d/%d loss %.3f", step, steps, loss.item())
    return functional.normalize(table.weight.detach(), dim=1)
