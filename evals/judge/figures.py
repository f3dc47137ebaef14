"""The check of figures: what a claim counts must be what the cited passages count, with its unit and its noun.

Works on values in digits and words of both languages, with words that round. Knows nothing of dates and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from evals.judge.reading import Passage, Said, clauses, figures_of, flatly
from evals.judge.types import Claim, Place, Verdict
from evals.judge.words import Words, content, terms
from rag.answer.figures import Figure, find_figures, stated
from rag.dates import DateMention
from rag.dates.names import NUMBERS
from rag.text import Span, fold
from rag.text import words as words_of
from rag.types import Language

ABOUT: Final = Decimal("0.1")  # what "about" forgives, as a share: "about 200" for 187
BEYOND: Final = Decimal("0.34")  # how far above its bound "more than 100" may lie
SAME_NOUN: Final = 0.8  # of `Words.held`: the same noun in another inflection or language
_ABOUT: Final = re.compile(
    r"\b(?:environ|pres de|presque|autour de|quelque|quelques|a peu pres|approximativement|about|around|nearly|almost|"
    r"some|roughly|approximately|close to|or so|une|la)\s*(?:d[e'])?\s*(?:the )?[$€£]?$"
)
_MORE: Final = re.compile(
    r"\b(?:plus d[e']|au moins|au-dela de|depass\w*(?: les)?|more than|over|above|at least|exceed\w*)\s*[$€£]?$"
)
_LESS: Final = re.compile(r"\b(?:moins d[e']|jusqu'a|au plus|under|less than|fewer than|below|up to|at most)\s*[$€£]?$")
_PARTS: Final = (
    (r"\b(?:la moitie|half)\b(?! an?\b| hour)", Decimal(50)),
    (r"\b(?:deux tiers|two[ -]thirds)\b", Decimal(67)),
    (r"\b(?:un tiers|le tiers|a third|one[ -]third)\b", Decimal(33)),
    (r"\b(?:trois quarts|three[ -]quarters)\b", Decimal(75)),
    (r"\b(?:un quart|le quart|a quarter|one[ -]quarter)\b", Decimal(25)),
)
_MONEY: Final = ("euro", "dollar", "pound")
_ROUND: Final = re.compile(r"(?:aine|aines|dozen|dizaine)\b")
# "in the first half", "the latest": a number of order counts nothing.
_ORDINALS: Final = {
    "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "third": 3, "quatrieme": 4, "fourth": 4, "cinquieme": 5,
    "fifth": 5, "sixieme": 6, "sixth": 6, "septieme": 7, "seventh": 7, "huitieme": 8, "eighth": 8, "neuvieme": 9,
    "ninth": 9, "dixieme": 10, "tenth": 10,
}  # fmt: skip
_ENDS: Final = (
    re.compile(
        r"\b(?:premi(?:er|ere|ers|eres)|first|earliest|1er|1ere|1re)\b(?! (?:ministre|minister|lady|dame)|"
        r" (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre))"
    ),
    re.compile(
        r"\b(?<!mois )(?<!an )(?<!annee )(?<!semaine )(?:derni(?:er|ere|ers|eres)|last|latest)\b(?! "
        r"(?:week|month|year|night|\w+day)\b)"
    ),
)
_ORDINAL_DIGITS: Final = re.compile(r"\b(\d{1,3})\s?(?:e|eme|er|ere|nd|rd|th|st)\b")


@dataclass(frozen=True, slots=True)
class _Held:
    """A figure of a passage."""

    passage: Passage
    figure: Figure
    sure: bool = True  # False: read leniently, and so no figure that another one could contradict


def wrong_figure(claim: Claim, said: Said, frame: str, passages: Sequence[Passage], words: Words) -> Verdict | None:
    """A figure of the claim that the passages do not give, or give for something else.

    `frame` is the claim's text without what it quotes. A figure that was declared as worked out needs no source.
    """
    derived = [one for text in claim.derived for one in find_figures(text, said.language)]
    source = [one for passage in passages for one in _figures(passage)]
    for figure in _all_figures(frame, said.language, said.dates):
        if stated(figure, derived) or _in_a_name(figure, frame, passages) or _is_percent_word(figure, frame):
            continue
        place = Place("claim", figure.start, figure.end, frame[figure.start : figure.end])
        fits = [one for one in source if _agrees(figure, frame, one)]
        rivals = [one for one in source if one.sure and one not in fits]
        noun = _noun(frame, figure)
        if not fits:
            other = next((one for one in rivals if _counts_the_same(figure, noun, one, words)), None)
            if other is None:
                return Verdict("not found", f"the cited passages do not give {place.text!r}", "number", (place,))
            told = _place(other)
            return Verdict(
                "contradicted", f"{place.text!r} where the source has {told.text!r}", "number", (place, told)
            )
        if noun and not any(_same_noun(noun, one, words) for one in fits):
            beside = [one for one in rivals if any(_in_one_sentence(one, fit) for fit in fits)]
            other = next((one for one in beside if _same_noun(noun, one, words, exactly=True)), None)
            if other is not None and figure.unit in (None, other.figure.unit):
                told = _place(other)
                reason = f"{place.text!r} counts something else; the source has {told.text!r} for {noun[0]!r}"
                return Verdict("contradicted", reason, "number", (place, told))
    for one in said.dates:
        frame = frame[: one.start] + " " * (one.end - one.start) + frame[one.end :]
    return _wrong_order(claim, frame, passages)


def _figures(passage: Passage) -> Iterable[_Held]:
    own = _all_figures(passage.text, passage.said.language, ())
    yield from (_Held(passage, one) for one in own)
    # "the five wells": a figure that points back counts for a claim that says it anew.
    for word in words_of(passage.text):
        value = NUMBERS[passage.said.language].get(fold(word.text))
        if value and value > 1 and not any(one.start <= word.start < one.end for one in own):
            yield _Held(passage, Figure(word.start, word.end, frozenset({Decimal(value)}), None), sure=False)
    # The title's, where the passage has none of the kind itself: a correction's title may have what was wrong.
    kinds = {one.unit for one in own}
    for one in find_figures(passage.source.title, passage.said.language):
        if one.unit not in kinds:
            yield _Held(passage, one, sure=False)


def _all_figures(text: str, language: Language, dates: tuple[DateMention, ...]) -> list[Figure]:
    """Figures, and parts of a whole ("half") as shares of a hundred."""
    found = list(figures_of(text, language, dates))
    folded = text.lower().translate(_ACCENTS)
    for pattern, value in _PARTS:
        found += [
            Figure(match.start(), match.end(), frozenset({value, value / 100}), "percent")
            for match in re.finditer(pattern, folded)
        ]
    return found


_ACCENTS: Final = str.maketrans("éèêàâùûîôç", "eeeaauuioc")


def _agrees(figure: Figure, frame: str, other: _Held) -> bool:
    """Whether a passage's figure is the claim's, or what its "about" or "more than" allows."""
    if stated(figure, (other.figure,)):
        return not _opposite_bounds(frame, figure, other)
    if figure.values & other.figure.values and figure.unit in _MONEY and other.figure.unit is None:
        # "187 millions d'euros, soit 52 millions de plus": the unit is said once.
        return any(one.unit == figure.unit for one in other.passage.said.figures) and max(figure.values) >= 1000
    if figure.unit != other.figure.unit and figure.unit is not None and other.figure.unit is not None:
        return False
    before = fold(frame[max(0, figure.start - 24) : figure.start])
    rounded = bool(_ABOUT.search(before)) or bool(_ROUND.search(fold(frame[figure.start : figure.end])))
    for mine in figure.values:
        for its in other.figure.values:
            if not mine or (its < 20 and figure.unit != "percent"):
                continue
            if rounded and abs(its - mine) <= ABOUT * mine:
                return True
            if _MORE.search(before) and mine < its <= mine * (1 + BEYOND):
                return True
            if _LESS.search(before) and mine * (1 - BEYOND) <= its < mine:
                return True
    return False


def _opposite_bounds(frame: str, figure: Figure, other: _Held) -> bool:
    mine = fold(frame[max(0, figure.start - 24) : figure.start])
    text = other.passage.text if other.figure.end <= len(other.passage.text) else ""
    its = fold(text[max(0, other.figure.start - 24) : other.figure.start])
    return bool((_MORE.search(mine) and _LESS.search(its)) or (_LESS.search(mine) and _MORE.search(its)))


def _in_a_name(figure: Figure, frame: str, passages: Sequence[Passage]) -> bool:
    """A number that belongs to a name as it stands ("Civaux 2", "A380") in title or context."""
    head, tail = frame[: figure.start], frame[figure.end :]
    if re.search(r"[^\W\d_]-$", head) or (not head.strip() and re.match(r"[.)]\s+\w", tail)):
        return True  # "Covid-19", which the check of names reads, and the number of an item in a list
    before = re.search(r"([A-ZÀ-Ý][\w-]*)[ -]?$", head)
    if before is None:
        return False
    whole = fold(before.group() + frame[figure.start : figure.end])
    return any(f" {whole} " in f" {fold(passage.near)} " for passage in passages)


def _is_percent_word(figure: Figure, frame: str) -> bool:
    """The "cent" of "per cent" and "pour cent"."""
    return (
        bool(re.search(r"\b(?:per|pour)\s$", frame[: figure.start]))
        and fold(frame[figure.start : figure.end]) == "cent"
    )


def _noun(text: str, figure: Figure) -> tuple[str, ...]:
    """The two content words after a figure, folded, within its clause."""
    after = re.split(r"[,.;:()]", text[figure.end : figure.end + 48])[0]
    return tuple(term.word for term in content(after)[:2])


def _same_noun(noun: tuple[str, ...], other: _Held, words: Words, *, exactly: bool = False) -> bool:
    text = other.passage.text
    if exactly:
        its = _noun(text, other.figure)[:1]
        return bool(its) and words.held(noun[0], frozenset(its)) == 1.0
    around = next((one for one in clauses(text) if one.start <= other.figure.start < one.end), Span(0, len(text)))
    return words.held(noun[0], terms(text[around.start : around.end])) >= SAME_NOUN


def _in_one_sentence(one: _Held, other: _Held) -> bool:
    start, end = sorted((one.figure.start, other.figure.start))
    return one.passage is other.passage and not re.search(r"[.!?]\s", one.passage.text[start:end])


def _counts_the_same(figure: Figure, noun: tuple[str, ...], other: _Held, words: Words) -> bool:
    if figure.unit is not None:
        return figure.unit == other.figure.unit
    return bool(noun) and other.figure.unit is None and _same_noun(noun, other, words, exactly=True)


def _place(held: _Held) -> Place:
    return held.passage.place(held.figure.start, held.figure.end)


def _wrong_order(claim: Claim, frame: str, passages: Sequence[Passage]) -> Verdict | None:
    """A number of order ("the third time") that the passages do not have."""
    told = [flatly(passage.text) for passage in passages]
    spoken = flatly(frame)
    for one, other in (_ENDS, _ENDS[::-1]):
        found = one.search(spoken)
        if found and any(other.search(text) for text in told) and not any(one.search(text) for text in told):
            return Verdict("contradicted", f"{found.group()!r} where the source has its opposite", "order")
    mine = _ordinals(frame) - {one for text in claim.derived for one in _ordinals(text)}
    held = {one for passage in passages for one in _ordinals(passage.near)}
    held |= {
        int(value)
        for passage in passages
        for one in passage.said.figures
        for value in one.values
        if value == int(value)
    }
    missing = sorted(mine - held)
    if not missing:
        return None
    return Verdict("not found", f"the cited passages have no number {missing[0]} in the order", "number")


def _ordinals(text: str) -> set[int]:
    found = {_ORDINALS[word] for word in terms(text) if word in _ORDINALS}
    return found | {int(match[1]) for match in _ORDINAL_DIGITS.finditer(fold(text)) if 1 < int(match[1]) < 200}
