"""Where a sensor is worn: Body Sensor Location 0x2A38 (heart rate), Sensor Location 0x2A5D (running, cycling).

The rule of this file: one byte, one place; None for a number that no specification names yet.
Source: GATT Specification Supplement, by these names.
"""

from __future__ import annotations

from enum import IntEnum

from device.wire.errors import exactly

BODY, SENSOR = "2A38", "2A5D"


class BodyPlace(IntEnum):
    """Where a heart-rate sensor is worn."""

    OTHER = 0
    CHEST = 1
    WRIST = 2
    FINGER = 3
    HAND = 4
    EAR_LOBE = 5
    FOOT = 6


class SensorPlace(IntEnum):
    """Where a running or cycling sensor sits."""

    OTHER = 0
    TOP_OF_SHOE = 1
    IN_SHOE = 2
    HIP = 3
    FRONT_WHEEL = 4
    LEFT_CRANK = 5
    RIGHT_CRANK = 6
    LEFT_PEDAL = 7
    RIGHT_PEDAL = 8
    FRONT_HUB = 9
    REAR_DROPOUT = 10
    CHAINSTAY = 11
    REAR_WHEEL = 12
    REAR_HUB = 13
    CHEST = 14
    SPIDER = 15
    CHAIN_RING = 16


def parse_body(payload: bytes) -> BodyPlace | None:
    """Return where a heart-rate sensor is worn, None where that number has no name; WireError unless one byte."""
    exactly(payload, 1, "body sensor location")
    return BodyPlace(payload[0]) if payload[0] <= max(BodyPlace) else None


def parse_sensor(payload: bytes) -> SensorPlace | None:
    """Return where a running or cycling sensor sits, None where that number has no name; WireError unless one byte."""
    exactly(payload, 1, "sensor location")
    return SensorPlace(payload[0]) if payload[0] <= max(SensorPlace) else None


def encode(place: BodyPlace | SensorPlace) -> bytes:
    """Return the payload of a place."""
    return bytes([place])
