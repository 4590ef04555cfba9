"""Battery Level, 0x2A19: one byte, per cent.

The rule of this file: what the byte says, also above 100; `plausible` judges it. Source: Battery Service 1.1.
"""

from __future__ import annotations

import numpy as np

from device.wire.errors import exactly, whole
from edge.samples import Battery, Columnar

UUID = "2A19"


def parse(payload: bytes) -> float:
    """Return the level in per cent; WireError unless one byte."""
    exactly(payload, 1, "battery")
    return float(payload[0])


def encode(level_percent: float) -> bytes:
    """Return the payload of a level in per cent; ValueError where it does not fit a byte."""
    return bytes([whole(level_percent, 0, 0xFF, "battery")])


def samples(level_percent: float, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of battery level at `t_s`."""
    return (Battery(np.array([t_s]), np.array([level_percent])),)
