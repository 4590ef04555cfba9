"""Heart rate one can rely on, live: one row a second with the cleaned value, its quality and what was wrong.

The rule of this file: the row of second k is made of what was measured up to k and leaves once the newest sample is
`LATENESS_S` past it, so any chunking of the same samples gives the same rows. What is not known is NaN with its age.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from edge.clock import LATENESS_S, run_length
from edge.heart.verdict import (
    HISTORY_S,
    SPIKE_S,
    Fault,
    Flags,
    Limits,
    Seconds,
    frozen,
    lagging,
    lock_log_odds,
    unreachable,
    valid_bpm,
)
from edge.samples import Column, HeartRate, Stride, in_time_order, joined, newest_at

Index = NDArray[np.int64]

HOLD_S = 5.0
"""A number is held for so long; then it is a dropout."""
#: Quality by fault; what is not `FINE` or `LAGGING` is NaN and has none.
_QUALITY = np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.4])


@dataclass(frozen=True, slots=True, eq=False)
class CleanHeart:
    """One row a second (n,): `bpm` NaN where it is not known, `age_s` since the last good number, `quality` 0..1."""

    t_s: Column
    bpm: Column
    age_s: Column
    quality: Column
    fault: Column
    """Values of `Fault`."""
    raw_bpm: Column
    lock_probability: Column

    def __len__(self) -> int:
        return len(self.t_s)


@dataclass(frozen=True, slots=True, eq=False)
class HeartState:
    """Everything a `HeartFilter` remembers, to be saved and restored in the middle of a run."""

    next_row_s: float = float("nan")
    newest_s: float = -np.inf
    good_s: float = float("nan")
    """When the last good number was measured."""
    heart: Column = field(default_factory=lambda: np.empty((2, 0)))
    """The last samples: t_s, bpm."""
    stride: Column = field(default_factory=lambda: np.empty((3, 0)))
    """The last samples: t_s, cadence_spm, speed_m_s."""
    locked: bool = False
    """Whether the number is held for the step rate: until the two are apart again."""
    seconds: Column = field(default_factory=lambda: np.empty((4, 0)))
    """The last whole seconds: the columns of `Seconds`."""


class HeartFilter:
    """Turns heart-rate and stride samples into `CleanHeart` rows; `state` saves it, the constructor restores it."""

    def __init__(self, state: HeartState | None = None, limits: Limits | None = None) -> None:
        self.state, self.limits = state or HeartState(), limits or Limits()

    def feed(self, heart: HeartRate | None = None, stride: Stride | None = None) -> CleanHeart:
        """Return the rows that these samples complete (none, one or many)."""
        state = self.state
        beats, steps = state.heart, state.stride
        if heart is not None and len(heart):
            beats = _with(beats, heart.t_s, heart.bpm)
        if stride is not None and len(stride):
            steps = _with(steps, stride.t_s, stride.cadence_spm, stride.speed_m_s)
        newest = max([state.newest_s, *(rows[0, -1] for rows in (beats, steps) if rows.shape[1])])
        first = state.next_row_s
        if np.isnan(first) and beats.shape[1]:
            first = float(np.ceil(beats[0, 0]))
        self.state = replace(state, heart=beats, stride=steps, newest_s=float(newest), next_row_s=first)
        return self.advance(self.state.newest_s)

    def advance(self, now_s: float) -> CleanHeart:
        """Return the rows that are due when another stream's newest sample is at a time in s."""
        self.state = replace(self.state, newest_s=max(self.state.newest_s, now_s))
        return self._rows_until(np.floor(self.state.newest_s - LATENESS_S))

    def finish(self) -> CleanHeart:
        """Return the rows still waiting for late samples; call once, at the end of the run."""
        return self._rows_until(np.ceil(self.state.newest_s))

    def _rows_until(self, last_s: float) -> CleanHeart:
        state = self.state
        count = max(0, int(last_s - state.next_row_s) + 1) if np.isfinite(state.next_row_s + last_s) else 0
        t_s = (state.next_row_s if count else 0.0) + np.arange(count, dtype=np.float64)
        if not count:
            return joined(CleanHeart, ())
        bpm, age = newest_at(t_s, state.heart[0], state.heart[1], HOLD_S)
        cadence, _ = newest_at(t_s, state.stride[0], state.stride[1], HOLD_S)
        speed, _ = newest_at(t_s, state.stride[0], state.stride[2], HOLD_S)
        whole = np.concatenate([state.seconds, np.stack([bpm, age, cadence, speed])], axis=1)
        rows, good_s, locked = _judged(t_s, Seconds(*whole), state, self.limits)
        self.state = replace(
            state,
            next_row_s=float(t_s[-1]) + 1.0,
            good_s=good_s,
            locked=locked,
            seconds=whole[:, -HISTORY_S:],
            heart=state.heart[:, state.heart[0] > t_s[-1] - HOLD_S],
            stride=state.stride[:, state.stride[0] > t_s[-1] - HOLD_S],
        )
        return rows


def clean_heart(heart: HeartRate, stride: Stride | None = None, limits: Limits | None = None) -> CleanHeart:
    """Return the rows of a whole recording: what `HeartFilter` gives live."""
    live = HeartFilter(limits=limits)
    first, last = live.feed(heart, stride), live.finish()
    return CleanHeart(*(np.concatenate([getattr(first, n), getattr(last, n)]) for n in CleanHeart.__slots__))


def _with(rows: Column, *columns: Column) -> Column:
    """Return rows with further samples, in time order and one an instant."""
    both = np.concatenate([rows, np.stack(columns)], axis=1)
    return np.stack(in_time_order(*both))


def _judged(t_s: Column, seconds: Seconds, state: HeartState, limits: Limits) -> tuple[CleanHeart, float, bool]:
    """Return the rows of the last seconds of `seconds`, when the last good number was measured, and the lock."""
    new = slice(len(seconds.bpm) - len(t_s), None)
    bpm = valid_bpm(seconds.bpm)
    jumped = unreachable(bpm, limits)
    log_odds = lock_log_odds(replace(seconds, bpm=bpm), jumped, limits)[new]
    locked = _locked(log_odds, state.locked)
    fault = _fault(seconds, bpm, jumped, limits)[new]
    fault = np.where(locked & (fault != Fault.DROPOUT) & (fault != Fault.NO_CONTACT), Fault.CADENCE_LOCK, fault)
    usable = (fault == Fault.FINE) | (fault == Fault.LAGGING)
    lock = np.where(locked, 1.0 - 0.1 / (1.0 + np.exp(np.clip(log_odds, -50.0, 50.0))), _sigmoid(log_odds))
    measured = np.where(usable, t_s - seconds.age_s[new], np.nan)
    last_good = np.fmax.accumulate(np.append(state.good_s, measured))[1:]
    fresh = np.clip(1.0 - (seconds.age_s[new] - 1.0) / HOLD_S, 0.0, 1.0)
    quality = np.where(usable, _QUALITY[fault] * (1.0 - lock) * fresh, 0.0)
    clean = np.where(usable, bpm[new], np.nan)
    rows = CleanHeart(t_s, clean, t_s - last_good, quality, fault.astype(np.float64), seconds.bpm[new], lock)
    return rows, float(last_good[-1]), bool(locked[-1])


def _fault(seconds: Seconds, bpm: Column, jumped: Flags, limits: Limits) -> Index:
    """Return what is wrong (n,) with each second, the step rate apart."""
    verdicts: tuple[tuple[Fault, Flags], ...] = (
        (Fault.DROPOUT, np.isnan(seconds.bpm)),
        (Fault.NO_CONTACT, np.isnan(bpm)),
        (Fault.SPIKE, jumped & (run_length(jumped) <= SPIKE_S)),
        (Fault.IMPOSSIBLE, jumped),
        (Fault.FROZEN, frozen(bpm, seconds.age_s, seconds.cadence_spm, limits)),
        (Fault.LAGGING, lagging(seconds, bpm)),
    )
    told = np.full(len(bpm), int(Fault.FINE), dtype=np.int64)
    for fault, where in reversed(verdicts):
        told[where] = int(fault)
    return told


def _locked(log_odds: Column, before: bool) -> Flags:
    """Return where (n,) the number is held for the step rate: from odds above even until the two are apart."""
    row = np.arange(len(log_odds))
    told = np.maximum.accumulate(np.where(log_odds > 0.0, row, -1 if before else -2))
    apart = np.maximum.accumulate(np.where(np.isneginf(log_odds), row, -2 if before else -1))
    return np.asarray(told > apart)


def _sigmoid(log_odds: Column) -> Column:
    return np.asarray(1.0 / (1.0 + np.exp(-np.maximum(log_odds, -50.0))))
