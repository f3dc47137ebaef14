"""What Unicode's CLDR says about names in French and English: territories, languages (so peoples, too) and cities.

The data is babel's copy of CLDR; cities are CLDR's exemplar cities of time zones. Names are folded, with hyphens as
spaces ("etats unis"). Knows nothing of archives, nor of the adjectives that are made of these names (`rag.peoples`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from babel import Locale
from babel.core import get_global

from rag import exonyms
from rag.text import STOPWORDS, fold

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
    return spelt in places() or (
        spelt.partition(" ")[2] in places() and spelt.split()[0] in ("la", "le", "les", "l", "the")
    )


def is_country(name: str) -> bool:
    """Whether a flat name is that of a territory, in French or English."""
    return name in countries()


def is_city(name: str) -> bool:
    """Whether a flat name is that of one of CLDR's cities."""
    return name in _city_names()


@cache
def _city_names() -> frozenset[str]:
    return frozenset(name for group in _cities() for name in group)


@cache
def countries() -> frozenset[str]:
    """The flat names of territories, but for those of up to three letters."""
    return frozenset(name for group in _territories().values() for name in group if len(name) > 3)


@cache
def places() -> frozenset[str]:
    """The flat names of territories and cities."""
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
    for group in (*_territories().values(), *spoken(), *_cities(), *others):
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
def spoken() -> tuple[frozenset[str], ...]:
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
