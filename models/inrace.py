"""The finish of a marathon from the splits so far, at half way and at 30 km: a median with a 90 % interval.

The rule of this file: the time left is that at even pace times a factor, whose logarithm is a quadratic form of the
pace, how each stretch so far differs from it, age and sex, with bends along the pace. The weights are those of least
absolute deviations, which gives the median. They were learned on one race (Boston 2014: downhill first, hills late, a
warm day): another course shifts them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.samples import Estimate

Array = NDArray[np.float64]

MARATHON_KM = 42.195
HALF_KM = MARATHON_KM / 2.0
#: The splits in km that must be known, by the km where the question is asked.
SPLITS_KM: dict[float, tuple[float, ...]] = {
    HALF_KM: (5.0, 10.0, 20.0, HALF_KM),
    30.0: (5.0, 10.0, 20.0, HALF_KM, 25.0, 30.0),
}
#: Centre and scale of log pace (s/km) and age, so that weights are alike; a stretch is told in tenths of log pace.
_LOG_PACE, _PACE_SCALE = math.log(315.0), 0.17
_AGE, _AGE_SCALE = 42.0, 11.0
_STRETCH = 10.0
_BENDS = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
#: A stretch farther than this from the mean log pace is a stop or a broken split and counts as this.
_MOST = 0.35
#: Who does not say: the field's share of women, and 42 years.
_FEMALE = 0.45
_AGE_RANGE = (5.0, 110.0)
#: m/s: slower nobody finishes, faster than the 5 km world record nobody runs.
_SPEED_RANGE_M_S = (0.8, 6.7)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What was learned for one point: the weights of the median, and of what the ends of the interval add to it."""

    median: Array
    low: Array
    high: Array


def linear(point_km: float, splits_s: Array, age: Array, female: Array) -> Array:
    """Return the linear terms (n, 4 + k): constant, log pace, age, sex, and each stretch's log pace over the mean.

    `splits_s` (n, k) are elapsed times at `SPLITS_KM[point_km]`; age and female (1, 0) may be NaN.
    """
    ends = np.array(SPLITS_KM[point_km])
    pace = np.diff(splits_s, axis=1, prepend=0.0) / np.diff(ends, prepend=0.0)
    mean = splits_s[:, -1] / point_km
    stretch = np.log(np.clip(pace, 30.0, 3600.0) / mean[:, None])
    person = np.stack(
        [
            np.ones(len(mean)),
            (np.log(mean) - _LOG_PACE) / _PACE_SCALE,
            np.where(np.isnan(age), 0.0, (age - _AGE) / _AGE_SCALE),
            np.where(np.isnan(female), _FEMALE, female),
        ],
        axis=1,
    )
    return np.concatenate([person, _STRETCH * np.clip(stretch, -_MOST, _MOST)], axis=1)


def form(terms: Array) -> Array:
    """Return linear terms (n, k), all their products but the constant's, and five bends along the log pace."""
    rows, columns = np.triu_indices(terms.shape[1] - 1)
    bends = np.maximum(terms[:, 1:2] - _BENDS, 0.0)
    return np.concatenate([terms, terms[:, 1 + rows] * terms[:, 1 + columns], bends], axis=1)


def finish_s(weights: Weights, point_km: float, splits_s: Array, age: Array, female: Array) -> Array:
    """Return finish, low and high in s (n, 3) from elapsed times in s (n, k) at `SPLITS_KM[point_km]`."""
    terms = form(linear(point_km, splits_s, age, female))
    median = terms @ weights.median
    low, high = (median + terms @ part for part in (weights.low, weights.high))
    logs = np.stack([median, np.minimum(low, median), np.maximum(high, median)], axis=1)
    left_s = splits_s[:, -1:] * (MARATHON_KM / point_km - 1.0)
    return np.asarray(splits_s[:, -1:] + left_s * np.exp(logs))


@functools.cache
def shipped(point_km: float) -> Weights:
    """Return the bundled weights for a point of the race in km."""
    from models.inrace_weights import WEIGHTS

    return Weights(*(np.array(part) for part in WEIGHTS[point_km]))


def _checked_splits(splits_s: Mapping[float, float]) -> dict[float, float]:
    """Return the splits by km; ValueError names a stretch that nobody can have run."""
    known = {km: float(splits_s[km]) for km in sorted(splits_s) if not math.isnan(splits_s[km])}
    before_km = before_s = 0.0
    for km, seconds in known.items():
        speed = 1000.0 * (km - before_km) / (seconds - before_s) if seconds > before_s else math.inf
        if not _SPEED_RANGE_M_S[0] <= speed <= _SPEED_RANGE_M_S[1]:
            raise ValueError(f"a split of {seconds:g} s at {km:g} km after {before_s:g} s at {before_km:g} km is wrong")
        before_km, before_s = km, seconds
    return known


def predict(splits_s: Mapping[float, float], age: float = math.nan, sex: str | None = None) -> Estimate:
    """Return the marathon time in s with its 90 % interval, from elapsed times in s by km.

    It goes by the farthest point (half way or 30 km) whose splits are all known, NaN where none is: 5, 10, 20 km and
    the half, for 30 km also 25 and 30 km. ValueError names a split, age or sex that cannot be right.
    """
    known = _checked_splits(splits_s)
    if not (math.isnan(age) or _AGE_RANGE[0] <= age <= _AGE_RANGE[1]):
        raise ValueError(f"age {age:g} is outside {_AGE_RANGE[0]:g} to {_AGE_RANGE[1]:g}")
    if sex not in ("f", "m", None, ""):
        raise ValueError(f'sex {sex!r} is not "f", "m" or None')
    points = [km for km, needed in SPLITS_KM.items() if all(split in known for split in needed)]
    if not points:
        return Estimate(math.nan, math.nan, math.nan, "in-race model: the splits up to half way are not all known")
    point = max(points)
    row = np.array([[known[km] for km in SPLITS_KM[point]]])
    female = {"f": 1.0, "m": 0.0}.get(sex or "", math.nan)
    found = finish_s(shipped(point), point, row, np.array([age]), np.array([female]))
    value, low, high = np.round(found[0], 1).tolist()
    return Estimate(value, low, high, f"in-race model from {point:g} km")
