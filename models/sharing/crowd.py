"""The beliefs of many people at once: `models.adapt` over columns, for judging and for simulated fleets.

The rule of this file: person by person what `models.adapt` does, within rounding; a run that is NaN teaches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models import adapt
from models.adapt import CENTRE_M_S, FREEDOM, HR_SCATTER_BPM, SPEED_SCATTER, USUAL

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """One run of each of n people, (n,) each as in `models.adapt.Run`; a distance that is NaN is no run."""

    start_unix_s: Array
    distance_m: Array
    duration_s: Array
    hr_bpm: Array
    climb_m: Array
    above_used_m: Array
    temperature_c: Array
    days_since_run: Array


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """What is believed of n people: mean (n, 10), covariance (n, 10, 10), scatter in bpm² (n,), runs with heart rate
    (n,) and the moment (n,) that it is of.
    """

    mean: Array
    covariance: Array
    scatter_bpm2: Array
    runs: Array
    as_of_unix_s: Array

    def __len__(self) -> int:
        return len(self.mean)


def begin(mean: Array, covariance: Array, scatter_times: Array | float = 1.0) -> Crowd:
    """Return people of whom only the prior is known, mean (n, 10) and covariance (n, 10, 10)."""
    count = len(mean)
    scatter = np.full(count, HR_SCATTER_BPM**2) * np.square(scatter_times)
    return Crowd(mean.copy(), covariance.copy(), scatter, np.zeros(count), np.full(count, np.nan))


def log_speed(runs: Runs) -> Array:
    """Return the log of each mean speed in m/s, held between 1 and 7 m/s."""
    return np.asarray(np.log(np.clip(runs.distance_m / runs.duration_s, *adapt._SPEED_M_S)))


def heart_rows(runs: Runs) -> Array:
    """Return (n, 10) what each mean heart rate measures (`models.adapt.heart_row`)."""
    rows = np.zeros((len(runs.distance_m), adapt.SIZE))
    rows[:, adapt.LEVEL] = 1.0
    rows[:, adapt.SLOPE] = np.exp(log_speed(runs)) - CENTRE_M_S
    rows[:, adapt.DURATION] = np.log(_held(runs.duration_s, adapt._DURATION_S, adapt._USUAL_S) / adapt._USUAL_S)
    rows[:, adapt.HEAT] = (_held(runs.temperature_c, adapt._TEMPERATURE_C, adapt._USUAL_C) - adapt._USUAL_C) / 10.0
    rows[:, adapt.ALTITUDE] = _held(runs.above_used_m / 1000.0, adapt._ABOVE_KM, 0.0)
    rows[:, adapt.CLIMB] = _held(100.0 * runs.climb_m / runs.distance_m, adapt._CLIMB_PERCENT, 0.0)
    gap = _held(runs.days_since_run, adapt._GAP_DAYS, adapt._USUAL_GAP_DAYS)
    rows[:, adapt.RESTED] = np.log(gap / adapt._USUAL_GAP_DAYS)
    return rows


def _held(values: Array, limits: tuple[float, float], unknown: float) -> Array:
    return np.where(np.isnan(values), unknown, np.clip(values, *limits))


def _measured(mean: Array, covariance: Array, pull: Array, miss: Array, total: Array) -> tuple[Array, Array]:
    step = pull * (miss / total)[:, None]
    return mean + step, covariance - pull[:, :, None] * (pull / total[:, None])[:, None, :]


def _weight(miss: Array, variance: Array) -> Array:
    return (FREEDOM + 1.0) / (FREEDOM + miss * miss / variance)


def update(crowd: Crowd, runs: Runs) -> Crowd:
    """Return the beliefs after one run of each who ran."""
    ran = np.isfinite(runs.distance_m)
    moment = np.where(ran, np.fmax(crowd.as_of_unix_s, runs.start_unix_s), crowd.as_of_unix_s)
    days = np.nan_to_num((moment - crowd.as_of_unix_s) / adapt.DAY_S)
    covariance = crowd.covariance + np.clip(days, 0.0, adapt._SILENCE_DAYS)[:, None, None] * adapt._DRIFT
    speed = np.where(ran, log_speed(runs), crowd.mean[:, USUAL])
    pull = covariance[:, USUAL] * ran[:, None]
    doubt = covariance[:, USUAL, USUAL]
    miss = speed - crowd.mean[:, USUAL]
    total = doubt + SPEED_SCATTER**2 / _weight(miss, doubt + SPEED_SCATTER**2)
    mean, covariance = _measured(crowd.mean, covariance, pull, miss, total)
    return _heard(Crowd(mean, covariance, crowd.scatter_bpm2, crowd.runs, moment), runs, ran)


def _heard(crowd: Crowd, runs: Runs, ran: NDArray[np.bool_]) -> Crowd:
    """Return the beliefs after the heart rates of the runs."""
    heard = ran & np.isfinite(runs.hr_bpm)
    rows = np.where(heard[:, None], heart_rows(runs), 0.0)
    pull = np.einsum("nij,nj->ni", crowd.covariance, rows)
    miss = np.where(heard, runs.hr_bpm - (rows * crowd.mean).sum(axis=1), 0.0)
    doubt = (rows * pull).sum(axis=1)
    weight = _weight(miss, doubt + crowd.scatter_bpm2)
    mean, covariance = _measured(crowd.mean, crowd.covariance, pull, miss, doubt + crowd.scatter_bpm2 / weight)
    surprise = np.minimum(weight, 1.0) * miss * miss / (doubt + crowd.scatter_bpm2) - 1.0
    known = adapt._SCATTER_RUNS + np.minimum(crowd.runs, adapt._SCATTER_MEMORY) + 1.0
    scatter = crowd.scatter_bpm2 * (1.0 + surprise / known)
    scatter = np.where(heard, np.clip(scatter, adapt._LEAST_SCATTER_BPM2, adapt._MOST_SCATTER_BPM2), crowd.scatter_bpm2)
    return Crowd(mean, covariance, scatter, crowd.runs + heard, crowd.as_of_unix_s)


def expected_bpm(crowd: Crowd, runs: Runs) -> Array:
    """Return the mean heart rate (n,) to expect of a run of each (`models.adapt.expected`); NaN where there is none."""
    rows = heart_rows(runs)
    pull = np.einsum("nij,nj->ni", crowd.covariance, rows)
    chosen = crowd.covariance[:, USUAL, USUAL] + SPEED_SCATTER**2
    surprise = log_speed(runs) - crowd.mean[:, USUAL]
    weight = (FREEDOM + 1.0) / (FREEDOM + surprise**2 / chosen)
    return np.asarray((rows * crowd.mean).sum(axis=1) + pull[:, USUAL] / chosen * weight * surprise)
