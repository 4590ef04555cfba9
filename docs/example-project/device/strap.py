"""A chest strap over bleak: it is found, read, and found again when it was away."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable

from bleak import BleakClient, BleakScanner
from bleak.exc import BleakError

SERVICE = "0000180d-0000-1000-8000-00805f9b34fb"
MEASUREMENT = "00002a37-0000-1000-8000-00805f9b34fb"
CONTROL_POINT = "00002a39-0000-1000-8000-00805f9b34fb"


def decoded(payload: bytes) -> tuple[int, bool] | None:
    """Return (beats/min, skin contact) of a Heart Rate Measurement, None where it is broken."""
    try:
        flags = payload[0]
        bpm = struct.unpack_from("<H", payload, 1)[0] if flags & 1 else payload[1]
    except (IndexError, struct.error):
        return None
    return bpm, flags & 0b110 != 0b100


async def watch(take: Callable[[int, bool], None], stop: asyncio.Event) -> None:
    """Hand every measurement to `take` until `stop` is set; lost straps are looked for again."""
    while not stop.is_set():
        strap = await BleakScanner.find_device_by_filter(lambda _, seen: SERVICE in seen.service_uuids, timeout=5.0)
        if strap is None:
            continue
        try:
            await _stay(strap, take, stop)
        except (BleakError, TimeoutError):
            await asyncio.sleep(0.2)


async def _stay(strap: object, take: Callable[[int, bool], None], stop: asyncio.Event) -> None:
    gone = asyncio.Event()

    def measured(_: object, payload: bytearray) -> None:
        if (one := decoded(bytes(payload))) is not None:
            take(*one)

    async with BleakClient(strap, lambda _: gone.set()) as client:  # type: ignore[arg-type]
        gone.clear()
        if client.services.get_characteristic(CONTROL_POINT) is not None:
            await client.write_gatt_char(CONTROL_POINT, b"\x01", response=True)  # begin to count energy at zero
        await client.start_notify(MEASUREMENT, measured)
        ends = [asyncio.create_task(event.wait()) for event in (gone, stop)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for one in ends:
            one.cancel()
