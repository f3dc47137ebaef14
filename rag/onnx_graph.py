"""Builds a BERT encoder as an ONNX graph straight from its weights, and opens it with onnxruntime.

Knows tensors by the names that BertModel gives them, and how products are quantized; knows nothing of folders,
tokenizers and of what an encoder is used for.

The products with weights are computed in 8-bit integers, everything else in float32:
- Activations get one scale for each token, never one for a batch: a result depends on its own text alone.
- Weights get one scale for each output and 7 bits: a sum of two products then fits 16 bits, which processors without
  VNNI instructions clip at. So every processor gives the same numbers.
- One thread computes a batch, and batches run side by side: threads that share one product mostly wait.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Job = TypeVar("Job")
Result = TypeVar("Result")

_LARGEST_WEIGHT: Final = 63  # 2 * 255 * 63 < 2 ** 15
_LARGEST_ACTIVATION: Final = 127
_ZERO: Final = 128  # unsigned activations are what the fast kernels take
_MOST_THREADS: Final = 16
_OPSET: Final = 21
_CONTRIB: Final = "com.microsoft"


def side_by_side(run: Callable[[Job], Result], jobs: list[Job]) -> list[Result]:
    """`run` of every job in order, on as many threads as there are processors."""
    if len(jobs) == 1:
        return [run(jobs[0])]
    # A pool of its own for each call takes 0.1 ms, and leaves no thread behind that a forked process would miss.
    pool = ThreadPoolExecutor(min(_MOST_THREADS, _processors(), len(jobs)))
    try:
        return list(pool.map(run, jobs))
    finally:
        pool.shutdown(cancel_futures=True)


def _processors() -> int:
    """How many processors this process may use, where the system tells; else how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_session(model: bytes) -> Any:
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


def sentence_graph(tensors: Mapping[str, Matrix], config: Mapping[str, Any]) -> bytes:
    """The serialized model: "ids", int64 (texts, tokens), to unit vectors, float32 (texts, dimension), the mean over
    the tokens."""
    graph = _Graph()
    mean = graph.add("ReduceMean", _encoder(graph, tensors, config), graph.constant(np.array([1])), keepdims=0)
    vectors = graph.add("LpNormalization", mean, axis=-1, p=2)
    return _serialized(graph, vectors, ["texts", config["hidden_size"]])


def token_graph(tensors: Mapping[str, Matrix], config: Mapping[str, Any]) -> bytes:
    """The serialized model: "ids", int64 (texts, tokens), to the tensors' "head" over every token, float32 (texts,
    tokens, outputs)."""
    graph = _Graph()
    hidden = _encoder(graph, tensors, config)
    weights = graph.constant(tensors["head.weight"].astype(np.float32).T)
    bias = graph.constant(tensors["head.bias"].astype(np.float32))
    logits = graph.add("Add", graph.add("MatMul", hidden, weights), bias)
    return _serialized(graph, logits, ["texts", "tokens", len(tensors["head.bias"])])


def _encoder(graph: _Graph, tensors: Mapping[str, Matrix], config: Mapping[str, Any]) -> str:
    hidden = _embeddings(graph, tensors, config)
    for layer in range(config["num_hidden_layers"]):
        hidden = _layer(graph, tensors, config, f"encoder.layer.{layer}.", hidden)
    return hidden


def _serialized(graph: _Graph, output: str, shape: list[str | int]) -> bytes:
    from onnx import TensorProto, helper

    body = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
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
