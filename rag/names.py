"""One name in several spellings: what a word may be called elsewhere in an archive.

Three general means, in this order of trust: CLDR's French and English names (`rag.gazetteer`), a key under which French
and English transcriptions of one name fall together, and a bounded edit distance for mistyped words. All words are
folded. Knows a vocabulary as words with counts; knows nothing of questions, passages or stores.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.alike import land_forms
from rag.gazetteer import flat, known, longest, of_acronym, translations
from rag.text import STOPWORDS, fold, words

How = Literal["same", "phonetic", "gazetteer", "typo"]

SHORTEST_TERM: Final = 3  # letters
# Symbols of a key. In a vocabulary, keys of 4 bring some 1 in 100 French words to another word ("rues" to "roues",
# "vite" to "white"); between two names there is less to confuse.
SHORTEST_KEY: Final = 5
SHORTEST_NAME_KEY: Final = 4
SHORTEST_TYPO: Final = 6  # letters of the longer word; "Iran" and "Irak" are one letter apart
ANY_LETTER: Final = 8  # letters of the longer word from which any letter too many or too few is forgiven
LONGEST_ACRONYM: Final = 6  # letters
TWO_EDITS: Final = 10  # letters of the longer word from which two edits are forgiven
_REMEMBERED: Final = 10_000  # words
_SAINTS: Final = (("saint-", "st-"), ("sainte-", "ste-"), ("st-", "saint-"), ("ste-", "sainte-"))
_STOP: Final = STOPWORDS["fr"] | STOPWORDS["en"]


@dataclass(frozen=True, slots=True)
class Variant:
    """A term of the archive that a word may stand for."""

    term: str  # folded, one word (hyphens stay)
    how: How
    similarity: float  # in ]0, 1]; 1 for the same word


def terms_of(text: str) -> tuple[str, ...]:
    """The distinct folded words of a text in order of appearance: three letters or more, no stop words, no numbers.

    Hyphenated words are given whole and in parts.
    """
    found: dict[str, None] = {}
    for word in words(text):
        whole = fold(word.text)
        for term in (whole, *(whole.split("-") if "-" in whole else ())):
            if len(term) >= SHORTEST_TERM and term[0].isalpha() and term not in _STOP:
                found[term] = None
    return tuple(found)


class Lexicon:
    """The vocabulary of an archive. Indexes are built at first use and kept; threads may share it."""

    def __init__(self, terms: Mapping[str, int]) -> None:
        """`terms`: folded word -> number of passages that hold it."""
        self._counts = dict(terms)
        self._answered: dict[str, tuple[Variant, ...]] = {}  # one question asks for a word several times

    def __contains__(self, term: str) -> bool:
        return term in self._counts

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, term: str) -> int:
        """Passages that hold the folded word; 0 for a word the archive does not have."""
        return self._counts.get(term, 0)

    def variants(self, word: str) -> tuple[Variant, ...]:
        """Terms of the archive that the word may stand for, the best first; the word itself when the archive has it.

        A word that the archive has, or that CLDR knows, is never taken for a mistyped one.
        """
        found = self._answered.get(word)
        if found is None:
            if len(self._answered) >= _REMEMBERED:
                self._answered.clear()
            found = self._answered[word] = self._variants(word) if word.strip() else ()
        return found

    def _variants(self, word: str) -> tuple[Variant, ...]:
        term = fold(word)
        found = {term: Variant(term, "same", 1.0)} if term in self._counts else {}
        names = translations(flat(word)) | (of_acronym(word) if word.isupper() else frozenset())
        for other in self._pieces(names):
            found.setdefault(other, Variant(other, "gazetteer", 0.95))
        for written, meant in _SAINTS:
            other = meant + term.removeprefix(written)
            if term.startswith(written) and other in self._counts:
                found.setdefault(other, Variant(other, "same", 1.0))
        for other in self._like_sounding(term):
            found.setdefault(other, Variant(other, "phonetic", 0.9))
        if not found and not known(flat(word)):
            found |= {variant.term: variant for variant in self._mistyped(term)}
        return tuple(sorted(found.values(), key=lambda v: (-v.similarity, -self.count(v.term), v.term)))

    def is_land(self, name: str) -> bool:
        """Whether a name may be that of a land which no gazetteer knows: it ends as lands or peoples do, and the
        archive has the other of the two ("Lutania" beside "lutanien"), as for no surname ("Garcia")."""
        return any(form in self._counts for form in land_forms(fold(name)))

    def anagrams(self, letters: str) -> frozenset[str]:
        """Terms of the same letters: what an acronym may be in the other language ("IAEA"/"AIEA", "NATO"/"OTAN")."""
        return frozenset(self._by_letters.get("".join(sorted(fold(letters))), ())) - {fold(letters)}

    @cached_property
    def _by_letters(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for term in self._counts:
            if len(term) <= LONGEST_ACRONYM:
                found["".join(sorted(term))].append(term)
        return {letters: tuple(terms) for letters, terms in found.items()}

    def variants_of_phrase(self, phrase: str) -> tuple[Variant, ...]:
        """Terms for the names of several words, and for names in capitals ("UK"), anywhere in a phrase or a question.

        A name of several words gives each of its words ("Saudi Arabia": "arabie", "saoudite"), or the hyphenated whole
        where the archive has it ("United States": "etats-unis").
        """
        names: set[str] = set()
        spelt = flat(phrase).split()
        for length in range(2, min(longest(), len(spelt)) + 1):
            for start in range(len(spelt) - length + 1):
                names |= translations(" ".join(spelt[start : start + length]))
        if not phrase.isupper() or phrase.isalpha():
            for letters in re.findall(r"\b[A-Z]{2,6}\b", phrase):
                names |= of_acronym(letters)
        return tuple(Variant(term, "gazetteer", 0.95) for term in self._pieces(names))

    def _pieces(self, names: frozenset[str] | set[str]) -> Iterator[str]:
        """The words of the names that the archive has all the words of."""
        for name in sorted(names):
            hyphenated = name.replace(" ", "-")
            parts = [part for part in name.split() if part not in _STOP and len(part) >= SHORTEST_TERM]
            if hyphenated in self._counts:
                yield hyphenated
            elif parts and all(part in self._counts for part in parts):
                yield from parts

    def _like_sounding(self, term: str) -> Iterator[str]:
        key = transcription_key(term)
        if len(key) >= SHORTEST_KEY:
            for other in self._by_key.get(key, ()):
                if other != term and (term not in self._counts or not _nearly_alike(term, other)):
                    yield other

    def _mistyped(self, term: str) -> Iterator[Variant]:
        if len(term) < SHORTEST_TYPO - 1 or not term.replace("-", "").isalpha():
            return
        for length in range(max(len(term) - 1, SHORTEST_TYPO - 1), len(term) + 2):
            near = process.extract(
                term,
                self._by_length.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=2 if max(len(term), length) >= TWO_EDITS else 1,
                limit=None,
            )
            for other, distance, _ in near:
                if mistyped(term, other):
                    yield Variant(other, "typo", 1 - distance / max(len(term), len(other)))

    @cached_property
    def _by_key(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for term in self._counts:
            key = transcription_key(term)
            if len(key) >= SHORTEST_KEY:
                found[key].append(term)
        return {key: tuple(terms) for key, terms in found.items()}

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for term in self._counts:
            if term.isalpha():
                found[len(term)].append(term)
        return dict(found)


def same_name(a: str, b: str) -> bool:
    """Whether two words or names are spellings of one name: the same folded, by CLDR, or as transcriptions.

    "Simon" and "Simone", "Martin" and "Martine" are two names.
    """
    one, other = flat(a), flat(b)
    if one == other or other in translations(one):
        return True
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return False
    return all(mine == its or _same_word(mine, its) for mine, its in zip(ours, theirs, strict=True))


def _same_word(a: str, b: str) -> bool:
    if b in translations(a):
        return True
    key = transcription_key(a)
    return len(key) >= SHORTEST_NAME_KEY and key == transcription_key(b) and not _feminine(*sorted((a, b), key=len))


def _feminine(shorter: str, longer: str) -> bool:
    """French makes a woman's name of a man's by an "e", after a doubled letter at times: Simone, Michelle, Adrienne."""
    return longer in (shorter + "e", shorter + shorter[-1] + "e")


def _nearly_alike(a: str, b: str) -> bool:
    """Apart only by doubled letters or a final "e", as different words of French are ("poison" and "poisson")."""
    return _DOUBLED.sub(r"\1", a).rstrip("e") == _DOUBLED.sub(r"\1", b).rstrip("e")


_DOUBLED: Final = re.compile(r"(.)\1+")
# How French and English spell one sound of a foreign name, each with the symbol that stands for it. Small letters stand
# for themselves; S is the sound of "chat"/"shoe" and of "Tchad"/"church", J that of "Jules", "Zhukov" and "Djibouti".
# I and E are the endings of place names, "-ie"/"-ia" and "-ée"/"-ea", kept apart from "-i" and "-e".
_SOUNDS: Final[tuple[tuple[str, str], ...]] = (
    (r"^(?:[yi]e)", "e"),  # Yeltsin, Eltsine
    (r"(?:[iy]j|[iy]+)$", "i"),  # Zelensky, Zelenskyy, Zelenskiy, Zelenskij
    (r"(?:ia|ie|ya|ye)$", "I"),  # Ossétie, Ossetia
    (r"(?<=[^aeiouy])(?:ee|ea)$", "E"),  # Crimée, Crimea
    (r"shch|chtch|tsch|tch|tsh|sch|sh|ch", "S"),  # Shoigu, Choïgou; Gorbachev, Gorbatchev
    (r"dzh|dj|zh|j", "J"),  # Zhirinovsky, Jirinovski
    (r"kh|ck|cq|qu(?=[aeiou])|q|k|c(?![eiy])", "k"),
    (r"ph", "f"),
    (r"z", "s"),  # Elisabeth, Elizabeth
    (r"(?<=[aeo])(?:ff?|w)$|w|v", "v"),  # Romanov, Romanoff
    (r"(?<=[rv])gu(?=e[in]|i)", "g"),  # Sergei, Sergueï; Evgeny, Evgueni
    (r"x", "ks"),  # Alexei, Aleksei
    (r"th", "t"),
    (r"ou|oo", "u"),  # Putin, Poutine
    (r"[yi]+", "i"),
    (r"(?<=[nlpf])e$", ""),  # Lénine, Philippe
    (r"(?<=[^aeiouy-])h|(?<=.)h$", ""),  # Kadhafi, Sarah
    (r"-", ""),
)
_SOUND: Final = re.compile("|".join(f"({pattern})" for pattern, _ in _SOUNDS))
_SYMBOLS: Final = tuple(symbol for _, symbol in _SOUNDS)


@lru_cache(maxsize=100_000)
def transcription_key(word: str) -> str:
    """A key that French and English transcriptions of one foreign name share ("Choïgou" and "Shoigu" are "Soigu").

    The word must be folded. A word with a digit keeps its own form: numbers are never brought together.
    """
    if not word.replace("-", "").isalpha():
        return word
    return _DOUBLED.sub(r"\1", _SOUND.sub(lambda match: _SYMBOLS[match.lastindex - 1], word))  # type: ignore[operator]


_VOWELS: Final = frozenset("aeiouy")
_ROWS: Final = (("qwertyuiop", "asdfghjkl", "zxcvbnm"), ("azertyuiop", "qsdfghjklm", "wxcvbn"))


def _neighbours() -> frozenset[str]:
    """Pairs of letters that lie side by side in a row of an English or a French keyboard."""
    pairs = {row[i : i + 2] for layout in _ROWS for row in layout for i in range(len(row) - 1)}
    return frozenset(pairs | {pair[::-1] for pair in pairs})


_NEIGHBOURS: Final = _neighbours()


def mistyped(typed: str, meant: str) -> bool:
    """Whether a folded word looks like another one mistyped, rather than like a different word.

    Words of six letters or more: two letters swapped, a vowel for a vowel, a key for its neighbour, a doubled letter, a
    vowel too many or too few; from eight letters on any letter too many or too few; from ten letters on any two edits
    after the first two letters. A consonant for a far one ("Macron", "marron"), another first letter, a final "e" as
    French inflects, a number or a short word ("Iran", "Irak") make a different word.
    """
    longer = max(len(typed), len(meant))
    if longer < SHORTEST_TYPO or not (typed + meant).replace("-", "").isalpha():
        return False
    distance = OSA.distance(typed, meant, score_cutoff=2)
    if distance > 2 or distance == 0:
        return distance == 0
    if longer >= TWO_EDITS:
        return typed[:2] == meant[:2] and abs(len(typed) - len(meant)) <= 1
    return distance == 1 and _one_slip(typed, meant)


def _one_slip(typed: str, meant: str) -> bool:
    """Whether two words that are one edit apart are so by a slip of the fingers."""
    if len(typed) == len(meant):
        at = [i for i in range(len(typed)) if typed[i] != meant[i]]
        if len(at) == 2:
            return True  # swapped
        return typed[at[0]] + meant[at[0]] in _NEIGHBOURS or (at[0] > 0 and {typed[at[0]], meant[at[0]]} <= _VOWELS)
    shorter, longer = sorted((typed, meant), key=len)
    at_more = next((i for i in range(len(shorter)) if shorter[i] != longer[i]), len(shorter))
    more = longer[at_more]
    if at_more == 0 or (at_more == len(shorter) and more == "e"):
        return False
    return len(longer) >= ANY_LETTER or more in _VOWELS or more == longer[at_more - 1]
