"""bleak's scanner and adapter on the virtual radio.

The rule of this file: every advertisement that the radio hears is one detection, filtered by service as bleak does it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from bleak.backends.adapter import BaseBleakAdapter
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, AdvertisementDataCallback, BaseBleakScanner
from bleak.exc import BleakDBusError

from hardware_sim.bleak_backend.client import available
from hardware_sim.bleak_backend.host import Host
from hardware_sim.central import Advertisement
from hardware_sim.peripheral import full_uuid

_GENERIC = {full_uuid("1800"), full_uuid("1801")}  # every Bluetooth LE device has these two services


class VirtualRadioScanner(BaseBleakScanner):
    """A bleak scanner of one radio; `backend_for` makes the class that is bound to it."""

    host: ClassVar[Host]

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None = None,
        service_uuids: list[str] | None = None,
        scanning_mode: str = "active",
        **kwargs: Any,
    ) -> None:
        super().__init__(detection_callback, [full_uuid(u) for u in service_uuids] if service_uuids else None)
        self._stop: Callable[[], None] | None = None

    async def start(self) -> None:
        """Start to listen; BleakBluetoothNotAvailableError where the adapter is off."""
        self.host.attend()
        available(self.host)
        if self._stop is not None:
            raise BleakDBusError("org.bluez.Error.InProgress", ["Operation already in progress"])
        self.seen_devices = {}
        self._stop = self.host.central.scan(self._heard)

    async def stop(self) -> None:
        """Stop to listen."""
        if self._stop is not None:
            stop, self._stop = self._stop, None
            stop()

    def _heard(self, one: Advertisement) -> None:
        services = [full_uuid(uuid) for uuid in one.services]
        self.host.names[one.address] = one.name
        if not self.is_allowed_uuid(services):
            return
        seen = AdvertisementData(
            local_name=one.name or None,
            manufacturer_data=dict(one.manufacturer),
            service_data={full_uuid(uuid): value for uuid, value in one.service_data.items()},
            service_uuids=services,
            tx_power=one.tx_power_dbm,
            rssi=one.rssi_dbm,
            platform_data=(one,),
        )
        device = self.create_or_update_device(one.address, one.address, one.name or None, _details(), seen)
        self.host.guard(lambda: self.call_detection_callbacks(device, seen))


class VirtualRadioAdapter(BaseBleakAdapter):
    """A bleak adapter of one radio; `backend_for` makes the class that is bound to it."""

    host: ClassVar[Host]

    @classmethod
    async def get(cls, **kwargs: Any) -> VirtualRadioAdapter:
        """Return the radio's only adapter."""
        cls.host.attend()
        available(cls.host)
        return cls()

    async def get_connected_devices(self, service_uuids: frozenset[str]) -> list[BLEDevice]:
        """Return the trackers with a link that have one of these services."""
        found = []
        for address, shared in self.host.links.items():
            there = _GENERIC | {full_uuid(one.uuid) for one in shared.link.services}
            if there & service_uuids:
                found.append(BLEDevice(address, self.host.names.get(address), _details()))
        return found


def _details() -> dict[str, str]:
    """Return the details of a device: "source" tells libraries above bleak that it is none of BlueZ's objects."""
    return {"source": "virtual radio"}
