"""Treadmill Data, 0x2ACD, of the Fitness Machine Service: belt speed, distance, slope, energy, heart rate.

The rule of this file: what the bytes say. Bit 0 is inverted: speed is there while it is 0, and 1 says that more of
the record follows in another notification. Pace is two bytes, in s for 500 m (first editions of the table had one
byte; the supplement decides). Source: Fitness Machine Service 1.0 section 4.4, GATT Specification Supplement.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

import numpy as np

from device.wire.errors import need
from device.wire.fields import Field, read, write
from edge.samples import Columnar, HeartRate, Odometer

UUID = "2ACD"
_MORE_DATA = 0x0001
_KM_H = 360.0
"""Counts of 0.01 km/h in 1 m/s."""
_FIELDS = (
    Field("belt speed", _MORE_DATA, 2, _KM_H),
    Field("average speed", 0x0002, 2, _KM_H),
    Field("distance", 0x0004, 3),
    Field("inclination", 0x0008, 2, 10.0, signed=True, unknown=0x7FFF),
    Field("ramp angle", 0x0008, 2, 10.0, signed=True, unknown=0x7FFF),
    Field("ascent", 0x0010, 2, 10.0),
    Field("descent", 0x0010, 2, 10.0),
    Field("pace", 0x0020, 2),
    Field("average pace", 0x0040, 2),
    Field("energy", 0x0080, 2, unknown=0xFFFF),
    Field("energy per hour", 0x0080, 2, unknown=0xFFFF),
    Field("energy per minute", 0x0080, 1, unknown=0xFF),
    Field("heart rate", 0x0100, 1),
    Field("metabolic equivalent", 0x0200, 1, 10.0),
    Field("elapsed time", 0x0400, 2),
    Field("remaining time", 0x0800, 2),
    Field("force on belt", 0x1000, 2, signed=True, unknown=0x7FFF),
    Field("power", 0x1000, 2, signed=True, unknown=0x7FFF),
)


@dataclass(frozen=True, slots=True)
class TreadmillMeasurement:
    """One notification; NaN for what it leaves out or marks as not available."""

    speed_m_s: float = math.nan
    average_speed_m_s: float = math.nan
    distance_m: float = math.nan
    inclination_percent: float = math.nan
    ramp_angle_deg: float = math.nan
    ascent_m: float = math.nan
    descent_m: float = math.nan
    pace_s_per_500_m: float = math.nan
    average_pace_s_per_500_m: float = math.nan
    energy_kcal: float = math.nan
    energy_kcal_per_h: float = math.nan
    energy_kcal_per_min: float = math.nan
    bpm: float = math.nan
    """0 where the machine feels no pulse."""
    metabolic_equivalent: float = math.nan
    elapsed_s: float = math.nan
    remaining_s: float = math.nan
    force_n: float = math.nan
    power_w: float = math.nan

    @property
    def more_follows(self) -> bool:
        """Return whether the rest of this record comes in another notification: then speed is left out."""
        return math.isnan(self.speed_m_s)


def parse(payload: bytes) -> TreadmillMeasurement:
    """Return the measurement; WireError when a field that the flags promise is missing or cut."""
    need(payload, 2, "treadmill")
    flags = int.from_bytes(payload[:2], "little") ^ _MORE_DATA
    return TreadmillMeasurement(*read(payload, 2, flags, _FIELDS, "treadmill"))


def encode(measurement: TreadmillMeasurement) -> bytes:
    """Return the payload of a measurement; ValueError for a value that its field cannot hold."""
    flags, body = write(_FIELDS, astuple(measurement))
    return (flags ^ _MORE_DATA).to_bytes(2, "little") + body


def samples(measurement: TreadmillMeasurement, t_s: float) -> tuple[Columnar, ...]:
    """Return at `t_s` an odometer where there is speed or distance, and a heart rate where a pulse is felt.

    The slope is the machine's, not the ground's, and its power is what the feet do to the belt: both stay in the
    measurement.
    """
    m, at = measurement, np.array([t_s])
    made: list[Columnar] = []
    if not (math.isnan(m.speed_m_s) and math.isnan(m.distance_m)):
        made.append(Odometer(at, np.array([m.distance_m]), np.array([m.speed_m_s])))
    if m.bpm > 0.0:
        made.append(HeartRate(at, np.array([m.bpm]), np.zeros(1), np.empty(0)))
    return tuple(made)
