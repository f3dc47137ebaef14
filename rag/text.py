"""Plain text: normal form, folding, words, sentences, language, token counts.

Everything works on stored text (NFC, LF) and returns offsets into it. It knows nothing of articles or dates.
Sentence boundaries come from NLTK's Punkt (Kiss & Strunk, 2006), with the French and English parameters that LlamaIndex
ships; token counts from tiktoken's cl100k_base, which LlamaIndex ships too, so that nothing is downloaded.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from rag.teasers import parted
from rag.types import Language


class Span(NamedTuple):
    """Half-open character offsets."""

    start: int
    end: int


class Word(NamedTuple):
    """A word of a text: its letters as written and its half-open offsets."""

    text: str
    start: int
    end: int


_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'"})
_INVISIBLE: Final = re.compile("[\ufeff\u200b\u2060\u00ad]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# A word: letters and digits, inner hyphens and dots of numbers kept apart; French elisions ("l'", "qu'") cut off.
_NUMBER: Final = r"(?:\d{1,3}(?:[.,\u00a0\u202f ]\d{3}(?!\d))++|\d++)(?:[.,]\d++)?+(?![^\W\d_])"
_WORD: Final = re.compile(_NUMBER + r"|[^\W_]+(?:-[^\W_]+)*")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})

STOPWORDS: Final[dict[Language, frozenset[str]]] = {
    "fr": frozenset(
        """
        a afin ai aie ainsi alors apres as au aucun aucune aussi autre autres aux avait avaient avant avec avez avoir
        avons c car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de deja
        depuis des deux doit donc dont du durant elle elles en encore entre est et etaient etait etant ete etes etre
        eu eux fait faire fois font hors il ils j je jusque l la laquelle le lequel les lesquels leur leurs lors
        lorsque lui m ma mais me meme memes mes moi moins mon n ne ni nos notre nous on ont ou par parce pas pendant
        peu peut peuvent plus plusieurs pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans
        se selon sera seront ses si sien soi soit son sont sous sur t ta tandis te tel telle tes toi ton tous tout
        toute toutes tres tu un une va vers voici voila vos votre vous y""".split()
    ),
    "en": frozenset(
        """
        a about above after again against all also am an and any are as at be because been before being below between
        both but by can could d did do does doing down during each few for from further had has have having he her
        here hers him his how i if in into is it its itself just ll m me more most my no nor not now of off on once
        only or other our out over own re s same shall she should so some such t than that the their them then there
        these they this those through to too under until up us ve very was we were what when where which while who
        whom whose why will with would you your""".split()
    ),
}


def normalise(text: str) -> str:
    """The form in which text is stored: Unicode NFC, LF line ends, no BOM, control or zero-width characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", _INVISIBLE.sub("", text)))


@cache
def _fold_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character.casefold().translate(_LIGATURES).translate(_APOSTROPHES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """For matching only: lower case, accents off, ligatures opened, one kind of apostrophe, single spaces."""
    return " ".join("".join(map(_fold_character, text)).split())


def words(text: str) -> list[Word]:
    """Words and numbers with their offsets; hyphenated words stay whole, elided articles stand apart."""
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


_BORN: Final = re.compile("née?s?", re.IGNORECASE)
BORN: Final = "nee"  # how "né", "née", "nés" and "nées" are compared: folded as others are they would be "ne ... pas"


def folded_word_of(word: Word) -> str:
    """A word as it is compared with others."""
    return folded_word(word.text)


@lru_cache(maxsize=100_000)
def folded_word(word: str) -> str:
    """The letters of a word as they are compared with others."""
    return BORN if _BORN.fullmatch(word) else fold(word)


def content_words(text: str, language: Language | None = None) -> list[str]:
    """Folded words without the stop words of `language` (of both languages when None)."""
    stop = STOPWORDS[language] if language else STOPWORDS["fr"] | STOPWORDS["en"]
    return [folded for word in words(text) if (folded := fold(word.text)) not in stop]


def detect_language(text: str) -> Language:
    """French or English, by function words; accents and elisions speak for French, a tie is French."""
    found = [fold(word.text) for word in words(text[:20_000])]
    french_only, english_only = STOPWORDS["fr"] - STOPWORDS["en"], STOPWORDS["en"] - STOPWORDS["fr"]
    french = sum(word in french_only for word in found)
    english = sum(word in english_only for word in found)
    french += len(re.findall(r"\b(?:[ldjnmtsc]|qu|jusqu|lorsqu)['’](?=\w)", text[:20_000], re.IGNORECASE))
    english += len(re.findall(r"\w['’](?:s|t|re|ve|ll)\b", text[:20_000]))
    if french == english:
        french += len(re.findall("[éèêàùçœîôâ]", text[:20_000].lower()))
        english += 0 if french else len(found) and not re.search(r"[éèêàùçœîôâ]", text.lower()) and english > 0
    return "en" if english > french else "fr"


# Abbreviations of both languages' press that Punkt's parameters lack.
_ABBREVIATIONS: Final = set(
    """
        m mm mme mmes mlle dr pr st ste mr mrs ms av env n no nos art vol janv févr avr juill sept oct nov déc jan feb
        mar apr jun jul aug dec gen sen rep gov col lt sgt""".split()
)


def _llama_index_files() -> Path:
    """The folder of the data that LlamaIndex ships, found without importing it (that takes over a second)."""
    found = find_spec("llama_index.core")
    assert found is not None and found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "_static"


@cache
def _punkt(language: Language) -> Any:
    from nltk.tabdata import PunktDecoder
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    name = {"fr": "french", "en": "english"}[language]
    folder = _llama_index_files() / "nltk_cache" / "tokenizers" / "punkt_tab" / name
    decoder, parameters = PunktDecoder(), PunktParameters()
    with (folder / "collocations.tab").open(encoding="utf-8") as lines:
        parameters.collocations = set(decoder.tab2tups(lines))
    with (folder / "sent_starters.txt").open(encoding="utf-8") as lines:
        parameters.sent_starters = decoder.txt2set(lines)
    with (folder / "abbrev_types.txt").open(encoding="utf-8") as lines:
        parameters.abbrev_types = decoder.txt2set(lines) | _ABBREVIATIONS
    with (folder / "ortho_context.tab").open(encoding="utf-8") as lines:
        parameters.ortho_context = decoder.tab2intdict(lines)
    return PunktSentenceTokenizer(parameters)


def sentences(text: str, language: Language = "fr") -> list[Span]:
    """Offsets of the sentences of a text, trimmed of white space. A line end always ends a sentence.

    A boundary inside a quotation or parenthesis that opened in the same sentence is kept only if the quotation closes
    later than 400 characters on, so that `« A. B. » dit-il` stays one sentence. A call to read something else ("Lire
    aussi : ...") is a sentence of its own.
    """
    spans: list[Span] = []
    offset = 0
    for line in text.split("\n"):
        for start, end in _windows(line):
            if line[start:end].strip():
                shift = offset + start
                spans.extend(Span(shift + a, shift + b) for a, b in _line_sentences(line[start:end], language))
        offset += len(line) + 1
    return spans


# NLTK gives up (TimeoutError) on a line that takes it over 5 s, about half a million characters; the work on a line
# grows with its square. No newspaper's paragraph is as long as this.
_LONGEST_LINE: Final = 10_000


def _windows(line: str) -> Iterator[Span]:
    """A line in pieces of bounded length, cut after a full stop, else after a space, else anywhere."""
    start = 0
    while len(line) - start > _LONGEST_LINE:
        half, limit = start + _LONGEST_LINE // 2, start + _LONGEST_LINE
        end = max(line.rfind(mark, half, limit) for mark in (". ", "! ", "? "))
        end = end + 2 if end >= 0 else line.rfind(" ", half, limit) + 1 or limit
        yield Span(start, end)
        start = end
    yield Span(start, len(line))


_CLOSERS: Final = {"«": "»", "“": "”", "(": ")"}
_CONTINUATION: Final = re.compile(r"\s*(?:[»”)\]]|[(«“]?\s*[a-zà-öø-ÿœ])")  # no sentence begins so


@lru_cache(maxsize=2_048)
def _line_sentences(line: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Offsets of a line's sentences, kept: one question after the other reads the same articles."""
    return tuple(part for span in _whole_sentences(line, language) for part in parted(line, *span))


def _whole_sentences(line: str, language: Language) -> Iterator[Span]:
    start: int | None = None
    for left, right in _punkt(language).span_tokenize(line):
        if start is None:
            start = left
        stretch = line[start:right]
        opened = any(
            stretch.count(opener) > stretch.count(closer) and 0 <= line.find(closer, right) - start < 400
            for opener, closer in _CLOSERS.items()
        )
        opened = opened or (stretch.count('"') % 2 == 1 and 0 <= line.find('"', right) - start < 400)
        orphan = _CONTINUATION.match(line, right)
        if opened or orphan:
            continue
        yield Span(start, right)
        start = None
    if start is not None:
        yield Span(start, len(line.rstrip()))


@cache
def _encoding() -> Any:
    folder = str(_llama_index_files() / "tiktoken_cache")
    if Path(folder).is_dir():
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", folder)
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")


def tokenize(text: str) -> list[int]:
    """cl100k_base token ids of a text; special-token strings count as plain text."""
    return list(_encoding().encode(text, disallowed_special=()))


_LOWER_CASE: Final = 0b1110000  # Punkt's flags of a type seen in lower case: at a beginning, within a sentence, unsure


def is_ordinary(word: str) -> bool:
    """Whether a word is known in lower case in French or English press, so that a capital makes no name of it.

    Read off the orthographic context that Punkt's parameters keep of the newspapers they were trained on.
    """
    lower = word.lower()
    languages: tuple[Language, ...] = ("fr", "en")
    return any(_punkt(language)._params.ortho_context.get(lower, 0) & _LOWER_CASE for language in languages)
