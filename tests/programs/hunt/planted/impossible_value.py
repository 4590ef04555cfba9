"""Planted: believes every number."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from steady import Tracker, main


class Believing(Tracker):
    def read(self, payload: bytes) -> float | None:
        if len(payload) < 2 or (payload[0] & 1 and len(payload) < 3):
            return None
        return float(payload[1] | payload[2] << 8 if payload[0] & 1 else payload[1])


main(Believing())
