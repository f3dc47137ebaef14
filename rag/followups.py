"""Follow-up questions made whole by rule from the question and the answer before.

Pure text work on French and English: "Et avec Zelensky ?", "Why?", "Et en 2022 ?", "Who is he?", "and before that?". It
knows nothing of stores or models. What stands alone is left as it is, so that nothing of an old subject sticks to a new
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rag.alike import cognate, stems
from rag.dates import find_dates, format_date
from rag.gazetteer import is_place
from rag.question import Question, understand
from rag.text import STOPWORDS, detect_language, fold, words
from rag.types import Answer

SHORT: Final = 5  # words of a question so short that, naming nothing, it leans on the one before

_OPENER: Final = re.compile(
    r"^(?:et(?: pour| avec| sur| de| à propos de)?|and(?: for| with| what about)?|mais|but|what about|how about|"
    r"qu['’]en est-il d[eu]|quid d[eu]|alors|so|and then)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ONLY_OPENER: Final = re.compile(
    r"^(?:et|and|mais|but|alors|so|what about|how about|qu['’]en est-il d(?:e |u |['’])|quid d(?:e |u |['’]))[ ,]*",
    re.IGNORECASE,
)
_WHERE_WITH: Final = re.compile(
    r"^(?:avec|pour|à|a|au|aux|en|chez|contre|sur|de|du|des|d['’]|with|for|in|at|to|on|from|against|about|of)\s*",
    re.IGNORECASE,
)
_ADVERBS: Final = (
    r"(?:depuis quand|quand|pourquoi|comment|où|combien de temps|since when|when|why|where|how long|"
    r"how(?! (?:many|much|old|far|often|big|tall|high|deep|wide|fast)\b))"
)
_BARE: Final = re.compile(rf"^(?:{_ADVERBS})(?: (?:ça|cela|donc|exactement|exactly|that|so|then))?\W*$", re.IGNORECASE)
_BEGINS_WITH: Final = re.compile(rf"^{_ADVERBS}\b", re.IGNORECASE)
_EARLIER: Final = re.compile(
    r"^(?:et |and )?(?:(?:juste )?avant(?: ça| cela| cette date| celle-ci| celui-ci)?|auparavant|précédemment|"
    r"la fois (?:d['’]avant|précédente)|(?:just )?before(?: that| then)?|previously|"
    r"the time before(?: that)?|earlier)\W*$",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(r"\b(?:il|elle|lui|he|she|him|his|her|celui-ci|celle-ci|ce dernier|cette derniere)\b")
_PLURAL: Final = re.compile(r"\b(?:ils|elles|eux|leurs?|they|them|their|theirs)\b")
_THING: Final = re.compile(r"\b(?:cela|ca|ceci|it|its|this|that|these|those)\b")
_OWN: Final = re.compile(r"\b(?:son|sa|ses|sien(?:ne)?s?)\b")
# "il" and "it" that mean nobody.
_EMPTY: Final = re.compile(
    r"\b(?:y a-t-il|il y a|qu'y a-t-il|faut-il|il faut|est-il (?:vrai|exact|possible)|s'agit-il|il s'agit|"
    r"(?:is|was|were) (?:it|this|that) (?:true|that|the|possible|a)|it (?:is|was) (?:true|that)|"
    r"that (?:of|which)|ca va)\b"
)
_INVERTED: Final = re.compile(r"\b[\w']+?-(?:t-)?(ils?|elles?)\b")
_NOUN_PHRASE: Final = re.compile(
    r"\b(?:les?|la|l'|un|une|du|des|au|aux|ce|cet|cette|ces|mon|ma|notre|the|an?) ?[a-z][\w-]{2,}"
)
_DEMONSTRATIVE: Final = re.compile(r"(?<![\w-])(?:ce|cet|cette|ces|this|that|these|those) [a-z][\w-]{2,}")


@dataclass(frozen=True, slots=True)
class Whole:
    """A question that stands alone."""

    text: str
    follows: bool = False  # it was a follow-up


def make_whole(text: str, before: Answer) -> Whole:
    """A question with what it leaves unsaid taken from the question and answer before."""
    question = " ".join(text.split())
    asked, earlier = understand(question), understand(before.question)
    made = (
        _earlier_event(question, earlier, before)
        or _other_adverb(question, asked, earlier)
        or _other_time(question, asked, earlier)
        or _other_name(question, asked, earlier)
        or _other_thing(question, asked, earlier)
    )
    if made is not None:
        return made
    if (carried := _carried(question, asked, earlier, before)) is not None:
        rest = _ONLY_OPENER.sub("", question).rstrip(" ?")
        whole = f"{_capital(rest)} ({', '.join(carried)}) ?" if carried else question
        if detect_language(question) == "en":
            whole = whole.replace(") ?", ")?")
        return Whole(whole, follows=bool(carried))
    return Whole(question)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _same_language(asked: str, earlier: Question) -> bool:
    """Whether words of the earlier question may be mixed with those of a follow-up."""
    return detect_language(asked) == earlier.language


_BEFORE_A_DATE: Final = re.compile(r" (?:avant|before) [^?]*\d[^?]*(?=\?|$)")  # of the question before


def _earlier_event(question: str, earlier: Question, before: Answer) -> Whole | None:
    """ "And before that?": the last time before the day that was just told."""
    if not _EARLIER.match(question) or before.abstained or not before.short or earlier.kind != "date":
        return None
    told = [m for m in find_dates(before.short, anchor=None, language=before.language) if m.first]
    if not told or told[0].first is None:
        return None
    text = earlier.text
    if earlier.operator is None:
        last = {"fr": " pour la dernière fois ?", "en": " most recently?"}[earlier.language]
        text = text.rstrip(" ?") + last
    said = format_date(told[0].first, told[0].last or told[0].first, told[0].precision, earlier.language)
    until = {"fr": f"avant {_on(said)} ?", "en": f"before {said}?"}[earlier.language]
    return Whole(f"{_BEFORE_A_DATE.sub('', text).rstrip(' ?')} {until}", follows=True)


def _on(day: str) -> str:
    return f"le {day}" if re.match(r"\d{1,2}(?:er)? ", day) else day


def _other_adverb(question: str, asked: Question, earlier: Question) -> Whole | None:
    """ "Why?" after "When did the line close?" asks why it did."""
    bare = _ONLY_OPENER.sub("", question)
    if asked.names or not _BARE.match(bare):
        return None
    adverb = re.match(_ADVERBS, bare, re.IGNORECASE)
    begun = _BEGINS_WITH.match(earlier.text)
    if adverb is None or begun is None or not _same_language(question, earlier) or "(" in earlier.text:
        return None
    text = f"{_capital(adverb.group().lower())}{earlier.text[begun.end() :]}"
    if earlier.operator == "last" and adverb.group().lower() in ("quand", "when"):
        return None
    return Whole(text, follows=True)


def _other_time(question: str, asked: Question, earlier: Question) -> Whole | None:
    """ "Et en 2022 ?": the same question of another time."""
    if asked.first is None or [k for k in asked.keywords if k not in fold(asked.window_text)]:
        return None
    if any(fold(name) not in fold(asked.window_text) for name in asked.names) or not _same_language(question, earlier):
        return None
    opener = _ONLY_OPENER.match(question)
    if opener is None and len(words(question)) > 3:
        return None
    when = question[opener.end() if opener else 0 :].rstrip(" ?")
    text = earlier.text
    for mention in find_dates(text, anchor=None, language=earlier.language):
        left = re.search(r"(?:\b(?:en|le|au|dans|in|on|during|of|de|du)\s+)?$", text[: mention.start], re.IGNORECASE)
        text = f"{text[: left.start() if left else mention.start]}{when}{text[mention.end :]}"
        return Whole(text, follows=True)
    mark = {"fr": " ?", "en": "?"}[earlier.language]
    text = f"{text.rstrip(' ?')} {when}{mark}"
    return Whole(text, follows=True)


def _other_name(question: str, asked: Question, earlier: Question) -> Whole | None:
    """ "Et avec Zelensky ?": the same question of another person or place."""
    opener = _OPENER.match(question)
    if opener is None or not asked.names or not earlier.names:
        return None
    if len(asked.keywords) > len(" ".join(asked.names).split()) + 1 or asked.kind not in ("statement", earlier.kind):
        return None
    new = asked.names[-1]
    rest = _WHERE_WITH.sub("", _ONLY_OPENER.sub("", question)).rstrip(" ?")
    if any(fold(new) == fold(name) for name in earlier.names):
        return None
    alone = is_place(new) and not any(is_place(name) for name in earlier.names)
    if alone and (where := re.match(r"(?:en|à|au|aux|in|at)\s", _ONLY_OPENER.sub("", question), re.IGNORECASE)):
        mark = {"fr": " ?", "en": "?"}[earlier.language]
        text = f"{earlier.text.rstrip(' ?')} {where.group().lower()}{rest}{mark}"
        return Whole(text, follows=True)
    alike = [name for name in earlier.names if is_place(name) == is_place(new)]
    old = (alike or list(earlier.names))[-1]
    left, _, right = earlier.text.rpartition(old)
    # "le pont Sud" for "le pont Nord": what stands before the name in both stays single.
    before_new = rest[: rest.rfind(new)] if new in rest else ""
    overlap = left.endswith(before_new) if before_new else True
    if not overlap:
        common = re.search(r"(?:\b(?:le|la|les|the)\s+|\bl['’])[\w'’-]+\s+$", left, re.IGNORECASE)
        if common and _NOUN_PHRASE.match(fold(before_new)):
            left, new = left[: common.start()], f"{before_new}{new}"
    text = f"{left}{new}{right}"
    return Whole(text, follows=True)


_LAST_PHRASE: Final = re.compile(
    r"(?P<whole>(?:\b(?:le|la|les|the)\s+|\bl['’])(?P<noun>[a-zà-öø-ÿœ][\w'’-]*(?:\s+[a-zà-öø-ÿœ][\w'’-]*)?(?:\s+[A-ZÀ-ÖØ-Ý][\w'’-]*)*))"
    r"(?=\s*\?|\s+(?:d[eu]s?|d['’]|of|in|à|a-t-|ont-|est-)|$)",
)
_OWN_PHRASE: Final = re.compile(
    r"^(?:le |la |les |l['’]|the )[a-zà-öø-ÿœ][\w'’-]*(?:\s+[\w'’-]+)?\s*\??$", re.IGNORECASE
)


def _other_thing(question: str, asked: Question, earlier: Question) -> Whole | None:
    """ "Et la gare ?": the same question of another thing."""
    opener = _ONLY_OPENER.match(question)
    if opener is None or asked.names or not _same_language(question, earlier) or "(" in earlier.text:
        return None
    rest = question[opener.end() :].strip()
    counted, other = _COUNTED.search(earlier.text), _COUNTED_TOO.match(rest)
    if counted and other:
        text = f"{earlier.text[: counted.start(1)]}{other.group().rstrip(' ?')}{earlier.text[counted.end(1) :]}"
        return Whole(text, follows=True)
    if not _OWN_PHRASE.match(rest) or any(fold(w.text) in _NO_THINGS for w in words(rest)):
        return None
    phrases = list(_LAST_PHRASE.finditer(earlier.text))
    if not phrases:
        return None
    old = phrases[0]
    text = f"{earlier.text[: old.start()]}{rest.rstrip(' ?')}{earlier.text[old.end() :]}"
    return Whole(text, follows=True)


_COUNTED: Final = re.compile(r"\bcombien (d(?:e |['’])[\w-]+)", re.IGNORECASE)
_COUNTED_TOO: Final = re.compile(r"d(?:e |['’])[\w-]+\s*\??$", re.IGNORECASE)
_NO_THINGS: Final = frozenset(
    "suite fin reste cause raison date dernier derniere premier premiere last first reason end rest lecteurs readers "
    "commentaires comments".split()
)


def _carried(question: str, asked: Question, earlier: Question, before: Answer) -> list[str] | None:
    """What a follow-up takes over, names first; None when the question stands alone."""
    folded = _EMPTY.sub(" ", fold(question))
    phrase = _NOUN_PHRASE.search(_DEMONSTRATIVE.sub(" ", folded))
    inverted = {m.group(1) for m in _INVERTED.finditer(folded)}
    free = _INVERTED.sub(" ", folded) if phrase or asked.names else folded
    personal, plural, thing = (bool(p.search(free)) for p in (_PERSONAL, _PLURAL, _THING))
    own = bool(_OWN.search(folded)) and not phrase and not asked.names
    points = personal or plural or thing or own or bool(_DEMONSTRATIVE.search(folded)) or bool(inverted and not phrase)
    if asked.names:
        return _in_order(earlier.text, _named(earlier, before, asked)) if _points_before(folded, asked.names) else None
    shares = _shared(asked, earlier)
    leans = _OPENER.match(question) is not None or not asked.keywords or (len(words(question)) <= SHORT and not phrase)
    if not (points or leans or shares):
        return None
    if (personal or own or (inverted & {"il", "elle"} and not phrase)) and not plural:
        if earlier.kind == "person":
            known = not before.abstained and before.short is not None and before.short[:1].isupper()
            # Whoever was asked for is none of those the question named.
            return [before.short] if known and before.short else _in_order(earlier.text, _things(asked, earlier))
        if asked.kind == "person" and not asked.keywords:  # "Who is he?"
            return list(earlier.names[:1])
    return _in_order(earlier.text, _named(earlier, before, asked) + _things(asked, earlier))


def _points_before(folded: str, names: Iterable[str]) -> bool:
    """Whether a pronoun stands before every name and noun that it could mean in the question itself."""
    pronoun = _ANY_PRONOUN.search(folded)
    if pronoun is None:
        return False
    named = min((at for name in names if (at := folded.find(fold(name))) >= 0), default=len(folded))
    noun = _NOUN_PHRASE.search(folded)
    return pronoun.start() < named and (noun is None or pronoun.start() < noun.start())


_ANY_PRONOUN: Final = re.compile(r"\b(?:ils?|elles?|lui|eux|leur|he|she|they|him|them)\b|\bl'(?:a|ont|avait|aurait)\b")


def _in_order(text: str, carried: list[str]) -> list[str]:
    """What is carried over, in the order of the earlier question, neighbours joined ("pont Nord"); what it does not
    hold comes last."""
    placed = sorted((at, at + len(one)) for one in carried if (at := text.find(one)) >= 0)
    joined: list[tuple[int, int]] = []
    for start, end in placed:
        if joined and start <= joined[-1][1] + 1 and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [*(text[start:end] for start, end in joined), *(one for one in carried if text.find(one) < 0)]


def _shared(asked: Question, earlier: Question) -> bool:
    """Whether a question speaks of the earlier one's matter: "l'appel" after "a-t-il appelé"."""
    if _TALKS.search(fold(asked.text)) and _TALKS.search(fold(earlier.text)):
        return True
    return any(_same_matter(a, b) for a in asked.keywords for b in earlier.keywords)


# One event by several words.
_TALKS: Final = re.compile(
    r"\b(?:appel\w*|entretien\w*|entretenu\w*|conversation\w*|discussion\w*|discut\w*|echang\w*|rencontr\w*|parl\w+|"
    r"telephon\w*|call\w*|talk\w*|sp(?:eak|oke)\w*|me(?:et|t)\w*|phon\w+)\b"
)


def _same_matter(a: str, b: str) -> bool:
    return a == b or stems(a)[0] == stems(b)[0] or stems(a)[1] == stems(b)[1] or cognate(a, b)


def _named(earlier: Question, before: Answer, asked: Question) -> list[str]:
    """The names of the question before, and the day of the event it found, unless the follow-up has a time."""
    names = [name for name in earlier.names if fold(name) not in fold(asked.text)]
    if (
        earlier.kind == "date"
        and not before.abstained
        and before.short
        and asked.first is None
        and asked.kind != "date"
    ):
        return [*names, before.short]
    if earlier.window_text and asked.first is None:
        return [*names, earlier.window_text]
    return names


def _things(asked: Question, earlier: Question) -> list[str]:
    """The other words of the question before, as they are written there; those the follow-up has are left out."""
    named = {fold(w.text) for name in earlier.names for w in words(name)}
    counted = set(earlier.focus) if asked.kind == earlier.kind == "number" and asked.keywords else set()
    named |= counted
    left = {k for k in earlier.keywords if k not in named and not any(_same_matter(k, a) for a in asked.keywords)}
    return list(_as_written(earlier.text, left))


def _as_written(text: str, folded: set[str]) -> Iterable[str]:
    stop = STOPWORDS["fr"] | STOPWORDS["en"]
    for word in words(text):
        parts = {fold(word.text), *fold(word.text).split("-")}
        if parts & folded and not parts <= stop:
            folded -= parts
            yield re.sub(r"-(?:t-)?(?:ils?|elles?|on)$", "", word.text)
