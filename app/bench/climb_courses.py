"""Simulated courses, altitude sensors, gusts and rides whose truth is known, for the benchmark of climbing.

The rule of this file: the ground is drawn first, then what a sensor makes of it (white noise, a Gauss-Markov wander
and drift; Sabatini & Genovese 2013), and nothing of the estimator enters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.samples import Column


@dataclass(frozen=True, slots=True)
class Sensor:
    """Noise of an altitude sensor: white and wander sd in m, the wander's memory in s, drift in m per hour."""

    white_m: float
    wander_m: float
    memory_s: float
    drift_m_h: float


SENSORS = {
    "good": Sensor(0.2, 0.3, 60.0, 1.0),
    "pocket": Sensor(0.5, 1.0, 40.0, 3.0),
    "bad": Sensor(2.5, 1.5, 40.0, 4.0),
}
#: course -> smallest and largest swing in m, least and largest grade, share of level stretches, length in s
_SWINGS = {
    "rolling": (5.0, 20.0, 0.02, 0.06, 0.0, 3600.0),
    "rolling with level stretches": (5.0, 20.0, 0.02, 0.06, 0.4, 3600.0),
    "hilly": (30.0, 120.0, 0.04, 0.10, 0.3, 5400.0),
}
COURSES = ("flat", *_SWINGS, "ten hills of 40 m", "sum of sines")
_SPEED_M_S = 3.0


def ground(course: str, rng: np.random.Generator) -> tuple[Column, Column]:
    """Return times (n,) in s at 1 Hz and heights (n,) in m of one draw of a course, run at 3 m/s."""
    if course == "flat":
        return np.arange(3333.0), np.full(3333, 100.0)
    if course == "ten hills of 40 m":
        leg_s = rng.uniform(100.0, 200.0)
        t_s = np.arange(20.0 * leg_s)
        return t_s, 100.0 + 40.0 * np.abs((t_s / leg_s + 1.0) % 2.0 - 1.0)
    if course == "sum of sines":
        t_s = np.arange(3600.0)
        waves = [(rng.uniform(1, 6), rng.uniform(150, 1500), rng.uniform(0, 6.3)) for _ in range(5)]
        return t_s, np.sum([a * np.sin(2.0 * np.pi * t_s / p + f) for a, p, f in waves], axis=0)
    return _swings(rng, *_SWINGS[course])


def _swings(
    rng: np.random.Generator, low_m: float, high_m: float, easy: float, steep: float, level: float, length_s: float
) -> tuple[Column, Column]:
    """Return ground that climbs and falls in turn, straight or rounded, with level stretches between."""
    knot_s, knot_m, sign = [0.0], [100.0], 1.0
    while knot_s[-1] < length_s:
        if rng.random() < level:
            knot_s.append(knot_s[-1] + rng.uniform(60.0, 400.0))
            knot_m.append(knot_m[-1])
        size = rng.uniform(low_m, high_m)
        knot_s.append(knot_s[-1] + size / (rng.uniform(easy, steep) * _SPEED_M_S))
        knot_m.append(knot_m[-1] + sign * size)
        sign = -sign
    t_s = np.arange(0.0, knot_s[-1])
    part = np.searchsorted(knot_s, t_s, side="right") - 1
    start, end = np.array(knot_m)[part], np.array(knot_m)[part + 1]
    share = (t_s - np.array(knot_s)[part]) / np.diff(knot_s)[part]
    share = 0.5 * (1.0 - np.cos(np.pi * share)) if rng.random() < 0.5 else share
    return t_s, start + (end - start) * share


def wander(rng: np.random.Generator, count: int, sd: float, memory_s: float) -> Column:
    """Return a Gauss-Markov process (count,) at 1 Hz by convolution with its exponential memory."""
    reach = int(8.0 * memory_s)
    kernel = np.exp(-np.arange(reach) / memory_s)
    kernel *= sd / float(np.linalg.norm(kernel))
    size = 1 << int(np.ceil(np.log2(count + 2 * reach)))
    white = rng.normal(0.0, 1.0, count + reach)
    whole = np.fft.irfft(np.fft.rfft(white, size) * np.fft.rfft(kernel, size), size)
    return np.asarray(whole[reach : reach + count])


def heard(rng: np.random.Generator, t_s: Column, altitude_m: Column, sensor: Sensor) -> Column:
    """Return the altitude (n,) in m as a sensor tells it."""
    drift = sensor.drift_m_h * rng.uniform(-1.0, 1.0) * t_s / 3600.0
    slow = wander(rng, len(t_s), sensor.wander_m, sensor.memory_s)
    return np.asarray(altitude_m + rng.normal(0.0, sensor.white_m, len(t_s)) + slow + drift)


def gusty(rng: np.random.Generator, t_s: Column, altitude_m: Column, each_hour: float = 20.0) -> Column:
    """Return the altitude (n,) with gusts of 3 m (1 sigma) and 0.5 to 8 s, and one door's step of 4 m that stays."""
    told = altitude_m.copy()
    for _ in range(rng.poisson(each_hour * len(t_s) / 3600.0)):
        start, length = rng.uniform(0.0, t_s[-1]), float(np.exp(rng.uniform(np.log(0.5), np.log(8.0))))
        told[(t_s >= start) & (t_s < start + length)] += rng.normal(0.0, 3.0)
    return np.asarray(told + 4.0 * (t_s > rng.uniform(0.3, 0.7) * t_s[-1]))


def draw(course: str, sensor: str, seed: int, gusts: bool) -> tuple[Column, Column, float]:
    """Return times in s, what a sensor told in m, (n,) each, and the true gain in m of one draw of a course."""
    rng = np.random.default_rng((seed, COURSES.index(course), list(SENSORS).index(sensor)))
    t_s, true_m = ground(course, rng)
    told_m = heard(rng, t_s, true_m, SENSORS[sensor])
    return t_s, gusty(rng, t_s, told_m) if gusts else told_m, gain_m(true_m)


#: ride -> label, length in s, vertical and horizontal speed in m/s
RIDES = {
    "lift": ("lift", 20, 1.8, 0.1),
    "escalator": ("lift", 40, 0.3, 0.4),
    "cable car": ("cable car", 400, 1.6, 5.0),
    "car": ("car", 500, 0.5, 14.0),
    "aeroplane": ("aeroplane", 1500, 1.9, 210.0),
}


def ride(kind: str, rng: np.random.Generator, stand_s: int = 20) -> tuple[Column, Column, Column, Column, Column]:
    """Return times, heights, speed, steps/min and whether riding, (n,) each: a run over hills, a ride, a run again."""
    _, length_s, rise, speed = RIDES[kind]
    hill_s = np.arange(600.0)
    run_m = 10.0 * (1.0 - np.cos(2.0 * np.pi * hill_s / 200.0))
    sign = rng.choice([-1.0, 1.0])
    climb = sign * rise * np.arange(1.0, length_s + 1.0)
    stand = np.zeros(stand_s)
    height = np.concatenate([run_m, stand, climb, climb[-1] + stand, climb[-1] + run_m])
    legs = np.full(600, _SPEED_M_S)
    across = np.concatenate([legs, stand, np.full(length_s, speed), stand, legs])
    steps = np.concatenate([np.full(600, 165.0), stand, np.zeros(length_s), stand, np.full(600, 165.0)])
    riding = np.repeat([0.0, 1.0, 0.0], [600 + stand_s, length_s, 600 + stand_s])
    noise = rng.normal(0.0, 0.2, len(height))
    return np.arange(float(len(height))), 500.0 + height + noise, across, steps, riding


def gain_m(altitude_m: Column) -> float:
    """Return the sum of all rises in m."""
    return float(np.diff(altitude_m).clip(0.0).sum())
