"""Reports of one event by several articles brought together: same actors, overlapping days, near meaning.

Works on mentions and, where they are given, on the vectors of their sentences. Knows no store and no question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np

from rag.alike import stems
from rag.events.action import actions, near_kinds
from rag.events.mention import Event, EventMention
from rag.names import same_name
from rag.store.base import Vector
from rag.text import STOPWORDS, fold, words
from rag.types import Citation

SAME_COSINE: Final = 0.6  # of two sentences from which they may tell of one thing; the bundled model gives two
# unrelated sentences of one matter some 0.3
SHARED_WORDS: Final = 0.25  # share of the content words, names and numbers apart, of the shorter of two sentences
REPORTED_WITHIN: Final = timedelta(days=7)  # after an event, a report that gives no day may still be of it
_ORDER: Final = {"day": 0, "week": 1, "range": 2, "month": 3, "season": 4, "quarter": 4, "year": 5}
_BOUNDING: Final = ("since", "until", "before", "after")


@dataclass(slots=True)
class _Group:
    reports: list[EventMention] = field(default_factory=list)

    @property
    def best(self) -> EventMention:
        return self.reports[0]


def group_mentions(mentions: Sequence[EventMention], vectors: Mapping[str, Vector] | None = None) -> list[Event]:
    """The events that mentions report, by date. `vectors`: unit vectors of sentences, shape (dimension,)."""
    groups: list[_Group] = []
    for mention in sorted(mentions, key=_sureness):
        home = next((g for g in groups if all(same_event(r, mention, vectors) for r in g.reports[:3])), None)
        if home is None:
            groups.append(_Group([mention]))
        else:
            home.reports.append(mention)
    return sorted((_event(group) for group in groups), key=lambda e: (e.first, e.last, e.text))


def _sureness(mention: EventMention) -> tuple[int, int, int, date, str, int]:
    """The narrowest and surest first, of these the earliest told."""
    by = ("sentence", "neighbour", "article").index(mention.dated_by)
    bounding = mention.modifier in _BOUNDING
    told = mention.article.published.first_day or date.max
    return (by, int(bounding), _ORDER.get(mention.precision, 6), told, mention.article.id, mention.start)


def same_event(a: EventMention, b: EventMention, vectors: Mapping[str, Vector] | None = None) -> bool:
    """Whether two mentions tell of one event."""
    if a.status != b.status or (a.modifier in _BOUNDING) != (b.modifier in _BOUNDING):
        return False
    return _same_time(a, b) and _same_actors(a, b) and _near_meaning(a, b, vectors)


def _same_time(a: EventMention, b: EventMention) -> bool:
    if (a.dated_by == "article") != (b.dated_by == "article"):
        dated, reported = (a, b) if b.dated_by == "article" else (b, a)
        fine = dated.precision in ("day", "week", "range")
        return fine and dated.first <= reported.last and reported.first - dated.last <= REPORTED_WITHIN
    if a.dated_by == "article":
        return abs(a.first - b.first) <= timedelta(days=1)
    return a.first <= b.last and b.first <= a.last


def _same_actors(a: EventMention, b: EventMention) -> bool:
    """Whether all persons and organisations of the one with fewer are among the other's; places decide where there is
    nobody else."""
    ours = [x for x in a.actors if x not in a.places] or list(a.actors)
    theirs = [x for x in b.actors if x not in b.places] or list(b.actors)
    fewer, more = sorted((ours, theirs), key=len)
    if not fewer:
        return not more
    shared = sum(any(same_actor(x, y) for y in more) for x in fewer)
    return shared == len(fewer) or (shared >= 2 and 2 * shared >= len(fewer))


def same_actor(a: str, b: str) -> bool:
    """Whether two names may be one's: the same, or the last words are and one has no other ("Macron")."""
    ours, theirs = a.split(), b.split()
    if not ours or not theirs or not same_name(ours[-1], theirs[-1]):
        return False
    return len(ours) == 1 or len(theirs) == 1 or same_name(ours[0], theirs[0])


def _near_meaning(a: EventMention, b: EventMention, vectors: Mapping[str, Vector] | None) -> bool:
    mine, theirs = actions(a.text), actions(b.text)
    if near_kinds(mine, theirs):
        return True
    ours, others = _matter(a), _matter(b)
    fewer = min(len(ours), len(others))
    if fewer and len(ours & others) >= max(1, SHARED_WORDS * fewer):
        return True
    if vectors is None or a.text not in vectors or b.text not in vectors:
        return False
    return float(np.dot(vectors[a.text], vectors[b.text])) >= SAME_COSINE


def _matter(mention: EventMention) -> set[str]:
    """French stems of a sentence's content words, without names and numbers."""
    stop = STOPWORDS["fr"] | STOPWORDS["en"]
    dated = {fold(word.text) for word in words(mention.when)}
    return {
        stems(folded)[0]
        for word in words(mention.text)
        if (folded := fold(word.text)) not in stop
        and not word.text[0].isupper()
        and not word.text[0].isdigit()
        and folded not in dated
        and len(folded) > 3
    }


def _event(group: _Group) -> Event:
    best = group.best
    actors: list[str] = []
    for report in group.reports:
        for name in report.actors:
            same = next((n for n, known in enumerate(actors) if same_actor(name, known)), None)
            if same is None:
                actors.append(name)
            elif len(name) > len(actors[same]) and len(actors[same].split()) == 1:
                actors[same] = name
    cited: dict[str, Citation] = {}
    for report in group.reports:
        cited.setdefault(report.article.id, cite(report))
    return Event(
        first=best.first,
        last=best.last,
        precision=best.precision,
        modifier=best.modifier,
        when=best.when,
        dated_by=best.dated_by,
        status=best.status,
        actors=tuple(actors),
        unclear=all(report.unclear for report in group.reports),
        text=best.text,
        citations=tuple(cited.values()),
    )


def cite(mention: EventMention) -> Citation:
    """The mention's sentence as a citation."""
    return Citation(
        quote=mention.text,
        kind="article",
        start=mention.start,
        end=mention.end,
        article=mention.article,
        text_id=mention.text_id,
    )
