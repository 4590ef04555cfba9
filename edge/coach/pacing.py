"""A race on its course: the same effort all the way, slower up, a little faster down, slower where the air is thin.

The rule of this file: what a course costs is computed from its own line; the time that it is laid over comes from
outside with its interval, and every split keeps that interval.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from edge.coach.acclimatisation import CURVES_END_M, pace_loss
from edge.samples import Column, Estimate
from edge.track import grade_cost_ratio

EARTH_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""
#: Grades are taken over this length in m: satellite and map altitudes are no finer.
SMOOTH_M = 120.0
#: Of what Minetti's curve promises downhill real ground gives back a half (assumption between its 1 and Strava's
#: third), and no step is run in less than this share of the flat time: legs pay for it later.
DOWNHILL, FASTEST = 0.5, 0.93
STEP_M = 20.0
LEAST_M, MOST_M = 400.0, 400_000.0


@dataclass(frozen=True, slots=True)
class Leg:
    """One split: from and to in m, its mean grade and altitude in m, its time in s, the clock at its end in s."""

    start_m: float
    end_m: float
    grade: float
    altitude_m: float
    time_s: float
    clock_s: Estimate

    @property
    def pace_s_per_km(self) -> float:
        """Pace in s per km."""
        return 1000.0 * self.time_s / (self.end_m - self.start_m)


@dataclass(frozen=True, slots=True)
class Pacing:
    """A course and how to run it: its length and ascent in m, its time in s, what the flat would take, the splits."""

    length_m: float
    ascent_m: float
    time_s: Estimate
    flat_s: float
    """The same effort on the flat at sea level, NaN where the time was given for the course itself."""
    legs: tuple[Leg, ...]


def line_m(latitude_deg: Column, longitude_deg: Column) -> Column:
    """Return the distance since the start (n,) in m along points in degrees (great circles)."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    half = np.sin(0.5 * np.diff(latitude)) ** 2
    half += np.cos(latitude[1:]) * np.cos(latitude[:-1]) * np.sin(0.5 * np.diff(longitude)) ** 2
    return np.concatenate([[0.0], np.cumsum(2.0 * EARTH_M * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))])


def pacing(
    latitude_deg: Column,
    longitude_deg: Column,
    altitude_m: Column,
    time_s: Estimate,
    *,
    of_the_course: bool = False,
    used_to_m: float = math.nan,
    split_m: float = 1000.0,
) -> Pacing:
    """Return how to run a course of points (n,) in a time in s: of a flat race as long at sea level, or of the course.

    `altitude_m` is NaN where unknown: flat there. ValueError for a course shorter than 400 m or longer than 400 km.
    """
    along = line_m(latitude_deg, longitude_deg)
    length = float(along[-1])
    if not LEAST_M <= length <= MOST_M:
        raise ValueError(f"a course of {length:,.0f} m is outside {LEAST_M:,.0f} m to {MOST_M:,.0f} m")
    if not (time_s.value > 0.0 and split_m > 0.0):
        raise ValueError(f"a time of {time_s.value:g} s in splits of {split_m:g} m cannot be")
    mark = np.linspace(0.0, length, max(int(length / STEP_M), 20) + 1)
    height = _heights(along, altitude_m, mark)
    cost = _cost(mark, height, used_to_m)
    share = np.concatenate([[0.0], np.cumsum(cost * np.diff(mark))])
    dearer = 1.0 if of_the_course else float(share[-1]) / length
    whole = Estimate(time_s.value * dearer, time_s.low * dearer, time_s.high * dearer, time_s.source)
    ends = np.unique(np.append(np.arange(split_m, length, split_m), length))
    ends = ends if len(ends) < 2 or ends[-1] - ends[-2] > 0.05 * split_m else np.delete(ends, -2)
    rise = np.diff(height, prepend=height[0])
    return Pacing(
        length,
        float(rise[rise > 0.0].sum()),
        whole,
        math.nan if of_the_course else time_s.value,
        _legs(ends, mark, height, share / share[-1], whole),
    )


def _heights(along: Column, altitude_m: Column, mark: Column) -> Column:
    """Return the altitude (m,) in m at marks, smoothed; 0 where no point has one."""
    known = np.isfinite(altitude_m)
    if not known.any():
        return np.zeros(len(mark))
    raw = np.interp(mark, along[known], altitude_m[known])
    sd = SMOOTH_M / 2.0 / (mark[1] - mark[0])
    reach = max(int(3.0 * sd), 1)
    weight = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sd) ** 2)
    padded = np.pad(raw, reach, mode="edge")
    return np.convolve(padded, weight / weight.sum(), mode="valid")


def _cost(mark: Column, height: Column, used_to_m: float) -> Column:
    """Return (m - 1,) how much longer the same effort takes for a metre of each step than on the flat at sea level."""
    grade = np.diff(height) / np.diff(mark)
    cost = np.maximum(grade_cost_ratio(grade, DOWNHILL), FASTEST)
    if math.isnan(used_to_m):
        return cost
    middle = np.minimum(0.5 * (height[1:] + height[:-1]), CURVES_END_M)
    grid = np.arange(0.0, CURVES_END_M + 100.0, 100.0)
    loss = np.interp(middle, grid, [pace_loss(float(one), used_to_m) for one in grid])
    return np.asarray(cost * (1.0 + loss))


def _legs(ends: Column, mark: Column, height: Column, share: Column, whole: Estimate) -> tuple[Leg, ...]:
    """Return the legs up to each end in m, for the share of the time (m,) that is over at each mark."""
    starts = np.concatenate([[0.0], ends[:-1]])
    done = np.interp(ends, mark, share)
    before = np.concatenate([[0.0], done[:-1]])
    low, high = np.interp(starts, mark, height), np.interp(ends, mark, height)
    return tuple(
        Leg(
            float(starts[k]),
            float(ends[k]),
            float((high[k] - low[k]) / (ends[k] - starts[k])),
            float(0.5 * (low[k] + high[k])),
            float(done[k] - before[k]) * whole.value,
            _share_of(whole, float(done[k])),
        )
        for k in range(len(ends))
    )


def _share_of(whole: Estimate, share: float) -> Estimate:
    value, low, high = (round(share * one, 1) for one in (whole.value, whole.low, whole.high))
    return Estimate(value, low, high, whole.source)
