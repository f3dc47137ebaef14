"""How far the words of a question are met by a stretch of text: spelling, inflection, language and names.

`Matcher` is made for one question and one archive. It knows the archive's vocabulary (through `rag.names.Lexicon`) and
nothing of passages' ranks or embeddings; all of its figures lie in [0, 1].
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from rag.alike import BIRTH, TOLD_OF_TOLL, TOLL, cognate, is_adjective, same_land, same_stem, stems
from rag.asked_noun import is_class
from rag.gazetteer import acronyms_of, flat, is_country, is_name_word, is_place, of_acronym, same_in_names, translations
from rag.names import Lexicon, same_name
from rag.peoples import has_adjective, has_adjective_of, irregular_adjectives, is_adjective_of
from rag.question import Question
from rag.terms import Stretch, cached_words, folded_words, language_of, term_set
from rag.text import STOPWORDS, Word, fold, is_ordinary, words
from rag.translation import nearness, roots, translations_of
from rag.types import Language

SIMILARITY: Final = {"same": 1.0, "variant": 0.95, "stem": 0.95, "adjective": 0.7, "cognate": 0.6, "land": 0.85}
# Nearness (`rag.translation`) at which the words of a name that the archive does not spell meet another language's:
# "Peace Council" and "Conseil de la paix", 1.0 each.
NAME_MEANING: Final = 0.8
# Nearness of a word of a name and the word that translates it: "sea" and "mer", "doctors" and "médecins" 1.0.
NAME_TRANSLATED: Final = 0.5
MEANING_SHARE: Final = 0.9  # what a translation counts, beside the same word

# What may stand between a text's word and a name without being part of the name.
TITLES: Final = frozenset(
    """
    m mm mme mlle mr mrs ms dr pr sir lord president presidente premier premiere ministre minister prime chancelier
    chancellor chanceliere general colonel maire mayor roi king reine queen prince princesse princess pape pope
    secretaire secretary ambassadeur ambassador senateur senator depute deputee juge judge
    """.split()
)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A content word of the question."""

    word: str  # folded
    weight: float  # inverse document frequency in the archive, > 0
    name: bool  # part of a name
    known: bool  # it, or a variant of it, occurs in the archive
    variants: frozenset[str]  # folded terms of the archive that are the same word in another spelling or language
    lands: tuple[str, ...]  # the territories with adjectives that it may name, in either language

    def has_adjective(self, term: str) -> bool:
        """Whether a word of a text is the adjective of the country that this names."""
        return any(is_adjective_of(term, land) for land in self.lands)

    def beginnings(self) -> set[str]:
        """The first two letters of the words that may be its own, an inflection, a cognate or a land's adjective."""
        return {word[:2] for word in (self.word, *self.lands)}

    def related(self) -> set[str]:
        """The words that meet it whatever their letters."""
        known = {self.word, *self.variants, *(word for land in self.lands for word in irregular_adjectives(land))}
        known |= BIRTH if self.word in BIRTH else frozenset()
        return known | (TOLD_OF_TOLL if self.word in TOLL else frozenset())


def _by_beginning(terms: AbstractSet[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        found[term[:2]].append(term)
    return found


def _by_root(terms: AbstractSet[str], language: Language) -> dict[str, list[str]]:
    """Words by their root in the other language than the question's."""
    found: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        found[roots(term)[1 if language == "fr" else 0]].append(term)
    return found


_REGNAL: Final = re.compile(r"[ivx]{1,5}")  # "Elizabeth II": the name is Elizabeth's


class Matcher:
    """The words of one question, matched against texts of one archive."""

    def __init__(self, question: Question, lexicon: Lexicon, passages: int) -> None:
        self.question = question
        self._lexicon = lexicon
        name_words = {fold(w.text) for name in question.names for w in words(name)}
        phrases = self._phrases(question)
        self.keywords: tuple[Keyword, ...] = tuple(
            self._keyword(word, word in name_words, phrases.get(word, frozenset()), passages)
            for word in question.keywords
        )
        # keyword -> term -> similarity, of the judged terms those that meet it at all
        self._rows: dict[str, dict[str, float]] = {k.word: {} for k in self.keywords}
        self._judged_terms: set[str] = set()
        self._met: dict[str | Stretch, dict[str, float]] = {}
        self._held: dict[tuple[str, str | Stretch], bool] = {}  # (name, text): the text holds it

    def _phrases(self, question: Question) -> dict[str, frozenset[str]]:
        """Variants of names of several words ("United States"), given to each of their words."""
        found: dict[str, set[str]] = {}
        for name in question.names:
            parts = [fold(w.text) for w in words(name)]
            letters = name.isupper() and not question.text.isupper()
            variants = {v.term for v in self._lexicon.variants_of_phrase(name)} if len(parts) > 1 or letters else set()
            for part in parts:
                found.setdefault(part, set()).update(variants)
        return {word: frozenset(terms) for word, terms in found.items()}

    def _keyword(self, word: str, name: bool, phrases: frozenset[str], passages: int) -> Keyword:
        variants = frozenset(v.term for v in self._lexicon.variants(word)) | phrases
        if self._in_capitals(word):
            variants |= self._lexicon.anagrams(word)
        count = max((self._lexicon.count(term) for term in variants | {word}), default=0)
        weight = math.log(1 + passages / (1 + count)) if count else math.log(1 + passages / 4)
        lands = tuple(filter(has_adjective, {word, *variants, *translations(word)}))
        return Keyword(word=word, weight=max(weight, 0.1), name=name, known=count > 0, variants=variants, lands=lands)

    def _in_capitals(self, word: str) -> bool:
        """Whether a word is an acronym, as the question writes it."""
        if self.question.text.isupper():
            return False
        return any(w.isupper() and fold(w) == word for w in cached_words(self.question.text).texts)

    def similarity(self, keyword: Keyword, term: str) -> float:
        """How well a folded word of a text meets a keyword."""
        if term not in self._judged_terms:
            self._judge({term})
        return self._rows[keyword.word].get(term, 0.0)

    def _similarities(self, terms: frozenset[str]) -> dict[str, dict[str, float]]:
        """How well each of some folded words meets each keyword; the mappings hold further words, and none that do not
        meet it."""
        if new := terms - self._judged_terms:
            self._judge(new)
        return self._rows

    def _judge(self, terms: AbstractSet[str]) -> None:
        spelt, told = _by_beginning(terms), _by_root(terms, self.question.language)
        hyphened = [term for term in terms if "-" in term]
        for keyword in self.keywords:
            able = {*hyphened, *keyword.related(), *(k for b in keyword.beginnings() for k in spelt.get(b, ()))} & terms
            for root in translations_of(keyword.word, self.question.language).keys() & told.keys():
                able.update(told[root])
            row = self._rows[keyword.word]
            row.update((term, met) for term in able if (met := self._judged(keyword, term)) > 0.0)
        self._judged_terms |= terms

    def _judged(self, keyword: Keyword, term: str) -> float:
        if self.question.kind == "number" and keyword.word in TOLL and term in TOLD_OF_TOLL:
            return SIMILARITY["variant"]
        spelt = self._compare(keyword, term)
        if spelt >= MEANING_SHARE or (keyword.name and keyword.known):
            return spelt
        near = nearness(keyword.word, term, self.question.language)
        if keyword.name:  # "Peace Council", which the archive tells word by word
            return near if near >= max(spelt, NAME_MEANING) else spelt
        return max(spelt, MEANING_SHARE * near)

    def met_anywhere(self, terms: frozenset[str], least: float) -> frozenset[str]:
        """Those of some folded words that meet any keyword so well at least."""
        rows = self._similarities(terms).values()
        return frozenset(term for row in rows for term in row.keys() & terms if row[term] >= least)

    @staticmethod
    def _compare(keyword: Keyword, term: str) -> float:
        if term == keyword.word:
            return SIMILARITY["same"]
        if term in keyword.variants:
            return SIMILARITY["variant"]
        if "-" in term:
            parts = term.split("-")
            if keyword.word in parts or any(part in keyword.variants for part in parts if len(part) > 2):
                return SIMILARITY["variant"]
        if term.isdigit() or keyword.word.isdigit():
            return 0.0
        if keyword.word in BIRTH and term in BIRTH:
            return SIMILARITY["variant"]
        if term[:2] == keyword.word[:2] and same_stem(term, keyword.word):  # no stemmer changes a word's first letters
            return SIMILARITY["stem"] if len(term) > 2 else 0.0
        if keyword.name and keyword.has_adjective(term):
            return SIMILARITY["adjective"]
        if keyword.name and same_land(term, keyword.word):
            return SIMILARITY["land"]
        return SIMILARITY["cognate"] if not keyword.name and cognate(keyword.word, term) else 0.0

    def meets(self, text: str | Stretch) -> dict[str, float]:
        """Best similarity of each keyword within a stretch of text."""
        if text not in self._met:
            terms = term_set(text)
            rows = self._similarities(terms)
            self._met[text] = {
                word: max(map(row.__getitem__, row.keys() & terms), default=0.0) for word, row in rows.items()
            }
        return self._met[text]

    def coverage(self, *layers: tuple[float, dict[str, float]], names: bool | None = None) -> float:
        """Weighted share of the keywords that are met; each layer is (how much it counts, result of `meets`)."""
        chosen = [k for k in self.keywords if names is None or k.name == names]
        total = sum(k.weight for k in chosen)
        if not total:
            return 1.0
        met = sum(k.weight * max((share * meets[k.word] for share, meets in layers), default=0.0) for k in chosen)
        return met / total

    def rarest(self, *layers: tuple[float, dict[str, float]]) -> float:
        """How far the rarest keyword that is no name is met; 1 when there is none."""
        ordinary = [keyword for keyword in self.keywords if not keyword.name]
        if not ordinary:
            return 1.0
        word = max(ordinary, key=lambda keyword: keyword.weight).word
        return max((share * meets[word] for share, meets in layers), default=0.0)

    def is_land(self, name: str) -> bool:
        """Whether a name is a place's by the gazetteer, or a land's by the archive's words."""
        return is_place(name) or self._lexicon.is_land(name)

    def missing_names(self, text: str | Stretch, names: Sequence[str] | None = None) -> tuple[str, ...]:
        """Names of the question that a text does not hold, or holds only as another person's ("Brigitte Macron" in a
        text about Emmanuel Macron)."""
        asked = self.question.names if names is None else names
        for name in asked:
            if (name, text) not in self._held:
                self._held[name, text] = self._holds(name, text) or self._holds_translated(name, text)
        return tuple(name for name in asked if not self._held[name, text])

    def _holds_translated(self, name: str, text: str | Stretch) -> bool:
        """Whether a French text may hold an English name of several words, which French translates word by word
        ("Islamic State", "Nile River"): those that are no common words are looked for, or where all of them are, most
        of them."""
        single = " " not in name and not is_ordinary(name)
        if self.question.language != "en" or single or language_of(text) == "en":
            return False
        parts = [word.text for word in words(name) if fold(word.text) not in STOPWORDS["en"]]
        proper = [part for part in parts if not (is_ordinary(part) or is_name_word(fold(part)))]
        if proper:
            return len(proper) < len(parts) and self._holds(" ".join(proper), text)
        terms = term_set(text)
        met = sum(any(self._translates(fold(part), term) for term in terms) for part in parts)
        return met * 2 > len(parts) or met == len(parts)

    def _translates(self, part: str, term: str) -> bool:
        """Whether a word of a French text is that of an English name."""
        near = nearness(part, term, "en") >= NAME_TRANSLATED
        return near or part == term or cognate(part, term) or same_in_names(part, term)

    def _holds_otherwise(self, name: str, text: str | Stretch) -> bool:
        """Whether a text holds a country's adjective ("les autorités nigérianes") or an institution's letters ("CAN")
        in place of a name."""
        letters = acronyms_of(flat(name))
        if letters and any(word in letters for word in cached_words(text).texts):
            return True
        countries = {flat(name), *(of_acronym(name) if name.isupper() else ())}
        terms = term_set(text)
        return any(has_adjective_of(terms, country) for country in countries if is_country(country))

    def _holds(self, name: str, text: str | Stretch) -> bool:
        if self._holds_otherwise(name, text):
            return True
        parts = [fold(w.text) for w in words(name) if fold(w.text) not in TITLES and len(w.text) > 1]
        keywords = {k.word: k for k in self.keywords}
        parts = [part for part in parts if part in keywords]
        while len(parts) > 1 and _REGNAL.fullmatch(parts[-1]):
            parts.pop()
        if not parts:
            return True
        # "Tour de France" is not met by "France", nor "Panama Canal" by "Canal de Suez".
        whole = len(parts) > 1 and (is_place(parts[-1]) or is_class(parts[-1]) or is_name_word(parts[-1]))
        terms = term_set(text)
        row = self._similarities(terms)[parts[-1]]
        near = {term for term in row.keys() & terms if row[term] >= NAME_MEANING}
        if not near:
            return False
        others_conflict = bare = False
        text_words, folded = cached_words(text), folded_words(text)
        for index in [at for at, term in enumerate(folded) if term in near]:
            word = text_words[index]
            if not self._stands(keywords[parts[-1]], word, NAME_MEANING):
                continue
            if len(parts) == 1:
                return True
            before = text_words[index - 1] if index else None
            beside = text_words.cut(slice(max(0, index - 3), index + 5))
            if any(self._stands(keywords[part], other) for part in parts[:-1] for other in beside):
                return True
            given = before is not None and before.text[0].isupper() and word.start - before.end <= 1
            if (
                before is not None
                and given
                and fold(before.text) not in TITLES
                and not same_name(before.text, parts[0])
            ):
                others_conflict = True
            else:
                bare = True
        return bare and not others_conflict and not whole

    def _stands(self, keyword: Keyword, word: Word, least: float = SIMILARITY["cognate"]) -> bool:
        """Whether a word of a text is one of a name. In lower case it must be the same word, its translation
        ("Conseil de la paix") or a country's adjective: "Marie" is no mistyped "maire"."""
        term = fold(word.text)
        if self.similarity(keyword, term) < least:
            return False
        same = keyword.word in (term, *term.split("-")) or stems(term)[0] == stems(keyword.word)[0]
        same = same or keyword.has_adjective(term) or (is_adjective(term) and same_land(term, keyword.word))
        return word.text[0].isupper() or same or not keyword.known
