"""How long ago a text says a fact was: "près de quatre ans après le début de la guerre", "two years later".

Gives bounds in years and the place of the words. It knows nothing of which fact is meant, nor of dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from rag.dates.names import NUMBERS, fold_in_place, one_of

_NUMBER_WORDS: Final = NUMBERS["fr"] | NUMBERS["en"]
_YEAR: Final = 365.25  # days
# Years that may be missing or over, by the word before the number; in whole units of what is counted.
_LEEWAY: Final = {
    "almost": (-0.6, 0.1),
    "about": (-0.6, 0.6),
    "over": (0.0, 1.0),
    "under": (-1.0, 0.0),
    "": (-0.1, 0.99),  # "four years after" is said until the fifth has passed
}
_HOW: Final = {
    **dict.fromkeys(["pres de", "presque", "bientot", "nearly", "almost", "close to"], "almost"),
    **dict.fromkeys(["environ", "quelque", "about", "around", "some", "roughly"], "about"),
    **dict.fromkeys(["plus de", "over", "more than"], "over"),
    **dict.fromkeys(["moins de", "a peine", "less than", "under", "barely"], "under"),
}
_STATEMENT: Final = re.compile(
    rf"(?<!\w)(?:(?P<since>depuis|il y a|voila|voici|for|since) )?(?:(?P<how>{one_of(_HOW)}) )?"
    rf"(?P<number>\d{{1,3}}|{one_of(_NUMBER_WORDS)}) (?P<unit>ans?|annees?|mois|years?|months?)"
    r"(?: (?P<after>apres|plus tard|after|later|since|ago|on|into))?(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A time that has passed since some fact: bounds in years, and where the text says so."""

    least: float
    most: float
    start: int
    end: int
    later: bool  # "four years later": told from the fact's side

    def fits(self, day: date, first: date, last: date) -> bool:
        """Whether a text of `day` may say so of a fact dated from `first` to `last`."""
        return (day - last).days / _YEAR <= self.most and self.least <= (day - first).days / _YEAR


def elapsed(text: str) -> list[Elapsed]:
    """Every statement of months or years that have passed, in order."""
    found = []
    for match in _STATEMENT.finditer(" ".join(fold_in_place(text).split("\n"))):
        if not (match["since"] or match["after"]):
            continue
        number = int(match["number"]) if match["number"].isdigit() else _NUMBER_WORDS[match["number"]]
        unit = 1.0 if match["unit"][0] in "ay" else 1 / 12
        below, above = _LEEWAY[_HOW.get(match["how"] or "", "")]
        later = (match["after"] or "") in ("plus tard", "later", "on")
        found.append(Elapsed((number + below) * unit, (number + above) * unit, match.start(), match.end(), later))
    return found
