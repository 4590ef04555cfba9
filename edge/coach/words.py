"""Numbers as a runner reads them: the only place where the coach leaves SI units.

The rule of this file: a number never stands without its unit, and a missing one never reaches a sentence.
"""

from __future__ import annotations

import math

DISTANCE_NAMES = {1609.344: "mile", 5000.0: "5 km", 10000.0: "10 km", 21097.5: "half marathon", 42195.0: "marathon"}


def km(distance_m: float) -> str:
    """Return a distance in m as text in km with one decimal; raises ValueError when it is not finite."""
    return f"{_finite(distance_m) / 1000.0:.1f} km"


def pace(pace_s_per_km: float) -> str:
    """Return a pace in s per km as minutes and seconds, "6:05 /km"."""
    whole = round(_finite(pace_s_per_km))
    return f"{whole // 60}:{whole % 60:02d} /km"


def paces(low_s_per_km: float, high_s_per_km: float) -> str:
    """Return a pace band in s per km as text, "6:05 to 6:40 /km"."""
    return f"{pace(low_s_per_km).removesuffix(' /km')} to {pace(high_s_per_km)}"


def clock(time_s: float) -> str:
    """Return a race time in s as h:mm:ss or m:ss."""
    whole = round(_finite(time_s))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def minutes(time_s: float) -> str:
    """Return a duration in s as text in whole minutes, or hours and minutes from 100 minutes on."""
    whole = round(_finite(time_s) / 60.0)
    return f"{whole} min" if whole < 100 else f"{whole // 60} h {whole % 60:02d} min"


def ago(count: float) -> str:
    """Return a count of days before today as text: "today", "yesterday", "5 days ago"."""
    whole = round(_finite(count))
    return ("today", "yesterday")[whole] if whole in (0, 1) else f"{whole} days ago"


def sentence(text: str) -> str:
    """Return the text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def metres(altitude_m: float) -> str:
    """Return an altitude in m as text with thousands separated, "1,609 m"."""
    return f"{round(_finite(altitude_m)):,} m"


def days(count: float) -> str:
    """Return a count of days as text."""
    whole = round(_finite(count))
    return "1 day" if whole == 1 else f"{whole} days"


def race_name(distance_m: float) -> str:
    """Return the usual name of a race distance in m, else the distance in km."""
    near = min(DISTANCE_NAMES, key=lambda d: abs(d - distance_m))
    return DISTANCE_NAMES[near] if abs(near - distance_m) < 0.01 * near else km(distance_m)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"a number without a value cannot be shown: {value}")
    return value
