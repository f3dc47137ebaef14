"""The peoples and adjectives of territories in French and English: "Ghanéenne", "nigérianes", "Chinese".

By the endings of the two languages over CLDR's names; only what no rule makes of a country's name is written here.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import Final

from rag.gazetteer import countries, flat, places, spoken, translations

_DEMONYM: Final = re.compile(r"(?:an|ish|ese)s?$")


def is_demonym(word: str) -> bool:
    """Whether a capitalised English word speaks of a people or a continent ("Russian", "European") and names none."""
    spelt = flat(word)
    if spelt in places():
        return False
    if spelt in _irregular():
        return True
    if " " in spelt:
        return False
    if any(spelt in group for group in spoken()):
        return True
    if spelt.endswith("i") and spelt[:-1] in places():
        return True
    return bool(_DEMONYM.search(spelt)) and any(
        place[:4] == spelt[:4] and abs(len(spelt) - len(place)) <= 3 for place in places() if len(place) > 3
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


def has_adjective(place: str) -> bool:
    """Whether a flat name is a territory's with an adjective that is known or regular."""
    return place in countries() or any(place in names for names in _irregular().values())


@lru_cache(maxsize=50_000)
def is_adjective_of(term: str, place: str) -> bool:
    """Whether a folded word is the adjective, or the people's name, of a flat territory: "nigerianes" of "nigeria", and
    of no other ("nigerien" is of "niger"). By the endings of the two languages and a table of the irregular ones."""
    if place in _irregular().get(term.replace("-", " "), ()):
        return True
    if place not in countries() or " " in place or len(term) <= _SHARED:
        return False
    whole = [term[:end] for end in range(_SHARED + 1, len(term) + 1) if term[:end] in countries()]
    if whole:
        return place == max(whole, key=len) and bool(_ADJECTIVE.search(term[len(place) - 1 :]))
    shared = next(
        (at for at, (a, b) in enumerate(zip(term, place, strict=False)) if a != b), min(len(term), len(place))
    )
    if shared < max(_SHARED, len(place) - _ENDED):
        return False
    # "allem-ande": the ending may begin with the last letter that they share.
    return len(term) - shared <= 6 and any(_ADJECTIVE.fullmatch(term[at:]) for at in (shared - 1, shared))


@lru_cache(maxsize=1_024)
def irregular_adjectives(place: str) -> frozenset[str]:
    """The irregular adjectives and peoples' names of a flat territory that are one word, as texts fold them."""
    return frozenset(word for word, named in _irregular().items() if place in named and " " not in word)


def has_adjective_of(terms: AbstractSet[str], place: str) -> bool:
    """Whether one of some folded words is the adjective of a flat territory."""
    able = (term for term in terms if term[:_SHARED] == place[:_SHARED] or "-" in term)
    return bool(terms & irregular_adjectives(place)) or any(is_adjective_of(term, place) for term in able)


@lru_cache(maxsize=2_048)
def is_people(word: str) -> bool:
    """Whether a capitalised word of either language names the people of a territory or continent ("Ghanéenne")."""
    named = flat(word)
    return not word.isupper() and named not in places() and any(is_adjective_of(named, c) for c in countries())
