"""How well `rag.dates` finds and reads dates, measured on public test sets lying in one folder.

`python -m evals.date_benchmark --data DATA` prints, for each set that it finds in DATA or DATA/dates: how many gold
expressions are found (recall), how many found ones are gold (precision, where the set says what is none), and how many
of the found ones get the gold first day, another day, or none. Spans agree when they overlap. Most sets come from
assistants and calendars, which read "on Tuesday" and "2 March" as the next one and "two weeks ago" as one day; a
newspaper means the last one and a week. The figures are for comparison over time, not for a contest. Sets read:
Recognizers-Text, Duckling, chrono, dateparser, and the TIMEX tags of the French TimeBank. A set that comes in parts
says so in its name ("_dev", "_valid", "_test"); another is cut in two halves by a digest of its texts, of which only
"dev" may be looked at while the grammar is written. It knows nothing of how dates are found.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from rag.dates import DateMention, find_dates
from rag.types import Language

DAY_TYPES: Final = {"date", "daterange", "datetime", "datetimerange"}


@dataclass(frozen=True, slots=True)
class Gold:
    """One expression that should be found, with the first days that count as right (none given: only the span)."""

    start: int
    end: int
    first_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """One text with its gold expressions; `ignored` spans are neither right nor wrong."""

    text: str
    language: Language
    anchor: date | None
    gold: tuple[Gold, ...]
    ignored: tuple[tuple[int, int], ...] = ()
    complete: bool = True  # whether whatever is not gold is wrong


@dataclass(slots=True)
class Score:
    """Counts over one set."""

    gold: int = 0
    found: int = 0
    predicted: int = 0
    spurious: int = 0
    right: int = 0
    wrong: int = 0
    unresolved: int = 0
    misses: list[str] = field(default_factory=list)

    def row(self, name: str, part: str) -> str:
        """One row of the table."""

        def share(count: int, whole: int) -> str:
            return f"{count / whole:.1%}" if whole else "-"

        valued = self.right + self.wrong + self.unresolved
        shown = (
            share(self.found, self.gold),
            share(self.predicted - self.spurious, self.predicted),
            *(share(count, valued) for count in (self.right, self.wrong, self.unresolved)),
        )
        return f"| {name} | {part} | {self.gold} | {' | '.join(shown)} |"


def overlap(start: int, end: int, other_start: int, other_end: int) -> bool:
    return start < other_end and other_start < end


def measure(cases: Iterable[Case]) -> Score:
    """Score of `find_dates` over a set."""
    score = Score()
    for case in cases:
        mentions = find_dates(case.text, anchor=case.anchor, language=case.language)
        for gold in case.gold:
            score.gold += 1
            met = [m for m in mentions if overlap(gold.start, gold.end, m.start, m.end)]
            if not met:
                score.misses.append(f"missed    {case.text[gold.start : gold.end]!r} in {case.text[:70]!r}")
                continue
            score.found += 1
            _value(score, case, gold, met)
        _precision(score, case, mentions)
    return score


def _value(score: Score, case: Case, gold: Gold, met: list[DateMention]) -> None:
    if not gold.first_days:
        return
    if all(m.first is None for m in met):
        score.unresolved += 1
    elif any(m.first in gold.first_days for m in met):
        score.right += 1
    else:
        score.wrong += 1
        days = ", ".join(sorted(map(str, gold.first_days)))
        score.misses.append(f"other day {[(m.text, str(m.first)) for m in met]} for {days} on {case.anchor}")


def _precision(score: Score, case: Case, mentions: list[DateMention]) -> None:
    if not case.complete:
        return
    for mention in mentions:
        if any(overlap(mention.start, mention.end, *span) for span in case.ignored):
            continue
        score.predicted += 1
        if not any(overlap(mention.start, mention.end, g.start, g.end) for g in case.gold):
            score.spurious += 1
            score.misses.append(f"spurious  {mention.text!r} in {case.text[:70]!r}")


def recognizers(path: Path) -> Iterator[Case]:
    """Microsoft Recognizers-Text: values are all the readings that its specification gives."""
    language: Language = "fr" if "_fr_" in path.name else "en"
    for item in json.loads(path.read_text(encoding="utf-8")):
        reference = item.get("Context", {}).get("ReferenceDateTime")
        gold, ignored = [], []
        for result in item["Results"]:
            start = result.get("Start", item["Input"].lower().find(result["Text"].lower()))
            end = result["End"] + 1 if "End" in result else start + len(result["Text"])
            if result.get("TypeName", "").removeprefix("datetimeV2.") in DAY_TYPES:
                values = (result.get("Resolution") or {}).get("values") or []
                days = {day for value in values if (day := iso_day(value.get("start") or value.get("value")))}
                gold.append(Gold(start, end, frozenset(days) if reference else frozenset()))
            else:
                ignored.append((start, end))
        yield Case(item["Input"], language, iso_day(reference), tuple(gold), tuple(ignored))


def iso_day(value: str | None) -> date | None:
    """The day at the beginning of an ISO date or datetime."""
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", value or "")
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def duckling(path: Path) -> Iterator[Case]:
    """Duckling's French corpus, its phrases of a day or more."""
    corpus = json.loads(path.read_text(encoding="utf-8"))
    anchor = iso_day(corpus["reference_time"])
    for entry in corpus["positive"]:
        numbers = re.match(r"datetime(?:Interval)? \(?\((\d+), (\d+), (\d+),", entry["spec"] + " ")
        if not numbers and not (numbers := re.match(r"datetime \((\d+), (\d+), (\d+),", entry["spec"])):
            continue
        if not entry["spec"].endswith((" Day", " Week", " Month", " Year", " Quarter")):
            continue
        day = iso_day(f"{int(numbers[1]):04}-{int(numbers[2]):02}-{int(numbers[3]):02}")
        for phrase in entry["examples"]:
            yield Case(phrase, "fr", anchor, (Gold(0, len(phrase), frozenset({day} if day else ())),), complete=False)
    for phrase in corpus["negative"]:
        yield Case(phrase, "fr", anchor, ())


def chrono(path: Path) -> Iterator[Case]:
    """chrono's French tests that name a day."""
    for item in json.loads(path.read_text(encoding="utf-8")):
        expected: dict[str, Any] = item["expected"]
        if "start.day" not in expected or expected.get("start.year", 0) < 1:
            continue
        reference = re.match(r"(\d+), (\d+)( - 1)?, (\d+)", item["reference_jsdate"] or "")
        anchor = None
        if reference:
            anchor = date(int(reference[1]), int(reference[2]) + (0 if reference[3] else 1), int(reference[4]))
        day = date(expected["start.year"], expected["start.month"], expected["start.day"])
        start = max(0, item["text"].find(item["matched"] or item["text"]))
        end = start + len(item["matched"] or item["text"])
        yield Case(item["text"], "fr", anchor, (Gold(start, end, frozenset({day})),))


def dateparser(path: Path) -> Iterator[Case]:
    """dateparser's French tests of written dates."""
    for line in json.loads(path.read_text(encoding="utf-8"))["test_date_parser"]:
        match = re.match(r'"([^"]+)", datetime\((\d+), (\d+), (\d+)', line)
        if match:
            day = date(int(match[2]), int(match[3]), int(match[4]))
            yield Case(match[1], "fr", date(2012, 11, 13), (Gold(0, len(match[1]), frozenset({day})),))


def timebank(path: Path) -> Iterator[Case]:
    """French TimeBank: press sentences with tagged spans, no values."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        text, spans = "", list[tuple[str, int, int]]()
        for row in block.splitlines():
            parts = row.split()
            if len(parts) != 2 or parts[0] == "-DOCSTART-":
                continue
            glued = text.endswith("'") or not text
            start = len(text) + (0 if glued else 1)
            text += parts[0] if glued else f" {parts[0]}"
            if parts[1].startswith("B-"):
                spans.append((parts[1][2:], start, len(text)))
            elif parts[1].startswith("I-") and spans:
                spans[-1] = (*spans[-1][:2], len(text))
        gold = tuple(Gold(start, end) for kind, start, end in spans if kind in ("DATE", "TIME"))
        other = tuple((start, end) for kind, start, end in spans if kind not in ("DATE", "TIME"))
        if text:
            yield Case(text, "fr", date(2003, 2, 20), gold, other)


READERS: Final = {
    "recognizers_fr_datetime": recognizers,
    "recognizers_en_datetime": recognizers,
    "duckling_time_fr": duckling,
    "chrono_fr_cases": chrono,
    "dateparser_fr_cases": dateparser,
    "timebank_fr": timebank,
}
PARTS: Final = {"_dev": "dev", "_valid": "dev", "_test": "test"}
HEAD: Final = "| set | part | expressions | recall | precision | first day right | another day | left open |\n|" + (
    "---|---|" + "---:|" * 6
)


def half(case: Case) -> str:
    """The half of its set in which a text lies, the same for ever."""
    return "dev" if hashlib.blake2b(case.text.encode(), digest_size=1).digest()[0] % 2 == 0 else "test"


def parts_of(folder: Path, name: str) -> Iterator[tuple[str, list[Case]]]:
    """A set's parts: "dev" and "test" of its cases, those of them that are there."""
    read = READERS[name]
    for ending in (".json", ".txt"):
        for suffix, part in PARTS.items():
            if (path := folder / f"{name}{suffix}{ending}").is_file():
                yield part, list(read(path))
        if (path := folder / f"{name}{ending}").is_file():
            cases = list(read(path))
            yield from ((part, [case for case in cases if half(case) == part]) for part in ("dev", "test"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each part of each set; with a set's name the misses of its dev part, too."""
    parser = argparse.ArgumentParser(prog="python -m evals.date_benchmark", description="Measure how dates are read.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets, or the one above their dates/")
    parser.add_argument("--misses", metavar="SET", help="of this set only, with what the dev part gets wrong")
    given = parser.parse_args(arguments)
    if not given.data.is_dir():
        parser.error(f"{given.data} is no folder")
    folder = given.data / "dates" if (given.data / "dates").is_dir() else given.data
    print(HEAD)
    for name in READERS:
        if given.misses and given.misses not in name:
            continue
        for part, cases in parts_of(folder, name):
            score = measure(cases)
            print(score.row(name, part))
            if given.misses and part == "dev":
                print("\n".join(score.misses))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
