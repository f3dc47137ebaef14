"""Batches for step 5: passages with their questions, and the questions made from them.

Passages of one article stand together in a batch, so that they are hard negatives for each other. Made questions are
cropped or word-dropped sentences of a passage (the inverse cloze task of Lee, Chang and Toutanova, 2019, with the
sentence left in its passage: it teaches a name to find its passage), crops of a sentence beside its translation, and
questions with some words put into the other language by dictionary (Qin et al., 2020). Knows nothing of losses.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from training import sources
from training.sources import Group

CROSSED = 8_000  # translated sentence pairs used as question and passage
ASKED = 3  # questions of one passage in one batch
CLOZE = 0.6  # chance of a made question for each passage of an encyclopedic set
SWITCHED = 0.25  # chance that a question gets words of the other language
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«\"])")


@dataclass(frozen=True)
class Source:
    """One set of groups and how it enters the mix."""

    groups: tuple[Group, ...]
    weight: float  # chance that a batch is taken from here
    passages: int  # in a batch
    cloze: bool  # whether its passages are long enough to make questions from


def crossed(data: Path, chance: random.Random) -> list[Group]:
    """Half of a Europarl sentence asks for its translation, in both directions."""
    long = [pair for pair in sources.europarl(data)[60_000:] if 120 < len(pair.english) < 220][:CROSSED]
    groups = []
    for number, pair in enumerate(long):
        asked, passage, language = (
            (pair.french, pair.english, "en") if number % 2 else (pair.english, pair.french, "fr")
        )
        words = asked.split()
        length = max(4, int(len(words) * chance.uniform(0.3, 0.6)))
        start = chance.randrange(max(1, len(words) - length))
        groups.append(Group(passage, (" ".join(words[start : start + length]),), language, f"crossed/{number}"))
    return groups


def load(data: Path, chance: random.Random) -> list[Source]:
    """The mix of step 5. Weights lean on PIAF, the only French set of size."""
    return [
        Source(tuple(sources.piaf_train(data)), 0.50, 16, cloze=True),
        Source(tuple(sources.afriqa_train(data)), 0.10, 12, cloze=True),
        Source(tuple(sources.squad_sentences(data)), 0.14, 40, cloze=False),
        Source(tuple(sources.xquad(data)), 0.08, 16, cloze=True),
        Source(tuple(sources.timeqa_train(data)), 0.08, 8, cloze=True),
        Source(tuple(crossed(data, chance)), 0.10, 32, cloze=False),
    ]


class Switcher:
    """Puts words of a question into the other language, word by word, from the Wiktionary terms."""

    def __init__(self, data: Path) -> None:
        self._words: dict[str, dict[str, list[str]]] = {"en": {}, "fr": {}}
        for pair in sources.wiktionary(data):
            if " " not in pair.english and " " not in pair.french:
                self._words["en"].setdefault(pair.english.lower(), []).append(pair.french)
                self._words["fr"].setdefault(pair.french.lower(), []).append(pair.english)

    def __call__(self, question: str, language: str, chance: random.Random) -> str:
        known = self._words[language]
        words = re.findall(r"\w+|\W", question)
        return "".join(
            chance.choice(known[word.lower()]) if word.lower() in known and chance.random() < 0.7 else word
            for word in words
        )


def cloze(passage: str, chance: random.Random) -> str | None:
    """A sentence of the passage without two fifths of its words; None when there is no fitting sentence."""
    fitting = [part for part in _SENTENCE.split(passage) if 30 < len(part) < 250]
    if not fitting:
        return None
    kept = [word for word in chance.choice(fitting).split() if chance.random() > 0.4]
    return " ".join(kept[:24]) if len(kept) >= 3 else None


def _varied(group: Group, source: Source, switch: Switcher, chance: random.Random) -> Group:
    asked = chance.sample(group.questions, min(ASKED, len(group.questions)))
    varied = [switch(text, group.language, chance) if chance.random() < SWITCHED else text for text in asked]
    if source.cloze and chance.random() < CLOZE:
        made = cloze(group.passage, chance)
        varied += [made] if made else []
    return replace(group, questions=tuple(varied), distractors=group.distractors[:1])


def _passes(source: Source, chance: random.Random) -> Iterator[list[Group]]:
    """Batches of one source without end; articles in a new random order at each pass."""
    while True:
        articles: dict[str, list[Group]] = {}
        for group in source.groups:
            articles.setdefault(group.article, []).append(group)
        order = list(articles.values())
        chance.shuffle(order)
        flat = [group for article in order for group in article]
        for start in range(0, len(flat) - source.passages + 1, source.passages):
            yield flat[start : start + source.passages]


def batches(data: Path, seed: int) -> Iterator[list[Group]]:
    """Batches without end, each of one source; no passage twice in a batch."""
    chance = random.Random(seed)
    mix = load(data, chance)
    switch = Switcher(data)
    passes = [_passes(source, chance) for source in mix]
    while True:
        at = chance.choices(range(len(mix)), [source.weight for source in mix])[0]
        unique = {group.passage: group for group in next(passes[at])}
        yield [_varied(group, mix[at], switch, chance) for group in unique.values()]
