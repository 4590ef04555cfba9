"""What people decide: whether to run today, how far, how hard, and what they say afterwards.

The rule of this file: decisions rest on what the person knows in the morning; habits have no equations of the body.
A day's chances are drawn for all days at once (columns (days, n)) and read a day at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardware_sim.lives.chance import Column, Whole, between
from hardware_sim.lives.fate import Fate
from hardware_sim.lives.people import Flag, People

EASY, HARD, WALKED, RACE = 0, 1, 2, 3
"""Kinds of runs: steady, tempo or intervals, with long walks, race."""
_ROUND_KM = np.array([2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 15, 16, 18, 20, 21.1, 25, 30, 35, 42.2])
_BETWEEN_KM = np.sqrt(_ROUND_KM[1:] * _ROUND_KM[:-1])
_RACES_KM = np.array([5.0, 10.0, 21.1, 42.2])
_HABIT_D = 21.0
_WEEK = 7


@dataclass(frozen=True, slots=True, eq=False)
class Morning:
    """What n people and their coach know on a morning, (n,) each."""

    day: int
    """Days since 1970-01-01; (day + 3) % 7 is the weekday, Monday 0."""
    days_since_run: Column
    weekly_km: Column
    """Km a week, the last four weeks weighted most (exponential mean)."""
    longest_m: Column
    """Longest run of the last 30 days."""
    soreness: Column
    """0 to 10."""
    pain: Column
    """0 to 10; what is felt, not what is said."""
    rest_hr_bpm: Column
    sleep_h: Column
    mood: Column
    ill: Flag
    away: Flag
    altitude_m: Column
    temperature_c: Column


@dataclass(frozen=True, slots=True, eq=False)
class Intent:
    """What n people set out to do today: (n,) each; distance 0 for no run."""

    kind: Whole
    distance_m: Column
    effort: Column
    """Share of the speed that could be raced over this distance today for races, of 10 km speed for the rest."""
    followed: Flag
    """Whether the plan was followed."""


class Habit:
    """The habits of n people over some days, with how strong the habit is as state."""

    def __init__(self, people: People, fate: Fate, start_day: int) -> None:
        days = len(fate.mood)
        self.people, self.fate, self.start_day = people, fate, start_day
        day, luck = np.arange(start_day, start_day + days, dtype=np.int64), people.chance
        normal, uniform = (
            {name: np.ascontiguousarray(draw(name, day).T) for name in names}
            for draw, names in (
                (luck.normal, ("distance", "effort", "obeyed distance", "felt", "climb", "top", "going")),
                (luck.uniform, ("go", "race", "race distance", "kind", "round", "obey", "say", "say pain", "surface")),
            )
        )
        self.normal, self.uniform = normal, uniform
        rate = between(people.habits.runs_per_week / _WEEK, 0.05, 0.96)
        self.rate = rate
        self.usual_week_km = 0.65 * people.habits.runs_per_week * people.habits.usual_km
        self.base = np.log(rate / (1.0 - rate))
        self.strength = rate.copy()

    def log_odds(self, row: int, morning: Morning) -> Column:
        """Return the log odds of running today by the person's own choice."""
        habits, fate = self.people.habits, self.fate
        weekday = (morning.day + 3) % _WEEK
        odds = self.base + habits.weekday[:, weekday] + 0.7 * (habits.long_day == weekday) * (habits.long_ratio > 1.0)
        odds += habits.streak * ((morning.days_since_run <= 1.0) - self.rate)
        odds += 2.0 * (self.strength - self.rate) + habits.swing * fate.swing[row]
        odds += (
            habits.season * fate.warmth[row] + 0.3 * (morning.mood - 3.4) + 0.15 * np.minimum(morning.sleep_h - 7, 0.0)
        )
        odds -= 0.06 * np.maximum(morning.temperature_c - 28.0, 0.0) + 0.06 * np.maximum(-morning.temperature_c, 0.0)
        odds -= 0.3 * np.maximum(morning.soreness - 4.0, 0.0) + 0.9 * morning.pain + 6.0 * fate.on_break[row]
        return np.asarray(odds - 4.0 * morning.ill - 0.7 * morning.away - 0.5 * fate.night_shift[row])

    def intent(self, row: int, morning: Morning, wished_m: Column | None) -> Intent:
        """Return what people set out to do; `wished_m` is a plan's distance, 0 for rest and NaN for no wish."""
        odds = between(self.log_odds(row, morning), -30.0, 30.0)
        go = self.uniform["go"][row] < (1.0 - self.fate.pregnant[row]) / (1.0 + np.exp(-odds))
        kind = self._kind(row, morning, go)
        distance = np.where(go, self._distance_m(row, morning, kind), 0.0)
        effort = self._effort(row, kind)
        if wished_m is None:
            return Intent(kind, distance, effort, np.zeros(len(self.people), dtype=bool))
        able = ~morning.ill & (morning.pain < 6.0) & (self.fate.pregnant[row] < 0.9)
        follow = (self.uniform["obey"][row] < self.people.habits.obedience) & ~np.isnan(wished_m) & able
        wished = np.nan_to_num(wished_m) * np.exp(0.04 * self.normal["obeyed distance"][row])
        return Intent(
            np.where(follow, np.minimum(kind, WALKED), kind), np.where(follow, wished, distance), effort, follow
        )

    def _kind(self, row: int, morning: Morning, go: Flag) -> Whole:
        habits, chance = self.people.habits, self.uniform["kind"][row]
        kind = np.where(chance < habits.hard_share, HARD, EASY)
        kind = np.where(chance > 1.0 - habits.walk_share, WALKED, kind)
        weekend = (morning.day + 3) % _WEEK >= 5
        fit = (morning.weekly_km > 12.0) & (morning.pain < 3.0) & ~self.fate.on_break[row]
        race = (
            self.uniform["race"][row]
            < habits.races_per_y / 365.25 * (3.0 if weekend else 0.2) / habits.runs_per_week * 7.0
        )
        return np.where(go & fit & race, RACE, kind).astype(np.int64)

    def _distance_m(self, row: int, morning: Morning, kind: Whole) -> Column:
        habits = self.people.habits
        long = (habits.long_day == (morning.day + 3) % _WEEK) * np.log(habits.long_ratio)
        # after a break people begin shorter: down to 60 % of the usual distance
        back = 0.45 * np.log(between((0.2 + morning.weekly_km / self.usual_week_km) / 0.8, 0.3, 1.25))
        log_km = np.log(habits.usual_km) + long + back + 0.25 * self.fate.form[row]
        km = np.exp(log_km + habits.spread * self.normal["distance"][row] - 0.15 * (kind == HARD))
        near = _ROUND_KM[np.searchsorted(_BETWEEN_KM, km)]
        km = np.where(
            self.uniform["round"][row] < habits.favourite, near * (1.0 + 0.01 * self.uniform["surface"][row]), km
        )
        level = np.log(habits.usual_km / 6.0) + 0.9 * self.normal["top"][row]
        race_km = _RACES_KM[np.minimum(np.maximum(1.2 + level, 0.0), 3.0).astype(np.int64)]
        return 1000.0 * between(np.where(kind == RACE, race_km, km), 1.0, 60.0)

    def _effort(self, row: int, kind: Whole) -> Column:
        habits, wobble = self.people.habits, self.normal["effort"][row]
        usual = habits.effort + habits.effort_spread * wobble + 0.06 * (kind == HARD)
        walked = usual * (0.86 + 0.04 * wobble)
        raced = np.minimum(0.98 + 0.015 * wobble, 1.0)
        return np.asarray(np.where(kind <= HARD, np.minimum(usual, 0.98), np.where(kind == WALKED, walked, raced)))

    def climb_m_per_km(self, row: int) -> Column:
        """Return how hilly today's course is; more in the mountains."""
        usual = self.people.habits.climb_m_per_km * np.exp(0.45 * self.normal["climb"][row])
        return np.asarray(np.minimum(usual * (1.0 + self.fate.away[row] * self.fate.altitude_m[row] / 1500.0), 100.0))

    def going(self, row: int, kind: Whole) -> Column:
        """Return what today's way costs beside climb, about 1; races are run on good roads."""
        daily = 0.66 * self.normal["going"][row] + 0.75 * self.fate.ease[row]
        walks = np.where(kind == WALKED, 1.2, 1.0)  # a run with walks is slower than it is easy
        return np.asarray(walks * np.exp(self.people.habits.course * daily * np.where(kind == RACE, 0.25, 1.0)))

    def hard_surface(self, row: int) -> Column:
        """Return the share of asphalt of today's course."""
        asphalt = self.people.habits.hard_surface
        return between(asphalt + 0.6 * (self.uniform["surface"][row] - 0.5), 0.0, 1.0)

    def remember(self, ran: Flag) -> None:
        """Let the habit grow with a run and fade without (about three weeks; Lally 2010: 18 to 254 days to form)."""
        self.strength += (ran - self.strength) / _HABIT_D

    def rpe(self, row: int, race_share: Column, seconds: Column, ran: Flag) -> Column:
        """Return the effort said after the run, 0 to 10 (Foster 2001); NaN where nothing was said."""
        habits = self.people.habits
        felt = 9.5 * between(race_share, 0.0, 1.1) ** 4.0 + 0.012 * np.maximum(seconds / 60.0 - 60.0, 0.0)
        said = between(np.rint(felt + habits.effort_bias + 0.6 * self.normal["felt"][row]), 1.0, 10.0)
        return np.where(ran & (self.uniform["say"][row] < habits.says_effort), said, np.nan)

    def pain_said(self, row: int, pain: Column, ran: Flag) -> Column:
        """Return the pain said, 0 to 10; NaN where nothing was said."""
        says = (self.uniform["say pain"][row] < self.people.habits.says_pain) & (ran | (pain > 0.0))
        return np.where(says, np.rint(pain), np.nan)
