"""Correct: time and distance by the watch; a clock that jumps begins a new stretch, late packets are left out."""

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
    first_s = last_s = float("nan")
    before_s = 0.0

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
            self.first_s = self.last_s = value
        if -10.0 < value - self.last_s < 0.0:
            return  # an older packet that came late
        if not 0.0 <= value - self.last_s < 30.0:
            self.before_s += self.last_s - self.first_s
            self.first_s = value  # the watch's clock was set: go on from here
        self.last_s = value
        print(f"elapsed {self.before_s + value - self.first_s:.0f} s", flush=True)


main(Watch())
