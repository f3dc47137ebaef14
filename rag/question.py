"""A question understood: its language, what it asks for, the names and words it turns on, and its time.

Pure text work on French and English questions. It knows nothing of the archive: whether a name occurs there, and in
which spelling, is `rag.matching`'s business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from rag.asked_time import asked_time, asks_last_holder
from rag.dates import DateMention, find_dates
from rag.errors import UsageError
from rag.gazetteer import flat, is_name_word, is_place, known
from rag.kinds import AnswerKind, Operator, asks_opinion, kind_of, operator_of
from rag.peoples import is_demonym, is_people
from rag.text import STOPWORDS, detect_language, fold, folded_word_of, is_ordinary, normalise, words
from rag.types import Language

MAX_QUESTION: Final = 2_000  # characters; longer input is a pasted text, not a question


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what it asks for."""

    text: str
    language: Language
    kind: AnswerKind
    opinion: bool  # readers' opinion is asked for
    names: tuple[str, ...]  # capitalised names as written, longest runs: "Xi Jinping"
    keywords: tuple[str, ...]  # folded content words, names' words included, question words not
    focus: tuple[str, ...]  # folded words of the noun asked for: "which nuclear plant" -> ("nuclear", "plant")
    operator: Operator | None = None
    first: date | None = None  # closed window of event time named in the question, open ends at the calendar's own
    last: date | None = None
    window_text: str = ""
    as_of: date | None = None  # how things stood on a day is asked for: nothing published later may be used
    as_of_loose: bool = False  # ... or else what was in the window; `rag.asked_time` says when
    counts: bool = False  # "how often"
    years: tuple[str, ...] = ()  # years that go with a noun and bound nothing: "the 1994 eruption", "CAN 2019"
    yearless: bool = False  # the window was made of a day or a month without a year, which any year's may meet


_YEAR: Final = re.compile(
    r"(?<![\w.,/-])(?:19|20)\d\d(?![\w/-]|[.,]\d| ?(?:%|€|\$|euros?\b|dollars?\b|francs?\b|personnes?\b|people\b|"
    r"habitants?\b|m[eè]tres\b|kilom|hectares\b|km\b|morts\b|voix\b|votes\b|emplois\b|jobs\b))"
)
# Words of the question's frame: they say what is asked for and need not occur in the answer.
_FRAME: Final = frozenset(
    """
    quand combien pourquoi comment ou qui quoi que quel quelle quels quelles lequel laquelle lesquels lesquelles
    when where why how who whom whose what which many much long often
    date jour annee heure moment day year time times fois reprise reprises temps durer dure duree last latest
    recent first recently
    dernier derniere derniers dernieres premier premiere premieres premiers
    est-ce t-il t-elle il elle ils elles on ce name nom named called appelle nomme
    raison raisons reason reasons cause nombre number
    dire dit disent said say says tell told think thinks thought pensent pense penser donnez donner citez list
    article articles archive according lieu place eu happen happened happens passe take took taken get got
    lecteurs lecteur lectrices readers reader commentaires commentaire comments commenters internautes avis opinion
    opinions
    """.split()
)
_FOCUS: Final = re.compile(
    r"\b(?:quel(?:le)?s?|which|what|combien d[e']|how many|how much|nom d[eu]s?|name of the)\s+"
    r"(?:(?:est|sont|etait|etaient|a ete|fut|is|was|are|were)\s+)?(?:(?:le|la|les|the|"
    r"l')\s*)?(?P<focus>[\w'-]+(?:\s+[\w'-]+){0,3})"
)
# Written in capitals, and no names: what they stand for is a common noun.
_COMMON_CAPITALS: Final = frozenset(
    """
    qg hq pdg dg ceo cfo drh hr ong ongs ngo ngos tv sms pib gdp tva vat vih hiv sida aids adn dna arn rna hlm tgv pme
    sme ia ai cv km kg ph pc gps usb dvd cd bd pv vtt quiz faq tnt ptsd irm mri cdd cdi smic rsa ok id mp mps pm vip dj
    covid covid-19 coronavirus sms internet
    """.split()
)
# Alone and with a capital they name no particular one: "la Cour", "the Parliament".
_INSTITUTIONS: Final = frozenset(
    """
    etat agence cour parlement education assemblee senat conseil ministere universite eglise republique gouvernement
    commission federation union palais mairie banque tribunal hopital ecole premier premiere president presidente
    ministre maire noel state agency court parliament education assembly senate council ministry university church
    republic government federation palace bank hospital school prime minister mayor foreign
    """.split()
)
_NAME_PARTICLES: Final = frozenset("de du des d la le les van von der den bin ben al el of the da di dos".split())


def understand(text: str, *, now: date | None = None) -> Question:
    """The question as asked for; "last week" counts from `now`.

    Raises `UsageError` when it is empty or longer than MAX_QUESTION characters.
    """
    text = " ".join(normalise(text).split())
    if not text or not any(character.isalnum() for character in text):
        raise UsageError("the question is empty: type a question in French or English")
    if len(text) > MAX_QUESTION:
        raise UsageError(f"the question has {len(text)} characters; ask in at most {MAX_QUESTION}")
    language = detect_language(text)
    folded = _elide(fold(_or_marked(text)))
    kind = kind_of(folded)
    mentions = [m for m in find_dates(text, anchor=now, language=language) if m.first and m.last]
    mentions = [m for m in mentions if not _of_a_noun(text, m) and not _NOW.fullmatch(fold(m.text))]
    time = asked_time(text, mentions)
    dated = {fold(w.text) for m in mentions for w in words(m.text)}
    names = tuple(
        bare
        for whole in _whole_names(text)
        for name in _joined(text, whole)
        if (bare := _without_people(name))
        and not _is_institution(bare)
        and not {fold(w.text) for w in words(bare)} <= dated
    )
    others = tuple(name for name in names if not _is_of_a_people(text, name))
    names = others or names  # "la Ghanéenne Joyce Mensah" is named by her name
    years = tuple(
        dict.fromkeys(m[0] for m in _YEAR.finditer(text) if m[0] not in dated and not _bounds(text[: m.start()]))
    )
    stop = STOPWORDS["fr"] | STOPWORDS["en"]
    keywords = tuple(
        dict.fromkeys(
            folded_word
            for word in words(text)
            for folded_word in _parts(folded_word_of(word))
            if len(folded_word) > 1
            and folded_word not in stop
            and folded_word not in _FRAME
            and folded_word not in dated
        )
    )
    return Question(
        text=text,
        language=language,
        kind=kind,
        opinion=asks_opinion(folded),
        names=names,
        keywords=keywords,
        focus=_focus(folded, kind),
        operator=None if kind == "person" and asks_last_holder(text) else operator_of(folded),
        first=time.first,
        last=time.last,
        window_text=time.text,
        as_of=time.as_of,
        as_of_loose=time.loose,
        counts=time.counts,
        years=years,
        yearless=len(mentions) == 1 and _is_yearless(mentions[0]),
    )


_NOW: Final = re.compile(r"(?:aujourd'hui|maintenant|actuellement|a present|en ce moment|today|now|nowadays|currently)")
_NAMES_A_NOUN: Final = re.compile(r"(?:\b(?:the|its|their|his|her|our|my|this|that)|'s?) $")
_NOUN_NEXT: Final = re.compile(
    r" (?!(?:and|or|in|on|at|to|of|by|for|from|with|when|who|did|was|were|is|are|has|had)\b)[a-z]"
)


def _is_of_a_people(text: str, name: str) -> bool:
    """Whether a name says what people somebody is of, as a noun ("la Ghanéenne"); "Germain" without an article is
    somebody's name."""
    noun = re.search(rf"(?:\b(?:les?|la|une?|des|aux?|the|an?) |\bl['’]){re.escape(name)}\b", text, re.IGNORECASE)
    return noun is not None and is_people(name)


def _is_institution(name: str) -> bool:
    return all(fold(word.text) in _INSTITUTIONS for word in words(name))


def _whole_names(text: str) -> list[str]:
    """The names of a question, longer where CLDR or a table knows the longer one ("Coupe d'Afrique des nations"), and
    apart where a place was joined to what comes after it ("en Chine des Africains")."""
    found: list[str] = []
    all_words = words(text)
    for name in _names(text):
        parts = name.split()
        at = next((i for i in range(len(all_words)) if [w.text for w in all_words[i : i + len(parts)]] == parts), None)
        if at is not None:
            after = all_words[at + len(parts) : at + len(parts) + 3]
            longer = [" ".join([*parts, *(w.text for w in after[:size])]) for size in (3, 2, 1) if size <= len(after)]
            name = next((each for each in longer if known(flat(each))), name)
        first, _, last = name.partition(" des ")
        apart = bool(last) and is_place(first) and not known(flat(name))
        found += [first, last] if apart else [name]
    return list(dict.fromkeys(found))


def _of_a_noun(text: str, mention: DateMention) -> bool:
    """Whether a year stands before its noun, which it names and does not date: "its 2019 report"."""
    year = re.fullmatch(r"(?:19|20)\d\d", mention.text) is not None
    before, after = fold(text[: mention.start]) + " ", fold(text[mention.end :])
    return year and bool(_NAMES_A_NOUN.search(before)) and bool(_NOUN_NEXT.match(" " + after))


def _bounds(before: str) -> bool:
    """Whether what stands before a year makes it one of an event that bounds a time: "before the 2024 ceasefire"."""
    return re.search(r"\b(?:before|after|since|until)(?: the)? $", fold(before) + " ") is not None


def _is_yearless(mention: DateMention) -> bool:
    """Whether a date is a day or a month of no year: "le 21 mars"; not "mardi", "le mois dernier" or "ce 21 mars"."""
    said = mention.said
    return said.month is not None and said.year is None and not said.this and mention.precision in ("day", "month")


_FAITHS: Final = frozenset(
    "christian christians muslim muslims catholic catholics jewish protestant protestants hindu hindus buddhist "
    "buddhists orthodox islamist islamists".split()
)


# "Cameroonian-born", "US-based": where somebody is from.
_FROM: Final = re.compile(r"[\w-]+-(?:born|based|led|backed|owned|run|funded|style|speaking|listed)$", re.IGNORECASE)


def _without_people(name: str) -> str:
    """A name without the adjectives of peoples and faiths before it ("French President Macron"); empty when it is made
    of nothing else ("South African Christian"). A name that needs them keeps them ("African Union")."""
    if " " in name and known(flat(name)):
        return name
    left = name.split()
    while left:
        size = next((n for n in (2, 1) if n <= len(left) and is_demonym(" ".join(left[:n]))), 0)
        first = left[0]
        mixed = "-" in first and all(is_demonym(part) for part in first.split("-"))
        size = size or int(first.lower() in _FAITHS or mixed or _FROM.match(first) is not None)
        if not size:
            break
        del left[:size]
    left = [] if left and all(fold(word) in _COMMON_CAPITALS for word in left) else left
    telling = [word for word in left if not is_ordinary(word) and not is_name_word(fold(word))]
    return " ".join(left) if telling or not left else name


_ACCENTED: Final = re.compile("[éèêàùçôîûâ]")


def _or_marked(text: str) -> str:
    """The question with its "ou" told from "où" ("ou bien"), where whoever wrote it writes accents."""
    return re.sub(r"(?<=\w )ou(?= \w)(?! bien\b)", "ou bien", text) if _ACCENTED.search(text) else text


def _elide(folded: str) -> str:
    return folded.replace("qu' ", "qu'").replace("est ce que", "est-ce que").replace("est ce qu'", "est-ce qu'")


def _parts(word: str) -> tuple[str, ...]:
    """A hyphenated inversion ("parle-t-il", "a-t-elle") gives its verb; other compounds stay whole."""
    match = re.fullmatch(r"(.+?)(?:-t)?-(?:il|elle|ils|elles|on|ce|je|tu|nous|vous)", word)
    return (match.group(1),) if match else (word,)


def _focus(folded: str, kind: AnswerKind) -> tuple[str, ...]:
    if kind not in ("entity", "number", "list", "person", "place", "comparison"):
        return ()
    match = _FOCUS.search(folded)
    if not match:
        return ()
    found: list[str] = []
    for word in re.split(r"[\s']+", match["focus"]):
        bare = word.strip("-")
        if bare in STOPWORDS["fr"] | STOPWORDS["en"] and found:
            break
        if bare and bare not in _FRAME and bare not in STOPWORDS["fr"] | STOPWORDS["en"]:
            found.append(bare)
        if len(found) == 2:
            break
    return tuple(found)


# "The Russia-Ukraine war", "le sommet Corée-Japon": two names, and something that takes two.
_TAKES_TWO: Final = re.compile(
    r" (?:war|conflict|cease-?fire|truce|talks|border|relations|peace|deal|treaty|summit|match|final|dispute|"
    r"prisoner)\b"
)
_BETWEEN_TWO: Final = re.compile(
    r"\b(?:guerre|conflit|cessez-le-feu|tr[êe]ve|n[ée]gociations|fronti[èe]re|relations|paix|accord|trait[ée]|"
    r"sommet|match|"
    r"finale) $"
)


def _joined(text: str, name: str) -> list[str]:
    """The two names that a hyphen joins, where what they have between them is named beside; else the name itself."""
    parts = name.split("-")
    if len(parts) != 2 or not all(len(part) > 2 and part[0].isupper() and " " not in part for part in parts):
        return [name]
    at = text.find(name)
    two = _TAKES_TWO.match(text[at + len(name) :]) or _BETWEEN_TWO.search(text[:at])
    return parts if two else [name]


def _names(text: str) -> tuple[str, ...]:
    """Runs of capitalised words, joined over particles ("Ursula von der Leyen"); a sentence's first word counts only
    when it is no frame word and no stop word."""
    found: list[list[str]] = []
    previous_end, run_open = -1, False
    pending: list[str] = []
    for index, word in enumerate(words(text)):
        between = text[previous_end : word.start] if previous_end >= 0 else ""
        adjacent = previous_end >= 0 and between.strip("'’-. ") == ""
        folded = fold(word.text)
        capital = word.text[0].isupper() and folded not in _COMMON_CAPITALS
        if capital and (index == 0 or between.rstrip().endswith((".", "?", "!"))):
            stems = {folded, *folded.split("-")}
            capital = not stems & (STOPWORDS["fr"] | STOPWORDS["en"] | _FRAME)
            frame = _KIND_OPENERS.match(folded) or is_ordinary(word.text) or _INFINITIVE.match(text[word.start :])
            capital = capital and (word.text.isupper() or not frame)
        if capital:
            if run_open and adjacent:
                found[-1].extend([*pending, word.text])
            else:
                found.append([word.text])
            run_open, pending = True, []
        elif run_open and adjacent and folded in _NAME_PARTICLES and len(pending) < 2:
            pending.append(word.text)
        else:
            run_open, pending = False, []
        previous_end = word.end
    return tuple(dict.fromkeys(" ".join(run) for run in found if len("".join(run)) > 1))


# "Chauffer l'hôtel revient à combien ?"
_INFINITIVE: Final = re.compile(r"\w+[eio]r (?:l['’]|(?:la|les|un|une|des|du|son|sa|ses|cette|ces|leurs?)\b)")
_KIND_OPENERS: Final = re.compile(
    r"(?:citez?|list|name|compare[rz]?|donnez?|according|selon|est-ce|tell|give|explain|expliquez?)\b"
)
