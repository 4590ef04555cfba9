"""Orientation of a sensor, from gyroscope and accelerometer: live (`OrientationFilter`) and after the run (`estimate`).

The rule of this file: quaternions are w, x, y, z and turn the sensor's axes into east, north, up. Without a compass
the heading starts at zero and only its changes mean anything. Samples that were lost (NaN), gaps in time and values
at the end of the sensor's range raise the doubt, never an error; a shape that cannot be meant is a ValueError.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from edge.orientation.heading import along_course, to_course, to_magnetic_north
from edge.orientation.input import Limits, Motion, motion, moved_ahead, rate, steps, vectors
from edge.orientation.live import FilterState, finish_block, follow, new_state, orientations, start
from edge.orientation.model import AFTER, LIVE, Model
from edge.orientation.pieces import cut
from edge.orientation.smooth import all_samples, smooth, stretch_of
from edge.samples import Column

__all__ = ["AFTER", "LIVE", "FilterState", "Limits", "Model", "OrientationFilter", "along_course", "estimate"]

BLOCK_S = 0.25
"""The live filter listens to the accelerometer once in so long: a fixed number of samples."""
PIECE_S = 0.1
LARGE_BIAS_RAD_S = np.radians(0.5)
"""Pieces are integrated again without a bias above that: they know a bias to first order only."""
NODE_S = 2.0
"""The smoother's pieces, and how far its nodes are apart; in whole samples and pieces."""


def estimate(
    gyro_rad_s: ArrayLike,
    accel_m_s2: ArrayLike,
    rate_hz: float,
    mag_ut: ArrayLike | None = None,
    *,
    t_s: ArrayLike | None = None,
    course_rad: ArrayLike | None = None,
    forward: tuple[float, float, float] = (1.0, 0.0, 0.0),
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    model: Model = AFTER,
) -> Column:
    """Return orientations (n, 4), sensor to earth, of a whole recording (n, 3): it looks ahead and back.

    A row is the orientation at the end of its sample. With the magnetic field in uT (n, 3) north is where a field
    points that can be believed; without one, or with a magnet near, the sensor's `forward` axis follows `course_rad`
    (n,), the course over ground (see `along_course`); without either the heading starts at zero. `t_s` tells the
    times (n,) in s of an irregular recording. Raises ValueError for shapes that differ and times that do not rise.
    """
    every_hz = rate(rate_hz)
    gyro = vectors("gyro_rad_s", gyro_rad_s)
    accel = vectors("accel_m_s2", accel_m_s2, gyro.shape)
    if gyro.ndim != 2:
        raise ValueError(f"gyro_rad_s must have shape (n, 3), got {gyro.shape}")
    field = None if mag_ut is None else vectors("mag_ut", mag_ut, gyro.shape)
    course = None if course_rad is None else np.asarray(course_rad, dtype=np.float64)
    if course is not None and course.shape != (len(gyro),):
        raise ValueError(f"course_rad must have shape ({len(gyro)},), got {course.shape}")
    step_s = steps(t_s, len(gyro), every_hz)
    if not len(gyro):
        return np.empty((0, 4))
    known = motion(gyro, accel, step_s, every_hz, limits)
    rows, bias_rad_s = _explained(known, every_hz, model)
    if np.abs(bias_rad_s).max() > LARGE_BIAS_RAD_S:
        here = 1.0 if known.lost_gyro_s is None else (known.lost_gyro_s == 0.0)[:, None]
        known = replace(known, gyro_rad_s=known.gyro_rad_s - bias_rad_s * here)
        rows, _ = _explained(known, every_hz, model)
    rows = moved_ahead(rows, known.gyro_rad_s, limits.delay_s)
    to_north = None if field is None else to_magnetic_north(rows, field, step_s)
    if to_north is not None:
        return to_north
    return rows if course is None else to_course(rows, course, step_s, forward)


def _explained(known: Motion, rate_hz: float, model: Model) -> tuple[Column, Column]:
    """Return the orientations (n, 4) that explain the samples best, and the mean bias (3,)."""
    samples = max(1, round(PIECE_S * rate_hz))
    pieces = cut(known.gyro_rad_s, known.accel_m_s2, known.step_s, samples)
    each = max(1, round(NODE_S * rate_hz / samples))
    stretch = stretch_of(pieces, each, known.lost_gyro_s, known.lost_accel_s, model)
    solution = smooth(stretch, model)
    return all_samples(stretch, solution)[: len(known.gyro_rad_s)], solution.bias_rad_s.mean(axis=0)


class OrientationFilter:
    """Follows one or more trackers live; `state` saves it, the constructor restores it.

    Causal: a row is final when it is returned. The accelerometer's word and a better bias come in at the end of each
    block of a quarter of a second, counted in samples, so any chunking gives the same rows.
    """

    def __init__(
        self,
        rate_hz: float,
        trackers: int = 1,
        state: FilterState | None = None,
        limits: Limits = Limits(),  # noqa: B008 (frozen)
        model: Model = LIVE,
    ) -> None:
        self.rate_hz = rate(rate_hz)
        if trackers < 1:
            raise ValueError(f"trackers must be at least 1, got {trackers!r}")
        if state is not None and len(state.quaternion) != trackers:
            raise ValueError(f"the state is one of {len(state.quaternion)} trackers, not of {trackers}")
        self.trackers, self.limits, self.model = trackers, limits, model
        self.block = max(1, round(BLOCK_S * self.rate_hz))
        self.state = state if state is not None else new_state(trackers, model)

    def feed(self, gyro_rad_s: ArrayLike, accel_m_s2: ArrayLike, t_s: ArrayLike | None = None) -> Column:
        """Return one orientation a sample at once: (n, 4) of (n, 3), or (trackers, n, 4) of (trackers, n, 3).

        `t_s` (n,) tells the times in s of irregular samples, the same for all trackers.
        """
        gyro = vectors("gyro_rad_s", gyro_rad_s)
        accel = vectors("accel_m_s2", accel_m_s2, gyro.shape)
        alone = self.trackers == 1 and gyro.ndim == 2
        if not alone and (gyro.ndim != 3 or len(gyro) != self.trackers):
            raise ValueError(f"gyro_rad_s must have shape ({self.trackers}, n, 3), got {gyro.shape}")
        rows = self._feed(gyro[None] if alone else gyro, accel[None] if alone else accel, t_s)
        return rows[0] if alone else rows

    def _feed(self, gyro: Column, accel: Column, t_s: ArrayLike | None) -> Column:
        step_s = steps(t_s, gyro.shape[1], self.rate_hz, self.state.last_s)
        last_s = self.state.last_s if t_s is None or not step_s.size else float(np.asarray(t_s)[-1])
        waiting = len(self.state.step_s)
        if waiting:
            gyro = np.concatenate([self.state.gyro_rad_s, gyro], axis=1)
            accel = np.concatenate([self.state.accel_m_s2, accel], axis=1)
            step_s = np.concatenate([self.state.step_s, step_s])
        rows = np.empty((*gyro.shape[:2], 4))
        for at in range(0, len(step_s), self.block):
            here = slice(at, at + self.block)
            rows[:, here] = self._block(gyro[:, here], accel[:, here], step_s[here])
        rest = slice(len(step_s) // self.block * self.block, None)
        self.state = replace(
            self.state,
            gyro_rad_s=gyro[:, rest].copy(),
            accel_m_s2=accel[:, rest].copy(),
            step_s=step_s[rest].copy(),
            last_s=last_s,
        )
        return rows[:, waiting:]

    def _block(self, gyro: Column, accel: Column, step_s: Column) -> Column:
        """Return the rows of one block, whole or not yet; a whole one moves the state on."""
        self.state = start(self.state, accel, self.model)
        known = motion(gyro, accel, step_s, self.rate_hz, self.limits)
        part = follow(self.state, known)
        rows = orientations(self.state, part)
        if len(step_s) == self.block:
            self.state = finish_block(self.state, part, rows, self.model)
            rows[:, -1] = self.state.quaternion
        return moved_ahead(rows, known.gyro_rad_s, self.limits.delay_s)

    @property
    def bias_rad_s(self) -> Column:
        """Return the gyroscope bias (trackers, 3) in rad/s as of the last whole block."""
        return self.state.bias_rad_s

    @property
    def bias_deviation_rad_s(self) -> Column:
        """Return the standard deviation (trackers, 3) of the bias in rad/s."""
        return np.sqrt(self._variance(slice(5, 8)))

    @property
    def inclination_deviation_rad(self) -> Column:
        """Return the standard deviation (trackers,) of the tilt in rad, of both axes together."""
        return np.asarray(np.sqrt(self._variance(slice(2, 4)).sum(axis=1)))

    @property
    def heading_deviation_rad(self) -> Column:
        """Return the standard deviation (trackers,) in rad of the turn about the vertical since the start."""
        return np.sqrt(self._variance(slice(4, 5))[:, 0])

    @property
    def resting(self) -> NDArray[np.bool_]:
        """Return which trackers (trackers,) have kept still for long enough to be at rest."""
        return np.asarray(self.state.quiet_s >= self.model.rest_after_s - 1e-9)

    def _variance(self, which: slice) -> Column:
        return np.diagonal(self.state.covariance, axis1=1, axis2=2)[:, which]
