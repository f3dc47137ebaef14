"""Typed faults put into claims that are borne out, to see whether a judge finds them.

A mutator changes one thing of one kind, and gives nothing when it cannot be sure that the change makes the claim false.
It reads dates, figures and names with the readers of `rag`, and knows nothing of judges.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from evals.judge.reading import language_of
from evals.judge.types import Cited, Claim
from rag.answer.capitals import capitalised
from rag.answer.figures import Figure, find_figures
from rag.dates import DateMention, find_dates, format_date
from rag.names import same_name
from rag.text import Span, detect_language, fold, is_ordinary, sentences, words
from rag.types import Language

MutantKind = Literal[
    "number", "date", "name", "negation", "attribution", "swapped citation", "edited quote", "comment as fact",
    "stale value", "first for last",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A claim made false, and how."""

    kind: MutantKind
    claim: Claim
    change: str  # for people: "36 -> 83"


_NUMBER_WORDS: Final[dict[Language, tuple[str, ...]]] = {
    "fr": ("deux", "trois", "quatre", "cinq", "sept", "huit", "onze", "douze", "quinze", "dix-huit", "trente-six"),
    "en": ("two", "three", "four", "five", "seven", "eight", "eleven", "twelve", "fifteen", "eighteen", "thirty-six"),
}
_OTHER_NAMES: Final = ("Brandimarte", "Oulhadj", "Vercoutre", "Szymanek", "Zorvelle", "Quintrebec")


def mutants(claim: Claim, others: Sequence[Claim] = ()) -> list[Mutant]:
    """Every fault that can be put into a claim; `others` are claims on other matters, whose sources are swapped in."""
    found = [mutant for mutate in _MUTATORS for mutant in mutate(claim)]
    return [*found, *_swapped(claim, others)]


def _language(claim: Claim) -> Language:
    return language_of(claim)


def _put(claim: Claim, start: int, end: int, new: str, kind: MutantKind) -> Mutant:
    text = claim.text[:start] + new + claim.text[end:]
    return Mutant(kind, replace(claim, text=text), f"{claim.text[start:end]} -> {new}")


def _dates(claim: Claim) -> list[DateMention]:
    cited = [one.source for one in claim.cited if one.source]
    anchor = cited[0].published if cited else None
    return find_dates(claim.text, anchor=anchor, language=_language(claim))


def _figures(claim: Claim) -> list[Figure]:
    taken = [Span(one.start, one.end) for one in _dates(claim)]
    return find_figures(claim.text, _language(claim), taken)


def numbers(claim: Claim) -> Iterator[Mutant]:
    """Each figure for another one that no citation holds."""
    held = {value for text in _sources(claim) for one in _read_figures(text) for value in one.values}
    for figure in _figures(claim):
        said = claim.text[figure.start : figure.end]
        new = _other_digits(said) if said[0].isdigit() else _other_word(said, _language(claim))
        if new:
            values = {value for one in find_figures(new, _language(claim)) for value in one.values}
            if values and not values & (held | set(figure.values)):
                yield _put(claim, figure.start, figure.end, new, "number")


def _sources(claim: Claim) -> list[str]:
    return [one.quote for one in claim.cited]


def _read_figures(text: str) -> list[Figure]:
    return find_figures(text, detect_language(text))


def _other_digits(said: str) -> str:
    """The first digit one higher, or two lower from 8 on; "1 250" is "2 250", "3,2 millions" is "4,2 millions"."""
    first = int(said[0])
    return str(first + 1 if first < 8 else first - 2) + said[1:]


def _other_word(said: str, language: Language) -> str:
    table = _NUMBER_WORDS[language]
    folded = fold(said)
    if folded not in table:
        return ""
    return table[(table.index(folded) + 3) % len(table)]


def dates(claim: Claim) -> Iterator[Mutant]:
    """Each day, month or year for another one: of days the day after next, of others a year later."""
    for mention in _dates(claim):
        if mention.first is None or mention.last is None or (mention.said.day is None and mention.said.year is None):
            continue
        if mention.precision not in ("day", "month", "year", "season"):
            continue
        moved = _moved(mention)
        new = format_date(*moved, mention.precision, _language(claim))
        if mention.said.year is None:
            new = re.sub(r" \d{4}$", "", new)
        if not any(
            one.first and one.last and moved[0] <= one.last and one.first <= moved[1] for one in _held_dates(claim)
        ):
            yield _put(claim, mention.start, mention.end, new, "date")


def _moved(mention: DateMention) -> tuple[date, date]:
    assert mention.first is not None and mention.last is not None
    if mention.precision == "day":
        day = mention.first + timedelta(days=2)
        return day, day
    return mention.first.replace(year=mention.first.year + 1), _year_later(mention.last)


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def _held_dates(claim: Claim) -> list[DateMention]:
    return [
        one
        for cited in claim.cited
        if cited.source
        for one in find_dates(cited.quote, anchor=cited.source.published, language=detect_language(cited.quote))
    ]


def names(claim: Claim) -> Iterator[Mutant]:
    """The last word of each name of persons and places for one that nobody has."""
    held = fold(" ".join([*_sources(claim), *(one.source.title for one in claim.cited if one.source)]))
    for span in capitalised(claim.text):
        last = words(claim.text[span.start : span.end])[-1]
        start, end = span.start + last.start, span.start + last.end
        if is_ordinary(last.text) or last.text.isdigit() or fold(last.text) not in held or "-" in last.text:
            continue
        new = next(one for one in _OTHER_NAMES if not same_name(one, last.text) and fold(one) not in held)
        yield _put(claim, start, end, new, "name")


# A finite verb that stands alone before what it denies; French puts "ne" before it and "pas" behind.
_FRENCH_VERB: Final = re.compile(
    r"(?<!['’\w-])(?<!\ben )(?<!\by )(?<!\bse )(?<!\ble )(?<!\bla )(?<!\bles )(?<!\blui )(?<!\bleur )(?<!\bnous )"
    r"(?P<verb>a|ont|est|sont|était|étaient|avait|avaient|sera|seront|va|vont|aura|auront|pourrait|"
    r"coûtera|compte|demandent|mesure)(?= (?!pas |plus |aucun|jamais|t-|rien ))"
)
_FRENCH_DENIED: Final = re.compile(r"\b(?:n['’]|ne )(?P<verb>\w+) (?:pas|plus)(?= )")
_ENGLISH_VERB: Final = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|could|can)\b(?! (?:not|no|never)\b)(?= \w)"
)
_ENGLISH_DENIED: Final = re.compile(r"\b(?P<verb>was|were|is|are|has|have|had|will|would|could|can) not(?= )")
_NOBODY: Final = re.compile(
    r"\b(?:aucun|aucune|none|no|n['’]y|ne|no one|nobody|personne|rien|jamais|never|ni)\b", re.IGNORECASE
)


def negations(claim: Claim) -> Iterator[Mutant]:
    """What is affirmed denied, and what is denied affirmed, at the first verb of the main clause."""
    if _NOBODY.search(claim.text) or "«" in claim.text or "“" in claim.text:
        return
    french = _language(claim) == "fr"
    if denied := (_FRENCH_DENIED if french else _ENGLISH_DENIED).search(claim.text):
        yield _put(claim, denied.start(), denied.end(), denied["verb"], "negation")
        return
    verb = (_FRENCH_VERB if french else _ENGLISH_VERB).search(claim.text)
    if verb is None:
        return
    said = verb.group()
    elided = "n'" if said[0] in "aeéhoi" else "ne "
    yield _put(claim, verb.start(), verb.end(), f"{elided}{said} pas" if french else f"{said} not", "negation")


_ACCORDING: Final = re.compile(
    r"(?:(?P<head>^)(?:Selon|D['’]après|According to) [^,]+, (?P<rest>\w))|,? (?:selon|d['’]après|"
    r"according to) [^,.;]+(?=[.,;])"
)
_TELLS: Final = re.compile(
    r"^(?:Un|Une|A|One) (?:\w+ ){1,2}(?:affirme que|affirme qu['’]|claims that|écrit que|says that) (?P<rest>\w)"
)


def attributions(claim: Claim) -> Iterator[Mutant]:
    """Somebody's word told as a fact, and given to somebody else."""
    for pattern in (_ACCORDING, _TELLS):
        if found := pattern.search(claim.text):
            rest = found.groupdict().get("rest") or ""
            new = rest.upper() if found.start() == 0 else ""
            yield _put(claim, found.start(), found.end(), new, "attribution")
    if found := re.search(r"\b([Ss]elon|[Aa]ccording to) (?P<who>[^,.;]+)", claim.text):
        who = "le cabinet Vercoutre" if _language(claim) == "fr" else "the Vercoutre institute"
        yield _put(claim, found.start("who"), found.end("who"), who, "attribution")


_QUOTE: Final = re.compile(r"[«“]\s*([^»”]+?)\s*[»”]")


def edited_quotes(claim: Claim) -> Iterator[Mutant]:
    """The longest word of a quotation, and of a citation, with two letters turned round."""
    if found := _QUOTE.search(claim.text):
        text = found.group(1)
        yield _put(claim, found.start(1), found.end(1), _edited(text), "edited quote")
    for number, cited in enumerate(claim.cited):
        edited = replace(cited, quote=_edited(cited.quote))
        changed = (*claim.cited[:number], edited, *claim.cited[number + 1 :])
        yield Mutant("edited quote", replace(claim, cited=changed), f"citation {number + 1}: {edited.quote[:60]}")


def _edited(text: str) -> str:
    word = max(words(text), key=lambda one: len(one.text))
    return text[: word.start] + word.text[1:2] + word.text[:1] + word.text[2:] + "s" + text[word.end :]


_READER: Final = re.compile(r"lect(?:eur|rice)|reader|internaute|comment", re.IGNORECASE)


def comments_as_facts(claim: Claim) -> Iterator[Mutant]:
    """The same words, which only a reader wrote."""
    sources = [one.source for one in claim.cited if one.source]
    if _READER.search(claim.text) or len(sources) < len(claim.cited) or any(one.kind == "comment" for one in sources):
        return
    remarks = tuple(
        Cited(replace(source, kind="comment", outlet=None), cited.quote, cited.start, cited.end)
        for source, cited in zip(sources, claim.cited, strict=True)
    )
    yield Mutant("comment as fact", replace(claim, cited=remarks), "the source is a reader's comment")


def stale_values(claim: Claim) -> Iterator[Mutant]:
    """A figure or a year of the claim for another of the same unit that stands elsewhere in the source."""
    mine = _figures(claim)
    for cited in claim.cited:
        if cited.source is None:
            continue
        language = cited.source.language or detect_language(cited.source.text)
        taken = find_dates(cited.source.text, anchor=cited.source.published, language=language)
        theirs = find_figures(cited.source.text, language, [Span(one.start, one.end) for one in taken])
        for figure in mine:
            other = next((one for one in theirs if _is_other(figure, one, mine)), None)
            said = claim.text[figure.start : figure.end]
            if other is None or not said[0].isdigit():
                continue
            new = cited.source.text[other.start : other.end]
            if new[0].isdigit() and language == _language(claim):
                yield _put(claim, figure.start, figure.end, new, "stale value")


def _is_other(figure: Figure, other: Figure, mine: Sequence[Figure]) -> bool:
    """Of the same unit, and no value of the claim; bare counts only when they are apart by a tenth."""
    if figure.unit != other.unit or any(other.values & one.values for one in mine):
        return False
    return all(abs(a - b) > Decimal("0.1") * max(a, b) for a in figure.values for b in other.values)


_FIRST_LAST: Final = tuple(
    (re.compile(rf"\b{old}\b"), new)
    for old, new in (
        ("première", "dernière"), ("premier", "dernier"), ("dernière", "première"), ("dernier", "premier"),
        ("derniers", "premiers"), ("dernières", "premières"), ("premiers", "derniers"), ("first", "last"),
        ("last", "first"), ("latest", "earliest"), ("earliest", "latest"),
    )
)  # fmt: skip


def first_for_last(claim: Claim) -> Iterator[Mutant]:
    """ "The first time" for "the last time"."""
    taken = _dates(claim)
    for pattern, new in _FIRST_LAST:
        found = pattern.search(claim.text)
        if found and not any(one.start <= found.start() < one.end for one in taken):
            yield _put(claim, found.start(), found.end(), new, "first for last")
            return


def _swapped(claim: Claim, others: Sequence[Claim]) -> Iterator[Mutant]:
    """The citations of the next claim that rests on other sources."""
    own = {one.source.text for one in claim.cited if one.source}
    for other in others:
        if other.cited and not any(one.source and one.source.text in own for one in other.cited):
            yield Mutant("swapped citation", replace(claim, cited=other.cited), f"cites {other.cited[0].quote[:60]}")
            return


def elsewhere(claim: Claim) -> Iterator[Mutant]:
    """The citation moved to another sentence of its source, at the right offsets; for sources with several sentences on
    different matters."""
    for cited in claim.cited:
        if cited.source is None:
            continue
        spans = sentences(cited.source.text, cited.source.language or detect_language(cited.source.text))
        far = [span for span in spans if abs(span.start - cited.start) > 600 and span.end - span.start > 40]
        if far:
            span = far[-1]
            moved = Cited(cited.source, cited.source.text[span.start : span.end], span.start, span.end)
            yield Mutant("swapped citation", replace(claim, cited=(moved,)), f"cites {moved.quote[:60]}")


_MUTATORS: Final[tuple[Callable[[Claim], Iterator[Mutant]], ...]] = (
    numbers,
    dates,
    names,
    negations,
    attributions,
    edited_quotes,
    comments_as_facts,
    stale_values,
    first_for_last,
)
