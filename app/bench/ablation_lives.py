"""Simulated runners in the morning, as the coach sees them: their first runs, at home and away at altitude.

The rule of this file: what is handed to the coach is what a watch and a profile know; the truth stands apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from edge.coach.beliefs import State
from edge.coach.state import state_from
from edge.coach.types import Place, Profile, RunFact
from edge.samples import Estimate
from hardware_sim.lives import Days, People, World, draw, live
from models.learner import PersonLearner

DAY_S, MORNING_S, EVENING_S = 86400.0, 7 * 3600.0, 17 * 3600.0
#: After so many runs each person is asked; who has run less is not asked again.
KNOWN = (3, 5, 10, 30)
EASY_SHARE = 0.75
HIGH = Place("The high town", 39.2, -106.3, 2400.0)
_HOME_DEG = (50.0, 8.0)


@dataclass(frozen=True, slots=True)
class Morning:
    """One morning of one person: what the coach may know, and the truth of the easy target."""

    person: int
    known: int
    now_unix_s: float
    profile: Profile
    runs: tuple[RunFact, ...]
    home: Place
    true_pace_s_per_km: float
    true_hr_bpm: float


@dataclass(frozen=True, slots=True)
class TwoPlaces:
    """A place table of home and the high town."""

    home: Place

    def known_as(self, latitude_deg: float, longitude_deg: float) -> Place:
        """Return the nearer one."""
        return self.home if longitude_deg > -50.0 else HIGH

    def altitude(self, latitude_deg: float, longitude_deg: float) -> Estimate:
        """Return the altitude in m of the nearer one."""
        altitude_m = self.known_as(latitude_deg, longitude_deg).altitude_m
        return Estimate(altitude_m, altitude_m - 30.0, altitude_m + 30.0, "two places")


def mornings(seed: int, people: int, world: World, days: int = 200) -> Iterator[Morning]:
    """Yield the mornings of the first people of a seed who run at all."""
    drawn = draw(seed, people)
    lived = live(drawn, days, world)
    for row in range(people):
        ran = np.flatnonzero(lived.ran[row] & (lived.duration_s[row] >= 600.0))
        home = Place("home", *_HOME_DEG, float(drawn.home.altitude_m[row]))
        facts = [fact_of(lived, row, int(day), home) for day in ran]
        for known in KNOWN:
            if known < len(ran) and not lived.away[row, ran[:known]].any():
                yield _morning(drawn, lived, row, known, int(ran[known - 1]) + 1, facts[:known], home)


def _morning(people: People, days: Days, row: int, known: int, day: int, facts: list[RunFact], home: Place) -> Morning:
    body = people.body
    sex = "f" if body.female[row] else "m"
    profile = Profile(float(body.age_y[row]), sex, float(body.weight_kg[row]), height_m=float(body.height_m[row]))
    now_s = (days.start_day + day) * DAY_S + MORNING_S
    pace = 1000.0 / (EASY_SHARE * float(days.truth.speed_10k_m_s[row, day]))
    return Morning(row, known, now_s, profile, tuple(facts), home, pace, float(days.truth.easy_hr_bpm[row, day]))


def fact_of(days: Days, row: int, day: int, home: Place) -> RunFact:
    """Return the row of the diary that a watch leaves of one simulated run."""
    start_s = (days.start_day + day) * DAY_S + EVENING_S
    metres, seconds = float(days.distance_m[row, day]), float(days.duration_s[row, day])
    beats, most = float(days.hr_bpm[row, day]), float(days.max_hr_bpm[row, day])
    at, away = home, bool(days.away[row, day])
    latitude, longitude = (math.nan, math.nan) if away else (at.latitude_deg, at.longitude_deg)
    return RunFact(
        f"r{day}", start_s, 0.0, "running", "", metres, seconds, seconds, beats, most,
        float(days.ascent_m[row, day]), latitude, longitude, math.nan if away else at.altitude_m, {}, seconds / 60.0,
        True,
    )  # fmt: skip


def state_of(one: Morning, away: bool, model: Path | None) -> State:
    """Return what the coach believes that morning, at home or just arrived in the high town; with a person model."""
    return state_from(
        one.runs,
        one.profile,
        (),
        TwoPlaces(one.home),
        HIGH if away else None,
        one.now_unix_s,
        0.0,
        PersonLearner(model=model),
    )
