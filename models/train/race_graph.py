"""The race model as an ONNX graph: the same formula as `race_fit.answer` and `race_interval.bounds`, node by node.

The rule of this file: nothing is left to the caller but to hand in what is known; all in doubles, so that a batch
and a single prediction agree to the last rounded digit; the bytes depend on the parameters alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models.train.race_fit import (
    AGE_RANGE,
    BELOW,
    CLIP_LEAST,
    CLIP_M,
    FEATURE_OF,
    FEATURES,
    KNOTS,
    REFERENCE_M,
    REWEIGHTINGS,
    WEEKLY_KM_RANGE,
    Array,
    Parameters,
)
from models.train.race_interval import LEVEL_LIMIT, Interval

OPSET = 17
IR_VERSION = 9  # of opset 17 with metadata; older runtimes read it
PER_S = 10.0  # times are rounded to 0.1 s, so that they replay bit for bit
_END = np.iinfo(np.int64).max


class _Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, value: object, kind: type = np.float64) -> str:
        """Return the name of a constant; equal constants are stored once."""
        array: NDArray[Any] = np.ascontiguousarray(np.asarray(value, dtype=kind))
        key = f"{array.dtype}{array.shape}{array.tobytes()!r}"
        if key not in self.constants:
            self.constants[key] = numpy_helper.from_array(array, f"c{len(self.constants)}")
        return self.constants[key].name

    def _node(self, operator: str, inputs: Sequence[str | float | Array], outputs: int, **attributes: Any) -> list[str]:
        names = [i if isinstance(i, str) else self.constant(i) for i in inputs]
        results = [f"n{len(self.nodes)}_{k}" for k in range(outputs)]
        self.nodes.append(helper.make_node(operator, names, results, name=f"n{len(self.nodes)}", **attributes))
        return results

    def add(self, operator: str, *inputs: str | float | Array, **attributes: Any) -> str:
        """Return the result of one node; numbers and arrays among the inputs become constants."""
        return self._node(operator, inputs, 1, **attributes)[0]

    def rows(self, source: str, start: int, end: int, axis: int = 0) -> str:
        """Return a slice along one axis."""
        places = [self.constant([v], np.int64) for v in (start, end, axis)]
        return self.add("Slice", source, *places)

    def parts(self, source: str, *widths: int, axis: int = 1) -> list[str]:
        """Return the columns (or rows) of a matrix in groups of the given widths."""
        return self._node("Split", (source, self.constant(widths, np.int64)), len(widths), axis=axis)


@dataclass(frozen=True, slots=True)
class _Distances:
    """Per distance, bests (k) and target (1): hinge basis (k+1, 5) and that of the target (1, 5), powers 1, s, s2 of
    the place on the person's line (k, 3) and (1, 3), of the bests 1 / noise variance (1, k) and 1 / the surprise at
    which weight begins to be lost (1, k), noise variance of the target (1, 1)."""

    basis: str
    basis_target: str
    powers: str
    powers_target: str
    plain: str
    strict: str
    noise_target: str


# The hinge basis of log distance s: 1, s held at the end knots, beyond 10 km, beyond the half, below 5 km.
_HINGE_SLOPE = np.array([[0.0, 1.0, 1.0, 1.0, -1.0]])
_HINGE_OFFSET = np.array([1.0, 0.0, -KNOTS[1], -KNOTS[2], KNOTS[0]]) - np.log(REFERENCE_M) * _HINGE_SLOPE[0]
_HINGE_LEAST = np.array([1.0, KNOTS[0], 0.0, 0.0, 0.0])
_HINGE_MOST = np.array([1.0, KNOTS[3], KNOTS[3] - KNOTS[1], KNOTS[3] - KNOTS[2], 1e9])
_BELOW = np.eye(5)[4]
_ONE_AND_S = np.eye(5, 3) * np.array([1.0, 1.0, 0.0])
_S_TO_SQUARE = np.zeros((5, 3))
_S_TO_SQUARE[1, 2] = 1.0
_PERSON_LEAST = np.array([AGE_RANGE[0], 0.0, WEEKLY_KM_RANGE[0]])
_PERSON_MOST = np.array([AGE_RANGE[1], 1.0, WEEKLY_KM_RANGE[1]])
# From age, female, weekly km and the logs of (age + 1, female + 1, weekly km + 16): features = first x second
_FIRST = np.zeros((6, FEATURES))
_FIRST[[1, 0, 0, 5, 5], range(FEATURES)] = [1.0, 0.1, 0.1, 1.0, 1.0]
_FIRST_OFFSET = np.array([0.0, -3.5, -3.5, -np.log(64.0), -np.log(64.0)])
_SECOND = np.zeros((6, FEATURES))
_SECOND[[0, 5], [2, 4]] = [0.1, 1.0]
_SECOND_OFFSET = np.array([1.0, 1.0, -3.5, 1.0, -np.log(64.0)])
_FEATURE_GONE = np.zeros((3, FEATURES))
_FEATURE_GONE[FEATURE_OF, range(FEATURES)] = -1.0
# From the precisions (a, b, c) of level and slope and the pulls (u, v) on them, in one row of 13: six left factors,
# six right factors, whose products sum in pairs to (c u - b v, a v - b u, a c - b b); last the sum of the weights.
_FROM_PRECISION = np.zeros((3, 13))
_FROM_PRECISION[[2, 1, 1, 0, 0, 1], range(6)] = [1.0, -1.0, -1.0, 1.0, 1.0, 1.0]
_FROM_PRECISION[[2, 1], [10, 11]] = [1.0, -1.0]
_FROM_PULLS = np.zeros((3, 13))
_FROM_PULLS[[0, 1, 0, 1], range(6, 10)] = 1.0
_SUM_OF_WEIGHTS = np.zeros((3, 13))
_SUM_OF_WEIGHTS[0, 12] = 1.0
_LINE = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
_PAIRS: Array = np.kron(np.eye(3), np.ones((2, 1))).astype(np.float64)
# a s2 - 2 b s + c from the left factors (c, -b, -b, a, a, b) and the powers (1, s, s2)
_DOUBT = np.array([[1.0, 0, 0, 0, 0, 0], [0, 1, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0]])


def hinge_weights(at_knots: Array) -> Array:
    """Return the weights (5, ...) of the hinge basis for a curve given by its values (4, ...) at the knots and held
    below the first.
    """
    hinges = np.stack([np.ones(4), KNOTS, np.maximum(KNOTS - KNOTS[1], 0), np.maximum(KNOTS - KNOTS[2], 0)], axis=1)
    weights = np.linalg.solve(hinges, at_knots)
    return np.concatenate([weights, np.zeros_like(weights[:1])])


def _going_on(weights: Array) -> Array:
    """Return the weights (5,) of a curve that goes straight on below the first knot."""
    return np.asarray(weights - weights[1] * _BELOW)


def _distances(g: _Graph, p: Parameters) -> _Distances:
    """Return what depends on the distances alone."""
    lines = g.add("Gemm", g.add("Log", "distance_m"), _HINGE_SLOPE, _HINGE_OFFSET)
    basis = g.add("Min", g.add("Max", lines, _HINGE_LEAST), _HINGE_MOST)
    powers = g.add("Gemm", g.add("Mul", basis, basis), _S_TO_SQUARE, g.add("MatMul", basis, _ONE_AND_S))
    noise = hinge_weights(p.noise) + BELOW * _BELOW
    columns = np.stack([-2 * noise, -noise, 2 * noise], axis=1)
    noises = g.add("Transpose", g.add("Exp", g.add("MatMul", basis, columns)), perm=[1, 0])
    plain, inverse, _ = g.parts(g.rows(noises, 0, -1, 1), 1, 1, 1, axis=0)
    target = g.add("Slice", noises, *(g.constant(v, np.int64) for v in ([2, -1], [_END, _END], [0, 1])))
    limit = g.add("Min", g.add("Mul", g.rows("distance_m", -1, _END), 1.0 / CLIP_M), 1.0 / CLIP_LEAST)
    strict = g.add("Mul", inverse, limit)
    powers_target = g.rows(powers, -1, _END)
    return _Distances(basis, g.rows(basis, -1, _END), g.rows(powers, 0, -1), powers_target, plain, strict, target)


def _features(g: _Graph, p: Parameters) -> tuple[str, str]:
    """Return the centred features (n, 5), 0 where unknown, and what is unknown (n, 3) as 0 or 1."""
    unknown = g.add("IsNaN", "person")
    shown = g.add("Where", unknown, np.zeros(3), "person")
    shown = g.add("Min", g.add("Max", shown, _PERSON_LEAST), _PERSON_MOST)
    row = g.add("Concat", shown, g.add("Log", g.add("Add", shown, np.array([1.0, 1.0, 16.0]))), axis=1)
    first, second = g.add("Gemm", row, _FIRST, _FIRST_OFFSET), g.add("Gemm", row, _SECOND, _SECOND_OFFSET)
    centred = g.add("Sub", g.add("Mul", first, second), p.centre)
    missing = g.add("Cast", unknown, to=TensorProto.DOUBLE)
    known = g.add("Gemm", missing, _FEATURE_GONE, np.ones(FEATURES))
    return g.add("Mul", centred, known), missing


def _prior(g: _Graph, p: Parameters, missing: str) -> str:
    """Return the prior (n, 13) of level and slope as factors, wider where something about the person is unknown."""
    variance = g.add("Gemm", missing, p.spread, np.exp(2 * p.prior[[0, 2]]))
    tie = p.prior[1]
    to_factors = np.array([[1.0, 0, 0], [tie**2, -tie, 1]]) @ _FROM_PRECISION
    return g.add("MatMul", g.add("Reciprocal", variance), to_factors)


@dataclass(frozen=True, slots=True)
class _Bests:
    """Per best: given (n, k) as 0 or 1, surprise (n, k), and both times the plain weight (n, 2 k)."""

    given: str
    surprise: str
    weighted: str


def _bests(g: _Graph, expected: str, plain: str) -> _Bests:
    """Return how far each best is from what is expected of such a person; without weight where it is not known."""
    absent = g.add("IsNaN", "best_time_s")
    surprise = g.add("Sub", g.add("Log", g.add("Where", absent, 1.0, "best_time_s")), expected)
    given = g.add("Cast", g.add("Not", absent), to=TensorProto.DOUBLE)
    weight = g.add("Mul", given, plain)
    return _Bests(given, surprise, g.add("Concat", weight, g.add("Mul", surprise, weight), axis=1))


@dataclass(frozen=True, slots=True)
class _Person:
    """Level and slope (n, 2), the left factors (n, 6), the determinant (n, 1) and the sum of weights (n, 1)."""

    state: str
    left: str
    determinant: str
    weight: str


def _posterior(g: _Graph, weighted: str, factors: str, prior: str) -> _Person:
    """Return what weighted bests (n, 2 k) say about the person."""
    left, right, weight = g.parts(g.add("Gemm", weighted, factors, prior), 6, 6, 1)
    solved = g.add("MatMul", g.add("Mul", left, right), _PAIRS)
    state, determinant = g.parts(solved, 2, 1)
    return _Person(g.add("Div", state, determinant), left, determinant, weight)


def _person(g: _Graph, at: _Distances, prior: str, bests: _Bests) -> tuple[_Person, str]:
    """Return the person with bests that do not fit weighed down, and the share (n, 1) of the weight that is left."""
    from_bests = (_FROM_PRECISION + _SUM_OF_WEIGHTS, _FROM_PULLS)
    factors = g.add("Concat", *(g.add("MatMul", at.powers, table) for table in from_bests), axis=0)
    across = g.add("Mul", g.add("Gemm", _LINE.T, at.powers, transB=1), at.strict)
    surprise = g.add("Mul", bests.surprise, at.strict)
    first = found = _posterior(g, bests.weighted, factors, prior)
    for _ in range(REWEIGHTINGS):
        rest = g.add("Gemm", found.state, across, surprise, alpha=-1.0)
        excess = g.add("Sqrt", g.add("Add", g.add("Mul", rest, rest), 1.0))
        weighted = g.add("Div", bests.weighted, g.add("Concat", excess, excess, axis=1))
        found = _posterior(g, weighted, factors, prior)
    return found, g.add("Div", found.weight, first.weight)


def _spread(g: _Graph, interval: Interval, columns: Sequence[str], level: str, target: str) -> str:
    """Return the scale (n, 1) from log variance, share of weight left, features, what is unknown and the level."""
    clipped = g.add("Clip", level, -LEVEL_LIMIT, LEVEL_LIMIT)
    row = g.add("Concat", clipped, g.add("Mul", clipped, clipped), *columns, axis=1)
    own = interval.scale[4:]
    weights = np.concatenate([own[:2], [0.5, -own[2]], own[3:]])
    return g.add("Exp", g.add("Gemm", row, weights[:, None], target))


def _tables(interval: Interval) -> Array:
    """Return what the target decides, at the knots (4, 6): shift, log scale, low and high from one best, several."""
    scale = interval.scale[:4] + interval.scale[6]  # 1 - share of weight left: the 1 belongs here
    quantiles = [table[k] for k in (0, 1) for table in (interval.low, interval.high)]
    return np.stack([interval.shift, scale, *quantiles], axis=1)


def _forward(g: _Graph, p: Parameters, interval: Interval) -> str:
    """Return the times (n, 3): time, low and high in s."""
    at = _distances(g, p)
    features, missing = _features(g, p)
    people = np.stack([p.level, p.slope, np.zeros(FEATURES), p.wall, np.zeros(FEATURES)], axis=1)
    mean = _going_on(hinge_weights(p.mean))
    expected = g.add("Gemm", g.add("Gemm", features, people, mean), at.basis, transB=1)
    bests = _bests(g, g.rows(expected, 0, -1, 1), at.plain)
    found, left = _person(g, at, _prior(g, p, missing), bests)
    shift, scale, one, several = g.parts(g.add("MatMul", at.basis_target, hinge_weights(_tables(interval))), 1, 1, 2, 2)
    line = g.add("MatMul", at.powers_target, _LINE)
    whole = g.add("Gemm", found.state, line, g.rows(expected, -1, _END, 1), transB=1)
    doubt = g.add("Gemm", found.left, g.add("MatMul", at.powers_target, _DOUBT), transB=1)
    variance = g.add("Log", g.add("Add", g.add("Div", doubt, found.determinant), at.noise_target))
    level = g.add("Gemm", found.state, _LINE[:2, :1], g.add("MatMul", features, p.level[:, None]))
    spread = _spread(g, interval, (variance, left, features, missing), level, scale)
    count = g.add("ReduceSum", bests.given, g.constant([1], np.int64), keepdims=1)
    edges = g.add("Mul", spread, g.add("Where", g.add("Greater", count, 1.5), several, one))
    middle = g.add("Add", whole, shift)
    seconds = g.add("Exp", g.add("Concat", middle, g.add("Add", middle, edges), axis=1))
    return g.add("Div", g.add("Round", g.add("Mul", seconds, PER_S)), PER_S)


def build(p: Parameters, interval: Interval, notes: Mapping[str, str]) -> bytes:
    """Return the bytes of the model file: inputs distance_m (k + 1, 1), the bests' distances and then the target's,
    best_time_s (n, k) and person (n, 3) = age, female (0 or 1), weekly km, all doubles with NaN where unknown;
    output times_s (n, 3) = time, low, high.
    """
    g = _Graph()
    _forward(g, p, interval)
    g.nodes[-1].output[0] = "times_s"
    shapes: dict[str, list[str | int | None]] = {"distance_m": ["d", 1], "best_time_s": ["n", "k"], "person": ["n", 3]}
    inputs = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, shape) for name, shape in shapes.items()]
    output = helper.make_tensor_value_info("times_s", TensorProto.DOUBLE, ["n", 3])
    graph = helper.make_graph(g.nodes, "race", inputs, [output], initializer=list(g.constants.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    model.producer_name = "kadenz"
    helper.set_model_props(model, dict(sorted(notes.items())))
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString(deterministic=True))
