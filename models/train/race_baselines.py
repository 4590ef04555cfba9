"""The formulas that runners use today: Riegel, Daniels-Gilbert VDOT, Cameron.

The rule of this file: each takes one best (distance in m, time in s) and gives a time in s for a target in m.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def riegel(distance_m: Array, time_s: Array, target_m: Array) -> Array:
    """Return the time in s by Riegel's power law with exponent 1.06 (Riegel 1981)."""
    return time_s * (target_m / distance_m) ** 1.06


def _cameron_factor(distance_m: Array) -> Array:
    return 13.49681 - 0.000030363 * distance_m + 835.7114 / distance_m**0.7905


def cameron(distance_m: Array, time_s: Array, target_m: Array) -> Array:
    """Return the time in s by Cameron's formula (Cameron 1998)."""
    return time_s * (target_m / distance_m) * _cameron_factor(distance_m) / _cameron_factor(target_m)


def vdot_of(distance_m: Array, time_s: Array) -> Array:
    """Return VDOT in ml/kg/min of a race (Daniels & Gilbert 1979)."""
    minutes = time_s / 60.0
    speed = distance_m / minutes
    cost = -4.60 + 0.182258 * speed + 0.000104 * speed**2
    share = 0.8 + 0.1894393 * np.exp(-0.012778 * minutes) + 0.2989558 * np.exp(-0.1932605 * minutes)
    return np.asarray(cost / share)


def vdot(distance_m: Array, time_s: Array, target_m: Array) -> Array:
    """Return the time in s with the same VDOT, by 60 bisections between 1 min and 17 h."""
    wanted = vdot_of(distance_m, time_s)
    low, high = np.full(np.shape(wanted), 60.0), np.full(np.shape(wanted), 61200.0)
    for _ in range(60):
        middle = (low + high) / 2.0
        too_fast = vdot_of(target_m, middle) > wanted
        low, high = np.where(too_fast, middle, low), np.where(too_fast, high, middle)
    return np.asarray((low + high) / 2.0)


FORMULAS: dict[str, Callable[[Array, Array, Array], Array]] = {"Riegel": riegel, "VDOT": vdot, "Cameron": cameron}
