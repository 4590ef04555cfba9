"""When the device's timer stood still: from its own events, else from silences that break a steady rhythm.

The rule of this file: a smart recorder's silence is no pause. Events decide where there are any; without
them only a recording of about one row a second shows a pause by its silence.
"""

from __future__ import annotations

import numpy as np

from edge.samples import Column

# FIT Profile, type event_type: start, stop, stop_all, stop_disable, stop_disable_all.
_START = 0.0
_STOPS = (1.0, 4.0, 8.0, 9.0)
# A steady recorder writes nearly all rows within this many seconds of each other; a pause is longer than that.
_STEADY_S = 2.5
_PAUSE_S = 10.0
#: Closes a list of known pauses at the last row, so that an empty list means "not known" and nothing else.
CLOSING_S = 0.001


def timer_pauses(
    event_s: Column, event_type: Column, row_s: Column, start_s: float, end_s: float
) -> list[tuple[float, float]]:
    """Return pauses from timer events, else from silences, as (from, to) in the unit of `row_s`.

    With timer events the list ends with a pause of a millisecond at the last row: the timer is known.
    """
    mine = (event_s >= start_s - 1.0) & (event_s <= end_s + 1.0)
    if not mine.any():
        return silences(row_s)
    pauses = []
    stopped = np.nan
    order = np.argsort(event_s[mine], kind="stable")
    for when, kind in zip(event_s[mine][order], event_type[mine][order], strict=True):
        if kind in _STOPS and np.isnan(stopped):
            stopped = when
        elif kind == _START and not np.isnan(stopped):
            pauses.append((float(stopped), float(when)))
            stopped = np.nan
    if not np.isnan(stopped):
        pauses += _resumed(float(stopped), row_s)
    return [*((max(a, start_s), min(b, end_s)) for a, b in pauses), (end_s, end_s + CLOSING_S)]


def _resumed(stopped_s: float, row_s: Column) -> list[tuple[float, float]]:
    """Return the pause that ends with the next row where rows go on without a start event; none at the end."""
    later = row_s[row_s > stopped_s + 1.0]
    return [(stopped_s, float(later[0]))] if len(later) > 1 else []


def silences(row_s: Column) -> list[tuple[float, float]]:
    """Return the silences of a steady recorder as pauses; none for a smart recorder (its silence means nothing)."""
    step = np.diff(row_s)
    if len(step) < 10 or float(np.quantile(step, 0.9)) > _STEADY_S:
        return []
    usual = float(np.median(step))
    long = step > max(_PAUSE_S, 5.0 * usual)
    return [(float(a + usual), float(b)) for a, b in zip(row_s[:-1][long], row_s[1:][long], strict=True)]
