"""A second implementation of the host's Bluetooth seam: a scripted adapter, for the link in virtual time."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from device.link_central import Advertisement, Characteristic
from device.link_errors import LinkError, LinkReason

HEART = Characteristic(3, "2A37", "180D", frozenset({"notify"}))
BATTERY = Characteristic(6, "2A19", "180F", frozenset({"read", "notify"}))
PRESSURE = Characteristic(12, "2A6D", "181A", frozenset({"notify"}))
MAKER = Characteristic(8, "2A29", "180A", frozenset({"read"}))


@dataclass
class Tracker:
    """One tracker: when it is on the air, what it has, and what goes wrong with it."""

    address: str
    away: list[tuple[float, float]] = field(default_factory=list)
    has: tuple[Characteristic, ...] = (HEART, BATTERY, MAKER)
    period_s: float = 1.0
    connect_errors: list[LinkError] = field(default_factory=list)
    hangs: set[str] = field(default_factory=set)
    """Operations that never end: connect, read, write, subscribe, disconnect, pair."""
    silent: list[tuple[float, float]] = field(default_factory=list)
    needs_bond: bool = False
    pairs: bool = True
    bonds_only: set[str] = field(default_factory=set)
    """Characteristics that want a bond whatever is done."""
    refused: set[str] = field(default_factory=set)
    """Characteristics that answer every request with an error."""
    lost_during_connect: int = 0
    bonded: bool = False
    forgotten: bool = False
    bond_lost_s: float = math.inf
    """When it forgets its bond, while this computer goes on remembering and pairs no more."""
    log: list[str] = field(default_factory=list)
    link: Link | None = None

    def on_air(self, now_s: float) -> bool:
        return not any(a <= now_s < b for a, b in self.away)


class Link:
    """A connection to a scripted tracker."""

    def __init__(self, tracker: Tracker, lost: Callable[[], None]) -> None:
        self.tracker, self.lost = tracker, lost
        self.up = True
        self.heard: dict[int, Callable[[bytes], None]] = {}
        self.sending = asyncio.create_task(self._send())

    def characteristics(self) -> tuple[Characteristic, ...]:
        return self.tracker.has

    async def _operation(self, what: str, one: Characteristic) -> None:
        self.tracker.log.append(f"{what} {one.uuid}")
        if what in self.tracker.hangs:
            await asyncio.Event().wait()
        await asyncio.sleep(0.03)
        if not self.up:
            raise LinkError(LinkReason.LOST)
        if one.uuid in self.tracker.refused:
            raise LinkError(LinkReason.REFUSED)
        if one.uuid in self.tracker.bonds_only:
            raise LinkError(LinkReason.NEEDS_BONDING)
        lost = asyncio.get_running_loop().time() >= self.tracker.bond_lost_s and not self.tracker.forgotten
        if self.tracker.needs_bond and (lost or not self.tracker.bonded) and one.uuid == "2A37":
            raise LinkError(LinkReason.NEEDS_BONDING)

    async def read(self, one: Characteristic) -> bytes:
        await self._operation("read", one)
        return {"2A19": b"\x50", "2A29": b"Kadenz"}.get(one.uuid, b"")

    async def write(self, one: Characteristic, payload: bytes, *, response: bool) -> None:
        await self._operation("write", one)

    async def subscribe(self, one: Characteristic, heard: Callable[[bytes], None]) -> None:
        await self._operation("subscribe", one)
        self.heard[one.handle] = heard

    async def unsubscribe(self, one: Characteristic) -> None:
        await self._operation("unsubscribe", one)

    async def pair(self) -> None:
        self.tracker.log.append("pair")
        if not self.tracker.pairs:
            raise LinkError(LinkReason.FAILED, "pairing failed")
        if asyncio.get_running_loop().time() < self.tracker.bond_lost_s or self.tracker.forgotten:
            self.tracker.bonded = True

    async def disconnect(self) -> None:
        self.tracker.log.append("disconnect")
        if "disconnect" in self.tracker.hangs:
            await asyncio.Event().wait()
        self.drop()

    def drop(self) -> None:
        if self.up:
            self.up = False
            self.sending.cancel()
            self.tracker.link = None
            self.lost()

    async def _send(self) -> None:
        loop, count = asyncio.get_running_loop(), 0
        while True:
            await asyncio.sleep(self.tracker.period_s)
            count += 1
            quiet = any(a <= loop.time() < b for a, b in self.tracker.silent)
            if HEART.handle in self.heard and not quiet:
                self.heard[HEART.handle](bytes([0, 100 + count % 50]))


class ScriptedCentral:
    """An adapter with scripted trackers; `off` are the stretches in which Bluetooth is switched off."""

    def __init__(self, *trackers: Tracker, off: tuple[tuple[float, float], ...] = ()) -> None:
        self.trackers = {tracker.address: tracker for tracker in trackers}
        self.off = off
        self.scanning: asyncio.Task[None] | None = None
        self.connecting = self.most_connecting = 0
        self.scanned_beside = False
        self.supervision_s = 4.0
        self.watching = None
        self.connects: list[tuple[float, str]] = []

    def _check(self) -> None:
        now_s = asyncio.get_running_loop().time()
        if any(a <= now_s < b for a, b in self.off):
            raise LinkError(LinkReason.OFF)

    async def open(self) -> None:
        self._check()
        self.watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        if self.watching is not None:
            self.watching.cancel()

    async def start_scan(self, seen: Callable[[Advertisement], None]) -> None:
        self._check()
        assert self.scanning is None, "two scans"
        self.scanning = asyncio.create_task(self._advertise(seen))

    async def stop_scan(self) -> None:
        if self.scanning is not None:
            self.scanning.cancel()
            self.scanning = None

    async def _advertise(self, seen: Callable[[Advertisement], None]) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(0.1)
            for tracker in self.trackers.values():
                if tracker.on_air(loop.time()) and tracker.link is None:
                    seen(Advertisement(tracker.address, "a tracker", -60.0, ("180D", "180F")))

    async def _watch(self) -> None:
        """Drop the links of trackers that have been away for the supervision timeout, and all when Bluetooth is off."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(0.1)
            now_s = loop.time()
            for tracker in self.trackers.values():
                gone = any(a + self.supervision_s <= now_s < b for a, b in tracker.away)
                if tracker.link is not None and (gone or any(a <= now_s < b for a, b in self.off)):
                    tracker.link.drop()

    async def held(self) -> frozenset[str]:
        return frozenset()

    async def connect(self, address: str, lost: Callable[[], None]) -> Link:
        self._check()
        tracker = self.trackers[address]
        with self._attempt(address):
            if "connect" in tracker.hangs or not tracker.on_air(asyncio.get_running_loop().time()):
                await asyncio.Event().wait()
            await asyncio.sleep(0.12)
            if tracker.connect_errors:
                raise tracker.connect_errors.pop(0)
        tracker.link = Link(tracker, lost)
        return tracker.link

    @contextlib.contextmanager
    def _attempt(self, address: str) -> Iterator[None]:
        self.connects.append((asyncio.get_running_loop().time(), address))
        self.connecting += 1
        self.most_connecting = max(self.most_connecting, self.connecting)
        self.scanned_beside |= self.scanning is not None
        try:
            yield
        finally:
            self.connecting -= 1

    async def forget_services(self, address: str) -> None:
        self.trackers[address].log.append("forget services")

    async def forget_bond(self, address: str) -> None:
        self.trackers[address].log.append("forget bond")
        self.trackers[address].bonded, self.trackers[address].forgotten = False, True
