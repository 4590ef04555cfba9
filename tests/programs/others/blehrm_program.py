"""Intervals between beats with blehrm."""

import asyncio

from bleak import BleakScanner
from blehrm import blehrm


async def main() -> None:
    devices = await BleakScanner.discover(2.0)
    blehrm.print_supported_devices(devices)
    client = blehrm.create_client(next(one for one in devices if (one.name or "").startswith("Polar")))
    await client.connect()
    await client.get_device_info()
    await client.print_device_info()
    await client.start_ibi_stream(callback=lambda beat: print("ibi", beat[1]))
    await asyncio.sleep(4)
    await client.stop_ibi_stream()
    await client.disconnect()


asyncio.run(main())
