"""Predicates that come in opposite pairs, in French and English: held and cancelled, open and shut, rising and falling.

Finds them in a folded sentence and says which of the two is asserted there once negation and refusal are counted. It
knows nothing of questions, candidates or retrieval.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Pole:
    """One side of a pair as a sentence asserts it. `start` and `end` are offsets into the folded sentence."""

    sense: str
    sign: int  # 1 or -1, negation and refusal counted
    start: int
    end: int
    compares: bool  # it sets its subject against another ("cheaper")


# For each sense: does it compare, its side of sign 1, its side of sign -1.
_SENSES: Final[dict[str, tuple[bool, str, str]]] = {
    "held": (
        False,
        r"(?:a|ont|aura|auront|avoir|avait|avaient|aurait)(?: \w+){0,2} lieu|mainten(?:u|ue|us|ues|ir)|"
        r"se tien\w+|s(?:e |')(?:est|sont|etait|etaient)(?: \w+)? tenue?s?|y (?:aura|a eu|avait)(?:(?: \w+)? pas)?|"
        r"t(?:ake|akes|ook|aken) place|(?:go|goes|going|went|gone) ahead|(?:was|were|be|been|being) held",
        r"annul(?:e|ee|es|ees|er|era|ation|ations)|cancel\w*|call(?:ed)? off|scrapp\w+",
    ),
    "open": (
        False,
        r"(?:re-?|r)?ouv(?:rir\w*|re|res|rent|ert|erts|erte|ertes|erture\w*)|(?:re-?)?open(?:s|ed|ing)?",
        r"ferm(?:er\w*|e|ee|es|ees|ent|eture\w*)|clos(?:ed|es|ing|ure\w*)|close(?! to)|shut\w*",
    ),
    "rise": (
        False,
        r"augment\w*|hausses?|grimp\w*|progresse\w*|accrue?s?|rose|risen|ris(?:e|es|ing)|increas\w*|grew|grow\w*|"
        r"climb\w*|soar\w*",
        r"baiss\w*|diminu\w*|recul\w*|chut\w*|fell|fall(?:s|ing|en)?|drop\w*|decreas\w*|shr(?:ink|ank|unk)\w*",
    ),
    "affected": (
        False,
        r"touche(?:e|s|es|nt|r|ra|ront)?|concern(?:e|ee|es|ees|ent|era|eront|ed|s)|affect\w*|frapp\w+|hit|hits",
        r"epargn\w*|spared?|unaffected|indemnes?",
    ),
    "free": (
        False,
        r"gratuit\w*|free|(?:stop|stops|stopped|cesse\w*) (?:paying|de payer)|no longer pay",
        r"payant\w*|pay(?:er|ent|ing|s|ez|e|ee)?|paid|charged?",
    ),
    "deliberate": (
        False,
        r"(?<!un )volontaire(?:s|ment)?|expres|deliber(?:e|ee|es|ement|ate|ately)|intention(?:nel\w*|al\w*)|"
        r"criminelle?s?|on purpose|arson|malveillan\w*",
        r"accidente(?:l\w*)|accidental\w*|(?:par|by|un|an) accident|involontaire\w*|unintention\w*",
    ),
    "informed": (
        False,
        r"au courant|avert(?:i|is|ie|ies|ir)|preven(?:u|us|ue|ues|ir)|inform(?:e|ee|es|ees|ed|er)|aware|knew|"
        r"know|known|knows|notified|warned",
        r"a l'insu|ignor(?:e|ait|ent|aient)|unaware|in the dark",
    ),
    "cost": (
        True,
        r"plus (?:cher\w*|couteu\w*|onereu\w*)|(?:cout\w*|costs?) (?:\w+ )?(?:plus|more)|more expensive|dearer|pricier",
        r"moins (?:cher\w*|couteu\w*|onereu\w*)|(?:cout\w*|costs?) (?:\w+ )?(?:moins|less)|less expensive|cheaper|"
        r"meilleur marche",
    ),
    "size": (
        True,
        r"plus (?:grand|haut|long|gros|large|eleve|nombreu)\w*|bigger|larger|higher|longer|taller|greater|"
        r"superieure?s?",
        r"plus (?:petit|court|bas)\w*|moins (?:grand|haut|long|gros|eleve|nombreu)\w*|smaller|lower|shorter|"
        r"inferieure?s?",
    ),
    "won": (
        False,
        r"gagn\w+|remport\w*|vainqueurs?|victoires?|won|wins?|winning",
        r"perd(?:u|ue|us|ent|ait|ra|re)?(?! la vie)|defaites?|lost(?! (?:his|her|their) li)|loses?|beaten",
    ),
    "accepted": (
        False,
        r"accept\w*|approuv\w*|approv\w*|adopt(?:e|ee|es|ees|er|ed|s)|ratifi\w*",
        r"refus\w*|rejet\w*|reject\w*|turned down|retoqu\w*|veto\w*",
    ),
    "guilty": (
        False,
        r"condamn\w*|coupables?|convict\w*|guilty|sentenced",
        r"acquitt\w*|relax(?:e|ee|es|ees)|cleared|innocent\w*|blanchi\w*|non-lieu",
    ),
    "allowed": (
        False,
        r"autoris\w*|permis(?:e|es)?|allow\w*|permitted|authori[sz]\w*|legal\w*",
        r"interdi\w*|ban(?:ned|s)?|forbid\w*|illegal\w*|prohibit\w*",
    ),
    "left": (
        False,
        r"demission\w*|quitt\w*|resign\w*|step(?:s|ped|ping)? down",
        r"rest(?:e|er|era|ent|eront)|stay\w*|remain\w*",
    ),
    "dead": (
        False,
        r"mort(?:e|s|es)?|decede\w*|dead|died|dies?|tue(?:e|s|es)?|killed",
        r"surviv\w*|survec\w*|vivante?s?|alive|saine?s? et sau(?:f|ve)s?",
    ),
    "succeeded": (False, r"reussi\w*|succeed\w*|successful\w*", r"echou\w*|echecs?|fail(?:ed|s|ing|ure)?"),
    "dangerous": (
        False,
        r"dangereu\w*|dangerous\w*|unsafe|nocifs?|nocives?|toxi\w*|harmful",
        r"inoffensi\w*|harmless|safe",
    ),
    "arrested": (
        False,
        r"interpell\w*|arrest\w*|jailed|emprisonn\w*|incarcer\w*|detained",
        r"liber(?:e|ee|es|ees|er|ation)|releas\w*|freed|relach\w*",
    ),
    "late": (False, r"en retard|delay\w*|late|behind schedule", r"a l'heure|on time|on schedule|en avance"),
}
_PATTERNS: Final = {
    name: (compares, re.compile(rf"\b(?:{plus})\b"), re.compile(rf"\b(?:{minus})\b"))
    for name, (compares, plus, minus) in _SENSES.items()
}
_BOUNDARY: Final = re.compile(
    r"[;:!?.]\s|,\s|\b(?:mais|but|tandis que|alors que|while|whereas|although|bien que|meme si|which|who|dont)\b"
)
_NEGATION: Final = re.compile(
    r"\b(?:ne |n')\s?\S.{0,40}?\b(?:pas|plus|jamais|aucun\w*|rien|guere|nul\w*)\b(?! seulement)"
    r"|\b(?:pas|sans|aucune?|ni|non)\b(?! seulement)"
    r"|\b(?:not|never|no longer|cannot|without|neither|nor|no)\b(?! only)|n't\b"
)
_NEAR: Final = 40  # characters between a negation or a refusal and what it denies
_REFUSING: Final = re.compile(
    r"\b(?:refus\w*|renonc\w*|annul\w*|abandonn\w*|ecart(?:e|ee|es|ent|er)|exclu(?:t|e|s)?|rejet\w*|empech\w*|evit\w*|"
    r"rul(?:ed|es) out|reject\w*|cancel\w*|scrapp\w*|fail(?:ed|s)? to|prevent\w*|avoid\w*|gave up)\b"
)
_REFUSED: Final = re.compile(
    r"\b(?:est|sont|etait|a ete|ont ete|is|was|were|been|are)(?: \w+)? (?:ecarte|exclu|rejete|abandonne|annule|"
    r"refuse|ruled out|rejected|abandoned|cancelled|dropped|scrapped)e?s?\b"
)


def poles(folded: str) -> tuple[Pole, ...]:
    """The opposite predicates that a folded sentence asserts, each sense once for each place."""
    found = []
    for sense, (compares, plus, minus) in _PATTERNS.items():
        hits = [(m.start(), -m.end(), 1) for m in plus.finditer(folded)]
        hits += [(m.start(), -m.end(), -1) for m in minus.finditer(folded)]
        reached = -1
        for start, back, sign in sorted(hits):
            if start >= reached:
                reached = -back
                found.append(Pole(sense, sign * _turned(folded, start, reached), start, reached, compares))
    return tuple(found)


def refused(folded: str) -> bool:
    """Whether a folded sentence says that something was ruled out, rejected or dropped."""
    return _REFUSED.search(folded) is not None


def _turned(folded: str, start: int, end: int) -> int:
    """-1 when the words at start..end are denied or refused by their clause, 1 when they are not."""
    clause_start = max((m.end() for m in _BOUNDARY.finditer(folded, 0, start)), default=0)
    boundary = _BOUNDARY.search(folded, end)
    clause_end = boundary.start() if boundary else len(folded)
    sign = 1
    for pattern in (_NEGATION, _REFUSING):
        before = [m for m in pattern.finditer(folded, clause_start, clause_end) if m.start() < start]
        if any(start - m.end() < _NEAR and not _within(m, start, end) for m in before):
            sign = -sign
    after = _REFUSED.search(folded, end)
    if after and not _within(after, start, end):
        sign = -sign
    return sign


def _within(match: re.Match[str], start: int, end: int) -> bool:
    """Whether a refusal is the predicate itself; a particle inside it ("aura pas lieu") still denies it."""
    particle = _NEGATION.fullmatch(match.group()) is not None
    return not particle and match.start() < end and match.end() > start
