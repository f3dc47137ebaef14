"""The ways in which an accepted answer may be written in a text: its numbers in digits, in French and in English words.

Written apart from the program's own reading of numbers, so that a fault there cannot hide here. Whole numbers below a
million; it knows nothing of articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from evals.matching import fold

_EN: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_EN_TENS: Final = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_FR: Final = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
).split()
_FR_TENS: Final = "_ _ vingt trente quarante cinquante soixante".split()
_NUMBER: Final = re.compile(r"(?<![\w.,])\d+(?![\w]|[.,]\d)")
LARGEST: Final = 999_999


def english(number: int) -> str:
    """A number from 0 to 999,999 in English words, without "and"."""
    if number < 20:
        return _EN[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _EN_TENS[tens] + (f"-{_EN[ones]}" if ones else "")
    unit, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, unit)
    return f"{english(many)} {name}" + (f" {english(rest)}" if rest else "")


def french(number: int) -> str:
    """A number from 0 to 999 999 in French words, hyphens as before 1990, folded."""
    if number < 20:
        return _FR[number]
    if number < 70:
        tens, ones = divmod(number, 10)
        link = " et " if ones == 1 else "-"
        return _FR_TENS[tens] + (f"{link}{_FR[ones]}" if ones else "")
    if number < 80:
        return "soixante et onze" if number == 71 else f"soixante-{_FR[number - 60]}"
    if number < 100:
        return "quatre-vingts" if number == 80 else f"quatre-vingt-{_FR[number - 80]}"
    unit, name = (1000, "mille") if number >= 1000 else (100, "cent")
    many, rest = divmod(number, unit)
    plural = "s" if unit == 100 and many > 1 and not rest else ""
    counted = french(many)
    if unit == 1000 and (many % 100 == 80 or (many >= 200 and many % 100 == 0)):
        counted = counted.removesuffix("s")  # deux cents, but deux cent mille
    head = name if many == 1 else f"{counted} {name}{plural}"
    return head + (f" {french(rest)}" if rest else "")


_WORDS: Final = {words: number for number in range(101) for words in (english(number), french(number))}
_SPELLED: Final = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")\b")


def spelled(text: str) -> Iterator[str]:
    """The text, folded, as it stands, with its numbers in words of either language, and with its words in digits."""
    folded = fold(text)
    yield folded
    for write in (french, english):
        yield _NUMBER.sub(lambda found, write=write: _written(found[0], write), folded)  # type: ignore[misc]
    yield _SPELLED.sub(lambda found: str(_WORDS[found[1]]), folded)


def _written(digits: str, write: object) -> str:
    number = int(digits)
    return write(number) if callable(write) and number <= LARGEST else digits
