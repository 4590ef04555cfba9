"""The weeks before: past runs of the same runner, as a watch would have recorded them.

The rule of this file: the same physiology and courses as the live scenarios, at 1 Hz and without any bytes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware_sim import effort, sensors
from hardware_sim.course import Course, loop
from hardware_sim.effort import Step
from hardware_sim.runner import RALEIGH_RUNNER, Runner, cadence_spm
from hardware_sim.scenario import Scenario, StartPlace
from hardware_sim.scenarios import DENVER, RALEIGH
from hardware_sim.truth import Truth, derive
from hardware_sim.weather import Weather

Array = NDArray[np.float64]
_DAY_S = 86_400.0
_TUESDAY, _THURSDAY, _SATURDAY, _SUNDAY = 1, 3, 5, 6
_GREENWAY = loop("greenway loop", 4800.0, (16.0, 9.0, 6.0))
_TRACK = loop("lake loop", 2500.0)
_J_PER_ML_O2, _COST_J_KG_M = 20.9, 3.6


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One past run at 1 Hz (n,), as recorded: s since the start, deg, m, m/s, beats/min, steps/min, Pa."""

    t_s: Array
    latitude_deg: Array
    longitude_deg: Array
    altitude_m: Array
    distance_m: Array
    speed_m_s: Array
    hr_bpm: Array
    cadence_spm: Array
    pressure_pa: Array


@dataclass(frozen=True, slots=True, eq=False)
class PastRun:
    """One past run as a row: what kind, when, how far, how hard; `columns` gives its seconds."""

    kind: str
    """ "easy", "steady", "intervals", "long" or "race"."""
    start_unix_s: float
    utc_offset_s: float
    duration_s: float
    distance_m: float
    avg_hr_bpm: float
    max_hr_bpm: float
    avg_cadence_spm: float
    ascent_m: float
    start_latitude_deg: float
    start_longitude_deg: float
    altitude_m: float
    _scenario: Scenario
    _outing: effort.Outing
    _seed: tuple[int, int, int]

    def columns(self) -> Columns:
        """Return the run as a watch recorded it; the same every time."""
        rng = np.random.default_rng(self._seed)
        truth = derive(self._scenario, self._outing, rng)
        own = sensors.watch(truth, rng, self._scenario.weather.temperature_c)
        return Columns(
            t_s=truth.t_s,
            latitude_deg=own.latitude_deg,
            longitude_deg=own.longitude_deg,
            altitude_m=own.elevation_m,
            distance_m=own.distance_m,
            speed_m_s=own.speed_m_s,
            hr_bpm=np.rint(truth.hr_bpm + rng.normal(0.0, 0.6, len(truth.t_s))),
            cadence_spm=2.0 * np.rint(own.strides_per_min),
            pressure_pa=own.pressure_pa,
        )

    def truth(self) -> Truth:
        """Return what really happened in this run, at 1 Hz."""
        return derive(self._scenario, self._outing, np.random.default_rng(self._seed))


def weeks(
    seed: int,
    weeks: int = 6,
    home: StartPlace = RALEIGH,
    runner: Runner = RALEIGH_RUNNER,
    until_unix_s: float = DENVER.start_unix_s,
) -> tuple[PastRun, ...]:
    """Return the runs of the weeks before an instant, oldest first: 3 or 4 a week, one of them long, one 5 km race.

    The last day and a half before `until_unix_s` holds no run (the day of the flight). Deterministic in `seed`.
    """
    if weeks < 1:
        raise ValueError(f"at least one week of history, not {weeks!r}")
    rng = np.random.default_rng((seed, 7))
    midnight = math.floor((until_unix_s + home.utc_offset_s) / _DAY_S) * _DAY_S - home.utc_offset_s
    runs = [
        _past_run((seed, 8, number), kind, plan, course, runner, home, midnight - days * _DAY_S + hour * 3600.0)
        for number, (days, hour, kind, plan, course) in enumerate(_calendar(midnight, weeks, runner, rng, home))
    ]
    return tuple(run for run in runs if run.start_unix_s < until_unix_s - 1.5 * _DAY_S)


_Entry = tuple[int, float, str, tuple[Step, ...], Course]


def _calendar(
    midnight_unix_s: float, count: int, runner: Runner, rng: np.random.Generator, home: StartPlace
) -> list[_Entry]:
    """Return the sessions as days before, hour of the local day, kind, plan and course, oldest first."""
    weekday = int((midnight_unix_s + home.utc_offset_s) / _DAY_S + 3) % 7  # 1970-01-01 was a Thursday; Monday is 0
    entries: list[_Entry] = []
    for day in range(7 * count, 0, -1):
        planned = _session((weekday - day) % 7, (day - 1) // 7, count, runner, rng)
        if planned is not None:
            kind, plan, course = planned
            hour = 8.0 if kind in ("long", "race") else 6.75
            entries.append((day, hour + float(rng.uniform(-0.3, 0.5)), kind, plan, course))
    return entries


def _session(
    weekday: int, weeks_ago: int, count: int, runner: Runner, rng: np.random.Generator
) -> tuple[str, tuple[Step, ...], Course] | None:
    easy = runner.easy_speed_m_s * float(rng.uniform(0.95, 1.04))
    if weekday == _TUESDAY:
        return "easy", (Step(easy, distance_m=float(rng.uniform(6500.0, 8500.0))),), _GREENWAY
    if weekday == _THURSDAY:
        return ("steady", _steady(runner, easy), _GREENWAY) if weeks_ago % 2 else ("intervals", _fast(runner), _TRACK)
    if weekday == _SATURDAY and weeks_ago == min(2, count - 1):
        return "race", (Step(race_speed_m_s(runner, 5000.0), distance_m=5000.0),), _TRACK
    if weekday == _SATURDAY and rng.random() < 0.6:
        return "easy", (Step(easy, distance_m=float(rng.uniform(5000.0, 6500.0))),), _GREENWAY
    if weekday == _SUNDAY:
        length = 14_000.0 - 600.0 * weeks_ago + float(rng.uniform(-400.0, 400.0))
        return "long", (Step(0.97 * easy, distance_m=max(8000.0, length)),), _GREENWAY
    return None


def race_speed_m_s(runner: Runner, distance_m: float) -> float:
    """Return the even speed in m/s that this person can race: 94 % of the reserve over 5 km, 6 % less per doubling."""
    share = 0.94 * math.pow(distance_m / 5000.0, -0.085)
    return share * (runner.vo2max_ml_kg_min - 3.5) * _J_PER_ML_O2 / (60.0 * _COST_J_KG_M)


def _steady(runner: Runner, easy_m_s: float) -> tuple[Step, ...]:
    fast = 0.84 * race_speed_m_s(runner, 5000.0)
    return Step(easy_m_s, duration_s=600.0), Step(fast, duration_s=1200.0), Step(0.95 * easy_m_s, duration_s=480.0)


def _fast(runner: Runner) -> tuple[Step, ...]:
    hard, jog = Step(race_speed_m_s(runner, 5000.0), distance_m=600.0), Step(2.2, duration_s=100.0)
    warm, calm = Step(runner.easy_speed_m_s, duration_s=720.0), Step(2.5, duration_s=420.0)
    return (warm, *(step for _ in range(5) for step in (hard, jog)), calm)


def _past_run(
    seed: tuple[int, int, int],
    kind: str,
    plan: tuple[Step, ...],
    course: Course,
    runner: Runner,
    home: StartPlace,
    start_unix_s: float,
) -> PastRun:
    rng = np.random.default_rng((*seed, 1))
    air = Weather(float(rng.normal(101_600.0, 500.0)), float(rng.normal(0.0, 50.0)), float(rng.normal(18.0, 4.0)))
    place = StartPlace(
        home.name, home.latitude_deg, home.longitude_deg, home.altitude_m, home.utc_offset_s, start_unix_s
    )
    limit_s = 3.0 * 3600.0
    scenario = Scenario(kind, "a past run", runner, course, plan, (), limit_s, place, air)
    day = effort.Day(
        place.altitude_m,
        temperature_c=air.temperature_c,
        form=1.0 + 0.012 * float(np.clip(rng.normal(), -2.0, 2.0)),
        hr_shift_bpm=2.0 * float(np.clip(rng.normal(), -2.0, 2.0)),
    )
    outing = effort.carry_out(runner, plan, course, day, rng, limit_s)
    return _row(seed, kind, scenario, outing)


def _row(seed: tuple[int, int, int], kind: str, scenario: Scenario, outing: effort.Outing) -> PastRun:
    place, lap = scenario.place, scenario.course
    height = lap.at(lap.height_m, outing.distance_m)
    cadence = cadence_spm(scenario.runner.gait, outing.speed_m_s)
    return PastRun(
        kind=kind,
        start_unix_s=place.start_unix_s,
        utc_offset_s=place.utc_offset_s,
        duration_s=float(len(outing.speed_m_s) - 1),
        distance_m=float(outing.distance_m[-1]),
        avg_hr_bpm=float(np.mean(outing.hr_bpm)),
        max_hr_bpm=float(np.max(outing.hr_bpm)),
        avg_cadence_spm=float(np.mean(cadence)),
        ascent_m=float(np.sum(np.maximum(0.0, np.diff(height)))),
        start_latitude_deg=place.latitude_deg,
        start_longitude_deg=place.longitude_deg,
        altitude_m=place.altitude_m,
        _scenario=scenario,
        _outing=outing,
        _seed=seed,
    )
