"""State and decision to what a person is shown, as plain text; no kivy, no terminal codes.

The rule of this file: human units are made here and nowhere deeper in the house.
"""

from __future__ import annotations

from math import isfinite

from edge.coach.types import Session
from edge.coach.words import clock, pace_ends

DASH = "–"


def distance_text(distance_m: float) -> str:
    """Return a distance in km, two decimals below 10 km, one above."""
    if not isfinite(distance_m):
        return DASH
    return f"{distance_m / 1000:.2f}" if distance_m < 10_000 else f"{distance_m / 1000:.1f}"


def pace_text(pace_s_per_km: float) -> str:
    """Return a pace as m:ss, or a dash where it is unknown or slower than 30 min per km."""
    if not isfinite(pace_s_per_km) or pace_s_per_km >= 1800:
        return DASH
    return clock(pace_s_per_km)


def duration_text(duration_s: float) -> str:
    """Return a duration as h:mm:ss or m:ss."""
    return clock(duration_s) if isfinite(duration_s) else DASH


def number_text(value: float, digits: int = 0) -> str:
    """Return a number with thousands set off, or a dash where it is unknown."""
    return f"{value:,.{digits}f}" if isfinite(value) else DASH


def range_text(low: float, high: float) -> str:
    """Return "low–high" in whole numbers, or a dash."""
    return f"{low:.0f}–{high:.0f}" if isfinite(low) and isfinite(high) else DASH


def pace_band(session: Session) -> str:
    """Return the pace as "6:05–6:40", "from 6:05" where it has no slow end, a dash where effort alone leads."""
    low, high = pace_ends(session.pace_low_s_per_km, session.pace_high_s_per_km)
    if not isfinite(low):
        return DASH
    return f"{pace_text(low)}–{pace_text(high)}" if isfinite(high) else f"from {pace_text(low)}"


def session_text(session: Session) -> str:
    """Return one line that says what the session asks for."""
    if session.kind == "rest":
        return "rest"
    parts = [session.kind] if session.distance_m <= 0 else []
    if isfinite(session.distance_m) and session.distance_m > 0:
        parts.append(f"{distance_text(session.distance_m)} km")
    elif isfinite(session.duration_s):
        parts.append(f"{session.duration_s / 60:.0f} min")
    pace = pace_band(session)
    if pace != DASH:
        parts.append(f"{pace} per km")
    elif session.distance_m > 0 and isfinite(session.pace_low_s_per_km):
        parts.append("by effort")
    if isfinite(session.hr_high_bpm):
        parts.append(f"{range_text(session.hr_low_bpm, session.hr_high_bpm)} bpm")
    return ", ".join(parts) or session.kind
