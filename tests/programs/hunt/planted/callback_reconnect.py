"""Planted: connects again from the call-back that tells of the loss, beside the loop that does the same."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio

from bleak import BleakClient
from bleak.backends.device import BLEDevice
from steady import Tracker, main


class Eager(Tracker):
    async def session(self, device: BLEDevice) -> None:
        lost = asyncio.Event()

        def on_loss(client: BleakClient) -> None:
            lost.set()
            self.again = asyncio.ensure_future(client.connect())

        client = BleakClient(device, disconnected_callback=on_loss)
        async with asyncio.timeout(5.0):
            await client.connect()
        lost.clear()
        await self.subscribe(client)
        await lost.wait()
        self.gone()


main(Eager())
