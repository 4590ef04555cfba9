"""Environmental Sensing: pressure 0x2A6D, elevation 0x2A6C, temperature 0x2A6E, humidity 0x2A6F.

The rule of this file: one number per characteristic; the value that the specification reserves for "not known"
is NaN. Source: GATT Specification Supplement 3.91, 3.115, 3.177, 3.221.
"""

from __future__ import annotations

import math
import struct

import numpy as np

from device.wire.errors import exactly, whole
from edge.samples import Altitude, Columnar, Humidity, Pressure, Temperature

PRESSURE, ELEVATION, TEMPERATURE, HUMIDITY = "2A6D", "2A6C", "2A6E", "2A6F"


def parse_pressure(payload: bytes) -> float:
    """Return the pressure in Pa; WireError unless four bytes."""
    exactly(payload, 4, "pressure")
    return int.from_bytes(payload, "little") / 10.0


def parse_elevation(payload: bytes) -> float:
    """Return the elevation in m; WireError unless three bytes."""
    exactly(payload, 3, "elevation")
    return int.from_bytes(payload, "little", signed=True) / 100.0


def parse_temperature(payload: bytes) -> float:
    """Return the temperature in deg C, NaN where not known (0x8000); WireError unless two bytes."""
    exactly(payload, 2, "temperature")
    raw = int.from_bytes(payload, "little", signed=True)
    return math.nan if raw == -0x8000 else raw / 100.0


def parse_humidity(payload: bytes) -> float:
    """Return the relative humidity in per cent, NaN where not known (0xFFFF); WireError unless two bytes."""
    exactly(payload, 2, "humidity")
    raw = int.from_bytes(payload, "little")
    return math.nan if raw == 0xFFFF else raw / 100.0


def encode_pressure(pressure_pa: float) -> bytes:
    """Return the payload of a pressure in Pa; ValueError where it does not fit."""
    return struct.pack("<I", whole(pressure_pa * 10.0, 0, 0xFFFFFFFF, "pressure"))


def encode_elevation(elevation_m: float) -> bytes:
    """Return the payload of an elevation in m; ValueError where it does not fit."""
    return whole(elevation_m * 100.0, -0x800000, 0x7FFFFF, "elevation").to_bytes(3, "little", signed=True)


def encode_temperature(temperature_c: float) -> bytes:
    """Return the payload of a temperature in deg C (NaN: not known); ValueError where it does not fit."""
    raw = -0x8000 if math.isnan(temperature_c) else whole(temperature_c * 100.0, -0x7FFF, 0x7FFF, "temperature")
    return struct.pack("<h", raw)


def encode_humidity(humidity_percent: float) -> bytes:
    """Return the payload of a humidity in per cent (NaN: not known); ValueError where it does not fit."""
    raw = 0xFFFF if math.isnan(humidity_percent) else whole(humidity_percent * 100.0, 0, 0xFFFE, "humidity")
    return struct.pack("<H", raw)


def pressure_samples(pressure_pa: float, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of pressure at `t_s`; the characteristic carries no temperature."""
    return (Pressure(np.array([t_s]), np.array([pressure_pa]), np.array([math.nan])),)


def elevation_samples(elevation_m: float, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of altitude at `t_s`."""
    return (Altitude(np.array([t_s]), np.array([elevation_m])),)


def temperature_samples(temperature_c: float, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of temperature at `t_s`."""
    return (Temperature(np.array([t_s]), np.array([temperature_c])),)


def humidity_samples(humidity_percent: float, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of humidity at `t_s`."""
    return (Humidity(np.array([t_s]), np.array([humidity_percent])),)
