"""What is wrong with a second of heart rate: spikes, impossible changes, frozen values, the step rate, a late answer.

The rule of this file: columns at whole seconds in, verdicts out; a second's verdict depends on the `HISTORY_S` seconds
before it and on nothing else. Limits are physical or were set on open runs with chest straps, never on one recording.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from edge.samples import Column

Flags = NDArray[np.bool_]

LOWEST_BPM, HIGHEST_BPM = 25.0, 250.0
HISTORY_S = 160
"""Seconds before a second on which its verdict depends."""


SPIKE_S = 3
"""A jump of no more seconds than this is a spike."""


class Fault(IntEnum):
    """Why a second of heart rate is good or not."""

    FINE = 0
    NO_CONTACT = 1
    """The sensor says 0 or a number no heart reaches."""
    DROPOUT = 2
    """Nothing came for longer than it is held."""
    SPIKE = 3
    IMPOSSIBLE = 4
    """A change faster than a heart's that stays."""
    FROZEN = 5
    CADENCE_LOCK = 6
    LAGGING = 7


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the verdicts."""

    slew_bpm_s: float = 3.0
    """How fast a heart rate changes at most; the steepest of the onset is about 2 (Bearden & Moffatt 2001)."""
    jitter_bpm: float = 6.0
    most_bpm: float = 30.0
    """How far it gets at most within `agree_s`."""
    agree_s: int = 16
    """A value is a spike while most of this many seconds before could not have led to it."""
    frozen_s: int = 60
    lock_within_bpm: float = 4.0
    lock_s: int = 60
    lock_step_s: int = 6
    lock_noise_bpm: float = 2.5
    """How far a locked number strays from the step rate, in a change over `lock_step_s`."""
    lock_prior_log: float = -4.0
    """Log odds of a lock where heart rate and step rate coincide, before anything else is known."""
    jump_log: float = 3.0
    """What an impossible change within the last minutes adds to them."""


@dataclass(frozen=True, slots=True, eq=False)
class Seconds:
    """What is known at whole seconds (n,): the sensor's number (NaN without), its age in s, steps/min, speed in m/s."""

    bpm: Column
    age_s: Column
    cadence_spm: Column
    speed_m_s: Column


def _before(column: Column, rows: int) -> Column:
    """Return a column as it was some rows before; NaN where there is nothing."""
    out = np.full(len(column), np.nan)
    out[rows:] = column[: max(0, len(column) - rows)]
    return out


def _last(column: Column, rows: int, fill: float = np.nan) -> Column:
    """Return the last rows at each row, (n, rows)."""
    return sliding_window_view(np.concatenate([np.full(rows - 1, fill), column]), rows)


def valid_bpm(bpm: Column) -> Column:
    """Return the heart rates (n,) that a heart reaches, NaN elsewhere."""
    with np.errstate(invalid="ignore"):
        return np.where((bpm >= LOWEST_BPM) & (bpm <= HIGHEST_BPM), bpm, np.nan)


def unreachable(bpm: Column, limits: Limits) -> Flags:
    """Return where (n,) most of the seconds just before could not have led to the value."""
    reached, known = np.zeros(len(bpm)), np.zeros(len(bpm))
    for seconds in range(1, limits.agree_s + 1):
        away = np.abs(bpm - _before(bpm, seconds))
        known += np.isfinite(away)
        reached += away <= min(limits.most_bpm, limits.jitter_bpm + limits.slew_bpm_s * seconds)
    return np.asarray((known > 0) & (reached < 0.5 * known))


def frozen(bpm: Column, age_s: Column, cadence_spm: Column, limits: Limits) -> Flags:
    """Return where (n,) the number has not moved for too long although the body did not stand still."""
    last = _last(bpm, limits.frozen_s)
    same = np.all(last == bpm[:, None], axis=1)
    moved = np.nan_to_num(np.nanmax(_last(np.nan_to_num(cadence_spm, nan=0.0), limits.frozen_s, 0.0), axis=1)) > 0.0
    return np.asarray(same & moved & (age_s <= 1.0))


def lock_log_odds(seconds: Seconds, jumped: Flags, limits: Limits) -> Column:
    """Return the log odds (n,) that the number is the step rate, its half or its double; -inf where they are apart.

    The changes of the number over `lock_step_s` are told by the step rate's changes, or they are not: the log ratio
    of the two likelihoods, summed over `lock_s`, and over half of it. Where the step rate does not vary nothing can be
    told, and the odds stay those of a coincidence.
    """
    best = np.full(len(seconds.bpm), -np.inf)
    for factor in (1.0, 0.5, 2.0):
        near, gain = _told_by(seconds.bpm, factor * seconds.cadence_spm, limits)
        for span in (limits.lock_s, limits.lock_s // 2):
            together = _last(near, span, 0.0).mean(axis=1) >= 0.85
            best = np.maximum(best, np.where(together, _last(gain, span, 0.0).sum(axis=1), -np.inf))
    lasting = _last(jumped.astype(np.float64), SPIKE_S + 1, 0.0).min(axis=1)
    recent = _last(lasting, limits.lock_s + 30, 0.0).max(axis=1) > 0.0
    return np.asarray(best + limits.lock_prior_log + np.where(recent, limits.jump_log, 0.0))


def _told_by(bpm: Column, rate: Column, limits: Limits) -> tuple[Column, Column]:
    """Return where (n,) the number is near a step rate of the last seconds, and the log likelihood ratio a second.

    The delay of the sensor, 0 to 4 s, is the one that fits the last `lock_s` best.
    """
    change, away, gain = bpm - _before(bpm, limits.lock_step_s), np.full(len(bpm), np.inf), np.zeros(len(bpm))
    most = np.full(len(bpm), -np.inf)
    for delay in (0, 2, 4):
        smooth = sum((_before(rate, delay + late) for late in range(3)), np.zeros(len(bpm))) / 3.0
        told = smooth - _before(smooth, limits.lock_step_s)
        ratio = np.nan_to_num(change**2 - (change - told) ** 2) / (6.0 * limits.lock_noise_bpm**2)
        total = _last(ratio, limits.lock_s, 0.0).sum(axis=1)
        gain, most = np.where(total > most, ratio, gain), np.fmax(most, total)
        away = np.fmin(away, np.abs(bpm - smooth))
    return (away <= limits.lock_within_bpm).astype(np.float64), gain


def lagging(seconds: Seconds, bpm: Column) -> Flags:
    """Return where (n,) the speed rose by more than 1 m/s over 45 s ago and the heart has hardly answered.

    A heart answers with a time constant of 20 to 40 s and some 30 beats/min for 1 m/s of running: more than half of
    it by then. Less than a tenth is late, whatever the reason.
    """
    speed = _last(seconds.speed_m_s, 105)
    with np.errstate(invalid="ignore"):
        rise = speed[:, 60:].min(axis=1) - speed[:, :25].max(axis=1)
        answer = bpm - _last(bpm, 105)[:, :25].mean(axis=1)
        return np.asarray((rise > 1.0) & (answer < 3.0 * rise))
