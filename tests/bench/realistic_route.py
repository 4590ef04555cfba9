"""The realistic route beside the direct one: python tests/bench/realistic_route.py [SECONDS].

One tracker, 244 bytes a notification (MTU 247), an unmodified bleak client over the virtual BlueZ; the radio runs in a
process of its own: the plain radio ("direct") or bumble's host stacks on both sides ("bumble"). Each notification
carries its number and the instant at which the tracker sent it (CLOCK_MONOTONIC). One line per case: connection
interval, packet error rate, offered and delivered per second (delivered: from the first to the last), lost, out of
order, latency p50 and p95, time to connect and to connect again, CPU of client and radio. A case whose offer is beyond
what six packets per event carry shows the capacity; its latency is that of the queue. Exit code 1 when any notification
was lost or came out of order.
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
ORDER = struct.Struct("<II")  # notifications/s, how many
PAYLOAD = 244
BURST_S = 0.001
#: interval in ms (0: no delay at all), packet error rate, offered per s
CASES = ((0.0, 0.0, 1000), (0.0, 0.0, 2000), (30.0, 0.0, 150), (30.0, 0.05, 150), (30.0, 0.1, 150), (7.5, 0.05, 600),
         (30.0, 0.0, 400), (30.0, 0.1, 400), (7.5, 0.0, 1200))  # fmt: skip


async def serve(kind: str, interval_s: float, error_rate: float) -> None:
    """Serve one tracker until stdin ends."""
    from hardware_sim.bluez import VirtualBlueZ

    async with VirtualBlueZ(_radio(kind, interval_s, error_rate)) as bluez:
        print(json.dumps(dict(bluez.environment)), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


def _radio(kind: str, interval_s: float, error_rate: float):  # type: ignore[no-untyped-def]
    from hardware_sim.link_model import LinkModel
    from hardware_sim.peripheral import Peripheral, characteristic, service

    if kind == "direct":
        from hardware_sim.radio import Radio as Chosen
    else:
        from hardware_sim.bumble_route.radio import BumbleRadio as Chosen  # type: ignore[assignment]
    tracker = Peripheral(
        "firehose", [service("F000", characteristic("F001", "notify"), characteristic("F002", "write"))]
    )
    model = LinkModel(interval_s=interval_s, packet_error_rate=error_rate)
    radio = Chosen([tracker], link=model)

    def order(value: bytes) -> None:
        rate_hz, count = ORDER.unpack(value)
        begun_s, sent = time.monotonic(), itertools.count()
        left = [count]

        def send() -> None:
            due = min(count, int((time.monotonic() - begun_s) * rate_hz) + 1)
            while count - left[0] < due:
                left[0] -= 1
                tracker.send(STREAM, STAMP.pack(next(sent), time.monotonic()).ljust(PAYLOAD, b"."))
            if left[0]:
                radio.schedule.after(BURST_S, send)

        radio.schedule.after(0.0, send)

    tracker.on_write(CONTROL, order)
    return radio


@dataclass
class Received:
    """What came in, and how long connecting took."""

    connect_s: list[float] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    latency_s: list[float] = field(default_factory=list)
    at_s: list[float] = field(default_factory=list)

    def take(self, _: object, payload: bytearray) -> None:
        """Take a notification, as a bleak call-back."""
        now_s = time.monotonic()
        number, sent_s = STAMP.unpack_from(payload)
        self.numbers.append(number)
        self.latency_s.append(now_s - sent_s)
        self.at_s.append(now_s)


async def measure(rate_hz: int, seconds: float) -> Received:
    """Return what an unmodified bleak client receives."""
    from bleak import BleakClient, BleakScanner

    found = await BleakScanner.find_device_by_name("firehose", timeout=10.0)
    assert found is not None
    received, count = Received(), int(rate_hz * seconds)
    for last in (False, True):
        begun_s = time.monotonic()
        async with BleakClient(found) as client:
            received.connect_s.append(time.monotonic() - begun_s)
            if not last:
                continue
            await client.start_notify(STREAM, received.take)
            await client.write_gatt_char(CONTROL, ORDER.pack(rate_hz, count), response=True)
            deadline_s = time.monotonic() + 4.0 * seconds + 5.0
            while len(received.numbers) < count and time.monotonic() < deadline_s:
                await asyncio.sleep(0.05)
    return received


def cpu_s(pid: int) -> float:
    """Return the CPU time in s that a process has used (proc(5))."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


async def one_case(kind: str, interval_ms: float, error_rate: float, rate_hz: int, seconds: float) -> bool:
    """Measure one case in a process of its own and print it; False where anything was lost or out of order."""
    client = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--case", kind, str(interval_ms), str(error_rate), str(rate_hz), str(seconds)
    )
    return await client.wait() == 0


async def case(kind: str, interval_ms: float, error_rate: float, rate_hz: int, seconds: float) -> int:
    """Be the client of one case."""
    radio = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--serve", kind, str(interval_ms / 1000.0), str(error_rate),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert radio.stdout is not None and radio.stdin is not None
    os.environ.update(json.loads(await radio.stdout.readline()))
    before = [cpu_s(os.getpid()), cpu_s(radio.pid)]
    try:
        got = await measure(rate_hz, seconds)
        used = [cpu_s(pid) - was for pid, was in zip((os.getpid(), radio.pid), before, strict=True)]
    finally:
        radio.stdin.write_eof()
        await radio.wait()
    if len(got.numbers) < 2:
        print(f"{kind:<7} {interval_ms:>6.1f} {error_rate:>5.2f} {rate_hz:>9}   nothing came", flush=True)
        return 1
    lost = int(rate_hz * seconds) - len(set(got.numbers))
    disorder = sum(b <= a for a, b in itertools.pairwise(got.numbers))
    lasted_s = max(got.at_s[-1] - got.at_s[0], 1e-9)
    cuts = statistics.quantiles(got.latency_s, n=20)
    print(f"{kind:<7} {interval_ms:>6.1f} {error_rate:>5.2f} {rate_hz:>9} {(len(got.numbers) - 1) / lasted_s:>11.0f} "
          f"{lost:>5} {disorder:>8} {1e3 * cuts[9]:>8.1f} {1e3 * cuts[18]:>8.1f} "
          f"{got.connect_s[0]:>8.2f} {got.connect_s[1]:>6.2f}   "
          + " / ".join(f"{100 * s / (lasted_s + sum(got.connect_s)):.0f}" for s in used), flush=True)  # fmt: skip
    return int(lost > 0 or disorder > 0)


async def main(seconds: float) -> int:
    """Measure every case on both routes; 1 where anything was lost or out of order."""
    print(f"{'route':<7} {'CI ms':>6} {'PER':>5} {'offered/s':>9} {'delivered/s':>11} {'lost':>5} {'disorder':>8} "
          f"{'p50 ms':>8} {'p95 ms':>8} {'connect':>8} {'again':>6}   CPU % client / radio")  # fmt: skip
    good = True
    for interval_ms, error_rate, rate_hz in CASES:
        for kind in ("direct", "bumble"):
            good = await one_case(kind, interval_ms, error_rate, rate_hz, seconds) and good
    return 0 if good else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(serve(sys.argv[2], float(sys.argv[3]), float(sys.argv[4])))
    elif sys.argv[1:2] == ["--case"]:
        given = [float(word) for word in sys.argv[3:]]
        raise SystemExit(asyncio.run(case(sys.argv[2], given[0], given[1], int(given[2]), given[3])))
    else:
        raise SystemExit(asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)))
