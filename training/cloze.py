"""Cloze questions over translated sentences, for the reader: no person wrote them.

Where a sentence and its translation hold the same number, date, name or reason, the one is asked without it and the
other answers (after Lewis et al., 2019, who asked within one language): "how long Turkey has been waiting for now?"
over "La Turquie attend depuis quarante ans.". Knows nothing of passages, tokens and losses.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = {
    "en": "january february march april may june july august september october november december".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
_UNITS = {
    "en": "years year months month weeks week days day hours hour minutes minute".split(),
    "fr": "ans année années mois semaine semaines jour jours heure heures minute minutes".split(),
}
_NUMBER = r"\d+(?:[  .,]\d{3})*(?:[.,]\d+)?"
_DATE = {
    language: re.compile(
        rf"(?:\b(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?:of )?)?\b(?P<month>{'|'.join(names)})\b"
        rf"(?: (?P<after>\d{{1,2}})(?!\d),?)?(?: (?P<year>(?:19|20)\d\d))?",
        re.IGNORECASE if language == "fr" else 0,
    )
    for language, names in (("en", [name.capitalize() for name in _MONTHS["en"]]), ("fr", _MONTHS["fr"]))
}
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_LENGTH = {language: re.compile(rf"\b({_NUMBER}) ({'|'.join(units)})\b") for language, units in _UNITS.items()}
_AMOUNT = re.compile(
    rf"\b({_NUMBER})(?: ?%| per ?cent| pour cent)?(?: (?:million|billion|milliard)s?)?"
    r"(?: (?:d'|de |of )?(?:euro|ecu|dollar)s?)?"
)
_NAME = re.compile(r"(?<=[a-zà-ÿ,;'’] )[A-ZÀ-Ý][\w-]*[a-zà-ÿ](?: (?:de |du |van |von )?[A-ZÀ-Ý][\w-]*[a-zà-ÿ])*")
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|President|Commissioner|Minister|M\.|Mme|Monsieur|Madame|[Pp]résident|commissaire|ministre) $"
)
_PLACED = re.compile(r"\b(?:in|at|from|near|[àÀ]|[Ee]n|[Aa]ux?|vers|depuis) (?:the |la |le |les )?$")
# Half of the debates' names, and little to be learnt from them.
_HOUSE = frozenset(
    "commission commissaire commissioner parlement parliament conseil council monsieur madame president union "
    "assemblee etats membres member states conference groupe europe committee house presidence presidency".split()
)
_REASON = {
    "en": re.compile(r",? (?:because|since|as a result of|owing to|due to) [^,;]{15,120}(?=[,;.])"),
    "fr": re.compile(r" (?:parce qu|car |en raison d|à cause d|du fait d|grâce à )[^,;]{15,120}(?=[,;.])"),
}
_ASKING = {
    "date": {"en": ("when", "on what date", "on which day"), "fr": ("quand", "à quelle date", "quel jour")},
    "year": {"en": ("when", "in which year"), "fr": ("quand", "en quelle année")},
    "length": {"en": ("how long",), "fr": ("combien de temps", "pendant combien de temps", "pour quelle durée")},
    "amount": {"en": ("how many", "how much", "what number"), "fr": ("combien", "combien de", "quel montant")},
    "person": {"en": ("who", "whom"), "fr": ("qui", "quelle personne")},
    "place": {"en": ("where", "which country", "in which city"), "fr": ("où", "quel pays", "dans quelle ville")},
    "name": {"en": ("what", "who", "which group"), "fr": ("quoi", "qui", "quel groupe")},
    "reason": {"en": ("why", "for what reason"), "fr": ("pourquoi", "pour quelle raison")},
}


@dataclass(frozen=True)
class Answer:
    """Words of a sentence that can be asked for."""

    start: int
    end: int
    kind: str  # of `_ASKING`
    value: str  # equal in both languages


def folded(text: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def answers(sentence: str, language: str, names: dict[str, str]) -> Iterator[Answer]:
    """What can be asked for in a sentence. `names`: for a folded French name its folded English one."""
    for match in _DATE[language].finditer(sentence):
        if match["day"] or match["after"] or match["year"]:
            month = [folded(name) for name in _MONTHS[language]].index(folded(match["month"])) + 1
            value = f"{match['day'] or match['after'] or ''}/{month}/{match['year'] or ''}"
            yield Answer(*match.span(), "date", value)
    for match in _YEAR.finditer(sentence):
        yield Answer(*match.span(), "year", match[0])
    for match in _LENGTH[language].finditer(sentence):
        yield Answer(*match.span(), "length", re.sub(r"\D", "", match[1]))
    for match in _AMOUNT.finditer(sentence):
        if not _YEAR.fullmatch(match[0]):
            yield Answer(*match.span(), "amount", re.sub(r"\D", "", match[1]))
    for match in _NAME.finditer(sentence):
        name, before = folded(match[0]), sentence[: match.start()]
        if name not in _HOUSE:
            kind = "person" if _TITLE.search(before) else "place" if _PLACED.search(before) else "name"
            yield Answer(*match.span(), kind, names.get(name, name))
    for match in _REASON[language].finditer(sentence):
        yield Answer(*match.span(), "reason", "")


def _common(own: list[Answer], other: list[Answer]) -> list[tuple[Answer, Answer]]:
    """Pairs of the same kind and value, of those that occur once on either side."""
    found = []
    for one in own:
        same = [two for two in other if (two.kind, two.value) == (one.kind, one.value)]
        if len(same) == 1 and sum((one.kind, one.value) == (two.kind, two.value) for two in own) == 1:
            found.append((one, same[0]))
    return found


def asked(
    own: str, theirs: str, other: str, language: str, names: dict[str, str], chance: random.Random
) -> tuple[str, Answer] | None:
    """A question made of `other`, a text in `language`, and its answer in `own`, one in the language `theirs`."""
    pairs = _common(list(answers(own, theirs, names)), list(answers(other, language, names)))
    if not pairs:
        return None
    # a kind first, so that the many plain numbers do not crowd out reasons and dates
    kind = chance.choice(sorted({one.kind for one, _ in pairs}))
    answer, place = chance.choice([pair for pair in pairs if pair[0].kind == kind])
    word = chance.choice(_ASKING[kind][language])
    before, after = other[: place.start].split(), other[place.end :].split()
    before = [w for w in before[-chance.randint(4, 14) :] if chance.random() > 0.15]
    after = [w for w in after[: chance.randint(4, 14)] if chance.random() > 0.15]
    words = [word, *before, *after] if chance.random() < 0.7 else [*before, word, *after]
    if len(words) < 5:
        return None
    return " ".join(words).rstrip(" .,;:") + chance.choice((" ?", "?", "")), answer
