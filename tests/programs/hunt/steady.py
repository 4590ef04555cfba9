"""A small bleak program that survives what radios do; the programs beside it each differ from it in one thing.

It finds a tracker by its service, connects, subscribes and prints one line for each notification. It keeps a deadline
on everything, notices silence, connects again after every loss, drops what comes twice and does not believe nonsense.
"""

from __future__ import annotations

import asyncio
import calendar
import contextlib
import signal
import struct
import sys
import time
from collections.abc import Coroutine

from bleak import BleakClient, BleakScanner
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import BleakError

PASSING = (BleakError, TimeoutError, OSError, EOFError)


def uuid16(short: str) -> str:
    return f"0000{short}-0000-1000-8000-00805f9b34fb"


class Tracker:
    """Heart rate by default; a subclass names another service and reads other bytes."""

    service = uuid16("180d")
    characteristic = uuid16("2a37")
    silence_s = 3.0
    op_s = 2.0

    def __init__(self) -> None:
        self.heard_s = 0.0
        self.last = (0.0, b"")
        self.count = 0

    async def run(self) -> None:
        """Connect again and again, with a growing pause, until cancelled."""
        pause_s = 0.2
        while True:
            try:
                device = await self.find()
                if device is not None:
                    await self.session(device)
                    pause_s = 0.2
            except PASSING as error:
                print(f"trying again: {error!r}", file=sys.stderr)
            await asyncio.sleep(pause_s)
            pause_s = min(1.0, 2.0 * pause_s)

    def wanted(self, device: BLEDevice, advertisement: AdvertisementData) -> bool:
        return self.service in advertisement.service_uuids

    async def find(self) -> BLEDevice | None:
        return await BleakScanner.find_device_by_filter(self.wanted, timeout=3.0)

    async def session(self, device: BLEDevice) -> None:
        """One connection, until it is lost or silent."""
        lost = asyncio.Event()
        client = BleakClient(device, disconnected_callback=lambda _: lost.set())
        try:
            async with asyncio.timeout(5.0):
                await client.connect()
            lost.clear()
            await self.subscribe(client)
            self.heard_s = time.monotonic()
            await self.listen(client, lost)
        finally:
            with contextlib.suppress(*PASSING):
                async with asyncio.timeout(self.op_s):
                    await client.disconnect()
            self.gone()

    async def subscribe(self, client: BleakClient) -> None:
        async with asyncio.timeout(self.op_s):
            await client.start_notify(self.characteristic, self.received)

    async def listen(self, client: BleakClient, lost: asyncio.Event) -> None:
        while client.is_connected and not lost.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.3):
                    await lost.wait()
            if time.monotonic() - self.heard_s > self.silence_s:
                raise TimeoutError("the tracker is silent")

    def gone(self) -> None:
        print("no signal", flush=True)

    def received(self, characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        now_s, payload = time.monotonic(), bytes(data)
        self.heard_s = now_s
        if payload == self.last[1] and now_s - self.last[0] < 0.1:
            return
        self.last = (now_s, payload)
        value = self.read(payload)
        if value is not None:
            self.count += 1
            self.show(value)

    def read(self, payload: bytes) -> float | None:
        """Return beats/min, None for bytes that no heart can have sent."""
        if len(payload) < 2 or (payload[0] & 1 and len(payload) < 3):
            return None
        bpm = payload[1] | payload[2] << 8 if payload[0] & 1 else payload[1]
        return float(bpm) if 60 <= bpm <= 215 else None

    def show(self, value: float) -> None:
        print(f"heart rate {value:.0f} beats/min", flush=True)


class Running(Tracker):
    """Steps per minute of a watch or foot pod."""

    service = uuid16("1819")
    characteristic = uuid16("2a53")

    def read(self, payload: bytes) -> float | None:
        if len(payload) < 4:
            return None
        _, speed, cadence = struct.unpack_from("<BHB", payload)
        return 2.0 * cadence if 40 <= cadence <= 120 and speed < 256 * 8 else None

    def show(self, value: float) -> None:
        print(f"cadence {value:.0f} steps/min", flush=True)


class Watch(Tracker):
    """A watch that tells its own time with every position."""

    service = uuid16("1819")
    characteristic = uuid16("2a67")

    def read(self, payload: bytes) -> float | None:
        """Return the watch's own time in s, None without a valid one."""
        if len(payload) < 2:
            return None
        flags = int.from_bytes(payload[:2], "little")
        sizes = ((1, 2), (2, 3), (4, 8), (8, 3), (16, 2), (32, 1))
        at = 2 + sum(size for flag, size in sizes if flags & flag)
        if not flags & 64 or len(payload) != at + 7:
            return None
        year, *rest = struct.unpack_from("<HBBBBB", payload, at)
        month, day, hour, minute, second = rest
        if not (2000 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60):
            return None
        return float(calendar.timegm((year, month, day, hour, minute, second)))


async def until_interrupted(*programs: Coroutine[object, object, None]) -> None:
    """Run side by side until Ctrl-C, then end in order."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    running = [asyncio.ensure_future(one) for one in programs]
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait([*running, stopping], return_when=asyncio.FIRST_COMPLETED)
    for task in (*running, stopping):
        task.cancel()
    results = await asyncio.gather(*running, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


def main(*trackers: Tracker) -> None:
    asyncio.run(until_interrupted(*(tracker.run() for tracker in trackers)))
