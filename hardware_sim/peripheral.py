"""A Bluetooth LE peripheral: its table of services, what it answers, and what it sends of itself.

The rule of this file: a peripheral knows its own state and nothing of the radio, the bus or the program that reads
it; time is an argument, in s of the radio. Error codes: Attribute Protocol (Core 5.4, vol 3 part F, 3.4.1.1).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

_SIG_BASE = "-0000-1000-8000-00805f9b34fb"
CCCD, USER_DESCRIPTION = "2902", "2901"


class Att(IntEnum):
    """Error codes of the Attribute Protocol, and of the profiles above it from 0x80."""

    READ_NOT_PERMITTED = 0x02
    WRITE_NOT_PERMITTED = 0x03
    INSUFFICIENT_AUTHENTICATION = 0x05
    REQUEST_NOT_SUPPORTED = 0x06
    INVALID_OFFSET = 0x07
    INVALID_LENGTH = 0x0D
    UNLIKELY = 0x0E
    INSUFFICIENT_ENCRYPTION = 0x0F
    INSUFFICIENT_RESOURCES = 0x11
    CONTROL_POINT_NOT_SUPPORTED = 0x80
    CCCD_IMPROPERLY_CONFIGURED = 0xFD
    PROCEDURE_IN_PROGRESS = 0xFE
    OUT_OF_RANGE = 0xFF


class AttError(Exception):
    """The peripheral refuses a request; `code` is the byte on the wire."""

    def __init__(self, code: int) -> None:
        super().__init__(f"ATT error 0x{code:02x}")
        self.code = code


def full_uuid(uuid: str) -> str:
    """Return a UUID in its 128-bit form, lower case: "2A37" becomes 00002a37-0000-1000-8000-00805f9b34fb."""
    lower = uuid.lower()
    return f"{lower:0>8}{_SIG_BASE}" if len(lower) in (4, 8) else lower


@dataclass(slots=True, eq=False)
class Descriptor:
    """One descriptor and its value; the client configuration (2902) is kept by the link and not listed here."""

    uuid: str
    value: bytes = b""
    handle: int = 0


@dataclass(slots=True, eq=False)
class Characteristic:
    """One characteristic; `properties` are spelt as BlueZ does ("read", "write-without-response", "notify", ...)."""

    uuid: str
    properties: tuple[str, ...]
    value: bytes = b""
    bonded: bool = False
    """True: reading, writing and subscribing need a bonded link."""
    descriptors: tuple[Descriptor, ...] = ()
    handle: int = 0
    """Handle of the declaration; the value is at `handle + 1`."""

    @property
    def notifies(self) -> bool:
        """Return whether a client can subscribe."""
        return "notify" in self.properties or "indicate" in self.properties


@dataclass(slots=True, eq=False)
class Service:
    """One primary service with its characteristics in the order of their handles."""

    uuid: str
    characteristics: tuple[Characteristic, ...]
    handle: int = 0


def characteristic(uuid: str, properties: str, value: bytes = b"", *, bonded: bool = False) -> Characteristic:
    """Return a characteristic; `properties` is a list such as "read,notify"."""
    names = tuple(name.strip() for name in properties.split(","))
    return Characteristic(full_uuid(uuid), names, value, bonded)


def service(uuid: str, *characteristics: Characteristic) -> Service:
    """Return a primary service of these characteristics."""
    return Service(full_uuid(uuid), characteristics)


@dataclass(frozen=True, slots=True)
class Advertised:
    """What a peripheral broadcasts; `name` is the name on the air where it differs from the peripheral's own."""

    services: tuple[str, ...] = ()
    manufacturer: Mapping[int, bytes] = field(default_factory=dict)
    service_data: Mapping[str, bytes] = field(default_factory=dict)
    appearance: int | None = None
    tx_power_dbm: int | None = None
    interval_s: float = 0.25
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """One notification as the peripheral hands it to its radio: when in s, on which characteristic, the bytes."""

    t_s: float
    characteristic: Characteristic
    payload: bytes


class Peripheral:
    """A tracker, or any other thing with a GATT table. Use it as it is, or override what it does when asked.

    `every` and `on_write` make one of one's own in a few lines; subclasses override `read`, `write`, `subscribed`,
    `linked`, `unlinked` and `packets`.
    """

    def __init__(
        self,
        name: str,
        services: Sequence[Service],
        *,
        address: str | None = None,
        advertised: Advertised | None = None,
        mtu: int = 247,
    ) -> None:
        self.name = name
        self.address = address or address_of(name)
        self.services = tuple(services)
        self.advertised = advertised or Advertised(tuple(s.uuid for s in services))
        self.mtu = mtu
        self.link_mtu: int = 23
        """ATT MTU in bytes of the link that is up; whoever makes the link sets it before `linked`."""
        self.bonds: bool = False
        """True while a bond with the central is remembered."""
        self.outlet: Callable[[Characteristic, bytes], None] | None = None
        """Where `send` goes while a central is connected; the radio sets it."""
        self._writers: dict[str, Callable[[bytes], None]] = {}
        self._senders: list[_Every] = []
        number(self.services)

    def find(self, uuid: str) -> Characteristic:
        """Return the first characteristic with a UUID; KeyError where there is none."""
        wanted = full_uuid(uuid)
        for found in self.services:
            for one in found.characteristics:
                if one.uuid == wanted:
                    return one
        raise KeyError(f"{self.name} has no characteristic {uuid}")

    # ── what a link asks; override these ───────────────────────────────────────────────────────────────────────

    def read(self, characteristic: Characteristic, now_s: float) -> bytes:
        """Return the value of a readable characteristic; AttError where the peripheral refuses."""
        return characteristic.value

    def write(self, characteristic: Characteristic, value: bytes, now_s: float) -> None:
        """Take a value that a client wrote; AttError where the peripheral refuses."""
        characteristic.value = value
        writer = self._writers.get(characteristic.uuid)
        if writer is not None:
            writer(value)

    def subscribed(self, characteristic: Characteristic, on: bool, now_s: float) -> None:
        """Note that a client switched notifications or indications on or off."""

    def advertises(self, now_s: float) -> Advertised:
        """Return what is broadcast at an instant in s; override it where that changes with time."""
        return self.advertised

    def linked(self, now_s: float) -> None:
        """Note that a central has connected."""

    def unlinked(self, now_s: float) -> None:
        """Note that the central is gone."""

    def meet(self, fault: object) -> None:
        """Take a fault (a value of `faults`) that concerns this peripheral and that it carries out itself."""

    def packets(self, from_s: float, to_s: float) -> Iterable[Sent]:
        """Return what the peripheral sends of itself in a stretch of time, in order of time.

        Asked for rising stretches without holes while a central is connected; what nobody subscribed to is left unsent.
        """
        if not self._senders:
            return ()
        sent = [one for sender in self._senders for one in sender.packets(from_s, to_s)]
        sent.sort(key=lambda one: one.t_s)
        return sent

    # ── a peripheral of one's own ──────────────────────────────────────────────────────────────────────────────

    def every(self, period_s: float, uuid: str, payload: Callable[[float], bytes]) -> None:
        """Notify `payload(t_s)` on a characteristic every `period_s` s."""
        self._senders.append(_Every(period_s, self.find(uuid), payload))

    def on_write(self, uuid: str, take: Callable[[bytes], None]) -> None:
        """Call `take` with every value that is written to a characteristic; it may raise AttError or `send` a reply."""
        self._writers[self.find(uuid).uuid] = take

    def set_battery(self, percent: float) -> None:
        """Let the battery stand at so many per cent from now on and tell who is subscribed; KeyError without one."""
        level = self.find("2A19")
        level.value = bytes([min(100, max(0, round(percent)))])
        self.send("2A19", level.value)

    def send(self, uuid: str, payload: bytes) -> None:
        """Notify a payload now, where a client is connected and subscribed."""
        if self.outlet is not None:
            self.outlet(self.find(uuid), payload)


@dataclass(frozen=True, slots=True)
class _Every:
    period_s: float
    characteristic: Characteristic
    payload: Callable[[float], bytes]

    def packets(self, from_s: float, to_s: float) -> Iterator[Sent]:
        """Yield the notifications of a stretch of time."""
        count = int(-(-from_s // self.period_s))
        while (at_s := count * self.period_s) < to_s:
            yield Sent(at_s, self.characteristic, self.payload(at_s))
            count += 1


def number(services: Sequence[Service]) -> None:
    """Give every attribute its handle, as a server does: rising, with room for the client configuration."""
    handle = 1
    for one in services:
        one.handle = handle
        handle += 1
        for each in one.characteristics:
            each.handle = handle
            handle += 2 + each.notifies
            for descriptor in each.descriptors:
                descriptor.handle = handle
                handle += 1


def address_of(name: str) -> str:
    """Return a static random address that always belongs to this name."""
    low, high = zlib.crc32(name.encode()), zlib.crc32(name.encode()[::-1])
    return ":".join(f"{byte:02X}" for byte in (0xC0 | high & 0x3F, high >> 8 & 0xFF, *low.to_bytes(4, "big")))
