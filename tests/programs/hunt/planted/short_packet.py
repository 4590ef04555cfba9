"""Planted: reads the second byte without looking whether it is there."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from steady import Tracker, main


class Trusting(Tracker):
    def read(self, payload: bytes) -> float | None:
        bpm = payload[1] | payload[2] << 8 if payload[0] & 1 else payload[1]
        return float(bpm) if 60 <= bpm <= 215 else None


main(Trusting())
