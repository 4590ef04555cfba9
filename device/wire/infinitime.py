"""InfiniTime (PineTime): the steps of the day and the accelerometer.

The rule of this file: what the bytes say, stamped on arrival; the watch has no gyroscope and sends no time. Heart
rate, battery and device information are the standard services. Source: InfiniTime, doc/MotionService.md.
"""

from __future__ import annotations

import math
import struct

import numpy as np

from device.wire.errors import exactly, whole
from edge.samples import Columnar, Inertial

SERVICE = "00030000-78FC-48FE-8E23-433B3A1942D0"
STEPS = "00030001-78FC-48FE-8E23-433B3A1942D0"
MOTION = "00030002-78FC-48FE-8E23-433B3A1942D0"
_M_S2_PER_COUNT = 9.80665 / 1024.0

Acceleration = tuple[float, float, float]


def parse_steps(payload: bytes) -> int:
    """Return the steps of the day; WireError unless four bytes."""
    exactly(payload, 4, "InfiniTime steps")
    return int.from_bytes(payload, "little")


def encode_steps(steps: int) -> bytes:
    """Return the payload of a number of steps; ValueError where it does not fit."""
    return whole(steps, 0, 0xFFFFFFFF, "steps").to_bytes(4, "little")


def parse_motion(payload: bytes) -> Acceleration:
    """Return the acceleration x, y, z in m/s2; WireError unless six bytes."""
    exactly(payload, 6, "InfiniTime motion")
    x, y, z = struct.unpack("<3h", payload)
    return x * _M_S2_PER_COUNT, y * _M_S2_PER_COUNT, z * _M_S2_PER_COUNT


def encode_motion(accel_m_s2: Acceleration) -> bytes:
    """Return the payload of an acceleration in m/s2; ValueError beyond 32 g."""
    return struct.pack(
        "<3h", *(whole(value / _M_S2_PER_COUNT, -0x8000, 0x7FFF, "acceleration") for value in accel_m_s2)
    )


def motion_samples(accel_m_s2: Acceleration, t_s: float) -> tuple[Columnar, ...]:
    """Return one row at `t_s`, the gyroscope NaN."""
    return (Inertial(np.array([t_s]), np.array([accel_m_s2]), np.full((1, 3), math.nan)),)
