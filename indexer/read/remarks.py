"""Readers' remarks that nothing marks: which lines at the end of a text are no longer the article.

A run of blank lines longer than any before it, and lines after it that read like remarks (short, exclaiming, speaking
to someone, quoting the text above), are taken for a thread without authors. It knows nothing of threads with names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.read.lines import Line, ends_sentence, has_emoji, is_heading, is_prose, is_quotation
from rag.text import fold, words

_SPEAKS: Final = re.compile(
    r"\b(?:je|j'\w+|moi|mon|ma|mes|tu|toi|vous|votre|vos|t'\w+|i|i'm|i've|my|me|you|your|you're|ur)\b"
)
_CHAT: Final = re.compile(
    r"\b(?:lol|mdr|ptdr|wtf|lmao|imho|omg|svp|stp|bof|pfff*|bah|ben|hein|ouais|ouf|bravo|merci|honte(?:ux)?|ridicules?|"
    r"n'importe quoi|quelle blague|debiles?|idiots?|stupid|shame|thanks?|great article|excellent(?: article| papier)?|"
    r"nul|cet article|l'article|this article|the article|the author|ce journal|cest|ca va|y'a|ya|faut|pas d'accord|"
    r"d'accord avec|agree|disagree|ha ?ha|haha\w*|hihi|euh|rigolo|mort de rire|desole|sorry|please|nope|yeah|yep|ok|"
    r"et alors|quelle honte|pauvre|vive|au moins|enfin|encore un|encore une|on nous|guignols?|clowns?)\b"
)
_EXCLAIMS: Final = re.compile(r"[!?]\s?[!?]|!\s*$|!\s+\S|\.{3,}|…\s*$|\.\.[^.]|[!?]{2}")
_NOT_REMARK: Final = re.compile(
    r"^[\W_]*(?:p\.?-?s\.?\b|p\.?-?p\.?-?s|post-?scriptum|n\.?b\.?\b|notes?\b|sources?\b|references?\b|bibliographie|"
    r"erratum|"
    r"correction|mise a jour|update|editor's note|ndlr|note de la redaction|propos recueillis|traduit|traduction|"
    r"translated|avec (?:afp|reuters|ap|agences?)|(?:par|by) [a-z]+ [a-z-]+$|credits?|photos?|images?|illustrations?|"
    r"lire|voir aussi|read|see also|contact|adresse|tel\.?\b|tarifs?|horaires|infos? pratiques?|reservations?|"
    r"inscriptions?|"
    r"https?:|www\.|\*+$|---+$|fin$|the end$|a suivre|to be continued|encadre|reperes|chronologie|timeline|about|"
    r"a propos)"
)


def remark_strength(text: str, article: str = "") -> int:
    """How much one line reads like a reader's remark; 0 or less: like an article. `article`: the folded text above."""
    folded = fold(text)
    if _NOT_REMARK.match(folded):
        return -3
    strength = 0
    if article and is_quotation(text) and quotes(text, article):
        return 4
    strength += 2 if has_emoji(text) else 0
    strength += 2 if re.search(r"[!?]\s?[!?]", text) else 1 if _EXCLAIMS.search(text) else 0
    strength += 1 if text[:1].islower() else 0
    strength += 1 if _SPEAKS.search(folded.replace("’", "'")) else 0
    strength += 1 if _CHAT.search(folded) else 0
    letters = [c for c in text if c.isalpha()]
    strength += 1 if len(letters) > 8 and sum(c.isupper() for c in letters) > 0.7 * len(letters) else 0
    unfinished = not ends_sentence(text) and not text.endswith((":", ";", ","))
    strength += 1 if unfinished and len(text) > 60 else 0
    if article and any(quotes(quote, article) for quote in re.findall(r"«[^»]{12,}»|“[^”]{12,}”|\"[^\"]{12,}\"", text)):
        strength += 2
    if len(text) > 500:
        strength -= 1 if strength < 3 else 0
    return strength


def quotes(text: str, article: str) -> bool:
    """Whether the words of a quotation stand in the folded `article`, gaps marked by dots allowed."""
    inner = fold(text.strip(' «»“”"„.…,!?>-\u00a0\u202f'))
    pieces = [_words(piece) for piece in re.split(r"[\[(]?(?:\.{3}|…)[\])]?", inner)]
    pieces = [piece for piece in pieces if piece]
    haystack = _words(article)
    return sum(len(piece.split()) for piece in pieces) >= 2 and all(f" {p} " in f" {haystack} " for p in pieces)


def _words(text: str) -> str:
    return " ".join(word.text for word in words(text))


def only_quotes(text: str, article: str) -> bool:
    """Whether a line is nothing but a quotation of the folded `article`."""
    marked = text.startswith(">") or bool(re.match(r"^[«“\"„].*[»”\"][\s.!?…,]*$", text))
    return marked and quotes(text, article)


def unmarked_start(lines: Sequence[Line]) -> int | None:
    """Where a thread that nothing announces begins: the place of its first remark, or None.

    The gap before it must be wider than every gap above, two lines at least, and the lines below must read like
    remarks: most of them by some sign where the gap is wide, nearly all by several where it is narrow.
    """
    widest, prose = 0, False
    for place, line in enumerate(lines):
        if place and prose and line.blanks > widest and _reads_as_thread(lines, place, line.blanks - widest):
            return place
        widest = max(widest, line.blanks if place else 0)
        prose = prose or is_prose(line.text) or ends_sentence(line.text)
    return None


def _reads_as_thread(lines: Sequence[Line], place: int, margin: int) -> bool:
    article = fold("\n".join(line.text for line in lines[:place]))
    below = lines[place:]
    strengths = [remark_strength(line.text, article) for line in below]
    if any(strength < -1 for strength in strengths[:1]) or _has_sections(below):
        return False
    size = sum(len(line.text) for line in lines[:place])
    if size < 200 and size < sum(len(line.text) for line in below):
        return False
    signs, total = sum(s >= 1 for s in strengths), len(strengths)
    formal = sum(
        s <= 1 and len(line.text) > 140 and ends_sentence(line.text) for s, line in zip(strengths, below, strict=True)
    )
    weight = sum(strengths) - 2 * formal
    if total == 1:
        return strengths[0] >= (2 if margin >= 3 else 3 if margin == 2 else 5)
    if margin >= 3:
        return signs >= 0.4 * total and weight >= 0.8 * total
    if margin == 2:
        return signs >= 0.5 * total and weight >= total
    return signs >= 0.75 * total and weight >= 1.7 * total


def _has_sections(below: Sequence[Line]) -> bool:
    """Whether the lines go on as an article does: headings over long paragraphs."""
    return any(is_heading(below, i) and len(below[i + 1].text) > 250 for i in range(len(below) - 1))
