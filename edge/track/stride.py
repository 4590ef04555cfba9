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

from edge.pace_grade import PRIOR_DOWN, PRIOR_UP, extra_cost
from edge.samples import Column

#: Cadence rises by 6 to 12 steps/min for each m/s across runners (the ranges that hardware_sim's runners have too).
USUAL_SLOPE_M_S_SPM = 1.0 / 9.0
_KNOT_SPM = np.arange(60.0, 221.0, 10.0)
# Before the first lesson: 2.4 m/s at 160 steps/min, a step/min more is 0.8 % faster below 130 and 2 % above (medians of
# 41 open runs), each doubtful by 1 %; the level by a factor of e, its bends by 20 % within 8 steps/min. On a slope
# three quarters of the way to equal effort are kept, doubtful by 30 %; on steeper ones people walk, and steps tell it.
_USUAL_LN = np.log(2.4) + 0.008 * np.minimum(_KNOT_SPM - 130.0, 0.0) + 0.02 * np.maximum(_KNOT_SPM - 130.0, 0.0) - 0.6
_USUAL = np.append(_USUAL_LN, 0.75)
_STEEPEST, _UPHILL_SD = 0.1, 0.3
_AWAY_SPM = _KNOT_SPM[:, None] - _KNOT_SPM[None, :]
_DOUBT = np.diag(np.append(np.full(len(_KNOT_SPM), 1e-6), _UPHILL_SD**2))
_DOUBT[:-1, :-1] += (
    1.0 + 0.01**2 * np.outer(_KNOT_SPM - 160.0, _KNOT_SPM - 160.0) + 0.2**2 * np.exp(-0.5 * (_AWAY_SPM / 8.0) ** 2)
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
    size = len(_USUAL)
    return StrideSums(np.zeros(4), np.zeros((size, size)), np.zeros(size), np.zeros(2), np.zeros(2))


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


def climb_rate_m_s(height_m: Column) -> Column:
    """Return the climb (n,) in m/s of the last 8 s up to each second from heights; 0 where one is missing."""
    if len(height_m) < 9:
        return np.zeros(len(height_m))
    mean = (height_m[2:] + height_m[1:-1] + height_m[:-2]) / 3.0
    rate = np.concatenate((np.zeros(8), (mean[6:] - mean[:-6]) / 6.0))
    return np.nan_to_num(rate)


def learn(
    sums: StrideSums, cadence_spm: Column, pod_m_s: Column, climb_m_s: Column, true_m_s: Column
) -> tuple[StrideSums, Column, Column]:
    """Return the sums after n seconds, and the speed (n,) and its sd in m/s that the steps of each second tell.

    `true_m_s` (n,) is the speed by satellites, NaN where there is none: then nothing is learned. The pod's speed, set
    right by its own factor, comes before cadence. A second is told by what was learned up to it, itself included. NaN
    without steps.
    """
    told = [(np.empty(0), np.empty(0))]
    for first in range(0, len(cadence_spm), _BLOCK):  # in blocks, for the curves of 20,000 s do not fit a phone
        part = slice(first, first + _BLOCK)
        sums, speed, sd = _block(sums, cadence_spm[part], pod_m_s[part], climb_m_s[part], true_m_s[part])
        told.append((speed, sd))
    speeds, sds = (np.concatenate(column) for column in zip(*told, strict=True))
    return sums, speeds, sds


def look_back(cadence_spm: Column, pod_m_s: Column, climb_m_s: Column, true_m_s: Column) -> tuple[Column, Column]:
    """Return the speed and its sd (n,) in m/s that the steps of each second tell after the run.

    As `learn`, but one curve and one factor of the pod are learned from the whole run, and how far a second lies off
    them is told by the seconds on both sides.
    """
    raw, taught = _raw(cadence_spm, true_m_s)
    heard = _heard(_both_ways(raw, _CALM_S), taught, climb_m_s)
    lesson = heard.design * taught[:, None]
    normal, pull = lesson.T @ heard.design, lesson.T @ heard.ln_m_s
    curve = _curve(normal, pull)
    misfit = _both_ways(_off(heard, curve), _LEVEL_MEMORY_S)
    seen_s = np.einsum("nk,kk->n", heard.design[:, :-1], normal[:-1, :-1])
    speed, doubt = _told(heard, curve, misfit, seen_s)
    return _by_pod_or_steps(cadence_spm, pod_m_s, _pod_lesson(pod_m_s, true_m_s).sum(axis=0), speed, doubt)


def _both_ways(new: Column, memory_s: float) -> Column:
    """Return the sums (n, k) that fade to both sides of each second, itself once."""
    nothing = np.zeros(new.shape[1])
    return faded(nothing, new, memory_s) + faded(nothing, new[::-1], memory_s)[::-1] - new


def _block(
    sums: StrideSums, cadence: Column, pod: Column, climb: Column, true: Column
) -> tuple[StrideSums, Column, Column]:
    raw, taught = _raw(cadence, true)
    recent = faded(sums.recent, raw, _CALM_S)
    heard = _heard(recent, taught, climb)
    lesson = heard.design * taught[:, None]
    normal = faded(sums.normal, lesson[:, :, None] * heard.design[:, None, :], _CURVE_MEMORY_S)
    pull = faded(sums.pull, lesson * heard.ln_m_s[:, None], _CURVE_MEMORY_S)
    curve = _curve(normal, pull)
    misfit = faded(sums.misfit, _off(heard, curve), _LEVEL_MEMORY_S)
    seen_s = np.einsum("nk,nkk->n", heard.design[:, :-1], normal[:, :-1, :-1])
    speed, doubt = _told(heard, curve, misfit, seen_s)
    factor = faded(sums.pod, _pod_lesson(pod, true), _POD_MEMORY_S)
    speed, sd = _by_pod_or_steps(cadence, pod, factor.T, speed, doubt)
    return StrideSums(recent[-1], normal[-1], pull[-1], misfit[-1], factor[-1]), speed, sd


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """What the curve rests on (n, k + 1) in each second, whether it teaches (1 or 0), ln of its speed, its climb."""

    design: Column
    taught: Column
    ln_m_s: Column
    climb_m_s: Column


def _raw(cadence: Column, true: Column) -> tuple[Column, Column]:
    """Return what each second adds to `StrideSums.recent` (n, 4), and whether it teaches, 1 or 0."""
    steps = np.isfinite(cadence) & (cadence > 0.0)
    taught = steps & (cadence > _LEAST_SPM) & np.isfinite(true) & (true > _LEAST_M_S)
    raw = np.stack((steps, np.where(steps, cadence, 0.0), taught, np.where(taught, true, 0.0)), axis=1)
    return raw.astype(np.float64), taught.astype(np.float64)


def _heard(recent: Column, taught: Column, climb_m_s: Column) -> _Heard:
    """Return the seconds (n,): shares of the knots about the cadence of the last seconds, 1 in all, and the slope."""
    spm, m_s = (recent[:, k + 1] / np.maximum(recent[:, k], 1e-9) for k in (0, 2))
    place = np.clip(spm, _KNOT_SPM[0], _KNOT_SPM[-1])
    tents = np.maximum(1.0 - np.abs(place[:, None] - _KNOT_SPM) / (_KNOT_SPM[1] - _KNOT_SPM[0]), 0.0)
    m_s = np.maximum(m_s, _LEAST_M_S)
    return _Heard(np.column_stack((tents, _uphill(climb_m_s, m_s))), taught, np.log(m_s), climb_m_s)


def _uphill(climb_m_s: Column, speed_m_s: Column) -> Column:
    """Return ln of the speed (n,) of equal effort beside that on the flat, for climbs and speeds in m/s."""
    up, down = extra_cost(np.clip(climb_m_s / np.maximum(speed_m_s, 1.0), -_STEEPEST, _STEEPEST))
    return -np.log(1.0 + PRIOR_UP * up + PRIOR_DOWN * down)


def _curve(normal: Column, pull: Column) -> Column:
    """Return ln of the speed at the knots and the share of the slope's, (..., k + 1), given what was taught."""
    right = _PRIOR @ _USUAL + pull / _SECOND_SD**2
    return np.asarray(np.linalg.solve(_PRIOR + normal / _SECOND_SD**2, right[..., None])[..., 0])


def _off(heard: _Heard, curve: Column) -> Column:
    """Return what each second adds to `StrideSums.misfit` (n, 2)."""
    off = heard.ln_m_s - np.sum(heard.design * curve, axis=1)
    return np.stack((heard.taught, heard.taught * off), axis=1)


def _told(heard: _Heard, curve: Column, misfit: Column, seen_s: Column) -> tuple[Column, Column]:
    """Return the speed (n,) by the curve and what it is off, and its doubt as a share, by how often it was seen."""
    worth_s = misfit[:, 0] + _LEVEL_WORTH_S
    level = np.sum(heard.design[:, :-1] * curve[..., :-1], axis=1) + misfit[:, 1] / worth_s
    speed = np.exp(level)
    for _ in range(3):  # the slope is the climb over the speed that is sought
        speed = np.where(heard.taught > 0.0, np.exp(heard.ln_m_s), speed)
        speed = np.exp(level + curve[..., -1] * _uphill(heard.climb_m_s, speed))
    return speed, np.sqrt(0.03**2 + _LEVEL_SD**2 * _LEVEL_WORTH_S / worth_s + 0.15**2 / (1.0 + seen_s / 20.0))


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
