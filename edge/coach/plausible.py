"""Which numbers a person can say of themselves: the one table that every door to the diary asks.

The rule of this file: a range is wide enough for everybody; what lies outside is a slip of the hand and is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from edge.coach.types import Profile


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest value in the unit that people type, its unit, and what that is in the profile's."""

    low: float
    high: float
    unit: str
    scale: float = 1.0


#: By the field of the profile (assumptions wide enough for everyone).
RANGES = {
    "age": Range(5, 110, "years"),
    "weight_kg": Range(20, 300, "kg"),
    "height_m": Range(100, 250, "cm", 0.01),
    "longest_recent_m": Range(0.1, 400, "km", 1000.0),
    "max_hr_bpm": Range(100, 240, "beats/min"),
    "rest_hr_bpm": Range(25, 120, "beats/min"),
}
NAMES = {
    "age": "age",
    "weight_kg": "weight",
    "height_m": "height",
    "longest_recent_m": "longest run",
    "max_hr_bpm": "maximal heart rate",
    "rest_hr_bpm": "resting heart rate",
}


def implausible(profile: Profile) -> str:
    """Return what cannot be right of a profile in one line, with its range; "" where nothing is wrong."""
    for field, allowed in RANGES.items():
        typed = getattr(profile, field) / allowed.scale
        if not (math.isnan(typed) or allowed.low <= round(typed, 6) <= allowed.high):
            return f"{NAMES[field]}: {typed:g} {allowed.unit} is not {allowed.low:g} to {allowed.high:g} {allowed.unit}"
    rest, most = profile.rest_hr_bpm, profile.max_hr_bpm
    if rest >= most:
        return f"resting heart rate {rest:g} beats/min is not below the maximal heart rate, {most:g} beats/min"
    return ""


def plausible(profile: Profile) -> Profile:
    """Return the profile with NaN for numbers that nobody has: an old or damaged diary may hold anything."""
    wrong = {
        field: math.nan
        for field, allowed in RANGES.items()
        if not allowed.low <= round(getattr(profile, field) / allowed.scale, 6) <= allowed.high
    }
    return replace(profile, **wrong) if wrong else profile  # type: ignore[arg-type]
