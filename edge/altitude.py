"""Height over the run: pressure to altitude, the noise of the recording, and climbing that the noise did not make.

The rule of this file: no fixed threshold. What counts as a climb follows from the noise measured in the same
recording, and the uncertainty that remains is part of the result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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


@dataclass(frozen=True, slots=True)
class Climb:
    """Ascent and descent in m, lowest and highest altitude in m, and the noise (1 sigma, in m) they rest on."""

    ascent: Estimate
    descent: Estimate
    altitude_min_m: float
    altitude_max_m: float
    noise_m: float


def standard_altitude_m(pressure_pa: Column, sea_level_pa: float = SEA_LEVEL_PA) -> Column:
    """Return the altitude in m, shape as given, at which the standard atmosphere has this pressure in Pa.

    NaN where the pressure is not positive. Valid to 11 km. Source: ICAO Doc 7488.
    """
    pressure = np.asarray(pressure_pa, dtype=np.float64)
    ratio = np.where(pressure > 0.0, pressure, np.nan) / sea_level_pa
    return np.asarray(_SEA_LEVEL_K / _LAPSE_K_M * (1.0 - ratio**_EXPONENT))


def altitude_rows(samples: tuple[Samples, ...]) -> tuple[Column, Column]:
    """Return times (n,) in s and altitudes (n,) in m of the best source: the device's own, pressure, or fixes.

    Values outside -450..9000 m are dropped, so are single spikes. Empty when there is no source.
    """
    for t_s, altitude_m in _sources(samples):
        valid = (altitude_m >= _LOWEST_M) & (altitude_m <= _HIGHEST_M)
        if valid.sum() >= 2:
            return _despiked(*in_time_order(t_s[valid], altitude_m[valid]))
    return np.empty(0), np.empty(0)


def _sources(samples: tuple[Samples, ...]) -> list[tuple[Column, Column]]:
    own, pressure, fix = select(samples, Altitude), select(samples, Pressure), select(samples, Fix)
    found = [] if own is None else [(own.t_s, own.altitude_m)]
    found += [] if pressure is None else [(pressure.t_s, standard_altitude_m(pressure.pressure_pa))]
    return found + ([] if fix is None else [(fix.t_s, fix.altitude_m)])


def _despiked(t_s: Column, altitude_m: Column) -> tuple[Column, Column]:
    """Return the rows without those more than 10 robust standard deviations from the median of five around."""
    if len(t_s) < 5:
        return t_s, altitude_m
    padded = np.pad(altitude_m, 2, mode="edge")
    middle = np.median(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1)
    off = np.abs(altitude_m - middle)
    fine = off <= 10.0 * max(1.4826 * float(np.median(off)), 1.0)
    return t_s[fine], altitude_m[fine]


def climb(t_s: Column, altitude_m: Column) -> Climb:
    """Return ascent and descent of one recording, for rising times in s and altitudes in m, both (n,)."""
    if len(t_s) < 2:
        unknown = Estimate(float("nan"), float("nan"), float("nan"), "no altitude")
        return Climb(unknown, unknown, float("nan"), float("nan"), float("nan"))
    noise_m = altitude_noise_m(t_s, altitude_m)
    smooth = _smoothed(t_s, altitude_m, float(np.clip(4.0 * noise_m, 1.0, 30.0)))
    threshold_m = max(4.0 * noise_m, 1.0)
    swings = swings_m(smooth, threshold_m)
    up, down = float(swings[swings > 0.0].sum()), float(-swings[swings < 0.0].sum())
    spread = 2.0 * noise_m * np.sqrt(len(swings)) + threshold_m
    source = "altitude with a threshold from its own noise"
    return Climb(
        Estimate(up, max(up - spread, 0.0), up + spread, source),
        Estimate(down, max(down - spread, 0.0), down + spread, source),
        float(smooth.min()),
        float(smooth.max()),
        noise_m,
    )


def altitude_noise_m(t_s: Column, altitude_m: Column) -> float:
    """Return the standard deviation in m of the altitude's noise, from second differences over 10 s."""
    grid = np.arange(t_s[0], t_s[-1] + 1e-9, 10.0)
    if len(grid) < 3:
        return 0.0
    bend = np.diff(np.interp(grid, t_s, altitude_m), 2)
    return float(1.4826 * np.median(np.abs(bend)) / np.sqrt(6.0))


def _smoothed(t_s: Column, altitude_m: Column, half_s: float) -> Column:
    """Return the altitude (n,) in m averaged over `half_s` to both sides."""
    area = np.concatenate(([0.0], np.cumsum(0.5 * (altitude_m[1:] + altitude_m[:-1]) * np.diff(t_s))))
    before, after = np.maximum(t_s - half_s, t_s[0]), np.minimum(t_s + half_s, t_s[-1])
    return np.asarray((np.interp(after, t_s, area) - np.interp(before, t_s, area)) / (after - before))


def swings_m(altitude_m: Column, threshold_m: float) -> Column:
    """Return the climbs (+) and falls (-) in m, in turn, shape (k,), that are left when no smaller one remains.

    The smallest swings are taken out first, each joining its two neighbours, until all reach the threshold:
    the result is the same forwards and backwards in time. The first and last swing are cut off when too small.
    """
    turning = altitude_m[_turning_points(altitude_m)]
    while len(turning) > 1:
        size = np.abs(np.diff(turning))
        small = (size < threshold_m) & (size <= np.append(size[1:], np.inf)) & (size < np.append(np.inf, size[:-1]))
        if not small.any():
            break
        turning = _without(turning, np.flatnonzero(small))
    return np.diff(turning)


def _turning_points(altitude_m: Column) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return the indices (k,) of the two ends and of every local extreme; plateaus count once."""
    step = np.flatnonzero(np.diff(altitude_m))
    sign = np.sign(np.diff(altitude_m)[step])
    turns = step[1:][sign[1:] != sign[:-1]]
    return np.concatenate(([0], turns, [len(altitude_m) - 1]))


def _without(turning: Column, small: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Column:
    """Return the turning points without the given swings; at an end only the outer point goes."""
    drop = np.zeros(len(turning), dtype=bool)
    drop[small[small > 0]] = True
    drop[small[small < len(turning) - 2] + 1] = True
    drop[0] |= bool((small == 0).any()) and len(turning) > 2
    if (small == 0).any():
        drop[0], drop[1] = True, False
    if (small == len(turning) - 2).any():
        drop[-1], drop[-2] = True, False
    return turning[~drop]
