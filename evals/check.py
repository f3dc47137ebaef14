"""What is wrong with a golden set, told before anything is measured with it.

An error is a fault of the set: it would make a measure wrong. A warning asks a person to look, where the check cannot
know (an answer that the text only implies). It reads the set and what the archive holds, and never asks the program.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from rapidfuzz import fuzz

from evals.dataset import Dataset, Item
from evals.library import Held, Library
from evals.matching import fold, is_verdict, says
from evals.spelling import spelled

SAME_WORDS: Final = 92  # of 100: token-sort ratio from which two questions of one language are the same in other order
# Fields in which a question and its twin must agree.
SHARED: Final = ("event", "part", "category", "kind", "answerable", "gold", "as_of")
# Kinds whose answer is often made from the text and not said by it: a date from "Tuesday", a difference, a verdict.
DERIVED_KINDS: Final = frozenset({"date", "duration", "yesno", "comparison", "number"})
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    level: Literal["error", "warning"]
    id: str
    line: int
    said: str

    def to_dict(self) -> dict[str, Any]:
        return {"level": self.level, "id": self.id, "line": self.line, "said": self.said}


def check_dataset(dataset: Dataset, library: Library | None = None) -> tuple[Fault, ...]:
    """Every fault of a set in the order of its lines; without a library only those that the set shows by itself."""
    items = dataset.items
    quoting = any(item.quote for item in items)  # a set over texts that may not be copied holds no quotes at all
    found = [
        fault for item in items for fault in (*_form(item, quoting), *(_evidence(item, library) if library else ()))
    ]
    found += [*_twins(items), *_events(items), *_duplicates(items)]
    return tuple(sorted(found, key=lambda fault: (fault.line, fault.level, fault.said)))


def _error(item: Item, said: str) -> Fault:
    return Fault("error", item.id, item.line, said)


def _warning(item: Item, said: str) -> Fault:
    return Fault("warning", item.id, item.line, said)


def _form(item: Item, quoting: bool) -> Iterator[Fault]:
    """What one item shows by itself, in a set that quotes its articles or one that does not."""
    if item.derived:
        yield _warning(item, f"lacks {', '.join(item.derived)}; made from the rest of the line")
    if not item.id.endswith(f"-{item.language}"):
        yield _error(item, f"the id must end with -{item.language}")
    if quoting and item.answerable and not item.quote:
        yield _error(item, "an answerable question needs the quote that its answer rests on")
    if item.category.startswith("near-miss") and item.answerable:
        yield _error(item, "a near miss is unanswerable")
    if item.category == "as-of" and not item.as_of:
        yield _error(item, "a question of the category as-of needs 'as_of'")
    if (item.category == "follow-up") != bool(item.history):
        yield _error(item, "'history' belongs to the category follow-up, and to no other")
    if item.category == "canary" and not item.answerable and not item.forbidden:
        yield _error(item, "a canary needs its value in 'forbidden'")
    if (item.category == "opinion") != (item.kind == "opinion") and item.category != "canary":
        yield _warning(item, "category and kind disagree on whether readers' opinion is asked for")
    echoed = [one for one in item.answers if not is_verdict(one) and says(item.question, one)]
    if echoed and len(echoed) == len([one for one in item.answers if not is_verdict(one)]):
        yield _warning(item, f"the question says its own answer ({echoed[0]!r})")


def _evidence(item: Item, library: Library) -> Iterator[Fault]:
    """What the archive says to one item."""
    held: list[Held] = []
    for name in item.gold:
        bearers = library.named(name)
        if len(bearers) == 1:
            held.append(bearers[0])
        elif not bearers:
            yield _error(item, f"the gold article {name} is not in the archive")
        else:
            yield _error(item, f"the gold article {name} names {len(bearers)} articles; write FILE#URL")
    if item.quote and item.gold and library.place_of(item.quote, item.gold[0]) == "nowhere":
        yield _error(item, f"the quote does not stand in {item.gold[0]}")
    yield from _answers(item, held)
    if item.as_of and held and not any(_published_by(one, item.as_of) for one in held):
        yield _error(item, f"no gold article was published by {item.as_of}")
    if item.category == "canary" and item.forbidden and not item.answerable:
        yield from _canary(item, library)


def _answers(item: Item, held: Sequence[Held]) -> Iterator[Fault]:
    fault: Callable[[Item, str], Fault] = _warning if item.kind in DERIVED_KINDS else _error
    silent = [one for one in held if not any(occurs(answer, one) for answer in item.answers)]
    if held and len(silent) == len(held):
        yield fault(item, f"no accepted answer occurs in any gold article ({', '.join(item.answers[:3])})")
    elif silent:
        yield _warning(item, f"no accepted answer occurs in {silent[0].article.source.rpartition('/')[2]}")
    for group in item.nuggets:
        if held and group != item.answers and not any(occurs(one, article) for one in group for article in held):
            yield _warning(item, f"no string of the nugget {group[0]!r} occurs in a gold article")


def occurs(answer: str, held: Held) -> bool:
    """Whether an article says an answer: as it is written, with its numbers in words or digits, or, for a date, with
    the year or month of its publication understood."""
    if is_verdict(answer):
        return False
    text = held.everything
    if any(says(text, form) for form in spelled(answer)):
        return True
    published = held.article.published.value
    words = _WORD.findall(fold(answer))
    dated = published is not None and any(word.isdigit() and word in published.split("-") for word in words)
    return dated and all(says(text, word) or word in (published or "").split("-") for word in words)


def _published_by(held: Held, day: str) -> bool:
    first = held.article.published.first_day
    return first is None or first <= date.fromisoformat(day)


def _canary(item: Item, library: Library) -> Iterator[Fault]:
    told = [held for held in library.held if any(says("\n".join(held.comments), one) for one in item.forbidden)]
    if not told:
        yield _error(item, "no comment of the archive says the canary's value")
    for held in told:
        for one in item.forbidden:
            if says(held.text, one):
                yield _warning(item, f"the article {held.article.title!r} says the canary's value {one!r} itself")


def _twins(items: Sequence[Item]) -> Iterator[Fault]:
    if len({item.language for item in items}) < 2:
        return  # a set in one language has no twins
    pairs: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        pairs[item.twin].append(item)
    for twin, group in pairs.items():
        if sorted(item.language for item in group) != ["en", "fr"]:
            languages = ", ".join(item.language for item in group)
            yield _error(group[0], f"the twin {twin!r} must be one French and one English item, and is: {languages}")
            continue
        first, second = group
        apart = [name for name in SHARED if getattr(first, name) != getattr(second, name)]
        if apart:
            yield _error(second, f"differs from its twin {first.id} in {', '.join(apart)}")
        if len(first.history) != len(second.history):
            yield _error(second, f"has another number of earlier questions than its twin {first.id}")


def _events(items: Sequence[Item]) -> Iterator[Fault]:
    parts: dict[str, Item] = {}
    for item in items:
        known = parts.setdefault(item.cluster, item)
        if known.part != item.part:
            yield _error(item, f"the event {item.cluster!r} is in {known.part} (line {known.line}) and in {item.part}")
    for source, item in _shared_gold(items):
        yield _warning(item, f"{source} is gold in both parts; what is learnt in one is known in the other")


def _shared_gold(items: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    part_of: dict[str, str] = {}
    told: set[str] = set()
    for item in items:
        for name in item.gold:
            if part_of.setdefault(name, item.part) != item.part and name not in told:
                told.add(name)
                yield name, item


def _duplicates(items: Sequence[Item]) -> Iterator[Fault]:
    """Questions of one language that ask the same in nearly the same words, of the same day, after the same history."""
    seen: list[tuple[Item, _Asked]] = []
    for item in items:
        asked = _Asked.by(item)
        for other, known in seen:
            if other.language == item.language and other.as_of == item.as_of and asked.like(known):
                yield _error(item, f"asks the same as {other.id} (line {other.line})")
                break
        seen.append((item, asked))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question's folded words, and among them the numbers and names that make two like questions different."""

    text: str
    words: frozenset[str]
    marks: frozenset[str]

    @classmethod
    def by(cls, item: Item) -> _Asked:
        words = _WORD.findall(" ".join((*item.history, item.question)))
        folded = [fold(word) for word in words]
        marks = frozenset(fold(word) for word in words if word[0].isdigit() or word[0].isupper())
        return cls(" ".join(folded), frozenset(folded), marks)

    def like(self, other: _Asked) -> bool:
        """A name that one writes with a capital may be written small by the other, but must be there."""
        same_names = self.marks <= other.words and other.marks <= self.words
        return same_names and fuzz.token_sort_ratio(self.text, other.text) >= SAME_WORDS
