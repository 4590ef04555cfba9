"""Planted: waits at the end for a session that was given up long ago."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio

from bleak.backends.device import BLEDevice
from steady import Tracker, until_interrupted


class Waiting(Tracker):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[asyncio.Event] = []

    async def session(self, device: BLEDevice) -> None:
        ended = asyncio.Event()
        self.open.append(ended)
        await super().session(device)
        ended.set()  # not reached when the session ends with an error


async def program() -> None:
    strap = Waiting()
    await until_interrupted(strap.run())
    for ended in strap.open[:-1]:
        await ended.wait()


asyncio.run(program())
