"""How much the virtual BlueZ brings to a plain bleak program: python tests/bench/radio_throughput.py [RATE] [SECONDS].

The radio runs in a process of its own (`--serve`), the client is unmodified bleak here. Each notification carries its
number and the instant at which the tracker sent it (CLOCK_MONOTONIC, one for all processes). Prints the start time of
the private bus with the facade (imports excluded), then one line per route and size: offered, delivered, lost, out of
order, latency p50 and p99, and CPU of each process. Exit code 1 when StartNotify lost or disordered anything; a socket
of AcquireNotify loses what its client does not fetch in time, as bluetoothd's does.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import statistics
import struct
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

STAMP = struct.Struct("<Id")
STREAM, CONTROL = "0000f001-0000-1000-8000-00805f9b34fb", "0000f002-0000-1000-8000-00805f9b34fb"
ORDER = struct.Struct("<III")  # payload in bytes, notifications/s, how many
BURST_S = 0.001
ROUTES = {"StartNotify": {"use_start_notify": True}, "AcquireNotify": {"use_start_notify": False}}


# ── the side of the tracker ────────────────────────────────────────────────────────────────────────────────────


async def serve() -> None:
    """Start the virtual BlueZ several times for the start time, then serve until stdin ends."""
    from hardware_sim.bluez import VirtualBlueZ

    took_ms = []
    for _ in range(9):
        radio = _radio()
        begun = time.perf_counter()
        async with VirtualBlueZ(radio):
            took_ms.append(1e3 * (time.perf_counter() - begun))
    async with VirtualBlueZ(_radio()) as bluez:
        told = {
            "environment": dict(bluez.environment),
            "start_ms": [statistics.median(took_ms), max(took_ms)],
            "pids": [os.getpid(), bluez.bus_pid],
        }
        print(json.dumps(told), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


def _radio():  # type: ignore[no-untyped-def]
    from hardware_sim.link_model import ideal
    from hardware_sim.peripheral import Peripheral, characteristic, service
    from hardware_sim.radio import Radio

    tracker = Peripheral(
        "firehose", [service("F000", characteristic("F001", "notify"), characteristic("F002", "write"))]
    )
    radio = Radio([tracker], link=ideal())
    tracker.on_write(CONTROL, lambda order: _Stream(radio, tracker, *ORDER.unpack(order)).send())
    return radio


class _Stream:
    """Sends numbered and stamped notifications at a rate, in bursts of a millisecond."""

    def __init__(self, radio, tracker, size: int, rate_hz: int, count: int) -> None:  # type: ignore[no-untyped-def]
        self._radio, self._tracker, self._size, self._rate_hz, self._count = radio, tracker, size, rate_hz, count
        self._sent, self._begun_s = 0, time.monotonic()

    def send(self) -> None:
        """Send what is due, and come again."""
        due = min(self._count, int((time.monotonic() - self._begun_s) * self._rate_hz) + 1)
        for number in range(self._sent, due):
            self._tracker.send(STREAM, STAMP.pack(number, time.monotonic()).ljust(self._size, b"."))
        self._sent = due
        if due < self._count:
            self._radio.schedule.after(BURST_S, self.send)


# ── the side of the program ────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Received:
    """What came in."""

    numbers: list[int] = field(default_factory=list)
    latency_s: list[float] = field(default_factory=list)

    def take(self, _: object, payload: bytearray) -> None:
        """Take a notification, as a bleak call-back."""
        number, sent_s = STAMP.unpack_from(payload)
        self.latency_s.append(time.monotonic() - sent_s)
        self.numbers.append(number)


async def measure(route: str, size: int, rate_hz: int, seconds: float) -> Received:
    """Return what an unmodified bleak client receives."""
    from bleak import BleakClient, BleakScanner

    found = await BleakScanner.find_device_by_name("firehose", timeout=10.0)
    assert found is not None
    received, count = Received(), int(rate_hz * seconds)
    async with BleakClient(found) as client:
        await client.start_notify(STREAM, received.take, bluez=ROUTES[route])  # type: ignore[arg-type]
        await client.write_gatt_char(CONTROL, ORDER.pack(size, rate_hz, count), response=True)
        deadline_s = time.monotonic() + seconds + 5.0
        while len(received.numbers) < count and time.monotonic() < deadline_s:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.1)
    return received


def cpu_s(pid: int) -> float:
    """Return the CPU time in s that a process has used (proc(5))."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


async def main(rate_hz: int, seconds: float) -> int:
    """Measure every route and size; 1 when StartNotify lost or disordered anything."""
    served = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--serve", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert served.stdout is not None and served.stdin is not None
    told = json.loads(await served.stdout.readline())
    os.environ.update(told["environment"])
    print(f"start of bus and facade: median {told['start_ms'][0]:.0f} ms, max {told['start_ms'][1]:.0f} ms of 9")
    print(f"{'route':<14} {'bytes':>5} {'offered/s':>9} {'delivered':>9} {'lost':>5} {'disorder':>8} "
          f"{'p50 ms':>7} {'p99 ms':>7}   CPU % client/server/daemon")  # fmt: skip
    bad = 0
    for route in ROUTES:
        for size in (20, 244):
            before = [cpu_s(pid) for pid in (os.getpid(), *told["pids"])]
            received = await measure(route, size, rate_hz, seconds)
            spent = [cpu_s(pid) - b for pid, b in zip((os.getpid(), *told["pids"]), before, strict=True)]
            bad += _report(route, size, rate_hz, seconds, received, spent)
    served.stdin.close()
    await served.wait()
    return 1 if bad else 0


def _report(route: str, size: int, rate_hz: int, seconds: float, received: Received, spent: list[float]) -> int:
    count, numbers = int(rate_hz * seconds), received.numbers
    lost = count - len(set(numbers))
    disorder = sum(later <= earlier for earlier, later in itertools.pairwise(numbers))
    ranks = sorted(received.latency_s)
    p50, p99 = (1e3 * ranks[int(share * (len(ranks) - 1))] for share in (0.5, 0.99))
    cpu = "/".join(f"{100.0 * used / seconds:.0f}" for used in spent)
    print(
        f"{route:<14} {size:>5} {rate_hz:>9} {len(numbers):>9} {lost:>5} {disorder:>8} {p50:>7.2f} {p99:>7.2f}   {cpu}"
    )
    return lost + disorder if route == "StartNotify" else disorder


if __name__ == "__main__":
    if "--serve" in sys.argv:
        asyncio.run(serve())
        sys.exit(0)
    numbers = [float(word) for word in sys.argv[1:]]
    sys.exit(asyncio.run(main(int(numbers[0]) if numbers else 5000, numbers[1] if len(numbers) > 1 else 4.0)))
