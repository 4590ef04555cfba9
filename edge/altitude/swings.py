"""Swings of the ground: from a noisy altitude to the climbs and descents that the noise did not make.

The rule of this file: nothing is tuned to a sensor. How long to average, which swings count and by how much the noise
blew them up all follow from the noise measured in the same recording.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from edge.altitude.averages import Sums, cells
from edge.altitude.noise import Noise, likenesses
from edge.samples import Column

Rows: TypeAlias = NDArray[np.intp]

_WIDER, _WIDEST_S = 1.5, 128.0
# Averaging agrees within these sigmas: to find swings; and longer for the ground on which noise is tried again, which
# must hold as little of the noise as can be.
_AGREE_SIGMAS, _CALM_SIGMAS = 1.2, 2.5
_REPEATS = 6
# The ground on which noise is tried is itself worn by averaging and holds some noise: both count for more than there.
_AGAIN_WORN, _AGAIN_ADDED = 1.3, 1.2
# Weather moves 0.8 m (10 Pa) in ten minutes, 1 sigma; as for noise, 3.5 sigma of it are no ground: in m per root s.
_WEATHER_M = 3.5 * 0.8 / 600.0**0.5


@dataclass(frozen=True, slots=True, eq=False)
class Swings:
    """Climbing by direction: every column is (2,) in m, first of all rises, then of all falls."""

    sum_m: Column
    """Sum of the swings, corrected for what noise adds."""
    sd_m: Column
    added_m: Column
    """What noise would add on this ground, already taken off."""
    worn_m: Column
    """What averaging would take from this ground, already put back."""
    unseen_m: Column
    """What swings too small to be told from noise may amount to."""


NO_SWINGS = Swings(*np.zeros((5, 2)))


def swings_of(clock_s: Column, altitude_m: Column, noise: Noise) -> Swings:
    """Return the climbing of a recording (n,), with rising times in s, given its noise.

    The ground found is measured again under more draws of the same noise: what it gains by that is the bias, how much
    it varies is the standard deviation (parametric bootstrap, Efron & Tibshirani 1993, ch. 10).
    """
    cell_s, heard_m = cells(clock_s, altitude_m, noise.cell_s)
    smooth, turning = found_ground(heard_m, cell_s, noise)
    if len(turning) < 2:
        return NO_SWINGS
    ground, true = _calm_ground(heard_m, cell_s, noise)
    draws = np.concatenate([ground[None], ground + likenesses(noise, len(ground), cell_s, _REPEATS)])
    rows = agreed(draws, cell_s, noise, _AGREE_SIGMAS)
    again = np.array([ups_and_downs(row[turning_rows(row, noise.swing_m, cell_s)]) for row in rows])
    seen, worn, added = ups_and_downs(smooth[turning]), true - again[0], again[1:].mean(axis=0) - again[0]
    total = np.maximum(seen + _AGAIN_WORN * worn - _AGAIN_ADDED * added, 0.0)
    sd = again[1:].std(axis=0, ddof=1)
    return Swings(total, sd, added, worn, unseen(smooth[turning], noise.swing_m))


def _calm_ground(heard_m: Column, cell_s: float, noise: Noise) -> tuple[Column, Column]:
    """Return ground (n,) in m like the one heard, with little of its noise, and its rises and falls (2,) in m."""
    smooth, turning = found_ground(heard_m, cell_s, noise, _CALM_SIGMAS)
    if len(turning) < 2:
        return np.full(len(heard_m), float(heard_m.mean())), np.zeros(2)
    return staircase(smooth, turning), ups_and_downs(smooth[turning])


def found_ground(heard_m: Column, cell_s: float, noise: Noise, sigmas: float = _AGREE_SIGMAS) -> tuple[Column, Rows]:
    """Return the heights (n,) in m, their noise averaged away, and the cells (k,) where climbs and descents meet."""
    smooth = agreed(heard_m, cell_s, noise, sigmas)
    return smooth, turning_rows(smooth, noise.swing_m, cell_s)


def ups_and_downs(turning_m: Column) -> Column:
    """Return the sum of the rises and of the falls (2,) in m between turning points."""
    swing = np.diff(turning_m)
    return np.array([swing[swing > 0.0].sum(), -swing[swing < 0.0].sum()])


def unseen(turning_m: Column, threshold_m: float) -> Column:
    """Return what rises and falls (2,) in m below the threshold add up to if small swings go on as the next larger do.

    Swings as frequent below the threshold T as between T and 2 T make up a third of the sum of those: the mean size
    is T / 2 there and 3 T / 2 here.
    """
    swing = np.diff(turning_m)
    small = np.where(np.abs(swing) < 2.0 * threshold_m, swing, 0.0) / 3.0
    return np.array([small[small > 0.0].sum(), -small[small < 0.0].sum()])


def agreed(heard_m: Column, cell_s: float, noise: Noise, sigmas: float) -> Column:
    """Return heights (…, n) in m, each averaged over the longest window that still agrees with the shortest.

    Windows grow by half from three cells to 128 s. A cell keeps to the last whose mean lies within so many
    standard deviations of what the noise between both would explain: long on the flat and on even slopes, short on
    hilltops. Source: Goldenshluger & Nemirovski 1997, Math. Methods Stat. 6:135 (intersection of confidence intervals).
    """
    around, first_sd_m = 1, noise.mean_sd_m(3.0 * cell_s)
    sums = Sums(heard_m, int(0.5 * _WIDEST_S / cell_s) + 1)
    first = sums.means(around)
    told, still = first.copy(), np.ones(first.shape, dtype=bool)
    while (around := round(_WIDER * around + 0.25)) <= 0.5 * _WIDEST_S / cell_s and still.any():
        wider, sd_m = sums.means(around), noise.mean_sd_m((2 * around + 1) * cell_s)
        between_m = max(first_sd_m**2 - sd_m**2 + noise.quantum_m**2 / 12.0, 0.0) ** 0.5
        still &= np.abs(wider - first) <= sigmas * between_m
        np.copyto(told, wider, where=still)
    return told


def staircase(altitude_m: Column, turning: Rows) -> Column:
    """Return the altitude (n,) in m made to climb or fall only between neighbouring turning points, level outside.

    Between two of them it is the mean of the least rising lines above and below, cut at their heights.
    """
    part = np.clip(np.searchsorted(turning, np.arange(len(altitude_m)), side="right") - 1, 0, len(turning) - 2)
    start, end = altitude_m[turning[:-1]], altitude_m[turning[1:]]
    low, high = np.minimum(start, end)[part], np.maximum(start, end)[part]
    within = np.clip(altitude_m, low, high)
    sign = np.where(end >= start, 1.0, -1.0)[part]
    # Raised part by part so that a running maximum never crosses from one part into the next.
    lift = part * (float(np.ptp(altitude_m)) + 1.0)
    rising = sign * (within - low - (high - low) * (sign < 0.0))
    up = np.maximum.accumulate(rising + lift) - lift
    down = np.minimum.accumulate((rising + lift)[::-1])[::-1] - lift
    level = sign * 0.5 * (up + down) + low + (high - low) * (sign < 0.0)
    level[: turning[0]], level[turning[-1] :] = start[0], end[-1]
    return np.asarray(level)


def turning_rows(altitude_m: Column, threshold_m: float, cell_s: float = 0.0) -> Rows:
    """Return the rows (k,) between which the altitude climbs and falls in turn by at least the threshold in m.

    The smallest swings are taken out first, each joining its two neighbours, until all reach the threshold:
    the result is the same forwards and backwards in time. The first and last swing are cut off when too small.
    With rows so many s apart the threshold of a swing grows with its length by what the weather may do meanwhile.
    """
    turning = _turning_points(altitude_m)
    while len(turning) > 1:
        size = np.abs(np.diff(altitude_m[turning]))
        least = np.sqrt(threshold_m**2 + _WEATHER_M**2 * cell_s * np.diff(turning))
        small = size < least
        small[:-1] &= size[:-1] <= size[1:]
        small[1:] &= size[1:] < size[:-1]
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
