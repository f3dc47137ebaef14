"""What readers think: remarks under articles, given as their authors' opinions and never as fact.

It counts the readers who speak of the matter and quotes some of them, both sides where there are two. It speaks of
these readers alone, never of the public. A remark is data: it is quoted and attributed, whatever it says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rag.answer import wording
from rag.answer.document import Document, load_documents
from rag.answer.remarks import Remark, Tone, addresses_a_program, read_remark
from rag.matching import Matcher
from rag.question import Question
from rag.retrieve import Filters, Retriever
from rag.store.base import Store, Where
from rag.text import fold, words
from rag.types import Answer, Citation, CommentRef, Hit, Language, Sentence

HITS: Final = 30
QUOTED: Final = 4  # remarks quoted in an answer
THREAD: Final = 400  # remarks of an article that are counted; a longer thread is counted by what was found of it
SPEAKING: Final = 0.15  # what each of up to five remarks that speak of the matter adds to a thread's weight
NEARNESS: Final = 0.1  # what the scores of a thread's best remarks, each in [0, 1], add to its weight
IN_WINDOW: Final = 0.3  # what an article of the time asked about adds to its thread's weight
ABOUT: Final = 0.6  # share of the question's words in an article's title and lead: all its remarks are on the matter
GIVING: Final = 0.6  # of the best remark's share of the question's words, for one quoted beside it on a claim
LEAST_COSINE: Final = 0.75  # of question and remark-in-context, for a remark that hardly meets the question's words
LEAST_COVERAGE: Final = 0.34  # share of the question's words met by remark, article title and lead together

# Words that ask for a view and are no part of its matter.
_VIEWS: Final = re.compile(
    r"favorables?|hostiles?|oppos(?:es?|ees?|ition|ed)|pour|contre|for|against|support\w*|partisans?|partage[es]*|divis\w+|"
    r"divided|majorit\w+|mostly|agree\w*|disagree\w*|approu\w+|approve\w*|critiqu\w+|critici[sz]\w*|critical|positi\w+|"
    r"negati\w+|accueilli\w*|accueil|ressent\w*|sentiments?|feel\w*|felt|react\w*|reagi\w*|reactions?|views?|say\w*|"
    r"pensent|disent|jugent|juge|trouvent|estiment|croient|believe|think|thoughts?|(?:me)?contents?|plutot|vraiment|"
    r"comment\w*|readership|general\w*|exprim\w+|express\w*|parlent|evoquent|mention\w*|ecrivent|wrote|write|affirm\w+|"
    r"posters?|forum|remarques?|remarks?|gens|people|many|much|raconte\w*|tell|claim\w*|pretend\w*|demandent"
)
_ASKS_SIDES: Final = re.compile(
    r"\b(?:favorables?|hostiles?|oppose[es]*|pour ou contre|contre|for or against|against|in favou?r|support|approu\w+|"
    r"approve|divided|partages|divises|d'accord|agree|positi\w+|negati\w+|combien|how many|majorite|majority|most)\b"
)
_COUNTS: Final = re.compile(
    r"\b(?:combien de|how many) (?:\w+ ){0,2}(?:lecteurs?|lectrices?|internautes?|commenta\w+|remarques?|readers?|"
    r"comment\w*|people|posters?|remarks?|avis|opinions?)\b"
)
_ASKS_VIEWS: Final = re.compile(
    r"\b(?:parl\w+|exprim\w+|ecri\w+|comment\w+|pens\w+|dit|dis(?:ent|ait|aient|e)|avis|opinions?|favorables?|oppose\w*|"
    r"contre|pour|reagi\w*|react\w*|jug\w+|think|thoughts?|speak|talk|wr[io]te\w*|say|said|feel|felt|views?|against|"
    r"favou?r|support|remarques?|affirm\w*)\b"
)


def asks_for_views(question: Question) -> bool:
    """Whether a question that names readers asks what they think or say; "how many readers did the paper lose" does
    not."""
    return _ASKS_VIEWS.search(fold(question.text)) is not None


@dataclass(frozen=True, slots=True)
class Thread:
    """The remarks under one article that bear on a question."""

    hit: Hit  # the best of them, for its article
    chosen: tuple[Remark, ...]  # those that are quoted
    speaking: tuple[Remark, ...]  # all that bear on the matter
    total: int  # remarks under the article


def answer(
    question: Question,
    filters: Filters,
    *,
    store: Store,
    retriever: Retriever,
    as_of: date | None,
) -> Answer:
    """Readers' remarks on the matter of a question, under the article where most of them stand."""
    matter = _matter(question)
    where = replace(filters.where(), kinds=("comment",))
    topic = " ".join(matter.keywords) or question.text
    hits = retriever.search_where(topic, where, HITS, per_article=HITS)
    matcher = Matcher(matter, retriever.lexicon(), retriever.passages())
    documents = load_documents(store, [h.passage.text_id for h in hits] + [h.article.id for h in hits])
    relevant = [h for h in hits if _relevant(matcher, h, documents)]
    if not matcher.keywords and len({hit.article.id for hit in hits}) > 1:
        return _abstained(question, wording.readers_of_what(question.language), as_of)
    if not relevant:
        return _none(question, as_of)
    grouped: dict[str, list[Hit]] = defaultdict(list)
    for hit in relevant:
        grouped[hit.article.id].append(hit)
    for group in sorted(grouped.values(), key=lambda group: -_weight(matcher, group, documents)):
        thread = _thread(matcher, group, documents, store)
        if thread is not None:
            return _told(question, thread, as_of)
    return _none(question, as_of)


def _matter(question: Question) -> Question:
    """The question without the words that ask for a view."""
    named = {fold(word.text) for name in question.names for word in words(name)}
    kept = tuple(k for k in question.keywords if k in named or not _VIEWS.fullmatch(k))
    return replace(question, keywords=kept)


def _relevant(matcher: Matcher, hit: Hit, documents: dict[str, Document]) -> bool:
    """A remark counts when the names asked about stand in it or in its article, and its matter is the question's."""
    remark = documents.get(hit.passage.text_id)
    article = documents.get(hit.article.id)
    if remark is None:
        return False
    around = _around(hit, article)
    if addresses_a_program(remark.text):
        return False
    if matcher.missing_names(f"{remark.text}\n{around}\n{article.text if article else ''}"):
        return False
    names = bool(matcher.question.names) and not matcher.missing_names(f"{remark.text}\n{hit.article.title}")
    met = matcher.coverage((1.0, matcher.meets(remark.text)), (0.9, matcher.meets(around)))
    return names or met >= LEAST_COVERAGE or (hit.dense >= LEAST_COSINE and met >= LEAST_COVERAGE / 2)


def _weight(matcher: Matcher, group: Sequence[Hit], documents: dict[str, Document]) -> float:
    """How much a thread is about the matter: its article, its best four remarks, how many remarks speak of it."""
    top = sorted((hit.score for hit in group), reverse=True)[:QUOTED]
    speaking = sum(_speaks(matcher, documents[hit.passage.text_id].text) for hit in group)
    weight = 0.5 * _about(matcher, group[0], documents) + NEARNESS * sum(top) + SPEAKING * min(speaking, 5)
    first, last = matcher.question.first, matcher.question.last
    published = group[0].article.published
    if first and last and published.first_day and published.last_day:
        weight += IN_WINDOW * (published.first_day <= last and first <= published.last_day)
    return weight


def _around(hit: Hit, article: Document | None) -> str:
    """What a remark's article is about, and where it stands."""
    return f"{hit.article.title}\n{hit.article.outlet or ''}\n{article.lead if article else ''}"


def _about(matcher: Matcher, hit: Hit, documents: dict[str, Document]) -> float:
    return matcher.coverage((1.0, matcher.meets(_around(hit, documents.get(hit.article.id)))))


def _on_the_matter(matcher: Matcher, hit: Hit, documents: dict[str, Document]) -> bool:
    """Whether an article is about the matter, so that every remark under it is."""
    about = _about(matcher, hit, documents)
    named = bool(matcher.question.names) and not matcher.missing_names(_around(hit, documents.get(hit.article.id)))
    return about >= ABOUT or (named and about >= LEAST_COVERAGE / 2)


def _speaks(matcher: Matcher, remark: str) -> bool:
    """Whether a remark itself names whom the question names, or meets its words."""
    if matcher.question.names:
        return not matcher.missing_names(remark)
    return matcher.coverage((1.0, matcher.meets(remark))) >= LEAST_COVERAGE


def _holds(matcher: Matcher, remark: str) -> bool:
    """Whether a remark meets the question's words, names apart."""
    return matcher.coverage((1.0, matcher.meets(remark)), names=False) >= LEAST_COVERAGE


def _thread(matcher: Matcher, group: Sequence[Hit], documents: dict[str, Document], store: Store) -> Thread | None:
    """The remarks of one article that bear on the matter; None when none of them can be quoted."""
    best = group[0]
    where = Where(kinds=("text",), role="comment", article_ids=(best.article.id,))
    total = store.count(where)
    found = {hit.passage.text_id: documents[hit.passage.text_id] for hit in group}
    thread = dict(found)
    if total <= THREAD:
        thread |= load_documents(store, [point.id for point in store.scroll(where)])
    article = documents.get(best.article.id)
    whole = _on_the_matter(matcher, best, documents)
    order = {hit.passage.text_id: n for n, hit in enumerate(group)}
    languages = {hit.passage.text_id: hit.passage.language for hit in group}
    speaking = []
    for identifier, document in sorted(thread.items(), key=lambda pair: order.get(pair[0], len(order))):
        if identifier in found or whole or _speaks(matcher, document.text):
            remark = read_remark(document, article, thread, languages.get(identifier, best.article.language))
            speaking += [remark] if remark is not None else []
    # A reply is hard to understand alone, unless it speaks of the matter itself.
    speaking.sort(key=lambda r: r.answers is not None and not _holds(matcher, r.document.text))
    told = _giving(matcher, speaking) if _asks_value(matcher.question) else speaking
    return Thread(best, _varied(told), tuple(speaking), total) if speaking else None


def _asks_value(question: Question) -> bool:
    """Whether readers are asked for what one of them claims ("according to readers, how much ..."), not for views."""
    return question.kind in ("date", "duration", "number", "person", "place", "entity") and not _counts(question)


def _counts(question: Question) -> bool:
    return question.kind == "number" and _COUNTS.search(fold(question.text)) is not None


def _giving(matcher: Matcher, remarks: Sequence[Remark]) -> list[Remark]:
    """The remarks that meet the question's words nearly as well as the one that meets them best."""
    met = [matcher.coverage((1.0, matcher.meets(remark.document.text))) for remark in remarks]
    least = GIVING * max(met, default=0.0)
    return [remark for remark, share in zip(remarks, met, strict=True) if share >= least]


def _varied(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """The remarks to quote, best first: one an author at first, and of both tones where both are there."""
    seen: set[str] = set()
    first: list[Remark] = []
    more: list[Remark] = []
    for remark in remarks:
        (more if remark.author and remark.author in seen else first).append(remark)
        seen |= {remark.author} if remark.author else set()
    ordered = first + more
    chosen = ordered[:QUOTED]
    for side in ("for", "against"):
        other = next((r for r in ordered[QUOTED:] if r.tone == side), None)
        if other is not None and len(chosen) == QUOTED and all(r.tone != side for r in chosen):
            chosen[-1] = other
    return tuple(chosen)


def _readers(remarks: Sequence[Remark]) -> int:
    """How many readers wrote some remarks; every unsigned one counts as a reader of its own."""
    return len({remark.author or remark.document.id for remark in remarks})


def _told(question: Question, thread: Thread, as_of: date | None) -> Answer:
    language, article = question.language, thread.hit.article
    citations = tuple(_cite(remark, thread.hit) for remark in thread.chosen)
    every = tuple(range(len(citations)))
    count = wording.ReaderCount(
        readers=_readers(thread.speaking),
        unsigned=sum(remark.author is None for remark in thread.speaking),
        remarks=len(thread.speaking),
        total=thread.total,
        quoted=len(citations),
    )
    told = [Sentence(wording.opinions_intro(count, article, language), every)]
    kinds: tuple[Tone, ...] = ("for", "against", "unclear")
    tones = {kind: _readers([r for r in thread.speaking if r.tone == kind]) for kind in kinds}
    sides = bool(_ASKS_SIDES.search(fold(question.text)))
    if sides and (tones["for"] or tones["against"]):
        told.append(Sentence(wording.tones(tones["for"], tones["against"], tones["unclear"], language), every))
    for place, (remark, citation) in enumerate(zip(thread.chosen, citations, strict=True)):
        answers = remark.answers.author if remark.answers is not None else None
        reply = remark.answers is not None
        said = wording.reader_says(citation, language, reply=reply, answers=answers, cites=remark.cites_article)
        told.append(Sentence(said, (place,)))
    return Answer(
        question=question.text,
        text=" ".join(sentence.text for sentence in told),
        language=language,
        sentences=tuple(told),
        short=_short(question, count, tones, sides),
        as_of=as_of.isoformat() if as_of else None,
        citations=citations,
    )


def _short(question: Question, count: wording.ReaderCount, tones: dict[Tone, int], sides: bool) -> str | None:
    """How many readers, where that is asked; "divided", where sides are asked for and both are there."""
    if _counts(question):
        return wording.readers(count, question.language)
    if sides and question.kind != "number" and tones["for"] and tones["against"]:
        return {"fr": "Partagés", "en": "Divided"}[question.language]
    return None


def _cite(remark: Remark, hit: Hit) -> Citation:
    """The reader's own words as a citation."""
    return Citation(
        quote=remark.quote,
        kind="comment",
        start=remark.own.start,
        end=remark.own.end,
        article=hit.article,
        comment=CommentRef(remark.document.id, remark.author),
        text_id=remark.document.id,
    )


def _none(question: Question, as_of: date | None) -> Answer:
    about = ", ".join(wording.quoted(word, question.language) for word in question.names or question.keywords)
    frames: dict[Language, str] = {
        "fr": f"Aucun commentaire de lecteur ne porte sur cela{f' (recherché : {about})' if about else ''}.",
        "en": f"No reader's comment is about this{f' (looked for: {about})' if about else ''}.",
    }
    return _abstained(question, frames[question.language], as_of)


def _abstained(question: Question, said: str, as_of: date | None) -> Answer:
    return Answer(
        question=question.text,
        text=said,
        language=question.language,
        abstained=True,
        reason=said,
        as_of=as_of.isoformat() if as_of else None,
    )
