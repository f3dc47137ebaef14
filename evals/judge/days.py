"""The check of dates: a claim's days must be those that the cited passages give, for the same thing, as precisely.

Dates are intervals counted from the day of publication; a claim may say less ("in May") than its source, never more.
Knows nothing of figures and names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from evals.judge.frames import QUOTE_FOLLOWS
from evals.judge.reading import Passage, Said, clauses, flatly
from evals.judge.types import Claim, Place, Verdict
from evals.judge.words import Words, content
from rag.dates import DateMention, find_dates
from rag.text import Span, fold
from rag.types import PublicationDate


def wrong_date(claim: Claim, said: Said, frame: str, passages: Sequence[Passage], words: Words) -> Verdict | None:
    """A date of the claim that the passages do not give, give for something else, or give less precisely."""
    derived = [one for text in claim.derived for one in find_dates(text, anchor=claim.as_of, language=said.language)]
    for at, mention in enumerate(said.dates):
        if not frame[mention.start : mention.end].strip():
            continue
        place = Place("claim", mention.start, mention.end, mention.text)
        readings = _readings(claim, said, at, passages)
        if any(_within(one, reading) for reading in readings for one in derived):
            continue
        if mention.said.this and any(_covers(one, passage) for one in readings for passage in passages):
            continue  # "today" and "this year" of who reports
        if _is_as_of(claim, frame, mention, readings) or _is_publication(frame, mention, readings, passages):
            continue
        if _heads(claim.text, mention, passages):
            told = passages[0].source.published.value or "an unknown day"
            return Verdict("contradicted", f"published {place.text!r}, while the source is of {told}", "date", (place,))
        found = _judged(place, mention, readings, frame, passages, words)
        if found is not None:
            return found
    return None


def _readings(claim: Claim, said: Said, at: int, passages: Sequence[Passage]) -> list[DateMention]:
    """What a date of the claim may mean: by itself, or counted from a passage's publication or the day of asking."""
    mention = said.dates[at]
    if mention.first is not None and not mention.relative:
        return [mention]
    anchors: list[PublicationDate | date] = [
        *(passage.source.published for passage in passages),
        *([claim.as_of] if claim.as_of else []),
    ]
    found = []
    for anchor in anchors:
        dates = find_dates(said.text, anchor=anchor, language=said.language)
        found += [one for one in dates if one.start == mention.start and one.first is not None]
    return found


def _within(inner: DateMention, outer: DateMention) -> bool:
    if inner.first is None or inner.last is None or outer.first is None or outer.last is None:
        return False
    return outer.first <= inner.first <= inner.last <= outer.last


def _apart(one: DateMention, other: DateMention) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return one.last < other.first or other.last < one.first


_AS_OF: Final = re.compile(
    r"(?:archives? (?:est )?arretees? (?:au|en|le)|\bas of|a la date du|en date du|up to|jusqu'au)\s*(?=$|\d)"
)


def _is_as_of(claim: Claim, frame: str, mention: DateMention, readings: Sequence[DateMention]) -> bool:
    """The day that the archive ends on, or the question is asked as of."""
    # A date is read with the word before it ("as of 3 May", "au 3 mai").
    before = fold(frame[max(0, mention.start - 40) : mention.end])
    if claim.as_of is None or not _AS_OF.search(before):
        return False
    return any(one.first == one.last == claim.as_of for one in readings)


_PUBLISHED: Final = re.compile(
    r"\b(?:publie\w*|parue?s?|dat[ee]e?|published|dated|reported|wrote|writes|rapport\w*|article|numero|edition|issue)\b"
)


def _is_publication(
    frame: str, mention: DateMention, readings: Sequence[DateMention], passages: Sequence[Passage]
) -> bool:
    """A date that names the source: "Le Courrier, 3 mai 2025 :", "published on 3 May 2025"."""
    before, after = flatly(frame[max(0, mention.start - 40) : mention.start]), frame[mention.end :]
    heads = QUOTE_FOLLOWS.match(after) is not None
    if not heads and not _PUBLISHED.search(before):
        return False
    return any(_covers(reading, passage) for reading in readings for passage in passages)


def _heads(text: str, mention: DateMention, passages: Sequence[Passage]) -> bool:
    """Whether a date stands between the name of a source and a quotation of it."""
    before = text[: mention.start].rstrip()
    named = before.endswith(("»,", "”,")) or any(
        passage.source.outlet and before.endswith(f"{passage.source.outlet},") for passage in passages
    )
    return named and QUOTE_FOLLOWS.match(text[mention.end :]) is not None


def _covers(reading: DateMention, passage: Passage) -> bool:
    published = passage.source.published
    first, last = published.first_day, published.last_day
    return bool(reading.first and reading.last and first and last and reading.first <= first <= last <= reading.last)


def _judged(
    place: Place,
    mention: DateMention,
    readings: Sequence[DateMention],
    frame: str,
    passages: Sequence[Passage],
    words: Words,
) -> Verdict | None:
    own = [(passage, two) for passage in passages for one in passage.said.dates for two in _meanings(one, passage)]
    fits = [(passage, one) for passage, one in own if _fits(mention, readings, one)]
    resolved = [(passage, one) for passage, one in own if one.first is not None]
    if fits:
        return _elsewhere(place, mention, fits, resolved, frame, words)
    if any(_said_in_the_same_words(mention, passage) or _has_year(mention, passage) for passage in passages):
        return None
    if not resolved and any(_around(readings, passage, mention) for passage in passages):
        return None
    if any(_covers(reading, passage) and _coarse(reading) for reading in readings for passage in passages) and not any(
        _apart(reading, one) for reading in readings for _, one in resolved
    ):
        return None
    if not readings:
        return Verdict("not found", f"{place.text!r} names no day that the sources give", "date", (place,))
    narrower = next((one for _, one in resolved if any(_within(reading, one) for reading in readings)), None)
    if narrower is not None:
        return Verdict("not found", f"the source says only {narrower.text!r}, not {place.text!r}", "date", (place,))
    if resolved:
        passage, other = resolved[0]
        told = passage.place(other.start, other.end)
        return Verdict("contradicted", f"{place.text!r} where the source has {told.text!r}", "date", (place, told))
    return Verdict("not found", f"the cited passages do not give {place.text!r}", "date", (place,))


def _meanings(mention: DateMention, passage: Passage) -> list[DateMention]:
    """A source's date as it is read, and a day without its year ("from 15 January") as the one nearest to the day of
    publication: what is announced lies ahead of it."""
    published, said = passage.source.published.first_day, mention.said
    if published is None or mention.first is None or mention.first != mention.last:
        return [mention]
    if said.year is not None or said.month is None or said.day is None or (said.month, said.day) == (2, 29):
        return [mention]
    days = [date(published.year + more, said.month, said.day) for more in (-1, 0, 1)]
    nearest = min(days, key=lambda day: abs((day - published).days))
    return [mention] if nearest == mention.first else [mention, replace(mention, first=nearest, last=nearest)]


def _coarse(reading: DateMention) -> bool:
    """A month or more: what a newspaper reports as new happened in the month, or the year, of the report."""
    return bool(reading.first and reading.last and (reading.last - reading.first).days >= 27)


def _fits(mention: DateMention, readings: Sequence[DateMention], other: DateMention) -> bool:
    if any(_within(other, reading) for reading in readings):
        return True
    said = mention.said
    if said.year is None and said.month is not None and other.first is not None and other.last is not None:
        days = (said.day, said.day) if said.day else (other.first.day, other.last.day)
        return (said.month, days[0], said.month, days[1]) == (
            other.first.month, other.first.day, other.last.month, other.last.day,
        )  # fmt: skip
    # Without a publication date "Tuesday" and "3 May" are compared by what they say.
    if other.first is not None and readings:
        return False
    mine, its = mention.said[:4], other.said[:4]
    if all(one is None for one in mine):
        return False
    return all(one is None or one == two for one, two in zip(mine, its, strict=True))


def _said_in_the_same_words(mention: DateMention, passage: Passage) -> bool:
    return mention.first is None and f" {fold(mention.text)} " in f" {fold(passage.text)} "


def _has_year(mention: DateMention, passage: Passage) -> bool:
    """A bare year of the claim that stands in the passage where no date is read: "the 1997 outbreak"."""
    year = mention.said.year
    return bool(year and mention.precision == "year" and re.search(rf"(?<![\d.,]){year}(?![\d.,]\d)", passage.text))


def _around(readings: Sequence[DateMention], passage: Passage, mention: DateMention) -> bool:
    """A date that the sentences before the passage, its title or its heading give, where it has none of its own."""
    dates: list[DateMention] = []
    for text in (passage.before, passage.source.title):
        dates += find_dates(text, anchor=passage.source.published, language=passage.said.language)
    return any(_fits(mention, readings, one) for one in dates)


MARGIN: Final = 0.4  # of the share of words met, by which another date's clause must be nearer


def _elsewhere(
    place: Place,
    mention: DateMention,
    fits: Sequence[tuple[Passage, DateMention]],
    resolved: Sequence[tuple[Passage, DateMention]],
    frame: str,
    words: Words,
) -> Verdict | None:
    """The passages have the date, but for something else than the claim's clause."""
    said = content(_clause(frame, mention.start, mention.end))
    if len(said) < 2:
        return None

    def met(entry: tuple[Passage, DateMention]) -> float:
        return words.share(said, _clause(entry[0].text, entry[1].start, entry[1].end))

    rivals = [entry for entry in resolved if all(_apart(entry[1], one) for _, one in fits)]
    best = max(map(met, fits))
    other = max(rivals, key=met, default=None)
    if other is None or met(other) < best + MARGIN:
        return None
    told = other[0].place(other[1].start, other[1].end)
    reason = f"the source has {told.text!r} for this; {place.text!r} is the date of something else"
    return Verdict("contradicted", reason, "date", (place, told))


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a stretch, the stretch itself left out."""
    found: Span = next((span for span in clauses(text) if span.start <= start < span.end), Span(0, len(text)))
    return f"{text[found.start : start]} {text[end : max(end, found.end)]}"
