"""Satellite positions of Polar's measurement service (PMD): coordinates, dilution, satellites, receiver text.

The rule of this file: what the bytes say, in SI units. Speeds whose unit no document names stay as they are sent.
Source: reference/ble.md, P4 (LOCATION frame types 0 to 3); NMEA 0183 for the receiver's text.
"""

from __future__ import annotations

import calendar
import functools
import math
import operator
import re
import struct
import time
from dataclasses import dataclass

from device.wire.errors import WireError, need, whole
from device.wire.polar_frame import PmdFrame, PmdHeader, PmdType, encode_header

COORDINATES, DILUTION, SATELLITES, TEXT = range(4)
M_S_PER_KNOT = 1852.0 / 3600.0
_UNKNOWN = 0xFFFF
_ROW = "<ddHBBIIffffHHBbB"
# NMEA 0183 ends a sentence at 82 characters; a limit keeps text without any end from costing its length squared
_GGA = re.compile(r"\$?([A-Z]{2}GGA,[ -)+-~]{0,120})\*([0-9A-Fa-f]{2})")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Coordinate:
    """One satellite fix; speeds of unknown unit as sent; `chip_speed_kn` in knots, 655.35 where not known."""

    latitude_deg: float
    longitude_deg: float
    unix_s: float
    """Time of the fix, NaN where no such date exists."""
    distance_m: float
    speed: float
    used_acceleration_speed: float
    coordinate_speed: float
    acceleration_speed_factor: float
    course_deg: float
    chip_speed_kn: float
    fix: bool
    speed_flag: int
    fusion_state: int


@dataclass(frozen=True, slots=True)
class Dilution:
    """Dilution of precision, altitude in m, satellites in use, and whether there is a fix."""

    dilution: float
    altitude_m: int
    satellites: int
    fix: bool


@dataclass(frozen=True, slots=True)
class SatelliteCount:
    """Satellites of one band: number and best signal of GPS, GLONASS, Galileo, BeiDou, then all and the best five."""

    counts: tuple[int, ...]
    """Ten bytes in the order sent."""


@dataclass(frozen=True, slots=True)
class SatelliteSummary:
    """Satellites seen and used in band 1, seen and used in band 2, and the best signal of all."""

    bands: tuple[SatelliteCount, ...]
    best_signal: int


@dataclass(frozen=True, slots=True)
class ReceiverText:
    """One message of the satellite receiver: measurement period, status flags and the NMEA text."""

    period: int
    flags: int
    text: str


@dataclass(frozen=True, slots=True)
class TextFix:
    """A position that an NMEA GGA sentence states: degrees, and m above sea level (NaN where absent)."""

    latitude_deg: float
    longitude_deg: float
    altitude_m: float


def coordinates(frame: PmdFrame) -> tuple[Coordinate, ...]:
    """Return the fixes of a LOCATION frame of type 0; WireError where it is another."""
    _expect(frame.header, COORDINATES)
    return tuple(_coordinate(*row) for row in struct.iter_unpack(_ROW, frame.content))


def _coordinate(  # the order of the wire
    latitude: float,
    longitude: float,
    year: int,
    month: int,
    day: int,
    clock: int,
    distance: int,
    speed: float,
    acceleration_speed: float,
    coordinate_speed: float,
    factor: float,
    course: int,
    knots: int,
    fix: int,
    flag: int,
    state: int,
) -> Coordinate:
    unix_s = _unix_s(year, month, day, clock)
    speeds = (speed, acceleration_speed, coordinate_speed, factor)
    return Coordinate(
        latitude, longitude, unix_s, distance / 10.0, *speeds, course / 100.0, knots / 100.0, bool(fix), flag, state
    )


def _unix_s(year: int, month: int, day: int, clock: int) -> float:
    hour, minute, second = clock >> 10 & 0x1F, clock >> 15 & 0x3F, clock >> 21 & 0x3F
    if not (1970 <= year <= 9999 and 1 <= month <= 12 and hour <= 23 and minute <= 59 and second <= 60):
        return math.nan
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return math.nan
    return (calendar.timegm((year, month, day, hour, minute, second)) * 1000 + (clock & 0x3FF)) / 1000.0


def dilutions(frame: PmdFrame) -> tuple[Dilution, ...]:
    """Return the rows of a LOCATION frame of type 1; WireError where it is another."""
    _expect(frame.header, DILUTION)
    rows = struct.iter_unpack("<HhBB", frame.content)
    return tuple(Dilution(dop / 100.0, altitude, satellites, bool(fix)) for dop, altitude, satellites, fix in rows)


def satellites(frame: PmdFrame) -> tuple[SatelliteSummary, ...]:
    """Return the rows of a LOCATION frame of type 2; WireError where it is another."""
    _expect(frame.header, SATELLITES)
    rows = [frame.content[at : at + 41] for at in range(0, len(frame.content), 41)]
    return tuple(
        SatelliteSummary(tuple(SatelliteCount(tuple(row[at : at + 10])) for at in range(0, 40, 10)), row[40])
        for row in rows
    )


def texts(frame: PmdFrame) -> tuple[ReceiverText, ...]:
    """Return the messages of a LOCATION frame of type 3, at least one; WireError where one is cut."""
    _expect(frame.header, TEXT)
    found: list[ReceiverText] = []
    at = 0
    while at < len(frame.content) or not found:
        need(frame.content, at + 7, "PMD receiver text")
        period, length, flags = struct.unpack_from("<IHB", frame.content, at)
        at += 7
        need(frame.content, at + length, "PMD receiver text")
        found.append(ReceiverText(period, flags, frame.content[at : at + length].decode("latin-1")))
        at += length
    return tuple(found)


def _expect(header: PmdHeader, frame_type: int) -> None:
    if header.type is not PmdType.LOCATION or header.frame_type != frame_type or header.compressed:
        raise WireError(f"PMD location: no location frame of type {frame_type}")


def text_fixes(text: str) -> tuple[TextFix, ...]:
    """Return the positions of the GGA sentences in NMEA text; those without a fix or with a wrong check sum are not."""
    return tuple(
        fix
        for body, check in _GGA.findall(text)
        if functools.reduce(operator.xor, body.encode("latin-1")) == int(check, 16)
        and (fix := _text_fix(body.split(","))) is not None
    )


def _text_fix(field: list[str]) -> TextFix | None:
    if len(field) < 10 or field[6] in ("", "0"):
        return None
    latitude = _angle_deg(field[2], 2, 90.0) * (-1.0 if field[3] == "S" else 1.0)
    longitude = _angle_deg(field[4], 3, 180.0) * (-1.0 if field[5] == "W" else 1.0)
    if math.isnan(latitude) or math.isnan(longitude):
        return None
    return TextFix(latitude, longitude, float(field[9]) if _NUMBER.match(field[9]) else math.nan)


def _angle_deg(text: str, degree_digits: int, limit_deg: float) -> float:
    if not _NUMBER.match(text) or not text[:degree_digits].isdigit() or not text[degree_digits:]:
        return math.nan
    angle = int(text[:degree_digits]) + float(text[degree_digits:]) / 60.0
    return angle if angle <= limit_deg else math.nan


def encode_coordinates(device_ns: int, rows: tuple[Coordinate, ...]) -> bytes:
    """Return a LOCATION frame of type 0; ValueError for a value that its field cannot hold. A NaN time is sent as 0."""
    return encode_header(PmdHeader(PmdType.LOCATION, device_ns, COORDINATES)) + b"".join(map(_encode_row, rows))


def _encode_row(row: Coordinate) -> bytes:
    date = (0, 0, 0, 0) if math.isnan(row.unix_s) else _date(row.unix_s)
    speeds = (row.speed, row.used_acceleration_speed, row.coordinate_speed, row.acceleration_speed_factor)
    try:
        return struct.pack(
            _ROW,
            *(row.latitude_deg, row.longitude_deg, *date),
            *(whole(row.distance_m * 10.0, 0, 0xFFFFFFFF, "distance"), *speeds),
            *(
                whole(row.course_deg * 100.0, 0, _UNKNOWN, "course"),
                whole(row.chip_speed_kn * 100.0, 0, _UNKNOWN, "kn"),
            ),
            *(row.fix, row.speed_flag, row.fusion_state),
        )
    except (struct.error, OverflowError) as problem:
        raise ValueError(f"PMD location: {problem}") from None


def _date(unix_s: float) -> tuple[int, int, int, int]:
    seconds, ms = divmod(whole(unix_s * 1000.0, 0, 253_402_300_799_999, "time"), 1000)
    at = time.gmtime(seconds)
    return at.tm_year, at.tm_mon, at.tm_mday, ms | at.tm_hour << 10 | at.tm_min << 15 | at.tm_sec << 21


def encode_dilutions(device_ns: int, rows: tuple[Dilution, ...]) -> bytes:
    """Return a LOCATION frame of type 1; ValueError for a value that its field cannot hold."""
    head = encode_header(PmdHeader(PmdType.LOCATION, device_ns, DILUTION))
    return head + b"".join(
        struct.pack(
            "<HhBB",
            whole(row.dilution * 100.0, 0, 0xFFFF, "dilution"),
            whole(row.altitude_m, -0x8000, 0x7FFF, "altitude"),
            whole(row.satellites, 0, 0xFF, "satellites"),
            row.fix,
        )
        for row in rows
    )


def encode_texts(device_ns: int, rows: tuple[ReceiverText, ...]) -> bytes:
    """Return a LOCATION frame of type 3; ValueError for a value that its field cannot hold."""
    head = encode_header(PmdHeader(PmdType.LOCATION, device_ns, TEXT))
    try:
        bodies = [(row, row.text.encode("latin-1")) for row in rows]
        return head + b"".join(struct.pack("<IHB", row.period, len(body), row.flags) + body for row, body in bodies)
    except (struct.error, UnicodeEncodeError) as problem:
        raise ValueError(f"PMD receiver text: {problem}") from None
