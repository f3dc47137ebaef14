"""The translation table: with what chance a French word is translated by an English one, and the other way round.

IBM Model 1 (Brown et al., 1993) by expectation maximisation over sentence pairs, content words only, inflections
folded together by stem; terms of a dictionary count as short sentences. Knows nothing of questions and passages.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rag.text import STOPWORDS, fold, words
from rag.translation import SCALE, roots
from rag.types import Language
from training import sources

ROUNDS: Final = 6
LEAST_SEEN: Final = 3  # pairs that hold a stem
MOST_WORDS: Final = 30  # of either side of a pair
LEAST_CHANCE: Final = 0.02  # of a translation that is kept
MOST_KEPT: Final = 10  # translations of a stem
REPEATED: Final = 4  # times that a dictionary's pair counts

log = logging.getLogger(__name__)
Ints = npt.NDArray[np.int32]
Chances = dict[tuple[int, int], float]  # of a word by its translation, both by number


class Pair(NamedTuple):
    """Two texts of one meaning, as the stems of their content words."""

    french: tuple[str, ...]
    english: tuple[str, ...]


def content(text: str, language: Language) -> tuple[str, ...]:
    """The stems of a text's words that say something, each once."""
    at = {"fr": 0, "en": 1}[language]
    folded = [fold(word.text) for word in words(text)]
    kept = [w for w in folded if w not in STOPWORDS[language] and len(w) > 2 and not w[0].isdigit()]
    return tuple(dict.fromkeys(roots(word)[at] for word in kept))


def pairs(data: Path, europarl: int) -> Iterator[Pair]:
    """Every pair to learn from; of Europarl so many."""
    for pair in sources.europarl(data)[:europarl]:
        yield Pair(content(pair.french, "fr"), content(pair.english, "en"))
    for pair in [*sources.tatoeba(data), *sources.tico19(data)]:
        yield Pair(content(pair.french, "fr"), content(pair.english, "en"))
    for pair in sources.wiktionary(data):
        made = Pair(content(pair.french, "fr"), content(pair.english, "en"))
        if len(made.french) == 1 and len(made.english) == 1:
            yield from [made] * REPEATED
        else:
            yield made


class Corpus:
    """The pairs in numbers, one row for each two words that stand in one pair."""

    def __init__(self, rows: Iterator[Pair]) -> None:
        kept = [row for row in rows if 0 < len(row.french) <= MOST_WORDS and 0 < len(row.english) <= MOST_WORDS]
        self.french = _numbered(word for row in kept for word in row.french)
        self.english = _numbered(word for row in kept for word in row.english)
        left, right, group = [], [], []
        for number, row in enumerate(kept):
            ours = np.array([self.french[w] for w in row.french if w in self.french], dtype=np.int32)
            theirs = np.array([self.english[w] for w in row.english if w in self.english], dtype=np.int32)
            left.append(np.repeat(ours, len(theirs)))
            right.append(np.tile(theirs, len(ours)))
            group.append(np.full(len(ours) * len(theirs), number, dtype=np.int32))
        self.left, self.right = np.concatenate(left), np.concatenate(right)
        self.group = np.concatenate(group)
        log.info("%d pairs, %d and %d stems, %d links", len(kept), len(self.french), len(self.english), len(self.left))


def _numbered(stems_seen: Iterator[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for stem in stems_seen:
        counts[stem] = counts.get(stem, 0) + 1
    return {stem: at for at, stem in enumerate(sorted(s for s, n in counts.items() if n >= LEAST_SEEN))}


def model1(given: Ints, made: Ints, group: Ints, sizes: tuple[int, int], rounds: int) -> Chances:
    """t(made | given): the chance that a word is translated by another one."""
    keys, at = np.unique(given.astype(np.int64) * sizes[1] + made, return_inverse=True)
    of_given = keys // sizes[1]
    _, target = np.unique(group.astype(np.int64) * sizes[1] + made, return_inverse=True)
    chance = np.ones(len(keys))
    for number in range(rounds):
        p = chance[at]
        p /= np.bincount(target, p)[target]
        expected = np.bincount(at, p, minlength=len(keys))
        chance = expected / np.bincount(of_given, expected, minlength=sizes[0])[of_given]
        log.info("round %d", number + 1)
    kept = chance >= LEAST_CHANCE
    return {(int(k // sizes[1]), int(k % sizes[1])): float(c) for k, c in zip(keys[kept], chance[kept], strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the translation table of words.")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--out", type=Path, required=True, help="the table's npz file")
    parser.add_argument("--europarl", type=int, default=500_000, help="sentence pairs of Europarl")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    corpus = Corpus(pairs(arguments.data, arguments.europarl))
    sizes = (len(corpus.french), len(corpus.english))
    forward = model1(corpus.left, corpus.right, corpus.group, sizes, ROUNDS)
    backward = model1(corpus.right, corpus.left, corpus.group, sizes[::-1], ROUNDS)
    save(arguments.out, corpus, forward, backward)


def save(file: Path, corpus: Corpus, forward: Chances, backward: Chances) -> None:
    """The table as `rag.translation` reads it, the likeliest translations of a stem first."""
    kept: dict[str, npt.NDArray[np.generic]] = {}
    for side, stems_of, chances in (("french", corpus.french, forward), ("english", corpus.english, backward)):
        kept[side] = np.array("\n".join(stems_of))
        rows: list[list[tuple[float, int]]] = [[] for _ in stems_of]
        for (given, made), chance in chances.items():
            rows[given].append((chance, made))
        rows = [sorted(row, reverse=True)[:MOST_KEPT] for row in rows]
        kept[f"{side}_ends"] = np.cumsum([len(row) for row in rows]).astype(np.int32)
        kept[f"{side}_words"] = np.array([made for row in rows for _, made in row], dtype=np.int32)
        kept[f"{side}_chances"] = np.array([round(SCALE * c**0.5) for row in rows for c, _ in row], dtype=np.uint8)
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(file, **kept)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
