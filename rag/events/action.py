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
    "appoint": "nomm nomination designe succed appoint named$ succeeds$ succeeded$ recrut engage$",
    "close": "ferm fermeture clos$ close closed closes closure shut",
    "open": "ouvr ouvert ouvre inaugur rouv rouvert reouvr opening open$ opens$ opened$ reopen reopened inaugurat",
    "sign": "sign$ signe$ signer$ signent$ accord$ accords$ traite$ pacte$ signed$ signs$ agreement treaty deal$",
    "strike": "greve grevist manifest mobilis debray blocage blocus piquet cesse-le-travail strike$ strikes$ "
    "walkout walk-out stoppage protest demonstrat "
    "march$",
    "fire": "incendi feu$ brul fire$ fires$ wildfire blaze burn$ burned$ burnt$",
    "flood": "crue$ crues$ inond deborde debordement submerg flood floods flooded burst-its-banks overflow",
    "promote": "promu$ promue$ promus$ promotion monte$ montee$ remonte$ remontee$ accede$ accession promoted releg",
    "fly": "vole$ vol$ vols$ decoll fly$ flies$ flew$ flown$ flight$ flights$ liftoff lift-off launch lancement",
    "attack": "attaqu attentat frapp frappe bombard tir$ tirs$ attack struck$ bomb shot$ shelling raid",
    "die": "mort$ morts$ morte$ deces decede tue$ tues$ tuee$ victime died$ dies$ dead$ death deaths killed kills$",
    "arrest": "arret$ arrete$ interpell garde-a-vue ecrou incarcer arrest detained jailed",
    "try": "condamn juge$ jugee proces tribunal acquitt relax blanchi verdict justice$ cassation sentenced "
    "convict trial$ "
    "acquitted ruling ruled$ quash cleared$ guilty$ coupable",
    "steal": "vol$ vole$ voles$ cambriol derob braqu stole$ stolen$ theft heist robbed robbery burgl",
    "buy": "achet rachat rachet acqui vend$ vendu vente$ buy$ buys$ bought$ sold$ sale$ takeover acqui",
    "crash": "accident collision collid percut derail crash derailed",
}
# Kinds that undo one another.
OPPOSED: Final = {"close": "open", "open": "close"}
_PATTERNS: Final = {
    kind: re.compile(
        r"(?<![\w-])(?:"
        + "|".join(
            re.escape(w.rstrip("$")).replace(r"\-", "[ -]") + (r"(?![\w])" if w.endswith("$") else r"[\w-]*")
            for w in table.split()
        )
        + ")"
    )
    for kind, table in _KINDS.items()
}
# Kinds that the press uses for one another: leaders "meet" and "talk" at one summit.
_NEAR: Final = {frozenset({"meet", "visit"}), frozenset({"talk", "meet"}), frozenset({"elect", "win"})}


@lru_cache(maxsize=8_192)
def actions(text: str) -> frozenset[str]:
    """The kinds of action that the words of a text name."""
    folded = fold(text)
    return frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(folded))


@lru_cache(maxsize=8_192)
def undone(text: str) -> frozenset[str]:
    """The kinds of action of which a text tells the contrary first: "a rouvert après 231 jours de fermeture" closes
    nothing, "a fermé dimanche, 90 ans après son ouverture" opens nothing."""
    folded = fold(text)
    starts = {kind: match.start() for kind in OPPOSED if (match := _PATTERNS[kind].search(folded))}
    return frozenset(kind for kind in starts if starts.get(OPPOSED[kind], len(folded)) < starts[kind])


def near_kinds(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two texts may tell of one event: they share a kind, or have kinds that stand for one another."""
    return bool(a & b) or any(frozenset({x, y}) in _NEAR for x in a for y in b)
