"""Answers that settle something by the sentences' own words: yes or no, a comparison of two sides, a list.

Knows what was read for a question. Whether a sentence decides is `rag.answer.polarity`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from rag.answer import wording
from rag.answer.candidates import Candidate
from rag.answer.polarity import Verdict, verdict
from rag.answer.proper import join, names_places
from rag.answer.quantities import find_quantities
from rag.answer.ranking import THRESHOLD
from rag.answer.reading import Reading, abstain, cite, made, told_by
from rag.answer.spot import MET
from rag.question import Question
from rag.terms import folded_words
from rag.text import Span, fold
from rag.types import Answer, Sentence

MOST_READ: Final = 40  # best candidates among which a yes/no question is decided
SEASON: Final = 100  # days
LISTING: Final = 0.1  # least odds of a sentence whose list may be taken
NEXT: Final = 300  # characters up to a sentence that goes on with a list
_YES_NO: Final = {"fr": {True: "Oui", False: "Non"}, "en": {True: "Yes", False: "No"}}


_MONTHS: Final = {
    name: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
    if name != "may"  # a verb as often as a month
}
_ENUMERATION: Final = re.compile(r"(?:[^,;:.!?()]{2,70}, ){1,8}[^,;:.!?()]{2,70}? (?:et|ou|and|or) \S")
_MORE: Final = re.compile(
    r"\b(?:aussi|egalement|s'y ajout\w+|ensuite|enfin|en outre|also|too|as well|in addition|joined)\b"
)
_YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_AGAINST: Final = re.compile(r"\b(?:contre|against|au lieu de|instead of|compared (?:with|to)|versus|que|than)\b")
_QUANTITY: Final = re.compile(
    r"\b(?:combien|nombre|number|how (?:many|much)|cout\w*|costs?|prix|prices?|figures?|chiffres?|estimat\w*|taux|rate|"
    r"montant|amount|plus|moins|more|less|fewer)\b"
)
_EACH: Final = re.compile(
    r"\b(?P<by>selon|d'apres|according to)\b.+\b(?:et|and|puis|then)\b.*?\b(?P=by)\b"
    r"|\b(?:chaque fois|respectivement|respectively|each time|dans les deux cas|in both cases)\b"
)


def yes_no(reading: Reading, able: Sequence[Candidate], as_of: date | None) -> Answer:
    """Yes or no by the sentence that settles the question; of several that disagree, the one reported last."""
    question = reading.question
    best = _deciding(reading, able)
    if best is None:
        return abstain(reading, as_of)
    candidate, decided = best
    citation = cite(candidate)
    word = _YES_NO[question.language][decided.yes]
    quote = wording.says(citation, question.language, voice=told_by(candidate))
    sentences = [Sentence(f"{word}.", (0,)), Sentence(quote, (0,))]
    return made(question, sentences, [citation], word, as_of)


def _deciding(reading: Reading, able: Sequence[Candidate]) -> tuple[Candidate, Verdict] | None:
    """The sentence that decides and its verdict; None when none does, or when those of the last day disagree."""
    found = [(c, v) for c in able[:MOST_READ] if (v := verdict(reading.question, c, reading.matcher)) is not None]
    likely = any(c.presence >= THRESHOLD for c in able[:3])
    strong = [(c, v) for c, v in found if v.strong and (v.asserts or likely)]
    # What only holds the names counts when it is a later word on the same days.
    later = [
        (c, v)
        for c, v in found
        if not v.strong and any(_same_days(c, other) and _day(c) > _day(other) for other, _ in strong)
    ]
    # Where one sentence of an article names the subject itself, no other one of it speaks for the subject.
    named = {c.document.id for c, v in strong if v.direct}
    strong = [(c, v) for c, v in strong if v.direct or c.document.id not in named]
    if not strong:
        return None
    sides = {v.yes for _, v in [*strong, *later]}
    if len(sides) == 1:
        return max(strong, key=lambda pair: pair[0].score)
    newest = max(_day(c) for c, _ in [*strong, *later])
    last = [(c, v) for c, v in [*strong, *later] if _day(c) == newest]
    if newest == date.min or len({v.yes for _, v in last}) > 1:
        return None
    return max(last, key=lambda pair: pair[0].score)


def _day(candidate: Candidate) -> date:
    """The day an article appeared; the earliest of all where it is unknown."""
    return candidate.document.article.published.first_day or date.min


def _same_days(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences tell of the same dated days, no date longer than a season."""
    own, theirs = (
        [(d.first, d.last) for d in candidate.dates if d.first and d.last and (d.last - d.first).days <= SEASON]
        for candidate in (one, other)
    )
    return any(a <= y and x <= b for a, b in own for x, y in theirs)


def listing(reading: Reading, able: Sequence[Candidate], as_of: date | None) -> Answer:
    """The sentence with the fullest list among the good ones, and one more of the same article if it adds to it."""
    question = reading.question
    close = [c for c in able if c.score >= LISTING * able[0].score]
    if names_places(question):
        close = [c for c in close if c.short and len(c.short.items) > 1] or close
    best = max(close, key=_listed)
    items = list(best.short.items) if best.short else []
    chosen = [best]
    for candidate in sorted(able, key=lambda c: -c.score) if items or members(best.text) < 2 else ():
        new = [i for i in (candidate.short.items if candidate.short else ()) if i not in items]
        if new and candidate.document.id == best.document.id and _goes_on(best, candidate) and len(chosen) < 2:
            chosen.append(candidate)
            items += new
    citations = [cite(c) for c in chosen]
    sentences = []
    listed = join(items, question.language) or None
    if listed:
        sentences.append(Sentence(wording.full_stop(wording.capital(listed)), tuple(range(len(citations)))))
    sentences += _quoted(question, chosen)
    return made(question, sentences, citations, listed, as_of)


def _goes_on(best: Candidate, candidate: Candidate) -> bool:
    """Whether a sentence adds to a list: it answers nearly as well, or follows and says that there is more."""
    if candidate.score >= 0.8 * best.score:
        return candidate is not best
    return 0 < candidate.start - best.end < NEXT and _MORE.search(fold(candidate.text)) is not None


def _listed(candidate: Candidate) -> float:
    """How well a sentence serves as a list: its odds, its members, and that it stands where the names do."""
    count = max(len(candidate.short.items) if candidate.short else 0, members(candidate.text))
    return candidate.score + 0.1 * min(count, 4) + (0.0 if candidate.far else 0.2)


def members(text: str) -> int:
    """How many members the longest enumeration of a sentence has: "a, b et c" has three; 1 where there is none."""
    counts = [match.group().count(",") + 2 for match in _ENUMERATION.finditer(fold(text))]
    return max(counts, default=1)


def compares_values(question: Question) -> bool:
    """Whether a question after a number asks for it twice: by two sources, at two times, or "each time"."""
    return question.kind == "number" and _EACH.search(fold(question.text)) is not None


def comparison(reading: Reading, as_of: date | None) -> Answer:
    """One sentence that holds both values, else for each side the best sentence that speaks of it.

    The sides are the months that the question names, where it names two of them, else its names. A name that is only
    the common subject stands beside the sentences and is no side.
    """
    question = reading.question
    months = _months(question.text)
    dated = len(months) > 1
    likely = [c for c in reading.candidates if not c.missing and (dated or c.presence >= THRESHOLD / 2)]
    if not likely or (not dated and not any(c.presence >= THRESHOLD for c in likely[:3])):
        return abstain(reading, as_of)
    fit = {id(c): _fitness(question, c) for c in likely}
    sides: list[list[Candidate]] = []
    if dated:
        sides = [[c for c in likely if month in _months_told(c) and _on_matter(reading, c)] for month in months[:3]]
    else:
        sides = [[c for c in likely if not reading.matcher.missing_names(c.text, (n,))] for n in question.names[:3]]
    chosen = _both(sides, fit) or _each(sides, likely if not dated else [], fit)
    if not chosen or (dated and not all(sides)):
        return abstain(reading, as_of)
    return made(question, _quoted(question, chosen), [cite(c) for c in chosen], None, as_of)


def _quoted(question: Question, chosen: Sequence[Candidate]) -> list[Sentence]:
    said = []
    for n, candidate in enumerate(chosen):
        again = n > 0 and candidate.document.article.id == chosen[n - 1].document.article.id
        text = wording.says(cite(candidate), question.language, again=again, voice=told_by(candidate))
        said.append(Sentence(text, (n,)))
    return said


def _fitness(question: Question, candidate: Candidate) -> float:
    """How well a sentence serves one side of a comparison: its odds, its words, and a quantity of its own."""
    values = min(len(_values(candidate)), 2)
    met = candidate.feature("words") + candidate.feature("words_near")
    return min(candidate.score, 1.0) + met + (0.5 * values if _QUANTITY.search(fold(question.text)) else 0.0)


def _values(candidate: Candidate) -> list[str]:
    """The quantities of a sentence, its dates left out."""
    return [q.text for q in find_quantities(candidate.text, [Span(d.start, d.end) for d in candidate.dates])]


def _both(sides: Sequence[Sequence[Candidate]], fit: dict[int, float]) -> list[Candidate]:
    """The best sentence that speaks of every side and sets two values against each other."""
    if len(sides) < 2:
        return []
    shared = [c for c in sides[0] if all(any(c is other for other in side) for side in sides[1:])]
    shared = [c for c in shared if len(_values(c)) > 1 or _AGAINST.search(fold(c.text))]
    best = max(shared, key=lambda c: fit[id(c)], default=None)
    return [best] if best else []


def _each(sides: Sequence[Sequence[Candidate]], likely: Sequence[Candidate], fit: dict[int, float]) -> list[Candidate]:
    """The best sentence of all and the best one for each side that it leaves out."""
    chosen: list[Candidate] = []
    if likely:
        chosen.append(max(likely, key=lambda c: fit[id(c)]))
    wanted = bool(chosen) and bool(_values(chosen[0]))
    for side in sides:
        if any(c is one for one in chosen for c in side):
            continue
        valued = [c for c in side if _values(c)] if wanted else list(side)
        best = max(valued, key=lambda c: fit[id(c)], default=None)
        if best is not None:
            chosen.append(best)
    return chosen[:3]


def _on_matter(reading: Reading, candidate: Candidate) -> bool:
    """Whether a sentence meets a word of the question that is no name and no month, in a year that the question
    gives."""
    years = {int(year) for year in _YEAR.findall(reading.question.text)}
    published = candidate.document.article.published.first_day
    told = {d.first.year for d in candidate.dates if d.first} | ({published.year} if published else set())
    met = reading.matcher.meets(candidate.text)
    words = [k.word for k in reading.matcher.keywords if not k.name and k.word not in _MONTHS]
    return (not years or bool(years & told)) and any(met[word] >= MET for word in words)


def _months(text: str) -> list[int]:
    """The months that a text names, each once, 1 to 12."""
    found = [_MONTHS[word] for word in folded_words(text) if word in _MONTHS]
    return list(dict.fromkeys(found))


def _months_told(candidate: Candidate) -> set[int]:
    """The months that a sentence tells of: those it names, and its article's, which "now" and "this time" are in."""
    published = candidate.document.article.published.first_day
    return {*_months(candidate.text), *([published.month] if published else [])}
