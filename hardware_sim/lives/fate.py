"""What happens to people without their doing: weather, trips, illness, breaks, pregnancy, sleep, mood.

The rule of this file: fate depends on who and when, never on what the person ran. All columns are (days, n), a day's
people side by side, because lives are lived a day at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardware_sim.lives.chance import Chance, Column, Whole
from hardware_sim.lives.people import Flag, Home, Life, People

_YEAR = 365.25
_LEAD_D = 420  # fate begins this many days earlier, so that spells that began before are known
_AT_HOME_D = 1000.0
_SLOW = {"swing": 80.0, "form": 90.0, "ease": 75.0, "pulse": 50.0}  # memory in days; calibrated
_PREGNANT_D, _AFTER_D = 280, 112  # 40 weeks; a return to full running within 16 weeks (Goom 2019: not before 12)


@dataclass(frozen=True, slots=True, eq=False)
class Fate:
    """Columns (days, n)."""

    temperature_c: Column
    humidity_percent: Column
    altitude_m: Column
    days_there: Column
    away: Flag
    ill: Flag
    on_break: Flag
    night_shift: Flag
    pregnant: Column
    """Share of what pregnancy and the weeks after take from running: 0 none, 1 all."""
    sleep_h: Column
    mood: Column
    """1 to 5."""
    swing: Column
    """Slow ups and downs of keenness, standard normal."""
    form: Column
    """Slow ups and downs of the usual distance, standard normal."""
    ease: Column
    """Slow ups and downs of the courses that are run, standard normal."""
    pulse: Column
    """Slow ups and downs of the heart rate at the same effort, standard normal."""
    warmth: Column
    """-1 in the middle of winter to 1 in the middle of summer."""


def fate(people: People, start_day: int, days: int) -> Fate:
    """Return the fate of people from a day (days since 1970-01-01) on."""
    luck = people.chance
    day = np.arange(start_day - _LEAD_D, start_day + days, dtype=np.int64)
    recent = day[_LEAD_D - 250 :]  # slow processes forget in eight months
    trip, trip_began = _trips(luck, people.life, day)
    height, shift_c = _abroad(luck, people.home, trip_began)
    warmth = _warmth(people.home, day)
    weather = _wander(luck, "weather", recent, 3.0)[:, -days:] * people.home.weather_c[:, None]
    home = people.home.temperature_c[:, None] + people.home.season_c[:, None] * warmth[:, -days:] + weather
    away = trip[:, -days:] >= 0
    altitude = np.where(away, height[:, -days:], people.home.altitude_m[:, None])
    climb_c = -0.0045 * (altitude - people.home.altitude_m[:, None])
    sleep, mood = _sleep(luck, people.life, day[-days:]), _mood(luck, people.life, recent)[:, -days:]
    night = people.life.shift_worker[:, None] & (luck.uniform("night shift", day[-days:] // 4) < 0.3)
    temperature = home + np.where(away, shift_c[:, -days:] + climb_c, 0.0)
    humid = people.home.humidity_percent[:, None] + 9.0 * _wander(luck, "humidity", recent, 2.0)[:, -days:]
    columns = (
        temperature,
        np.clip(humid, 8.0, 100.0),
        altitude,
        np.where(away, trip[:, -days:].astype(float), _AT_HOME_D),
        away,
        _ill(luck, people.life, day)[:, -days:],
        _breaks(luck, people.life, day)[:, -days:],
        night,
        _pregnant(luck, people.life, day)[:, -days:],
        np.clip(sleep - 1.2 * night, 2.0, 11.0),
        mood,
        *(_wander(luck, what, recent, memory_d)[:, -days:] for what, memory_d in _SLOW.items()),
        warmth[:, -days:],
    )
    return Fate(*(np.ascontiguousarray(column.T) for column in columns))


def _spell(begins: Flag, length_d: Column) -> tuple[Whole, Whole]:
    """Return how many days a spell has lasted and the column at which it began, -1 outside spells; (n, days) each.

    A spell that begins while another lasts replaces it.
    """
    column = np.arange(begins.shape[1])
    began = np.maximum.accumulate(np.where(begins, column, -1), axis=1)
    lasted = column - began
    over = (began < 0) | (lasted >= np.take_along_axis(length_d, np.maximum(began, 0), axis=1))
    return np.where(over, -1, lasted), np.where(over, -1, began)


def _lengths(luck: Chance, what: str, day: Whole, median_d: Column | float, log_deviation: float) -> Column:
    return np.asarray(np.maximum(median_d * np.exp(log_deviation * luck.normal(what, day)), 1.0))


def _trips(luck: Chance, life: Life, day: Whole) -> tuple[Whole, Whole]:
    """Return the days into a trip and the day on which it began; -1 at home."""
    begins = luck.uniform("trip", day) < life.trips_per_y[:, None] / _YEAR
    lasted, began = _spell(begins, _lengths(luck, "trip length", day, 5.0, 0.7))
    return lasted, np.where(began >= 0, day[np.maximum(began, 0)], -1)


def _abroad(luck: Chance, home: Home, began: Whole) -> tuple[Column, Column]:
    """Return the height in m of the place of each trip and how much warmer it is there than at home."""
    high = luck.uniform("mountains", began) < home.mountains[:, None]
    where = luck.uniform("trip height", began)
    height = np.where(high, 900.0 + 2600.0 * where**1.7, 350.0 * where**2)
    return height, 4.0 * luck.normal("trip climate", began)


def _warmth(home: Home, day: Whole) -> Column:
    turn = 2.0 * np.pi * (day - 200.0) / _YEAR  # 1970-07-20: the warmest day of the north
    return np.asarray(np.cos(turn)[None, :] * np.where(home.southern, -1.0, 1.0)[:, None])


def _wander(luck: Chance, what: str, day: Whole, memory_d: float) -> Column:
    """Return standard normal columns (n, days) that forget within `memory_d` days (first-order autoregression)."""
    keep = np.exp(-1.0 / memory_d)
    steps = np.ascontiguousarray(luck.normal(what, day).T)
    steps[1:] *= np.sqrt(1.0 - keep**2)
    for row in range(1, len(steps)):
        steps[row] += keep * steps[row - 1]
    return steps.T


def _ill(luck: Chance, life: Life, day: Whole) -> Flag:
    """Return the days of illness: 5 days in the median, 2 to 14, more often in winter (assumed for the seasons)."""
    begins = luck.uniform("ill", day) < life.illness_per_y[:, None] / _YEAR
    return np.asarray(_spell(begins, _lengths(luck, "ill length", day, 5.0, 0.45))[0] >= 0)


def _breaks(luck: Chance, life: Life, day: Whole) -> Flag:
    begins = luck.uniform("break", day) < life.breaks_per_y[:, None] / _YEAR
    return np.asarray(_spell(begins, _lengths(luck, "break length", day, life.break_days[:, None], 0.9))[0] >= 0)


def _pregnant(luck: Chance, life: Life, day: Whole) -> Column:
    if not np.any(life.pregnancy_per_y > 0.0):
        return np.zeros((len(life.sleep_h), len(day)))
    begins = luck.uniform("pregnancy", day) < life.pregnancy_per_y[:, None] / _YEAR
    lasted = _spell(begins, np.full(begins.shape, float(_PREGNANT_D + _AFTER_D)))[0]
    weeks = [-1.0, 0.0, 90.0, 250.0, 280.0, 280.0 + 42.0, 280.0 + _AFTER_D]
    return np.asarray(np.interp(lasted, weeks, [0.0, 0.15, 0.3, 0.9, 1.0, 1.0, 0.3]) * (lasted >= 0))


def _sleep(luck: Chance, life: Life, day: Whole) -> Column:
    weekend = 0.6 * ((day + 3) % 7 >= 5)  # people sleep longer on free days (Roenneberg 2007)
    return life.sleep_h[:, None] + weekend + life.sleep_scatter_h[:, None] * luck.normal("sleep", day)


def _mood(luck: Chance, life: Life, day: Whole) -> Column:
    daily = 0.6 * luck.normal("mood of the day", day) + 0.8 * _wander(luck, "mood", day, 7.0)
    return np.clip(3.4 + life.mood_scatter[:, None] * daily, 1.0, 5.0)
