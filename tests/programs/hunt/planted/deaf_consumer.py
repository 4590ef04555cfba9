"""Planted: the task that shows values ends at the first packet that it cannot read."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio

from bleak.backends.characteristic import BleakGATTCharacteristic
from steady import Tracker, until_interrupted


class Queued(Tracker):
    def __init__(self) -> None:
        super().__init__()
        self.queue: asyncio.Queue[bytearray] = asyncio.Queue()

    def received(self, characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        super().received(characteristic, bytearray())
        self.queue.put_nowait(data)

    async def consume(self) -> None:
        while (value := self.read(bytes(await self.queue.get()))) is not None:
            self.show(value)
        print("cannot read this", file=sys.stderr)
        await asyncio.Event().wait()


strap = Queued()
asyncio.run(until_interrupted(strap.run(), strap.consume()))
