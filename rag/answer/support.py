"""Whether the passages that a generated sentence cites bear it out, and by which words.

A sentence passes when each cited passage speaks of its matter, and its dates, figures and names are all to be found in
them, across French and English. The check is one of what is said, not of how: it finds what was added, and a denial
turned into a claim, but not a shift of emphasis. Knows nothing of models or of wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import takewhile
from typing import Final

import numpy as np

from rag.alike import cognate, stems
from rag.answer.capitals import calendar_words, capitalised
from rag.answer.figures import find_figures, stated
from rag.answer.polarity import negated
from rag.answer.prompt import Shown
from rag.dates import DateMention, find_dates
from rag.dates.names import NUMBERS
from rag.embedding import Embedder
from rag.gazetteer import flat, is_place, known, of_acronym, translations
from rag.matching import Matcher
from rag.names import same_name
from rag.store.base import Vector
from rag.text import STOPWORDS, Span, fold, is_ordinary, sentences, words
from rag.types import Citation, Language

# Cosine of a sentence and of the passage's sentence it was made from, under the bundled model, over French and English
# paraphrases: 0.76 to 0.93; of a sentence on another fact of the same article: 0.25 to 0.63.
LEAST_COSINE: Final = 0.7
LEAST_OVERLAP: Final = 0.7  # share of the sentence's content words that the passage holds
LEAST_TOGETHER: Final = 1.0  # cosine and share together, for a sentence that draws on two of the passage
FACTS: Final = 0.33  # what it adds there that the passage's sentence holds the same dates and figures

# What speaks to a machine that reads, not to people: "ignore the instructions above", "reply only with ...".
_ORDER: Final = re.compile(
    r"\b(?:ignor\w+|disregard\w*|forget|oubli\w+|neglig\w+|override)\b.{0,40}\b(?:instructions?|consignes?|prompts?|"
    r"rules|regles|above|previous|ci-dessus|precedent\w*)"
    r"|\b(?:say|reply|respond|answer|write|output|print|repeat|dis|dites|repond\w*|ecri[st]\w*|affich\w+|repet\w+)\b"
    r"(?: \w+){0,2} (?:only|exactly|just|uniquement|exactement|seulement)\b"
    r"|\b(?:system prompt|as an ai|language model|modele de langa\w+|you are now|tu es desormais|"
    r"(?:ai|ia|note (?:to|a) l?['’]?(?:the )?)\s?assistant)\b"
)
_STOP: Final = STOPWORDS["fr"] | STOPWORDS["en"]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The sentence of a passage that a generated sentence rests on."""

    shown: Shown
    start: int  # offsets into the passage's text
    end: int

    @property
    def quote(self) -> str:
        return self.shown.passage.text[self.start : self.end]


class Checker:
    """Checks the sentences of one reply against the passages shown for it."""

    def __init__(self, matcher: Matcher, embedder: Embedder) -> None:
        self._matcher = matcher
        self._embedder = embedder
        self._vectors: dict[str, tuple[list[Span], Vector]] = {}

    def citations(self, sentence: str, cited: Sequence[Shown]) -> tuple[Citation, ...]:
        """A citation for each cited passage that bears the sentence out; none when they do not do so together."""
        evidence = [found for shown in cited if (found := self._evidence(sentence, shown)) is not None]
        passages = [found.shown for found in evidence]
        language = self._matcher.question.language
        if not evidence or not self._on_the_matter(passages):
            return ()
        if any(_ORDER.search(fold(found.quote)) for found in evidence) or _denied(sentence, evidence):
            return ()
        taken = _dates_held(sentence, passages, language)
        if taken is None or not _figures_held(sentence, passages, taken, language):
            return ()
        return tuple(_cite(found) for found in evidence) if _names_held(sentence, passages) else ()

    def _on_the_matter(self, passages: Sequence[Shown]) -> bool:
        """Whether whom the question is about is named there; for lists and comparisons one of them is enough."""
        question = self._matcher.question
        text = "\n".join(f"{shown.context}\n{shown.passage.text}" for shown in passages)
        missing = self._matcher.missing_names(text)
        if question.kind in ("list", "comparison"):
            return not question.names or len(missing) < len(question.names)
        return not missing

    def _evidence(self, sentence: str, shown: Shown) -> _Evidence | None:
        """The passage's sentence nearest to a generated one; None when the passage is about something else."""
        spans, vectors = self._sentences(shown)
        if not spans:
            return None
        vector = self._embedder.embed_passages([sentence])[0]
        cosines = vectors @ np.asarray(vector)
        said = _content(sentence)
        texts = [shown.passage.text[span.start : span.end] for span in spans]
        facts = _Facts(sentence, self._matcher.question.language)
        fits = [_overlap(said, text) + facts.share(text, shown) for text in texts]
        best = max(range(len(spans)), key=lambda at: float(cosines[at]) + fits[at])
        cosine, overlap = float(max(cosines)), _overlap(said, _near(shown))
        together = cosine + overlap + FACTS * facts.share(texts[best], shown)
        supported = cosine >= LEAST_COSINE or overlap >= LEAST_OVERLAP or together >= LEAST_TOGETHER
        return _Evidence(shown, spans[best].start, spans[best].end) if supported else None

    def _sentences(self, shown: Shown) -> tuple[list[Span], Vector]:
        passage = shown.passage
        if passage.id not in self._vectors:
            spans = [_bare(passage.text, span) for span in sentences(passage.text, passage.language)]
            texts = [passage.text[span.start : span.end] for span in spans]
            self._vectors[passage.id] = (spans, self._embedder.embed_passages(texts))
        return self._vectors[passage.id]


def _bare(text: str, span: Span) -> Span:
    """A sentence without the bullet before it."""
    bullet = re.match(r"[-•*–]\s+", text[span.start : span.end])
    return Span(span.start + bullet.end(), span.end) if bullet else span


class _Facts:
    """The dates and figures of a sentence, looked for in others."""

    def __init__(self, sentence: str, language: Language) -> None:
        self._dates = [each for each in find_dates(sentence, anchor=None, language=language) if each.first]
        self._figures = find_figures(sentence, language, [Span(each.start, each.end) for each in self._dates])

    def share(self, text: str, shown: Shown) -> float:
        """Share of them that a sentence of a passage holds; 0 when there are none."""
        language = shown.passage.language
        dates = find_dates(text, anchor=shown.passage.article.published, language=language)
        figures = find_figures(text, language)
        held = sum(any(_within(each, mine) for each in dates) for mine in self._dates)
        held += sum(stated(mine, figures) for mine in self._figures)
        return held / max(1, len(self._dates) + len(self._figures))


def _within(inner: DateMention, outer: DateMention) -> bool:
    return bool(
        inner.first
        and inner.last
        and outer.first
        and outer.last
        and outer.first <= inner.first <= inner.last <= outer.last
    )


def _cite(found: _Evidence) -> Citation:
    passage = found.shown.passage
    return Citation(
        quote=found.quote,
        kind=passage.kind,
        start=passage.start + found.start,
        end=passage.start + found.end,
        article=passage.article,
        comment=passage.comment,
        text_id=passage.text_id,
    )


def _near(shown: Shown) -> str:
    return f"{shown.context}\n{shown.passage.text}"


def _content(text: str) -> list[str]:
    return [f for word in words(text) if (f := fold(word.text)) not in _STOP and len(f) > 1]


def _overlap(said: Sequence[str], text: str) -> float:
    """Share of content words that a text holds, in any inflection, spelling or close form of either language."""
    if not said:
        return 0.0
    terms = _terms(text)
    return sum(_held(word, terms) or any(cognate(word, term) for term in terms) for word in said) / len(said)


@lru_cache(maxsize=256)
def _terms(text: str) -> frozenset[str]:
    """The folded words of a text, hyphenated ones in parts too."""
    found = {fold(word.text) for word in words(text)}
    return frozenset(found | {part for word in found if "-" in word for part in word.split("-")})


@lru_cache(maxsize=50_000)
def _held(word: str, terms: frozenset[str]) -> bool:
    """Whether a folded word is among the terms: as it is, inflected, in the other language or transcribed."""
    if word in terms:
        return True
    if any(character.isdigit() for character in word):
        return False
    own, others = stems(word), translations(flat(word))
    return any(term in others or own[0] == stems(term)[0] or own[1] == stems(term)[1] for term in terms) or any(
        same_name(word, term) for term in terms if term[:1].isalpha()
    )


def _denied(sentence: str, evidence: Sequence[_Evidence]) -> bool:
    """Whether a sentence claims what its source denies, or denies what its source does not."""
    if negated(sentence):
        return not any(negated(found.quote) for found in evidence)
    said = _content(sentence)
    for found in evidence:
        clauses = [clause for clause in re.split(r"[,;:()–—]\s", found.quote) if clause.strip()]
        if negated(max(clauses, key=lambda clause: _overlap(said, clause), default="")):
            return True
    return False


def _dates_held(sentence: str, passages: Sequence[Shown], language: Language) -> list[Span] | None:
    """The places of the sentence's dates when the passages hold them all, else None.

    A date may be less precise than its source ("July 2025" for "1er juillet 2025"), never more. The publication day
    counts as held.
    """
    sources = [(shown, _dates_of(shown)) for shown in passages]
    mentions = find_dates(sentence, anchor=None, language=language)
    resolved = [find_dates(sentence, anchor=shown.passage.article.published, language=language) for shown in passages]
    for number, mention in enumerate(mentions):
        if mention.first is None and any(fold(mention.text) in fold(shown.passage.text) for shown in passages):
            continue  # "the day before", said in the same words
        readings = [mention] if mention.first else [own[number] for own in resolved if len(own) == len(mentions)]
        if not any(_date_held(reading, shown, dates) for reading in readings for shown, dates in sources):
            return None
    return [Span(mention.start, mention.end) for mention in mentions]


def _dates_of(shown: Shown) -> list[DateMention]:
    passage = shown.passage
    return find_dates(_near(shown), anchor=passage.article.published, language=passage.language)


def _date_held(mention: DateMention, shown: Shown, dates: Sequence[DateMention]) -> bool:
    published = shown.passage.article.published
    intervals: list[tuple[date | None, date | None]] = [(each.first, each.last) for each in dates]
    intervals.append((published.first_day, published.last_day))
    if mention.first and mention.last:
        return any(a and b and mention.first <= a and b <= mention.last for a, b in intervals)
    said = mention.said
    if said.month is None and said.weekday is None and said.year is None:
        return False
    return any(
        all(mine is None or mine == its for mine, its in zip(said[:4], each.said[:4], strict=True)) for each in dates
    )


def _figures_held(sentence: str, passages: Sequence[Shown], taken: Sequence[Span], language: Language) -> bool:
    figures = find_figures(sentence, language, taken)
    source = [figure for shown in passages for figure in find_figures(_near(shown), shown.passage.language)]
    return all(stated(figure, source) for figure in figures)


def _names_held(sentence: str, passages: Sequence[Shown]) -> bool:
    """Whether the passages hold the names of a sentence.

    The last word of a name must stand in the passage, its title, heading or lead; the words before it ("Emmanuel"),
    and the names of countries and peoples, anywhere in the article. A word that the press writes in lower case, too,
    is no name.
    """
    near = "\n".join(_near(shown) for shown in passages)
    whole = "\n".join(shown.whole for shown in passages)
    near_terms, whole_terms = _terms(near), _terms(near + "\n" + whole)
    spelt = f" {flat(near)} {flat(whole)} "
    for span in capitalised(sentence):
        name = sentence[span.start : span.end]
        others = translations(flat(name)) | (of_acronym(name) if name.isupper() else frozenset())
        if any(f" {other} " in spelt for other in (flat(name), *others)):
            continue
        parts = [part for word in words(name) for part in word.text.split("-") if part]
        for place, part in enumerate(parts):
            wide = place < len(parts) - 1 or _of_nation(part)
            if not _is_free(part) and not _name_held(part, whole_terms if wide else near_terms):
                return False
    return True


def _is_free(part: str) -> bool:
    """A word of a name that needs no source: an initial, a particle, a month, a word of the ordinary language."""
    folded = fold(part)
    if len(folded) < 2 or folded in _STOP or folded in calendar_words() or not folded.isalpha():
        return True
    number = folded in NUMBERS["fr"] or folded in NUMBERS["en"]
    return number or (is_ordinary(part) and not _of_nation(part))


def _of_nation(part: str) -> bool:
    return known(flat(part)) or is_place(part)


def _of_one_country(name: str, term: str) -> bool:
    """Whether a country and a people belong together by how they begin ("iran", "iranien"; "russian", "russie"); two
    countries never do."""
    for spelt in (name, *translations(name)):
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(spelt, term, strict=False)))
        if shared >= 4 and shared >= min(len(spelt), len(term)) - 2:
            return not (is_place(name) and is_place(term))
    return False


def _name_held(part: str, terms: frozenset[str]) -> bool:
    folded = fold(part)
    if _held(folded, terms) or (_of_nation(part) and any(_of_one_country(folded, term) for term in terms)):
        return True
    # French turns acronyms round: Otan, UE, ADN.
    return part.isupper() and any(sorted(folded) == sorted(term) for term in terms)
