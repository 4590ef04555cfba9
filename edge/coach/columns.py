"""The diary as columns: the runs that may count, in time order, each array of one length.

The rule of this file: what must not set a limit or a record is left out here, once, for everyone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.coach.performance import vdot
from edge.coach.types import RunFact
from edge.samples import Column

#: A run on foot is neither slower than a stroll nor better than the best in the world over its distance, and not
#: this many times faster than the same person's median: that is a ride or a satellite spike.
SLOWEST_M_S = 0.5
BEST_VDOT = 86.0
RIDE_SHARE = 1.6
RIDE_NEEDS_RUNS = 10
SHORTEST_RUN_M = 200.0
SHORTEST_RUN_S = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Valid runs (n,), oldest first: local day, start in Unix s, m, s, bpm (NaN unknown), load, and the facts."""

    facts: tuple[RunFact, ...]
    day: NDArray[np.int64]
    start_unix_s: Column
    distance_m: Column
    moving_s: Column
    avg_hr_bpm: Column
    load: Column
    left_out: int

    def __len__(self) -> int:
        return len(self.facts)

    @property
    def speed_m_s(self) -> Column:
        """Mean speed in motion in m/s."""
        return self.distance_m / self.moving_s


def may_count(fact: RunFact) -> bool:
    """Return whether a row is a run on foot that may set a limit or a record."""
    return (
        fact.valid
        and fact.sport == "running"
        and fact.distance_m >= SHORTEST_RUN_M
        and fact.moving_s >= SHORTEST_RUN_S
        and fact.distance_m / fact.moving_s >= SLOWEST_M_S
        and vdot(max(fact.distance_m, 800.0), fact.moving_s * max(800.0 / fact.distance_m, 1.0)) <= BEST_VDOT
    )


def local_offset(runs: Sequence[RunFact]) -> float:
    """Return local time minus UTC in s at the latest run: as recorded, else by its longitude in whole hours, else 0."""
    if not runs:
        return 0.0
    latest = max(runs, key=lambda f: f.start_unix_s)
    if math.isfinite(latest.utc_offset_s):
        return float(latest.utc_offset_s)
    return round(latest.start_longitude_deg / 15.0) * 3600.0 if math.isfinite(latest.start_longitude_deg) else 0.0


def runs_until(facts: Sequence[RunFact], now_unix_s: float, fallback_offset_s: float) -> Runs:
    """Return the valid runs that started at or before now, each once, oldest first."""
    past = [f for f in facts if f.start_unix_s <= now_unix_s and f.sport == "running"]
    chosen = _without_rides(sorted((f for f in past if may_count(f)), key=lambda f: (f.start_unix_s, f.run_id)))
    chosen = _without_repeats(chosen)
    offsets = [f.utc_offset_s if math.isfinite(f.utc_offset_s) else fallback_offset_s for f in chosen]
    start = np.array([f.start_unix_s for f in chosen])
    return Runs(
        tuple(chosen),
        np.floor((start + np.array(offsets)) / 86400.0).astype(np.int64),
        start,
        np.array([f.distance_m for f in chosen]),
        np.array([f.moving_s for f in chosen]),
        np.array([f.avg_hr_bpm for f in chosen]),
        np.nan_to_num(np.array([f.load for f in chosen])),
        len(past) - len(chosen),
    )


def _without_rides(facts: list[RunFact]) -> list[RunFact]:
    if len(facts) < RIDE_NEEDS_RUNS:
        return facts
    speed = np.array([f.distance_m / f.moving_s for f in facts])
    limit = RIDE_SHARE * float(np.median(speed))
    return [f for f, v in zip(facts, speed.tolist(), strict=True) if v <= limit]


def _without_repeats(facts: list[RunFact]) -> list[RunFact]:
    """Leave out a run that lies inside the one before it: two devices, or the same file twice."""
    kept: list[RunFact] = []
    end_unix_s = -math.inf
    for fact in facts:
        if kept and fact.start_unix_s < end_unix_s - 0.5 * fact.moving_s:
            continue
        kept.append(fact)
        end_unix_s = max(end_unix_s, fact.start_unix_s + fact.moving_s)
    return kept
