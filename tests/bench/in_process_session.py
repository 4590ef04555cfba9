"""How fast two hours with three trackers run on the in-process route: unmodified bleak code on virtual time.

    python tests/bench/in_process_session.py --hours 2 --scenario three

Every characteristic that can notify is subscribed to, and Polar's streams are started; the program connects again when
a link is lost. Printed: virtual and real time, and what arrived. Part of the real time is the simulator's own: bodies,
sensors and firmware; `--idle` shows the rest by subscribing to nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import time

from bleak import BleakClient, BleakScanner
from bleak.exc import BleakError

from hardware_sim.bleak_backend import Backend, backend_for
from hardware_sim.scenarios import scenario
from hardware_sim.served import radio
from hardware_sim.virtual_loop import run

P8_CONTROL = "04750004-aef1-481c-8965-3125387e2702"
P8_MOTION = bytes.fromhex("01 01 83 07 13")  # start motion, 19.23 ms, 19 rows (docs/p8.md)
PMD_CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"


async def session(name: str, address: str, backend: Backend, end_s: float, counts: collections.Counter[str]) -> None:
    """Stay connected to one tracker until the end, subscribed to everything."""
    loop = asyncio.get_running_loop()
    while loop.time() < end_s:
        try:
            async with BleakClient(address, backend=backend.client) as client:
                await subscribe(name, client, counts)
                while client.is_connected and loop.time() < end_s:
                    await asyncio.sleep(min(5.0, max(0.0, end_s - loop.time())))
        except (BleakError, TimeoutError):
            counts["reconnects"] += 1


async def subscribe(name: str, client: BleakClient, counts: collections.Counter[str]) -> None:
    """Subscribe to all that a tracker sends."""

    def take(_: object, payload: bytearray) -> None:
        counts[name] += 1

    for one in [c for s in client.services for c in s.characteristics]:
        if {"notify", "indicate"} & set(one.properties):
            await client.start_notify(one, take)
    if client.services.get_characteristic(PMD_CONTROL) is not None:
        await start_polar(client)
    if client.services.get_characteristic(P8_CONTROL) is not None:
        await client.write_gatt_char(P8_CONTROL, P8_MOTION, response=True)


async def start_polar(client: BleakClient) -> None:
    """Start every stream that a Polar sensor offers, each with the first of the settings that it names."""
    answers: asyncio.Queue[bytes] = asyncio.Queue()
    await client.stop_notify(PMD_CONTROL)
    await client.start_notify(PMD_CONTROL, lambda _, answer: answers.put_nowait(bytes(answer)))
    features = await client.read_gatt_char(PMD_CONTROL)
    for kind in [bit for bit in range(16) if int.from_bytes(features[1:3], "little") >> bit & 1]:
        await client.write_gatt_char(PMD_CONTROL, bytes([1, kind]), response=True)
        answer = await answers.get()
        if answer[3] == 0:
            await client.write_gatt_char(PMD_CONTROL, bytes([2, kind]) + first_settings(answer[5:]), response=True)
            await answers.get()


def first_settings(offered: bytes) -> bytes:
    """Return one value of each setting of a list of settings: number, count, values."""
    chosen = b""
    while len(offered) >= 2:
        size = 1 if offered[0] == 4 else 2
        chosen += bytes([offered[0], 1]) + offered[2 : 2 + size]
        offered = offered[2 + size * offered[1] :]
    return chosen


def main() -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--scenario", default="default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--idle", action="store_true", help="connect and subscribe to nothing")
    args = parser.parse_args()
    begun_s, begun_cpu_s = time.perf_counter(), time.process_time()
    air = radio(scenario(args.scenario), args.seed)
    backend, counts = backend_for(air), collections.Counter[str]()

    async def program() -> float:
        loop = asyncio.get_running_loop()
        end_s = loop.time() + args.hours * 3600.0
        heard = await BleakScanner.discover(5.0, backend=backend.scanner)
        names = {one.address: one.name for one in air.peripherals}
        if args.idle:
            globals()["subscribe"] = idle
        await asyncio.gather(*(session(names[d.address], d.address, backend, end_s, counts) for d in heard))
        return loop.time()

    virtual_s = run(program())
    real_s, cpu_s = time.perf_counter() - begun_s, time.process_time() - begun_cpu_s
    print(f"{len(air.peripherals)} trackers, {virtual_s / 3600.0:.2f} h of virtual time", end=" ")
    print(f"in {real_s:.2f} s ({cpu_s:.2f} s CPU)", end="; ")
    print(f"{sum(counts.values())} notifications ({sum(counts.values()) / cpu_s:,.0f} per s of CPU)")
    for name, count in sorted(counts.items()):
        print(f"  {name:<12} {count:>8}  {count / virtual_s:6.2f} per s")


async def idle(name: str, client: BleakClient, counts: collections.Counter[str]) -> None:
    """Subscribe to nothing."""


if __name__ == "__main__":
    main()
