"""The dose that is best for a body: what an ideal plan would ask of these people, if it could look inside.

The rule of this file: nothing happens but running every second day in cool air near the sea, so that the answer is
the body's alone. Injury is left out; it is an answer of bodies to doses, not a guide to a goal.
"""

from __future__ import annotations

import numpy as np

from hardware_sim.lives.chance import Column
from hardware_sim.lives.people import People, joined
from hardware_sim.lives.world import Air, Body, Work, World

_DOSES_KM = np.array([0.0, 7.0, 14.0, 21.0, 28.0, 37.0, 48.0, 62.0, 80.0, 104.0, 135.0, 175.0])
_EASY = 0.82
_PER_WEEK = 3.5


def best_weekly_km(people: People, world: World, weeks: int = 12) -> Column:
    """Return the km a week, run at 82 % of 10 km speed, after which each is fastest over 10 km, (n,); within 0 to 175.

    ValueError for less than a week.
    """
    if weeks < 1:
        raise ValueError(f"at least one week, not {weeks!r}")
    count = len(_DOSES_KM)
    body = world.bodies(joined(*(people for _ in range(count))))
    weekly_km = np.repeat(_DOSES_KM, len(people))
    weight_kg = np.tile(people.body.weight_kg, count)
    for day in range(7 * weeks):
        _live(body, weekly_km * (day % 2 == 0), weight_kg)
    return _peak(np.log(body.speed_10k_m_s()).reshape(count, len(people)))


def _live(body: Body, weekly_km: Column, weight_kg: Column) -> None:
    none = np.zeros_like(weekly_km)
    distance = 1000.0 * weekly_km / _PER_WEEK
    work = Work(distance / (_EASY * body.speed_10k_m_s()), distance, none, none, none + 0.7, none + 1.0)
    body.night(work, Air(none + 12.0, none + 50.0, none, none + 1000.0), weight_kg)


def _peak(log_speed: Column) -> Column:
    """Return the dose at the top of each column (doses, n), by a parabola over the square root of the dose."""
    at = np.clip(np.argmax(log_speed, axis=0), 1, len(_DOSES_KM) - 2)
    root = np.sqrt(_DOSES_KM)
    column = np.arange(log_speed.shape[1])
    left, middle, right = (log_speed[at + step, column] for step in (-1, 0, 1))
    before, after = root[at] - root[at - 1], root[at + 1] - root[at]
    rise, fall = (middle - left) / before, (right - middle) / after
    bent = np.minimum((fall - rise) / (0.5 * (before + after)), -1e-12)
    top = root[at] - 0.5 * (rise * after + fall * before) / (0.5 * (before + after)) / bent
    low, high = root[at - 1], root[at + 1]
    return np.asarray(np.clip(top, low, high) ** 2)
