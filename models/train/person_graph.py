"""The prior of a person as an ONNX graph: `models.person_forward.forward`, node by node, in float32.

The rule of this file: every constant that the NumPy pass needs is an initialiser under its own name; the bytes depend
on the weights alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models.person_forward import (
    BLANK,
    CONTEXT,
    LEAST,
    LOG_OFFSET,
    MOST,
    OUTPUTS,
    SEAL,
    STATE,
    Array32,
    Weights,
    content_sha256,
)

OPSET = 17
IR_VERSION = 9


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def weight(self, name: str, value: Array32) -> str:
        """Return a learned constant under its own name."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value, dtype=np.float32), name)
        return name

    def constant(self, value: object, kind: type = np.float32) -> str:
        """Return the name of another constant; equal ones are stored once."""
        array: NDArray[Any] = np.ascontiguousarray(np.asarray(value, dtype=kind))
        key = f"{array.dtype}{array.shape}{array.tobytes()!r}"
        known = [k for k, t in self.constants.items() if t.doc_string == key]
        if known:
            return known[0]
        tensor = numpy_helper.from_array(array, f"c{len(self.constants)}")
        tensor.doc_string = key
        self.constants[tensor.name] = tensor
        return tensor.name

    def add(self, operator: str, *inputs: str | float | Array32, **attributes: Any) -> str:
        """Return the result of one node; numbers and arrays among the inputs become constants."""
        names = [i if isinstance(i, str) else self.constant(i) for i in inputs]
        result = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, names, [result], name=result, **attributes))
        return result

    def pieces(self, source: str, widths: Sequence[int], axis: int) -> list[str]:
        """Return a matrix cut along an axis."""
        results = [f"n{len(self.nodes)}_{k}" for k in range(len(widths))]
        lengths = self.constant(widths, np.int64)
        self.nodes.append(helper.make_node("Split", [source, lengths], results, name=results[0], axis=axis))
        return results

    def call(self, result: str, name: str) -> None:
        """Give a result another name, wherever it is used."""
        for node in self.nodes:
            for places in (node.input, node.output):
                places[:] = [name if place == result else place for place in places]

    def stored(self) -> list[onnx.TensorProto]:
        """Return the constants as they go into the file."""
        for tensor in self.constants.values():
            tensor.ClearField("doc_string")
        return list(self.constants.values())


def build(w: Weights, notes: Mapping[str, str]) -> bytes:
    """Return the bytes of the model file: input context (1, 14), NaN where unknown; outputs prior_belief
    (11, 11), covariance with the mean as last row and column, in units of the population's spread about its mean, and
    prior_embedding (1, 4).
    """
    g = Graph()
    for field in dataclasses.fields(Weights):
        g.weight(field.name, getattr(w, field.name))
    _forward(g, w.widths)
    size = len(STATE) + 1
    shapes = ([size, size], [1, int(w.embed.shape[1])])
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in zip(OUTPUTS, shapes, strict=True)
    ]
    context = helper.make_tensor_value_info("context", TensorProto.FLOAT, [1, len(CONTEXT)])
    graph = helper.make_graph(g.nodes, "person", [context], outputs, initializer=g.stored())
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    model.producer_name = "kadenz"
    helper.set_model_props(model, dict(sorted((dict(notes) | {SEAL.decode(): BLANK.decode()}).items())))
    onnx.checker.check_model(model, full_check=True)
    return sealed(bytes(model.SerializeToString(deterministic=True)))


def sealed(model: bytes) -> bytes:
    """Return a file with the hash of its content in the place that was kept for it."""
    _, has = content_sha256(model)
    return model.replace(BLANK, has.encode("ascii"))


def _forward(g: Graph, widths: tuple[int, ...]) -> None:
    nan = g.add("IsNaN", "context")
    shown = g.add("Min", g.add("Max", g.add("Where", nan, "fill", "context"), LEAST), MOST)
    positive = g.add("Add", shown, LOG_OFFSET)
    absent = g.add("Cast", nan, to=TensorProto.FLOAT)
    row = g.add("Concat", shown, g.add("Log", positive), absent, g.add("Reciprocal", positive), axis=1)
    first, second, groups, *rest = g.pieces(g.add("Gemm", row, "table", "table_offset"), widths, 1)
    unknown = g.add("Min", groups, 1.0)
    features = g.add("Mul", g.add("Mul", first, second), g.add("Gemm", unknown, "group_feature", 1.0))
    flat = g.add("Gemm", unknown, "unknown", g.add("Gemm", features, "effect", "known"))
    size = len(STATE)
    belief = g.add("Reshape", flat, g.constant([size + 1] * 2, np.int64))
    measures = [g.add("Gather", "measures", g.constant([k], np.int64), axis=0) for k in (0, 1)]  # folded on loading
    for what, value, variance in zip((*measures, rest[3]), rest[:3], rest[4:], strict=True):
        pull = g.add("Gemm", what, belief, value, beta=-1.0)
        share = g.add("Div", pull, g.add("Gemm", pull, what, variance, transB=1))
        belief = g.add("Gemm", share, pull, belief, alpha=-1.0, transA=1)
    mean = g.add("Gather", belief, g.constant([size], np.int64), axis=0)
    for name, result in zip(OUTPUTS, (belief, g.add("MatMul", mean, "embed")), strict=True):
        g.call(result, name)
