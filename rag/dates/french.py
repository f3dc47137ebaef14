"""The French grammar of dates. Patterns are over folded text: no accents, lower case, straight apostrophes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rag.dates.calendar import Part
from rag.dates.grammar import GAP, Grammar, Modifier, Rule, compile_rule, words
from rag.dates.names import NUMBERS, ORDINALS, SEASONS, UNITS, months, one_of, short_weekdays, weekdays
from rag.dates.numeric import NUMERIC_FR

_COUNTED: Final = r"""
    % ‰ € \$ £ personnes? gens euros? dollars? francs? livres? yens? roubles? habitants? morts? blesses? victimes? mille
    millions? milliards? ans? annees? mois jours? heures? minutes? secondes? metres? m km kg g t tonnes? kilos? litres?
    kilometres? hectares? ha m2 m² km2 km² fois points? pages? places? exemplaires? soldats? hommes? femmes? enfants?
    salaries? emplois? voix degres? watts? mw gw kwh mwh km/h signes? mots? calories? pieces? dossiers? cas
    """.split()
_NOT_COUNTED_BY_A_YEAR: Final = rf"(?!\d|[.,]\d|[ ]?(?:{'|'.join(_COUNTED)})(?!\w)|[ ]000)"
_YEAR: Final = rf"(?P<year>\d{{4}}){_NOT_COUNTED_BY_A_YEAR}"

# Words in -s or -x that may follow a year without being what a number counts.
_NEVER_COUNTED: Final = words(
    """plus mais les des ses ces nos vos leurs dans sans vers puis lors sous depuis tous toutes moins pas ils elles nous
    vous plusieurs certains certaines alors apres tandis ailleurs jamais toujours aux deux dix six ceux celles cependant
    dans mes tes ensuite pres tres hors des chez avons sommes etions mieux cours"""
)
_EVENTS: Final = r"""
    presidentielles? legislatives municipales europeennes regionales departementales senatoriales elections? scrutin
    campagne saison edition exercice budget mondial euro jeux jo olympiques paralympiques coupe rentree millesime annee
    an cru tour festival session promotion recensement loi-cadre plan
    """.split()
_LICENCE: Final = re.compile(
    r"(?:(?<!\w)(?:en|depuis|debut|fin|mi|avant|apres|vers|entre|courant|jusqu'en|jusqu'a|d'ici|d'ici a|pour|autour de|"
    rf"{'|'.join(_EVENTS)})[ \n]|(?<!\w)mi-|\()$"
)
_LOOSE: Final = re.compile(r"(?<!\w)(?P<word>de|des)[ \n]$")
_AMOUNT: Final = re.compile(
    r"(?<!\w)(?:plus|moins|pres|quelque|environ|autour|total|nombre|prix|montant|somme|prime|hauteur|lot|altitude|"
    r"page|pages|article|articles|vol|numero|n°|chambre|route|ligne|code|no)[ \n](?:de|des|d'|a|en|par)?[ \n]?$"
)
_ANY_YEAR: Final = re.compile(_YEAR)
_YEAR_BEFORE: Final = re.compile(r"(?<!\d)\d{4}(?:,|[ \n](?:et|ou|a|puis))[ \n](?:en[ \n])?$")
_FOLLOWING_WORD: Final = re.compile(r"[ \n](?P<word>[a-z]+)")
_FOLLOWING_NUMBER: Final = re.compile(r"[ \n]?(?:a|et|ou|-)[ \n]?(?P<number>\d[\d ]*\d|\d)")
_BEFORE_MONTH: Final = re.compile(
    r"(?<!\w)(?:en|de|d'|depuis|debut|mi|mi-|fin|courant|des|avant|apres|jusqu'en|jusqu'a|jusque|ce|entre|a|et|ou|puis|"
    r"vers|mois de|d'ici|d'ici a|pour|les?|du|,)(?:[ \n]|(?<=['-]))$"
)


def _is_year(text: str, folded: str, match: re.Match[str]) -> bool:
    """A number of four digits is a year after a word that says so, unless it counts what follows."""
    if not 1000 <= int(match["year"]) < 2200:
        return False
    before = folded[max(0, match.start() - 24) : match.start()]
    if _AMOUNT.search(before) or re.search(r"\d[ .,]$", before):
        return False
    loose = _LOOSE.search(before)
    if loose and loose["word"] == "des" and not text[: match.start()].rstrip().lower().endswith("dès"):
        return False
    licensed = loose or _LICENCE.search(before) or _follows_a_year(text, folded, match.start())
    if not licensed:
        return False
    return not counts_something(folded, match.end(), before.endswith(("en ", "en\n", "(")))


def _follows_a_year(text: str, folded: str, start: int) -> bool:
    """The second of "entre 2014 et 2016", "en 2014, 2015 et 2016"."""
    left = _YEAR_BEFORE.search(folded, max(0, start - 12), start)
    year = _ANY_YEAR.match(folded, left.start()) if left else None
    return year is not None and _is_year(text, folded, year)


def counts_something(folded: str, end: int, only_units: bool) -> bool:
    """Whether the number that ends at `end` counts what follows it: "2000 touristes", "2000 à 2500 euros"."""
    number = _FOLLOWING_NUMBER.match(folded, end)
    if number:
        digits = number["number"]
        after = compile_rule(_NOT_COUNTED_BY_A_YEAR).match(folded, number.end())
        plural = len(digits) == 4 and counts_something(folded, number.end(), only_units)
        return len(digits.replace(" ", "")) > 4 or (len(digits) == 4 and (not after or plural))
    word = _FOLLOWING_WORD.match(folded, end)
    if only_units or word is None:
        return False
    return word["word"][-1] in "sx" and len(word["word"]) > 3 and word["word"] not in _NEVER_COUNTED


def _is_bare_month(text: str, folded: str, match: re.Match[str]) -> bool:
    """A month alone is written small, and stands after a preposition or before "dernier"."""
    if text[match.start()].isupper():
        return False
    return bool(
        match.groupdict().get("toward") or _BEFORE_MONTH.search(folded, max(0, match.start() - 14), match.start())
    )


def _is_one_weekday(text: str, folded: str, match: re.Match[str]) -> bool:
    """Not the weekday of a habit ("chaque mardi", "tous les mardis")."""
    return not re.search(
        r"(?<!\w)(?:chaque|tous les|les|un|soirs? de)[ \n]$", folded[max(0, match.start() - 12) : match.start()]
    )


_PART_WORDS: Final[dict[str, Part]] = {"debut": "start", "mi": "mid", "milieu": "mid", "courant": "mid", "fin": "end"}
_TOWARDS: Final = {
    **dict.fromkeys(["dernier", "derniere", "derniers", "dernieres", "passe", "passee", "passes", "passees"], -1),
    **dict.fromkeys(["ecoule", "ecoulee", "ce", "cet", "cette", "courant", "en cours"], 0),
    **dict.fromkeys(["prochain", "prochaine", "prochains", "prochaines", "qui vient", "a venir"], 1),
} | {"ecoule": -1, "ecoulee": -1}
_MODIFIERS: Final[dict[str, Modifier]] = {
    **dict.fromkeys(["depuis", "des", "a partir", "a compter"], "since"),
    **dict.fromkeys(["jusqu", "jusque", "d'ici"], "until"),
    "avant": "before",
    "apres": "after",
    **dict.fromkeys(["vers", "environ", "autour", "aux alentours", "aux environs"], "about"),
}


def _rules() -> tuple[Rule, ...]:
    full, short, month_names = weekdays("fr"), short_weekdays("fr"), months("fr")
    wide = [name for name in month_names if len(name) > 4 or name in ("mars", "mai", "juin", "aout")]
    any_weekday = f"(?P<weekday>{one_of(full)}|{one_of(short)}\\.?)"
    slots = {
        "wd": f"(?P<weekday>{one_of(full)})",
        "wdany": any_weekday,
        "day": r"(?P<day>\d{1,2}|premier)(?:[ ]?er(?!\w))?",
        "month": f"(?P<month>{one_of(month_names)}(?![a-z])\\.?)",
        "wide": f"(?P<month>{one_of(wide)})(?![a-z])",
        "year": _YEAR,
        "of": r"(?: de l'annee| de l'an| de|,)?",
        "season": f"(?P<season>{one_of(SEASONS['fr'])})(?!\\w)",
        "unit": f"(?P<unit>{one_of(UNITS['fr'])})(?![a-z])",
        "count": f"(?P<count>\\d{{1,4}}|{one_of(NUMBERS['fr'])})(?: de| d')?",
        "ordinal": f"(?P<ordinal>{one_of(ORDINALS['fr'])})(?!\\w)",
        "last": r"(?P<toward>derni(?:er|ere)s?|passee?s?|ecoulee?|prochaine?s?)(?!\w)",
        "this": r"(?P<toward>ce|cet|cette)(?!\w)",
        "part": f"(?P<part>{one_of(_PART_WORDS)})",
        "tod": r"(?: (?:matin|midi|soir|apres-midi|dans la (?:matinee|soiree|nuit)|en fin de journee))?(?!\w)",
    }

    def rule(kind: str, starts: str, pattern: str, **options: object) -> Rule:
        return Rule(kind, words(starts), compile_rule(pattern, **slots), **options)  # type: ignore[arg-type]

    a_day = "#digit premier " + " ".join((*full, *short))
    dated = r"(?:{wdany},? (?:le )?)?{day}[ \n-]?(?: |-)?(?:du mois de |de )?{month}"
    return (
        *NUMERIC_FR,
        rule("date", a_day, dated.replace(r"[ \n-]?(?: |-)?", "(?: |-)?") + r"(?:(?:{of} |-){year}| {last})?"),
        rule("date", "ce cet", r"{this} (?:{wd},? )?{day} {month}(?:{of} {year})?(?!-la)"),
        rule("date", " ".join((*full, *month_names)), r"(?:{wdany},? )?{month} (?P<day>\d{1,2}),? {year}"),
        rule("month", " ".join(month_names), r"{month}{of} {year}"),
        rule("month", " ".join(wide), r"{wide} (?P<year>[5-9]\d)(?![\d.,:]| ?(?:%|h\b|[a-z]+s\b))"),
        rule("month", " ".join(wide), r"{wide}(?: {last})?", allowed=_is_bare_month),
        rule("year", "#digit", r"{year}(?!\w)", allowed=_is_year),
        rule("year", "annee an", r"an(?:nee)? {year}(?!\w)"),
        rule("year", "annees", r"annees (?P<year>\d{3}[1-9])(?!\d)"),
        rule("span", "annees", r"annees (?P<decade>\d{3}0|[1-9]0)(?!\d)"),
        rule("span", "#digit", r"(?P<century>\d{1,2}) ?(?:e|eme|er)s? siecle(?!\w)"),
        rule("span", " ".join(_roman_centuries()), r"(?P<roman>[ivx]+)(?:e|eme|er) siecle(?!\w)"),
        rule("quarter", "#digit " + " ".join(ORDINALS["fr"]), r"{ordinal} trimestre(?:{of} {year})?"),
        rule("quarter", "t", r"t(?P<ordinal>[1-4]) {year}"),
        rule("half", "#digit " + " ".join(ORDINALS["fr"]), r"{ordinal} (?:semestre|moitie de l'annee)(?:{of} {year})?"),
        rule("season", " ".join(SEASONS["fr"]), r"{season}{of} {year}(?:-(?P<until_year>\d{4}|\d{2})(?!\d))?"),
        rule("season", " ".join(SEASONS["fr"]), r"{season} {last}"),
        rule("season", "cet ce", r"{this} {season}(?!-la| {last})".replace("{last}", "dernier")),
        rule(
            "weekday",
            " ".join(full),
            r"{wd}(?: (?P<day>\d{1,2})(?! ?(?:h|%)|[ ][a-z]+s\b|[\d.,:]))?{tod}(?: {last})?",
            allowed=_is_one_weekday,
        ),
        rule("weekday", "ce", r"{this} {wd}{tod}(?!-la)"),
        rule("offset", "aujourd", r"aujourd'hui(?!\w)", count=0),
        rule("offset", "ce cet", r"(?:ce (?:matin|midi|soir)|cet apres-midi)(?!\w|-la)", count=0),
        rule("offset", "hier", r"hier{tod}", count=-1),
        rule("offset", "avant", r"avant-hier{tod}", count=-2),
        rule("offset", "demain", r"demain{tod}", count=1),
        rule("offset", "apres", r"apres-demain{tod}", count=2),
        rule(
            "offset",
            "il voila voici",
            r"(?:il y a|voila|voici)(?: deja| environ| maintenant| exactement| tout juste)* "
            r"{count} {unit}",
            sign=-1,
        ),
        rule(
            "never",
            "il voila voici",
            r"(?:il y a|voila|voici)(?: a| deja)? (?:quelques|plusieurs|pres de|plus de|moins de|"
            r"peu|longtemps)(?: {count})?(?: {unit})?".replace(
                "{count}", f"(?:{slots['count'].replace('?P<count>', '?:')})"
            ).replace("{unit}", f"(?:{one_of(UNITS['fr'])})\\b"),
        ),
        rule("offset", "dans", r"dans (?:environ )?{count} {unit}"),
        rule("unit", " ".join(UNITS["fr"]), r"{unit} {last}"),
        rule("unit", " ".join(UNITS["fr"]), r"{unit} (?P<toward>en cours|a venir|qui vient)"),
        rule(
            "unit",
            "ce cet cette",
            r"{this} {unit}(?!-la|-ci| {last}| a venir| qui)".replace("{last}", "(?:derni|proch|passe)"),
        ),
        rule(
            "unit",
            " ".join(_PART_WORDS),
            r"{part}(?: de l'| de la | du | de | d'|-){unit}(?: {last})?(?! de(?: l'an|s)?\b| d')",
            allowed=_is_unit_of_the_calendar,
        ),
        rule(
            "recent",
            "ces les des",
            r"(?:ces|les|des) (?:{count} )?(?P<toward>derni(?:er|ere)s|prochaine?s) (?:{count2} )?{unit}".replace(
                "{count2} ", ""
            ),
        ),
        rule("step", "veille", r"veille(?! d[eu'])(?: au soir)?(?!\w)", count=-1),
        rule("step", "avant", r"avant-veille(?! d[eu'])(?!\w)", count=-2),
        rule("step", "lendemain", r"lendemain(?! d[eu']){tod}", count=1),
        rule("step", "surlendemain", r"surlendemain(?! d[eu'])(?!\w)", count=2),
        rule("step", "meme", r"meme jour(?!\w)", count=0),
        rule("step", "jour", r"jour meme(?!\w)", count=0),
        rule("step", "#number #digit", r"{count} {unit} (?:plus tard|apres(?= [,.;])|apres$)"),
        rule("step", "#number #digit", r"{count} {unit} (?:plus tot|auparavant)", sign=-1),
    )


def _is_unit_of_the_calendar(text: str, folded: str, match: re.Match[str]) -> bool:
    return match["unit"] not in ("jour", "jours", "journee", "journees", "ans", "siecles")


def _roman_centuries() -> list[str]:
    numerals = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split()
    return [numeral + ending for numeral in numerals for ending in ("e", "eme", "er")]


@cache
def french() -> Grammar:
    """The French grammar, built once."""
    gap = GAP
    determiner = (
        rf"(?:(?:le|la|les|l'|en|au|a la|a|de la|du|de|d'|des|mois de|mois d'|annees?|cette|ce|cet)(?:{gap}|(?<=')))*"
    )
    return Grammar(
        language="fr",
        rules=_rules(),
        towards=_TOWARDS,
        parts=_PART_WORDS,
        part_before=compile_rule(
            rf"(?<!\w)(?P<part>debut|mi|milieu|courant|fin)(?:-| (?:du mois |de l'annee |de la |du |de |d'|de l'|des |en |le )"
            rf"?(?:mois de |mois d'|annee |l')?)$"
        ),
        modifiers=_MODIFIERS,
        modifier_before=compile_rule(
            rf"(?<!\w)(?P<modifier>{one_of(_MODIFIERS)})(?:'| )(?:(?:fin|milieu|debut) )?{determiner}$"
        ),
        day_before=compile_rule(
            r"(?<![\w.,/-])(?P<day>\d{1,2})(?:[ ]?er)?(?: (?P<link>et|au|a|ou|puis|,)(?: le| du)? |[ ]?(?P<dash>-)[ ]?|(?P<comma>,) )$"
        ),
        links={
            "et": "between",
            "et le": "between",
            "et la": "between",
            "et la fin de": "between",
            "au": "from",
            "a": "from",
            "jusqu'au": "from",
            "jusqu'en": "from",
            "jusqu'a": "from",
            "-": "",
        },
        openers={
            "between": compile_rule(r"(?<!\w)(?P<opener>entre)(?: le| la)? $"),
            "from": compile_rule(r"(?<!\w)(?P<opener>du|de|des|depuis|d')(?: le| la)?(?: |(?<='))$"),
        },
        time_after=compile_rule(
            r"(?:,| a| vers|, a| -|, vers)? (?P<hour>[01]?\d|2[0-3]) ?(?:h(?:eures?)?(?![a-z]) ?|:)(?P<minute>[0-5]\d)?(?!\d)"
        ),
        past=re.compile(
            r"\b(?:depuis|a|ont|avait|avaient|été|était|étaient|fut|furent|eut|s'est|s'était|se sont|dernier|dernière|remonte|remontait|date|datait)\b"
        ),
        future=re.compile(
            r"\b(?:sera|seront|aura|auront|ira|iront|fera|feront|\w{2,}(?:er|ir|dr|vr|tr|urr|audr|iendr)(?:a|ont)|devrait|devraient|pourrait|"
            r"pourraient|doit|doivent|prévue?s?|attendue?s?|programmée?s?|prochaine?s?|à venir|d'ici)\b"
        ),
        month_first=False,
    )
