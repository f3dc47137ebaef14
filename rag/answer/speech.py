"""How French and English newspapers say who says something: "selon X", "« ... », affirme X", "X said that ...".

Pure text work on one sentence. It finds the words that name a speaker, a pronoun among them, and knows nothing of
paragraphs or documents; `rag.answer.voices` resolves what it finds there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rag.text import Span

# Stems that take an ending, and forms that are whole.
_STEMS: Final = (
    "affirm|assur|déclar|expliqu|précis|ajout|estim|indiqu|soulign|annon[cç]|confirm|lan[cç]|racont|not|observ|nuan[cç]|"
    "tempér|tempèr|rappel|rappell|insist|ironis|résum|comment|martel|martèl|plaid|témoign|confi|dénon[cç]|regrett|"
    "avan[cç]|grogn|soupir|pest|tonn|gliss|avou|jur|jug|déplor|détaill|constat|remarqu|relèv|relev|répèt|répét|"
    "rétorqu|répliqu|object|renchér|félicit|réjou|indign|agac|inquiét|inquièt|insurg|considèr|considér|souhait|"
    "réclam|accus|raill|mett en garde|sourit"
)
_FRENCH: Final = (
    r"(?:(?:s['’]|se )?(?:(?:en )?(?:est|sont|était|étaient|a|ont|avait|avaient|aurait|auraient) "
    r"(?:\w+ment |aussi |également |déjà |pourtant )?)?"
    rf"(?:(?:{_STEMS})(?:e|ent|a|èrent|ait|aient|é|ée|és|ées|it|issent|i|ie)|"
    r"dit|disent|disait|disaient|redit|écrit|écrivent|écrivait|répond|répondent|répondait|répondu|reconna[iî]t|"
    r"reconnaissent|reconnu|soutient|soutiennent|soutenait|soutenu|maintient|maintiennent|maintenu|prévient|"
    r"préviennent|prévenu|poursuit|poursuivi|conclut|conclu|admet|admettent|admis|prétend|prétendent|prétendu|"
    r"dément|démenti|avertit|averti|promet|promettent|promis|craint|craignent|sourit|"
    r"(?:fait|fait |font )(?:valoir|savoir|observer|remarquer)))"
)
_ENGLISH: Final = (
    r"(?:(?:has|have|had|also|later|then|would) )*"
    r"(?:says?|said|tells?|told|claim(?:s|ed)|argu(?:es?|ed)|add(?:s|ed)?|explain(?:s|ed)?|warn(?:s|ed)?|"
    r"insist(?:s|ed)?|write|writes|wrote|state[sd]|declare[sd]?|announced?|admit(?:s|ted)?|acknowledge[sd]?|"
    r"den(?:y|ies|ied)|repl(?:y|ies|ied)|answer(?:s|ed)|recall(?:s|ed)?|estimate[sd]|believe[sd]?|note[sd]|"
    r"suggest(?:s|ed)?|report(?:s|ed)|allege[sd]?|maintain(?:s|ed)?|predict(?:s|ed)?|concede[sd]?|joke[sd]?|"
    r"promise[sd]?|complain(?:s|ed)?|point(?:s|ed) out|contend(?:s|ed)?|confirm(?:s|ed)?|sigh(?:s|ed)?)"
)
_SUBJECT_PRONOUN: Final = r"(?:ils?|elles?|on|he|she|they|celui-ci|celle-ci|ce dernier|cette dernière)"
PRONOUN: Final = re.compile(
    rf"{_SUBJECT_PRONOUN}|lui|eux|elle-même|lui-même|him|her|them|the latter|the former", re.IGNORECASE
)
_CAPITAL: Final = r"[A-ZÀ-ÖØ-ÝŒ]"
_GIVEN: Final = rf"(?:{_CAPITAL}\.|{_CAPITAL}[\w'’-]*)"
FULL_NAME: Final = re.compile(
    rf"\b(?:(?:M\.|Mme|Mlle|Me|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) (?:{_GIVEN} )*{_GIVEN}(?<![.])|"
    rf"{_GIVEN}(?: (?:de |du |des |d['’]|la |le |van |von |der |den |el |al |ben |bin |da |di )*{_GIVEN})+(?<![.]))"
)

# A straight mark opens before a word and closes behind one, so that one too many turns nothing inside out.
_QUOTE: Final = re.compile(
    r"«[^«»]{0,3000}(?:»|$)|“[^“”]{0,3000}(?:”|$)|(?<![\w\"])\"(?=\w|[«(\[$€£])[^\"]{0,1500}(?:(?<=\S)\"(?!\w)|$)"
)
_ACCORDING: Final = re.compile(
    r"(?:\b(?:selon|d['’]après|aux yeux d[e'’]|de l['’]aveu d[e'’u])|\baccording to|\bin the words of)\s*",
    re.IGNORECASE,
)
# "selon les cas", "selon nos informations": nobody else's word.
_NOBODY: Final = re.compile(
    r"(?:que|qu['’]|les? cas|moi|nous|notre|nos|l['’]usage|la (?:saison|loi|météo|tradition)|us|our|me|plan|schedule|"
    r"custom|tradition)\b",
    re.IGNORECASE,
)
_STOP: Final = re.compile(
    r"[,;:!?»”\"()«“…]|(?<!\bM)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\b[A-Z])\.|"
    r"\s(?:[–—-]\s|(?:qui|que|qu['’]\w+|dont|où|dans|lors|à|au|aux|en|sur|devant|auprès|après|avant|pour|ce|cet|cette|"
    r"hier|aujourd['’]hui|avec|lorsqu\w*|pendant|depuis|via|par|mais|puis|dès|selon|"
    r"who|whom|whose|which|that|in|on|at|to|during|after|before|when|while|yesterday|today|last|this|as|but|and then|"
    r"(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day|le \d+)\b)"
)
_APPOSITION: Final = re.compile(rf",\s+({FULL_NAME.pattern})")
_SOME: Final = re.compile(r"(?:des|plusieurs|certains|some|several)\b")
_ADVERBIAL: Final = re.compile(r"(?:en|à|au|aux|dans|lors|in|on|at|to)\b", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"\b(?:le |la |l['’]|the )", re.IGNORECASE)
# Where a subject ends: the words before its verb.
_BEFORE_VERB: Final = re.compile(
    r"\s(?:a|ont|est|sont|était|avait|aurait|se|s['’]\w+|y|en|ne|n['’]\w+|lui|leur|nous|d['’]avoir|d['’]en|has|have|had|"
    r"is|was|were)\b.*$"
)
_IMPERSONAL: Final = re.compile(r"(?:il|it) (?:a été|est|était|avait été|has been|is|was)\b", re.IGNORECASE)
_LEADING: Final = re.compile(
    r"^(?:et|mais|or|car|puis|ainsi|enfin|alors|hier|de son côté|pour sa part|quant à (?:lui|elle),?|and|but|then|"
    r"meanwhile|yesterday|still|also)\b[ ,]*",
    re.IGNORECASE,
)
_DETERMINED: Final = re.compile(
    rf"\b(?:(?:les?|la|une?|son|sa|ses|leurs?|ce|cette|the|an?|his|her|their|M\.|Mme|Mr\.?|Mrs\.?|Ms\.?) |l['’]|"
    rf"{_CAPITAL})",
)
_AFTER_QUOTE: Final = re.compile(
    rf"[»”\"]\s*,?\s*(?P<verb>{_FRENCH}|{_ENGLISH})(?:(?:-t)?-(?P<pronoun>ils?|elles?|on)\b"
    rf"| (?P<plain>{_SUBJECT_PRONOUN})\b|\s(?=[\w«]))"
    rf"|[»”\"]\s*,?\s*(?:s['’]est|se sont|a|ont|avait|avaient|est)(?:-t)?-(?P<inverted>ils?|elles?|on) {_FRENCH}"
    rf"|[»”\"]\s*,?\s*(?P<before>(?:he|she|they|{_GIVEN}(?: {_GIVEN}){{0,3}}|the [\w' -]{{3,60}}?))\s+{_ENGLISH}\b",
)
_INSERTED: Final = re.compile(
    rf",\s+(?:(?:a|ont|s['’]est|se sont)(?:-t)?-(?P<inverted>ils?|elles?) {_FRENCH}|"
    rf"{_FRENCH}(?:-t)?-(?P<pronoun>ils?|elles?)\b|(?P<verb>{_FRENCH}) (?=(?:l[ea]s?|l['’]|une?|M\.|Mme|{_CAPITAL}))|"
    rf"(?P<before>he|she|they|{_GIVEN}(?: {_GIVEN}){{0,3}}|the [\w' -]{{3,60}}?) {_ENGLISH}\b(?=[,.]| on | in )|"
    rf"(?P<said>said|says|wrote|adds|added) (?=the |a |{_CAPITAL}))"
)
_SUBJECT_FIRST: Final = re.compile(
    rf"(?P<who>[^,;:.!?«»“”\"()]{{1,90}}(?:, [^,;:!?«»“”\"()]{{2,90}},)?)\s+"
    rf"(?:l['’]|y |lui |leur |nous )?(?P<verb>{_FRENCH}|{_ENGLISH})\b"
    rf"(?:[^.;:,«“\"]{{0,40}}?)(?:\bqu(?:e\b|['’])|\bthat\b|\s?:\s*[«“\"]|,?\s?[«“]|,?\s\")",
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The words of a sentence that say whose word something is."""

    who: Span  # offsets in the sentence of the words that name the speaker; an empty span: nobody is named
    verb: Span  # offsets of the verb, or of "selon"
    how: str  # "according", "verb"

    def named(self, sentence: str) -> str:
        return sentence[self.who.start : self.who.end]


def quotations(sentence: str) -> list[Span]:
    """The stretches between quotation marks, marks included; one that does not close runs to the end."""
    return [Span(match.start(), match.end()) for match in _QUOTE.finditer(sentence)]


def attributions(sentence: str) -> list[Attribution]:
    """Everything in a sentence that says who says something, in the order of the text."""
    quoted = quotations(sentence)
    found = [*_according(sentence, quoted), *_by_verb(sentence, quoted)]
    kept: list[Attribution] = []
    for one in sorted(found, key=lambda a: a.who.start):
        if all(one.who.end <= other.who.start or other.who.end <= one.who.start for other in kept):
            kept.append(one)
    return kept


def _within(place: int, spans: list[Span]) -> bool:
    return any(span.start < place < span.end - 1 for span in spans)


def _according(sentence: str, quoted: list[Span]) -> Iterator[Attribution]:
    for match in _ACCORDING.finditer(sentence):
        if _within(match.start(), quoted) or _NOBODY.match(sentence, match.end()):
            continue
        who = _phrase(sentence, match.end())
        if who.end > who.start:
            yield Attribution(who, Span(match.start(), match.end()), "according")


def _by_verb(sentence: str, quoted: list[Span]) -> Iterator[Attribution]:
    inserted = [m for m in _INSERTED.finditer(sentence) if not _apposed(sentence, m.start())]
    for match in [*_AFTER_QUOTE.finditer(sentence), *inserted]:
        groups = match.groupdict()
        named = next((name for name in ("pronoun", "inverted", "plain", "before") if groups.get(name)), None)
        who = Span(*match.span(named)) if named else _phrase(sentence, match.end())
        if who.end > who.start and not _within(who.start, quoted):
            yield Attribution(who, Span(match.start(), who.start), "verb")
    for match in _SUBJECT_FIRST.finditer(sentence):
        who = _subject(sentence, match)
        if who.end > who.start and not _within(who.start, quoted) and not _within(match.start("verb"), quoted):
            yield Attribution(who, Span(*match.span("verb")), "verb")


def _apposed(sentence: str, comma: int) -> bool:
    """Whether a comma closes a name in apposition: "Le maire, Luc Abel, annonce la fermeture" inserts nothing."""
    before = sentence.rfind(",", 0, comma)
    return before >= 0 and FULL_NAME.fullmatch(sentence[before + 1 : comma].strip()) is not None


def _phrase(sentence: str, start: int) -> Span:
    """The name or noun phrase that begins at an offset, with the name that stands after it in apposition."""
    while start < len(sentence) and sentence[start].isspace():
        start += 1
    stop = _STOP.search(sentence, start)
    end = stop.start() if stop else len(sentence)
    apposed = _APPOSITION.match(sentence, end)
    if apposed and not FULL_NAME.search(sentence, start, end):
        end = apposed.end()
    while end > start and sentence[end - 1].isspace():
        end -= 1
    text = sentence[start:end]
    if _ADVERBIAL.match(text) and (named_at := FULL_NAME.search(text)):
        begins = [m.start() for m in _ARTICLE.finditer(text, 0, named_at.start())]
        start += begins[-1] if begins else named_at.start()
        text = sentence[start:end]
    named = PRONOUN.fullmatch(text) or _DETERMINED.match(text) or FULL_NAME.search(text) or _SOME.match(text)
    return Span(start, end) if named and end - start <= 120 else Span(start, start)


def _subject(sentence: str, match: re.Match[str]) -> Span:
    """The noun phrase before a verb: what leads up to it is cut off, and a clause about it ("le maire, qui ...,")."""
    start, end = match.span("who")
    text = sentence[start:end]
    lead = _LEADING.match(text.lstrip())
    start += len(text) - len(text.lstrip()) + (lead.end() if lead else 0)
    if _IMPERSONAL.match(sentence, start):
        return Span(start, start)
    text = _BEFORE_VERB.sub("", sentence[start:end].rstrip(" ,")).rstrip(" ,")
    comma = text.find(",")
    if comma >= 0 and not _APPOSITION.match(text, comma):
        text = text[:comma]
    if re.search(r"['’](?:ils?|elles?|on|en|a|ai|ont)$", text):
        return Span(start, start)
    if not PRONOUN.fullmatch(text):
        begins = [m.start() for m in _DETERMINED.finditer(text) if not _governed(text, m.start())]
        if not begins:
            return Span(start, start)
        start, text = start + begins[0], text[begins[0] :]
    return Span(start, start + len(text))


_GOVERNS: Final = re.compile(
    r"(?:^|[ '’])(?:de|du|des|d|à|au|aux|en|dans|sur|pour|par|avec|lors|selon|après|avant|chez|vers|sous|contre|"
    r"of|in|at|on|for|to|by|from|with|after|before|until|since|during|depuis|durant|pendant)[ '’]$",
    re.IGNORECASE,
)


def _governed(text: str, place: int) -> bool:
    """Whether a preposition stands before a place, so that no subject begins there."""
    return _GOVERNS.search(text[:place]) is not None or (place > 0 and text[place - 1] in "-")
