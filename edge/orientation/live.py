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
    quiet,
    scatter,
    tilt_from_force,
    transition,
    turn_variance,
    velocity_variance,
)
from edge.orientation.pieces import Complex, gain, mean_square, prefix_pairs, product, small_turns
from edge.samples import Column

START_TILT_RAD = np.radians(10.0)
"""Doubt of a tilt taken from a quarter of a second of acceleration in motion."""
UNKNOWN_TILT_RAD = 1.0


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
    """Samples followed by the gyroscope alone; they stand as (3, m, t), so that sums run over the m rows."""

    motion: Motion
    rate_rad_s: Column
    """(3, m, t) less the bias; zero where the gyroscope was lost."""
    within: tuple[Complex, Complex]
    """(m, t) twice: turns since the block's start."""


def follow(state: FilterState, motion: Motion) -> Followed:
    """Return the turns within a block; while its gyroscope is lost a sensor stands still."""
    rate = motion.gyro_rad_s - state.bias_rad_s[:, None]
    if motion.lost_gyro_s is not None:
        gone = (motion.lost_gyro_s > 0.0) & (motion.gyro_rad_s == 0.0).all(axis=-1)
        rate = np.where(gone[..., None], 0.0, rate)
    rate = np.ascontiguousarray(rate.transpose(2, 1, 0))
    return Followed(motion, rate, prefix_pairs(*small_turns(rate, 0.5 * motion.step_s[:, None])))


def orientations(state: FilterState, block: Followed) -> Column:
    """Return the orientations (t, m, 4) of samples that were followed."""
    start_of = np.ascontiguousarray(state.quaternion).view(np.complex128)
    rows = np.empty((*block.rate_rad_s.shape[:0:-1], 2), dtype=np.complex128)
    first, second = product(start_of[:, 0], start_of[:, 1], *block.within)
    rows[..., 0], rows[..., 1] = first.T, second.T
    return rows.view(np.float64)


def finish_block(state: FilterState, block: Followed, end: Column, model: Model) -> FilterState:
    """Return the state at the end of a whole block, where the gyroscope alone led to orientations (t, 4)."""
    step_s = block.motion.step_s
    duration_s = float(step_s.sum())
    force = np.ascontiguousarray(block.motion.accel_m_s2.transpose(2, 1, 0))
    at = turns.as_matrix(state.quaternion)
    gain_m_s = (at @ gain(*block.within, force, step_s[:, None]).T[..., None])[:, :2, 0]
    square, rate = mean_square(block.rate_rad_s), block.rate_rad_s.sum(axis=1).T / len(step_s)
    rms = np.sqrt(square)
    still = quiet(model, scatter(square, rate), scatter(mean_square(force), force.sum(axis=1).T / len(step_s)), rate)
    unsure_s = _lost_s(block.motion.lost_accel_s, len(rms))
    still &= (unsure_s == 0.0) & (_lost_s(block.motion.lost_gyro_s, len(rms)) == 0.0)
    quiet_s = np.where(still, state.quiet_s + duration_s, 0.0)
    resting = quiet_s >= model.rest_after_s - 1e-9
    blind = (unsure_s > 0.5 * duration_s) | ~state.started
    velocity = np.where(blind[:, None], 0.0, state.velocity_m_s + gain_m_s)
    step = transition(at @ _mean_rotation(*block.within), np.full(len(rms), duration_s))
    spread = step @ state.covariance @ np.swapaxes(step, -1, -2)
    spread.reshape(-1, 64)[:, ::9] += _walk_variance(block, rms, resting, blind, model)
    allowed = velocity_variance(model, rms, resting, duration_s) + (model.lost_force_m_s2 * unsure_s) ** 2
    change, spread = _velocity_word(velocity, spread, np.where(blind, 1e6, allowed))
    change, spread = _rest_word(change, spread, rate, resting, duration_s, model)
    return replace(
        state,
        quaternion=_turned(end, change[:, TURN]),
        bias_rad_s=state.bias_rad_s + change[:, BIAS],
        velocity_m_s=velocity + change[:, :2],
        covariance=spread,
        quiet_s=quiet_s,
        started=state.started & (spread[:, 2, 2] < UNKNOWN_TILT_RAD**2),
    )


def _turned(quaternion: Column, turn_rad: Column) -> Column:
    """Return quaternions (t, 4) turned by small corrections (t, 3); the half angle is taken for its sine."""
    small = np.empty_like(quaternion)
    small[:, 0], small[:, 1:] = 1.0, 0.5 * turn_rad
    return turns.normalise(turns.multiply(small, quaternion))


def _mean_rotation(a: Complex, b: Complex) -> Column:
    """Return the mean rotation (t, 3, 3) over a block, from some six of its samples."""
    every = max(1, len(a) // 6)
    first, second = a[every // 2 :: every].T, b[every // 2 :: every].T
    some = np.empty((*first.shape, 2), dtype=np.complex128)
    some[..., 0], some[..., 1] = first, second
    columns = some.view(np.float64)
    return turns.matrix_of_squares(np.swapaxes(columns, 1, 2) @ columns / some.shape[1])


def _lost_s(lost_s: Column | None, trackers: int) -> Column:
    """Return how long (t,) in s samples were lost."""
    return np.zeros(trackers) if lost_s is None else np.asarray(lost_s.sum(axis=-1))


def _walk_variance(
    block: Followed, rms: Column, resting: NDArray[np.bool_], blind: NDArray[np.bool_], model: Model
) -> Column:
    """Return the variance (t, 8) that a block adds and nothing predicts."""
    duration_s = float(block.motion.step_s.sum())
    walk = np.empty((len(rms), 8))
    walk[:, :2] = np.where(blind, 1e2, model.force_noise_m_s15**2 * duration_s)[:, None]
    lost = _lost_s(block.motion.lost_gyro_s, len(rms))
    turn = turn_variance(model, rms, resting) * duration_s + model.lost_turn_rad_s05**2 * lost
    walk[:, TURN] = turn[:, None]
    walk[:, BIAS] = model.bias_noise_rad_s15**2 * duration_s
    return walk


def _velocity_word(velocity: Column, spread: Column, allowed: Column) -> tuple[Column, Column]:
    """Return the change (t, 8) and covariance after being told that the velocity is 0 within a variance (t,)."""
    change = np.zeros((len(spread), 8))
    for axis in (0, 1):
        change, spread = _scalar_word(change, spread, axis, -velocity[:, axis], allowed)
    return change, spread


def _rest_word(
    change: Column, spread: Column, rate: Column, resting: NDArray[np.bool_], duration_s: float, model: Model
) -> tuple[Column, Column]:
    """Return change and covariance after being told, at rest, that the mean rate (t, 3) is bias."""
    if not resting.any():
        return change, spread
    allowed = np.where(resting, model.rest_rate_rad_s**2 / duration_s, 1e12)
    for axis in range(3):
        change, spread = _scalar_word(change, spread, 5 + axis, rate[:, axis], allowed)
    return change, spread


def _scalar_word(change: Column, spread: Column, state: int, value: Column, variance: Column) -> tuple[Column, Column]:
    """Return change and covariance after one measured value (t,) of one state."""
    column = spread[:, :, state]
    gain = column / (column[:, state] + variance)[:, None]
    change = change + gain * (value - change[:, state])[:, None]
    return change, spread - gain[:, :, None] * column[:, None, :]
