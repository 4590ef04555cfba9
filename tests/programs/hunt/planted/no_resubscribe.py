"""Planted: connects again, but subscribes only the first time."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bleak import BleakClient
from steady import Tracker, main


class Forgetful(Tracker):
    silence_s = 1e9
    done = False

    async def subscribe(self, client: BleakClient) -> None:
        if not self.done:
            await super().subscribe(client)
            self.done = True


main(Forgetful())
