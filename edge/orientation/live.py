"""The live filter: one block of samples at a time, all trackers at once.

The rule of this file: within a block the orientation only follows the gyroscope, less the bias known at its start;
at the block's last sample the accelerometer's word comes in, by an error-state Kalman filter (Sola 2017, "Quaternion
kinematics for the error-state Kalman filter", section 5) over the eight states of `edge.orientation.model`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edge import quaternion as turns
from edge.orientation.input import Motion
from edge.orientation.model import (
    BIAS,
    GRAVITY_M_S2,
    TURN,
    Model,
    V,
    quiet,
    tilt_from_force,
    transition,
    turn_variance,
    velocity_variance,
)
from edge.orientation.pieces import Complex, prefix_pairs, product, small_turns
from edge.samples import Column

START_TILT_RAD = np.radians(10.0)
"""Doubt of a tilt taken from a quarter of a second of acceleration in motion."""
UNKNOWN_TILT_RAD = 1.0
_SAME = np.eye(3)


@dataclass(frozen=True, slots=True, eq=False)
class FilterState:
    """Everything a live filter remembers, to be saved and restored in the middle of a run; t trackers."""

    quaternion: Column
    """(t, 4) sensor to earth at the end of the last whole block."""
    bias_rad_s: Column
    """(t, 3)"""
    velocity_m_s: Column
    """(t, 2), east and north, less its slow mean."""
    covariance: Column
    """(t, 8, 8) of velocity, turn and bias."""
    quiet_s: Column
    """(t,) how long nothing has moved."""
    started: NDArray[np.bool_]
    """(t,) whether an accelerometer sample has been seen."""
    gyro_rad_s: Column
    """(t, k, 3) samples of the unfinished block."""
    accel_m_s2: Column
    """(t, k, 3)"""
    step_s: Column
    """(k,) the time each of them stands for."""
    last_s: float
    """Time in s of the newest sample; NaN where times are not given."""


def new_state(trackers: int, model: Model) -> FilterState:
    """Return what a filter knows before the first sample."""
    deviation = [model.velocity_m_s] * 2 + [UNKNOWN_TILT_RAD] * 2 + [0.0] + [model.bias_rad_s] * 3
    return FilterState(
        quaternion=np.tile([1.0, 0.0, 0.0, 0.0], (trackers, 1)),
        bias_rad_s=np.zeros((trackers, 3)),
        velocity_m_s=np.zeros((trackers, 2)),
        covariance=np.tile(np.diag(np.square(deviation)), (trackers, 1, 1)),
        quiet_s=np.zeros(trackers),
        started=np.zeros(trackers, dtype=bool),
        gyro_rad_s=np.empty((trackers, 0, 3)),
        accel_m_s2=np.empty((trackers, 0, 3)),
        step_s=np.empty(0),
        last_s=np.nan,
    )


def start(state: FilterState, accel_m_s2: Column, model: Model) -> FilterState:
    """Return the state with the tilt of trackers that now see their first force, in samples (t, n, 3)."""
    if state.started.all():
        return state
    known: NDArray[np.bool_] = np.asarray(np.isfinite(accel_m_s2).all(axis=-1))
    fresh = ~state.started & known.any(axis=-1)
    if not fresh.any():
        return state
    first = accel_m_s2[np.arange(len(known)), known.argmax(axis=-1)]
    tilt = tilt_from_force(turns.rotate(state.quaternion, np.where(fresh[:, None], first, [0.0, 0.0, GRAVITY_M_S2])))
    quaternion = np.where(fresh[:, None], turns.multiply(tilt, state.quaternion), state.quaternion)
    covariance = state.covariance.copy()
    covariance[fresh, 2:4] = covariance[fresh, :, 2:4] = 0.0
    covariance[fresh, 2, 2] = covariance[fresh, 3, 3] = START_TILT_RAD**2
    return replace(state, quaternion=quaternion, covariance=covariance, started=state.started | fresh)


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """Samples followed by the gyroscope alone; they stand as (m, t), so that sums run over the m rows."""

    motion: Motion
    readings: Column
    """(6, m, t): rate less the bias, zero where the gyroscope was lost; force."""
    within: tuple[Complex, Complex]
    """(m, t) twice: turns since the block's start."""


def follow(state: FilterState, motion: Motion) -> Followed:
    """Return the turns within a block; while its gyroscope is lost a sensor stands still."""
    trackers, samples, _ = motion.gyro_rad_s.shape
    readings = np.empty((6, samples, trackers))
    np.subtract(motion.gyro_rad_s.T, state.bias_rad_s.T[:, None], out=readings[:3])
    readings[3:] = motion.accel_m_s2.T
    if motion.lost_gyro_s is not None:
        gone = (motion.lost_gyro_s > 0.0) & (motion.gyro_rad_s == 0.0).all(axis=-1)
        readings[:3, gone.T] = 0.0
    half_s = 0.5 * motion.step_s[:, None]
    return Followed(motion, readings, prefix_pairs(*small_turns(readings[:3], half_s)))


def orientations(state: FilterState, block: Followed) -> Column:
    """Return the orientations (t, m, 4) of samples that were followed."""
    start_of = np.ascontiguousarray(state.quaternion).view(np.complex128)
    rows = np.empty((*block.readings.shape[:0:-1], 2), dtype=np.complex128)
    first, second = product(start_of[:, 0], start_of[:, 1], *block.within)
    rows[..., 0], rows[..., 1] = first.T, second.T
    return rows.view(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What a whole block shows before any correction, for t trackers."""

    duration_s: float
    rate_rad_s: Column
    """(t, 3) mean, less the bias."""
    rate_rms_rad_s: Column
    quiet_s: Column
    """(t,) how long nothing has moved."""
    resting: NDArray[np.bool_]
    blind: NDArray[np.bool_]
    """(t,) without an accelerometer for more than half of the time."""
    lost_gyro_s: Column | float
    lost_accel_s: Column | float


def finish_block(state: FilterState, block: Followed, rows: Column, model: Model) -> FilterState:
    """Return the state at the end of a whole block, where the gyroscope alone led to orientations (t, m, 4)."""
    seen = _seen(state, block, model)
    gained, turned = _integrals(state.quaternion, rows, block.motion)
    velocity = np.where(seen.blind[:, None], 0.0, state.velocity_m_s + gained)
    step = transition(turned, seen.duration_s)
    spread = step @ state.covariance @ np.swapaxes(step, -1, -2)
    spread = 0.5 * (spread + np.swapaxes(spread, -1, -2))  # else rounding grows from block to block
    spread.reshape(-1, 64)[:, ::9] += _walk_variance(seen, model)
    change, spread = _words(velocity, spread, seen, model)
    return replace(
        state,
        quaternion=_turned(rows[:, -1], change[:, TURN]),
        bias_rad_s=state.bias_rad_s + change[:, BIAS],
        velocity_m_s=velocity + change[:, :2],
        covariance=spread,
        quiet_s=seen.quiet_s,
        started=state.started & (spread[:, 2, 2] < UNKNOWN_TILT_RAD**2),
    )


def _integrals(start: Column, rows: Column, motion: Motion) -> tuple[Column, Column]:
    """Return the level velocity gained (t, 2) and the rotation's integral (t, 3, 3) in s over rows (t, m, 4).

    Force and rotation are taken in the middle of each step. A rotation matrix is linear in the products of two parts
    of its quaternion, so those are summed, once weighted with each axis of the force and once with the time.
    """
    middle = np.swapaxes(rows, 1, 2).copy()
    middle[:, :, 1:] += middle[:, :, :-1].copy()
    middle[:, :, 0] += start
    weight = np.empty((*rows.shape[:2], 4))
    weight[:, :, :3], weight[:, :, 3] = motion.accel_m_s2, 1.0
    weight *= (motion.step_s / np.einsum("tkm,tkm->tm", middle, middle))[:, :, None]
    squares = (middle[:, :, None] * middle[:, None]).reshape(len(rows), 16, -1)
    sums = (squares @ weight).reshape(-1, 64) @ _OF_SUMS
    return sums[:, :2], sums[:, 2:].reshape(-1, 3, 3)


def _of_sums() -> Column:
    """Return what turns sums (16, 4) of products by weight into level gain (2) and matrix (9): (64, 11)."""
    matrix = turns.matrix_of_squares(np.eye(16).reshape(16, 4, 4))
    of_sums = np.zeros((16, 4, 11))
    of_sums[:, :3, :2] = np.swapaxes(matrix[:, :2], 1, 2)
    of_sums[:, 3, 2:] = matrix.reshape(16, 9)
    return of_sums.reshape(64, 11)


_OF_SUMS = _of_sums()


def _seen(state: FilterState, block: Followed, model: Model) -> _Seen:
    """Return mean and scatter of a block's readings, and whether it rests."""
    lost_gyro_s, lost_accel_s = _lost_s(block.motion.lost_gyro_s), _lost_s(block.motion.lost_accel_s)
    duration_s, samples = float(np.add.reduce(block.motion.step_s)), block.readings.shape[1]
    mean = np.add.reduce(block.readings, axis=1) / samples
    square = np.einsum("kmt,kmt->kt", block.readings, block.readings) / samples
    variance = (square - mean * mean).reshape(2, 3, -1).sum(axis=1)
    still = quiet(model, variance[0], variance[1], mean[:3].T) & (lost_gyro_s == 0.0) & (lost_accel_s == 0.0)
    quiet_s = np.where(still, state.quiet_s + duration_s, 0.0)
    return _Seen(
        duration_s,
        mean[:3].T,
        np.sqrt(np.add.reduce(square[:3])),
        quiet_s,
        quiet_s >= model.rest_after_s - 1e-9,
        (lost_accel_s > 0.5 * duration_s) | ~state.started,
        lost_gyro_s,
        lost_accel_s,
    )


def _turned(quaternion: Column, turn_rad: Column) -> Column:
    """Return quaternions (t, 4) turned by small corrections (t, 3); the half angle is taken for its sine."""
    small = np.empty_like(quaternion)
    small[:, 0], small[:, 1:] = 1.0, 0.5 * turn_rad
    return turns.normalise(turns.multiply(small, quaternion))


def _lost_s(lost_s: Column | None) -> Column | float:
    """Return how long (t,) in s samples were lost; 0 where none was."""
    return 0.0 if lost_s is None else np.asarray(lost_s.sum(axis=-1))


def _walk_variance(seen: _Seen, model: Model) -> Column:
    """Return the variance (t, 8) that a block adds and nothing predicts."""
    walk = np.empty((len(seen.blind), 8))
    walk[:, :2] = np.where(seen.blind, 1e2, model.force_noise_m_s15**2 * seen.duration_s)[:, None]
    turn = turn_variance(model, seen.rate_rms_rad_s, seen.resting) * seen.duration_s
    walk[:, TURN] = (turn + model.lost_turn_rad_s05**2 * seen.lost_gyro_s)[:, None]
    walk[:, BIAS] = model.bias_noise_rad_s15**2 * seen.duration_s
    return walk


def _words(velocity: Column, spread: Column, seen: _Seen, model: Model) -> tuple[Column, Column]:
    """Return the change (t, 8) and covariance once it is told that the velocity is about 0 and, at rest, the rate."""
    allowed = velocity_variance(model, seen.rate_rms_rad_s, seen.resting, seen.duration_s)
    allowed = np.where(seen.blind, 1e6, allowed + (model.lost_force_m_s2 * seen.lost_accel_s) ** 2)
    change, spread = _word(np.zeros((len(spread), 8)), spread, V, -velocity, allowed)
    if not seen.resting.any():
        return change, spread
    allowed = np.where(seen.resting, model.rest_rate_rad_s**2 / seen.duration_s, 1e12)
    return _word(change, spread, BIAS, seen.rate_rad_s, allowed)


def _word(change: Column, spread: Column, states: slice, value: Column, variance: Column) -> tuple[Column, Column]:
    """Return change and covariance after measured values (t, k) of k states, each with a variance (t,) of its own."""
    rows = spread[:, states]
    within = rows[:, :, states] + variance[:, None, None] * _SAME[: value.shape[1], : value.shape[1]]
    gain = np.linalg.solve(within, rows)
    change = change + ((value - change[:, states])[:, None] @ gain)[:, 0]
    return change, spread - np.swapaxes(rows, 1, 2) @ gain
