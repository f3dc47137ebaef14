"""What a question asks for, by its question words: a date, a number, a person, a place, a reason, yes or no, ...

Works on folded French or English text. The question word that comes first decides; it knows nothing of names or dates.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from rag.asked_noun import asks_reason, noun_kind
from rag.text import Span

AnswerKind = Literal[
    "date",
    "duration",
    "number",
    "person",
    "place",
    "entity",  # "which plant", "quel parti": a name of the kind that the focus noun says
    "reason",
    "manner",
    "yesno",
    "list",
    "comparison",
    "statement",
]
Operator = Literal["last", "first"]


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_BE = r"(?:est |etait |sont |etaient |a ete |fut |serait |is |was |are |were )?"
_THE = r"(?:le |la |les |l'|the )?"

# These win wherever they stand.
_COMPARISON: Final = _any(
    r"\b(?:compare[rz]?|comparaison|comparison|difference between|difference entre|differences? entre)\b",
    r"\b(?:qui|lequel|laquelle|which|who|what|quel\w*)\b.*\b(?:plus|moins|more|less|fewer|higher|lower|larger|"
    r"smaller|"
    r"bigger|better|older|younger|longer|shorter|earlier|later|meilleur\w*)\b.*\b(?:ou|or)\b",
)
_YES_NO_OPENING: Final = _any(
    r"^(?:et |mais |and |but |selon [^,]+, |d'apres [^,]+, |according to [^,]+, )?(?:est-ce qu|est-il (?:vrai|"
    r"exact)|y a-t-il|y a t il|n'est-ce pas)",
    r"^(?:and |but |according to [^,]+, )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|"
    r"may|might)(?:n't)? ",
)

# Of these, the match that begins first wins; at the same place, the one listed first.
_BY_QUESTION_WORD: Final[tuple[tuple[AnswerKind, re.Pattern[str]], ...]] = (
    (
        "duration",
        _any(
            r"\b(?:depuis |pendant |durant |pour |en |dans |de |a |au bout de |apres )?combien de (?:temps|"
            r"secondes|minutes|heures|jours|"
            r"semaines|mois|annees)\b",
            r"\bcombien d['e ]+(?:heures|annees)\b",
            rf"\bquelle {_BE}{_THE}duree\b",
            r"\bhow soon\b",
            r"\bhow long\b(?! is the (?:bridge|road|tunnel|river|line))",
            r"\bhow many (?:seconds|minutes|hours|days|weeks|months|years)\b",
            rf"\bwhat {_BE}the (?:duration|length) of the (?:call|talks?|meeting|strike|trial|visit|conversation)\b",
        ),
    ),
    (
        "date",
        _any(
            r"\b(?:depuis |jusqu'a |a partir de |pour |de )?quand\b",
            r"\b(?:a|de|en|pour|depuis|jusqu'a|vers) quel(?:le)?s? (?:date|jour|annee|mois|moment|heure|epoque|"
            r"siecle)\b",
            rf"\bquel(?:le)?s? {_BE}{_THE}(?:date|jour|annee|mois|heure)s?\b",
            r"\b(?:since |until |till |by )?when\b|\bhow far back\b",
            r"^(?:la |the )?date (?:d[eu'] ?|of )",
            rf"\b(?:quelle|what|which) {_BE}{_THE}(?:toute )?(?:premiere|derniere|first|last|latest|most recent) "
            r"(?:fois|time|occasion)\b",
            rf"\b(?:(?:in|on|at|from|since|until|by) )?(?:what|which) {_BE}{_THE}(?:exact |same )?"
            r"(?:dates?|days?|years?|months?|time|century|decade)\b",
        ),
    ),
    (
        "number",
        _any(
            r"\b(?:de |a |en |par |pour )?combien\b",
            r"\bhow (?:many|much|big|tall|high|old|fast|far|often|large|deep|wide|full|heavy)\b(?! back\b)",
            rf"\b(?:a |de |pour )?(?:quel(?:le)?s?|what|which) {_BE}{_THE}(?:\w+ )?(?:nombre|montant|cout|prix|"
            rf"taux|pourcentage|score|"
            r"budget|bilan|chiffre|effectif|superficie|hauteur|longueur|vitesse|part|age|total|number|amount|cost|"
            r"price|"
            r"rate|percentage|percent|share|toll|figure|turnout|height|length|speed|attendance|participation|salaire|"
            r"salary|temperature|distance|population)\b",
        ),
    ),
    (
        "reason",
        _any(
            r"\bpourquoi\b|\bwhy\b|\bhow come\b|\ba cause de quoi\b",
            rf"\b(?:pour )?quelles? {_BE}{_THE}(?:raisons?|causes?|motifs?)\b",
            rf"\b(?:for )?what {_BE}{_THE}(?:reasons?|causes?|motives?)\b",
            r"\bwhat (?:caused|led to|prompted)\b|\bqu'est-ce qui (?:a )?(?:cause|provoque|explique)\b",
        ),
    ),
    (
        "list",
        _any(
            r"\b(?:quels|quelles|lesquels|lesquelles)\b",
            r"\b(?:which|what) (?:two|three|four|five|other|are the|were the)\b",
            r"\b(?:which|what) (?:\w+ ){0,2}(?!\w*(?:ss|us|is)\b)\w{3,}s "
            r"(?:are|were|have|had|did|do|does|will|can|could|would|should|took|want|\w+ed|in|of|that|from)\b",
            r"^(?:list|name|citez?|enumerez?|nommez?|donnez?(?:-moi)? la liste)\b",
            r"\bqui (?:sont|etaient)\b|\bwho (?:are|were) the (?:\w+s\b|(?:\w+ )?(?:two|three|four|five|six|ten)\b)",
        ),
    ),
    (
        "place",
        _any(
            r"(?:^|(?<=[ ,;(]))(?:d'|par |jusqu'|vers )?ou(?= \w|-| ?\?)(?! en (?:est|sont|etait)| bien\b)(?!.* ou )",
            r"\b(?:dans |de |a |vers |en |sur )quel(?:le)? (?:ville|pays|region|lieu|endroit|commune|departement|"
            r"quartier|village|"
            r"stade|salle|rue|ile|continent)\b",
            rf"\bquel(?:le)? {_BE}{_THE}(?:ville|pays|region|lieu|endroit|commune|village|capitale)\b",
            r"\bwhere\b",
            rf"\b(?:(?:in|at|to|from|on) )?(?:what|which) {_BE}{_THE}(?:city|country|town|place|region|village|"
            rf"location|venue|"
            r"stadium|state|street|capital|island|continent)\b",
        ),
    ),
    (
        "person",
        _any(
            r"(?:^|(?<=[,;] ))(?:et |mais )?(?:(?:a|de|par|avec|chez|pour|contre|selon|d'apres|"
            r"sur) )?qui\b(?! (?:sont|etaient)\b)",
            r"\b(?:a|de|par|avec|chez|pour|contre) qui\b|^(?:et |mais )?c'(?:est|etait) qui\b",
            r"\b(?:a|ont|avait|va) \w+ qui\b(?= (?:comme|pour|a|en|dans|lors|apres|au|hier)\b| ?\?| ?$)",
            r"(?:^|(?<=[,;] ))(?:and |but )?(?:(?:to|by|with|from|for|of|against) )?(?:who|whom|whose)\b",
            r"\b(?:to|by|with|from|for|against) (?:who|whom)\b|\b(?:did|does|do|is|was) \w+ \w+ (?:who|whom)\b",
            rf"\bquel(?:le)? {_BE}{_THE}(?:nom d[ue] \w+|ministre|president\w*|joueu\w+|maire|chef\w*|directeur|"
            rf"directrice|juge|"
            r"auteur\w*|homme|femme|personne|candidat\w*|depute\w*|act(?:eur|rice)|chanteu\w+|dirigeant\w*|"
            r"entraineu\w+)\b",
            rf"\b(?:what|which) {_BE}{_THE}(?:name of the )?(?:\w+ )?(?:minister|president|player|mayor|leader|"
            rf"director|judge|author|"
            r"man|woman|person|candidate|actor|actress|singer|coach|scientist|king|queen)\b",
        ),
    ),
    ("manner", _any(r"\bcomment\b(?! (?:s'appel|se nomm))", r"\bhow\b")),
    (
        "entity",
        _any(
            r"\b(?:a |de |en |par |pour |dans |avec |sur )?(?:quel|quelle|lequel|laquelle)\b",
            r"\b(?:(?:in|at|to|from|on|with|by|for) )?which\b",
            rf"\bwhat {_BE}the name of\b|\bcomment (?:s'appel\w+|se nomm\w+)",
            r"\bwhat (?!is\b|was\b|are\b|were\b|did\b|does\b|do\b|has\b|have\b|had\b|will\b|would\b|can\b|could\b|"
            r"should\b|"
            r"happen\w*|kind\b|else\b|about\b)[a-z]+\b",
        ),
    ),
    (
        "statement",
        _any(
            r"(?:^|(?<=[,;] ))(?:et |mais )?(?:de |a )?(?:qu'|que )",
            r"\b(?:de|a|par|sur|en|avec|pour|contre) quoi\b|\bquoi\b|\bwhat\b",
        ),
    ),
)
_YES_NO_INVERSION: Final = _any(
    r"\b\w+-(?:t-)?(?:il|elle|ils|elles|on)\b",
    r"\b(?:a|va|est|ont|sont) t (?:il|elle|ils|elles|on)\b",
    r"\bor not\b|\bou non\b",
)
_OPEN: Final = ("entity", "statement", "manner")  # a noun or a verb of the question may narrow these
_COMPARED: Final = _any(r"\b(?:plus|moins|aussi) [\w -]+ qu['e]", r"\b(?:more|less|fewer|\w+er) (?:[\w -]+ )?than\b")

_OPINION: Final = _any(
    r"\b(?:lecteurs?|lectrices?|commentateurs?|commentatrices?|internautes?|commentaires?|readers?|commenters?|"
    r"commentators?|comments|readership|remarques? des|posters?|forum|comments?(?:'s?)? sections?|"
    r"(?:ceux|celles|gens|personnes) qui (?:ont )?comment(?:e|ent)|"
    r"(?:people|those|users) (?:who )?comment(?:ed|ing)?)\b"
)
_LAST: Final = _any(
    r"\b(?:derni(?:er|ere)s?|plus recent\w*|recemment|en dernier)\b", r"\b(?:last|latest|most recent(?:ly)?|lately)\b"
)
# "last" that belongs to a calendar phrase, or is a verb ("did the call last").
_NOT_LAST: Final = _any(
    r"\b(?:ces|les|au cours des|durant les|depuis les) (?:\w+ )?(?:dernier|derniere)s (?:annees|mois|semaines|jours|"
    r"temps|heures|"
    r"decennies)\b|\b(?:the|these|over|in) (?:the )?(?:last|latest) (?:\w+ )?(?:years|months|weeks|days|hours|"
    r"decades)\b",
    r"\b(?:annee|an|mois|semaine|ete|hiver|printemps|automne|\w+di|dimanche|janvier|fevrier|mars|avril|mai|juin|"
    r"juillet|aout|"
    r"septembre|octobre|novembre|decembre) derni(?:er|ere)\b",
    r"\blast (?:year|month|week|night|summer|winter|spring|autumn|fall|\w+day|january|february|march|april|may|"
    r"june|july|"
    r"august|september|october|november|december)\b",
    r"\b(?:how long (?:did|does|will|do)|did|does|do|will|to)\b(?: [\w'-]+){1,8} last(?= ?\?|$| for\b)",
)
_FIRST: Final = _any(
    r"\bpremi(?:er|ere)s? (?!(?:secondes|minutes|heures|jours|semaines|mois|annees)\b|"
    r"ministre|guerre|league|division|degre|tour\b|secretaire|mandat|ligue|dame|trimestre)\w+",
    r"\bfirst (?!(?:\w+ )?(?:seconds|minutes|hours|days|weeks|months|years)\b|"
    r"minister|lady|world|round|half|league|division|aid|term|quarter|name|secretary|nations?)\w+",
    r"\ben premier\b|\bfirst ?\??$",
    r"\b(?:vols?|voyages?|match|courses?|tirs?|discours|trajet) inaugura(?:l|ux)\b|\bseance inaugurale\b|"
    r"\b(?:maiden|inaugural) (?!address)\w+",
)


# "When the euro nearly hit parity, how much had it lost?": no question of when.
_WHILE: Final = re.compile(
    r"^(?:when|quand|lorsqu['e]|lors d\w*|after|apres|before|avant|at the time)(?! (?:did|do|does|is|was|are|"
    r"were|has|had|have|"
    r"will|would|can|could|est-ce)\b)(?:(?!-t-|-il\b|-elle\b|-ils\b|-on\b)[^,?])*, (?=(?:\w+ )?(?:how|what|who|"
    r"whom|when|where|"
    r"which|why|combien|qui|que|qu'|quel\w*|ou|quand|pourquoi|comment)\b)"
)


def kind_of(folded: str) -> AnswerKind:
    """The kind of answer that a folded question asks for."""
    folded = _WHILE.sub("", folded)
    if _COMPARISON.search(folded):
        return "comparison"
    if _YES_NO_OPENING.search(folded):
        return "yesno"
    starts = [(m.start(), n, kind) for n, (kind, p) in enumerate(_BY_QUESTION_WORD) if (m := p.search(folded))]
    asks_what = any(kind != "statement" or start == 0 for start, _, kind in starts)
    if _YES_NO_INVERSION.search(folded) and not asks_what:
        return "yesno"
    kind = min(starts)[2] if starts else "statement"
    if kind in _OPEN and asks_reason(folded):
        return "reason"
    return (noun_kind(folded) or kind) if kind in ("entity", "statement") else kind


def operator_of(folded: str) -> Operator | None:
    """ "last" or "first" when the question asks for the latest or the earliest of several events."""
    if _LAST.search(_NOT_LAST.sub(" ", folded)):
        return "last"
    return "first" if _FIRST.search(folded) else None


def operator_spans(folded: str, operator: Operator) -> list[Span]:
    """Where a folded text says "last" or "first"."""
    told = _NOT_LAST.sub(lambda m: " " * len(m[0]), folded) if operator == "last" else folded
    return [Span(*m.span()) for m in {"last": _LAST, "first": _FIRST}[operator].finditer(told)]


def asks_opinion(folded: str) -> bool:
    """Whether readers or their comments are asked about."""
    return bool(_OPINION.search(folded))


def compares(folded: str) -> bool:
    """Whether two things are set against each other ("plus cher que", "older than")."""
    return bool(_COMPARED.search(folded))
