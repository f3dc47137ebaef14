"""The part of a sentence that a date of it belongs to: the word right before it, else its clause.

"Elle succède à M. Roux, qui a démissionné le 18 mai" tells of two things and dates one. Knows kinds of action and
phases; knows nothing of actors or questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.events.action import actions, phases
from rag.text import STOPWORDS, Span, fold, words

MOST_BEFORE: Final = 7  # words before a date among which the one that it belongs to is looked for
# Of something that the rest of the sentence names: "le procès, ouvert le 3 mai".
_SAID_OF_IT: Final = frozenset({"open", "close"})
_STOP: Final = STOPWORDS["fr"] | STOPWORDS["en"] | {"courant", "debut", "fin", "mi", "early", "late", "mid"}
# They date what stands before them: "la dernière grève remonte à août", "la visite a eu lieu le 3".
_DATING: Final = frozenset(
    "remonte remontent remontait remontant date datait datent dated dates eu lieu tenu tenue took taken place held "
    "deroule deroulee survenu survenue intervenu intervenue".split()
)
_BREAK: Final = re.compile(r"[.;:!?()«»“”\"–—,]")
_CLAUSE: Final = re.compile(
    r"[;:()«»“”–—]|,(?= \w+(?:é|ée|és|ées)\b)|, (?:et|and|puis|then) |"
    r",(?= (?:a|ont|est|sont|avait|avaient|était|étaient|was|were|has|had|is|are) )|"
    r" (?:qui|que|dont|où|lorsqu\w*|quand|alors que|tandis que|mais|puis|"
    r"who|which|when|while|but|then|where|whose)\b|\blorsqu['’]"
)
_OPENER: Final = re.compile(r"[A-ZÀ-Ý]\w+(?:é|ée|és|ées)\b[^,;:.]{0,80},")  # "Entamée le 4 octobre, la grève ..."
_AUXILIARY: Final = re.compile(
    r"\b(?:a|ont|est|sont|avait|avaient|était|étaient|fut|été|aura|has|have|had|was|were|been|is|are)"
    r"(?: \w+ment| \w+ly| déjà| de nouveau| aussi| enfin| bien| mis| pris)? $",
    re.IGNORECASE,
)
_DETERMINER: Final = re.compile(r"\b(?:the|an?|its|his|her|their) $", re.IGNORECASE)
_NOUN: Final = re.compile(r"\w+(?:ure|ing|tion)s? (?:d|of)", re.IGNORECASE)  # "l'ouverture de l'enquête": of that alone
_REDUCED: Final = re.compile(r"\W*\w+(?:é|ée|és|ées)\s")  # "présenté le 4 mai et portant sur ...": no other verb


@dataclass(frozen=True, slots=True)
class Part:
    """What a date of a sentence belongs to."""

    kinds: frozenset[str]  # of action
    phases: frozenset[str]
    own: bool  # the date belongs to these words and not to others of the sentence
    clause: str  # in which the date stands


@lru_cache(maxsize=8_192)
def part_of(sentence: str, when: str) -> Part:
    """What a sentence tells of the time `when`, words of it: the action right before them ("entamée le 3 mai"), else
    that of the clause that they stand in, else that of the whole sentence."""
    at = sentence.find(when)
    own = None
    if at >= 0:
        own = _attached(sentence, at) or _clause(sentence, at, at + len(when))
    kinds = actions(own or sentence)
    course = phases(own or sentence)
    if own and not kinds - _SAID_OF_IT and (kinds or course) and not _NOUN.match(own):
        kinds = actions(sentence)
    clause = _around(sentence, at, at + len(when)) if at >= 0 else sentence
    return Part(kinds, course, own is not None, clause)


def _tells(text: str) -> bool:
    return bool(actions(text) or phases(text))


def _attached(sentence: str, at: int) -> str | None:
    """The word for an action that stands right before a date, names and small words apart."""
    end = at
    content = 0
    for word in reversed(words(sentence[:at])[-MOST_BEFORE:]):
        gap = sentence[word.end : end]
        if _BREAK.search(gap) and not (end == at and gap.strip() == ","):
            return None
        end = word.start
        named = word.text[0].isupper() and word.start > 0
        if fold(word.text) in _STOP | _DATING or named or word.text[0].isdigit():
            continue
        adjective = word.text.endswith("ed") and _DETERMINER.search(sentence[: word.start])
        if _tells(word.text) and not adjective:  # not "toured the flooded streets on Thursday"
            # "S'est rendue mercredi à Oslo pour y rencontrer ...": the clause's own verb
            return None if _AUXILIARY.search(sentence[: word.start]) else sentence[word.start : at]
        content += 1
        if content > 1:
            return None
    return None


def _clause(sentence: str, start: int, end: int) -> str | None:
    """The clause around a stretch, or None where it names no action and has a verb of its own."""
    clause = _around(sentence, start, end)
    reduced = _REDUCED.match(clause) is not None and not sentence.startswith(clause)
    return clause if reduced or _tells(clause) else None


def _around(sentence: str, start: int, end: int) -> str:
    cuts = [Span(0, 0), *(Span(*m.span()) for m in _CLAUSE.finditer(sentence)), Span(len(sentence), len(sentence))]
    if opener := _OPENER.match(sentence):
        cuts.append(Span(opener.end() - 1, opener.end()))
    left = max(cut.end for cut in cuts if cut.end <= start)
    return sentence[left : min(cut.start for cut in cuts if cut.start >= end)]
