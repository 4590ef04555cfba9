"""Positions made coarse: each fix goes to the middle of a cell of a fixed grid on the Earth.

The rule of this file: the grid depends on nothing but its width, so the same place always gives the same point and a
second rounding changes nothing. Heights, speeds and times are not touched.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from edge.samples import Column, Fix

#: Metres of a degree of latitude on the sphere of the Earth's mean radius, 6,371,008.8 m (IUGG).
METRES_PER_DEG = 111_195.08
#: Nearer to a pole than this the cells would become endless strips: degrees of latitude.
_HIGHEST_DEG = 89.0
NARROWEST_M, WIDEST_M = 10.0, 100_000.0


def coarse_deg(latitude_deg: Column, longitude_deg: Column, width_m: float) -> tuple[Column, Column]:
    """Return latitudes and longitudes in degrees, shape (n,), of the middles of the cells they lie in; NaN stays NaN.

    A cell is `width_m` high; its width is that of `width_m` at the latitude of its middle. Raises ValueError for a
    width that is not `NARROWEST_M` to `WIDEST_M`.
    """
    if not NARROWEST_M <= width_m <= WIDEST_M:
        raise ValueError(f"cells are {NARROWEST_M:g} to {WIDEST_M:g} m wide, not {width_m:g}")
    step_deg = width_m / METRES_PER_DEG
    latitude = (np.floor(latitude_deg / step_deg) + 0.5) * step_deg
    shrink = np.cos(np.radians(np.clip(latitude, -_HIGHEST_DEG, _HIGHEST_DEG)))
    across_deg = step_deg / shrink
    return latitude, (np.floor(longitude_deg / across_deg) + 0.5) * across_deg


def coarse_place_deg(latitude_deg: float, longitude_deg: float, width_m: float) -> tuple[float, float]:
    """Return one place in degrees as `coarse_deg` gives it."""
    latitude, longitude = coarse_deg(np.array([latitude_deg]), np.array([longitude_deg]), width_m)
    return float(latitude[0]), float(longitude[0])


def coarse_fixes(fixes: Fix, width_m: float) -> Fix:
    """Return the fixes at the middles of their cells, their accuracy no better than half a cell's diagonal."""
    latitude, longitude = coarse_deg(fixes.latitude_deg, fixes.longitude_deg, width_m)
    accuracy_m = np.fmax(fixes.accuracy_m, width_m * math.sqrt(0.5))
    return replace(fixes, latitude_deg=latitude, longitude_deg=longitude, accuracy_m=accuracy_m)
