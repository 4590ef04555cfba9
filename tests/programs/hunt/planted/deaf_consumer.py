"""Planted: the task that shows values ends at the first packet that it cannot read."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio

from steady import Tracker, until_interrupted


class Queued(Tracker):
    def __init__(self) -> None:
        super().__init__()
        self.queue: asyncio.Queue[bytes] = asyncio.Queue()

    def read(self, payload: bytes) -> float | None:
        self.queue.put_nowait(payload)
        return None

    async def consume(self) -> None:
        while (value := super().read(await self.queue.get())) is not None:
            self.show(value)
        print("cannot read this", file=sys.stderr)
        await asyncio.Event().wait()


strap = Queued()
asyncio.run(until_interrupted(strap.run(), strap.consume()))
