"""What the firmware of every simulated tracker has in common: flows of notifications, readers, writers, identity.

The rule of this file: a flow is an endless iterator of (instant in s, bytes) in order of time, taken only as far as the
radio asks; what it gives depends on the body, the seed and when it was started, never on how it is asked.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from hardware_sim import gatt
from hardware_sim.device_clock import DeviceClock
from hardware_sim.firmware.body import Wearing
from hardware_sim.peripheral import (
    Advertised,
    Characteristic,
    Peripheral,
    Sent,
    Service,
    characteristic,
    full_uuid,
    service,
)
from hardware_sim.trackers import BLOCK_S, SENDS, Worn, battery_percent, seconds

Item = tuple[float, bytes | None]
"""When in s, and what is sent; None: nothing is, but time has come so far. Every flow says so at least each minute."""
Source = Callable[[float], Iterator[Item]]
"""Starts a flow at an instant in s."""


class _Flow:
    """One flow that runs, with the item that comes next."""

    __slots__ = ("_characteristic", "_items", "_next")

    def __init__(self, characteristic: Characteristic, items: Iterator[Item]) -> None:
        self._characteristic, self._items = characteristic, items
        self._next = next(items, None)

    def take(self, from_s: float, to_s: float) -> Iterator[Sent]:
        """Yield what is sent in a stretch of time; what lies before it is gone."""
        while self._next is not None and self._next[0] < to_s:
            t_s, payload = self._next
            if payload is not None and t_s >= from_s:
                yield Sent(t_s, self._characteristic, payload)
            self._next = next(self._items, None)


class TrackerFirmware(Peripheral):
    """A tracker on a body. Subclasses describe their table and say what flows where."""

    def __init__(
        self, wearing: Wearing, services: Sequence[Service], advertised: Advertised, *, mtu: int = 247
    ) -> None:
        tracker = wearing.tracker
        super().__init__(
            tracker.name, services, address=tracker.address or None, advertised=advertised, mtu=mtu
        )  # fmt: skip
        self.wearing = wearing
        self.subscriptions: set[str] = set()
        """UUIDs that the client is subscribed to."""
        self._sources: dict[str, Source] = {}
        self._flows: dict[Hashable, _Flow] = {}
        self._asked_s = 0.0
        self._readers: dict[str, Callable[[float], bytes]] = {}
        self._takers: dict[str, Callable[[bytes, float], None]] = {}

    @property
    def clock(self) -> DeviceClock:
        """Return the tracker's clocks."""
        return self.worn().clock

    def worn(self, until_s: float = 0.0) -> Worn:
        """Return what the tracker measures up to an instant in s at least."""
        return self.wearing.worn(until_s)

    def soon(self, now_s: float) -> float:
        """Return when a flow asked for at an instant in s can begin: what comes before the radio has already."""
        return max(now_s, self._asked_s)

    # ── what subclasses say ────────────────────────────────────────────────────────────────────────────────────

    def flows(self, uuid: str, source: Source) -> None:
        """Send what a source gives while the client is subscribed to a characteristic."""
        self._sources[full_uuid(uuid)] = source

    def sends(self, uuid: str, sender: str) -> None:
        """Send what a sender of `trackers.SENDS` gives while the client is subscribed."""
        self.flows(uuid, lambda from_s: blocks(self.wearing, sender, from_s))

    def answers(self, uuid: str, reader: Callable[[float], bytes]) -> None:
        """Answer reading a characteristic with what a function of the instant in s gives."""
        self._readers[full_uuid(uuid)] = reader

    def takes(self, uuid: str, taker: Callable[[bytes, float], None]) -> None:
        """Hand what is written to a characteristic to a function; it may raise AttError."""
        self._takers[full_uuid(uuid)] = taker

    def start(self, key: Hashable, uuid: str, items: Iterable[Item]) -> None:
        """Start a flow that a control point asked for; one with the same key is replaced."""
        self._flows[key] = _Flow(self.find(uuid), iter(items))

    def stop(self, key: Hashable) -> None:
        """Stop a flow, where it runs."""
        self._flows.pop(key, None)

    def set_battery(self, percent: float) -> None:
        level = full_uuid("2A19")
        for kept in (self._readers, self._sources, self._flows):
            kept.pop(level, None)
        super().set_battery(percent)

    # ── what a link asks ───────────────────────────────────────────────────────────────────────────────────────

    def read(self, characteristic: Characteristic, now_s: float) -> bytes:
        reader = self._readers.get(characteristic.uuid)
        return characteristic.value if reader is None else reader(now_s)

    def write(self, characteristic: Characteristic, value: bytes, now_s: float) -> None:
        taker = self._takers.get(characteristic.uuid)
        if taker is None:
            super().write(characteristic, value, now_s)
        else:
            taker(value, now_s)

    def subscribed(self, characteristic: Characteristic, on: bool, now_s: float) -> None:
        uuid = characteristic.uuid
        (self.subscriptions.add if on else self.subscriptions.discard)(uuid)
        if on and uuid in self._sources:
            self.start(uuid, uuid, self._sources[uuid](self.soon(now_s)))
        elif not on:
            self.stop(uuid)

    def unlinked(self, now_s: float) -> None:
        self._flows.clear()
        self.subscriptions.clear()
        self._asked_s = 0.0

    def packets(self, from_s: float, to_s: float) -> Iterable[Sent]:
        self._asked_s = to_s
        sent = [one for flow in list(self._flows.values()) for one in flow.take(from_s, to_s)]
        sent.sort(key=lambda one: one.t_s)
        return sent

    def meet(self, fault: object) -> None:
        self.wearing.faults.append(fault)  # type: ignore[arg-type]


def blocks(wearing: Wearing, sender: str, from_s: float) -> Iterator[Item]:
    """Yield what a sender of `trackers.SENDS` gives from an instant in s on, without end."""
    block = int(from_s // BLOCK_S)
    while True:
        worn = wearing.worn((block + 1) * BLOCK_S)
        for t_s, _, payload in SENDS[sender](worn, block * BLOCK_S, (block + 1) * BLOCK_S):
            if t_s >= from_s:
                yield t_s, payload
        block += 1
        yield block * BLOCK_S, None


def each_second(one: TrackerFirmware, payload: Callable[[Worn, int, float], bytes | None]) -> Source:
    """Return a source that sends a payload of (worn, row, instant in s) once a second, unless it is None."""

    def source(from_s: float) -> Iterator[Item]:
        until_s = from_s
        while True:
            begin_s, until_s = until_s, until_s + BLOCK_S
            worn = one.worn(until_s)
            for row, at_s in seconds(worn, begin_s, until_s):
                yield at_s, payload(worn, row, at_s)

    return source


def row_of(worn: Worn, now_s: float) -> int:
    """Return the row of the latest second that is measured at an instant in s."""
    return max(0, min(int(now_s - worn.phase_s), len(worn.truth.t_s) - 1))


def identity(tracker_name: str) -> str:
    """Return eight hexadecimal digits that always belong to a tracker of this name: its serial number."""
    return f"{zlib.crc32(tracker_name.encode()):08X}"


def device_information(maker: str, model: str, tracker_name: str, firmware: str, hardware: str = "1.0") -> Service:
    """Return the Device Information service (0x180A) of a tracker."""
    values = (
        ("2A29", maker),
        ("2A24", model),
        ("2A25", identity(tracker_name)),
        ("2A27", hardware),
        ("2A26", firmware),
        ("2A28", firmware),
    )
    system = bytes.fromhex(identity(tracker_name))[::-1]
    return service(
        "180A",
        *(characteristic(uuid, "read", text.encode()) for uuid, text in values),
        characteristic("2A23", "read", system[:3] + b"\xfe\xff" + system[1:]),
    )


def battery_service() -> Service:
    """Return the Battery service (0x180F)."""
    return service("180F", characteristic("2A19", "read,notify"))


def serve_battery(one: TrackerFirmware) -> None:
    """Let a tracker answer and send its battery's level."""
    one.answers("2A19", lambda now_s: gatt.battery(battery_percent(one.worn(now_s), now_s)))
    one.sends("2A19", "battery")


def current_time_service(*, writable: bool = True) -> Service:
    """Return the Current Time service (0x1805)."""
    return service("1805", characteristic("2A2B", "read,write,notify" if writable else "read,notify"))


def serve_current_time(one: TrackerFirmware) -> None:
    """Let a tracker answer what its calendar says; the adjust reason is 0."""
    one.answers("2A2B", lambda now_s: gatt.current_time(one.clock.calendar_s(now_s)))


def unix_of(value: bytes) -> float | None:
    """Return the Unix time in s of a Date Time field (seven bytes, UTC), None where no such date exists."""
    year, month, day, hour, minute, second = struct.unpack_from("<HBBBBB", value)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
    except ValueError:
        return None
