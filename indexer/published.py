"""When a text was published, from its metadata, its head or its words.

Four sources, the first that speaks wins: a machine-readable date; a dateline at the head; a full date that the body
calls its own day; a day without a year that the head or the body calls its own, whose year follows from the weekday and
from what the text speaks of as past. It knows nothing of files, and never looks at a file's age or at today's date.
Where nothing justifies a year the date stays unknown.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from indexer.dateline import Dateline, datelines, opening_dateline
from indexer.own_day import own_day
from rag.dates import DateMention, parse_bound
from rag.errors import UsageError
from rag.types import UNKNOWN_DATE, DateMethod, Language, Precision, PublicationDate

FIRST_YEAR: Final = 1600  # the first newspapers; earlier years in a date field are placeholders
LAST_YEAR: Final = 2199
_LENGTH: Final[dict[Precision, int]] = {"day": 10, "month": 7, "year": 4}
_EDGE_LINES: Final = 3
_NUMBERS: Final = re.compile(r"(?P<date>\d{4}(?:[-/]\d\d?(?:[-/]\d\d?)?)?)(?:[T ].*)?$")


def publication_date(*, metadata: str | None, head: str, body: str, language: Language) -> PublicationDate:
    """The publication date of a text and the words it rests on; `UNKNOWN_DATE` when nothing justifies one.

    `metadata` is a machine-readable or written date of the source, `head` the raw lines above the body (title, byline,
    dateline), `body` the article without its comments. The evidence is a substring of one of the three.
    """
    found = datelines(head.splitlines(), language)
    return (
        _from_metadata(metadata, language)
        or _from_datelines(found, "header")
        or _from_body(found, body, language)
        or UNKNOWN_DATE
    )


def _value(day: date, precision: Precision, method: DateMethod, evidence: str) -> PublicationDate | None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return PublicationDate(day.isoformat()[: _LENGTH[precision]], precision, method, evidence)


def _from_metadata(metadata: str | None, language: Language) -> PublicationDate | None:
    """An ISO 8601 or RFC 2822 date, or one in words; None when it is none, or the zero of a clock (1 January 1970)."""
    text = (metadata or "").strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return _from_written(text, language)
    if moment.date() == date(1970, 1, 1) and moment.time().replace(tzinfo=None) == datetime.min.time():
        return None
    return _value(moment.date(), "day", "metadata", text)


def _from_written(text: str, language: Language) -> PublicationDate | None:
    found = _from_datelines(datelines([text], language), "metadata")
    if found is None and (numbers := _NUMBERS.match(text)):
        found = _from_numbers(numbers["date"].replace("/", "-"))
    return found and PublicationDate(found.value, found.precision, "metadata", text)


def _from_numbers(text: str) -> PublicationDate | None:
    """ "2024", "2024-5", "2024-5-4"."""
    precision: Precision = {0: "year", 1: "month"}.get(text.count("-"), "day")  # type: ignore[assignment]
    try:
        return _value(parse_bound(text, end=False), precision, "metadata", text)
    except UsageError:
        return None


def _from_datelines(found: list[Dateline], method: DateMethod) -> PublicationDate | None:
    for precision in ("day", "month", "year"):
        for dateline in found:
            mention = dateline.mention
            alone = dateline.role == "published" or precision != "year"
            if mention.first and mention.precision == precision and mention.modifier is None and alone:
                return _value(mention.first, precision, method, dateline.evidence)
    return None


def _from_body(head: list[Dateline], body: str, language: Language) -> PublicationDate | None:
    lines = [line for line in body.splitlines() if line.strip()]
    edges = [*lines[:1], *lines[-_EDGE_LINES:]] if len(lines) > 1 else []
    apart = [dateline for dateline in datelines(edges, language) if dateline.mention.precision == "day"]
    opening = opening_dateline(lines[0], language) if lines else None
    if stated := _from_datelines([opening] if opening else apart, "text"):
        return stated
    yearless = next((d.mention for d in head if _needs_a_year(d.mention)), None)
    found = own_day(body, language, said_by_head=yearless) or (own_day(body, language) if yearless is None else None)
    return _value(found.day, "day", "inferred" if found.inferred else "text", found.evidence) if found else None


def _needs_a_year(mention: DateMention) -> bool:
    return mention.first is None and mention.said.day is not None and mention.said.month is not None
