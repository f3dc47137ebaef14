"""Who is named or referred to in a sentence: names at their fullest form, "les deux dirigeants", "il", "le maire".

Works on one article's text at a time. A reference is resolved by what its paragraph, or the one above it, names before
it; where more than one reading is left it is unclear. Knows nothing of dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from rag.answer.capitals import calendar_words, capitalised
from rag.gazetteer import is_place
from rag.matching import TITLES
from rag.peoples import is_demonym
from rag.text import STOPWORDS, Span, fold, is_ordinary, words

_STOP: Final = STOPWORDS["fr"] | STOPWORDS["en"]
_PEOPLE: Final = (
    r"hommes|femmes|dirigeants?|dirigeantes|chefs?(?: d['e ]+\w+| de \w+)?|presidents?|presidentes|responsables|"
    r"ministres|leaders|homologues|elus|elues|maires|interlocuteurs|protagonistes|candidats|candidates|rivaux|"
    r"adversaires|partenaires|allies|parties|personnes|"
    r"men|women|presidents|heads of state|officials|ministers|counterparts|mayors|candidates|rivals|politicians"
)
_LANDS: Final = "pays|capitales|nations|etats|puissances|villes|communes|countries|capitals|states|powers|cities|towns"
_TWO: Final = re.compile(
    rf"\b(?:les|ces|des|aux|the|both|these|entre) (?:deux|two)?\s?(?:premiers |anciens |jeunes |prime |former )?"
    rf"(?P<who>{_PEOPLE})\b|"
    rf"\b(?:les|ces|des|aux|the|these) (?:deux|two) (?P<lands>{_LANDS})\b|"
    r"\b(?:l'un et l'autre|tous (?:les )?deux|toutes (?:les )?deux|both of them|the two of them|the pair)\b"
)
_PLURAL: Final = re.compile(r"(?:^|[\s,;:«“(-])(?:ils|elles|they)\b")
_SINGULAR: Final = re.compile(r"(?:^|[\s,;:«“(-])(?:il|elle|he|she|ce dernier|cette derniere|celui-ci|celle-ci)\b")
_IMPERSONAL: Final = re.compile(
    r"\bil (?:n')?(?:y |faut|fallait|faudra|pleut|neige|s'agi\w+|est (?:\w+ )?(?:vrai|clair|possible|impossible|temps|"
    r"question|\w+ (?:que|de|d')\b)|semble|reste|existe|convient|suffit|importe|aura fallu)|il y a\b"
)
_COUNTERPART: Final = re.compile(r"\b(?:son|sa|leur|his|her|their) (?:homologue|counterpart)\b(?!\s\w*\s?[A-Z])")
_ROLE: Final = (
    r"president|presidente|maire|ministre|chancelier|chanceliere|gouverneur|prefet|prefete|directeur|directrice|"
    r"entraineur|entraineuse|secretaire|roi|reine|pape|senateur|senatrice|depute|deputee|procureur|procureure|"
    r"mayor|minister|chancellor|governor|director|coach|king|queen|pope|senator|prosecutor|chairman|chairwoman"
)
_ROLE_PHRASE: Final = re.compile(
    rf"\b(?:le|la|l'|the) (?P<role>(?:premiere? |prime |vice-)?(?:{_ROLE}|chef de l'etat|chef du gouvernement|head of "
    rf"state)(?: (?P<whose>\w{{4,}}))?)"
)
_OTHERS: Final = re.compile(r"\b(?:(?:son|sa|leur) homologue|counterpart,?) (?P<whose>\w{4,})$")
# A sentence that begins so goes on about those of the sentence before.
_SAME_PARTIES: Final = re.compile(
    r"(?:(?:c'est|c'etait|ce fut|ce sera|it is|it was|this is|this was) )?(?:(?:un|une|l')\s?(?:autre|"
    r"precedente?|nouvel(?:le)?|seconde?|deuxieme|troisieme)|"
    r"(?:le|la) (?:precedente?|suivante?)|"
    r"(?:l'|cet |le |la |ce |cette |leur (?:\w+ )?)(?:echange|entretien|entrevue|appel|conversation|rencontre|"
    r"reunion|coup de (?:fil|telephone)|dialogue|discussion|tete-a-tete|sommet|visite|match)|"
    r"another|a (?:previous|second|third|further)|"
    r"an (?:earlier|other)|a later|"
    r"(?:the|this|that|their) (?:\w+ )?(?:call|meeting|conversation|talks|discussion|exchange|summit|visit|match))\b"
)
_DETERMINER_BEFORE: Final = re.compile(r"(?:\b(?:le|la|les|du|des|au|aux|the|une?|an?)\s|l['’])$", re.IGNORECASE)
_PLACE_BEFORE: Final = re.compile(
    r"\b(?:à|en|vers|près de|depuis|in|at|near|to|from|into)\s(?:la\s|le\s|l['’])?$", re.IGNORECASE
)
# "Le pont des Tanneurs", "the village of Brûlis": nobody's name.
# Before the name of a house: "la société X", "the party X". And what no person's name holds: "Énergies du Vésan".
_HOUSE_BEFORE: Final = re.compile(
    r"\b(?:soci[ée]t[ée]|groupe|entreprise|compagnie|association|fondation|syndicat|collectif|parti|agence|cha[îi]ne|"
    r"marque|start-up|op[ée]rateur|company|firm|group|union|party|charity|agency) $",
    re.IGNORECASE,
)
_OF_A_HOUSE: Final = re.compile(r" (?:du|des) ")
_DETERMINED: Final = re.compile(r"(?:les?|la|the) ", re.IGNORECASE)  # a sentence that begins with "Les Hermines"
_SITE_BEFORE: Final = re.compile(
    r"\b(?:quartiers?|ponts?|rues?|places?|avenues?|boulevards?|hameaux?|ports?|gares?|stades?|communes?|"
    r"villes?|gymnases?|salles?|"
    r"villages?|bourgs?|for[eê]ts?|vall[ée]es?|lacs?|rivi[èe]res?|fleuves?|monts?|cols?|[îi]les?|plages?|quais?|"
    r"tunnels?|viaducs?|ligne|route|d[ée]troit|baie|golfe|r[ée]gion|province|d[ée]partement|"
    r"pr[ée]siden(?:ce|te?s?)|premiers? ministres?|chefs? d['’][ée]tat|royaume|r[ée]publique|capitale|ambassade|"
    r"rois?|reines?|habitants|maires?|mairesse|"
    r"presiden(?:cy|t)|kingdom|capital|embassy|king|queen|mayor|"
    r"district|bridge|street|town|city|village|forest|valley|lake|river|island|port|bay|county|state) "
    r"(?:(?:de |d['’]|of )?[\w-]+ (?:et|and) )?"  # "les présidents de Valdorie et de Norsélie"
    r"(?:de la |de l['’]|d['’]|du |des |de |of (?:the )?)$",
    re.IGNORECASE,
)
BEFORE: Final = 45  # characters before a name that say what it is the name of
ABOVE: Final = 2  # paragraphs above, of the same section, in which "les deux hommes" may be named


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands."""

    span: Span
    shown: str  # its fullest form in the article
    person: bool
    place: bool


@dataclass(frozen=True, slots=True)
class Referred:
    """Whom a sentence speaks of."""

    actors: tuple[str, ...]
    places: tuple[str, ...]
    unclear: bool
    pair: tuple[str, ...] = ()  # the two persons it is about, where there are two


@dataclass(slots=True)
class Cast:
    """The names of one article."""

    names: list[Name]  # in the order of the text
    roles: dict[str, set[str]] = field(default_factory=dict)  # folded role -> who holds it

    def within(self, start: int, end: int) -> list[Name]:
        """The names that stand in a stretch."""
        return [name for name in self.names if start <= name.span.start < end]


def cast_of(text: str, sentences: Sequence[Span]) -> Cast:
    """The names of a text, each brought to its fullest form: "Macron" is "Emmanuel Macron" where one person alone in
    the text is called so."""
    runs: list[Span] = []
    for sentence in sentences:
        stretch = text[sentence.start : sentence.end]
        for run in (part for whole in capitalised(stretch) for part in _places_apart(stretch, whole)):
            if not _only_opens(stretch, run) and not _common(stretch, run):
                runs.append(Span(sentence.start + run.start, sentence.start + run.end))
    stripped = [(run, parts) for run in runs if (parts := _parts(text[run.start : run.end]))]
    full: dict[str, set[str]] = {}
    for _, parts in stripped:
        if len(parts) > 1:
            full.setdefault(fold(parts[-1]), set()).add(" ".join(parts))
    named = [Name(run, _fullest(parts, full), False, False) for run, parts in stripped]
    bare = _bare(text, named)
    placed = {name.shown for name in named if is_place(name.shown)} | (_sites(text, named) - bare)
    found = [
        Name(name.span, name.shown, name.shown in bare and name.shown not in placed, name.shown in placed)
        for name in named
    ]
    return Cast(found, _roles(text, found))


def _only_opens(sentence: str, run: Span) -> bool:
    """Whether a capital is there because a sentence begins: an ordinary word, or one of the calendar."""
    parts = words(sentence[run.start : run.end])
    if all(fold(word.text) in calendar_words() for word in parts):
        return True
    opens = not sentence[: run.start].strip(" «“\"'(-–—•")
    return opens and len(parts) == 1 and not parts[0].text.isupper() and is_ordinary(parts[0].text)


def _common(sentence: str, run: Span) -> bool:
    """Whether a lone capital is that of an institution's common noun: "l'État", "le Conseil", "the Government"."""
    parts = words(sentence[run.start : run.end])
    if len(parts) != 1 or parts[0].text.isupper():
        return False
    return _DETERMINER_BEFORE.search(sentence[: run.start]) is not None and is_ordinary(parts[0].text)


def _places_apart(sentence: str, run: Span) -> list[Span]:
    """A run, cut behind a place that a preposition joins to another name: "l'exclusion de Moscou du G8"."""
    parts = words(sentence[run.start : run.end])
    for at in range(1, len(parts) - 1):
        first = Span(run.start, run.start + parts[at - 1].end)
        if parts[at].text in ("du", "de", "of") and is_place(sentence[first.start : first.end]):
            return [first, Span(run.start + parts[at + 1].start, run.end)]
    return [run]


def _parts(run: str) -> list[str]:
    """The words of a name without titles ("le Président Macron") and without the calendar's."""
    parts = [word.text for word in words(run)]
    while parts and (fold(parts[0]) in TITLES or fold(parts[0]) in _STOP or fold(parts[0]) in calendar_words()):
        parts.pop(0)
    while parts and (fold(parts[-1]) in calendar_words() or parts[-1].isdigit()):
        parts.pop()
    return [] if len(parts) == 1 and (len(parts[0]) < 2 or is_demonym(parts[0])) else parts


def _fullest(parts: Sequence[str], full: dict[str, set[str]]) -> str:
    own = " ".join(parts)
    known = full.get(fold(parts[-1]), set())
    if len(parts) == 1 and len(known) == 1 and not is_place(own):
        return next(iter(known))
    return own


def _sites(text: str, names: Iterable[Name]) -> set[str]:
    """The names that stand somewhere as a site's do."""
    return {n.shown for n in names if _SITE_BEFORE.search(text[max(0, n.span.start - BEFORE) : n.span.start])}


def _bare(text: str, names: Iterable[Name]) -> set[str]:
    """The names that stand somewhere as persons' do: with neither an article nor a preposition of place before them,
    and not in capitals throughout, as an organisation's are."""
    counts: dict[str, list[int]] = {}
    for name in names:
        before = text[max(0, name.span.start - BEFORE) : name.span.start]
        whole = text[name.span.start : name.span.end]
        placed = _DETERMINER_BEFORE.search(before) or _PLACE_BEFORE.search(before) or _SITE_BEFORE.search(before)
        apart = placed or is_house(whole, before)
        acronym = whole.isupper() and len(words(whole)) == 1
        counts.setdefault(name.shown, [0, 0])[1 if apart or acronym else 0] += 1
    return {shown for shown, (plain, apart) in counts.items() if plain > apart}


def is_house(name: str, before: str) -> bool:
    """Whether a name is a company's or another house's, by itself or by the words before it."""
    return bool(_OF_A_HOUSE.search(name) or _DETERMINED.match(name) or _HOUSE_BEFORE.search(before))


def _roles(text: str, names: Sequence[Name]) -> dict[str, set[str]]:
    """Who is called by a role: "le maire, Paul Ferrandier", "le président russe Vladimir Poutine"."""
    found: dict[str, set[str]] = {}
    folded_at = text.lower()
    for name in names:
        if not name.person:
            continue
        before = fold(folded_at[max(0, name.span.start - 60) : name.span.start]) + " "
        match = list(_ROLE_PHRASE.finditer(before))
        if match and not before[match[-1].end() :].strip(" ,"):
            found.setdefault(match[-1]["role"], set()).add(name.shown)
        other = _OTHERS.search(before.rstrip())
        if other:
            found.setdefault(other["whose"], set()).add(name.shown)
    return found


def referred(text: str, cast: Cast, sentence: Span, above: Sequence[Span], pair: Sequence[str] = ()) -> Referred:
    """Whom a sentence names and refers to. `above` are the stretches of the same section in which a reference may be
    resolved, the nearest first: the paragraph up to the sentence, then the paragraphs before it. `pair`: the two
    persons that the sentences just before it are about."""
    own = cast.within(sentence.start, sentence.end)
    told = fold(text[sentence.start : sentence.end])
    actors = [name.shown for name in own]
    unclear = False
    for resolved in _references(text, cast, sentence, above, told, pair):
        actors += resolved or []
        unclear = unclear or not resolved
    known = {name.shown for name in cast.names if name.place}
    unique = tuple(dict.fromkeys(actors))
    people = {name.shown for name in cast.names if name.person}
    two = tuple(actor for actor in unique if actor in people)
    return Referred(unique, tuple(a for a in unique if a in known), unclear, two if len(two) == 2 else ())


def _references(
    text: str, cast: Cast, sentence: Span, above: Sequence[Span], told: str, pair: Sequence[str]
) -> Iterable[list[str]]:
    """For each reference in a sentence, whom it means; an empty list where that is unclear."""
    persons = _people(cast.within(sentence.start, sentence.end))
    two = _TWO.search(told)
    if two and two["lands"]:
        yield _pair(
            above,
            lambda part: _lands(cast.within(part.start, part.end)),
            _lands(cast.within(sentence.start, sentence.end)),
        )
    elif two and (two["who"] is None or re.search(r"\b(?:deux|two|both)\b", two.group())):
        yield _pair(above, lambda part: _people(cast.within(part.start, part.end)), persons)
    elif _PLURAL.search(told) and len(persons) < 2:
        near = _people(cast.within(above[0].start, above[0].end)) if above else []
        yield near if len(near) == 2 else list(pair)
    elif _SINGULAR.search(_IMPERSONAL.sub(" ", told)) and not _named_before_pronoun(text, cast, sentence):
        near = _people(cast.within(above[0].start, above[0].end)) if above else []
        yield near if len(near) == 1 else []
    elif not persons and _SAME_PARTIES.match(told):
        yield from [list(pair)] if pair else []
    for match in _ROLE_PHRASE.finditer(told):
        bare = re.sub(r" \w+$", "", match["role"])
        holders = cast.roles.get(match["role"]) or cast.roles.get(match["whose"] or bare) or cast.roles.get(bare, set())
        if len(holders) == 1 and not holders <= set(persons):
            yield list(holders)
    if _COUNTERPART.search(text[sentence.start : sentence.end]):
        yield []


def _named_before_pronoun(text: str, cast: Cast, sentence: Span) -> bool:
    """Whether the sentence itself names one person before its pronoun: "Quand Macron arrive, il ..."."""
    match = _SINGULAR.search(text[sentence.start : sentence.end].lower())
    place = sentence.start + (match.end() if match else 0)
    return len(_people(cast.within(sentence.start, place))) == 1


def _people(names: Iterable[Name]) -> list[str]:
    return list(dict.fromkeys(name.shown for name in names if name.person))


def _lands(names: Iterable[Name]) -> list[str]:
    return list(dict.fromkeys(name.shown for name in names if name.place))


def _pair(above: Sequence[Span], of: Callable[[Span], list[str]], own: list[str]) -> list[str]:
    """The two that are meant: those of the sentence itself, else of the nearest stretch that names any. None where that
    names more than two; with one, the stretches before may name the other."""
    if len(own) == 2:
        return own
    found: list[str] = []
    for part in above[: ABOVE + 1]:
        found = list(dict.fromkeys([*found, *of(part)]))
        if len(found) >= 2:
            return found if len(found) == 2 else []
    return []
