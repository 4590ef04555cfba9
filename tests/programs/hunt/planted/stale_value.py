"""Planted: a display on a timer that goes on showing the last value."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio

from steady import Tracker, until_interrupted


class Display(Tracker):
    value = 0.0

    def show(self, value: float) -> None:
        self.value = value

    async def draw(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            if self.value:
                print(f"pulse {self.value:.0f}", flush=True)


strap = Display()
asyncio.run(until_interrupted(strap.run(), strap.draw()))
