"""Means of an altitude over windows: around rows at any times, and around equal cells, many recordings at once.

The rule of this file: a running sum, looked up twice; the half of a window at both ends of a recording.
"""

from __future__ import annotations

import numpy as np

from edge.samples import Column

_LEAST_CELLS = 32


class Sums:
    """Running sums of rows (…, n), for their means over windows that reach up to so many cells to either side."""

    def __init__(self, rows: Column, reach: int) -> None:
        self._reach, self._count = reach, rows.shape[-1]
        # Level before the first cell and after the last, so that a window's end may lie outside.
        self._sums = np.zeros((*rows.shape[:-1], self._count + 2 * reach + 1))
        np.cumsum(rows, axis=-1, out=self._sums[..., reach + 1 : reach + 1 + self._count])
        self._sums[..., reach + 1 + self._count :] = self._sums[..., [reach + self._count]]

    def means(self, around: int) -> Column:
        """Return the means (…, n) of every cell and so many to either side, of those that there are."""
        cell = np.arange(self._count)
        covered = np.minimum(cell + around + 1, self._count) - np.maximum(cell - around, 0)
        ahead = self._sums[..., self._reach + around + 1 :][..., : self._count]
        behind = self._sums[..., self._reach - around :][..., : self._count]
        return np.asarray((ahead - behind) * (1.0 / covered))


def averaged(t_s: Column, altitude_m: Column, window_s: float) -> Column:
    """Return the altitude (n,), on lines between its rows, averaged over a window in s; the half of it at both ends."""
    before, after = np.maximum(t_s - 0.5 * window_s, t_s[0]), np.minimum(t_s + 0.5 * window_s, t_s[-1])
    area = _area(t_s, altitude_m, after) - _area(t_s, altitude_m, before)
    return np.asarray(area / (after - before))


def _area(t_s: Column, altitude_m: Column, when_s: Column) -> Column:
    """Return the integral (m,) in m s of the altitude from its first row to each of the times."""
    step = np.diff(t_s)
    area = np.concatenate(([0.0], np.cumsum(0.5 * (altitude_m[1:] + altitude_m[:-1]) * step)))
    row = np.clip(np.searchsorted(t_s, when_s, side="right") - 1, 0, len(step) - 1)
    since = when_s - t_s[row]
    slope = (np.diff(altitude_m) / step)[row]
    return np.asarray(area[row] + since * (altitude_m[row] + 0.5 * slope * since))


def cells(t_s: Column, altitude_m: Column, width_s: float) -> tuple[float, Column]:
    """Return the width in s, all but as asked, and the means (m,) in m of equal cells from first row to last.

    A recording shorter than 32 of them has narrower ones.
    """
    count = max(round((t_s[-1] - t_s[0]) / width_s), _LEAST_CELLS)
    edge_s = np.linspace(t_s[0], t_s[-1], count + 1)
    cell_s = float(edge_s[1] - edge_s[0])
    return cell_s, np.asarray(np.diff(_area(t_s, altitude_m, edge_s)) / cell_s)
