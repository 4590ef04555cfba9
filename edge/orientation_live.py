"""The live filter: one block of samples at a time, all trackers at once.

The rule of this file: within a block the orientation only follows the gyroscope, less the bias known at its start;
at the block's last sample the accelerometer's word comes in, by an error-state Kalman filter (Sola 2017, "Quaternion
kinematics for the error-state Kalman filter", section 5) over the eight states of `edge.orientation_model`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edge import quaternion as turns
from edge.orientation_model import (
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
    known = np.isfinite(accel_m_s2).all(axis=-1)
    fresh = ~state.started & known.any(axis=-1)
    if not fresh.any():
        return state
    first = accel_m_s2[np.arange(len(known)), known.argmax(axis=-1)]
    tilt = tilt_from_force(turns.rotate(state.quaternion, np.where(fresh[:, None], first, [0.0, 0.0, GRAVITY_M_S2])))
    quaternion = np.where(fresh[:, None], turns.multiply(tilt, state.quaternion), state.quaternion)
    covariance = state.covariance.copy()
    covariance[fresh, 2, 2] = covariance[fresh, 3, 3] = START_TILT_RAD**2
    return replace(state, quaternion=quaternion, covariance=covariance, started=state.started | fresh)


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """Samples (t, m, ...) followed by the gyroscope alone."""

    rate_rad_s: Column
    force_m_s2: Column
    lost_rate: NDArray[np.bool_]
    lost_force: NDArray[np.bool_]
    within: Column
    """(t, m, 4) turns since the block's start."""


def follow(state: FilterState, gyro_rad_s: Column, accel_m_s2: Column, step_s: Column) -> Followed:
    """Return the turns within a block; a lost rate (NaN) stands still, a lost force weighs nothing."""
    rate = gyro_rad_s - state.bias_rad_s[:, None]
    lost_rate, lost_force = ~np.isfinite(rate).all(axis=-1), ~np.isfinite(accel_m_s2).all(axis=-1)
    force = accel_m_s2
    if lost_rate.any():
        rate = np.where(lost_rate[..., None], 0.0, rate)
    if lost_force.any():
        force = np.where(lost_force[..., None], 0.0, force)
    within = turns.prefix_product(turns.from_rotation_vector(rate * step_s[:, None]))
    return Followed(rate, force, lost_rate, lost_force, within)


def finish_block(state: FilterState, block: Followed, step_s: Column, model: Model) -> FilterState:
    """Return the state at the end of a whole block."""
    duration_s = float(step_s.sum())
    end = turns.multiply(state.quaternion, block.within[:, -1])
    before = turns.multiply(state.quaternion[:, None], _middle(block.within))
    mean_rotation = turns.as_matrix(before).mean(axis=1)
    gain_m_s = np.einsum("tmi,m->ti", turns.rotate(before, block.force_m_s2), step_s)
    rms = np.sqrt(np.mean(np.sum(block.rate_rad_s**2, axis=-1), axis=-1))
    still = _still(block, rms, model)
    quiet_s = np.where(still, state.quiet_s + duration_s, 0.0)
    resting = quiet_s >= model.rest_after_s - 1e-9
    step = transition(mean_rotation, np.full(len(rms), duration_s))
    spread = step @ state.covariance @ np.swapaxes(step, -1, -2)
    lost = block.lost_rate @ step_s
    turn = turn_variance(model, rms, resting) * duration_s + model.lost_turn_rad_s05**2 * lost
    diagonal = np.empty((len(rms), 8))
    diagonal[:, :2] = model.force_noise_m_s15**2 * duration_s
    diagonal[:, TURN] = turn[:, None]
    diagonal[:, BIAS] = model.bias_noise_rad_s15**2 * duration_s
    spread[:, range(8), range(8)] += diagonal
    blind = block.lost_force.any(axis=-1) | ~state.started
    velocity = np.where(blind[:, None], 0.0, state.velocity_m_s + gain_m_s[:, :2])
    allowed = np.where(blind, 1e6, velocity_variance(model, rms, resting, duration_s))
    change, spread = _velocity_word(velocity, spread, allowed)
    change, spread = _rest_word(change, spread, block.rate_rad_s.mean(axis=1), resting, duration_s, model)
    return replace(
        state,
        quaternion=turns.normalise(turns.multiply(turns.from_rotation_vector(change[:, TURN]), end)),
        bias_rad_s=state.bias_rad_s + change[:, BIAS],
        velocity_m_s=velocity + change[:, :2],
        covariance=spread,
        quiet_s=quiet_s,
    )


def _still(block: Followed, rate_rms_rad_s: Column, model: Model) -> NDArray[np.bool_]:
    """Return which trackers (t,) kept still; with a lost sample nobody knows."""
    rate, force = block.rate_rad_s.mean(axis=1), block.force_m_s2.mean(axis=1)
    square = np.mean(np.sum(block.force_m_s2**2, axis=-1), axis=-1)
    known = ~(block.lost_rate | block.lost_force).any(axis=-1)
    return known & quiet(model, scatter(rate_rms_rad_s**2, rate), scatter(square, force), rate)


def _middle(within: Column) -> Column:
    """Return the turns (t, m, 4) half a sample before each of these, where samples of the force are taken."""
    middle = within.copy()
    middle[:, 1:] += within[:, :-1]
    middle[:, 0, 0] += 1.0
    return turns.normalise(middle)


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


def _scalar_word(
    change: Column, spread: Column, state: int, value: Column, variance: Column
) -> tuple[Column, Column]:
    """Return change and covariance after one measured value (t,) of one state."""
    column = spread[:, :, state]
    gain = column / (column[:, state] + variance)[:, None]
    change = change + gain * (value - change[:, state])[:, None]
    return change, spread - gain[:, :, None] * column[:, None, :]
