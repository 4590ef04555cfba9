"""Environmental Sensing: pressure, its trend, elevation, temperature, humidity, magnetic field (0x2A6C-6F, 2AA1, 2AA3).

The rule of this file: one number per characteristic; the value that the specification reserves for "not known"
is NaN. Source: GATT Specification Supplement 3.91, 3.115, 3.177, 3.221;
the trend and the field by their names there.
"""

from __future__ import annotations

import math
import struct
from enum import IntEnum
from typing import TypeAlias

import numpy as np

from device.wire.errors import exactly, whole
from edge.samples import Altitude, Columnar, Humidity, Magnetic, Pressure, Temperature

PRESSURE, ELEVATION, TEMPERATURE, HUMIDITY = "2A6D", "2A6C", "2A6E", "2A6F"
PRESSURE_TREND, MAGNETIC = "2AA3", "2AA1"
_UT_PER_COUNT = 0.1
"""1e-7 T."""


class PressureTrend(IntEnum):
    """How the air pressure has been going, in the words of the specification."""

    UNKNOWN = 0
    CONTINUOUSLY_FALLING = 1
    CONTINUOUSLY_RISING = 2
    FALLING_THEN_STEADY = 3
    RISING_THEN_STEADY = 4
    FALLING_BEFORE_A_LESSER_RISE = 5
    FALLING_BEFORE_A_GREATER_RISE = 6
    RISING_BEFORE_A_GREATER_FALL = 7
    RISING_BEFORE_A_LESSER_FALL = 8
    STEADY = 9


Axes: TypeAlias = tuple[float, float, float]


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


def parse_trend(payload: bytes) -> PressureTrend:
    """Return the pressure trend, UNKNOWN for a number that has no name yet; WireError unless one byte."""
    exactly(payload, 1, "pressure trend")
    return PressureTrend(payload[0]) if payload[0] <= max(PressureTrend) else PressureTrend.UNKNOWN


def parse_magnetic(payload: bytes) -> Axes:
    """Return the magnetic field along x, y and z in microtesla; WireError unless six bytes."""
    exactly(payload, 6, "magnetic field")
    x, y, z = struct.unpack("<hhh", payload)
    return x * _UT_PER_COUNT, y * _UT_PER_COUNT, z * _UT_PER_COUNT


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


def encode_trend(trend: PressureTrend) -> bytes:
    """Return the payload of a pressure trend."""
    return bytes([trend])


def encode_magnetic(field_ut: Axes) -> bytes:
    """Return the payload of a magnetic field in microtesla; ValueError where it does not fit."""
    return struct.pack("<hhh", *(whole(axis / _UT_PER_COUNT, -0x8000, 0x7FFF, "magnetic field") for axis in field_ut))


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


def magnetic_samples(field_ut: Axes, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of magnetic field at `t_s`."""
    return (Magnetic(np.array([t_s]), np.array([field_ut])),)
