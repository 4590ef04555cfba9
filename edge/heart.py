"""What the heart did: averages over time, time in zones, drift, and training load.

The rule of this file: a sample counts for the time until the next one, never longer than `clock.HOLD_S`; 0 means
"no signal", and a value outside 25..250 beats/min is none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.clock import held_s
from edge.samples import Column, HeartRate, in_time_order

_LOWEST_BPM, _HIGHEST_BPM = 25.0, 250.0


@dataclass(frozen=True, slots=True, eq=False)
class Pulse:
    """Valid heart rate at rising times in s, and the seconds for which each value counts; all (n,)."""

    t_s: Column
    bpm: Column
    weight_s: Column


def pulse(rows: HeartRate | None, pauses_s: Column) -> Pulse:
    """Return the valid samples with their weights, for pauses (k, 2) in s in which nothing counts."""
    if rows is None:
        return Pulse(np.empty(0), np.empty(0), np.empty(0))
    valid = (rows.bpm >= _LOWEST_BPM) & (rows.bpm <= _HIGHEST_BPM)
    t_s, bpm = in_time_order(rows.t_s[valid], rows.bpm[valid])
    return Pulse(t_s, bpm, held_s(t_s, pauses_s))


def average_bpm(beat: Pulse) -> float:
    """Return the time-weighted mean heart rate in beats/min; the plain mean of lone samples; NaN without any."""
    if len(beat.bpm) == 0:
        return float("nan")
    return float(np.average(beat.bpm, weights=beat.weight_s if beat.weight_s.sum() > 0.0 else None))


def maximum_bpm(beat: Pulse) -> float:
    """Return the highest valid heart rate in beats/min; NaN without any."""
    return float(beat.bpm.max()) if len(beat.bpm) else float("nan")
