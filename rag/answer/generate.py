"""Answers that a language model words: asked with numbered passages, checked sentence by sentence.

Nothing a model says is shown as fact unless the passages it cites bear it out; what they do not is left out, and when
nothing stays, or the model fails, the answer is the extractive one, with a note. Knows the model's replies and their
checking; retrieval and extracts are others' business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rag.answer import notes, wording
from rag.answer.figures import find_figures
from rag.answer.markers import CitedSentences, Draft
from rag.answer.material import Material
from rag.answer.prompt import NO_ANSWER, Prompt, Shown, build
from rag.answer.support import Checker
from rag.dates import find_dates
from rag.embedding import Embedder
from rag.llm import Reply, ReplyError
from rag.settings import Settings
from rag.text import fold, words
from rag.types import Answer, Citation, Language, Sentence

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_DECLINES: Final = NO_ANSWER.replace("_", r"[_\s-]?")
_SENTINEL: Final = re.compile(rf"{_DECLINES}|^\W*(?i:{_DECLINES})\W*$")
_VERDICTS: Final = {"oui": "yes", "yes": "yes", "non": "no", "no": "no"}
_ANNOUNCES: Final = re.compile(r":\s*$")  # "Here is the answer:"
_LEAD_IN: Final = re.compile(
    r"^(?:according to|as stated in|selon|d['’]apr[eè]s)\s+(?:the |le |les |l['’])?(?:passages?|sources?|extraits?)"
    r"(?:\s+(?:\d+|et|and|,|n°))*\s*,\s*",
    re.IGNORECASE,
)


class Generator:
    """Answers with one language model. Threads may share it."""

    def __init__(self, llm: LLM, settings: Settings, embedder: Embedder, *, pause: float = 0.5) -> None:
        """`pause`: seconds before a failed request is tried again, see `rag.llm.Reply`."""
        self._llm = llm
        self._settings = settings
        self._embedder = embedder
        self._pause = pause

    def answer(self, material: Material, fallback: Callable[[], Answer]) -> Answer:
        """The settled answer; `fallback` gives the extractive one, called once at most."""
        return next(piece for piece in self.stream(material, fallback) if isinstance(piece, Answer))

    def stream(self, material: Material, fallback: Callable[[], Answer]) -> Iterator[str | Answer]:
        """Each sentence once it is whole and checked, at the end the settled answer."""
        extract = _Once(fallback)
        prompt = build(
            material.question,
            material.hits,
            material.documents,
            as_of=material.as_of,
            budget=self._settings.context_tokens,
        )
        if not prompt.shown:
            yield from _pieces(extract())
            return
        settling = _Settling(material, prompt, Checker(material.matcher, self._embedder), extract)
        reply = Reply(self._llm, prompt.messages, timeout=self._settings.llm_timeout, pause=self._pause)
        drafts = CitedSentences(material.question.language)
        try:
            for piece in reply:
                yield from settling.keep(drafts.feed(piece))
        except ReplyError as error:
            yield from _pieces(_noted(extract(), notes.extracts_because(error.why, material.question.language)))
            return
        last = drafts.close()
        if reply.cut is not None and last and not last[-1].whole:
            last = last[:-1]
        yield from settling.keep(last)
        settled = settling.answer(reply.cut)
        if not settling.sentences and not settled.abstained:
            yield from _pieces(settled)
        else:
            yield settled


class _Once:
    """The extractive answer, made when first asked for."""

    def __init__(self, make: Callable[[], Answer]) -> None:
        self._make = make
        self._made: Answer | None = None

    def __call__(self) -> Answer:
        if self._made is None:
            self._made = self._make()
        return self._made


def _pieces(answer: Answer) -> Iterator[str | Answer]:
    for sentence in answer.sentences:
        yield sentence.text + " "
    yield answer


def _noted(answer: Answer, *more: str) -> Answer:
    return replace(answer, notes=(*answer.notes, *more))


class _Settling:
    """The answer as it grows: sentences kept, citations numbered, sentences left out counted."""

    def __init__(self, material: Material, prompt: Prompt, checker: Checker, extract: _Once) -> None:
        self._material = material
        self._shown = prompt.shown
        self._checker = checker
        self._extract = extract
        self._citations: list[Citation] = []
        self._verdict = ""  # "Yes." waits for the sentence that bears it out
        self._left_out = 0
        self._declined = False
        self.sentences: list[Sentence] = []

    def keep(self, drafts: Sequence[Draft]) -> Iterator[str]:
        """The texts of those drafts that are kept, to be shown."""
        for draft in drafts:
            if _SENTINEL.search(draft.text):
                self._declined = True
            elif fold(draft.text).strip(" .!,") in _VERDICTS:
                self._verdict = draft.text
            elif not (_ANNOUNCES.search(draft.text) and not draft.numbers):
                sentence = self._checked(draft)
                if sentence is None:
                    self._left_out += 1
                else:
                    self.sentences.append(sentence)
                    yield sentence.text + " "

    def _checked(self, draft: Draft) -> Sentence | None:
        text = wording.capital(_LEAD_IN.sub("", draft.text))
        cited = [self._shown[number - 1] for number in draft.numbers if 1 <= number <= len(self._shown)]
        articles = [shown for shown in cited if shown.passage.kind == "article"]
        found = self._checker.citations(text, articles) if articles else ()
        if not found and self._material.opinion:
            found = self._checker.citations(text, cited)
            if found:
                text = self._as_opinion(text, cited)
        if not found:
            return None
        if self._verdict and self._agrees(self._verdict):
            text = f"{wording.full_stop(self._verdict.rstrip(' ,'))} {text}"
        self._verdict = ""
        return Sentence(wording.full_stop(text), tuple(self._number(citation) for citation in found))

    def _as_opinion(self, text: str, cited: Sequence[Shown]) -> str:
        readers = {shown.passage.text_id for shown in cited if shown.passage.kind == "comment"}
        return notes.readers_think(text, len(readers), self._material.question.language)

    def _agrees(self, verdict: str) -> bool:
        """Whether the extracts do not say the opposite."""
        word = _VERDICTS[fold(verdict).strip(" .!,")]
        short = _VERDICTS.get(fold(self._extract().short or ""))
        return short is None or short == word

    def _number(self, citation: Citation) -> int:
        if citation not in self._citations:
            self._citations.append(citation)
        return self._citations.index(citation)

    def answer(self, cut: ReplyError | None) -> Answer:
        """The settled answer: generated, or an abstention, or the extractive one."""
        question, language = self._material.question, self._material.question.language
        extract = self._extract()
        if not self.sentences:
            if self._declined:
                return self._abstention(extract)
            note = notes.nothing_supported(language) if cut is None else notes.extracts_because(cut.why, language)
            return _noted(extract, note)
        text = " ".join(sentence.text for sentence in self.sentences)
        said = [notes.left_out(self._left_out, language)] if self._left_out else []
        said += [notes.cut_off(cut.why, language)] if cut is not None else []
        return Answer(
            question=question.text,
            text=text,
            language=language,
            sentences=tuple(self.sentences),
            short=extract.short if extract.short and _says(text, extract.short, language) else None,
            as_of=self._material.as_of.isoformat() if self._material.as_of else None,
            citations=tuple(self._citations),
            notes=(*extract.notes, *said),
        )

    def _abstention(self, extract: Answer) -> Answer:
        """The model found no answer in the passages."""
        if extract.abstained:
            return extract
        question = self._material.question
        named = {fold(word.text) for name in question.names for word in words(name)}
        looked_for = (*question.names, *(keyword for keyword in question.keywords if keyword not in named))
        closest = self._material.hits[0].article if self._material.hits else None
        said = wording.not_found(looked_for, (), question.window_text, closest, question.language)
        return Answer(
            question=question.text,
            text=said,
            language=question.language,
            abstained=True,
            reason=said,
            as_of=extract.as_of,
            notes=extract.notes,
        )


def _says(text: str, short: str, language: Language) -> bool:
    """Whether a text says a short answer: the same words, the same date or the same figure."""
    told = [fold(word.text) for word in words(text)]
    asked = [fold(word.text) for word in words(short)]
    if asked and all(word in told for word in asked):
        return True
    if fold(short) in _VERDICTS:
        return False
    dates = find_dates(short, anchor=None, language=language)
    if dates:
        mentions = find_dates(text, anchor=None, language=language)
        return all(any((d.first, d.last) == (m.first, m.last) for m in mentions) for d in dates)
    figures, others = find_figures(short, language), find_figures(text, language)
    return bool(figures) and all(any(f.values & o.values and f.unit == o.unit for o in others) for f in figures)
