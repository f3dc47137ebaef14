"""What kind of action words tell of, across French and English: a talk, a meeting, a visit, an election, a closure, ...

Two sentences of one kind may tell of one event though they share no word ("s'est entretenu avec", "phoned"). The table
holds common verbs and nouns of the press by their folded beginnings; what it does not know has no kind. Knows nothing
of actors or dates.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rag.text import fold

# Beginnings of folded words; a trailing "$" makes it the whole word.
_KINDS: Final[dict[str, str]] = {
    "talk": "appel appele telephon coup-de-fil entretien entreten s-entret parle$ parles parler$ parlait "
    "echange echanges converse conversation dialogu discut call$ calls$ called$ phone phoned speak$ speaks$ spoke$ "
    "spoken$ talk$ talks$ talked$ conversation exchange$ exchanged",
    "meet": "rencontr tete-a-tete entrevue reunion reuni sommet recu$ recoit$ recevra recevoir recue$ meet$ meets$ "
    "met$ meeting meetings vus$ sit$ sat$ summit hosted host$ received$ receives$ face-a-face",
    "visit": "visit deplac rendu$ rendue$ rendus$ rendues$ rendre$ voyage travel trip$ trips$ venu$ venue$ "
    "passage$ alle$ allee$ alles$ "
    "allees$ go$ goes$ went$ gone$ flew$ rentre$ rentree$ retourne$ retournee$ arrive$ arrivee$ arrives$ "
    "arrived$ sejour",
    "write": "ecrit$ ecrire$ ecrivit$ lettre$ lettres$ courrier$ missive wrote$ write$ writes$ written$ letter$ "
    "letters$",
    "cancel": "annule$ annulee$ annules$ annulees$ annulation cancel called-off scrapped",
    "ratify": "ratif ratifi",
    "swap": "echange-de-prisonniers swap$ swaps$ prisonnier captif prisoner",
    "erupt": "erupt eruption volcan",
    "win": "gagn remport vainqueur victoire victorieu sacr titre$ win$ wins$ won$ victor triumph",
    "lose": "perd$ perdu defait battu incline lose$ loses$ lost$ defeat beaten$",
    "elect": "elu$ elue$ elus$ election elire reelu reelue scrutin vote votes vot elected elects reelected ballot "
    "poll$ polls$",
    "resign": "demission resign step-down stepped-down stand-down stood-down quitte$ quitter$ limog licenci "
    "renvoy sacked dismiss fired$ depart$ ousted",
    "appoint": "nomm nomination designe$ designee$ designes$ designees$ designent$ designation succed appoint "
    "named$ succeeds$ succeeded$ recrut engage$",
    "close": "ferm fermeture clos$ close closed closes closure shut",
    "open": "ouvr ouvert ouvre inaugur rouv rouvert reouvr opening open$ opens$ opened$ reopen reopened inaugurat "
    "mis-en-service mise-en-service mises-en-service "
    "entre-en-service entree-en-service cut-the-ribbon coupe-le-ruban came-into-service went-into-service",
    "sign": "sign$ signe$ signer$ signent$ accord$ accords$ traite$ pacte$ signed$ signs$ agreement treaty deal$",
    "strike": "greve grevist manifest mobilis debray blocage blocus piquet cesse-le-travail strike$ strikes$ "
    "walkout walk-out stoppage protest demonstrat "
    "march$ mouvement-social mouvement-de-greve dernier-mouvement precedent-mouvement premier-mouvement "
    "nouveau-mouvement deuxieme-mouvement troisieme-mouvement industrial-action",
    "fire": "incendi feu$ brul fire$ fires$ wildfire blaze burn$ burned$ burnt$",
    "flood": "crue$ crues$ inond deborde debordement submerg flood floods flooded burst-its-banks overflow "
    "sorti-de-son-lit sortie-de-son-lit sortir-de-son-lit hors-de-son-lit",
    "promote": "promu$ promue$ promus$ promotion monte$ montee$ remonte$ remontee$ accede$ accession promoted releg",
    "fly": "vole$ vol$ vols$ decoll fly$ flies$ flew$ flown$ flight$ flights$ liftoff lift-off launch lancement",
    "leak": "fuite$ fuites$ leak$ leaks$ leaked leaking leakage",
    "inspect": "inspect visite-de-controle",
    "congress": "congres$ congress",
    "attack": "attaqu attentat frapp frappe bombard tir$ tirs$ attack struck$ bomb shot$ shelling raid",
    "die": "mort$ morts$ morte$ deces decede tue$ tues$ tuee$ victime died$ dies$ dead$ death deaths killed kills$",
    "arrest": "arret$ arrete$ interpell garde-a-vue ecrou incarcer arrest detained jailed",
    "try": "juge$ jugee juges$ proces tribunal verdict justice$ cassation audience$ audiences$ trial$ trials$ ruling "
    "ruled$ quash hearing$ hearings$ verdict",
    "convict": "condamn coupable mois-de-prison ans-de-prison mois-d'emprisonnement ans-d'emprisonnement sursis$ "
    "sentenced sentence$ convict guilty$ in-prison",
    "acquit": "acquitt relax blanchi cleared$",
    "charge": "mis-en-examen mise-en-examen mises-en-examen inculp charged$ indict",
    "steal": "vol$ vole$ voles$ cambriol derob braqu stole$ stolen$ theft heist robbed robbery burgl",
    "buy": "achet rachat rachet acqui vend$ vendu vente$ buy$ buys$ bought$ sold$ sale$ takeover acqui",
    "free": "liber$ libere liberation relach releas freed$ set-free",
    "crash": "accident collision collid percut derail crash derailed s'est-echoue s'etait-echoue",
}
# Where something long stands in its course. A question after one of them wants that one: the end of a strike is not its
# beginning. What tells of no phase may tell of a beginning.
_PHASES: Final[dict[str, str]] = {
    "begin": "commenc debut$ debuts$ debute$ debutee$ debuter$ debutait$ debuta$ debutent$ entam demarr declench "
    "start$ starts$ started$ starting$ begin$ begins$ began$ begun$ beginning$ onset launched$ kicked-off",
    "end": "termin$ termine terminait terminer terminera mis-fin mettre-fin met-fin mettent-fin pris-fin prend-fin "
    "prendra-fin prit-fin fin$ acheve achever achevait cesse$ cessee cesser$ cessait leve$ levee$ leves$ levees$ "
    "lever$ "
    "suspendu suspend la-fin-d end$ ends$ ended$ ending$ finish is-over was-over halt lifted$ call-off called-off",
    "resume": "repris$ reprise$ reprises$ reprend$ reprendre$ reprendra$ redemarr relanc rallum reconnect "
    "remis-en-service remise-en-service remis-en-marche remise-en-marche rouvr rouvert rouverte reouv reprend$ "
    "resum restart reopen back-in-service back-online back-on-line back-to-work",
    "stop": "arrete$ arretee$ arretes$ arretees$ arreter$ a-l'arret mis-a-l'arret mise-a-l'arret interromp "
    "interruption "
    "stoppe stoppee stopper debranch deconnect stop$ stops$ stopped$ stopping$ halt shut-down shutdown "
    "disconnect taken-offline took-offline suspend",
}
# Phases that stand for one another.
_ALSO: Final = {"end": {"end", "stop"}, "stop": {"stop", "end", "close"}, "resume": {"resume", "open"}}
# A decision of a court, where any is asked for.
_RULINGS: Final = frozenset({"convict", "acquit"})
# Who succeeds somebody was elected or appointed.
_COMES_TO_OFFICE: Final = frozenset({"appoint", "elect"})
SUCCEEDS: Final = re.compile(
    r"\b(?:succed\w+|remplac\w+|chang\w+ de (?:maire|president\w*|ministre|direct\w+|entraineur\w*|coach|patron)|"
    r"devenue?s? (?:maire|president\w*|ministre|direct\w+|entraineu\w+|chef\w*|premiere? ministre|capitaine)|"
    r"(?:taken?|took|takes) (?:over|office)|"
    r"(?:became|become|becomes) (?:the )?(?:mayor|president|minister|prime|coach|head|director|chief|captain|leader)|"
    r"new (?:mayor|president|prime minister|coach|head coach|director|minister|leader))\b"
)
_NEW_HOLDER: Final = re.compile(
    r"\bnouve(?:au|l|lle) (?:premiere? )?(?:maire|president\w*|ministre|direct\w+|entraineu\w+|selectionneu\w+|"
    r"patron\w*|chef\w*|capitaine)\b"
)
# Kinds that undo one another.
OPPOSED: Final = {"close": "open", "open": "close"}


def _pattern(table: str) -> re.Pattern[str]:
    beginnings = (
        re.escape(w.rstrip("$")).replace(r"\-", "[ -]") + (r"(?![\w])" if w.endswith("$") else r"[\w-]*")
        for w in table.split()
    )
    return re.compile(r"(?<![\w-])(?:" + "|".join(beginnings) + ")")


_PATTERNS: Final = {kind: _pattern(table) for kind, table in _KINDS.items()}
_PHASE_PATTERNS: Final = {phase: _pattern(table) for phase, table in _PHASES.items()}
# "Fin mars", "the end of the week": of a time, and of no event.
_OF_A_TIME: Final = re.compile(
    r"\b(?:fin|debut|end|beginning|start)s? (?:of |de |du |d')?(?:the |l'|la |le |cette |ce |this |last |next )?"
    r"(?:\d{4}|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|annee|mois|semaine|week-end|journee|matinee|apres-midi|"
    r"soiree|saison|siecle|ete|hiver|automne|printemps|year|month|week|day|morning|afternoon|evening|season|century|"
    r"summer|winter|autumn|spring|decade)"
)
# "Cesser le travail", "stopped work": a strike, and not its end.
_OFF_WORK: Final = re.compile(
    r"\b(?:cess\w+|arret\w*|stop\w*|down\w* tools|suspen\w+) (?:de |le |leur |all |the )?(?:travail\w*|work\w*)"
)
# Kinds that the press uses for one another: leaders "meet" and "talk" at one summit.
_NEAR: Final = {
    frozenset({"meet", "visit"}),
    frozenset({"talk", "meet"}),
    frozenset({"elect", "win"}),
    frozenset({"try", "convict"}),
    frozenset({"try", "acquit"}),
}
# What names a kind of action and tells of none.
_NO_ACTION: Final = re.compile(
    r"\bpreavis de greve|\ba l'arret\b|\bstrike notices?|\bnotices? of strike|\bjuges? d'instruction|"
    r"\bgard\w+ des sceaux|\bpalais de justice|\bministre de la justice|"
    r"\b(?:remonte|remontent|remontait|remontaient) (?=a\b|au\b|aux\b)|"
    r"\b(?:the|an?|its|his|her|their) (?:\w+ed|stolen|burnt|struck) (?=[a-z])"  # "toured the flooded streets"
)


@lru_cache(maxsize=8_192)
def actions(text: str) -> frozenset[str]:
    """The kinds of action that the words of a text name."""
    folded = _NO_ACTION.sub(" ", fold(text))
    return frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(folded))


def asked_actions(text: str) -> frozenset[str]:
    """The kinds of action that answer a question: those that it names, and every ruling where it names a court's."""
    named = actions(text)
    if "try" in named and not named & _RULINGS:
        named |= _RULINGS
    return named | _COMES_TO_OFFICE if SUCCEEDS.search(fold(text)) else named


def tells_of_succession(text: str) -> bool:
    """Whether a text tells of somebody who comes to an office: succeeds somebody, is elected or appointed, is new."""
    told = fold(text)
    return bool(SUCCEEDS.search(told) or _NEW_HOLDER.search(told) or actions(text) & _COMES_TO_OFFICE)


@lru_cache(maxsize=8_192)
def undone(text: str) -> frozenset[str]:
    """The kinds of action of which a text tells the contrary first: "a rouvert après 231 jours de fermeture" closes
    nothing, "a fermé dimanche, 90 ans après son ouverture" opens nothing."""
    folded = fold(text)
    starts = {kind: match.start() for kind in OPPOSED if (match := _PATTERNS[kind].search(folded))}
    return frozenset(kind for kind in starts if starts.get(OPPOSED[kind], len(folded)) < starts[kind])


@lru_cache(maxsize=8_192)
def phases(text: str) -> frozenset[str]:
    """The phases of something that goes on which the words of a text name: "begin", "end", "resume", "stop"."""
    folded = _OFF_WORK.sub(" ", _OF_A_TIME.sub(" ", fold(text)))
    return frozenset(phase for phase, pattern in _PHASE_PATTERNS.items() if pattern.search(folded))


_STARTS: Final = frozenset({"begin", "resume"})
_ENDS: Final = frozenset({"end", "stop"})


def same_phase(asked: frozenset[str], told: frozenset[str], kinds: frozenset[str]) -> bool:
    """Whether a text that tells of phases `told` and of `kinds` of action may tell of the phases `asked`."""
    named = told | kinds
    if any(phase in asked and not _ALSO[phase] & named for phase in _ALSO):
        return False
    return "begin" not in asked or not told or "begin" in told


def opposite_phases(asked: frozenset[str], told: frozenset[str]) -> bool:
    """Whether one of two sets of phases is of beginnings alone and the other of ends alone."""
    return bool(asked and told) and any(a <= _STARTS and b <= _ENDS for a, b in ((asked, told), (told, asked)))


def near_kinds(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two texts may tell of one event: they share a kind, or have kinds that stand for one another."""
    return bool(a & b) or any(frozenset({x, y}) in _NEAR for x in a for y in b)
