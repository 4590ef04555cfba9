"""Watches with open firmware: a Bangle.js 2 that runs `btadv`, and a PineTime with InfiniTime.

The rule of this file: as the firmware really sends, quirks included: the Bangle writes tenths of hPa where tenths of Pa
belong. Sources: BangleApps, apps/btadv/app.ts; InfiniTime, doc/ble.md and doc/MotionService.md.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

import numpy as np

from hardware_sim import gatt
from hardware_sim.firmware.body import Wearing
from hardware_sim.firmware.inertial import FastSensors
from hardware_sim.firmware.tracker import (
    Item,
    TrackerFirmware,
    battery_service,
    current_time_service,
    device_information,
    each_second,
    identity,
    row_of,
    serve_battery,
    unix_of,
)
from hardware_sim.gait import step_phase
from hardware_sim.peripheral import Advertised, Att, AttError, characteristic, full_uuid, service
from hardware_sim.trackers import Worn, satellites_lost

_ACC_SERVICE, _ACC = "e95d0753-251d-470a-a062-fa1922dfa9a8", "e95dca4b-251d-470a-a062-fa1922dfa9a8"
_MOTION = "00030000-78fc-48fe-8e23-433b3a1942d0"
_STEPS, _VALUES = "00030001-78fc-48fe-8e23-433b3a1942d0", "00030002-78fc-48fe-8e23-433b3a1942d0"
_INFINITIME_HZ, _BANGLE_HZ = 10.0, 12.5
_WRIST = 2
_Value = Callable[[Worn, int, float], "bytes | None"]


class Bangle(TrackerFirmware):
    """A Bangle.js 2 with every sensor of `btadv` switched on: once a second, readable and notified."""

    def __init__(self, wearing: Wearing) -> None:
        name = wearing.tracker.name
        both = "read,notify"
        services = (
            service("180D", characteristic("2A37", both), characteristic("2A38", both, bytes([_WRIST]))),
            service("181A", *(characteristic(short, both) for short in ("2A6C", "2A1F", "2A6D", "2AA1"))),
            service("1819", characteristic("2A67", both)),
            service(_ACC_SERVICE, characteristic(_ACC, both)),
            device_information("Espruino", "Bangle.js 2", name, "2v21"),
            battery_service(),
        )
        on_air = Advertised(
            (*(full_uuid(short) for short in ("180D", "181A", "1819")), _ACC_SERVICE),
            name=f"Bangle.js {identity(name)[-4:].lower()}",
        )
        super().__init__(wearing, services, on_air, mtu=131)
        self._sensors = FastSensors(wearing)
        for short, value in self._values().items():
            self.flows(short, each_second(self, value))
            self.answers(short, lambda now_s, value=value: self._last(value, now_s))  # type: ignore[misc]
        serve_battery(self)

    def _values(self) -> dict[str, _Value]:
        return {
            "2A37": lambda worn, row, at_s: bytes([0, min(255, round(float(worn.bpm[row])))]),
            "2A6C": lambda worn, row, at_s: gatt.elevation(float(worn.watch.elevation_m[row])),
            "2A1F": lambda worn, row, at_s: struct.pack("<h", round(float(worn.watch.temperature_c[row]) * 10.0)),
            # hPa times ten, as app.ts has it: a hundred times too little for the field of 0.1 Pa
            "2A6D": lambda worn, row, at_s: struct.pack("<I", round(float(worn.watch.pressure_pa[row]) / 100.0 * 10.0)),
            "2AA1": lambda worn, row, at_s: self._axes(self._sensors.field_ut, at_s, 10.0),
            "2A67": self._position,
            _ACC: lambda worn, row, at_s: self._axes(self._sensors.accel_m_s2, at_s, 1000.0 / 9.80665),
        }

    def _axes(self, measure: Callable[[float, int], np.ndarray], at_s: float, per_unit: float) -> bytes:
        row = self._sensors.latest(measure, _BANGLE_HZ, at_s)
        counts = np.clip(np.rint(row * per_unit), -32768, 32767)
        return bytes(counts.astype("<i2").tobytes())

    def _position(self, worn: Worn, row: int, at_s: float) -> bytes | None:
        """Return flags 0x029D and seventeen bytes; without satellites the app sends nothing new."""
        own = worn.watch
        if worn.scenario.indoor or satellites_lost(worn, at_s) is not None:
            return None
        return gatt.location(
            speed_m_s=float(own.speed_m_s[row]),
            latitude_deg=float(own.latitude_deg[row]),
            longitude_deg=float(own.longitude_deg[row]),
            elevation_m=float(own.elevation_m[row]),
            heading_deg=float(own.heading_deg[row]),
        )

    def _last(self, value: _Value, now_s: float) -> bytes:
        worn = self.worn(now_s)
        row = row_of(worn, now_s)
        return value(worn, row, row + worn.phase_s) or b""


class PineTime(TrackerFirmware):
    """A PineTime with InfiniTime: steps, acceleration at 10 Hz, heart rate, time that can be set."""

    def __init__(self, wearing: Wearing) -> None:
        name, bonded = wearing.tracker.name, wearing.tracker.needs_bond
        both = "read,notify"
        services = (
            service("180D", characteristic("2A37", both, bonded=bonded)),
            service(_MOTION, characteristic(_STEPS, both, bonded=bonded), characteristic(_VALUES, both, bonded=bonded)),
            current_time_service(),
            device_information("PINE64", "PineTime", name, "1.14.0"),
            battery_service(),
        )
        super().__init__(wearing, services, Advertised((full_uuid("180D"), _MOTION), name="InfiniTime"), mtu=256)
        self._sensors = FastSensors(wearing)
        self._set_by_s = 0.0
        self.flows("2A37", each_second(self, lambda worn, row, at_s: self._pulse(worn, row)))
        self.answers("2A37", lambda now_s: self._pulse(self.worn(now_s), row_of(self.worn(now_s), now_s)))
        self.flows(_STEPS, self._steps)
        self.answers(_STEPS, lambda now_s: struct.pack("<I", self._counted(now_s)))
        self.flows(_VALUES, self._motion)
        self.answers(_VALUES, lambda now_s: self._row(now_s))
        self.answers("2A2B", lambda now_s: gatt.current_time(self.clock.calendar_s(now_s) + self._set_by_s))
        self.takes("2A2B", self._set_time)
        serve_battery(self)

    def _pulse(self, worn: Worn, row: int) -> bytes:
        return bytes([0, min(255, round(float(worn.bpm[row])))])

    def _counted(self, at_s: float) -> int:
        return int(step_phase(self.worn(at_s).truth.pacing, np.array([at_s]))[0])

    def _steps(self, from_s: float) -> Iterator[Item]:
        """Yield the steps of the day when they have changed, at most once a second."""
        at_s, before = float(np.ceil(from_s)), -1
        while True:
            steps = self._counted(at_s)
            yield at_s, struct.pack("<I", steps) if steps != before else None
            at_s, before = at_s + 1.0, steps

    def _counts(self, rate_hz: float, block: int) -> np.ndarray:
        counts = self._sensors.accel_m_s2(rate_hz, block) * (1024.0 / 9.80665)
        return np.clip(np.rint(counts), -32768, 32767).astype("<i2")

    def _motion(self, from_s: float) -> Iterator[Item]:
        for t_s, rows in self._sensors.pieces(self._counts, _INFINITIME_HZ, from_s):
            for at_s, row in zip(t_s.tolist(), rows, strict=True):
                yield at_s, row.tobytes()

    def _row(self, now_s: float) -> bytes:
        return bytes(self._sensors.latest(self._counts, _INFINITIME_HZ, now_s).tobytes())

    def _set_time(self, value: bytes, now_s: float) -> None:
        if len(value) < 7:
            raise AttError(Att.INVALID_LENGTH)
        told = unix_of(value)
        if told is None:
            raise AttError(Att.OUT_OF_RANGE)
        self._set_by_s = told - self.clock.calendar_s(now_s)
