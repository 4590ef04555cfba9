"""The prior of a person as a NumPy forward pass over the weights inside person.onnx, without onnxruntime.

The rule of this file: node by node what the graph computes, in the same order and in float32, so that both agree
within 1e-5; the file's weights are read by the few lines of protobuf that they need.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array32 = NDArray[np.float32]
#: What is believed of a person, with its unit: speeds as natural logs of m/s; heart rate is that of 45 min at 2.8 m/s,
#: flat, at 17 degrees C, two days after the last run, at the altitude the body is used to.
STATE = (
    "ten_km_log_speed",
    "endurance_exponent",
    "usual_log_speed",
    "hr_level_bpm",
    "hr_slope_bpm_per_m_s",
    "hr_duration_bpm_per_log_s",
    "hr_heat_bpm_per_10_c",
    "hr_altitude_bpm_per_km",
    "hr_climb_bpm_per_percent",
    "hr_rested_bpm_per_log_day",
)
#: What may be known of a person (NaN where not), with the limits at which a value is held.
CONTEXT_LIMITS = {
    "age_years": (14.0, 85.0),
    "female": (0.0, 1.0),
    "weight_kg": (30.0, 160.0),
    "height_m": (1.3, 2.2),
    "experience": (0.0, 3.0),
    "max_hr_bpm": (130.0, 225.0),
    "km_28d": (0.0, 900.0),
    "runs_28d": (1.0, 80.0),
    "altitude_m": (0.0, 4500.0),
    "temperature_c": (-20.0, 40.0),
    "beta_blockers": (0.0, 1.0),
    "ten_km_s": (1500.0, 9000.0),
    "speed_28d_m_s": (1.0, 7.0),
    "hr_28d_bpm": (70.0, 210.0),
}
CONTEXT = tuple(CONTEXT_LIMITS)
#: What is added before the log of each is taken, so that none is of zero or less.
LOG_OFFSET = np.array([0, 1, 0, 0, 1, 0, 64, 0, 1000, 60, 1, 0, 0, 0], dtype=np.float32)
LEAST, MOST = (np.array(side, dtype=np.float32) for side in zip(*CONTEXT_LIMITS.values(), strict=True))
#: The three things that are measured rather than given, in the order in which they are taken.
MEASURED = ("ten_km_s", "speed_28d_m_s", "hr_28d_bpm")
#: The graph's outputs: a belief (d + 1, d + 1) as in `Weights`, and the embedding (1, 4).
OUTPUTS = ("prior_belief", "prior_embedding")
#: Under this name the file states the SHA-256 of its own content, taken with zeros in its place.
SEAL, BLANK = b"content_sha256", b"0" * 64
_FLOAT = 1


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The learned numbers, under their names in the file, float32; d = 10 quantities, c = 14 of context, f features,
    g groups. A belief is one symmetric matrix (d + 1, d + 1): covariance, and the mean as its last row and column.
    """

    state_mean: Array32
    """(d,) the population's mean, and `state_sd` (d,) the unit of every output."""
    state_sd: Array32
    fill: Array32
    """(c,) what an unknown value is taken for while another of its feature is known."""
    table: Array32
    """(4 c, m) with `table_offset` (1, m): from values, their logs, 0 or 1 for unknown, and reciprocals to all that is
    linear in them, in the widths of `widths`: two factors of each feature, the unknown groups, where the three measured
    values go (last, less those of the population's mean), what a mean heart rate measures, and three variances."""
    table_offset: Array32
    group_feature: Array32
    """(g, f) -1 where a feature falls away with a group."""
    effect: Array32
    """(f, (d + 1)^2) what a feature adds to the belief: to its mean."""
    known: Array32
    """(1, (d + 1)^2) the belief with everything known; `unknown` (g, (d + 1)^2): what a group adds where it is not."""
    unknown: Array32
    measures: Array32
    """(2, d + 1) what a 10 km time and a mean speed measure."""
    embed: Array32
    """(d + 1, 4) the embedding of the mean."""
    interval: Array32
    """(4, 2) how many stated standard deviations the 90 % interval of a session's heart rate reaches below (negative)
    and above, by `models.conformal.KNOWN_GROUPS`; the graph does not use it."""

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the parts of `table`."""
        groups, features = self.group_feature.shape
        return (features, features, groups, *[len(self.state_sd) + 1] * 4, 1, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """Mean (d,) and covariance (d, d) in units of `Weights.state_sd` about `state_mean`, and the embedding (4,)."""

    mean: Array32
    covariance: Array32
    embedding: Array32


def forward(w: Weights, context: Array32) -> Forward:
    """Return the prior of one person from a context (c,) in the order of `CONTEXT`, NaN where unknown."""
    nan = np.isnan(context)
    shown = np.minimum(np.maximum(np.where(nan, w.fill, context), LEAST), MOST)
    positive = shown + LOG_OFFSET
    row = np.concatenate([shown, np.log(positive), nan.astype(np.float32), np.float32(1.0) / positive])
    linear = row.reshape(1, -1) @ w.table + w.table_offset
    first, second, groups, *rest = np.split(linear, np.cumsum(w.widths)[:-1], axis=1)
    unknown = np.minimum(groups, np.float32(1.0))
    features = first * second * (unknown @ w.group_feature + np.float32(1.0))
    size = len(w.state_sd) + 1
    belief = (unknown @ w.unknown + (features @ w.effect + w.known)).reshape(size, size)
    for what, value, variance in zip((*w.measures[:, None], rest[3]), rest[:3], rest[4:], strict=True):
        pull = what @ belief - value
        belief = belief - (pull / (pull @ what.T + variance)).T @ pull  # an unknown value has no weight
    return Forward(belief[-1, :-1], belief[:-1, :-1], belief[-1] @ w.embed)


def content_sha256(model: bytes) -> tuple[str, str]:
    """Return the SHA-256 that a model file states of itself, and the one that it has with that statement blanked."""
    place = model.find(SEAL) + len(SEAL) + 2  # the tag and the length of the value stand between
    if place < len(SEAL) + 2 or place + len(BLANK) > len(model):
        return "", ""
    blanked = model[:place] + BLANK + model[place + len(BLANK) :]
    return model[place : place + len(BLANK)].decode("ascii", "replace"), hashlib.sha256(blanked).hexdigest()


def read_weights(model: bytes) -> Weights:
    """Return the weights of a model file; ValueError says what is not as it must be."""
    said, has = content_sha256(model)
    if not said:
        raise ValueError("a file of something else, or a cut one: it does not say what its content should be")
    if said != has:
        raise ValueError("damaged: its content is not what it says it should be")
    found = dict(initialisers(model))
    names = [field.name for field in dataclasses.fields(Weights)]
    missing = [name for name in names if name not in found]
    if missing:
        raise ValueError(f"no weights called {', '.join(missing[:3])}: a file of something else")
    weights = Weights(**{name: found[name] for name in names})
    _check(weights)
    return weights


def _check(w: Weights) -> None:
    size, features, groups = len(STATE), w.effect.shape[0], w.group_feature.shape[0]
    square, width = (size + 1) ** 2, sum(w.widths)
    shapes = {
        "state_mean": (size,), "state_sd": (size,), "fill": (len(CONTEXT),), "table": (4 * len(CONTEXT), width),
        "table_offset": (1, width), "effect": (features, square), "known": (1, square), "unknown": (groups, square),
        "measures": (2, size + 1), "embed": (size + 1, 4), "interval": (4, 2),
    }  # fmt: skip
    for name, shape in shapes.items():
        if getattr(w, name).shape != shape:
            raise ValueError(f"weights {name} have the shape {getattr(w, name).shape}, not {shape}")
    if not all(np.isfinite(getattr(w, field.name)).all() for field in dataclasses.fields(w)):
        raise ValueError("weights that are not numbers")


def initialisers(model: bytes) -> Iterator[tuple[str, Array32]]:
    """Yield name and float32 values of every such constant of an ONNX file (ModelProto 7, GraphProto 5, onnx.proto)."""
    for number, graph in _fields(model):
        if number == 7 and isinstance(graph, bytes):
            for inner, tensor in _fields(graph):
                if inner == 5 and isinstance(tensor, bytes):
                    yield from _tensor(tensor)


def _tensor(message: bytes) -> Iterator[tuple[str, Array32]]:
    """Yield the tensor (TensorProto: dims 1, data_type 2, name 8, raw_data 9) where it is of float32."""
    shape: list[int] = []
    kind, name, raw = 0, "", b""
    for number, value in _fields(message):
        if number == 1:
            shape += [value] if isinstance(value, int) else list(_varints(value))
        elif number == 2 and isinstance(value, int):
            kind = value
        elif number == 8 and isinstance(value, bytes):
            name = value.decode("utf-8", "replace")
        elif number == 9 and isinstance(value, bytes):
            raw = value
    if kind == _FLOAT:
        yield name, np.frombuffer(raw, dtype="<f4").astype(np.float32).reshape(shape)


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(message) or shift > 63:
            raise ValueError("the file ends in the middle of a number")
        value |= (message[at] & 0x7F) << shift
        if message[at] < 0x80:
            return value, at + 1
        at, shift = at + 1, shift + 7


def _varints(message: bytes) -> Iterator[int]:
    at = 0
    while at < len(message):
        value, at = _varint(message, at)
        yield value


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and value of every field of a protobuf message; ValueError where it is damaged."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        wire = key & 7
        if wire == 0:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        if wire not in (1, 2, 5):
            raise ValueError(f"a field of wire type {wire}: not an ONNX file, or a damaged one")
        length, at = _varint(message, at) if wire == 2 else (8 if wire == 1 else 4, at)
        if at + length > len(message):
            raise ValueError("the file ends in the middle of a field")
        yield key >> 3, message[at : at + length]
        at += length
