"""Planted: takes a lost link for the end of the run."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bleak.backends.device import BLEDevice
from steady import Tracker, main


class Ending(Tracker):
    async def session(self, device: BLEDevice) -> None:
        await super().session(device)
        sys.exit("run finished")


main(Ending())
