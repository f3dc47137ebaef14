"""How well `rag.dates` finds and reads dates, measured on public test sets lying in one folder.

`python -m evals.date_benchmark DIR` prints, for each set it finds there: how many gold expressions are found (recall),
how many found ones are gold (precision, where the set says what is none), and how many of the found ones get the gold
first day, another day, or none. Spans agree when they overlap. Most sets come from assistants and calendars, which read
"on Tuesday" and "2 March" as the next one and "two weeks ago" as one day; a newspaper means the last one and a week.
The figures are for comparison over time, not for a contest. Sets read: Recognizers-Text, Duckling, chrono, dateparser,
and the TIMEX tags of the French TimeBank. It knows nothing of how dates are found.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
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

    def line(self, name: str) -> str:
        def share(part: int, whole: int) -> str:
            return f"{part / whole:6.1%}" if whole else "     -"

        valued = self.right + self.wrong + self.unresolved
        return (
            f"{name:28} gold {self.gold:4}  recall {share(self.found, self.gold)}  "
            f"precision {share(self.predicted - self.spurious, self.predicted)}  "
            f"first day right {share(self.right, valued)}  other {share(self.wrong, valued)}  "
            f"open {share(self.unresolved, valued)}"
        )


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
    "recognizers_fr_datetime_dev.json": recognizers,
    "recognizers_en_datetime_dev.json": recognizers,
    "duckling_time_fr.json": duckling,
    "chrono_fr_cases.json": chrono,
    "dateparser_fr_cases.json": dateparser,
    "timebank_fr_valid.txt": timebank,
}


def main(arguments: list[str]) -> int:
    """Print one line for each set of the folder; with a set's name as second argument, its misses too."""
    if not 1 <= len(arguments) <= 2 or not Path(arguments[0]).is_dir():
        print("usage: python -m evals.date_benchmark DIR [SET]", file=sys.stderr)
        return 2
    for name, reader in READERS.items():
        path = Path(arguments[0]) / name
        if not path.is_file() or (len(arguments) == 2 and arguments[1] not in name):
            continue
        score = measure(reader(path))
        print(score.line(path.stem))
        if len(arguments) == 2:
            print("\n".join(score.misses))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
