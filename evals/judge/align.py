"""Which clause of the cited passages speaks of what a clause of the claim speaks of.

By content words of both languages, both ways; knows nothing of what the clauses then say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from evals.judge.reading import Passage, clauses, sentences_of
from evals.judge.words import Words, content
from rag.text import fold


@dataclass(frozen=True, slots=True)
class Match:
    """A clause of the claim with the passages' clause nearest to it."""

    passage: Passage
    claimed: str  # the claim's clause
    clause: str  # the passage's clause
    sentence: str  # the passage's sentence that holds the clause
    share: float  # of the claimed clause's content words that the clause holds, in [0, 1]
    back: float  # of the clause's content words that the claimed clause holds
    nearest: bool = True  # False: another clause is nearer, and this one merely stands whole in the claimed one


ALIKE: Final = 0.15  # of the key, within which another clause speaks of the claim's as well as the nearest one


_VERB: Final = re.compile(
    r"\b(?:n'|ne |est|sont|a|ont|etai(?:t|ent)|avai(?:t|ent)|sera|seront|aura|auront|was|were|is|are|has|have|"
    r"had|will)\b|n't\b"
)

# With accents: "à" is a preposition, "a" is a verb.
_ADJUNCT: Final = re.compile(
    r"\W*(?:after|before|in|on|at|with|without|during|following|by|from|since|après|avant|dans|en|à|au|aux|avec|sans|lors|"
    r"pendant|par|depuis|sur|chez|sous|faute|de|du|des|d['’]) ?\b",
    re.IGNORECASE,
)


def has_verb(clause: str) -> bool:
    """Whether a clause has an auxiliary or a negation, by which it says something."""
    return _VERB.search(fold(clause.replace("à", " "))) is not None  # folded, "à" would be "a"


def matches(frame: str, passages: Sequence[Passage], words: Words) -> list[tuple[Match, ...]]:
    """For each clause of the claim with a verb, or two content words: the clauses of the passages that speak of it, the
    nearest first, down to those that do so nearly as well, and those that it holds whole."""
    pieces = [piece for piece in _pieces(frame) if len(content(piece)) > (0 if has_verb(piece) else 1)]
    return [found for piece in pieces if (found := _nearest(piece, passages, words))]


def _pieces(text: str) -> list[str]:
    """The clauses of a text; a verb with a single content word, and what begins with a preposition, go with the one
    before, which holds their subject and their verb."""
    found: list[str] = []
    for span in clauses(text):
        piece = text[span.start : span.end]
        small = len(content(piece)) < 2 and has_verb(piece)
        if found and (small or _ADJUNCT.match(piece)):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _nearest(piece: str, passages: Sequence[Passage], words: Words) -> tuple[Match, ...]:
    said = content(piece)
    found = []
    for passage in passages:
        for sentence in sentences_of(passage):
            for clause in _pieces(sentence):
                if theirs := content(clause):
                    share, back = words.share(said, clause), words.share(theirs, piece)
                    found.append(Match(passage, piece, clause, sentence, share, back))
    found.sort(key=_key, reverse=True)
    near = [one for one in found if _key(one) >= _key(found[0]) - ALIKE]
    whole = [one for one in found[len(near) :] if one.back == 1.0 and len(content(one.clause)) > 1]
    return (*near, *(replace(one, nearest=False) for one in whole))


def _key(match: Match) -> float:
    return match.share + 0.25 * match.back
