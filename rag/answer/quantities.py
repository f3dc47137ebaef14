"""Numbers with their units in French and English text, and their wording in the other language.

Knows digits, number words, magnitudes, currencies, shares and units of time. Knows nothing of questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rag.text import Span
from rag.types import Language

Unit = Literal["percent", "money", "duration", "count"]

_NUMBER_WORDS: Final = """
    un=one une=one deux=two trois=three quatre=four cinq=five six=six sept=seven huit=eight neuf=nine dix=ten
    onze=eleven douze=twelve treize=thirteen quatorze=fourteen quinze=fifteen seize=sixteen vingt=twenty trente=thirty
    quarante=forty cinquante=fifty soixante=sixty cent=hundred cents=hundreds mille=thousand
    dix-sept=seventeen dix-huit=eighteen dix-neuf=nineteen soixante-dix=seventy quatre-vingts=eighty quatre-vingt=eighty
"""
_UNIT_WORDS: Final = """
    heures=hours heure=hour minutes=minutes minute=minute secondes=seconds seconde=second jours=days jour=day
    semaines=weeks semaine=week mois=months années=years année=year ans=years an=year siècles=centuries siècle=century
    millions=million milliards=billion milliard=billion dollars=dollars euros=euros livres=pounds francs=francs
    kilomètres=kilometres mètres=metres personnes=people habitants=inhabitants morts=dead blessés=injured
    salariés=employees emplois=jobs voix=votes fois=times
"""
_PAIRS: Final = [(pair.split("=")[0], pair.split("=")[1]) for pair in (_NUMBER_WORDS + _UNIT_WORDS).split()]
_FR_TO_EN: Final = dict(_PAIRS)
_EN_TO_FR: Final = {english: french for french, english in reversed(_PAIRS)} | {"a": "un", "an": "un", "month": "mois"}

_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?:,\d+|\.\d+)?|\d+(?:[.,]\d+)?"
_NUMBER_WORD = "(?:" + "|".join(sorted({*re.split("[=\\s]+", _NUMBER_WORDS.strip())}, key=len, reverse=True)) + ")"
_SPELT = (
    rf"(?:{_NUMBER_WORD})(?:[ -](?:et[ -])?{_NUMBER_WORD})*|(?:an?|half an?)"
    r"(?=[ -](?:hour|minute|week|month|year|day|dozen|million|billion|hundred|thousand))"
)
_MAGNITUDE = (
    r"(?:millions?|milliards?|billions?|trillions?|mille|thousand|dizaines?|centaines?|milliers?|hundreds?|"
    r"thousands?)"
)
_TIME = (
    r"(?:secondes?|minutes?|heures?|jours?|semaines?|mois|ans?|années?|siècles?|seconds?|hours?|days?|weeks?|months?|"
    r"years?|decades?|décennies?|centuries|century)"
)
_MONEY = r"(?:euros?|dollars?|livres?|pounds?|francs?|roubles?|rubles?|yens?|yuans?|€|\$|£|USD|EUR|FCFA|F ?CFA)"
_QUANTITY: Final = re.compile(
    rf"(?<![\w.,])(?<![^\W\d_]-)(?P<sign>[$€£] ?)?(?P<number>{_DIGITS}|\b(?:{_SPELT})\b)(?P<glued>h(?:\d\d)?\b)?"
    rf"(?:[ \u00a0\u202f-]?(?P<percent>%|pour cent\b|per ?cent\b|points?\b))?"
    rf"(?:[ \u00a0\u202f](?P<magnitude>{_MAGNITUDE})\b)?"
    rf"(?:[ \u00a0\u202f](?:d['’]|de |of )?(?P<money>{_MONEY})(?!\w))?"
    rf"(?:[ \u00a0\u202f-](?:d['’]|de )?(?P<time>{_TIME})\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, with its unit; half-open offsets."""

    text: str
    start: int
    end: int
    unit: Unit
    spelt: bool  # the number is written in words


def find_quantities(text: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """The quantities of a text; those that overlap a span in `taken` (dates, say) are left out. A bare "un", "une" or
    "one" is an article, no quantity, unless a unit follows."""
    found = []
    for match in _QUANTITY.finditer(text):
        unit: Unit = "count"
        if match["percent"]:
            unit = "percent"
        elif match["money"] or match["sign"]:
            unit = "money"
        elif match["time"] or match["glued"]:
            unit = "duration"
        spelt = not match["number"][0].isdigit()
        bare = match["number"].lower() in ("un", "une", "one", "a", "an", "cent", "cents")
        if bare and unit == "count" and not match["magnitude"]:
            continue
        if any(match.start() < span.end and span.start < match.end() for span in taken):
            continue
        found.append(
            Quantity(match.group().strip(), match.start(), match.start() + len(match.group().rstrip()), unit, spelt)
        )
    return found


def translate(text: str, source: Language, target: Language) -> str:
    """A quantity's wording in the other language; words without a translation stay."""
    if source == target:
        return text
    table = _FR_TO_EN if source == "fr" else _EN_TO_FR
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    if target == "en":
        text = re.sub(r"\b(million|milliard)s? d['’e] ?", lambda m: m.group(1) + "s ", text)
        text = re.sub(r"(?<=\d) (?=\d{3}\b)", ",", re.sub(r"(?<=\d),(?=\d)", ".", text))
        text = re.sub(r"(?<=\d) %", "%", text)
    else:
        text = re.sub(r"(?<=\d),(?=\d{3}\b)", "\u202f", text)
        text = re.sub(r"(?<=\d)\.(?=\d)", ",", text)
        text = re.sub(r"(?<=\d)%", " %", text)
        text = re.sub(r"^([$€£]) ?(.+)$", lambda m: f"{m[2]} {_SIGNS[m[1]]}", text)
        text = re.sub(r"\b(?:one|an?)(?=[ -](?:hour|minute|second|week)\b)", "une", text)
        text = re.sub(
            r"\b(million|billion) (?=euros)",
            r"\1s d'",
            re.sub(r"\b(million|billion) (?=\w)(?!euros)", r"\1s de ", text),
        )
        text = re.sub(r"(?<=\d )billions\b", "milliards", text)
    translated = (table.get(word.lower()) or _parts(word, table) for word in text.split(" "))
    return " ".join(translated)


def _parts(word: str, table: dict[str, str]) -> str:
    """A compound part by part ("vingt-deux"), when every part is known; else as it is."""
    parts = [table.get(part.lower()) for part in word.split("-")]
    return "-".join(part for part in parts if part) if all(parts) else word


_SIGNS: Final = {"$": "dollars", "€": "euros", "£": "livres"}
