"""Planted: takes it for granted that the characteristic is always there."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bleak import BleakClient
from bleak.exc import BleakError
from steady import Tracker, main


class Assuming(Tracker):
    async def subscribe(self, client: BleakClient) -> None:
        found = client.services.get_characteristic(self.characteristic)
        if found is None:
            raise AttributeError(f"no characteristic {self.characteristic}")
        await super().subscribe(client)


assert not issubclass(AttributeError, BleakError)
main(Assuming())
