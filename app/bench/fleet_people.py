"""Simulated people as a fleet sees them: their first runs, what the bundled prior expects, their situation, by columns.

The rule of this file: what is handed to a model is what watch and profile know; everything is simulated.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.bench.twins_lives import first_runs
from edge.coach.groups import VOCABULARY
from hardware_sim.lives import People, World, draw, live
from models.person import MODEL_FILE, Context, PersonModel
from models.sharing import crowd
from models.sharing.contribution import statistics
from models.sharing.crowd import Crowd, Runs
from models.sharing.shared import SharedPrior
from models.sharing.situation import Situation

Array = NDArray[np.float64]
#: People live so many days; who ran `RUNS` times of 10 min and more in them counts, and tells after all of these runs.
DAYS, RUNS = 120, 30
#: The runs that are asked about, whatever is known: from the 11th to the 20th.
ASKED = range(10, 20)
_DAY_S, _EVENING_S = 86400.0, 64800.0
_NEW_KM, _MARATHON_KM = 15.0, 50.0


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """n simulated people: each k-th run, what the bundled prior expects of each, and their situations."""

    runs: tuple[Runs, ...]
    mean: Array
    """(n, 10)"""
    covariance: Array
    """(n, 10, 10)"""
    situations: tuple[Situation, ...]
    speed_10k_m_s: Array
    """(n, k) on the morning of each run, true."""
    drawn: int

    def __len__(self) -> int:
        return len(self.mean)

    def take(self, rows: NDArray[np.int64]) -> Lived:
        """Return some of the people."""
        runs = tuple(Runs(*(getattr(run, f.name)[rows] for f in dataclasses.fields(Runs))) for run in self.runs)
        chosen = tuple(self.situations[row] for row in rows.tolist())
        return Lived(runs, self.mean[rows], self.covariance[rows], chosen, self.speed_10k_m_s[rows], self.drawn)

    def higher(self, bpm: float) -> Lived:
        """Return the same people with hearts that beat higher: a community that the bundled prior does not know."""
        return dataclasses.replace(
            self, runs=tuple(dataclasses.replace(run, hr_bpm=run.hr_bpm + bpm) for run in self.runs)
        )


def lived(seed: int, count: int, world: World) -> Lived:
    """Return those of so many drawn people who ran often enough in `DAYS`."""
    people = draw(seed, count)
    days = live(people, DAYS, world)
    first = first_runs(days, RUNS)
    rows = np.flatnonzero(first[:, -1] >= 0)
    at, home = first[rows], people.home.altitude_m[rows]
    place = rows[:, None]
    columns = [
        (days.start_day + at) * _DAY_S + _EVENING_S,
        *(column[place, at] for column in (days.distance_m, days.duration_s, days.hr_bpm, days.ascent_m)),
        np.maximum(days.altitude_m[place, at] - home[:, None], 0.0),
        days.temperature_c[place, at],
        np.diff(at, axis=1, prepend=np.nan),
    ]
    runs = tuple(Runs(*(np.asarray(column[:, k], dtype=np.float64) for column in columns)) for k in range(RUNS))
    mean, covariance = _expected(people, rows.tolist())
    return Lived(
        runs, mean, covariance, tuple(_situation(people, row) for row in rows.tolist()),
        days.truth.speed_10k_m_s[place, at], count,
    )  # fmt: skip


def _expected(people: People, rows: Sequence[int]) -> tuple[Array, Array]:
    """Return what the bundled prior expects of each: means (n, 10) and covariances (n, 10, 10)."""
    model, body, home = PersonModel.load(MODEL_FILE, use_onnxruntime=False), people.body, people.home
    priors = [
        model.prior(
            Context(
                age_years=float(body.age_y[row]),
                female=float(body.female[row]),
                weight_kg=float(body.weight_kg[row]),
                height_m=float(body.height_m[row]),
                altitude_m=float(home.altitude_m[row]),
                temperature_c=float(home.temperature_c[row]),
            )
        )
        for row in rows
    ]
    return np.array([one.mean for one in priors]), np.array([one.covariance for one in priors])


def _situation(people: People, row: int) -> Situation:
    """Return the words for a simulated person: level by usual km, goal by races, injury by how easily they are hurt."""
    habits, weekly_km = people.habits, float(people.habits.usual_km[row] * people.habits.runs_per_week[row])
    age, home_m = float(people.body.age_y[row]), float(people.home.altitude_m[row])
    races = float(habits.races_per_y[row])
    far = float(habits.usual_km[row]) > 12.0
    return Situation(
        level=VOCABULARY["level"][int(weekly_km >= _NEW_KM) + int(weekly_km >= _MARATHON_KM)],
        age=VOCABULARY["age"][sum(age >= limit for limit in (18.0, 35.0, 50.0, 65.0))],
        goal="health" if races < 1.0 else "half or marathon" if far else "race up to 15 km",
        injury="named in the profile" if float(people.frailty.overall[row]) > 1.5 else "none said",
        home=VOCABULARY["home"][int(home_m >= 1000.0) + int(home_m > 2000.0)],
    )


def belief(of: Lived, known: int, shift: Array | None = None, scatter: Array | float = 1.0) -> Crowd:
    """Return what is believed after so many runs; `shift` (n, 10) is added to the prior's mean."""
    found = crowd.begin(of.mean if shift is None else of.mean + shift, of.covariance, scatter)
    for run in of.runs[:known]:
        found = crowd.update(found, run)
    return found


def told_rows(of: Lived, spread: Array) -> Array:
    """Return the numbers (n, k) of everybody after all their runs, not blurred."""
    after = belief(of, RUNS)
    return statistics(after.mean, of.mean, after.scatter_bpm2, spread)


def shifts(of: Lived, prior: SharedPrior, spread: Array) -> tuple[Array, Array]:
    """Return the shift (n, 10) of each person's prior and the factor (n,) of their scatter."""
    by = {one: prior.of(one) for one in set(of.situations)}
    none = (np.zeros(len(spread)), 1.0)
    each = [none if (one := by[s]) is None else (spread * np.array(one.shift), one.scatter) for s in of.situations]
    return np.array([row for row, _ in each]), np.array([times for _, times in each])


def misses_bpm(of: Lived, after: Crowd) -> Array:
    """Return the mean absolute error (n,) of the heart rate of the asked runs, bpm; NaN where none was measured."""
    each = np.array([np.abs(of.runs[k].hr_bpm - crowd.expected_bpm(after, of.runs[k])) for k in ASKED])
    count = np.isfinite(each).sum(axis=0)
    return np.asarray(np.where(count > 0, np.nansum(each, axis=0) / np.maximum(count, 1), np.nan))
