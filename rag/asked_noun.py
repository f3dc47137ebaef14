"""The noun that a question asks for ("which Nigerian city", "quelle psychologue"), and what kind of answer it wants.

`rag.kinds` reads the question word; where that leaves the kind open ("which", "quel", "what was the ... bill"), the
noun behind it says whether a person, a place, a number or a reason is meant. Works on folded French or English text.
"""

from __future__ import annotations

import re
from typing import Final, Literal

NounKind = Literal["person", "place", "number", "duration", "date", "reason"]


def _nouns(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOUNS: Final[dict[NounKind, frozenset[str]]] = {
    "person": _nouns(
        """
        person man woman boy girl player footballer striker goalkeeper defender midfielder athlete boxer runner swimmer
        coach trainer captain referee manager executive boss chairman chairwoman chief head founder owner director
        official minister president mayor senator governor deputy lawmaker politician leader candidate ambassador
        diplomat general colonel officer soldier policeman lawyer judge prosecutor doctor physician nurse surgeon
        scientist researcher professor teacher student historian economist psychologist biologist sociologist
        geologist virologist epidemiologist astronaut engineer expert analyst journalist reporter writer author novelist
        poet singer rapper musician actor actress filmmaker comedian painter artist designer model king queen prince
        princess pope bishop priest pastor imam preacher activist rebel warlord billionaire businessman businesswoman
        entrepreneur farmer fisherman pilot driver witness victim survivor suspect hacker dealer winner champion
        successor predecessor wife husband son daughter brother sister father mother spokesman spokeswoman spokesperson
        personne homme femme garcon fille joueur joueuse footballeur footballeuse attaquant gardien defenseur athlete
        boxeur coureur nageuse nageur entraineur entraineuse selectionneur capitaine arbitre dirigeant dirigeante
        patron patronne chef cheffe fondateur fondatrice cofondateur cofondatrice proprietaire directeur directrice
        responsable ministre presidente maire senateur senatrice gouverneur depute deputee elu elue candidate
        ambassadeur ambassadrice diplomate colonel officier soldat policier avocat avocate juge procureur
        procureure medecin docteur chirurgien infirmier infirmiere scientifique chercheur chercheuse professeur
        professeure enseignant enseignante etudiant etudiante historien historienne economiste psychologue biologiste
        sociologue geologue virologue epidemiologiste astronaute ingenieur ingenieure specialiste analyste
        journaliste ecrivain ecrivaine auteur autrice romancier romanciere poete chanteur chanteuse rappeur musicien
        musicienne acteur actrice comedien comedienne cineaste realisateur realisatrice humoriste peintre artiste
        mannequin roi reine princesse pape eveque pretre pasteur predicateur militant militante milliardaire
        homme-d'affaires entrepreneur agriculteur pecheur pilote conducteur temoin victime suspect vainqueur
        championne laureat laureate successeur predecesseur epouse epoux mari fils soeur frere pere mere porte-parole
        ex-joueur
        """
    ),
    "place": _nouns(
        """
        city town village country region province county state district neighbourhood neighborhood suburb capital
        island continent port airport station stadium venue hall street square park beach mountain river lake sea
        valley forest desert hospital prison school university church mosque hotel location place
        ville village pays region province comte etat departement commune quartier banlieue capitale ile continent
        aeroport gare stade salle rue place parc plage montagne fleuve riviere lac mer vallee foret hopital
        ecole universite eglise mosquee hotel lieu endroit bourg bourgade localite
        """
    ),
    "number": _nouns(
        """
        number amount sum cost price bill fee fine toll tally total rate percentage percent proportion share score
        figure turnout height length width depth speed distance temperature population salary wage budget deficit debt
        loan profit loss age size area surface capacity weight
        nombre montant somme cout prix facture amende bilan total taux pourcentage proportion part score chiffre
        participation hauteur longueur largeur profondeur vitesse distance temperature population salaire budget deficit
        dette pret benefice perte age taille superficie surface capacite poids effectif tarif
        """
    ),
    "duration": _nouns("duration duree"),
    "date": _nouns("date day year month century decade jour annee mois siecle decennie"),
    "reason": _nouns("reason reasons motive motives cause causes grounds raison raisons motif motifs  pretexte"),
}
_OF: Final[dict[str, NounKind]] = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns}

_WHICH: Final = re.compile(
    r"\b(?:quel(?:le)?|which|what)\b(?! (?:est|etait|sont|fut|is|was|are|were|did|do|does|if)\b)"
)
_WHAT_IS: Final = re.compile(
    r"\b(?:quel(?:le)?|what|which) (?:est|etait|fut|sera|a ete|is|was|will be|were|are)\b|\bc'(?:est|etait) quoi\b|"
    r"\b(?:le|the) nom (?:du|de la|de l'|de|d'un|d'une)\b|\bthe name of\b|\b(?:s'appel\w+|se nomm\w+)(?= l)|"
    r"^(?:the |la |le |l')?(?=(?:first|last|new|former|current|premiere?|derniere?|nouve\w+|ancien\w*|actuel\w*) \w+)"
)
# Where the words that hang on the noun begin: in English the noun stands last before these, in French first.
_ENDS: Final = re.compile(
    r"[,;:?!.]|\b(?:of|in|on|at|to|from|for|by|with|that|who|whom|which|when|after|before|during|since|"
    r"is|was|are|were|has|have|had|did|does|do|will|would|can|could|should)\b"
)
_WORD: Final = re.compile(r"[\w-]+")
_FRENCH: Final = re.compile(r"\b(?:quel(?:le)?|nom|quoi|la|le|s'appel\w+|se nomm\w+)\b|l'")
MOST_WORDS: Final = 6  # between the question word and its noun

_JUSTIFIES: Final = re.compile(
    r"\bcomment\b.*\b(?:justifi\w+|expliqu\w+|motiv\w+)|\bhow\b.*\b(?:justif\w+|explain\w*|account\w* for)\b|"
    r"\bwhat\b.*\b(?:blame[ds]?|attribute[ds]?)\b|"
    r"\bqu(?:oi|e|')\b.*\b(?:imput\w+|attribu\w+|accus\w+ .*d'etre responsable)|"
    r"\bwhat (?:is|are|was|were|did|does|do|has|have|had)\b.*\bfor ?\??$|\bwhat made\b"
)
_NO_REASON: Final = re.compile(r"\bfor ?\??$")
_LOOKED_FOR: Final = re.compile(
    r"\b(?:look\w*|ask\w*|wait\w*|vot\w+|us\w+|known|famous|stand\w*|call\w*|pay\w*)\b.*\bfor ?\??$"
)


_CLASSES: Final = _NOUNS["place"] | _nouns(
    """
    canal bridge tower dam cup prize award party war treaty act bank festival palace castle museum street square road
    pont tour barrage coupe prix parti guerre traite loi banque palais chateau musee avenue boulevard route club
    """
)


# Who stands so to somebody, in both languages; whoever asks for one of them is told of one, or of nobody.
_RELATIONS: Final = tuple(
    _nouns(line)
    for line in (
        "femme epouse compagne conjointe wife spouse partner mariee mariage epouser epouse married marry widow veuve",
        "mari epoux compagnon conjoint husband spouse partner mariee mariage epouse married marry widower veuf",
        "fils son boy garcon enfant enfants children sons",
        "fille daughter girl enfant enfants children daughters filles",
        "mere maman mother mum mom parents",
        "pere papa father dad parents",
        "frere brother freres brothers",
        "soeur sister soeurs sisters",
        "oncle uncle",
        "tante aunt",
        "neveu nephew",
        "niece",
        "cousin cousine cousins",
        "grand-pere grandfather",
        "grand-mere grandmother",
    )
)
_RELATED: Final = re.compile(
    r"\b(?:la |le |l'|the |sa |son |his |her )?(?P<noun>[\w-]+) (?:de |d'|du |of )|\w's (?P<owned>[\w-]+)\b"
)


def relation_of(folded: str) -> frozenset[str]:
    """The words of which one must tell who it is that a folded question asks for: "the wife of". Empty when it asks for
    nobody's relative."""
    for match in _RELATED.finditer(folded):
        noun = match["noun"] or match["owned"]
        for words in _RELATIONS:
            if noun in words:
                return words
    return frozenset()


def is_class(noun: str) -> bool:
    """Whether a folded noun is the class in a name like "Panama Canal": alone it names nothing."""
    return noun in _CLASSES


def is_person(noun: str) -> bool:
    """Whether a folded noun is one of people: "attaquant", "player"."""
    return _OF.get(noun) == "person"


def noun_kind(folded: str) -> NounKind | None:
    """The kind of answer that the noun behind "which", "quel" or "what is" asks for; None when it says nothing."""
    for pattern in (_WHICH, _WHAT_IS):
        for match in pattern.finditer(folded):
            found = _head(folded[match.end() :], french=bool(_FRENCH.search(match.group())))
            if found:
                return found
    return None


def _head(rest: str, *, french: bool) -> NounKind | None:
    """The kind of the head noun of the phrase that a text begins with."""
    if not french and (end := _ENDS.search(rest)):
        rest = rest[: end.start()]
    if french:
        rest = re.split(r"[,;:?!.]", rest)[0].replace("'", " ")
    known = [_OF[word] for word in _WORD.findall(rest)[:MOST_WORDS] if word in _OF]
    if not known:
        return None
    return known[0] if french else known[-1]


def asks_reason(folded: str) -> bool:
    """Whether a question without "why" asks for a reason: "what was he jailed for", "comment justifie-t-il"."""
    if not _JUSTIFIES.search(folded):
        return False
    return not (_NO_REASON.search(folded) and _LOOKED_FOR.search(folded))
