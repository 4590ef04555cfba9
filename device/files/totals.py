"""Which number stands where the recording and the device's own totals differ, or one of them is missing.

The rule of this file: our numbers come from the samples; a device's total is taken only where the samples
cannot tell it (no such sensor, a pool, no rows) or where it is the definition (the timer is the device's).
"""

from __future__ import annotations

import dataclasses
import math

from device.files.recording import StatedTotals
from edge.samples import Estimate
from edge.summary import RunSummary

# A recording that reaches this share of the stated time is all there; what is shorter was cut.
_ALL_THERE = 0.97
# Between the last row and the device's stop there may be this many seconds in any recording.
_SLACK_S = 15.0


def settled(summary: RunSummary, stated: StatedTotals, sport: str) -> RunSummary:
    """Return the summary with the device's totals where they are the better or the only knowledge.

    Timer and duration: the device's, when the recording reaches 97 % of them; a cut one keeps its own.
    Distance, climb, heart rate, cadence, calories: from the samples, the device's where those tell nothing.
    """
    complete = is_complete(summary, stated)
    timer_s = summary.timer_s
    duration_s = summary.duration_s
    if complete and _trusted_timer(summary, stated):
        timer_s = stated.timer_s
        duration_s = max(_known(stated.duration_s, 0.0), timer_s, _known(summary.duration_s, 0.0) - _SLACK_S)
        if abs(duration_s - summary.duration_s) <= _SLACK_S and summary.duration_s >= timer_s:
            duration_s = summary.duration_s
    # Under water a wrist or strap hands over a few values; the device's own average knows the others.
    heard = sport != "swimming" or not (complete and stated.avg_hr_bpm > 0.0)
    calories = summary.calories_kcal
    if not math.isfinite(calories.value) and complete and stated.calories_kcal > 0.0:
        calories = Estimate(stated.calories_kcal, math.nan, math.nan, "device")
    return dataclasses.replace(
        summary,
        duration_s=duration_s,
        timer_s=timer_s,
        moving_s=min(summary.moving_s, timer_s) if timer_s == timer_s else summary.moving_s,
        distance_m=_distance_m(summary, stated, complete),
        ascent_m=_known(summary.ascent_m, stated.ascent_m),
        descent_m=_known(summary.descent_m, stated.descent_m),
        avg_hr_bpm=_known(summary.avg_hr_bpm, stated.avg_hr_bpm) if heard else stated.avg_hr_bpm,
        max_hr_bpm=_known(summary.max_hr_bpm, stated.max_hr_bpm),
        avg_cadence_spm=_known(summary.avg_cadence_spm, stated.avg_cadence_spm),
        calories_kcal=calories,
    )


def is_complete(summary: RunSummary, stated: StatedTotals) -> bool:
    """Return whether the samples reach to the end of what the device says it recorded; True where nothing tells."""
    if not math.isfinite(summary.duration_s):
        return True
    wanted = min((v for v in (stated.timer_s, stated.duration_s) if v > 0.0), default=0.0)
    return summary.duration_s >= _ALL_THERE * wanted - _SLACK_S


def _trusted_timer(summary: RunSummary, stated: StatedTotals) -> bool:
    """Return whether the stated timer is possible: not shorter than the time in which the person moved."""
    return stated.timer_s > 0.0 and not stated.timer_s < 0.9 * summary.moving_s


def _distance_m(summary: RunSummary, stated: StatedTotals, complete: bool) -> float:
    if not complete:
        return summary.distance_m
    if summary.distance_m > 0.0 or not stated.distance_m > 0.0:
        return summary.distance_m if math.isfinite(summary.distance_m) else stated.distance_m
    return stated.distance_m


def _known(value: float, instead: float) -> float:
    return value if math.isfinite(value) else instead
