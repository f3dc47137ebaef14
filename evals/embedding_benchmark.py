"""How fast the bundled embedding model runs, and what its fast path costs in accuracy, beside sentence-transformers.

`python -m evals.embedding_benchmark` prints for both paths of `rag.embedding.load_embedder`, measured in turns in one
process: passages of 200 tokens a second, the time of one question, of 16 sentences and of 200 words (the best of some
rounds: what else runs on the machine only ever adds), the seconds from the start of a process to its first vector, and
how near the vectors are. With `--data DIR`, also R@1 and R@10 of the questions of `DIR/qa/piaf_dev.json` over the
paragraphs of `piaf_dev.json` and `piaf_train.json`. The texts are made here, of common words in a fixed random order.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from tokenizers import Tokenizer

from rag.embedding import BUNDLED_MODEL, Embedder, load_embedder

PASSAGE_TOKENS: Final = 200
SENTENCE_TOKENS: Final = 30
QUESTION: Final = "Quand le nouveau pont a-t-il été ouvert, et combien a-t-il coûté à la ville ?"
_WORDS: Final = (
    "le la les un une des du et ou mais dans sur avec pour par après avant depuis selon ministre président ville pays "
    "guerre accord réunion usine grève train hôpital école budget loi vote rivière incendie match équipe recherche "
    "annonce ouvert fermé signé refusé demandé grand petit nouveau the a an of and to in on with after before said "
    "government city country report price market bank strike vote river school new large Paris Lyon Londres Europe "
    "12 40 2024 mars janvier juin jeudi million euros habitants"
).split()
_ROUNDS: Final = 5
_COLD: Final = (
    "import sys; from rag.embedding import load_embedder; "
    "load_embedder('bundled', plain=sys.argv[1] == 'plain').embed_queries(['Qui ?'])"
)


def texts_of(tokens: int, count: int) -> list[str]:
    """Texts of exactly so many tokens of the bundled model, the two that frame a text among them."""
    tokenizer = Tokenizer.from_file(str(files("rag") / "models" / BUNDLED_MODEL / "tokenizer.json"))
    tokenizer.no_truncation()
    pick = random.Random(tokens)
    texts = []
    for _ in range(count):
        words: list[str] = []
        while (length := len(tokenizer.encode(" ".join(words)).ids)) < tokens:
            # A word of several tokens must not overshoot the end.
            words.append(pick.choice(_WORDS) if length < tokens - 8 else "le")
        texts.append(" ".join(words))
    return texts


def best(work: Sequence[Callable[[], object]], rounds: int = _ROUNDS) -> list[float]:
    """Seconds of the fastest of some rounds for each piece of work; the pieces take turns."""
    times = [float("inf")] * len(work)
    for _ in range(rounds):
        for at, piece in enumerate(work):
            start = time.perf_counter()
            piece()
            times[at] = min(times[at], time.perf_counter() - start)
    return times


def cold_start(path: str) -> float:
    """Seconds that a new process needs up to its first vector."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", _COLD, path], check=True, capture_output=True)
    return time.perf_counter() - start


def recalls(embedder: Embedder, data: Path) -> tuple[float, float]:
    """R@1 and R@10 of PIAF's dev questions."""
    parts = {part: _questions(data / "qa" / f"piaf_{part}.json") for part in ("dev", "train")}
    passages = list(dict.fromkeys(context for part in parts.values() for _, context in part))
    number = {text: at for at, text in enumerate(passages)}
    gold = np.array([[number[context]] for _, context in parts["dev"]])
    scores = embedder.embed_queries([question for question, _ in parts["dev"]]) @ embedder.embed_passages(passages).T
    hits = np.argsort(-scores, axis=1, kind="stable")[:, :10] == gold
    return float(hits[:, 0].mean()), float(hits.any(axis=1).mean())


def _questions(file: Path) -> list[tuple[str, str]]:
    articles = json.loads(file.read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
    return [(item["question"], paragraph["context"]) for paragraph in paragraphs for item in paragraph["qas"]]


def _speeds(plain: Embedder, fast: Embedder) -> None:
    passages, sentences = texts_of(PASSAGE_TOKENS, 32), texts_of(SENTENCE_TOKENS, 16)
    words = [f"{first}{second}" for first in _WORDS[:20] for second in _WORDS[40:50]]

    def both(texts: list[str], rounds: int) -> list[float]:
        return best([lambda: plain.embed_passages(texts), lambda: fast.embed_passages(texts)], rounds)

    slow, quick = (len(passages) / seconds for seconds in both(passages, _ROUNDS))
    print(f"{'passages/s':24} {slow:9.1f} {quick:9.1f}   {quick / slow:.1f} times as many")
    for name, texts in (("one question", [QUESTION]), ("16 sentences", sentences), ("200 words", words)):
        slow, quick = (seconds * 1000 for seconds in both(texts, 4 * _ROUNDS))
        print(f"{f'{name}, ms':24} {slow:9.1f} {quick:9.1f}   {slow / quick:.1f} times as fast")
    for name, texts in (("passages", passages), ("sentences", sentences), ("words", words)):
        cosines = (plain.embed_passages(texts) * fast.embed_passages(texts)).sum(axis=1)
        print(f"{f'cosines of {name}':24} mean {cosines.mean():.4f}, worst {cosines.min():.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the fast path of the bundled model beside the plain one.")
    parser.add_argument("--data", type=Path, help="a folder with qa/piaf_dev.json and qa/piaf_train.json")
    arguments = parser.parse_args()
    print(f"{'':24} {'plain':>9} {'fast':>9}")
    print(f"{'cold start, s':24} {cold_start('plain'):9.2f} {cold_start('fast'):9.2f}")
    plain, fast = load_embedder("bundled", plain=True), load_embedder("bundled")
    _speeds(plain, fast)
    if arguments.data:
        found = recalls(plain, arguments.data), recalls(fast, arguments.data)
        for name, slow, quick in zip(("PIAF dev R@1", "PIAF dev R@10"), *found, strict=True):
            print(f"{name:24} {slow:9.3f} {quick:9.3f}   {quick - slow:+.3f}")


if __name__ == "__main__":
    main()
