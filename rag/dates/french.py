"""The French grammar of dates.

Patterns are over folded text: no accents, lower case, straight apostrophes; a space is any white space, `{name}` a slot
of `_slots`. A line of `_TABLE` is one form of expression.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rag.dates.calendar import Part
from rag.dates.grammar import GAP, Grammar, Line, Modifier, Reading, build, compile_rule
from rag.dates.lone import LoneYears
from rag.dates.names import NUMBERS, ORDINALS, SEASONS, UNITS, months, one_of, short_weekdays, weekdays
from rag.dates.numeric import FRENCH_NUMERIC

_YEARS: Final = LoneYears(
    licence=r"en|de|depuis|debut|fin|mi|avant|apres|vers|entre|courant|jusqu'en|jusqu'a|d'ici|d'ici a|pour|autour de|"
    r"presidentielles?|legislatives|municipales|europeennes|regionales|departementales|senatoriales|elections?|scrutin|"
    r"campagne|saison|edition|exercice|budget|mondial|euro|jeux|jo|olympiques|paralympiques|coupe|rentree|millesime|"
    r"festival|session|promotion|recensement",
    sure="en",
    as_written="dès",
    amount=r"(?:plus|moins|pres|quelque|environ|autour|total|nombre|prix|montant|somme|prime|hauteur|lots?|altitude|"
    r"pages?|p\.|articles?|vols?|numeros?|n°|chambre|route|ligne|codes?|no)(?:[ \n](?:de|des|d'|a|en|par))?",
    before_event="(?!)",
    events=("(?!)",),
    units="""
        % ‰ € \\$ £ personnes? gens euros? dollars? francs? livres? yens? roubles? habitants? morts? blesses? victimes?
        mille millions? milliards? ans? annees? mois jours? heures? minutes? secondes? metres? m km kg g t tonnes?
        kilos? litres? kilometres? hectares? ha m2 m² km2 km² fois points? pages? places? exemplaires? soldats? hommes?
        femmes? enfants? salaries? emplois? voix degres? watts? mw gw kwh mwh km/h signes? mots? calories? pieces?
        dossiers? cas""".split(),
    never_counted=frozenset(
        """
        plus mais les des ses ces nos vos leurs dans sans vers puis lors sous depuis tous toutes moins pas ils elles
        nous vous plusieurs certains certaines alors apres tandis ailleurs jamais toujours aux deux dix six ceux celles
        cependant mes tes ensuite pres tres hors chez avons sommes etions mieux""".split()
    ),
    plural=r"^\w{3,}[sx]$",
    joining="a|et|ou|puis",
    inside="en|de",
)
_BEFORE_MONTH: Final = re.compile(
    r"(?<!\w)(?:en|de|d'|depuis|debut|mi|mi-|fin|courant|des|avant|apres|jusqu'en|jusqu'a|jusque|ce|entre|a|et|ou|puis|"
    r"vers|mois de|d'ici|d'ici a|pour|les?|du|,)(?:[ \n]|(?<=['-]))$"
)
_HABIT: Final = re.compile(r"(?<!\w)(?:chaque|tous les|les|un|soirs? de)[ \n]$")


def _is_bare_month(reading: Reading) -> bool:
    """A month alone is written small, and stands after a preposition or before "dernier"."""
    if reading.capital:
        return False
    return bool(reading.match.groupdict().get("toward") or _BEFORE_MONTH.search(reading.before(14)))


def _is_one_weekday(reading: Reading) -> bool:
    """Not the weekday of a habit: "chaque mardi"."""
    return not _HABIT.search(reading.before(12))


def _is_part_of_calendar(reading: Reading) -> bool:
    """ "fin du mois", not "fin de journée"."""
    return reading.match["unit"] not in ("jour", "jours", "journee", "journees", "ans", "siecles")


def _is_no_to_date(reading: Reading) -> bool:
    """ "Ce jour", not "à ce jour": until now."""
    return not reading.before(3).endswith("a ")


_TABLE: Final = (
    *FRENCH_NUMERIC,
    Line(
        "date",
        "#day",
        r"(?:{anyweekday},? (?:le )?)?{day}(?: |-)?(?:du mois de |de )?{month}(?:(?:{of} |-){year}| {last})?",
    ),
    Line("date", "ce cet", r"{this} (?:{weekday},? )?{day} {month}(?:{of} {year})?(?!-la)"),
    Line("date", "#weekday #month", r"(?:{anyweekday},? )?{month} (?P<day>\d{1,2}),? {year}"),
    Line("month", "#month", r"{month}{of} {year}"),
    Line("month", "#month", r"{wide} (?P<year>[5-9]\d)(?![\d.,:]| ?(?:%|h\b|[a-z]+s\b))"),
    Line("month", "#month", r"{wide}(?: {last})?", allowed=_is_bare_month),
    Line("year", "#digit", r"{year}(?!\w)", allowed=_YEARS.is_year),
    Line("year", "annee an", r"an(?:nee)? {year}(?!\w)"),
    Line("year", "annees", r"annees (?P<year>\d{3}[1-9])(?!\d)"),
    Line("span", "annees", r"annees (?P<decade>\d{3}0|[1-9]0)(?!\d)"),
    Line("span", "#digit", r"(?P<century>\d{1,2}) ?(?:e|eme|er)s? siecle(?!\w)"),
    Line("span", "#century", r"(?P<roman>[ivx]+)(?:e|eme|er) siecle(?!\w)"),
    Line("quarter", "#digit #ordinal", r"{ordinal} trimestre(?:{of} {year})?"),
    Line("quarter", "t", r"t(?P<ordinal>[1-4]) {year}"),
    Line("half", "#digit #ordinal", r"{ordinal} (?:semestre|moitie de l'annee)(?:{of} {year})?"),
    Line("season", "#season", r"{season}{of} {year}(?:-(?P<until_year>\d{4}|\d{2})(?!\d))?"),
    Line("season", "#season", r"{season} {last}"),
    Line("season", "cet ce", r"{this} {season}(?!-la| derni)"),
    Line("weekday", "#weekday", r"{weekday}{hours} (?:de )?la {unit} {last}", allowed=_is_one_weekday),
    Line("weekday", "#weekday", r"{weekday}{hours} (?:de )?{this} {unit}(?!-la)", allowed=_is_one_weekday),
    Line("weekday", "#weekday", r"{weekday} (?P<day>\d{1,2})(?:[ ]?er)?(?! ?(?:h|%)| [a-z]+s\b|[\d.,:]){hours}"),
    Line("weekday", "#weekday", r"{weekday}{hours}(?: {last})?", allowed=_is_one_weekday),
    Line("weekday", "ce", r"{this} {weekday}{hours}(?!-la)"),
    Line("weekday", "ce", r"ce {weekday}{hours} {last}"),
    Line("offset", "aujourd", r"aujourd'hui(?!\w)", count=0),
    Line("offset", "ce cet", r"(?:ce (?:matin|midi|soir)|cet apres-midi)(?!\w|-la)", count=0),
    Line("offset", "hier", r"hier{hours}", count=-1),
    Line("offset", "avant", r"avant-hier{hours}", count=-2),
    Line("offset", "demain", r"demain{hours}", count=1),
    Line("offset", "apres", r"apres-demain{hours}", count=2),
    Line(
        "offset",
        "il voila voici",
        r"{ago}(?: deja| environ| maintenant| exactement| tout juste)* {count} {unit}",
        sign=-1,
    ),
    Line(
        "never", "il voila voici", r"{ago}(?: deja)? (?:quelques|plusieurs|(?:pres|plus|moins) de {number}) {anyunit}"
    ),
    Line("never", "il", r"il y a (?:peu|longtemps)(?!\w)"),
    Line("offset", "dans", r"dans (?:environ )?{count} {unit}"),
    Line("unit", "#unit", r"{unit} {last}"),
    Line("unit", "#unit", r"{unit} (?P<toward>en cours|a venir|qui vient)"),
    Line(
        "unit", "ce cet cette", r"{this} {unit}(?!-la|-ci| derni| proch| passe| a venir| qui)", allowed=_is_no_to_date
    ),
    Line(
        "unit",
        "#part",
        r"{part}(?: de l'| de la | du | de | d'|-){unit}(?: {last})?(?! de\b| d'| \d{4})",
        allowed=_is_part_of_calendar,
    ),
    Line("step", "#unit", r"{unit} (?P<toward>suivante?|precedente?|d'avant|d'apres)(?!\w)"),
    Line("recent", "ces les des", r"(?:ces|les|des) (?:{count} )?(?P<toward>derni(?:er|ere)s|prochaine?s) {unit}"),
    Line("eve", "veille", r"veille(?! d[eu'])(?: au soir)?(?!\w)", count=-1),
    Line("eve", "avant", r"avant-veille(?! d[eu'])(?!\w)", count=-2),
    Line("eve", "lendemain", r"lendemain(?! d[eu']){hours}", count=1),
    Line("eve", "surlendemain", r"surlendemain(?! d[eu'])(?!\w)", count=2),
    Line("eve", "meme", r"meme jour(?!\w)", count=0),
    Line("eve", "jour", r"jour meme(?!\w)", count=0),
    Line("step", "#number #digit", r"{count} {unit} (?:plus tard|apres(?=[,.;]|$))"),
    Line("step", "#number #digit", r"{count} {unit} (?:plus tot|auparavant)", sign=-1),
)

_PARTS: Final[dict[str, Part]] = {"debut": "start", "mi": "mid", "milieu": "mid", "courant": "mid", "fin": "end"}
_TOWARDS: Final = {
    **dict.fromkeys("dernier derniere derniers dernieres passe passee passes passees ecoule ecoulee".split(), -1),
    **dict.fromkeys(["ce", "cet", "cette", "en cours"], 0),
    **dict.fromkeys(["precedent", "precedente", "d'avant"], -1),
    **dict.fromkeys(["suivant", "suivante", "d'apres"], 1),
    **dict.fromkeys(["prochain", "prochaine", "prochains", "prochaines", "qui vient", "a venir"], 1),
}
_MODIFIERS: Final[dict[str, Modifier]] = {
    **dict.fromkeys(["depuis", "dès", "à partir", "a partir", "à compter", "a compter"], "since"),
    **dict.fromkeys(["jusqu", "jusque", "d'ici"], "until"),
    "avant": "before",
    **dict.fromkeys(["après", "apres"], "after"),
    **dict.fromkeys(["vers", "environ", "autour", "aux alentours", "aux environs"], "about"),
}
_ROMAN: Final = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split()


def _slots() -> dict[str, str]:
    month_names = months("fr")
    wide = [name for name in month_names if len(name) > 4 or name in ("mars", "mai", "juin", "aout")]
    number = rf"\d{{1,4}}|{one_of(NUMBERS['fr'])}"
    return {
        "weekday": f"(?P<weekday>{one_of(weekdays('fr'))})",
        "anyweekday": f"(?P<weekday>{one_of(weekdays('fr'))}|{one_of(short_weekdays('fr'))}\\.?)",
        "day": r"(?P<day>\d{1,2}|premier)(?:[ ]?er(?!\w))?",
        "month": f"(?P<month>{one_of(wide)}(?![a-z])|{one_of(month_names)}(?![a-z])\\.?)",
        "wide": f"(?P<month>{one_of(wide)})(?![a-z])",
        "year": rf"(?P<year>\d{{4}}){_YEARS.not_counted}",
        "of": r"(?: de l'annee| de l'an| de|,)?",
        "season": f"(?P<season>{one_of(SEASONS['fr'])})(?!\\w)",
        "unit": f"(?P<unit>{one_of(UNITS['fr'])})(?![a-z])",
        "anyunit": f"{one_of(UNITS['fr'])}(?![a-z])",
        "number": f"(?:{number})",
        "count": f"(?P<count>{number})(?: de| d')?",
        "ordinal": f"(?P<ordinal>{one_of(ORDINALS['fr'])})(?!\\w)",
        "last": r"(?P<toward>derni(?:er|ere)s?|passee?s?|ecoulee?|prochaine?s?)(?!\w)",
        "this": r"(?P<toward>ce|cet|cette)(?!\w)",
        "part": f"(?P<part>{one_of(_PARTS)})",
        "ago": r"(?:il y a|voila|voici)",
        "hours": r"(?: (?:matin|midi|soir|apres-midi|dans la (?:matinee|soiree|nuit)|en fin de journee))?(?!\w)",
    }


def _classes() -> dict[str, list[str]]:
    every_weekday = [*weekdays("fr"), *short_weekdays("fr")]
    return {
        "#month": list(months("fr")),
        "#weekday": every_weekday,
        "#day": ["#digit", "premier", *every_weekday],
        "#season": list(SEASONS["fr"]),
        "#unit": list(UNITS["fr"]),
        "#part": list(_PARTS),
        "#ordinal": list(ORDINALS["fr"]),
        "#century": [numeral + ending for numeral in _ROMAN for ending in ("e", "eme", "er")],
    }


_DETERMINERS: Final = (
    rf"(?:(?:le|la|les|l'|en|au|a la|a|de la|du|de|d'|des|mois de|mois d'|annees?|cette|ce|cet)(?:{GAP}|(?<=')))*"
)
_PAST: Final = re.compile(
    r"\b(?:depuis|a|ont|avait|avaient|été|était|étaient|fut|furent|eut|s'est|s'était|se sont|dernier|dernière|remonte|"
    r"remontait|date|datait)\b"
)
_FUTURE: Final = re.compile(
    r"\b(?:sera|seront|aura|auront|ira|iront|fera|feront|\w+(?:er|ir|dr|vr|tr|urr|audr|iendr)(?:a|ont)|devrait|"
    r"devraient|pourrait|pourraient|doit|doivent|prévue?s?|attendue?s?|programmée?s?|prochaine?s?|à venir|d'ici)\b"
)


@cache
def french() -> Grammar:
    """The French grammar, built once."""
    return Grammar(
        language="fr",
        rules=build(_TABLE, _slots(), _classes()),
        towards=_TOWARDS,
        parts=_PARTS,
        part_before=compile_rule(
            r"(?<!\w)(?P<part>debut|mi|milieu|courant|fin)(?:-| (?:du mois |de l'annee |de la |du |de |d'|de l'|"
            r"des |le )?(?:mois de |mois d'|annee |l')?)$"
        ),
        modifiers=_MODIFIERS,
        modifier_before=compile_rule(
            r"(?<!\w)(?P<modifier>depuis|des|a partir|a compter|jusqu|jusque|d'ici|avant|apres|vers|environ|autour|"
            rf"aux alentours|aux environs)(?:'| )(?:(?:fin|milieu|debut) )?{_DETERMINERS}$"
        ),
        day_before=compile_rule(
            r"(?<![\w.,/-])(?P<day>\d{1,2})(?:[ ]?er)?"
            r"(?: (?P<link>et|au|a|ou|puis)(?: le| du)? |[ ]?(?P<dash>-)[ ]?|(?P<comma>,) )$"
        ),
        links={
            **dict.fromkeys(["et", "et le", "et la", "et la fin de"], "between"),
            **dict.fromkeys(["au", "a", "jusqu'au", "jusqu'en", "jusqu'a"], "from"),
            "-": "",
        },
        openers={
            "between": compile_rule(r"(?<!\w)(?P<opener>entre)(?: le| la)? $"),
            "from": compile_rule(r"(?<!\w)(?P<opener>du|de|des|depuis|d')(?: le| la)?(?: |(?<='))$"),
        },
        time_after=compile_rule(
            r"(?:,| a| vers|, a| -|, vers)? (?P<hour>[01]?\d|2[0-3]) ?(?:h(?:eures?)?(?![a-z])|:(?=\d))"
            r"(?: ?(?P<minute>[0-5]\d))?(?!\d)"
        ),
        past=_PAST,
        future=_FUTURE,
    )
