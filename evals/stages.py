"""At which stage an answer was lost, told from its outcome alone: the first stage from which it could not recover.

segmentation (the archive does not keep the gold words whole in one passage), retrieval (no gold article among the
first ten), abstention (refused what it could answer, or answered what it could not), date (a wrong, stale or future
date), citation (right words, wrong or unsupported source), reading (the article found, and the wrong thing read), and
failure for an error. It knows nothing of the parts of the program.
"""

from __future__ import annotations

from typing import Final, Literal

from evals.dataset import TEMPORAL
from evals.scoring import Scored

Stage = Literal["segmentation", "retrieval", "reading", "citation", "abstention", "date", "failure"]
STAGES: Final[tuple[Stage, ...]] = Stage.__args__  # type: ignore[attr-defined]
FIRST: Final = 10  # articles of the search among which one must be gold


def stage_of(row: Scored) -> Stage | None:
    """The stage at which an item was lost; None for one that passed."""
    item, outcome = row.item, row.outcome
    if row.passed:
        return None
    if outcome.error is not None or outcome.answer is None:
        return "failure"
    if not item.answerable:
        return "abstention" if not row.right else "citation"
    if any(row.future):
        return "date"
    if not row.right:
        return _lost(row)
    return "citation"


def _lost(row: Scored) -> Stage:
    item, outcome = row.item, row.outcome
    if outcome.quote_in in ("text", "nowhere"):
        return "segmentation"
    if not any(outcome.ranked[:FIRST]):
        return "retrieval"
    if row.abstained:
        return "abstention"
    if item.kind == "date" or item.category in TEMPORAL or (row.can_be_stale and row.stale):
        return "date"
    return "reading"
