"""A session carried out second by second: plan, slope, altitude and tiredness make speed; speed makes heart rate.

The rule of this file: one step is one second; everything faster (gait, beats) is derived from these columns.
Sources: cost of running Minetti 2002; %HRR = %VO2R Swain & Leutholtz 1997; altitude Wehrlin & Hallen 2006.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware_sim.course import Course
from hardware_sim.runner import Runner

_J_PER_ML_O2 = 20.9
_REST_ML = 3.5
_ACCLIMATISATION_DAYS = 8.0  # time constant 7-10 days, recovering about a third of the loss (Chapman 2016)
_SPEED_RESPONSE_S = 4.0


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a session: a flat sea-level speed in m/s held for s or for m, the other being NaN."""

    speed_m_s: float
    duration_s: float = math.nan
    distance_m: float = math.nan
    effort: bool = False
    """True: the speed gives way to altitude, as when running by feel; False: by the watch's pace."""


@dataclass(frozen=True, slots=True, eq=False)
class Outing:
    """What happened each second (n,): speed m/s, distance m, heart rate bpm, oxygen share of the reserve, grade."""

    speed_m_s: NDArray[np.float64]
    distance_m: NDArray[np.float64]
    hr_bpm: NDArray[np.float64]
    oxygen_share: NDArray[np.float64]
    grade: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Day:
    """The circumstances of one run: altitude in m of the start, days there, temperature, form of the day (1: usual)."""

    altitude_m: float
    days_there: float = 1000.0
    temperature_c: float = 16.0
    form: float = 1.0
    hr_shift_bpm: float = 0.0


def cost_j_kg_m(grade: float) -> float:
    """Return the energy cost of running in J/kg/m at a grade within +-0.45 (Minetti 2002)."""
    i = min(0.45, max(-0.45, grade))
    return ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6


def aerobic_share(runner: Runner, altitude_m: float, days_there: float) -> float:
    """Return the share of sea-level VO2max that is left at an altitude in m after some days there."""
    loss = runner.altitude_loss_per_km * max(0.0, altitude_m - 300.0) / 1000.0
    used_to = altitude_m - runner.home_altitude_m < 300.0
    recovered = 1.0 if used_to else 1.0 - math.exp(-max(0.0, days_there) / _ACCLIMATISATION_DAYS)
    return 1.0 - loss * (1.0 - recovered / 3.0)


def _grade_factor(grade: float) -> float:
    """Return how much of the flat speed a runner keeps on a slope: 75 % of the way to equal effort."""
    return float(min(1.12, (3.6 / max(cost_j_kg_m(grade), 1.8)) ** 0.75))


class _Heart:
    """Heart rate in bpm as a first-order response to oxygen demand, with drift."""

    def __init__(self, runner: Runner, day: Day) -> None:
        self.runner, self.shift = runner, day.hr_shift_bpm
        self.bpm = runner.rest_hr_bpm + 18.0
        self.drift = 0.0
        heat = 1.0 + max(0.0, day.temperature_c - 15.0) / 12.0
        self.drift_per_s = heat * runner.drift_bpm_per_h / 3600.0

    def second(self, at_s: float, share: float) -> float:
        """Return the heart rate in bpm after one more second at this share of the oxygen reserve."""
        if at_s > 600.0 and share > 0.3:
            self.drift += self.drift_per_s
        reserve = self.runner.max_hr_bpm - self.runner.rest_hr_bpm
        wanted = self.runner.rest_hr_bpm + reserve * min(share, 1.0) + self.drift + self.shift
        wanted = min(wanted, self.runner.max_hr_bpm)
        tau = self.runner.hr_rise_s if wanted > self.bpm else self.runner.hr_fall_s
        self.bpm += (wanted - self.bpm) / tau
        return self.bpm


class _Plan:
    """Which step of the session it is."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps
        self.index = 0
        self.begun_s = 0.0
        self.begun_m = 0.0

    def step(self, at_s: float, at_m: float, speed_m_s: float) -> Step | None:
        """Return the step that holds at this time in s and distance in m, None when the session is over."""
        while self.index < len(self.steps):
            step = self.steps[self.index]
            timed_out = at_s - self.begun_s >= step.duration_s
            if not timed_out and not at_m + 0.5 * speed_m_s - self.begun_m >= step.distance_m:
                return step
            self.index += 1
            self.begun_s, self.begun_m = at_s, at_m
        return None


def carry_out(
    runner: Runner,
    steps: tuple[Step, ...],
    course: Course,
    day: Day,
    rng: np.random.Generator,
    limit_s: float = 6.0 * 3600.0,
) -> Outing:
    """Return one run at 1 Hz, second 0 included; it ends when the plan does, or after `limit_s` s."""
    grades, lap = course.grade().tolist(), course.lap_m
    heights = course.height_m.tolist()
    wander = _wander(rng, int(min(limit_s, 6.0 * 3600.0)) + 2).tolist()
    heart, plan = _Heart(runner, day), _Plan(steps)
    speed = distance = tired = 0.0
    rows: list[tuple[float, float, float, float, float]] = []
    for second in range(int(limit_s) + 1):
        step = plan.step(float(second), distance, speed)
        if step is None and second > 0:
            break
        cell = int((distance % lap) / course.spacing_m) % len(grades)
        fit = aerobic_share(runner, day.altitude_m + heights[cell], day.days_there)
        wanted = 0.0 if step is None else step.speed_m_s * (fit if step.effort else 1.0)
        wanted *= _grade_factor(grades[cell]) * day.form * (1.0 + wander[second]) * (1.0 - tired)
        speed += (wanted - speed) / _SPEED_RESPONSE_S
        reserve = runner.vo2max_ml_kg_min * fit - _REST_ML
        share = cost_j_kg_m(grades[cell]) * speed * 60.0 / _J_PER_ML_O2 / reserve
        tired = min(0.25, tired + max(0.0, share - runner.threshold) * 6e-5)
        rows.append((speed, distance, heart.second(float(second), share), share, grades[cell]))
        distance += speed
    columns = np.array(rows, dtype=np.float64).T
    return Outing(*columns)


def _wander(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Return the relative unsteadiness of a runner's pace (count,): 1.5 % with a memory of about 20 s."""
    white = rng.normal(0.0, 1.0, count + 60)
    kernel = np.exp(-np.arange(60) / 20.0)
    smooth = np.convolve(white, kernel / np.sqrt(np.sum(kernel**2)), mode="valid")[:count]
    return np.asarray(0.015 * smooth)
