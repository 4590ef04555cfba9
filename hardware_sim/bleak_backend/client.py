"""bleak's client on the virtual radio, with the manners of bleak's BlueZ client where a program can tell.

The rule of this file: it translates; errors come out as the bleak types that BlueZ's own would become, the call-back on
disconnection also runs for one's own disconnect and for an aborted attempt inside `connect`, and services are gone
after it. The reference is bleak 3.1's bluezdbus client.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

from bleak.args import SizedBuffer
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from hardware_sim.bleak_backend.host import Host, SharedLink
from hardware_sim.central import ConnectError, LinkGoneError
from hardware_sim.peripheral import CCCD, Att, AttError, Characteristic, Descriptor, Service, full_uuid

_FAILED = "org.bluez.Error.Failed"
_ABORTED = "le-connection-abort-by-local"
_LONGEST_VALUE = 512  # Core 5.4, vol 3 part F, 3.2.9


def available(host: Host) -> None:
    """Return where the adapter works; BleakBluetoothNotAvailableError otherwise."""
    reason = BleakBluetoothNotAvailableReason
    if host.bus_died:
        raise BleakBluetoothNotAvailableError("The system bus is gone.", reason.UNKNOWN)
    if not host.powered:
        text = "No powered Bluetooth adapters found. Turn on Bluetooth and try again."
        raise BleakBluetoothNotAvailableError(text, reason.POWERED_OFF)


def translated(error: Exception) -> BleakError:
    """Return what bleak raises for an error of the radio; a request that the end of the link cut off is 0x0E."""
    if isinstance(error, AttError):
        return BleakGATTProtocolError(error.code)
    if isinstance(error, ConnectError):
        return BleakDBusError(error.error, [str(error)])
    return BleakGATTProtocolError(Att.UNLIKELY)


class VirtualRadioClient(BaseBleakClient):
    """A bleak client of one radio; `backend_for` makes the class that is bound to it."""

    host: ClassVar[Host]

    def __init__(
        self,
        address_or_ble_device: BLEDevice | str,
        services: set[str] | None = None,
        *,
        disconnected_callback: Callable[[], None] | None = None,
        timeout: float = 30.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(address_or_ble_device, disconnected_callback=disconnected_callback, timeout=timeout)
        found = isinstance(address_or_ble_device, BLEDevice)
        self._name = address_or_ble_device.name if isinstance(address_or_ble_device, BLEDevice) else None
        self._found = found
        self._wanted = services
        self._shared: SharedLink | None = None

    # ── connecting ─────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def name(self) -> str:
        """Return the name of the tracker; BleakError before it was ever found."""
        if not self._found:
            raise BleakError("Not connected")
        return self._name or self.address.replace(":", "-")

    @property
    def mtu_size(self) -> int:
        """Return the ATT MTU in bytes, 23 without a connection."""
        return self._shared.link.mtu if self._shared is not None else 23

    @property
    def is_connected(self) -> bool:
        """Return whether this client has a link."""
        return self._shared is not None

    async def connect(self, pair: bool, **kwargs: Any) -> None:
        """Connect and discover services; BleakError of the kind that says why, TimeoutError when it takes too long."""
        if self.is_connected:
            raise BleakError("Client is already connected")
        self.host.attend()
        available(self.host)
        timeout = kwargs.get("timeout", self._timeout)
        if not self._found:
            await self._find(timeout)
        async with asyncio.timeout(timeout):
            shared = await self._reach()
            shared.users[self] = self._ended
            self._shared = shared
            if pair and not shared.link.bonded:
                await self.pair()
        if self._shared is None:
            raise BleakError("Not connected")
        self.services = _collection(shared, self._wanted)

    async def _find(self, timeout: float) -> None:
        heard = await self.host.find(self.address, timeout)
        if heard is None:
            raise BleakDeviceNotFoundError(self.address, f"Device with address {self.address} was not found.")
        self.address, self._name, self._found = heard.address, heard.name, True

    async def _reach(self) -> SharedLink:
        """Return a link; an attempt that BlueZ aborts is repeated, as bleak's own client repeats it."""
        while True:
            try:
                return await self.host.connect(self.address)
            except ConnectError as failed:
                if str(failed) != _ABORTED:
                    raise translated(failed) from None
                if not failed.flips_connected:  # bleak waits for a signal that never comes, until its deadline
                    await asyncio.get_running_loop().create_future()
                self.host.guard(self._ended)

    def _ended(self) -> None:
        self._shared = self.services = None
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def disconnect(self) -> None:
        """End the link, for every client that shares it."""
        if self._shared is None:
            return
        self.host.attend()
        self._shared.link.disconnect()

    async def pair(self, *args: Any, **kwargs: Any) -> None:
        """Pair and bond; BleakError without a link."""
        shared = self._linked()
        if shared.link.bonded:
            return
        try:
            await shared.pair()
        except (AttError, LinkGoneError, ConnectError) as failed:
            raise translated(failed) from None

    async def unpair(self) -> None:
        """Forget the bond and end the link; connecting again needs to find the tracker again."""
        self.host.attend()
        self.host.central.unpair(self.address)
        self._found = False
        await self.disconnect()

    def _linked(self) -> SharedLink:
        if self._shared is None:
            raise BleakError("Not connected")
        return self._shared

    # ── values ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def read_gatt_char(
        self, characteristic: BleakGATTCharacteristic, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        """Return the value of a characteristic."""
        try:
            return bytearray(await self._linked().read(characteristic.obj))
        except (AttError, LinkGoneError) as failed:
            raise translated(failed) from None

    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        """Return the value of a descriptor; that of the client configuration says whether this host subscribed."""
        shared = self._linked()
        owner: Characteristic | None = getattr(descriptor.obj, "owner", None)
        if owner is not None:
            bit = 1 if "notify" in owner.properties else 2
            return bytearray((bit if shared.listening(owner) else 0, 0))
        try:
            return bytearray(await shared.read(descriptor.obj))
        except (AttError, LinkGoneError) as failed:
            raise translated(failed) from None

    async def write_gatt_char(self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool) -> None:
        """Write a value, with or without response."""
        shared, value = self._linked(), bytes(data)
        if len(value) > (_LONGEST_VALUE if response else shared.link.mtu - 3):
            why = "Invalid Length" if response else "Failed to initiate write"
            raise BleakGATTProtocolError(0x0D) if response else BleakDBusError(_FAILED, [why])
        try:
            await shared.write(characteristic.obj, value, response)
        except (AttError, LinkGoneError) as failed:
            raise translated(failed) from None

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: SizedBuffer) -> None:
        """Write a descriptor."""
        try:
            await self._linked().write(descriptor.obj, bytes(data), True)
        except (AttError, LinkGoneError) as failed:
            raise translated(failed) from None

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **kwargs: Any
    ) -> None:
        """Subscribe; notifications that come before the answer are delivered too, as by BlueZ's StartNotify."""
        shared = self._linked()
        if not characteristic.obj.notifies:
            raise BleakDBusError("org.bluez.Error.NotSupported", ["Operation is not supported"])
        try:
            await shared.listen(characteristic.obj, self, callback)
        except (AttError, LinkGoneError) as failed:
            raise translated(failed) from None

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """Unsubscribe; BleakDBusError when not subscribed."""
        shared = self._linked()
        if not shared.listening(characteristic.obj, self):
            raise BleakDBusError(_FAILED, ["No notify session started"])
        try:
            await shared.unlisten(characteristic.obj, self)
        except (AttError, LinkGoneError) as failed:
            raise translated(failed) from None


class _ClientConfiguration(Descriptor):
    """The client configuration of a characteristic, which the host answers for."""

    __slots__ = ("owner",)

    def __init__(self, owner: Characteristic) -> None:
        super().__init__(full_uuid(CCCD), b"", owner.handle + 2)
        self.owner = owner


def _collection(shared: SharedLink, wanted: set[str] | None) -> BleakGATTServiceCollection:
    found = BleakGATTServiceCollection()
    for one in shared.link.services:
        if wanted is None or full_uuid(one.uuid) in wanted:
            _add(found, one, lambda: shared.link.mtu - 3)
    return found


def _add(found: BleakGATTServiceCollection, one: Service, longest: Callable[[], int]) -> None:
    service = BleakGATTService(one, one.handle, full_uuid(one.uuid))
    found.add_service(service)
    for each in one.characteristics:
        properties: Any = list(each.properties)
        characteristic = BleakGATTCharacteristic(each, each.handle, full_uuid(each.uuid), properties, longest, service)
        found.add_characteristic(characteristic)
        own = (_ClientConfiguration(each),) if each.notifies else ()
        for descriptor in (*own, *each.descriptors):
            uuid = full_uuid(descriptor.uuid)
            found.add_descriptor(BleakGATTDescriptor(descriptor, descriptor.handle, uuid, characteristic))
