"""What both training loops share: the optimizer, the learning-rate schedule, and checkpoints that survive a kill.

Knows nothing of data or losses.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from training.encoder import Encoder

WARM_UP = 0.04  # share of the steps
DECAY = 0.6  # share of the steps over which the rate falls to zero


def rate(step: int, steps: int) -> float:
    """Trapezoid between 0 and 1: rises, stays, falls linearly to zero at `steps`."""
    return min(1.0, (step + 1) / (WARM_UP * steps), (steps - step) / (DECAY * steps))


def optimizer(encoder: Encoder, body: float, embeddings: float) -> torch.optim.AdamW:
    """AdamW with a rate of its own for the token embeddings.

    The second moment is short (0.98): under 0.999 a rare token moves some thirty times the rate at one hit.
    """
    table = encoder.token_embeddings
    rest = [weight for weight in encoder.parameters() if weight is not table]
    groups = [{"params": rest, "lr": body, "peak": body}, {"params": [table], "lr": embeddings, "peak": embeddings}]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.0, fused=True)


def update(encoder: nn.Module, optimizer: torch.optim.Optimizer, loss: torch.Tensor, step: int, steps: int) -> None:
    """One step down the gradient at the scheduled rate."""
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * rate(step, steps)
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
    optimizer.step()


def save(file: Path, encoder: nn.Module, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Replaces the checkpoint in one move, so that a kill leaves the old one."""
    state = {"encoder": encoder.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    draft = file.with_suffix(".draft")
    torch.save(state, draft)
    draft.replace(file)


def resume(file: Path, encoder: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Loads the checkpoint if there is one; the step to go on with."""
    if not file.exists():
        return 0
    state = torch.load(file, weights_only=True)
    encoder.load_state_dict(state["encoder"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])
