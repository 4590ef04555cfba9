"""The Kadenz open tracker (P8): motion, field, pressure and position with the device's own time and numbering.

The rule of this file: docs/p8.md is the source, byte by byte; the host's side only. A packet stands for itself;
what happened between packets (losses, restarts, clocks) is the session's business.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from device.wire import location
from device.wire.errors import WireError, exactly, need, whole
from edge.samples import Column, Columnar, Inertial, Magnetic, Pressure

SERVICE = "04750001-aef1-481c-8965-3125387e2702"
FEATURES = "04750002-aef1-481c-8965-3125387e2702"
TIME = "04750003-aef1-481c-8965-3125387e2702"
CONTROL = "04750004-aef1-481c-8965-3125387e2702"
DATA = "04750005-aef1-481c-8965-3125387e2702"

MOTION, ACCELERATION, MAGNETIC, PRESSURE, POSITION = range(1, 6)
RESTARTED, OVERFLOWED, CLIPPED = 0x01, 0x02, 0x04
HEADER_BYTES = 13
_ROW_TYPE = {MOTION: ("<i2", 6), ACCELERATION: ("<i2", 3), MAGNETIC: ("<i2", 3), PRESSURE: ("<u4", 1)}
_RAD_S_PER_COUNT = math.radians(1.0) / 16.0
_M_S2_PER_COUNT = 9.80665 / 2048.0
_UT_PER_COUNT = 0.1
_NAMES = {MOTION: "inertial", ACCELERATION: "inertial", MAGNETIC: "magnetic", PRESSURE: "pressure", POSITION: "fix"}


@dataclass(frozen=True, slots=True)
class DataPacket:
    """One data notification: header in SI units, the rows still packed."""

    stream: int
    flags: int
    seq: int
    device_us: int
    """Device time of the first row in us, modulo 2^48."""
    spacing_us: int
    """Time between rows in us, a multiple of 10."""
    rows: int
    body: bytes

    @property
    def last_row_s(self) -> float:
        """Return the device time of the last row in s."""
        return (self.device_us + (self.rows - 1) * self.spacing_us) * 1e-6

    @property
    def stream_name(self) -> str:
        """Return the name of the sample stream, as in edge.samples.STREAMS."""
        return _NAMES[self.stream]

    def offsets_s(self) -> Column:
        """Return the time of each row after the first in s (rows,)."""
        return np.arange(self.rows, dtype=np.float64) * (self.spacing_us * 1e-6)


def parse(payload: bytes) -> DataPacket:
    """Return a data notification; WireError for an unknown stream, no rows, or a length that does not fit."""
    need(payload, HEADER_BYTES, "open tracker")
    stream, flags, seq = struct.unpack_from("<BBH", payload)
    device_us = int.from_bytes(payload[4:10], "little")
    spacing, rows = struct.unpack_from("<HB", payload, 10)
    body = payload[HEADER_BYTES:]
    if stream not in _NAMES:
        raise WireError(f"open tracker: unknown stream {stream}")
    if rows == 0 or (rows > 1 and spacing == 0):
        raise WireError(f"open tracker: {rows} rows spaced by {spacing * 10} us")
    if stream == POSITION:
        _check_position(body, rows)
    else:
        kind, width = _ROW_TYPE[stream]
        exactly(body, rows * width * int(kind[-1]), "open tracker rows")
    return DataPacket(stream, flags, seq, device_us, spacing * 10, rows, body)


def _check_position(body: bytes, rows: int) -> None:
    if rows != 1:
        raise WireError(f"open tracker: a position packet holds one row, not {rows}")
    exactly(body, location.length(body) + 2, "open tracker position")
    location.parse(body[:-2])


def counts(packet: DataPacket) -> NDArray[np.float64]:
    """Return the packed rows of a packet as numbers (rows, width), in counts of the wire."""
    kind, width = _ROW_TYPE[packet.stream]
    return np.frombuffer(packet.body, dtype=kind).astype(np.float64).reshape(packet.rows, width)


def position(packet: DataPacket) -> tuple[location.LocationMeasurement, float]:
    """Return the location and its horizontal accuracy in m (NaN for 0xFFFF) of a position packet."""
    raw = int.from_bytes(packet.body[-2:], "little")
    return location.parse(packet.body[:-2]), math.nan if raw == 0xFFFF else raw / 100.0


def samples(packet: DataPacket, t_s: Column) -> tuple[Columnar, ...]:
    """Return the samples of a packet whose rows were taken at times `t_s` (rows,) in s."""
    if packet.stream == POSITION:
        where, accuracy_m = position(packet)
        return location.samples(where, float(t_s[0]), accuracy_m)
    rows = counts(packet)
    if packet.stream == MOTION:
        return (Inertial(t_s, rows[:, 3:] * _M_S2_PER_COUNT, rows[:, :3] * _RAD_S_PER_COUNT),)
    if packet.stream == ACCELERATION:
        return (Inertial(t_s, rows * _M_S2_PER_COUNT, np.full(rows.shape, np.nan)),)
    if packet.stream == MAGNETIC:
        return (Magnetic(t_s, rows * _UT_PER_COUNT),)
    return (Pressure(t_s, rows[:, 0] / 10.0, np.full(len(rows), np.nan)),)


def encode(packet: DataPacket) -> bytes:
    """Return the payload of a data packet; ValueError for a value that its field cannot hold."""
    if packet.spacing_us % 10:
        raise ValueError(f"spacing: {packet.spacing_us} us is not a multiple of 10 us")
    head = struct.pack(
        "<BBH", whole(packet.stream, 0, 255, "stream"), whole(packet.flags, 0, 255, "flags"), packet.seq & 0xFFFF
    )
    spacing = whole(packet.spacing_us / 10, 0, 0xFFFF, "spacing")
    when = (packet.device_us & 0xFFFFFFFFFFFF).to_bytes(6, "little")
    return head + when + struct.pack("<HB", spacing, whole(packet.rows, 0, 255, "rows")) + packet.body


def pack_motion(gyro_rad_s: Column, accel_m_s2: Column) -> bytes:
    """Return six-axis rows of (n, 3) rad/s and (n, 3) m/s2, clipped to +-2048 deg/s and +-16 g."""
    return _pack16(np.hstack([gyro_rad_s / _RAD_S_PER_COUNT, accel_m_s2 / _M_S2_PER_COUNT]))


def pack_acceleration(accel_m_s2: Column) -> bytes:
    """Return rows of (n, 3) m/s2, clipped to +-16 g."""
    return _pack16(accel_m_s2 / _M_S2_PER_COUNT)


def pack_magnetic(field_ut: Column) -> bytes:
    """Return rows of (n, 3) microtesla, clipped to +-3276.7 uT."""
    return _pack16(field_ut / _UT_PER_COUNT)


def pack_pressure(pressure_pa: Column) -> bytes:
    """Return rows of (n,) Pa."""
    return np.rint(np.clip(pressure_pa * 10.0, 0.0, 0xFFFFFFFF)).astype("<u4").tobytes()


def pack_position(where: location.LocationMeasurement, accuracy_m: float = math.nan) -> bytes:
    """Return the row of a position packet; NaN accuracy is sent as 0xFFFF."""
    raw = 0xFFFF if math.isnan(accuracy_m) else whole(min(accuracy_m, 655.34) * 100.0, 0, 0xFFFE, "accuracy")
    return location.encode(where) + struct.pack("<H", raw)


def _pack16(values: NDArray[np.float64]) -> bytes:
    return np.clip(np.rint(values), -32768, 32767).astype("<i2").tobytes()


# ── features, time and control ─────────────────────────────────────────────────────────────────────────────────

START, STOP, GET = 1, 2, 3


class ControlStatus(Enum):
    """What a tracker answers to a control request."""

    OK = 0
    UNKNOWN_OPERATION = 1
    UNKNOWN_STREAM = 2
    BAD_PARAMETER = 3
    BUSY = 4


@dataclass(frozen=True, slots=True)
class StreamOffer:
    """One stream that a tracker has: rows per packet at most, fastest and slowest spacing in us (0: its own)."""

    stream: int
    most_rows: int
    fastest_us: int
    slowest_us: int


@dataclass(frozen=True, slots=True)
class Features:
    """What a tracker says of itself: version of this profile, option bits, streams."""

    version: int
    options: int
    streams: tuple[StreamOffer, ...]


@dataclass(frozen=True, slots=True)
class ControlResponse:
    """A tracker's answer: operation, stream, status, and the spacing in us and rows per packet now in force."""

    operation: int
    stream: int
    status: ControlStatus
    spacing_us: int = 0
    rows: int = 0


def parse_features(payload: bytes) -> Features:
    """Return the features value; WireError unless two bytes and whole entries of six."""
    need(payload, 2, "open tracker features")
    if (len(payload) - 2) % 6:
        raise WireError(f"open tracker features: {len(payload)} bytes are not 2 + 6 per stream")
    offers = [
        StreamOffer(stream, rows, fast * 10, slow * 10)
        for stream, rows, fast, slow in struct.iter_unpack("<BBHH", payload[2:])
    ]
    return Features(payload[0], payload[1], tuple(offers))


def parse_time(payload: bytes) -> tuple[float, float]:
    """Return device time in s and Unix time in s (NaN while nobody has set it); WireError unless twelve bytes."""
    exactly(payload, 12, "open tracker time")
    unix_ms = int.from_bytes(payload[6:], "little")
    return int.from_bytes(payload[:6], "little") * 1e-6, unix_ms / 1000.0 if unix_ms else math.nan


def encode_time(unix_s: float) -> bytes:
    """Return what is written to the time characteristic: Unix time in ms, six bytes."""
    return whole(unix_s * 1000.0, 1, 0xFFFFFFFFFFFF, "time").to_bytes(6, "little")


def encode_start(stream: int, spacing_us: int = 0, rows: int = 0) -> bytes:
    """Return the control request that starts a stream; 0 leaves spacing or rows per packet to the tracker."""
    spacing = whole(spacing_us / 10, 0, 0xFFFF, "spacing")
    return struct.pack("<BBHB", START, whole(stream, 0, 255, "stream"), spacing, whole(rows, 0, 255, "rows"))


def encode_stop(stream: int = 0) -> bytes:
    """Return the control request that stops a stream, or all of them with 0."""
    return bytes([STOP, whole(stream, 0, 255, "stream")])


def encode_get(stream: int) -> bytes:
    """Return the control request that asks what a stream does."""
    return bytes([GET, whole(stream, 0, 255, "stream")])


def parse_response(payload: bytes) -> ControlResponse:
    """Return a control indication; WireError when it is not one."""
    need(payload, 3, "open tracker response")
    if not payload[0] & 0x80:
        raise WireError(f"open tracker response: operation {payload[0]:#04x} lacks the response bit")
    try:
        status = ControlStatus(payload[2])
    except ValueError:
        raise WireError(f"open tracker response: unknown status {payload[2]}") from None
    spacing, rows = struct.unpack_from("<HB", payload, 3) if len(payload) >= 6 else (0, 0)
    return ControlResponse(payload[0] & 0x7F, payload[1], status, spacing * 10, rows)
