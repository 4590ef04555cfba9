"""Planted: the rate of packets, divided by a time that can be nothing."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import time

from steady import Tracker, main


class Rate(Tracker):
    before_ms = 0

    def show(self, value: float) -> None:
        now_ms = int(time.monotonic() * 1000.0)
        rate = 1000.0 / (now_ms - self.before_ms)
        self.before_ms = now_ms
        print(f"{value:.0f} beats/min, {rate:.1f} packets/s", flush=True)


main(Rate())
