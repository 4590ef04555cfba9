"""A Nordic Thingy:52: configuration, environment and motion services.

The rule of this file: characteristics, units and limits as in Nordic-Thingy52-FW, documentation/
firmware_architecture.html. Nothing is sent with a time; a new configuration holds from the next sample on.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from hardware_sim.firmware import attitude
from hardware_sim.firmware.body import Wearing
from hardware_sim.firmware.inertial import Array, FastSensors
from hardware_sim.firmware.tracker import (
    Item,
    Source,
    TrackerFirmware,
    battery_service,
    device_information,
    identity,
    row_of,
    serve_battery,
)
from hardware_sim.gait import step_phase
from hardware_sim.peripheral import Advertised, Att, AttError, Characteristic, characteristic, service
from hardware_sim.trackers import Worn

NORDIC = 0x0059
_MOTION_LIMITS = ((100, 5000), (100, 5000), (100, 1000), (5, 200), (0, 1))
_AIR_LIMITS = ((100, 60_000), (50, 60_000), (100, 60_000), (200, 60_000), (1, 3))
_GAS_S = {1: 1.0, 2: 10.0, 3: 60.0}


def uuid(short: str) -> str:
    """Return one of Nordic's UUIDs of the Thingy."""
    return f"ef68{short}-9b35-4933-9b10-52ffa9740042"


def _notified(*shorts: str) -> tuple[Characteristic, ...]:
    return tuple(characteristic(uuid(short), "notify") for short in shorts)


class Thingy(TrackerFirmware):
    """The sensor box: what flows depends on its two configurations."""

    def __init__(self, wearing: Wearing) -> None:
        name = wearing.tracker.name
        on_air = f"Thingy{identity(name)[-2:]}"
        services = (
            service(
                uuid("0100"),
                characteristic(uuid("0101"), "read,write", on_air.encode()),
                characteristic(uuid("0107"), "read", bytes([2, 2, 0])),
            ),
            service(
                uuid("0200"), *_notified("0201", "0202", "0203", "0204"), characteristic(uuid("0206"), "read,write")
            ),
            service(
                uuid("0400"),
                characteristic(uuid("0401"), "read,write"),
                *_notified("0402", "0403", "0404", "0405", "0406", "0407", "0408", "0409", "040a"),
            ),
            device_information("Nordic Semiconductor", "Thingy:52", name, "2.2.0"),
            battery_service(),
        )
        found_by = Advertised((uuid("0100"),), {NORDIC: bytes.fromhex(identity(name))}, name=on_air)
        super().__init__(wearing, services, found_by, mtu=276)
        self._sensors = FastSensors(wearing)
        self.find(uuid("0401")).value = struct.pack("<4HB", 100, 500, 500, 10, 1)
        self.find(uuid("0206")).value = struct.pack("<4H4B", 2000, 2000, 2000, 2000, 2, 103, 78, 29)
        self.takes(uuid("0401"), lambda value, now_s: self._configure("0401", "<4HB", _MOTION_LIMITS, value, now_s))
        self.takes(uuid("0206"), lambda value, now_s: self._configure("0206", "<4H4B", _AIR_LIMITS, value, now_s))
        self._serve_motion()
        self._serve_air()
        serve_battery(self)

    # ── configuration ──────────────────────────────────────────────────────────────────────────────────────────

    def _configured(self, short: str, form: str, place: int) -> int:
        return int(struct.unpack(form, self.find(uuid(short)).value)[place])

    def _configure(
        self, short: str, form: str, limits: tuple[tuple[int, int], ...], value: bytes, now_s: float
    ) -> None:
        """Take a configuration within the device's limits; what flows goes on as it says."""
        if len(value) != struct.calcsize(form):
            raise AttError(Att.INVALID_LENGTH)
        numbers = struct.unpack(form, value)
        if not all(low <= number <= high for number, (low, high) in zip(numbers, limits, strict=False)):
            raise AttError(Att.OUT_OF_RANGE)
        self.find(uuid(short)).value = value
        for each in [uuid for uuid in self.subscriptions if uuid.startswith(f"ef68{short[:2]}")]:
            self.subscribed(self.find(each), True, now_s)

    # ── motion ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _serve_motion(self) -> None:
        forms: dict[str, Callable[[float, int], NDArray[np.generic]]] = {
            "0404": lambda rate, block: _fixed(attitude.quaternion(self._attitude(rate, block)), 1 << 30),
            "0406": self._raw,
            "0407": lambda rate, block: _fixed(attitude.euler_deg(self._attitude(rate, block)), 1 << 16),
            "0408": lambda rate, block: np.rint(self._attitude(rate, block).reshape(-1, 9) * 16384.0).astype("<i2"),
            "0409": lambda rate, block: _fixed(attitude.heading_deg(self._attitude(rate, block))[:, None], 1 << 16),
            "040a": lambda rate, block: attitude.gravity_m_s2(self._attitude(rate, block)).astype("<f4"),
        }
        for short, rows in forms.items():
            self.flows(uuid(short), self._rows(rows))
        self.flows(uuid("0405"), self._steps)
        self.flows(uuid("0403"), self._orientation)

    def _attitude(self, rate_hz: float, block: int) -> Array:
        return self._sensors.attitude(rate_hz, block)

    def _raw(self, rate_hz: float, block: int) -> NDArray[np.generic]:
        """Return rows (n, 9): acceleration 1/1024 g, rotation 1/32 deg/s, field 1/16 microtesla."""
        gyro, accel = self._sensors.imu(rate_hz, block)
        field = self._sensors.field_ut(rate_hz, block)
        counts = np.hstack([accel * (1024.0 / 9.80665), np.degrees(gyro) * 32.0, field * 16.0])
        return np.clip(np.rint(counts), -32768, 32767).astype("<i2")

    def _rows(self, measure: Callable[[float, int], NDArray[np.generic]]) -> Source:
        """Return a source that sends each row by itself, at the configured rate."""

        def source(from_s: float) -> Iterator[Item]:
            rate = float(self._configured("0401", "<4HB", 3))
            for t_s, rows in self._sensors.pieces(measure, rate, from_s):
                for at_s, row in zip(t_s.tolist(), rows, strict=True):
                    yield at_s, row.tobytes()

        return source

    def _steps(self, from_s: float) -> Iterator[Item]:
        """Yield the counter whenever a step was made: steps, and the device's time of it in ms."""
        interval_s, before = self._configured("0401", "<4HB", 0) / 1000.0, -1
        for at_s in _ticks(from_s, interval_s):
            worn = self.worn(at_s)
            steps = int(step_phase(worn.truth.pacing, np.array([at_s]))[0])
            stamp_ms = self.clock.count_us(at_s) // 1000 & 0xFFFFFFFF
            yield at_s, struct.pack("<II", steps, stamp_ms) if steps != before else None
            before = steps

    def _orientation(self, from_s: float) -> Iterator[Item]:
        """Yield how the box is held (0 to 3, which edge is up) whenever that changes."""
        before = -1
        for t_s, up in self._sensors.pieces(lambda rate, block: self._attitude(rate, block)[:, 2, :2], 5.0, from_s):
            angle = np.degrees(np.arctan2(up[:, 0], up[:, 1]))
            for at_s, which in zip(t_s.tolist(), (np.rint(angle / 90.0).astype(int) % 4).tolist(), strict=True):
                yield at_s, bytes([which]) if which != before else None
                before = which

    # ── environment ────────────────────────────────────────────────────────────────────────────────────────────

    def _serve_air(self) -> None:
        values: dict[str, tuple[int, Callable[[Worn, int], bytes]]] = {
            "0201": (
                0,
                lambda worn, row: struct.pack("<bB", *divmod(round(worn.watch.temperature_c[row] * 100.0), 100)),
            ),
            "0202": (1, lambda worn, row: struct.pack("<iB", *divmod(round(float(worn.watch.pressure_pa[row])), 100))),
            "0203": (2, lambda worn, row: bytes([round(worn.scenario.weather.humidity_percent)])),
        }
        for short, (place, value) in values.items():
            self.flows(uuid(short), self._air(place, value))
        self.flows(uuid("0204"), self._gas)

    def _air(self, place: int, value: Callable[[Worn, int], bytes]) -> Source:
        def source(from_s: float) -> Iterator[Item]:
            for at_s in _ticks(from_s, self._configured("0206", "<4H4B", place) / 1000.0):
                worn = self.worn(at_s)
                yield at_s, value(worn, row_of(worn, at_s))

        return source

    def _gas(self, from_s: float) -> Iterator[Item]:
        for at_s in _ticks(from_s, _GAS_S[self._configured("0206", "<4H4B", 4)]):
            yield at_s, struct.pack("<HH", 400 + int(at_s) % 7, int(at_s) % 5)


def _ticks(from_s: float, interval_s: float) -> Iterator[float]:
    number = int(np.ceil(from_s / interval_s))
    while True:
        yield number * interval_s
        number += 1


def _fixed(values: Array, one: int) -> NDArray[np.int32]:
    return np.clip(np.rint(values * one), -(1 << 31), (1 << 31) - 1).astype("<i4")
