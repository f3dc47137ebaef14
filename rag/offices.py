"""The offices that people hold, and the one of them that a question asks the holder of.

Knows nothing of questions' times, of ranking or of stores.
"""

from __future__ import annotations

import re
from typing import Final

from rag.text import fold

# By office: its nouns, and what makes a sentence one about it. Folded.
OFFICES: Final[dict[str, str]] = {
    "mayor": r"maires?|mairesses?|mairie|hotel de ville|premiere? (?:magistrat\w*|edile)|mayors?|town hall|city hall",
    "prime minister": r"premiere?s? ministres?|chefs? du gouvernement|tete du gouvernement|matignon|prime ministers?|"
    r"heads? of (?:the )?government",
    "president": r"presidente?s?|chefs? de l'etat|chefs? d'etat|presid(?:e|ait|aient|er)|presidency|"
    r"chairman|chairwoman|chairs?|heads? of state",
    "minister": r"(?<!premier )(?<!premiere )ministres?|secretaires? d'etat|chefs? de la diplomatie|"
    r"(?<!prime )ministers?|secretary of state|foreign secretary",
    "coach": r"entraineu\w+|selectionneu\w+|entraine|entrainait|banc|coach\w*|head coach|managers?|managed",
    "captain": r"capitaines?|captains?",
    "director": r"direct(?:eur|rice)s?|directors?|direction|dirige\w*|patron\w*|pdg|ceo|chief executives?|boss|"
    r"managing director|general manager|heads?|tete",
    "chancellor": r"chancel\w+",
    "governor": r"gouverneur\w*|governors?",
    "prefect": r"prefete?s?|prefects?",
    "secretary": r"secretaires? general\w*|secretary.general",
    "leader": r"leaders?|chefs? (?:du parti|de file)|premiere? secretaire",
}
PATTERNS: Final = {office: re.compile(rf"\b(?:{nouns})\b") for office, nouns in OFFICES.items()}
# "Qui dirige ...", "who ran ...", "à la tête de": an office that only what is led names.
_LEADS: Final = re.compile(
    r"\b(?:dirige\w*|a la tete d\w*|aux commandes|aux manettes|commande\w*|presid(?:e|ait|aient|er)\b|"
    r"succed\w+ a la tete|"
    r"run|runs|ran|running|lead|leads|led|leading|heads?|headed|heading|in charge|at the helm|steers?|steered|"
    r"charge of)\b"
)
_DIRECTOR: Final = re.compile(r"\b(?:direct(?:eur|rice)s?|directors?|pdg|ceo|chief executives?|managers?)\b")
_CLUB: Final = re.compile(r"\b(?:FC|AS|RC|US|OGC|SC|AC|AJ|CS|SO|Stade|Racing|United|City|Olympique|Sporting)\b")
_TEAM: Final = re.compile(r"\b(?:equipe|club|effectif|team|squad|side)\b")
_OFFICE_NOUNS: Final = "|".join(OFFICES.values())
# The single words of their nouns.
_WORDS: Final = (re.compile(_OFFICE_NOUNS), re.compile(r"premieres?|premiers?|prime|general\w*|head|heads"))
_WHO: Final = r"\b(?:qui|who|whom)"
_IS: Final = r"(?:est|etait|fut|sera|is|was|were)"
_SERVES: Final = (
    r"(?:dirige\w*|entrain\w+|presid(?:e|ait|aient|er)\b|gouvern\w+|occup\w+|exerc\w+|assur\w+|commande\w*|ten(?:ait|u)|tient|"
    r"succede\w*|remplace\w*|devien\w+|devenue?s?|nommee?s?|elue?s?|runs?|ran|leads?|led|heads?|headed|coach\w*|"
    r"manages?|managed|chairs?|chaired|holds?|held|govern\w*|became|become|succeed\w*|replace\w*|serv(?:es|ed|ing)|"
    r"running|leading|heading|coaching|managing|chairing|"
    r"took (?:over|office|charge)|taken over|acting|appointed|elected|named)"
)
# "Qui était le maire", "who currently runs", "qui s'est succédé à la tête", "quels entraîneurs ont dirigé".
_ASKS_HOLDER: Final = re.compile(
    rf"{_WHO}(?:'s| {_IS}) (?:[\w'-]+ ){{0,9}}?(?:{_OFFICE_NOUNS})\b|"
    rf"{_WHO}(?:'s| {_IS}) (?:\w+ )?(?:a la tete|aux commandes|in charge|at the helm|running|leading|heading|coaching|"
    r"managing)\b|"
    rf"{_WHO} (?:(?:a|avait|ont|s'est|se sont|est|etait|has|had|was|were|is) )?(?:ete |been )?(?:\w+ment |\w+ly )?"
    rf"{_SERVES}\b|"
    r"\b(?:se sont|s'est|s'etaient) succede\w*\b|"
    rf"\bc'est qui (?:(?:le|la|les) |l')?(?:{_OFFICE_NOUNS})\b|"
    rf"\b(?:quel(?:le)?s?|which) (?:{_OFFICE_NOUNS})\b|"
    rf"\b(?:quel(?:le)?s?|which|what) (?:est|etait|sont|etaient|fut|is|was|were|are) (?:(?:le|la|les|the) |l')?"
    rf"(?:(?:nom d[eu]s?|name of the|name of) )?(?:\w+ ){{0,2}}?(?:{_OFFICE_NOUNS})\b"
)


def asked_office(text: str) -> str | None:
    """The office that a question asks the holder of; None when it asks for no holder."""
    folded = fold(text).replace("\u2019", "'")
    if not _ASKS_HOLDER.search(folded):
        return None
    for office in ("prime minister", "mayor", "coach", "captain", "chancellor", "governor", "prefect", "secretary"):
        if PATTERNS[office].search(folded):
            return office
    if _LEADS.search(folded) and (_CLUB.search(text) or _TEAM.search(folded)):
        return "coach"
    for office in ("minister", "president", "leader", "director"):
        if PATTERNS[office].search(folded):
            return office
    return "director" if _LEADS.search(folded) else None


def also_leading(text: str, office: str) -> tuple[str, ...]:
    """The other offices of whoever leads, where a question only asks who leads a house: "Qui dirige le parti ?"."""
    return ("president", "leader") if office == "director" and not _DIRECTOR.search(fold(text)) else ()


def names_office(text: str, office: str) -> bool:
    """Whether a text names an office."""
    return PATTERNS[office].search(fold(text)) is not None


# Beside an office: how it is held, come to and left, and when. What a question says beyond that is of its own.
_HOLDING: Final = re.compile(
    rf"(?:{_SERVES}|dirig\w*|tete|poste|postes|fonctions?|charge|commandes|manettes|interim|mandat|banc|actuel\w*|"
    r"nouve\w+|derni\w+|recent\w*|date|moment|alors|aujourd\w*|hui|pris|prend\w*|"
    r"ville|town|city|hall|club|equipe|football|office|"
    r"position|seat|role|job|helm|person|personne|nom|current\w*|latest|newest|last|new|most|these|days|time|"
    r"personnes|people|cours|annee|annees|year|years|demission\w*|depart\w*|arriv\w+|election|"
    r"resign\w*|quit\w*|left|stepped|down|came|come|back|return\w*|"
    r"retour|successi\w+|succession|basis|interim|including|compris|comme|chef|etat|gouvernement|government)"
)


def is_of_holding(word: str) -> bool:
    """Whether a folded word names an office or tells how one is held, come to or left, and nothing else."""
    return _HOLDING.fullmatch(word) is not None or any(pattern.fullmatch(word) for pattern in _WORDS)


# What an office is looked for by, in both languages.
_SEARCHED: Final[dict[str, str]] = {
    "mayor": "maire élu démission mayor elected",
    "prime minister": "Premier ministre nommé démission prime minister appointed",
    "president": "président élu president elected",
    "minister": "ministre nommé démission minister appointed",
    "coach": "entraîneur nommé limogé succède coach appointed sacked",
    "captain": "capitaine captain",
    "director": "directeur directrice nommé succède director appointed",
}


def searched(office: str) -> str:
    """The words by which to search for who came to an office and left it."""
    return _SEARCHED.get(office, f"{office} nommé appointed")


_PLAINLY: Final = re.compile(
    r"(?:et |and )?(?:(?:c'est )?qui|who|quel\w*|what)(?:'s| est| etait| is| was)?"
    r"(?: alors| actuellement| currently| now)? "
    r"(?:(?:le|la|les|the) |l')?(?:nom d[eu] |name of the )?(?P<told>[\w' -]{3,60}?) ?\?*"
)
# Nouns that heads of every kind of house go by: they name no office.
_OF_ANY_HOUSE: Final = re.compile(r"\b(?:patron\w*|boss|heads?|tete|dirige\w*|direction|leaders?)\b")
_MORE: Final = re.compile(r"\b(?:qui|que|dont|who|whom|whose|which|that|\w+ed|\w+ant|\w+ing)\b")


def plainly_asked(text: str) -> str | None:
    """The office of a question that asks for nothing but its holder ("Who is the French president?"); None of one that
    tells more of them, or of an office that houses of every kind have."""
    office = asked_office(text)
    match = _PLAINLY.fullmatch(fold(text).replace("\u2019", "'"))
    if office is None or office == "minister" or match is None:
        return None
    if _MORE.search(match["told"]) or _OF_ANY_HOUSE.search(match["told"]):
        return None
    return office if names_office(text, office) else None
