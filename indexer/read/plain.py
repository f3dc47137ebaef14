"""Lines of text to one `Article`: the thread is cut off, then the head, then the boilerplate; the rest is the body.

This is the reading of plain text as scraped off a site; Markdown and HTML come here with their headings already known
and whatever metadata their format carries. It knows nothing of files and encodings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from indexer.published import publication_date
from indexer.read.body import assemble, boilerplate, derived_title
from indexer.read.comments import Thread, find_thread
from indexer.read.found import Head
from indexer.read.head import read_head
from indexer.read.lines import Line, split_lines
from indexer.read.signed import boxed_author, outlet_of_furniture
from rag.errors import ReadError
from rag.text import detect_language, fold
from rag.types import Article, Comment, Language, LeftOut

_LEAST_WORDS: Final = 3  # words with letters that a text must hold to be an article


@dataclass(frozen=True, slots=True)
class Known:
    """What a format says by itself, before any line is judged."""

    title: str | None = None
    date: str | None = None  # machine-readable, as found
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: Language | None = None
    comments: tuple[Comment, ...] = ()
    left: tuple[LeftOut, ...] = ()
    head: str = ""  # words around the title that may tell the date
    threads: bool = True  # whether comments may stand among the lines
    record: str = ""
    clean: bool = field(default=False)  # the text is known to be body only


def read_plain(text: str, source: str) -> Article:
    """One article from normalised plain text. Raises `ReadError` when there is nothing to read in it."""
    if not text.strip():
        raise ReadError(f"{source}: the file is empty; give a file that holds the text of an article")
    return build_article(split_lines(text), source, Known())


def build_article(lines: Sequence[Line], source: str, known: Known) -> Article:
    """One article from its lines and what its format says of it. Raises `ReadError` when no prose is left."""
    language = known.language or detect_language("\n".join(line.text for line in lines))
    thread = find_thread(lines, language) if known.threads else None
    upper = list(lines[: thread.start] if thread else lines)
    head = (
        Head(title=known.title, author=known.author, outlet=known.outlet)
        if known.clean
        else read_head(upper, title=known.title, author=known.author, outlet=known.outlet)
    )
    taken = set(head.used)
    noise = [] if known.clean else boilerplate(upper, taken)
    dropped = taken | {place for place, _ in noise}
    kept = [head.rest.get(place, line) for place, line in enumerate(upper) if place not in dropped]
    title = known.title or head.title
    if title and kept and len(kept) > 1 and fold(kept[0].text) == fold(title):
        head.left.append((upper.index(kept[0]) if kept[0] in upper else 0, kept[0].text, "repeated title"))
        kept = kept[1:]
    if title and not kept and known.title is None:
        kept, title = [line for line in upper if line.text == title], None
    body = assemble(kept)
    if sum(any(c.isalpha() for c in word) for word in body.text.split()) < _LEAST_WORDS:
        raise ReadError(f"{source}: no prose found; give a file that holds the text of an article")
    left = [*head.left, *((place, upper[place].text, reason) for place, reason in noise)]
    signed = _signed_left(head, known, left)
    return Article(
        source=source,
        title=title or derived_title(body.first_paragraph, language),
        title_derived=not title,
        published=publication_date(
            metadata=known.date,
            head="\n".join(filter(None, [known.head, *head.dated])),
            body=body.text,
            language=language,
        ),
        body=body.text,
        language=known.language or detect_language(body.text),
        sections=body.sections,
        comments=(*known.comments, *(thread.comments if thread and not known.comments else ())),
        left_out=(*known.left, *_left_out(left, thread)),
        outlet=signed[1],
        author=signed[0],
        url=known.url or head.url,
        record=known.record,
    )


def _signed_left(head: Head, known: Known, left: Sequence[tuple[int, str, str]]) -> tuple[str | None, str | None]:
    """Author and outlet: what the head says, else what the furniture around the text gives away."""
    author, outlet = head.author, head.outlet
    for text in (text for _, text, reason in left if reason == "author box"):
        named, paper = boxed_author(text)
        author, outlet = author or named, outlet or paper
    return author, outlet or outlet_of_furniture(
        [*((text, reason) for _, text, reason in left), *((note.text, note.reason) for note in known.left)]
    )


def _left_out(left: Sequence[tuple[int, str, str]], thread: Thread | None) -> tuple[LeftOut, ...]:
    """Stretches in printed order; neighbouring lines with one reason make one stretch."""
    placed = sorted([*left, *(thread.left if thread else ())], key=lambda spot: spot[0])
    stretches: list[tuple[int, LeftOut]] = []
    for place, text, reason in placed:
        if stretches and stretches[-1][0] == place - 1 and stretches[-1][1].reason == reason:
            stretches[-1] = (place, LeftOut(f"{stretches[-1][1].text}\n{text}", reason))
        else:
            stretches.append((place, LeftOut(text, reason)))
    return tuple(stretch for _, stretch in stretches)
