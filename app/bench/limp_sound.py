"""Sound running that changes gait and is no limp: hills, intervals, drills, tiredness, shoes, stops, slope of the road.

The rule of this file: both feet change alike, but for what healthy people have; everything is simulated, and its sizes
are assumed where no source is named. `KINDS` are drawn in turn, one an hour of running.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from edge.samples import Column
from hardware_sim import gait as sim
from hardware_sim import limp, sensors
from hardware_sim.runner import cadence_spm, someone

KINDS = ("road", "hills", "intervals", "drills", "tired", "shoes", "stops", "treadmill", "slip", "camber", "track")
RATE_HZ = 52.0


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """Speed in m/s, cadence as a share of the usual, vigour added, at whole seconds (n,); jitter and wander factors."""

    speed_m_s: Column
    cadence: Column
    vigour: Column
    jitter: float = 0.02
    wander: float = 1.0


def _way(kind: str, rng: np.random.Generator, seconds: int) -> _Way:
    """Return how a run of this kind goes."""
    whole, none = np.arange(float(seconds)), np.zeros(seconds)
    speed = rng.uniform(2.5, 3.4) + 0.15 * np.sin(0.1 * whole) + 0.2 * np.sin(0.004 * whole + rng.uniform(0.0, 6.0))
    way = _Way(speed, 1.0 + none, none, float(rng.choice([0.015, 0.02, 0.03])))
    turn = np.sin(2.0 * np.pi * whole / rng.uniform(240.0, 900.0))
    if kind == "hills":  # up slower, quicker and flatter steps; down the contrary
        return replace(way, speed_m_s=speed * (1.0 - 0.2 * turn), cadence=1.0 + 0.02 * turn, vigour=-0.15 * turn)
    if kind == "intervals":
        return replace(way, speed_m_s=np.where(whole % 300.0 < 180.0, 2.4, rng.uniform(3.8, 4.5)))
    if kind == "drills":
        return replace(way, cadence=np.where(whole % 300.0 < 60.0, 1.08, 1.0))
    if kind == "tired":
        late = whole / seconds
        return replace(way, speed_m_s=speed * (1.0 - 0.12 * late), cadence=1.0 - 0.04 * late, jitter=0.035, wander=2.0)
    if kind == "treadmill":
        return replace(way, speed_m_s=np.full(seconds, float(rng.uniform(2.5, 3.4))), jitter=0.012)
    return way


def _sides(kind: str, rng: np.random.Generator, habit: limp.Habit, way: _Way) -> sim.Sides:
    """Return how the feet differ in a sound run of this kind."""
    seconds = len(way.speed_m_s)
    habit = replace(habit, jitter=way.jitter, wander=habit.wander * way.wander)
    if kind == "shoes":  # a third of what people differ by
        contact, load, early = rng.normal(0.0, [0.0055, 0.004, 0.004])
        habit = replace(habit, contact=habit.contact + contact, load=habit.load + load, early=habit.early + early)
    sides = limp.sound(rng, habit, seconds)
    if kind != "camber":
        return sides
    tilt = np.where(np.arange(seconds) % 1200 < 600, 1.0, -1.0)  # there and back on the same side of the road
    return replace(sides, contact=sides.contact + 0.005 * tilt, lean_rad=sides.lean_rad + 0.01 * tilt)


def _heading(kind: str, rng: np.random.Generator, seconds: int) -> Column:
    """Return the turning of the way in rad/s (seconds,): bends of a 400 m track, or a sharp corner now and then."""
    whole = np.arange(seconds)
    if kind == "track":
        return np.where(whole % 60 < 36, 0.085, 0.0)
    if kind == "treadmill":
        return np.zeros(seconds)
    sharp = rng.choice([-0.3, -0.1, 0.0, 0.1, 0.3], seconds // 20 + 1, p=[0.04, 0.08, 0.76, 0.08, 0.04])
    return np.asarray(sharp.repeat(20)[:seconds])


def readings(person: int, run: int, place: str, seconds: int, kind: str) -> tuple[Column, Column]:
    """Return force (n, 3) in m/s2 and turning (n, 3) in rad/s of a sound run of this kind, at `RATE_HZ`."""
    who, rng = np.random.default_rng([person, 7]), np.random.default_rng([person, run])
    runner, habit = someone(who).gait, limp.some_habit(who)
    way = _way(kind, rng, seconds + 2)
    cadence = cadence_spm(runner, way.speed_m_s) * way.cadence
    vigour = np.clip((way.speed_m_s - 0.3) / 1.9 + way.vigour, 0.05, 1.0)
    if kind == "stops":
        halt = np.arange(seconds + 2) % 420 > 395
        cadence, vigour = np.where(halt, 1.0, cadence), np.where(halt, 0.0, vigour)
    pacing = sim.Pacing(
        cadence, vigour, _heading(kind, rng, seconds + 2), np.zeros(seconds + 2), sides=_sides(kind, rng, habit, way)
    )
    t_s = np.arange(0.0, float(seconds), 1.0 / RATE_HZ)
    strikes = np.clip(rng.normal(1.0, 0.15, 4 * (seconds + 2)), 0.4, 1.8)
    cuts = [0, len(t_s) // 2, len(t_s)] if kind == "slip" else [0, len(t_s)]
    parts = []
    for first, last in pairwise(cuts):
        motion = sim.motion(runner, pacing, t_s[first:last], place, strikes, sim.mounting(rng))
        parts.append(sensors.imu(rng).measure(motion.rate_sensor_rad_s, motion.force_sensor_m_s2, rng))
    gyro, accel = (np.concatenate([part[i] for part in parts]) for i in (0, 1))
    return accel, gyro
