"""Orientation of a sensor, from gyroscope and accelerometer: live (`OrientationFilter`) and after the run (`estimate`).

The rule of this file: quaternions are w, x, y, z and turn the sensor's axes into east, north, up; without a compass
the heading starts at zero and only its changes mean anything. Lost samples are NaN and raise the doubt, never an error.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from edge import quaternion as turns
from edge.orientation_live import FilterState, Followed, finish_block, follow, new_state, start
from edge.orientation_model import Model
from edge.orientation_pieces import cut
from edge.orientation_smooth import all_samples, smooth, stretch_of
from edge.samples import Column

BLOCK_S = 0.25
MODEL = Model()


class OrientationFilter:
    """Follows trackers live; `state` saves it, the constructor restores it.

    Causal: a row is final when it is returned. Blocks hold a fixed number of samples, a quarter of a second.
    """

    def __init__(self, rate_hz: float, trackers: int = 1, state: FilterState | None = None) -> None:
        if not (np.isfinite(rate_hz) and rate_hz > 0.0):
            raise ValueError(f"rate_hz must be a positive number, got {rate_hz!r}")
        if trackers < 1:
            raise ValueError(f"trackers must be at least 1, got {trackers!r}")
        self.rate_hz = float(rate_hz)
        self.block = max(1, round(BLOCK_S * self.rate_hz))
        self.state = state if state is not None else new_state(trackers, MODEL)
        self.trackers = len(self.state.quaternion)

    def feed(self, gyro_rad_s: Column, accel_m_s2: Column) -> Column:
        """Return one orientation a sample: (n, 4) of (n, 3) samples, (trackers, n, 4) of (trackers, n, 3)."""
        gyro, accel = np.asarray(gyro_rad_s, dtype=np.float64), np.asarray(accel_m_s2, dtype=np.float64)
        if self.trackers == 1 and gyro.ndim == 2:
            return self._feed(gyro[None], accel[None])[0]
        return self._feed(gyro, accel)

    def _feed(self, gyro: Column, accel: Column) -> Column:
        waiting = self.state.gyro_rad_s.shape[1]
        gyro = np.concatenate([self.state.gyro_rad_s, gyro], axis=1)
        accel = np.concatenate([self.state.accel_m_s2, accel], axis=1)
        rows, step_s = np.empty((*gyro.shape[:2], 4)), np.full(self.block, 1.0 / self.rate_hz)
        for at in range(0, gyro.shape[1], self.block):
            to = min(at + self.block, gyro.shape[1])
            self.state = start(self.state, accel[:, at:to], MODEL)
            part = follow(self.state, gyro[:, at:to], accel[:, at:to], step_s[: to - at])
            rows[:, at:to] = turns.multiply(self.state.quaternion[:, None], part.within)
            if to - at == self.block:
                self.state = finish_block(self.state, part, step_s, MODEL)
                rows[:, to - 1] = self.state.quaternion
        whole = gyro.shape[1] // self.block * self.block
        self.state = replace(self.state, gyro_rad_s=gyro[:, whole:].copy(), accel_m_s2=accel[:, whole:].copy())
        return rows[:, waiting:]


PIECE_S = 0.1
PIECES = 15
"""Pieces between two nodes of the smoother."""


def estimate(gyro_rad_s: Column, accel_m_s2: Column, rate_hz: float, mag_ut: Column | None = None) -> Column:
    """Return orientations (n, 4) of a whole recording (n, 3), looking ahead and back."""
    gyro, accel = np.asarray(gyro_rad_s, dtype=np.float64), np.asarray(accel_m_s2, dtype=np.float64)
    if not len(gyro):
        return np.empty((0, 4))
    stretch = _stretch(gyro, accel, np.full(len(gyro), 1.0 / rate_hz), rate_hz)
    return all_samples(stretch, smooth(stretch, MODEL))[: len(gyro)]


def _stretch(gyro: Column, accel: Column, step_s: Column, rate_hz: float) -> Stretch:
    """Return what the smoother starts from; a lost rate stands still and a lost force weighs nothing."""
    samples = max(1, round(PIECE_S * rate_hz))
    lost_rate, lost_force = _lost(gyro), _lost(accel)
    if lost_rate is not None:
        gyro = np.where(lost_rate[:, None], 0.0, gyro)
    if lost_force is not None:
        accel = np.where(lost_force[:, None], 0.0, accel)
    lost_rate_s = None if lost_rate is None else lost_rate * step_s
    return stretch_of(cut(gyro, accel, step_s, samples), PIECES, lost_rate_s, lost_force, MODEL)


def _lost(columns: Column) -> NDArray[np.bool_] | None:
    """Return which rows (n,) are not finite, or None where all are."""
    known = np.isfinite(columns)
    return None if known.all() else ~known.all(axis=1)
