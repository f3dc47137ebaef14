"""The time that a question is about: a window of events, a day up to which the archive may know, or a count.

Pure text work on a question and the dates in it. "since 2022" is open to the right, "before March" to the left; an open
end is the calendar's own first or last day. Knows nothing of the archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rag.dates import DateMention
from rag.text import fold

# Before a date: the state of things on that day is asked for.
_AS_OF: Final = re.compile(
    r"\b(?:a la date d[ue]|a la date|en date d[ue]|dans l'etat d[ue]|(?:etat|bilan|point|situation|arretee?s?|"
    r"connue?s?|selon ce qu'on savait) (?:au|a la date du|fin|en)|as of|as at|"
    r"as it stood (?:on|in)|as known (?:on|in|by))(?: (?:le|la|the))?\s*$"
)
_ON_THE_DAY: Final = re.compile(r"(?:^|[^\w])au\s*$")  # "au 15 mars 2026", where no "du" opens a range
_HOLDS: Final = re.compile(
    r"\b(?:(?:qui|quel\w*|who|what) (?:est|etait|is|was|sont|etaient|are|were)|c'(?:est|etait) qui|who's) "
    r"(?:alors |then |actuellement |aujourd'hui |currently |now )?(?:l'|le |la |les |the |"
    r"son |sa |his |her |its )?(?:actuel\w* |current |nouve\w+ |\w+ )?(?:maire|president\w*|ministre|premiere? "
    r"ministre|"
    r"chancel\w+|"
    r"direct\w+|patron\w*|entraineu\w+|chef\w*|prefet\w*|secretaire|capitaine|gouverneur\w*|roi|reine|pape|"
    r"proprietaires?|leader|mayor|prime minister|minister|chancellor|coach|manager|head|chair\w*|governor|king|queen|"
    r"pope|captain|owner|boss|ceo|pdg|bilan|toll|cout|cost|prix|price|score|record|effectif|population|taux|rate)\b|"
    r"\b(?:qui|who) (?:dirigeait|presidait|gouvernait|entrainait|ran|led|headed|chaired|coached|managed|governed|"
    r"held)\b|"
    r"\b(?:combien|how (?:much|many)) .{0,30}\b(?:coutait|valait|comptait|cost|did .{0,30} have)\b"
)
# How things stood, by the tense: an imperfect that is no conditional, "was coaching", "did it cost".
_STOOD: Final = re.compile(
    r"(?<![\w'-])(?!\w*(?:connait|souhait|parfait|forfait|satisfait|bienfait|plait|distrait)\b)"
    r"\w{2,}(?<!r)(?:ait|aient)(?:-(?:t-)?(?:il|elle|ils|elles|on))?(?![\w-])"
    r"(?! \w+(?:[eiu]|is|it)e?s?\b)|"
    r"\b(?:was|were) (?:[\w'-]+ ){0,6}?(?:\w{3,}ing|in (?:charge|office|power|command)|worth|priced|at the (?:head|"
    r"helm)|responsible|called|named|based|owned by)\b|"
    r"(?<!was )(?<!were )(?<!been )\b(?:owned|belonged|employed)\b|"
    r"\bdid (?:[\w'-]+ ){1,6}?(?:cost|own|belong|have|pay|charge|hold|employ|count|number|stand|live|work)\b"
)
_COUNTS: Final = re.compile(
    r"\b(?:combien de (?:fois|reprises)|a combien de reprises|how often|how many times|how frequently|"
    r"a quelle frequence|quelle est la frequence|number of times|nombre de fois)\b"
)
_AFTER: Final = re.compile(r"(?:^|\W)(?:apres|after|posterieur\w* a|later than|passe)(?: le| la| the)?\s*$")
_BEFORE: Final = re.compile(
    r"(?:^|\W)(?:avant|before|anterieur\w* a|prior to|until|jusqu'(?:en|au|a)|up to|d'ici)"
    r"(?: le| la| the| fin)?\s*$"
)


# "Avant le cessez-le-feu de 2024": before an event, and the date is the event's.
_BEYOND_EVENT: Final = re.compile(
    r"\b(?P<side>avant|apres|depuis|before|after|since) (?:l'|le |la |les |the |son |sa |his |her "
    r")?[a-z][\w'-]*(?: [\w'-]+){0,4}? "
    r"(?:de |du |d'|of |in |en )$"
)


_THAT_ONE: Final = re.compile(r"\b(?:celle|celui|the one|that)\b")


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The time of a question."""

    first: date | None = None  # closed window of event time; both are None when none is named
    last: date | None = None
    as_of: date | None = None  # nothing published later may be used, and the newest report counts
    loose: bool = False  # the words allow another reading of `as_of`: a window, which is then in `first` and `last`
    counts: bool = False  # how often something happened is asked
    text: str = ""  # the words that name the time


def asked_time(text: str, mentions: Sequence[DateMention]) -> AskedTime:
    """The time of a question from the dates found in it; mentions without days are passed over."""
    folded = fold(text)
    counts = _COUNTS.search(folded) is not None
    dated = [m for m in mentions if m.first and m.last]
    if not dated:
        return AskedTime(counts=counts)
    said = dated[0].text
    spans = [_interval(text, mention) for mention in dated]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    if len(spans) > 1 and any(span[0] == date.min or span[1] == date.max for span in spans):
        first, last = max(span[0] for span in spans), min(span[1] for span in spans)  # "after 2014 and before 2020"
        if first > last:
            first, last = last, first
    if len(dated) == 1 and (strict := _as_of(text, dated[0])) is not None:
        if strict:
            return AskedTime(as_of=dated[0].last, text=said, counts=counts)
        if fold(said).startswith("as of "):
            first, last = dated[0].first or first, dated[0].last or last
        return AskedTime(first, last, dated[0].last, True, counts, said)
    return AskedTime(first, last, None, False, counts, said)


def _interval(text: str, mention: DateMention) -> tuple[date, date]:
    """The closed interval that a date bounds in a question."""
    assert mention.first is not None and mention.last is not None
    before = fold(text[max(0, mention.start - 24) : mention.start])
    if named := _BEYOND_EVENT.search(fold(text[: mention.start]) + " "):
        later = named["side"] in ("apres", "after", "depuis", "since")
        if _THAT_ONE.search(named.group()):  # "after the one in 1994": that one is none of those asked for
            return _beyond(mention, later)
        return (mention.first, date.max) if later else (date.min, mention.last)
    if mention.modifier == "since":
        return mention.first, date.max
    if mention.modifier == "after" or _AFTER.search(before):
        return _beyond(mention, later=True)
    if mention.modifier == "until":
        return date.min, mention.last
    if mention.modifier == "before" or _BEFORE.search(before):
        return _beyond(mention, later=False)
    return mention.first, mention.last


def _beyond(mention: DateMention, later: bool) -> tuple[date, date]:
    """All days after a date, or all before it."""
    assert mention.first is not None and mention.last is not None
    if later:
        return min(mention.last, date.max - timedelta(days=1)) + timedelta(days=1), date.max
    return date.min, max(mention.first, date.min + timedelta(days=1)) - timedelta(days=1)


_WHO_WAS: Final = re.compile(
    r"^\W*(?:qui \w{2,}(?:ait|aient)\b|who (?:was|were|held|ran|led|headed|coached|chaired)\b)"
)


def _as_of(text: str, mention: DateMention) -> bool | None:
    """True when a question asks how things stood on a date, as it was known then; False when it may ask so, and what is
    told later of that date answers as well ("who was mayor on ..."); None when it does not."""
    asked = _as_of_then(text, mention)
    return False if asked and _WHO_WAS.search(fold(text)) else asked


def _as_of_then(text: str, mention: DateMention) -> bool | None:
    before = fold(text[: mention.start])
    if fold(mention.text).startswith("as of ") or _AS_OF.search(before):
        return True
    if mention.modifier in ("since", "until", "before", "after"):
        return None
    if mention.precision == "day" and _ON_THE_DAY.search(before) and not re.search(r"\bdu \d", before):
        return True
    folded = fold(text)
    return False if _HOLDS.search(folded) or _STOOD.search(folded) else None


# "Le dernier Premier ministre nommé", "the most recent person to take over as": whoever holds the office.
_LAST_HOLDER: Final = re.compile(
    r"\b(?:qui|quel\w*|who|what)\b.{0,20}\b(?:dernier|derniere|nouveau|nouvelle|latest|last|newest|most recent|new) "
    r"(?:person .{0,40})?(?:premiere? |prime |foreign |first )?(?:ministre|minister|maire|mayor|president\w*|"
    r"direct\w+|coach|"
    r"entraineu\w+|manager|chef\w*|capitaine|captain|patron\w*|secretaire|secretary|gouverneur\w*|governor|chancel\w+|"
    r"selectionneu\w+|champion\w*|pape|pope|roi|king|ceo|pdg)\b"
)


def asks_last_holder(text: str) -> bool:
    """Whether a question asks who came last to an office."""
    return _LAST_HOLDER.search(fold(text)) is not None


def asks_state(text: str) -> bool:
    """Whether a question asks how things stand or stood: who holds an office, what a toll or a price is."""
    return _HOLDS.search(fold(text)) is not None or asks_last_holder(text)
