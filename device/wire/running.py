"""Running Speed and Cadence: RSC Measurement 0x2A53 and RSC Feature 0x2A54.

The rule of this file: what the bytes say, with one translation: the field counts strides (one leg) and a
`Stride` counts steps, so cadence doubles, except for the trackers of `quirks`.
Source: GATT Specification Supplement 3.187, RSC Service 1.0.
"""

from __future__ import annotations

import math
import struct
from dataclasses import astuple, dataclass

import numpy as np

from device.wire.errors import need, whole
from edge.samples import Columnar, Stride

UUID, FEATURE = "2A53", "2A54"
_STRIDE, _DISTANCE, _RUNNING = 0x01, 0x02, 0x04


@dataclass(frozen=True, slots=True)
class RunningMeasurement:
    """One notification: speed in m/s, strides/min of one leg, running or walking, stride and distance in m or NaN."""

    speed_m_s: float
    strides_per_min: int
    running: bool = False
    stride_m: float = math.nan
    distance_m: float = math.nan


def parse(payload: bytes) -> RunningMeasurement:
    """Return the measurement; WireError when a field that the flags promise is missing or cut."""
    need(payload, 4, "running")
    flags, speed, strides = struct.unpack_from("<BHB", payload)
    need(payload, 4 + (2 if flags & _STRIDE else 0) + (4 if flags & _DISTANCE else 0), "running")
    stride_m = distance_m = math.nan
    at = 4
    if flags & _STRIDE:
        stride_m = int.from_bytes(payload[at : at + 2], "little") / 100.0
        at += 2
    if flags & _DISTANCE:
        distance_m = int.from_bytes(payload[at : at + 4], "little") / 10.0
    return RunningMeasurement(speed / 256.0, strides, bool(flags & _RUNNING), stride_m, distance_m)


def encode(measurement: RunningMeasurement) -> bytes:
    """Return the payload of a measurement; ValueError for a value that its field cannot hold."""
    flags = _RUNNING if measurement.running else 0
    speed = whole(measurement.speed_m_s * 256.0, 0, 0xFFFF, "speed")
    parts = [struct.pack("<HB", speed, whole(measurement.strides_per_min, 0, 0xFF, "cadence"))]
    if not math.isnan(measurement.stride_m):
        flags |= _STRIDE
        parts.append(struct.pack("<H", whole(measurement.stride_m * 100.0, 0, 0xFFFF, "stride length")))
    if not math.isnan(measurement.distance_m):
        flags |= _DISTANCE
        parts.append(struct.pack("<I", whole(measurement.distance_m * 10.0, 0, 0xFFFFFFFF, "distance")))
    return bytes([flags]) + b"".join(parts)


def samples(measurement: RunningMeasurement, t_s: float, *, counts_steps: bool = False) -> tuple[Columnar, ...]:
    """Return one row of stride at `t_s`: steps/min of both feet, m/s, and m or NaN.

    `counts_steps` is for the trackers of `quirks.COUNTS_STEPS`, which send steps where strides belong.
    """
    cadence_spm = float(measurement.strides_per_min) * (1.0 if counts_steps else 2.0)
    row = (t_s, cadence_spm, measurement.speed_m_s, measurement.distance_m)
    return (Stride(*(np.array([value]) for value in row)),)


@dataclass(frozen=True, slots=True)
class RunningFeature:
    """What a foot pod can do, from 0x2A54."""

    stride_length: bool
    distance: bool
    walking_or_running: bool
    calibration: bool
    several_locations: bool


def parse_feature(payload: bytes) -> RunningFeature:
    """Return the features of 0x2A54; WireError when shorter than two bytes."""
    need(payload, 2, "running feature")
    bits = int.from_bytes(payload[:2], "little")
    return RunningFeature(*(bool(bits & 1 << k) for k in range(5)))


def encode_feature(feature: RunningFeature) -> bytes:
    """Return the payload of the features."""
    return struct.pack("<H", sum(1 << k for k, can in enumerate(astuple(feature)) if can))
