"""The stretches of text that the reader is given."""

from __future__ import annotations

from rag.answer.document import Document
from rag.answer.windows import MOST, WIDEST, Place, windows
from rag.text import Span
from rag.types import UNKNOWN_DATE, ArticleRef

SENTENCE = "Une phrase de quarante caractères environ. "


def document(text: str, headings: tuple[Span, ...] = ()) -> Document:
    return Document("d", text, ArticleRef("a", "Titre", UNKNOWN_DATE, "a.txt"), headings)


def places(doc: Document, count: int, start: int = 0) -> list[Place]:
    width = len(SENTENCE)
    return [Place(doc, start + n * width, start + (n + 1) * width - 1) for n in range(count)]


def test_a_window_grows_around_its_sentence_up_to_its_width() -> None:
    doc = document(SENTENCE * 40)
    known = places(doc, 40)
    (window,) = windows([known[20]], known)
    assert window.holds(known[20])
    assert WIDEST - 2 * len(SENTENCE) < window.end - window.start <= WIDEST


def test_a_sentence_that_a_window_holds_gets_no_other() -> None:
    doc = document(SENTENCE * 6)
    known = places(doc, 6)
    assert len(windows(known, known)) == 1


def test_no_window_reaches_over_a_heading() -> None:
    heading = "Un intertitre\n"
    text = SENTENCE * 2 + "\n" + heading + SENTENCE * 2
    start = 2 * len(SENTENCE) + 1
    doc = document(text, (Span(start, start + len(heading) - 1),))
    below = places(doc, 2, start + len(heading))
    (window,) = windows([below[0]], [*places(doc, 2), *below])
    assert window.start == below[0].start


def test_a_sentence_longer_than_a_window_is_read_alone() -> None:
    doc = document("mot " * 400)
    place = Place(doc, 0, 1_599)
    assert [(w.start, w.end) for w in windows([place], [place])] == [(0, 1_599)]


def test_there_are_never_too_many_windows() -> None:
    docs = [Document(str(n), SENTENCE, ArticleRef("a", "Titre", UNKNOWN_DATE, "a.txt")) for n in range(MOST + 3)]
    known = [Place(doc, 0, len(SENTENCE) - 1) for doc in docs]
    assert len(windows(known, known)) == MOST
