"""Whether a text says a string: folding and word boundaries for golden answers.

Written apart from `rag.text`, so that a fault of the program's own folding cannot hide in the score. It knows nothing
of questions, archives or measures.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"}
    | {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "\u00ad": None, "\u200b": None}
)
# 1 200, 1,200, 1.200, 1'200; a number that begins with 0 has decimals, not thousands.
_THOUSANDS: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[ .,']\d{3})+(?!\d)(?![.,]\d{3})")
_VERDICT: Final = re.compile(r"\W*(oui|non|yes|no)(?:\s*[,.;:!?]|\s+-|\s*$)")
_BARE_VERDICT: Final = re.compile(r"(oui|non|yes|no)\s*[,.;:!?-]*")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case, accents off, one apostrophe, one dash, single spaces, thousands written together."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).translate(_LETTERS)
    plain = " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
    return _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found.group()), plain)


@lru_cache(maxsize=4096)
def _pattern(folded: str) -> re.Pattern[str]:
    before = r"(?<!\w)" if folded[0].isalnum() else ""
    after = r"(?!\w)" if folded[-1].isalnum() else ""
    if folded[0].isdigit():
        before += r"(?<!\d[.,])"
    if folded[-1].isdigit():
        after += r"(?![.,]\d)"
    return re.compile(before + re.escape(folded) + after)


def verdict(text: str) -> str | None:
    """The yes or no that a text opens with, folded ("oui", "non", "yes", "no"); None when it opens with none.

    "No one came" and "Non-lieu" open with none.
    """
    found = _VERDICT.match(fold(text))
    return found[1] if found else None


def is_verdict(wanted: str) -> bool:
    """Whether a string is only a yes or no, as "Oui" and "No," are."""
    return _BARE_VERDICT.fullmatch(fold(wanted)) is not None


def says(text: str, wanted: str) -> bool:
    """Whether a text says a string, as whole words: 3 is not in 13, nor in 3,5 or 1 300.

    A string that is only a yes or no ("Oui", "No,") must be what the text opens with: a "non" somewhere in a quote is
    no verdict. A string without letters or digits is never said.
    """
    folded = fold(wanted)
    if not any(character.isalnum() for character in folded):
        return False
    bare = _BARE_VERDICT.fullmatch(folded)
    if bare:
        return verdict(text) == bare[1]
    return _pattern(folded).search(fold(text)) is not None


def without(text: str, echoed: str) -> str:
    """`text`, folded, without every repetition of `echoed` (a question said again is no answer to it)."""
    bare = fold(echoed).rstrip(" ?!.:;,")
    return " ".join(_pattern(bare).sub(" ", fold(text)).split()) if bare else fold(text)
