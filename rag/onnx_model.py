"""Runs BERT sentence models on the processor with onnxruntime, several times faster than PyTorch.

`can_run` says whether a sentence-transformers folder is of the kind known here: BERT with a WordPiece vocabulary, mean
pooling, weights in one safetensors file. `OnnxModel` builds the graph straight from the weights whenever it is loaded,
which takes a few tenths of a second, so that no second copy of the model lies anywhere. Knows nothing of prompts and
fingerprints; imports neither PyTorch nor transformers.

A batch holds texts of one length in tokens, and so needs neither padding nor mask. How the graph computes stands in
`rag.onnx_graph`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rag.onnx_graph import open_session, sentence_graph, side_by_side

Matrix = npt.NDArray[np.float32]

_WEIGHTS: Final = "model.safetensors"
_BATCH_TOKENS: Final = 128  # enough for the kernels to reach full speed; more would leave threads without work


def can_run(folder: Path) -> bool:
    """Whether the model in a folder is of the kind described above. What cannot be read is not."""
    try:
        config, pooling = _json(folder / "config.json"), _json(folder / "1_Pooling" / "config.json")
        modules = [module["type"].rsplit(".", 1)[-1] for module in _json(folder / "modules.json")]
        tokenizer, options = _json(folder / "tokenizer.json"), _json(folder / "tokenizer_config.json")
        return (
            modules in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
            and (config["model_type"], config["hidden_act"]) == ("bert", "gelu")
            and config.get("position_embedding_type", "absolute") == "absolute"
            and not config.get("is_decoder")
            and "quantization_config" not in config
            and _pools_by_mean(pooling)
            and tokenizer["model"]["type"] == "WordPiece"
            and _agree_on_case(tokenizer, options)
            and not _optional_json(folder / "sentence_bert_config.json").get("do_lower_case")
            and _holds_weights(folder / _WEIGHTS)
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


class OnnxModel:
    """A model for which `can_run` is true. Threads may share it and run at the same time."""

    def __init__(self, folder: Path) -> None:
        """Load the model; nothing outside `folder` is read. Raises what onnxruntime, tokenizers and safetensors do."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        config = _json(folder / "config.json")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        # Set once: tokenizers lets threads share a tokenizer as long as nobody sets anything.
        self._tokenizer.enable_truncation(_longest(folder, config))
        self._tokenizer.no_padding()
        self._session = open_session(sentence_graph(load_file(folder / _WEIGHTS), config))

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Mean of the token vectors, scaled to length 1; shape (n, dimension). At least one text."""
        tokens = [np.asarray(found.ids, dtype=np.int64) for found in self._tokenizer.encode_batch_fast(list(texts))]
        batches = list(_batches([len(ids) for ids in tokens]))

        def run(batch: list[int]) -> Matrix:
            (vectors,) = self._session.run(None, {"ids": np.stack([tokens[at] for at in batch])})
            return np.asarray(vectors, dtype=np.float32)

        found = side_by_side(run, batches)
        matrix = np.empty((len(texts), found[0].shape[1]), dtype=np.float32)
        for batch, vectors in zip(batches, found, strict=True):
            matrix[batch] = vectors
        return matrix


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions of texts of one length, longest first, so that what is left for the end is short."""
    order = sorted(range(len(lengths)), key=lambda at: -lengths[at])
    for length, group in groupby(order, key=lambda at: lengths[at]):
        alike = list(group)
        size = max(1, _BATCH_TOKENS // max(1, length))
        for start in range(0, len(alike), size):
            yield alike[start : start + size]


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _optional_json(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = _json(file) if file.exists() else {}
    return found


def _pools_by_mean(pooling: Mapping[str, Any]) -> bool:
    modes = [key.removeprefix("pooling_mode_") for key, value in pooling.items() if "_mode_" in key and value]
    return bool(
        (pooling.get("pooling_mode") == "mean" or modes == ["mean_tokens"]) and pooling.get("include_prompt", 1)
    )


def _agree_on_case(tokenizer: Mapping[str, Any], options: Mapping[str, Any]) -> bool:
    """Some folders say two things; which one counts is for the library that wrote them to know."""
    written = (tokenizer.get("normalizer") or {}).get("lowercase")
    return bool(options.get("do_lower_case", written) == written)


def _holds_weights(file: Path) -> bool:
    """Whether the file names its tensors as BertModel does, in a precision that numpy has."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as tensors:
            return all(
                tensors.get_slice(name).get_dtype() in ("F16", "F32")
                for name in ("embeddings.word_embeddings.weight", "encoder.layer.0.output.dense.weight")
            )
    except SafetensorError:
        return False


def _longest(folder: Path, config: Mapping[str, Any]) -> int:
    """The most tokens of a text that the model reads, the two that frame it among them."""
    said = _optional_json(folder / "sentence_bert_config.json").get("max_seq_length")
    options = _optional_json(folder / "tokenizer_config.json")
    return int(min(filter(None, (said, options.get("model_max_length"), config["max_position_embeddings"]))))
