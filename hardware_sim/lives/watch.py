"""A run of a life second by second: what a watch would have recorded of the day's totals.

The rule of this file: totals come from the day and are kept; only how they spread over the run is drawn here.
"""

from __future__ import annotations

import numpy as np

from hardware_sim.lives.chance import Column, Whole
from hardware_sim.lives.days import Days
from hardware_sim.lives.fit import Seconds
from hardware_sim.lives.habits import HARD, WALKED
from hardware_sim.lives.people import People

_HEART_S = 35.0  # time constant of the heart rate at the start; 20 to 45 s (Bearden & Moffatt 2001)
_LAG_S = 30.0  # over which the heart rate follows the speed's mean
_LAP_M = 2500.0
_BOUT_S = 180.0


def start_second(people: People, row: int, day: int) -> int:
    """Return the local second of the day at which person `row` runs on a day: morning people and evening people."""
    luck = people.chance
    early = luck.uniform("early bird")[row] < 0.5
    hour = (6.6 if early else 18.4) + 0.7 * float(luck.normal("hour", np.array([day]))[row, 0])
    return round(3600.0 * float(np.clip(hour, 4.5, 21.5)))


def seconds(people: People, days: Days, row: int, column: int, every_s: float = 1.0) -> Seconds:
    """Return the run of person `row` on day `column` of their days, a sample every `every_s` s.

    ValueError where nobody ran on that day.
    """
    if not days.ran[row, column]:
        raise ValueError(f"person {row} did not run on day {column}")
    whole_s, far_m = float(days.duration_s[row, column]), float(days.distance_m[row, column])
    t_s = np.append(np.arange(0.0, whole_s, every_s), np.ceil(whole_s))
    day = days.start_day + column
    wave = _wave(people, row, day, t_s, int(days.kind[row, column]))
    moved = np.concatenate([[0.0], np.cumsum(0.5 * (wave[1:] + wave[:-1]) * np.diff(t_s))])
    scale = far_m / moved[-1]
    speed, distance = scale * wave, scale * moved
    heart = _heart(people, days, row, column, t_s, wave)
    pace = speed - far_m / whole_s
    cadence = days.cadence_spm[row, column] + people.stride.cadence_per_m_s[row] * pace
    cadence = np.where(speed < 1.7, np.minimum(cadence, 118.0), cadence)  # walking
    climbs = float(days.ascent_m[row, column])
    laps = max(1.0, float(round(far_m / _LAP_M)))
    hill = 0.5 * climbs / laps * (1.0 - np.cos(2.0 * np.pi * laps * distance / far_m))
    return Seconds(t_s, distance, speed, heart, cadence, days.altitude_m[row, column] + hill)


def _wave(people: People, row: int, day: int, t_s: Column, kind: int) -> Column:
    """Return the speed over its mean: slow wandering, a slow start, and bouts of tempo or walking."""
    phases = _four(people, row, day)
    wave = 1.0 + 0.012 * np.sin(t_s / 41.0 + phases[0]) + 0.012 * np.sin(t_s / 97.0 + phases[1])
    wave += 0.01 * np.sin(t_s / 11.0 + phases[2])
    bout = np.floor((t_s + 100.0 * phases[3]) / _BOUT_S) % 2 == 0
    inside = (t_s > 600.0) & (t_s < t_s[-1] - 300.0)
    if kind == HARD:
        wave *= np.where(inside, np.where(bout, 1.14, 0.86), 0.93)
    if kind == WALKED:
        wave *= np.where(inside & bout, 0.55, 1.1)
    return np.asarray(wave * (1.0 - 0.5 * np.exp(-t_s / 4.0)))


def _four(people: People, row: int, day: int) -> Column:
    one = people.take(np.array([row]))
    days: Whole = np.array([day], dtype=np.int64)
    return 2.0 * np.pi * np.array([one.chance.uniform(f"wave {k}", days)[0, 0] for k in range(4)])


def _heart(people: People, days: Days, row: int, column: int, t_s: Column, wave: Column) -> Column:
    """Return the heart rate: a rise from rest, drift, and the bouts; its mean and its highest are the day's."""
    mean, top = float(days.hr_bpm[row, column]), float(days.max_hr_bpm[row, column])
    rest = float(days.rest_hr_bpm[row, column])
    wide = max(1, round(_LAG_S / float(t_s[1])))
    slow = np.convolve(np.pad(wave, (wide - 1, 0), mode="edge"), np.ones(wide) / wide, mode="valid")
    shape = 0.6 * (slow / np.median(slow) - 1.0) + people.heart.drift_bpm_per_h[row] / 150.0 * t_s / 3600.0
    begin = min(rest + 35.0, mean - 3.0)
    level = mean * (1.0 + shape - shape.mean())
    level = level + (begin - level) * np.exp(-t_s / _HEART_S)
    for _ in range(8):  # what the highest rate cuts off is given back
        level = np.clip(level + (mean - level.mean()), 30.0, max(top, mean + 1.0))
    return np.asarray(level)
