"""One person: what their runs teach over the prior of people like them, with doubt that grows while nothing is heard.

The rule of this file: the person is a Gaussian belief over ten quantities (`models.person_forward.STATE`); a run is at
most two scalar measurements of it, the speed that was chosen and the mean heart rate that it took. What is odd for this
person weighs less (Student's t), and is never thrown away. Kalman filter; robust step after West 1981 and Meinhold and
Singpurwalla 1989.
"""

from __future__ import annotations

import dataclasses
import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.samples import Estimate
from models.person_forward import STATE

Array = NDArray[np.float64]
SIZE = len(STATE)
CENTRE_M_S = 2.8
DAY_S = 86400.0
#: What a run is compared with: 45 min, 17 degrees C, flat, at the altitude the body is used to, 2 days after the last.
_USUAL_S, _USUAL_C, _USUAL_GAP_DAYS = 2700.0, 17.0, 2.0
#: Limits of what enters: beyond them a value says no more. Climbs above 2 % are walked, so effort rises no further.
_SPEED_M_S, _DURATION_S, _GAP_DAYS, _CLIMB_PERCENT = (1.0, 7.0), (600.0, 21600.0), (0.3, 30.0), (0.0, 2.0)
_TEMPERATURE_C, _ABOVE_KM, _HR_BPM = (-20.0, 40.0), (0.0, 4.5), (40.0, 230.0)
#: Scatter of log speed of one person's runs, and of mean heart rate in bpm; degrees of freedom of both.
SPEED_SCATTER, HR_SCATTER_BPM, FREEDOM = 0.13, 8.5, 4.0
#: So many runs' worth of the group's scatter is mixed into the person's own, and so many runs are remembered in it.
_SCATTER_RUNS, _SCATTER_MEMORY = 10.0, 100.0
_LEAST_SCATTER_BPM2, _MOST_SCATTER_BPM2 = 2.0**2, 30.0**2
#: Variance a day by which level, usual speed and 10 km speed wander; a silence counts no longer than `_SILENCE_DAYS`.
LEVEL_DRIFT, SPEED_DRIFT, _SILENCE_DAYS = 0.2, 4e-5, 400.0
#: Scatter of log speed of a race around the person's line over distance.
RACE_SCATTER = 0.03
TEN_KM, ENDURANCE, USUAL, LEVEL, SLOPE, DURATION, HEAT, ALTITUDE, CLIMB, RESTED = range(SIZE)
#: 10 km speed and usual speed wander together but for a twentieth, so that runs go on telling of the one by the other.
_DRIFT = np.zeros((SIZE, SIZE))
_DRIFT[TEN_KM, TEN_KM] = _DRIFT[USUAL, USUAL] = SPEED_DRIFT
_DRIFT[TEN_KM, USUAL] = _DRIFT[USUAL, TEN_KM] = 0.95 * SPEED_DRIFT
_DRIFT[LEVEL, LEVEL] = LEVEL_DRIFT
_SPEED_VARIANCE = SPEED_SCATTER**2
_UPPER = np.triu_indices(SIZE)
_MAGIC = b"KZP1"
_LAYOUT = struct.Struct(f"<4s16s3d{SIZE}d{len(_UPPER[0])}d")


@dataclass(frozen=True, slots=True)
class Run:
    """One run as a whole; NaN where unknown. `above_used_m`: how far above the altitude the body is used to it was."""

    start_unix_s: float
    distance_m: float
    duration_s: float
    hr_bpm: float = math.nan
    climb_m: float = math.nan
    above_used_m: float = math.nan
    temperature_c: float = math.nan
    days_since_run: float = math.nan


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """What is believed of one person: mean (10,) and covariance (10, 10) in the units of `STATE`, scatter of their
    heart rate in bpm² and the weight of runs behind it, at a moment, over the prior of a model.
    """

    mean: Array
    covariance: Array
    scatter_bpm2: float
    runs: float
    as_of_unix_s: float
    prior_hash: str

    def to_bytes(self) -> bytes:
        """Return the belief as bytes for the diary; `from_bytes` gives the same belief, bit for bit."""
        numbers = (self.scatter_bpm2, self.runs, self.as_of_unix_s, *self.mean, *self.covariance[_UPPER])
        return _LAYOUT.pack(_MAGIC, self.prior_hash.encode("ascii"), *numbers)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Person:
        """Return the belief that was stored; ValueError where the bytes are damaged or of something else."""
        if len(stored) != _LAYOUT.size or stored[:4] != _MAGIC:
            raise ValueError(
                f"{len(stored)} bytes starting {stored[:4]!r} are not a stored person ({_LAYOUT.size} bytes)"
            )
        _, prior_hash, scatter, runs, moment, *numbers = _LAYOUT.unpack(stored)
        values = np.array(numbers)
        covariance = np.zeros((SIZE, SIZE))
        covariance[_UPPER] = values[SIZE:]
        covariance.T[_UPPER] = values[SIZE:]
        if not (np.isfinite(values).all() and scatter > 0 and (np.diag(covariance) > 0).all()):
            raise ValueError("a stored person holds numbers that no belief has")
        return cls(
            values[:SIZE], covariance, scatter, runs, moment, prior_hash.rstrip(b"\0").decode("ascii", "replace")
        )


def begin(mean: Array, covariance: Array, prior_hash: str, now_unix_s: float) -> Person:
    """Return a person of whom only the prior is known."""
    symmetric = 0.5 * (covariance + covariance.T)
    return Person(np.array(mean, dtype=np.float64), symmetric, HR_SCATTER_BPM**2, 0.0, now_unix_s, prior_hash)


def _held(value: float, limits: tuple[float, float], unknown: float) -> float:
    return unknown if value != value else min(max(value, limits[0]), limits[1])


def log_speed(run: Run) -> float:
    """Return the log of a run's mean speed in m/s, held between 1 and 7 m/s; ValueError names what cannot be."""
    if not (0.0 < run.distance_m < math.inf and 0.0 < run.duration_s < math.inf):
        raise ValueError(f"a run of {run.distance_m:g} m in {run.duration_s:g} s has no speed")
    return math.log(_held(run.distance_m / run.duration_s, _SPEED_M_S, math.nan))


def heart_row(run: Run) -> list[float]:
    """Return what a run's mean heart rate in bpm measures: the weight of each of the ten quantities."""
    climb = 100.0 * run.climb_m / run.distance_m
    return [
        0.0,
        0.0,
        0.0,
        1.0,
        math.exp(log_speed(run)) - CENTRE_M_S,
        math.log(_held(run.duration_s, _DURATION_S, _USUAL_S) / _USUAL_S),
        (_held(run.temperature_c, _TEMPERATURE_C, _USUAL_C) - _USUAL_C) / 10.0,
        _held(run.above_used_m / 1000.0, _ABOVE_KM, 0.0),
        _held(climb, _CLIMB_PERCENT, 0.0),
        math.log(_held(run.days_since_run, _GAP_DAYS, _USUAL_GAP_DAYS) / _USUAL_GAP_DAYS),
    ]


def _aged(person: Person, unix_s: float) -> Array:
    """Return the covariance (10, 10) at a later moment, as an array of its own."""
    days = (unix_s - person.as_of_unix_s) / DAY_S
    covariance: Array = person.covariance + min(max(days, 0.0), _SILENCE_DAYS) * _DRIFT
    return covariance


def _moment(person: Person, unix_s: float) -> float:
    if not math.isfinite(unix_s):
        raise ValueError(f"a run at {unix_s} s has no moment")
    return max(person.as_of_unix_s, unix_s)


def later(person: Person, unix_s: float) -> Person:
    """Return the belief at a later moment: the same mean, more doubt. An earlier moment changes nothing."""
    moment = _moment(person, unix_s)
    return dataclasses.replace(person, covariance=_aged(person, moment), as_of_unix_s=moment)


def _weight(miss: float, variance: float) -> float:
    """Return how much a miss is believed: 1.25 at none, 1 at one standard deviation, less the odder it is."""
    return (FREEDOM + 1.0) / (FREEDOM + miss * miss / variance)


def _measured(mean: Array, covariance: Array, pull: Array, miss: float, total: float) -> tuple[Array, Array]:
    """Return mean and covariance after one scalar measurement of which `pull` is the covariance with each quantity."""
    root = math.sqrt(total)
    half = pull / root  # its square is symmetric to the last bit
    return mean + half * (miss / root), covariance - half[:, None] * half


def update(person: Person, run: Run) -> Person:
    """Return the belief after a run; without heart rate only its speed teaches. Order in time is the caller's.

    ValueError names a distance, duration or heart rate that cannot be.
    """
    speed = log_speed(run)
    moment = _moment(person, run.start_unix_s)
    covariance = _aged(person, moment)
    pull = covariance[USUAL]
    doubt = float(pull[USUAL])
    miss = speed - float(person.mean[USUAL])
    total = doubt + _SPEED_VARIANCE / _weight(miss, doubt + _SPEED_VARIANCE)
    mean, covariance = _measured(person.mean, covariance, pull, miss, total)
    if run.hr_bpm != run.hr_bpm:
        return Person(mean, covariance, person.scatter_bpm2, person.runs, moment, person.prior_hash)
    if not _HR_BPM[0] <= run.hr_bpm <= _HR_BPM[1]:
        raise ValueError(f"a mean heart rate of {run.hr_bpm:g} bpm cannot be right")
    row = np.array(heart_row(run))
    pull = covariance.dot(row)
    miss, doubt, scatter = run.hr_bpm - float(row.dot(mean)), float(row.dot(pull)), person.scatter_bpm2
    weight = _weight(miss, doubt + scatter)
    mean, covariance = _measured(mean, covariance, pull, miss, doubt + scatter / weight)
    surprise = min(weight, 1.0) * miss * miss / (doubt + scatter) - 1.0
    scatter *= 1.0 + surprise / (_SCATTER_RUNS + min(person.runs, _SCATTER_MEMORY) + 1.0)
    scatter = min(max(scatter, _LEAST_SCATTER_BPM2), _MOST_SCATTER_BPM2)
    return Person(mean, covariance, scatter, person.runs + 1.0, moment, person.prior_hash)


def update_race(person: Person, distance_m: float, time_s: float, unix_s: float) -> Person:
    """Return the belief after a race run all out: it measures 10 km speed and endurance."""
    if not (0.0 < distance_m < math.inf and 0.0 < time_s < math.inf):
        raise ValueError(f"a race of {distance_m:g} m in {time_s:g} s has no speed")
    now = later(person, unix_s)
    row = np.zeros(SIZE)
    row[TEN_KM], row[ENDURANCE] = 1.0, -math.log(distance_m / 10000.0)
    pull = now.covariance @ row
    miss, doubt, noise = math.log(distance_m / time_s) - float(row @ now.mean), float(row @ pull), RACE_SCATTER**2
    total = doubt + noise / _weight(miss, doubt + noise)
    mean, covariance = _measured(now.mean, now.covariance, pull, miss, total)
    return dataclasses.replace(now, mean=mean, covariance=covariance)


def expected(person: Person, rows: Array, log_speeds: Array, days_ahead: Array) -> tuple[Array, Array]:
    """Return mean heart rate and its standard deviation in bpm, each (n,), of runs given by their `heart_row` (n, 10).

    The speed that is asked about says something of the person too, so both are taken together.
    """
    pull = person.covariance @ rows.T
    at_usual = pull[USUAL]
    chosen = float(person.covariance[USUAL, USUAL]) + SPEED_SCATTER**2
    surprise = log_speeds - float(person.mean[USUAL])
    weight = (FREEDOM + 1.0) / (FREEDOM + surprise**2 / chosen)
    mean = rows @ person.mean + at_usual / chosen * weight * surprise
    ahead = LEVEL_DRIFT * np.clip(days_ahead, 0.0, _SILENCE_DAYS)
    variance = np.einsum("nk,kn->n", rows, pull) - weight * at_usual**2 / chosen + ahead + person.scatter_bpm2
    return mean, np.sqrt(variance)


def expected_hr(person: Person, run: Run, reach: tuple[float, float] = (-1.645, 1.645)) -> Estimate:
    """Return the mean heart rate in bpm to expect of a run, with the interval that reaches so many standard deviations.

    The calibrated reach is that of `models.person.reach_of`, times the factor of the person's own correction.
    """
    ahead = max(run.start_unix_s - person.as_of_unix_s, 0.0) / DAY_S
    mean, sd = expected(person, np.array([heart_row(run)]), np.array([log_speed(run)]), np.array([ahead]))
    value, doubt = float(mean[0]), float(sd[0])
    low, high = value + reach[0] * doubt, value + reach[1] * doubt
    return Estimate(value, low, high, f"{person.runs:.0f} runs over prior {person.prior_hash}")
