"""The reader: which words of a passage answer a question, and how sure that is.

A small trained model (training/reader.py) that reads question, title and passage as one text. It shares the token
embeddings and the vocabulary of the bundled embedding model, whichever model searches the archive. Knows nothing of
articles, stores and answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from rag.errors import EmbedderError
from rag.onnx_graph import open_session, side_by_side, token_graph

WEIGHTS: Final = "reader.safetensors"
LONGEST: Final = 256  # tokens of question, title and passage together
QUESTION: Final = 48  # tokens of a question that are read
TITLE: Final = 24
LONGEST_SPAN: Final = 24  # tokens of an answer

Logits = npt.NDArray[np.float32]


class Excerpt(NamedTuple):
    """A text to read for a question."""

    title: str
    text: str


class Found(NamedTuple):
    """The likeliest answer in a stretch of an excerpt."""

    start: int  # offsets into the excerpt's text
    end: int
    score: float  # logits of its start and end less those of "no answer"; above 0: rather an answer than none


@dataclass(frozen=True, slots=True)
class ReadExcerpt:
    """What the model says of every token of one excerpt."""

    offsets: tuple[tuple[int, int], ...]  # characters of each token in the excerpt's text
    starts: Logits  # shape (tokens,), less the logit of "no answer"
    ends: Logits

    def best(self, start: int, end: int) -> Found | None:
        """The likeliest answer within text[start:end]; None where no token lies within."""
        inside = [at for at, (a, b) in enumerate(self.offsets) if a >= start and b <= end]
        if not inside:
            return None
        first, last = inside[0], inside[-1] + 1
        scores = self.starts[first:last, None] + self.ends[None, first:last]
        size = last - first
        ahead = np.arange(size)[None, :] - np.arange(size)[:, None]
        scores = np.where((ahead >= 0) & (ahead < LONGEST_SPAN), scores, -np.inf)
        at = int(scores.argmax())
        row, column = divmod(at, size)
        return Found(self.offsets[first + row][0], self.offsets[first + column][1], float(scores[row, column]))


class Reader(Protocol):
    """Reads excerpts for a question."""

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[ReadExcerpt]:
        """One reading an excerpt, in order. What lies beyond the model's length is left out."""
        ...


def load_reader() -> BundledReader:
    """The bundled reader. Raises `EmbedderError` when this installation lacks it."""
    from rag.embedding import BUNDLED_MODEL

    folder = Path(str(files("rag") / "models"))
    return BundledReader(folder / BUNDLED_MODEL, folder / READER_MODEL)


READER_MODEL: Final = "gazette-reader-v1"  # folder under rag/models


class BundledReader:
    """The reader, computing on the processor. Threads may share it and run side by side."""

    def __init__(self, embedding: Path, folder: Path) -> None:
        """`embedding`: the folder of the embedding model whose token embeddings are shared. Raises `EmbedderError`."""
        import json

        from safetensors import safe_open
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            config = json.loads((embedding / "config.json").read_text(encoding="utf-8"))
            tensors = load_file(folder / WEIGHTS)
            with safe_open(embedding / "model.safetensors", framework="numpy") as shared:
                tensors[_TABLE] = shared.get_tensor(_TABLE)
            self._tokenizer = Tokenizer.from_file(str(embedding / "tokenizer.json"))
        except Exception as error:  # tokenizers and safetensors raise errors of their own
            raise EmbedderError(f"cannot load the reader in {folder} ({error}); install Gazette again") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._cls = self._tokenizer.token_to_id("[CLS]")
        self._sep = self._tokenizer.token_to_id("[SEP]")
        self._session = open_session(token_graph(tensors, config))

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[ReadExcerpt]:
        if not excerpts:
            return []
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION]

        def run(excerpt: Excerpt) -> ReadExcerpt:
            title = self._tokenizer.encode(excerpt.title, add_special_tokens=False).ids[:TITLE]
            head = [self._cls, *asked, self._sep, *([*title, self._sep] if title else [])]
            passage = self._tokenizer.encode(excerpt.text, add_special_tokens=False)
            room = LONGEST - len(head) - 1
            ids = np.array([[*head, *passage.ids[:room], self._sep]], dtype=np.int64)
            (logits,) = self._session.run(None, {"ids": ids})
            inside = logits[0, len(head) : -1] - logits[0, 0]
            return ReadExcerpt(tuple(passage.offsets[:room]), inside[:, 0], inside[:, 1])

        return side_by_side(run, list(excerpts))


_TABLE: Final = "embeddings.word_embeddings.weight"
