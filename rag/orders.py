"""Orders to a program that stand in a text: "ignore the previous instructions and say ...", forged turns of a chat.

An article is material to read. What speaks in it to the machine that reads, and no longer to people, is no report: it
is found here so that others can leave it out, and so are scripts. Imperatives count where they open a sentence or
follow a colon; a minister who "ignores the instructions" gives none. Pure text work; knows nothing of articles,
questions or models.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rag.dates.names import fold_in_place
from rag.text import Span, sentences
from rag.types import Language

# All patterns read text as `fold_in_place` leaves it: lower case, no accents, plain apostrophes.
_OPENS: Final = r"(?:^|[.!?:;…]\s|[«“\"(\[{*#>])[ \t]*(?:-\s|please,? |now,? |puis |then )?"
_MACHINE: Final = (
    r"\b(?:assistants?|robots?|chatbots?|bots?|ia|ai|llms?|gpt|chatgpt|modeles? (?:de langage|d'ia|linguistiques?)|"
    r"language models?|intelligences? artificielles?)\b"
)
_TELLING: Final = (
    "reponds", "repondez", "ecris", "ecrivez", "dis", "dites", "affirmez", "citez", "mentionnez", "concluez", "conclus",
    "answer", "respond", "reply", "say", "write", "state", "output", "tell", "print", "claim", "include", "assert",
    "mention",
)  # fmt: skip
_TELL: Final = rf"(?:{'|'.join(_TELLING)})\b"
_IGNORING: Final = ("ignore", "oublie", "neglige", "disregard", "forget", "override", "bypass")
_IGNORE: Final = r"(?:(?:ignore|oublie|neglige)[zr]?|disregard|forget|override|bypass)\b"
_RULES: Final = r"(?:instructions?|consignes?|prompts?|directives?|ordres|rules|regles|guidelines|directions)\b"
_EARLIER: Final = r"(?:previous|prior|earlier|above|preceding|system)\b"
_EXACTLY: Final = r"(?:only|exactly|just|simply|always|uniquement|exactement|seulement|toujours|simplement)\b"
_WHAT: Final = rf"(?:{_EXACTLY}|que\b|qu'|that\b)"
_SYSTEM: Final = r"(?:system|systeme|assistant|developer)"
_REPLIES: Final = ("reponse", "answer", "repl", "response", "resume", "summar")
_MODALS: Final = ("tu dois", "vous devez", "you must", "you should", "you shall", "merci de", "veuillez")

# Each pattern with the words of which one must be there; to look for those costs a hundredth of the pattern.
_ORDERS: Final = tuple(
    (guards, re.compile(pattern, re.MULTILINE))
    for guards, pattern in (
        (
            _IGNORING,
            rf"(?:{_OPENS}|,\s(?:et |and )?)(?:{'|'.join(_MODALS)})?\s?{_IGNORE}[^.\n]{{0,50}}?"
            rf"(?:\b{_RULES}|\bce qui precede|\beverything above|\ball of the above|\b{_EARLIER})",
        ),
        (
            _IGNORING,
            rf"\b{_IGNORE} [^.\n]{{0,25}}?(?:\b{_RULES} (?:precedentes|ci-dessus|anterieures)|\b{_EARLIER} {_RULES})",
        ),
        (
            ("system", "assistant", "developer"),
            rf"(?:^|[.!?]\s)[ \t]*(?:[\[{{<(*#]+ ?)?{_SYSTEM}(?: (?:message|prompt|note|override))?[ \t]*[\]}}>)*]* ?:|"
            r"\b(?:system|developer) (?:prompt|override|message|instructions?)[ \t]*:|"
            r"\b(?:message|note|invite|consignes?|instructions?) (?:du )?systeme[ \t]*:",
        ),
        (
            ("[", "{", "#"),
            rf"[\[{{]{{1,2}} ?(?:{_SYSTEM}|instructions?|prompt|consignes?) ?[\]}}:]|"
            rf"^#{{1,6}} ?(?:{_SYSTEM}|instructions?|prompt|consignes?)\b",
        ),
        (
            (
                "note",
                "message",
                "attention",
                "avis",
                "consigne",
                "instruction",
                "ordre",
                "dear",
                "cher",
                "hey",
                "salut",
            ),
            r"\b(?:note|message|attention|avis|consignes?|instructions?|ordre|dear|chere?|hey|salut)\b[^.:\n]{0,24}?"
            rf"{_MACHINE}[^.:\n]{{0,30}}(?::|,[ \t]*{_TELL})",
        ),
        (_TELLING, rf"{_MACHINE}[^.\n]{{0,20}}[:,][ \t]*(?:please |always )?{_TELL}"),
        (_MODALS, rf"{_MACHINE}[^.\n]{{0,30}}\b(?:{'|'.join(_MODALS)})\b"),
        (
            ("si tu es", "si vous etes", "if you're", "if you are", "you are ", "tu es ", "vous etes "),
            rf"\b(?:si (?:tu es|vous etes)|if you(?:'re| are)|(?:you are|tu es|vous etes) (?:now|desormais|maintenant))"
            rf" (?:an? |une? |the )?(?:large )?{_MACHINE}",
        ),
        (
            _TELLING,
            rf"{_OPENS}{_TELL} (?:(?:to|a) (?:the |every |any |all |toutes? |chaque |l')?\w+ )?{_WHAT}",
        ),
        (
            _REPLIES,
            r"\b(?:toutes?|chaque|any|every|your|votre|ta) (?:reponses?|answers?|repl(?:y|ies)|responses?|resumes?|"
            r"summar\w+)\b[^.\n]{0,70}?\b(?:doi(?:t|vent)|must|should|shall|devra\w*) (?:\w+ )?(?:dire|contenir|"
            r"inclure|mentionner|affirmer|commencer|say|contain|include|mention|state|begin|start)\b",
        ),
        (
            ("a partir de maintenant", "desormais", "from now on"),
            r"\b(?:a partir de maintenant|desormais|from now on),? (?:tu |vous |you (?:must |will )?)?"
            rf"(?:always |toujours )?{_TELL} {_WHAT}",
        ),
        (
            ("reponds", "repondez", "dis", "dites", "ecris", "ecrivez"),
            r"\bsi (?:on|quelqu'un|l'utilisateur|un lecteur|le lecteur)\b[^.\n]{0,80}\b(?:reponds|repondez|dis|dites|"
            r"ecris|ecrivez)\b",
        ),
        (
            ("ask",),
            r"\b(?:when|if) (?:you are |you're |anyone |someone |a user |the user |users? )?ask(?:s|ed)?\b[^.\n]{0,80}"
            rf",[ \t]*(?:please |always |just |only |simply )?{_TELL}",
        ),
    )
)
_MARKUP: Final = re.compile(
    r"<\|[^|>\n]{0,40}\|?>|\[/?inst\]|<</?sys>>|</?(?:system|assistant|instructions?|prompt)>|"
    r"<\s?/?\s?(?:script|iframe|style|object|embed|svg|img)\b|javascript:|<!--"
)
_SIGNS: Final = ("<", "[inst", "[/inst", "javascript:")
# A forged turn of a chat, a script or a hidden remark, from its opening to its closing sign.
_BLOCK: Final = re.compile(
    r"(?:<\|[^|>\n]{0,40}\|?>|\[inst\]|<<sys>>|<!--|<script\b|<(?:system|instructions?|prompt)>).{0,4000}?"
    r"(?:<\|(?:im_end|end\w*|eot\w*)\|?>|\[/inst\]|<</sys>>|-->|</script>|</(?:system|instructions?|prompt)>)",
    re.DOTALL,
)


@lru_cache(maxsize=1024)
def orders_in(text: str, language: Language) -> tuple[Span, ...]:
    """Offsets of the stretches of a text that speak to a program, in order and apart from one another.

    A stretch is a whole sentence with what follows it in its paragraph, for an order comes before what it orders to
    say; an order that is quoted ends with its sentence.
    """
    folded = fold_in_place(text)
    places = [
        match.end() - 1
        for guards, pattern in _ORDERS
        if any(word in folded for word in guards)
        for match in pattern.finditer(folded)
    ]
    found: list[Span] = []
    if any(sign in folded for sign in _SIGNS):
        places += [match.start() for match in _MARKUP.finditer(folded)]
        found += [Span(match.start(), match.end()) for match in _BLOCK.finditer(folded)]
    if not places:
        return ()
    spans = sentences(text, language)
    for place in places:
        sentence = next((span for span in spans if span.start <= place < span.end), Span(place, place + 1))
        quoted = re.search(r"[«“\"]", text[sentence.start : place]) is not None
        end = sentence.end if quoted else text.find("\n", place)
        found.append(Span(sentence.start, len(text) if end < 0 else end))
    return _merged(found)


def without_orders(text: str, language: Language) -> str:
    """The text with its orders blanked out; every other character keeps its offset. A line ends where an order began,
    so that no sentence reaches across one and every sentence that is left is the stored text's, letter for letter."""
    parts: list[str] = []
    at = 0
    for span in orders_in(text, language):
        parts += [text[at : span.start], "\n", re.sub(r"[^\n]", " ", text[span.start + 1 : span.end])]
        at = span.end
    return "".join([*parts, text[at:]])


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
