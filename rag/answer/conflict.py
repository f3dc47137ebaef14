"""Two articles that give different values for one thing: the rival of a chosen short answer, and corrections.

Pure functions over weighed candidates. Cautious: a rival is told only when it is of the same kind, speaks of the same
matter, place and time, and neither article already sets the one against the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from rag.alike import stems
from rag.answer.candidates import Candidate
from rag.answer.figures import Figure, find_figures
from rag.answer.polarity import negated, planned
from rag.answer.speech import attributions
from rag.dates import DateMention
from rag.question import Question
from rag.text import STOPWORDS, Span, fold, words
from rag.types import ArticleRef

KINDS: Final = ("date", "duration", "number")  # of questions whose values can be compared
LEAST_ODDS: Final = 0.05  # of a rival sentence against the chosen one
LEAST_WORDS: Final = 0.6  # share of what the chosen sentence meets of the question that the rival must meet, too
ONE_EVENT: Final = 45  # days between two publications beyond which a new value is a new state and no contradiction
ROUNDING: Final = Decimal("0.02")  # a difference below this share, or one that rounding explains, is none

NEAR: Final = 600  # characters between a wrong value and the right one in an article that corrects

# A value that is a part, a whole, a rate or an estimate beside one that is not.
_EXTENT: Final = (
    re.compile(r"\b(?:dont|parmi|sur les|seul\w*|of which|of whom|including|among|only|partie?|tiers|half|moitie)\b"),
    re.compile(r"\b(?:au total|en tout|totale?|total|altogether|overall|combined|cumul\w*)\b"),
    re.compile(r"\b(?:par (?:an|jour|mois|semaine|habitant|personne)|chacun\w*|chaque|per|each|every|a year|a day)\b"),
    re.compile(r"\b(?:au moins|plus d[e']|jusqu'a|moins d[e']|at least|more than|up to|less than|fewer than|over)\b"),
    re.compile(r"\b(?:estim\w*|prevu\w*|initial\w*|vot\w*|budget\w*|annonc\w*|objectif|planned|expected|originally)\b"),
)
_CORRECTS: Final = re.compile(
    r"\b(?:rectificatif|rectifi\w+|erratum|errata|mise au point|correction|corrected|corrigendum|clarification|"
    r"corrections? and clarifications?)\b"
)
_ADMITS: Final = re.compile(
    r"\b(?:nous avons (?:ecrit|indique|publie|annonce)|une (?:version|erreur) (?:precedente|anterieure)|"
    r"contrairement a ce que nous|an earlier version|we (?:wrote|reported|stated|published)|"
    r"(?:this|the) article (?:was|has been) (?:amended|corrected))\b"
)


@dataclass(frozen=True, slots=True)
class Rival:
    """Another article's value."""

    candidate: Candidate
    correction: bool  # one of the two articles puts the other right: the later one


def is_correction(article: ArticleRef, text: str) -> bool:
    """Whether an article puts an earlier one right and says so, in its title or its beginning."""
    return bool(_CORRECTS.search(fold(article.title)) or _ADMITS.search(fold(text[:800])))


def settled(question: Question, chosen: Candidate, candidates: Sequence[Candidate]) -> tuple[Candidate, Rival | None]:
    """The candidate to answer with, and its rival: a later correction takes the place of what it corrects."""
    right = _put_right(question, chosen, candidates)
    if right is not None:
        announced = is_correction(right.document.article, right.document.text)
        return right, Rival(chosen, correction=True) if announced else None
    rival = rival_of(question, chosen, candidates)
    if rival is None or not rival.correction:
        return chosen, rival
    pair = sorted((chosen, rival.candidate), key=_corrects_by_day)
    return pair[1], Rival(pair[0], correction=True)


def _put_right(question: Question, chosen: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that puts another value in the place of the chosen one: "2,9 millions, et non 2,6", or, in a
    correction that repeats the chosen value, the sentence near it that gives the right one."""
    if question.kind not in ("number", "duration") or chosen.short is None or (wrong := _figure(chosen)) is None:
        return None
    published = chosen.document.article.published.first_day or date.min
    for other in candidates:
        value = _figure(other) if other.short is not None else None
        if value is None or value.unit != wrong.unit or value.values & wrong.values or other.missing:
            continue
        if (other.document.article.published.first_day or date.max) < published:
            continue
        if _denies(other, wrong):
            return other
        cue = _PUTS_RIGHT.search(fold(other.text)) is not None
        if cue and is_correction(other.document.article, other.document.text) and _repeats(other, wrong, candidates):
            return other
    return None


_PUTS_RIGHT: Final = re.compile(
    r"\b(?:rectifi\w+|corrig\w+|en realite|en fait|bon (?:chiffre|montant|nombre)|exacte?s?|il est faux|et non|"
    r"correct\w*|in fact|actually|should (?:have been|be|read))\b"
)
_INSTEAD: Final = re.compile(
    r"\b(?:et non(?: pas)?|au lieu d[e']|plutot que|and not|not|rather than|instead of)\b[^,;.]{0,20}$"
)


def _denies(candidate: Candidate, wrong: Figure) -> bool:
    """Whether a sentence names a figure as what it is not: "et non 2,6"."""
    taken = [Span(d.start, d.end) for d in candidate.dates]
    found = find_figures(candidate.text, candidate.hit.passage.language, taken)
    scaled = {value * scale for f in found for value in f.values for scale in (1, 1_000, 10**6, 10**9)}
    if not wrong.values & scaled:
        return False
    return any(
        _INSTEAD.search(fold(candidate.text[: f.start]))
        for f in found
        if wrong.values & {value * scale for value in f.values for scale in (1, 1_000, 10**6, 10**9)}
    )


def _repeats(candidate: Candidate, wrong: Figure, candidates: Sequence[Candidate]) -> bool:
    """Whether a candidate's article says the wrong figure, too, within NEAR characters: it is what it corrects."""
    return any(
        c.document.id == candidate.document.id and abs(c.start - candidate.start) <= NEAR and _says(c, wrong)
        for c in candidates
    )


def _corrects_by_day(candidate: Candidate) -> tuple[bool, date]:
    article = candidate.document.article
    return is_correction(article, candidate.document.text), article.published.first_day or date.min


def rival_of(question: Question, chosen: Candidate, candidates: Sequence[Candidate]) -> Rival | None:
    """The best candidate of another article that gives another value for what the chosen one gives; None when there is
    none, or it may be no contradiction."""
    if question.kind not in KINDS or chosen.short is None or question.operator is not None:
        return None
    corrects = is_correction(chosen.document.article, chosen.document.text)
    best: Rival | None = None
    for other in candidates:
        if other.document.article.id == chosen.document.article.id or not _comparable(chosen, other):
            continue
        correction = corrects or is_correction(other.document.article, other.document.text)
        if not correction and not (_same_time(chosen, other) and _same_scene(question, chosen, other)):
            continue
        if not _differ(question, chosen, other) or _reconciled(question, chosen, other):
            continue
        if best is None or other.score > best.candidate.score:
            best = Rival(other, correction)
    return best


def _comparable(chosen: Candidate, other: Candidate) -> bool:
    """Whether a candidate answers the question as the chosen one does, to look at it alone."""
    if other.short is None or other.missing or other.far or other.feature("time") < 0:
        return False
    if other.score < LEAST_ODDS * chosen.score or planned(other.text) != planned(chosen.text):
        return False
    if negated(other.text) or negated(chosen.text):
        return False
    enough = LEAST_WORDS * chosen.feature("words")
    return other.feature("words") >= enough and other.feature("words_near") >= LEAST_WORDS * chosen.feature(
        "words_near"
    )


def _differ(question: Question, chosen: Candidate, other: Candidate) -> bool:
    """Whether the two values are of one kind and say different things."""
    assert chosen.short is not None and other.short is not None
    if question.kind == "date":
        return _dates_differ(chosen.short.date, other.short.date)
    mine, theirs = _figure(chosen), _figure(other)
    if mine is None or theirs is None or mine.unit != theirs.unit or _close(mine, theirs):
        return False
    if _extent(chosen) != _extent(other):
        return False
    return mine.unit is not None or _same_noun(chosen, other)


def _dates_differ(mine: DateMention | None, theirs: DateMention | None) -> bool:
    """Two dates of one precision without a day in common, near enough for one event."""
    if mine is None or theirs is None or mine.precision != theirs.precision:
        return False
    if not (mine.first and mine.last and theirs.first and theirs.last):
        return False
    apart = max(mine.first, theirs.first) - min(mine.last, theirs.last)
    longest = {"day": 31, "month": 92, "year": 3 * 366}.get(mine.precision, 0)
    return 0 < apart.days <= longest


def _figure(candidate: Candidate) -> Figure | None:
    """The figure of a candidate's short answer, read in its sentence so that its unit is seen."""
    assert candidate.short is not None
    taken = [Span(d.start, d.end) for d in candidate.dates]
    found = find_figures(candidate.text, candidate.hit.passage.language, taken)
    inside = [f for f in found if candidate.short.start <= f.start < candidate.short.end]
    return inside[0] if inside else None


def _close(mine: Figure, theirs: Figure) -> bool:
    """Whether two figures are one, or one the other rounded."""
    for a in mine.values:
        for b in theirs.values:
            larger = max(abs(a), abs(b))
            if a == b or (larger > 20 and abs(a - b) <= ROUNDING * larger) or _rounds(a, b) or _rounds(b, a):
                return True
    return False


def _rounds(exact: Decimal, rounded: Decimal) -> bool:
    """Whether a number of several digits rounds to another of fewer."""
    digits = len(rounded.normalize().as_tuple().digits)
    if digits >= len(exact.normalize().as_tuple().digits) or not exact:
        return False
    return exact.normalize().quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1)) == rounded


def _extent(candidate: Candidate) -> tuple[bool, ...]:
    """Which signs of a part, a whole, a rate or an estimate stand near the value."""
    assert candidate.short is not None
    near = fold(candidate.text[max(0, candidate.short.start - 60) : candidate.short.end + 40])
    return tuple(pattern.search(near) is not None for pattern in _EXTENT)


def _same_noun(chosen: Candidate, other: Candidate) -> bool:
    """Whether the two numbers count the same: the next words share a stem."""
    return bool(_counted(chosen) & _counted(other))


def _counted(candidate: Candidate) -> set[str]:
    figure = _figure(candidate)
    after = words(candidate.text[figure.end :])[:2] if figure else []
    stop = STOPWORDS["fr"] | STOPWORDS["en"]
    return {stem for word in after if fold(word.text) not in stop for stem in stems(fold(word.text))}


def _same_time(chosen: Candidate, other: Candidate) -> bool:
    """Whether the two may tell of one event: the days they name meet, or else they were published near each other."""
    if chosen.short and chosen.short.date is None:
        mine, theirs = _days(chosen), _days(other)
        if mine and theirs:
            return any(a <= d and c <= b for a, b in mine for c, d in theirs)
    first, second = chosen.document.article.published, other.document.article.published
    if not (first.first_day and first.last_day and second.first_day and second.last_day):
        return False
    gap = max(first.first_day, second.first_day) - min(first.last_day, second.last_day)
    return gap.days <= ONE_EVENT


def _days(candidate: Candidate) -> list[tuple[date, date]]:
    return [(d.first, d.last) for d in candidate.dates if d.first and d.last]


def _same_scene(question: Question, chosen: Candidate, other: Candidate) -> bool:
    """Whether neither sentence names a person or place that the other's article and the question do not know."""
    return _known(question, chosen, other) and _known(question, other, chosen)


def _known(question: Question, named: Candidate, by: Candidate) -> bool:
    around = {fold(word.text) for word in words(f"{question.text}\n{by.document.article.title}\n{by.document.text}")}
    return _names(named) <= around


def _names(candidate: Candidate) -> set[str]:
    """The folded capitalised words of a sentence, its first word and its speakers left out."""
    text = candidate.text
    told = [one.who for one in attributions(text)]
    return {
        fold(word.text)
        for word in words(text)[1:]
        if word.text[0].isupper() and len(word.text) > 2 and not any(who.start <= word.start < who.end for who in told)
    }


def _reconciled(question: Question, chosen: Candidate, other: Candidate) -> bool:
    """Whether a sentence holds both values, so that its article sets them in relation itself."""
    if question.kind == "date":
        mine, theirs = chosen.short, other.short
        assert mine is not None and theirs is not None
        return any(_one_day(d, theirs.date) for d in chosen.dates) or any(_one_day(d, mine.date) for d in other.dates)
    mine_figure, their_figure = _figure(chosen), _figure(other)
    assert mine_figure is not None and their_figure is not None
    return _says(chosen, their_figure) or _says(other, mine_figure)


def _one_day(a: DateMention, b: DateMention | None) -> bool:
    return b is not None and a.first is not None and (a.first, a.last) == (b.first, b.last)


def _says(candidate: Candidate, figure: Figure) -> bool:
    taken = [Span(d.start, d.end) for d in candidate.dates]
    found = find_figures(candidate.text, candidate.hit.passage.language, taken)
    return any(f.values & figure.values for f in found)
