"""Golden questions: one JSON object a line, what it must hold, and the digest by which a set is recognised.

`evals/datasets/item.schema.json` says the same for other programs, and docs/evaluation.md for people. A line that
leaves out `event`, `part`, `category` or `nuggets` is read all the same, with what follows from the rest of it;
`evals.check` holds a set to all of them. It knows nothing of archives and scores.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, cast

from evals.fields import FaultError, Groups, day, flag, groups, one_of, text, texts
from evals.matching import fold
from rag.errors import GazetteError, UsageError

Kind = Literal[
    "date",
    "person",
    "place",
    "number",
    "duration",
    "yesno",
    "list",
    "comparison",
    "reason",
    "statement",
    "opinion",
    "unanswerable",
]
Part = Literal["dev", "test"]
KINDS: Final = frozenset(Kind.__args__)  # type: ignore[attr-defined]
LANGUAGES: Final = frozenset({"fr", "en"})
PARTS: Final = frozenset(Part.__args__)  # type: ignore[attr-defined]
# What is asked of the reader, apart from the kind of the answer; by kind, the category of a line that names none.
_CATEGORY_OF: Final = {
    "date": "when",
    "person": "who",
    "place": "where",
    "number": "how-many",
    "duration": "how-long",
    "yesno": "yes-no",
    "reason": "why",
    "unanswerable": "near-miss-event",
}
# Questions whose answer hangs on when something was said or happened.
TEMPORAL: Final = ("when", "last", "first", "as-of", "window")
CATEGORIES: Final = frozenset(_CATEGORY_OF.values()) | {
    *TEMPORAL,
    "list",
    "comparison",
    "opinion",
    "conflict",
    "corrected",
    "near-miss-person",
    "near-miss-year",
    "false-premise",
    "follow-up",
    "canary",
    "injection",
    "statement",
}
REQUIRED: Final = ("id", "twin", "language", "question", "kind", "answerable", "answers", "gold", "quote")
DERIVED: Final = ("event", "part", "category", "nuggets")  # may be left out, and are then made from the others
OPTIONAL: Final = ("all_of", "forbidden", "as_of", "history", "why")
SHOWN: Final = 5  # faults named in one message


class InvalidEvaluationError(GazetteError):
    """An evaluation that cannot say anything: a faulty set, no items, floors of another set."""


@dataclass(frozen=True, slots=True)
class Item:
    """One golden question."""

    id: str
    twin: str
    language: Literal["fr", "en"]
    question: str
    kind: Kind
    answerable: bool
    answers: tuple[str, ...]  # any of them is right; none for an unanswerable question
    gold: tuple[str, ...]  # file names, or "file.jsonl#URL"; none for an unanswerable question
    quote: str = ""  # words of the first gold article on which the answer rests
    event: str = ""  # the story it is about; all items of one story share it
    part: Part = "test"
    category: str = "statement"
    nuggets: Groups = ()  # a complete answer says one string of each group
    all_of: Groups = ()  # an answer that lacks one of these is wrong
    forbidden: tuple[str, ...] = ()
    as_of: str | None = None  # ISO day
    history: tuple[str, ...] = ()  # the questions asked before in the same conversation
    why: str = ""
    line: int = 0  # in its file, from 1
    derived: tuple[str, ...] = ()  # keys that the line left out and that were made from the others

    @property
    def cluster(self) -> str:
        """What statistics resample by: the event, and where none is named the twins."""
        return self.event or self.twin

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every string that some right answer says."""
        groups = (*self.all_of, *self.nuggets)
        return tuple(dict.fromkeys((*self.answers, *(one for group in groups for one in group))))


@dataclass(frozen=True, slots=True)
class Dataset:
    """A golden set."""

    name: str
    digest: str  # "sha256:..." of the file with LF line ends
    items: tuple[Item, ...]
    part: str = "both"  # which items these are: "dev", "test" or "both"
    path: str = ""  # the file, from the working directory where it lies below that

    def only(self, part: str) -> Dataset:
        """The items of one part. Raises `InvalidEvaluationError` when there are none."""
        if part == "both":
            return self
        kept = tuple(item for item in self.items if item.part == part)
        if not kept:
            raise InvalidEvaluationError(f"{self.name} has no items in the part {part!r}")
        return replace(self, items=kept, part=part)


def load_dataset(path: Path, part: str = "both") -> Dataset:
    """Read a golden set, or one part of it. Raises `UsageError` when the file cannot be read,
    `InvalidEvaluationError` with the line numbers when it is no golden set or holds no item."""
    try:
        data = path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise UsageError(f"cannot read the dataset {path}: {error.strerror}") from error
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidEvaluationError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from error
    items: dict[str, Item] = {}
    faults: list[str] = []
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = read_item(line, number)
            if item.id in items:
                raise FaultError(f"the id {item.id!r} is that of line {items[item.id].line}, too")
            items[item.id] = item
        except FaultError as fault:
            faults.append(f"line {number}: {fault}")
    if faults:
        more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise InvalidEvaluationError(f"{path}: {'; '.join(faults[:SHOWN])}{more}")
    if not items:
        raise InvalidEvaluationError(f"{path} holds no items; give one JSON object a line")
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    return Dataset(path.name, digest, tuple(items.values()), path=_shown(path)).only(part)


def _shown(path: Path) -> str:
    """A file as seen from here, where it lies below; so a report names no folder of the machine it was made on."""
    whole, here = path.resolve(), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()


def read_item(line: str, number: int) -> Item:
    """One line of a set. Raises `FaultError` with what is wrong with it."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise FaultError(f"not JSON ({error})") from error
    if not isinstance(row, dict):
        raise FaultError("not a JSON object")
    if missing := [key for key in REQUIRED if key not in row]:
        raise FaultError(f"lacks {', '.join(missing)}")
    if unknown := sorted(set(row) - {*REQUIRED, *DERIVED, *OPTIONAL}):
        raise FaultError(f"has unknown keys: {', '.join(unknown)}")
    item = _item(row, number)
    _check(item)
    return item


def _item(row: Mapping[str, Any], number: int) -> Item:
    kind = cast(Kind, one_of(row, "kind", KINDS))
    answers, all_of = texts("answers", row["answers"]), groups(row, "all_of")
    derived = tuple(key for key in DERIVED if row.get(key) is None)
    return Item(
        id=text(row, "id"),
        twin=text(row, "twin"),
        language=cast(Literal["fr", "en"], one_of(row, "language", LANGUAGES)),
        question=text(row, "question"),
        kind=kind,
        answerable=flag(row, "answerable"),
        answers=answers,
        gold=texts("gold", row["gold"]),
        quote=text(row, "quote", empty=True),
        event=text(row, "twin" if "event" in derived else "event"),
        part="test" if "part" in derived else cast(Part, one_of(row, "part", PARTS)),
        category=_CATEGORY_OF.get(kind, kind) if "category" in derived else one_of(row, "category", CATEGORIES),
        nuggets=groups(row, "nuggets") or all_of or ((answers,) if answers else ()),
        all_of=all_of,
        forbidden=texts("forbidden", row.get("forbidden") or []),
        as_of=day(row, "as_of"),
        history=texts("history", row.get("history") or []),
        why=text(row, "why", empty=True),
        line=number,
        derived=derived,
    )


def _check(item: Item) -> None:
    """What the fields must be together."""
    if item.answerable != (item.kind != "unanswerable"):
        raise FaultError(f"'answerable' is {item.answerable} and 'kind' is {item.kind!r}")
    if item.answerable and not (item.answers and item.gold):
        raise FaultError("an answerable question needs 'answers' and 'gold'")
    if not item.answerable and (item.answers or item.all_of or item.nuggets or item.gold):
        raise FaultError("an unanswerable question has no 'answers', 'all_of', 'nuggets' or 'gold'")
    accepted = {fold(one) for one in item.accepted}
    if both := sorted(one for one in item.forbidden if fold(one) in accepted):
        raise FaultError(f"{both[0]!r} is both accepted and forbidden")
