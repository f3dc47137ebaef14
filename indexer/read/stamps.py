"""The stamps under which comments and articles are printed: "12 mars 2024 à 14 h 05", "3 years ago", "2024-03-12".

`STAMP` is a regular expression source for one stamp, `read_stamp` its date. It knows nothing of authors or threads.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from rag.text import fold
from rag.types import UNKNOWN_DATE, DateMethod, Language, PublicationDate

_MONTH_WORDS: Final = (
    "jan janv janvier january",
    "fev fevr fevrier feb february",
    "mar mars march",
    "avr avril apr april",
    "mai may",
    "juin jun june",
    "juil juill juillet jul july",
    "aou aout aug august",
    "sep sept septembre september",
    "oct octobre october",
    "nov novembre november",
    "dec decembre december",
)
_MONTHS: Final = {word: month for month, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}

_MONTH: Final = (
    r"(?:janv(?:ier)?|f[ée]vr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:l(?:et)?)?|ao[ûu]t|sept?(?:embre)?|oct(?:obre)?|"
    r"nov(?:embre)?|d[ée]c(?:embre)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:tember)?|october|november|dec(?:ember)?)\.?"
)
_WEEKDAY: Final = (
    r"(?:lun(?:di)?|mar(?:di)?|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?|dim(?:anche)?|mon(?:day)?|"
    r"tue(?:s(?:day)?)?|"
    r"wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?,?\s+"
)
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:er|st|nd|rd|th)?"
_YEAR: Final = r"(?:19|20)\d\d"
DATE: Final = (
    rf"(?:(?:{_WEEKDAY})?(?:{_DAY}\s+{_MONTH},?\s+{_YEAR}|{_MONTH}\s+{_DAY},?\s+{_YEAR}|"
    rf"{_YEAR}-\d\d-\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:{_YEAR}|\d\d)(?!\d)|{_YEAR}/\d\d?/\d\d?))"
)
TIME: Final = (
    r"(?:[\s,]*(?:à|a|at|@|-|–|T|·|\|)?\s*(?:[01]?\d|2[0-3])\s?(?:h|:|"
    r"H)\s?(?:[0-5]\d)?(?::[0-5]\d)?(?:\.\d+)?(?:\s?min)?"
    r"(?:\s?[ap]\.?m\.?)?(?:Z|[+-]\d\d:?\d\d)?(?:\s(?:UTC|GMT|CET|CEST))?|[\s,]*(?:à|at)\s+\d{1,2}\s?[ap]m)"
)
_UNIT: Final = (
    r"(?:secondes?|seconds?|secs?|minutes?|mins?|heures?|hours?|hrs?|h|jours?|days?|semaines?|weeks?|sem|mois|months?|"
    r"années?|ans?|an|years?|yrs?)\b\.?"
)
_COUNT: Final = (
    r"(?:environ |about |over |plus d[e'’]\s?|almost |presque )?"
    r"(?:\d+|une?|an?|one|deux|trois|quelques|a few|few|several)"
)
RELATIVE: Final = (
    rf"(?:il y a {_COUNT}\s?{_UNIT}|{_COUNT}\s?{_UNIT}\s+ago|hier|yesterday|aujourd[’']hui|today|à l[’']instant|"
    rf"just now|"
    r"maintenant)"
)
SHORT_RELATIVE: Final = r"\d{1,3}\s?(?:sec|s|min|mn|m|h|hrs?|j|d|sem|w|mo|mois|ans?|y|yrs?)\b(?!['’])\.?"
_YEARLESS: Final = rf"(?:(?:{_WEEKDAY})?{_DAY}\s+{_MONTH}{TIME})"
STAMP: Final = rf"(?:{DATE}{TIME}?|{RELATIVE}{TIME}?|{_YEARLESS})"

_STAMP_LINE: Final = re.compile(
    rf"^[(\[•·|–—,-]*\s*(?:(?:le|on|posted|posté|publié|ajouté|écrit|published)\s+){{0,2}}(?:{STAMP}|{SHORT_RELATIVE})"
    r"[\s)\]•·|:,.–—-]*(?:#|\(?(?:modifié|édité|edited|edit|modifier)\)?|permalien|permalink|lien|link|\d+)?"
    r"(?:\s*[•·|–—,-]?\s*(?:répondre|reply|citer|quote|signaler|report|flag))*\s*[.:]?$",
    re.IGNORECASE,
)
_FIND: Final = re.compile(rf"(?<!\w)(?:{STAMP}(?!\w)|{SHORT_RELATIVE})", re.IGNORECASE)


def is_stamp_line(text: str) -> bool:
    """Whether a line holds a comment's stamp and nothing else but its links."""
    return len(text) <= 90 and bool(_STAMP_LINE.match(text))


def find_stamp(text: str) -> str | None:
    """The first stamp in `text`, verbatim."""
    found = _FIND.search(text)
    return found.group().strip(" ,") if found else None


def read_stamp(text: str | None, language: Language = "fr", method: DateMethod = "header") -> PublicationDate:
    """The date of a stamp. "12/03/2024" is read day first unless that is no date or the stamp counts in a.m. and p.m.

    A stamp relative to an unknown day ("il y a 3 ans") or without a year keeps its words and no value.
    """
    if not text or not text.strip():
        return UNKNOWN_DATE
    text = text.strip()
    day = _calendar_day(fold(text), month_first=language == "en" and bool(re.search(r"\d\s?[ap]\.?m\b", text.lower())))
    if day is None:
        return PublicationDate(evidence=text)
    return PublicationDate(day.isoformat(), "day", method, text)


def _calendar_day(text: str, *, month_first: bool) -> date | None:
    numbers: tuple[int, int, int] | None = None
    if found := re.search(r"\b((?:19|20)\d\d)[-/](\d\d?)[-/](\d\d?)", text):
        numbers = (int(found[1]), int(found[2]), int(found[3]))
    elif found := re.search(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)\b", text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        first, second = int(found[1]), int(found[2])
        swapped = second > 12 or (month_first and first <= 12)
        numbers = (year, first, second) if swapped else (year, second, first)
    elif found := re.search(r"\b(\d{1,2})(?:er|st|nd|rd|th)?\s+([a-z]+)\.?,?\s+((?:19|20)\d\d)\b", text):
        numbers = (int(found[3]), _MONTHS.get(found[2], 0), int(found[1]))
    elif found := re.search(r"\b([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", text):
        numbers = (int(found[3]), _MONTHS.get(found[1], 0), int(found[2]))
    if numbers is None:
        return None
    try:
        return date(*numbers)
    except ValueError:
        return None
