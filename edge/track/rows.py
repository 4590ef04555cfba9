"""One row a second of everything that tells where a runner is and how fast: fixes, steps, shaking, heading, air.

The rule of this file: a row holds what was measured in the second up to it, and NaN for what was not.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from edge.altitude import standard_altitude_m
from edge.fixes import ECCENTRICITY_2, SEMI_MAJOR_M, is_place
from edge.samples import Column, Fix, Inertial, Pressure, Samples, Stride, joined, select

_CADENCE_STALE_S = 4.0
# From 9 km up to a mine 500 m deep.
_AIR_PA = (30_000.0, 108_000.0)


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """Direction of travel by gyroscope in rad, counter-clockwise, from any zero; slow drift is allowed."""

    t_s: Column
    heading_rad: Column

    def __post_init__(self) -> None:
        for name in ("t_s", "heading_rad"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=np.float64))
        if self.t_s.ndim != 1 or self.t_s.shape != self.heading_rad.shape:
            raise ValueError(f"Heading: columns differ: {self.t_s.shape} and {self.heading_rad.shape}")


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Columns (n,) at whole seconds `t_s`: newest fix of the second with its own time, steps, shaking, heading."""

    t_s: Column
    fix_s: Column
    latitude_deg: Column
    longitude_deg: Column
    accuracy_m: Column
    doppler_m_s: Column
    cadence_spm: Column
    pod_m_s: Column
    shake_m_s2: Column
    heading_rad: Column
    height_m: Column
    """In the standard atmosphere."""

    def __len__(self) -> int:
        return len(self.t_s)

    def cut(self, part: slice) -> Rows:
        """Return some of the rows."""
        return Rows(*(getattr(self, f.name)[part] for f in fields(self)))

    def then(self, other: Rows) -> Rows:
        """Return these rows and those that follow."""
        return joined(Rows, (self, other))


def blank(t_s: Column) -> Rows:
    """Return rows (n,) in which nothing was measured."""
    return Rows(t_s, *(np.full(len(t_s), np.nan) for _ in range(len(fields(Rows)) - 1)))


def rows_at(t_s: Column, samples: tuple[Samples, ...], heading: Heading | None = None) -> Rows:
    """Return the rows at whole seconds (n,), consecutive, of samples in any order; raises where a time is infinite."""
    at = _fix_columns(t_s, select(samples, Fix))
    cadence, pod = _held(t_s, select(samples, Stride))
    shake = _shake(t_s, select(samples, Inertial))
    height = _height(t_s, select(samples, Pressure))
    return Rows(t_s, at[0], at[1], at[2], at[3], at[4], cadence, pod, shake, _newest(t_s, heading), height)


def _fix_columns(t_s: Column, fix: Fix | None) -> tuple[Column, ...]:
    """Return time, latitude, longitude, accuracy and speed of the newest believable fix of each second."""
    if fix is None:
        return tuple(np.full(len(t_s), np.nan) for _ in range(5))
    place = is_place(fix.latitude_deg, fix.longitude_deg) & np.isfinite(fix.t_s)
    speed = np.where((fix.speed_m_s >= 0.0) & (fix.speed_m_s < 60.0), fix.speed_m_s, np.nan)
    accuracy = np.where((fix.accuracy_m > 0.0) & (fix.accuracy_m < 1e4), fix.accuracy_m, np.nan)
    columns = np.stack((fix.t_s, fix.latitude_deg, fix.longitude_deg, accuracy, speed))[:, place]
    return tuple(_last_of_second(t_s, columns))


def _last_of_second(t_s: Column, columns: Column) -> Column:
    """Return (k, n): of columns (k, m), times first, the last in (t - 1, t] of every second, or NaN."""
    found = np.full((len(columns), len(t_s)), np.nan)
    if not len(t_s):
        return found
    order = np.lexsort(columns[::-1])
    columns = columns[:, order]
    row = np.ceil(columns[0] - t_s[0] - 1e-9).astype(np.int64)
    inside = (row >= 0) & (row < len(t_s))
    found[:, row[inside]] = columns[:, inside]  # of several in one second the last stays
    return found


def _held(t_s: Column, stride: Stride | None) -> tuple[Column, Column]:
    """Return cadence and speed of the newest row of steps at each second, NaN when it is 4 s old."""
    if stride is None or not len(stride):
        return np.full(len(t_s), np.nan), np.full(len(t_s), np.nan)
    cadence = np.where((stride.cadence_spm >= 0.0) & (stride.cadence_spm < 400.0), stride.cadence_spm, np.nan)
    speed = np.where((stride.speed_m_s >= 0.0) & (stride.speed_m_s < 15.0), stride.speed_m_s, np.nan)
    columns = np.stack((stride.t_s, cadence, speed))
    columns = columns[:, np.isfinite(stride.t_s)]
    columns = columns[:, np.lexsort(columns[::-1])]
    index = np.searchsorted(columns[0], t_s + 1e-9, side="right") - 1
    fresh = (index >= 0) & (t_s - columns[0][np.maximum(index, 0)] < _CADENCE_STALE_S) if columns.size else index >= 0
    if not columns.size:
        return np.full(len(t_s), np.nan), np.full(len(t_s), np.nan)
    told = np.where(fresh, columns[1:, np.maximum(index, 0)], np.nan)
    return told[0], told[1]


def _shake(t_s: Column, inertial: Inertial | None) -> Column:
    """Return the sd in m/s2 of the acceleration's size in the second up to each; NaN with fewer than five samples."""
    if inertial is None or not len(t_s):
        return np.full(len(t_s), np.nan)
    index, size = _by_second(t_s, inertial.t_s, np.linalg.norm(inertial.accel_m_s2, axis=1))
    count = np.bincount(index, minlength=len(t_s))
    mean = np.bincount(index, size, len(t_s)) / np.maximum(count, 1)
    square = np.bincount(index, (size - mean[index]) ** 2, len(t_s)) / np.maximum(count, 1)
    return np.where(count >= 5, np.sqrt(square), np.nan)


def _height(t_s: Column, pressure: Pressure | None) -> Column:
    """Return the mean height in m of the second up to each; NaN without pressure."""
    if pressure is None or not len(t_s):
        return np.full(len(t_s), np.nan)
    air = (pressure.pressure_pa > _AIR_PA[0]) & (pressure.pressure_pa < _AIR_PA[1])
    height = standard_altitude_m(np.where(air, pressure.pressure_pa, np.nan))
    index, height = _by_second(t_s, pressure.t_s, height)
    count = np.bincount(index, minlength=len(t_s))
    return np.where(count > 0, np.bincount(index, height, len(t_s)) / np.maximum(count, 1), np.nan)


def _by_second(t_s: Column, at_s: Column, value: Column) -> tuple[NDArray[np.int64], Column]:
    """Return the row (k,) of each known value that lies in a second up to one of t_s, in order, and the values."""
    valid = np.isfinite(value) & np.isfinite(at_s)
    order = np.argsort(at_s[valid], kind="stable")
    row = np.ceil(at_s[valid][order] - t_s[0] - 1e-9)
    inside = (row >= 0) & (row < len(t_s))
    return row[inside].astype(np.int64), value[valid][order][inside]


def _newest(t_s: Column, heading: Heading | None) -> Column:
    if heading is None:
        return np.full(len(t_s), np.nan)
    known = np.isfinite(heading.t_s) & np.isfinite(heading.heading_rad)
    return np.asarray(_last_of_second(t_s, np.stack((heading.t_s[known], heading.heading_rad[known])))[1])


def local_m(latitude_deg: Column, longitude_deg: Column, at_deg: Column) -> Column:
    """Return metres east and north (..., 2) of points near a place `at_deg` (..., 2): latitude, longitude.

    By the radii of curvature of WGS 84 there; good to 1e-3 within 20 km away from the poles.
    """
    east, north = _m_per_deg(at_deg[..., 0])
    turn = (longitude_deg - at_deg[..., 1] + 180.0) % 360.0 - 180.0
    return np.stack((turn * east, (latitude_deg - at_deg[..., 0]) * north), axis=-1)


def degrees(place_m: Column, at_deg: Column) -> Column:
    """Return latitude and longitude (..., 2) in degrees of metres (..., 2) east and north of a place."""
    east, north = _m_per_deg(at_deg[..., 0])
    longitude = at_deg[..., 1] + place_m[..., 0] / east
    return np.stack((at_deg[..., 0] + place_m[..., 1] / north, (longitude + 180.0) % 360.0 - 180.0), axis=-1)


def _m_per_deg(latitude_deg: Column) -> tuple[Column, Column]:
    """Return the length in m of a degree of longitude and of latitude."""
    sine, cosine = np.sin(np.radians(latitude_deg)), np.cos(np.radians(latitude_deg))
    bend = 1.0 - ECCENTRICITY_2 * sine**2
    meridian, normal = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2) / bend**1.5, SEMI_MAJOR_M / bend**0.5
    return np.radians(normal * np.maximum(cosine, 1e-6)), np.radians(meridian)
