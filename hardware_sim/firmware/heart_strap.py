"""A chest strap with the Heart Rate service alone, and that service for others.

The rule of this file: Heart Rate Service 1.0 and the GATT Specification Supplement, 3.113 (0x2A37).
"""

from __future__ import annotations

from hardware_sim import gatt
from hardware_sim.firmware.body import Wearing
from hardware_sim.firmware.tracker import (
    TrackerFirmware,
    battery_service,
    device_information,
    each_second,
    identity,
    serve_battery,
)
from hardware_sim.peripheral import Advertised, Att, AttError, Service, characteristic, full_uuid, service
from hardware_sim.trackers import Worn

CHEST, WRIST, UPPER_ARM = 1, 2, 0  # 0x2A38 has no upper arm: other
_ENERGY_EVERY = 10  # measurements; Heart Rate Service 1.0, 3.1.1.3
_HEART_RATE_STRAP, _GENERIC_HEART_RATE = 0x0341, 0x0340
_COST_J_KG_M = 3.6  # metabolic cost of running on the flat (Minetti 2002)


def heart_rate_service(place: int, *, energy: bool = False) -> Service:
    """Return the Heart Rate service (0x180D) of a sensor worn at a place, with its control point where it counts."""
    parts = [characteristic("2A37", "notify"), characteristic("2A38", "read", bytes([place]))]
    if energy:
        parts.append(characteristic("2A39", "write"))
    return service("180D", *parts)


class HeartRateStrap(TrackerFirmware):
    """A chest strap of no particular make: heart rate with beat intervals, and energy in every tenth measurement."""

    def __init__(self, wearing: Wearing) -> None:
        name = wearing.tracker.name
        services = (
            heart_rate_service(CHEST, energy=True),
            device_information("Kadenz", "HR-1", name, "1.2.0"),
            battery_service(),
        )
        on_air = Advertised(
            (full_uuid("180D"),), appearance=_HEART_RATE_STRAP, name=f"HR-1 {identity(name)[-4:]}"
        )  # fmt: skip
        super().__init__(wearing, services, on_air, mtu=65)
        self._energy_from_s = 0.0
        self.flows("2A37", each_second(self, self._heart_rate))
        self.takes("2A39", self._control)
        serve_battery(self)

    def _control(self, value: bytes, now_s: float) -> None:
        """Take a request of the control point: 1 begins the energy from nothing."""
        if value != b"\x01":
            raise AttError(Att.CONTROL_POINT_NOT_SUPPORTED)
        self._energy_from_s = now_s

    def _energy_kj(self, row: int) -> float:
        distance, last = self.worn().truth.distance_m, len(self.worn().truth.distance_m) - 1
        run_m = float(distance[min(row, last)] - distance[min(int(self._energy_from_s), last)])
        return max(0.0, _COST_J_KG_M * self.wearing.body.scenario.runner.weight_kg * run_m / 1000.0)

    def _heart_rate(self, worn: Worn, row: int, at_s: float) -> bytes | None:
        if worn.bpm[row] <= 0.0:
            return None
        energy = self._energy_kj(row) if row % _ENERGY_EVERY == 0 else None
        return gatt.heart_rate(float(worn.bpm[row]), worn.rr_s[row].tolist(), energy_kj=energy)
