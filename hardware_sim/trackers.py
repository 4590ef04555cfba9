"""Trackers: what each one sends when, in its own bytes.

The rule of this file: a sender gives the packets whose moment lies in a stretch of time, for any stretch and in
any order, from values drawn once per world; so a world can begin in the middle and send the same bytes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware_sim import gatt, open_tracker, sensors
from hardware_sim.device_clock import BOOT_US, DeviceClock
from hardware_sim.faults import Fault, LowBattery, Restart, SatelliteLoss, concerns
from hardware_sim.gait import Motion, motion, mounting
from hardware_sim.rest import longer_watch
from hardware_sim.scenario import Scenario, Tracker
from hardware_sim.truth import Truth

Array = NDArray[np.float64]
Sent = tuple[float, str, bytes]
"""When the tracker sent it (true s), which characteristic, the payload."""

_AIR_US, _AIR_ROWS = 100_000, 5
_FIELD_US, _FIELD_ROWS = 100_000, 10
EARTH_FIELD_UT = np.array([0.0, 21.0, -44.0])  # east, north, up: about 65 deg of dip, as in the middle US


@dataclass(frozen=True, slots=True, eq=False)
class Worn:
    """One tracker on one person during one run: everything its senders need."""

    tracker: Tracker
    scenario: Scenario
    truth: Truth
    seed: tuple[int, ...]
    phase_s: float
    watch: sensors.Watch
    imu: sensors.Imu
    body_from_sensor: Array
    bpm: Array
    rr_s: list[Array]
    battery_start: float
    clock: DeviceClock
    faults: list[Fault]
    """Those that this tracker carries out itself; the list may grow while it is worn."""

    def rng(self, purpose: int, block: int) -> np.random.Generator:
        """Return the generator of one purpose in one block of time: the same whatever was played before."""
        return np.random.default_rng((*self.seed, purpose, block))


def wear(
    tracker: Tracker, scenario: Scenario, truth: Truth, seed: tuple[int, ...], faults: list[Fault] | None = None
) -> Worn:
    """Return a tracker put on for a run; its biases, mounting and clock come from the seed.

    `faults` are those that concern it; without them they are the scenario's.
    """
    if faults is None:
        faults = [fault for fault in scenario.faults if concerns(fault, tracker.name)]
    rng = np.random.default_rng(seed)
    phase = float(rng.uniform(0.1, 0.9))
    bpm, rr = sensors.strap_bpm(truth.beats_s, truth.t_s + phase)
    return Worn(
        tracker=tracker,
        scenario=scenario,
        truth=truth,
        seed=seed,
        phase_s=phase,
        watch=sensors.watch(truth, rng, scenario.weather.temperature_c),
        imu=sensors.imu(rng),
        body_from_sensor=mounting(rng),
        bpm=bpm,
        rr_s=rr,
        battery_start=float(rng.uniform(60.0, 100.0)),
        clock=DeviceClock(
            scenario.place.start_unix_s, int(rng.integers(10_000_000, 4_000_000_000)), tracker.clock_ppm, faults
        ),
        faults=faults,
    )


def worn_longer(worn: Worn, truth: Truth) -> Worn:
    """Return a worn tracker continued to the length of a truth; nothing of what was before changes."""
    rows = len(worn.truth.t_s)
    bpm, rr = sensors.strap_bpm(truth.beats_s, truth.t_s[rows - 2 :] + worn.phase_s)
    return dataclasses.replace(
        worn,
        truth=truth,
        watch=longer_watch(worn.watch, truth, worn.rng(11, rows)),
        bpm=np.concatenate([worn.bpm[: rows - 1], bpm[1:]]),
        rr_s=worn.rr_s[: rows - 1] + rr[1:],
    )


def seconds(worn: Worn, from_s: float, to_s: float) -> Iterator[tuple[int, float]]:
    """Yield row and instant of the once-a-second notifications in a stretch."""
    first = max(0, int(np.ceil(from_s - worn.phase_s)))
    for row in range(first, len(worn.truth.t_s)):
        if row + worn.phase_s >= to_s:
            return
        yield row, row + worn.phase_s


def _heart_rate(worn: Worn, from_s: float, to_s: float) -> Iterator[Sent]:
    for row, at_s in seconds(worn, from_s, to_s):
        if worn.bpm[row] > 0.0:
            yield at_s, gatt.HEART_RATE, gatt.heart_rate(float(worn.bpm[row]), worn.rr_s[row].tolist())


def _running(worn: Worn, from_s: float, to_s: float) -> Iterator[Sent]:
    own = worn.watch
    for row, at_s in seconds(worn, from_s, to_s):
        strides, speed = float(own.strides_per_min[row]), float(own.step_speed_m_s[row])
        stride = 60.0 * speed / strides if strides > 20.0 else 0.0
        yield at_s, gatt.RUNNING, gatt.running(speed, strides, stride, float(own.step_distance_m[row]))


def satellites_lost(worn: Worn, at_s: float) -> SatelliteLoss | None:
    """Return the loss of satellites that holds at an instant in s, None while they are in view."""
    return next((f for f in worn.faults if isinstance(f, SatelliteLoss) and f.from_s <= at_s < f.to_s), None)


def location_body(worn: Worn, row: int, at_s: float) -> bytes:
    """Return the 0x2A67 body of one second with its satellites, its clock and their faults."""
    own, utc = worn.watch, worn.clock.satellite_s(at_s)
    lost = satellites_lost(worn, at_s)
    shared = {"speed_m_s": float(own.speed_m_s[row]), "distance_m": float(own.distance_m[row]), "utc_unix_s": utc}
    if lost is not None and not lost.frozen:
        return gatt.location(**shared, status=0)  # type: ignore[arg-type]
    seen = row if lost is None else max(0, int(lost.from_s - worn.phase_s))
    return gatt.location(
        speed_m_s=shared["speed_m_s"],
        distance_m=shared["distance_m"],
        utc_unix_s=utc,
        latitude_deg=float(own.latitude_deg[seen]),
        longitude_deg=float(own.longitude_deg[seen]),
        elevation_m=float(own.elevation_m[row]),
        heading_deg=float(own.heading_deg[seen]),
        status=1 if lost is None else 3,
        barometric=True,
    )


def _location(worn: Worn, from_s: float, to_s: float) -> Iterator[Sent]:
    for row, at_s in seconds(worn, from_s, to_s):
        if not worn.scenario.indoor:
            yield at_s, gatt.LOCATION, location_body(worn, row, at_s)


def _pressure(worn: Worn, from_s: float, to_s: float) -> Iterator[Sent]:
    for row, at_s in seconds(worn, from_s, to_s):
        yield at_s, gatt.PRESSURE, gatt.pressure(float(worn.watch.pressure_pa[row]))


def _battery(worn: Worn, from_s: float, to_s: float) -> Iterator[Sent]:
    for row, at_s in seconds(worn, from_s, to_s):
        if row % 300 == 0 or battery_percent(worn, at_s) < battery_percent(worn, at_s - 1.0) - 1.0:
            yield at_s, gatt.BATTERY, gatt.battery(battery_percent(worn, at_s))


def battery_percent(worn: Worn, at_s: float) -> float:
    """Return the battery's level in per cent: 0.1 % less each minute, or what a fault made it fall to."""
    level = worn.battery_start - int(at_s) / 600.0
    return min([level, *(f.percent for f in worn.faults if isinstance(f, LowBattery) and at_s >= f.at_s)])


@dataclass(frozen=True, slots=True)
class _Packets:
    """Consecutive packets of one stream of the open tracker in one stretch: number, device times, true times."""

    seq: NDArray[np.int64]
    device_us: NDArray[np.int64]
    row_s: Array
    """True instants (packets, rows) of the rows in s."""


def _boots(worn: Worn) -> list[tuple[float, float, int]]:
    """Return the stretches between restarts: from and to in true s, device time in us at the beginning."""
    restarts = sorted((f for f in worn.faults if isinstance(f, Restart)), key=lambda f: f.at_s)
    edges = [(0.0, worn.clock.boot_us)] + [(f.at_s + f.away_s, BOOT_US) for f in restarts]
    ends = [f.at_s for f in restarts] + [worn.truth.duration_s]
    return [(begin, end, boot) for (begin, boot), end in zip(edges, ends, strict=True)]


def _packets(worn: Worn, period_us: float, rows: int, from_s: float, to_s: float) -> Iterator[_Packets]:
    """Yield, for each boot, the packets whose last row falls in a stretch of true time."""
    rate = 1.0 + worn.tracker.clock_ppm * 1e-6  # device seconds per true second
    for begin, end, boot in _boots(worn):
        per_packet = rows * period_us * 1e-6 / rate
        lag = (rows - 1) * period_us * 1e-6 / rate
        first = max(0, int(np.ceil((from_s - begin - lag) / per_packet)))
        last = int(np.ceil((min(to_s, end) - begin - lag) / per_packet))
        if last <= first:
            continue
        seq = np.arange(first, last)
        sample = seq[:, None] * rows + np.arange(rows)
        device_us = boot + np.rint(seq * rows * period_us).astype(np.int64)
        device_us += [worn.clock.fault_us(begin, float(row * rows * period_us * 1e-6 / rate)) for row in seq]
        row_s = begin + sample.astype(np.float64) * (period_us * 1e-6 / rate)
        yield _Packets(seq, device_us, row_s)


def true_motion(worn: Worn, t_s: Array) -> Motion:
    """Return how the tracker truly moves at instants in s (n,)."""
    return motion(
        worn.scenario.runner.gait, worn.truth.pacing, t_s, worn.tracker.placement, worn.truth.strikes,
        worn.body_from_sensor,
    )  # fmt: skip


def _block(from_s: float) -> int:
    return int(from_s // BLOCK_S)


def _motion(worn: Worn, from_s: float, to_s: float) -> Iterator[Sent]:
    period_us, rows = 1e6 / worn.tracker.imu_hz, open_tracker.ROWS_PER_PACKET
    for packets in _packets(worn, period_us, rows, from_s, to_s):
        moved = true_motion(worn, packets.row_s.ravel())
        noise = worn.rng(int(packets.seq[0] == 0), _block(from_s))
        gyro, accel = worn.imu.measure(moved.rate_sensor_rad_s, moved.force_sensor_m_s2, noise)
        counts = open_tracker.motion_rows(gyro, accel).reshape(len(packets.seq), rows, 6)
        for i, seq in enumerate(packets.seq.tolist()):
            flags = open_tracker.RESTARTED if seq == 0 else 0
            payload = open_tracker.motion(seq, int(packets.device_us[i]), period_us, counts[i], flags)
            yield float(packets.row_s[i, -1]), open_tracker.DATA, payload


def _magnetic(worn: Worn, from_s: float, to_s: float) -> Iterator[Sent]:
    for packets in _packets(worn, _FIELD_US, _FIELD_ROWS, from_s, to_s):
        attitude = true_motion(worn, packets.row_s.ravel()).world_from_sensor
        noise = worn.rng(2, _block(from_s)).normal(0.0, 0.4, (attitude.shape[0], 3))
        field = (EARTH_FIELD_UT @ attitude + noise).reshape(len(packets.seq), _FIELD_ROWS, 3)
        for i, seq in enumerate(packets.seq.tolist()):
            payload = open_tracker.magnetic(seq, int(packets.device_us[i]), _FIELD_US, field[i], int(seq == 0))
            yield float(packets.row_s[i, -1]), open_tracker.DATA, payload


def _air(worn: Worn, from_s: float, to_s: float) -> Iterator[Sent]:
    for packets in _packets(worn, _AIR_US, _AIR_ROWS, from_s, to_s):
        air = np.interp(packets.row_s, worn.truth.t_s, worn.truth.pressure_pa)
        air += worn.rng(3, _block(from_s)).normal(0.0, 2.0, air.shape)
        for i, seq in enumerate(packets.seq.tolist()):
            payload = open_tracker.pressure(seq, int(packets.device_us[i]), _AIR_US, air[i], int(seq == 0))
            yield float(packets.row_s[i, -1]), open_tracker.DATA, payload


def _position(worn: Worn, from_s: float, to_s: float) -> Iterator[Sent]:
    for packets in _packets(worn, 1e6, 1, from_s, to_s):
        for i, seq in enumerate(packets.seq.tolist()):
            at_s = float(packets.row_s[i, 0])
            row = min(round(at_s), len(worn.truth.t_s) - 1)
            body, accuracy = location_body(worn, row, at_s), float(worn.watch.accuracy_m[row])
            payload = open_tracker.position(seq, int(packets.device_us[i]), body, accuracy, int(seq == 0))
            yield at_s, open_tracker.DATA, payload


BLOCK_S = 10.0
"""Worlds play in blocks of this length in s; noise is drawn anew for each."""

SENDS: dict[str, Callable[[Worn, float, float], Iterator[Sent]]] = {
    "heart_rate": _heart_rate,
    "running": _running,
    "location": _location,
    "pressure": _pressure,
    "battery": _battery,
    "motion": _motion,
    "magnetic": _magnetic,
    "air": _air,
    "position": _position,
}
