"""Print the heart rate of the first chest strap in reach: an ordinary bleak program, which knows of no simulator.

    kadenz sim run -- python hardware_sim/examples/heart_rate.py

The rule of this file: nothing in it is there for the simulator; with a Bluetooth adapter and a strap it does the same.
"""

from __future__ import annotations

import asyncio
import sys

from bleak import BleakClient, BleakScanner

HEART_RATE_SERVICE = "0000180d-0000-1000-8000-00805f9b34fb"
HEART_RATE = "00002a37-0000-1000-8000-00805f9b34fb"
BATTERY = "00002a19-0000-1000-8000-00805f9b34fb"


def shown(_: object, payload: bytearray) -> None:
    """Print one Heart Rate Measurement (0x2A37)."""
    wide = payload[0] & 1
    print(f"{int.from_bytes(payload[1:3], 'little') if wide else payload[1]} bpm", flush=True)


async def main(seconds: float) -> int:
    """Watch a strap for so many s; return 1 where there is none."""
    strap = await BleakScanner.find_device_by_filter(lambda _, seen: HEART_RATE_SERVICE in seen.service_uuids)
    if strap is None:
        print("no chest strap in reach", file=sys.stderr)
        return 1
    async with BleakClient(strap) as client:
        print(f"{strap.name}: battery {(await client.read_gatt_char(BATTERY))[0]} %", flush=True)
        await client.start_notify(HEART_RATE, shown)
        await asyncio.sleep(seconds)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)))
