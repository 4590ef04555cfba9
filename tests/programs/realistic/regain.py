"""A bleak program as anyone writes it: find, connect, pair, read, subscribe; after a loss it comes back."""

import asyncio
import json
import sys

from bleak import BleakClient, BleakScanner
from bleak.exc import BleakError

RATE, BATTERY, MAKER = (f"0000{short}-0000-1000-8000-00805f9b34fb" for short in ("2a37", "2a19", "2a38"))


async def main() -> None:
    device = await BleakScanner.find_device_by_name("Strap", timeout=10)
    assert device is not None
    found: dict[str, object] = {"links": 0}
    got: list[int] = []
    while len(got) < int(sys.argv[1]):
        gone = asyncio.Event()
        try:
            async with BleakClient(device, lambda _, gone=gone: gone.set()) as client:
                found["links"] = int(str(found["links"])) + 1
                found["services"] = sorted(service.uuid[4:8] for service in client.services)
                found["place"] = (await client.read_gatt_char(MAKER)).hex()
                await client.pair()
                found["battery"] = (await client.read_gatt_char(BATTERY)).hex()
                await client.start_notify(RATE, lambda _, value: got.append(int.from_bytes(value, "little")))
                while len(got) < int(sys.argv[1]) and not gone.is_set():
                    await asyncio.sleep(0.05)
        except (BleakError, TimeoutError):
            await asyncio.sleep(0.2)
    print(json.dumps(found | {"numbers": got}))


asyncio.run(main())
