"""What moves a pressure sensor and is no hill: wind gusts, door slams, single wrong rows.

The rule of this file: what comes and returns faster than a person can climb and descend is dropped, and a lone step
that no leg can climb is taken out of all that follows; the limits widen with the recording's own unrest.
"""

from __future__ import annotations

import numpy as np

from edge.altitude.noise import quantum_of_m
from edge.samples import Column

_SPANS_S = (5.0, 11.0, 21.0)
_SIGMAS = 5.0
# A hilltop run over at 0.25 m/s up and down lies 0.06 m per second of span off the median around it; twice that.
_LEAST_M_S = 0.12
_DENSE_S = 0.6
_STEP_ROWS_S, _STEP_SIGMAS, _STEP_LEAST_M = 2.0, 5.0, 2.5


def despiked(t_s: Column, altitude_m: Column) -> tuple[Column, Column]:
    """Return the rows without those more than 10 robust standard deviations from the median of five around."""
    if len(t_s) < 5:
        return t_s, altitude_m
    off = _off_median(altitude_m, 5)
    fine = off <= 10.0 * max(1.4826 * float(np.median(off)), 1.0)
    return t_s[fine], altitude_m[fine]


def calmed(t_s: Column, altitude_m: Column) -> tuple[Column, Column]:
    """Return times (m,) in s and altitudes (m,) in m without gusts and slams, one row a second at most.

    Rows denser than `_DENSE_S` become the medians of whole seconds. Rows that lie further from the running median of
    5, 11 and 21 s than five robust standard deviations and than a hilltop could are left out (Hampel's rule).
    """
    if len(t_s) < 5:
        return t_s, altitude_m
    step_s, quantum_m = float(np.median(np.diff(t_s))), quantum_of_m(altitude_m)
    if step_s < _DENSE_S:
        t_s, altitude_m = _second_medians(t_s, altitude_m)
        step_s = float(np.median(np.diff(t_s))) if len(t_s) > 1 else step_s
    for span_s in _SPANS_S:
        rows = round(span_s / step_s)
        if rows >= 3 and len(t_s) > rows + 2:
            off = _off_median(altitude_m, rows)
            fine = off <= max(_SIGMAS * 1.4826 * float(np.median(off)), _LEAST_M_S * span_s + quantum_m)
            t_s, altitude_m = t_s[fine], altitude_m[fine]
    return t_s, _without_steps(t_s, altitude_m, _STEP_LEAST_M + 1.5 * quantum_m)


def _off_median(altitude_m: Column, rows: int) -> Column:
    """Return the distance (n,) in m of every row from the median of the rows around it; ends are mirrored."""
    half = rows // 2
    padded = np.pad(altitude_m, half, mode="reflect", reflect_type="odd")
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1)
    return np.asarray(np.abs(altitude_m - np.partition(around, half, axis=1)[:, half]))


def _second_medians(t_s: Column, altitude_m: Column) -> tuple[Column, Column]:
    """Return the median time and altitude of every second that has rows."""
    second = np.floor(t_s - t_s[0]).astype(np.intp)
    order = np.lexsort((altitude_m, second))
    first = np.flatnonzero(np.diff(second, prepend=-1))
    last = np.append(first[1:], len(second)) - 1
    low, high = (first + last) // 2, (first + last + 1) // 2
    value = altitude_m[order]
    return 0.5 * (t_s[low] + t_s[high]), 0.5 * (value[low] + value[high])


def _without_steps(t_s: Column, altitude_m: Column, least_m: float) -> Column:
    """Return the altitude (n,) with lone steps taken out: one change of over `least_m` within 2 s, its neighbours calm.

    A lift or an aeroplane changes for many seconds in a row and is left as it is.
    """
    change, wait = np.diff(altitude_m), np.diff(t_s)
    if len(change) < 5:
        return altitude_m
    size = np.abs(change)
    limit = max(_STEP_SIGMAS * 1.4826 * float(np.median(size)), least_m)
    near = np.lib.stride_tricks.sliding_window_view(np.pad(size, 2, mode="edge"), 5)
    calm = np.median(near, axis=1) < 0.25 * size
    sudden = (size > limit) & (wait <= _STEP_ROWS_S) & calm
    return np.asarray(altitude_m - np.concatenate(([0.0], np.cumsum(np.where(sudden, change, 0.0)))))
