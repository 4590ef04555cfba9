"""How long this person's steps are, learned on the way: speed from cadence, or from a foot pod set right.

The rule of this file: what the satellites teach is a line of speed over cadence and its level of the last minutes; both
are sums that fade, so that a run of any length needs the same memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.samples import Column

#: Cadence rises by 6 to 12 steps/min for each m/s across runners (the ranges that hardware_sim's runners have too).
USUAL_SLOPE_M_S_SPM = 1.0 / 9.0
_USUAL_SPM, _USUAL_M_S = 160.0, 2.7
# The slope is believed at first as much as so many seconds of a spread of 1 step/min.
_SLOPE_WORTH = 600.0
# Cadence strays by some 1 % with no change of speed: what is within that tells nothing about speed.
_STRAY_SPM = 1.5
_SLOPE_MEMORY_S, _LEVEL_MEMORY_S, _POD_MEMORY_S = 900.0, 120.0, 600.0
_BLOCK = 128


@dataclass(frozen=True, slots=True, eq=False)
class StrideSums:
    """Fading sums (3, 5): of weight, cadence, speed, cadence squared, cadence x speed; and of the pod (2,).

    Rows: the slope's memory, the level's, and unused; pod: speed told x true, and told squared.
    """

    line: Column
    level: Column
    pod: Column


def no_strides() -> StrideSums:
    """Return what is known before the first step: nothing."""
    return StrideSums(np.zeros(5), np.zeros(5), np.zeros(2))


def faded(start: Column, new: Column, memory_s: float) -> Column:
    """Return the fading sums (n, k) after each of n seconds, from those before (k,) and what each adds (n, k)."""
    keep = float(np.exp(-1.0 / memory_s))
    age = np.arange(_BLOCK)
    falls = np.where(age[:, None] >= age[None, :], keep ** np.maximum(age[:, None] - age[None, :], 0), 0.0)
    rows = [np.empty((0, new.shape[1]))]
    for first in range(0, len(new), _BLOCK):
        part = new[first : first + _BLOCK]
        size = len(part)
        start = falls[:size, :size] @ part + keep ** (age[:size, None] + 1.0) * start
        rows.append(start)
        start = start[-1]
    return np.concatenate(rows)


def learn(
    sums: StrideSums, cadence_spm: Column, pod_m_s: Column, true_m_s: Column
) -> tuple[StrideSums, Column, Column]:
    """Return the sums after n seconds, and the speed (n,) and its sd in m/s that the steps of each second tell.

    `true_m_s` (n,) is the speed by satellites, NaN where there is none: then nothing is learned. The pod's speed, set
    right by its own factor, comes before cadence. A second is told by what was learned up to it, itself included. NaN
    without steps.
    """
    good = np.isfinite(cadence_spm) & np.isfinite(true_m_s) & (cadence_spm > 40.0) & (true_m_s > 0.5)
    c, v = np.where(good, cadence_spm - _USUAL_SPM, 0.0), np.where(good, true_m_s, 0.0)
    new = np.stack((good.astype(np.float64), c, v, c * c, c * v), axis=1)
    told = good & np.isfinite(pod_m_s) & (pod_m_s > 0.5)
    p = np.where(told, pod_m_s, 0.0)
    pod = np.stack((p * np.where(told, true_m_s, 0.0), p * p), axis=1)
    line = faded(sums.line, new, _SLOPE_MEMORY_S)
    level = faded(sums.level, new, _LEVEL_MEMORY_S)
    factor = faded(sums.pod, pod, _POD_MEMORY_S)
    speed, sd = _told(line, level, factor, cadence_spm, pod_m_s)
    after = StrideSums(line[-1], level[-1], factor[-1]) if len(new) else sums
    return after, speed, sd


def slope_m_s_spm(line: Column) -> Column:
    """Return the slope (n,) of speed over cadence in m/s for each step/min, the usual one while little is known."""
    weight = np.maximum(line[:, 0], 1e-9)
    spread = np.maximum(line[:, 3] - line[:, 1] ** 2 / weight - weight * _STRAY_SPM**2, 0.0)
    joint = line[:, 4] - line[:, 1] * line[:, 2] / weight
    return np.clip((joint + _SLOPE_WORTH * USUAL_SLOPE_M_S_SPM) / (spread + _SLOPE_WORTH), 0.0, 0.3)


def _told(line: Column, level: Column, factor: Column, cadence: Column, pod: Column) -> tuple[Column, Column]:
    """Return speed and sd (n,) in m/s by pod where there is one, else by cadence."""
    slope = slope_m_s_spm(line)
    weight = level[:, 0] + 0.01 * line[:, 0] + 1e-9
    mean_c = (level[:, 1] + 0.01 * line[:, 1]) / weight
    mean_v = (level[:, 2] + 0.01 * line[:, 2]) / weight
    nothing = line[:, 0] < 5.0
    away = cadence - _USUAL_SPM - np.where(nothing, 0.0, mean_c)
    away = np.where(nothing, away, away**3 / (away**2 + 2.0 * _STRAY_SPM**2))
    by_cadence = np.where(nothing, _USUAL_M_S, mean_v) + np.where(nothing, USUAL_SLOPE_M_S_SPM, slope) * away
    by_cadence = np.where(cadence > 0.0, np.maximum(by_cadence, 0.2), 0.0 * cadence)
    sd = np.where(nothing, 0.5, 0.05 * np.abs(by_cadence) + 0.5 * slope * np.abs(away))
    trust = factor[:, 1] + 100.0
    by_pod = pod * (factor[:, 0] + 100.0) / trust
    has_pod = np.isfinite(pod) & ((pod > 0.0) | (cadence == 0.0) | np.isnan(cadence))
    speed = np.where(has_pod, by_pod, by_cadence)
    return speed, np.where(has_pod, 0.03 * by_pod + 0.03, sd)
