"""Planted: time by the watch, whose clock it takes to run for ever forwards."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import calendar
import struct

from steady import Tracker, main, uuid16


class Watch(Tracker):
    service = uuid16("1819")
    characteristic = uuid16("2a67")
    first_s = float("nan")

    def read(self, payload: bytes) -> float | None:
        """Return the watch's own time in s, None without a valid one."""
        if len(payload) < 2:
            return None
        flags = int.from_bytes(payload[:2], "little")
        sizes = ((1, 2), (2, 3), (4, 8), (8, 3), (16, 2), (32, 1))
        at = 2 + sum(size for flag, size in sizes if flags & flag)
        if not flags & 64 or len(payload) != at + 7:
            return None
        year, *rest = struct.unpack_from("<HBBBBB", payload, at)
        month, day, hour, minute, second = rest
        if not (2019 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60):
            return None
        return float(calendar.timegm((year, month, day, hour, minute, second)))

    def show(self, value: float) -> None:
        if self.first_s != self.first_s:
            self.first_s = value
        print(f"elapsed {value - self.first_s:.0f} s", flush=True)


main(Watch())
