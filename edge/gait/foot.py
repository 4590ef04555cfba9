"""What a sensor on the shoe tells of one foot: contact and flight time, and how long a stride is.

The rule of this file: the foot stands still once a stride. Between two such instants the sensor's path is integrated,
and the velocity that is left over at the second, where there must be none, is the error and is taken out.

Sources: foot-mounted dead reckoning with zero-velocity updates, Skog et al. 2010, IEEE Trans Biomed Eng 57:2657-2666;
linear de-drifting of velocity and toe-off at the peak of the push-off's pitch rate, Sabatini et al. 2005, IEEE Trans
Biomed Eng 52:486-494; initial contact by the strike in the acceleration, Falbriard et al. 2018, Front Physiol 9:610.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge import quaternion
from edge.samples import Column

GRAVITY_M_S2 = 9.80665
LEAST_FOOT_RATE_HZ = 50.0
_SWING_RAD_S = 1.5
"""The least pitch rate of a swing in rad/s: a slow walk has 4, a fidgeting foot less than 1."""
_SMOOTH_S, _STILL_S = 0.04, 0.06
_LEVEL_S = 1.0
_PUSH_S = 0.25
_STRIKE_S = (-0.03, 0.12)
"""Where the foot strikes, in s after the pitch rate of the swing has gone back to zero."""
_SHARP = 0.5
"""Share of the sharpest change of force that is sharp."""
_CONTACT_S = (0.08, 1.4)
_STRIDE_S = (0.35, 2.2)


@dataclass(frozen=True, slots=True, eq=False)
class Strides:
    """Columns (n,) of one foot's strides: from one instant of standing still to the next.

    `strike_s` and `toe_off_s` bound the contact around the first instant; contact, stride time in s; length in m.
    """

    still_s: Column
    strike_s: Column
    toe_off_s: Column
    contact_s: Column
    stride_s: Column
    length_m: Column


def strides(accel_m_s2: Column, gyro_rad_s: Column, rate_hz: float) -> Strides:
    """Return the strides of a sensor fixed to a shoe, from specific force and angular rate (n, 3) in any axes.

    Lost readings (NaN) are bridged in a straight line; a stride with more than 0.1 s of them in a row is left out.
    """
    accel, gyro, lost = _bridged(accel_m_s2, gyro_rad_s)
    none = np.empty(0)
    if len(accel) < rate_hz:
        return Strides(none, none, none, none, none, none)
    pitch = _pitch_rate(gyro, rate_hz)
    toe_off, strike = _swings(pitch, np.linalg.norm(accel, axis=1), rate_hz)
    contact_s = (toe_off[1:] - strike[:-1]) / rate_hz
    real = (contact_s > _CONTACT_S[0]) & (contact_s < _CONTACT_S[1])
    from_strike, to_toe_off = strike[:-1][real], toe_off[1:][real]
    still = _stillest(gyro, from_strike, to_toe_off, rate_hz)
    span_s = np.diff(still) / rate_hz
    good = (span_s > _STRIDE_S[0]) & (span_s < _STRIDE_S[1]) & ~_holed(lost, still, rate_hz)
    first, second = still[:-1][good], still[1:][good]
    length_m = _path_m(accel, gyro, first, second, rate_hz)
    strike_s, toe_off_s = from_strike[:-1][good] / rate_hz, to_toe_off[:-1][good] / rate_hz
    return Strides(first / rate_hz, strike_s, toe_off_s, toe_off_s - strike_s, span_s[good], length_m)


def _bridged(accel: Column, gyro: Column) -> tuple[Column, Column, NDArray[np.bool_]]:
    """Return both with lost rows bridged, and which rows (n,) were lost; empty where nothing is known."""
    both = np.concatenate([accel, gyro], axis=1)
    lost = ~np.isfinite(both).all(axis=1)
    if lost.all():
        return np.empty((0, 3)), np.empty((0, 3)), lost
    rows, known = np.arange(len(both)), np.flatnonzero(~lost)
    whole = np.stack([np.interp(rows, known, column[known]) for column in both.T], axis=1)
    return whole[:, :3], whole[:, 3:], lost


def _smooth(column: Column, rate_hz: float, width_s: float) -> Column:
    """Return a column (n,) averaged over a Hann window of a width in s at half its height."""
    reach = max(1, round(width_s * rate_hz))
    weight = np.cos(0.5 * np.pi * np.arange(-reach, reach + 1) / (reach + 1)) ** 2
    padded = np.pad(column, reach, mode="edge")
    return np.convolve(padded, weight / weight.sum(), mode="valid")


def _pitch_rate(gyro: Column, rate_hz: float) -> Column:
    """Return the rate (n,) in rad/s about the axis the foot turns most about, positive in the swing.

    A foot lies flat most of the time and rolls off further than it lifts its toes: the skewness of its pitch tells
    the direction of the push-off, and the swing turns it back.
    """
    _, axes = np.linalg.eigh(gyro.T @ gyro)
    rate = _smooth(gyro @ axes[:, 2], rate_hz, _SMOOTH_S)
    angle = np.cumsum(rate) / rate_hz
    away = angle - _smooth(angle, rate_hz, _LEVEL_S)
    return rate if np.sum(away**3) <= 0.0 else np.asarray(-rate)


def _positive(rate: Column) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return first and last row (k,) of the stretches of positive rate that reach the rate of a swing."""
    edges = np.diff(np.concatenate([[0], (rate > 0.0).astype(np.int8), [0]]))
    begin, end = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    if not len(begin):
        return begin, end
    top = np.maximum.reduceat(rate, begin)
    swings = top[top > _SWING_RAD_S]
    least = max(_SWING_RAD_S, 0.4 * float(np.percentile(swings, 75)) if len(swings) else 0.0)
    return begin[top > least], end[top > least]


def _lowest(rate: Column, begin: NDArray[np.int64], rate_hz: float) -> NDArray[np.int64]:
    """Return the row (k,) of the lowest rate in the quarter of a second before each row."""
    before = np.clip(begin[:, None] - np.arange(int(_PUSH_S * rate_hz)), 0, None)
    return np.asarray(begin - rate[before].argmin(axis=1)).clip(0)


def _swings(pitch: Column, force: Column, rate_hz: float) -> tuple[Column, Column]:
    """Return toe-off and foot strike (k,) of every swing, in rows.

    Toe-off lies half-way between the fastest push-off and the turn to the swing; the strike is the first sharp change
    of force around the end of the swing.
    """
    begin, end = _positive(pitch)
    toe_off = 0.5 * (_lowest(pitch, begin, rate_hz) + begin)
    sharp = np.abs(np.gradient(force))
    span = np.arange(int(np.floor(_STRIKE_S[0] * rate_hz)), int(np.ceil(_STRIKE_S[1] * rate_hz)) + 1)
    near = np.clip(end[:, None] + span, 0, len(force) - 1)
    first = sharp[near] >= _SHARP * sharp[near].max(axis=1, keepdims=True)
    strike = near[np.arange(len(end)), first.argmax(axis=1)]
    return np.asarray(toe_off, dtype=np.float64), strike.astype(np.float64)


def _stillest(gyro: Column, strike: Column, toe_off: Column, rate_hz: float) -> NDArray[np.int64]:
    """Return the row (k,) of the slowest turning between strike and toe-off."""
    turning = _smooth(np.sum(gyro**2, axis=1), rate_hz, _STILL_S)
    part = np.linspace(0.1, 0.8, 64)
    near = np.round(strike[:, None] + part * (toe_off - strike)[:, None]).astype(np.int64)
    return np.asarray(near[np.arange(len(near)), turning[near].argmin(axis=1)] if len(near) else near[:, 0])


def _holed(lost: NDArray[np.bool_], still: NDArray[np.int64], rate_hz: float) -> NDArray[np.bool_]:
    """Return which strides (k - 1,) lost more than 0.1 s of readings in a row."""
    width = int(0.1 * rate_hz) + 1
    missing = np.concatenate([[0], np.cumsum(lost)])
    holes = np.concatenate([[0], np.cumsum(missing[width:] - missing[:-width] == width)])
    holes = np.pad(holes, (0, width), mode="edge")
    return np.asarray(holes[still[1:]] > holes[still[:-1]])


def _path_m(accel: Column, gyro: Column, first: NDArray[np.int64], second: NDArray[np.int64], rate_hz: float) -> Column:
    """Return the level distance (k,) in m from each instant of standing still to the next."""
    if not len(first):
        return np.empty(0)
    row = first[:, None] + np.arange(int((second - first).max()) + 1)
    inside = (row <= second[:, None])[:, :, None]
    row = np.minimum(row, len(accel) - 1)
    step_s = 1.0 / rate_hz
    turn = np.where(inside[:, 1:], 0.5 * (gyro[row[:, 1:]] + gyro[row[:, :-1]]) * step_s, 0.0)
    steps = np.concatenate([_upright(accel, first, rate_hz)[:, None], quaternion.from_rotation_vector(turn)], axis=1)
    pushed = quaternion.rotate(quaternion.prefix_product(steps), accel[row]) - np.array([0.0, 0.0, GRAVITY_M_S2])
    change = np.where(inside[:, 1:], 0.5 * step_s * (pushed[:, 1:] + pushed[:, :-1]), 0.0)
    velocity = np.cumsum(np.concatenate([np.zeros_like(change[:, :1]), change], axis=1), axis=1)
    share = np.minimum((row - first[:, None]) / (second - first)[:, None], 1.0)
    velocity -= share[:, :, None] * velocity[:, -1:]
    moved = np.sum(np.where(inside, velocity, 0.0), axis=1) * step_s
    return np.asarray(np.hypot(moved[:, 0], moved[:, 1]))


def _upright(accel: Column, row: NDArray[np.int64], rate_hz: float) -> Column:
    """Return the orientation (k, 4), sensor to earth without a heading, in which the force at rest points up."""
    near = np.clip(row[:, None] + np.arange(-round(0.03 * rate_hz), round(0.03 * rate_hz) + 1), 0, len(accel) - 1)
    up = accel[near].mean(axis=1)
    up = up / np.linalg.norm(up, axis=1, keepdims=True)
    half = np.concatenate([1.0 + up[:, 2:], np.stack([up[:, 1], -up[:, 0], np.zeros(len(up))], axis=1)], axis=1)
    upside_down = up[:, 2] < -0.999999
    half[upside_down] = [0.0, 1.0, 0.0, 0.0]
    return quaternion.normalise(half)
