"""One reader's remark: whose words it holds, what it answers, its tone, and whether it gives orders to a program.

Pure functions over a remark's text, its article's and its parent's. A remark is data, whatever it says. It knows
nothing of questions or stores.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from rag.answer.document import Document
from rag.answer.speech import quotations
from rag.orders import orders_in
from rag.text import Span, fold, sentences, words
from rag.types import Language

QUOTE_CHARACTERS: Final = 240  # a longer remark is quoted by its first sentences
COPIED_WORDS: Final = 6  # consecutive words without marks from which a sentence found in the article is the article's
CITED_WORDS: Final = 3  # the same between quotation marks

Tone = Literal["for", "against", "unclear"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark and the stretch of it that is quoted."""

    document: Document
    own: Span  # offsets in document.text of the reader's own words
    cites_article: bool  # it quotes its article before that
    answers: Document | None  # the remark that it answers
    tone: Tone

    @property
    def author(self) -> str | None:
        return self.document.author

    @property
    def quote(self) -> str:
        return self.document.text[self.own.start : self.own.end]


def read_remark(
    remark: Document, article: Document | None, thread: Mapping[str, Document], language: Language
) -> Remark | None:
    """A remark as it is told; None when it addresses a program, answers one that does, or says nothing of its own."""
    parent = thread.get(remark.parent) if remark.parent else None
    if addresses_a_program(remark.text) or (parent is not None and addresses_a_program(parent.text)):
        return None
    around = fold(article.text) if article else ""
    above = fold(parent.text) if parent else ""
    spans = sentences(remark.text, language)
    copied = [_copied(remark.text, span, around, above) for span in spans]
    first = next((n for n, by in enumerate(copied) if by is None), None)
    if first is None:
        return None
    cited = "article" in copied[:first]
    own = _extent(spans[first:], copied[first:])
    start = _after_citation(remark.text, own, around)
    cited = cited or start > own.start
    return Remark(remark, Span(start, own.end), cited, parent, _tone_in_thread(remark, parent, thread))


def _copied(text: str, span: Span, article: str, parent: str) -> str | None:
    """Whose words a sentence of a remark is, when they are not the reader's: "article", "other"; None for their own."""
    said = text[span.start : span.end]
    marked = re.fullmatch(r"(?:>.*|«[^»]*»|“[^”]*”|\"[^\"]*\")\W*", said, re.DOTALL) is not None
    bare = fold(said).strip(' «»“”">.…!?,;:')
    length = len(words(bare))
    if length >= (CITED_WORDS if marked else COPIED_WORDS) and bare in article:
        return "article"
    if marked or (length >= COPIED_WORDS and bare in parent):
        return "other"
    return None


def _extent(spans: list[Span], copied: list[str | None]) -> Span:
    """The first sentences of a reader's own, as many as are quoted."""
    end = spans[0].end
    for span, by in zip(spans[1:], copied[1:], strict=True):
        if by is not None or span.end - spans[0].start > QUOTE_CHARACTERS:
            break
        end = span.end
    return Span(spans[0].start, end)


def _after_citation(text: str, own: Span, article: str) -> int:
    """Where the reader's words begin in a sentence that opens with a quotation of the article."""
    for quoted in quotations(text[own.start : own.end])[:1]:
        bare = fold(text[own.start + quoted.start : own.start + quoted.end]).strip(' «»“”".…!?,;:')
        rest = text[own.start + quoted.end : own.end]
        if (
            quoted.start == 0
            and len(words(bare)) >= CITED_WORDS
            and bare in article
            and len(words(rest)) >= CITED_WORDS
        ):
            return own.start + quoted.end + len(rest) - len(rest.lstrip(" ,;:.–—-\u00a0"))
    return own.start


# An order to whatever reads the remark tells nobody's opinion.
_MACHINE: Final = (
    r"(?:assistants?|robots?|chatbots?|bots?|ia|ai|llms?|gpt|chatgpt|modeles? de langage|language models?|"
    r"intelligences? artificielles?|ordinateurs?|machines?)"
)
_TELL: Final = (
    r"(?:repond(?:s|ez|re)?|ecri(?:vez|s|re)|dites|dis|affirme[sz]?|cite[sz]?|mentionne[sz]?|resume[sz]?|answer|respond|"
    r"reply|say|write|state|output|tell|print|claim|summari[sz]e|include)"
)
_ORDERS: Final = re.compile(
    r"\b(?:ignor\w+|oubli\w+|disregard|forget|override|overrid\w+)\b.{0,40}\b(?:instructions?|consignes?|prompts?|rules|"
    r"regles|directives?|ce qui precede|everything above|all of the above|previous|precedent\w*)\b|"
    r"[\[<{(#*] ?[|/]*(?:systeme?|system|inst|assistant|consigne|instructions?|prompt|im_start)\b|"
    r"\b(?:system|systeme|developer|assistant) ?(?:prompt|override|message|note) ?:?|^(?:system|assistant|user) ?:|"
    rf"\b{_MACHINE}\b.{{0,60}}\b(?:tu |vous |you )?(?:dois |devez |must |should |shall |please )?{_TELL}\b|"
    rf"\b(?:note|message|attention|avis|consigne|instructions?|ordre|dear|cher|hey|salut) (?:a|aux?|pour|to|for|an?)?"
    rf" ?(?:l'|les? |the |all |any )?{_MACHINE}\b|"
    rf"\b(?:you are|tu es|vous etes|si tu es|si vous etes|if you(?:'re| are)|as) (?:now |desormais )?(?:an? |une? )?"
    rf"(?:large )?{_MACHINE}\b|"
    r"\b(?:a partir de maintenant|desormais|from now on)\b.{0,30}\b(?:repond\w*|answer|reply|dis|dites|say)\b"
)


def addresses_a_program(text: str) -> bool:
    """Whether a remark gives orders to, or speaks to, a program that might read it."""
    return any(_ORDERS.search(fold(line)) for line in text.split("\n")) or bool(orders_in(text, "fr"))


# Plain words of approval and disapproval only: praise alone may be mockery ("bravo le patrimoine").
_FOR: Final = re.compile(
    r"\b(?:(?:bravo|well done)(?= ?[!.,]|$)|(?:tres )?bonne (?:idee|nouvelle|chose)|excellente? "
    r"(?:idee|nouvelle|choix|article|papier|decision)|d'accord|soutiens|soutenons|favorable\w*|suis pour|sommes pour|"
    r"tellement utile|tres utile|necessaire|indispensable|(?:a|ont|avez) raison|a juste titre|good (?:idea|news|thing)|"
    r"great (?:idea|news)|agree[ds]?|i support|we support|sensible|worth (?:it|every)|i'?m (?:all )?for|necessary|"
    r"about time|sign the petition|signez la petition)\b"
)
_AGAINST: Final = re.compile(
    r"\b(?:hont(?:e|eux|euse)|scandal\w*|gaspill\w*|inutile\w*|ridicule\w*|n'importe quoi|suis contre|sommes contre|"
    r"oppose[es]*|absurde\w*|betises?|stupid\w*|catastroph\w*|mensonge\w*|menteu\w+|incompeten\w*|ras[- ]le[- ]bol|"
    r"trop cher\w*|hypocri\w*|arnaque|sottises?|foutaise\w*|va-t-en-guerre|desastre|inadmissible|inacceptable|"
    r"lamentable|ne sert a rien|servira a rien|jamais de la vie|mauvaise (?:idee|nouvelle)|waste\w*|shame\w*|"
    r"disgrace\w*|nonsense|useless|pointless|i'?m against|against (?:it|this|the)|oppos\w+|disagree\w*|terrible|awful|"
    r"too expensive|over budget|scam|madness|bad (?:idea|news)|outrag\w*|rubbish|disaster|mistake)\b"
)
_NOT: Final = re.compile(r"\b(?:pas|jamais|aucun\w*|ni|sans|not|never|no|hardly|n't)\b[\w' ]{0,18}$")
_AGREES: Final = re.compile(
    r"^(?:\W|oui|yes)*(?:d'accord avec|tout a fait|exactement|exactly|\+ ?1\b|bien dit|absolument|agreed|quite right|"
    r"same here|"
    r"moi aussi|i agree|entierement d'accord|this\W*$)"
)
_OBJECTS: Final = re.compile(
    r"(?:pas d'accord|n'importe quoi|nonsense|c'est faux|disagree|betise|lisez avant|you(?:'re| are) wrong|sentimental|"
    r"vous avez tort|tu as tort|au contraire|on the contrary)"
)


def tone_of(text: str) -> Tone:
    """The tone of a remark by its plainest words; "unclear" where none speaks or both sides do."""
    told = fold(text)
    score = 0
    for pattern, side in ((_FOR, 1), (_AGAINST, -1)):
        for match in pattern.finditer(told):
            denied = _NOT.search(told[max(0, match.start() - 24) : match.start()]) is not None
            score += -side if denied else side
    return "for" if score > 0 else "against" if score < 0 else "unclear"


def _tone_in_thread(remark: Document, parent: Document | None, thread: Mapping[str, Document]) -> Tone:
    """A remark's tone; a reply that agrees with a remark or objects to it takes its side or the other."""
    if parent is not None:
        theirs = _tone_in_thread(parent, thread.get(parent.parent) if parent.parent else None, thread)
        told = fold(remark.text)
        if theirs != "unclear" and _AGREES.search(told):
            return theirs
        if theirs != "unclear" and _OBJECTS.search(told):
            return "against" if theirs == "for" else "for"
    return tone_of(remark.text)
