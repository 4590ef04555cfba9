"""Accelerometer and gyroscope of one sensor that sends them apart, as rows with both.

The rule of this file: a row is an accelerometer row with the gyroscope interpolated to its time; nothing is
extrapolated, and what has no partner within its time goes out alone, with NaN for the other. Device time in s.
"""

from __future__ import annotations

import json

import numpy as np

from edge.samples import Column, Inertial

#: How long rows wait for the other sensor's, in s of device time: frames of 52 Hz hold up to 1.5 s.
WAIT_S = 2.0
#: The longest step between gyroscope rows that is interpolated over, in s.
_BRIDGE_S = 0.25


class Pair:
    """Two streams of rows in, one out, in time order."""

    def __init__(self) -> None:
        self._accel = np.empty((0, 4))
        self._gyro = np.empty((0, 4))

    @property
    def waiting(self) -> bool:
        """Return whether rows wait for a partner."""
        return len(self._accel) > 0

    def accelerometer(self, t_s: Column, accel_m_s2: Column) -> Inertial | None:
        """Take accelerometer rows (n,), (n, 3); return the rows that are complete, or alone for too long."""
        self._accel = np.vstack([self._accel, np.column_stack([t_s, accel_m_s2])])
        return self._ready()

    def gyroscope(self, t_s: Column, gyro_rad_s: Column) -> Inertial | None:
        """Take gyroscope rows (n,), (n, 3); return the rows that are complete with them."""
        newest_s = self._gyro[-1, 0] if len(self._gyro) else -np.inf
        rows = np.column_stack([t_s, gyro_rad_s])
        self._gyro = np.vstack([self._gyro, rows[t_s > newest_s]])
        return self._ready()

    def flush(self) -> Inertial | None:
        """Return the rows that still wait, with what is known of their partner."""
        rows, self._accel = self._accel, np.empty((0, 4))
        return _alone(rows, self._turning(rows[:, 0]) if len(self._gyro) else None) if len(rows) else None

    def forget(self) -> None:
        """Forget everything: the connection or the clock is another."""
        self._accel, self._gyro = np.empty((0, 4)), np.empty((0, 4))

    def _ready(self) -> Inertial | None:
        """Return the accelerometer rows up to the newest gyroscope row, and those that have waited too long."""
        if len(self._accel) == 0:
            self._forget(-np.inf)
            return None
        if len(self._gyro) == 0:
            rows, self._accel = self._accel, np.empty((0, 4))
            return _alone(rows)
        until_s = max(self._gyro[-1, 0], self._accel[-1, 0] - WAIT_S)
        count = int(np.searchsorted(self._accel[:, 0], until_s, side="right"))
        rows, self._accel = self._accel[:count], self._accel[count:]
        if count == 0:
            return None
        paired = _alone(rows, self._turning(rows[:, 0]))
        self._forget(float(rows[-1, 0]))
        return paired

    def _turning(self, t_s: Column) -> Column:
        """Return the angular rate (n, 3) at times in s, NaN where no two neighbours hold it."""
        known = self._gyro[:, 0]
        after = np.searchsorted(known, t_s, side="left")
        right, left = np.minimum(after, len(known) - 1), np.maximum(after - 1, 0)
        exact = known[right] == t_s
        held = exact | ((after > 0) & (after < len(known)) & (known[right] - known[left] <= _BRIDGE_S))
        at = np.column_stack([np.interp(t_s, known, self._gyro[:, axis]) for axis in (1, 2, 3)])
        return np.where(held[:, None], at, np.nan)

    def _forget(self, until_s: float) -> None:
        """Drop gyroscope rows that no later row needs: all but the last before a time, and those too old to wait."""
        if len(self._gyro) == 0:
            return
        until_s = max(until_s, float(self._gyro[-1, 0]) - WAIT_S)
        keep = max(0, int(np.searchsorted(self._gyro[:, 0], until_s, side="right")) - 1)
        self._gyro = self._gyro[keep:]

    def save(self) -> str:
        """Return the state as text for `restore`."""
        return json.dumps([self._accel.tolist(), self._gyro.tolist()])

    @classmethod
    def restore(cls, saved: str) -> Pair:
        """Return the pair that `save` described."""
        pair = cls()
        accel, gyro = json.loads(saved)
        pair._accel, pair._gyro = np.array(accel).reshape(-1, 4), np.array(gyro).reshape(-1, 4)
        return pair


def _alone(rows: Column, gyro_rad_s: Column | None = None) -> Inertial:
    turning = np.full((len(rows), 3), np.nan) if gyro_rad_s is None else gyro_rad_s
    return Inertial(rows[:, 0], rows[:, 1:], turning)
