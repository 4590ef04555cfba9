"""Lives a day at a time: people, their fate, their habits and a physiology become columns (people, days).

The rule of this file: it carries state from day to day and knows no equation of the body; that is the world's.
People are lived some hundred at a time, which changes nothing but the speed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hardware_sim.lives.chance import Column, between
from hardware_sim.lives.days import Days, Truth
from hardware_sim.lives.fate import Fate, fate
from hardware_sim.lives.first import FIRST
from hardware_sim.lives.habits import RACE, Habit, Intent, Morning
from hardware_sim.lives.people import Flag, People, each
from hardware_sim.lives.world import Air, Body, Work, World

Plan: TypeAlias = Column | Callable[[Morning], Column]
"""Km wished, (n, days), or for each morning (n,): 0 for a day of rest, NaN for no wish."""
NEW_YEAR_2022 = 18_993
_ROOM = 160_000
_LONGEST_S = 6.5 * 3600.0
_CLIMB = 7.92  # m on the flat for each m of climb, the way down included (Scarf 2007)
_MONTH = 30
_EARLIEST, _LATEST = -20_000, 60_000


def live(
    people: People, days: int, world: World = FIRST, plan: Plan | None = None, start_day: int = NEW_YEAR_2022
) -> Days:
    """Return the days of people in a world, from `start_day` (days since 1970-01-01) on.

    ValueError where there is nothing to live or the plan has another shape, is negative or infinite.
    """
    if days < 1 or len(people) < 1:
        raise ValueError(f"somebody must live for a day at least, not {len(people)} people for {days!r} days")
    if not _EARLIEST <= start_day <= _LATEST:
        raise ValueError(f"start_day counts days since 1970-01-01; {start_day!r} is out of reach")
    if callable(plan):
        return _live(people, days, world, plan, start_day)
    if plan is not None:
        plan = _checked(plan, (len(people), days))
    some = max(1, min(len(people), _ROOM // days))
    blocks = [slice(at, at + some) for at in range(0, len(people), some)]
    return _joined([_live(people.take(b), days, world, None if plan is None else plan[b], start_day) for b in blocks])


def _checked(plan: Column, shape: tuple[int, ...]) -> Column:
    plan = np.asarray(plan, dtype=np.float64)
    if plan.shape != shape:
        raise ValueError(f"a plan is km wished of shape {shape}, not {plan.shape}")
    if np.any(plan < 0.0) or np.any(np.isinf(plan)):
        raise ValueError("a plan's km must be finite and not negative; NaN is no wish")
    return plan


def _joined(parts: list[Days]) -> Days:
    if len(parts) == 1:
        return parts[0]
    names = [field.name for field in dataclasses.fields(parts[0]) if field.name != "start_day"]
    columns = {name: each(np.concatenate, *(getattr(part, name) for part in parts)) for name in names}
    return dataclasses.replace(parts[0], **columns)


def _live(people: People, days: int, world: World, plan: Plan | None, start_day: int) -> Days:
    life = Life(people, world, fate(people, start_day, days), start_day)
    for row in range(days):
        morning = life.morning()
        if callable(plan):
            life.live(1000.0 * _checked(plan(morning), (len(people),)))
        else:
            life.live(None if plan is None else 1000.0 * plan[:, row])
    return life.days()


def _first(days: Days, count: int) -> Days:
    """Return the first days alone."""
    names = [field.name for field in dataclasses.fields(days) if field.name != "start_day"]
    columns = {name: each(lambda columns: columns[0][:, :count], getattr(days, name)) for name in names}
    return dataclasses.replace(days, **columns)


class Life:
    """n people on their way through the days: what they carry from one to the next, and the days lived so far.

    `morning()`, then `live(wish)`, for as many days as their fate has; `days()` is what was lived up to now.
    """

    def __init__(self, people: People, world: World, fate: Fate, start_day: int) -> None:
        days, n = fate.mood.shape
        self.people, self.fate, self.start_day = people, fate, start_day
        self.body: Body = world.bodies(people)
        self.row = 0
        self.habit = Habit(people, fate, start_day)
        day, luck = np.arange(start_day, start_day + days, dtype=np.int64), people.chance
        self.normal = {
            name: np.ascontiguousarray(luck.normal(name, day).T)
            for name in ("heart", "rest", "top", "cadence", "scales", "heals", "hurts")
        }
        self.hurt = np.ascontiguousarray(luck.uniform("hurt", day).T)
        self.since_run = np.full(n, 2.0)
        self.weekly_km = 0.65 * people.habits.runs_per_week * people.habits.usual_km
        self.month_m = np.zeros((_MONTH, n))
        self.month_m[0] = 1000.0 * people.habits.usual_km
        self.weight_kg = people.body.weight_kg.copy()
        self.has_goal = ~np.isnan(people.body.weight_goal_kg)
        self.weight_goal_kg = np.where(self.has_goal, people.body.weight_goal_kg, 0.0)
        self.nothing = np.full(n, np.nan)
        self.injured_d, self.pain = np.zeros(n), np.zeros(n)
        self.rows: dict[str, NDArray[np.generic]] = {}
        self.count = days

    def _keep(self, row: int, **columns: NDArray[np.generic]) -> None:
        for name, column in columns.items():
            if name not in self.rows:
                self.rows[name] = np.empty((self.count, len(self.people)), dtype=column.dtype)
            self.rows[name][row] = column

    def morning(self) -> Morning:
        """Return what is known on the morning of the day to be lived; ValueError where fate has no more days."""
        if self.row >= self.count:
            raise ValueError(f"all {self.count} days are lived")
        fate, row = self.fate, self.row
        ill = fate.ill[row]
        rest = self.body.rest_bpm() + 1.6 * self.normal["rest"][row] + 5.0 * ill
        rest = rest + 0.8 * np.maximum(self.people.life.sleep_h - fate.sleep_h[row], 0.0)
        return Morning(
            self.start_day + row, self.since_run, self.weekly_km, self.month_m.max(axis=0), self.body.soreness(),
            self.pain, rest, fate.sleep_h[row], fate.mood[row], ill, fate.away[row], fate.altitude_m[row],
            fate.temperature_c[row],
        )  # fmt: skip

    def live(self, wished_m: Column | None) -> None:
        """Live the next day; `wished_m` (n,) is a plan's distance in m, 0 for rest, NaN or None for no wish."""
        row, morning, fate = self.row, self.morning(), self.fate
        air = Air(fate.temperature_c[row], fate.humidity_percent[row], fate.altitude_m[row], fate.days_there[row])
        self._truth(row, morning, air)
        intent = self.habit.intent(row, morning, wished_m)
        work = self._run(row, intent, morning, air)
        ran = work.seconds > 0.0
        self._watch(row, intent, work, air, morning)
        self._hurt(row, work, air)
        self.habit.remember(ran)
        self._grow(row, ran, work, air)
        self._keep(row, wished_m=self.nothing if wished_m is None else wished_m, followed=intent.followed)
        self.row += 1

    def _truth(self, row: int, morning: Morning, air: Air) -> None:
        """Keep what is true this morning: fitness, and the heart-rate line at two efforts in good air."""
        speed, body = self.body.speed_10k_m_s(), self.body
        none, half_h = np.zeros_like(speed), np.full_like(speed, 1800.0)
        good = Air(none + 12.0, none + 50.0, none, none + 1000.0)
        lines = [
            body.heart_rate_bpm(Work(half_h, share * speed * half_h, none, none, none, none + 1.0), good)
            for share in (0.75, 0.9)
        ]
        self._keep(
            row, speed_10k_m_s=speed, toll=body.toll(air), endurance=body.endurance(), easy_hr_bpm=lines[0],
            brisk_hr_bpm=lines[1], soreness=morning.soreness, injured=self.injured_d > 0.0, pain=self.pain,
        )  # fmt: skip

    def _run(self, row: int, intent: Intent, morning: Morning, air: Air) -> Work:
        """Return the run that came of the intent: pain, illness and a bad night slow it down."""
        goes = (intent.distance_m > 0.0) & (self.pain < 7.0)
        form = 1.0 - 0.004 * np.maximum(self.people.life.sleep_h - morning.sleep_h, 0.0) - 0.06 * morning.ill
        form = form - 0.02 * np.minimum(self.pain, 5.0) - 0.25 * np.minimum(self.fate.pregnant[row], 0.9)
        ten_km = self.body.speed_10k_m_s() * self.body.toll(air) * form
        far = np.maximum(intent.distance_m, 400.0) / 10_000.0
        # a race follows the person's own curve, other runs a habit that cannot leave it
        able = ten_km * far ** (1.0 - self.body.endurance())
        usual = far * 10.0 / self.people.habits.usual_km
        flat = intent.effort * np.where(
            intent.kind == RACE, able, np.minimum(ten_km * usual**self.people.habits.far, able)
        )
        climb, going = self.habit.climb_m_per_km(row) / 1000.0, self.habit.going(row, intent.kind)
        speed = flat / (going + _CLIMB * climb)
        seconds = np.minimum(intent.distance_m / np.maximum(speed, 0.8), _LONGEST_S) * goes
        distance = seconds * np.maximum(speed, 0.8)
        return Work(seconds, distance, climb * distance, climb * distance, self.habit.hard_surface(row), going)

    def _watch(self, row: int, intent: Intent, work: Work, air: Air, morning: Morning) -> None:
        """Keep what a watch and a question would record of the run."""
        ran, heart = work.seconds > 0.0, self.people.heart
        scatter = heart.scatter_bpm * self.normal["heart"][row] + heart.wander_bpm * self.fate.pulse[row]
        top = heart.max_bpm - heart.beta_blocker * (heart.max_bpm - heart.rest_bpm)
        mean = between(
            self.body.heart_rate_bpm(work, air) + scatter + 4.0 * morning.ill, heart.rest_bpm + 5.0, top - 3.0
        )
        above = 9.0 + 8.0 * (intent.kind == 1) + 3.0 * self.normal["top"][row]
        speed, stride = work.speed_m_s, self.people.stride
        cadence = stride.cadence_at_3_spm + stride.cadence_per_m_s * (speed - 3.0)
        cadence = cadence + stride.scatter_spm * self.normal["cadence"][row]
        far = np.maximum(work.distance_m, 400.0) / 10_000.0
        here = self.body.speed_10k_m_s() * self.body.toll(air) * far ** (1.0 - self.body.endurance())
        share = speed * (work.going + _CLIMB * work.ascent_m / np.maximum(work.distance_m, 1.0)) / here
        seen = {
            "distance_m": work.distance_m, "duration_s": work.seconds, "hr_bpm": mean, "cadence_spm": cadence,
            "max_hr_bpm": np.minimum(mean + np.maximum(above, 2.0), top), "ascent_m": work.ascent_m,
            "descent_m": work.descent_m, "hard_surface": work.hard_surface,
        }  # fmt: skip
        self._keep(row, **{name: np.where(ran, column, np.nan) for name, column in seen.items()})
        self._keep(
            row, ran=ran, kind=np.where(ran, intent.kind, -1).astype(np.int8),
            rpe=self.habit.rpe(row, share, work.seconds, ran), rest_hr_bpm=morning.rest_hr_bpm,
        )  # fmt: skip

    def _hurt(self, row: int, work: Work, air: Air) -> None:
        """Let the run injure, keep it, and let injuries heal; running on with pain makes them last longer."""
        ran = work.seconds > 0.0
        chance = self.body.injury_chance(work, air) * ran * np.where(self.injured_d > 0.0, 0.0, 1.0)
        new = self.hurt[row] < chance
        length = self.people.frailty.heal_days * np.exp(0.9 * self.normal["heals"][row])
        self.injured_d = np.where(new, np.maximum(length, 2.0), np.maximum(self.injured_d - 1.0 + 0.6 * ran, 0.0))
        first_pain = between(4.5 + 1.5 * self.normal["hurts"][row], 2.0, 9.0)
        felt = np.where(new, first_pain, np.minimum(self.pain, 0.6 * self.injured_d) * 0.985)
        self._keep(row, injury_chance=chance, pain_said=self.habit.pain_said(row, np.where(new, felt, self.pain), ran))
        self.pain = np.where(self.injured_d > 0.0, felt, 0.0)

    def _grow(self, row: int, ran: Flag, work: Work, air: Air) -> None:
        """Carry everything into the next day."""
        body = self.people.body
        pull = 0.004 * (self.weight_goal_kg - self.weight_kg) * self.has_goal  # half of the way in six months: assumed
        self.weight_kg = self.weight_kg + np.maximum(pull, -0.03) + body.weight_kg_per_y / 365.25
        self._keep(row, weight_kg=self.weight_kg + 0.5 * self.normal["scales"][row])
        self.since_run = np.where(ran, 1.0, self.since_run + 1.0)
        self.weekly_km = self.weekly_km + (7.0 * work.distance_m / 1000.0 - self.weekly_km) / 21.0
        self.month_m[row % _MONTH] = work.distance_m
        self.body.night(work, air, self.weight_kg)

    def days(self) -> Days:
        """Return the days lived so far as columns (n, days)."""
        return _first(self._all(), self.row)

    def _all(self) -> Days:
        fate, columns = self.fate, {name: np.ascontiguousarray(rows.T) for name, rows in self.rows.items()}
        hidden = {field.name: columns.pop(field.name) for field in dataclasses.fields(Truth)}
        given = {
            "temperature_c": fate.temperature_c, "humidity_percent": fate.humidity_percent,
            "altitude_m": fate.altitude_m, "days_at_altitude": fate.days_there, "away": fate.away, "ill": fate.ill,
            "on_break": fate.on_break, "night_shift": fate.night_shift, "pregnant": fate.pregnant,
            "sleep_h": fate.sleep_h, "mood": fate.mood,
        }  # fmt: skip
        whole = {name: np.ascontiguousarray(rows.T) for name, rows in given.items()}
        return Days(start_day=self.start_day, truth=Truth(**hidden), **whole, **columns)
