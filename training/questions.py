"""Batches for step 5: passages, each with one question.

A batch is drawn at random from one set: batches of passages of the same article, several questions a passage and
questions made of cropped sentences were tried, and cost more than they gave (docs/experiments.md). Parts of a sentence
ask for a passage with its translation, and some questions get words of the other language by dictionary (Qin et al.,
2020), for questions in one language over texts in the other. Knows nothing of losses.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from training import sources
from training.sources import Group

BUILT = 24_000  # passages put together from translated sentences
BUILT_SENTENCES = (2, 5)  # in one of them
BUILT_LONGEST = 700  # characters of one of them
SWITCHED = 0.15  # chance that a question gets words of the other language


@dataclass(frozen=True)
class Source:
    """One set of groups and how it enters the mix."""

    groups: tuple[Group, ...]
    weight: float  # chance that a batch is taken from here
    passages: int  # in a batch


def cropped(sentence: str, chance: random.Random) -> str:
    """A run of the sentence's words, without a fifth of them."""
    words = sentence.split()
    length = max(4, int(len(words) * chance.uniform(0.35, 0.8)))
    start = chance.randrange(max(1, len(words) - length))
    run = words[start : start + length]
    return " ".join([word for word in run if chance.random() > 0.2] or run)


def built(data: Path, chance: random.Random) -> list[Group]:
    """Passages of a few sentences of one day's debates; a part of one sentence asks for them, in either language.

    Three in four passages are French. Each is asked for once in the other language and once in its own.
    """
    days: dict[str, list[sources.Pair]] = {}
    for day, pair in sources.europarl_days(data):
        days.setdefault(day, []).append(pair)
    groups: list[Group] = []
    order = list(days)
    chance.shuffle(order)
    for day in order:
        rows, at = days[day], 0
        while at < len(rows) and len(groups) < BUILT:
            part = rows[at : at + chance.randint(*BUILT_SENTENCES)]
            at += len(part)
            french = chance.random() < 0.75
            own, other = ("french", "english") if french else ("english", "french")
            passage = " ".join(getattr(pair, own) for pair in part)
            if len(passage) > BUILT_LONGEST:
                continue
            asked = (
                cropped(getattr(chance.choice(part), other), chance),
                cropped(getattr(chance.choice(part), own), chance),
            )
            groups.append(Group(passage, asked, "fr" if french else "en", f"built/{day}"))
    return groups


def load(data: Path, chance: random.Random) -> list[Source]:
    """The mix of step 5. Weights lean on PIAF, the only French set of size."""
    return [
        Source(tuple(sources.piaf_train(data)), 0.50, 64),
        Source(tuple(sources.afriqa_train(data)), 0.05, 48),
        Source(tuple(sources.squad_sentences(data)), 0.18, 96),
        Source(tuple(sources.xquad(data)), 0.08, 48),
        Source(tuple(sources.timeqa_train(data)), 0.05, 48),
        Source(tuple(built(data, chance)), 0.14, 56),
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


def _varied(group: Group, switch: Switcher, chance: random.Random) -> Group:
    asked = chance.choice(group.questions)
    return replace(group, questions=(switch(asked, group.language, chance) if chance.random() < SWITCHED else asked,))


def batches(data: Path, seed: int) -> Iterator[list[Group]]:
    """Batches without end, each of one source; no passage twice in a batch."""
    chance = random.Random(seed)
    mix = load(data, chance)
    switch = Switcher(data)
    while True:
        source = chance.choices(mix, [one.weight for one in mix])[0]
        drawn = chance.sample(source.groups, min(source.passages, len(source.groups)))
        unique = {group.passage: group for group in drawn}
        yield [_varied(group, switch, chance) for group in unique.values()]
