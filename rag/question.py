"""A question understood: its language, what it asks for, the names and words it turns on, and its time.

Pure text work on French and English questions. It knows nothing of the archive: whether a name occurs there, and in
which spelling, is `rag.matching`'s business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from rag.dates import find_dates
from rag.errors import UsageError
from rag.text import STOPWORDS, detect_language, fold, normalise, words
from rag.types import Language

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

MAX_QUESTION: Final = 2_000  # characters; longer input is a pasted text, not a question


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what it asks for."""

    text: str
    language: Language
    kind: AnswerKind
    opinion: bool  # readers' opinion is asked for
    names: tuple[str, ...]  # capitalised names as written, longest runs: "Xi Jinping"
    keywords: tuple[str, ...]  # folded content words, names' words included, question words not
    focus: tuple[str, ...]  # folded words of the noun asked for: "which nuclear plant" -> ("nuclear", "plant")
    operator: Operator | None = None
    first: date | None = None  # closed window of event time named in the question
    last: date | None = None
    window_text: str = ""


def _p(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_APO = r"['’ ]"
# Order matters: the first pattern that matches the folded question decides.
_KINDS: Final[tuple[tuple[AnswerKind, re.Pattern[str]], ...]] = (
    (
        "comparison",
        _p(
            r"\b(?:compare[rz]?|comparaison|comparison|compared to|difference between|difference entre)\b",
            r"\b(?:qui|lequel|laquelle|which|who|what|quel\w*)\b.*\b(?:plus|moins|more|less|fewer|higher|lower|larger|"
            r"smaller|bigger|better|older|longer|earlier|later|meilleur\w*)\b.*\b(?:ou|or)\b",
            r"\b(?:plus|moins) [\w -]+ (?:a|en|au|aux|pour|chez|dans) [\w' -]+ (?:qu['e]|ou) ",
            r"\bmore [\w -]+ (?:in|at|for) [\w' -]+ than\b",
        ),
    ),
    (
        "duration",
        _p(
            r"\b(?:depuis |pendant |durant )?combien de (?:temps|secondes|minutes|heures|jours|semaines|mois|annees)\b",
            r"\bcombien d['e ]+(?:heures|annees)\b",
            r"\bquelle (?:est |etait |a ete |fut )?(?:la )?duree\b",
            r"\bhow long\b(?! is the (?:bridge|road|tunnel|river|line))",
            r"\bhow many (?:seconds|minutes|hours|days|weeks|months|years)\b",
            r"\bwhat (?:is|was) the (?:duration|length) of the (?:call|talk|meeting|strike|trial|visit)\b",
        ),
    ),
    (
        "number",
        _p(
            r"\bcombien\b",
            r"\bhow (?:many|much|big|tall|high|old|fast|far|often|large|deep|wide)\b",
            r"\b(?:quel(?:le)?s?|what|which) (?:est |etait |sont |a ete |fut |is |was |are |were )?(?:le |la |les |l'|the )?"
            r"(?:\w+ )?(?:nombre|montant|cout|prix|taux|pourcentage|score|budget|bilan|chiffre|effectif|superficie|"
            r"hauteur|longueur|vitesse|part|age|total|number|amount|cost|price|rate|percentage|share|toll|figure|"
            r"turnout|height|length|speed|attendance|participation|salaire|salary|temperature|distance|population)\b",
            r"\bde combien\b|\ba combien\b",
        ),
    ),
    (
        "date",
        _p(
            r"\b(?:depuis |jusqu'a |a partir de )?quand\b",
            r"\b(?:a|de|en|pour|depuis|jusqu'a|vers|quelle est la|quelle etait la) quel(?:le)?s? (?:date|jour|annee|mois|moment|heure|"
            r"epoque|siecle)\b",
            r"\bquel(?:le)?s? (?:est |etait |sont |fut )?(?:la |le |les |l')?(?:date|jour|annee|mois|heure)s?\b",
            r"\b(?:since |until |till )?when\b",
            r"\b(?:what|which) (?:exact )?(?:date|day|year|month|time|century)\b",
            r"\bwhat (?:is|was) the (?:exact )?(?:date|day|year)\b",
            r"\b(?:remonte|date) (?:a quand|de quand)\b",
        ),
    ),
    (
        "reason",
        _p(
            r"\bpourquoi\b|\bwhy\b|\bhow come\b",
            r"\b(?:pour|quelles? (?:est|sont|etait|etaient)?) ?(?:la |les )?quelles? raisons?\b",
            r"\bquelles? (?:est |sont |etait |etaient )?(?:la |les )?(?:raisons?|causes?|motifs?)\b",
            r"\bwhat (?:is|was|were|are) the (?:reasons?|causes?|motives?)\b",
            r"\bwhat caused\b|\bfor what reason\b|\ba cause de quoi\b",
        ),
    ),
    (
        "list",
        _p(
            r"\b(?:quels|quelles|lesquels|lesquelles)\b",
            r"\b(?:which|what) (?:two |three |four |five |other )?(?!is\b|was\b|has\b|does\b)(?:\w+ )?(?:countries|cities|\w{3,}(?:[^s\W]s|ies))\b",
            r"^(?:list|name|citez?|enumerez?|nommez?|donnez?(?:-moi)? la liste)\b",
            r"\bqui (?:sont|etaient)\b|\bwho (?:are|were) the\b",
        ),
    ),
    (
        "place",
        _p(
            r"(?:^|[ ,;(])(?:d'|par |jusqu'|vers )?ou(?: |$|-|\?)(?=.*(?:\?|$))",
            r"\b(?:dans|de|a|vers|en) quel(?:le)? (?:ville|pays|region|lieu|endroit|commune|departement|quartier|village|stade|salle|rue)\b",
            r"\bquel(?:le)? (?:est |etait )?(?:la |le |l')?(?:ville|pays|region|lieu|endroit|commune|village|capitale)\b",
            r"\bwhere\b",
            r"\b(?:in |at |to |from )?(?:what|which) (?:city|country|town|place|region|village|location|venue|stadium|state|street|capital)\b",
        ),
    ),
    (
        "person",
        _p(
            r"(?:^|[ ,;(])(?:a |de |par |avec |chez |pour |contre |d')?qui(?: |$|-|\?)",
            r"\b(?:who|whom|whose|who's)\b",
            r"\bquel(?:le)? (?:est le nom|ministre|president\w*|joueu\w+|maire|chef\w*|directeur|directrice|juge|auteur\w*|"
            r"homme|femme|personne|candidat\w*|depute\w*|acteur|actrice|chanteu\w+|dirigeant\w*|entraineu\w+)\b",
            r"\b(?:what|which) (?:minister|president|player|mayor|leader|director|judge|author|man|woman|person|candidate|"
            r"actor|actress|singer|coach)\b",
            r"\bwhat (?:is|was) the name of the (?:minister|president|player|mayor|leader|director|judge|author|man|woman|"
            r"person|candidate|coach)\b",
        ),
    ),
    ("manner", _p(r"(?:^|[ ,])comment\b(?! (?:s'appelle|se nomme))", r"(?:^|[ ,])how\b")),
    (
        "entity",
        _p(
            r"\b(?:quel|quelle|lequel|laquelle|which)\b",
            r"\bwhat (?:is|was) the name of\b",
            r"\bcomment (?:s'appel\w+|se nomm\w+)\b",
            r"^(?:[a-z]+ )?what (?!is\b|was\b|are\b|were\b|did\b|does\b|do\b|has\b|have\b|had\b|will\b|would\b|can\b|could\b|"
            r"happen\w*|kind\b)[a-z]+\b",
        ),
    ),
    ("statement", _p(r"\b(?:qu'(?!il\b|elle\b|on\b)|que |quoi|what)")),
    (
        "yesno",
        _p(
            r"^(?:est-ce que?|est-ce qu'|est-il|y a-t-il|n'est-ce pas)\b",
            r"\b\w+-(?:t-)?(?:il|elle|ils|elles|on|ce)\b",
            r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)(?:n't)? ",
            r"^(?:and |but )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)(?:n't)? (?:the|a|there|he|she|it|they)\b",
            r"\bor not\b|\bou non\b",
        ),
    ),
)

_OPINION: Final = _p(
    r"\b(?:lecteurs?|lectrices?|commentateurs?|commentatrices?|internautes?|commentaires?|readers?|commenters?|"
    r"commentators?|comments?|readership|remarques? des|posters?|forum)\b"
)
_LAST: Final = _p(
    r"\b(?:derni(?:er|ere)s?|plus recent\w*|recemment|en dernier)\b", r"\b(?:last|latest|most recent(?:ly)?|lately)\b"
)
_FIRST: Final = _p(
    r"\b(?:premi(?:er|ere) (?!ministre|guerre|league|division|degre|tour\b|secretaire|mandat)\w*|pour la premiere fois)",
    r"\bfirst (?!minister|lady|world|round|half|league|division|aid|term)\w*",
    r"\bfirst$",
)
_LAST_NOT: Final = _p(
    r"\b(?:annee|an|mois|semaine) derni(?:er|ere)\b",
    r"\blast (?:year|month|week|night|summer|winter|spring|autumn|fall)\b",
)

# Words of the question's frame: they say what is asked for and need not occur in the answer.
_FRAME: Final = frozenset(
    """
    quand combien pourquoi comment ou qui quoi que quel quelle quels quelles lequel laquelle lesquels lesquelles
    when where why how who whom whose what which many much long often
    date jour annee heure moment day year time fois temps durer dure duree last latest recent first recently
    dernier derniere derniers dernieres premier premiere premieres premiers
    est-ce t-il t-elle il elle ils elles on ce name nom named called appelle nomme
    raison raisons reason reasons cause nombre number
    dire dit disent said say says tell told think thinks thought pensent pense penser donnez donner citez list
    article articles archive according lieu place eu happen happened happens passe take took taken get got
    lecteurs lecteur lectrices readers reader commentaires commentaire comments commenters internautes avis opinion
    opinions
    """.split()
)
_FOCUS: Final = re.compile(
    r"\b(?:quel(?:le)?s?|which|what|combien d[e']|how many|how much|nom d[eu]s?|name of the)\s+"
    r"(?:(?:est|sont|etait|etaient|a ete|fut|is|was|are|were)\s+)?(?:(?:le|la|les|the|l')\s*)?(?P<focus>[\w'-]+(?:\s+[\w'-]+){0,3})"
)
_NAME_PARTICLES: Final = frozenset(
    "de du des d la le les van von der den bin ben al el of the and et y da di dos".split()
)


def understand(text: str, *, now: date | None = None) -> Question:
    """The question as asked for; "last week" counts from `now`.

    Raises `UsageError` when it is empty or longer than MAX_QUESTION characters.
    """
    text = " ".join(normalise(text).split())
    if not text or not any(character.isalnum() for character in text):
        raise UsageError("the question is empty: type a question in French or English")
    if len(text) > MAX_QUESTION:
        raise UsageError(f"the question has {len(text)} characters; ask in at most {MAX_QUESTION}")
    language = detect_language(text)
    folded = _elide(fold(text))
    kind = _kind(folded)
    names = _names(text)
    mentions = [m for m in find_dates(text, anchor=now, language=language) if m.first and m.last]
    dated = {fold(w.text) for m in mentions for w in words(m.text)}
    stop = STOPWORDS["fr"] | STOPWORDS["en"]
    keywords = tuple(
        dict.fromkeys(
            folded_word
            for word in words(text)
            for folded_word in _parts(fold(word.text))
            if len(folded_word) > 1
            and folded_word not in stop
            and folded_word not in _FRAME
            and folded_word not in dated
        )
    )
    return Question(
        text=text,
        language=language,
        kind=kind,
        opinion=bool(_OPINION.search(folded)),
        names=names,
        keywords=keywords,
        focus=_focus(folded, kind),
        operator=_operator(folded),
        first=min((m.first for m in mentions if m.first), default=None),
        last=max((m.last for m in mentions if m.last), default=None),
        window_text=mentions[0].text if mentions else "",
    )


def _elide(folded: str) -> str:
    return folded.replace("qu' ", "qu'").replace("est ce que", "est-ce que").replace("est ce qu'", "est-ce qu'")


def _parts(word: str) -> tuple[str, ...]:
    """A hyphenated inversion ("parle-t-il", "a-t-elle") gives its verb; other compounds stay whole."""
    match = re.fullmatch(r"(.+?)(?:-t)?-(?:il|elle|ils|elles|on|ce|je|tu|nous|vous)", word)
    return (match.group(1),) if match else (word,)


def _kind(folded: str) -> AnswerKind:
    for kind, pattern in _KINDS:
        if pattern.search(folded):
            return kind
    return "statement"


def _operator(folded: str) -> Operator | None:
    if _LAST.search(_LAST_NOT.sub(" ", folded)):
        return "last"
    return "first" if _FIRST.search(folded) else None


def _focus(folded: str, kind: AnswerKind) -> tuple[str, ...]:
    if kind not in ("entity", "number", "list", "person", "place", "comparison"):
        return ()
    match = _FOCUS.search(folded)
    if not match:
        return ()
    found: list[str] = []
    for word in re.split(r"[\s']+", match["focus"]):
        bare = word.strip("-")
        if bare in STOPWORDS["fr"] | STOPWORDS["en"] and found:
            break
        if bare and bare not in _FRAME and bare not in STOPWORDS["fr"] | STOPWORDS["en"]:
            found.append(bare)
        if len(found) == 2:
            break
    return tuple(found)


def _names(text: str) -> tuple[str, ...]:
    """Runs of capitalised words, joined over particles ("Ursula von der Leyen"); a sentence's first word counts only
    when it is no frame word and no stop word."""
    found: list[list[str]] = []
    previous_end, run_open = -1, False
    pending: list[str] = []
    for index, word in enumerate(words(text)):
        between = text[previous_end : word.start] if previous_end >= 0 else ""
        adjacent = previous_end >= 0 and between.strip("'’-. ") == ""
        folded = fold(word.text)
        capital = word.text[0].isupper()
        if capital and (index == 0 or between.rstrip().endswith((".", "?", "!"))):
            stems = {folded, *folded.split("-")}
            capital = not stems & (STOPWORDS["fr"] | STOPWORDS["en"] | _FRAME)
            capital = capital and (word.text.isupper() or not _KIND_OPENERS.match(folded))
        if capital:
            if run_open and adjacent:
                found[-1].extend([*pending, word.text])
            else:
                found.append([word.text])
            run_open, pending = True, []
        elif run_open and adjacent and folded in _NAME_PARTICLES and len(pending) < 2:
            pending.append(word.text)
        else:
            run_open, pending = False, []
        previous_end = word.end
    return tuple(dict.fromkeys(" ".join(run) for run in found if len("".join(run)) > 1))


_KIND_OPENERS: Final = re.compile(
    r"(?:citez?|list|name|compare[rz]?|donnez?|according|selon|est-ce|tell|give|explain|expliquez?)\b"
)
