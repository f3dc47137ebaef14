"""A claim and its citations as the checks read them: language, quoted stretches, clauses, dates and figures.

It finds; what is found it does not compare. Dates are intervals, counted from the day of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from evals.judge.types import Cited, Claim, Place, Source
from rag.answer.figures import Figure, find_figures
from rag.dates import DateMention, find_dates
from rag.text import Span, detect_language, fold, sentences
from rag.types import Language, PublicationDate

CONTEXT: Final = 500  # characters before a citation in which a pronoun, "that day" or "the company" is named
_MARKS: Final = re.compile('[«»“”"]')
_BOTH: Final[tuple[Language, Language]] = ("fr", "en")
_MARKER: Final = re.compile(r"\s*[\[【]\s*\d+(?:\s*[,;–-]\s*\d+)*\s*[\]】]")
_CLAUSE: Final = re.compile(
    r"[;:()–—]\s*|,\s+|\s(?:mais|alors que|tandis que|quand|lorsque|lorsqu['’]|car|parce que|parce qu['’]|puisque|"
    r"but|while|whereas|when|because|although|though|and then|and|et|si|if)\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A text with what it says in values."""

    text: str
    language: Language
    dates: tuple[DateMention, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One citation read: the sentences of its source that it stands in."""

    number: int  # place in Claim.cited
    source: Source
    start: int  # offsets into source.text
    end: int
    said: Said
    before: str  # the text before it, as far as a pronoun reaches
    about: str  # title and outlet

    @property
    def text(self) -> str:
        return self.said.text

    @property
    def near(self) -> str:
        """The passage with what names its matter."""
        return f"{self.about}\n{self.before}\n{self.text}"

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """A stretch of the passage as a verdict names it."""
        end = len(self.text) if end is None else end
        return Place("source", self.start + start, self.start + end, self.text[start:end], self.number)


def language_of(claim: Claim) -> Language:
    """A claim's language: as given, else that in which more of its own words are dates, else by its words and those of
    its question. What it quotes may be in the other language."""
    if claim.language:
        return claim.language
    frame = frame_of(claim.text)
    dated = {
        one: sum(found.end - found.start for found in find_dates(frame, anchor=None, language=one)) for one in _BOTH
    }
    if dated["fr"] != dated["en"]:
        return "fr" if dated["fr"] > dated["en"] else "en"
    own = frame if any(character.isalpha() for character in frame) else claim.text
    return detect_language(f"{claim.question} {own}" if len(own) < 60 else own)


@lru_cache(maxsize=2048)
def read(text: str, language: Language, anchor: PublicationDate | None) -> Said:
    """The dates and figures of a text; a date's digits are no figures of their own where the days are known."""
    dates = tuple(find_dates(text, anchor=anchor, language=language))
    return Said(text, language, dates, figures_of(text, language, dates))


def figures_of(text: str, language: Language, dates: tuple[DateMention, ...]) -> tuple[Figure, ...]:
    """The figures of a text outside its dates. A relative date with a number ("three weeks ago") is a figure too."""
    taken = [Span(one.start, one.end) for one in dates if not one.relative or one.said.day or one.said.year]
    return tuple(find_figures(text, language, taken))


def passage_of(number: int, cited: Cited) -> Passage:
    """A citation as the whole sentences of its source that it touches."""
    source = cited.source
    assert source is not None
    language = source.language or detect_language(source.text)
    start, end = _whole_sentences(source.text, language, cited.start, cited.end)
    return Passage(
        number=number,
        source=source,
        start=start,
        end=end,
        said=read(source.text[start:end], language, source.published),
        before=source.text[max(0, start - CONTEXT) : start],
        about="\n".join(filter(None, (source.title, source.outlet, source.author))),
    )


@lru_cache(maxsize=512)
def _spans(text: str, language: Language) -> tuple[Span, ...]:
    return tuple(sentences(text, language))


def _whole_sentences(text: str, language: Language, start: int, end: int) -> tuple[int, int]:
    touched = [span for span in _spans(text, language) if span.start < end and start < span.end]
    return (min(start, touched[0].start), max(end, touched[-1].end)) if touched else (start, end)


def sentences_of(passage: Passage) -> tuple[str, ...]:
    """The sentences of a passage."""
    spans = _spans(passage.text, passage.said.language)
    return tuple(passage.text[span.start : span.end] for span in spans) or (passage.text,)


def quoted(text: str) -> list[Span]:
    """What stands between quotation marks, without the marks; of quotations in quotations the outer ones.

    One that does not close runs to the end.
    """
    found: list[Span] = []
    opened: list[int] = []
    for match in _MARKS.finditer(text):
        mark = match.group()
        straight = mark == '"'
        if mark in "«“" or (straight and not (opened and text[opened[-1] - 1] == '"')):
            opened.append(match.end())
        elif opened:
            start = opened.pop()
            if not opened:
                found.append(_trimmed(text, start, match.start()))
    return [*found, _trimmed(text, opened[0], len(text))] if opened else found


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def unmarked(text: str) -> str:
    """A claim's text with its citation markers blanked, offsets kept."""
    return _MARKER.sub(lambda match: " " * len(match.group()), text)


def frame_of(text: str) -> str:
    """A text with its quoted stretches blanked, offsets kept."""
    for span in quoted(text):
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[Span, ...]:
    """The clauses of a text, cut at marks and conjunctions; numbers keep their commas."""
    edges = [0]
    for match in _CLAUSE.finditer(text):
        edges.append(match.start() if match.group()[0].isspace() else match.end())
    edges.append(len(text))
    pairs = pairwise(edges)
    return tuple(Span(a, b) for a, b in pairs if any(c.isalnum() for c in text[a:b]))


def flatly(text: str) -> str:
    """A text as the word lists of the checks are written: folded, every gap one space."""
    return f" {fold(text)} "
