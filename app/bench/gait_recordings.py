"""Where the benchmark of the gait finds its readings and their truth: recordings, and simulated runners.

The rule of this file: readings and truth as they were published; nothing is left out and nothing is put right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

EVEN_HZ = 100.0
GRAVITY_M_S2 = 9.80665


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """One recording with its true steps: force (n, 3) in m/s2, instants (k,) in s, the published count."""

    name: str
    place: str
    accel_m_s2: Column
    step_s: Column
    steps: int
    app_steps: int


def _even(t_s: Column, rows: Column, rate_hz: float = EVEN_HZ) -> Column:
    """Return rows (n, k) at a steady rate: averaged over a period, then interpolated."""
    width = max(1, round(len(t_s) / max(t_s[-1] - t_s[0], 1.0) / rate_hz))
    box = np.ones(width) / width
    at = np.arange(t_s[0], t_s[-1], 1.0 / rate_hz)
    return np.stack([np.interp(at, t_s, np.convolve(column, box, "same")) for column in rows.T], axis=1)


def oxford(recordings: Path, thin: int) -> Iterator[Walk]:
    """Yield the walks with two foot switches ("tuning"), then those with a running count ("validation")."""
    for path in sorted((recordings / "steps/oxford_step_counter/tuning").glob("*.npz"))[::thin]:
        with np.load(path) as file:
            t_s, switch_s = file["t_us"] * 1e-6, file["step_t_us"] * 1e-6
            accel = file["acc_i16"] / float(file["scale_acc"])
            rises = [switch_s[1:][np.diff(column) > 0] for column in file["step_cols"].T.astype(int)]
            step_s = np.sort(np.concatenate(rises)) - t_s[0]
            place = path.stem.split("_")[3]
            yield Walk(path.stem, place, _even(t_s, accel), step_s, int(file["ground_truth_steps"]), -1)
    for path in sorted((recordings / "steps/oxford_step_counter/validation").glob("*.npz"))[::thin]:
        with np.load(path) as file:
            t_s, count = file["t_us"] * 1e-6, file["ground_truth_steps"].astype(int)
            accel = file["acc_i16"] / float(file["scale_acc"])
            step_s = t_s[1:][np.diff(count) > 0] - t_s[0]
            app = int(file["algo_steps"][-1])
            yield Walk(path.stem, "validation", _even(t_s, accel), step_s, int(count[-1]), app)


def without_bounces(path_walk: Walk) -> int:
    """Return the count without edges closer than half the usual step: a switch that bounced."""
    apart = np.diff(path_walk.step_s)
    return path_walk.steps - int(np.sum(apart < 0.5 * np.median(apart)))


def motionsense(recordings: Path, acts: tuple[str, ...], thin: int) -> Iterator[tuple[str, Column, float]]:
    """Yield name, force (n, 3) in m/s2 and rate in Hz of some acts of every `thin`-th person, in the pocket."""
    for path in sorted((recordings / "har/motionsense").glob("*.npz"))[::thin]:
        with np.load(path) as file:
            trials = sorted({key.split("/")[0] for key in file if "/" in key and key.startswith(acts)})
            for trial in trials:
                parts = [
                    file[f"{trial}/{name}"] / float(file[f"scale_{name}"]) for name in ("gravity", "userAcceleration")
                ]
                yield f"{path.stem}_{trial}", 9.80665 * (parts[0] + parts[1]), 50.0


def wisdm(recordings: Path, codes: str, thin: int) -> Iterator[tuple[str, Column, float]]:
    """Yield name, force (n, 3) in m/s2 and rate in Hz of some acts of every `thin`-th person, pocket and wrist."""
    for path in sorted((recordings / "har/wisdm2019").glob("*.npz"))[::thin]:
        with np.load(path) as file:
            for key in (f"{code}/{device}_accel" for code in codes for device in ("phone", "watch")):
                if key in file and len(file[key]) > 400:
                    t_s = np.maximum.accumulate(file[f"{key}_t_ms"] * 1e-3)
                    yield f"{path.stem}_{key}", _even(t_s, file[key] / float(file["scale"]), 50.0), 50.0


def geotec(recordings: Path, thin: int) -> Iterator[tuple[Column, NDArray[np.bool_]]]:
    """Yield force (n, 3) in m/s2 at 100 Hz, pocket and wrist, and where the person was seated, of some people.

    They get up, walk a few steps, turn, walk back and sit down.
    """
    for path in sorted((recordings / "har/geotec_phone_watch").glob("*.npz"))[::thin]:
        with np.load(path) as file:
            seated = int(np.flatnonzero(file["labels"] == "SEATED")[0])
            for key in sorted(name[:-4] for name in file if name.endswith("/acc")):
                t_s = np.maximum.accumulate(file[f"{key}/t_ms"] * 1e-3)
                accel = _even(t_s, file[f"{key}/acc"] / float(file["scale_acc"]))
                at = np.searchsorted(t_s - t_s[0], np.arange(len(accel)) / EVEN_HZ)
                yield accel, file[f"{key}/label"][at] == seated


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One walk of the gait laboratory: readings by packet number (NaN where lost), events (k, 2) in s."""

    lower_back: Column
    feet: tuple[Column, Column]
    events_s: tuple[Column, Column]
    """Toe-off and the strike after it."""
    turn_s: float
    """When the walker began to turn round, 10 m from where the walk began (the data set's protocol)."""


def voisard(recordings: Path, thin: int) -> Iterator[Trial]:
    """Yield every `thin`-th walk of the gait laboratory."""
    for path in sorted((recordings / "steps/voisard_gait").glob("*.npz"))[::thin]:
        with np.load(path) as file:
            first = int(file["lb_packet"][0])
            columns = [_by_packet(file, sensor, first) for sensor in ("lb", "lf", "rf")]
            told = json.loads(str(file["meta_json"]))
            events = [(np.array(told[f"{side}FootEvents"]) - first) / 100.0 for side in ("Left", "Right")]
            turn_s = (told["UTurnBoundaries"][0] - first) / 100.0
            yield Trial(columns[0], (columns[1], columns[2]), (events[0], events[1]), turn_s)


def _by_packet(file: np.lib.npyio.NpzFile, sensor: str, first: int) -> Column:
    """Return force and angular rate (n, 6) of one sensor, a row a packet, NaN where it was lost."""
    number = file[f"{sensor}_packet"].astype(int) - first
    rows = np.full((int(number[-1]) + 1, 6), np.nan)
    both = [file[f"{sensor}_acc"] / float(file["scale_acc"]), file[f"{sensor}_gyr"] / float(file["scale_gyr"])]
    rows[number[number >= 0]] = np.concatenate(both, axis=1)[number >= 0]
    return rows


def simulated(seed: int, placement: str, rate_hz: float = 104.0) -> tuple[Column, Column, Column, float]:
    """Return force (n, 3), true step instants (k,) in s, true cadence (n,) and true bounce in m: simulated, 120 s."""
    from hardware_sim import gait as sim
    from hardware_sim import sensors
    from hardware_sim.runner import cadence_spm, someone

    rng = np.random.default_rng(seed)
    runner = someone(rng).gait
    whole = np.arange(122.0)
    speed = rng.uniform(2.4, 4.0) + 0.15 * np.sin(0.1 * whole)
    still = np.zeros(len(whole))
    pacing = sim.Pacing(cadence_spm(runner, speed), np.clip((speed - 0.3) / 1.9, 0.0, 1.0), still, still)
    t_s = np.arange(0.0, 120.0, 1.0 / rate_hz)
    strikes = np.clip(rng.normal(1.0, 0.12, 600), 0.4, 1.8)
    mounted = sim.mounting(rng)
    motion = sim.motion(runner, pacing, t_s, placement, strikes, mounted)
    _, accel = sensors.imu(rng).measure(motion.rate_sensor_rad_s, motion.force_sensor_m_s2, rng)
    phase = sim.step_phase(pacing, t_s)
    step_s = np.interp(np.arange(1.0, np.floor(phase[-1]) + 1.0), phase, t_s)
    fine_s = np.arange(20.0, 60.0, 1e-3)
    fine = sim.motion(runner, pacing, fine_s, "trunk", strikes, mounted)
    rise = np.einsum("nj,nj->n", fine.world_from_sensor[:, 2, :], fine.force_sensor_m_s2) - sim.GRAVITY_M_S2
    return accel, step_s, pacing.cadence_spm, _bounce_m(rise, sim.step_phase(pacing, fine_s))


def _bounce_m(rise_m_s2: Column, phase: Column) -> float:
    """Return the mean height of a step in m by twice summing the true acceleration at 1 kHz, step by step."""
    number = np.floor(phase).astype(int)
    heights = []
    for step in range(number[0] + 1, number[-1] - 1):
        rise = rise_m_s2[number == step]
        speed = np.cumsum(rise - rise.mean()) * 1e-3
        heights.append(float(np.ptp(np.cumsum(speed - speed.mean()) * 1e-3)))
    return float(np.median(heights))


@dataclass(frozen=True, slots=True, eq=False)
class Shoe:
    """A simulated shoe: force (n, 3) in m/s2, angular rate (n, 3) in rad/s, and what is true of its strides."""

    accel_m_s2: Column
    gyro_rad_s: Column
    contact_s: float
    flight_s: float
    length_m: float


def simulated_shoe(seed: int, running: bool, rate_hz: float = 200.0, strides: int = 60) -> Shoe:
    """Return the readings of a shoe whose foot lands, lies flat, rolls off about its ball and swings ahead: simulated.

    Both feet are alike, and the ball is at rest from strike to toe-off; readings have the noise of `hardware_sim`.
    """
    from hardware_sim import sensors

    rng = np.random.default_rng(seed)
    stride_s = rng.uniform(0.64, 0.76) if running else rng.uniform(0.95, 1.2)
    contact_s = stride_s * (rng.uniform(0.30, 0.42) if running else rng.uniform(0.58, 0.64))
    length_m = stride_s * (rng.uniform(2.4, 4.5) if running else rng.uniform(1.0, 1.6)) * rng.normal(1.0, 0.02, strides)
    fine = 8
    t_s = np.arange(0.0, stride_s * strides, 1.0 / (fine * rate_hz))
    angle, path = _foot_motion(rng, t_s, stride_s, contact_s, length_m, running)
    force = np.gradient(np.gradient(path, t_s, axis=1), t_s, axis=1) + np.array([[0.0], [GRAVITY_M_S2]])
    cosine, sine, none = np.cos(angle), np.sin(angle), np.zeros(len(t_s))
    accel = np.stack([cosine * force[0] - sine * force[1], none, sine * force[0] + cosine * force[1]], axis=1)
    gyro = np.stack([none, np.gradient(angle, t_s), none], axis=1)
    mounted, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    mounted *= np.sign(np.linalg.det(mounted))
    read = sensors.imu(rng).measure(gyro[::fine] @ mounted, accel[::fine] @ mounted, rng)
    return Shoe(read[1], read[0], contact_s, max(0.0, 0.5 * stride_s - contact_s), float(np.median(length_m)))


def _foot_motion(
    rng: np.random.Generator, t_s: Column, stride_s: float, contact_s: float, length_m: Column, running: bool
) -> tuple[Column, Column]:
    """Return the pitch (n,) in rad, toes down, and the sensor's way (2, n) in m, ahead and up."""
    number = np.floor(t_s / stride_s).astype(int)
    since_s, swing_s = t_s - number * stride_s, stride_s - contact_s
    part = np.clip((since_s - contact_s) / swing_s, 0.0, 1.0)
    gone = np.concatenate([[0.0], np.cumsum(length_m)])
    number = np.minimum(number, len(length_m) - 1)
    ahead = gone[number] + length_m[number] * (part - np.sin(2.0 * np.pi * part) / (2.0 * np.pi))
    up = rng.uniform(0.15, 0.30 if running else 0.18) * np.sin(np.pi * part) ** 2
    push, toes_up = rng.uniform(0.9, 1.2), rng.uniform(0.1, 0.35)
    rolled_s = rng.uniform(0.3, 0.4) * contact_s
    turned_s = contact_s + rolled_s / rng.uniform(2.2, 4.2)
    roll = _eased(since_s, contact_s - rolled_s, turned_s)
    back = _eased(since_s, turned_s, stride_s)
    angle = push * roll - (push + toes_up) * back - toes_up * (1.0 - _eased(since_s, 0.0, 0.05))
    lever_m = np.array([-rng.uniform(0.03, 0.09), rng.uniform(0.04, 0.08)])  # from the ball to a sensor on the laces
    ring = np.exp(-since_s / 0.012) * np.sin(2.0 * np.pi * 30.0 * since_s) * 4e-4  # the shoe's sole gives a little
    turned = [
        np.cos(angle) * lever_m[0] + np.sin(angle) * lever_m[1],
        -np.sin(angle) * lever_m[0] + np.cos(angle) * lever_m[1],
    ]
    return angle, np.stack([ahead + turned[0], up + turned[1] + ring])


def _eased(at_s: Column, begin_s: float, end_s: float) -> Column:
    """Return 0 before, 1 after, and half a cosine between two instants in s."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip((at_s - begin_s) / (end_s - begin_s), 0.0, 1.0))
