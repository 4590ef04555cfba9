"""A watch that speaks the standard services only: location, running, air, time; and a foot pod.

The rule of this file: Location and Navigation Service 1.0, Running Speed and Cadence Service 1.0, Environmental
Sensing Service 1.0, as the specifications say; the numbers are what the watch believes (`sensors.watch`).
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from hardware_sim import gatt
from hardware_sim.firmware.body import Wearing
from hardware_sim.firmware.tracker import (
    TrackerFirmware,
    battery_service,
    current_time_service,
    device_information,
    each_second,
    identity,
    row_of,
    serve_battery,
    serve_current_time,
)
from hardware_sim.peripheral import Advertised, Att, AttError, Service, characteristic, full_uuid, service
from hardware_sim.trackers import Worn

_SPEED, _DISTANCE, _LOCATION, _ELEVATION, _HEADING, _UTC = 1, 2, 4, 8, 16, 64
_IN_SOLUTION, _EHPE = 1 << 10, 1 << 13
_OTHER, _SHOE_TOP, _SHOE_IN, _HIP = 0, 1, 2, 3
_STRIDE, _TOTAL, _WALK_OR_RUN, _PLACES = 1, 2, 4, 16
_RUNNING_WATCH, _SHOE_POD = 0x00C1, 0x0443


def running_service(features: int, place: int, *, control: bool = False) -> Service:
    """Return the Running Speed and Cadence service (0x1814)."""
    parts = [
        characteristic("2A53", "notify"),
        characteristic("2A54", "read", struct.pack("<H", features)),
        characteristic("2A5D", "read", bytes([place])),
    ]
    if control:
        parts.append(characteristic("2A55", "write,indicate"))
    return service("1814", *parts)


class Watch(TrackerFirmware):
    """A running watch: position, speed and cadence, air, time; no maker's own service."""

    def __init__(self, wearing: Wearing) -> None:
        name, bonded = wearing.tracker.name, wearing.tracker.needs_bond
        features = _SPEED | _DISTANCE | _LOCATION | _ELEVATION | _HEADING | _UTC | _IN_SOLUTION | _EHPE
        services = (
            service(
                "1819",
                characteristic("2A67", "notify", bonded=bonded),
                characteristic("2A6A", "read", struct.pack("<I", features)),
                characteristic("2A69", "read", bonded=bonded),
            ),
            running_service(_STRIDE | _TOTAL | _WALK_OR_RUN, _OTHER),
            service("181A", *(characteristic(uuid, "read,notify") for uuid in ("2A6D", "2A6E", "2A6F", "2A6C"))),
            current_time_service(writable=False),
            device_information("Kadenz", "RW-2", name, "4.1.0"),
            battery_service(),
        )
        found_by = tuple(full_uuid(uuid) for uuid in ("1814", "1819"))
        super().__init__(
            wearing, services, Advertised(found_by, appearance=_RUNNING_WATCH, name=f"RW-2 {identity(name)[-4:]}")
        )  # fmt: skip
        self.sends("2A67", "location")
        self.sends("2A53", "running")
        self._serve_air()
        self.answers("2A69", self._position_quality)
        serve_battery(self)
        serve_current_time(self)

    def _serve_air(self) -> None:
        values: dict[str, Callable[[Worn, int], bytes]] = {
            "2A6D": lambda worn, row: gatt.pressure(float(worn.watch.pressure_pa[row])),
            "2A6E": lambda worn, row: gatt.temperature(float(worn.watch.temperature_c[row])),
            "2A6F": lambda worn, row: gatt.humidity(worn.scenario.weather.humidity_percent),
            "2A6C": lambda worn, row: gatt.elevation(float(worn.watch.elevation_m[row])),
        }
        for uuid, value in values.items():
            self.answers(uuid, lambda now_s, value=value: self._now(value, now_s))  # type: ignore[misc]
            self.flows(uuid, each_second(self, lambda worn, row, at_s, value=value: value(worn, row)))  # type: ignore[misc]

    def _now(self, value: Callable[[Worn, int], bytes], now_s: float) -> bytes:
        worn = self.worn(now_s)
        return value(worn, row_of(worn, now_s))

    def _position_quality(self, now_s: float) -> bytes:
        """Return a Position Quality (0x2A69): position ok, satellites in the solution, horizontal error."""
        worn = self.worn(now_s)
        accuracy = float(worn.watch.accuracy_m[row_of(worn, now_s)])
        return struct.pack("<HBI", 0x01 | 0x08 | 1 << 7, 9, round(accuracy * 100.0))


class FootPod(TrackerFirmware):
    """A foot pod: speed, cadence, stride and distance, with the control point of the specification."""

    def __init__(self, wearing: Wearing) -> None:
        name = wearing.tracker.name
        services = (
            running_service(_STRIDE | _TOTAL | _WALK_OR_RUN | _PLACES, _SHOE_TOP, control=True),
            device_information("Kadenz", "FP-1", name, "2.0.3"),
            battery_service(),
        )
        super().__init__(
            wearing,
            services,
            Advertised((full_uuid("1814"),), appearance=_SHOE_POD, name=f"FP-1 {identity(name)[-4:]}"),
            mtu=65,
        )
        self._moved_by_m = 0.0
        self._place = _SHOE_TOP
        self.flows("2A53", each_second(self, self._running))
        self.answers("2A5D", lambda now_s: bytes([self._place]))
        self.takes("2A55", self._control)
        serve_battery(self)

    def _running(self, worn: Worn, row: int, at_s: float) -> bytes:
        own = worn.watch
        strides, speed = float(own.strides_per_min[row]), float(own.step_speed_m_s[row])
        stride = 60.0 * speed / strides if strides > 20.0 else 0.0
        return gatt.running(speed, strides, stride, max(0.0, float(own.step_distance_m[row]) + self._moved_by_m))

    def _control(self, request: bytes, now_s: float) -> None:
        """Take a request of the SC control point (0x2A55) and indicate the answer."""
        if full_uuid("2A55") not in self.subscriptions:
            raise AttError(Att.CCCD_IMPROPERLY_CONFIGURED)
        op = request[0] if request else 0
        result, more = self._carried_out(op, request[1:], now_s)
        self.send("2A55", bytes([0x10, op, result]) + more)

    def _carried_out(self, op: int, value: bytes, now_s: float) -> tuple[int, bytes]:
        """Return result (1 done, 2 not supported, 3 invalid parameter) and parameters of a request's answer."""
        places = (_SHOE_TOP, _SHOE_IN, _HIP)
        if op == 1:
            if len(value) != 4:
                return 3, b""
            worn = self.worn(now_s)
            counted = float(worn.watch.step_distance_m[row_of(worn, now_s)])
            self._moved_by_m = int.from_bytes(value, "little") / 10.0 - counted
            return 1, b""
        if op == 3:
            if len(value) != 1 or value[0] not in places:
                return 3, b""
            self._place = value[0]
            return 1, b""
        return (1, bytes(places)) if op == 4 else (2, b"")
