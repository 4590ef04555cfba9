"""Pace that is calm while the runner is steady and follows within seconds when not.

The rule of this file: the pace of a second is the mean since the last change of pace, and where the last change lies is
weighed over all places it may be at; it is a function of the last half minute alone.
Source: Adams & MacKay 2007, arXiv 0710.3742 (run lengths), with a window instead of their recursion.
"""

from __future__ import annotations

import numpy as np

from edge.samples import Column

#: Seconds that the pace looks back on.
LOOK_BACK_S = 30
# A change of pace a minute.
_HAZARD = 1.0 / 60.0
_STANDS_OUT = 3.0
# Errors of cadence are slow: a change is off by 0.4 m/s (1 % of the steps, the slope unknown by a third).
_CADENCE_SLOW = 0.03
_LEAST_SD_M_S = 0.05


def calm(values: Column, sd: Column) -> Column:
    """Return values (b, w) with those that stand out by 3 sd (b,) from both neighbours brought to the middle one.

    A lone jump is not seen: the newest value is held beside the two before it, so a great change counts one second
    late. All else stays as it is: a median of all would drag the first values after a change back to the old speed.
    """
    pad = np.concatenate((values[:, :1], values, values[:, -3:-2]), axis=1)
    three = np.sort(np.stack((pad[:, :-2], pad[:, 1:-1], pad[:, 2:])), axis=0)
    off = np.abs(values - three[1]) > _STANDS_OUT * sd[:, None]
    return np.where(np.isfinite(three[2]) & off, three[1], values)


def spread_m_s(values: Column) -> Column:
    """Return the sd (b,) of the white noise of rows (b, w) from second differences; bends and jumps hardly count."""
    off = values[:, 2:] - 2.0 * values[:, 1:-1] + values[:, :-2]
    known = np.isfinite(off)
    size = np.where(known, np.abs(off), np.inf)
    order = np.sort(size, axis=1)
    middle = np.clip(known.sum(axis=1) // 2, 0, off.shape[1] - 1)
    median = order[np.arange(len(order)), middle]
    return np.where(np.isfinite(median), np.maximum(median / 0.6745 / np.sqrt(6.0), _LEAST_SD_M_S), np.nan)


def _means(values: Column) -> tuple[Column, Column, Column]:
    """Return count, sum and sum of squares (b, w) of the newest 1, 2, ... w values, NaN left out."""
    newest_first = values[:, ::-1]
    known = np.isfinite(newest_first)
    value = np.where(known, newest_first, 0.0)
    return np.cumsum(known, axis=1), np.cumsum(value, axis=1), np.cumsum(value**2, axis=1)


def _split(values: Column, sd: Column) -> tuple[Column, Column, Column, Column, Column]:
    """Return counts and means (b, w) since and before each possible change, and the log-likelihood of that change."""
    count, total, square = _means(values)
    before = count[:, -1:] - count
    mean = total / np.maximum(count, 1)
    mean_before = (total[:, -1:] - total) / np.maximum(before, 1)
    misfit = square - count * mean**2 + (square[:, -1:] - square) - before * mean_before**2
    fit = -0.5 * misfit / sd[:, None] ** 2
    cost = np.where((count > 0) & (before > 0), 0.5 * np.log(np.maximum(np.minimum(count, before), 1.0)), 0.0)
    return count, before, mean, mean_before, fit - cost


def pace_m_s(satellite_m_s: Column, cadence_m_s: Column) -> tuple[Column, Column]:
    """Return the speed (b,) in m/s now and its sd, from the last seconds (b, w) of both, newest last.

    `cadence_m_s` is cadence as a speed by this person's slope, of any level: only its changes count. NaN where not
    measured; NaN with no satellite speed in the window.
    """
    noise = spread_m_s(satellite_m_s)
    sd = np.where(np.isfinite(noise), noise, 0.3)
    clean = calm(satellite_m_s, sd)
    count, before, mean, mean_before, fit = _split(clean, sd)
    c_count, c_before, c_mean, c_mean_before, c_fit = _split(cadence_m_s, np.full(len(sd), 0.25))
    change = np.where((c_count > 0) & (c_before > 0), c_mean - c_mean_before, np.nan)
    score = fit + 0.1 * c_fit + np.log(_HAZARD)
    score[:, -1] -= np.log(_HAZARD)
    weight = np.exp(score - score.max(axis=1, keepdims=True))
    direct = np.maximum(1.3 * sd[:, None] ** 2 / np.maximum(count, 0.5), 1e-6) + np.where(count > 0, 0.0, 1e6)
    slow_m2 = 2.0 * (_CADENCE_SLOW * 10.0) ** 2 + (0.4 * np.nan_to_num(change)) ** 2
    by_steps = (
        sd[:, None] ** 2 / np.maximum(before, 0.5) + slow_m2 + np.where((before > 0) & np.isfinite(change), 0.0, 1e6)
    )
    told = (mean / direct + (mean_before + np.nan_to_num(change)) / by_steps) / (1.0 / direct + 1.0 / by_steps)
    share = weight / weight.sum(axis=1, keepdims=True)
    speed = np.sum(share * told, axis=1)
    variance = np.sum(share * (1.0 / (1.0 / direct + 1.0 / by_steps) + (told - speed[:, None]) ** 2), axis=1)
    known = count[:, -1] > 0
    return np.where(known, speed, np.nan), np.where(known, np.sqrt(variance), np.nan)
