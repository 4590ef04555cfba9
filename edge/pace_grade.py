"""What a metre uphill or downhill costs this person: Minetti's curve, bent by their own heart rate.

The rule of this file: two numbers are learned, how strongly climbing and how strongly descending counts beside
Minetti's curve; both begin at what everybody shows, with a stated doubt, and a run moves them by what it can tell.
Sources: Minetti et al. 2002, J Appl Physiol 93:1039-1046; heart rate follows the load with a lag of about half a minute
(Stirling et al. 2008, Bull Math Biol 70:1348-1370) and drifts upward over a run (Coyle & Gonzalez-Alonso 2001).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.energy import running_cost_j_kg_m
from edge.samples import Column

#: What is believed before the first run: factors on Minetti's dearer metres uphill and cheaper ones downhill, the sd.
#: Downhill saves a third of what the treadmill promises (Strava's fit to heart rates, see `track.grade_cost_ratio`).
PRIOR_UP, PRIOR_DOWN, PRIOR_SD = 1.0, 1.0 / 3.0, 0.35
LAG_S = 30.0
#: A run teaches nothing below so many seconds, and its seconds are no more independent than this, in s.
_LEAST_S, _INDEPENDENT_S = 600, 60.0
_STEP_S = 10


@dataclass(frozen=True, slots=True, eq=False)
class GradeLesson:
    """What one run tells about (up, down): the normal equations (2, 2) and (2,) in units of its own scatter."""

    precision: Column
    pull: Column


@dataclass(frozen=True, slots=True)
class GradeCurve:
    """This person's factors on Minetti's curve, uphill and downhill, with the sd of each and the runs behind them."""

    up: float
    down: float
    up_sd: float
    down_sd: float
    runs: int

    def cost_ratio(self, grade: Column) -> Column:
        """Return how much dearer a metre is at grades (n,) than on the flat; 1 on the flat, never below 0.3."""
        up, down = extra_cost(grade)
        return np.maximum(1.0 + self.up * up + self.down * down, 0.3)


def extra_cost(grade: Column) -> tuple[Column, Column]:
    """Return Minetti's cost beside the flat less 1, for dearer and for cheaper metres apart, at grades (n,)."""
    extra = np.asarray(running_cost_j_kg_m(np.nan_to_num(grade))) / running_cost_j_kg_m(0.0) - 1.0
    return np.maximum(extra, 0.0), np.minimum(extra, 0.0)


def lagged(load: Column, lag_s: float = LAG_S) -> Column:
    """Return a load (n,), one row a second, as the heart follows it: a first-order lag in s from the first value."""
    reach = int(6.0 * lag_s)
    kernel = np.exp(-np.arange(reach) / lag_s)
    padded = np.concatenate((np.full(reach - 1, load[0] if len(load) else 0.0), load))
    return np.convolve(padded, kernel / kernel.sum(), mode="valid") if len(load) else load


def design(t_s: Column, speed_m_s: Column, grade: Column) -> Column:
    """Return what heart rate rests on, (n, 5): 1, time in h, flat speed, and what up and down add, lagged, in m/s."""
    up, down = extra_cost(grade)
    columns = [lagged(np.nan_to_num(c)) for c in (speed_m_s, speed_m_s * up, speed_m_s * down)]
    return np.column_stack((np.ones(len(t_s)), (t_s - t_s[0]) / 3600.0, *columns))


def lesson(t_s: Column, speed_m_s: Column, grade: Column, bpm: Column) -> GradeLesson | None:
    """Return what one run tells, at one row a second (n,); None when it is too short, flat or even to tell anything.

    The run's own level, drift and slope of heart rate over speed are fitted with it, so fitness, heat and the sensor's
    level do not matter. Rows without heart rate, slower than 1.2 m/s, or in the first 3 minutes are left out.
    """
    good = np.isfinite(bpm) & (bpm > 60.0) & (speed_m_s > 1.2) & np.isfinite(grade) & (t_s - t_s[:1] > 180.0)
    if good.sum() < _LEAST_S:
        return None
    rows = np.flatnonzero(good)[::_STEP_S]
    x, y = design(t_s, speed_m_s, grade)[rows], bpm[rows]
    slope = _speed_slope(x, y)
    if not slope > 2.0:
        return None
    return _normal(x, y, slope)


def _speed_slope(x: Column, y: Column) -> float:
    """Return the run's beats/min for each m/s of flat speed, its own hills fitted beside it.

    Heart rate rises by some 20 beats/min for each m/s; a steady run alone cannot tell its own slope.
    """
    usual = 20.0 * np.array([0.0, 0.0, 1.0, PRIOR_UP, PRIOR_DOWN])
    ridge = np.diag([1e-9, 1e-2, 20.0, 2.0, 2.0])
    return float(np.linalg.solve(x.T @ x + ridge, x.T @ y + ridge @ usual)[2])


def _normal(x: Column, y: Column, slope: float) -> GradeLesson:
    """Return the normal equations for (up, down), level, drift and speed projected out."""
    rest, hills = x[:, :3], slope * x[:, 3:]
    basis = np.linalg.qr(rest)[0]
    hills = hills - basis @ (basis.T @ hills)
    left = y - basis @ (basis.T @ y)
    off = left - hills @ np.array([PRIOR_UP, PRIOR_DOWN])
    noise = max(float(np.median(np.abs(off))) / 0.6745, 1.5)
    # Huber weights once: a strap that slips for a minute is no hill
    weight = np.minimum(1.0, 1.5 * noise / np.maximum(np.abs(off), 1e-9))
    share = _STEP_S / _INDEPENDENT_S / noise**2
    return GradeLesson(share * (hills * weight[:, None]).T @ hills, share * (hills * weight[:, None]).T @ left)


def grade_curve(lessons: tuple[GradeLesson, ...]) -> GradeCurve:
    """Return this person's curve from the lessons of their runs, Minetti's (with a third downhill) before the first.

    A run weighs no more than twice the prior: no single odd run bends the curve far.
    """
    precision = np.eye(2) / PRIOR_SD**2
    pull = precision @ np.array([PRIOR_UP, PRIOR_DOWN])
    for one in lessons:
        cap = min(1.0, 2.0 / PRIOR_SD**2 / max(float(np.trace(one.precision)), 1e-12))
        precision, pull = precision + cap * one.precision, pull + cap * one.pull
    spread = np.linalg.inv(precision)
    up, down = np.clip(spread @ pull, (0.2, -0.5), (2.5, 1.5))
    return GradeCurve(float(up), float(down), float(spread[0, 0] ** 0.5), float(spread[1, 1] ** 0.5), len(lessons))
