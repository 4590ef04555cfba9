"""After the plan: the runner stands still and recovers, for as long as anybody stays connected.

The rule of this file: it appends an hour at a time and changes nothing that was there before, so what a tracker sent
during the run never depends on how long the run is watched.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from hardware_sim import effort, sensors, weather
from hardware_sim.gait import Pacing
from hardware_sim.scenario import Scenario
from hardware_sim.truth import Truth, derive

Array = NDArray[np.float64]
REST_S = 3600
_SETTLE_S = 60.0  # half of the fall happens in the first minute (Cole 1999: 12 to 60 beats/min in one minute)


def longer(scenario: Scenario, truth: Truth, rng: np.random.Generator) -> Truth:
    """Return the truth with one more hour (3,600 rows) of standing and recovering after it."""
    tail = _tail(scenario, truth, rng)
    rows = len(truth.t_s)
    turns = 2.0 * np.pi * round(float(truth.heading_rad[-1] - tail.heading_rad[0]) / (2.0 * np.pi))
    joined = {
        field.name: np.concatenate([getattr(truth, field.name), getattr(tail, field.name)])
        for field in dataclasses.fields(Truth)
        if field.name not in ("t_s", "heading_rad", "beats_s", "pacing")
    }
    return Truth(
        t_s=np.arange(rows + len(tail.t_s), dtype=np.float64),
        heading_rad=np.concatenate([truth.heading_rad, tail.heading_rad + turns]),
        beats_s=np.concatenate([truth.beats_s, _beats(truth, tail.hr_bpm, rng)]),
        pacing=_pacing(truth.pacing, tail.pacing),
        **joined,
    )


def _tail(scenario: Scenario, truth: Truth, rng: np.random.Generator) -> Truth:
    """Return an hour of rest as a truth of its own, from second 0."""
    since_s = np.arange(1.0, REST_S + 1.0)
    speed = truth.speed_m_s[-1] * np.exp(-since_s / 4.0)
    speed[speed < 0.05] = 0.0
    before = np.concatenate([truth.speed_m_s[-1:], speed[:-1]])
    calm = scenario.runner.rest_hr_bpm + 6.0
    fall = (truth.hr_bpm[-1] - calm) * np.exp(-since_s / _SETTLE_S)
    outing = effort.Outing(
        speed_m_s=speed,
        distance_m=truth.distance_m[-1] + np.cumsum(before),
        hr_bpm=np.maximum(calm + fall + sensors.wander(rng, REST_S, 1.5, 30.0), 35.0),
        oxygen_share=np.full(REST_S, 0.02),
        grade=np.zeros(REST_S),
    )
    sea_level = truth.pressure_pa[-1] / weather.pressure_pa(1.0, truth.altitude_m[-1:])[0]
    air = dataclasses.replace(scenario.weather, sea_level_pa=float(sea_level))
    return derive(dataclasses.replace(scenario, weather=air), outing, rng)


def _beats(truth: Truth, hr_bpm: Array, rng: np.random.Generator) -> Array:
    """Return the instants of the beats after the last one in s, as the rate goes on."""
    last_s = float(truth.beats_s[-1])
    t_s = np.concatenate([[last_s], truth.t_s[-1] + np.arange(1.0, len(hr_bpm) + 1.0)])
    rate = np.concatenate([truth.hr_bpm[-1:], hr_bpm]) / 60.0
    phase = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]) * np.diff(t_s))])
    beats = np.interp(np.arange(1.0, np.floor(phase[-1])), phase, t_s)
    return np.asarray(np.sort(beats + rng.normal(0.0, 0.003, len(beats))))


def _pacing(before: Pacing, after: Pacing) -> Pacing:
    return Pacing(
        cadence_spm=np.concatenate([before.cadence_spm, after.cadence_spm]),
        vigour=np.concatenate([before.vigour, after.vigour]),
        heading_rate_rad_s=np.concatenate([before.heading_rate_rad_s, after.heading_rate_rad_s]),
        forward_m_s2=np.concatenate([before.forward_m_s2, after.forward_m_s2]),
        heading_start_rad=before.heading_start_rad,
    )


def longer_watch(watch: sensors.Watch, truth: Truth, rng: np.random.Generator) -> sensors.Watch:
    """Return a watch's columns continued to the length of a truth: its own biases stay, its distances stand still."""
    before, rows = len(watch.pressure_pa), len(truth.t_s)
    new = slice(before, rows)
    count = rows - before
    moving = truth.speed_m_s[new] > 0.3  # receivers and pods hold still below a walk
    speed = np.where(moving, np.maximum(0.0, truth.speed_m_s[new] + rng.normal(0.0, 0.07, count)), 0.0)
    north = np.degrees(sensors.wander(rng, count, 2.2, 45.0, 6.0) / 6_378_137.0)
    east = np.degrees(sensors.wander(rng, count, 2.2, 45.0, 6.0) / 6_378_137.0)
    more = sensors.Watch(
        latitude_deg=truth.latitude_deg[new] + north,
        longitude_deg=truth.longitude_deg[new] + east / np.cos(np.radians(truth.latitude_deg[new])),
        elevation_m=_biased(watch.elevation_m, truth.altitude_m, new) + sensors.wander(rng, count, 0.25, 20.0),
        speed_m_s=speed,
        distance_m=watch.distance_m[-1] + np.cumsum(speed),
        heading_deg=np.mod(90.0 - np.degrees(truth.heading_rad[new]) + rng.normal(0.0, 2.0, count), 360.0),
        accuracy_m=np.clip(3.5 + sensors.wander(rng, count, 0.6, 30.0), 1.5, 20.0),
        strides_per_min=0.5 * truth.cadence_spm[new],
        step_speed_m_s=speed,
        step_distance_m=watch.step_distance_m[-1] + np.cumsum(speed),
        pressure_pa=_biased(watch.pressure_pa, truth.pressure_pa, new) + rng.normal(0.0, 1.5, count),
        temperature_c=watch.temperature_c[-1] + rng.normal(0.0, 0.02, count),
    )
    return sensors.Watch(
        **{
            field.name: np.concatenate([getattr(watch, field.name), getattr(more, field.name)])
            for field in dataclasses.fields(sensors.Watch)
        }
    )


def _biased(seen: Array, true: Array, new: slice) -> Array:
    """Return the true values of new rows with the bias that the sensor had before."""
    return np.asarray(true[new] + np.mean(seen - true[: len(seen)]))
