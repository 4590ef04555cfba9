"""The air of a run as trackers measure it, for the live coach: temperature and humidity become a WBGT.

The rule of this file: only a tracker that tells humidity measures air; a temperature alone is warmed by the body that
wears it and moves nothing. What is older than `FRESH_S` is not known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from edge import heat
from edge.coach.live import LiveCoach
from edge.samples import Column, Humidity, Samples, Temperature

#: How long a value stands without a newer one, in s; a new WBGT is told from so many degrees C of change on.
FRESH_S, CHANGE_C = 600.0, 0.5
#: What sensors of trackers are right within (90 %, assumption): degrees C, per cent.
DOUBT_C, DOUBT_PERCENT = 1.0, 5.0
_AIR_C, _PERCENT = (-40.0, 55.0), (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Air:
    """The newest believable temperature in degrees C and humidity in per cent, each with its second; NaN unknown."""

    temperature_c: float = math.nan
    temperature_s: float = math.nan
    humidity_percent: float = math.nan
    humidity_s: float = math.nan
    told_c: float = math.nan
    """The WBGT that was told to the coach last."""


def breathed(air: Air, samples: Sequence[Samples]) -> Air:
    """Return the air after samples in any order of streams; a value that no air has is left out."""
    for one in samples:
        if isinstance(one, Temperature):
            value, t_s = _last(one.temperature_c, one.t_s, _AIR_C)
            air = air if math.isnan(value) else replace(air, temperature_c=value, temperature_s=t_s)
        elif isinstance(one, Humidity):
            value, t_s = _last(one.humidity_percent, one.t_s, _PERCENT)
            air = air if math.isnan(value) else replace(air, humidity_percent=value, humidity_s=t_s)
    return air


def wbgt_c(air: Air) -> float:
    """Return the WBGT in degrees C, the sun unknown: the middle of its interval; NaN where an input is not known."""
    if not abs(air.temperature_s - air.humidity_s) <= FRESH_S:
        return math.nan
    warm, damp = air.temperature_c, air.humidity_percent
    humidity = (max(damp - DOUBT_PERCENT, 0.0), min(damp + DOUBT_PERCENT, 100.0))
    return heat.wbgt((warm - DOUBT_C, warm + DOUBT_C), humidity, "").value


def feed(air: Air, samples: Sequence[Samples], coach: LiveCoach) -> Air:
    """Return the air after samples; a WBGT that is new or has changed is told to the coach, whose band moves."""
    air = breathed(air, samples)
    now_c = wbgt_c(air)
    if math.isnan(now_c) or abs(now_c - air.told_c) < CHANGE_C:
        return air
    coach.air(now_c)
    return replace(air, told_c=now_c)


def _last(values: Column, t_s: Column, believed: tuple[float, float]) -> tuple[float, float]:
    """Return the last believable value and its second; NaN with none."""
    use = np.flatnonzero((values >= believed[0]) & (values <= believed[1]))
    return (float(values[use[-1]]), float(t_s[use[-1]])) if len(use) else (math.nan, math.nan)
