"""The small net that names a window, and the transition model over its neighbours; weights are data.

The rule of this file: the same numbers as models/activity.onnx, computed in NumPy (a test holds both to 1e-5); the
transition model looks at `BACK` windows before and `AHEAD` after and at nothing else.
"""

from __future__ import annotations

import functools
import importlib.resources
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

CLASSES = ("still", "walk", "run", "stairs_up", "stairs_down", "unknown")
BACK = 3
AHEAD = 1
STAY = 0.97
"""Probability that an activity goes on from one window to the next, 0.8 s later: a bout lasts half a minute."""
TEMPER = 0.5
"""Exponent of a window's word: neighbours share four fifths of their samples and are no independent witnesses."""


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """A net of one hidden layer over chosen columns of `activity.features.features`."""

    columns: NDArray[np.int64]
    """Which columns (k,) it takes."""
    centre: Column
    scale: Column
    limit: float
    """How many scales from the centre a feature is believed."""
    hidden: Column
    hidden_bias: Column
    out: Column
    out_bias: Column

    def probabilities(self, table: Column) -> Column:
        """Return the probability (n, 6) of each of `CLASSES` from the table (n, k) of all features."""
        chosen = table.take(self.columns, axis=1)
        chosen -= self.centre
        chosen /= self.scale
        np.minimum(np.maximum(chosen, -self.limit, out=chosen), self.limit, out=chosen)
        hidden = np.maximum(chosen @ self.hidden + self.hidden_bias, 0.0)
        return softmax(hidden @ self.out + self.out_bias)


def softmax(word: Column) -> Column:
    """Return probabilities (n, k) of log odds (n, k)."""
    power = np.exp(word - np.maximum.reduce(word, axis=1, keepdims=True))
    return np.asarray(power / np.add.reduce(power, axis=1, keepdims=True))


@functools.cache
def bundled() -> Net:
    """Return the net that comes with the package, read once, on first use."""
    with (importlib.resources.files("edge.activity") / "activity.npz").open("rb") as file, np.load(file) as stored:
        columns = {name: stored[name] for name in Net.__dataclass_fields__}
    limit = float(columns.pop("limit").item())
    chosen = columns.pop("columns").astype(np.int64)
    return Net(columns=chosen, limit=limit, **{n: c.astype(np.float64) for n, c in columns.items()})


def transitions(classes: int = len(CLASSES), stay: float = STAY) -> Column:
    """Return the probability (k, k) of each activity after each."""
    change = (1.0 - stay) / (classes - 1)
    return np.full((classes, classes), change) + (stay - change) * np.eye(classes)


def smooth(probability: Column) -> Column:
    """Return the probability (n - 4, k) of each window but the first three and the last, given those around it.

    Source: Rabiner 1989, "A tutorial on hidden Markov models", forward and backward over five windows.
    """
    word = np.maximum(probability, 1e-6) ** TEMPER
    change, count = transitions(probability.shape[1]), max(0, len(word) - BACK - AHEAD)
    forward = word[:count]
    for step in range(1, BACK + 1):
        forward = (forward @ change) * word[step : count + step]
    backward = word[BACK + AHEAD : BACK + AHEAD + count] @ change.T
    joint = forward * backward
    return np.asarray(joint / joint.sum(axis=1, keepdims=True))
