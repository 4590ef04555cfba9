"""Planted: no deadline on subscribing; a tracker that does not answer holds it for ever."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bleak import BleakClient
from steady import Tracker, main


class Patient(Tracker):
    async def subscribe(self, client: BleakClient) -> None:
        await client.start_notify(self.characteristic, self.received)


main(Patient())
