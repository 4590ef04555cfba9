"""Location and Speed, 0x2A67: position, speed, distance, elevation, heading and UTC of a watch or phone.

The rule of this file: what the bytes say; NaN for what they leave out. Whether a position is a measurement or a
remembered one is in `status`; `plausible` judges it. Source: GATT Specification Supplement 3.141.
"""

from __future__ import annotations

import calendar
import math
import struct
import time
from dataclasses import dataclass

import numpy as np

from device.wire.errors import need, whole
from edge.samples import Columnar, Fix, Odometer

UUID = "2A67"
NO_POSITION, POSITION_OK, ESTIMATED, LAST_KNOWN = range(4)
#: (flag, bytes) of the optional fields in their order on the wire.
_FIELDS = ((0x01, 2), (0x02, 3), (0x04, 8), (0x08, 3), (0x10, 2), (0x20, 1), (0x40, 7))
_SPEED, _DISTANCE, _LOCATION, _ELEVATION, _HEADING, _ROLLING, _UTC = (flag for flag, _ in _FIELDS)


@dataclass(frozen=True, slots=True)
class LocationMeasurement:
    """One notification in m/s, m, deg and s; NaN where a field is absent; `utc_unix_s` also where it is unset."""

    speed_m_s: float = math.nan
    distance_m: float = math.nan
    latitude_deg: float = math.nan
    longitude_deg: float = math.nan
    elevation_m: float = math.nan
    heading_deg: float = math.nan
    rolling_s: int | None = None
    utc_unix_s: float = math.nan
    status: int = NO_POSITION
    three_d: bool = False
    elevation_source: int = 0
    """0 satellites, 1 barometer, 2 data base, 3 other."""
    heading_source: int = 0
    """0 from movement, 1 from a compass."""


def length(payload: bytes) -> int:
    """Return how many bytes the flags promise, flags included; WireError when the flags themselves are cut."""
    need(payload, 2, "location")
    flags = int.from_bytes(payload[:2], "little")
    return 2 + sum(size for flag, size in _FIELDS if flags & flag)


def parse(payload: bytes) -> LocationMeasurement:
    """Return the measurement; WireError when a promised field is missing or cut."""
    need(payload, length(payload), "location")
    flags = int.from_bytes(payload[:2], "little")
    at, field = 2, {}
    for flag, size in _FIELDS:
        if flags & flag:
            field[flag] = payload[at : at + size]
            at += size
    where = field.get(_LOCATION, b"")
    return LocationMeasurement(
        speed_m_s=_scaled(field.get(_SPEED, b""), 100.0, False),
        distance_m=_scaled(field.get(_DISTANCE, b""), 10.0, False),
        latitude_deg=_scaled(where[:4], 1e7, True),
        longitude_deg=_scaled(where[4:], 1e7, True),
        elevation_m=_scaled(field.get(_ELEVATION, b""), 100.0, True),
        heading_deg=_scaled(field.get(_HEADING, b""), 100.0, False),
        rolling_s=field[_ROLLING][0] if _ROLLING in field else None,
        utc_unix_s=_unix_s(field[_UTC]) if _UTC in field else math.nan,
        status=flags >> 7 & 3,
        three_d=bool(flags & 0x200),
        elevation_source=flags >> 10 & 3,
        heading_source=flags >> 12 & 1,
    )


def _scaled(raw: bytes, per_unit: float, signed: bool) -> float:
    return int.from_bytes(raw, "little", signed=signed) / per_unit if raw else math.nan


def _unix_s(raw: bytes) -> float:
    """Return the Unix time in s of a Date Time field; NaN where it is not known or no such date exists."""
    year, month, day, hour, minute, second = struct.unpack("<HBBBBB", raw)
    if not (1582 <= year <= 9999 and 1 <= month <= 12 and hour <= 23 and minute <= 59 and second <= 60):
        return math.nan
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return math.nan
    return float(calendar.timegm((year, month, day, hour, minute, second)))


def encode(measurement: LocationMeasurement) -> bytes:
    """Return the payload of a measurement; ValueError for a value that its field cannot hold."""
    m = measurement
    flags = (m.status & 3) << 7 | int(m.three_d) << 9 | (m.elevation_source & 3) << 10 | (m.heading_source & 1) << 12
    parts: list[bytes] = []

    def put(flag: int, value: float, per_unit: float, size: int, signed: bool, what: str) -> None:
        nonlocal flags
        if not math.isnan(value):
            flags |= flag
            low, high = (-(1 << 8 * size - 1), (1 << 8 * size - 1) - 1) if signed else (0, (1 << 8 * size) - 1)
            parts.append(whole(value * per_unit, low, high, what).to_bytes(size, "little", signed=signed))

    put(_SPEED, m.speed_m_s, 100.0, 2, False, "speed")
    put(_DISTANCE, m.distance_m, 10.0, 3, False, "distance")
    put(_LOCATION, m.latitude_deg, 1e7, 4, True, "latitude")
    put(_LOCATION, m.longitude_deg, 1e7, 4, True, "longitude")
    put(_ELEVATION, m.elevation_m, 100.0, 3, True, "elevation")
    put(_HEADING, m.heading_deg, 100.0, 2, False, "heading")
    put(_ROLLING, math.nan if m.rolling_s is None else m.rolling_s, 1.0, 1, False, "rolling time")
    if not math.isnan(m.utc_unix_s):
        flags |= _UTC
        parts.append(_date_time(m.utc_unix_s))
    return struct.pack("<H", flags) + b"".join(parts)


def _date_time(unix_s: float) -> bytes:
    year, month, day, hour, minute, second, *_ = time.gmtime(math.floor(unix_s))
    return struct.pack("<HBBBBB", year, month, day, hour, minute, second)


def samples(measurement: LocationMeasurement, t_s: float, accuracy_m: float = math.nan) -> tuple[Columnar, ...]:
    """Return at `t_s` a fix where there is a position or elevation, and an odometer where there is a distance.

    Speed without a position goes to the odometer. NaN stands for each absent field.
    """
    m, at = measurement, np.array([t_s])
    made: list[Columnar] = []
    if not (math.isnan(m.latitude_deg) and math.isnan(m.elevation_m)):
        fix = (m.latitude_deg, m.longitude_deg, m.elevation_m, m.speed_m_s, accuracy_m)
        made.append(Fix(at, *(np.array([value]) for value in fix)))
    if not math.isnan(m.distance_m) or (not made and not math.isnan(m.speed_m_s)):
        made.append(Odometer(at, np.array([m.distance_m]), np.array([m.speed_m_s])))
    return tuple(made)
