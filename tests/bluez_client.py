"""What the tests of the virtual BlueZ share: trackers, a bus with a radio, and a bare D-Bus client beside bleak."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import struct
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any
from unittest import mock

import pytest
from bleak import BleakClient, BleakScanner
from bleak.backends.bluezdbus import manager as bleak_manager
from bleak.backends.device import BLEDevice
from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from hardware_sim.bluez import VirtualBlueZ
from hardware_sim.faults import Fault
from hardware_sim.link_model import LinkModel
from hardware_sim.peripheral import Advertised, Peripheral, characteristic, service
from hardware_sim.radio import Radio

needs_bus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="the virtual BlueZ needs dbus-daemon (Debian: apt install dbus-daemon)"
)
QUICK = LinkModel(interval_s=0.0075, packet_error_rate=0.0, supervision_s=0.4, connect_s=0.02)
HEART, SECRET, CONTROL, WRITABLE = "2A37", "F0A1", "F0A2", "F0A3"
HCI, DEVICE, CHARACTERISTIC = "/org/bluez/hci0", "org.bluez.Device1", "org.bluez.GattCharacteristic1"
ADAPTER, PROPERTIES = "org.bluez.Adapter1", "org.freedesktop.DBus.Properties"


def strap(name: str = "strap", *, period_s: float = 0.05) -> Peripheral:
    """Return a tracker with a numbered stream, values to read and write, and one that needs a bond."""
    one = Peripheral(
        name,
        [
            service("180D", characteristic(HEART, "notify"), characteristic("2A38", "read", b"\x01")),
            service("180F", characteristic("2A19", "read,notify", b"\x5a")),
            service(
                "F0A0",
                characteristic(SECRET, "read,notify", b"secret", bonded=True),
                characteristic(CONTROL, "write,write-without-response,indicate"),
                characteristic(WRITABLE, "read,write", b"old"),
            ),
            service("180A", characteristic("2A29", "read", b"Kadenz")),
        ],
        advertised=Advertised(("180D",), manufacturer={0x006B: b"\x01\x02"}, interval_s=0.03),
    )
    one.every(period_s, HEART, lambda t_s: struct.pack("<I", round(t_s / period_s)))
    return one


def number(payload: bytes | bytearray) -> int:
    """Return the number that a notification of `strap` carries."""
    return int(struct.unpack("<I", payload)[0])


@contextlib.asynccontextmanager
async def air(
    *peripherals: Peripheral, faults: Sequence[Fault] = (), link: LinkModel = QUICK, agent: bool = True
) -> AsyncIterator[VirtualBlueZ]:
    """Serve peripherals on a private bus that bleak in this process finds too."""
    radio = Radio(peripherals or (strap(),), link=link, faults=faults)
    async with VirtualBlueZ(radio, agent=agent) as bluez, bleak_on(bluez.environment):
        yield bluez


@contextlib.asynccontextmanager
async def bleak_on(environment: Mapping[str, str]) -> AsyncIterator[None]:
    """Let bleak in this process find a bus, and end the connection that it keeps for the life of a loop."""
    with mock.patch.dict(os.environ, environment):
        try:
            yield
        finally:
            kept = bleak_manager._global_instances.pop(asyncio.get_running_loop(), None)
            if kept is not None and kept._bus is not None:
                kept._bus.disconnect()
                if kept._bus_watcher_task is not None:
                    await asyncio.wait([kept._bus_watcher_task])


async def found(name: str = "strap") -> BLEDevice:
    """Return a device as bleak finds it."""
    device = await BleakScanner.find_device_by_name(name, timeout=5.0)
    assert device is not None, f"{name} was not found"
    return device


@contextlib.asynccontextmanager
async def connected(
    name: str = "strap", lost: Callable[[BleakClient], None] | None = None
) -> AsyncIterator[BleakClient]:
    """Connect to a device by its name."""
    async with BleakClient(await found(name), disconnected_callback=lost) as client:
        yield client


async def until(holds: Callable[[], object], within_s: float = 5.0) -> None:
    """Return when something holds; AssertionError when it does not in time."""
    async with asyncio.timeout(within_s):
        while not holds():
            await asyncio.sleep(0.01)


class Raw:
    """A bare client of the bus: method calls by name, and every signal of org.bluez in order."""

    def __init__(self, bus: MessageBus) -> None:
        self.bus = bus
        self.signals: list[Message] = []
        bus.add_message_handler(self._take)

    def _take(self, message: Message) -> None:
        if message.message_type == MessageType.SIGNAL and message.path is not None:
            self.signals.append(message)

    async def call(self, path: str, what: str, *body: Any) -> Any:
        """Call "interface.Method signature"; return the first value, RuntimeError("name: text") for an error."""
        reply = await self.message(path, what, *body)
        if reply.message_type == MessageType.ERROR:
            raise RuntimeError(f"{reply.error_name}: {reply.body[0]}")
        return reply.body[0] if reply.body else None

    async def message(self, path: str, what: str, *body: Any) -> Message:
        """Call "interface.Method signature" and return the answer."""
        where, _, signature = what.partition(" ")
        interface, _, member = where.rpartition(".")
        async with asyncio.timeout(10):
            reply = await self.bus.call(
                Message("org.bluez", path, interface, member, signature=signature, body=list(body))
            )
        assert reply is not None
        return reply

    async def get(self, path: str, interface: str, name: str) -> Any:
        """Return a property."""
        return (await self.call(path, f"{PROPERTIES}.Get ss", interface, name)).value

    async def objects(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return every object with its interfaces and their properties."""
        return dict(await self.call("/", "org.freedesktop.DBus.ObjectManager.GetManagedObjects"))

    def changes(self, path: str, name: str) -> list[Any]:
        """Return the values that a property was said to change to, "gone" where it was taken away."""
        told: list[Any] = []
        for signal in self.signals:
            if signal.member == "PropertiesChanged" and signal.path == path:
                told += [signal.body[1][name].value] if name in signal.body[1] else []
                told += ["gone"] if name in signal.body[2] else []
        return told


@contextlib.asynccontextmanager
async def raw(bluez: VirtualBlueZ) -> AsyncIterator[Raw]:
    """Connect a bare client."""
    address = bluez.environment["DBUS_SYSTEM_BUS_ADDRESS"]
    bus = await MessageBus(bus_address=address, negotiate_unix_fd=True).connect()
    client = Raw(bus)
    daemon = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "AddMatch")
    await bus.call(Message(*daemon, signature="s", body=["type='signal',sender='org.bluez'"]))
    try:
        yield client
    finally:
        bus.disconnect()
        await bus.wait_for_disconnect()


def path_of(one: Peripheral) -> str:
    """Return the D-Bus path of a peripheral's device."""
    return f"{HCI}/dev_{one.address.replace(':', '_')}"


def value_path(one: Peripheral, uuid: str) -> str:
    """Return the D-Bus path of a characteristic."""
    each = one.find(uuid)
    owner = next(s for s in one.services if each in s.characteristics)
    return f"{path_of(one)}/service{owner.handle:04x}/char{each.handle:04x}"
