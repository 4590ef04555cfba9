"""When the runner stands: the body says so, and satellites only where there is no body sensor.

The rule of this file: steps decide at once, silence decides slowly, and a lost sensor decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.clock import run_length
from edge.samples import Column

Mask = NDArray[np.bool_]

# A slow walker uphill still takes more than half of these; a sensor that misses every second step tells half.
_STEPS_SPM = 20.0
# Standing begins after so many seconds without a step, and ends with so many seconds of steps in a row. A counter
# that misses a slow walker's steps for 5 s at a time is silent for 10 s once in 100 h.
QUIET_S, WALKS_S = 12, 2
# Without a body sensor: slower than this for so long, which also a walker behind a bad receiver never is.
_CRAWL_M_S, _CRAWL_S = 0.35, 20
# A phone or watch on a body that stands shakes less than this, m/s2 (sd over a second).
_STILL_M_S2 = 0.5


@dataclass(frozen=True, slots=True)
class PauseState:
    """What a pause rests on: how many seconds the last three sources were quiet or awake, and what was decided."""

    quiet_s: int = 0
    walks_s: int = 0
    crawls_s: int = 0
    paused: bool = False


def paused_rows(
    state: PauseState, cadence_spm: Column, shake_m_s2: Column, satellite_m_s: Column
) -> tuple[PauseState, Mask]:
    """Return the state after n seconds and whether the person stands in each (n,), known without looking ahead.

    Cadence in steps/min, sd of the acceleration in m/s2 and speed in m/s by satellites, NaN where not measured. A
    second without a step is one with cadence below 20 and, where there is an accelerometer, without shaking: a sensor
    that loses slow steps is caught by that. Standing is told 12 s after the last step, walking on after 2 s. Without
    cadence and accelerometer, 20 s below 0.35 m/s by satellites stand. Where nothing is known, nothing changes.
    """
    stepping = np.nan_to_num(cadence_spm) >= _STEPS_SPM
    shaking = np.nan_to_num(shake_m_s2) >= _STILL_M_S2
    body = np.isfinite(cadence_spm) | np.isfinite(shake_m_s2)
    awake = stepping | shaking
    quiet = run_length(body & ~awake, state.quiet_s)
    walks = run_length(body & awake, state.walks_s)
    alone = ~body & np.isfinite(satellite_m_s)
    crawls = run_length(alone & (np.nan_to_num(satellite_m_s) < _CRAWL_M_S), state.crawls_s)
    begins = (quiet >= QUIET_S) | (crawls >= _CRAWL_S)
    ends = (walks >= WALKS_S) | (alone & (np.nan_to_num(satellite_m_s) > 2.0 * _CRAWL_M_S))
    decided = np.where(begins, 1, np.where(ends, -1, 0))
    last = np.maximum.accumulate(np.where(decided != 0, np.arange(len(decided)), -1))
    paused = np.where(last >= 0, decided[last] > 0, state.paused) if len(decided) else np.zeros(0, dtype=bool)
    if not len(paused):
        return state, paused.astype(bool)
    after = PauseState(int(quiet[-1]), int(walks[-1]), int(crawls[-1]), bool(paused[-1]))
    return after, paused.astype(bool)


def standing_s(t_s: Column, cadence_spm: Column, shake_m_s2: Column, satellite_m_s: Column) -> Column:
    """Return the pauses (k, 2) in s of a whole recording at one row a second, from the last step to the first again."""
    _, paused = paused_rows(PauseState(), cadence_spm, shake_m_s2, satellite_m_s)
    body = np.isfinite(cadence_spm) | np.isfinite(shake_m_s2)
    edge = np.diff(np.concatenate(([0], paused.astype(np.int64), [0])))
    begin, end = np.flatnonzero(edge > 0), np.flatnonzero(edge < 0) - 1
    early = np.where(body[begin], QUIET_S - 1, _CRAWL_S - 1)
    late = np.where(body[np.minimum(end + 1, len(body) - 1)] & (end + 1 < len(body)), WALKS_S - 1, 0)
    from_row, to_row = np.maximum(begin - early, 0), np.maximum(end - late + 1, begin)
    return np.column_stack((t_s[from_row], t_s[np.minimum(to_row, len(t_s) - 1)]))
