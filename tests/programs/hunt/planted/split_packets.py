"""Planted: a measurement comes in two parts; the parts are strung together as they come, lost ones too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import struct

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from steady import Tracker, main

ROWS = 8
WHOLE = 4 + ROWS * 9 * 4


class Motion(Tracker):
    """Acceleration, turning and field at 104 Hz from a Movesense sensor, by its GATT SensorData Protocol."""

    service = "34802252-7185-4d5d-b431-630e7050e8f0"
    characteristic = "34800002-7185-4d5d-b431-630e7050e8f0"
    write = "34800001-7185-4d5d-b431-630e7050e8f0"
    whole = b""

    async def subscribe(self, client: BleakClient) -> None:
        self.whole = b""
        await super().subscribe(client)
        await client.write_gatt_char(self.write, b"\x01\x63/Meas/IMU9/104", response=True)

    def received(self, characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        if len(data) > 2 and data[0] in (2, 3) and data[1] == 0x63:
            super().received(characteristic, data)

    def read(self, payload: bytes) -> float | None:
        self.whole += payload[2:]
        if len(self.whole) < WHOLE:
            return None
        rows, self.whole = self.whole[4:WHOLE], self.whole[WHOLE:]
        values = struct.unpack(f"<{ROWS * 9}f", rows)
        return max(abs(value) for value in values[: 3 * ROWS])

    def show(self, value: float) -> None:
        print(f"peak {value:.2f} m/s2", flush=True)


main(Motion())
