"""The offline judge: whether the passages that a sentence cites bear it out.

An instrument of measurement. It reads the claim and its sources itself and never asks the answering code for a verdict.
"""

from evals.judge.judge import JUDGE_VERSION, Judge
from evals.judge.types import Cited, Claim, Place, Source, Verdict, VerdictKind

__all__ = ["JUDGE_VERSION", "Cited", "Claim", "Judge", "Place", "Source", "Verdict", "VerdictKind"]
