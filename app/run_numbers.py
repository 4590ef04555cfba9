"""A run's numbers beside the person's own runs of like length, for the screen and for the page.

The rule of this file: what is drawn (heights, track, lines) is the caller's; here are numbers alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, nan

import numpy as np

from app.report import RunReport
from app.store import StoreError
from app.views.report import RunNumbers
from edge.coach.types import RunFact
from edge.samples import Estimate

SIMILAR_SHARE = 0.25
"""A run is like another when its distance is within this share of it."""
MOST_SIMILAR = 10


def numbers_of(report: RunReport, facts: Sequence[RunFact], day: str) -> RunNumbers:
    """Return the numbers of a run as its screen has them, without what is drawn; StoreError if it is open."""
    row, summary = report.row, report.row.summary
    if summary is None:
        raise StoreError(f"run {row.run_id} is still open")
    pace, bpm, count = similar(facts, row.run_id)
    highest = report.highest
    return RunNumbers(
        row.run_id,
        day,
        summary.distance_m,
        summary.moving_s,
        summary.avg_hr_bpm,
        summary.avg_cadence_spm,
        report.effort.flat_pace_s_per_km,
        report.effort.drift,
        report.effort.ascent,
        tuple(zip(report.split_m.tolist(), report.split_s.tolist(), report.split_hr_bpm.tolist(), strict=True)),
        tuple(report.zones_s[1:].tolist()),
        Estimate(highest.value, highest.low, highest.high, highest.source),
        similar_pace_s_per_km=pace,
        similar_hr_bpm=bpm,
        similar_runs=count,
        expected_hr=report.expected_hr_bpm,
        damaged=report.damaged,
    )


def like_runs(facts: Sequence[RunFact], fact: RunFact | None) -> tuple[RunFact, ...]:
    """Return the person's own runs of like length before a run: at most `MOST_SIMILAR`, the latest last."""
    if fact is None or not fact.distance_m > 0.0:
        return ()
    near = [
        f for f in facts
        if f.start_unix_s < fact.start_unix_s and f.sport == fact.sport and f.valid and f.distance_m > 0.0
        and abs(f.distance_m - fact.distance_m) <= SIMILAR_SHARE * fact.distance_m
    ]  # fmt: skip
    return tuple(near[-MOST_SIMILAR:])


def similar(facts: Sequence[RunFact], run_id: str) -> tuple[float, float, int]:
    """Return median pace in s/km and heart rate in bpm of the runs of like length before a run, and how many."""
    like = like_runs(facts, next((f for f in facts if f.run_id == run_id), None))
    if not like:
        return nan, nan, 0
    hearts = [f.avg_hr_bpm for f in like if isfinite(f.avg_hr_bpm)]
    pace = float(np.median([f.moving_s / f.distance_m * 1000.0 for f in like]))
    return pace, float(np.median(hearts)) if hearts else nan, len(like)
