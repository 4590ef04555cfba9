"""How late a heart-rate sensor answers: the dead time between effort and the number, with its interval.

The rule of this file: a whole recording in, one estimate out; what the recording cannot tell is NaN.
"""

from __future__ import annotations

import numpy as np

from edge.samples import Column, Estimate

LONGEST_S = 60
#: Time constants in s of the heart itself that are tried: 20 to 60 s in running (Bearden & Moffatt 2001).
_CONSTANTS_S = (15.0, 20.0, 27.0, 36.0, 48.0, 64.0)
_LEAST_SHARE = 0.4
_LEAST_S = 600
#: Errors of a heart-rate model last about so long, in s: so many seconds count for one.
_MEMORY_S = 90.0
_CHI2_90 = 2.706


def lag_s(bpm: Column, effort: Column) -> Estimate:
    """Return the dead time in s, 0..60, of heart rate (n,) behind effort (n,) at whole seconds, with its 90 % interval.

    The heart is taken for a first-order low-pass of effort (speed in m/s, or power) with a slow drift; dead time and
    time constant are searched together, the least squares over the constants are kept for each dead time, and the
    interval is where they stay within what chance allows for errors that last a minute and a half. A strap's dead
    time is 0 to 10 s; what is above it is the sensor's own. NaN for less than 10 min, or where effort tells less than
    40 % of the heart rate's variance, as on a steady run.
    """
    bpm, effort = np.asarray(bpm, dtype=np.float64), np.asarray(effort, dtype=np.float64)
    if bpm.shape != effort.shape or bpm.ndim != 1:
        raise ValueError(f"bpm and effort must be columns of one length, are {bpm.shape} and {effort.shape}")
    used = np.isfinite(bpm)
    used[: 2 * LONGEST_S] = False
    if used.sum() < _LEAST_S:
        return _unknown("less than 10 min of heart rate")
    held = (
        np.interp(np.arange(len(effort)), np.flatnonzero(np.isfinite(effort)), effort[np.isfinite(effort)])
        if (np.isfinite(effort).any())
        else np.zeros(len(effort))
    )
    error = _errors(bpm, held, used)
    best = int(np.argmin(error))
    if error[best] > 1.0 - _LEAST_SHARE:
        return _unknown("effort does not tell the heart rate here")
    within = np.flatnonzero(error <= error[best] * (1.0 + _CHI2_90 / max(1.0, used.sum() / _MEMORY_S)))
    return Estimate(float(best), float(within[0]), float(within[-1]), "effort through a first-order heart")


def _unknown(why: str) -> Estimate:
    return Estimate(float("nan"), float("nan"), float("nan"), why)


def _errors(bpm: Column, effort: Column, used: Column) -> Column:
    """Return the share (61,) of the heart rate's variance that is left over at each dead time, drift taken out."""
    row = np.arange(len(bpm))[used]
    drift, _ = np.linalg.qr(np.column_stack([np.ones(len(row)), row - row.mean()]))

    def free(column: Column) -> Column:
        return np.asarray(column - drift @ (drift.T @ column))

    heart, best = free(bpm[used]), np.full(LONGEST_S + 1, 1.0)
    for constant in _CONSTANTS_S:
        kernel = np.exp(-np.arange(int(5.0 * constant)) / constant)
        answer = np.convolve(effort - effort[0], kernel / kernel.sum())[: len(effort)]
        for dead in range(LONGEST_S + 1):
            told = free(answer[row - dead])
            power = float(told @ told) * float(heart @ heart)
            slope = float(told @ heart)
            best[dead] = min(best[dead], 1.0 - slope**2 / power if power > 0.0 and slope > 0.0 else 1.0)
    return best
