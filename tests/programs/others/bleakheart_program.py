"""Heart rate, battery and acceleration of a Polar strap with bleakheart, as its examples do it."""

import asyncio

from bleak import BleakClient, BleakScanner
from bleakheart import BatteryLevel, HeartRate, PolarMeasurementData


async def main() -> None:
    device = await BleakScanner.find_device_by_filter(lambda one, _: "polar" in (one.name or "").lower(), timeout=5)
    async with BleakClient(device) as client:
        print("battery", await BatteryLevel(client).read())
        heart = HeartRate(client, callback=print, instant_rate=True, unpack=True)
        await heart.start_notify()
        polar = PolarMeasurementData(client, callback=lambda frame: print(frame[0], len(frame[2])))
        print("measurements", await polar.available_measurements())
        print("settings", await polar.available_settings("ACC"))
        print("started", await polar.start_streaming("ACC", RANGE=2, SAMPLE_RATE=200))
        await asyncio.sleep(4)
        print("stopped", await polar.stop_streaming("ACC"))
        await heart.stop_notify()


asyncio.run(main())
