"""Which of the elapsed seconds count: pauses, stops that only a silence tells, and how long one row stands.

The rule of this file: time is elapsed time in s since the start; a pause takes seconds out of it, never rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

#: How late a sample may come, in s: a live row leaves when the newest sample is this far past it.
LATENESS_S = 1.0
#: One row stands for no more than this, in s: smart recording leaves up to half a minute between rows.
HOLD_S = 60.0
# A silence of all streams may be a stop when it is this long, in s, and this many usual steps; where steps vary
# (smart recording leaves out rows while little changes, also while standing with the timer running) longer.
_SILENT_S, _SILENT_STEPS = 15.0, 5.0
_VARIED_SILENT_S, _VARIED_SILENT_STEPS = 50.0, 8.0


def active_clock_s(t_s: Column, pauses_s: Column) -> Column:
    """Return the seconds (n,) that the timer ran up to each time, for pauses (k, 2) in s, disjoint and in order."""
    if len(pauses_s) == 0:
        return t_s.astype(np.float64)
    lengths = np.diff(pauses_s, axis=1)[:, 0]
    paused = np.cumsum(np.column_stack((np.zeros(len(lengths)), lengths)).ravel())
    return np.asarray(t_s - np.interp(t_s, pauses_s.ravel(), paused), dtype=np.float64)


def merged_pauses_s(pauses_s: Column) -> Column:
    """Return pauses (k, 2) in s as disjoint intervals in order; empty, reversed and NaN ones vanish."""
    spans = np.asarray(pauses_s, dtype=np.float64).reshape(-1, 2)
    spans = spans[spans[:, 1] > spans[:, 0]]
    if len(spans) == 0:
        return np.empty((0, 2))
    spans = spans[np.lexsort((spans[:, 1], spans[:, 0]))]
    reach = np.maximum.accumulate(spans[:, 1])
    opens = np.concatenate(([True], spans[1:, 0] > reach[:-1]))
    closes = np.concatenate((opens[1:], [True]))
    return np.column_stack((spans[opens, 0], reach[closes]))


def held_s(t_s: Column, pauses_s: Column, hold_s: float = HOLD_S) -> Column:
    """Return the timer seconds (n,) that each row of rising `t_s` stands for: half-way to both its neighbours.

    A silence longer than `hold_s` counts for neither side.
    """
    if len(t_s) == 0:
        return np.empty(0)
    active = np.where(np.diff(t_s) <= hold_s, np.diff(active_clock_s(t_s, pauses_s)), 0.0)
    return np.asarray(0.5 * (np.append(active, 0.0) + np.append(0.0, active)))


def silent_stops_s(row_t_s: Column, progress_t_s: Column, progress_m: Column) -> Column:
    """Return the silences (k, 2) in s of all rows in which the person did not get on: the timer stood there.

    For rising row times and a distance that rises over time; a silence is long beside the usual steps, and the
    distance gained in it is below a tenth of the usual speed. Without any distance nothing is taken for a stop.
    For recordings whose file does not tell its pauses; found on watches' own timers, not on a standard.
    """
    if len(row_t_s) < 3 or len(progress_t_s) < 3:
        return np.empty((0, 2))
    step = np.diff(row_t_s)
    gained = np.diff(np.interp(row_t_s, progress_t_s, progress_m))
    usual_m_s = (progress_m[-1] - progress_m[0]) / step.sum()
    stop = (step > _silence_s(step)) & (gained < 0.1 * usual_m_s * step)
    return np.column_stack((row_t_s[:-1][stop], row_t_s[1:][stop]))


def _silence_s(step_s: Column) -> float:
    """Return how long in s a step between rows must be to be a silence, from all steps (n,) of the recording."""
    usual, most = np.quantile(step_s, (0.5, 0.95))
    if most <= 1.5 * usual:
        return float(max(_SILENT_S, _SILENT_STEPS * usual))
    return float(max(_VARIED_SILENT_S, _VARIED_SILENT_STEPS * most))


def run_length(is_so: NDArray[np.bool_], before: int = 0) -> NDArray[np.int64]:
    """Return for how many rows in a row (n,) it has been so, `before` at the start."""
    row = np.arange(1, len(is_so) + 1)
    last_not = np.maximum.accumulate(np.where(is_so, -before, row))
    return np.where(is_so, row - last_not, 0)
