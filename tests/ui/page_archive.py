"""An archive for the page's tests: it answers from a script and fills the same seam as the real one.

Its store is a list of real text points with the schema's payloads; only what the page asks of a store is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from threading import Event
from typing import Any

from rag.errors import StoreError
from rag.store.base import Point, Where
from rag.store.schema import article_id, article_text_payload, comment_id
from rag.types import Answer, ArticleRef, Citation, CommentRef, PublicationDate, Sentence

Script = Callable[[str], "Answer | Iterator[str | Answer]"]

BODY = (
    "Le conseil municipal de Valmont s’est réuni mardi soir.\n"
    "La maire, Jeanne Arbois, a présenté le projet de halle. Le chantier doit commencer en mars 2026 et durer quatorze "
    "mois, a-t-elle précisé devant Paul Testard. L’opposition demande un vote des habitants.\n"
    "Une réunion publique est prévue avec Paul Testard et Jeanne Arbois."
)
REMARK = "Je trouve ce chantier trop cher pour une commune comme la nôtre."


def article(
    title: str = "La halle de Valmont sera reconstruite",
    published: PublicationDate | None = None,
    *,
    outlet: str | None = "Le Courrier de Valmont",
    url: str | None = None,
    source: str = "textes/halle.txt",
) -> ArticleRef:
    known = published or PublicationDate("2026-02-03", "day", "inferred", "ce mardi 3 février")
    return ArticleRef(article_id(source), title, known, source, outlet, url)


def cited(quote: str, text: str, ref: ArticleRef, *, author: str | None = None, comment: bool = False) -> Citation:
    """A citation of `quote` where it stands in `text`."""
    start = text.index(quote)
    remark = CommentRef(comment_id(ref.id, 0), author) if comment else None
    kind = "comment" if comment else "article"
    return Citation(quote, kind, start, start + len(quote), ref, remark, remark.id if remark else ref.id)


class ListedStore:
    """Text points in a list."""

    def __init__(self, points: list[Point], *, comments: int = 0, broken: bool = False) -> None:
        self.points, self.comments, self.broken = points, comments, broken

    def _kept(self, where: Where | None) -> Iterator[Point]:
        if self.broken:
            raise StoreError("the store does not answer; start it again")
        for point in self.points:
            published = str(point.payload.get("published_to", ""))
            if where is None or where.since is None or published >= where.since.isoformat():
                yield point

    def scroll(self, where: Where | None = None, *, batch: int = 256, vectors: bool = False) -> Iterator[Point]:
        del batch, vectors
        yield from self._kept(where)

    def count(self, where: Where | None = None) -> int:
        if where is not None and where.kinds == ("comment",):
            return self.comments
        return len(list(self._kept(where)))

    def facet(self, key: str, where: Where | None = None, limit: int = 100_000) -> dict[str, int]:
        del limit
        return dict(Counter(p.payload[key] for p in self._kept(where) if p.payload[key]))

    def latest_day(self) -> date | None:
        days = [str(p.payload["published_to"])[:10] for p in self.points if "published_to" in p.payload]
        return date.fromisoformat(max(days)) if days else None


def text_point(ref: ArticleRef, body: str) -> Point:
    payload = article_text_payload(ref, body, author=None, title_derived=False, sections=[])
    return Point(ref.id, payload)


class ScriptedArchive:
    """Answers by a function of the question, and remembers what it was asked. `gate`, when given, is waited for before
    the first piece of an answer."""

    def __init__(
        self,
        script: Script,
        texts: dict[str, str],
        store: ListedStore | None = None,
        *,
        gate: Event | None = None,
    ) -> None:
        self.script, self.texts, self.gate = script, texts, gate
        self.store: Any = store or ListedStore([text_point(article(), BODY)])
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.resets = 0

    def chat(self) -> ScriptedArchive:
        return self

    def reset(self) -> None:
        self.resets += 1

    def stream(self, question: str, **limits: Any) -> Iterator[str | Answer]:
        self.asked.append((question, limits))
        if self.gate is not None:
            self.gate.wait(10)
        made = self.script(question)
        if isinstance(made, Answer):
            for sentence in made.sentences:
                yield sentence.text + " "
            yield made
        else:
            yield from made

    def text_of(self, citation: Citation) -> str:
        if citation.text_id not in self.texts:
            raise StoreError("no such text; index the archive again")
        return self.texts[citation.text_id]


def ordinary_answer(question: str) -> Answer:
    """Two sentences, one from the article and one from a reader, with everything an answer may carry."""
    ref = article(url="https://valmont.example/halle")
    fact = "Le chantier doit commencer en mars 2026 et durer quatorze mois, a-t-elle précisé devant Paul Testard."
    opinion = f"Un lecteur écrit : « {REMARK} »"
    return Answer(
        question=question,
        text=f"{fact} {opinion}",
        language="fr",
        sentences=(Sentence(fact, (0,)), Sentence(opinion, (1,))),
        short="mars 2026",
        as_of="2026-02-03",
        citations=(cited(fact, BODY, ref), cited(REMARK, REMARK, ref, author="Lecteur-7f3a", comment=True)),
        notes=("2 articles sans date ont été laissés de côté.",),
    )


def ordinary_archive(script: Script = ordinary_answer, **options: Any) -> ScriptedArchive:
    """The archive that `ordinary_answer` cites."""
    ref = article()
    return ScriptedArchive(script, {ref.id: BODY, comment_id(ref.id, 0): REMARK}, **options)
