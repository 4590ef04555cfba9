"""Payloads of the makers' own services in their proper form: Thingy:52, Movesense, InfiniTime, Bangle.js, adverts."""

from __future__ import annotations

import random
import struct

import numpy as np
from grammar import Grammar

from device.wire import advertisement, bangle, infinitime, movesense, thingy

#: reference -> what a Movesense reader of the fuzz program is subscribed to
PATHS = ("/Meas/IMU9/104", "/Meas/Acc/52", "/Meas/HR", "/Meas/Temp", "/Meas/IMU6/26")


def _sized(size: int) -> Grammar:
    return lambda rng: rng.randbytes(size)


def notifications(rng: random.Random) -> bytes:
    """Return one or two Movesense notifications after the length of the first: an answer, a whole, or two parts."""
    parts = _notifications(rng)
    return bytes([len(parts[0])]) + b"".join(parts)


def _notifications(rng: random.Random) -> tuple[bytes, ...]:
    reference = rng.randrange(len(PATHS))
    measured = movesense.resource(PATHS[reference])
    if rng.random() < 0.1:
        return (bytes([movesense.ANSWER, reference]) + b"\xc8\x00",)
    if measured.kind == "hr":
        body = movesense.encode_heart_rate(
            rng.uniform(0, 260), tuple(rng.uniform(0.1, 3) for _ in range(rng.randrange(3)))
        )
        return (bytes([movesense.DATA, reference]) + body,)
    if measured.kind == "temp":
        return (bytes([movesense.DATA, reference]) + struct.pack("<If", rng.getrandbits(32), rng.uniform(200, 380)),)
    rows = max(1, round(measured.rate_hz / 13))
    arrays = tuple(
        np.array([[rng.uniform(-400, 400) for _ in range(3)] for _ in range(rows)])
        for _ in range(measured.row_bytes // 12)
    )
    return movesense.encode_measurement(reference, rng.getrandbits(32), arrays, most_bytes=250)


def manufacturer(rng: random.Random) -> bytes:
    """Return what follows the company in a Polar advertisement: other sections, then a heart rate."""
    other = b"".join(bytes([0x40 | rng.randrange(64), n]) + rng.randbytes(n) for n in (2, 5) if rng.random() < 0.5)
    beat = advertisement.PolarHeartRate(False, True, rng.randrange(8), True, False, rng.randrange(256), 70, 71)
    return other + advertisement.encode_polar_heart_rate(beat)[: rng.choice((3, 4))]


def advert(rng: random.Random) -> bytes:
    """Return the fields of an advertisement."""
    fields = (bytes([1 + n, rng.choice((1, 3, 9, 0xFF))]) + rng.randbytes(n) for n in (1, 4, 10))
    return b"".join(field for field in fields if rng.random() < 0.8)


def _degrees(rng: random.Random) -> bytes:
    return bytes([rng.randrange(256), rng.randrange(100)])


MAKERS_GRAMMARS: dict[str, Grammar] = {
    thingy.RAW: _sized(18),
    thingy.PRESSURE: lambda rng: thingy.encode_pressure(rng.uniform(25_000, 120_000)),
    thingy.TEMPERATURE: _degrees,
    thingy.HUMIDITY: _sized(1),
    thingy.TAP: _sized(2),
    thingy.ORIENTATION: lambda rng: bytes([rng.randrange(4)]),
    thingy.QUATERNION: _sized(16),
    thingy.STEPS: _sized(8),
    thingy.EULER: _sized(12),
    thingy.ROTATION: _sized(18),
    thingy.HEADING: _sized(4),
    thingy.GRAVITY: lambda rng: struct.pack("<3f", *(rng.uniform(-10, 10) for _ in range(3))),
    thingy.GAS: _sized(4),
    infinitime.STEPS: _sized(4),
    infinitime.MOTION: _sized(6),
    bangle.ACCELERATION: _sized(6),
    bangle.TEMPERATURE: lambda rng: bangle.encode_temperature(rng.uniform(-80, 100)),
}
