"""Simulated twins as a watch sees them: the first runs of each, the profile both share, and the truth on that day.

The rule of this file: what is handed to a model is what watch and profile know; the truth stands apart, for judging.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from edge.coach.performance import HALF_M
from edge.samples import Column
from hardware_sim.lives import Air, Days, People, Work, World, best_weekly_km, draw, joined, live, twins
from hardware_sim.lives.chance import Whole
from models.adapt import Person, Run, update
from models.person import Context, prior_of
from models.targets import Targets, reserve_of, share_of_half, targets

_DAY_S, _EVENING_S, _LEAST_S = 86400.0, 64800.0, 600.0
#: What is judged: easy speed (75 % of 10 km speed), easy heart rate, steady speed, 10 km time.
JUDGED = ("easy speed", "easy heart rate", "steady speed", "10 km time")
_EASY_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Seen:
    """One run as the watch has it, with that morning's resting heart rate and the run's highest, in bpm."""

    run: Run
    rest_bpm: float
    highest_bpm: float


History: TypeAlias = tuple[Seen, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One of each of n pairs: people, their days, and the columns (n, k) of their first k runs."""

    people: People
    days: Days
    at: Whole

    def history(self, row: int, known: int) -> History:
        """Return the first runs of one person."""
        return tuple(self._seen(row, int(day)) for day in self.at[row, :known])

    def _seen(self, row: int, day: int) -> Seen:
        d, home_m = self.days, float(self.people.home.altitude_m[row])
        run = Run(
            (d.start_day + day) * _DAY_S + _EVENING_S,
            float(d.distance_m[row, day]),
            float(d.duration_s[row, day]),
            float(d.hr_bpm[row, day]),
            float(d.ascent_m[row, day]),
            max(float(d.altitude_m[row, day]) - home_m, 0.0),
            float(d.temperature_c[row, day]),
        )
        return Seen(run, float(d.rest_hr_bpm[row, day]), float(d.max_hr_bpm[row, day]))

    def truth(self, known: int) -> Column:
        """Return what would be right on the day of the last of the known runs, (n, 4) in the order of `JUDGED`."""
        row, day, truth = np.arange(len(self.at)), self.at[:, known - 1], self.days.truth
        speed, exponent = truth.speed_10k_m_s[row, day], truth.endurance[row, day]
        half = speed * (HALF_M / 10000.0) ** (1.0 - exponent)
        return np.stack(
            [_EASY_SHARE * speed, truth.easy_hr_bpm[row, day], share_of_half("steady") * half, 10000.0 / speed], axis=1
        )

    def profile(self, row: int) -> Context:
        """Return what the profile says; the same for both of a pair."""
        body, home = self.people.body, self.people.home
        return Context(
            age_years=float(body.age_y[row]),
            female=float(body.female[row]),
            weight_kg=float(body.weight_kg[row]),
            height_m=float(body.height_m[row]),
            altitude_m=float(home.altitude_m[row]),
            temperature_c=float(home.temperature_c[row]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """n pairs of twins who both ran often enough, and of how many they were the first."""

    halves: tuple[Half, Half]
    drawn: int

    def __len__(self) -> int:
        return len(self.halves[0].at)

    def histories(self, known: int) -> list[History]:
        """Return the histories of the first of each pair, then of the second."""
        return [half.history(row, known) for half in self.halves for row in range(len(self))]


def pairs(seed: int, count: int, runs: int, days: int, world: World, same_habits: bool = True) -> Pairs:
    """Return the first `count` pairs of a seed of whom both ran `runs` times of 10 min and more within some days.

    Fewer where not so many of twice as many pairs did.
    """
    one, other = twins(seed, 2 * count)
    if not same_habits:
        other = dataclasses.replace(other, habits=draw(seed, 2 * count, first=2 * count).habits)
    lived = [(people, live(people, days, world)) for people in (one, other)]
    at = [first_runs(lived_days, runs) for _, lived_days in lived]
    both = np.flatnonzero((at[0][:, -1] >= 0) & (at[1][:, -1] >= 0))[:count]
    halves = [
        Half(people.take(both), _rows(lived_days, both), first[both])
        for (people, lived_days), first in zip(lived, at, strict=True)
    ]
    return Pairs((halves[0], halves[1]), int(both[-1]) + 1 if len(both) else 2 * count)


def first_runs(days: Days, count: int) -> Whole:
    """Return the columns (n, count) of the first runs; -1 where there are not so many."""
    ran = days.ran & (days.duration_s >= _LEAST_S)
    order = np.argsort(~ran, axis=1, kind="stable")[:, :count]
    return np.where(np.take_along_axis(ran, order, axis=1), order, -1)


def _rows(days: Days, rows: Whole) -> Days:
    named = {f.name: getattr(days, f.name) for f in dataclasses.fields(days) if f.name not in ("start_day", "truth")}
    truth = {f.name: getattr(days.truth, f.name)[rows] for f in dataclasses.fields(days.truth)}
    kept = {name: column[rows] for name, column in named.items()}
    return dataclasses.replace(days, truth=dataclasses.replace(days.truth, **truth), **kept)


def belief(profile: Context, history: History) -> Person:
    """Return what is believed of somebody after these runs."""
    begun_s = history[0].run.start_unix_s if history else 0.0
    person = prior_of(profile).begin(begun_s)
    for one in history:
        person = update(person, one.run)
    return person


def told(profile: Context, history: History, max_bpm: float = math.nan) -> Targets:
    """Return the targets of somebody after these runs, perhaps with a stated maximum; without runs of the profile."""
    rest = float(np.median([one.rest_bpm for one in history])) if history else math.nan
    highest = max((one.highest_bpm for one in history), default=math.nan)
    return targets(belief(profile, history), reserve_of(profile.age_years, rest, max_bpm, highest))


def maxima_bpm(found: Pairs, seed: int) -> list[float]:
    """Return the maximal heart rate as the first of each pair, then the second, would state it: within 3 bpm.

    Medication included.
    """
    hearts = [half.people.heart for half in found.halves]
    most = np.concatenate([h.max_bpm - h.beta_blocker * (h.max_bpm - h.rest_bpm) for h in hearts])
    stated: list[float] = (most + 3.0 * np.random.default_rng(seed).standard_normal(len(most))).tolist()
    return stated


def best_doses_km(found: Pairs, world: World) -> Column:
    """Return the best km a week of each, (n, 2)."""
    return np.stack([best_weekly_km(half.people, world) for half in found.halves], axis=1)


def trial_doses_km(people: People, world: World, doses_km: Column, scatter: float, seed: int) -> Column:
    """Return the best dose (n,) as a trial would show it: 12 weeks at each dose, then one 10 km all out.

    `scatter` is that of the log of its time. Every dose begins from the same body, which no real trial can do.
    """
    count, weeks = len(doses_km), 12
    body = world.bodies(joined(*(people for _ in range(count))))
    weekly_km, weight_kg = np.repeat(doses_km, len(people)), np.tile(people.body.weight_kg, count)
    none = np.zeros_like(weekly_km)
    air = Air(none + 12.0, none + 50.0, none, none + 1000.0)
    for day in range(7 * weeks):
        distance_m = 1000.0 * weekly_km / 3.5 * (day % 2 == 0)
        body.night(Work(distance_m / (0.82 * body.speed_10k_m_s()), distance_m, none, none, none + 0.7, none + 1.0),
                   air, weight_kg)  # fmt: skip
    log_speed = np.log(body.speed_10k_m_s()).reshape(count, len(people))
    log_speed = log_speed + scatter * np.random.default_rng(seed).standard_normal(log_speed.shape)
    bend, slope, _ = np.polyfit(np.sqrt(doses_km), log_speed, 2)
    top = np.where(bend < 0.0, -0.5 * slope / np.minimum(bend, -1e-9), np.sqrt(doses_km[-1]))
    return np.asarray(np.clip(top, np.sqrt(doses_km[0]), np.sqrt(doses_km[-1])) ** 2)
