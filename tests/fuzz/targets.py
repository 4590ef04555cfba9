"""Every decoder of device.wire, and how a payload of it is made: the table that the fuzz program works through.

The rule of this file: one line per decoder. A characteristic of PROFILES or FACTS that has no line of its own is
still fuzzed, with noise. A payload made here has its proper form; half of them hold believable values.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import grammar_makers
import grammar_polar
import numpy as np
from grammar import STREAM_GRAMMARS, Grammar, noise

from device.wire import (
    advertisement,
    bangle,
    decode,
    movesense,
    p8,
    polar,
    polar_control,
    polar_frame,
    polar_location,
    thingy,
)
from device.wire.csc import UUID as CSC
from device.wire.csc import CscStream
from device.wire.profiles import FACTS, PROFILES

Read = Callable[[bytes], Any]


@dataclass(frozen=True, slots=True)
class Target:
    """A decoder: `open` returns a fresh reader, which lives for `life` payloads; `make` builds a proper payload."""

    name: str
    open: Callable[[], Read]
    make: Grammar
    life: int = 1


def _characteristic(uuid: str) -> Target:
    make = (STREAM_GRAMMARS | grammar_makers.MAKERS_GRAMMARS).get(uuid, noise)
    return Target(uuid, lambda: lambda payload: decode(uuid, payload, t_s=1.0), make)


def _csc_stream() -> Read:
    stream, clock = CscStream(), iter(range(1_000_000))
    return lambda payload: stream.feed(payload, float(next(clock)))


def _pmd_stream() -> Read:
    """Return a reader of one Polar sensor whose streams run at 52 Hz, half of them after a factor was told."""
    stream = polar.PmdStream()
    for kind in polar_frame.PmdType:
        factor = (2.44e-4,) if kind % 2 else ()
        stream.configure(kind, polar_control.Settings(rate_hz=(52,), factor=factor))
    return lambda payload: tuple(map(_with_times, stream.feed(payload)))


def _with_times(samples: Any) -> Any:
    """Return samples as the session makes them, with a host time where the frame has no stamp."""
    return samples if np.isfinite(samples.t_s).all() else dataclasses.replace(samples, t_s=np.zeros(len(samples)))


def _gsp_stream() -> Read:
    stream = movesense.GspStream()
    for reference, path in enumerate(grammar_makers.PATHS):
        stream.subscribe(reference, path)

    def read(payload: bytes) -> object:
        """Read two notifications: the first byte is the length of the first of them."""
        parts = (payload[1 : 1 + payload[0]], payload[1 + payload[0] :]) if payload else (payload,)
        return tuple(_with_times(samples) for part in parts if part for samples in stream.feed(part))

    return read


def _bangle_pressure(payload: bytes) -> object:
    return bangle.corrected(decode("2A6D", payload), "Bangle.js 1234")  # type: ignore[arg-type]


def _pmd_doubts(payload: bytes) -> object:
    return polar.doubts(polar_frame.parse(payload))


def _pmd_positions(payload: bytes) -> None:
    """Read a frame by the function of its position type."""
    frame = polar_frame.parse(payload)
    readers = (polar_location.coordinates, polar_location.dilutions, polar_location.satellites, polar_location.texts)
    readers[frame.header.frame_type % 4](frame)


def _p8_features(rng: random.Random) -> bytes:
    return bytes([1, 0]) + rng.randbytes(6 * rng.randrange(6))


def _p8_response(rng: random.Random) -> bytes:
    return bytes([0x80 | rng.randrange(4), rng.randrange(6), rng.randrange(5)]) + rng.randbytes(rng.choice((0, 3)))


def targets() -> list[Target]:
    """Return every decoder, in a fixed order."""
    return [
        *(_characteristic(uuid) for uuid in sorted({*PROFILES, *FACTS})),
        Target("CscStream", _csc_stream, STREAM_GRAMMARS[CSC], life=32),
        Target("p8.parse_features", lambda: p8.parse_features, _p8_features),
        Target("p8.parse_time", lambda: p8.parse_time, lambda rng: rng.randbytes(12)),
        Target("p8.parse_response", lambda: p8.parse_response, _p8_response),
        Target("PmdStream", _pmd_stream, grammar_polar.frame, life=32),
        Target("polar.doubts", lambda: _pmd_doubts, grammar_polar.frame),
        Target("polar_location", lambda: _pmd_positions, grammar_polar.position),
        Target("polar_control.parse_settings", lambda: polar_control.parse_settings, grammar_polar.settings),
        Target("polar_control.parse_control", lambda: polar_control.parse_control, grammar_polar.control),
        Target("polar_control.parse_request", lambda: polar_control.parse_request, grammar_polar.request),
        Target("polar_control.parse_features", lambda: polar_control.parse_features, grammar_polar.features),
        Target("GspStream", _gsp_stream, grammar_makers.notifications, life=32),
        Target("movesense.parse_hello", lambda: movesense.parse_hello, lambda rng: b"\x01123\0Movesense\0"),
        Target("movesense.parse_command", lambda: movesense.parse_command, lambda rng: b"\x01\x02/Meas/HR"),
        Target(
            "bangle.corrected", lambda: _bangle_pressure, lambda rng: rng.randrange(250, 120_000).to_bytes(4, "little")
        ),
        Target("thingy.parse_motion_config", lambda: thingy.parse_motion_config, lambda rng: rng.randbytes(9)),
        Target(
            "thingy.parse_environment_config", lambda: thingy.parse_environment_config, lambda rng: rng.randbytes(12)
        ),
        Target("advertisement.polar_heart_rate", lambda: advertisement.polar_heart_rate, grammar_makers.manufacturer),
        Target("advertisement.parse_fields", lambda: advertisement.parse_fields, grammar_makers.advert),
        Target("advertisement.parse_services", lambda: advertisement.parse_services, lambda rng: rng.randbytes(4)),
    ]
