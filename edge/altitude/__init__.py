"""Height over the run: pressure to altitude, the noise of the recording, and climbing that the noise did not make.

The rule of this file: no fixed threshold. What counts as a climb follows from the noise measured in the same
recording, and the uncertainty that remains is part of the result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.altitude.averages import averaged
from edge.altitude.gusts import calmed, despiked
from edge.altitude.noise import Noise
from edge.altitude.noise import noise_of as noise_of
from edge.altitude.swings import NO_SWINGS, Swings, swings_of
from edge.altitude.swings import turning_rows as turning_rows
from edge.samples import Altitude, Column, Estimate, Fix, Pressure, Samples, in_time_order, select

# ICAO Doc 7488 (standard atmosphere), troposphere: sea-level temperature in K, its fall in K/m, the exponent
# R * lapse / (g * M), and the pressure at sea level in Pa.
_SEA_LEVEL_K = 288.15
_LAPSE_K_M = 0.0065
_EXPONENT = 0.190263
SEA_LEVEL_PA = 101_325.0

# Nobody runs below the Dead Sea's shore or above Everest, in m; what a receiver says outside is no altitude.
_LOWEST_M, _HIGHEST_M = -450.0, 9000.0
_SILENCE_S = 30.0
_NO_ROWS = (np.empty(0), np.empty(0))
_FLAT_SIGMAS = 8.0
# An ascent is worth telling when half its 90 % interval is within 8 m or this share of it; 10 m where it may be flat.
_LEAST_SURE_M, _LEAST_SURE, _FLAT_SURE_M = 8.0, 0.12, 10.0
# Doubt in what noise adds and in what averaging wears off, as shares of them: of worn waves 1.0 is taken off a second
# time, of worn corners only 0.41, so that the first may have been 1.0 to 2.4 of it, where 1.3 are put back. Sharp tips
# lose a little more, to the shortest average of all.
_ADDED_DOUBT, _LESS_WORN, _MORE_WORN, _TIPS = 0.2, 0.3, 0.9, 0.01
# Every gust found stands for one too weak to be found: below 0.6 m, half of it in the mean.
_WEAK_GUST_M = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Climb:
    """Ascent and descent in m, lowest and highest altitude in m, and the noise (1 sigma, in m) they rest on."""

    ascent: Estimate
    descent: Estimate
    altitude_min_m: float
    altitude_max_m: float
    noise_m: float
    t_s: Column
    smooth_m: Column
    """Altitude (n,) in m with its noise averaged away as far as hilltops allow, at `t_s`."""
    unusable: str = ""
    """Why the sensor's noise cannot support a number, which is NaN then; "" when it can."""


def standard_altitude_m(pressure_pa: Column, sea_level_pa: float = SEA_LEVEL_PA) -> Column:
    """Return the altitude in m, shape as given, at which the standard atmosphere has this pressure in Pa.

    NaN where the pressure is not positive. Valid to 11 km. Source: ICAO Doc 7488.
    """
    pressure = np.asarray(pressure_pa, dtype=np.float64)
    ratio = np.where(pressure > 0.0, pressure, np.nan) / sea_level_pa
    return np.asarray(_SEA_LEVEL_K / _LAPSE_K_M * (1.0 - ratio**_EXPONENT))


def altitude_rows(samples: tuple[Samples, ...]) -> tuple[Column, Column]:
    """Return times (n,) in s and altitudes (n,) in m of the best source: the device's own, pressure, or fixes.

    Values outside -450..9000 m are dropped, so are single spikes. Pressure is set right by the median of the fixes,
    since weather moves it by 100 m and more. Empty when there is no source.
    """
    return sourced_rows(samples)[1:]


def sourced_rows(samples: tuple[Samples, ...]) -> tuple[str, Column, Column]:
    """Return what `altitude_rows` takes the altitude from, and its rows.

    "altitude" is the device's own, "pressure and fix" pressure set right by fixes, "pressure" alone lies on the
    standard atmosphere, "fix" is satellites; "" where there is no source.
    """
    fix, pressure, own = select(samples, Fix), select(samples, Pressure), select(samples, Altitude)
    if own is not None and len((rows := plausible(own.t_s, own.altitude_m))[0]) > 1:
        return "altitude", *rows
    by_fix = plausible(fix.t_s, fix.altitude_m) if fix is not None else _NO_ROWS
    if (
        pressure is not None
        and len((rows := plausible(pressure.t_s, standard_altitude_m(pressure.pressure_pa)))[0]) > 1
    ):
        if not len(by_fix[0]):
            return "pressure", *rows
        return "pressure and fix", rows[0], rows[1] + np.median(by_fix[1] - np.interp(by_fix[0], *rows))
    return "fix" if len(by_fix[0]) else "", *by_fix


def plausible(t_s: Column, altitude_m: Column) -> tuple[Column, Column]:
    """Return the rows in time order whose altitude in m a person can run at, without single spikes."""
    valid = (altitude_m >= _LOWEST_M) & (altitude_m <= _HIGHEST_M)
    return despiked(*in_time_order(t_s[valid], altitude_m[valid]))


def climb(t_s: Column, altitude_m: Column) -> Climb:
    """Return ascent and descent of one recording, for rising times in s and altitudes in m, both (n,).

    Gusts and slams are dropped first. Where the noise leaves neither a tenth of the ascent nor 10 m, the sensor is
    unusable: `unusable` says why, ascent and descent are NaN. Raises ValueError for columns that differ in length,
    times that do not rise and altitudes that are not finite.
    """
    _check(t_s, altitude_m)
    heard_s = t_s
    if len(t_s) < 2:
        unknown = Estimate(float("nan"), float("nan"), float("nan"), "no altitude")
        return Climb(unknown, unknown, float("nan"), float("nan"), float("nan"), np.empty(0), np.empty(0))
    t_s, altitude_m = calmed(t_s, altitude_m)
    clock_s = np.concatenate(([0.0], np.cumsum(np.minimum(np.diff(t_s), _SILENCE_S))))
    noise = noise_of(clock_s, altitude_m)
    smooth = averaged(clock_s, altitude_m, noise.window_s)
    level = float(np.ptp(smooth)) < _FLAT_SIGMAS * noise.left_m + noise.quantum_m
    swings = NO_SWINGS if level else swings_of(clock_s, altitude_m, noise)
    gusts_m = _WEAK_GUST_M * max(_holes(t_s) - _holes(heard_s), 0)
    up, down = (_estimate(swings, which, noise, gusts_m) for which in (0, 1))
    why = _unusable(up, noise) if _unusable(down, noise) else ""
    if why:
        up, down = (Estimate(float("nan"), e.low, e.high, why) for e in (up, down))
    return Climb(up, down, float(smooth.min()), float(smooth.max()), noise.total_m, t_s, smooth, why)


def _check(t_s: Column, altitude_m: Column) -> None:
    """Raise ValueError naming the first row that cannot be used."""
    if np.shape(t_s) != np.shape(altitude_m) or np.ndim(t_s) != 1:
        raise ValueError(f"times and altitudes must be (n,) alike: {np.shape(t_s)} and {np.shape(altitude_m)}")
    if len(wrong := np.flatnonzero(~(np.isfinite(t_s) & np.isfinite(altitude_m)))):
        raise ValueError(f"row {wrong[0]} is not finite: {t_s[wrong[0]]} s, {altitude_m[wrong[0]]} m")
    if len(wrong := np.flatnonzero(np.diff(t_s) <= 0.0)):
        raise ValueError(f"times must rise: row {wrong[0] + 1} is at {t_s[wrong[0] + 1]} s after {t_s[wrong[0]]} s")


def _holes(t_s: Column) -> int:
    """Return how often the time between rows is over one and a half times the usual."""
    wait_s = np.diff(t_s)
    return int(np.sum(wait_s > 1.5 * np.median(wait_s)))


def _estimate(swings: Swings, which: int, noise: Noise, gusts_m: float) -> Estimate:
    """Return a sum of swings with its 90 % interval: their spread, the doubt in corrections, gusts, what is unseen."""
    value_m, worn_m = float(swings.sum_m[which]), float(swings.worn_m[which])
    parts = (1.645 * swings.sd_m[which], _ADDED_DOUBT * swings.added_m[which])
    hidden_m = noise.swing_m if value_m == 0.0 else 0.5 * noise.swing_m
    below = hidden_m + float(np.linalg.norm((*parts, _LESS_WORN * worn_m, gusts_m)))
    above = hidden_m + _TIPS * value_m + float(np.linalg.norm((*parts, _MORE_WORN * worn_m, swings.unseen_m[which])))
    source = f"altitude; swings below {noise.swing_m:.1f} m are noise here"
    return Estimate(value_m, max(value_m - below, 0.0), value_m + above, source)


def _unusable(told: Estimate, noise: Noise) -> str:
    """Return why a number cannot be told, "" where it can."""
    half_m = 0.5 * (told.high - told.low)
    if half_m <= max(_FLAT_SURE_M if told.low == 0.0 else _LEAST_SURE_M, _LEAST_SURE * told.value):
        return ""
    return f"unusable: noise of {noise.total_m:.1f} m leaves {told.value:.0f} m uncertain by {half_m:.0f} m"
