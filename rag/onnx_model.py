"""Runs BERT sentence models on the processor with onnxruntime, several times faster than PyTorch.

`can_run` says whether a sentence-transformers folder is of the kind known here: BERT with a WordPiece vocabulary, mean
pooling, weights in one safetensors file. `OnnxModel` builds the graph straight from the weights whenever it is loaded,
which takes a few tenths of a second, so that no second copy of the model lies anywhere. Knows nothing of prompts and
fingerprints; imports neither PyTorch nor transformers.

The products with weights are computed in 8-bit integers, everything else in float32:
- Activations get one scale for each token, never one for a batch: a vector depends on its own text alone.
- Weights get one scale for each output and 7 bits: a sum of two products then fits 16 bits, which processors without
  VNNI instructions clip at. So every processor gives the same vectors.
- A batch holds texts of one length in tokens, and so needs neither padding nor mask.
- One thread computes a batch, and batches run side by side: threads that share one product mostly wait.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

_WEIGHTS: Final = "model.safetensors"
_LARGEST_WEIGHT: Final = 63  # 2 * 255 * 63 < 2 ** 15
_LARGEST_ACTIVATION: Final = 127
_ZERO: Final = 128  # unsigned activations are what the fast kernels take
_BATCH_TOKENS: Final = 128  # enough for the kernels to reach full speed; more would leave threads without work
_MOST_THREADS: Final = 16
_OPSET: Final = 21
_CONTRIB: Final = "com.microsoft"


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
        self._session = _session(_graph(load_file(folder / _WEIGHTS), config))
        self._threads = min(_MOST_THREADS, _processors())

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Mean of the token vectors, scaled to length 1; shape (n, dimension). At least one text."""
        tokens = [np.asarray(found.ids, dtype=np.int64) for found in self._tokenizer.encode_batch_fast(list(texts))]
        batches = list(_batches([len(ids) for ids in tokens]))

        def run(batch: list[int]) -> Matrix:
            (vectors,) = self._session.run(None, {"ids": np.stack([tokens[at] for at in batch])})
            return np.asarray(vectors, dtype=np.float32)

        found = [run(batches[0])] if len(batches) == 1 else _side_by_side(run, batches, self._threads)
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


def _side_by_side(run: Callable[[list[int]], Matrix], batches: list[list[int]], threads: int) -> list[Matrix]:
    # A pool of its own for each call takes 0.1 ms, and leaves no thread behind that a forked process would miss.
    pool = ThreadPoolExecutor(min(threads, len(batches)))
    try:
        return list(pool.map(run, batches))
    finally:
        pool.shutdown(cancel_futures=True)


def _processors() -> int:
    """How many processors this process may use, where the system tells; else how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _session(model: bytes) -> Any:
    # Since 1.29 the library makes an identifier in the home folder and reports to its makers, unless told before it
    # starts. Nothing is sent from here that the user did not ask for; who wants it sets the variable to 0.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    # The fusions beyond this level are made in the graph already, or slower: SkipLayerNormalization is, by five times.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _graph(tensors: Mapping[str, Matrix], config: Mapping[str, Any]) -> bytes:
    """The serialized model: "ids", int64 (texts, tokens), to "vectors", float32 (texts, dimension)."""
    from onnx import TensorProto, helper

    graph = _Graph()
    hidden = _embeddings(graph, tensors, config)
    for layer in range(config["num_hidden_layers"]):
        hidden = _layer(graph, tensors, config, f"encoder.layer.{layer}.", hidden)
    mean = graph.add("ReduceMean", hidden, graph.constant(np.array([1])), keepdims=0)
    vectors = graph.add("LpNormalization", mean, axis=-1, p=2)
    body = helper.make_graph(
        graph.nodes,
        "sentence-model",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info(vectors, TensorProto.FLOAT, ["texts", config["hidden_size"]])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)]
    return bytes(helper.make_model(body, opset_imports=opsets, ir_version=10).SerializeToString())


class _Graph:
    """Nodes and constants of an ONNX graph in the making; a value goes by its name."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: npt.NDArray[Any]) -> str:
        from onnx import numpy_helper

        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def scalar(self, value: float) -> str:
        return self.constant(np.array(value, dtype=np.float32))

    def add(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any) -> str:
        """The name of the new node's output; of several, the names are that with ".1", ".2" ... appended."""
        from onnx import helper

        name = f"value{len(self.nodes)}"
        names = [name, *(f"{name}.{number}" for number in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return name


def _embeddings(graph: _Graph, tensors: Mapping[str, Matrix], config: Mapping[str, Any]) -> str:
    from onnx import TensorProto

    table = {part: tensors[f"embeddings.{part}_embeddings.weight"] for part in ("word", "position", "token_type")}
    # The words stay in the precision of the file, half of which would be lost on this copy otherwise.
    words = graph.add("Gather", graph.constant(table["word"]), "ids")
    # One text is all of the first type, so its row is part of every position.
    positions = graph.constant(table["position"].astype(np.float32) + table["token_type"][0].astype(np.float32))
    length = graph.add("Shape", "ids", start=1)
    here = graph.add("Slice", positions, graph.constant(np.array([0])), length)
    total = graph.add("Add", graph.add("Cast", words, to=TensorProto.FLOAT), here)
    return _normalized(graph, tensors, config, "embeddings.LayerNorm", total)


def _layer(graph: _Graph, tensors: Mapping[str, Matrix], config: Mapping[str, Any], prefix: str, hidden: str) -> str:
    parts = [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")]
    weights, biases = (np.concatenate([tensors[f"{part}.{kind}"] for part in parts]) for kind in ("weight", "bias"))
    mixed = _product(graph, weights, hidden)
    query = graph.add("Split", mixed, outputs=3, axis=-1, num_outputs=3)
    bias = graph.constant(biases.astype(np.float32))
    heads = config["num_attention_heads"]
    attended = graph.add(
        "MultiHeadAttention", query, f"{query}.1", f"{query}.2", bias, domain=_CONTRIB, num_heads=heads
    )
    seen = graph.add("Add", _linear(graph, tensors, f"{prefix}attention.output.dense", attended), hidden)
    hidden = _normalized(graph, tensors, config, f"{prefix}attention.output.LayerNorm", seen)
    inner = graph.add("Gelu", _linear(graph, tensors, f"{prefix}intermediate.dense", hidden))
    outer = graph.add("Add", _linear(graph, tensors, f"{prefix}output.dense", inner), hidden)
    return _normalized(graph, tensors, config, f"{prefix}output.LayerNorm", outer)


def _normalized(graph: _Graph, tensors: Mapping[str, Matrix], config: Mapping[str, Any], name: str, value: str) -> str:
    scale, bias = (graph.constant(tensors[f"{name}.{kind}"].astype(np.float32)) for kind in ("weight", "bias"))
    return graph.add("LayerNormalization", value, scale, bias, axis=-1, epsilon=config["layer_norm_eps"])


def _linear(graph: _Graph, tensors: Mapping[str, Matrix], name: str, value: str) -> str:
    bias = graph.constant(tensors[f"{name}.bias"].astype(np.float32))
    return graph.add("Add", _product(graph, tensors[f"{name}.weight"], value), bias)


def _product(graph: _Graph, weights: Matrix, value: str) -> str:
    """Value times the transposed weights, both in 8 bits: activations scaled by token, weights by output."""
    exact = weights.astype(np.float32)
    scales = np.maximum(np.abs(exact).max(axis=1) / _LARGEST_WEIGHT, np.float32(1e-12))
    whole = np.rint(exact / scales[:, None]).astype(np.int8).T
    largest = graph.add("ReduceMax", graph.add("Abs", value), graph.constant(np.array([-1])), keepdims=1)
    scale = graph.add("Mul", largest, graph.scalar(1 / _LARGEST_ACTIVATION))
    scale = graph.add("Max", scale, graph.scalar(1e-12))  # a row of zeros
    one, zero = graph.scalar(1), graph.constant(np.array(_ZERO, dtype=np.uint8))
    rounded = graph.add("QuantizeLinear", graph.add("Div", value, scale), one, zero)
    inputs = (rounded, graph.constant(whole), one, graph.constant(scales), zero)
    return graph.add("Mul", graph.add("MatMulIntegerToFloat", *inputs, domain=_CONTRIB), scale)


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
