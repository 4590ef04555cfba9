"""What a runner's tracker cannot have measured: the values that become gaps, never numbers.

The rule of this file: decoding says what the bytes say; this says which of it to believe. Limits are wide: they
catch a wrong scale, a sentinel, a frozen position, not a bad day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from device.wire.heart_rate import HeartRateMeasurement
from device.wire.location import LAST_KNOWN, LocationMeasurement
from edge.samples import (
    Altitude,
    Battery,
    Columnar,
    Cycling,
    Dynamics,
    Fix,
    HeartRate,
    Humidity,
    Inertial,
    Magnetic,
    Odometer,
    Power,
    Pressure,
    Stride,
    Temperature,
    column_names,
    stream_name,
)

Mask = NDArray[np.bool_]
MAX_FOOT_SPEED_M_S = 15.0
_RR_LOW_S, _RR_HIGH_S = 0.2, 3.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why one row or packet of a stream is not believed."""

    stream: str
    cause: str


@dataclass(frozen=True, slots=True)
class _Limit:
    """A column with the lowest and highest value that is believed; NaN passes."""

    column: str
    low: float
    high: float
    what: str


_SPEED = _Limit("speed_m_s", -0.01, MAX_FOOT_SPEED_M_S, "speed in m/s")
_HEIGHT = _Limit("altitude_m", -500.0, 9000.0, "altitude in m")
#: The longest distance that an odometer of four bytes and 0.1 m can hold.
_DISTANCE = _Limit("distance_m", 0.0, 4.3e8, "distance in m")
_WARMTH = _Limit("temperature_c", -60.0, 85.0, "temperature in deg C")
_LIMITS: dict[type[Columnar], tuple[_Limit, ...]] = {
    # the widest sensors made for people: 32 g, 4000 deg/s, 50 gauss
    Inertial: (
        _Limit("accel_m_s2", -320.0, 320.0, "acceleration in m/s2"),
        _Limit("gyro_rad_s", -70.0, 70.0, "angular rate in rad/s"),
    ),
    Magnetic: (_Limit("field_ut", -5000.0, 5000.0, "magnetic field in microtesla"),),
    HeartRate: (_Limit("bpm", 1.0, 250.0, "heart rate in beats/min"),),
    Stride: (_SPEED, _Limit("cadence_spm", 0.0, 300.0, "cadence in steps/min"), _DISTANCE),
    Cycling: (
        _Limit("speed_m_s", 0.0, 55.0, "speed in m/s"),
        _Limit("cadence_rpm", 0.0, 300.0, "cadence in revolutions/min"),
        # a wheel counter of four bytes and the largest wheel
        _Limit("distance_m", 0.0, 1.2e10, "distance in m"),
    ),
    Odometer: (_SPEED, _DISTANCE),
    Fix: (
        _Limit("latitude_deg", -90.0, 90.0, "latitude in deg"),
        _Limit("longitude_deg", -180.0, 180.0, "longitude in deg"),
        _HEIGHT,
        _SPEED,
        _Limit("accuracy_m", 0.0, 100_000.0, "accuracy in m"),
    ),
    Altitude: (_HEIGHT,),
    Pressure: (_Limit("pressure_pa", 30_000.0, 110_000.0, "pressure in Pa"), _WARMTH),
    Temperature: (_WARMTH,),
    Humidity: (_Limit("humidity_percent", 0.0, 100.0, "humidity in per cent"),),
    Battery: (_Limit("level_percent", 0.0, 100.0, "battery in per cent"),),
    Power: (_Limit("power_w", 0.0, 3000.0, "power in W"),),
    Dynamics: (
        _Limit("vertical_oscillation_m", 0.0, 0.5, "vertical oscillation in m"),
        _Limit("ground_contact_s", 0.0, 2.0, "ground contact in s"),
        _Limit("step_length_m", 0.0, 4.0, "step length in m"),
    ),
}


def believe(samples: Columnar) -> tuple[Columnar | None, Doubt | None]:
    """Return the believable rows (None when none is left) and the doubt about the others (None when none).

    A row is believed when its time is a number and every value is NaN or within the limit of its column.
    """
    good: Mask = np.isfinite(samples.t_s)
    cause = "" if good.all() else "a time that is none"
    for limit in _LIMITS[type(samples)]:
        column = getattr(samples, limit.column)
        outside = (column < limit.low) | (column > limit.high)
        if outside.any():
            cause = cause or f"implausible {limit.what}: {column[outside][0]:g}"
            good &= ~(outside if outside.ndim == 1 else outside.any(axis=1))
    if isinstance(samples, Fix) and (nowhere := (samples.latitude_deg == 0.0) & (samples.longitude_deg == 0.0)).any():
        cause = cause or "implausible position: 0, 0"
        good &= ~nowhere
    doubt = Doubt(stream_name(samples), cause) if cause else None
    return _kept(samples, good), doubt


def _kept(samples: Columnar, good: Mask) -> Columnar | None:
    if isinstance(samples, HeartRate):
        return _believable_beats(samples, good)
    if good.all():
        return samples
    return (
        type(samples)(*(getattr(samples, name)[good] for name in column_names(type(samples)))) if good.any() else None
    )


def _believable_beats(samples: HeartRate, good: Mask) -> HeartRate | None:
    """Return the rows that are good with those of their beat intervals that a heart can have (0.2 to 3 s)."""
    beats = (samples.rr_s >= _RR_LOW_S) & (samples.rr_s <= _RR_HIGH_S)
    if good.all() and beats.all():
        return samples
    if not good.any():
        return None
    row = np.repeat(np.arange(len(samples)), samples.rr_count.astype(np.int64))
    beats &= good[row]
    count = np.bincount(row[beats], minlength=len(samples)).astype(np.float64)
    return HeartRate(samples.t_s[good], samples.bpm[good], count[good], samples.rr_s[beats])


def location_doubts(measurement: LocationMeasurement) -> tuple[Doubt, ...]:
    """Return a doubt about the fix when the device says that the position is only the last known one."""
    if measurement.status == LAST_KNOWN:
        return (Doubt("fix", "no satellites: the device repeats its last known position"),)
    return ()


def heart_rate_doubts(measurement: HeartRateMeasurement) -> tuple[Doubt, ...]:
    """Return a doubt about a heart rate of 0 from a sensor that feels no skin.

    Contact alone decides nothing: straps report it wrongly, with a good rate beside it.
    """
    if measurement.contact is False and measurement.bpm == 0:
        return (Doubt("heart_rate", "no skin contact"),)
    return ()
