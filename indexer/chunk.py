"""Cut stored texts into passages with exact offsets.

LlamaIndex's `SentenceSplitter` does the cutting, with the token counts and the French and English sentence boundaries
of `rag.text`; nothing is downloaded and LlamaIndex's global `Settings` is not touched. This file knows articles and
offsets; it knows nothing of embeddings, files or stores.

What holds for every passage: `stored[start:end] == text`, it neither begins nor ends with white space, and every
character that is not white space lies in at least one passage of its text. A passage never joins a body and a comment,
nor two comments. It stays inside one section of the body (the heading counts as the section's first line), except that
a section shorter than a quarter of the limit is joined to its neighbour when both fit into one passage: a heading with
one line under it is too little to be found by.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rag.errors import SettingsError
from rag.store import schema
from rag.text import Span, detect_language, sentences, tokenize, words
from rag.types import Article, ArticleRef, Comment, CommentRef, Language, Passage

if TYPE_CHECKING:
    from llama_index.core.node_parser import SentenceSplitter

# Tokenizing one run of 100,000 letters takes 2 s, and the time grows with the square: longer texts go in windows.
_WINDOW: Final = 4096
# Fewer words than this do not tell a language ("Bravo !"): the remark is taken to be in its article's.
_LANGUAGE_WORDS: Final = 5
# A sentence over the limit is cut after , ; : or … where white space follows, so that "1,5" and "10:30" stay whole.
_PHRASE: Final = r"(?s).+?(?:[,;:…](?=\s)|\Z)"
# The splitter knows words only by the plain space; every other space inside a line is shown to it as one.
_SPACES: Final = dict.fromkeys([9, *range(11, 14), *range(28, 32), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)], " ")
_SPACES.update(dict.fromkeys([0x2028, 0x2029, 0x202F, 0x205F, 0x3000], " "))
_SOLID: Final = re.compile(r"\S")


class _Stretch(NamedTuple):
    """A part of the body that passages do not cross, and the heading it stands under."""

    start: int
    end: int
    heading: str | None


def article_passages(article: Article, ref: ArticleRef, *, chunk_tokens: int, overlap: int = 0) -> list[Passage]:
    """The passages of the body, in order. `chunk_tokens` is the limit of one passage and `overlap` what neighbours of
    one section may share, both in cl100k_base tokens."""
    passages = []
    for stretch in _joined(list(_stretches(article)), article.body, chunk_tokens):
        text = article.body[stretch.start : stretch.end]
        for start, end in split(text, article.language, chunk_tokens=chunk_tokens, overlap=overlap):
            left, right = stretch.start + start, stretch.start + end
            passages.append(
                Passage(
                    id=schema.passage_id(ref.id, left, right),
                    kind="article",
                    text=article.body[left:right],
                    text_id=ref.id,
                    start=left,
                    end=right,
                    article=ref,
                    section=stretch.heading,
                    language=article.language,
                )
            )
    return passages


def comment_passages(
    comment: Comment, ref: ArticleRef, author: CommentRef, language: Language, *, chunk_tokens: int, overlap: int = 0
) -> list[Passage]:
    """The passages of one remark, in order; `language` is the one it is written in."""
    return [
        Passage(
            id=schema.passage_id(author.id, start, end),
            kind="comment",
            text=comment.text[start:end],
            text_id=author.id,
            start=start,
            end=end,
            article=ref,
            comment=author,
            language=language,
        )
        for start, end in split(comment.text, language, chunk_tokens=chunk_tokens, overlap=overlap)
    ]


def comment_language(comment: Comment, article: Language) -> Language:
    """The language of a remark; its article's when it has too few words to tell."""
    return detect_language(comment.text) if len(words(comment.text)) >= _LANGUAGE_WORDS else article


def split(text: str, language: Language, *, chunk_tokens: int, overlap: int = 0) -> list[Span]:
    """Offsets of the passages of one text, in order.

    Cuts lie between paragraphs or sentences; only a sentence over the limit is cut, after a comma, else between words,
    and only a word over the limit is cut inside. Raises `SettingsError` for an overlap that leaves no room.
    """
    check_sizes(chunk_tokens, overlap)
    shown = text.translate(_SPACES)
    spans: list[Span] = []
    covered = 0
    for chunk in _splitter(language, chunk_tokens, overlap).split_text(shown):
        # The splitter gives texts, not places. A chunk begins at the latest where the one before it ended, so the last
        # place that allows is at or after its true one: repeated sentences cannot leave a gap.
        solid = _SOLID.search(shown, covered)
        start = shown.rindex(chunk, 0, (solid.start() if solid else covered) + len(chunk))
        end = start + len(chunk)
        if end > covered:
            spans.append(Span(start, end))
            covered = end
    return spans


def check_sizes(chunk_tokens: int, overlap: int) -> None:
    """Raises `SettingsError` for an overlap that leaves no room for anything new."""
    if overlap >= chunk_tokens:
        raise SettingsError(f"chunk_overlap ({overlap}) must be smaller than chunk_tokens ({chunk_tokens})")


def _stretches(article: Article) -> Iterator[_Stretch]:
    """The body cut at its sections; the heading, which lies before the section's text, goes with it."""
    start = 0
    sections = sorted(article.sections, key=lambda section: section.start)
    for section, following in itertools.zip_longest(sections, sections[1:]):
        end = min(max(section.end, start), len(article.body)) if following else len(article.body)
        yield _Stretch(start, end, section.heading)
        start = end
    if not sections:
        yield _Stretch(0, len(article.body), None)


def _joined(stretches: Sequence[_Stretch], body: str, limit: int) -> list[_Stretch]:
    """Join a section of less than a quarter of the limit to its neighbour where both fit; the longer one's heading
    stands for both."""
    joined: list[tuple[_Stretch, int, int]] = []  # stretch, its tokens, characters of the part its heading is from
    for stretch in stretches:
        tokens, characters = len(_tokens(body[stretch.start : stretch.end])), stretch.end - stretch.start
        if joined:
            before, tokens_before, longest = joined[-1]
            if min(tokens, tokens_before) * 4 < limit and tokens + tokens_before <= limit:
                heading = stretch.heading if characters > longest else before.heading
                whole = _Stretch(before.start, stretch.end, heading)
                joined[-1] = (whole, tokens + tokens_before, max(characters, longest))
                continue
        joined.append((stretch, tokens, characters))
    return [stretch for stretch, _, _ in joined]


@lru_cache(maxsize=8)
def _splitter(language: Language, chunk_tokens: int, overlap: int) -> SentenceSplitter:
    from llama_index.core.node_parser import SentenceSplitter  # a second to import: only who indexes pays it

    return SentenceSplitter(
        chunk_size=chunk_tokens,
        chunk_overlap=overlap,
        tokenizer=_tokens,
        paragraph_separator="\n",
        chunking_tokenizer_fn=_sentence_cutter(language),
        secondary_chunking_regex=_PHRASE,
    )


def _sentence_cutter(language: Language) -> Callable[[str], list[str]]:
    """A function that cuts a text into its sentences, each with the white space before it; joined they give it back."""

    def cut(text: str) -> list[str]:
        ends = [span.end for span in sentences(text, language)][:-1]
        return [text[start:end] for start, end in itertools.pairwise([0, *ends, len(text)])]

    return cut


def _tokens(text: str) -> list[int]:
    if len(text) <= _WINDOW:
        return tokenize(text)
    return [token for start in range(0, len(text), _WINDOW) for token in tokenize(text[start : start + _WINDOW])]
