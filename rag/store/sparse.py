"""BM25 sparse vectors: the passage side holds term weights, the question side ones; the engine multiplies in the IDF.

The encoder is qdrant_edge's (Robertson & Zaragoza 2009; Snowball stemmers), the same for both stores. A passage is
encoded in its own language. A question may meet passages of both, so it is the union of its French and its English
encoding. Knows nothing of stores and payloads.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

import qdrant_edge as edge

from rag.store.base import SparseVector
from rag.text import STOPWORDS, detect_language, fold
from rag.types import Language

K1: Final = 1.2  # saturation of the term frequency; the usual value, and the engine's default
B: Final = 0.75  # strength of the length normalisation; the usual value, and the engine's default
# The engine counts a passage's length after stop words are gone. A passage of 160 cl100k tokens has some 95 French
# words, 49 of them content words (measured on French news: 2274 tokens, 1343 words, 697 content words).
AVERAGE_LENGTH: Final = 50.0

_ENGINE_LANGUAGE: Final[dict[Language, str]] = {"fr": "french", "en": "english"}
# "été" is "been" and also "summer", "deux" and "two" answer questions: their IDF is judge enough.
_KEPT: Final = frozenset({"ete", "deux"})
_GROUPED_NUMBER: Final = re.compile(r"(?<![\w.,])\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\w)")
_APART: Final = str.maketrans("'-", "  ")
_WORD: Final = re.compile(r"\w+")
_GROUP_MARK: Final = re.compile(r"\D")
# Accents are folded before stemming, so that unaccented words meet accented ones; then the French stemmer no longer
# sees that "déclarée" is a participle. Cutting the second e brings it back to "déclaré", "déclare", "déclarer".
_FRENCH_PARTICIPLE: Final = re.compile(r"ees?\b")


def plain(text: str) -> str:
    """The form both sides are encoded from: folded, elisions and hyphens apart, thousands joined ("1 500" is 1500)."""
    joined = _GROUPED_NUMBER.sub(lambda number: _GROUP_MARK.sub("", number.group()), text)
    return fold(joined).translate(_APART)


class Bm25Encoder:
    """Encodes passages and questions; `SparseVector` indices are hashes of stems, the same on every machine."""

    def passage(self, text: str, language: Language) -> SparseVector:
        """BM25 term weights of a passage, stemmed in its language. Empty when it has no content word."""
        vector = self._models[language].embed_document(_shaped(plain(text), language))
        return SparseVector(tuple(vector.indices), tuple(vector.values))

    def query(self, text: str) -> SparseVector:
        """The stems of a question in French and in English, each with weight 1.

        A stem that is the same in both languages counts once (the greater weight, not the sum): it is one word. The
        stop words of the question's own language are left out of both, or "the" would be a rare word to French.
        """
        stop = STOPWORDS[detect_language(text)] - _KEPT
        asked = plain(text)
        content = " ".join(word for word in _WORD.findall(asked) if word not in stop)
        weights: dict[int, float] = {}
        for language, model in self._models.items():
            vector = model.embed_query(_shaped(content, language))
            for index, value in zip(vector.indices, vector.values, strict=True):
                weights[index] = max(value, weights.get(index, 0.0))
        return SparseVector(tuple(weights), tuple(weights.values()))

    @cached_property
    def _models(self) -> dict[Language, edge.Bm25]:
        return {language: _model(language) for language in _ENGINE_LANGUAGE}


def _model(language: Language) -> edge.Bm25:
    listed = {"fr": edge.Language.French, "en": edge.Language.English}[language]
    stop = edge.StopwordsSet(languages={listed}, custom=set(STOPWORDS[language] - _KEPT))
    return edge.Bm25(
        edge.Bm25Config(
            k=K1,
            b=B,
            avg_len=AVERAGE_LENGTH,
            language=_ENGINE_LANGUAGE[language],
            ascii_folding=True,
            stopwords=stop,
        )
    )


def _shaped(text: str, language: Language) -> str:
    return _FRENCH_PARTICIPLE.sub("e", text) if language == "fr" else text
