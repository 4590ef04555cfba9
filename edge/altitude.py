"""Height over the run: pressure to altitude, the noise of the recording, and climbing that the noise did not make.

The rule of this file: no fixed threshold. What counts as a climb follows from the noise measured in the same
recording, and the uncertainty that remains is part of the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from edge.samples import Altitude, Column, Estimate, Fix, Pressure, Samples, in_time_order, select

Rows: TypeAlias = NDArray[np.intp]

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
_WINDOW_S = 16.0
_WANDER_S = 60.0
_RANGE_SIGMAS = 3.5
_LEAST_M = 2.0
_FLAT_SIGMAS = 8.0
_CAUTION = 1.0
_LEAST_CHANGES, _MOST_QUANTUM_M = 20, 10.0
# Noise carries a top or a hollow outward by some of its sigma, averaging over the window brings back less.
_OUTWARD_SIGMAS = 0.15


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
    fix, pressure, own = select(samples, Fix), select(samples, Pressure), select(samples, Altitude)
    if own is not None and len((rows := _plausible(own.t_s, own.altitude_m))[0]) > 1:
        return rows
    by_fix = _plausible(fix.t_s, fix.altitude_m) if fix is not None else _NO_ROWS
    if (
        pressure is not None
        and len((rows := _plausible(pressure.t_s, standard_altitude_m(pressure.pressure_pa)))[0]) > 1
    ):
        offset = np.median(by_fix[1] - np.interp(by_fix[0], *rows)) if len(by_fix[0]) else 0.0
        return rows[0], rows[1] + offset
    return by_fix


def _plausible(t_s: Column, altitude_m: Column) -> tuple[Column, Column]:
    valid = (altitude_m >= _LOWEST_M) & (altitude_m <= _HIGHEST_M)
    return _despiked(*in_time_order(t_s[valid], altitude_m[valid]))


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
        return Climb(unknown, unknown, float("nan"), float("nan"), float("nan"), np.empty(0), np.empty(0))
    clock_s = np.concatenate(([0.0], np.cumsum(np.minimum(np.diff(t_s), _SILENCE_S))))
    noise = noise_of(clock_s, altitude_m)
    smooth = averaged(clock_s, altitude_m, noise.window_s)
    level = float(np.ptp(smooth)) < _FLAT_SIGMAS * noise.left_m + noise.quantum_m
    rows = np.empty(0, dtype=np.intp) if level else turning_rows(smooth, noise.threshold_m)
    # A tighter window for the heights themselves: a wide one wears hilltops down.
    swings = np.diff(averaged(clock_s, altitude_m, 0.5 * noise.window_s)[rows])
    sizes = np.sign(swings) * np.maximum(np.abs(swings) - 2.0 * _OUTWARD_SIGMAS * noise.left_m, 0.0)
    up, down = float(sizes[sizes > 0.0].sum()), float(np.abs(sizes[sizes < 0.0]).sum())
    spread = noise.threshold_m + float(np.hypot(1.645 * noise.left_m * (2.0 * len(swings)) ** 0.5, 0.1 * max(up, down)))
    source = f"altitude; swings below {noise.threshold_m:.1f} m are noise here"
    return Climb(
        Estimate(up, max(up - spread, 0.0), up + spread, source),
        Estimate(down, max(down - spread, 0.0), down + spread, source),
        float(smooth.min()),
        float(smooth.max()),
        noise.total_m,
        t_s,
        smooth,
    )


@dataclass(frozen=True, slots=True)
class Noise:
    """The noise of one recording, 1 sigma in m: what changes from row to row, and what wanders over a minute."""

    scatter_m: float
    wander_m: float
    quantum_m: float
    """Smallest step in m that the altitudes are given in; 0 when continuous."""
    step_s: float
    """Usual time in s between rows."""

    @property
    def total_m(self) -> float:
        return float(np.hypot(self.scatter_m, self.wander_m))

    @property
    def window_s(self) -> float:
        """Seconds to average over so that scatter falls to 0.3 m, within 4 and 16 s: a hilltop must survive."""
        return float(np.clip(self.scatter_m**2 * self.step_s / 0.09, 4.0, _WINDOW_S))

    @property
    def left_m(self) -> float:
        """Noise in m that averaging over the window leaves."""
        scatter = self.scatter_m * min(1.0, (self.step_s / self.window_s) ** 0.5)
        return float(np.hypot(scatter, self.wander_m))

    @property
    def threshold_m(self) -> float:
        """Swings in m below this are taken for noise: an hour's range of it is about six sigma."""
        return max(_RANGE_SIGMAS * self.left_m, 1.5 * self.quantum_m, _LEAST_M)


def noise_of(t_s: Column, altitude_m: Column) -> Noise:
    """Return the noise of an altitude series by how far rows lie off the line between their neighbours.

    Neighbouring rows give the scatter; means over some 10 s, in which a hill is still straight, give the
    wander, taken for a Gauss-Markov process of 60 s. The highest 30 % of the squares, hilltops and spikes, are
    left out. Model: Sabatini & Genovese 2014, Sensors 14:13324.
    """
    step_s = float(np.median(np.diff(t_s)))
    scatter2 = _bend2(t_s, altitude_m)
    first = Noise(scatter2**0.5, 0.0, _quantum_m(altitude_m), step_s)
    width_s = max(first.window_s, 1.5 * step_s)
    wander2 = min(_wander2(t_s, altitude_m, times * width_s, scatter2 * step_s) for times in (1.0, 2.0, 4.0))
    wander_m = wander2**0.5 if np.isfinite(wander2) else 0.0
    return Noise(first.scatter_m, wander_m, first.quantum_m, step_s)


def _wander2(t_s: Column, altitude_m: Column, width_s: float, scatter2_s: float) -> float:
    """Return the variance in m2 of the wander as means over `width_s` show it, one standard error high.

    `scatter2_s` is the scatter's variance times its step, in m2 s. Infinite with too few means.
    """
    middle_s, mean_m = _means(t_s, altitude_m, width_s)
    if len(mean_m) < 12:
        return float("inf")
    slow2 = _bend2(middle_s, mean_m) * (1.0 + _CAUTION * (2.0 / len(mean_m)) ** 0.5)
    x = width_s / _WANDER_S
    own, next1 = 2.0 * (x - 1.0 + np.exp(-x)) / x**2, ((1.0 - np.exp(-x)) / x) ** 2
    seen = own - 4.0 / 3.0 * next1 + np.exp(-x) * next1 / 3.0  # covariances of means of a Gauss-Markov process
    return float(max(slow2 - scatter2_s / width_s, 0.0) / seen)


def _bend2(t_s: Column, values: Column) -> float:
    """Return the mean square in m2 of a row's own error, from its distance to the line between its neighbours."""
    if len(t_s) < 3:
        return 0.0
    share = (t_s[1:-1] - t_s[:-2]) / (t_s[2:] - t_s[:-2])
    off = values[1:-1] - (1.0 - share) * values[:-2] - share * values[2:]
    square = np.sort(off**2 / (1.0 + share**2 + (1.0 - share) ** 2))
    return float(square[: max(int(0.7 * len(square)), 1)].mean()) / 0.309  # what 70 % of a chi-square hold


def _means(t_s: Column, values: Column, width_s: float) -> tuple[Column, Column]:
    """Return middle times and means of the rows in every stretch of `width_s` that has any."""
    stretch = ((t_s - t_s[0]) / width_s).astype(np.intp)
    count = np.bincount(stretch)
    filled = count > 0
    time, total = np.bincount(stretch, t_s)[filled], np.bincount(stretch, values)[filled]
    return time / count[filled], total / count[filled]


def _quantum_m(altitude_m: Column) -> float:
    """Return the step in m in which altitudes are given, 0 when fewer than nine in ten changes are multiples of it."""
    change = np.abs(np.diff(altitude_m))
    change = change[change > 1e-6]
    if len(change) < _LEAST_CHANGES:
        return 0.0
    quantum = float(np.min(change))
    even = np.abs(change / quantum - np.round(change / quantum)) < 0.05
    return quantum if quantum <= _MOST_QUANTUM_M and even.mean() > 0.9 else 0.0


def averaged(t_s: Column, altitude_m: Column, window_s: float) -> Column:
    """Return the altitude (n,), on lines between its rows, averaged over a window in s; the half of it at both ends."""
    before, after = np.maximum(t_s - 0.5 * window_s, t_s[0]), np.minimum(t_s + 0.5 * window_s, t_s[-1])
    area = _area(t_s, altitude_m, after) - _area(t_s, altitude_m, before)
    return np.asarray(area / (after - before))


def _area(t_s: Column, altitude_m: Column, when_s: Column) -> Column:
    """Return the integral (m,) in m s of the altitude from its first row to each of the times."""
    step = np.diff(t_s)
    area = np.concatenate(([0.0], np.cumsum(0.5 * (altitude_m[1:] + altitude_m[:-1]) * step)))
    row = np.clip(np.searchsorted(t_s, when_s, side="right") - 1, 0, len(step) - 1)
    since = when_s - t_s[row]
    slope = (np.diff(altitude_m) / step)[row]
    return np.asarray(area[row] + since * (altitude_m[row] + 0.5 * slope * since))


def turning_rows(altitude_m: Column, threshold_m: float) -> Rows:
    """Return the rows (k,) between which the altitude climbs and falls in turn by at least the threshold in m.

    The smallest swings are taken out first, each joining its two neighbours, until all reach the threshold:
    the result is the same forwards and backwards in time. The first and last swing are cut off when too small.
    """
    turning = _turning_points(altitude_m)
    while len(turning) > 1:
        size = np.abs(np.diff(altitude_m[turning]))
        small = (size < threshold_m) & (size <= np.append(size[1:], np.inf)) & (size < np.append(np.inf, size[:-1]))
        if not small.any():
            break
        turning = _without(turning, np.flatnonzero(small))
    return turning


def _turning_points(altitude_m: Column) -> Rows:
    """Return the indices (k,) of the two ends and of every local extreme; plateaus count once."""
    step = np.flatnonzero(np.diff(altitude_m))
    sign = np.sign(np.diff(altitude_m)[step])
    turns = step[1:][sign[1:] != sign[:-1]]
    return np.concatenate(([0], turns, [len(altitude_m) - 1]))


def _without(turning: Rows, small: Rows) -> Rows:
    """Return the turning points without the ends of the given swings; an outermost swing loses its outer end only."""
    drop = np.zeros(len(turning), dtype=bool)
    last = len(turning) - 2
    drop[small[small > 0]] = True
    drop[small[small < last] + 1] = True
    if len(small) and small[0] == 0:
        drop[0], drop[1] = True, False
    if len(small) and small[-1] == last:
        drop[-1], drop[-2] = True, False
    return turning[~drop]
