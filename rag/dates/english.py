"""The English grammar of dates. Patterns are over folded text: lower case, straight apostrophes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rag.dates.calendar import Part
from rag.dates.grammar import Grammar, Modifier, Rule, compile_rule, words
from rag.dates.names import NUMBERS, ORDINALS, SEASONS, UNITS, months, one_of, short_weekdays, weekdays
from rag.dates.numeric import NUMERIC_EN

_COUNTED: Final = (
    "% € \\$ £ percent people persons? dollars? euros? pounds? deaths? dead years? months? weeks? days? hours? minutes? "
    "seconds? metres? meters? miles? feet km kg tons? tonnes? m ft mph million billion thousand hundred points? pages? "
    "copies times soldiers? troops men women children jobs words seats votes degrees? calories? shares? units?"
).split()
_NOT_A_COUNT: Final = rf"(?!\d|[.,]\d|[ ]?(?:{'|'.join(_COUNTED)})(?!\w))"
_EVENTS: Final = (
    "elections? olympics games season edition budget campaign race cup crisis war invasion census summit report census "
    "referendum fiscal vote ban coup agreement deal accord treaty offensive annexation"
).split()
_LICENCE: Final = re.compile(
    r"(?:(?<!\w)(?:in|since|until|till|before|after|around|circa|late|early|mid|during|year|by|between|from|through|for|"
    r"spring|summer|autumn|fall|winter|fiscal|back in)[ \n]|(?<!\w)mid-|\()$"
)
_AMOUNT: Final = re.compile(
    r"(?<!\w)(?:than|about|over|nearly|almost|some|total of|number of|price of|page|pages|article|flight|room|route|"
    r"number|no\.?|highway|section|line|code)[ \n](?:of|in|from|to)?[ \n]?$"
)
_NEVER_COUNTED: Final = words("as was is has this his its us across towards unless whereas plus does always perhaps")
_YEAR: Final = re.compile(rf"(?P<year>\d{{4}}){_NOT_A_COUNT}")
_YEAR_BEFORE: Final = re.compile(r"(?<!\d)\d{4}(?:,|[ \n](?:and|or|to|then)|, and)[ \n](?:in[ \n])?$")
_FOLLOWING_WORD: Final = re.compile(r"[ \n](?P<word>[a-z]+)")
_FOLLOWING_NUMBER: Final = re.compile(r"[ \n]?(?:to|and|or|-)[ \n]?(?P<number>\d[\d,]*\d)")
_BEFORE_MONTH: Final = re.compile(
    r"(?<!\w)(?:in|since|until|till|before|after|around|by|between|from|to|and|or|of|early|late|mid|mid-|during|for|this|"
    r"through|last|next|that|each|the|every|,)[ \n]?$"
)


def _is_year(text: str, folded: str, match: re.Match[str]) -> bool:
    """A number of four digits is a year after a word that says so, unless it counts what follows."""
    if not 1000 <= int(match["year"]) < 2200:
        return False
    before = folded[max(0, match.start() - 24) : match.start()]
    if _AMOUNT.search(before) or re.search(r"\d[ .,]$", before):
        return False
    if re.search(r"(?<!\w)(?:the|of|to|'s)[ \n]$", before):
        event = re.compile(rf"(?: [a-z]+)? (?:{'|'.join(_EVENTS)})(?!\w)").match(folded, match.end())
        return bool(event) or (before.rstrip().endswith("of") and not counts_something(folded, match.end(), False))
    if not _LICENCE.search(before) and not _follows_a_year(text, folded, match.start()):
        return False
    return not counts_something(folded, match.end(), before.endswith(("in ", "in\n", "(")))


def _follows_a_year(text: str, folded: str, start: int) -> bool:
    """The second of "between 2014 and 2016", "in 2014, 2015 and 2016"."""
    left = _YEAR_BEFORE.search(folded, max(0, start - 12), start)
    year = _YEAR.match(folded, left.start()) if left else None
    return year is not None and _is_year(text, folded, year)


def counts_something(folded: str, end: int, only_units: bool) -> bool:
    """Whether the number that ends at `end` counts what follows it: "2000 tourists", "2000 to 2500 dollars"."""
    number = _FOLLOWING_NUMBER.match(folded, end)
    if number:
        digits = number["number"].replace(",", "")
        after = compile_rule(_NOT_A_COUNT).match(folded, number.end())
        plural = len(digits) == 4 and counts_something(folded, number.end(), only_units)
        return len(digits) > 4 or (len(digits) == 4 and (not after or plural))
    word = _FOLLOWING_WORD.match(folded, end)
    if only_units or word is None:
        return False
    return word["word"].endswith("s") and word["word"] not in _NEVER_COUNTED


def _is_bare_month(text: str, folded: str, match: re.Match[str]) -> bool:
    """A month alone has its capital, and stands after a preposition: "may" and "march" are verbs."""
    return text[match.start()].isupper() and bool(
        _BEFORE_MONTH.search(folded, max(0, match.start() - 14), match.start())
    )


def _is_one_weekday(text: str, folded: str, match: re.Match[str]) -> bool:
    """Not the weekday of a habit ("every Tuesday"), nor a Tuesday that the text does not point at ("a Tuesday")."""
    return not re.search(r"(?<!\w)(?:each|every|a|any|most)[ \n]$", folded[max(0, match.start() - 8) : match.start()])


def _has_capital(text: str, folded: str, match: re.Match[str]) -> bool:
    return text[match.start("month")].isupper() or len(match["month"].rstrip(".")) > 3


_PART_WORDS: Final[dict[str, Part]] = {
    **dict.fromkeys(["early", "beginning", "start"], "start"),
    **dict.fromkeys(["mid", "middle"], "mid"),
    **dict.fromkeys(["late", "end"], "end"),
}
_TOWARDS: Final = {
    **dict.fromkeys(["last", "past", "previous"], -1),
    **dict.fromkeys(["this", "current"], 0),
    **dict.fromkeys(["next", "coming", "upcoming"], 1),
}
_MODIFIERS: Final[dict[str, Modifier]] = {
    **dict.fromkeys(["since", "starting", "as of"], "since"),
    **dict.fromkeys(["until", "till", "by", "up to"], "until"),
    **dict.fromkeys(["before", "prior to"], "before"),
    "after": "after",
    **dict.fromkeys(["around", "about", "circa"], "about"),
}


def _slots() -> dict[str, str]:
    full, short, month_names = weekdays("en"), short_weekdays("en"), months("en")
    wide = [name for name in month_names if len(name) > 4 or name in ("may", "june", "july")]
    return {
        "wd": f"(?P<weekday>{one_of(full)})",
        "wdany": f"(?P<weekday>{one_of(full)}|{one_of(short)}\\.?)",
        "day": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)",
        "month": f"(?P<month>{one_of(month_names)}(?![a-z])\\.?)",
        "wide": f"(?P<month>{one_of(wide)})(?![a-z])",
        "year": rf"(?P<year>\d{{4}}){_NOT_A_COUNT}",
        "of": r"(?:,? of|,)?",
        "season": f"(?P<season>{one_of(SEASONS['en'])})(?!\\w)",
        "unit": f"(?P<unit>{one_of(UNITS['en'])})(?![a-z])",
        "anyunit": f"(?:{one_of(UNITS['en'])})(?![a-z])",
        "count": f"(?P<count>\\d{{1,4}}|{one_of(NUMBERS['en'])})(?: of)?",
        "ordinal": f"(?P<ordinal>{one_of(ORDINALS['en'])})(?!\\w)",
        "toward": r"(?P<toward>last|past|previous|this|current|next|coming|upcoming)(?!\w)",
        "part": f"(?P<part>{one_of(_PART_WORDS)})",
        "tod": r"(?: (?:morning|afternoon|evening|night))?(?!\w)",
    }


def _rules() -> tuple[Rule, ...]:
    slots = _slots()
    full, short, month_names = list(weekdays("en")), list(short_weekdays("en")), list(months("en"))

    def rule(kind: str, starts: str, pattern: str, **options: object) -> Rule:
        return Rule(kind, words(starts), compile_rule(pattern, **slots), **options)  # type: ignore[arg-type]

    day_names, names, seasons = " ".join((*full, *short)), " ".join(month_names), " ".join(SEASONS["en"])
    toward, units, ordinals = " ".join(_TOWARDS), " ".join(UNITS["en"]), "#digit " + " ".join(ORDINALS["en"])
    return (
        *NUMERIC_EN,
        rule(
            "date",
            "#digit " + day_names,
            r"(?:{wdany},? (?:the )?)?{day}(?: of | |-){month}(?:(?:{of} |-){year})?",
            allowed=_has_capital,
        ),
        rule(
            "date",
            names + " " + day_names,
            r"(?:{wdany},? )?{month} (?:the )?{day}(?:,? {year})?",
            allowed=_has_capital,
        ),
        rule(
            "date",
            "this",
            r"{toward} (?:{wd},? )?(?:{day}(?: of)? {month}|{month2} {day2})(?:,? {year})?".replace(
                "|{month2} {day2}", ""
            ),
        ),
        rule("date", "this", r"{toward} (?:{wd},? )?{month} {day}(?:,? {year})?"),
        rule("month", names, r"{month}{of} {year}", allowed=_has_capital),
        rule("month", names, r"{wide}", allowed=_is_bare_month),
        rule("month", toward, r"{toward} {wide}", allowed=lambda text, folded, m: text[m.start("month")].isupper()),
        rule("year", "#digit", r"{year}(?!\w)", allowed=_is_year),
        rule("span", "#digit", r"(?P<decade>\d{3}0|[1-9]0)'?s(?!\w)"),
        rule("span", "#digit", r"(?P<century>\d{1,2})(?:st|nd|rd|th)(?: |-)century(?!\w)"),
        rule("quarter", ordinals, r"{ordinal} quarter(?:{of} {year})?"),
        rule("quarter", "q", r"q(?P<ordinal>[1-4])(?: of)? {year}"),
        rule("half", ordinals, r"{ordinal} half(?:{of} {year})"),
        rule("season", seasons, r"{season}{of} {year}(?:-(?P<until_year>\d{4}|\d{2})(?!\d))?"),
        rule("season", toward, r"{toward} {season}"),
        rule("weekday", " ".join(full), r"{wd}(?:,? the {day})?{tod}", allowed=_is_one_weekday),
        rule("weekday", toward, r"{toward} {wd}{tod}"),
        rule("offset", "today", r"today(?!\w)", count=0),
        rule("offset", "this", r"this (?:morning|afternoon|evening)(?!\w)", count=0),
        rule("offset", "tonight", r"tonight(?!\w)", count=0),
        rule("offset", "yesterday", r"yesterday{tod}", count=-1),
        rule("offset", "last", r"last night(?!\w)", count=-1),
        rule("offset", "tomorrow", r"tomorrow{tod}", count=1),
        rule("offset", "day", r"day before yesterday(?!\w)", count=-2),
        rule("offset", "day", r"day after tomorrow(?!\w)", count=2),
        rule("offset", "#digit #number", r"{count} {unit} ago(?!\w)", sign=-1),
        rule("offset", "#digit #number", r"{count} {unit} from now(?!\w)"),
        rule("offset", "in", r"in {count} {unit}'?s?'? time(?!\w)"),
        rule("never", "several few many some", r"(?:several|few|many|some) {anyunit} ago(?!\w)"),
        rule("unit", toward, r"{toward} {unit}"),
        rule(
            "unit", " ".join(_PART_WORDS), r"{part} of the {unit}", allowed=lambda text, folded, m: m["unit"] != "day"
        ),
        rule("recent", toward, r"{toward} (?:{count} ){unit}"),
        rule("step", "day", r"day before(?! yesterday)(?= [,.;]|[,.;]|$)", count=-1),
        rule("step", "previous", r"previous day(?!\w)", count=-1),
        rule("step", "following next", r"(?:following|next) day(?!\w)", count=1),
        rule("step", "same", r"same day(?!\w)", count=0),
        rule("step", "#digit #number", r"{count} {unit} (?:later|afterwards)(?!\w)"),
        rule("step", "#digit #number", r"{count} {unit} earlier(?!\w)", sign=-1),
    )


@cache
def english() -> Grammar:
    """The English grammar, built once."""
    return Grammar(
        language="en",
        rules=_rules(),
        towards=_TOWARDS,
        parts=_PART_WORDS,
        part_before=compile_rule(
            r"(?<!\w)(?P<part>early|mid|late|(?:beginning|start|middle|end)(?= of))(?:-| (?:of )?(?:in )?(?:the )?)$"
        ),
        modifiers=_MODIFIERS,
        modifier_before=compile_rule(rf"(?<!\w)(?P<modifier>{one_of(_MODIFIERS)}) (?:(?:the|in) )*$"),
        day_before=compile_rule(
            r"(?<![\w.,/-])(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: (?P<link>to|and|or|through|until)(?: the)? |[ ]?(?P<dash>-)[ ]?|(?P<comma>,) )$"
        ),
        links={
            "and": "between",
            "and the": "between",
            "to": "from",
            "through": "from",
            "until": "from",
            "till": "from",
            "to the": "from",
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
        past=re.compile(
            r"\b(?:was|were|had|did|said|has|have|been|\w{3,}ed|met|held|took|told|spoke|came|went|gave|last|since)\b"
        ),
        future=re.compile(
            r"\b(?:will|shall|would|expected to|due to|set to|is due|scheduled|planned|upcoming|next|going to|plans to)\b"
        ),
        month_first=True,
    )
