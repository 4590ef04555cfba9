"""Heart rate and battery with pycycling."""

import asyncio

from bleak import BleakClient, BleakScanner
from pycycling.battery_service import BatteryService
from pycycling.heart_rate_service import HeartRateService


async def main() -> None:
    device = await BleakScanner.find_device_by_filter(lambda one, _: "Polar" in (one.name or ""), timeout=5)
    async with BleakClient(device) as client:
        heart = HeartRateService(client)
        heart.set_hr_measurement_handler(print)
        await heart.enable_hr_measurement_notifications()
        print("battery", await BatteryService(client).get_battery_level())
        await asyncio.sleep(3)
        await heart.disable_hr_measurement_notifications()


asyncio.run(main())
