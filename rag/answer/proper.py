"""Proper names in a sentence: the person, place or thing a question asks for, and lists of names.

Names are runs of capitalised words. Which of them answers is decided by what stands around it (a title, a preposition,
the noun that the question asks for) and by closeness to the question's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rag.answer.capitals import calendar_words, capitalised
from rag.answer.spot import MET, Short, agreement, anchors_in, closeness
from rag.gazetteer import flat, is_city, is_country, is_place
from rag.matching import TITLES, Matcher
from rag.peoples import is_demonym
from rag.question import Question
from rag.reader import Found
from rag.text import Span, fold, words
from rag.types import Language

_ROLES: Final = re.compile(
    r"(?:president\w*|ministre|minister|maire|mayor|chancelier\w*|chancellor|direct\w+|secretaire|secretary|"
    r"porte-parole|spokes\w+|depute\w*|senat\w+|general|juge|judge|professeure?|professor|docteur|doctor|dr|pr|m|"
    r"mme|mr|mrs|ms|"
    r"entraineu\w+|coach|capitaine|captain|historien\w*|economiste|chef\w*|leader|roi|reine|king|queen|pape|pope|"
    r"prefete?|conseill\w+|responsable|auteure?|author|chercheu\w+|avocate?|lawyer|pdg|ceo|fondat\w+|founder)"
)
_APPOSED: Final = re.compile(r",? ?(?:est |etait |is |was )?(?:l'|le |la |the |un |une |a |an )?(?:\w+ )?")
_PLACES_ASKED: Final = re.compile(
    r"\b(?:pays|villes?|countries|cities|regions?|etats|states|nations|capitales?|capitals)\b"
)
_ENUMERATED: Final = re.compile(
    r"(?:,|,? ?(?:et|ainsi que|and|as well as|puis)|&)(?: (?:a|au|aux|en|de|du|des|avec|par|to|in|with|by))?"
    r"(?: ?(?:l'|le|la|les|the|d'))?"
)
_PLACE_BEFORE: Final = re.compile(
    r"(?:\b(?:a|au|aux|en|dans|sur|vers|pres de|depuis|pour|in|at|to|near|from|into|of|de|du)|d'|l')[ ']*$"
)
_STRONG_PLACE_BEFORE: Final = re.compile(
    r"(?:\b(?:a|au|aux|en|dans|vers|pres de|in|at|near|to))(?: la| le| l'| the)?[ ']*$"
)
_AGENT_BEFORE: Final = re.compile(
    r"\b(?:par|by|selon|according to|d'apres|chez|avec|with)(?: la| le| les| l'| the)?[ ']*$"
)
# What such a noun is of is a place, never somebody: "maire de Lormont", "the king of Ostrania".
_HEADS_A_PLACE: Final = re.compile(
    r"\b(?:maires?|mairesse|mayors?|prefete?s?|prefects?|gouverneu\w+|governors?|eveque|archeveque|bishop|archbishop|"
    r"rois?|reines?|kings?|queens?|habitants?|inhabitants|residents|riverains|ville|village|commune|town|city) "
    r"(?:de la |de l'|du |des |de |d'|of (?:the )?)$"
)
AGENT_CONFIDENCE: Final = 0.95  # above any name that merely stands near
# "by" with a noun phrase of at most six words, up to a stop or a word that begins something else.
_AGENT: Final = re.compile(
    r"\s+(?:par|by)\s+(?P<agent>(?:[lL]['’]|(?:le|la|les|the|un|une|a|an|son|sa|ses|its|his|her) )?[\w-]+"
    r"(?: (?:d['’]|l['’])?[\w-]+){0,5}?)"
    r"(?=\s*(?:[,.;:!?()«»“”\"]|$)| (?:a|ont|avait|est|sont|qui|que|dans|pour|à|au|aux|en|et|lors|sur|afin|avant|"
    r"après|who|which|that|in|on|at|to|for|and|is|was|has|had|before|after|during|when)\b)"
)
_SPEECH_AFTER: Final = re.compile(
    r"^,? ?(?:a |avait |has |had )?(?:declare|confirme|annonce|affirme|indique|explique|precise|said|says|"
    r"announced|confirmed|told)"
)


def find_name(question: Question, matcher: Matcher, sentence: str, marked: Found | None = None) -> Short | None:
    """The name that a sentence gives for a question after a person, a place or a named thing; `marked` is what the
    reader takes for the answer."""
    anchors = anchors_in(matcher, sentence)
    best: Short | None = _agent(sentence, anchors, marked) if question.kind == "person" else None
    for span in new_names(matcher, sentence):
        others = [a for a in anchors if a.end <= span.start or span.end <= a.start]
        if question.kind == "place" and not _may_be_a_place(sentence, span):
            continue
        if question.kind == "person" and _HEADS_A_PLACE.search(_before(sentence, span)):
            continue
        if question.kind == "place" and of_other_size(question, sentence[span.start : span.end]):
            continue
        confidence = 0.3 + 0.3 * closeness(span.start, span.end, others)
        confidence += _type_fit(question, sentence, span) + _focus_fit(question, matcher, sentence, span)
        if question.kind == "person" and _in_apposition(sentence, span, others):
            confidence += 0.3
        confidence = max(0.05, min(confidence, 1.0)) + agreement(span.start, span.end, marked)
        if best is None or confidence > best.confidence:
            best = Short(_with_article(sentence, span), span.start, span.end, confidence)
    return best


def _agent(sentence: str, anchors: Sequence[Span], marked: Found | None) -> Short | None:
    """Who did it, in a passive: what follows "par" or "by" right after a word of the question ("confirmé par ...")."""
    for anchor in anchors:
        match = _AGENT.match(sentence, anchor.end)
        if match:
            confidence = AGENT_CONFIDENCE + agreement(match.start("agent"), match.end("agent"), marked)
            return Short(match["agent"], match.start("agent"), match.end("agent"), confidence)
    return None


def _may_be_a_place(sentence: str, span: Span) -> bool:
    """Whether a name is a known place or follows a preposition of place."""
    before = _before(sentence, span)
    if is_demonym(sentence[span.start : span.end]):
        return False  # "des Africains"
    return is_place(sentence[span.start : span.end]) or _PLACE_BEFORE.search(before) is not None


def _before(sentence: str, span: Span) -> str:
    """The folded words before a name, with the space or the apostrophe that parts it from them."""
    before = fold(sentence[max(0, span.start - 30) : span.start])
    return before if before.endswith("'") else before + " "


_TOWN_ASKED: Final = re.compile(
    r"\b(?:quel(?:le)?s?|which|what) (?:\w+ ){0,2}(?:ville|village|commune|bourg|quartier|town|city|village|"
    r"neighbou?rhood|suburb)\b"
)
_COUNTRY_ASKED: Final = re.compile(r"\b(?:quel|which|what) (?:\w+ ){0,2}(?:pays|country|nation)\b")


def of_other_size(question: Question, name: str) -> bool:
    """Whether a town is asked for and the name is a country's, or the other way round."""
    asked = fold(question.text)
    if _TOWN_ASKED.search(asked):
        return is_country(flat(name)) and not is_city(flat(name))
    return bool(_COUNTRY_ASKED.search(asked)) and is_city(flat(name)) and not is_country(flat(name))


def new_names(matcher: Matcher, sentence: str) -> list[Span]:
    """The names of a sentence that the question does not hold itself, months and days left out."""
    found = []
    for span in capitalised(sentence):
        parts = [fold(word.text) for word in words(sentence[span.start : span.end])]
        empty = all(part in calendar_words() or part in TITLES for part in parts)
        if not empty and not _in_question(matcher, parts):
            found.append(span)
    return found


def _in_apposition(sentence: str, span: Span, anchors: Sequence[Span]) -> bool:
    """Whether a word of the question names the person's part right beside the name: "le chancelier allemand X",
    "X, chancelier allemand"."""
    before = any(a.end < span.start and not sentence[a.end : span.start].strip(" \u00a0,") for a in anchors)
    return before or any(
        a.start > span.end and _APPOSED.fullmatch(fold(sentence[span.end : a.start]) + " ") for a in anchors
    )


def _in_question(matcher: Matcher, parts: Sequence[str]) -> bool:
    """Whether a name is one that the question itself holds: its last word is met by a word of a name there, or two of
    its words are ("Ras Makonnen Wolde Mikael" for "Ras Makonnen")."""

    def held(part: str) -> bool:
        return any(k.name and matcher.similarity(k, part) >= 0.95 for k in matcher.keywords)

    last = any(parts[-1] == keyword.word for keyword in matcher.keywords) or held(parts[-1])
    return last or sum(held(part) for part in parts[:-1] if part not in TITLES) >= 2


def _type_fit(question: Question, sentence: str, span: Span) -> float:
    """How well what stands around a name fits the kind of name asked for."""
    text = sentence[span.start : span.end]
    before = _before(sentence, span)
    after = fold(sentence[span.end : span.end + 30])
    place, many = is_place(text), len(words(text)) > 1
    if question.kind == "place":
        fit = 0.25 if _STRONG_PLACE_BEFORE.search(before) else (0.1 if _PLACE_BEFORE.search(before) else -0.1)
        return fit + (0.15 if place else 0.0)
    if question.kind == "person":
        fit = 0.15 if many and not place else 0.0
        fit += 0.15 if _ROLES.search(fold(sentence[max(0, span.start - 40) : span.start])) and not place else 0.0
        fit += 0.1 if _AGENT_BEFORE.search(before) or _SPEECH_AFTER.search(after) else 0.0
        fit -= 0.25 if place else 0.0
        return fit - (0.1 if _STRONG_PLACE_BEFORE.search(before) else 0.0)
    return 0.0


def _focus_fit(question: Question, matcher: Matcher, sentence: str, span: Span) -> float:
    """A name that follows the noun asked for ("la centrale nucléaire de X") fits."""
    if not question.focus:
        return 0.0
    before = words(sentence[max(0, span.start - 40) : span.start])[-4:]
    met = any(
        keyword.word in question.focus and matcher.similarity(keyword, fold(word.text)) >= MET
        for word in before
        for keyword in matcher.keywords
    )
    return 0.3 if met else 0.0


def _with_article(sentence: str, span: Span) -> str:
    """The name with the article that is written on to it: "l'Élysée", "la France"."""
    match = re.search(r"(?:\b[lL]['’]|\b(?:[lL]a|[lL]e|[lL]es|[tT]he) )$", sentence[: span.start])
    return (match.group() if match else "") + sentence[span.start : span.end]


def find_list(question: Question, matcher: Matcher, sentence: str) -> Short | None:
    """Names of a sentence that are of the kind listed. When places are asked for, an enumeration counts whole if half
    of its members are known places; lone names count if they are known."""
    places = names_places(question)
    spans = [
        span
        for group in _enumerations(sentence, new_names(matcher, sentence))
        if not places or 2 * sum(is_place(sentence[s.start : s.end]) for s in group) >= len(group)
        for span in group
    ]
    if not spans:
        return None
    items = tuple(dict.fromkeys(_with_article(sentence, span) for span in spans))
    confidence = min(1.0, 0.3 + 0.2 * len(items))
    return Short(join(items, question.language), spans[0].start, spans[-1].end, confidence, items=items)


def names_places(question: Question) -> bool:
    """Whether a list of countries, cities or regions is asked for."""
    return _PLACES_ASKED.search(fold(question.text)) is not None


def _enumerations(sentence: str, spans: Sequence[Span]) -> list[list[Span]]:
    """Names in groups: those with nothing but commas, "et"/"and" and articles between them stand together."""
    groups: list[list[Span]] = []
    for span in spans:
        joined = bool(groups) and _ENUMERATED.fullmatch(fold(sentence[groups[-1][-1].end : span.start]).strip())
        if joined:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def join(items: Sequence[str], language: Language) -> str:
    """Items in words: "a, b et c", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + {"fr": " et ", "en": " and "}[language] + items[-1]
