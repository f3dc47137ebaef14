"""The first two checks: citations stand where they say, and what is in quotation marks stands in what is cited.

Works on letters and offsets alone; knows nothing of meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from evals.judge.reading import Passage, quoted, unmarked
from evals.judge.types import Cited, Claim, Place, Verdict
from evals.judge.words import squeezed

_OMITTED: Final = re.compile(r"\s*[\[(]\s*(?:\.{3}|…)\s*[\])]\s*|\s*(?:\.{3}|…)\s*")
_EDGE: Final = " .,;:!?\"'"


def structural(claim: Claim) -> Verdict | None:
    """What is wrong with the claim's citations as such; None when each stands in its source where it says."""
    if not any(character.isalnum() for character in unmarked(claim.text)):
        return Verdict("not found", "the claim says nothing", "structure")
    if not claim.cited:
        return Verdict("not found", "nothing is cited", "structure")
    for number, cited in enumerate(claim.cited):
        if fault := _fault(cited):
            place = Place("source", cited.start, cited.end, cited.quote, number)
            return Verdict("not found", f"citation {number + 1} {fault}", "structure", (place,))
    return None


def _fault(cited: Cited) -> str:
    if cited.source is None:
        return "names a text that does not exist"
    text = cited.source.text
    if not cited.quote.strip():
        return "quotes nothing"
    if not 0 <= cited.start < cited.end <= len(text):
        return f"runs from {cited.start} to {cited.end} in a text of {len(text)} characters"
    if _plain(text[cited.start : cited.end]) != _plain(cited.quote):
        elsewhere = _plain(cited.quote) in _plain(text)
        return "stands elsewhere in its source" if elsewhere else "quotes words that its source does not have"
    return ""


def _plain(text: str) -> str:
    return squeezed(unicodedata.normalize("NFC", text))


def misquoted(claim: Claim, passages: Sequence[Passage]) -> Verdict | None:
    """A stretch in quotation marks that none of the cited passages (nor their titles) holds letter by letter.

    A capital may be the quotation's own, "[...]" and "…" leave words out, and the last mark may be the sentence's.
    """
    held = [_plain(f"{passage.about}\n{passage.text}") for passage in passages]
    titles = [_plain(passage.source.title) for passage in passages]
    for span in quoted(claim.text):
        said = _plain(claim.text[span.start : span.end])
        if not any(character.isalnum() for character in said):
            continue
        if not any(_in_order(said, text) for text in (*held, *titles)):
            place = Place("claim", span.start, span.end, claim.text[span.start : span.end])
            return Verdict("not found", f"the cited passages do not have the words {said!r}", "quote", (place,))
    return None


def _in_order(said: str, text: str) -> bool:
    at = 0
    for piece in _OMITTED.split(said):
        bare = piece.strip(_EDGE)
        if not bare:
            continue
        swapped = bare[0].swapcase() + bare[1:]
        found = min((place for one in (bare, swapped) if (place := _whole(one, text, at)) >= 0), default=-1)
        if found < 0:
            return False
        at = found + len(bare)
    return True


def _whole(piece: str, text: str, at: int) -> int:
    """Where a piece stands in a text as whole words, from a place on; -1 when nowhere."""
    found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(text, at)
    return found.start() if found else -1
