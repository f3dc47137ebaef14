"""Runs of capitalised words: what French and English press writes names as.

Pure text work; it does not know which names are persons, places or titles.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from rag.text import STOPWORDS, Span, Word, fold, words

_PARTICLES: Final = frozenset("de du des d la le von van der den bin ben al el del di da dos".split())
_STOP: Final = STOPWORDS["fr"] | STOPWORDS["en"]
_OPENERS: Final = frozenset(
    """
    selon lors face malgre apres avant depuis pendant durant outre grace cependant toutefois neanmoins ainsi alors
    enfin ensuite puis parmi hier aujourd'hui aujourd demain pourtant desormais sauf certes lundi mardi mercredi jeudi
    vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday janvier fevrier mars avril mai
    juin juillet aout septembre octobre novembre decembre according however meanwhile since although despite asked
    interroge interrogee arrive arrivee resultat reste quant autrement beaucoup seul seule seuls cote parallelement
    dix deux trois quatre cinq six sept huit neuf two three four five several many several another
    """.split()
)


_ENDS: Final = (".", "!", "?", ":", "«", "“", '"', "- ", "•")


def capitalised(sentence: str) -> list[Span]:
    """Runs of capitalised words joined over particles; a lone function word at a beginning is none."""
    runs: list[list[Word]] = []
    pending: list[Word] = []  # particles that join only if a capital follows
    previous: Word | None = None
    for word in words(sentence):
        between = sentence[previous.end : word.start] if previous else ""
        joined = previous is not None and not between.strip("'’-\u00a0 ")
        open_run = bool(runs) and joined and (bool(pending) or previous is runs[-1][-1])
        if _is_capital(word, sentence, opens=previous is None or between.strip(" \u00a0").endswith(_ENDS)):
            if open_run:
                runs[-1] += [*pending, word]
            else:
                runs.append([word])
            pending = []
        elif open_run and fold(word.text) in _PARTICLES and len(pending) < 2:
            pending.append(word)
        else:
            pending = []
        previous = word
    return [Span(run[0].start, run[-1].end) for run in runs]


def _is_capital(word: Word, sentence: str, *, opens: bool) -> bool:
    """Whether a word is written as part of a name."""
    if not word.text[0].isupper():
        return False
    folded = fold(word.text)
    if sentence[word.end : word.end + 1] in ("'", "’") and folded in _STOP:
        return False  # an elided article in capitals: "L'incendie"
    if len(word.text) == 1 and folded in _STOP:
        return False
    return not (opens and (folded in _STOP or folded in _OPENERS))


@cache
def calendar_words() -> frozenset[str]:
    """The folded names of months and days in French and English."""
    from babel.dates import get_day_names, get_month_names

    tables = [
        get(form, locale=locale)
        for get in (get_month_names, get_day_names)
        for form in ("wide",)
        for locale in ("fr", "en")
    ]
    return frozenset(fold(name) for table in tables for name in table.values())
