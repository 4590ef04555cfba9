"""Any sensor rate onto one grid of 50 Hz, low-passed: what all of the step counting looks at.

The rule of this file: a row of the grid is a fixed sum over the readings within `REACH_S` of it, so it does not
depend on how the readings came in. A lost reading is a row of NaN; the grid is NaN where too few are left.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

GRID_HZ = 50.0
LEAST_RATE_HZ, MOST_RATE_HZ = 12.5, 10_000.0
CUTOFF_HZ = 8.0
"""Half-amplitude frequency of the low-pass in Hz: above the second harmonic of a sprinter's step rate of 4 Hz."""
REACH_S = 0.1
_LEAST_READINGS = 3
_LEAST_WEIGHT = 0.5
_BLOCK = 2048
"""Rows of the grid made at once: bounds the memory, never the result."""


@dataclass(frozen=True, slots=True, eq=False)
class GridState:
    """What the resampler remembers: readings still needed (k, 3), how many came before them, the next grid row."""

    tail: Column = field(default_factory=lambda: np.empty((0, 3)))
    dropped: int = 0
    next_row: int = 0


def checked_rate(rate_hz: float) -> float:
    """Return the sampling rate in Hz; ValueError outside 12.5 Hz to 10 kHz."""
    if not LEAST_RATE_HZ <= rate_hz <= MOST_RATE_HZ:
        raise ValueError(f"rate_hz: {rate_hz} is not between {LEAST_RATE_HZ} and {MOST_RATE_HZ} Hz")
    return float(rate_hz)


def checked_rows(name: str, rows: Column) -> Column:
    """Return readings as floats (n, 3); ValueError for another shape or an infinite reading, NaN means lost."""
    readings = np.asarray(rows, dtype=np.float64)
    if readings.size == 0:
        return np.empty((0, 3))
    if readings.ndim != 2 or readings.shape[1] != 3:
        raise ValueError(f"{name}: shape {readings.shape} is not (n, 3)")
    infinite = np.isinf(readings).any(axis=1)
    if infinite.any():
        raise ValueError(f"{name}: row {int(infinite.argmax())} is infinite; a lost reading is NaN")
    return readings


def reach_rows(rate_hz: float) -> int:
    """Return how many readings on either side of an instant enter its grid row."""
    return max(_LEAST_READINGS, int(np.ceil(REACH_S * rate_hz)))


def resample(state: GridState, rows: Column, rate_hz: float, end: bool = False) -> tuple[GridState, Column]:
    """Return the state after these readings (n, 3) and the grid rows (m, 3) at 50 Hz that they complete.

    The first reading stands for all before it and, with `end`, the last for all after it.
    """
    tail = np.concatenate([state.tail, rows])
    seen = state.dropped + len(tail)
    reach = reach_rows(rate_hz)
    reached = seen - 1 if end else seen - 1 - reach
    last = int(np.floor(reached * GRID_HZ / rate_hz + 1e-9)) if seen else -1
    numbers = np.arange(state.next_row, last + 1)
    blocks = [_rows(tail, state.dropped, numbers[i : i + _BLOCK], rate_hz) for i in range(0, len(numbers), _BLOCK)]
    next_row = max(state.next_row, last + 1)
    unneeded = int(np.clip(np.floor(next_row * rate_hz / GRID_HZ) - reach - state.dropped, 0, max(len(tail) - 1, 0)))
    kept = replace(state, tail=tail[unneeded:], dropped=state.dropped + unneeded, next_row=next_row)
    return kept, np.concatenate(blocks) if blocks else np.empty((0, 3))


def _rows(tail: Column, dropped: int, numbers: NDArray[np.int64], rate_hz: float) -> Column:
    """Return grid rows by number (m, 3): a Hann-windowed sinc over the readings around each."""
    at = numbers * (rate_hz / GRID_HZ)
    reach = reach_rows(rate_hz)
    near = np.floor(at + 1e-9).astype(np.int64)[:, None] + np.arange(1 - reach, reach + 1)
    away_s = (near - at[:, None]) / rate_hz
    weight = _weight(away_s, rate_hz)
    readings = tail[np.clip(near - dropped, 0, len(tail) - 1)]
    known = np.isfinite(readings).all(axis=2)
    total = weight.sum(axis=1)
    weight = np.where(known, weight, 0.0)
    left = weight.sum(axis=1)
    summed = np.einsum("mk,mkc->mc", weight, np.where(known[:, :, None], readings, 0.0))
    enough = left >= _LEAST_WEIGHT * total
    return np.where(enough[:, None], summed / np.where(enough, left, 1.0)[:, None], np.nan)


def gain(frequency_hz: Column, rate_hz: float) -> Column:
    """Return what share (n,) of a motion of a frequency in Hz the grid keeps, for readings at a rate in Hz."""
    reach = reach_rows(rate_hz)
    away = np.arange(1 - reach, reach)
    weight = _weight(away / rate_hz, rate_hz)
    return np.asarray(np.cos(2.0 * np.pi * np.outer(frequency_hz, away / rate_hz)) @ weight / weight.sum())


def _weight(away_s: Column, rate_hz: float) -> Column:
    """Return what a reading so far from a grid row in s counts for it, up to a common factor."""
    window = 0.5 + 0.5 * np.cos(np.pi * np.clip(away_s * rate_hz / reach_rows(rate_hz), -1.0, 1.0))
    return np.asarray(window * np.sinc(2.0 * min(CUTOFF_HZ, 0.4 * rate_hz) * away_s))
