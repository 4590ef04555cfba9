"""Heart rate with bleak-py, a binding of btleplug: a BlueZ client in Rust that shares nothing with bleak.

It ends without the interpreter's own end: bleak-py 0.1.20 leaves threads that call into Python, and one of them aborts
the process now and then where the interpreter is already going (13 of 72 runs on a busy machine).
"""

import asyncio
import os

import bleak_py

HEART, MODEL = "00002a37-0000-1000-8000-00805f9b34fb", "00002a24-0000-1000-8000-00805f9b34fb"


async def main() -> None:
    found = await bleak_py.find_device_by_name("Polar H10 E79BCD2D", timeout=5)
    print("found", found.address(), await found.rssi())
    await found.connect()
    print("model", bytes(await found.read_gatt_char(MODEL)).decode())

    async def beat(_: str, payload: bytes) -> None:
        print("beat", bytes(payload).hex())

    await found.start_notify(HEART, beat)
    await asyncio.sleep(4)
    await found.stop_notify(HEART)
    await found.disconnect()
    print("connected", await found.is_connected())


asyncio.run(main())
os._exit(0)
