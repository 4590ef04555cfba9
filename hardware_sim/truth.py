"""What really happened: the columns that every sensor measures and every test compares with.

The rule of this file: no noise of any sensor enters here; one row per second, second 0 included.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware_sim import course as course_module
from hardware_sim import effort, weather
from hardware_sim.gait import Pacing
from hardware_sim.runner import cadence_spm
from hardware_sim.scenario import Scenario

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Columns (n,) at 1 Hz: SI units, heading counter-clockwise from east, beats as instants in s."""

    t_s: Array
    speed_m_s: Array
    distance_m: Array
    grade: Array
    latitude_deg: Array
    longitude_deg: Array
    altitude_m: Array
    heading_rad: Array
    cadence_spm: Array
    hr_bpm: Array
    oxygen_share: Array
    pressure_pa: Array
    beats_s: Array
    """Instants of all heart beats in s (not one per row)."""
    pacing: Pacing
    strikes: Array
    """Impact of each step relative to the usual one."""

    @property
    def duration_s(self) -> float:
        """Return the length of the run in s."""
        return float(self.t_s[-1])


def happen(scenario: Scenario, rng: np.random.Generator) -> Truth:
    """Return the truth of one run of a scenario; the generator decides the day's form and all unsteadiness."""
    day = effort.Day(
        altitude_m=scenario.place.altitude_m,
        days_there=scenario.days_there,
        temperature_c=scenario.weather.temperature_c,
        form=1.0 + 0.015 * float(np.clip(rng.normal(), -2.0, 2.0)),
        hr_shift_bpm=2.0 * float(np.clip(rng.normal(), -2.0, 2.0)),
    )
    outing = effort.carry_out(scenario.runner, scenario.plan, scenario.course, day, rng, scenario.duration_s)
    return derive(scenario, outing, rng)


def derive(scenario: Scenario, outing: effort.Outing, rng: np.random.Generator) -> Truth:
    """Return everything that follows from the speed and heart rate of an outing: place, air, steps and beats."""
    lap, place = scenario.course, scenario.place
    t_s = np.arange(len(outing.speed_m_s), dtype=np.float64)
    east, north = lap.at(lap.east_m, outing.distance_m), lap.at(lap.north_m, outing.distance_m)
    latitude, longitude = course_module.degrees(east, north, place.latitude_deg, place.longitude_deg)
    angle = lap.heading_rad()
    heading = np.unwrap(np.arctan2(lap.at(np.sin(angle), outing.distance_m), lap.at(np.cos(angle), outing.distance_m)))
    altitude = place.altitude_m + lap.at(lap.height_m, outing.distance_m)
    cadence = _cadence(scenario, outing.speed_m_s, rng)
    return Truth(
        t_s=t_s,
        speed_m_s=outing.speed_m_s,
        distance_m=outing.distance_m,
        grade=outing.grade,
        latitude_deg=latitude,
        longitude_deg=longitude,
        altitude_m=altitude,
        heading_rad=heading,
        cadence_spm=cadence,
        hr_bpm=outing.hr_bpm,
        oxygen_share=outing.oxygen_share,
        pressure_pa=weather.pressure_pa(weather.sea_level_pa(scenario.weather, t_s, rng), altitude),
        beats_s=_beats(t_s, outing.hr_bpm, rng),
        pacing=_pacing(outing.speed_m_s, cadence, heading),
        strikes=np.clip(rng.normal(1.0, 0.12, int(cadence.sum() / 60.0) + 8), 0.4, 1.8),
    )


def _cadence(scenario: Scenario, speed_m_s: Array, rng: np.random.Generator) -> Array:
    """Return steps/min with a slow unsteadiness of about 1 %."""
    white = rng.normal(0.0, 0.01, len(speed_m_s) + 14)
    slow = np.convolve(white, np.ones(15) / np.sqrt(15.0), mode="valid")
    return np.asarray(cadence_spm(scenario.runner.gait, speed_m_s) * (1.0 + slow))


def _beats(t_s: Array, hr_bpm: Array, rng: np.random.Generator) -> Array:
    """Return the instants of the beats in s: the integral of the rate, with 1 % variability beat by beat."""
    rate = hr_bpm / 60.0
    phase = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]))])
    beats = np.interp(np.arange(1.0, np.floor(phase[-1])), phase, t_s)
    return np.asarray(np.sort(beats + rng.normal(0.0, 0.003, len(beats))))


def _pacing(speed_m_s: Array, cadence: Array, heading: Array) -> Pacing:
    return Pacing(
        cadence_spm=cadence,
        vigour=np.clip((speed_m_s - 0.3) / 1.9, 0.0, 1.0),
        heading_rate_rad_s=np.gradient(heading),
        forward_m_s2=np.gradient(speed_m_s),
        heading_start_rad=float(heading[0]),
    )
