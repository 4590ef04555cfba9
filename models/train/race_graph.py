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
    raw_features,
)
from models.train.race_interval import LEVEL_LIMIT, Interval

OPSET = 17
IR_VERSION = 9  # of opset 17 with metadata; older runtimes read it
PER_S = 10.0  # times are rounded to 0.1 s, so that they replay bit for bit
#: Constants are rounded to this many decimals: the last bits of another machine's logarithms do not reach the file.
_DECIMALS = 10
_END = np.iinfo(np.int64).max


class _Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, value: object, kind: type = np.float64) -> str:
        """Return the name of a constant; equal constants are stored once."""
        array: NDArray[Any] = np.ascontiguousarray(np.round(np.asarray(value, dtype=kind), _DECIMALS) + kind(0))
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


# The hinge basis of log distance s: 1, s held at the end knots, beyond 10 km, beyond the half, below 5 km, beyond the
# distance from which on bests are doubted most.
_CLIP_KNEE = float(np.log(CLIP_M / (CLIP_LEAST * REFERENCE_M)))
_WIDTH = 6
_HINGE_SLOPE = np.array([[0.0, 1.0, 1.0, 1.0, -1.0, 1.0]])
_HINGE_KNEES = np.array([1.0, 0.0, -KNOTS[1], -KNOTS[2], KNOTS[0], -_CLIP_KNEE])
_HINGE_OFFSET = _HINGE_KNEES - np.log(REFERENCE_M) * _HINGE_SLOPE[0]
_HINGE_LEAST = np.array([1.0, KNOTS[0], 0.0, 0.0, 0.0, 0.0])
_HINGE_MOST = np.array([1.0, KNOTS[3], KNOTS[3] - KNOTS[1], KNOTS[3] - KNOTS[2], 1e9, 1e9])
_BELOW = np.eye(_WIDTH)[4]
# log of (target / CLIP_M)^2, at most that of 1 / CLIP_LEAST^2, from the basis
_LOG_LIMIT = 2.0 * np.array([-np.log(CLIP_M / REFERENCE_M), 1.0, 0.0, 0.0, -1.0, -1.0])
_PERSON_LEAST = np.array([AGE_RANGE[0], 0.0, WEEKLY_KM_RANGE[0]])
_PERSON_MOST = np.array([AGE_RANGE[1], 1.0, WEEKLY_KM_RANGE[1]])
# From age, female, weekly km and the logs of (age + 1, female + 1, weekly km + 16): features = first x second
_FIRST = np.zeros((6, FEATURES))
_FIRST[[1, 0, 0, 5, 5], range(FEATURES)] = [1.0, 0.1, 0.1, 1.0, 1.0]
_FIRST_OFFSET = np.array([0.0, -3.5, -3.5, -np.log(64.0), -np.log(64.0)])
_SECOND = np.zeros((6, FEATURES))
_SECOND[[0, 5], [2, 4]] = [0.1, 1.0]
_SECOND_OFFSET = np.array([1.0, 1.0, -3.5, 1.0, -np.log(64.0)])
# From the precisions (a, b, c) of level and slope and the pulls (u, v) on them, in one row of 13: six left factors
# (c, -b, -b, a, a, b), six right factors (u, v, u, v, c, -b), whose products sum in pairs to (c u - b v, a v - b u,
# a c - b b); last the sum of the weights.
_FROM_PRECISION = np.zeros((3, 13))
_FROM_PRECISION[[2, 1, 1, 0, 0, 1], range(6)] = [1.0, -1.0, -1.0, 1.0, 1.0, 1.0]
_FROM_PRECISION[[2, 1], [10, 11]] = [1.0, -1.0]
# Each column below is +-1, +-s or +-s2: what a best's weight adds to those 13, what its pull adds, and what makes the
# doubt a s2 - 2 b s + c at the target from the left factors.
_POWER = np.zeros(32, dtype=np.int64)
_POWER[[0, 1, 2, 5, 10, 11, 20, 22, 27, 28, 29]] = [2, 1, 1, 1, 2, 1, 1, 1, 1, 1, 2]
_SIGN = np.zeros(32)
_SIGN[[0, 3, 4, 5, 10, 12, 19, 20, 21, 22, 26, 27, 28, 29]] = 1.0
_SIGN[[1, 2, 11]] = -1.0
_ONE_FACTOR = np.zeros((_WIDTH, 32))
_ONE_FACTOR[np.where(_POWER > 0, 1, 0), range(32)] = _SIGN
_OTHER_FACTOR = np.zeros((_WIDTH, 32))
_OTHER_FACTOR[np.where(_POWER > 1, 1, 0), range(32)] = 1.0
_PAIRS = np.zeros((6, _WIDTH + 1))
_PAIRS[range(6), [0, 0, 1, 1, _WIDTH, _WIDTH]] = 1.0


def hinge_weights(at_knots: Array) -> Array:
    """Return the weights (6, ...) of the hinge basis for a curve given by its values (4, ...) at the knots and held
    below the first.
    """
    hinges = np.stack([np.ones(4), KNOTS, np.maximum(KNOTS - KNOTS[1], 0), np.maximum(KNOTS - KNOTS[2], 0)], axis=1)
    weights = np.linalg.solve(hinges, at_knots)
    return np.asarray(np.concatenate([weights, np.zeros_like(weights[:2])]))


def _going_on(weights: Array) -> Array:
    """Return the weights (6,) of a curve that goes straight on below the first knot."""
    return np.asarray(weights - weights[1] * _BELOW)


def _log_noise(p: Parameters) -> Array:
    return np.asarray(hinge_weights(p.noise) + BELOW * _BELOW)


@dataclass(frozen=True, slots=True)
class _Target:
    """What the target decides, one row each: basis, doubt factors (6), shift, log scale and, low and high, the
    quantiles: `base` and once `more` from one best, twice `more` from several."""

    basis: str
    doubt: str
    shift: str
    scale: str
    base: str
    more: str


@dataclass(frozen=True, slots=True)
class _Distances:
    """What the distances of bests and target decide, k in all: basis (k, 6), what weights and weighted surprises add
    to the 13 factors (2 k, 13), and by which factor a squared surprise counts as doubtful (1, k)."""

    basis: str
    factors: str
    strict: str
    target: _Target


def _tables(p: Parameters, interval: Interval) -> Array:
    """Return what the target decides, as weights (6, 7) of the basis."""
    fixed = interval.scale[6] - p.centre @ interval.scale[7 : 7 + FEATURES]  # 1 - share left, centred features
    scale = interval.scale[:4] + fixed
    tables = (interval.low, interval.high)
    quantiles = [2 * table[0] - table[1] for table in tables] + [table[1] - table[0] for table in tables]
    at_knots = np.stack([interval.shift, scale, *quantiles], axis=1)
    weights = np.insert(hinge_weights(at_knots), 2, _LOG_LIMIT, axis=1)
    weights[0, 0] += np.log(PER_S)
    weights[:, 1] += _log_noise(p)  # the variance is counted in units of the target's noise
    return weights


def _distances(g: _Graph, p: Parameters, interval: Interval) -> _Distances:
    """Return what depends on the distances alone."""
    lines = g.add("Gemm", g.add("Log", "distance_m"), _HINGE_SLOPE, _HINGE_OFFSET)
    basis = g.add("Min", g.add("Max", lines, _HINGE_LEAST), _HINGE_MOST)
    log_precision = g.add("MatMul", basis, -2.0 * _log_noise(p)[:, None])
    products = g.add("Mul", g.add("MatMul", basis, _ONE_FACTOR), g.add("MatMul", basis, _OTHER_FACTOR))
    weight, pull, doubt = g.parts(g.add("Mul", products, g.add("Exp", log_precision)), 13, 13, 6)
    basis_target = g.rows(basis, -1, _END)
    row = g.parts(g.add("MatMul", basis_target, _tables(p, interval)), 1, 1, 1, 2, 2)
    strict = g.add("Exp", g.add("Add", g.add("Transpose", log_precision, perm=[1, 0]), row[2]))
    target = _Target(basis_target, g.rows(doubt, -1, _END), row[0], row[1], row[3], row[4])
    return _Distances(basis, g.add("Concat", weight, pull, axis=0), strict, target)


def _features(g: _Graph, p: Parameters) -> tuple[str, str]:
    """Return the features (n, 5), those of the population where unknown, and what is unknown (n, 3) as 0 or 1."""
    missing = g.add("Cast", g.add("Less", "person", 0.0), to=TensorProto.DOUBLE)
    shown = g.add("Min", g.add("Max", "person", _PERSON_LEAST), _PERSON_MOST)
    row = g.add("Concat", shown, g.add("Log", g.add("Add", shown, np.array([1.0, 1.0, 16.0]))), axis=1)
    first, second = g.add("Gemm", row, _FIRST, _FIRST_OFFSET), g.add("Gemm", row, _SECOND, _SECOND_OFFSET)
    least = raw_features(*(np.array([v]) for v in (_PERSON_LEAST)))[0]  # what an unknown one was just taken for
    to_centre = np.zeros((3, FEATURES))
    to_centre[FEATURE_OF, range(FEATURES)] = p.centre - least
    return g.add("Gemm", missing, to_centre, g.add("Mul", first, second)), missing


def _prior(g: _Graph, p: Parameters, missing: str) -> str:
    """Return the prior (n, 13) of level and slope as factors, wider where something about the person is unknown."""
    variance = g.add("Gemm", missing, p.spread[:, None], np.exp(2 * p.prior[:1]))
    tie = p.prior[1]
    slope = np.exp(-2 * p.prior[2]) * np.array([tie**2, -tie, 1.0]) @ _FROM_PRECISION
    return g.add("Gemm", g.add("Reciprocal", variance), _FROM_PRECISION[:1], slope)


@dataclass(frozen=True, slots=True)
class _Bests:
    """Per best: given (n, k) as 0 or 1, surprise (n, k), and 1 and surprise where given (n, 2 k)."""

    given: str
    surprise: str
    weighted: str


def _bests(g: _Graph, expected: str) -> _Bests:
    """Return how far each best is from what is expected of such a person; without weight where it is not known."""
    given = g.add("Cast", g.add("Greater", "best_time_s", 0.0), to=TensorProto.DOUBLE)
    surprise = g.add("Sub", g.add("Log", g.add("Max", "best_time_s", 1.0)), expected)
    return _Bests(given, surprise, g.add("Concat", given, g.add("Mul", given, surprise), axis=1))


@dataclass(frozen=True, slots=True)
class _Person:
    """Level and slope as weights of the basis (n, 6), the left factors (n, 6), the determinant and the sum of weights
    (n, 1)."""

    state: str
    left: str
    determinant: str
    weight: str


def _posterior(g: _Graph, weighted: str, factors: str, prior: str) -> _Person:
    """Return what weighted bests (n, 2 k) say about the person."""
    left, right, weight = g.parts(g.add("Gemm", weighted, factors, prior), 6, 6, 1)
    state, determinant = g.parts(g.add("MatMul", g.add("Mul", left, right), _PAIRS), _WIDTH, 1)
    return _Person(g.add("Div", state, determinant), left, determinant, weight)


def _person(g: _Graph, at: _Distances, prior: str, bests: _Bests) -> tuple[_Person, str]:
    """Return the person with bests that do not fit weighed down, and the share (n, 1) of the weight that is left."""
    first = found = _posterior(g, bests.weighted, at.factors, prior)
    for _ in range(REWEIGHTINGS):
        rest = g.add("Gemm", found.state, at.basis, bests.surprise, alpha=-1.0, transB=1)
        doubtful = g.add("Mul", g.add("Mul", rest, rest), at.strict)
        excess = g.add("Sqrt", g.add("Add", doubtful, 1.0))
        weighted = g.add("Div", bests.weighted, g.add("Concat", excess, excess, axis=1))
        found = _posterior(g, weighted, at.factors, prior)
    return found, g.add("Div", found.weight, first.weight)


def _spread(g: _Graph, interval: Interval, columns: Sequence[str], level: str, target: str) -> str:
    """Return the scale (n, 1) from log variance, share of weight left, features, what is unknown and the level."""
    clipped = g.add("Clip", level, -LEVEL_LIMIT, LEVEL_LIMIT)
    row = g.add("Concat", clipped, g.add("Mul", clipped, clipped), *columns, axis=1)
    own = interval.scale[4:]
    weights = np.concatenate([own[:2], [0.5, -own[2]], own[3:]])
    return g.add("Exp", g.add("Gemm", row, weights[:, None], target))


def _forward(g: _Graph, p: Parameters, interval: Interval) -> str:
    """Return the times (n, 3): time, low and high in s."""
    at = _distances(g, p, interval)
    features, missing = _features(g, p)
    people = np.zeros((FEATURES, _WIDTH))
    people[:, [0, 1, 3]] = np.stack([p.level, p.slope, p.wall], axis=1)
    mean = _going_on(hinge_weights(p.mean)) - p.centre @ people
    expected = g.add("Gemm", g.add("Gemm", features, people, mean), at.basis, transB=1)
    bests = _bests(g, expected)
    found, left = _person(g, at, _prior(g, p, missing), bests)
    whole = g.add("Gemm", found.state, at.target.basis, g.rows(expected, -1, _END, 1), transB=1)
    doubt = g.add("Div", g.add("Gemm", found.left, at.target.doubt, transB=1), found.determinant)
    variance = g.add("Log", g.add("Add", doubt, 1.0))
    level = g.add(
        "Gemm",
        found.state,
        np.eye(_WIDTH)[:, :1],
        g.add("Gemm", features, p.level[:, None], -p.centre @ p.level[:, None]),
    )
    spread = _spread(g, interval, (variance, left, features, missing), level, at.target.scale)
    count = g.add("ReduceSum", bests.given, g.constant([1], np.int64), keepdims=1)
    quantiles = g.add("Gemm", g.add("Clip", count, 1.0, 2.0), at.target.more, at.target.base)
    edges = g.add("Mul", spread, quantiles)
    middle = g.add("Add", whole, at.target.shift)
    steps = g.add("Exp", g.add("Concat", middle, g.add("Add", middle, edges), axis=1))
    return g.add("Div", g.add("Round", steps), PER_S)


def build(p: Parameters, interval: Interval, notes: Mapping[str, str]) -> bytes:
    """Return the bytes of the model file: inputs distance_m (k, 1), the bests' distances and last the target's,
    best_time_s (n, k), 0 where unknown and for the target, and person (n, 3) = age, female (0 or 1), weekly km, -1
    where unknown, all doubles; output times_s (n, 3) = time, low, high.
    """
    g = _Graph()
    _forward(g, p, interval)
    g.nodes[-1].output[0] = "times_s"
    shapes: dict[str, list[str | int | None]] = {"distance_m": ["k", 1], "best_time_s": ["n", "k"], "person": ["n", 3]}
    inputs = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, shape) for name, shape in shapes.items()]
    output = helper.make_tensor_value_info("times_s", TensorProto.DOUBLE, ["n", 3])
    graph = helper.make_graph(g.nodes, "race", inputs, [output], initializer=list(g.constants.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    model.producer_name = "kadenz"
    helper.set_model_props(model, dict(sorted(notes.items())))
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString(deterministic=True))
