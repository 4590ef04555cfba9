"""bleakheart against a Polar strap: battery, beats, what it measures, and three frames of acceleration."""

import asyncio
import json

from bleak import BleakClient, BleakScanner
from bleakheart import BatteryLevel, HeartRate, PolarMeasurementData


async def main() -> None:
    device = await BleakScanner.find_device_by_filter(lambda one, _: "polar" in (one.name or "").lower(), timeout=10)
    assert device is not None
    beats: asyncio.Queue[tuple[object, ...]] = asyncio.Queue()
    frames: asyncio.Queue[tuple[object, ...]] = asyncio.Queue()
    async with BleakClient(device) as client:
        level = await BatteryLevel(client).read()
        heart = HeartRate(client, queue=beats, unpack=False)
        await heart.start_notify()
        polar = PolarMeasurementData(client, acc_queue=frames)
        kinds = await polar.available_measurements()
        settings = await polar.available_settings("ACC")
        code, text, _ = await polar.start_streaming("ACC", sample_rate=settings["SAMPLE_RATE"][-1])
        got = [await asyncio.wait_for(frames.get(), 20) for _ in range(3)]
        beat = await asyncio.wait_for(beats.get(), 20)
        await polar.stop_streaming("ACC")
        await heart.stop_notify()
    samples = [len(frame[2]) for frame in got]  # type: ignore[arg-type]
    said = {"battery": level, "kinds": kinds, "start": [code, text], "samples": samples, "beat": beat[:1]}
    print(json.dumps(said))


asyncio.run(main())
