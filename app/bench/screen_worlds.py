"""Simulated and recorded ways to wear a device, for the benchmark of the screen.

The rule of this file: what it gives says whether it is simulated, and a turn is put in at a known moment.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from edge.samples import Column, Inertial
from edge.screen.gravity import gravity_sensor
from edge.screen.worn import Worn, block_rows, features
from hardware_sim import sensors
from hardware_sim.gait import Pacing, motion, mounting
from hardware_sim.runner import cadence_spm, someone

G_M_S2 = 9.80665
_PHONE = ("gravity", "userAcceleration", "rotationRate")


@dataclass(frozen=True, slots=True)
class Wearing:
    """A way to wear a device in a simulated run: where, and the body axes along its x and y."""

    name: str
    placement: str
    x_body: tuple[float, float, float]
    y_body: tuple[float, float, float]
    swing: float = 1.0
    """Share of the forearm's swing."""
    worn: Worn = Worn.HAND


#: Body axes: x forward, y left, z up.
WEARINGS = (
    Wearing("hand, read while running", "wrist", (0, -1, 0), (0.6, 0, 0.8), 0.4),
    Wearing("hand, like a baton", "wrist", (0, 0, -1), (1, 0, 0)),
    Wearing("hand, flat", "wrist", (0, -1, 0), (1, 0, 0)),
    Wearing("hand, edge down", "wrist", (0, 0, 1), (1, 0, 0)),
    Wearing("arm band", "wrist", (1, 0, 0), (0, 0, 1), 0.45, Worn.ARM_BAND),
    Wearing("belt, landscape", "trunk", (0, 0, 1), (0, -1, 0), 1.0, Worn.POCKET),
    Wearing("chest", "trunk", (0, 1, 0), (0, 0, 1), 1.0, Worn.POCKET),
)


def simulated_run(wearing: Wearing, minutes: float, rate_hz: float, rng: np.random.Generator) -> Inertial:
    """Return a simulated run of somebody with two walking breaks and a stop, with a consumer sensor's noise."""
    runner = someone(rng)
    gait = dataclasses.replace(runner.gait, arm_swing_rad=wearing.swing * runner.gait.arm_swing_rad)
    count = int(60.0 * minutes)
    pace = np.array([0.0, 0.0, 1.0, 1.05, 0.45, 0.45, 1.0, 0.0, 0.0, 1.0, 0.5, 0.5, 1.0]) * runner.easy_speed_m_s
    at = np.array([0.0, 5.0, 15.0, 0.3 * count, 0.3 * count + 3, 0.36 * count, 0.37 * count]).tolist()
    at += [0.6 * count, 0.62 * count, 0.63 * count, 0.8 * count, 0.84 * count, 0.85 * count]
    speed = np.interp(np.arange(count), at, pace)
    cadence = cadence_spm(gait, speed) * (1.0 + 0.01 * rng.normal(size=count))
    pacing = Pacing(cadence, np.clip((speed - 0.3) / 1.9, 0.0, 1.0), rng.normal(0.0, 0.05, count), np.gradient(speed))
    t_s = np.arange(0.0, count - 2.0, 1.0 / rate_hz)
    strikes = np.clip(rng.normal(1.0, 0.12, int(cadence.sum() / 60.0) + 8), 0.4, 1.8)
    x, y = np.array(wearing.x_body, dtype=float), np.array(wearing.y_body, dtype=float)
    held = mounting(rng) @ np.stack([x, y, np.cross(x, y)], axis=1)
    moved = motion(gait, pacing, t_s, wearing.placement, strikes, held)
    gyro, accel = sensors.imu(rng).measure(moved.rate_sensor_rad_s, moved.force_sensor_m_s2, rng)
    return Inertial(t_s, accel, gyro)


def turned(worn: Inertial, at_s: Column, angle_rad: Column, lasts_s: Column) -> Inertial:
    """Return the same device turned about its screen's normal at moments (k,) by angles within times in s."""
    share = np.clip((worn.t_s[:, None] - at_s) / lasts_s, 0.0, 1.0)
    angle = (share - np.sin(2.0 * np.pi * share) / (2.0 * np.pi)) @ angle_rad
    rate = ((share > 0.0) * (share < 1.0) * (1.0 - np.cos(2.0 * np.pi * share))) @ (angle_rad / lasts_s)
    c, s = np.cos(angle), np.sin(angle)

    def into(v: Column) -> Column:
        return np.stack([c * v[:, 0] + s * v[:, 1], c * v[:, 1] - s * v[:, 0], v[:, 2]], axis=1)

    gyro = into(worn.gyro_rad_s)
    gyro[:, 2] += rate
    return Inertial(worn.t_s, into(worn.accel_m_s2), gyro)


def still(up: Column, shake_m_s2: float, sway_rad_s: float, minutes: float, rng: np.random.Generator) -> Inertial:
    """Return a device that stands or lies with `up` (3,) up, at 50 Hz, shaken and swaying a little (simulated)."""
    t_s = np.arange(0.0, 60.0 * minutes, 0.02)
    sway = sway_rad_s * np.sin(8.0 * t_s)[:, None] * np.array([1.0, 0.5, 0.5])
    noise = rng.normal(0.0, 1.0, (2, len(t_s), 3))
    return Inertial(t_s, G_M_S2 * up + shake_m_s2 * noise[0], sway + max(0.002, sway_rad_s) * noise[1])


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """A recorded (or simulated) stretch with one device of one person."""

    person: str
    activity: str
    worn: Worn
    rate_hz: float
    inertial: Inertial


def motionsense(folder: Path, least: int = 0) -> Iterator[Carried]:
    """Yield the trials of the phone in the trouser pocket; of the first `least` people only where it is not 0."""
    for path in sorted(folder.glob("subject_*.npz"))[: least or None]:
        held = np.load(path)
        for trial in sorted({name.split("/")[0] for name in held if name.endswith("/gravity")}):
            force, own, gyro = (_scaled(held[f"{trial}/{name}"], held[f"scale_{name}"]) for name in _PHONE)
            t_s = np.arange(0.0, float(len(gyro))) * 0.02
            inertial = Inertial(
                t_s, -G_M_S2 * (force + own), gyro
            )  # the phone states gravity, not the force against it
            yield Carried(path.stem, trial.split("_")[0], Worn.POCKET, 50.0, inertial)


def _scaled(stored: Column, scale: Column) -> Column:
    return np.asarray(stored, dtype=np.float64) / float(scale)


def wisdm(folder: Path, least: int = 0) -> Iterator[Carried]:
    """Yield walking, jogging, stairs, sitting and standing of phone (pocket) and watch (wrist), at 50 Hz."""
    for path in sorted(folder.glob("*.npz"))[: least or None]:
        held = np.load(path)
        for code in "ABCDE":
            for device, worn in (("phone", Worn.POCKET), ("watch", Worn.HAND)):
                names = [f"{code}/{device}_{sensor}" for sensor in ("accel", "gyro")]
                if all(name in held for name in names):
                    times = [held[f"{name}_t_ms"] / 1000.0 for name in names]
                    t_s = np.arange(max(t[0] for t in times), min(t[-1] for t in times), 0.02)
                    values = [_at(t_s, t, held[n] / float(held["scale"])) for t, n in zip(times, names, strict=True)]
                    yield Carried(path.stem, code, worn, 50.0, Inertial(t_s - t_s[:1], *values))


def _at(t_s: Column, known_s: Column, value: Column) -> Column:
    return np.stack([np.interp(t_s, known_s, value[:, axis]) for axis in range(3)], axis=1)


def simulated_wearing(people: int) -> Iterator[Carried]:
    """Yield simulated hand, arm band, mount and table, with as many people."""
    for person in range(people):
        rng = np.random.default_rng((17, person))
        for wearing in WEARINGS[:5]:
            yield Carried(f"s{person}", "run", wearing.worn, 50.0, simulated_run(wearing, 4.0, 50.0, rng))
        for shake, sway in ((0.05, 0.003), (0.5, 0.05), (2.0, 0.15)):
            tilt, side = rng.uniform(0.3, 1.4), rng.uniform(-0.4, 0.4)
            up = np.array([np.sin(side) * np.sin(tilt), np.cos(side) * np.sin(tilt), np.cos(tilt)])
            yield Carried(f"s{person}", "mount", Worn.MOUNTED, 50.0, still(up, shake, sway, 1.5, rng))
            flat = still(np.array([0.0, 0.0, 1.0]), 0.02 + 0.01 * shake, 0.002, 1.5, rng)
            yield Carried(f"s{person}", "table", Worn.TABLE, 50.0, flat)


def blocks_of(carried: Carried, most: int) -> Column:
    """Return up to about `most` rows of features of a stretch, spread over it."""
    inertial, rows = carried.inertial, block_rows(carried.rate_hz)
    count = len(inertial) // rows
    if count < 2:
        return np.empty((0, 6))
    step_s = np.full(len(inertial), 1.0 / carried.rate_hz)
    up = gravity_sensor(inertial.accel_m_s2, inertial.gyro_rad_s, step_s, carried.rate_hz)
    parts = [c[: count * rows].reshape(count, rows, 3) for c in (inertial.accel_m_s2, inertial.gyro_rad_s, up)]
    told = features(*parts)[1:]
    told = told[np.isfinite(told).all(axis=1)]
    return np.asarray(told[:: max(1, len(told) // most)])
