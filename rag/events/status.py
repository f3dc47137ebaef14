"""Whether a stretch of text says that something happened, is planned, is denied, or is told with a condition.

Reads the clause around a date in French or English, not the sentence: "Il l'a appelé le 1er juillet et doit le recevoir
en août" tells of two things. Knows nothing of actors.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from rag.dates import DateMention
from rag.events.mention import Status
from rag.text import Span, fold

_BREAK: Final = re.compile(
    r"[;:—–]\s|[.!?]\s+(?=[«“\"A-ZÀ-Ý])|,\s(?:et|mais|puis|or|tandis|alors|avant|après|and|but|then|"
    r"while|before|after|which|who|qui|ce qui)\b|"
    r"\s(?:et|and)\s(?=(?:doit|doivent|devrait|devraient|va|vont|sera|seront|prévoit|compte|will|is to|are to|plans|"
    r"is due|are due|a|ont|avait|s['’]est|was|were|has|have)\b)|\s(?:mais|but|alors que|tandis que|while)\s",
    re.IGNORECASE,
)
_PLANNED: Final = re.compile(
    r"\b(?:aur(?:a|ont) lieu|ser(?:a|ont)|fer(?:a|ont)|ir(?:a|ont)|aur(?:a|ont)|est prevue?|sont prevue?s|"
    r"prevue?s? (?:pour|le|en|au|a|dans)|program+ee?s? (?:pour|le|en)|attendue?s? (?:le|en|a|pour|au)|"
    r"(?:doi(?:t|ven?t)|devai(?:t|ent)) (?:\w+ment )?(?:avoir|se |s'|etre|en |y |\w+(?:er|ir|re)\b)|"
    r"(?:etait|etaient|est|sont) (?:cense|suppose)e?s? |(?:was|were|had been) (?:due|set|scheduled|supposed|"
    r"expected|to) |"
    r"pencil+ed in|compte(?:nt)? \w+(?:er|ir|re)\b|va \w+(?:er|ir|re)\b|"
    r"vont \w+(?:er|ir|re)\b|en train de se preparer|(?:se|en) prepar(?:e|ent|ation)\b|envisage(?:nt)?\b|"
    r"projette(?:nt)?\b|prevoi(?:t|ent)\b|s'appretent?\b|a l'agenda|s'agira|"
    r"souhaite(?:nt)?\b|veu(?:t|lent) \w+(?:er|ir|re)\b|propose(?:nt)? (?:de|d'|une?|l'|le|la)|"
    r"il est question d|(?:avai(?:t|ent)|a|ont) (?:\w+ )?ete (?:evoque|envisage|propose|imagine)e?s?\b|"
    r"(?:was|were|had been|has been) (?:\w+ )?(?:considered|proposed|mooted|floated|envisaged|suggested)|"
    r"prochaine? (?:rencontre|sommet|entretien|appel|reunion|echange)|"
    r"a venir|will|shall|is (?:expected|due|set|scheduled|to)|are (?:expected|due|set|scheduled|to)|plans? to|"
    r"planned (?:for|to)|intends?|hopes? to|upcoming|wants? to|being prepared|in preparation|proposes?)\b"
)
_CAPITALISED: Final = re.compile(r"(?<!\w)[A-ZÀ-Ý][\w'’-]*")  # names: "Samira" and "Sandra" are no futures
# Tenses are read with their accents: "espérait" is an imperfect, "parlerait" a conditional.
_FUTURE: Final = re.compile(r"(?<![\w-])\w{2,}(?:er|ir|dr|vr|tr|urr|audr|iendr)(?:a|ont)(?!\w)")
# The press's past: "la grève aura duré trois jours", "n'aura été suivie que".
_PERFECT: Final = re.compile(
    r"(?<!\w)aur(?:a|ont) (?!lieu\b)(?:\w+ment |pas |plus |jamais |finalement |été |ete )*\w+(?:é|ée|és|ées|ee|"
    r"ees|es|i|is|ie|u|us|ue|ues|"
    r"e|it|ert|ort)(?!\w)"
)
_NO_FUTURE: Final = re.compile(
    r"(?<!\w)(?:(?:\w*(?:tir|admir|inspir|respir|désir|expir|montr|rencontr|entr|centr|ouvr|couvr|offr|livr|cadr|filtr)"
    r"a)|camera|genera|et cetera)(?!\w)"  # the simple past of verbs in -rer
)
_CONDITIONAL: Final = re.compile(
    r"(?<!\w)(?:(?:ser|aur|devr|pourr|voudr|faudr|ir|fer|\w+(?:er|ir|dr|vr|tr|urr))ai(?:t|ent)|"
    r"si (?:l['’]|les?\b|la\b|une?\b|elles?\b|on\b|tout)|s['’]ils?\b|à condition|peut-être|"
    r"would|could|might|should|may (?:have|be)|if|allegedly|reportedly|possibly|perhaps|rumou?red)(?!\w)"
)
_IMPERFECT: Final = re.compile(
    r"(?<!\w)\w*(?:tir|admir|inspir|respir|désir|expir|montr|rencontr|entr|centr|ouvr|couvr|offr|souffr|livr|cadr|"
    r"illustr|enregistr|administr|filtr|retr|portr|extr|attr|distr|soustr|abstr)ai(?:t|ent)(?!\w)"
)
_NEGATED: Final = re.compile(
    r"\b(?:ne|n')\s?\S.{0,50}?\b(?:pas|plus|jamais|aucune?|rien|guere)\b"
    r"|\b(?:aucune?|nulle?|jamais|ni)\b.{0,60}?\b(?:ne |n')"
    r"|\b(?:did not|was not|were not|has not|have not|had not|is not|are not|never|no longer|cannot|neither)\b|n't\b"
    r"|\bno (?:\w+ ){1,3}(?:was|were|has|have|had|took|is|are)\b"
)
_NOT_EVEN: Final = re.compile(r"\b(?:ne|n')\s?(?:\S+ )?\S+ (?:pas|plus) (?:seulement|que|moins|encore fini)\b")
_REFUSED: Final = re.compile(
    r"\b(?:dement(?:i\w*|ent)?|nie(?:nt)?\b|a nie|ont nie|annulee?s?|annule\b|reportee?s? sine die|n'a jamais eu lieu|"
    r"(?:ete|est|sont) (?:\w+ )?(?:repousse|ajourne|reporte|differe)e?s?|(?:was|were|been) (?:\w+ )?(?:postponed|"
    r"put off|put back|"
    r"delayed)|den(?:y|ies|ied)|cancel\w*|called off|scrapped)\b"
)
_SINCE: Final = re.compile(r"\b(?:depuis|since)\b[^;:.]{0,70}$")  # "depuis le sommet de Tarvel, en septembre 2021"


# Right before a date: what was to be then. "Le procès, fixé au 3 juin, puis à janvier, s'est tenu en novembre."
_FIXED: Final = re.compile(
    r"(?:fixe|annonce|programme|prevu|attendu|promis|espere|repousse|reporte|ajourne)e?s? (?:d'abord |initialement |"
    r"une (?:premiere|deuxieme|seconde|nouvelle) fois )?(?:pour|"
    r"au|a|le|en|du)(?: le| la)? $|"
    r"(?:scheduled|planned|slated|pencilled in|expected|promised|hoped|postponed|put back) (?:for|on|in|to|"
    r"until)(?: the)? $"
)
_BEGUN: Final = re.compile(
    r"(?:bloque|ferme|suspendu|rompu|interrompu|gele|coupe|occupe|paralyse)e?s?(?: \w+){0,4} depuis\b|en greve "
    r"depuis\b|"
    r"\b(?:a l'arret|hors service|hors d'usage|en panne|en vigueur|chose faite|c'est fait)(?: \w+){0,4} depuis\b|"
    r"\b(?:closed|shut|blocked|suspended|frozen|occupied|on strike|cut off|stopped|offline|out of service|in force)"
    r"(?: \w+){0,4} since\b"
)


def begun_since(sentence: str, mention: DateMention) -> bool:
    """Whether a state has lasted since a date, on which it was brought about: "bloqué depuis lundi"."""
    before = fold(sentence[max(0, mention.start - 50) : mention.end])
    return mention.modifier == "since" and bool(_BEGUN.search(before))


def clause_around(sentence: str, start: int, end: int) -> Span:
    """The clause of a sentence that holds a stretch, by its punctuation and conjunctions; of a date at the very
    beginning, the one that follows it."""
    left, right = 0, len(sentence)
    for match in _BREAK.finditer(sentence):
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = match.start()
            break
    return Span(left, right)


def status_of(sentence: str, mention: DateMention | None, written: date | None) -> Status:
    """The status of what a sentence tells at a date, or as a whole when there is none.

    `written` is the last day on which it may have been written: what is dated after it is planned, whatever the tense.
    "Ils ne se sont pas parlé depuis juillet 2025" tells of something that happened in July 2025.
    """
    at = (mention.start, mention.end) if mention else (0, 1)  # without a date, the main clause
    clause = clause_around(sentence, *at)
    told = fold(sentence[clause.start : clause.end])
    negated = bool(_NEGATED.search(told)) and not _NOT_EVEN.search(told)
    if mention is not None and none_since(sentence, mention):
        return "happened"
    if negated or _REFUSED.search(told):
        return "denied"
    if mention is not None and _FIXED.search(fold(sentence[max(0, mention.start - 40) : mention.start]) + " "):
        return "planned"
    if mention is not None and mention.first is not None and written is not None and mention.first > written:
        return "planned"
    # A future beside a day that is over tells history: "Le 17 mai 2019 restera celui de la montée."
    over = mention is not None and mention.last is not None and written is not None and mention.last < written
    written_so = sentence[clause.start : clause.end]
    spelt = _PERFECT.sub(" ", written_so.lower())
    told = _PERFECT.sub(" ", told)
    if _CONDITIONAL.search(_IMPERFECT.sub(" ", spelt)):
        return "conditional"
    verbs = _PERFECT.sub(" ", _CAPITALISED.sub(" ", written_so).lower())
    if _PLANNED.search(told) or (not over and _FUTURE.search(_NO_FUTURE.sub(" ", verbs))):
        return "planned"
    return "happened"


def none_since(sentence: str, mention: DateMention) -> bool:
    """Whether a sentence says that something has not been since a date, and so was at that date."""
    clause = clause_around(sentence, mention.start, mention.end)
    told = fold(sentence[clause.start : clause.end])
    since = mention.modifier == "since" or _SINCE.search(fold(sentence[: mention.start]) + " ")
    return bool(since) and bool(_NEGATED.search(told)) and not _NOT_EVEN.search(told)


_LEADS: Final = re.compile(r"(?P<lead>Après|Avant|Depuis|Dès|After|Before|Since)\s", re.IGNORECASE)
_BOUNDS: Final = {"apres": "after", "after": "after", "avant": "before", "before": "before", "depuis": "since"}


# "Le premier glissement depuis la construction de la route, le 14 mai, ...": the day is that of the first.
_FIRST_SINCE: Final = re.compile(
    r"^\W*(?:c'(?:est|etait) )?(?:le|la|ce|cette|the|this) (?:premi(?:er|ere)|first|derni(?:er|ere)|last) (?:\w+ ){1,3}"
    r"(?:depuis|since) (?!cel(?:le|ui)\b|that\b|the one\b)[^,;:]{0,70}, (?:le |on )$"
)


def around(sentence: str, mention: DateMention) -> str | None:
    """The modifier that an opening phrase gives to a date within it: "Après l'offensive lancée en février 2022, ..."
    tells of what came after."""
    before = fold(sentence[: mention.start]) + " "
    bound = re.search(
        r"\w \w.*(?<!\w)(?:depuis|since) (?!then\b|lors\b)[^,;:]{0,70}(?:, (?:en |le |in |on )?)?$", before
    )
    if bound and not _FIRST_SINCE.search(before):
        return "since"
    lead = _LEADS.match(sentence)
    if lead is None or "," in sentence[: mention.start] or "," not in sentence[mention.end :]:
        return None
    return _BOUNDS.get(fold(lead["lead"]), "since")


# What a sentence without a date must hold to tell of something that happened: a past tense, or a verb of the press's
# present. States ("est", "compte") and habits tell of nothing.
_TELLS: Final = re.compile(
    r"(?<!\w)(?:a|ont|s['’]est|se sont|avait|avaient|est|sont|était|étaient|fut|furent)(?: pas| plus)?"
    r"(?: \w+ment| déjà| aussi| enfin| ensuite| également| de nouveau)?(?: été)?"
    r" (?!plus\b|aussi\b|ici\b|ainsi\b|qui\b|si\b|lui\b|aujourd)"
    r"(?:\w+(?:ée?s?|ie?s?|ue?s?|orte?s?|erte?s?|ise?s?|ite?s?|inte?s?)|faite?s?|dite?s?|eue?s?)(?!\w)"
    r"|(?<!\w)\w{2,}(?:èrent|irent|urent)(?!\w)"
    r"|(?<!\w)(?:appelle|rencontre|annonce|inaugure|signe|reçoit|ouvre|ferme|remporte|quitte|visite|nomme|élit|bat|"
    r"démissionne|publie|vote|adopte|rejette|lance)(?:nt)?(?!\w)"
    r"|\b(?:has|have|had|was|were) (?:\w+ly |been |also )*\w+(?:ed|en|ne|wn|de|ld|nt|pt|ft|ught|et|ut|ung|un|ad)\b"
    r"|\b\w{3,}ed\b|\b(?:met|won|lost|held|told|spoke|said|gave|took|made|went|came|left|began|rose|fell|sold|"
    r"bought|built|broke|cut|hit|beat|calls|meets|wins|opens|closes|visits|signs)\b"
)


def tells_something(sentence: str) -> bool:
    """Whether a sentence tells of something that happened, rather than how things stand."""
    return _TELLS.search(sentence.lower()) is not None
