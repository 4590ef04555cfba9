"""Correct: the same with bleak-retry-connector, counting what came."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio
import contextlib
import time

from bleak import BleakClient
from bleak.backends.device import BLEDevice
from bleak_retry_connector import BLEAK_RETRY_EXCEPTIONS, BleakClientWithServiceCache, establish_connection
from steady import PASSING, Tracker, main


class Retrying(Tracker):
    async def session(self, device: BLEDevice) -> None:
        lost = asyncio.Event()
        async with asyncio.timeout(8.0):
            client: BleakClient = await establish_connection(
                BleakClientWithServiceCache, device, "strap", disconnected_callback=lambda _: lost.set()
            )
        try:
            lost.clear()
            await self.subscribe(client)
            self.heard_s = time.monotonic()
            await self.listen(client, lost)
        except BLEAK_RETRY_EXCEPTIONS as error:
            raise TimeoutError(str(error)) from error
        finally:
            with contextlib.suppress(*PASSING):
                async with asyncio.timeout(self.op_s):
                    await client.disconnect()
            self.gone()

    def show(self, value: float) -> None:
        print(f"{self.count} values, now {value:.0f} beats/min", flush=True)


main(Retrying())
