"""Heart Rate Measurement, 0x2A37: beats/min, skin contact, energy, beat intervals; Control Point 0x2A39.

The rule of this file: what the bytes say. Source: GATT Specification Supplement 3.113, Heart Rate Service 1.0.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from device.wire.errors import WireError, need, whole
from edge.samples import Columnar, HeartRate

UUID, CONTROL = "2A37", "2A39"
_WIDE, _CONTACT, _CONTACT_KNOWN, _ENERGY, _RR = 0x01, 0x02, 0x04, 0x08, 0x10


@dataclass(frozen=True, slots=True)
class HeartRateMeasurement:
    """One notification: beats/min, contact (None: not supported), energy in kJ or None, beat intervals in s."""

    bpm: int
    contact: bool | None = None
    energy_kj: int | None = None
    rr_s: tuple[float, ...] = ()


def parse(payload: bytes) -> HeartRateMeasurement:
    """Return the measurement; WireError when a field that the flags promise is missing or cut."""
    need(payload, 2, "heart rate")
    flags = payload[0]
    at = 3 if flags & _WIDE else 2
    need(payload, at + (2 if flags & _ENERGY else 0), "heart rate")
    bpm = int.from_bytes(payload[1:at], "little")
    energy = None
    if flags & _ENERGY:
        energy = int.from_bytes(payload[at : at + 2], "little")
        at += 2
    contact = bool(flags & _CONTACT) if flags & _CONTACT_KNOWN else None
    return HeartRateMeasurement(bpm, contact, energy, _intervals(payload[at:]) if flags & _RR else ())


def _intervals(rest: bytes) -> tuple[float, ...]:
    if len(rest) % 2:
        raise WireError(f"heart rate: a beat interval is cut after one byte ({len(rest)} bytes of intervals)")
    return tuple(raw / 1024.0 for (raw,) in struct.iter_unpack("<H", rest))


def encode(measurement: HeartRateMeasurement) -> bytes:
    """Return the payload of a measurement; ValueError for a value that its field cannot hold."""
    wide = measurement.bpm > 0xFF
    flags = (_WIDE if wide else 0) | (_RR if measurement.rr_s else 0)
    if measurement.contact is not None:
        flags |= _CONTACT_KNOWN | (_CONTACT if measurement.contact else 0)
    parts = [struct.pack("<H" if wide else "<B", whole(measurement.bpm, 0, 0xFFFF, "heart rate"))]
    if measurement.energy_kj is not None:
        flags |= _ENERGY
        parts.append(struct.pack("<H", whole(measurement.energy_kj, 0, 0xFFFF, "energy")))
    parts += [struct.pack("<H", whole(rr * 1024.0, 0, 0xFFFF, "beat interval")) for rr in measurement.rr_s]
    return bytes([flags]) + b"".join(parts)


def encode_reset_energy() -> bytes:
    """Return what is written to 0x2A39 so that the energy counter starts again from 0."""
    return b"\x01"


def samples(measurement: HeartRateMeasurement, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of heart rate at `t_s` with its beat intervals."""
    rr_s = np.array(measurement.rr_s, dtype=np.float64)
    at, bpm = np.array([t_s]), np.array([float(measurement.bpm)])
    return (HeartRate(at, bpm, np.array([float(len(rr_s))]), rr_s),)
