"""Questions to begin with, made from the names that the archive's recent articles share.

Reads a bounded number of stored texts through the `Store` seam and knows nothing of the page. A name is a run of
capitalised words that does not open its sentence and is not also written in lower case; days and months are not names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from itertools import combinations, islice
from typing import Any, Final, Protocol

from babel import Locale

from rag.store.base import Point, Store, Where
from rag.text import fold, sentences, words
from rag.types import Language

_READ: Final = 150  # articles read at most; 150 articles of 4,000 characters take 0.3 s on two cores
_ENOUGH: Final = 12  # recent articles below which older ones are read too
_RECENT: Final = timedelta(days=365)
_CONTRACTED: Final = {"du": "le", "au": "le", "des": "les", "aux": "les", "l": "la"}
_DETERMINER: Final = re.compile(r"(?:\b(la|le|les|du|au|des|aux|the) |\b(l)['’])$", re.IGNORECASE)
_VOWELS: Final = frozenset("aeiouyh")


class HasStore(Protocol):
    """An archive, as far as this file needs one."""

    @property
    def store(self) -> Store: ...


def starter_questions(archive: HasStore, count: int = 3) -> dict[Language, tuple[str, ...]]:
    """Up to `count` questions in each language: on two names that meet, on the most shared name, on what readers say of
    the next one, then on the latest titles. Empty for an empty archive; raises what the store raises (`StoreError`)."""
    articles = _recent(archive.store)
    names = _Names(articles)
    readers = archive.store.count(Where(kinds=("comment",))) > 0
    questions: dict[Language, list[str]] = {"fr": [], "en": []}
    if pair := names.pair():
        first, second = pair
        questions["fr"].append(f"Que s’est-il passé entre {names.french(first)} et {names.french(second)} ?")
        questions["en"].append(f"What happened between {names.english(first)} and {names.english(second)}?")
    for name in names.best[:1]:
        questions["fr"].append(f"Quelles sont les dernières nouvelles sur {names.french(name)} ?")
        questions["en"].append(f"What is the latest news about {names.english(name)}?")
    if readers:
        for name in names.best[1:2] or names.best[:1]:
            questions["fr"].append(f"Que pensent les lecteurs {_of(names.french(name))} ?")
            questions["en"].append(f"What do readers think about {names.english(name)}?")
    for title in dict.fromkeys(str(article.payload["title"]).strip() for article in articles[:count]):
        if 0 < len(title) <= 90:
            questions["fr"].append(f"Que rapporte l’article « {title} » ?")
            questions["en"].append(f"What does the article “{title}” report?")
    return {language: tuple(made[:count]) for language, made in questions.items()}


def _recent(store: Store) -> list[Point]:
    """Text points of articles, the latest first, undated ones last."""
    latest = store.latest_day()
    found: list[Point] = []
    if latest:
        found = _read(store, Where(kinds=("text",), role="article", since=latest - _RECENT))
    if len(found) < _ENOUGH:
        found = _read(store, Where(kinds=("text",), role="article"))
    return sorted(found, key=lambda point: str(point.payload.get("published_to", "")), reverse=True)


def _read(store: Store, where: Where) -> list[Point]:
    return list(islice(store.scroll(where, batch=64), _READ))


class _Names:
    """The names of some articles: in how many they occur, which occur in one sentence, with which article word."""

    def __init__(self, articles: Iterable[Point]) -> None:
        self._articles: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._determiners: dict[str, Counter[str]] = defaultdict(Counter)
        lower: set[str] = set()
        for article in articles:
            self._add(article.payload, lower)
        known = [name for name in self._articles if " " in name or fold(name) not in lower]
        # A name of several words says more by itself than one of one word.
        weight = {name: self._articles[name] * (1.5 if " " in name else 1.0) for name in known}
        self.best = sorted(known, key=lambda name: (-weight[name], name))

    def _add(self, payload: dict[str, Any], lower: set[str]) -> None:
        language: Language = "en" if payload.get("language") == "en" else "fr"
        text = str(payload["text"])[:8_000]
        lower |= {fold(word.text) for word in words(text) if word.text.islower()}
        seen: set[str] = set()
        for start, end in sentences(text, language):
            found = dict.fromkeys(name for name, _ in _names_of(text[start:end]))
            for name, before in _names_of(text[start:end]):
                self._determiners[name][_determiner(before)] += 1
            seen |= set(found)
            self._pairs.update(combinations(sorted(found), 2))
        self._articles.update(seen)

    def pair(self) -> tuple[str, str] | None:
        """Two names that share the most sentences; of equals the pair whose names are the most shared."""
        rank = {name: place for place, name in enumerate(self.best)}
        apart = [
            (-count, rank[a] + rank[b], a, b)
            for (a, b), count in self._pairs.items()
            if a in rank and b in rank and not set(fold(a).split()) & set(fold(b).split())
        ]
        return min(apart)[2:] if apart else None

    def french(self, name: str) -> str:
        """The name with the article word that French texts put before it, if they do in a third of cases or more."""
        counts = self._determiners[name]
        word, count = max(((w, counts[w]) for w in ("la", "le", "les")), key=lambda found: found[1])
        if count * 3 < sum(counts.values()):
            return name
        return f"l’{name}" if word in ("la", "le") and fold(name)[0] in _VOWELS else f"{word} {name}"

    def english(self, name: str) -> str:
        """The name, with "the" if English texts put it there in half of the cases or more."""
        counts = self._determiners[name]
        return f"the {name}" if counts["the"] * 2 >= sum(counts.values()) else name


def _names_of(sentence: str) -> Iterator[tuple[str, str]]:
    """Each name of a sentence with the few characters before it."""
    run: list[tuple[str, int, int]] = []
    for place, (text, start, end) in enumerate([*words(sentence), ("", len(sentence), len(sentence))]):
        capital = len(text) > 2 and text[0].isupper() and place > 0 and fold(text) not in _calendar()
        if run and not (capital and sentence[run[-1][2] : start] == " "):
            yield " ".join(word for word, _, _ in run), sentence[max(0, run[0][1] - 5) : run[0][1]]
            run = []
        if capital:
            run.append((text, start, end))


def _determiner(before: str) -> str:
    found = _DETERMINER.search(before)
    word = (found.group(1) or found.group(2)).lower() if found else ""
    return _CONTRACTED.get(word, word)


@cache
def _calendar() -> frozenset[str]:
    """Folded names of days and months in both languages."""
    found: set[str] = set()
    for locale in (Locale("fr"), Locale("en")):
        for names in (locale.months["format"]["wide"], locale.days["format"]["wide"]):
            found.update(fold(name) for name in names.values())
    return frozenset(found)


def _of(name: str) -> str:
    """ "de" before a French name, contracted and elided as the language asks."""
    for plain, contracted in (("le ", "du "), ("les ", "des ")):
        if name.startswith(plain):
            return contracted + name[len(plain) :]
    return f"d’{name}" if fold(name)[0] in _VOWELS - {"h"} else f"de {name}"
