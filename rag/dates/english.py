"""The English grammar of dates.

Patterns are over folded text: lower case, straight apostrophes; a space is any white space, `{name}` a slot of
`_slots`. A line of `_TABLE` is one form of expression.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rag.dates.calendar import Part
from rag.dates.grammar import Grammar, Line, Modifier, Reading, build, compile_rule
from rag.dates.lone import LoneYears
from rag.dates.names import NUMBERS, ORDINALS, SEASONS, UNITS, months, one_of, short_weekdays, weekdays
from rag.dates.numeric import ENGLISH_NUMERIC

_YEARS: Final = LoneYears(
    licence=r"in|since|until|till|before|after|around|circa|late|early|mid|during|year|by|between|from|through|for|of|"
    r"spring|summer|autumn|fall|winter|fiscal",
    sure="in",
    as_written="(?!)",
    amount=r"(?:than|about|over|nearly|almost|some|total|number|price|pages?|p\.|articles?|flight|room|route|no|highway|"
    r"section|line|codes?)(?:[ \n](?:of|in|from|to))?",
    before_event="the|'s|his|her|their|its|our",
    events="""
        elections? olympics games season edition budget campaign race cup crisis war invasion census summit report
        referendum fiscal vote ban coup agreement deal accord treaty offensive annexation""".split(),
    units="""
        % € \\$ £ percent people persons? dollars? euros? pounds? deaths? dead years? months? weeks? days? hours?
        minutes? seconds? metres? meters? miles? feet km kg tons? tonnes? m ft mph million billion thousand hundred
        points? pages? copies times soldiers? troops men women children jobs words seats votes degrees? calories?
        shares? units?""".split(),
    never_counted=frozenset("as was is has this his its us across towards unless whereas plus does always".split()),
    plural=r"^\w{2,}s$",
    joining="to|and|or|then",
    inside="in",
)
_BEFORE_MONTH: Final = re.compile(
    r"(?<!\w)(?:in|since|until|till|before|after|around|by|between|from|to|and|or|of|early|late|mid|mid-|during|for|"
    r"through|each|the|every|,)(?:[ \n]|(?<=-))$"
)
_HABIT: Final = re.compile(r"(?<!\w)(?:each|every|a|any|most)[ \n]$")


def _is_bare_month(reading: Reading) -> bool:
    """A month alone has its capital, and stands after a preposition: "may" and "march" are verbs."""
    return reading.capital and bool(_BEFORE_MONTH.search(reading.before(14)))


def _month_has_capital(reading: Reading) -> bool:
    return reading.text[reading.match.start("month")].isupper()


def _is_no_verb(reading: Reading) -> bool:
    """With its day or year a month may be written small, but for "may", "march" and the abbreviations."""
    year = reading.match.groupdict().get("year")
    return _month_has_capital(reading) or bool(year) or len(reading.match["month"].rstrip(".")) > 3


def _is_one_weekday(reading: Reading) -> bool:
    """Not the weekday of a habit ("every Tuesday"), nor one that the text does not point at ("a Tuesday")."""
    return not _HABIT.search(reading.before(8))


def _is_part_of_calendar(reading: Reading) -> bool:
    return reading.match["unit"] not in ("day", "days")


_TABLE: Final = (
    *ENGLISH_NUMERIC,
    Line(
        "date",
        "#day",
        r"(?:{anyweekday},? (?:the )?)?{day}(?: of | |-){month}(?:(?:{of} |-){year})?",
        allowed=_is_no_verb,
    ),
    Line("date", "#month #weekday", r"(?:{anyweekday},? )?{month} (?:the )?{day}(?:,? {year})?", allowed=_is_no_verb),
    Line("date", "this", r"{toward} (?:{weekday},? )?{day}(?: of)? {month}(?:,? {year})?"),
    Line("date", "this", r"{toward} (?:{weekday},? )?{month} {day}(?:,? {year})?"),
    Line("month", "#month", r"{month}{of} {year}", allowed=_is_no_verb),
    Line("month", "#month", r"{wide}", allowed=_is_bare_month),
    Line("month", "#toward", r"{toward} {wide}", allowed=_month_has_capital),
    Line("year", "#digit", r"{year}(?!\w)", allowed=_YEARS.is_year),
    Line("span", "#digit", r"(?P<decade>\d{3}0|[1-9]0)'?s(?!\w)"),
    Line("span", "#digit", r"(?P<century>\d{1,2})(?:st|nd|rd|th)(?: |-)century(?!\w)"),
    Line("quarter", "#digit #ordinal", r"{ordinal} quarter(?:{of} {year})?"),
    Line("quarter", "q", r"q(?P<ordinal>[1-4])(?: of)? {year}"),
    Line("half", "#digit #ordinal", r"{ordinal} half{of} {year}"),
    Line("season", "#season", r"{season}{of} {year}(?:-(?P<until_year>\d{4}|\d{2})(?!\d))?"),
    Line("season", "#toward", r"{toward} {season}"),
    Line("weekday", "#weekday", r"{weekday}(?:,? the {day})?{hours}", allowed=_is_one_weekday),
    Line("weekday", "#toward", r"{toward} {weekday}{hours}"),
    Line("weekday", "#weekday", r"{weekday}{hours} (?:of )?{toward} {unit}", allowed=_is_one_weekday),
    Line("weekday", "#toward", r"{toward} {unit},? (?:on )?{weekday}{hours}"),
    Line("offset", "today", r"today(?!\w)", count=0),
    Line("offset", "this", r"this (?:morning|afternoon|evening)(?!\w)", count=0),
    Line("offset", "tonight", r"tonight(?!\w)", count=0),
    Line("offset", "yesterday", r"yesterday{hours}", count=-1),
    Line("offset", "last", r"last night(?!\w)", count=-1),
    Line("offset", "tomorrow", r"tomorrow{hours}", count=1),
    Line("offset", "day", r"day before yesterday(?!\w)", count=-2),
    Line("offset", "day", r"day after tomorrow(?!\w)", count=2),
    Line("offset", "#digit #number", r"{count} {unit} ago(?!\w)", sign=-1),
    Line("offset", "#digit #number", r"{count} {unit} from now(?!\w)"),
    Line("offset", "in", r"in {count} {unit}'?s?'? time(?!\w)"),
    Line("never", "several few many some", r"(?:several|few|many|some) {anyunit} ago(?!\w)"),
    Line("unit", "#toward", r"{toward} {unit}"),
    Line("unit", "#part", r"{part} of (?:the )?{unit}", allowed=_is_part_of_calendar),
    Line("recent", "#toward", r"{toward} (?:{count} ){unit}"),
    Line("eve", "day", r"day before(?=[,.;]|$)", count=-1),
    Line("eve", "evening night", r"(?:evening|night) before(?=[,.;]|$)", count=-1),
    Line("eve", "previous", r"previous day(?!\w)", count=-1),
    Line("eve", "following next", r"(?:following|next) day(?!\w)", count=1),
    Line("step", "following", r"(?P<toward>following) {unit}"),
    Line("eve", "same", r"same day(?!\w)", count=0),
    Line("step", "#digit #number", r"{count} {unit} (?:later|afterwards)(?!\w)"),
    Line("step", "#digit #number", r"{count} {unit} earlier(?!\w)", sign=-1),
)

_PARTS: Final[dict[str, Part]] = {
    **dict.fromkeys(["early", "beginning", "start"], "start"),
    **dict.fromkeys(["mid", "middle"], "mid"),
    **dict.fromkeys(["late", "end"], "end"),
}
_TOWARDS: Final = {
    **dict.fromkeys(["last", "past", "previous"], -1),
    **dict.fromkeys(["this", "current"], 0),
    **dict.fromkeys(["next", "coming", "upcoming", "following"], 1),
}
_MODIFIERS: Final[dict[str, Modifier]] = {
    **dict.fromkeys(["since", "starting", "as of"], "since"),
    **dict.fromkeys(["until", "till", "by", "up to"], "until"),
    **dict.fromkeys(["before", "prior to"], "before"),
    "after": "after",
    **dict.fromkeys(["around", "about", "circa"], "about"),
}


def _slots() -> dict[str, str]:
    month_names = months("en")
    wide = [name for name in month_names if len(name) > 4 or name in ("may", "june", "july")]
    return {
        "weekday": f"(?P<weekday>{one_of(weekdays('en'))})",
        "anyweekday": f"(?P<weekday>{one_of(weekdays('en'))}|{one_of(short_weekdays('en'))}\\.?)",
        "day": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)",
        "month": f"(?P<month>{one_of(wide)}(?![a-z])|{one_of(month_names)}(?![a-z])\\.?)",
        "wide": f"(?P<month>{one_of(wide)})(?![a-z])",
        "year": rf"(?P<year>\d{{4}}){_YEARS.not_counted}",
        "of": r"(?:,? of|,)?",
        "season": f"(?P<season>{one_of(SEASONS['en'])})(?!\\w)",
        "unit": f"(?P<unit>{one_of(UNITS['en'])})(?![a-z])",
        "anyunit": f"{one_of(UNITS['en'])}(?![a-z])",
        "count": rf"(?P<count>\d{{1,4}}|{one_of(NUMBERS['en'])})(?: of)?",
        "ordinal": f"(?P<ordinal>{one_of(ORDINALS['en'])})(?!\\w)",
        "toward": f"(?P<toward>{one_of(_TOWARDS.keys() - {'following'})})(?!\\w)",
        "part": f"(?P<part>{one_of(_PARTS)})",
        "hours": r"(?: (?:morning|afternoon|evening|night))?(?!\w)",
    }


def _classes() -> dict[str, list[str]]:
    every_weekday = [*weekdays("en"), *short_weekdays("en")]
    return {
        "#month": list(months("en")),
        "#weekday": every_weekday,
        "#day": ["#digit", *every_weekday],
        "#season": list(SEASONS["en"]),
        "#part": list(_PARTS),
        "#toward": list(_TOWARDS),
        "#ordinal": list(ORDINALS["en"]),
    }


_PAST: Final = re.compile(
    r"\b(?:was|were|had|did|said|has|have|been|\w{3,}ed|met|held|took|told|spoke|came|went|gave|last|since)\b"
)
_FUTURE: Final = re.compile(
    r"\b(?:will|shall|would|expected to|due to|set to|is due|scheduled|planned|upcoming|next|going to|plans to)\b"
)


@cache
def english() -> Grammar:
    """The English grammar, built once."""
    return Grammar(
        language="en",
        rules=build(_TABLE, _slots(), _classes()),
        towards=_TOWARDS,
        parts=_PARTS,
        part_before=compile_rule(
            r"(?<!\w)(?P<part>early|mid|late|(?:beginning|start|middle|end)(?= of))(?:-| (?:of )?(?:in )?(?:the )?)$"
        ),
        modifiers=_MODIFIERS,
        modifier_before=compile_rule(rf"(?<!\w)(?P<modifier>{one_of(_MODIFIERS)}) (?:(?:the|in) )*$"),
        day_before=compile_rule(
            r"(?<![\w.,/-])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
            r"(?: (?P<link>to|and|or|through|until)(?: the)? |[ ]?(?P<dash>-)[ ]?|(?P<comma>,) )$"
        ),
        links={
            **dict.fromkeys(["and", "and the"], "between"),
            **dict.fromkeys(["to", "to the", "through", "until", "till"], "from"),
            "-": "",
        },
        openers={
            "between": compile_rule(r"(?<!\w)(?P<opener>between)(?: the)? $"),
            "from": compile_rule(r"(?<!\w)(?P<opener>from)(?: the)? $"),
        },
        time_after=compile_rule(
            r"(?:,| at|, at| @| -| around)? (?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)(?!\d)|(?= ?[ap]\.?m\b))"
            r"(?: ?(?P<half>[ap])\.?m\b\.?)?"
        ),
        past=_PAST,
        future=_FUTURE,
    )
