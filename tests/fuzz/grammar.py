"""Payloads in the proper form of each standard characteristic, made by the encoders, and the ways to break them."""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from device.wire import csc, current_time, environment, fields, heart_rate, location, p8, running, treadmill

Grammar: TypeAlias = Callable[[random.Random], bytes]


def noise(rng: random.Random) -> bytes:
    """Return up to 600 random bytes, mostly few."""
    return rng.randbytes(rng.randrange(rng.choice((4, 12, 24, 260, 600))))


def _maybe(rng: random.Random, low: float, high: float) -> float:
    return math.nan if rng.random() < 0.4 else rng.uniform(low, high)


def _filled(table: tuple[fields.Field, ...], size: int, inverted: int = 0) -> Grammar:
    """Return what makes payloads with any flags and any bytes in the fields that the flags promise."""

    def make(rng: random.Random) -> bytes:
        flags = rng.getrandbits(8 * size)
        at_most = max(field.flag for field in table) * 2 - 1
        return flags.to_bytes(size, "little") + rng.randbytes(fields.length((flags ^ inverted) & at_most, table))

    return make


def _beats(rng: random.Random) -> bytes:
    rr_s = tuple(rng.uniform(0.1, 3.5) for _ in range(rng.randrange(9)))
    energy = rng.choice((None, rng.randrange(65536)))
    bpm = rng.choice((0, 60, 250, 255, rng.randrange(256), rng.randrange(65536)))
    return heart_rate.encode(heart_rate.HeartRateMeasurement(bpm, rng.choice((None, True, False)), energy, rr_s))


def _strides(rng: random.Random) -> bytes:
    speed, cadence = rng.uniform(0, 20), rng.randrange(256)
    said = running.RunningMeasurement(speed, cadence, rng.random() < 0.5, _maybe(rng, 0, 3), _maybe(rng, 0, 1e5))
    return running.encode(said)


def _place(rng: random.Random) -> location.LocationMeasurement:
    latitude = _maybe(rng, -91, 91)
    return location.LocationMeasurement(
        _maybe(rng, 0, 16),
        _maybe(rng, 0, 1e5),
        latitude,
        math.nan if math.isnan(latitude) else rng.uniform(-181, 181),
        _maybe(rng, -600, 9500),
        _maybe(rng, 0, 360),
        rng.choice((None, 7)),
        rng.choice((math.nan, 1.78e9)),
        status=rng.randrange(4),
    )


def _belt(rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        return _ANY_BELT(rng)
    speed, bpm = _maybe(rng, 0, 20), rng.choice((math.nan, 0.0, 140.0, 255.0))
    return treadmill.encode(treadmill.TreadmillMeasurement(speed, math.nan, _maybe(rng, 0, 42_000), bpm=bpm))


_ANY_BELT = _filled(treadmill._FIELDS, 2, inverted=1)


def _wheel(rng: random.Random) -> bytes:
    wheel, crank = rng.choice((None, rng.randrange(9), rng.getrandbits(32))), rng.choice((None, rng.randrange(9)))
    return csc.encode(csc.CyclingMeasurement(wheel, rng.random() * 63, crank, rng.random() * 63))


def _clock(rng: random.Random) -> bytes:
    return current_time.encode(current_time.current_time(rng.uniform(-1e10, 2e11)))


def open_tracker(rng: random.Random) -> bytes:
    """Return a data packet of the open tracker with believable or random rows."""
    stream, rows = rng.randrange(1, 6), rng.randrange(1, 20)
    if stream == p8.POSITION:
        rows, body = 1, p8.pack_position(_place(rng), rng.choice((math.nan, 3.0)))
    elif stream == p8.PRESSURE:
        body = p8.pack_pressure(np.full(rows, rng.uniform(25_000, 120_000)))
    else:
        body = rng.randbytes(rows * (12 if stream == p8.MOTION else 6))
    spacing = rng.randrange(1, 65536) * 10
    return p8.encode(
        p8.DataPacket(stream, rng.randrange(8), rng.getrandbits(16), rng.getrandbits(48), spacing, rows, body)
    )


STREAM_GRAMMARS: dict[str, Grammar] = {
    heart_rate.UUID: _beats,
    running.UUID: _strides,
    location.UUID: lambda rng: location.encode(_place(rng)),
    location.QUALITY: _filled(location._QUALITY_FIELDS, 2),
    treadmill.UUID: _belt,
    csc.UUID: _wheel,
    environment.PRESSURE: lambda rng: environment.encode_pressure(rng.uniform(0, 120_000)),
    environment.ELEVATION: lambda rng: environment.encode_elevation(rng.uniform(-600, 9500)),
    environment.TEMPERATURE: lambda rng: environment.encode_temperature(_maybe(rng, -70, 95)),
    environment.HUMIDITY: lambda rng: environment.encode_humidity(_maybe(rng, 0, 110)),
    environment.MAGNETIC: lambda rng: rng.randbytes(6),
    current_time.CURRENT: _clock,
    current_time.DATE_TIME: lambda rng: _clock(rng)[:7],
    current_time.LOCAL: lambda rng: rng.choice((b"\x04\x04", b"\x80\xff")),
    p8.DATA.upper(): open_tracker,
}
ONE_BYTE = ("2A19", "2A38", "2A5D", "2AA3")
STREAM_GRAMMARS |= {uuid: lambda rng: rng.randbytes(1) for uuid in ONE_BYTE}
STREAM_GRAMMARS |= {uuid: lambda rng: rng.randbytes(4) for uuid in ("2A54", "2A5C", "2A6A")}
STREAM_GRAMMARS |= {
    f"2A2{n}": lambda rng: rng.choice((b"Polar H10\0", "Käse".encode(), b"3.1.1")) for n in range(4, 10)
}

# ── breaking them ─────────────────────────────────────────────────────────────────────────────────────────────────

#: borders of whole numbers and the floats that are none
_WORDS = [
    *(
        bytes.fromhex(word)
        for word in ("00", "01", "7f", "80", "ff", "0000", "ff7f", "0080", "ffff", "000000", "ffffff")
    ),
    *(struct.pack("<I", word) for word in (0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)),
    *(struct.pack("<f", word) for word in (math.inf, -math.inf, math.nan, 3e38, -3e38, 1e-40)),
    *(struct.pack("<d", word) for word in (math.inf, -math.inf, math.nan, 1e308, -1e308)),
    bytes(8),
    b"\xff" * 8,
]


def _cut(rng: random.Random, payload: bytearray, other: bytes) -> None:
    del payload[rng.randrange(len(payload) + 1) :]


def _lengthen(rng: random.Random, payload: bytearray, other: bytes) -> None:
    payload += rng.randbytes(rng.choice((1, 2, 20, 240, 500)))


def _flip(rng: random.Random, payload: bytearray, other: bytes) -> None:
    for _ in range(rng.randrange(1, 4)):
        payload[rng.randrange(len(payload))] ^= 1 << rng.randrange(8)


def _flags(rng: random.Random, payload: bytearray, other: bytes) -> None:
    head = rng.randbytes(rng.choice((1, 2)))
    payload[: len(head)] = head


def _word(rng: random.Random, payload: bytearray, other: bytes) -> None:
    word, at = rng.choice(_WORDS), rng.randrange(len(payload))
    payload[at : at + len(word)] = word


def _splice(rng: random.Random, payload: bytearray, other: bytes) -> None:
    at = rng.randrange(len(payload))
    payload[at:] = other[rng.randrange(len(other) + 1) :]


def _drop(rng: random.Random, payload: bytearray, other: bytes) -> None:
    at = rng.randrange(len(payload))
    del payload[at : at + rng.randrange(1, 5)]


def _repeat(rng: random.Random, payload: bytearray, other: bytes) -> None:
    at = rng.randrange(len(payload))
    payload[at:at] = payload[at : at + rng.randrange(1, 9)]


_BREAKS = (_cut, _lengthen, _flip, _flip, _flags, _word, _word, _splice, _drop, _repeat)


def broken(rng: random.Random, payload: bytes, other: bytes) -> bytes:
    """Return a payload after one to three breaks, sometimes none, sometimes noise in its place."""
    kind = rng.random()
    if kind < 0.1:
        return payload if kind < 0.07 else noise(rng)
    changed = bytearray(payload)
    for _ in range(1 if kind < 0.6 else rng.randrange(2, 4)):
        if changed:
            rng.choice(_BREAKS)(rng, changed, other)
    return bytes(changed)
