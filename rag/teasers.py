"""Calls to read something else that stand glued to a sentence: "Lire aussi : ...", "A ne pas manquer sur ... :".

Web pages flattened to one line lose the break between such a call, the titles it names and the article's next sentence.
Knows the words by which French and English press begins them. Knows nothing of articles.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_CALL: Final = (
    r"(?:(?:[ÀA] )?(?:(?:surtout |absolument )?(?:ne pas )?(?:surtout )?)(?:[Ll]ire|[Mm]anquer|[Rr]egarder|[Vv]oir|"
    r"[ÉEée]couter|[Dd]écouvrir)|(?:Regardez|[ÉE]coutez|Lisez|Découvrez)|"
    r"Vous (?:pourr?iez|pourrez|pouvez|aimerez) (?:(?:aussi|également|être|peut-être) )*intéressée?(?:\(e?s?\))?s? par|"
    r"Sur le même (?:sujet|thème)|Also read|Further reading|Read|See|Watch|Listen|"
    r"You (?:may|might) also (?:like|be interested in)|More on this(?: story)?|Related)"
)
_MORE: Final = r"(?: (?:aussi|également|plus|encore|surtout|ailleurs|also|more|next|now|story|stories|articles?)\b)"
_WHERE: Final = r"(?: (?:sur|en ce moment|dans|on|about)\b(?: [\w'’()-]+){0,6})"
_MARK: Final = re.compile(rf"(?<![\w'’])(?=[A-ZÀÉ]){_CALL}(?:{_MORE}*{_WHERE}? ?:|{_MORE}{{1,2}} ?(?=[A-ZÀÉ\"«]))")
# A word that begins sentences with a capital, after one that ended none: what was glued breaks there.
_BREAK: Final = re.compile(
    r"(?<=[a-zà-öø-ÿ0-9»\"”)?!]) (?=(?:Le|La|Les|Un|Une|Des|Il|Elle|Ils|Elles|On|En|Dans|Depuis|Pour|Selon|Après|Avant|"
    r"Mais|Et|Cette|Ce|Cet|Ces|Cela|Son|Sa|Ses|Leurs?|Au|Aux|À|Si|Lors|Pendant|Plus|Nous|Je|Vous|Avec|Par|Sur|Quand|"
    r"Lorsque|Alors|Bien|Certains|Plusieurs|Tous|Toutes|Aucun|M\.|Mme|The|An|In|On|It|He|She|They|This|That|These|But|"
    r"After|Before|When|With|According|His|Her|Its|We) |(?:L|D|C|J|Qu|Lorsqu|S)['’])"
)
LEAST: Final = 12  # characters of a title between the call and the break


def is_teaser(text: str) -> bool:
    """Whether a stretch begins with a call to read something else."""
    return _MARK.match(text) is not None


def parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence, text[start:end], with such calls cut off: what stands before, the call with the titles up to where a
    new sentence begins, and the rest. A sentence without any stays whole."""
    marks = list(_MARK.finditer(text, start, end))
    if not marks:
        return [(start, end)]
    cuts = {start, end}
    for number, mark in enumerate(marks):
        stop = marks[number + 1].start() if number + 1 < len(marks) else end
        breaks = [m.end() for m in _BREAK.finditer(text, mark.end() + LEAST, stop)]
        cuts |= {mark.start(), *(breaks or [mark.end()])}
    ordered = sorted(cuts)
    found: list[tuple[int, int]] = []
    for a, b in pairwise(ordered):
        piece = text[a:b]
        left = a + len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append((left, left + len(piece.strip())))
    return found
