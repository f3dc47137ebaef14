"""What sentences say of who came to an office, held it and left it, and of whose office it is.

A sentence is read by the words around each name: "X succède à Y", "le maire, X", "X, entraîneur de 2018 à 2021", "le
club a remercié Y". Knows nothing of questions, of their times, of ranking or of stores.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from rag.dates.names import fold_in_place
from rag.offices import OFFICES, PATTERNS, names_office
from rag.text import Span, fold

Turn = Literal["in", "held", "out", "range"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a sentence says of one person and an office, offsets into the sentence."""

    person: Span
    turn: Turn
    verb: Span  # the words that say so
    sure: bool  # the sentence names the office beside the person
    other: str | None = None  # of whom the person takes the place, as it is written


_APPOSED: Final = r"(?:,[^,;.()]{1,80},| \(\d{1,3} ans\)|,)?"
_ADVERB: Final = (
    r"(?:\w+ment |\w+ly |déjà |aussi |enfin |hier |lundi |mardi |mercredi |jeudi |vendredi |samedi |dimanche )*"
)
_CHOSEN: Final = (
    r"(?:(?:ré)?élu|nommé|désigné|intronisé|choisi|installé|investi|promu|recruté|engagé|porté|appelé|re-?elected|"
    r"elected|appointed|named|chosen|hired|installed|picked|sworn in|promoted)(?:e|s|es)?"
)
_SENT_AWAY: Final = (
    r"(?:limogé|démis|licencié|remercié|écarté|révoqué|destitué|renvoyé|évincé|suspendu|battu|sacked|fired|dismissed|"
    r"ousted|removed|suspended|defeated|voted out)(?:e|s|es)?"
)
_IN_AFTER: Final = re.compile(
    rf"{_APPOSED}\s*(?:"
    r"(?:(?:y )?(?:a|avait|aura|ont) été|est|était|fut|has been|had been|was|is|,|, qui (?:a|avait) été|, who was)\s+"
    rf"{_ADVERB}(?:\w+ )?{_CHOSEN}\b|"
    r"(?:qui |who )?(?:a |avait |has |had |vient de |va |doit |s['’]apprête à )?"
    r"(?:succèd\w+|succéd\w+|remplac(?:e|é|er|ait|era)|"
    r"(?:pren(?:d|ait|dre|dra)|pris)(?: en \w+| le \d+ \w+)? (?:ses fonctions|les rênes|la tête|le relais|la suite|"
    r"la direction|les commandes|la mairie|les clés|possession)|"
    r"achèv\w+ le mandat|devien\w+|est devenue?|devenir|devenue?|hérite|assur\w+ l['’]intérim|"
    r"dirig\w+ (?:les séances|l['’](?:équipe|entraînement))|"
    r"arrivée? [^,;.]{0,40}pour (?:remplacer|succéder)|en (?:poste|fonctions?) depuis|"
    r"qui (?:dirige|entraîne|préside|commande|gouverne)\b[^,;.]{0,60} depuis|"
    r"(?:in (?:charge|office)|at the helm) since|"
    r"a été présentée?|s['’]est engagée?|retrouve (?:le banc|son poste|son fauteuil)|"
    r"became|becomes|tak(?:es|ing) over|took over|taken over|"
    r"succeed(?:s|ed)?|replac(?:es|ed)|steps in|stepped in|(?:took|takes) (?:office|charge|the reins))\b)",
    re.IGNORECASE,
)
_REPLACED_BY: Final = re.compile(
    rf"{_APPOSED} (?:a été|est|avait été|was|has been|is|had been) {_ADVERB}(?:remplacée?|replaced) (?:par|by)\b",
    re.IGNORECASE,
)
_IN_BEFORE: Final = re.compile(
    rf"(?:\b(?:a|ont|avait|avaient|has|have|had|vient de|viennent de) {_ADVERB})?"
    r"\b(?:élu|élue|élit|élisent|élire|nommé|nommée|nomme|nomment|nommer|désigné|désignée|désigne|confier|choisi|"
    r"choisit|intronisé|recruté|recrute|engagé|engage|installé|installe|appointed|appoints|named|names|"
    r"elected|elects|intérim (?:\w+ ){0,2}(?:exercé|assuré|confié|tenu)e? (?:par|à)|"
    r"confiée?s? (?:l['’]intérim|l['’]équipe|le banc|le poste|les rênes|les clés|la (?:présidence|direction|mairie)) à|"
    r"hired|hires|chosen|chose|picked|promoted|remplacée? par|replaced by)(?: [\w'’-]+){0,8}?,?\s*"
    r"(?:M\. |Mme |Mr |Ms |Mrs )?$",
    re.IGNORECASE,
)
# What somebody quits who leaves an office: not a town or a room.
_POST: Final = (
    r"(?:ses fonctions|son poste|son fauteuil|le (?:club|poste|gouvernement|ministère)|"
    r"l['’](?:équipe|établissement|entreprise|hôpital)|la (?:présidence|mairie|direction|tête)|"
    r"(?:his|her|the) (?:post|job|position|club|team|company|presidency|government|office)|office)"
)
_OUT_AFTER: Final = re.compile(
    rf"{_APPOSED}\s*(?:(?:a|avait|ont|has|had|qui a|qui avait|who) )?(?:"
    r"(?:annoncé |remis |présenté |donné )sa démission|démissionn\w+|"
    rf"(?:dû |doit )?quitt(?:e|é|ait|era|er) (?:à son tour )?{_POST}|"
    r"s['’]en va|s['’]en est allée?|, partie?\b|dont le contrat s['’](?:est|était) (?:terminé|achevé)|"
    r"(?:est |était )partie?\b(?! (?:en|à|pour|avec)\b)|"
    r"(?:cèd\w+|cédé) (?:sa place|son fauteuil)|"
    r"rend(?:u)? (?:son tablier|les clés)|jet(?:te|é) l['’]éponge|meurt|(?:est )?morte?\b|(?:est )?décédée?|"
    rf"resign(?:s|ed)|(?:quits?|left|leaves) {_POST}|step(?:s|ped) down|died\b|retired\b)",
    re.IGNORECASE,
)
_SENT_AFTER: Final = re.compile(
    rf"{_APPOSED}\s*(?:a été|avait été|est|était|fut|was|has been|had been|is|,) {_ADVERB}{_SENT_AWAY}\b", re.IGNORECASE
)
_OUT_BEFORE: Final = re.compile(
    r"(?:\b(?:(?:remerci|limog|licenci|écart|révoqu|destitu|évinc)(?:é|er|e)|"
    r"(?:s['’]est séparée?|se sépare|se séparer) d[eu']|"
    r"sacked|sacks|fired|fires|dismissed|dismisses|parted (?:ways )?with)"
    r"(?: [\w'’-]+){0,5}?,?|"
    r"\b(?:démission|départ|limogeage|éviction|licenciement|décès|mort|renvoi|destitution)(?: \w+)? (?:de|d['’])|"
    r"\b(?:departure|resignation|sacking|dismissal|death|exit|removal) of)\s*"
    r"(?:M\. |Mme |Mr |Ms |Mrs |l['’]entraîneur |son entraîneur |le maire |its coach |coach |mayor )?$",
    re.IGNORECASE,
)
_WISHED: Final = re.compile(
    r"\b(?:prépar|réclam|demand|exig|souhait|attend|envisag|call(?:s|ed|ing)? for|seek|want|prepar)\w*"
    r"(?: (?:le|la|l['’]|du|the|son|sa|his|her))?\s*$",
    re.IGNORECASE,
)
_PLACE_OF: Final = re.compile(
    r"\b(?:achèv\w+ le mandat|succèd\w+|succéd\w+|remplac\w+|succession|"
    r"succeed\w*|replac\w+|t(?:ook|akes?|aking|aken) over|successeure?|"
    r"pren\w+ la (?:suite|place)|pris la (?:suite|place)|relais|replacement)"
    r"(?: (?:à|de|d['’]|of|to|for|from|au))?\s*(?:M\. |Mme |Mr |Ms |Mrs |son (?:ancien |prédécesseur )?)?$",
    re.IGNORECASE,
)
_FORMER: Final = re.compile(
    r"\b(?:ancien\w*|ex|former\w*|previous\w*|futur\w*|candidat\w*|candidate|predecesseur\w*|successeur\w*|"
    r"predecessor|successor|sortant\w*|outgoing|vice|adjoint\w*|deputy|assistant|would-be|feu|late|"
    r"goalkeeping|fitness|youth|gardiens|reserve|espoirs|physique)\b"
)
_PAST: Final = re.compile(r"\b(?:ancien(?:ne)?|ex|former\w*|previous\w*|predecesseur|predecessor|sortante?|outgoing)\b")
_SERVING: Final = re.compile(
    r",? (?:qui|who) (?:dirige|entraîne|préside|gouverne|runs|leads|heads|coaches|chairs)\b", re.IGNORECASE
)
_BELOW: Final = re.compile(r"\b(?:premiere? adjoint\w*|adjoint\w*|vice|deputy|assistant)\b")
_RANGE: Final = re.compile(
    r"\b(?:de|from|entre|between) (?:\w+ )?(?P<a>\d{4}) (?:à|to|et|and) (?:\w+ )?(?P<b>\d{4})|"
    r"\((?P<c>\d{4})\s?[-–]\s?(?P<d>\d{4})\)",
    re.IGNORECASE,
)


def announces(above: str, office: str) -> bool:
    """Whether the text above a sentence ends in a new holder: "Le club a présenté sa nouvelle entraîneuse."."""
    return re.search(rf"\b(?:nouve(?:au|l|lle)|new) (?:{OFFICES[office]})\W*$", fold(above[-80:])) is not None


def steps(sentence: str, persons: list[Span], office: str, announced: bool = False) -> list[Step]:
    """What a sentence says of who came to an office, held or left it; `persons` are the offsets of its persons' names,
    in order. `announced`: the sentence before ends in announcing a new holder, with whose name this one begins."""
    found: list[Step] = []
    if announced and persons and not sentence[: persons[0].start].strip(" «“"):
        found.append(Step(persons[0], "in", persons[0], True))
    named = names_office(sentence, office)
    for number, person in enumerate(persons):
        floor = persons[number - 1].end if number else 0
        ceiling = persons[number + 1].start if number + 1 < len(persons) else len(sentence)
        before, after = sentence[floor : person.start], sentence[person.end : ceiling]
        whole = sentence[person.end :]
        step = _step(before, after, whole, office, person, floor)
        if step is not None:
            other = None
            if step.turn == "in" and number + 1 < len(persons) and _PLACE_OF.search(after):
                other = sentence[persons[number + 1].start : persons[number + 1].end]
            found.append(Step(person, step.turn, step.verb, step.sure or named, other))
    return found


def _step(before: str, after: str, whole: str, office: str, person: Span, floor: int) -> Step | None:
    """The step that the words around a name tell."""

    def made(turn: Turn, start: int, end: int, sure: bool = False) -> Step:
        return Step(person, turn, Span(start, end), sure)

    noun = rf"(?:{OFFICES[office]})"
    if match := _REPLACED_BY.match(after):
        return made("out", person.end, person.end + match.end())
    if match := _SENT_AFTER.match(after):
        return made("out", person.end, person.end + match.end())
    if match := _OUT_AFTER.match(after):
        return made("out", person.end, person.end + match.end())
    if match := _PLACE_OF.search(before) or _made_to_leave(before):
        return made("out", floor + match.start(), person.start)
    if match := _IN_AFTER.match(after):
        if _BELOW.search(fold(after[match.end() :])[:30]):
            return None
        return made("in", person.end, person.end + match.end())
    if (match := _IN_BEFORE.search(before)) and not _BELOW.search(fold(after)[:30]):
        return made("in", floor + match.start(), person.start)
    behind = re.match(
        rf",? (?:\d{{2}} ans, |\d{{2}}, )?(?:le |la |l'|the |son |sa )?(?:actuel\w* |current )?{noun}\b", fold(whole)
    )
    ahead_of = fold(before) + (" " if before[-1:].isspace() else "")
    ahead = re.search(
        rf"\b{noun}(?: (?:de |d'|du |des |of )[^,;.:()]{{2,40}})?,? (?:m\. |mme |mr |ms |mrs )?$", ahead_of
    )
    serves = _SERVING.match(whole)
    if behind is None and ahead is None and serves is None:
        return None
    near = fold(before)[-40:] + " | " + fold(whole)[: (behind.end() if behind else 0) + 2]
    if match := _RANGE.search(whole[:90]):
        return made("range", person.end, person.end + match.end(), True)
    if _FORMER.search(near):
        return None
    if match := _since(office, after):
        return made("in", person.end, person.end + match.end())
    return made("held", person.start, person.end, True)


def _since(office: str, after: str) -> re.Match[str] | None:
    """The words behind a holder's name that say from when the office has been held: "en poste depuis"."""
    return re.match(
        rf"[^.;:«»“”]{{0,40}}?(?:\b(?:en (?:poste|fonctions?|place|charge)|a la tete|aux commandes|au pouvoir|"
        rf"in (?:office|post|charge)|at the helm|{OFFICES[office]})\b[^,;.:]{{0,45}}? (?:depuis|since)\b|"
        r"\b(?:arrivee?|nommee?|elue?|designee?|appointed|elected)(?: [^,;.:]{0,30}?)? (?=(?:en|le|debut|fin|in|on) ))",
        fold(after),
    )


def _made_to_leave(before: str) -> re.Match[str] | None:
    """The words right before a name that tell of its bearer's leaving; not of a leaving only wished for."""
    match = _OUT_BEFORE.search(before)
    return match if match and not _WISHED.search(before[: match.start()]) else None


def no_longer_holds(sentence: str, person: Span) -> bool:
    """Whether the words around a name say that its bearer holds, whatever it was, no longer: "l'ancien maire, X", "X a
    été limogé", "elle succède à X"."""
    before, after = sentence[: person.start], sentence[person.end :]
    near = fold(before[-NEAR:]) + " | " + fold(after[:NEAR])
    leaves = _SENT_AFTER.match(after) or _OUT_AFTER.match(after)
    return bool(leaves or _PLACE_OF.search(before) or _made_to_leave(before) or _PAST.search(near))


def range_years(sentence: str, step: Step) -> tuple[int, int] | None:
    """The years of a step that gives them: "entraîneur de 2018 à 2021"."""
    match = _RANGE.search(sentence[step.verb.start : step.verb.end])
    if match is None:
        return None
    years = [int(year) for year in match.groups() if year]
    return (years[0], years[1]) if years[0] <= years[1] else None


_OF: Final = re.compile(
    r"\s*(?:de la |de l['’]|d['’]|du |des |de |of (?:the )?|at )"
    r"(?P<whose>(?:[A-ZÀ-Ý][\w'’.-]*)(?:[ -][A-ZÀ-Ý][\w'’.-]*)*)"
)


NEAR: Final = 45  # characters around a name in which "ancien" or "former" is said of its bearer
BESIDE: Final = 100  # characters between an office and whoever holds it
_AFTER_IT: Final = re.compile(r"\s+(?P<word>[\w-]+)")
_BEFORE_IT: Final = re.compile(r"(?P<word>[A-ZÀ-Ý][\w-]+)(?:['’]s)?\s+$")
# They say nothing of whose office it is.
_OF_ANY: Final = frozenset(
    "republique etat gouvernement conseil parti club l le la les un une ce cet the a an republic state".split()
)


def owners(sentence: str, person: Span, office: str) -> tuple[str, ...] | None:
    """The words by which a sentence says whose office it is that stands beside a person: "américain" in "le président
    américain X", "Lormont" in "X, maire de Lormont"; empty where it says nothing of it, None where no such office
    stands beside."""
    folded = fold_in_place(sentence)
    nouns = [Span(*match.span()) for match in PATTERNS[office].finditer(folded)]
    nouns = [noun for noun in nouns if max(noun.start - person.end, person.start - noun.end) <= BESIDE]
    if not nouns:
        return None
    nearest = min(nouns, key=lambda noun: max(noun.start - person.end, person.start - noun.end))
    found = [match["whose"].rstrip(".") for match in [_OF.match(sentence, nearest.end)] if match]
    behind = _AFTER_IT.match(sentence, nearest.end) if not found else None
    if behind and not person.start <= behind.start("word") < person.end:
        found.append(behind["word"])
    ahead = _BEFORE_IT.search(sentence, 0, nearest.start)
    if ahead and not person.start <= ahead.start("word") < person.end:
        found.append(ahead["word"])
    return tuple(word for word in found if fold(word) not in _OF_ANY)
