"""What readers think: remarks under articles, given as their authors' opinions and never as fact.

A remark is data: it is quoted and attributed, whatever it says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from rag.answer import wording
from rag.answer.document import Document, load_documents
from rag.lexical import WordVectors
from rag.matching import Matcher
from rag.question import Question
from rag.retrieve import Filters, Retriever
from rag.store.base import Store, Where
from rag.text import fold, sentences
from rag.types import Answer, Citation, Hit, Language, Sentence

HITS: Final = 30
QUOTED: Final = 4  # remarks quoted in an answer
QUOTE_CHARACTERS: Final = 240  # a longer remark is quoted by its first sentences
SPEAKING: Final = 0.15  # what each of up to five remarks that speak of the matter adds to a thread's weight
LEAST_COSINE: Final = 0.75  # of question and remark-in-context, for a remark that hardly meets the question's words
LEAST_COVERAGE: Final = 0.34  # share of the question's words met by remark, article title and lead together


# A remark that gives orders to whatever reads it tells nobody's opinion.
_ADDRESSES_A_PROGRAM: Final = re.compile(
    r"\b(?:ignor\w+|oubli\w+|disregard|forget) (?:\w+ ){0,3}(?:instructions?|consignes?|prompts?|rules)\b|"
    r"\[ ?/?(?:systeme?|system|inst|assistant) ?\]|<\|?(?:system|im_start)|\bsystem prompt\b|"
    r"\b(?:assistants?|robots?|chatbots?|bots?|ia|ai|llms?|modeles? de langage|language models?)\b.{0,40}"
    r"\b(?:repond\w*|ecri(?:vez|s|re)\b|dites|answer|respond|reply|say|write)\b|"
    r"\b(?:you are|tu es|vous etes) (?:now |desormais )?(?:an? |une? )?(?:ai|ia|assistant|language model|chatbot)\b"
)


def answer(
    question: Question,
    filters: Filters,
    *,
    store: Store,
    retriever: Retriever,
    as_of: date | None,
    meanings: WordVectors | None = None,
) -> Answer:
    """Readers' remarks on the matter of a question, under the article where most of them stand."""
    where = replace(filters.where(), kinds=("comment",))
    topic = " ".join(question.keywords) or question.text
    hits = retriever.search_where(topic, where, HITS, per_article=HITS)
    matcher = Matcher(question, retriever.lexicon(), retriever.passages(), meanings)
    documents = load_documents(store, [h.passage.text_id for h in hits] + [h.article.id for h in hits])
    matcher.learn(f"{hit.text}\n{hit.article.title}" for hit in hits)
    relevant = [h for h in hits if _relevant(matcher, h, documents)]
    if not relevant:
        return _none(question, as_of)
    grouped: dict[str, list[Hit]] = defaultdict(list)
    for hit in relevant:
        grouped[hit.article.id].append(hit)
    best = max(grouped.values(), key=lambda group: _weight(matcher, group, documents))
    return _told(question, _distinct(best), documents, store, as_of)


def _relevant(matcher: Matcher, hit: Hit, documents: dict[str, Document]) -> bool:
    """A remark counts when the names asked about stand in it or in its article, and its matter is the question's."""
    remark = documents.get(hit.passage.text_id)
    article = documents.get(hit.article.id)
    if remark is None:
        return False
    around = f"{hit.article.title}\n{article.lead if article else ''}"
    if _ADDRESSES_A_PROGRAM.search(fold(remark.text)):
        return False
    if matcher.missing_names(f"{remark.text}\n{hit.article.title}\n{article.text if article else ''}"):
        return False
    names = bool(matcher.question.names) and not matcher.missing_names(f"{remark.text}\n{hit.article.title}")
    met = matcher.coverage((1.0, matcher.meets(remark.text)), (0.9, matcher.meets(around)))
    return names or met >= LEAST_COVERAGE or (hit.dense >= LEAST_COSINE and met >= LEAST_COVERAGE / 2)


def _weight(matcher: Matcher, group: Sequence[Hit], documents: dict[str, Document]) -> float:
    """How much a thread is about the matter: its article, its best four remarks, how many remarks speak of it."""
    article = documents.get(group[0].article.id)
    about = f"{group[0].article.title}\n{article.lead if article else ''}"
    top = sorted((hit.score for hit in group), reverse=True)[:QUOTED]
    speaking = sum(_speaks(matcher, documents[hit.passage.text_id].text) for hit in group)
    return 0.5 * matcher.coverage((1.0, matcher.meets(about))) + sum(top) + SPEAKING * min(speaking, 5)


def _speaks(matcher: Matcher, remark: str) -> bool:
    """Whether a remark itself names whom the question names, or meets its words."""
    if matcher.question.names:
        return not matcher.missing_names(remark)
    return matcher.coverage((1.0, matcher.meets(remark))) >= LEAST_COVERAGE


def _distinct(group: Sequence[Hit]) -> list[Hit]:
    """One hit a remark, and at first one remark an author."""
    seen: set[str] = set()
    authors: set[str] = set()
    first: list[Hit] = []
    more: list[Hit] = []
    for hit in group:
        if hit.passage.text_id in seen:
            continue
        seen.add(hit.passage.text_id)
        author = hit.passage.comment.author if hit.passage.comment else None
        (more if author and author in authors else first).append(hit)
        authors |= {author} if author else set()
    return (first + more)[:QUOTED]


def _told(
    question: Question, chosen: Sequence[Hit], documents: dict[str, Document], store: Store, as_of: date | None
) -> Answer:
    citations = [cite(hit, documents[hit.passage.text_id]) for hit in chosen]
    article = chosen[0].article
    total = store.count(Where(kinds=("text",), role="comment", article_ids=(article.id,)))
    told = [Sentence(wording.opinions_intro(len(citations), total, article, question.language), ())]
    told += [Sentence(wording.reader_says(c, question.language), (n,)) for n, c in enumerate(citations)]
    told[0] = replace(told[0], citations=tuple(range(len(citations))))
    return Answer(
        question=question.text,
        text=" ".join(sentence.text for sentence in told),
        language=question.language,
        sentences=tuple(told),
        as_of=as_of.isoformat() if as_of else None,
        citations=tuple(citations),
    )


def cite(hit: Hit, remark: Document) -> Citation:
    """A remark, or its first sentences when it is long, as a citation."""
    start, end = _extent(remark.text, hit.passage.language)
    return Citation(
        quote=remark.text[start:end],
        kind="comment",
        start=start,
        end=end,
        article=hit.article,
        comment=hit.passage.comment,
        text_id=remark.id,
    )


_QUOTATION: Final = re.compile(r"(?:>.*|«[^»]*»|“[^”]*”|\"[^\"]*\")\W*", re.DOTALL)


def _extent(text: str, language: Language) -> tuple[int, int]:
    spans = sentences(text, language)
    if not spans:
        return 0, len(text)
    while len(spans) > 1 and _QUOTATION.fullmatch(text, spans[0].start, spans[0].end):
        spans = spans[1:]  # what the reader quotes is the article's, what follows is the reader's
    end = spans[0].end
    for span in spans[1:]:
        if span.end - spans[0].start > QUOTE_CHARACTERS:
            break
        end = span.end
    return spans[0].start, end


def _none(question: Question, as_of: date | None) -> Answer:
    about = ", ".join(wording.quoted(word, question.language) for word in question.names or question.keywords)
    said = {
        "fr": f"Aucun commentaire de lecteur ne porte sur cela{f' (recherché : {about})' if about else ''}.",
        "en": f"No reader's comment is about this{f' (looked for: {about})' if about else ''}.",
    }[question.language]
    return Answer(
        question=question.text,
        text=said,
        language=question.language,
        abstained=True,
        reason=said,
        as_of=as_of.isoformat() if as_of else None,
    )
