"""How a person runs, beside how far: cadence, step, hills, and what they have tried.

The rule of this file: medians of the latest runs, NaN where too few tell; what was tried is read from the last year.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from edge.coach.beliefs import Habits
from edge.coach.columns import Runs
from edge.samples import Column

RUNS, WITHIN_DAYS, FEWEST = 20, 60, 3
YEAR_DAYS = 365
#: A run with this much climb in m per km was on hills; this long in s, a long one.
HILLY_M_PER_KM, LONG_S = 25.0, 90 * 60.0
#: Below this cadence people walk; above it a watch counts both feet twice.
CADENCE_SPM = (130.0, 220.0)
SUB_SPORTS = {"trail": "trail", "treadmill": "treadmill", "track": "track"}


def habits_of(runs: Runs, today: int) -> Habits:
    """Return how the person runs by the local day `today`."""
    lately = np.flatnonzero(runs.day > today - WITHIN_DAYS)[-RUNS:]
    cadence_spm = np.array([runs.facts[i].avg_cadence_spm for i in lately.tolist()], dtype=np.float64)
    usable = (cadence_spm >= CADENCE_SPM[0]) & (cadence_spm <= CADENCE_SPM[1])
    step_m = runs.speed_m_s[lately] * 60.0 / np.where(usable, cadence_spm, math.nan)
    return Habits(_median(cadence_spm, usable), _median(step_m, usable), _climb_m(runs, lately), _tried(runs, today))


def _median(values: Column, usable: NDArray[np.bool_]) -> float:
    return float(np.median(values[usable])) if int(usable.sum()) >= FEWEST else math.nan


def _climb_per_km(runs: Runs, rows: NDArray[np.int64]) -> Column:
    """Return (n,) the climb in m per km of some runs; NaN where it was not measured."""
    ascent_m = np.array([runs.facts[i].ascent_m for i in rows.tolist()], dtype=np.float64)
    return ascent_m / (runs.distance_m[rows] / 1000.0)


def _climb_m(runs: Runs, rows: NDArray[np.int64]) -> float:
    climb = _climb_per_km(runs, rows)
    return _median(climb, np.isfinite(climb))


def _tried(runs: Runs, today: int) -> tuple[str, ...]:
    rows = np.flatnonzero(runs.day > today - YEAR_DAYS)
    found = {SUB_SPORTS[s] for s in (runs.facts[i].sub_sport for i in rows.tolist()) if s in SUB_SPORTS}
    if bool((np.nan_to_num(_climb_per_km(runs, rows)) >= HILLY_M_PER_KM).any()):
        found.add("hills")
    if bool((runs.moving_s[rows] >= LONG_S).any()):
        found.add("long")
    return tuple(sorted(found))
