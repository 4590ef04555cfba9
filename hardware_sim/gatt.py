"""Payloads of the standard GATT characteristics, encoded as a tracker's firmware would.

The rule of this file: plain numbers in, bytes out, little-endian; layouts from the Bluetooth GATT
Specification Supplement. Values beyond a field's range are clipped to it, as firmware does.
"""

from __future__ import annotations

import math
import struct
import time
from collections.abc import Sequence

HEART_RATE = "2A37"
RUNNING = "2A53"
LOCATION = "2A67"
PRESSURE = "2A6D"
ELEVATION = "2A6C"
TEMPERATURE = "2A6E"
HUMIDITY = "2A6F"
BATTERY = "2A19"


def _whole(value: float, low: int, high: int) -> int:
    return min(high, max(low, round(value)))


def _signed24(value: float) -> bytes:
    return _whole(value, -0x800000, 0x7FFFFF).to_bytes(3, "little", signed=True)


def heart_rate(
    bpm: float, rr_s: Sequence[float] = (), contact: bool | None = True, *, energy_kj: float | None = None
) -> bytes:
    """Return a Heart Rate Measurement (0x2A37): beats/min, beat intervals in s, skin contact or None, energy in kJ."""
    wide = bpm > 255
    flags = (0x01 if wide else 0) | (0x10 if len(rr_s) else 0)
    flags |= 0 if contact is None else 0x04 | (0x02 if contact else 0)
    head = struct.pack("<BH" if wide else "<BB", flags, _whole(bpm, 0, 0xFFFF if wide else 0xFF))
    if energy_kj is not None:
        head = bytes([flags | 0x08]) + head[1:] + struct.pack("<H", _whole(energy_kj, 0, 0xFFFF))
    return head + b"".join(struct.pack("<H", _whole(r * 1024.0, 0, 0xFFFF)) for r in rr_s)


def running(speed_m_s: float, strides_per_min: float, stride_m: float, distance_m: float) -> bytes:
    """Return an RSC Measurement (0x2A53); NaN stride length or distance leaves its field out."""
    flags = (0x04 if speed_m_s > 2.1 else 0) | (0 if math.isnan(stride_m) else 1) | (0 if math.isnan(distance_m) else 2)
    payload = struct.pack("<BHB", flags, _whole(speed_m_s * 256.0, 0, 0xFFFF), _whole(strides_per_min, 0, 0xFF))
    if flags & 1:
        payload += struct.pack("<H", _whole(stride_m * 100.0, 0, 0xFFFF))
    if flags & 2:
        payload += struct.pack("<I", _whole(distance_m * 10.0, 0, 0xFFFFFFFF))
    return payload


def location(
    *,
    speed_m_s: float = math.nan,
    distance_m: float = math.nan,
    latitude_deg: float = math.nan,
    longitude_deg: float = math.nan,
    elevation_m: float = math.nan,
    heading_deg: float = math.nan,
    utc_unix_s: float = math.nan,
    status: int = 1,
    barometric: bool = False,
) -> bytes:
    """Return a Location and Speed (0x2A67); a NaN leaves its field out; status 1 ok, 2 estimated, 3 last known."""
    present = [not math.isnan(v) for v in (speed_m_s, distance_m, latitude_deg, elevation_m, heading_deg)]
    flags = sum(1 << bit for bit, there in enumerate(present) if there)
    flags |= 0x40 if not math.isnan(utc_unix_s) else 0
    flags |= (status & 3) << 7 | 0x0200 | (0x0400 if barometric else 0)
    parts = [struct.pack("<H", flags)]
    if present[0]:
        parts.append(struct.pack("<H", _whole(speed_m_s * 100.0, 0, 0xFFFF)))
    if present[1]:
        parts.append(_whole(distance_m * 10.0, 0, 0xFFFFFF).to_bytes(3, "little"))
    if present[2]:
        parts.append(struct.pack("<ii", round(latitude_deg * 1e7), round(longitude_deg * 1e7)))
    if present[3]:
        parts.append(_signed24(elevation_m * 100.0))
    if present[4]:
        parts.append(struct.pack("<H", round(heading_deg * 100.0) % 36000))
    if flags & 0x40:
        parts.append(date_time(utc_unix_s))
    return b"".join(parts)


def date_time(unix_s: float) -> bytes:
    """Return a Date Time field: u16 year, u8 month, day, hour, minute, second, in UTC."""
    year, month, day, hour, minute, second, *_ = time.gmtime(math.floor(unix_s))
    return struct.pack("<HBBBBB", year, month, day, hour, minute, second)


def current_time(unix_s: float, reason: int = 0) -> bytes:
    """Return a Current Time (0x2A2B) in UTC: Date Time, u8 day of the week (1 Monday), u8 1/256 s, u8 adjust reason."""
    day = time.gmtime(math.floor(unix_s)).tm_wday + 1
    return date_time(unix_s) + bytes([day, int(unix_s % 1.0 * 256.0), reason])


def pressure(pressure_pa: float) -> bytes:
    """Return a Pressure (0x2A6D): u32 in 0.1 Pa."""
    return struct.pack("<I", _whole(pressure_pa * 10.0, 0, 0xFFFFFFFF))


def elevation(metres: float) -> bytes:
    """Return an Elevation (0x2A6C): s24 in 0.01 m."""
    return _signed24(metres * 100.0)


def temperature(celsius: float) -> bytes:
    """Return a Temperature (0x2A6E): s16 in 0.01 deg C."""
    return struct.pack("<h", _whole(celsius * 100.0, -27315, 32767))


def humidity(percent: float) -> bytes:
    """Return a Humidity (0x2A6F): u16 in 0.01 %."""
    return struct.pack("<H", _whole(percent * 100.0, 0, 10000))


def battery(percent: float) -> bytes:
    """Return a Battery Level (0x2A19): u8 in per cent."""
    return bytes([_whole(percent, 0, 100)])
