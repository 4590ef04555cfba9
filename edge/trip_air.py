"""What slow pressure samples tell of height: the level one stands at, and what was brought about by a cabin or cable.

The rule of this file: pressure alone never says where one is. Cabins are held at 1,800 to 2,400 m and climb by 1.5 to
2.5 m/s (ASHRAE 161); a front moves the height by 170 m (20 hPa) in a day; a road climbs by less than 0.8 m/s for long.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan

from edge.samples import Estimate
from edge.trip_types import Air, Stay

#: ICAO Doc 7488, troposphere.
_SEA_LEVEL_PA, _EXPONENT, _PER_M = 101_325.0, 5.25588, 2.25577e-5
PRESSURE_RANGE_PA = (30_000.0, 110_000.0)
LEVEL_M = 80.0
_FOLLOW_S = 1800.0
_GAP_S = 900.0
"""Between samples farther apart nobody knows how fast a height was reached."""
_STEP_M = 10.0
_LIFTED_M, _LIFTED_M_S = 400.0, 0.8
_CABIN_M, _CABIN_S = 1000.0, 1800.0
_LANDED_M, _LANDED_M_S, _SINK_M_S = 100.0, 0.5, 0.7
#: A front moves the height by 20 hPa in a day; the sensor and the season's mean add 100 m.
_FRONT_M_PER_DAY, _FRONT_MOST_M, _OFFSET_M = 170.0, 350.0, 100.0
QNH_SD_M = 110.0
"""Height from pressure alone: 13 hPa (1 sigma) of weather, sensor offset and cold or warm air."""


def standard_height_m(pressure_pa: float) -> float:
    """Return the height in m at which the standard atmosphere has a pressure; NaN outside 300 to 1,100 hPa."""
    low, high = PRESSURE_RANGE_PA
    if not low <= pressure_pa <= high:
        return nan
    return float((1.0 - (pressure_pa / _SEA_LEVEL_PA) ** (1.0 / _EXPONENT)) / _PER_M)


def breathed(air: Air, unix_s: float, height_m: float) -> Air:
    """Return what is known of the air after one more height in m; unchanged for NaN."""
    if not isfinite(height_m):
        return air
    if not isfinite(air.height_m):
        return Air(unix_s, height_m, height_m, unix_s, height_m, unix_s)
    gap_s, change_m = unix_s - air.unix_s, height_m - air.height_m
    goes_on = gap_s <= _GAP_S and abs(change_m) >= _STEP_M and change_m * (air.height_m - air.climb_from_m) >= 0.0
    from_m, from_s = (air.climb_from_m, air.climb_from_unix_s) if goes_on else (air.height_m, air.unix_s)
    if not goes_on and (gap_s > _GAP_S or abs(change_m) < _STEP_M):
        from_m, from_s = height_m, unix_s
    air = _levelled(air, unix_s, height_m, gap_s)
    return _lifted(replace(air, unix_s=unix_s, height_m=height_m, climb_from_m=from_m, climb_from_unix_s=from_s), gap_s)


def _levelled(air: Air, unix_s: float, height_m: float, gap_s: float) -> Air:
    if abs(height_m - air.level_m) > LEVEL_M:
        return replace(air, level_m=height_m, level_unix_s=unix_s)
    return replace(air, level_m=air.level_m + min(1.0, gap_s / _FOLLOW_S) * (height_m - air.level_m))


def _lifted(air: Air, gap_s: float) -> Air:
    """Return the air with what a swift climb says: into a cabin or up a cable, or out of it again."""
    climb_m, took_s = air.height_m - air.climb_from_m, air.unix_s - air.climb_from_unix_s
    rate_m_s = climb_m / took_s if took_s > 0 else 0.0
    if not isfinite(air.lifted_unix_s):
        swift = climb_m >= _LIFTED_M and rate_m_s >= _LIFTED_M_S
        return replace(air, lifted_unix_s=air.climb_from_unix_s) if swift else air
    inside_s = air.unix_s - air.lifted_unix_s
    if gap_s > _GAP_S:  # switched off on the way: no cabin is known any more
        return replace(air, lifted_unix_s=nan, flew=air.flew or inside_s >= _CABIN_S)
    left = inside_s >= _CABIN_S and abs(climb_m) >= _LANDED_M and abs(rate_m_s) >= _LANDED_M_S
    if left and air.climb_from_unix_s > air.lifted_unix_s + _CABIN_S / 2:
        return replace(air, lifted_unix_s=nan, flew=True)
    return air


def is_sinking(air: Air) -> bool:
    """Return whether the height falls as in a cabin before landing."""
    fallen_m, took_s = air.climb_from_m - air.height_m, air.unix_s - air.climb_from_unix_s
    return fallen_m >= _LANDED_M and fallen_m >= _SINK_M_S * took_s > 0.0


def rise_m(air: Air, stay: Stay) -> Estimate:
    """Return how much higher in m the air is than at the stay, with what weather may have done meanwhile; or NaN."""
    if not (isfinite(stay.height_m) and isfinite(air.level_m)):
        return Estimate(nan, nan, nan, "no pressure")
    days = max(air.unix_s - stay.height_unix_s, 0.0) / 86400.0
    doubt = _OFFSET_M + min(_FRONT_M_PER_DAY * days, _FRONT_MOST_M)
    value = air.level_m - stay.height_m
    return Estimate(value, value - doubt, value + doubt, "pressure")
