"""Whose word a sentence of an article is: a speaker's that it quotes or reports, the outlet's own judgement, or plain
reporting.

Pure functions over a stored text. A pronoun is resolved within its paragraph when one person alone can be meant, else
the speaker is unclear. It knows nothing of questions, and `rag.answer.wording` says what it finds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rag.answer.document import Document
from rag.answer.speech import FULL_NAME, PRONOUN, Attribution, attributions, quotations
from rag.gazetteer import is_place
from rag.text import Span, fold, sentences, words
from rag.types import ArticleRef, Language

QUOTED: Final = 0.6  # share of a sentence's letters between quotation marks from which it is somebody's words
LEAST_WORDS: Final = 4  # quoted words below which marks make a title or a term, and no speech
NEAR: Final = 700  # characters before and behind within which a long paragraph can tell who speaks
LABEL: Final = 90  # characters of a line that may be a label ("L'éditorial de ...") and no sentence
FIRST_LINES: Final = 4  # lines of a text among which its label may stand


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word a sentence is."""

    kind: Literal["speaker", "outlet"]  # "outlet": the judgement of an opinion piece
    who: str | None = None  # the words of the text that name the speaker; None when it is unclear who it is
    told: bool = False  # the sentence itself names the speaker
    spans: tuple[Span, ...] = ()  # offsets in the text of what is theirs

    def says(self, start: int, end: int) -> bool:
        """Whether a stretch of the text is theirs."""
        return any(span.start <= start and end <= span.end for span in self.spans)


def voice_of(document: Document, start: int, end: int, language: Language, at: Span | None = None) -> Voice | None:
    """The voice of document.text[start:end], one sentence; None for the article's own reporting. With `at`, offsets of
    a short answer within that sentence, whose word that answer is."""
    spoken = speaker_of(document.text, start, end, language, at)
    if spoken is not None and fold(spoken.who or "") != fold(document.article.outlet or "-"):
        return spoken
    return Voice("outlet", spans=(Span(start, end),)) if is_opinion(document.article, document.text) else None


def speaker_of(text: str, start: int, end: int, language: Language, at: Span | None = None) -> Voice | None:
    """Who says text[start:end], one sentence of an article; None when nobody is quoted or reported there. `at`, offsets
    within the sentence, picks one of several speakers."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    paragraph = Span(left, right if right >= 0 else len(text))
    if (turn := _turn(text, paragraph)) is not None:
        return Voice("speaker", turn, told=False, spans=(Span(start, end),))
    sentence = text[start:end]
    found = attributions(sentence)
    quoted = _quoted(text, paragraph, Span(start, end))
    if found:
        return _by_own(text, paragraph, start, sentence, found, quoted, at)
    if not _is_speech(text, Span(start, end), quoted):
        return None
    outside = _persons(_unquoted(sentence))
    if outside:  # "Anne Roux n'est pas de cet avis : « ... »"
        return Voice("speaker", outside[0] if len(outside) == 1 else None, told=True, spans=tuple(quoted))
    return Voice("speaker", _beside(text, paragraph, Span(start, end), language), spans=tuple(quoted))


def _by_own(
    text: str,
    paragraph: Span,
    start: int,
    sentence: str,
    found: Sequence[Attribution],
    quoted: Sequence[Span],
    at: Span | None,
) -> Voice | None:
    """The voice that the sentence's own words give it."""
    chosen = next((a for a in found if not PRONOUN.fullmatch(a.named(sentence))), found[0])
    if at is not None and len(found) > 1:
        chosen = min(found, key=lambda a: _distance(sentence, a, at))
    reported = [Span(start, start + len(sentence))] if chosen.how == "according" else _reported(start, sentence, chosen)
    spans = tuple(quoted) or tuple(reported)
    named = chosen.named(sentence)
    if not PRONOUN.fullmatch(named):
        return Voice("speaker", named, told=True, spans=spans)
    meant = _meant(text, paragraph, start + chosen.who.start, named)
    outside = _persons(_unquoted(sentence)) if meant is None else []
    if len(outside) == 1 and _agrees(outside[0], named):
        return Voice("speaker", outside[0], told=True, spans=spans)
    return Voice("speaker", meant, spans=spans)


def _distance(sentence: str, attribution: Attribution, at: Span) -> int:
    """How far a speaker stands from a stretch; "3,5 millions selon la CGT" names the speaker after the figure."""
    if attribution.who.start >= at.end:
        between = sentence[at.end : attribution.verb.start]
        return len(between) + 100 * len(re.findall(r"[,;]", between))
    between = sentence[attribution.who.end : at.start]
    return 20 + len(between) + 100 * len(re.findall(r"[,;]", between[1:]))


def _reported(start: int, sentence: str, attribution: Attribution) -> list[Span]:
    """What follows "X said that"."""
    after = max(attribution.verb.end, attribution.who.end)
    return [Span(start + after, start + len(sentence))]


def _quoted(text: str, paragraph: Span, sentence: Span) -> list[Span]:
    """The stretches of a sentence that lie between quotation marks of its paragraph."""
    spans = [
        Span(paragraph.start + q.start, paragraph.start + q.end)
        for q in quotations(text[paragraph.start : paragraph.end])
    ]
    cut = [Span(max(s.start, sentence.start), min(s.end, sentence.end)) for s in spans]
    return [s for s in cut if s.start < s.end and len(words(text[s.start : s.end])) >= LEAST_WORDS]


def _is_speech(text: str, sentence: Span, quoted: Sequence[Span]) -> bool:
    """Whether most of a sentence stands between quotation marks."""
    letters = sum(c.isalnum() for c in text[sentence.start : sentence.end])
    return bool(quoted) and sum(c.isalnum() for s in quoted for c in text[s.start : s.end]) >= QUOTED * letters


def _beside(text: str, paragraph: Span, sentence: Span, language: Language) -> str | None:
    """The speaker of a quoted sentence that names none: the only one its paragraph names, else the one named in the
    sentence right behind it, within the same quotation."""
    speakers: dict[str, str] = {}
    behind: str | None = None
    left, right = max(paragraph.start, sentence.start - NEAR), min(paragraph.end, sentence.end + NEAR)
    for span in sentences(text[left:right], language):
        start = left + span.start
        for one in attributions(text[start : left + span.end]):
            named = one.named(text[start : left + span.end])
            who = _meant(text, paragraph, start + one.who.start, named) if PRONOUN.fullmatch(named) else named
            if who is None:
                continue
            speakers.setdefault(_surname(who), who)
            if start >= sentence.end and behind is None and text[sentence.end : start].strip() == "":
                behind = who if _opens_quoted(text, paragraph, start) else None
    if len(speakers) == 1:
        return next(iter(speakers.values()))
    return behind


def _opens_quoted(text: str, paragraph: Span, place: int) -> bool:
    """Whether a quotation that began before a place goes on there."""
    before = text[paragraph.start : place]
    return any(s.end == len(before) and before[-1:] not in '»”"' for s in quotations(before.rstrip() + " "))


def _surname(who: str) -> str:
    names = FULL_NAME.findall(who)
    return fold((names[-1] if names else who).split()[-1])


# Persons by office; with these a noun phrase can be whom a pronoun means.
_OFFICES: Final = (
    r"maires?|ministre|premi[eè]re? ministre|présidente?|préf[eè]te?|directeur|directrice|porte-parole|procureure?|"
    r"avocate?|chef(?:fe)?|secrétaire|députée?|sénateur|sénatrice|conseill[eè]re?|adjointe?|délégué?e?|entraîneur|"
    r"entraîneuse|auteure?|autrice|chercheur|chercheuse|médecin|professeure?|juge|colonel|général|capitaine|patron|"
    r"patronne|roi|reine|pape|évêque|chancelier|chancelière|fleuriste|agriculteur|agricultrice|témoin|"
    r"mayor|minister|prime minister|president|chairman|chairwoman|director|spokesman|spokeswoman|spokesperson|"
    r"prosecutor|lawyer|secretary|senator|judge|coach|author|researcher|scientist|doctor|professor|king|queen|pope|"
    r"bishop|chancellor|leader|head|chief|boss|captain|witness|farmer"
)
_OFFICE: Final = re.compile(
    rf"\b(?:(?:le|la|une?|the|an?)\s|l['’])(?:\w+ )?(?:{_OFFICES})\b"
    r"(?: (?:de la |de l['’]|du |des |de |d['’]|of the |of |for )[\w'’-]+)?",
    re.IGNORECASE,
)
_FEMININE: Final = re.compile(
    r"\b(?:la|une|Mme|Mlle|Mrs\.?|Ms\.?|\w+(?:trice|woman))\b|\b(?:queen|reine)\b", re.IGNORECASE
)
_MASCULINE: Final = re.compile(r"\b(?:le|un|M\.|Mr\.?|\w*[^o\W]man|king|roi)(?=\s|$)", re.IGNORECASE)
_SINGLE: Final = re.compile(r"(?:^|(?<=[.!?…] ))([A-ZÀ-ÖØ-Ý][\w’'-]{2,})(?= (?:a|est|s['’]|n['’]|ne|has|is|was|had)\b)")


def _meant(text: str, paragraph: Span, place: int, pronoun: str) -> str | None:
    """Whom a pronoun means: the one person named before it in its paragraph that it can mean, else None."""
    before = _unquoted(text[paragraph.start : place])[-NEAR:]
    persons = [p for p in _persons(before) if _agrees(p, pronoun)]
    distinct = {_surname(p): p for p in reversed(persons)}
    return next(iter(distinct.values())) if len(distinct) == 1 else None


def _unquoted(text: str) -> str:
    """A text with one mark in place of each stretch between quotation marks."""
    kept, end = [], 0
    for quoted in quotations(text):
        kept.append(text[end : quoted.start])
        end = quoted.end
    return " ; ".join([*kept, text[end:]])


# "la maire, Anne Roux", "la déléguée syndicale Anne Roux": one person.
_BETWEEN: Final = re.compile(
    r"(?:\s[a-zà-öø-ÿ-]+(?:ale?|aire|ique|ienn?e?|aise?|oise?|ante?|ive?|elle|ain|aine|ée?|régional|general))?\s?,?\s?"
)


def _persons(text: str) -> list[str]:
    """The persons that a stretch names, by office, name or both ("la maire de Sauvy, Anne Roux")."""
    spans = [Span(m.start(), m.end()) for m in _OFFICE.finditer(text)]
    spans += [Span(m.start(), m.end()) for m in FULL_NAME.finditer(text) if _is_person(m.group())]
    spans += [Span(m.start(1), m.end(1)) for m in _SINGLE.finditer(text) if _is_person(m.group(1))]
    for one in attributions(text):
        if not PRONOUN.fullmatch(one.named(text)):
            spans.append(one.who)
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and _BETWEEN.fullmatch(text[merged[-1].end : max(span.start, merged[-1].end)]):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    named = [text[s.start : s.end] for s in merged]
    # "La maire" after "la maire de Sauvy, Anne Roux" is the same person.
    return [p for n, p in enumerate(named) if not any(_same_office(p, earlier) for earlier in named[:n])]


def _same_office(phrase: str, earlier: str) -> bool:
    return FULL_NAME.search(phrase) is None and fold(phrase) in fold(earlier)


def _is_person(name: str) -> bool:
    first = fold(name).split()[0]
    return first not in ("le", "la", "les", "l", "the", "il", "elle", "he", "she") and not is_place(name)


def _agrees(person: str, pronoun: str) -> bool:
    """Whether a pronoun can mean a person: number, and gender where the words show it."""
    said = fold(pronoun)
    plural = said in ("ils", "elles", "eux", "they", "them", "on")
    if plural:
        return re.match(r"(?:les|des|plusieurs|the \w+s\b)", fold(person)) is not None
    if re.match(r"(?:les|des|plusieurs)\b", fold(person)):
        return False
    feminine = said in ("elle", "she", "her", "celle-ci", "cette derniere", "elle-meme")
    if said in ("the latter", "the former"):
        return True
    against = _MASCULINE if feminine else _FEMININE
    own = _FEMININE if feminine else _MASCULINE
    head = person.split(",")[0]
    return own.match(head) is not None or against.match(head) is None


_TURN: Final = re.compile(
    r"(?P<who>(?:[A-ZÀ-ÖØ-Ý][\w'’-]+|[A-ZÀ-ÖØ-Ý]\.(?:-[A-Z]\.)?)"
    r"(?:[ \u00a0](?:de |du |van |von )?(?:[A-ZÀ-ÖØ-Ý][\w'’-]+|[A-ZÀ-ÖØ-Ý]\.)){1,4})[ \u00a0]?:\s"
)


def _turn(text: str, paragraph: Span) -> str | None:
    """The speaker of a paragraph of an interview, where turns begin with the speaker's name or initials."""
    own = _TURN.match(text, paragraph.start, paragraph.end)
    if not own:
        return None
    turns = [match["who"] for line in text.split("\n") if (match := _TURN.match(line))]
    if len(turns) < 2:
        return None
    who = own["who"]
    initials = re.sub(r"[^A-ZÀ-Ý]", "", who)
    if re.fullmatch(r"(?:[A-ZÀ-Ý]\.[ \u00a0-]?)+", who):
        whole = {t for t in turns if t != who and re.sub(r"[^A-ZÀ-Ý]", "", t) == initials}
        return whole.pop() if len(whole) == 1 else who
    return who


_KINDS: Final = (
    r"(?:éditorial|editorial|édito|edito|tribune(?: libre)?|opinions?|chronique|billet(?: d['’]humeur)?|"
    r"point de vue|carte blanche|parti pris|op-ed|column|leader|viewpoint|commentary|libre opinion)"
)
# A label stands by itself at an end of a line: "Éditorial : ...", "[Opinion] ...", "... | Tribune".
_LABEL: Final = re.compile(
    rf"^\W*{_KINDS}\s*(?:[:.|–—\]]|- |$)|[|–—\[]\s*{_KINDS}\W*$|\s-\s{_KINDS}\W*$", re.IGNORECASE
)
# "L'éditorial de La Gazette", "Tribune de Paul Martin", "The Herald's leader": a line that is no sentence. "La Tribune
# du Ponant" and "Tribune de Lyon" are outlets.
_CAP: Final = r"[A-ZÀ-ÖØ-Ý][\w'’-]*"
_BYLINE: Final = re.compile(
    rf"^\W*(?:(?i:l['’]|la |le |notre |our |the ){_KINDS} (?:de |du |d['’]|by |from |par )(?:\w+ ){{0,2}}{_CAP}[^.!?]*|"
    rf"(?i:{_KINDS}) (?:de |by |par )(?:{_CAP} ){{1,3}}{_CAP}|{_CAP}.{{1,50}}['’]s (?i:{_KINDS}))\W*$"
)
_SECTIONS: Final = frozenset(
    "editorial editoriaux edito editos editorials tribune tribunes opinion opinions chronique chroniques billet "
    "billets op-ed idees debats point-de-vue points-de-vue column columns columnists commentisfree viewpoint".split()
)


def is_opinion(article: ArticleRef, text: str) -> bool:
    """Whether an article says of itself that it is an opinion piece: in its title, its first lines, or the section in
    its address. An outlet's name ("La Tribune") or the matter ("l'opinion publique") says nothing of the kind."""
    lines = [article.title, *(line for line in text[:1_500].split("\n") if line.strip())][: FIRST_LINES + 1]
    if any(_LABEL.search(line.strip()) for line in (lines[0], *lines[1:]) if len(line) <= 2 * LABEL):
        return True
    if any(_BYLINE.match(line.strip()) for line in lines[1:] if len(line) <= LABEL):
        return True
    path = re.sub(r"^\w+://[^/]*|[?#].*$", "", article.url or "")
    parts = [fold(part) for part in path.split("/")[:-1]]
    stem = fold(re.split(r"[/\\]", article.source)[-1].rsplit(".", 1)[0])
    named = re.split(r"[-_ ]", stem)[0]
    return bool(_SECTIONS & set(parts)) or named in ("editorial", "edito", "tribune", "opinion", "op")
