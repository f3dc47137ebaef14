"""The `Embedder` seam and its two implementations: a fast one for BERT models, sentence-transformers for every other.

Knows how a model turns texts into unit vectors and which prompts it wants. Knows nothing of articles or stores.
sentence-transformers (seconds to import) is imported when a model that needs it is loaded, not with this file.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from rag.errors import EmbedderError
from rag.hub import UnavailableError, first_line, local_copy
from rag.settings import BUNDLED_EMBEDDER

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Matrix = npt.NDArray[np.float32]

BUNDLED_MODEL: Final = "gazette-fr-en-v1"  # folder under rag/models
_BATCH: Final = 32  # texts in one forward pass


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Fingerprint recorded in the store: model name (not its path on this machine) and a digest of its weights."""
        ...

    @property
    def dimension(self) -> int: ...

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, shape (n, dimension), with the model's query prompt."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, shape (n, dimension), with the model's passage prompt."""
        ...


class Prompts(NamedTuple):
    """What a model wants in front of a question and of a passage."""

    query: str = ""
    passage: str = ""


_WEB_SEARCH: Final = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "
# From the models' cards, for those that do not carry their prompts in config_sentence_transformers.json. The first
# pattern that is found in the model's name counts.
_PROMPTS_BY_NAME: Final[tuple[tuple[str, Prompts], ...]] = (
    (r"e5.*instruct|e5-mistral", Prompts(_WEB_SEARCH)),
    (r"\be5\b", Prompts("query: ", "passage: ")),
    (r"qwen3-embedding|gte-qwen", Prompts(_WEB_SEARCH)),
    (r"bge-m3|bge-multilingual", Prompts()),
    (r"bge-.*en\b", Prompts("Represent this sentence for searching relevant passages: ")),
    (r"mxbai-embed|arctic-embed-[a-z]+$", Prompts("Represent this sentence for searching relevant passages: ")),
    (r"arctic-embed.*v2", Prompts("query: ")),
    (r"embeddinggemma", Prompts("task: search result | query: ", "title: none | text: ")),
    (r"nomic-embed-text", Prompts("search_query: ", "search_document: ")),
)


def prompts_by_name(name: str) -> Prompts:
    """The prompts that the card of a model asks for, by the model's name; none for a model that is not known."""
    for pattern, prompts in _PROMPTS_BY_NAME:
        if re.search(pattern, name.lower()):
            return prompts
    return Prompts()


def load_embedder(name: str, *, device: str | None = None, plain: bool = False) -> Embedder:
    """Load "bundled", a model folder, or a model of the Hugging Face hub by name.

    Only a hub name that is not in the local cache ever reaches the network. A BERT model runs on the processor by
    `OnnxEmbedder`, unless another `device` ("cuda", ...) is asked for or `plain` is true; any other model runs by
    sentence-transformers on `device`, which PyTorch chooses when it is None. Both give a model the same fingerprint.
    Raises `EmbedderError`, which says what to do.
    """
    folder, model_name = _folder_of(name)
    if not plain and device in (None, "cpu") and _is_fast(folder):
        return OnnxEmbedder(folder, model_name)
    return SentenceTransformerEmbedder(folder, model_name, device=device)


def _folder_of(name: str) -> tuple[Path, str]:
    """Where a model lies and what it is called."""
    if name == BUNDLED_EMBEDDER:
        folder = Path(str(files("rag") / "models" / BUNDLED_MODEL))
        if not _is_model(folder):
            raise EmbedderError(
                "this installation lacks the bundled model; install Gazette again, or name another one with --embedder"
            )
        return folder, BUNDLED_MODEL
    path = Path(name).expanduser()
    if path.is_dir():
        if not _is_model(path):
            raise EmbedderError(f"{name} holds no sentence-transformers model (no modules.json or config.json)")
        return path.resolve(), _model_name(path.resolve())
    if path.is_absolute() or name.startswith((".", "~")):
        raise EmbedderError(f"there is no model folder {name}; give a folder, a hub name, or 'bundled'")
    return _from_hub(name), name.rsplit("/", 1)[-1]


def _is_fast(folder: Path) -> bool:
    from rag.onnx_model import can_run

    return can_run(folder)


class _FolderEmbedder(ABC):
    """A model in a folder: its fingerprint and prompts, and vectors that are vectors, of length 1."""

    def __init__(self, folder: Path, model_name: str, prompts: Mapping[str, str | None]) -> None:
        self._name = f"{model_name}@{digest(folder)}"
        self._prompts = _prompts(prompts, model_name)
        self._dimension = int(self._embed([""], "").shape[1])

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        return self._embed(texts, self._prompts.query)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        return self._embed(texts, self._prompts.passage)

    @abstractmethod
    def _encode(self, texts: Sequence[str], prompt: str) -> npt.NDArray[Any]:
        """One row a text, of at least one, each behind the prompt."""

    def _embed(self, texts: Sequence[str], prompt: str) -> Matrix:
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        # A lone surrogate is no character, and the tokenizer raises on it.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        vectors = np.asarray(self._encode(clean, prompt), dtype=np.float32)
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise EmbedderError(f"the model {self._name} gave something that is not a vector; choose another model")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


class OnnxEmbedder(_FolderEmbedder):
    """A BERT model computing mostly in 8-bit integers on the processor. Threads may share it and run side by side.

    A text has the same vector whatever texts stand beside it. With the bundled model, the cosine to
    the vector of sentence-transformers is above 0.99 on average and above 0.97 at worst.
    """

    def __init__(self, folder: Path, model_name: str) -> None:
        """Load a model that `rag.onnx_model.can_run`; nothing outside `folder` is read. Raises `EmbedderError`."""
        from rag.onnx_model import OnnxModel

        try:
            self._model, prompts = OnnxModel(folder), _saved_prompts(folder)
        except Exception as error:  # onnxruntime, tokenizers and safetensors raise errors of their own
            raise _unloadable(folder, error) from error
        super().__init__(folder, model_name, prompts)

    def _encode(self, texts: Sequence[str], prompt: str) -> npt.NDArray[Any]:
        return self._model.encode([prompt + text for text in texts])


class SentenceTransformerEmbedder(_FolderEmbedder):
    """A sentence-transformers model in a folder, computing in float32. Threads may share it; they take turns."""

    def __init__(self, folder: Path, model_name: str, *, device: str | None = None) -> None:
        """Load the model; nothing outside `folder` is read. Raises `EmbedderError`."""
        self._model = _load(folder, device)
        # The tokenizer keeps padding and truncation as state: two threads in it at once raise "Already borrowed".
        self._turn = threading.Lock()
        super().__init__(folder, model_name, self._model.prompts or {})

    def _encode(self, texts: Sequence[str], prompt: str) -> npt.NDArray[Any]:
        with self._turn:
            # encode() sorts by length, so that a batch holds texts of like length.
            return self._model.encode(
                list(texts), prompt=prompt, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True
            )


def digest(folder: Path) -> str:
    """12 hex digits that tell one model from another, the same wherever the same files lie.

    Read are the parts' configurations and the vocabulary in full, and of the weights the size, the header and evenly
    spaced blocks: training moves every weight, so a sample tells (2 GB of weights take 10 ms instead of seconds).
    """
    state = hashlib.sha256()
    weights = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("*.bin"))
    words = [folder / "tokenizer.json"] if (folder / "tokenizer.json").exists() else sorted(folder.glob("vocab*"))
    for file in [*sorted(folder.glob("*/config.json")), *sorted(folder.glob("config.json")), *words]:
        state.update(file.relative_to(folder).as_posix().encode())
        state.update(file.read_bytes())
    for file in weights:
        size = file.stat().st_size
        state.update(f"{file.relative_to(folder).as_posix()} {size}".encode())
        with file.open("rb") as stream:
            state.update(stream.read(_HEAD))
            for block in range(_BLOCKS):
                stream.seek(size * block // _BLOCKS)
                state.update(stream.read(_BLOCK))
    return state.hexdigest()[:12]


_HEAD: Final = 65_536  # bytes; a safetensors file begins with the names and shapes of its tensors
_BLOCKS: Final = 256
_BLOCK: Final = 8_192  # bytes


def _is_model(folder: Path) -> bool:
    return (folder / "modules.json").is_file() or (folder / "config.json").is_file()


def _model_name(folder: Path) -> str:
    """The name of a model in a folder; a snapshot in the hub's cache is called by its repository, not by its commit."""
    cached = re.fullmatch(r"models--(?:.+--)?(.+)", folder.parent.parent.name)
    return cached.group(1) if cached and folder.parent.name == "snapshots" else folder.name


def _from_hub(name: str) -> Path:
    """The local copy of a hub model, fetched when it is not there."""
    try:
        folder = local_copy(name if "/" in name else f"sentence-transformers/{name}")
    except UnavailableError as error:
        raise EmbedderError(
            f"cannot get the model {name} from the Hugging Face hub ({error}); check the name and the "
            "network, give the folder of a downloaded model, or use the bundled one"
        ) from error
    if not _is_model(folder):
        raise EmbedderError(f"{name} is not a sentence-transformers model; choose another, or use the bundled one")
    return folder


def _load(folder: Path, device: str | None) -> SentenceTransformer:
    with quiet():
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(
                str(folder), device=device, local_files_only=True, model_kwargs={"dtype": "float32"}
            )
        except Exception as error:  # tokenizers and safetensors raise errors of their own, and bare Exception
            raise _unloadable(folder, error) from error
    return model.float().eval()


def _unloadable(folder: Path, error: Exception) -> EmbedderError:
    return EmbedderError(
        f"cannot load the embedding model in {folder} ({first_line(error)}); check that the folder is whole, "
        "or use the bundled model"
    )


def _saved_prompts(folder: Path) -> dict[str, str | None]:
    file = folder / "config_sentence_transformers.json"
    saved = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return saved.get("prompts") or {}


def _prompts(saved: Mapping[str, str | None], model_name: str) -> Prompts:
    own = {key: value for key, value in saved.items() if value}
    query = next((own[key] for key in ("query", "retrieval.query", "search_query") if key in own), "")
    passages = ("document", "passage", "corpus", "retrieval.passage", "search_document")
    passage = next((own[key] for key in passages if key in own), "")
    return Prompts(query, passage) if query or passage else prompts_by_name(model_name)


@contextmanager
def quiet() -> Iterator[None]:
    """No progress bar and no warning while a model loads; the library's settings are put back afterwards."""
    from transformers.utils import logging

    library: Any = logging  # its functions carry no types
    verbosity, bars = library.get_verbosity(), library.is_progress_bar_enabled()
    library.set_verbosity_error()
    library.disable_progress_bar()
    try:
        yield
    finally:
        library.set_verbosity(verbosity)
        if bars:
            library.enable_progress_bar()
