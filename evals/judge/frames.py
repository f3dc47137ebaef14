"""What a sentence says of its own citations rather than by them: its source with the day of publication, the
pseudonyms of readers, how many of them speak.

It blanks what it has read and found right, offsets kept, so that no other check takes it for a figure, a date or a name
of the claim. Knows nothing of what the sources say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from evals.judge.reading import Passage, quoted
from evals.judge.types import Claim, Place, Verdict
from evals.judge.words import content
from rag.dates import find_dates
from rag.text import fold
from rag.types import Language

_LANGUAGES: Final[tuple[Language, Language]] = ("fr", "en")
LONGEST_DATE: Final = 48  # characters in which a day of publication is written
# Behind the day of publication: remarks in brackets, which may hold brackets ("selon Jeanne Roy (PS)"), then a quote.
QUOTE_FOLLOWS: Final = re.compile(r"\s*(?:\((?:[^()]|\([^()]*\))*\))?\s*:\s*[«“\"]")
_PSEUDONYM: Final = re.compile(r"\breader-[a-z2-7]{8}\b")  # as indexer.pseudonym makes them
_REPLIED_TO: Final = re.compile(r"\b(?:en reponse a|repond a|in reply to|answering|replying to)\s*$")


def without_head(claim: Claim, frame: str, passages: Sequence[Passage]) -> str:
    """A frame without the name and the day of a source that head a quotation ("L'Écho, 3 mai 2025 : «"), where that day
    is the source's. The day may be written in either language; what stands behind it in brackets is left."""
    for passage in passages:
        end = _end_of_name(claim.text, passage)
        if end is None:
            continue
        for language in _LANGUAGES:
            for one in find_dates(claim.text[end : end + LONGEST_DATE], anchor=None, language=language):
                stop = end + one.end
                if one.start > 1 or not QUOTE_FOLLOWS.match(claim.text[stop:]):
                    continue
                published = passage.source.published
                if (one.first, one.last) == (published.first_day, published.last_day):
                    return _blanked(frame, 0, stop)
    return frame


def _end_of_name(text: str, passage: Passage) -> int | None:
    """Where the source's name and a comma end that a sentence begins with; None when it begins otherwise."""
    outlet, title = passage.source.outlet, " ".join(passage.source.title.split())
    if outlet and fold(text[: len(outlet)]) == fold(outlet):
        end = len(outlet)
    elif title and (spans := quoted(text)) and " ".join(text[slice(*spans[0])].split()) == title:
        if text[: spans[0].start].strip(' «“"\u00a0\u202f'):
            return None
        end = spans[0].end
    else:
        return None
    comma = re.match(r'\s*[»”"]?\s*,', text[end:])
    return end + comma.end() if comma else None


def without_codes(frame: str, passages: Sequence[Passage]) -> str:
    """A frame without the names of its sources and of readers, whose digits count nothing."""
    names = {name for passage in passages for name in (passage.source.outlet, passage.source.author) if name}
    for name in sorted(names, key=len, reverse=True):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", frame):
            frame = _blanked(frame, *found.span())
    return _PSEUDONYM.sub(lambda found: " " * len(found.group()), frame)


def wrong_reader(frame: str, passages: Sequence[Passage]) -> Verdict | None:
    """A reader's pseudonym that wrote nothing of what is cited. Whom a remark replies to is not known here."""
    authors = {passage.source.author for passage in passages}
    for found in _PSEUDONYM.finditer(frame):
        if found.group() in authors or _REPLIED_TO.search(fold(frame[max(0, found.start() - 24) : found.start()])):
            continue
        place = Place("claim", *found.span(), found.group())
        return Verdict("not found", f"nothing cited is by {place.text}", "attribution", (place,))
    return None


# A count with what it counts, in the order in which they are looked for; each keeps one number.
_COUNTS: Final = {
    "quoted": r"(\d+) (?:\w+ )?(?:citees?|cites?|quoted)\b",
    "unsigned": r"(\d+) (?:of them |d'entre elles )?(?:non signees?|anonymes?|unsigned|anonymous)\b",
    "readers": r"(\d+) (?:lecteurs?|lectrices?|internautes?|readers?|commenters?)\b",
    "remarks": r"(\d+) (?:remarques?|commentaires?|remarks?|comments?)\b",
    "total": r"\((?:sur|of|out of) (\d+)\)",
}
# What may be said with the counts and says nothing of the matter.
_SPEAKING: Final = frozenset(
    "exprime expriment exprimes parle parlent sujet ici cite cites citee citees signe signee signees dont speak speaks "
    "matter here quoted unsigned anonymous anonyme anonymes remarque remarques remark remarks".split()
)


def counted(frame: str, passages: Sequence[Passage]) -> Verdict | None:
    """The verdict on a sentence that only says how many readers speak, in how many remarks; None for any other.

    What is cited bounds the counts from below. It settles them where nothing says how many of the remarks are quoted,
    or all of them are; beyond what is quoted a count is taken as the declaration that it is.
    """
    remarks = {(one.source.text, one.source.author, one.start) for one in passages if one.source.kind == "comment"}
    spoken = " ".join(fold(frame).split())
    told = {name: int(found[1]) for name, form in _COUNTS.items() if (found := re.search(form, spoken))}
    if not remarks or "readers" not in told or not _only_counts(spoken, told):
        return None
    signed = {author for _, author, _ in remarks if author}
    writers = len(signed) + sum(author is None for _, author, _ in remarks)
    place = (passages[0].place(),)
    if fault := _impossible(told, writers, len(remarks)):
        return Verdict("contradicted", fault, "number", place)
    return Verdict("supported", f"{len(remarks)} remarks by {writers} readers are cited", "number", place)


def _only_counts(spoken: str, told: dict[str, int]) -> bool:
    """Whether a sentence has no other number than its counts, and no word on any matter."""
    numbers = re.findall(r"\d+", spoken)
    return len(numbers) == len(told) and all(one.word in _SPEAKING for one in content(_nouns_off(spoken)))


def _nouns_off(spoken: str) -> str:
    for form in _COUNTS.values():
        spoken = re.sub(form, " ", spoken)
    return spoken


def _impossible(told: dict[str, int], writers: int, remarks: int) -> str:
    """What of the counts cannot be so, given what is cited; "" when nothing is."""
    readers, wrote = told["readers"], told.get("remarks", told["readers"])
    if told.get("quoted", remarks) != remarks:
        return f"{told['quoted']} are said to be quoted, {remarks} are cited"
    if "quoted" not in told or wrote == remarks:
        if readers != writers:
            return f"{readers} readers, while {writers} are cited"
        if "remarks" in told and wrote != remarks:
            return f"{wrote} remarks, while {remarks} are cited"
    if readers < writers or wrote < remarks:
        return f"{readers} readers in {wrote} remarks, while {writers} with {remarks} are cited"
    if not readers <= wrote <= told.get("total", wrote) or told.get("unsigned", 0) > wrote:
        return "the counts do not add up"
    return ""


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
