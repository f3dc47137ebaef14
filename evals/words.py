"""What an answer says in its own words, apart from its quotes, the titles it names and the question said again.

It compares folded strings; it knows nothing of right and wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from evals.matching import fold, is_verdict, says, without
from rag.types import Answer


def spoken(answer: Answer) -> str:
    """The answer's own words: its text and its short answer."""
    return f"{answer.text}\n{answer.short or ''}"


@dataclass(frozen=True, slots=True)
class Words:
    """What an answer says by itself: its frame and its short answer, and apart from them the quotes in its text.

    The title of a cited article, which only names the source, and the question said again count for nothing.
    """

    frame: tuple[str, ...]
    quotes: tuple[str, ...]

    @classmethod
    def of(cls, answer: Answer, question: str) -> Words:
        frame, quotes = fold(answer.text), []
        for citation in sorted(answer.citations, key=lambda c: -len(c.quote)):
            quote = fold(citation.quote)
            if quote and quote in frame:
                frame = frame.replace(quote, " | ")
                quotes.append(quote)
        for said_again in (question, *(citation.article.title for citation in answer.citations)):
            frame = without(frame, said_again)
        return cls((frame, without(answer.short or "", question)), tuple(quotes))

    def all(self) -> tuple[str, ...]:
        return (*self.frame, *self.quotes)

    def say(self, wanted: str) -> bool:
        """Whether a string is said. A quote that opens with a yes or no is not the answer's verdict."""
        return any(says(text, wanted) for text in (self.frame if is_verdict(wanted) else self.all()))

    def say_any(self, wanted: tuple[str, ...]) -> bool:
        return any(map(self.say, wanted))
