"""Frames, answers and settings of Polar's measurement service in their proper form."""

from __future__ import annotations

import random
import struct

import numpy as np

from device.wire import polar_control, polar_frame, polar_location
from device.wire.polar_frame import PmdHeader, PmdType

_KINDS = sorted(polar_frame._LAYOUTS)
_SENTENCE = "GPGGA,092751.000,5321.6802,N,00630.3371,W,1,8,1.03,61.7,M,55.3,M,,"


def frame(rng: random.Random) -> bytes:
    """Return a data notification of any type: raw rows, delta blocks, positions or receiver text."""
    device_ns = rng.choice((0, rng.getrandbits(64), 850_000_000_000_000_000 + rng.randrange(10**10)))
    return position(rng) if rng.random() < 0.15 else _rows(rng, device_ns, *rng.choice(_KINDS))


def _rows(rng: random.Random, device_ns: int, kind: PmdType, frame_type: int, compressed: bool) -> bytes:
    layout = polar_frame._LAYOUTS[kind, frame_type, compressed]
    head = polar_frame.encode_header(PmdHeader(kind, device_ns, frame_type, compressed))
    if compressed:
        return head + _delta(rng, layout.channels, -(-layout.bits // 8))
    named = layout.fields if "," in layout.fields else layout.fields + ","
    size = np.dtype(named).itemsize if layout.fields else layout.channels * layout.bits // 8
    if layout.floats:
        rows = [rng.uniform(-40, 1200) for _ in range(layout.channels * rng.randrange(1, 8))]
        return head + struct.pack(f"<{len(rows)}f", *rows)
    return head + rng.randbytes(size * rng.randrange(1, 1 + max(1, 220 // size)))


def _delta(rng: random.Random, channels: int, size: int) -> bytes:
    parts = [rng.randbytes(channels * size)]
    for _ in range(rng.choice((1, 2, 4, 12))):
        width, rows = rng.choice((0, 1, 3, 7, 8, 12, 16, 32)), rng.randrange(1, 12)
        parts += [bytes([width, rows]), rng.randbytes((width * rows * channels + 7) // 8)]
    return b"".join(parts)


def position(rng: random.Random) -> bytes:
    """Return a frame of satellite positions: coordinates, dilution, satellites or the receiver's text."""
    device_ns, which = 850_000_000_000_000_000 + rng.randrange(10**10), rng.random()
    if which < 0.4:
        return _rows(rng, device_ns, PmdType.LOCATION, rng.randrange(3), False)
    if which < 0.7:
        check = 0
        for letter in _SENTENCE.encode():
            check ^= letter
        said = rng.choice((f"${_SENTENCE}*{check:02X}\r\n" * rng.randrange(1, 4), "GPGGA," * 80))
        return polar_location.encode_texts(device_ns, (polar_location.ReceiverText(100, 0, said),))
    numbers = (
        rng.uniform(-90, 90),
        rng.uniform(-180, 180),
        1.78e9,
        100.0,
        3.0,
        3.0,
        3.0,
        1.0,
        90.0,
        rng.uniform(0, 20),
    )
    row = polar_location.Coordinate(*numbers, True, 0, 0)
    return polar_location.encode_coordinates(device_ns, (row,) * rng.randrange(1, 4))


def settings(rng: random.Random) -> bytes:
    """Return a list of settings as a sensor offers them."""
    offer = polar_control.Settings(
        tuple(rng.randrange(1, 417) for _ in range(rng.randrange(4))),
        tuple(rng.choice((16, 24)) for _ in range(rng.randrange(2))),
        (8,),
        (),
        (3,),
        (rng.uniform(1e-5, 2),) if rng.random() < 0.5 else (),
    )
    return polar_control.encode_settings(offer)


def control(rng: random.Random) -> bytes:
    """Return what a sensor indicates on its control point."""
    if rng.random() < 0.2:
        return polar_control.encode_control(polar_control.StreamsStopped((PmdType.ACC, PmdType.GYRO)))
    status = rng.choice(list(polar_control.PmdStatus))
    parameters = settings(rng) if rng.random() < 0.7 else b""
    answer = polar_control.ControlAnswer(
        rng.randrange(1, 10), rng.randrange(16), status, rng.random() < 0.2, parameters
    )
    return polar_control.encode_control(answer)


def request(rng: random.Random) -> bytes:
    """Return what a host writes to the control point."""
    return bytes([rng.randrange(1, 10), rng.randrange(16)]) + settings(rng)


def features(rng: random.Random) -> bytes:
    """Return the value of the control point."""
    return polar_control.encode_features(frozenset(rng.sample(list(PmdType), 4)))
