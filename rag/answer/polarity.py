"""Yes or no: negation, plans and denials in a sentence, and the verdict on a yes/no question.

Works on the words of one sentence in French or English; it knows nothing of retrieval.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rag.answer.capitals import capitalised
from rag.answer.opposites import Pole, poles, refused
from rag.answer.proper import new_names
from rag.answer.quantities import find_quantities
from rag.answer.spot import MET
from rag.question import Question
from rag.terms import folded_words
from rag.text import Span, fold

if TYPE_CHECKING:
    from rag.answer.candidates import Candidate
    from rag.matching import Keyword, Matcher

LEAST_MET: Final = 0.35  # share of the question's words that the deciding sentence itself must meet
LEAST_MET_NEAR: Final = 0.6  # the same with its paragraph
LEAST_MATTER: Final = 0.45  # the same for one that asserts a predicate of the question, which no longer counts then
LEAST_FIRST: Final = 0.5  # how far its first word, which is most often the subject, must be met there
NEAR_ABOVE: Final = 600  # characters of the same section above a paragraph that belong to its matter

_NEGATION: Final = re.compile(
    r"\b(?:ne|n')\s?\S.{0,60}?\b(?:pas|plus|jamais|aucun\w*|rien|personne|guere|nul)\b"
    r"|\b(?:aucun\w*|jamais|nul\w*)\b.{0,60}?\b(?:ne |n')"
    r"|\b(?:not|never|no longer|cannot|without|neither)\b|n't\b|\bno (?:one|body|\w+ (?:was|were|has|have|had|is|"
    r"are))\b"
    r"|\bsans (?:que|avoir|etre)\b"
)
_REFUSAL: Final = re.compile(
    r"\b(?:refus\w*|declin\w*|rejet\w*|dement\w*|nie\b|niee?s?\b|annul\w*|renonc\w*|abandonn\w*|interdi\w*|ecart\w*|"
    r"reject\w*|den(?:y|ies|ied|ial)\w*|cancel\w*|abandon\w*|ban(?:ned|s)?\b|ruled out|turned down|called off|"
    r"fail\w*)"
)
_CONDITION: Final = re.compile(
    r"(?<!meme )\bsi\b|\bs'ils?\b|\bpeut-etre\b|"
    r"\b(?:(?<!even )if|unless|whether|provided|perhaps|may|might|could|unclear|unknown)\b|"
    r"\ba condition\b|\bsous reserve\b|\bpourrai\w*|\b(?:serai|aurai|devrai)(?:t|ent)\b|\bwould\b|"
    r"\bsans pouvoir dire\b"
)
_WISHED: Final = re.compile(
    r"\b(?:promet\w*|promis\w*|jure\w*|s'engag\w*|veut|veulent|voul\w*|espere\w*|souhait\w*|envisag\w*|menac\w*|"
    r"dement\w*|nie|nient|craint\w*|hypothese|rumeurs?|promis\w*|vow\w*|swor[en]|wants?|wanted|hop(?:e|es|ed|ing)|"
    r"threat\w*|fear\w*|den(?:y|ies|ied)|rumou?rs?|alleg\w*)\b"
)
# A sentence that opens so goes on with what stands before it.
_TAKES_UP: Final = re.compile(
    r"(?:il|elle|ils|elles|on|ce|c'|cela|cette|ces|it|they|this|that|these|he|she|there)\b|"
    r"(?:l'|le |la |les |the )(?:\w+ )?(?:hypothese|piste|idee|projet|mesure|decision|condition|proposition|operation|"
    r"hypothesis|idea|project|plan|measure|proposal|event)s?\b"
)
_PERSONAL: Final = re.compile(r"(?:il|elle|ils|elles|he|she|they)\b(?! (?:n')?y\b)")
_JOINED: Final = re.compile(r"[\s,]*(?:et|ou|and|or|&)?\s*(?:d'|de|du|des|le|la|les|l'|a|au|the|of|in)?\s*")
# Words of a question that say nothing of what it is about.
_LIGHT: Final = frozenset(
    """
    started start get got gets make made going take taken put mis mettre faire fait really also after all ahead back
    ones one someone anyone quelqu quelqu'un finalement finally vraiment reellement still already deja toujours encore
    bien actually ever vrai true
    """.split()
)
_PLANNED: Final = re.compile(
    r"\b(?:aur(?:a|ont) lieu|est prevue?|sont prevue?s|prevue?s? (?:pour|le|en|au)|devrai(?:t|ent)|pourrai(?:t|ent)|"
    r"doi(?:t|vent) (?:avoir|se|etre|rencontrer|parler)|compte(?:nt)? (?:appeler|rencontrer)|en train de se preparer|"
    r"envisag\w*|s'apprete\w*|prochaine?(?:ment)?|souhaite\w*|propose\w* (?:de|une?)|sera(?:it|ient)?\b|seront|"
    r"will|would|could|might|is (?:expected|due|set|to)|are (?:expected|due|set)|plans? to|planned|intends?|"
    r"upcoming)\b"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sentence says to a yes/no question."""

    yes: bool
    strong: bool  # it speaks of the question's matter, not of its names only
    direct: bool  # it holds the first word of that matter itself
    asserts: bool  # it asserts a predicate of the question or its opposite, and does not merely meet its words


def negated(text: str) -> bool:
    """Whether a sentence denies something by a particle ("ne ... pas", "not")."""
    return bool(_NEGATION.search(fold(text)))


def planned(text: str) -> bool:
    """Whether a sentence tells what is to come or might be, not what happened."""
    return bool(_PLANNED.search(fold(text)))


def qualifies(before: str, after: str) -> bool:
    """Whether the words around a part of a sentence may take back what it says: a denial, a refusal or a wish before
    it, a condition on either side."""
    told = fold(before)
    taken_back = any(pattern.search(told) for pattern in (_NEGATION, _REFUSAL, _WISHED))
    return taken_back or any(_CONDITION.search(side) for side in (told, fold(after)))


def verdict(question: Question, candidate: Candidate, matcher: Matcher) -> Verdict | None:
    """What a sentence says to a yes/no question; None when it does not settle it.

    A question that turns on one of a pair of opposites ("cancelled", "free") is settled by a sentence that asserts one
    of the pair; any other by a sentence that meets its words, the most telling one included. Either must speak of the
    names and the matter asked about. Conditions, promises, guesses and questions settle nothing, nor do plans settle
    what happened. A number that differs makes a no.
    """
    asked, told = fold(question.text), fold(candidate.text)
    if candidate.missing or told.rstrip(' »"”').endswith("?") or not _meets_years(question, candidate):
        return None
    if not _speaks_of_names(question, candidate, matcher):
        return None
    wanted = poles(_plain_interrogative(asked))
    if wanted:
        return _by_opposites(question, candidate, matcher, wanted)
    meets = matcher.meets(candidate.text)
    telling = max(_matter(matcher, ()), key=lambda k: k.weight, default=None)
    if telling is None or meets[telling.word] < MET or _unsettled(told, len(told)):
        return None
    if candidate.feature("words") < LEAST_MET or candidate.feature("words_near") < LEAST_MET_NEAR:
        return None
    opposite = negated(candidate.text) != negated(_plain_interrogative(asked))
    if bool(_REFUSAL.search(told)) != bool(_REFUSAL.search(asked)):
        opposite = not opposite
    return _settled(question, candidate, Verdict(not opposite, strong=True, direct=False, asserts=False))


def _settled(question: Question, candidate: Candidate, found: Verdict) -> Verdict | None:
    """The verdict, after what numbers and plans do to a yes."""
    if found.yes and _numbers_differ(question, candidate):
        return replace(found, yes=False)
    if found.yes and planned(candidate.text) and not planned(question.text):
        return None
    return found


def _by_opposites(
    question: Question, candidate: Candidate, matcher: Matcher, wanted: tuple[Pole, ...]
) -> Verdict | None:
    told = fold(candidate.text)
    signs: dict[str, set[int]] = {}
    shared: list[Pole] = []
    for pole in poles(told):
        if any(pole.sense == one.sense for one in wanted):
            shared.append(pole)
            sign = _side(question, candidate, matcher, pole) if pole.compares else pole.sign
            signs.setdefault(pole.sense, set()).add(sign)
    if not shared or any(len(found) > 1 or 0 in found for found in signs.values()):
        return None
    if not refused(told) and _unsettled(told, min(pole.start for pole in shared)):
        return None
    agrees = {
        next(iter(signs[one.sense])) == one.sign for one in wanted if one.sense in signs
    }  # of several predicates one that differs is a no
    matter = _matter(matcher, [one for one in wanted if one.sense in signs])
    strong = _speaks_of_matter(candidate, matcher, matter)
    direct = not matter or matcher.meets(candidate.text)[matter[0].word] >= MET
    if not strong and not _holds_every_name(question, candidate, matcher):
        return None
    return _settled(question, candidate, Verdict(agrees == {True}, strong=strong, direct=direct, asserts=True))


def _side(question: Question, candidate: Candidate, matcher: Matcher, pole: Pole) -> int:
    """The sign of a comparison as it stands for what the question names first; 0 when that cannot be told."""
    if not question.names:
        return pole.sign
    met = matcher.meets(candidate.text[: pole.start])
    first, *others = [any(met.get(word, 0.0) >= MET for word in folded_words(name)) for name in question.names]
    if first:
        return pole.sign
    return -pole.sign if any(others) else 0


def _matter(matcher: Matcher, taken: Sequence[Pole]) -> list[Keyword]:
    """The question's words that say what it is about: no names, no years, no light words, none of a predicate that the
    sentence shares."""
    asked = _plain_interrogative(fold(matcher.question.text))
    spent = {word for pole in taken for word in folded_words(asked[pole.start : pole.end])}
    return [k for k in matcher.keywords if not (k.name or k.word in spent or k.word in _LIGHT or _is_year(k.word))]


def _speaks_of_matter(candidate: Candidate, matcher: Matcher, matter: Sequence[Keyword]) -> bool:
    """Whether a sentence, read in its place, is about the question's matter: its surroundings meet most of the words,
    the first one included, and it holds a name or a word of the question itself, or takes up what was said before."""
    document = candidate.document
    paragraph = document.paragraph(candidate.start)
    above = document.above(paragraph, NEAR_ABOVE)
    head = f"{_head(candidate)}\n{document.lead}"
    layers = [candidate.text, document.text[paragraph.start : paragraph.end], document.text[above.start : above.end]]
    met = [matcher.meets(text) for text in layers] + [matcher.meets(head)]
    total = sum(k.weight for k in matter)
    share = sum(k.weight * max(one[k.word] for one in met) for k in matter) / total if total else 1.0
    if share < LEAST_MATTER or (matter and max(one[matter[0].word] for one in met) < LEAST_FIRST):
        return False
    own = any(met[0][k.word] >= MET for k in matter) or candidate.feature("names") > 0
    return own or not matter or _TAKES_UP.match(fold(candidate.text)) is not None


def _speaks_of_names(question: Question, candidate: Candidate, matcher: Matcher) -> bool:
    """Whether the question's names stand in the sentence or beside it, and no other name has taken their place: one
    that is enumerated with a name of the question has not."""
    absent = matcher.missing_names(candidate.text)
    if not absent:
        return True
    told = fold(candidate.text)
    if candidate.feature("names") == 0:
        if _TAKES_UP.match(told) is None and matcher.missing_names(_head(candidate), absent):
            return False
        if _PERSONAL.match(told) is not None and not _follows_a_name(candidate, matcher):
            return False
    spans = capitalised(candidate.text)
    others = new_names(matcher, candidate.text)
    for span in others:
        beside = [s for s in spans if s not in others]
        gaps = [candidate.text[min(s.end, span.end) : max(s.start, span.start)] for s in beside]
        if not any(_JOINED.fullmatch(fold(gap)) for gap in gaps):
            return question.names[0] not in absent and not candidate.far
    return True


def _follows_a_name(candidate: Candidate, matcher: Matcher) -> bool:
    """Whether the last name before a sentence, whom its pronoun most likely means, is one of the question's."""
    before = candidate.document.text[max(0, candidate.start - NEAR_ABOVE) : candidate.start]
    spans = capitalised(before)
    return not spans or spans[-1] not in new_names(matcher, before)


def _head(candidate: Candidate) -> str:
    return f"{candidate.document.article.title}\n{candidate.document.heading_of(candidate.start)}"


def _meets_years(question: Question, candidate: Candidate) -> bool:
    """Whether a year that a question gives beside a name ("the 2023 edition") is the sentence's, or its article's where
    the sentence has no date."""
    years = [int(k) for k in question.keywords if _is_year(k)]
    own = [(d.first, d.last) for d in candidate.dates if d.first and d.last]
    published = candidate.document.article.published.first_day
    for year in years:
        if str(year) in candidate.text or any(a.year <= year <= b.year for a, b in own):
            continue
        if own or published is None or published.year != year:
            return False
    return True


def _holds_every_name(question: Question, candidate: Candidate, matcher: Matcher) -> bool:
    return bool(question.names) and not matcher.missing_names(candidate.text)


def _plain_interrogative(asked: str) -> str:
    """A folded question without the negation that only asks to be confirmed: "n'a-t-il pas", "didn't", "isn't"; and
    without inversions ("coûte-t-il")."""
    asked = re.sub(r"\b(ne |n')(\w+-(?:t-)?\w+) pas\b", r"\2", asked)
    asked = re.sub(r"-(?:t-)?(?:ils?|elles?|on)\b", "", asked)
    return re.sub(r"^(\w+)n't\b", r"\1", asked)


def _unsettled(told: str, upto: int) -> bool:
    """Whether a folded sentence makes what it says up to an offset depend on something, or leaves it to someone's word
    or wish; a condition counts wherever it stands."""
    return _CONDITION.search(told) is not None or _WISHED.search(told, 0, upto) is not None


def _numbers_differ(question: Question, candidate: Candidate) -> bool:
    asked = [q for q in find_quantities(question.text) if not _is_year(q.text)]
    if not asked:
        return False
    taken = [Span(d.start, d.end) for d in candidate.dates]
    told = find_quantities(candidate.text, taken)
    for quantity in asked:
        same_unit = [t for t in told if t.unit == quantity.unit]
        if same_unit and all(_value(t.text) != _value(quantity.text) for t in same_unit):
            return True
    return False


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", text))


def _value(text: str) -> str:
    return re.sub(r"[^\d.]", "", text.replace(",", ".")) or fold(text)
