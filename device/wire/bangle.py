"""Bangle.js 2 as it really sends (app `btadv`): its accelerometer, its thermometer, and its pressure quirk.

The rule of this file: decoding says what the bytes say; `pressure_pa` is what a listed watch means. Position, heart
rate, elevation and magnetic field are the standard characteristics. The watch sends no time.
Source: BangleApps, apps/btadv/app.ts (encodeAcc, encodeTemp, encodePressure); GATT Specification Supplement,
Temperature Celsius.
"""

from __future__ import annotations

import math
import struct

import numpy as np

from device.wire.errors import exactly, whole
from edge.samples import Column, Columnar, Inertial, Pressure, Temperature

ACCELERATION_SERVICE = "E95D0753-251D-470A-A062-FA1922DFA9A8"
ACCELERATION = "E95DCA4B-251D-470A-A062-FA1922DFA9A8"
TEMPERATURE = "2A1F"
_M_S2_PER_MG = 9.80665 / 1000.0
_HECTOPASCAL = 100.0
_NAME = "Bangle.js"

Acceleration = tuple[float, float, float]


def parse_acceleration(payload: bytes) -> Acceleration:
    """Return the acceleration x, y, z in m/s2, sent in thousandths of g; WireError unless six bytes."""
    exactly(payload, 6, "micro:bit acceleration")
    x, y, z = struct.unpack("<3h", payload)
    return x * _M_S2_PER_MG, y * _M_S2_PER_MG, z * _M_S2_PER_MG


def encode_acceleration(accel_m_s2: Acceleration) -> bytes:
    """Return the payload of an acceleration in m/s2; ValueError beyond 32.7 g."""
    return struct.pack("<3h", *(whole(value / _M_S2_PER_MG, -0x8000, 0x7FFF, "acceleration") for value in accel_m_s2))


def acceleration_samples(accel_m_s2: Acceleration, t_s: float) -> tuple[Columnar, ...]:
    """Return one row at `t_s`, the gyroscope NaN."""
    return (Inertial(np.array([t_s]), np.array([accel_m_s2]), np.full((1, 3), math.nan)),)


def parse_temperature(payload: bytes) -> float:
    """Return the temperature in deg C, sent in tenths; WireError unless two bytes."""
    exactly(payload, 2, "temperature Celsius")
    return int.from_bytes(payload, "little", signed=True) / 10.0


def encode_temperature(temperature_c: float) -> bytes:
    """Return the payload of a temperature in deg C; ValueError where it does not fit."""
    return struct.pack("<h", whole(temperature_c * 10.0, -0x8000, 0x7FFF, "temperature"))


def temperature_samples(temperature_c: float, t_s: float) -> tuple[Columnar, ...]:
    """Return one row of temperature at `t_s`."""
    return (Temperature(np.array([t_s]), np.array([temperature_c])),)


def sends_hectopascal(name: str) -> bool:
    """Return whether a tracker of this name or model writes tenths of hPa where tenths of Pa belong (0x2A6D)."""
    return name.startswith(_NAME)


def pressure_pa(stated_pa: Column) -> Column:
    """Return in Pa (n,) what a listed watch means by the pressures that its bytes state.

    Only values of the quirk's size are corrected (300 to 1100 hPa sent as Pa): a firmware that sends Pa is left alone.
    """
    quirk = (stated_pa >= 300.0) & (stated_pa <= 1100.0)
    return np.where(quirk, stated_pa * _HECTOPASCAL, stated_pa)


def corrected(samples: tuple[Columnar, ...], name: str) -> tuple[Columnar, ...]:
    """Return the samples of a tracker with its pressure corrected when its name is listed, all others as they are."""
    if not sends_hectopascal(name):
        return samples
    return tuple(
        Pressure(each.t_s, pressure_pa(each.pressure_pa), each.temperature_c) if isinstance(each, Pressure) else each
        for each in samples
    )
