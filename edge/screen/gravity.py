"""Which way up a device is: gravity carried along by the gyroscope, and which edge of the screen points up.

The rule of this file: every row depends on a fixed number of rows before it and on nothing else, by the same
elementwise arithmetic wherever it stands, so that any chunking of a stream gives the same bits.

The specific force of the last `2 ** doublings` rows is turned into the sensor frame of now by the angular rate and
summed there, twice over (a triangular window): what the body adds in steps and swings averages out, while a turn of
the device moves the sum at once. The idea of a low-pass in an inertial frame is Laidig and Seel's (VQF, Information
Fusion 91:187-204, 2023); the window and its doubling are ours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

WINDOW_S = 1.0
"""The shortest half-width in s of the triangular window; the next power of two in samples is taken."""
#: The edges in order of `Edge`: which sensor axis (x to the right, y to the top, z out of the screen) points up.
EDGES = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [-1.0, 0.0, 0.0]])

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


def doublings(rate_hz: float) -> int:
    """Return how often a window is doubled until it holds `WINDOW_S` at a rate in Hz."""
    return int(np.ceil(np.log2(WINDOW_S * rate_hz)))


def history_rows(rate_hz: float) -> int:
    """Return how many rows before a row the direction of gravity depends on."""
    return int(2 * 2 ** doublings(rate_hz))


def _turn(gyro_rad_s: Column, step_s: Column) -> list[Column]:
    """Return the unit quaternions (w, x, y, z each (n,)) of the rotation during each step.

    Sine and cosine by their series, exact to 1e-9 below 0.5 rad a step: only sums and products give equal bits.
    """
    half = [0.5 * gyro_rad_s[:, axis] * step_s for axis in range(3)]
    square = half[0] * half[0] + half[1] * half[1] + half[2] * half[2]
    sinc = 1.0 - square * (1.0 / 6.0 - square * (1.0 / 120.0 - square / 5040.0))
    cosine = 1.0 - square * (0.5 - square * (1.0 / 24.0 - square * (1.0 / 720.0 - square / 40320.0)))
    return [cosine, half[0] * sinc, half[1] * sinc, half[2] * sinc]


def _product(a: list[Column], b: list[Column]) -> list[Column]:
    """Return the quaternion product a b, row by row."""
    return [
        a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
        a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
        a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
        a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0],
    ]


def _into_later(turn: list[Column], vector: list[Column]) -> list[Column]:
    """Return vectors of the frame before a rotation in the frame after it (rotated by the conjugate)."""
    w, x, y, z = turn
    a, b, c = vector
    tx, ty, tz = 2.0 * (z * b - y * c), 2.0 * (x * c - z * a), 2.0 * (y * a - x * b)
    return [a + w * tx + z * ty - y * tz, b + w * ty + x * tz - z * tx, c + w * tz + y * tx - x * ty]


def _later(column: Column, rows: int, fill: float) -> Column:
    """Return a column shifted to later rows; what comes in front is `fill`."""
    out = np.full(len(column), fill)
    out[rows:] = column[: max(0, len(column) - rows)]
    return out


def _summed(vector: list[Column], turns: list[list[Column]]) -> list[Column]:
    """Return the sums of the last 2 ** len(turns) vectors, each in the frame of its last row."""
    total = vector
    for power, turn in enumerate(turns):
        before = _into_later(turn, [_later(part, 1 << power, 0.0) for part in total])
        total = [part + earlier for part, earlier in zip(total, before, strict=True)]
    return total


def _turns(turn: list[Column], count: int) -> list[list[Column]]:
    """Return the rotations over the last 1, 2, 4, ... rows; before the first row nothing turned."""
    out = [turn]
    for power in range(count - 1):
        last = out[-1]
        fills = (1.0, 0.0, 0.0, 0.0)
        before = [_later(part, 1 << power, fill) for part, fill in zip(last, fills, strict=True)]
        out.append(_product(before, last))
    return out


def _finite(rows: Column) -> Flags:
    return np.asarray(np.isfinite(rows).all(axis=1))


def gravity_sensor(accel_m_s2: Column, gyro_rad_s: Column, step_s: Column, rate_hz: float) -> Column:
    """Return the direction up as unit vectors (n, 3) in the sensor frame, NaN where nothing is known.

    For specific force (n, 3) in m/s2, angular rate (n, 3) in rad/s and the time (n,) in s since the row before.
    Rows with NaN in the force count nothing; NaN in the rate is taken for no rotation.
    """
    known = _finite(accel_m_s2)
    force = [np.where(known, accel_m_s2[:, axis], 0.0) for axis in range(3)]
    rate = np.where(_finite(gyro_rad_s)[:, None], gyro_rad_s, 0.0)
    turns = _turns(_turn(rate, step_s), doublings(rate_hz))
    x, y, z = _summed(_summed(force, turns), turns)
    length = np.sqrt(x * x + y * y + z * z)
    length[length < 1e-3] = np.nan
    return np.stack([x / length, y / length, z / length], axis=1)


def mean_direction(up: Column, rate_hz: float) -> Column:
    """Return the mean (n, 3) of the direction up over a half-width of the window, in the moving sensor frame."""
    total = np.where(np.isfinite(up), up, 0.0)
    for power in range(doublings(rate_hz)):
        earlier = np.zeros_like(total)
        earlier[1 << power :] = total[: max(0, len(total) - (1 << power))]
        total = total + earlier
    length = np.sqrt(total[:, 0] * total[:, 0] + total[:, 1] * total[:, 1] + total[:, 2] * total[:, 2])
    length[length < 1e-9] = np.nan
    return np.asarray(total / length[:, None])


def edge_up(up: Column, within_cos: float, least_slope: float) -> Index:
    """Return which edge (n,) of the screen points up, as rows of `EDGES`; -1 where none does clearly.

    None does where the direction in the plane of the screen is further from all edges than an angle whose cosine is
    `within_cos`, or where the screen is flatter than an angle whose sine is `least_slope`.
    """
    x, y = up[:, 0], up[:, 1]
    slope = np.sqrt(x * x + y * y)
    upright = np.abs(y) >= np.abs(x)
    edge = np.where(upright, np.where(y >= 0.0, 0, 2), np.where(x >= 0.0, 1, 3))
    near = np.maximum(np.abs(x), np.abs(y))
    clear = (slope >= least_slope) & (near >= within_cos * slope)  # NaN is never clear
    return np.where(clear, edge, -1)
