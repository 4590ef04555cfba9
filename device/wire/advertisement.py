"""What a tracker says before anybody connects: Polar's manufacturer data with the heart rate, and service lists.

The rule of this file: an advertisement is read, never trusted: it finds a tracker and shows that it lives.
Source: reference/ble.md, P4; Core Specification Supplement, part A, 1.1 and 1.4.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from device.wire.errors import WireError, need

POLAR_COMPANY = 0x006B
_OTHER_SECTION, _STATUS = 0x40, 0x80


@dataclass(frozen=True, slots=True)
class PolarHeartRate:
    """The heart rate that a Polar sensor advertises, in beats/min averaged fast and slowly, and its flags."""

    battery_low: bool
    contact: bool
    frame_counter: int
    """0 to 7; one that has moved says that the values are new."""
    broadcast: bool
    status: bool
    code: int
    """A byte that tells sensors on the same frequency apart."""
    fast_bpm: int
    slow_bpm: int


def parse_manufacturer(content: bytes) -> tuple[int, bytes]:
    """Return the company and the rest of a manufacturer-specific field; WireError unless two bytes are there."""
    need(content, 2, "manufacturer data")
    return int.from_bytes(content[:2], "little"), content[2:]


def polar_heart_rate(sections: bytes) -> PolarHeartRate | None:
    """Return the heart rate in Polar's data (what follows the company), None where it has none.

    Sections follow one another: a heart rate of three or four bytes, or, with bit 6 of the first byte, a length and
    as many bytes of something else. WireError where a section is cut.
    """
    at = 0
    while at < len(sections):
        if not sections[at] & _OTHER_SECTION:
            return parse_polar_heart_rate(sections[at : at + 4])
        need(sections, at + 2, "Polar advertisement")
        at += 2 + sections[at + 1]
        need(sections, at, "Polar advertisement")
    return None


def parse_polar_heart_rate(section: bytes) -> PolarHeartRate:
    """Return the heart rate of one section; without a fourth byte the slow average is the fast one.

    WireError unless three or four bytes.
    """
    if len(section) not in (3, 4):
        raise WireError(f"Polar advertisement: {len(section)} bytes of heart rate, 3 or 4 expected")
    flags, code, fast_bpm = section[:3]
    return PolarHeartRate(
        battery_low=bool(flags & 0x01),
        contact=bool(flags & 0x02),
        frame_counter=flags >> 2 & 7,
        broadcast=bool(flags & 0x20),
        status=bool(flags & _STATUS),
        code=code,
        fast_bpm=fast_bpm,
        slow_bpm=section[-1],
    )


def encode_polar_heart_rate(heart_rate: PolarHeartRate) -> bytes:
    """Return the four bytes of a heart-rate section; ValueError for a value that does not fit."""
    flags = heart_rate.battery_low | heart_rate.contact << 1 | heart_rate.broadcast << 5 | heart_rate.status << 7
    if not 0 <= heart_rate.frame_counter <= 7:
        raise ValueError(f"Polar advertisement: frame counter {heart_rate.frame_counter}")
    counted = flags | heart_rate.frame_counter << 2
    return bytes([counted, heart_rate.code, heart_rate.fast_bpm, heart_rate.slow_bpm])


def parse_services(content: bytes) -> tuple[str, ...]:
    """Return the 16-bit service UUIDs of a service list, as "180D"; WireError unless two bytes each."""
    if len(content) % 2:
        raise WireError(f"service list: {len(content)} bytes are not two for each")
    return tuple(f"{uuid:04X}" for (uuid,) in struct.iter_unpack("<H", content))


def parse_fields(payload: bytes) -> tuple[tuple[int, bytes], ...]:
    """Return the fields of an advertisement as (type, content); a length of 0 ends it. WireError where one is cut."""
    found: list[tuple[int, bytes]] = []
    at = 0
    while at < len(payload) and payload[at]:
        end = at + 1 + payload[at]
        need(payload, end, "advertisement")
        found.append((payload[at + 1], payload[at + 2 : end]))
        at = end
    return tuple(found)
