"""A person of a life on one day as the live simulator knows a runner: to be recorded with trackers, at 1 Hz and more.

The rule of this file: it translates; where the live simulator asks for what lives do not know, its default stays.
"""

from __future__ import annotations

import numpy as np

from hardware_sim.lives.days import Days
from hardware_sim.lives.people import People
from hardware_sim.runner import Gait, Runner

_REST_ML, _J_PER_ML_O2, _COST_J_KG_M = 3.5, 20.9, 3.6


def runner(people: People, days: Days, row: int, column: int) -> Runner:
    """Return person `row` as they are on the morning of day `column`.

    The oxygen uptake is the one that gives this person's 10 km speed at the share of Daniels & Gilbert (1979).
    """
    body, heart, talent, stride = people.body, people.heart, people.talent, people.stride
    speed = float(days.truth.speed_10k_m_s[row, column])
    minutes = 10_000.0 / speed / 60.0
    share = 0.8 + 0.1894393 * np.exp(-0.012778 * minutes) + 0.2989558 * np.exp(-0.1932605 * minutes)
    rest, top = float(days.rest_hr_bpm[row, column]), float(heart.max_bpm[row])
    return Runner(
        name=f"runner {int(people.number[row])} of seed {int(people.seed[row])}",
        age=float(body.age_y[row]) + column / 365.25,
        sex="f" if body.female[row] else "m",
        weight_kg=float(days.weight_kg[row, column]),
        height_m=float(body.height_m[row]),
        rest_hr_bpm=rest,
        max_hr_bpm=top - float(heart.beta_blocker[row]) * (top - rest),
        vo2max_ml_kg_min=_REST_ML + speed / float(share) * _COST_J_KG_M * 60.0 / _J_PER_ML_O2,
        easy_speed_m_s=float(people.habits.effort[row]) * speed,
        home_altitude_m=float(people.home.altitude_m[row]),
        drift_bpm_per_h=float(heart.drift_bpm_per_h[row]),
        altitude_loss_per_km=float(talent.altitude_loss_per_km[row]),
        gait=Gait(float(stride.cadence_at_3_spm[row]), float(stride.cadence_per_m_s[row])),
    )
