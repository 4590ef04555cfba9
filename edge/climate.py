"""How warm it usually is at a place and hour: a stand-in for weather where none is known.

The rule of this file: a smooth formula, no table; it knows latitude, season and time of day, no sea and no mountains.
"""

from __future__ import annotations

import math

DAY_S = 86400.0
YEAR_DAYS = 365.2425
#: Mean of the year in degrees C at the equator, its fall with latitude, and the half range between seasons per degree
#: of latitude. Chosen by eye on the monthly means of eight cities between 1 and 41 degrees north; within 3 degrees.
_EQUATOR_C, _FALL_C, _SEASON_C, _MOST_SEASON_C = 27.5, 0.008, 0.34, 16.0
#: The warmest day of the north (days since 1 January), and the daily course: half range, hour of the warmest moment.
_WARMEST_DAY, _DAILY_C, _WARMEST_HOUR = 200.0, 4.0, 15.0


def usual_year_c(latitude_deg: float) -> float:
    """Return the usual air temperature in degrees C over the year near sea level at a latitude; NaN where unknown."""
    return _EQUATOR_C - _FALL_C * latitude_deg**2


def usual_temperature_c(latitude_deg: float, longitude_deg: float, unix_s: float) -> float:
    """Return the usual air temperature in degrees C near sea level at a place and moment; NaN where it is unknown."""
    day = unix_s / DAY_S
    season = math.cos(2 * math.pi * (day % YEAR_DAYS - _WARMEST_DAY) / YEAR_DAYS)
    hour = 24.0 * ((day + longitude_deg / 360.0) % 1.0)
    swing = min(_SEASON_C * abs(latitude_deg), _MOST_SEASON_C)
    daily = _DAILY_C * math.cos(2 * math.pi * (hour - _WARMEST_HOUR) / 24.0)
    return usual_year_c(latitude_deg) + math.copysign(swing, latitude_deg) * season + daily


def usual_day_c(latitude_deg: float, longitude_deg: float, altitude_m: float, unix_s: float) -> tuple[float, float]:
    """Return the usual coolest and warmest air temperature in degrees C of a day at a place; NaN where unknown.

    The air cools by 6.5 K per km of altitude (ICAO Doc 7488, troposphere).
    """
    noon_s = (math.floor(unix_s / DAY_S + longitude_deg / 360.0) + 0.5 - longitude_deg / 360.0) * DAY_S
    warmest_s = noon_s + (_WARMEST_HOUR - 12.0) * 3600.0
    warmest = usual_temperature_c(latitude_deg, longitude_deg, warmest_s) - 0.0065 * altitude_m
    return warmest - 2 * _DAILY_C, warmest
