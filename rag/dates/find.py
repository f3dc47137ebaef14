"""Dates in text: scan, join, look around, resolve.

Four steps over one text: every expression is read where a rule of the grammar matches (the longest wins); what stands
before it is taken in ("early", "since"); two expressions that are joined become a range ("from 3 to 5 March"); each is
resolved against the anchor. Knows nothing of articles, of questions or of how a language says things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rag.dates.calendar import Interval
from rag.dates.english import english
from rag.dates.french import french
from rag.dates.grammar import Atom, Grammar, Reading, Rule, interval_in_year, read, starters
from rag.dates.lent import with_lent
from rag.dates.mention import DateMention, Said
from rag.dates.names import NUMBERS, fold_in_place
from rag.dates.resolve import resolve
from rag.types import Language, PublicationDate

_WORD: Final = re.compile(r"\d+|[a-z]+")
_LOST: Final = Interval(date.min, date.max, "unknown")  # a date was mentioned, and nobody knows which
_SENTENCE_END: Final = re.compile(r"[.!?;]\s|\n")
_DAY_AND_DASH: Final = re.compile(r"(?<![\w.,/:-])(?:\d{1,2}|mid?)-$")
_APOSTROPHES: Final = str.maketrans("’ʼ‘", "'''")
_LOOK_BEHIND: Final = 40
BOUNDING: Final = ("since", "until", "before", "after")  # what these date is no point from which others count
REACH: Final = 600  # characters, about a paragraph: "the day before" does not count from a date further back


def find_dates(text: str, *, anchor: PublicationDate | date | None, language: Language) -> list[DateMention]:
    """The temporal expressions of a text in order, none overlapping another.

    The anchor is the day (or month, or year) on which the text was written. An expression that would mean different
    days at the beginning and at the end of an imprecise anchor stays unresolved.
    """
    grammar = french() if language == "fr" else english()
    folded = fold_in_place(text)
    days = _anchor_days(anchor)
    atoms = _join(with_lent(_scan(text, folded, grammar), folded, days), folded, grammar)
    mentions: list[DateMention] = []
    previous: list[Interval | None] = [None] * len(days)
    for atom in atoms:
        tense = _tense(text, atom, grammar)
        if mentions and atom.start - mentions[-1].end > REACH:
            previous = [_LOST] * len(days)
        found = [_resolve_pair(atom, day, last, tense) for day, last in zip(days, previous, strict=True)]
        mention = _mention(text, atom, found, tense)
        mentions.append(mention)
        if atom.first.modifier not in BOUNDING:
            previous = [interval or _LOST for interval in found]
    return mentions


def _anchor_days(anchor: PublicationDate | date | None) -> list[date | None]:
    if anchor is None:
        return [None]
    if isinstance(anchor, date):
        return [anchor]
    if anchor.first_day is None or anchor.last_day is None:
        return [None]
    return [anchor.first_day] if anchor.precision == "day" else [anchor.first_day, anchor.last_day]


@dataclass(frozen=True, slots=True)
class _Pair:
    """One expression, or the two ends of a range."""

    start: int
    end: int
    first: Atom
    last: Atom | None = None


def _scan(text: str, folded: str, grammar: Grammar) -> list[Atom]:
    index = starters(grammar.rules)
    numbers = NUMBERS[grammar.language]
    atoms: list[Atom] = []
    position = 0
    for word in _WORD.finditer(folded):
        start = word.start()
        if start < position:
            continue
        token = word.group()
        rules = index.get("#digit", ()) if token[0].isdigit() else index.get(token, ())
        if token in numbers:
            rules = (*rules, *index.get("#number", ()))
        if rules and not _inside_a_word(folded, start):
            found = _longest(rules, text, folded, start, grammar)
            if found is not None:
                atoms.append(_look_around(found, text, folded, grammar, position))
                position = atoms[-1].end
    return atoms


def _inside_a_word(folded: str, start: int) -> bool:
    """Part of a longer number, word, path or amount: "1.2014", "covid-19", "/2014/", "$2000"."""
    if start == 0:
        return False
    before = folded[start - 1]
    if before.isalnum() or before in "_$€£#@/":
        return True
    if before not in "-.,:" or start < 2 or not folded[start].isdigit() or not folded[start - 2].isalnum():
        return False
    return not _DAY_AND_DASH.search(folded, max(0, start - 4), start) and not (
        before in ".,:" and folded[start - 2].isalpha()
    )


def _longest(rules: tuple[Rule, ...], text: str, folded: str, start: int, grammar: Grammar) -> Atom | None:
    best: tuple[Rule, re.Match[str]] | None = None
    for rule in rules:
        match = rule.pattern.match(folded, start)
        if (
            match
            and (best is None or match.end() > best[1].end())
            and (rule.allowed is None or rule.allowed(Reading(text, folded, match)))
        ):
            best = rule, match
    return read(*best, grammar) if best else None


def _look_around(atom: Atom, text: str, folded: str, grammar: Grammar, floor: int) -> Atom:
    """The atom with its time of day, and with "early" or "since" taken in."""
    if atom.day is not None or atom.kind in ("weekday", "offset"):
        time = grammar.time_after.match(folded, atom.end)
        if time:
            hour = (
                int(time["hour"]) % 12 + 12 * (time["half"] == "p")
                if time.groupdict().get("half")
                else int(time["hour"])
            )
            atom = replace(atom, end=time.end(), time=f"{hour:02}:{time['minute'] or '00'}")
    if atom.part is None:
        part = grammar.part_before.search(folded, max(floor, atom.start - _LOOK_BEHIND), atom.start)
        if part and atom.kind not in ("offset", "eve", "step", "date", "weekday"):
            atom = replace(atom, start=part.start(), part=grammar.parts[part["part"]])
    before = grammar.modifier_before.search(folded, max(floor, atom.start - _LOOK_BEHIND), atom.start)
    if before and atom.modifier is None:
        word = text[before.start("modifier") : before.end("modifier")].lower().translate(_APOSTROPHES)
        if modifier := grammar.modifiers.get(" ".join(word.split())):
            atom = replace(atom, start=before.start(), modifier=modifier)
    return atom


def _join(atoms: list[Atom], folded: str, grammar: Grammar) -> list[_Pair]:
    """Ranges made of two neighbouring expressions, and of a lone day number before a date."""
    pairs: list[_Pair] = []
    for atom in atoms:
        floor = pairs[-1].end if pairs else 0
        opened = _opening(pairs[-1], atom, folded, grammar) if pairs else None
        if opened is not None and pairs[-1].last is None:
            left = pairs.pop()
            first = replace(left.first, modifier=None) if left.first.modifier == "since" else left.first
            pairs.append(_Pair(opened, atom.end, _completed(first, atom), atom))
            continue
        pairs.extend(_with_day_before(atom, folded, grammar, floor))
    return pairs


def _opening(pair: _Pair, right: Atom, folded: str, grammar: Grammar) -> int | None:
    """Where the range begins whose ends are `pair` and `right`; None when they are not joined."""
    left = pair.first
    if left.joined or right.joined or "never" in (left.kind, right.kind):
        return None
    link = " ".join(folded[pair.end : right.start].split())
    opener = grammar.links.get(link)
    if opener is None or not _comparable(left, right):
        return None
    if not opener:
        return pair.start if left.span and right.span else None
    before = grammar.openers[opener].search(folded, max(0, left.start - _LOOK_BEHIND), left.start)
    if before:
        return before.start("opener")
    return pair.start if left.modifier == "since" else None


def _comparable(left: Atom, right: Atom) -> bool:
    calendars = ("year", "date", "month", "season", "quarter", "span", "weekday")
    return left.kind in calendars and right.kind in calendars and left.modifier in (None, "since")


def _completed(left: Atom, right: Atom) -> Atom:
    """The left end with the year of the right one, or the year before when it would come after it."""
    if left.kind == "weekday" and left.day and right.kind == "date":
        left = replace(left, kind="date", month=right.month, weekday=left.weekday)
    if left.span or right.year is None or left.kind not in ("date", "month", "season"):
        return left
    try:
        span = interval_in_year(left, right.year)
        if right.span and span.first > right.span.last:
            span = interval_in_year(left, right.year - 1)
    except ValueError:
        return left
    return replace(left, span=span, year=span.first.year)


def _with_day_before(atom: Atom, folded: str, grammar: Grammar, floor: int) -> list[_Pair]:
    """ "du 3 au 5 mars": the day before joins the date as a range; "les 3 et 5 mars": it is a date of its own."""
    alone = _Pair(atom.start, atom.end, atom)
    if atom.kind != "date" or atom.day is None or atom.modifier or atom.month is None:
        return [alone]
    begin = atom.start
    days: list[re.Match[str]] = []
    while found := grammar.day_before.search(folded, max(floor, begin - _LOOK_BEHIND), begin):
        days.insert(0, found)
        begin = found.start()
    pairs = [alone]
    for found in reversed(days):
        other = replace(
            atom, start=found.start("day"), end=found.end("day"), day=int(found["day"]), weekday=None, time=None
        )
        try:
            other = replace(other, span=interval_in_year(other, atom.year) if atom.year else None)
        except ValueError:
            return pairs
        left = folded[max(floor, found.start() - 20) : found.start()]
        wanted = "" if found["dash"] else grammar.links.get(found["link"] or ",")
        opener = grammar.openers[wanted].search(left) if wanted else None
        if len(pairs) == 1 and len(days) == 1 and int(found["day"]) < (atom.day or 0) and (wanted == "" or opener):
            start = found.start("day") - len(left) + opener.start("opener") if opener else found.start("day")
            return [_Pair(start, atom.end, other, atom)]
        pairs.insert(0, _Pair(other.start, other.end, other))
    return pairs


def _tense(text: str, pair: _Pair, grammar: Grammar) -> int:
    """Tense of the verb nearest to the mention in its sentence: the last one before it, else the first one after."""
    if pair.first.modifier == "since":
        return -1  # whatever lasts since a day, that day has been
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, pair.start - 160), pair.start)), default=0)
    begin = max(begin, pair.start - 160)
    end = _SENTENCE_END.search(text, pair.end)
    before, after = text[begin : pair.start], text[pair.end : end.start() if end else len(text)][:120]
    past, future = (_verbs(before, verbs) for verbs in (grammar.past, grammar.future))
    if past or future:
        return 1 if max(future, default=-1) >= max(past, default=-1) else -1
    past, future = (_verbs(after, verbs) for verbs in (grammar.past, grammar.future))
    if past or future:
        return 1 if min(future, default=len(after)) <= min(past, default=len(after)) else -1
    return 0


def _verbs(text: str, verbs: re.Pattern[str]) -> list[int]:
    """Where verbs begin; a capitalised word within a text, or one at its beginning that looks like a future, is a name
    ("Samira")."""
    found = []
    for match in verbs.finditer(text.lower()):
        capital = text[match.start() : match.start() + 1].isupper()
        if not capital or not (text[: match.start()].strip() or match[0].endswith(("ra", "ront"))):
            found.append(match.start())
    return found


def _resolve_pair(pair: _Pair, today: date | None, previous: Interval | None, tense: int) -> Interval | None:
    if pair.last is None:
        return _resolve(pair.first, today, previous, tense)
    last = _resolve(pair.last, today, previous, tense)
    if last is None:
        return None
    first = _resolve(pair.first, last.first if today else None, previous, -1)
    if first is None or first.first > last.last:
        return None
    return Interval(first.first, last.last, "range")


def _resolve(atom: Atom, today: date | None, previous: Interval | None, tense: int) -> Interval | None:
    if atom.span is not None:
        return resolve(atom, date.max, None, tense)
    if today is None and (atom.kind not in ("eve", "step") or previous is None):
        return None
    return resolve(atom, today or date.max, previous, tense)


def _mention(text: str, pair: _Pair, found: list[Interval | None], tense: int) -> DateMention:
    atom = pair.first
    agreed = found[0] if all(interval == found[0] for interval in found) else None
    modifier = atom.modifier or atom.part if pair.last is None else None
    points_here = atom.toward == 0 or (atom.kind == "offset" and atom.count == 0)
    return DateMention(
        start=pair.start,
        end=pair.end,
        text=text[pair.start : pair.end],
        first=agreed.first if agreed else None,
        last=agreed.last if agreed else None,
        precision=agreed.grain if agreed else "unknown",
        modifier=modifier,
        relative=atom.span is None or (pair.last is not None and pair.last.span is None),
        time=atom.time or (pair.last.time if pair.last else None),
        tense=tense,
        said=Said(atom.year, atom.month, atom.day, atom.weekday, points_here),
    )
