"""Who lives in the box: traits of n people, a column each.

The rule of this file: a person is frozen; it says what each trait means, in which unit, and how people are counted out
and put together. Where the numbers come from stands in `draw`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from hardware_sim.lives.chance import Chance, Column, Whole, chance

Flag: TypeAlias = NDArray[np.bool_]
_Group = TypeVar("_Group")


@dataclass(frozen=True, slots=True, eq=False)
class Physique:
    """The body as anyone can measure it."""

    female: Flag
    age_y: Column
    """Age on the first day; 14 to 80."""
    height_m: Column
    weight_kg: Column
    weight_kg_per_y: Column
    """Slow change of weight by nature."""
    weight_goal_kg: Column
    """The weight that the person works towards; NaN without a goal."""


@dataclass(frozen=True, slots=True, eq=False)
class Talent:
    """How fast, how long, and how training changes it."""

    untrained_10k_m_s: Column
    """Speed over 10 km in cool air at sea level without any training."""
    trainability: Column
    """The most that training can add to the logarithm of that speed."""
    half_load: Column
    """Weekly load (minutes at 10 km effort) that brings 63 % of it."""
    endurance: Column
    """Untrained exponent of time over distance (Riegel 1981: 1.06 for the trained)."""
    fitness_days: Column
    """Time constant in d of fitness gained and lost."""
    fatigue_days: Column
    fatigue: Column
    """How much a load weighs as fatigue, relative to people's mean."""
    altitude_loss_per_km: Column
    """Share of aerobic power lost per km above 300 m."""
    heat_loss_per_c: Column
    """Share of speed lost per deg C above 12."""


@dataclass(frozen=True, slots=True, eq=False)
class Heart:
    """Heart-rate physiology."""

    rest_bpm: Column
    max_bpm: Column
    bend: Column
    """Exponent of the share of the heart-rate reserve over the share of aerobic speed."""
    drift_bpm_per_h: Column
    heat_bpm_per_c: Column
    scatter_bpm: Column
    """Standard deviation from day to day at the same effort, sensor included."""
    wander_bpm: Column
    """Standard deviation of what stays for weeks: season, strain, how the sensor is worn."""
    beta_blocker: Column
    """Share of the reserve that medication takes away; 0 without."""


@dataclass(frozen=True, slots=True, eq=False)
class Stride:
    """Gait: steps/min at 3 m/s, more per m/s, and how it wanders from day to day."""

    cadence_at_3_spm: Column
    cadence_per_m_s: Column
    scatter_spm: Column


@dataclass(frozen=True, slots=True, eq=False)
class Frailty:
    """How easily the person is hurt, and by what; 1 is the mean of people."""

    overall: Column
    dose: Column
    descent: Column
    speed: Column
    surface: Column
    row: Column
    """Days in a row."""
    heal_days: Column
    """Median length of an injury."""


@dataclass(frozen=True, slots=True, eq=False)
class Life:
    """What life does to the running; rates per year."""

    sleep_h: Column
    sleep_scatter_h: Column
    mood_scatter: Column
    shift_worker: Flag
    illness_per_y: Column
    trips_per_y: Column
    breaks_per_y: Column
    """Times when running is given up for a while."""
    break_days: Column
    """Median length of such a time."""
    pregnancy_per_y: Column


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """Where the person lives: height and climate at the hour of running."""

    altitude_m: Column
    temperature_c: Column
    """Mean of the year."""
    season_c: Column
    """Half the difference between summer and winter."""
    weather_c: Column
    """Standard deviation from day to day."""
    humidity_percent: Column
    southern: Flag
    mountains: Column
    """Share of trips that lead into mountains."""


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """What the person does when nobody says what to do, and what is said afterwards."""

    runs_per_week: Column
    weekday: Column
    """(n, 7): liking of Monday to Sunday, as log odds."""
    long_day: Whole
    """Weekday of the long run, Monday 0."""
    long_ratio: Column
    """Its length over the usual one; about 1 for people without one."""
    streak: Column
    """Log odds more on the day after a run."""
    swing: Column
    """Standard deviation of the slow ups and downs of keenness, log odds."""
    season: Column
    """Log odds more in the warm half of the year."""
    usual_km: Column
    spread: Column
    """Standard deviation of the logarithm of the distance."""
    favourite: Column
    """Share of runs that end at a round distance."""
    effort: Column
    """Usual share of the speed that could be raced over 10 km."""
    effort_spread: Column
    far: Column
    """Log of speed for log of distance in training: the far runs of many are their faster ones."""
    course: Column
    """Standard deviation of the log of speed that course, ground, stops and company make without effort."""
    hard_share: Column
    """Share of runs that are tempo or intervals."""
    walk_share: Column
    """Share of runs with long walks in them."""
    races_per_y: Column
    climb_m_per_km: Column
    hard_surface: Column
    """Share of runs on asphalt or concrete."""
    obedience: Column
    """Chance that a plan is followed on a day."""
    says_effort: Column
    """Chance of saying an RPE after a run; likewise of saying pain."""
    says_pain: Column
    effort_bias: Column
    """RPE said above the one felt."""


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """n people: person `number` of `seed` is the same whoever stands beside."""

    seed: Whole
    number: Whole
    body: Physique
    talent: Talent
    heart: Heart
    stride: Stride
    frailty: Frailty
    life: Life
    home: Home
    habits: Habits

    def __len__(self) -> int:
        return len(self.number)

    @property
    def chance(self) -> Chance:
        """Return the luck of these people."""
        return chance(self.seed, self.number)

    def take(self, rows: Whole | slice | Flag) -> People:
        """Return some of these people, in the order of the rows."""
        return each(lambda columns: columns[0][rows], self)


def each(change: Callable[[list[NDArray[np.generic]]], NDArray[np.generic]], *groups: _Group) -> _Group:
    """Return a dataclass of the same kind whose every column is `change` of the groups' columns, nested ones too."""
    first = groups[0]
    if not dataclasses.is_dataclass(first):
        return change(list(groups))  # type: ignore[arg-type,return-value]
    fields = [field.name for field in dataclasses.fields(first)]
    columns = {name: each(change, *(getattr(group, name) for group in groups)) for name in fields}
    return type(first)(**columns)  # type: ignore[misc]


def joined(*groups: People) -> People:
    """Return all these people in one."""
    return each(lambda columns: np.concatenate(columns), *groups)
