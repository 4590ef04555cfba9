"""Location and Navigation: Location and Speed 0x2A67, Position Quality 0x2A69, LN Feature 0x2A6A.

The rule of this file: what the bytes say; NaN for what they leave out. Whether a position is a measurement or a
remembered one is in `status`; `plausible` judges it. Source: GATT Specification Supplement 3.141, and by name.
"""

from __future__ import annotations

import math
import struct
from dataclasses import astuple, dataclass
from enum import IntFlag

import numpy as np

from device.wire import fields
from device.wire.current_time import date_time, encode_date_time, unpack_date_time
from device.wire.errors import need
from device.wire.fields import Field, read, write
from edge.samples import Columnar, Fix, Odometer

UUID, QUALITY, FEATURE = "2A67", "2A69", "2A6A"
NO_POSITION, POSITION_OK, ESTIMATED, LAST_KNOWN = range(4)
_FIELDS = (
    Field("speed", 0x01, 2, 100.0),
    Field("distance", 0x02, 3, 10.0),
    Field("latitude", 0x04, 4, 1e7, signed=True),
    Field("longitude", 0x04, 4, 1e7, signed=True),
    Field("elevation", 0x08, 3, 100.0, signed=True),
    Field("heading", 0x10, 2, 100.0),
    Field("rolling time", 0x20, 1),
)
_UTC, _UTC_BYTES = 0x40, 7


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
    return 2 + fields.length(flags, _FIELDS) + (_UTC_BYTES if flags & _UTC else 0)


def parse(payload: bytes) -> LocationMeasurement:
    """Return the measurement; WireError when a promised field is missing or cut."""
    promised = length(payload)
    need(payload, promised, "location")
    flags = int.from_bytes(payload[:2], "little")
    speed, distance, latitude, longitude, elevation, heading, rolling = read(payload, 2, flags, _FIELDS, "location")
    return LocationMeasurement(
        speed,
        distance,
        latitude,
        longitude,
        elevation,
        heading,
        None if math.isnan(rolling) else int(rolling),
        unpack_date_time(payload[promised - _UTC_BYTES : promised]).unix_s if flags & _UTC else math.nan,
        status=flags >> 7 & 3,
        three_d=bool(flags & 0x200),
        elevation_source=flags >> 10 & 3,
        heading_source=flags >> 12 & 1,
    )


def encode(measurement: LocationMeasurement) -> bytes:
    """Return the payload of a measurement; ValueError for a value that its field cannot hold."""
    m = measurement
    rolling = math.nan if m.rolling_s is None else float(m.rolling_s)
    numbers = (m.speed_m_s, m.distance_m, m.latitude_deg, m.longitude_deg, m.elevation_m, m.heading_deg, rolling)
    flags, body = write(_FIELDS, numbers)
    flags |= (m.status & 3) << 7 | int(m.three_d) << 9 | (m.elevation_source & 3) << 10 | (m.heading_source & 1) << 12
    if not math.isnan(m.utc_unix_s):
        flags |= _UTC
        body += encode_date_time(date_time(m.utc_unix_s))
    return struct.pack("<H", flags) + body


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


_QUALITY_FIELDS = (
    Field("satellites used", 0x01, 1),
    Field("satellites in view", 0x02, 1),
    Field("time to first fix", 0x04, 2, 10.0),
    Field("horizontal error", 0x08, 4, 100.0),
    Field("vertical error", 0x10, 4, 100.0),
    Field("horizontal dilution", 0x20, 1, 5.0),
    Field("vertical dilution", 0x40, 1, 5.0),
)


@dataclass(frozen=True, slots=True)
class PositionQuality:
    """What a receiver says of its position: numbers of satellites, s, m, dilution; NaN where a field is absent."""

    satellites_used: float = math.nan
    satellites_in_view: float = math.nan
    first_fix_s: float = math.nan
    horizontal_error_m: float = math.nan
    vertical_error_m: float = math.nan
    horizontal_dilution: float = math.nan
    vertical_dilution: float = math.nan
    status: int = NO_POSITION


def parse_quality(payload: bytes) -> PositionQuality:
    """Return the position quality of 0x2A69; WireError when a promised field is missing or cut."""
    need(payload, 2, "position quality")
    flags = int.from_bytes(payload[:2], "little")
    used, view, first_s, *errors = read(payload, 2, flags, _QUALITY_FIELDS, "position quality")
    horizontal_m, vertical_m, horizontal, vertical = errors
    return PositionQuality(used, view, first_s, horizontal_m, vertical_m, horizontal, vertical, flags >> 7 & 3)


def encode_quality(quality: PositionQuality) -> bytes:
    """Return the payload of a position quality; ValueError for a value that its field cannot hold."""
    *numbers, status = astuple(quality)
    flags, body = write(_QUALITY_FIELDS, numbers)
    return struct.pack("<H", flags | (status & 3) << 7) + body


class LocationFeature(IntFlag):
    """What a location device can do, from 0x2A6A: bits 0 to 20 of the supplement, by name."""

    SPEED = 1 << 0
    DISTANCE = 1 << 1
    LOCATION = 1 << 2
    ELEVATION = 1 << 3
    HEADING = 1 << 4
    ROLLING_TIME = 1 << 5
    UTC = 1 << 6
    REMAINING_DISTANCE = 1 << 7
    REMAINING_HEIGHT = 1 << 8
    ARRIVAL_TIME = 1 << 9
    SATELLITES_USED = 1 << 10
    SATELLITES_IN_VIEW = 1 << 11
    TIME_TO_FIRST_FIX = 1 << 12
    HORIZONTAL_ERROR = 1 << 13
    VERTICAL_ERROR = 1 << 14
    HORIZONTAL_DILUTION = 1 << 15
    VERTICAL_DILUTION = 1 << 16
    CONTENT_MASKING = 1 << 17
    FIX_RATE_SETTING = 1 << 18
    ELEVATION_SETTING = 1 << 19
    POSITION_STATUS = 1 << 20


_NAMED_FEATURES = (1 << 21) - 1


def parse_feature(payload: bytes) -> LocationFeature:
    """Return the features of 0x2A6A that have a name; WireError when shorter than four bytes."""
    need(payload, 4, "location feature")
    return LocationFeature(int.from_bytes(payload[:4], "little") & _NAMED_FEATURES)


def encode_feature(feature: LocationFeature) -> bytes:
    """Return the payload of the features."""
    return int(feature).to_bytes(4, "little")
