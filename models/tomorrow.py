"""Tomorrow: each morning a forecast of the day that begins, from one person's own past and a population prior.

The rule of this file: whether they run is a logistic regression on their habits whose weights drift with them,
insured by three simple rates; how far, how fast and at what heart rate are quantiles of their own runs, the recent
and alike ones counting more. All of it is NumPy and under 4 KiB, and what is saved and restored goes on exactly as if
nothing had happened.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.samples import Estimate
from models.tomorrow_habits import FEATURES, Array, Habits, Kept, Mixture
from models.tomorrow_interval import Aims, Distribution, holds, median_day, quantile

#: Km, s/km and beats/min of a day that is over, NaN where unknown.
Day = tuple[float, float, float]
#: Runs that are kept, and what the memory weighs: one in 12 runs forgets to 37 %, a like weekday and a like gap more.
RUNS_KEPT = 48
_FORGET_RUNS = 12.0
_SAME_WEEKDAY, _SAME_GAP = 4.0, 1.0
#: One run's worth of anybody (assumption): km, s/km, beats/min.
_ANYBODY = np.array([[3, 5, 7, 10, 15], [450, 400, 365, 335, 300], [130, 140, 148, 156, 165]], dtype=np.float64)
_PROBABILITY = (0.002, 0.998)
_LIMITS = {"km": (0.0, 400.0), "pace_s_km": (120.0, 2000.0), "heart_bpm": (30.0, 240.0)}
_MAGIC, _EARLIER = b"KTM2", b"KTM1"
_HEAD = struct.Struct("<4sqiii")
_UNSTARTED = -(2**40)
_LONGEST_GAP_DAYS = 20000
_DIAGONAL = np.diag_indices(len(FEATURES) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """The population's weights of the habits: centre and scale (20,), weights (21,) with the constant first."""

    centre: Array
    scale: Array
    weights: Array
    spread: float
    """How far a person's weights stand from the population's (s.d.), per scale."""
    drift: float
    """Variance that a weight gains each day, as a share of `spread` squared."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a day will bring: values in km, s/km and beats/min with 80 % intervals.

    `km` is of the day whether they run or not: its interval holds four of five days with a run and four of five without
    one; its value is the median where that is inside, else the nearest end. `median_km` is best for the mean absolute
    error; `mean_km`, the expectation, for sums over days. The others hold if they run.
    """

    day: int
    run_probability: float
    median_km: float
    mean_km: float
    km: Estimate
    km_if_run: Estimate
    pace_s_km: Estimate
    heart_bpm: Estimate


@dataclass(slots=True, eq=False)
class _Runs:
    """The last runs (48, 4): km, s/km, beats/min, and weekday plus 7 times the class of the gap before it."""

    rows: Kept
    count: int = 0

    def add(self, km: float, pace_s_km: float, heart_bpm: float, kind: int) -> None:
        self.rows[1:] = self.rows[:-1].copy()
        self.rows[0] = (km, pace_s_km, heart_bpm, kind)
        self.count = min(self.count + 1, RUNS_KEPT)

    def weights(self, kind: int) -> Array:
        """Return what each kept run (count,) says of a run of a kind."""
        kinds = self.rows[: self.count, 3].astype(np.int64)
        recency = np.exp(-np.arange(self.count) / _FORGET_RUNS)
        like = (1.0 + _SAME_WEEKDAY * (kinds % 7 == kind % 7)) * (1.0 + _SAME_GAP * (kinds // 7 == kind // 7))
        return np.asarray(recency * like)

    def distribution(self, column: int, weights: Array) -> Distribution:
        """Return sorted values and the middle of each one's share, both (k,), of a column of the runs."""
        own = self.rows[: self.count, column].astype(np.float64)
        known = np.isfinite(own)
        values = np.concatenate([own[known], _ANYBODY[column]])
        shares = np.concatenate([weights[known], np.full(_ANYBODY.shape[1], 1.0 / _ANYBODY.shape[1])])
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(shares[order])
        return values[order], (reached - 0.5 * shares[order]) / reached[-1]


@dataclass(frozen=True, slots=True, eq=False)
class _Morning:
    """What is said of a day before it: inputs (21,), and the chance of a run by the regression and by all together."""

    day: int
    inputs: Array
    regression: float
    chance: float


def _gap_class(gap: int) -> int:
    return int(gap >= 2) + int(gap >= 3) + int(gap >= 5)


def _weekday(day: int) -> int:
    """Return the weekday, Monday 0, of a day number (days since Thursday 1970-01-01)."""
    return (day + 3) % 7


def _estimate(distribution: Distribution, tails: tuple[float, float], runs: int) -> Estimate:
    value, low, high = (quantile(distribution, share) for share in (0.5, *tails))
    return Estimate(value, low, high, f"{runs} runs" if runs else "anybody")


def _mean(distribution: Distribution) -> float:
    values, middle = distribution
    ends = np.concatenate([[0.0], 0.5 * (middle[1:] + middle[:-1]), [1.0]])
    return float(np.average(values, weights=np.diff(ends)))


def _checked(name: str, value: float, unknown: bool) -> float:
    low, high = _LIMITS[name]
    if not (low <= value <= high or (unknown and math.isnan(value))):
        raise ValueError(f"{name} of {value:g} is outside {low:g} to {high:g}")
    return value


class Tomorrow:
    """One person, morning by morning: `update` with each day that is over, `forecast` the next, `save`, `restore`."""

    def __init__(self, prior: Prior) -> None:
        size = len(FEATURES) + 1
        if not prior.centre.shape == prior.scale.shape == (size - 1,) or prior.weights.shape != (size,):
            raise ValueError(f"the prior has {len(prior.weights)} weights, not {size}")
        self._prior = prior
        self._habits = Habits.new()
        self._mixture = Mixture.new()
        self._runs = _Runs(np.zeros((RUNS_KEPT, 4), dtype=np.float32))
        self._weights: Kept = prior.weights.astype(np.float32)
        self._spread: Kept = (prior.spread**2 * np.eye(size)).astype(np.float32)
        self._aims = Aims.new()
        self._last_day = _UNSTARTED
        self._asked: _Morning | None = None

    @property
    def last_day(self) -> int | None:
        """The last day taken in, None before the first."""
        return None if self._last_day == _UNSTARTED else self._last_day

    def update(self, day: int, km: float, pace_s_km: float = math.nan, heart_bpm: float = math.nan) -> None:
        """Take in a day that is over (days since 1970-01-01, local): km 0 without a run, NaN where unknown.

        Days left out since the last one had no run. ValueError names a day that is not later or a value that cannot be.
        """
        _checked("km", km, False)
        _checked("pace_s_km", pace_s_km, True)
        _checked("heart_bpm", heart_bpm, True)
        if self._last_day != _UNSTARTED:
            if not 0 < day - self._last_day < _LONGEST_GAP_DAYS:
                raise ValueError(f"day {day} does not follow day {self._last_day}")
            for idle in range(self._last_day + 1, day):
                self._take(idle, 0.0, math.nan, math.nan)
        self._take(day, km, pace_s_km, heart_bpm)

    def _take(self, day: int, km: float, pace_s_km: float, heart_bpm: float) -> None:
        if self._last_day != _UNSTARTED:
            self._learn(day, (km, pace_s_km, heart_bpm))
        if km > 0.0:
            self._runs.add(km, pace_s_km, heart_bpm, self._kind(day, self._habits.gap))
        self._habits.update(_weekday(day), km)
        self._last_day, self._asked = day, None

    def _kind(self, day: int, gap: int) -> int:
        return _weekday(day) + 7 * _gap_class(gap)

    def _inputs(self, day: int) -> Array:
        scaled = (self._habits.features(_weekday(day)) - self._prior.centre) / self._prior.scale
        return np.concatenate([[1.0], np.clip(scaled, -6.0, 6.0)])

    def _regression(self, inputs: Array) -> float:
        return float(np.clip(1.0 / (1.0 + math.exp(-float(inputs @ self._weights))), *_PROBABILITY))

    def _morning(self, day: int) -> _Morning:
        """Return what the past says of a day; the forecast of it and its update ask the same."""
        if self._asked is None or self._asked.day != day:
            inputs = self._inputs(day)
            regression = self._regression(inputs)
            chance = self._mixture.chance(self._habits, _weekday(day), regression)
            self._asked = _Morning(day, inputs, regression, chance)
        return self._asked

    def _learn(self, day: int, values: Day) -> None:
        """Move the weights by one Laplace step of a logistic regression that drifts, and the intervals by a miss."""
        told, ran = self._morning(day), values[0] > 0.0
        self._follow(told, values)
        self._mixture.update(self._habits, _weekday(day), told.regression, ran)
        spread = self._spread.astype(np.float64)
        gain = spread @ told.inputs
        steep = told.regression * (1.0 - told.regression)
        gain_per = 1.0 / (1.0 + steep * float(told.inputs @ gain))
        self._weights[:] = self._weights + gain * (gain_per * (float(ran) - told.regression))
        spread -= np.multiply.outer(gain, gain) * (steep * gain_per)
        spread[_DIAGONAL] += self._prior.drift * self._prior.spread**2
        self._spread[:] = spread

    def _follow(self, told: _Morning, values: Day) -> None:
        """Show the intervals of a day what came of it."""
        runs, days = self._mixture.counts[2:].sum(axis=0).tolist()
        if values[0] == 0.0:
            self._aims.follow_rest(told.chance, days - runs)
            return
        parts = self._distributions(told.day)
        ends = [(quantile(part, low), quantile(part, high)) for part, (low, high) in self._if_run(parts)]
        held = [None if value != value else holds(value, *end) for value, end in zip(values, ends, strict=True)]
        self._aims.follow_run(holds(values[0], *self._aims.day(parts[0], told.chance)), held, runs)

    def _if_run(self, parts: list[Distribution]) -> list[tuple[Distribution, tuple[float, float]]]:
        return [(part, self._aims.tails(column)) for column, part in enumerate(parts)]

    def _distributions(self, day: int) -> list[Distribution]:
        """Return km, pace and heart rate of a run on a day."""
        weights = self._runs.weights(self._kind(day, self._habits.gap))
        return [self._runs.distribution(column, weights) for column in range(3)]

    def forecast(self, day: int) -> Forecast:
        """Return the forecast of the day after the last one taken in; ValueError for any other day.

        Before the first day it is the population's.
        """
        if self._last_day != _UNSTARTED and day != self._last_day + 1:
            raise ValueError(f"day {day} is not the day after {self._last_day}")
        chance = self._morning(day).chance
        parts, runs = self._distributions(day), self._runs.count
        low, high = self._aims.day(parts[0], chance)
        median = median_day(parts[0], chance)
        hearts = int(np.isfinite(self._runs.rows[:runs, 2]).sum())
        told = zip(self._if_run(parts), (runs, runs, hearts), strict=True)
        if_run = [_estimate(part, tails, known) for (part, tails), known in told]
        km = Estimate(min(max(median, low), high), low, high, f"{self._habits.days} days")
        return Forecast(day, chance, median, chance * _mean(parts[0]), km, *if_run)

    def _parts(self) -> tuple[Kept, ...]:
        """Return the arrays that are the person, but the spread, which is saved by half."""
        habits, mixture = self._habits, self._mixture
        kept = (habits.rates, habits.seen, habits.recent_km, habits.usual, mixture.counts, mixture.trust)
        return (*kept, self._weights, self._aims.numbers, self._runs.rows)

    def save(self) -> bytes:
        """Return all that is known of the person, under 4 KiB."""
        upper = np.triu_indices(len(self._weights))
        columns = np.concatenate([*(part.ravel() for part in self._parts()), self._spread[upper]])
        head = _HEAD.pack(_MAGIC, self._last_day, self._habits.days, self._habits.gap, self._runs.count)
        return head + columns.astype("<f4").tobytes()

    @classmethod
    def restore(cls, prior: Prior, saved: bytes) -> Tomorrow:
        """Return the person as saved; ValueError where the bytes are not such a state."""
        one = cls(prior)
        size = len(one.save())
        if saved[:4] == _EARLIER:
            raise ValueError(
                f"{saved[:4]!r} is the forecast state of an earlier form: begin anew and update it day by day"
            )
        if len(saved) != size or saved[:4] != _MAGIC:
            raise ValueError(f"{len(saved)} bytes beginning with {saved[:4]!r} are no forecast state of {size} bytes")
        _, last_day, days, gap, count = _HEAD.unpack_from(saved)
        columns = np.frombuffer(saved, "<f4", offset=_HEAD.size)
        one._last_day, one._habits.days, one._habits.gap, one._runs.count = last_day, days, gap, count
        one._fill(columns)
        if not one._sound():
            raise ValueError("the bytes are damaged and no forecast state")
        return one

    def _sound(self) -> bool:
        """Return whether every number can be one of a person's: finite but where a pace or heart rate is unknown."""
        habits, runs = self._habits, self._runs
        numbers = (*self._parts()[:-1], self._spread)
        counts = 0 <= runs.count <= RUNS_KEPT and habits.days >= 0 and habits.gap >= 1
        finite = all(bool(np.isfinite(part).all()) for part in (*numbers, runs.rows[:, [0, 3]]))
        return (
            counts
            and finite
            and self._aims.sound()
            and bool((habits.rates > 0.0).all() and (self._spread.diagonal() > 0.0).all())
        )

    def _fill(self, columns: NDArray[np.float32]) -> None:
        upper, at = np.triu_indices(len(self._weights)), 0
        for part in self._parts():
            part[:] = columns[at : at + part.size].reshape(part.shape)
            at += part.size
        self._spread[upper] = columns[at:]
        self._spread.T[upper] = columns[at:]
