"""How the offline judge does on sets that people labelled: `python -m evals.judge_benchmark --data DATA`.

DATA/faithfulness holds the sets (those that are missing are left out): DACCORD (French pairs that contradict each
other or do not), SummEdits' news summaries, HaluEval's answers to questions, and RAGChecker's pairs of answers with
people's preference. Each set is split in two by document: thresholds are chosen on one half (`--calibrate` prints
which), figures are printed of the other: balanced accuracy and F1 of the fault with 95 % intervals by bootstrap over
documents, for the judge as it ships and with the set's own threshold, for a judge of coverage alone, and beside them
the share that the better constant would get right. It knows nothing of archives.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from evals.judge import JUDGE_VERSION, Cited, Claim, Judge, Source, Verdict, coverage
from rag.embedding import load_embedder
from rag.text import detect_language, sentences

ROUNDS: Final = 1_000  # of the bootstrap
SEED: Final = 7
MOST_SENTENCES: Final = 12  # of one RAGChecker answer that are judged


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with its source, and whether people found a fault in it."""

    claim: Claim
    fault: bool
    group: str  # document, by which sets are split and the bootstrap draws

    @property
    def held_out(self) -> bool:
        """Whether it is of the half that is reported."""
        return hashlib.sha256(self.group.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what the judge said."""

    case: Case
    verdict: Verdict

    @property
    def score(self) -> float:
        """Coverage; -1 where a check before it found a fault."""
        return -1.0 if self.verdict.coverage is None and not self.verdict.passed else self.verdict.coverage or 0.0


def claim_of(text: str, source: str, question: str = "") -> Claim:
    return Claim(text, (Cited.whole(Source(source)),), question=question)


def daccord(folder: Path) -> Iterator[Case]:
    """French pairs; a fault is a contradiction. What is compatible need not follow, so only "contradicted" counts."""
    with (folder / "daccord_fr_dev.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            claim = claim_of(row["hypothesis"].strip(), row["premise"].strip())
            yield Case(claim, row["label"] == "1", row["id"])


def summedits(folder: Path) -> Iterator[Case]:
    """English summaries of news, a third of them whole, the others edited until they say something else."""
    for row in json.loads((folder / "summedits_news.json").read_text("utf-8")):
        yield Case(claim_of(row["summary"], row["doc"]), str(row["label"]) == "0", row["doc"][:200])


def halueval(folder: Path) -> Iterator[Case]:
    """English answers to questions, a right and a made-up one each."""
    for line in (folder / "halueval_qa.jsonl").read_text("utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            for key, fault in (("right_answer", False), ("hallucinated_answer", True)):
                yield Case(claim_of(row[key], row["knowledge"], row["question"]), fault, row["question"])


SETS: Final[tuple[tuple[str, str, str, Callable[[Path], Iterator[Case]]], ...]] = (
    ("DACCORD dev", "fr", "daccord_fr_dev.tsv", daccord),
    ("SummEdits news", "en", "summedits_news.json", summedits),
    ("HaluEval QA", "en", "halueval_qa.jsonl", halueval),
)


def is_fault(name: str, judged: Judged) -> bool:
    """The judge's word as it ships."""
    return judged.verdict.kind == "contradicted" if name.startswith("DACCORD") else not judged.verdict.passed


def balanced_accuracy(found: np.ndarray[Any, Any], gold: np.ndarray[Any, Any]) -> float:
    """Mean of the shares of faults found and of sound claims let pass, in [0, 1]."""
    shares = [float((found[gold == one] == one).mean()) for one in (True, False) if (gold == one).any()]
    return sum(shares) / len(shares)


def f1(found: np.ndarray[Any, Any], gold: np.ndarray[Any, Any]) -> float:
    """Harmonic mean of precision and recall of the faults, in [0, 1]; 0 when none is found."""
    hits = float((found & gold).sum())
    return 2 * hits / float(found.sum() + gold.sum()) if hits else 0.0


def interval(
    measure: Callable[[np.ndarray[Any, Any], np.ndarray[Any, Any]], float],
    found: np.ndarray[Any, Any],
    gold: np.ndarray[Any, Any],
    groups: Sequence[str],
) -> tuple[float, float]:
    """95 % percentile interval of a measure by bootstrap over groups (Efron & Tibshirani, 1993)."""
    members: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        members.setdefault(group, []).append(at)
    rows = [np.array(places) for places in members.values()]
    draw = np.random.default_rng(SEED)
    values = []
    for _ in range(ROUNDS):
        chosen = np.concatenate([rows[at] for at in draw.integers(0, len(rows), len(rows))])
        values.append(measure(found[chosen], gold[chosen]))
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def best_threshold(judged: Sequence[Judged]) -> float:
    """The coverage below which a claim is a fault, with the best balanced accuracy; the lowest of equals."""
    gold = np.array([one.case.fault for one in judged])
    scores = np.array([one.score for one in judged])
    grid = np.round(np.arange(0.0, 1.01, 0.01), 2)
    return float(max(grid, key=lambda least: (balanced_accuracy(scores < least, gold), -least)))


def judge_all(judge: Judge, cases: Sequence[Case]) -> tuple[list[Judged], float]:
    """The cases judged, and milliseconds a verdict."""
    started = time.perf_counter()
    judged = [Judged(case, judge.verdict(case.claim)) for case in cases]
    return judged, 1000 * (time.perf_counter() - started) / max(1, len(cases))


def row(name: str, how: str, found: np.ndarray[Any, Any], judged: Sequence[Judged]) -> str:
    """One line of the table."""
    gold = np.array([one.case.fault for one in judged])
    groups = [one.case.group for one in judged]
    cells = []
    for measure in (balanced_accuracy, f1):
        low, high = interval(measure, found, gold, groups)
        cells.append(f"{100 * measure(found, gold):5.1f} [{100 * low:4.1f}, {100 * high:4.1f}]")
    return f"{name:15} {how:34} {cells[0]}   {cells[1]}"


def report(name: str, language: str, judged: Sequence[Judged], milliseconds: float) -> None:
    """Print the held-out half of a set."""
    held = [one for one in judged if one.case.held_out]
    kept = [one for one in judged if not one.case.held_out]
    faults = sum(one.case.fault for one in held)
    print(f"{name} ({language}): {len(held)} held out, {faults} with a fault; {milliseconds:.0f} ms a verdict")
    print(row(name, "as it ships", np.array([is_fault(name, one) for one in held]), held))
    least = best_threshold(kept)
    print(row(name, f"own threshold {least:.2f}", np.array([one.score < least for one in held]), held))
    kinds = sorted({one.verdict.kind for one in held})
    counts = {
        kind: (
            sum(one.verdict.kind == kind and one.case.fault for one in held),
            sum(one.verdict.kind == kind and not one.case.fault for one in held),
        )
        for kind in kinds
    }
    print("  faults/sound by verdict: " + ", ".join(f"{kind} {a}/{b}" for kind, (a, b) in counts.items()))
    checks = sorted({one.verdict.check for one in held if not one.verdict.passed})
    told = [
        (
            check,
            sum(one.verdict.check == check and one.case.fault for one in held if not one.verdict.passed),
            sum(one.verdict.check == check and not one.case.fault for one in held if not one.verdict.passed),
        )
        for check in checks
    ]
    print("  faults/sound by check:   " + ", ".join(f"{check} {a}/{b}" for check, a, b in told) + "\n")


def preferences(judge: Judge, folder: Path, most: int) -> None:
    """RAGChecker: whether the answer with more sentences that the reference answer bears out is the one that people
    found more correct. The human label runs from -2 (the first is better) to 2."""
    rows = json.loads((folder / "ragchecker_human.json").read_text("utf-8"))[:most]
    agree, decided = 0, 0
    for entry in rows:
        shares = [_share(judge, entry[side]["response"], entry["gt_answer"]) for side in ("model1", "model2")]
        label = int(entry["correctness_label"])
        if label and shares[0] != shares[1]:
            decided += 1
            agree += (shares[1] > shares[0]) == (label > 0)
    print(
        f"RAGChecker (en): of {len(rows)} pairs {decided} are decided by both, "
        f"{agree} alike ({agree / max(1, decided):.1%})"
    )


def _share(judge: Judge, response: str, reference: str) -> float:
    spans = sentences(response, detect_language(response))[:MOST_SENTENCES]
    passed = [judge.verdict(claim_of(response[span.start : span.end], reference)).passed for span in spans]
    return sum(passed) / max(1, len(passed))


def calibrate(found: Sequence[Sequence[Judged]]) -> None:
    """Print, for the halves that are not reported, the mean balanced accuracy at each threshold of coverage."""
    for least in np.round(np.arange(0.40, 0.86, 0.02), 2):
        values = []
        for judged in found:
            kept = [one for one in judged if not one.case.held_out]
            gold = np.array([one.case.fault for one in kept])
            values.append(balanced_accuracy(np.array([one.score < least for one in kept]), gold))
        print(f"{least:.2f}  {100 * float(np.mean(values)):5.1f}  " + "  ".join(f"{100 * one:5.1f}" for one in values))
    print(f"evals/judge/coverage.py has ENOUGH = {coverage.ENOUGH}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the offline judge on sets that people labelled.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with faithfulness/*")
    parser.add_argument("--calibrate", action="store_true", help="print thresholds on the halves that are not reported")
    parser.add_argument("--pairs", type=int, default=0, metavar="N", help="of RAGChecker, too (seconds each)")
    parser.add_argument("--embedder", default="bundled")
    arguments = parser.parse_args()
    folder = arguments.data / "faithfulness"
    embedder = load_embedder(arguments.embedder)
    judge = Judge(embedder)
    print(f"judge {JUDGE_VERSION}, {embedder.name}\n{'':50} balanced accuracy     F1 of faults")
    measured = []
    for name, language, file, cases in SETS:
        if (folder / file).is_file():
            judged, milliseconds = judge_all(judge, list(cases(folder)))
            measured.append(judged)
            report(name, language, judged, milliseconds)
    if arguments.pairs and (folder / "ragchecker_human.json").is_file():
        preferences(judge, folder, arguments.pairs)
    if arguments.calibrate:
        calibrate(measured[1:] or measured)


if __name__ == "__main__":
    main()
