"""Planted: tries again at once, for as long as it takes."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bleak.backends.device import BLEDevice
from steady import PASSING, Tracker, main


class Hasty(Tracker):
    async def run(self) -> None:
        device: BLEDevice | None = None
        while True:
            try:
                device = device or await self.find()
                if device is not None:
                    await self.session(device)
            except PASSING:
                continue

    def gone(self) -> None:
        pass


main(Hasty())
