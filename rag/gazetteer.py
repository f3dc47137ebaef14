"""What Unicode's CLDR says about names in French and English: territories, languages (so peoples, too) and cities.

The data is babel's copy of CLDR; cities are CLDR's exemplar cities of time zones. Names are folded, with hyphens as
spaces ("etats unis"). Only the adjectives and peoples that no rule makes of their country's name are written here.
Knows nothing of archives.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final

from babel import Locale
from babel.core import get_global

from rag import exonyms
from rag.text import STOPWORDS, fold

_DEMONYM: Final = re.compile(r"(?:an|ish|ese)s?$")
LOCALES: Final = ("fr", "en")
_SEPARATORS: Final = re.compile(r"[^\w.&]+")
_ASIDE: Final = re.compile(r"\(([^)]*)\)")  # "Myanmar (Burma)" gives two names
# Endings that French adds to the name of a people: feminine and plural ("ukrainienne", "russes", "allemandes").
_INFLECTIONS: Final = ("s", "e", "es", "ne", "nes")


def flat(name: str) -> str:
    """A name as the tables hold it: folded, hyphens and apostrophes as spaces."""
    return " ".join(_SEPARATORS.split(fold(name))).strip()


def translations(name: str) -> frozenset[str]:
    """The other names, in French and English, of what a flat name names. Empty when CLDR does not know it."""
    groups = _groups().get(name, ())
    return frozenset(other for group in groups for other in group) - {name}


def known(name: str) -> bool:
    """Whether CLDR knows a flat name."""
    return name in _groups()


def is_place(name: str) -> bool:
    """Whether a name as written is that of a territory or of one of CLDR's cities; a leading article is ignored."""
    spelt = flat(name)
    return spelt in _places() or (
        spelt.partition(" ")[2] in _places() and spelt.split()[0] in ("la", "le", "les", "l", "the")
    )


def is_country(name: str) -> bool:
    """Whether a flat name is that of a territory, in French or English."""
    return name in _countries()


def is_city(name: str) -> bool:
    """Whether a flat name is that of one of CLDR's cities."""
    return name in _city_names()


@cache
def _city_names() -> frozenset[str]:
    return frozenset(name for group in _cities() for name in group)


def is_demonym(word: str) -> bool:
    """Whether a capitalised English word speaks of a people or a continent ("Russian", "European") and names none."""
    spelt = flat(word)
    if spelt in _places():
        return False
    if spelt in _irregular():
        return True
    if " " in spelt:
        return False
    if any(spelt in group for group in _peoples()):
        return True
    if spelt.endswith("i") and spelt[:-1] in _places():
        return True
    return bool(_DEMONYM.search(spelt)) and any(
        place[:4] == spelt[:4] and abs(len(spelt) - len(place)) <= 3 for place in _places() if len(place) > 3
    )


# Endings by which French and English make the adjective of a country: "nigérianes", "marocain", "Chinese".
_ADJECTIVE: Final = re.compile(
    r"(?:(?:i?[ae]|ee)n(?:ne)?|i?ane|aine?|ain|ais(?:e)?|oise?|ol(?:e)?|and(?:e)?|ard(?:e)?|ese|ish|i|ote?)(?:s|es)?$"
)
_SHARED: Final = 3  # least letters that adjective and country share
_ENDED: Final = 3  # most letters of the country that its adjective leaves out


# By an English name of the country: its adjectives and its people, without their endings.
_IRREGULAR: Final[dict[str, tuple[str, ...]]] = {
    "united kingdom": ("britannique", "british", "briton", "brit"),
    "denmark": ("danois", "danoise", "danish", "dane"),
    "netherlands": ("neerlandais", "neerlandaise", "hollandais", "hollandaise", "dutch"),
    "finland": ("finn", "finnois", "finnoise"),
    "sweden": ("suedois", "suedoise", "swede"),
    "spain": ("espagnol", "espagnole", "spanish", "spaniard"),
    "poland": ("polonais", "polonaise", "pole"),
    "turkey": ("turc", "turque", "turkish", "turk"),
    "greece": ("grec", "grecque", "greek"),
    "switzerland": ("suisse", "swiss"),
    "france": ("francais", "francaise", "french", "frenchman", "frenchwoman", "frenchmen"),
    "wales": ("gallois", "galloise", "welsh"),
    "ireland": ("irish", "irishman", "irishmen"),
    "serbia": ("serbe", "serb"),
    "croatia": ("croate", "croat"),
    "russia": ("russe",),
    "belgium": ("belge",),
    "czechia": ("tcheque", "czech"),
    "norway": ("norvegien", "norvegienne", "norwegian"),
    "slovakia": ("slovaque", "slovak"),
    "latvia": ("letton", "lettonne", "latvian"),
    "cyprus": ("chypriote", "cypriot"),
    "cote d ivoire": ("ivoirien", "ivoirienne", "ivorian"),
    "burkina faso": ("burkinabe",),
    "madagascar": ("malgache", "malagasy"),
    "lebanon": ("libanais", "libanaise", "lebanese"),
    "thailand": ("thai",),
    "kazakhstan": ("kazakh",),
    "afghanistan": ("afghan", "afghane"),
    "philippines": ("philippin", "philippine", "filipino"),
    "saudi arabia": ("saoudien", "saoudienne", "saudi"),
    "united states": ("americain", "americaine", "american"),
    "germany": ("german",),
    "congo": ("congolais", "congolaise", "congolese"),
    "togo": ("togolais", "togolaise", "togolese"),
    "niger": ("nigerien", "nigerienne"),
    "eswatini": ("swazi",),
    "palestinian territories": ("palestinien", "palestinienne", "palestinian"),
    "united arab emirates": ("emirati", "emiratie"),
    "kosovo": ("kosovar", "kosovare"),
    "laos": ("laotien", "laotienne", "laotian"),
    "peru": ("peruvien", "peruvienne", "peruvian"),
    "argentina": ("argentin", "argentine"),
    "scotland": ("ecossais", "ecossaise", "scottish", "scot"),
    "england": ("anglais", "anglaise", "english", "englishman", "englishmen"),
    "south africa": ("sud africain", "sud africaine", "south african"),
    "egypt": ("egyptien", "egyptienne", "egyptian"),
    "mexico": ("mexicain", "mexicaine", "mexican"),
    "china": ("chinois", "chinoise", "chinese"),
    "central african republic": ("centrafricain", "centrafricaine", "central african"),
    "south korea": ("sud coreen", "sud coreenne", "south korean"),
    "north korea": ("nord coreen", "nord coreenne", "north korean"),
    "south sudan": ("sud soudanais", "sud soudanaise", "south sudanese"),
    "mozambique": ("mozambicain", "mozambicaine", "mozambican"),
    "cape verde": ("capverdien", "capverdienne", "cap verdien", "cap verdienne", "cape verdean"),
    "sierra leone": ("sierra leonais", "sierra leonaise", "sierra leonean"),
    "equatorial guinea": ("equato guineen", "equato guineenne", "equatoguinean"),
    "yemen": ("yemenite", "yemeni"),
    "qatar": ("qatari", "qatarie", "qatarien", "qatarienne"),
    "myanmar": ("birman", "birmane", "burmese"),
}


@cache
def _irregular() -> dict[str, frozenset[str]]:
    """For each irregular word, in singular and plural, the flat names of its country."""
    found: dict[str, frozenset[str]] = {}
    for place, peoples in _IRREGULAR.items():
        names = frozenset({place, *translations(place)})
        for word in peoples:
            found |= dict.fromkeys((word, f"{word}s"), names)
    return found


@lru_cache(maxsize=50_000)
def is_adjective_of(term: str, place: str) -> bool:
    """Whether a folded word is the adjective, or the people's name, of a flat territory: "nigerianes" of "nigeria", and
    of no other ("nigerien" is of "niger"). By the endings of the two languages and a table of the irregular ones."""
    if place in _irregular().get(term.replace("-", " "), ()):
        return True
    if place not in _countries() or " " in place or len(term) <= _SHARED:
        return False
    whole = [term[:end] for end in range(_SHARED + 1, len(term) + 1) if term[:end] in _countries()]
    if whole:
        return place == max(whole, key=len) and bool(_ADJECTIVE.search(term[len(place) - 1 :]))
    shared = next(
        (at for at, (a, b) in enumerate(zip(term, place, strict=False)) if a != b), min(len(term), len(place))
    )
    if shared < max(_SHARED, len(place) - _ENDED):
        return False
    # "allem-ande": the ending may begin with the last letter that they share.
    return len(term) - shared <= 6 and any(_ADJECTIVE.fullmatch(term[at:]) for at in (shared - 1, shared))


@lru_cache(maxsize=2_048)
def is_people(word: str) -> bool:  # "Ghanéenne"
    """Whether a capitalised word of either language names the people of a territory or continent."""
    named = flat(word)
    return not word.isupper() and named not in _places() and any(is_adjective_of(named, c) for c in _countries())


@cache
def _countries() -> frozenset[str]:
    return frozenset(name for group in _territories().values() for name in group if len(name) > _SHARED)


@cache
def _places() -> frozenset[str]:
    return frozenset(name for group in (*_territories().values(), *_cities()) for name in group if len(name) > 2)


@cache
def longest() -> int:
    """Words in the longest name."""
    return max(len(name.split()) for name in _groups())


def of_acronym(letters: str) -> frozenset[str]:
    """The flat names of the territory that capital letters stand for: "US", "UK", "USA", "EU", "UE", "UN".

    Taken are the initials of a name in French or English, for the territories where these are a code of CLDR, too, and
    codes that begin with them; letters that are the code of one territory never stand for another.
    """
    return _acronyms().get(letters, frozenset()) | _organisations().get(letters, frozenset())


def acronyms_of(name: str) -> frozenset[str]:
    """The capital letters, in French or English, that stand for a flat name of several words."""
    return _letters().get(name, frozenset())


@cache
def _letters() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for table in (_acronyms(), _organisations()):
        for letters, names in table.items():
            for name in names:
                if " " in name:
                    found.setdefault(name, set()).add(letters)
    return {name: frozenset(letters) for name, letters in found.items()}


def same_in_names(word: str, term: str) -> bool:
    """Whether two folded words are French and English for one noun or adjective that names are made with."""
    return term in _name_words().get(word, ())


def is_name_word(word: str) -> bool:
    """Whether a folded word is a noun or an adjective that names are made with ("abbey"), and names nothing alone."""
    return word in _name_words()


@cache
def _organisations() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in exonyms.ACRONYMS.strip().splitlines():
        letters, _, names = line.partition(":")
        group = frozenset({*(each.lower() for each in letters.split()), *names.strip().split("/")} - {""})
        for each in letters.split():
            found[each] = found.get(each, frozenset()) | group
    return found


@cache
def _name_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in exonyms.NAME_WORDS.split():
        english, french = pair.split("/")
        found[english].add(french)
        found[french].add(english)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def _groups() -> dict[str, tuple[frozenset[str], ...]]:
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    others = (frozenset(line.split("/")) for line in exonyms.NAMES.strip().splitlines())
    for group in (*_territories().values(), *_peoples(), *_cities(), *others):
        if len(group) > 1:
            for name in group:
                found[name].append(group)
    stop = STOPWORDS["fr"] | STOPWORDS["en"]
    return {name: tuple(groups) for name, groups in found.items() if name not in stop and len(name) > 2}


@cache
def _territories() -> dict[str, frozenset[str]]:
    tables = [dict(Locale(locale).territories.items()) for locale in LOCALES]
    codes = [code for code in tables[0] if not re.match(r"[QXZ][A-Z]$|ZZ", code) or code in ("XK", "ZA", "ZM", "ZW")]
    older = _older_names()
    return {
        code: frozenset(flat(part) for table in tables if code in table for part in _parts(table[code])) - {""}
        | older.get(code, frozenset())
        for code in codes
    }


def _older_names() -> dict[str, frozenset[str]]:
    """Names of countries that live on as names of time zones ("Turkey"), for countries that lie in one zone."""
    home: Mapping[str, str] = get_global("zone_territories")
    zones = Counter(home.values())
    found: dict[str, set[str]] = defaultdict(set)
    for alias, zone in get_global("zone_aliases").items():
        if alias.isalpha() and alias.istitle() and zones[home.get(zone, "")] == 1:
            found[home[zone]].add(flat(alias))
    return {code: frozenset(names) for code, names in found.items()}


def _parts(name: str) -> Iterator[str]:
    yield _ASIDE.sub(" ", name)
    yield from _ASIDE.findall(name)


@cache
def _peoples() -> tuple[frozenset[str], ...]:
    """Languages with a two-letter code: their names are those of peoples too, and French inflects them."""
    french, english = (dict(Locale(locale).languages.items()) for locale in LOCALES)
    found = []
    for code, name in french.items():
        if len(code) == 2 and code in english and " " not in name:
            base = flat(name)
            other = flat(english[code])
            found.append(frozenset({base, *(base + ending for ending in _INFLECTIONS), other, other + "s"}))
    return tuple(found)


def _cities() -> Iterator[frozenset[str]]:
    """Exemplar cities; where a locale gives none, CLDR's rule is the last part of the zone's own name."""
    zones: list[Mapping[Any, Any]] = [Locale(locale).time_zones for locale in LOCALES]
    named = {str(zone) for table in zones for zone in table} | set(get_global("zone_territories"))
    for zone in sorted(zone for zone in named if "/" in zone and not zone.startswith("Etc/")):
        own = zone.rsplit("/", 1)[-1].replace("_", " ")
        given = {table[zone].get("city", own) for table in zones if zone in table}
        yield frozenset(flat(str(city)) for city in {own, *given})


@cache
def _acronyms() -> dict[str, frozenset[str]]:
    owners: dict[str, set[str]] = {code: {code} for code in _territories()}
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    for alias, codes in aliases.items():
        if alias.isalpha():
            owners.setdefault(alias, set()).update(codes)
    found: dict[str, frozenset[str]] = {}
    for code, names in _territories().items():
        spoken = {_initials(name) for name in names} - {""}
        if any(code in owners.get(letters, ()) for letters in spoken):
            coded = {alias for alias in owners if code in owners[alias] and any(map(alias.startswith, spoken))}
            found |= {letters: names for letters in spoken | coded if owners.get(letters, {code}) == {code}}
    return found


def _initials(name: str) -> str:
    words = [word for word in name.split() if word not in STOPWORDS["fr"] | STOPWORDS["en"] and word != "&"]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""
