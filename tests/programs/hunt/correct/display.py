"""Correct: a display that is drawn on a timer and says so when the value is old."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio
import time

from steady import Tracker, until_interrupted


class Display(Tracker):
    value, at_s = 0.0, float("-inf")

    def show(self, value: float) -> None:
        self.value, self.at_s = value, time.monotonic()

    async def draw(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            fresh = time.monotonic() - self.at_s < 3.0
            print(f"pulse {self.value:.0f}" if fresh else "pulse --", flush=True)


strap = Display()
asyncio.run(until_interrupted(strap.run(), strap.draw()))
