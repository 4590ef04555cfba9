"""A treadmill (Fitness Machine Service) and a bicycle's speed and cadence sensor.

The rule of this file: Fitness Machine Service 1.0; Cycling Speed and Cadence Service 1.0; GATT Specification
Supplement. The belt and the wheel do what the body does.
"""

from __future__ import annotations

import struct

import numpy as np

from hardware_sim.firmware.body import Wearing
from hardware_sim.firmware.inertial import Array
from hardware_sim.firmware.tracker import (
    TrackerFirmware,
    battery_service,
    device_information,
    each_second,
    identity,
    serve_battery,
)
from hardware_sim.gait import step_phase
from hardware_sim.peripheral import Advertised, Att, AttError, characteristic, full_uuid, service
from hardware_sim.trackers import Worn
from hardware_sim.truth import Truth

_AVERAGE, _DISTANCE, _SLOPE, _HEART_RATE, _ELAPSED = 0x0002, 0x0004, 0x0008, 0x0100, 0x0400
_FEATURES = 1 << 0 | 1 << 2 | 1 << 3 | 1 << 10 | 1 << 12  # average speed, distance, inclination, heart rate, time
_REQUEST_CONTROL, _START, _STOP, _RESPONSE = 0x00, 0x07, 0x08, 0x80
_DONE, _NOT_SUPPORTED, _NOT_PERMITTED = 1, 2, 5
_TREADMILL_TYPE = b"\x01\x01\x00"  # available; bit 0 of the machine type: treadmill
WHEEL_M = 2.105
_WHEEL, _CRANK = 0x01, 0x02
_REAR_WHEEL = 12


class Treadmill(TrackerFirmware):
    """A treadmill: belt speed, distance, slope, the runner's heart rate, elapsed time, once a second."""

    def __init__(self, wearing: Wearing) -> None:
        name = wearing.tracker.name
        services = (
            service(
                "1826",
                characteristic("2ACC", "read", struct.pack("<II", _FEATURES, 0)),
                characteristic("2ACD", "notify"),
                characteristic("2AD3", "read,notify", b"\x00\x0d"),  # manual mode
                characteristic("2AD9", "write,indicate"),
                characteristic("2ADA", "notify"),
            ),
            device_information("Kadenz", "TM-5", name, "3.0.0"),
            battery_service(),
        )
        fitness = full_uuid("1826")
        on_air = Advertised((fitness,), service_data={fitness: _TREADMILL_TYPE}, name=f"TM-5 {identity(name)[-4:]}")
        super().__init__(wearing, services, on_air, mtu=65)
        self._controlled = False
        self.flows("2ACD", each_second(self, self._measured))
        self.takes("2AD9", self._control)
        serve_battery(self)

    def unlinked(self, now_s: float) -> None:
        super().unlinked(now_s)
        self._controlled = False

    def _measured(self, worn: Worn, row: int, at_s: float) -> bytes:
        truth = worn.truth
        distance = float(truth.distance_m[row])
        flags = _AVERAGE | _DISTANCE | _SLOPE | _HEART_RATE | _ELAPSED
        average = distance / row if row else 0.0
        return (
            struct.pack("<HHH", flags, round(float(truth.speed_m_s[row]) * 360.0), round(average * 360.0))
            + round(distance).to_bytes(3, "little")
            + struct.pack("<hh", round(float(truth.grade[row]) * 1000.0), round(_degrees(truth.grade[row]) * 10.0))
            + struct.pack("<BH", min(255, round(float(worn.bpm[row]))), min(0xFFFF, int(at_s)))
        )

    def _control(self, request: bytes, now_s: float) -> None:
        """Answer the control point: control can be asked for; the belt follows the runner and takes no targets."""
        if full_uuid("2AD9") not in self.subscriptions:
            raise AttError(Att.CCCD_IMPROPERLY_CONFIGURED)
        op = request[0] if request else 0xFF
        result = _NOT_SUPPORTED
        if op == _REQUEST_CONTROL:
            self._controlled, result = True, _DONE
        elif op in (_START, _STOP):
            result = _DONE if self._controlled else _NOT_PERMITTED
        self.send("2AD9", bytes([_RESPONSE, op, result]))


class CyclingSensor(TrackerFirmware):
    """A speed and cadence sensor: turns of wheel and crank with the time of the last one, once a second."""

    def __init__(self, wearing: Wearing) -> None:
        name = wearing.tracker.name
        services = (
            service(
                "1816",
                characteristic("2A5B", "notify"),
                characteristic("2A5C", "read", struct.pack("<H", _WHEEL | _CRANK)),
                characteristic("2A5D", "read", bytes([_REAR_WHEEL])),
            ),
            device_information("Kadenz", "CS-1", name, "1.1.0"),
            battery_service(),
        )
        super().__init__(
            wearing, services, Advertised((full_uuid("1816"),), name=f"CS-1 {identity(name)[-4:]}"), mtu=65
        )  # fmt: skip
        self._turns: tuple[Truth, Array, Array] | None = None
        self.flows("2A5B", each_second(self, self._measured))
        serve_battery(self)

    def _measured(self, worn: Worn, row: int, at_s: float) -> bytes:
        """Return whole turns so far and when the last ended, in 1/1024 s that wrap after 64 s."""
        if self._turns is None or self._turns[0] is not worn.truth:
            pedalled = 0.5 * step_phase(worn.truth.pacing, worn.truth.t_s)
            self._turns = (worn.truth, worn.truth.distance_m / WHEEL_M, pedalled)
        _, turned, pedalled = self._turns
        wheel, crank = int(turned[row]), int(pedalled[row])
        # the instant at which the column reached the whole number: linear between the seconds
        ended_s = np.interp(wheel, turned, worn.truth.t_s), np.interp(crank, pedalled, worn.truth.t_s)
        ticks = [round(float(event_s) * 1024.0) & 0xFFFF for event_s in ended_s]
        return struct.pack("<BIHHH", _WHEEL | _CRANK, wheel, ticks[0], crank & 0xFFFF, ticks[1])


def _degrees(grade: float) -> float:
    return float(np.degrees(np.arctan(grade)))
