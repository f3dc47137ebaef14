"""The short answer inside a sentence: a date, a number, a person, a place, a name.

Rules by kind of question; each finds candidates of the right type and prefers those close to the question's words. It
returns text of the sentence (or its wording in the question's language), never anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from rag.answer.quantities import Quantity, find_quantities, translate
from rag.dates import DateMention, format_date
from rag.matching import Matcher
from rag.gazetteer import is_place
from rag.question import Question
from rag.text import STOPWORDS, Span, Word, fold, words
from rag.types import Language

NEAR: Final = 60  # characters at which closeness to the question's words has halved


@dataclass(frozen=True, slots=True)
class Short:
    """A short answer and where it stands in its sentence."""

    text: str
    start: int
    end: int
    confidence: float  # in [0, 1], comparable within one kind of question
    date: DateMention | None = None
    items: tuple[str, ...] = ()  # of a list


def find_short(
    question: Question, matcher: Matcher, sentence: str, dates: Sequence[DateMention], *, language: Language
) -> Short | None:
    """The best short answer that a sentence holds, or None when it has none of the kind asked for."""
    anchors = _anchors(matcher, sentence)
    match question.kind:
        case "date":
            return _date(question, dates, anchors)
        case "duration":
            return _quantity(question, matcher, sentence, dates, anchors, language, duration=True)
        case "number":
            return _quantity(question, matcher, sentence, dates, anchors, language, duration=False)
        case "person" | "place" | "entity":
            return _name(question, matcher, sentence, anchors)
        case "list":
            return _list(question, matcher, sentence)
        case "reason":
            return _reason(sentence)
        case _:
            return None


def _anchors(matcher: Matcher, sentence: str) -> list[Span]:
    """Where the question's words are met."""
    return [
        Span(word.start, word.end)
        for word in words(sentence)
        if any(matcher.similarity(keyword, fold(word.text)) >= 0.6 for keyword in matcher.keywords)
    ]


def _closeness(start: int, end: int, anchors: Sequence[Span]) -> float:
    """1 beside a word of the question, 1/2 at NEAR characters from the mean of the two nearest."""
    if not anchors:
        return 0.3
    gaps = sorted(max(0, anchor.start - end, start - anchor.end) for anchor in anchors)[:2]
    return NEAR / (NEAR + sum(gaps) / len(gaps))


def _date(question: Question, dates: Sequence[DateMention], anchors: Sequence[Span]) -> Short | None:
    best: Short | None = None
    for mention in dates:
        if mention.first is None or mention.last is None:
            continue
        confidence = 0.5 + 0.5 * _closeness(mention.start, mention.end, anchors)
        if re.search(r"\b(?:annee|year)\b", fold(question.text)) and mention.first.year == mention.last.year:
            text = str(mention.first.year)
        else:
            text = format_date(mention.first, mention.last, mention.precision, question.language)
        if best is None or confidence > best.confidence:
            best = Short(text, mention.start, mention.end, confidence, date=mention)
    return best


_MONEY_WORDS: Final = re.compile(
    r"\b(?:cout\w*|prix|budget|montant|facture|cost\w*|price\w*|pay|paid|salaire|salary|amende|fine|worth)\b"
)
_SHARE_WORDS: Final = re.compile(
    r"\b(?:pourcentage|pourcent|part|taux|proportion|percent\w*|share|rate|turnout|participation)\b"
)


def _quantity(
    question: Question,
    matcher: Matcher,
    sentence: str,
    dates: Sequence[DateMention],
    anchors: Sequence[Span],
    language: Language,
    *,
    duration: bool,
) -> Short | None:
    taken = [Span(d.start, d.end) for d in dates]
    found = find_quantities(sentence, () if duration else taken)
    asked = fold(question.text)
    best: tuple[float, Quantity, int] | None = None
    for quantity in found:
        if duration != (quantity.unit == "duration"):
            continue
        confidence = 0.3 + 0.3 * _closeness(quantity.start, quantity.end, anchors)
        end = quantity.end
        follower = _follower(question, matcher, sentence, quantity)
        if follower:
            confidence, end = confidence + 0.35, follower
        if _MONEY_WORDS.search(asked):
            confidence += 0.25 if quantity.unit == "money" else -0.15
        if _SHARE_WORDS.search(asked):
            confidence += 0.25 if quantity.unit == "percent" else -0.15
        if duration:
            confidence += 0.25
        if best is None or confidence > best[0]:
            best = (confidence, quantity, end)
    if best is None:
        return None
    confidence, quantity, end = best
    text = translate(sentence[quantity.start : end], language, question.language)
    return Short(text, quantity.start, end, min(confidence, 1.0))


def _follower(question: Question, matcher: Matcher, sentence: str, quantity: Quantity) -> int | None:
    """End of the counted noun when one of the three words after the number is what the question counts."""
    if not question.focus:
        return None
    for word in words(sentence[quantity.end :])[:3]:
        for keyword in matcher.keywords:
            if keyword.word in question.focus and matcher.similarity(keyword, fold(word.text)) >= 0.6:
                return quantity.end + word.end
    return None


_PARTICLES: Final = frozenset("de du des d la le von van der den bin ben al el del di da dos".split())
_ROLES: Final = re.compile(
    r"(?:president\w*|ministre|minister|maire|mayor|chancelier\w*|chancellor|direct\w+|secretaire|secretary|"
    r"porte-parole|spokes\w+|depute\w*|senat\w+|general|juge|judge|professeure?|professor|docteur|doctor|dr|pr|m|"
    r"mme|mr|mrs|ms|"
    r"entraineu\w+|coach|capitaine|captain|historien\w*|economiste|chef\w*|leader|roi|reine|king|queen|pape|pope|"
    r"prefete?|conseill\w+|responsable|auteure?|author|chercheu\w+|avocate?|lawyer|pdg|ceo|fondat\w+|founder)"
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
_SPEECH_AFTER: Final = re.compile(
    r"^,? ?(?:a |avait |has |had )?(?:declare|confirme|annonce|affirme|indique|explique|precise|said|says|"
    r"announced|confirmed|told)"
)


def capitalised(sentence: str) -> list[Span]:
    """Runs of capitalised words joined over particles; a lone function word at the beginning is none."""
    runs: list[list[Word]] = []
    pending: list[Word] = []
    previous: Word | None = None
    for word in words(sentence):
        between = sentence[previous.end : word.start] if previous else ""
        joined = previous is not None and between.strip("'’-. \u00a0") == "" and "." not in between[1:]
        capital = word.text[0].isupper() and (len(word.text) > 1 or between.endswith(("'", "’")) or word.text in "MX")
        if (
            capital
            and len(word.text) == 1
            and word.text in "LDCJNMSTQ"
            and sentence[word.end : word.end + 1] in ("'", "’")
        ):
            capital = False  # an elided article in capitals
        opens = previous is None or between.strip().endswith((".", "!", "?", ":", "«", "“", '"'))
        if capital and opens and fold(word.text) in STOPWORDS["fr"] | STOPWORDS["en"] | _OPENERS:
            capital = False
        if capital and runs and joined and (previous is runs[-1][-1] or pending):
            runs[-1].extend([*pending, word])
            pending = []
        elif capital:
            runs.append([word])
            pending = []
        elif (
            runs
            and joined
            and fold(word.text) in _PARTICLES
            and len(pending) < 2
            and (previous is runs[-1][-1] or pending)
        ):
            pending.append(word)
        else:
            pending = []
        previous = word
    return [Span(run[0].start, run[-1].end) for run in runs]


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


@cache
def _calendar() -> frozenset[str]:
    from babel.dates import get_day_names, get_month_names

    names = {fold(n) for loc in ("fr", "en") for n in get_month_names("wide", locale=loc).values()}
    return frozenset(names | {fold(n) for loc in ("fr", "en") for n in get_day_names("wide", locale=loc).values()})


def _name(question: Question, matcher: Matcher, sentence: str, anchors: Sequence[Span]) -> Short | None:
    best: Short | None = None
    for span in capitalised(sentence):
        text = sentence[span.start : span.end]
        parts = [fold(w.text) for w in words(text)]
        if all(part in _calendar() for part in parts) or _in_question(matcher, parts):
            continue
        others = [a for a in anchors if a.end <= span.start or span.end <= a.start]
        confidence = 0.3 + 0.3 * _closeness(span.start, span.end, others)
        confidence += _type_fit(question, sentence, span, text)
        confidence += _focus_fit(question, matcher, sentence, span)
        if best is None or confidence > best.confidence:
            best = Short(_with_article(sentence, span), span.start, span.end, max(0.05, min(confidence, 1.0)))
    return best


def _in_question(matcher: Matcher, parts: Sequence[str]) -> bool:
    """Whether a name is one that the question itself holds: its last word is met by a word of the question."""
    return any(matcher.similarity(keyword, parts[-1]) >= 0.95 for keyword in matcher.keywords)


def _type_fit(question: Question, sentence: str, span: Span, text: str) -> float:
    before, after = (
        fold(sentence[max(0, span.start - 30) : span.start] + "|")[:-1],
        fold(sentence[span.end : span.end + 30]),
    )
    before = before if before.endswith("'") else before + " "
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
        keyword.word in question.focus and matcher.similarity(keyword, fold(word.text)) >= 0.6
        for word in before
        for keyword in matcher.keywords
    )
    return 0.3 if met else 0.0


def _with_article(sentence: str, span: Span) -> str:
    """The name with the article that is written on to it: "l'Élysée", "la France"."""
    match = re.search(r"(?:\b[lL]['’]|\b(?:[lL]a|[lL]e|[lL]es|[tT]he) )$", sentence[: span.start])
    return (match.group() if match else "") + sentence[span.start : span.end]


def _list(question: Question, matcher: Matcher, sentence: str) -> Short | None:
    """Names of a sentence that are of the kind listed; places when countries, cities or regions are asked for."""
    asked = fold(question.text)
    want_places = bool(
        re.search(r"\b(?:pays|villes?|countries|cities|regions?|etats|states|nations|capitales?|capitals)\b", asked)
    )
    spans = []
    for span in capitalised(sentence):
        parts = [fold(w.text) for w in words(sentence[span.start : span.end])]
        if all(part in _calendar() for part in parts) or _in_question(matcher, parts):
            continue
        if want_places and not is_place(sentence[span.start : span.end]):
            continue
        spans.append(span)
    if not spans:
        return None
    items = tuple(dict.fromkeys(_with_article(sentence, span) for span in spans))
    joined = (
        ", ".join(items[:-1]) + (" et " if question.language == "fr" else " and ") + items[-1]
        if len(items) > 1
        else items[0]
    )
    return Short(joined, spans[0].start, spans[-1].end, min(1.0, 0.3 + 0.2 * len(items)), items=items)


_REASON: Final = re.compile(
    r"\b(?:parce qu['’e]|car |en raison d['’eu]|à cause d['’eu]|faute d['’e]|du fait d['’eu]|afin d['’e]|pour éviter|"
    r"grâce à|because|due to|owing to|in order to|so that|as a result of|en vue d['’eu]|puisqu['’e]|face (?:à|au))",
    re.IGNORECASE,
)


def _reason(sentence: str) -> Short | None:
    match = _REASON.search(sentence)
    if not match:
        return None
    end = re.search(r"[.;!?»]|, (?:selon|a |ont |said|according)|$", sentence[match.start() :])
    stop = match.start() + (end.start() if end else 0)
    return Short(sentence[match.start() : stop].strip(" ,"), match.start(), stop, 0.7)
