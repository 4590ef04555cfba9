"""Knees that hurt for a reason: a weak spot in lives, what provokes it, and what people do of a coach's limits.

The rule of this file: everything here is assumed, no source gives it, and it is simulated. One of five doses provokes
a knee (a fifth of people: two; a seventh: none, it flares up by itself): the ones to which the person is most frail
(`People.frailty`), beyond what the knee tolerates, which lies around the upper sixth of what its owner usually runs.
The first knee is a chance: log odds that rise with the dose. The second shares no equation with it: irritation that is
filled by a power of the dose over what is tolerated, empties in days, and hurts where it passes a threshold.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from hardware_sim.lives.chance import Chance, Column, Whole, between
from hardware_sim.lives.days import Days
from hardware_sim.lives.fate import fate
from hardware_sim.lives.habits import RACE, Intent, Morning
from hardware_sim.lives.living import NEW_YEAR_2022, Life
from hardware_sim.lives.people import Flag, People
from hardware_sim.lives.world import Air, Work, World

DOSES = ("distance", "descent", "speed", "surface", "row")
"""km, m down a km, share of 10 km speed, share of asphalt, days run in a row before."""
_NONE, _TWO = 0.15, 0.20
_FRAIL_SPREAD = np.array([0.4, 0.5, 0.5, 0.5, 0.4])  # of the logarithm of each frailty, as drawn
_ROW_USUAL, _ROW_SPREAD = 0.4, 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """What a coach wishes of n people today, (n,) each: km (0 rest, NaN no wish), and most of each dose (inf: any)."""

    km: Column
    most_km: Column
    most_descent: Column
    most_speed: Column
    most_surface: Column

    @classmethod
    def none(cls, count: int) -> Limits:
        """Return no wish and no limit."""
        any_ = np.full(count, np.inf)
        return cls(np.full(count, np.nan), any_, any_, any_, any_)


@dataclass(frozen=True, slots=True, eq=False)
class Knees:
    """Whose knee hurts of what: triggers (n, 5), where it begins (n,) and how steeply, in spreads of the usual."""

    triggers: Flag
    tolerance: Column
    slope: Column
    by_itself: Column
    """Flares a run without a cause."""
    usual: Column
    """(n, 5): the middle of each dose as the person runs, with `spread` (n, 5); logarithms but for surface and row."""
    spread: Column


def knees(people: People) -> Knees:
    """Return the knees of these people; the same whoever stands beside."""
    luck, frail, habits = people.chance, people.frailty, people.habits
    weights = np.stack([np.log(getattr(frail, name)) for name in ("dose", "descent", "speed", "surface", "row")], 1)
    order = np.argsort(-weights / _FRAIL_SPREAD, axis=1)
    kind = luck.uniform("knee kind")
    triggers = np.zeros((len(people), 5), dtype=bool)
    rows = np.arange(len(people))
    triggers[rows, order[:, 0]] = kind >= _NONE
    triggers[rows, order[:, 1]] |= kind >= 1.0 - _TWO
    none = kind < _NONE
    row = np.full(len(people), _ROW_USUAL)
    usual = np.stack(
        [np.log(habits.usual_km), np.log(habits.climb_m_per_km), np.log(habits.effort), habits.hard_surface, row], 1
    )
    spread = np.stack(
        [
            habits.spread,
            row * 0.0 + 0.45,
            habits.effort_spread + habits.course,
            row * 0.0 + 0.17,
            row * 0.0 + _ROW_SPREAD,
        ],
        1,
    )
    return Knees(
        triggers,
        1.1 + 0.3 * np.clip(luck.normal("knee tolerance"), -2.0, 2.0),
        2.2 * np.exp(0.25 * np.clip(luck.normal("knee slope"), -2.0, 2.0)),
        np.where(none, 0.12, 0.02) * np.exp(0.4 * luck.normal("knee alone")),
        usual,
        spread,
    )


class FirstKnee:
    """Log odds of a flare rise with the dose; pain falls by 40 % a day."""

    def __init__(self, knees: Knees, luck: Chance, day: Whole) -> None:
        self.knees, self.pain = knees, np.zeros(len(knees.tolerance))
        self.flare, self.level = luck.uniform("knee flare", day).T, luck.normal("knee level", day).T

    def run(self, row: int, over: Column, ran: Flag) -> Column:
        """Return the pain after the day, 0 to 10, from doses over what is usual (n, 5) in spreads."""
        knees = self.knees
        odds = np.where(knees.triggers, knees.slope[:, None] * (over - knees.tolerance[:, None]), -np.inf)
        chance = 1.0 - (1.0 - knees.by_itself) * np.prod(1.0 / (1.0 + np.exp(between(odds, -60.0, 60.0))), axis=1)
        new = ran & (self.flare[row] < chance)
        kept = self.pain * np.where(ran, 0.8, 0.6)
        self.pain = np.where(new, np.maximum(kept, between(4.0 + 1.3 * self.level[row], 2.0, 9.0)), kept)
        self.pain = np.where(self.pain < 0.5, 0.0, self.pain)
        return self.pain


class SecondKnee:
    """Irritation filled by powers of the dose over what is tolerated, emptied at a rate; pain above a threshold."""

    def __init__(self, knees: Knees, luck: Chance, day: Whole) -> None:
        self.knees, count = knees, len(knees.tolerance)
        self.irritation = np.zeros(count)
        self.empties = np.exp(-1.0 / (1.6 * np.exp(0.3 * luck.normal("second knee empties"))))
        self.power = 2.6 * knees.slope / 2.2 * np.exp(0.15 * luck.normal("second knee power"))
        self.threshold = 1.0 + 0.1 * luck.normal("second knee threshold")
        self.day, self.alone = np.exp(0.6 * luck.normal("second knee day", day)).T, luck.uniform("knee flare", day).T

    def run(self, row: int, over: Column, ran: Flag) -> Column:
        """Return the pain after the day, 0 to 10."""
        knees = self.knees
        ratio = np.maximum(1.0 + 0.6 * (over - knees.tolerance[:, None]), 0.0)
        fills = np.where(knees.triggers, np.minimum(ratio, 3.0) ** self.power[:, None], 0.0).sum(axis=1)
        alone = 1.6 * (self.alone[row] < knees.by_itself)
        self.irritation = self.irritation * self.empties + ran * (0.9 * fills * self.day[row] + alone)
        above = np.maximum(self.irritation / self.threshold - 1.0, 0.0)
        return np.where(above > 0.0, between(1.5 + 8.0 * above / (above + 1.5), 0.0, 10.0), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class KneeDays:
    """What is seen of a life with a knee, (n, days) each: doses of the run (n, days, 5), pain said of the knee after
    the day (NaN where nothing was said), the pain felt in it, and whether a coach's limits were followed.
    """

    doses: Column
    pain_said: Column
    pain: Column
    followed: Flag
    days: Days


class KneeLife:
    """n people with knees, a day at a time: `morning`, then `live` with the coach's limits."""

    def __init__(self, people: People, world: World, days: int, start_day: int = NEW_YEAR_2022) -> None:
        self.people, self.knees = people, knees(people)
        count, day = len(people), np.arange(start_day, start_day + days, dtype=np.int64)
        self._life = _Limited(people, world, days, start_day)
        made = FirstKnee if world.name == "first" else SecondKnee
        self._knee: FirstKnee | SecondKnee = made(self.knees, people.chance, day)
        self._says = people.chance.uniform("says knee", day).T
        self.doses = np.full((days, count, 5), np.nan)
        self.pain_said, self.pain = np.full((days, count), np.nan), np.zeros((days, count))
        self.followed = np.zeros((days, count), dtype=bool)
        self._row = np.zeros(count)

    def morning(self, row: int) -> Morning:
        """Return what is known on a morning; pain is the knee's or another's, whichever is more."""
        return self._life.morning()

    def live(self, row: int, morning: Morning, limits: Limits) -> None:
        """Live one day within the limits, by those who follow them."""
        life = self._life
        life.limits = limits
        life.live(1000.0 * limits.km)
        work, ran = life.work, life.work.seconds > 0.0
        doses = _doses(work, life.body.speed_10k_m_s(), self._row)
        pain = self._knee.run(row, self._over(doses), ran)
        says = (self._says[row] < self.people.habits.says_pain) & (ran | (pain > 0.0))
        self.doses[row] = np.where(ran[:, None], doses, np.nan)
        self.pain[row], self.pain_said[row] = pain, np.where(says, np.rint(pain), np.nan)
        self.followed[row] = life.followed
        self._row = np.where(ran, self._row + 1.0, 0.0)
        life.knee_pain = pain

    def _over(self, doses: Column) -> Column:
        """Return doses in spreads above what is usual."""
        scale = doses.copy()
        scale[:, :3] = np.log(np.maximum(doses[:, :3], 1e-3))
        return np.asarray((scale - self.knees.usual) / self.knees.spread)

    def lived(self) -> KneeDays:
        """Return all days."""
        doses = np.ascontiguousarray(self.doses.transpose(1, 0, 2))
        said, pain, followed = (np.ascontiguousarray(one.T) for one in (self.pain_said, self.pain, self.followed))
        return KneeDays(doses, said, pain, followed, self._life.days())


def _doses(work: Work, speed_10k_m_s: Column, row: Column) -> Column:
    km = work.distance_m / 1000.0
    down = work.descent_m / np.maximum(km, 0.1)
    return np.stack([km, down, work.speed_m_s / speed_10k_m_s, work.hard_surface, row], axis=1)


class _Limited(Life):
    """A life whose knee may hurt and whose runs keep within a coach's limits where they are followed."""

    def __init__(self, people: People, world: World, days: int, start_day: int) -> None:
        super().__init__(people, world, fate(people, start_day, days), start_day)
        self.knee_pain = np.zeros(len(people))
        self.limits = Limits.none(len(people))
        self.followed = np.zeros(len(people), dtype=bool)
        self.work: Work

    def morning(self) -> Morning:
        """Return what is known on the morning of the day to be lived, the knee included."""
        morning = super().morning()
        return dataclasses.replace(morning, pain=np.maximum(morning.pain, self.knee_pain))

    def _run(self, row: int, intent: Intent, morning: Morning, air: Air) -> Work:
        limits = self.limits
        # who follows the plan today follows its limits too; nobody runs a race by them
        follows = (self.habit.uniform["obey"][row] < self.people.habits.obedience) & (intent.kind != RACE)
        most_m = np.where(follows, 1000.0 * limits.most_km, np.inf)
        intent = dataclasses.replace(intent, distance_m=np.minimum(intent.distance_m, most_m) * (self.knee_pain < 7.0))
        work = super()._run(row, intent, morning, air)
        km = np.maximum(work.distance_m / 1000.0, 0.1)
        down = np.where(follows, np.minimum(work.descent_m / km, limits.most_descent), work.descent_m / km) * km
        most_m_s = limits.most_speed * self.body.speed_10k_m_s()
        speed = np.where(follows, np.minimum(work.speed_m_s, most_m_s), work.speed_m_s)
        surface = np.where(follows, np.minimum(work.hard_surface, limits.most_surface), work.hard_surface)
        seconds = np.where(work.seconds > 0.0, work.distance_m / np.maximum(speed, 0.5), 0.0)
        self.followed = follows
        self.work = dataclasses.replace(work, seconds=seconds, ascent_m=down, descent_m=down, hard_surface=surface)
        return self.work
