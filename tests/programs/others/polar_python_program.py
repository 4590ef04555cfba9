"""Every stream of a Polar strap with polar-python."""

import asyncio

from bleak import BleakScanner
from polar_python import PolarDevice


async def main() -> None:
    device = await BleakScanner.find_device_by_filter(lambda one, _: "Polar" in (one.name or ""), timeout=5)
    async with PolarDevice(device) as polar:
        for feature in await polar.get_available_features():
            print(feature.name, await polar.request_stream_settings(feature))
        await polar.start_acc_stream(lambda frame: print("acc", len(frame.data)), 50, 16, 4)
        await polar.start_ecg_stream(lambda frame: print("ecg", len(frame.data)), 130, 14)
        await polar.start_hr_stream(lambda beat: print("hr", beat.heartrate, beat.rr_intervals))
        await asyncio.sleep(4)
        await polar.stop_acc_stream()
        await polar.stop_ecg_stream()
        await polar.stop_hr_stream()


asyncio.run(main())
