"""Race times on one scale: oxygen demand of a speed, and how much of it a duration allows.

The rule of this file: pure formulas with their source; speeds in m/s, times in s, oxygen in ml/kg/min.
"""

from __future__ import annotations

import functools
import math

#: Riegel, P. S. (1981), Athletic records and human endurance, American Scientist 69: the exponent for running.
RIEGEL_EXPONENT = 1.06
HALF_M = 21097.5


def oxygen_ml_kg_min(speed_m_s: float) -> float:
    """Return the oxygen demand in ml/kg/min of level running at a speed in m/s.

    Source: Daniels and Gilbert (1979), Oxygen Power.
    """
    v = 60.0 * speed_m_s
    return -4.60 + 0.182258 * v + 0.000104 * v * v


def speed_m_s(oxygen: float) -> float:
    """Return the speed in m/s whose oxygen demand is given in ml/kg/min: the inverse of `oxygen_ml_kg_min`."""
    b, a = 0.182258, 0.000104
    return (-b + math.sqrt(b * b + 4.0 * a * (oxygen + 4.60))) / (2.0 * a) / 60.0


def sustainable_fraction(time_s: float) -> float:
    """Return the share (0 to 1) of maximal oxygen uptake that a race of this duration in s is run at.

    Source: Daniels and Gilbert (1979). Above 1 for races shorter than about 11 min.
    """
    t = time_s / 60.0
    return 0.8 + 0.1894393 * math.exp(-0.012778 * t) + 0.2989558 * math.exp(-0.1932605 * t)


@functools.lru_cache(maxsize=16384, typed=True)
def vdot(distance_m: float, time_s: float) -> float:
    """Return the race fitness in ml/kg/min that a distance in m run in a time in s amounts to."""
    return _vdot(distance_m, time_s)


def _vdot(distance_m: float, time_s: float) -> float:
    if distance_m <= 0 or time_s <= 0:
        raise ValueError(f"a race has a distance and a time: {distance_m} m in {time_s} s")
    return oxygen_ml_kg_min(distance_m / time_s) / sustainable_fraction(time_s)


@functools.lru_cache(maxsize=1024)
def race_time_s(fitness: float, distance_m: float) -> float:
    """Return the time in s over a distance in m at a race fitness in ml/kg/min (bisection, to 1e-6)."""
    low, high = distance_m / 12.0, distance_m / 0.5
    for _ in range(48):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _vdot(distance_m, middle) > fitness else (low, middle)
    return 0.5 * (low + high)


def riegel_s(time_s: float, from_m: float, to_m: float) -> float:
    """Return the time in s over `to_m` that a time in s over `from_m` predicts (Riegel 1981)."""
    return float(time_s * (to_m / from_m) ** RIEGEL_EXPONENT)
