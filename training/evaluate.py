"""Measures a sentence-transformers folder on sets that no training step reads.

`python -m training.evaluate MODEL --data DIR` prints: PIAF dev questions over the paragraphs of train and dev (R@1, 5,
10), AfriQA dev questions over its own passages and PIAF's, FLORES devtest English to French (best of 1,012), and the
Spearman correlation on the development part of French STS-B.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from pathlib import Path

import torch
from scipy.stats import spearmanr  # type: ignore[import-untyped]
from torch import Tensor

from training.encoder import Encoder, teacher_folder

Figures = dict[str, float]


def _recalls(name: str, questions: Tensor, passages: Tensor, gold: list[int]) -> Figures:
    hits = (questions @ passages.T).topk(10, dim=1).indices == torch.tensor(gold).unsqueeze(1)
    return {f"{name} R@{k}": hits[:, :k].any(1).float().mean().item() for k in (1, 5, 10)}


def _piaf_rows(data: Path, part: str) -> list[tuple[str, str]]:
    articles = json.loads((data / "qa" / f"piaf_{part}.json").read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
    return [(item["question"], paragraph["context"]) for paragraph in paragraphs for item in paragraph["qas"]]


def _afriqa_rows(data: Path) -> list[tuple[str, str]]:
    lines = (data / "qa" / "afriqa_fr_dev.json").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["context"] and row["question_translated"]]
    return [(row["question_translated"], row["context"]) for row in rows]


def retrieval(encoder: Encoder, data: Path) -> Figures:
    """PIAF dev over PIAF's paragraphs; AfriQA dev over those and its own passages."""
    piaf, afriqa = _piaf_rows(data, "dev"), _afriqa_rows(data)
    paragraphs = list(dict.fromkeys(text for _, text in [*piaf, *_piaf_rows(data, "train")]))
    passages = list(dict.fromkeys([*paragraphs, *(text for _, text in afriqa)]))
    number = {text: at for at, text in enumerate(passages)}
    vectors = encoder.encode(passages)
    figures: Figures = {}
    for name, rows, size in (("PIAF dev", piaf, len(paragraphs)), ("AfriQA dev", afriqa, len(passages))):
        questions = encoder.encode([question for question, _ in rows])
        figures |= _recalls(name, questions, vectors[:size], [number[text] for _, text in rows])
    return figures


def flores(encoder: Encoder, data: Path) -> Figures:
    with gzip.open(data / "parallel_eval" / "flores_devtest.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    scores = encoder.encode([row[0] for row in rows]) @ encoder.encode([row[1] for row in rows]).T
    right = torch.arange(len(rows))
    return {
        "FLORES en->fr": (scores.argmax(1) == right).float().mean().item(),
        "FLORES fr->en": (scores.argmax(0) == right).float().mean().item(),
    }


def stsb(encoder: Encoder, data: Path) -> Figures:
    with (data / "similarity" / "stsb_fr_dev.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines) if len(row) == 3]
    cosines = (encoder.encode([row[0] for row in rows]) * encoder.encode([row[1] for row in rows])).sum(1)
    return {"STS-B fr dev": float(spearmanr(cosines.numpy(), [float(row[2]) for row in rows]).statistic)}


def measure(encoder: Encoder, data: Path) -> Figures:
    """Every figure of this file, each between 0 and 1 (Spearman: -1 to 1)."""
    return {**retrieval(encoder, data), **flores(encoder, data), **stsb(encoder, data)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a sentence-transformers folder on the held-out sets.")
    parser.add_argument("model", type=Path, nargs="?", default=None, help="the model's folder; the teacher if left out")
    parser.add_argument("--data", type=Path, default=Path("data"))
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    encoder = Encoder.load(arguments.model or teacher_folder())
    for name, value in measure(encoder, arguments.data).items():
        print(f"{name:16} {value:.3f}")


if __name__ == "__main__":
    main()
