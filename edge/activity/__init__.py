"""What a person is doing: still, walking, running, up or down stairs, or nothing that is known, window by window.

The rule of this file: a word needs 4 s of motion and a look at three windows before and one after, 0.8 s apart; it
leaves 3.0 s after the middle of its window, and what lies more than 2.4 s before the window or 0.8 s after it
never matters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from edge.activity.align import AlignState, align
from edge.activity.features import RATE_HZ, WINDOW, features
from edge.activity.net import AHEAD, BACK, CLASSES, bundled, smooth
from edge.samples import Column

Labels = NDArray[np.str_]

HOP = 16
"""Samples between windows: 0.8 s."""
HOP_S = HOP / RATE_HZ
DELAY_S = 3.0
"""From the middle of a window to its word: half a window, the one window after it, the low-pass."""
LEAST_RATE_HZ = 19.0
LEAST_PROBABILITY = 0.4
"""Below it no activity is named."""
_MIDDLE = (WINDOW // 2 - HOP // 2) // HOP
#: Column of `CLASSES` -> what competes: up and down stairs stand together against the rest.
_RIVALS = np.array(
    [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]]
)
_STAIRS = 3
_UP, _DOWN, _UNKNOWN = 3, 4, 5


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """One row a window: its middle in s since the first sample, the activity and its probability.

    `probability` is that of the label; for "unknown" that nothing known is done, or, where no activity reached 0.4,
    that of the likeliest; NaN where there was no full window to judge by.
    """

    t_s: Column
    label: Labels
    probability: Column

    def __len__(self) -> int:
        return len(self.t_s)


@dataclass(frozen=True, slots=True, eq=False)
class ActivityState:
    """Everything an `ActivityFilter` remembers: the last windows, never more than 2.4 s before the current one."""

    align: AlignState = field(default_factory=AlignState)
    recent: Column = field(default_factory=lambda: np.empty((0, 6)))
    """Samples at 20 Hz of the window that is filling up, in a frame that keeps still."""
    words: Column = field(default_factory=lambda: np.empty((0, len(CLASSES))))
    """Probabilities of the rows before and at the next one to leave."""
    rows: int = 0
    """Rows that have left."""
    newest: Column = field(default_factory=lambda: np.empty((0, 6)))
    """The last 4 s, for the end of the recording."""


class ActivityFilter:
    """Names activities while samples come in; `state` saves it, the constructor restores it."""

    def __init__(self, rate_hz: float, state: ActivityState | None = None) -> None:
        if not (math.isfinite(rate_hz) and rate_hz >= LEAST_RATE_HZ):
            raise ValueError(f"rate_hz {rate_hz:g} is not a rate of {LEAST_RATE_HZ:g} Hz or more")
        self.rate_hz = float(rate_hz)
        self.state = state or ActivityState()

    def feed(self, accel_m_s2: ArrayLike, gyro_rad_s: ArrayLike) -> Activity:
        """Return the windows that these samples (n, 3) complete: none, one or many.

        ValueError names a wrong shape or the first value that is not finite.
        """
        return self._take(_checked(accel_m_s2, gyro_rad_s), end=False)

    def finish(self) -> Activity:
        """Return the windows that still wait, up to the last sample; call once, at the end of the recording."""
        return self._take(np.empty((0, 6)), end=True)

    def _take(self, rows: Column, end: bool) -> Activity:
        aligned, state = align(self.state.align, rows, self.rate_hz, end)
        kept = np.concatenate([self.state.recent, aligned])
        newest = np.concatenate([self.state.newest, aligned])[-WINDOW:]
        windows, used = windows_of(kept)
        words = self._words(bundled().probabilities(features(windows)))
        self.state = replace(self.state, align=state, recent=kept[used:].copy(), newest=newest.copy())
        return self._leave(self._until_the_end(words) if end else words, end)

    def _words(self, fresh: Column) -> Column:
        """Return the words so far with fresh ones; the first full window speaks for the rows before its middle."""
        if self.state.rows == 0 and not len(self.state.words) and len(fresh):
            fresh = np.concatenate([np.repeat(fresh[:1], BACK + _MIDDLE, axis=0), fresh])
        return np.concatenate([self.state.words, fresh])

    def _until_the_end(self, words: Column) -> Column:
        """Return the words with those of the last rows, whose windows would reach beyond the recording."""
        total = max(1, round(self.state.align.made / HOP)) if self.state.align.made else 0
        missing = total - (self.state.rows + max(0, len(words) - BACK)) + AHEAD
        newest = self.state.newest
        last = bundled().probabilities(features(newest[None])) if len(newest) == WINDOW else np.empty((0, 6))
        if not len(last):
            return np.full((total + BACK + AHEAD if total else 0, len(CLASSES)), np.nan)
        more = np.repeat(last, max(0, missing - AHEAD), axis=0)
        words = np.concatenate([words, more])[: total - self.state.rows + BACK]
        return np.concatenate([words, words[-1:]])

    def _leave(self, words: Column, end: bool) -> Activity:
        smoothed = smooth(words)
        first, count = self.state.rows, len(smoothed)
        self.state = replace(self.state, words=words[count:].copy(), rows=first + count)
        t_s = (np.arange(first, first + count, dtype=np.float64) + 0.5) * HOP_S
        if end and count:
            t_s = np.minimum(t_s, (self.state.align.made - 1) / RATE_HZ)
        return Activity(t_s, *named(smoothed))


def _checked(accel_m_s2: ArrayLike, gyro_rad_s: ArrayLike) -> Column:
    """Return force and turning side by side (n, 6); ValueError names what is wrong and where."""
    columns = []
    for name, given in (("accel_m_s2", accel_m_s2), ("gyro_rad_s", gyro_rad_s)):
        column = np.asarray(given, dtype=np.float64)
        column = column.reshape(0, 3) if column.size == 0 else column
        if column.ndim != 2 or column.shape[1] != 3:
            raise ValueError(f"{name} has shape {column.shape}, not (n, 3)")
        wrong = ~np.isfinite(column).all(axis=1)
        if wrong.any():
            raise ValueError(f"{name} is not finite in row {int(np.flatnonzero(wrong)[0])}")
        columns.append(column)
    if len(columns[0]) != len(columns[1]):
        raise ValueError(f"accel_m_s2 has {len(columns[0])} rows, gyro_rad_s {len(columns[1])}")
    return np.concatenate(columns, axis=1)


def windows_of(rows: Column) -> tuple[Column, int]:
    """Return the full windows (k, 80, 6) of rows (n, 6), one every `HOP`, and how many rows no later one needs."""
    count = max(0, (len(rows) - WINDOW) // HOP + 1)
    if not count:
        return np.empty((0, WINDOW, 6)), 0
    index = HOP * np.arange(count)[:, None] + np.arange(WINDOW)
    return rows[index], HOP * count


def named(probability: Column) -> tuple[Labels, Column]:
    """Return the label and its probability (n,) of probabilities (n, 6)."""
    rivals = probability @ _RIVALS
    best = rivals.argmax(axis=1)
    up = np.where(probability[:, _UP] >= probability[:, _DOWN], _UP, _DOWN)
    index = np.where(best == _STAIRS, up, np.where(best > _STAIRS, _UNKNOWN, best))
    value = probability[np.arange(len(index)), index]
    sure = rivals[np.arange(len(best)), best] >= LEAST_PROBABILITY
    return np.array(CLASSES)[np.where(sure, index, _UNKNOWN)], value


def classify(accel_m_s2: ArrayLike, gyro_rad_s: ArrayLike, rate_hz: float) -> Activity:
    """Return the activity in windows 0.8 s apart that cover a recording (n, 3) in m/s2 (with gravity) and rad/s.

    A recording under 4 s is "unknown" with probability NaN. ValueError names a wrong shape, a value that is not
    finite or a rate under 19 Hz.
    """
    live = ActivityFilter(rate_hz)
    parts = [live.feed(accel_m_s2, gyro_rad_s), live.finish()]
    t_s, label, probability = (np.concatenate([getattr(p, n) for p in parts]) for n in ("t_s", "label", "probability"))
    return Activity(t_s, label, probability)
