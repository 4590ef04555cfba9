"""Planted: every connection adds one more listener to the list."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bleak import BleakClient
from steady import Tracker, main


class Listeners(Tracker):
    def __init__(self) -> None:
        super().__init__()
        self.listeners = []

    async def subscribe(self, client: BleakClient) -> None:
        self.listeners.append(super().show)
        await super().subscribe(client)

    def show(self, value: float) -> None:
        for listener in self.listeners:
            listener(value)


main(Listeners())
