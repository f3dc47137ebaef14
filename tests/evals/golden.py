"""Golden items and answers made by hand, and an archive that answers from a script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evals.dataset import Item
from evals.scoring import Outcome, Scored, score
from rag.types import Answer, ArticleRef, Citation, CommentRef, Hit, Passage, PublicationDate, Sentence

BODY = "Le pont de la Loue sera inauguré le 15 mai 2026. Le chantier a coûté 1 200 000 euros."
REMARK = "Moi je sais que le pont a coûté neuf millions."


def item(**changes: Any) -> Item:
    """An answerable question on the bridge."""
    given: dict[str, Any] = {
        "id": "pont-fr",
        "twin": "pont",
        "language": "fr",
        "question": "Quand le pont de la Loue sera-t-il inauguré ?",
        "kind": "date",
        "answerable": True,
        "answers": ("15 mai 2026",),
        "gold": ("pont.txt",),
        "quote": "sera inauguré le 15 mai 2026",
        "event": "pont",
        "category": "when",
        "nuggets": (("15 mai 2026",),),
        "line": 1,
    }
    return Item(**{**given, **changes})


def unanswerable(**changes: Any) -> Item:
    """A question to which the archive has no answer."""
    given: dict[str, Any] = {
        "kind": "unanswerable",
        "answerable": False,
        "answers": (),
        "gold": (),
        "quote": "",
        "nuggets": (),
    }
    given["category"] = "near-miss-event"
    return item(**{**given, "question": "Quand le tunnel de la Loue a-t-il fermé ?", **changes})


def article(source: str = "/textes/pont.txt", url: str | None = None) -> ArticleRef:
    return ArticleRef(f"id of {source} {url or ''}", "Un pont", PublicationDate(), source, url=url)


def cited(quote: str = "sera inauguré le 15 mai 2026", source: str = "/textes/pont.txt", **changes: Any) -> Citation:
    """A citation of BODY, or with `comment` of REMARK."""
    remark = CommentRef("id of a remark", "lecteur-1") if changes.pop("comment", False) else None
    text = REMARK if remark else BODY
    start = changes.pop("start", max(text.find(quote), 0))
    return Citation(quote, "comment" if remark else "article", start, start + len(quote), article(source), remark)


def answer(text: str, *citations: Citation, short: str | None = None, abstained: bool = False) -> Answer:
    """One sentence that cites all that is given."""
    told = (Sentence(text, tuple(range(len(citations)))),)
    return Answer("?", text, "fr", told, short=short, abstained=abstained, citations=citations)


def scored(asked: Item, given: Answer | None, **changes: Any) -> Scored:
    """The verdict on an answer whose citations lie in BODY and REMARK."""
    texts = tuple(REMARK if c.kind == "comment" else BODY for c in given.citations) if given else ()
    return score(Outcome(**{"item": asked, "answer": given, "texts": texts, **changes}))


def hit(source: str, dense: float = 0.5, url: str | None = None) -> Hit:
    where = article(source, url)
    return Hit(Passage("p", "article", "text", where.id, 0, 4, where), 0.1, dense, 1.0)


@dataclass
class Talk:
    """A conversation that a script answers, and the questions that were asked in it."""

    archive: Scripted
    asked: list[str] = field(default_factory=list)

    def ask(self, question: str, *, now: str | None = None) -> Answer:
        self.asked.append(question)
        return self.archive.ask(question, now=now)


@dataclass
class Scripted:
    """An archive that gives what it was told to, and fails where it was told to."""

    answers: dict[str, Answer | Exception] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    asked_now: list[str | None] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)

    def chat(self) -> Talk:
        self.talks.append(Talk(self))
        return self.talks[-1]

    def ask(self, question: str, *, now: str | None = None) -> Answer:
        self.asked_now.append(now)
        given = self.answers[question]
        if isinstance(given, Exception):
            raise given
        return given

    def search(self, query: str, *, limit: int = 10) -> list[Hit]:
        self.searched.append(query)
        return self.hits[:limit]

    def text_of(self, citation: Citation) -> str:
        return REMARK if citation.kind == "comment" else BODY
