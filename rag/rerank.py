"""The `Reranker` seam and its two implementations: a sentence-transformers cross-encoder, and the bundled reader. Both
read question and passage together and so judge better, and far slower, than two vectors can.

Knows how a model scores texts for a question. Knows nothing of stores, and of hits only what a reader sees of them.
sentence-transformers (seconds to import) is imported when the first score is asked for, not with this file.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from rag.embedding import quiet
from rag.errors import RerankerError
from rag.hub import UnavailableError, first_line, local_copy
from rag.reader import Excerpt, Reader, load_reader
from rag.types import Passage

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Scores = npt.NDArray[np.float32]

BUNDLED_RERANKER: Final = "bundled"
# Fused hits that a cross-encoder reads again. On two busy cores one of 6 layers and 384 dimensions reads 9 to 17
# passages of 200 tokens a second, so more would keep a reader waiting.
RERANKED: Final = 20
# The bundled reader: 20 ms a passage on two cores. On 300 questions of PIAF dev, R@1 is 0.753 before it, 0.64 by its
# score alone, and 0.80 with this share of it; reading ten passages instead of eight finds no more.
READ: Final = 8
READER_SHARE: Final = 0.286
_READ_SCALE: Final = 8.0  # logits at which its score is squeezed to three quarters
_BATCH: Final = 16  # pairs in one forward pass


class Reranker(Protocol):
    """Says how well each of some texts answers a question."""

    @property
    def name(self) -> str:
        """What a report calls it."""
        ...

    @property
    def depth(self) -> int:
        """How many of the best fused hits it reads."""
        ...

    @property
    def share(self) -> float:
        """What its score counts in the final one, in ]0, 1]; the fused score counts the rest."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """Shape (n,), each in [0, 1], larger is better; comparable between the texts of one question."""
        ...


def load_reranker(name: str, *, device: str | None = None) -> Reranker:
    """The bundled reader by the name "bundled", or a cross-encoder by folder or by its name on the Hugging Face hub,
    whose weights are read with the first question.

    Only a hub name that is not in the local cache ever reaches the network. `device` ("cpu", "cuda", ...) is chosen by
    PyTorch when it is None. Raises `RerankerError`, which says what to do.
    """
    if name == BUNDLED_RERANKER:
        return ReaderReranker(load_reader())
    path = Path(name).expanduser()
    if path.is_dir():
        folder = path.resolve()
    elif path.is_absolute() or name.startswith((".", "~")):
        raise RerankerError(f"there is no model folder {name}; give a folder or a hub name, or leave the reranker out")
    else:
        folder = _from_hub(name)
    if not _is_cross_encoder(folder):
        raise RerankerError(
            f"{name} holds no cross-encoder (a model with one score for a pair of texts); choose another model, or "
            "leave the reranker out"
        )
    return CrossEncoderReranker(folder, name.rstrip("/\\").replace("\\", "/").rsplit("/", 1)[-1], device=device)


class ReaderReranker:
    """The bundled reader: how likely it finds an answer in a text. Threads may share it."""

    name = "gazette-reader"
    depth = READ
    share = READER_SHARE

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """See `Reranker`."""
        read = self._reader.read(_clean(question), [Excerpt("", _clean(text)) for text in texts])
        best = [found.best(0, len(text)) for found, text in zip(read, texts, strict=True)]
        logits = np.array([one.score if one else -np.inf for one in best], dtype=np.float32)
        squeezed: Scores = (np.tanh(logits / _READ_SCALE) + 1) / 2
        return squeezed


class CrossEncoderReranker:
    """A cross-encoder in a folder. Threads may share it; they take turns."""

    depth = RERANKED
    share = 1.0

    def __init__(self, folder: Path, name: str, *, device: str | None = None) -> None:
        self._folder = folder
        self._name = name
        self._device = device
        self._model: CrossEncoder | None = None
        # The tokenizer keeps padding and truncation as state: two threads in it at once raise "Already borrowed".
        self._turn = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """See `Reranker`. The model's logits go through a logistic function, whatever the model's own last step is.
        Raises `RerankerError` when the model cannot be loaded or gives something that is no score."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        # A lone surrogate is no character, and the tokenizer raises on it.
        pairs = [(_clean(question), _clean(text)) for text in texts]
        with self._turn:
            if self._model is None:
                self._model = _load(self._folder, self._device)
            from torch.nn import Sigmoid

            found: Any = self._model.predict(
                pairs, batch_size=_BATCH, show_progress_bar=False, activation_fn=Sigmoid(), convert_to_numpy=True
            )
        scores = np.asarray(found, dtype=np.float32)
        if scores.shape != (len(texts),) or not np.isfinite(scores).all():
            raise RerankerError(f"the reranker {self._name} gave something that is not a score; choose another model")
        return scores


def shown(passage: Passage) -> str:
    """What a reranker reads of a passage: the title and the heading it stands under, then its text.

    Who and where are often named in the title only, as for the embedding.
    """
    above = (passage.article.title, passage.section or "")
    return "\n".join([*(line for line in above if line and not passage.text.startswith(line)), passage.text])


def _from_hub(name: str) -> Path:
    try:
        return local_copy(name if "/" in name else f"cross-encoder/{name}")
    except UnavailableError as error:
        raise RerankerError(
            f"cannot get the reranker {name} from the Hugging Face hub ({error}); check the name and the network, give "
            "the folder of a downloaded model, or leave the reranker out"
        ) from error


def _is_cross_encoder(folder: Path) -> bool:
    """Whether the folder says that its model scores pairs. Any other model would be loaded, too, with a last layer of
    random numbers."""
    architectures = _json(folder / "config.json").get("architectures") or []
    return _json(folder / "config_sentence_transformers.json").get("model_type") == "CrossEncoder" or any(
        str(one).endswith("ForSequenceClassification") for one in architectures
    )


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _load(folder: Path, device: str | None) -> CrossEncoder:
    with quiet():
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(
                str(folder), device=device, local_files_only=True, model_kwargs={"dtype": "float32"}
            )
        except Exception as error:  # tokenizers and safetensors raise errors of their own, and bare Exception
            raise RerankerError(
                f"cannot load the reranker in {folder} ({first_line(error)}); check that the folder is whole, or leave "
                "the reranker out"
            ) from error
    return model


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
