"""Planted: the number of values counts what came twice."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bleak.backends.characteristic import BleakGATTCharacteristic
from steady import Tracker, main


class Counting(Tracker):
    total = 0

    def received(self, characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        self.total += 1
        super().received(characteristic, data)

    def show(self, value: float) -> None:
        print(f"value {self.total}: {value:.0f} beats/min", flush=True)


main(Counting())
