"""How fast Polar's delta frames are decoded on one core: `python tests/bench/wire_bench.py`.

A sample is one row of three axes; a frame of 221 bytes with 91 rows is the usual one. Time is CPU time of this
process. Each figure is the best of several passes, so that other work on the machine counts little; the median is
beside it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from device.wire import WireError, polar
from device.wire.polar_control import Settings
from device.wire.polar_delta import decode_delta
from device.wire.polar_frame import HEADER_BYTES, PmdHeader, PmdType, encode

TARGET_ROWS_PER_S = 2e6
#: name, type, frame type, rows, largest step from row to row, rows in a block
CASES = (
    ("ACC, 91 rows, one block", PmdType.ACC, 1, 91, 31, 255),
    ("ACC, 91 rows, blocks of 30", PmdType.ACC, 1, 91, 31, 30),
    ("ACC, 91 rows, blocks of 10", PmdType.ACC, 1, 91, 31, 10),
    ("GYRO, 57 rows, one block", PmdType.GYRO, 0, 57, 500, 255),
    ("GYRO floats, 18 rows", PmdType.GYRO, 1, 18, 0, 255),
    ("MAG, 30 rows, one block", PmdType.MAG, 0, 30, 20, 255),
    ("ACC, 10 rows, one block", PmdType.ACC, 1, 10, 500, 255),
)


def frame(kind: PmdType, frame_type: int, rows: int, step: int, block: int, seed: int, device_ns: int) -> bytes:
    """Return one notification of a walk with steps up to `step`, or of floats where `step` is 0."""
    generator = np.random.default_rng(seed)
    if step == 0:
        values = generator.normal(0.0, 100.0, (rows, 3)).astype(np.float32).astype(np.float64)
    else:
        values = np.cumsum(generator.integers(-step, step + 1, (rows, 3)), axis=0)
    return encode(PmdHeader(kind, device_ns, frame_type, True), values, rows_per_block=block)


def seconds(work: Callable[[], object], calls: int, repeats: int) -> tuple[float, float]:
    """Return the best and the median time in s of one pass over `calls` frames, as a time per frame."""
    took = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        took.append((time.process_time() - start) / calls)
    return min(took), statistics.median(took)


def measure(case: tuple[str, PmdType, int, int, int, int], calls: int, repeats: int) -> dict[str, float | str]:
    """Return the figures of one case: microseconds a frame and rows/s, decoder alone and through the stream."""
    name, kind, frame_type, rows, step, block = case
    period_ns = rows * 10_000_000
    frames = [frame(kind, frame_type, rows, step, block, n, (n + 1) * period_ns) for n in range(calls)]
    contents, bits = [payload[HEADER_BYTES:] for payload in frames], 32 if step == 0 else 16

    def decode() -> None:
        for content in contents:
            decode_delta(content, 3, bits)

    def feed() -> None:
        stream = polar.PmdStream()
        stream.configure(kind, Settings(rate_hz=(100,), factor=(0.25,)))
        for payload in frames:
            stream.feed(payload)

    alone, alone_median = seconds(decode, calls, repeats)
    whole, whole_median = seconds(feed, calls, repeats)
    return {
        "case": name,
        "bytes": round(statistics.mean(map(len, frames)), 1),
        "rows": rows,
        "decode_us": alone * 1e6,
        "decode_median_us": alone_median * 1e6,
        "decode_rows_per_s": rows / alone,
        "decode_values_per_s": 3 * rows / alone,
        "feed_us": whole * 1e6,
        "feed_median_us": whole_median * 1e6,
        "feed_rows_per_s": rows / whole,
        "feed_values_per_s": 3 * rows / whole,
    }


def hostile() -> dict[str, float]:
    """Return the CPU time in us of the costliest notifications of 512 bytes that a faulty sensor can send."""
    head, costs = b"\x02" + bytes(8) + b"\x80" + bytes(6), {}
    for name, content in (
        ("empty blocks without end", bytes([0, 0]) * 248),
        ("blocks of no bits, 255 rows each", bytes([0, 255]) * 248),
        ("as many rows as are taken", bytes([0, 255]) * 5 + bytes([0, 0]) * 243),
        ("blocks of one row of one bit", bytes([1, 1, 0]) * 165),
        ("one block of single bits, 255 rows", bytes([1, 255]) + bytes(96) + bytes([1, 255]) + bytes(96)),
    ):
        costs[name] = seconds(lambda content=content: _survive(head + content), 1, 200)[0] * 1e6  # type: ignore[misc]
    return costs


def _survive(payload: bytes) -> None:
    with contextlib.suppress(WireError):
        polar.PmdStream().feed(payload)


def main() -> int:
    """Print the figures; 1 where the decoder misses two million rows/s on the reference frame."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout, nothing else")
    parser.add_argument("--frames", type=int, default=300, help="frames in a pass")
    parser.add_argument("--repeats", type=int, default=15, help="passes over the frames")
    options = parser.parse_args()
    figures = [measure(case, options.frames, options.repeats) for case in CASES]
    reached = float(figures[0]["decode_rows_per_s"]) >= TARGET_ROWS_PER_S
    if options.json:
        print(
            json.dumps(
                {
                    "python": platform.python_version(),
                    "numpy": np.__version__,
                    "cases": figures,
                    "hostile_us": hostile(),
                }
            )
        )
        return 0 if reached else 1
    print(f"Polar delta frames, one core, Python {platform.python_version()}, numpy {np.__version__}")
    print("best (median) of the passes; a row is one sample of three axes, M is million per second")
    heads = ("bytes", "decoder us", "M rows", "M values", "feed us", "M rows", "M values")
    print(
        f"{'':28} {heads[0]:>6} "
        + " ".join(f"{head:>{width}}" for head, width in zip(heads[1:], (16, 7, 9) * 2, strict=True))
    )
    for row in figures:
        print(
            f"{row['case']:28} {row['bytes']:6} {row['decode_us']:8.1f} ({row['decode_median_us']:5.1f})"
            f" {float(row['decode_rows_per_s']) / 1e6:7.2f} {float(row['decode_values_per_s']) / 1e6:9.2f}"
            f" {row['feed_us']:8.1f} ({row['feed_median_us']:5.1f})"
            f" {float(row['feed_rows_per_s']) / 1e6:7.2f} {float(row['feed_values_per_s']) / 1e6:9.2f}"
        )
    for name, cost_us in hostile().items():
        print(f"hostile, 512 bytes: {name}: {cost_us:.0f} us (limit 1000)")
    verdict = "reached" if reached else "missed"
    print(f"target {TARGET_ROWS_PER_S / 1e6:g} M rows/s in the decoder on the first frame: {verdict}")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
