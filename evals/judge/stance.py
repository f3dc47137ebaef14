"""The checks of stance: denied or not, opposite words, planned or done, and whose word it is.

Works on pairs of clauses that `evals.judge.align` has matched, with word lists of both languages. Knows no values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from evals.judge.align import Match, has_verb
from evals.judge.reading import Passage, flatly
from evals.judge.types import Place, Verdict
from evals.judge.words import alike, content, terms
from rag.text import detect_language

SAME_MATTER: Final = 0.5  # of the claim clause's content words that the passage's clause must hold to be compared

SAME_MATTER_ACROSS: Final = 0.3  # the same for a clause in the other language
WITHIN: Final = 0.9  # of the passage's clause that the claim's must hold to be compared in any case
NEARLY_SAME: Final = 0.7  # the same where only a verb of refusing stands against it: something else may be refused

_PARTICLE: Final = re.compile(
    r"\b(?:ne|n')\s?[\w'-]+(?: [\w'-]+){0,4}? (?:pas|plus|jamais|aucun\w*|rien|personne|guere|nul|nulle|"
    r"ni)\b(?! seulement| que| (?:\w+ )?qu(?:'a |e |e de |'en )\d)"
    r"|\b(?:aucun|aucune|personne|rien|nul|nulle|jamais)\b(?: [\w'-]+){0,5} (?:ne |n')"
    r"|\b(?:not|never|no longer|cannot|neither|nor|nobody|none|nothing)\b(?! only)|n't\b"
    r"|\b(?:no (?:one|plans?|evidence|longer)|no [a-z]+ (?:was|were|has|have|had|is|are|will))\b|\bnon[ -](?!seulement)"
    r"|\b(?:pas|jamais) (?:de|d'|encore|ete)\b"
)
# Verbs and nouns that deny what follows them; one family a line, so that a word and its translation cancel out.
_DENIALS: Final = tuple(
    re.compile(rf"\b(?:{family})")
    for family in (
        r"refus\w*|declin(?:e|ed|ent|er|ait)\b|rejet\w*|reject\w*|turn(?:ed|s)? down|repouss\w*|oppos\w*|veto\w*",
        r"dement\w*|nie\b|nient\b|niee?s?\b|denie[ds]\b|deny\b|denial\b|contest\w*|disput\w*|refut\w*",
        r"annul\w*|cancel\w*|call(?:ed|s)? off|scrap\w*",
        r"interdi\w*|ban\b|bans\b|banned\b|forbid\w*|forbade\b|prohib\w*",
        r"renonc\w*|abandonn\w*|abandon(?:ed|s)?\b|g[ia]ve(?:s|n)? up|drop(?:ped|s)? (?:its|his|her|their|the) plans?",
        r"exclu(?:t|s|e|es|re|ait)?\b|ecart(?:e|ee|er|es)\b|rul(?:es?|ed|ing) out",
        r"echou\w*|fail(?:s|ed|ure)?\b|manqu(?:e|er)\b|unable\b|incapable\b|sans succes",
        r"faux\b|fausse(?:s|ment)?\b|false(?:ly)?\b|untrue\b|infonde\w*|unfounded\b|intox\b|hoax\b|fake\b|canular\b",
        r"sans\b|without\b",
        r"hardly\b|a peine\b|barely\b|impossible\b",
    )
)
# Opposites: a clause that has the left where the other has the right says the contrary. Folded stems.
_OPPOSITES: Final = tuple(
    (re.compile(rf"\b(?:{left})\b"), re.compile(rf"\b(?:{right})\b"))
    for left, right in (
        (r"avant|before|prior to|ahead of", r"apres|after|following"),
        (
            r"augment\w+|hausse|hausses|progress\w+|rise|rises|rising|rose|risen|increas\w+|grew|grow\w*|up|climb\w*|croissance|gain\w*|remont\w+",
            r"baiss\w+|diminu\w+|recul\w*|chut\w+|fall|falls|falling|fell|fallen|decreas\w+|declin\w+|drop\w*|down|shr[aiu]nk\w*|redui\w+|reduc\w+",
        ),
        (
            r"ouv[er]\w+|rouv\w+|open|opens|opened|opening|reopen\w*",
            r"ferm(?:e|ee|er|es|ees|era|eront|ait|eture|etures)|clos(?:e|es|ed|ing|ure)|shut|shuts|shutting",
        ),
        (
            r"gagn\w+|remport\w+|victoire|victorieu\w+|vainqu\w+|won|win|wins|winning|victory|beat|beats|beaten|defeated",
            r"perd\w*|defaite|battu|battue|battus|lost|lose|loses|losing|defeat",
        ),
        (
            r"vot(?:e|ee|es|ees|ed)(?! (?:contre|against|down|no|non)\b)|accept\w*|approuv\w*|approv\w*|"
            r"adopt\w*|valid\w*|autoris\w*|authori[sz]\w*|allow\w*|permi[st]\w*|agreed|accord\w*",
            r"refus\w*|rejet\w*|reject\w*|declin\w*|interdi\w*|forb\w+|prohib\w*|banned|invalid\w*",
        ),
        (r"plus|more|greater|higher|above|over|superieur\w*", r"moins|less|fewer|lower|below|under|inferieur\w*"),
        (
            r"favorable\w*|soutien\w*|souten\w*|in favou?r|support\w*|backs?|backed|backing",
            r"contre|oppos\w*|hostile\w*|against",
        ),
        (r"confirm\w*", r"dement\w*|denied|denies|deny"),
        (r"coupable\w*|guilty|condamn\w*|convict\w*", r"innocent\w*|acquitt\w*|relax\w*|blanchi\w*|cleared"),
        (
            r"arriv\w*|entr(?:e|ee|er|ent|era)|enter\w*|rejoin\w*|join\w*",
            r"quitt\w*|part(?:i|ie|ir|is|ira)|left|leav\w*|depart\w*|sort(?:i|ie|ir)",
        ),
        (
            r"commenc\w*|debut\w*|beg[aiu]n\w*|start\w*|lanc\w*|launch\w*",
            r"termin\w*|fini\w*|achev\w*|end|ends|ended|ending|stop\w*|cess\w*|arret\w*",
        ),
        (r"succes|reuss\w*|succe\w+", r"echec\w*|echou\w*|fail\w*"),
        (r"vrai|vraie|true|authentique|genuine|reel|reelle|real", r"faux|fausse|false|fake|truqu\w*|invente\w*"),
        (r"positi\w+", r"negati\w+"),
        (
            r"surviv\w*|surveq\w*|alive|sains? et saufs?",
            r"mort|morte|morts|mortes|dead|died|tue|tuee|tues|tuees|killed|deced\w*|trouve\w* la mort",
        ),
        (
            r"embauch\w*|recrut\w*|hir(?:e|ed|es|ing)|recruit\w*|cre(?:e|er|era|ation) d'?\w* emplois",
            r"licenci\w*|laid off|lay off|fir(?:ed|ing)|supprim\w*|cuts?|axed",
        ),
        (r"maxim\w+|au plus|at most|up to|jusqu'a", r"minim\w+|au moins|at least"),
        (r"nord|north\w*", r"sud|south\w*"),
        (r"est|east\w*", r"ouest|west\w*"),
        (r"ach[ae]t\w*|buy\w*|bought|acquir\w*|acheter", r"vend\w*|vente|sold|sell\w*|sale"),
        (r"legal\w*|lawful\w*", r"illegal\w*|unlawful\w*"),
        (r"all|every|tous|toutes|chaque|entier\w*|always|toujours", r"none|no|aucun\w*|never|jamais|partie|some"),
        (r"unanim\w*", r"majorite|majority|divis\w*|narrowly"),
        (
            r"male|man|men|homme|hommes|father|pere|fils|frere|brother|mari|husband",
            r"female|woman|women|femme|femmes|mother|mere|fille|soeur|sister|epouse|wife",
        ),
    )
)
_AMBIGUOUS: Final = re.compile(r"\b(?:non plus|plus tard|a plus|plus ou moins|more or less|de plus|plus de|en plus)\b")

_PLANNED: Final = re.compile(
    r"\b(?!opera\b|camera\b|tiara\b|sera\b$)\w{2,}(?:era|eront|ira|iront|dra|dront|vra|vront|rra|rront|aura|auront)\b|\bser(?:a|ont)\b|\baur(?:a|ont)\b"
    r"|\b(?:va|vont) \w+(?:er|ir|re)\b|\bwill\b|\bwon't\b|\b(?:is|are|was|were) (?:expected|due|set|to|"
    r"scheduled|planned|supposed|likely|poised|about)\b"
    r"|\b(?:prevu|prevue|prevus|prevues|prevoit|prevoient|envisag\w+|souhait\w+|projet\w*|propos\w+|"
    r"compt(?:e|ent) \w+r\b|s'appret\w+|promet\w*|promis\w*|menac\w+|esper\w+)\b"
    r"|\b(?:plan|plans|planned|planning|intend\w*|hop(?:e|es|ed|ing) to|propos\w+|consider\w*|promis\w+|"
    r"threaten\w*|could|may|might|would|should|aims?)\b"
    r"|\b(?:pourrai\w+|devrai\w+|voudrai\w+|peut-etre|doi(?:t|vent))\b"
)
_CONDITIONAL: Final = re.compile(
    r"\b(?!parait\b|disparait\b|apparait\b|portrait\b|retrait\b|extrait\b|attrait\b|trait\b|entrait\b|montrait\b|rentrait\b|comparait\b)"
    r"\w{2,}(?:erait|iraient|eraient|irait|drait|draient|vrait|vraient|rrait|rraient)\b|\baurai(?:t|ent)\b|\bserai(?:t|ent)\b"
    r"|\b(?:would|could|might|may have|allegedly|reportedly|apparently|alleged|presum\w+|suspected|"
    r"rumou?r\w*|soi-disant|suppose\w*)\b"
)
_PAST: Final = re.compile(
    r"\b(?:a|ont|est|sont|avait|avaient|etait|etaient|s'est|se sont|n'a|n'ont|l'a|l'ont)(?: ete| \w+ment| "
    r"pas| plus)?(?: \w+){0,1}? \w+(?:e|ee|es|ees|i|is|ie|ies|it|ite|u|us|ue|ues|ert|erte|erts)\b"
    r"|\b(?:was|were|has|have|had)(?: been| \w+ly)?(?: not)? \w+(?:ed|en|wn|ne|ht|id|ut|lt|nt|st|ld|de)\b|"
    r"\b(?!need|speed|indeed)\w{2,}ed\b"
    r"|\b(?:won|lost|began|fell|rose|left|met|sold|bought|said|told|took|gave|went|came|became|broke|cost|cut|shut|spoke|wrote|resigned|died)\b"
)
_PLANNING: Final = re.compile(
    r"\b(?:annonc\w+|announc\w+|promi[st]\w*|prevu\w*|prevoi\w*|plan\w*|envisag\w*|propos\w*|decid\w*|vote\w*|dit|said|says|declar\w*|"
    r"affirm\w*|souhait\w*|want\w*|expected|due|scheduled|called for|demand\w*|ask\w*|agreed|appel\w*|"
    r"menac\w*|threaten\w*)\b"
)
_IF: Final = re.compile(r"\b(?:si|s'il|s'ils|if|unless|a moins que|a condition|provided)\b")


def opposed(matches: Sequence[tuple[Match, ...]]) -> Verdict | None:
    """A clause that the claim affirms and the source denies, or that says the contrary by an opposite word.

    Where several clauses of the source speak of the same, all of them must be against the claim's.
    """
    for group in matches:
        if not (has_verb(group[0].claimed) or _tells(group[0].claimed)):
            continue  # a name or an apposition denies nothing
        within = [match for match in group if match.back >= WITHIN and _tells(match.clause)]
        for compared in ([match for match in group if _comparable(match)], within):
            turned = [_turned(match) for match in compared]
            if turned and all(turned):
                reason = f"the source says the contrary: {turned[0]}"
                return Verdict("contradicted", reason, "negation", (_place(compared[0]),))
    return None


def _tells(clause: str) -> bool:
    """Whether a clause is more than names: it has two content words that are not capitalised."""
    return sum(not clause[one.start].isupper() for one in content(clause)) > 1


def _comparable(match: Match) -> bool:
    """Whether a clause speaks of the claim's matter, as the nearest one or nearly so."""
    across = detect_language(match.claimed) != match.passage.said.language
    return match.nearest and match.share >= (SAME_MATTER_ACROSS if across else SAME_MATTER)


def _turned(match: Match) -> str:
    """By what the clauses are opposed; "" when they are not. Two turns make none: "did not accept", "refused"."""
    mine, its = flatly(match.claimed), flatly(match.clause)
    whole = flatly(match.sentence)
    turns: list[str] = []
    if bool(_PARTICLE.search(mine)) != bool(_PARTICLE.search(its)):
        turns.append("denied on one side")
    here = {at for at, one in enumerate(_DENIALS) if one.search(mine)}
    there = {at for at, one in enumerate(_DENIALS) if one.search(its)}
    turns += ["refused on one side"] * (bool(here) != bool(there))
    if len(turns) == 2:
        return ""
    if not turns or (turns == ["refused on one side"] and match.share < NEARLY_SAME):
        return next((one for pair in _OPPOSITES if (one := _against(pair, mine, its, whole))), "")
    return turns[0]


def _against(pair: tuple[re.Pattern[str], re.Pattern[str]], mine: str, its: str, whole: str) -> str:
    """The opposite words when one side has one of the pair and the other side only the other."""
    mine, its = _AMBIGUOUS.sub(" ", mine), _AMBIGUOUS.sub(" ", its)
    for one, other in (pair, pair[::-1]):
        left, right = one.search(mine), other.search(its)
        if left and right and not other.search(mine) and not one.search(its) and not one.search(whole):
            return f"{left.group()!r} against {right.group()!r}"
    return ""


def foretold(matches: Sequence[tuple[Match, ...]]) -> Verdict | None:
    """A clause told as happened that every clause of the source on it plans, supposes or passes on as hearsay."""
    for group in matches:
        mine = flatly(group[0].claimed)
        if _PLANNED.search(mine) or _CONDITIONAL.search(mine) or _IF.search(mine):
            continue
        if not _PAST.search(mine) or _PLANNING.search(mine):
            continue
        hedges = [_hedge(match) for match in group if _comparable(match)]
        if hedges and all(hedges):
            reason = f"told as happened, while the source has {hedges[0]!r}"
            return Verdict("not found", reason, "modality", (_place(group[0]),))
    return None


def _hedge(match: Match) -> str:
    """The word by which a clause says that something is to come, may be or is said; "" when it tells what happened."""
    its = flatly(match.clause)
    found = _CONDITIONAL.search(its) or (None if _PAST.search(its) else _PLANNED.search(its))
    return found.group().strip() if found else ""


_READER: Final = re.compile(
    r"\b(?:lect(?:eur|rice)s?|internautes?|comment(?:aire|aires|ateur|ateurs|er|ers|s|ator|ators)?|readers?|posters?|users?|"
    r"utilisat\w+)\b"
)
_SAYS: Final = (
    r"(?:dit|disent|disait|declar\w+|affirm\w+|assur\w+|estim\w+|indiqu\w+|expliqu\w+|precis\w+|annonc\w+|soulign\w+|jug\w+|"
    r"reproch\w+|accus\w+|denonc\w+|dement\w+|confi(?:e|ait|ee)\b|racont\w+|repond\w*|repliqu\w+|pretend\w*|soutien\w+|"
    r"reconnai\w+|conced\w+|regrett\w+|craign\w+|croit|pense|rapport\w+|revel\w+|ecri\w+|avance\w*|evoqu\w+|plaid\w+|"
    r"say|says|said|told|tells|claim\w*|state[sd]?|argu\w+|assert\w*|believ\w+|think\w*|thought|warn\w*|insist\w*|"
    r"announc\w+|explain\w+|den(?:y|ied|ies)|accus\w+|admit\w*|acknowledg\w+|report\w*|suggest\w*|estimat\w+|according|wr[io]te\w*|not(?:ed|es)\b|"
    r"add(?:ed|s)\b|complain\w*|alleg\w+|reveal\w*|confirm\w*|call(?:ed|s)\b)"
)
_ATTRIBUTED: Final = re.compile(
    rf"\b(?:selon|d'apres|according to|pour (?=[A-Z])|aux yeux d|per|a en croire|in the words of|de l'avis "
    rf"d)\b|\b{_SAYS}\b"
)
_ACCORDING: Final = re.compile(
    r"\b(?:selon|d'apres|according to|a en croire)\s+(?P<who>[^,.;:«»“”]{2,60})", re.IGNORECASE
)


def not_a_fact(claim: str, matches: Sequence[tuple[Match, ...]], passages: Sequence[Passage]) -> Verdict | None:
    """A reader's remark, or somebody's word in an article, that the claim tells as fact, or gives to somebody else."""
    told = flatly(claim)
    if passages and all(passage.source.kind == "comment" for passage in passages):
        authors = [passage.source.author for passage in passages if passage.source.author]
        if not _READER.search(told) and not any(flatly(author).strip() in told for author in authors):
            return Verdict("not found", "a reader's remark told as fact", "attribution", (passages[0].place(),))
        return None
    if found := _misattributed(claim, passages):
        return found
    if _ATTRIBUTED.search(told) or "«" in claim or "“" in claim or '"' in claim:
        return None
    for group in matches:
        articles = [one for one in group if one.passage.source.kind == "article" and _comparable(one)]
        said = [_said_by(match) for match in articles]
        if said and all(said):
            reason = f"told as fact, while the source gives it as said: {said[0]!r}"
            return Verdict("not found", reason, "attribution", (_place(articles[0]),))
    return None


_ACCORDING_TO: Final = re.compile(r"\b(?:selon|d'apres|according to|a en croire)\b")
_REPORTED: Final = re.compile(
    r"\b(?:selon|d'apres|according to|a en croire)\b"
    r"|\b(?:affirm|assur|estim|pretend|accus|denonc|reproch|soutien|croi|craign|jug)\w* (?:que|qu'|avoir|etre)"
    r"|\b(?:claim(?:s|ed)?|alleg\w+|accus\w+|argu(?:e|es|ed)|believes?|insist(?:s|ed)?)\b"
)


def _said_by(match: Match) -> str:
    """The words by which the passage's sentence gives the clause as somebody's own, not as the paper's."""
    sentence, clause = flatly(match.sentence), flatly(match.clause).strip()
    at = match.sentence.find(match.clause.strip())
    opened = max(match.sentence.rfind(mark, 0, at + 1) for mark in "«“")
    if at >= 0 and opened >= 0 and not any(mark in match.sentence[opened:at] for mark in "»”"):
        return match.sentence[opened : opened + 40]
    if found := _REPORTED.search(clause):
        return found.group().strip()
    part = next((one for one in re.split(r"[;:]", sentence) if clause.strip(" ;:,.") in one), "")
    found = _ACCORDING_TO.search(part)
    return found.group().strip() if found else ""


def _misattributed(claim: str, passages: Sequence[Passage]) -> Verdict | None:
    """ "According to X" where nothing that is cited names X."""
    for found in _ACCORDING.finditer(claim):
        who = content(found["who"])
        if not who:
            continue
        held = frozenset().union(*(terms(passage.near) for passage in passages))
        missing = [term.word for term in who if not any(alike(term.word, one) for one in held)]
        same = any(passage.said.language == detect_language(claim) for passage in passages)
        if len(missing) == len(who) and same:
            return Verdict("not found", f"the source does not have it from {found['who']!r}", "attribution")
    return None


def _place(match: Match) -> Place:
    at = match.passage.text.find(match.clause)
    return match.passage.place(max(at, 0), at + len(match.clause) if at >= 0 else None)
