"""Claims that are known to be false and known to be true, put to the judge before it may judge anything.

A judge that passes a falsehood would make every figure look good; one that passes nothing would make every figure look
bad and hide the next fault. Either makes a run invalid. The texts are made up for this.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from evals.claims import Decides, decided
from evals.dataset import InvalidEvaluationError
from evals.judge.types import Cited, Claim, Source
from rag.types import PassageKind, PublicationDate

PUBLISHED: Final = PublicationDate("2024-05-14", "day", "metadata")
TEXT: Final = (
    "Le conseil municipal de Brévanne a voté mardi 14 mai 2024 la construction d'une passerelle sur l'Oure. "
    "Le chantier coûtera 3,2 millions d'euros et durera dix-huit mois. "
    "La maire, Hélène Castaing, n'a pas exclu un référendum."
)
REMARK: Final = "Tout le monde sait que la passerelle a coûté neuf millions."


class Canary(NamedTuple):
    """One claim with what the judge must find."""

    text: str
    true: bool
    source: str = TEXT
    kind: PassageKind = "article"

    @property
    def claim(self) -> Claim:
        source = Source(self.source, self.kind, PUBLISHED, title="Une passerelle sur l'Oure")
        return Claim(self.text, (Cited.whole(source),))


# Of the kinds that every check by type must see, so that they do not hang on the weights of a model.
CANARIES: Final = (
    Canary("Le chantier coûtera 3,2 millions d'euros et durera dix-huit mois.", True),
    Canary("Le conseil municipal de Brévanne a voté la construction d'une passerelle sur l'Oure.", True),
    Canary("Le chantier coûtera 4,2 millions d'euros.", False),
    Canary("Le chantier durera vingt-huit mois.", False),
    Canary("Le conseil municipal a voté la construction d'une passerelle le 15 mai 2024.", False),
    Canary("Le conseil municipal de Brévanne a voté en 2023 la construction d'une passerelle.", False),
    Canary("La maire, Hélène Castaing, a exclu un référendum.", False),
    Canary("La maire, Sylvie Morand, n'a pas exclu un référendum.", False),
    Canary("The mayor, Hélène Castaing, has ruled out a referendum.", False),
    Canary("The town council of Brévanne rejected the footbridge.", False),
    Canary("The footbridge will cost 5 million euros.", False),
    Canary("The town council of Orsanne voted for a footbridge over the Oure.", False),
    Canary("La passerelle a coûté neuf millions.", False, REMARK, "comment"),
    Canary("Le volcan est entré en éruption hier soir.", False),
    Canary("Zorglub fnord blip xyzzy.", False),
)


def check_judge(judge: Decides) -> None:
    """Raises `InvalidEvaluationError` when a judge passes a canary that is false, or none that is true."""
    found = [(one, decided(judge, one.claim).passed) for one in CANARIES]
    passed = [one.text for one, passes in found if passes and not one.true]
    if passed:
        raise InvalidEvaluationError(
            f"the judge passes {len(passed)} of {sum(not one.true for one in CANARIES)} claims that are known to be "
            f"false, among them {passed[0]!r}; nothing it says can be used"
        )
    if not any(passes for one, passes in found if one.true):
        raise InvalidEvaluationError("the judge passes no claim that is known to be true; nothing it says can be used")
