"""The operating system's Bluetooth through bleak, as a `Central`.

The rule of this file: bleak's types, errors and habits stay here. A `BLEDevice` is connected to, never an address
(which would start a hidden scan); the call-back for a lost connection counts only once connecting has returned,
since bleak also calls it during an attempt that then succeeds; notifications come by StartNotify, bleak's default.
"""

from __future__ import annotations

import contextlib
import logging
import math
import sys
from collections.abc import Callable, Iterator
from typing import Any

import bleak_retry_connector
from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)
from bleak_retry_connector import (
    BleakClientWithServiceCache,
    BleakNotFoundError,
    BleakOutOfConnectionSlotsError,
    establish_connection,
)

from device.link_central import Advertisement, Characteristic, Peripheral
from device.link_errors import LinkError, LinkReason
from device.wire.profiles import short_uuid

_log = logging.getLogger(__name__)
_BATTERY_SERVICE = "0000180f-0000-1000-8000-00805f9b34fb"
_GENERIC_ATTRIBUTE = "00001801-0000-1000-8000-00805f9b34fb"
#: ATT errors that pairing mends: insufficient authentication, authorization, encryption. Core 5.4 vol 3 part F 3.4.1.1.
_WANTS_BOND = frozenset({0x05, 0x08, 0x0F})
_ATTEMPTS = 3
_NOT_AVAILABLE = {
    BleakBluetoothNotAvailableReason.POWERED_OFF: LinkReason.OFF,
    BleakBluetoothNotAvailableReason.DENIED_BY_USER: LinkReason.NO_PERMISSION,
    BleakBluetoothNotAvailableReason.DENIED_BY_SYSTEM: LinkReason.NO_PERMISSION,
    BleakBluetoothNotAvailableReason.DENIED_BY_UNKNOWN: LinkReason.NO_PERMISSION,
}
#: A part of what BlueZ says -> what it means; the first that fits counts.
_DBUS_WORDS = (
    ("NotReady", LinkReason.OFF),
    ("Not Ready", LinkReason.OFF),
    ("ServiceUnknown", LinkReason.NO_ADAPTER),
    ("NameHasNoOwner", LinkReason.NO_ADAPTER),
    ("NotPermitted", LinkReason.NO_PERMISSION),
    ("AccessDenied", LinkReason.NO_PERMISSION),
    ("NoReply", LinkReason.TIMED_OUT),
    ("Disconnected", LinkReason.BUS_DIED),
    ("UnknownObject", LinkReason.NOT_FOUND),
    ("DoesNotExist", LinkReason.NOT_FOUND),
    ("Authentication", LinkReason.NEEDS_BONDING),
    ("NotConnected", LinkReason.LOST),
    ("Not connected", LinkReason.LOST),
    ("InProgress", LinkReason.IN_USE),
    ("busy", LinkReason.IN_USE),
    ("abort", LinkReason.OUT_OF_RANGE),
)


def explained(error: BaseException) -> LinkError:
    """Return what an error of bleak, D-Bus or the system means for the person."""
    if isinstance(error, LinkError):
        return error
    return LinkError(_reason(error), f"{error or type(error).__name__}")


def _reason(error: BaseException) -> LinkReason:
    if isinstance(error, BleakBluetoothNotAvailableError):
        return _NOT_AVAILABLE.get(error.reason, LinkReason.NO_ADAPTER)
    if isinstance(error, BleakGATTProtocolError):
        return LinkReason.NEEDS_BONDING if int(error.code) in _WANTS_BOND else LinkReason.REFUSED
    by_type: tuple[tuple[type[BaseException], LinkReason], ...] = (
        (BleakCharacteristicNotFoundError, LinkReason.STALE_SERVICES),
        (BleakOutOfConnectionSlotsError, LinkReason.NO_SLOTS),
        (TimeoutError, LinkReason.TIMED_OUT),
        (FileNotFoundError, LinkReason.NO_ADAPTER),
        (ConnectionRefusedError, LinkReason.NO_ADAPTER),
        (PermissionError, LinkReason.NO_PERMISSION),
        (EOFError, LinkReason.BUS_DIED),
        (OSError, LinkReason.BUS_DIED),
    )
    for kind, reason in by_type:
        if isinstance(error, kind):
            return reason
    return _reason_in_words(error)


def _reason_in_words(error: BaseException) -> LinkReason:
    said = str(error)
    if isinstance(error, BleakDBusError) and "Not paired" in said:
        return LinkReason.NEEDS_BONDING
    for part, reason in _DBUS_WORDS:
        if part in said:
            return reason
    if isinstance(error, (BleakDeviceNotFoundError, BleakNotFoundError)):
        return LinkReason.NOT_FOUND
    return LinkReason.LOST if said == "Not connected" else LinkReason.FAILED


@contextlib.contextmanager
def _explaining() -> Iterator[None]:
    """Turn what bleak and the layers below it raise into a LinkError."""
    try:
        yield
    except (BleakError, OSError, EOFError, TimeoutError, AttributeError, KeyError, AssertionError) as error:
        # AttributeError, KeyError, AssertionError: bleak's BlueZ backend when objects vanish under it
        raise explained(error) from error


class BleakCentral:
    """One adapter of the operating system; `backends` replace the system's own, as bleak allows."""

    def __init__(
        self,
        *,
        adapter: str = "",
        scanner_backend: type[Any] | None = None,
        client_backend: type[Any] | None = None,
        adapter_backend: type[Any] | None = None,
    ) -> None:
        self._adapter = adapter
        self._scanner_backend, self._client_backend = scanner_backend, client_backend
        self._adapter_backend = adapter_backend
        self._scanner: BleakScanner | None = None
        self._devices: dict[str, BLEDevice] = {}

    async def open(self) -> None:
        """See that there is Bluetooth: LinkError where there is none."""
        await self.start_scan(lambda advertisement: None)
        await self.stop_scan()

    async def close(self) -> None:
        """Stop scanning."""
        await self.stop_scan()

    async def start_scan(self, seen: Callable[[Advertisement], None]) -> None:
        """Begin to scan; `seen` gets every advertisement."""

        def detected(device: BLEDevice, said: AdvertisementData) -> None:
            self._devices[device.address.upper()] = device
            seen(_advertisement(device, said))

        bluez: dict[str, Any] = {"filters": {"DuplicateData": True}}
        if self._adapter:
            bluez["adapter"] = self._adapter
        with _explaining():
            self._scanner = BleakScanner(detected, bluez=bluez, **_backend(self._scanner_backend))  # type: ignore[arg-type]
            await self._scanner.start()

    async def stop_scan(self) -> None:
        """End the scan; nothing happens where there is none."""
        scanner, self._scanner = self._scanner, None
        if scanner is not None:
            with _explaining():
                await scanner.stop()

    async def held(self) -> frozenset[str]:
        """Return the addresses of trackers that this computer is connected to already: those do not advertise."""
        if self._client_backend is not None and self._adapter_backend is None:
            return frozenset()
        with _explaining():
            adapter = await BleakAdapter.get(**_backend(self._adapter_backend))
            devices = await adapter.get_connected_devices([_GENERIC_ATTRIBUTE])
        self._devices |= {device.address.upper(): device for device in devices}
        return frozenset(device.address.upper() for device in devices)

    async def connect(self, address: str, lost: Callable[[], None]) -> Peripheral:
        """Return the connected tracker; `lost` is called when the connection ends later, whoever ended it."""
        device = self._devices.get(address)
        if device is None:
            raise LinkError(LinkReason.NOT_FOUND)
        armed = False

        def disconnected(client: BleakClient) -> None:
            if armed:
                lost()

        with _explaining():
            client = await establish_connection(
                BleakClientWithServiceCache,
                device,
                "tracker",
                disconnected,
                max_attempts=_ATTEMPTS,
                use_services_cache=False,
                **_backend(self._client_backend),
            )
        armed = True
        if not client.is_connected:
            await _dismiss(client)
            raise LinkError(LinkReason.LOST, "right after connecting")
        return _BleakPeripheral(client, agent=sys.platform == "linux" and self._client_backend is None)

    async def forget_services(self, address: str) -> None:
        """Clear what the system remembers of a tracker's services; it has to advertise again before it is used."""
        self._devices.pop(address, None)
        with _explaining():
            await bleak_retry_connector.clear_cache(address)

    async def forget_bond(self, address: str) -> None:
        """Have the system forget that it is paired with a tracker; nothing happens where it does not let us."""
        device = self._devices.pop(address, None)
        if device is not None:
            with _explaining(), contextlib.suppress(NotImplementedError):
                await BleakClient(device, **_backend(self._client_backend)).unpair()


def _backend(backend: type[Any] | None) -> dict[str, Any]:
    return {} if backend is None else {"backend": backend}


def _advertisement(device: BLEDevice, said: AdvertisementData) -> Advertisement:
    charge = said.service_data.get(_BATTERY_SERVICE, b"")
    return Advertisement(
        device.address.upper(),
        said.local_name or device.name or "",
        float(said.rssi),
        tuple(sorted(short_uuid(uuid) for uuid in said.service_uuids)),
        float(charge[0]) if len(charge) == 1 and charge[0] <= 100 else math.nan,
    )


async def _dismiss(client: BleakClient) -> None:
    """End a connection that cannot be used, whatever state it is in."""
    with contextlib.suppress(BleakError, OSError, EOFError, TimeoutError, AssertionError):
        await client.disconnect()


class _BleakPeripheral:
    """A connected `BleakClient`; characteristics are addressed by handle, since UUIDs occur twice in the wild."""

    def __init__(self, client: BleakClient, *, agent: bool) -> None:
        self._client, self._agent = client, agent

    def characteristics(self) -> tuple[Characteristic, ...]:
        """Return what the tracker offers, in the order of handles."""
        with _explaining():
            found = [
                Characteristic(one.handle, short_uuid(one.uuid), short_uuid(service.uuid), frozenset(one.properties))
                for service in self._client.services
                for one in service.characteristics
            ]
        return tuple(sorted(found, key=lambda one: one.handle))

    async def read(self, characteristic: Characteristic) -> bytes:
        """Return a value, read from the tracker."""
        with _explaining():
            return bytes(await self._client.read_gatt_char(characteristic.handle))

    async def write(self, characteristic: Characteristic, payload: bytes, *, response: bool) -> None:
        """Write a value."""
        with _explaining():
            await self._client.write_gatt_char(characteristic.handle, payload, response=response)

    async def subscribe(self, characteristic: Characteristic, heard: Callable[[bytes], None]) -> None:
        """Have `heard` called with a copy of everything that is notified."""

        def take(sender: BleakGATTCharacteristic, payload: bytearray) -> None:
            heard(bytes(payload))

        with _explaining():
            await self._client.start_notify(characteristic.handle, take)

    async def unsubscribe(self, characteristic: Characteristic) -> None:
        """End notifications."""
        with _explaining():
            await self._client.stop_notify(characteristic.handle)

    async def pair(self) -> None:
        """Pair with the tracker; on macOS the system asks the person by itself."""
        if sys.platform == "darwin":
            return
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(_explaining())
            if self._agent:
                from device.link_agent import pairing_agent

                await stack.enter_async_context(pairing_agent())
            await self._client.pair()

    async def disconnect(self) -> None:
        """End the connection and release what bleak holds for it, also when the tracker is gone already."""
        with _explaining():
            await self._client.disconnect()
