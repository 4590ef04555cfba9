"""Time one summary of a four-hour run at 1 Hz: median of repeats in ms of processor time.

Run: python tests/bench/bench_summary.py."""

from __future__ import annotations

import statistics
import sys
import time

import numpy as np

from edge.samples import Altitude, Fix, Odometer, Samples, Stride, heart_rate
from edge.summary import summarise

REPEATS = 15


def four_hours(rng: np.random.Generator, counted: bool) -> tuple[Samples, ...]:
    """Return 14,400 rows of a hilly, noisy run, with the device's own distance or without."""
    t_s = np.arange(14_400.0)
    metres = np.cumsum(2.8 + 0.4 * np.sin(t_s / 400.0) + rng.normal(0.0, 0.1, len(t_s)))
    unknown = np.full(len(t_s), np.nan)
    height = 100.0 + 40.0 * np.sin(metres / 700.0) + rng.normal(0.0, 0.3, len(t_s))
    latitude = 50.0 + (metres + rng.normal(0.0, 0.5, len(t_s))) / 111_229.0
    longitude = 8.0 + (200.0 * np.sin(metres / 300.0) + rng.normal(0.0, 0.5, len(t_s))) / 71_500.0
    samples: tuple[Samples, ...] = (
        Fix(t_s, latitude, longitude, height, unknown, unknown),
        Altitude(t_s, height),
        heart_rate(t_s, 145.0 + 10.0 * np.sin(t_s / 500.0)),
        Stride(t_s, np.full(len(t_s), 172.0), unknown, unknown),
    )
    return (*samples, Odometer(t_s, metres, unknown)) if counted else samples


def main() -> int:
    """Print the median time of a summary with and without the device's own distance."""
    for counted in (True, False):
        samples = four_hours(np.random.default_rng(1), counted)
        took_ms = []
        for _ in range(REPEATS):
            begun = time.process_time()
            summarise(samples, "running")
            took_ms.append(1e3 * (time.process_time() - begun))
        what = "odometer and track" if counted else "track only"
        print(f"summary of 14,400 rows, {what}: median {statistics.median(took_ms):.1f} ms, best {min(took_ms):.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
