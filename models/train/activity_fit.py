"""The activity net's fit: one hidden layer, NumPy alone, the same numbers on every run.

The rule of this file: a set where stairs have no direction teaches the sum of up and down; each set and activity
weighs the same; features are left out at random, so that no device's habit decides alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from edge.activity.features import NAMES
from edge.activity.net import CLASSES, Net, softmax
from models.train.activity_recordings import BETWEEN, HARD, SETS, TRIALS
from models.train.activity_windows import Windows

UNITS = 56
MEMBERS = 1
"""Nets that are fitted from different starts and put side by side."""
EPOCHS = 9
BATCH = 256
RATE = 6e-3
DECAY = 5e-4
LEFT_OUT = 0.35
LIMIT = 4.0
_SMOOTHING = 0.05
SEED = 0
UNKNOWN_WEIGHT = 0.4
"""The share of what is none of the activities beside one activity of all sets: it must not take stairs with it."""
TRIAL_WEIGHT = 0.1
"""The share of GeoTec's sets: a few steps between two chairs are rare in a run."""

Floats = NDArray[np.float32]


def _targets() -> dict[str, list[float]]:
    table = {name: [float(name == c) for c in CLASSES] for name in CLASSES}
    table["stairs"] = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0]
    between = {name: [1.0, 1.0, 0.0, 0.0, 0.0, 1.0] for name in BETWEEN}
    return table | between | dict.fromkeys(HARD.values(), table["unknown"])


TARGETS = _targets()
"""Which of `CLASSES` each label allows."""


def allowed(windows: Windows) -> NDArray[np.float64]:
    """Return which classes (n, 6) each window may be."""
    return np.array([TARGETS[str(label)] for label in windows.label])


def weights(windows: Windows) -> NDArray[np.float64]:
    """Return weights (n,) by which every set and activity counts the same, but for the two shares above."""
    group = {"stairs_up": "stairs", "stairs_down": "stairs"} | dict.fromkeys(HARD.values(), "unknown")
    group |= dict.fromkeys(BETWEEN, "between")
    keys = [f"{k} {group.get(str(label), str(label))}" for k, label in zip(windows.kind, windows.label, strict=True)]
    _, number, count = np.unique(keys, return_inverse=True, return_counts=True)
    even = len(keys) / len(count) / count[number]
    sets = len(np.intersect1d(windows.kind, SETS))
    even *= np.where(np.isin(windows.label, list(HARD.values())), UNKNOWN_WEIGHT * sets, 1.0)
    return np.asarray(np.where(np.isin(windows.kind, TRIALS), TRIAL_WEIGHT, 1.0) * even)


def _start(inputs: int, generator: np.random.Generator) -> list[Floats]:
    return [
        generator.normal(0, inputs**-0.5, (inputs, UNITS)).astype(np.float32),
        np.zeros(UNITS, np.float32),
        generator.normal(0, UNITS**-0.5, (UNITS, len(CLASSES))).astype(np.float32),
        np.zeros(len(CLASSES), np.float32),
    ]


def _gradient(layers: Sequence[Floats], x: Floats, may: Floats, weight: Floats) -> list[Floats]:
    """Return the gradient of the weighted log loss of "one of the allowed classes" with weight decay."""
    before = x @ layers[0] + layers[1]
    hidden = np.maximum(before, 0)
    given = softmax(hidden @ layers[2] + layers[3]).astype(np.float32)
    wanted = given * may
    wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-6)
    wanted = (1 - _SMOOTHING) * wanted + _SMOOTHING / len(CLASSES)
    miss = (given - wanted) * weight[:, None] / len(x)
    back = (miss @ layers[2].T) * (before > 0)
    decay = np.float32(DECAY)
    return [x.T @ back + decay * layers[0], back.sum(axis=0), hidden.T @ miss + decay * layers[2], miss.sum(axis=0)]


class _Adam:
    """Kingma and Ba 2015, with a rate that falls as a cosine."""

    def __init__(self, layers: Sequence[Floats], steps: int) -> None:
        self._first = [np.zeros_like(a) for a in layers]
        self._second = [np.zeros_like(a) for a in layers]
        self._done, self._steps = 0, steps

    def step(self, layers: list[Floats], gradient: Sequence[Floats]) -> None:
        self._done += 1
        rate = RATE * 0.5 * (1 + np.cos(np.pi * self._done / self._steps))
        for k, slope in enumerate(gradient):
            self._first[k] = (0.9 * self._first[k] + 0.1 * slope).astype(np.float32)
            self._second[k] = (0.999 * self._second[k] + 0.001 * slope**2).astype(np.float32)
            mean, square = self._first[k] / (1 - 0.9**self._done), self._second[k] / (1 - 0.999**self._done)
            layers[k] = (layers[k] - rate * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)


def _member(x: Floats, may: Floats, weight: Floats, seed: int) -> list[Floats]:
    """Return the layers of one net."""
    generator = np.random.default_rng(seed)
    layers, each = _start(x.shape[1], generator), max(1, len(x) // BATCH)
    adam = _Adam(layers, EPOCHS * each)
    for _ in range(EPOCHS):
        order = generator.permutation(len(x))
        for rows in np.array_split(order, each):
            kept = np.asarray((generator.random(x.shape[1]) > LEFT_OUT) / (1 - LEFT_OUT), dtype=np.float32)
            adam.step(layers, _gradient(layers, x[rows] * kept, may[rows], weight[rows]))
    return layers


def columns_of(names: Sequence[str]) -> NDArray[np.int64]:
    """Return the columns of features by name."""
    return np.array([NAMES.index(name) for name in names])


def fit(windows: Windows, names: Sequence[str], members: int = MEMBERS) -> Net:
    """Return the net that learns these windows from the named features."""
    columns = columns_of(names)
    chosen = windows.table[:, columns]
    low, centre, high = np.percentile(chosen, [16, 50, 84], axis=0)
    scale = np.maximum((high - low) / 2, 1e-3)
    centre, scale = (a.astype(np.float32).astype(np.float64) for a in (centre, scale))
    x = np.clip((chosen - centre) / scale, -LIMIT, LIMIT).astype(np.float32)
    may, weight = allowed(windows).astype(np.float32), weights(windows).astype(np.float32)
    nets = [_member(x, may, weight, SEED + k) for k in range(members)]
    first = [np.concatenate([n[k] for n in nets], axis=-1).astype(np.float64) for k in (0, 1)]
    out = (np.concatenate([n[2] for n in nets]) / np.float32(members)).astype(np.float64)
    bias = np.asarray(np.mean([n[3] for n in nets], axis=0, dtype=np.float32), dtype=np.float64)
    return Net(columns, centre, scale, LIMIT, first[0], first[1], out, bias)


def as_columns(net: Net) -> dict[str, NDArray[np.generic]]:
    """Return the net as the arrays that are stored: single precision, which they have by their making."""
    single: dict[str, NDArray[np.generic]] = {
        n: np.asarray(getattr(net, n), dtype=np.float32) for n in Net.__dataclass_fields__ if n != "columns"
    }
    return {"columns": net.columns.astype(np.int16), **single}
