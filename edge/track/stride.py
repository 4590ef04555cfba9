"""How fast this person goes at this step rate, learned on the way; or a foot pod's speed, set right.

The rule of this file: the satellites teach a curve, the logarithm of speed over cadence, as a regression on tent
functions with a prior, and how far the last minute lies off it. All of it are sums that fade, so that a run of any
length needs the same memory. A curve and no line: walking and running differ, and cadence that strays with no change
of speed then moves nothing at the step rates at which this person is usually seen, while a new one counts in full.
Sources: Rasmussen & Williams 2006, ch. 2 (the prior); Fahrmeir et al. 2013, Regression, ch. 8 (tents).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.samples import Column

#: Cadence rises by 6 to 12 steps/min for each m/s across runners (the ranges that hardware_sim's runners have too).
USUAL_SLOPE_M_S_SPM = 1.0 / 9.0
_KNOT_SPM = np.arange(60.0, 221.0, 10.0)
# Before the first lesson: 2.4 m/s at 160 steps/min, a step/min more is 0.8 % faster below 130 and 2 % above (medians of
# 41 open runs), each doubtful by 1 %; the level by a factor of e, its bends by 20 % within 8 steps/min.
_USUAL_LN = np.log(2.4) + 0.008 * np.minimum(_KNOT_SPM - 130.0, 0.0) + 0.02 * np.maximum(_KNOT_SPM - 130.0, 0.0) - 0.6
_AWAY_SPM = _KNOT_SPM[:, None] - _KNOT_SPM[None, :]
_DOUBT = (
    1.0
    + 0.01**2 * np.outer(_KNOT_SPM - 160.0, _KNOT_SPM - 160.0)
    + 0.2**2 * np.exp(-0.5 * (_AWAY_SPM / 8.0) ** 2)
    + 1e-6 * np.eye(len(_KNOT_SPM))
)
_PRIOR = np.linalg.inv(_DOUBT)
# A second tells the curve with a doubt of 15 %: Doppler noise, and cadence that strays by 1 % for some 15 s.
_SECOND_SD = 0.15
_CURVE_MEMORY_S, _LEVEL_MEMORY_S, _POD_MEMORY_S, _CALM_S = 1200.0, 45.0, 600.0, 1.5
# So many seconds off the curve are believed by half, and they stand for 5 % of doubt.
_LEVEL_WORTH_S, _LEVEL_SD = 60.0, 0.05
_LEAST_SPM, _LEAST_M_S = 40.0, 0.3
_BLOCK = 128


@dataclass(frozen=True, slots=True, eq=False)
class StrideSums:
    """Fading sums of the last seconds (4,), the curve's normal equations (k, k), (k,), its misfit (2,), the pod (2,).

    `recent`: seconds with steps, their cadence, seconds with a speed too, that speed; `misfit`: seconds, logarithm by
    which they were off the curve; `pod`: speed told x true, and told squared.
    """

    recent: Column
    normal: Column
    pull: Column
    misfit: Column
    pod: Column


def no_strides() -> StrideSums:
    """Return what is known before the first step: nothing."""
    knots = len(_KNOT_SPM)
    return StrideSums(np.zeros(4), np.zeros((knots, knots)), np.zeros(knots), np.zeros(2), np.zeros(2))


def faded(start: Column, new: Column, memory_s: float) -> Column:
    """Return the fading sums (n, ...) after each of n seconds, from those before (...) and what each adds (n, ...)."""
    keep = float(np.exp(-1.0 / memory_s))
    age = np.arange(_BLOCK)
    falls = np.where(age[:, None] >= age[None, :], keep ** np.maximum(age[:, None] - age[None, :], 0), 0.0)
    flat, before = new.reshape(len(new), start.size), start.reshape(-1)
    rows = [np.empty((0, flat.shape[1]))]
    for first in range(0, len(flat), _BLOCK):
        part = flat[first : first + _BLOCK]
        size = len(part)
        rows.append(falls[:size, :size] @ part + keep ** (age[:size, None] + 1.0) * before)
        before = rows[-1][-1]
    return np.concatenate(rows).reshape(new.shape)


def learn(
    sums: StrideSums, cadence_spm: Column, pod_m_s: Column, true_m_s: Column
) -> tuple[StrideSums, Column, Column]:
    """Return the sums after n seconds, and the speed (n,) and its sd in m/s that the steps of each second tell.

    `true_m_s` (n,) is the speed by satellites, NaN where there is none: then nothing is learned. The pod's speed, set
    right by its own factor, comes before cadence. A second is told by what was learned up to it, itself included. NaN
    without steps.
    """
    told = [(np.empty(0), np.empty(0))]
    for first in range(0, len(cadence_spm), _BLOCK):  # in blocks, for the curves of 20,000 s do not fit a phone
        part = slice(first, first + _BLOCK)
        sums, speed, sd = _block(sums, cadence_spm[part], pod_m_s[part], true_m_s[part])
        told.append((speed, sd))
    speeds, sds = (np.concatenate(column) for column in zip(*told, strict=True))
    return sums, speeds, sds


def look_back(cadence_spm: Column, pod_m_s: Column, true_m_s: Column) -> tuple[Column, Column]:
    """Return the speed and its sd (n,) in m/s that the steps of each second tell after the run.

    As `learn`, but one curve and one factor of the pod are learned from the whole run, and how far a second lies off
    them is told by the seconds on both sides.
    """
    raw, taught = _raw(cadence_spm, true_m_s)
    calm_spm, ln_m_s = _calm(_both_ways(raw, _CALM_S))
    tent = _tents(calm_spm)
    lesson = tent * taught[:, None]
    normal, pull = lesson.T @ tent, lesson.T @ ln_m_s
    usual = tent @ _curve(normal, pull)
    misfit = _both_ways(_off(taught, ln_m_s - usual), _LEVEL_MEMORY_S)
    speed, doubt = _told(usual, misfit, np.einsum("nk,kk->n", tent, normal))
    return _by_pod_or_steps(cadence_spm, pod_m_s, _pod_lesson(pod_m_s, true_m_s).sum(axis=0), speed, doubt)


def _both_ways(new: Column, memory_s: float) -> Column:
    """Return the sums (n, k) that fade to both sides of each second, itself once."""
    nothing = np.zeros(new.shape[1])
    return faded(nothing, new, memory_s) + faded(nothing, new[::-1], memory_s)[::-1] - new


def _block(sums: StrideSums, cadence: Column, pod: Column, true: Column) -> tuple[StrideSums, Column, Column]:
    raw, taught = _raw(cadence, true)
    recent = faded(sums.recent, raw, _CALM_S)
    calm_spm, ln_m_s = _calm(recent)
    tent = _tents(calm_spm)
    lesson = tent * taught[:, None]
    normal = faded(sums.normal, lesson[:, :, None] * tent[:, None, :], _CURVE_MEMORY_S)
    pull = faded(sums.pull, lesson * ln_m_s[:, None], _CURVE_MEMORY_S)
    usual = np.einsum("nk,nk->n", tent, _curve(normal, pull))
    misfit = faded(sums.misfit, _off(taught, ln_m_s - usual), _LEVEL_MEMORY_S)
    speed, doubt = _told(usual, misfit, np.einsum("nk,nkk->n", tent, normal))
    factor = faded(sums.pod, _pod_lesson(pod, true), _POD_MEMORY_S)
    speed, sd = _by_pod_or_steps(cadence, pod, factor.T, speed, doubt)
    return StrideSums(recent[-1], normal[-1], pull[-1], misfit[-1], factor[-1]), speed, sd


def _raw(cadence: Column, true: Column) -> tuple[Column, Column]:
    """Return what each second adds to `StrideSums.recent` (n, 4), and whether it teaches, 1 or 0."""
    steps = np.isfinite(cadence) & (cadence > 0.0)
    taught = steps & (cadence > _LEAST_SPM) & np.isfinite(true) & (true > _LEAST_M_S)
    raw = np.stack((steps, np.where(steps, cadence, 0.0), taught, np.where(taught, true, 0.0)), axis=1)
    return raw.astype(np.float64), taught.astype(np.float64)


def _calm(recent: Column) -> tuple[Column, Column]:
    """Return the cadence (n,) and the logarithm of the speed of the last seconds."""
    spm, m_s = (recent[:, k + 1] / np.maximum(recent[:, k], 1e-9) for k in (0, 2))
    return spm, np.log(np.maximum(m_s, _LEAST_M_S))


def _tents(cadence_spm: Column) -> Column:
    """Return the share (n, k) of each knot in cadences, the two about each: 1 in all, held at both ends."""
    place = np.clip(cadence_spm, _KNOT_SPM[0], _KNOT_SPM[-1])
    return np.asarray(np.maximum(1.0 - np.abs(place[:, None] - _KNOT_SPM) / (_KNOT_SPM[1] - _KNOT_SPM[0]), 0.0))


def _curve(normal: Column, pull: Column) -> Column:
    """Return the logarithm of the speed (..., k) at the knots, given what was taught."""
    right = _PRIOR @ _USUAL_LN + pull / _SECOND_SD**2
    return np.asarray(np.linalg.solve(_PRIOR + normal / _SECOND_SD**2, right[..., None])[..., 0])


def _off(taught: Column, off: Column) -> Column:
    """Return what each second adds to `StrideSums.misfit` (n, 2)."""
    return np.stack((taught, taught * off), axis=1)


def _told(usual: Column, misfit: Column, seen_s: Column) -> tuple[Column, Column]:
    """Return the speed (n,) by the curve and what it is off, and its doubt as a share, by how often it was seen."""
    speed = np.exp(usual + misfit[:, 1] / (misfit[:, 0] + _LEVEL_WORTH_S))
    forgotten = _LEVEL_WORTH_S / (misfit[:, 0] + _LEVEL_WORTH_S)
    return speed, np.sqrt(0.03**2 + _LEVEL_SD**2 * forgotten + 0.15**2 / (1.0 + seen_s / 20.0))


def _by_pod_or_steps(
    cadence: Column, pod: Column, factor: Column, curve_m_s: Column, doubt: Column
) -> tuple[Column, Column]:
    """Return speed and sd (n,) in m/s by pod, set right by sums (2,) or (2, n), where there is one, else by cadence."""
    by_pod = pod * (factor[0] + 100.0) / (factor[1] + 100.0)
    has_pod = np.isfinite(pod) & ((pod > 0.0) | (cadence == 0.0) | np.isnan(cadence))
    by_cadence = np.where(cadence > 0.0, curve_m_s, 0.0 * cadence)
    return np.where(has_pod, by_pod, by_cadence), np.where(has_pod, 0.03 * by_pod + 0.03, by_cadence * doubt)


def _pod_lesson(pod_m_s: Column, true_m_s: Column) -> Column:
    """Return what each second tells of the pod's factor, (n, 2)."""
    told = np.isfinite(pod_m_s) & np.isfinite(true_m_s) & (pod_m_s > 0.5) & (true_m_s > 0.5)
    pod = np.where(told, pod_m_s, 0.0)
    return np.stack((pod * np.where(told, true_m_s, 0.0), pod * pod), axis=1)
