"""What the trackers send right now: the last values of each column that a person can read, for a screen to draw.

The rule of this file: at most `KEPT` values of a column, thinned to `RATE_HZ`; nothing here is stored.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from edge.samples import Column, DeviceInfo, Gap, HeartRate, Inertial, Pressure, Samples, Stride

KEPT = 120
RATE_HZ = 20.0
Raw = tuple[tuple[str, tuple[float, ...]], ...]

#: (name, type of samples, values): heart rate in bpm, steps in 1/min, speed in m/s, acceleration in m/s2 with gravity,
#: rotation in deg/s, pressure in hPa.
COLUMNS: tuple[tuple[str, type, Callable[..., Column]], ...] = (
    ("heart rate", HeartRate, lambda one: one.bpm),
    ("cadence", Stride, lambda one: one.cadence_spm),
    ("speed", Stride, lambda one: one.speed_m_s),
    ("acceleration", Inertial, lambda one: np.linalg.norm(one.accel_m_s2, axis=1)),
    ("rotation", Inertial, lambda one: np.degrees(np.linalg.norm(one.gyro_rad_s, axis=1))),
    ("pressure", Pressure, lambda one: one.pressure_pa / 100.0),
)


class RawTail:
    """The newest values of each column."""

    def __init__(self) -> None:
        self._kept: dict[str, deque[float]] = {}
        self._next_s: dict[str, float] = {}

    def take(self, samples: Iterable[Samples]) -> None:
        """Take samples as they come."""
        for one in samples:
            if isinstance(one, DeviceInfo | Gap):
                continue
            for name, kind, values in COLUMNS:
                if isinstance(one, kind):
                    self._add(name, one.t_s, values(one))

    def _add(self, name: str, t_s: Column, values: Column) -> None:
        kept = self._kept.setdefault(name, deque(maxlen=KEPT))
        next_s = self._next_s.get(name, -math.inf)
        for at_s, value in zip(t_s[-KEPT * 50 :].tolist(), values[-KEPT * 50 :].tolist(), strict=True):
            if at_s >= next_s and math.isfinite(value):
                kept.append(round(value, 2))
                next_s = at_s + 1.0 / RATE_HZ - 1e-9
        self._next_s[name] = next_s

    def told(self) -> Raw:
        """Return the columns that have something to show."""
        return tuple((name, tuple(self._kept[name])) for name, _, _ in COLUMNS if self._kept.get(name))


def raw_from(told: Iterable[Sequence[object]]) -> Raw:
    """Return the columns of a moment that was written down; ValueError or TypeError where they are none."""
    return tuple((str(name), tuple(float(v) for v in values)) for name, values in told)  # type: ignore[attr-defined]
