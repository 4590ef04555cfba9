"""Cycling Speed and Cadence: CSC Measurement 0x2A5B and CSC Feature 0x2A5C.

The rule of this file: a payload holds counters and the time of the last turn, modulo 64 s; speed and cadence take
two payloads and are the work of `CscStream`. No turn means NaN until standing still is certain, never the last
value again. Source: GATT Specification Supplement (CSC Measurement), Cycling Speed and Cadence Service 1.0.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field

import numpy as np

from device.wire.errors import need, whole
from edge.samples import Columnar, Cycling

UUID, FEATURE = "2A5B", "2A5C"
WHEEL_M = 2.105
"""Circumference of a 700 x 25 C tyre in m."""
_WHEEL, _CRANK = 0x01, 0x02
_TICKS_PER_S = 1024.0
_WRAP_S = 64.0
_FASTEST_WHEEL_HZ = 25.0
"""About 190 km/h: more in one step is a counter that began anew."""
_FASTEST_CRANK_HZ = 5.0
_STANDING_S = 3.0
"""A wheel that needs this long for a turn moves below 1 m/s, a crank below 20 rev/min."""


@dataclass(frozen=True, slots=True)
class CyclingMeasurement:
    """One notification: revolutions of wheel and crank (None: no such sensor) and their last event in s below 64."""

    wheel_revolutions: int | None = None
    wheel_event_s: float = math.nan
    crank_revolutions: int | None = None
    crank_event_s: float = math.nan


def parse(payload: bytes) -> CyclingMeasurement:
    """Return the measurement; WireError when a field that the flags promise is missing or cut."""
    need(payload, 1, "cycling")
    flags = payload[0]
    need(payload, 1 + (6 if flags & _WHEEL else 0) + (4 if flags & _CRANK else 0), "cycling")
    wheel, wheel_s, crank, crank_s = None, math.nan, None, math.nan
    if flags & _WHEEL:
        wheel, ticks = struct.unpack_from("<IH", payload, 1)
        wheel_s = ticks / _TICKS_PER_S
    if flags & _CRANK:
        crank, ticks = struct.unpack_from("<HH", payload, 7 if flags & _WHEEL else 1)
        crank_s = ticks / _TICKS_PER_S
    return CyclingMeasurement(wheel, wheel_s, crank, crank_s)


def encode(measurement: CyclingMeasurement) -> bytes:
    """Return the payload of a measurement; ValueError for a value that its field cannot hold."""
    m, flags, body = measurement, 0, b""
    if m.wheel_revolutions is not None:
        flags |= _WHEEL
        body += struct.pack("<IH", whole(m.wheel_revolutions, 0, 0xFFFFFFFF, "wheel"), _ticks(m.wheel_event_s))
    if m.crank_revolutions is not None:
        flags |= _CRANK
        body += struct.pack("<HH", whole(m.crank_revolutions, 0, 0xFFFF, "crank"), _ticks(m.crank_event_s))
    return bytes([flags]) + body


def _ticks(event_s: float) -> int:
    return whole(event_s * _TICKS_PER_S, 0, 0xFFFF, "event time")


def samples(measurement: CyclingMeasurement, t_s: float, wheel_m: float = WHEEL_M) -> tuple[Columnar, ...]:
    """Return one row at `t_s` with what a single payload can say: the sensor's whole distance in m, NaN the rest."""
    turns = measurement.wheel_revolutions
    return _row(t_s, math.nan, math.nan, math.nan if turns is None else turns * wheel_m)


def _row(t_s: float, cadence_rpm: float, speed_m_s: float, distance_m: float) -> tuple[Columnar, ...]:
    return (Cycling(*(np.array([value]) for value in (t_s, cadence_rpm, speed_m_s, distance_m))),)


@dataclass(slots=True)
class _Counter:
    """Turns and the time of the last one, unwrapped; `span` is where the count begins anew."""

    span: int
    fastest_hz: float
    turns: int = -1
    event_s: float = math.nan
    moved_s: float = math.nan
    """Host time of the last turn that was told."""

    def step(self, turns: int, event_s: float, t_s: float) -> tuple[float, int]:
        """Return turns per s (NaN while not known) and how many turns were made since the last call."""
        first = self.turns < 0
        made = (turns - self.turns) % self.span
        apart_s = (event_s - self.event_s) % _WRAP_S
        elapsed_s = t_s - self.moved_s
        if not first and made == 0:
            return (0.0 if elapsed_s >= _STANDING_S else math.nan), 0
        self.turns, self.event_s, self.moved_s = turns, event_s, t_s
        if first:
            return math.nan, 0
        # a pause longer than the event clock's 64 s is seen on the host's clock alone
        apart_s += _WRAP_S * max(0, round((elapsed_s - apart_s) / _WRAP_S)) if math.isfinite(elapsed_s) else 0.0
        if made > self.fastest_hz * max(apart_s, 1.0 / _TICKS_PER_S):
            return math.nan, 0
        return made / apart_s, made


@dataclass(slots=True)
class CscStream:
    """Payloads of one sensor in, cadence in rev/min, speed in m/s and distance in m since the first payload out."""

    wheel_circumference_m: float = WHEEL_M
    distance_m: float = 0.0
    _wheel: _Counter = field(default_factory=lambda: _Counter(1 << 32, _FASTEST_WHEEL_HZ))
    _crank: _Counter = field(default_factory=lambda: _Counter(1 << 16, _FASTEST_CRANK_HZ))

    def feed(self, payload: bytes, t_s: float) -> tuple[Columnar, ...]:
        """Return one row at host time `t_s`; WireError for a payload that is none, which changes nothing.

        A counter that jumps by more than any bicycle can turn, or back, has begun anew: NaN for that step.
        """
        m = parse(payload)
        speed = cadence = distance = math.nan
        if m.wheel_revolutions is not None:
            hz, made = self._wheel.step(m.wheel_revolutions, m.wheel_event_s, t_s)
            self.distance_m += made * self.wheel_circumference_m
            speed, distance = hz * self.wheel_circumference_m, self.distance_m
        if m.crank_revolutions is not None:
            cadence = 60.0 * self._crank.step(m.crank_revolutions, m.crank_event_s, t_s)[0]
        return _row(t_s, cadence, speed, distance)

    def save(self) -> tuple[float, ...]:
        """Return the state as numbers for `restore`."""
        counters = (self._wheel, self._crank)
        state = [value for c in counters for value in (c.turns, c.event_s, c.moved_s)]
        return (self.wheel_circumference_m, self.distance_m, *state)

    @classmethod
    def restore(cls, saved: tuple[float, ...]) -> CscStream:
        """Return the stream that `save` described."""
        stream = cls(saved[0], saved[1])
        for counter, at in ((stream._wheel, 2), (stream._crank, 5)):
            counter.turns, counter.event_s, counter.moved_s = int(saved[at]), saved[at + 1], saved[at + 2]
        return stream


@dataclass(frozen=True, slots=True)
class CyclingFeature:
    """What a cycling sensor can do, from 0x2A5C."""

    wheel: bool
    crank: bool
    several_locations: bool


def parse_feature(payload: bytes) -> CyclingFeature:
    """Return the features of 0x2A5C; WireError when shorter than two bytes."""
    need(payload, 2, "cycling feature")
    return CyclingFeature(*(bool(payload[0] & 1 << k) for k in range(3)))


def encode_feature(feature: CyclingFeature) -> bytes:
    """Return the payload of the features."""
    return bytes([feature.wheel | feature.crank << 1 | feature.several_locations << 2, 0])
