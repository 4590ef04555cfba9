"""One rate and one frame for any sensor: resampled to 20 Hz, turned into a frame that keeps still.

The rule of this file: an output depends on input within `REACH_S` of it alone, and where the frame points does not
matter to anyone, so nothing older than that is remembered but the frame itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from edge.activity.features import RATE_HZ
from edge.quaternion import as_matrix, from_rotation_vector
from edge.samples import Column

CUT_HZ = 8.0
REACH_S = 0.2
"""How far on both sides the low-pass reaches, in s."""
_KAISER = 6.0
_TABLE_S = np.linspace(0.0, REACH_S, 8193)
"""Offsets at which the low-pass is kept; between them it is a straight line, within 2e-7 of its height."""


@dataclass(frozen=True, slots=True, eq=False)
class AlignState:
    """What the resampling and the turning remember."""

    given: int = 0
    """Input rows so far."""
    made: int = 0
    """Output rows so far."""
    tail: Column = field(default_factory=lambda: np.empty((0, 6)))
    """The newest input rows, force and turning, that are still needed."""
    frame: Column = field(default_factory=lambda: np.eye(3))
    """Matrix from the sensor to the frame that keeps still, at the newest output."""
    turning_rad_s: Column = field(default_factory=lambda: np.full(3, np.nan))
    """Of the newest output, in the sensor's frame; NaN before the first."""


def _low_pass_table() -> Column:
    window = np.i0(_KAISER * np.sqrt(1.0 - (_TABLE_S / REACH_S) ** 2))
    return np.asarray(np.sinc(2.0 * CUT_HZ * _TABLE_S) * window)


_TABLE = _low_pass_table()


def low_pass(from_centre_s: Column) -> Column:
    """Return the weights (...) of a sinc cut at 8 Hz under a Kaiser window, for offsets (...) in s from its centre.

    Source: Kaiser and Schafer 1980, "On the use of the I0-sinh window for spectrum analysis".
    """
    return np.interp(np.abs(from_centre_s), _TABLE_S, _TABLE, right=0.0)


def _reach(rate_hz: float) -> int:
    return int(np.floor(REACH_S * rate_hz + 1e-9))


def _resampled(rows: Column, first: int, numbers: Column, rate_hz: float) -> Column:
    """Return outputs (k, 6) of the given numbers (k,) from input rows (n, 6) the first of which has number `first`."""
    place = numbers * (rate_hz / RATE_HZ)
    nearest = np.floor(place + 0.5).astype(np.int64)
    index = nearest[:, None] + np.arange(-_reach(rate_hz) - 1, _reach(rate_hz) + 2)
    weight = low_pass((index - place[:, None]) / rate_hz)
    weight /= weight.sum(axis=1, keepdims=True)
    inside = np.clip(index - first, 0, len(rows) - 1)
    return np.asarray((weight[:, None, :] @ rows[inside])[:, 0])


def _ready(given: int, rate_hz: float, end: bool) -> int:
    """Return how many outputs can be made of so many inputs."""
    last = given - 1 if end else given - 1 - (_reach(rate_hz) + 1) - 0.5
    return max(0, int(np.floor(last * (RATE_HZ / rate_hz) + 1e-9)) + 1) if given else 0


def align(state: AlignState, rows: Column, rate_hz: float, end: bool = False) -> tuple[Column, AlignState]:
    """Return outputs (k, 6) at 20 Hz in a frame that keeps still, from input rows (n, 6), and the state after them.

    With `end` the outputs that waited for more input are made too, the last row repeated.
    """
    tail = np.concatenate([state.tail, rows])
    given = state.given + len(rows)
    first = given - len(tail)
    numbers = np.arange(state.made, max(state.made, _ready(given, rate_hz, end)), dtype=np.float64)
    sensor = _resampled(tail, first, numbers, rate_hz) if len(numbers) else np.empty((0, 6))
    made = state.made + len(numbers)
    needed = max(0, int(np.floor(made * rate_hz / RATE_HZ)) - _reach(rate_hz) - 2)
    kept = tail[max(0, min(needed - first, len(tail) - 1)) :]
    turned, frame, turning = _turned(sensor, state)
    return turned, AlignState(given, made, kept.copy(), frame, turning)


def _turned(sensor: Column, state: AlignState) -> tuple[Column, Column, Column]:
    """Return rows (k, 6) turned into the frame that keeps still, with that frame and the turning of the last row."""
    if not len(sensor):
        return sensor, state.frame, state.turning_rad_s
    rate = sensor[:, 3:]
    before = np.concatenate([state.turning_rad_s[None], rate[:-1]])
    before[0] = np.where(np.isnan(before[0]), 0.0 * rate[0], before[0])
    frames = state.frame @ products(as_matrix(from_rotation_vector((0.5 / RATE_HZ) * (before + rate))))
    turned = (sensor.reshape(-1, 2, 3) @ frames.transpose(0, 2, 1)).reshape(-1, 6)
    return turned, frames[-1].copy(), rate[-1].copy()


def products(turns: Column) -> Column:
    """Return the matrices t0, t0 t1, t0 t1 t2, ... (n, 3, 3) of turns (n, 3, 3).

    Source: Hillis and Steele 1986, "Data parallel algorithms": each times the one 1, 2, 4, ... before it.
    """
    product, reach = turns.copy(), 1
    while reach < len(product):
        product[reach:] = product[:-reach] @ product[reach:]
        reach *= 2
    return product
