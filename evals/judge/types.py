"""What the judge is given and what it says: claims with their cited sources, and verdicts with their reasons.

It does no work and knows nothing of archives, models or the program under test. Offsets count characters and are
half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from rag.types import UNKNOWN_DATE, Language, PassageKind, PublicationDate

VerdictKind = Literal["supported", "contradicted", "not found", "undecided"]
KINDS: Final[tuple[VerdictKind, ...]] = ("supported", "contradicted", "not found", "undecided")
# The check that settled a verdict, in the order in which they are made.
Check = Literal[
    "structure", "quote", "number", "date", "name", "negation", "modality", "attribution", "order", "coverage", "model"
]


@dataclass(frozen=True, slots=True)
class Source:
    """A text that may be cited, whole or as much of it as there is."""

    text: str
    kind: PassageKind = "article"
    published: PublicationDate = UNKNOWN_DATE  # "Tuesday" and "last month" count from it
    language: Language | None = None  # None: by its words
    title: str = ""
    outlet: str | None = None
    author: str | None = None  # of a comment: how the reader is called


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: words that are said to stand at some place of a source."""

    source: Source | None  # None: the citation names a text that does not exist
    quote: str
    start: int
    end: int

    @classmethod
    def whole(cls, source: Source) -> Cited:
        """A citation of all of a source."""
        return cls(source, source.text, 0, len(source.text))


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer with what it cites."""

    text: str
    cited: tuple[Cited, ...] = ()
    language: Language | None = None  # None: by its words
    as_of: date | None = None  # the archive's latest day, or the day asked as of: "the latest, as of 3 May 2025"
    # Values that code worked out from the sources and says so ("72 years", "3 May 2025"): they need not be in a source.
    derived: tuple[str, ...] = ()
    question: str = ""  # an answer may be half a sentence ("In 1999."); then the question is read before it


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the claim, or of the source of one of its citations, that a verdict rests on."""

    side: Literal["claim", "source"]
    start: int
    end: int
    text: str
    citation: int = 0  # place in Claim.cited; 0 on the claim's side


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge found.

    supported: every check passed. contradicted: a cited source says otherwise. not found: the cited sources do not say
    it. undecided: no verdict could be come to; it never counts as a pass.
    """

    kind: VerdictKind
    reason: str  # for people: what was missing, and where it was looked for
    check: Check  # the check that settled it; "coverage" or "model" for a support
    spans: tuple[Place, ...] = field(default=())
    coverage: float | None = None  # score in [0, 1] of the coverage; None when a check before it settled the verdict

    @property
    def passed(self) -> bool:
        """Whether the claim may count as borne out."""
        return self.kind == "supported"
