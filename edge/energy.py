"""Energy in kcal, always with its interval; NumPy is all that it needs, so that other programs can use it alone.

The rule of this file: what is not known (weight, wind, fitness) widens the interval instead of being assumed away.
`run_kcal` is the whole of it for a run; the others are its parts, and the ways for a ride.
"""

from __future__ import annotations

import math
from typing import overload

import numpy as np

from edge.samples import Column, Estimate

_J_PER_KCAL = 4184.0
_NAN = float("nan")
# Adults where the person did not say: median and 5-95 % range in kg over men and women (Walpole et al. 2012, BMC
# Public Health 12:439, gives means of 58 to 81 kg by region; the spread within a population is some 20 %).
_POPULATION_KG = (70.0, 50.0, 98.0)
_SCALE_ERROR = 0.02
# Standing metabolism, 3.5 ml O2 per kg and minute at 20.9 J/ml.
_STANDING_W_KG = 1.22
# Slower than this people walk, in m/s (preferred transition, Hreljac 1993, Med Sci Sports Exerc 25:1158-1162).
_WALKS_M_S = 2.0
_STRETCH_M = 100.0
# Relative 90 % half-widths: the measured cost of running varies by 7 % (1 sd) between trained runners (Minetti 2002),
# more between all of us; of cycling without a power meter wind and drafting decide; heart rate explains R2 = 0.73.
_FOOT_ERROR, _RIDE_ERROR, _HEART_ERROR, _POWER_ERROR = 0.18, 0.45, 0.40, 0.14
_EFFICIENCY = 0.215  # gross, 0.185-0.245 (Coyle et al. 1992, Med Sci Sports Exerc 24:782-788)
_90 = 1.645
_AIR_KG_M = 0.5 * 1.2 * 0.40  # half air density times drag area of a rider on the hoods
_ROLLING, _BICYCLE_KG, _GRAVITY = 0.006, 10.0, 9.80665


@overload
def running_cost_j_kg_m(grade: float) -> float: ...
@overload
def running_cost_j_kg_m(grade: Column) -> Column: ...
def running_cost_j_kg_m(grade: float | Column) -> float | Column:
    """Return the energy cost of running above standing, in J per kg and m, at a grade (rise over run) held in +-0.45.

    Ten elite mountain runners on a treadmill: good uphill; downhill, on real ground and for the rest of us, running
    costs more than this (Strava's fit to heart rates puts the error at up to three times).
    Source: Minetti et al. 2002, J Appl Physiol 93:1039-1046.
    """
    i = np.clip(grade, -0.45, 0.45)
    cost = ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
    return cost if isinstance(grade, np.ndarray) else float(cost)


def walking_cost_j_kg_m(grade: Column) -> Column:
    """Return the energy cost of walking above standing, in J per kg and m, at grades (n,) held in +-0.45.

    At the cheapest speed for the grade. Source: Minetti et al. 2002.
    """
    i = np.clip(grade, -0.45, 0.45)
    return np.asarray(((((280.5 * i - 58.7) * i - 76.8) * i + 51.9) * i + 19.6) * i + 2.5)


def run_kcal(
    duration_s: Column,
    speed_m_s: Column,
    grade: Column | float = 0.0,
    weight_kg: float = math.nan,
    avg_bpm: float = math.nan,
    age: float = math.nan,
    sex: str = "",
) -> Estimate:
    """Return the energy in kcal of a run or walk from speed, grade, mass and heart rate, with a 90 % interval.

    `duration_s` (n,), `speed_m_s` (n,) and `grade` (n,), rise over run, of consecutive stretches of any length; weight
    in kg, mean heart rate in beats/min, age in years, NaN where unknown; sex "f", "m" or "". Movement and heart rate
    are averaged by their doubts; where they disagree by more than those, the interval widens (Birge 1932).
    ValueError names a column that cannot be.
    """
    duration, speed, slope = np.broadcast_arrays(
        *(np.asarray(c, dtype=np.float64) for c in (duration_s, speed_m_s, grade))
    )
    for name, column in (("duration_s", duration), ("speed_m_s", speed)):
        if not (np.isfinite(column).all() and (column >= 0.0).all()):
            raise ValueError(f"{name} holds a value that is no number or below 0")
    if not np.isfinite(slope).all():
        raise ValueError("grade holds a value that is no number: leave an unknown grade at 0")
    timer_s = float(duration.sum())
    moved = foot_kcal(np.atleast_2d(np.stack([speed * duration, duration, slope])).reshape(3, -1), timer_s, weight_kg)
    beaten = heart_kcal(avg_bpm, timer_s, weight_kg, age, sex) if math.isfinite(avg_bpm) else None
    return moved if beaten is None or not beaten.value > 0.0 or not moved.value > 0.0 else _joined(moved, beaten)


def _joined(one: Estimate, other: Estimate) -> Estimate:
    """Return two estimates of the same energy as one, averaged in log scale by their doubts."""
    middle = np.log([one.value, other.value])
    doubt = np.array([math.log(e.high / e.low) / (2.0 * _90) for e in (one, other)])
    weight = doubt**-2.0
    value = float(np.sum(weight * middle) / np.sum(weight))
    chi = math.sqrt(float(np.sum(weight * (middle - value) ** 2)))
    half = _90 * max(1.0, chi) / math.sqrt(float(np.sum(weight)))
    return Estimate(math.exp(value), math.exp(value - half), math.exp(value + half), f"{one.source}; {other.source}")


def weight_range_kg(weight_kg: float) -> tuple[float, float, float]:
    """Return weight in kg with its 90 % range: as said to 2 %, else an adult's of the population."""
    if not weight_kg > 0.0:
        return _POPULATION_KG
    return weight_kg, (1.0 - _SCALE_ERROR) * weight_kg, (1.0 + _SCALE_ERROR) * weight_kg


def foot_kcal(stretches: Column, timer_s: float, weight_kg: float) -> Estimate:
    """Return the energy in kcal of going on foot, standing metabolism included, with a 90 % interval.

    `stretches` (3, k) as `stretches_of` gives them; weight in kg, NaN where unknown. On flat ground near 1 kcal per
    kg and km. Source: Minetti et al. 2002 (walking below 2 m/s).
    """
    length_m, duration_s, grade = stretches
    walks = length_m < _WALKS_M_S * duration_s
    cost = np.where(walks, walking_cost_j_kg_m(grade), running_cost_j_kg_m(grade))
    per_kg = (float(np.sum(length_m * cost)) + _STANDING_W_KG * timer_s) / _J_PER_KCAL
    return _with_weight(per_kg, 0.0, weight_kg, _FOOT_ERROR, "distance, grade and weight (Minetti 2002)")


def ride_kcal(stretches: Column, timer_s: float, weight_kg: float) -> Estimate:
    """Return the energy in kcal of a ride without a power meter: air, rolling and climbing at a gross efficiency.

    `stretches` (3, k) as `stretches_of` gives them; no wind, own bicycle 10 kg: the interval is wide.
    """
    length_m, duration_s, grade = stretches
    speed = length_m / np.maximum(duration_s, 1.0)
    per_rider = _GRAVITY * (_ROLLING + grade)
    kg = weight_range_kg(weight_kg)[0]
    force = np.maximum(_AIR_KG_M * speed**2 + (kg + _BICYCLE_KG) * per_rider, 0.0)
    work_j = float(np.sum(force * length_m)) / _EFFICIENCY + 0.5 * _STANDING_W_KG * kg * timer_s
    return _with_weight(0.5 * work_j / kg / _J_PER_KCAL, 0.5 * work_j / _J_PER_KCAL, weight_kg, _RIDE_ERROR,
                        "speed, grade and weight on a bicycle")  # fmt: skip


def power_kcal(work_j: float) -> Estimate:
    """Return the energy in kcal of mechanical work in J at the pedals, at a gross efficiency of 18.5-24.5 %."""
    return _with_weight(0.0, work_j / _EFFICIENCY / _J_PER_KCAL, 1.0, _POWER_ERROR, "power at 21.5 % efficiency")


def heart_kcal(avg_bpm: float, timer_s: float, weight_kg: float, age: float = math.nan, sex: str = "") -> Estimate:
    """Return the energy in kcal of a time in s at an average heart rate.

    Of an adult of 35 where no age is given, and the mean of the two sexes' equations where no sex ("f", "m") is;
    without fitness, for 90-150 beats/min, poor outside. NaN when it gives nothing.
    Source: Keytel et al. 2005, J Sports Sci 23:289-297.
    """
    kg, years = weight_range_kg(weight_kg)[0], age if math.isfinite(age) else 35.0
    men = -55.0969 + 0.6309 * avg_bpm + 0.1988 * kg + 0.2017 * years
    women = -20.4022 + 0.4472 * avg_bpm - 0.1263 * kg + 0.074 * years
    kcal = {"m": men, "f": women}.get(sex, 0.5 * (men + women)) * timer_s / 60.0 / 4.184
    if not kcal > 0.0:
        return Estimate(_NAN, _NAN, _NAN, "heart rate too low to tell energy from")
    unknown = [name for name, known in (("age", math.isfinite(age)), ("sex", sex in ("f", "m"))) if not known]
    source = "heart rate (Keytel 2005)" + (f", {' and '.join(unknown)} unknown" if unknown else "")
    return _with_weight(0.0, kcal, weight_kg, _HEART_ERROR, source)


def _with_weight(per_kg: float, fixed: float, weight_kg: float, error: float, source: str) -> Estimate:
    """Return per_kg x weight + fixed in kcal with both the weight's and the method's 90 % range."""
    kg, low_kg, high_kg = weight_range_kg(weight_kg)
    value = per_kg * kg + fixed
    if value <= 0.0:
        return Estimate(value, value, value, source)
    low, high = (per_kg * low_kg + fixed) / value, (per_kg * high_kg + fixed) / value
    down, up = np.hypot(np.log(low), np.log1p(-error)), np.hypot(np.log(high), np.log1p(error))
    known = "" if weight_kg > 0.0 or per_kg == 0.0 else ", weight unknown"
    return Estimate(value, float(value * np.exp(-down)), float(value * np.exp(up)), source + known)


def stretches_of(t_s: Column, distance_m: Column, height_t_s: Column, height_m: Column) -> Column:
    """Return lengths in m, durations in s and grades of stretches of some 100 m, shape (3, k).

    For a distance (n,) over rising times (n,) and smoothed altitudes (m,) at theirs; no altitude means flat.
    Grades are held in +-0.45.
    """
    total = float(distance_m[-1] - distance_m[0])
    if not total > 0.0:
        return np.zeros((3, 0))
    mark = np.linspace(distance_m[0], distance_m[-1], max(int(total / _STRETCH_M), 1) + 1)
    row = np.clip(np.searchsorted(distance_m, mark), 0, len(t_s) - 1)
    when = np.where(np.arange(len(mark)) == 0, t_s[0], t_s[row])
    length = np.diff(mark)
    rise = np.diff(np.interp(when, height_t_s, height_m)) if len(height_t_s) > 1 else np.zeros(len(length))
    return np.vstack((length, np.diff(when), np.clip(rise / length, -0.45, 0.45)))
