"""The check of names: whom and what a claim names must be named by what it cites.

Names are runs of capitalised words; spellings, transcriptions, translations and acronyms of one name are one. Knows
nothing of what is said about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from evals.judge.lexicon import TOWNS
from evals.judge.reading import Passage
from evals.judge.types import Place, Verdict
from evals.judge.words import alike, terms
from rag.answer.capitals import calendar_words, capitalised
from rag.dates.names import NUMBERS, ORDINALS
from rag.gazetteer import flat, is_place, known, of_acronym, translations
from rag.matching import TITLES
from rag.names import same_name
from rag.peoples import is_adjective_of, is_demonym
from rag.text import STOPWORDS, Span, fold, is_ordinary, words

_FREE: Final = STOPWORDS["fr"] | STOPWORDS["en"] | TITLES | {*NUMBERS["fr"], *NUMBERS["en"], *ORDINALS["fr"]}


def wrong_name(frame: str, passages: Sequence[Passage]) -> Verdict | None:
    """A name of the claim that the cited passages, the sentences before them and their titles do not have.

    Of a name of several words the last must be there; the ones before it ("Emmanuel"), and countries and peoples, may
    stand anywhere in the source, and a first name must not be another person's of that name.
    """
    near = "\n".join(passage.near for passage in passages)
    whole = "\n".join([near, *(passage.source.text for passage in passages)])
    for span in names_in(frame):
        name = frame[span.start : span.end]
        if _spelt(name, near):
            continue
        fault = _fault(name, near, whole)
        if fault:
            place = Place("claim", span.start, span.end, name)
            return Verdict("not found", f"the cited passages do not name {fault!r}", "name", (place,))
    return None


def names_in(text: str) -> list[Span]:
    """The names of a text: runs of capitals with a part that is no ordinary word."""
    return [
        span for span in capitalised(text) if any(not _is_free(part) for part in _parts(text[span.start : span.end]))
    ]


def _parts(name: str) -> list[str]:
    return [part for word in words(name) for part in word.text.split("-") if part]


def _is_free(part: str) -> bool:
    """A part that names nobody: a particle, a title, a month, an ordinary word at a sentence's beginning."""
    folded = fold(part)
    if (
        (len(folded) < 3 and not part.isupper())
        or len(folded) < 2
        or not folded.isalpha()
        or folded in _FREE
        or folded in calendar_words()
    ):
        return True
    return is_ordinary(part) and not (known(flat(part)) or is_place(part))


def _spelt(name: str, text: str) -> bool:
    others = translations(flat(name)) | (of_acronym(name) if name.isupper() else frozenset())
    spelt = f" {flat(text)} "
    return any(f" {one} " in spelt for one in (flat(name), *others))


def _fault(name: str, near: str, whole: str) -> str:
    """The part of a name that is not held; "" when all are."""
    parts = [part for part in _parts(name) if not _is_free(part)]
    near_terms, whole_terms = terms(near), terms(whole)
    for place, part in enumerate(parts):
        wide = place < len(parts) - 1 or known(flat(part)) or is_place(part)
        if not _held(part, whole_terms if wide else near_terms):
            return part
    # "Sylvie Morand" is not "Hélène Morand": the source names another first name before the same last one.
    if len(parts) > 1 and not _together(parts[0], parts[-1], whole):
        return name
    return ""


def _held(part: str, others: frozenset[str]) -> bool:
    folded = fold(part)
    if folded in others or any(same_name(folded, one) for one in others if one[:1].isalpha()):
        return True
    if any(one in others for one in translations(flat(part))):
        return True
    if any(folded in town and not town.isdisjoint(others) for town in TOWNS):
        return True
    nation = known(flat(part)) or is_place(part) or is_demonym(part)
    if nation and any(_of_one_country(folded, one) for one in others):
        return True
    if is_ordinary(part) and any(alike(folded, one) == 1.0 for one in others):
        return True
    # French turns acronyms round: Otan, UE, ADN.
    if part.isupper() and any(sorted(folded) == sorted(one) for one in others):
        return True
    return len(folded) > 4 and folded.endswith("s") and folded[:-1] in others


def _of_one_country(name: str, term: str) -> bool:
    spellings = (name, *translations(name))
    if any(is_adjective_of(term, one) or is_adjective_of(name, term) for one in spellings):
        return True
    for one in spellings:
        shared = next(
            (at for at, (a, b) in enumerate(zip(one, term, strict=False)) if a != b), min(len(one), len(term))
        )
        if shared >= 4 and shared >= min(len(one), len(term)) - 2:
            return not (is_place(name) and is_place(term))
    return False


def _together(first: str, last: str, text: str) -> bool:
    """Whether the two parts stand within a few words of each other somewhere, or the last one also stands alone."""
    found = words(text)
    folded = [fold(word.text) for word in found]
    seen = False
    for at, word in enumerate(folded):
        if not (word == fold(last) or same_name(word, fold(last)) or fold(last) in word.split("-")):
            continue
        seen = True
        beside = [part for near in folded[max(0, at - 4) : at + 4] for part in (near, *near.split("-"))]
        if any(part == fold(first) or same_name(part, fold(first)) for part in beside):
            return True
    return not seen
