"""What a runner's tracker cannot have measured: the values that become gaps, never numbers.

The rule of this file: decoding says what the bytes say; this says which of it to believe. Limits are wide: they
catch a wrong scale, a sentinel, a frozen position, not a bad day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from device.wire.location import LAST_KNOWN, LocationMeasurement
from edge.samples import (
    Altitude,
    Battery,
    Columnar,
    Fix,
    HeartRate,
    Humidity,
    Odometer,
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
_LIMITS: dict[type[Columnar], tuple[_Limit, ...]] = {
    HeartRate: (_Limit("bpm", 1.0, 250.0, "heart rate in beats/min"),),
    Stride: (_SPEED, _Limit("cadence_spm", 0.0, 300.0, "cadence in steps/min")),
    Odometer: (_SPEED,),
    Fix: (
        _Limit("latitude_deg", -90.0, 90.0, "latitude in deg"),
        _Limit("longitude_deg", -180.0, 180.0, "longitude in deg"),
        _HEIGHT,
        _SPEED,
    ),
    Altitude: (_HEIGHT,),
    Pressure: (_Limit("pressure_pa", 30_000.0, 110_000.0, "pressure in Pa"),),
    Temperature: (_Limit("temperature_c", -60.0, 85.0, "temperature in deg C"),),
    Humidity: (_Limit("humidity_percent", 0.0, 100.0, "humidity in per cent"),),
    Battery: (_Limit("level_percent", 0.0, 100.0, "battery in per cent"),),
}


def believe(samples: Columnar) -> tuple[Columnar | None, Doubt | None]:
    """Return the believable rows (None when none is left) and the doubt about the others (None when none)."""
    if type(samples) not in _LIMITS:
        return samples, None
    good: Mask = np.ones(len(samples), dtype=np.bool_)
    cause = ""
    for limit in _LIMITS[type(samples)]:
        column = getattr(samples, limit.column)
        outside = (column < limit.low) | (column > limit.high)
        if outside.any():
            cause = cause or f"implausible {limit.what}: {column[outside][0]:g}"
            good &= ~outside
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
