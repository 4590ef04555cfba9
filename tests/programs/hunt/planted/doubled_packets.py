"""Planted: shows a notification as often as it is delivered."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bleak.backends.characteristic import BleakGATTCharacteristic
from steady import Tracker, main


class Believing(Tracker):
    def received(self, characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        self.last = (0.0, b"")
        super().received(characteristic, data)


main(Believing())
