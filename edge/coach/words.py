"""Numbers as a runner reads them: the only place where the coach leaves SI units.

The rule of this file: a number never stands without its unit, and a missing one never reaches a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable

DISTANCE_NAMES = {1609.344: "mile", 5000.0: "5 km", 10000.0: "10 km", 21097.5: "half marathon", 42195.0: "marathon"}

#: A band whose slow end is so many times its fast one has no slow end: walking is within it.
OPEN_SHARE = 2.0
#: And beyond this its fast end is no target either.
BY_EFFORT_SHARE = 2.5


def km(distance_m: float) -> str:
    """Return a distance in m as text in km with one decimal; raises ValueError when it is not finite."""
    return f"{_finite(distance_m) / 1000.0:.1f} km"


def km_short(distance_m: float) -> str:
    """Return a distance in m as text in km, with a decimal only where there is one: "8 km", "8.1 km"."""
    return km(distance_m).replace(".0 ", " ")


def pace(pace_s_per_km: float) -> str:
    """Return a pace in s per km as minutes and seconds, "6:05 /km"."""
    whole = round(_finite(pace_s_per_km))
    return f"{whole // 60}:{whole % 60:02d} /km"


def pace_ends(low_s_per_km: float, high_s_per_km: float) -> tuple[float, float]:
    """Return the ends of a pace band in s per km that may be shown: NaN for a slow end that is none, and for both where
    effort alone leads.
    """
    if not math.isfinite(low_s_per_km) or high_s_per_km > BY_EFFORT_SHARE * low_s_per_km:
        return math.nan, math.nan
    return low_s_per_km, math.nan if high_s_per_km >= OPEN_SHARE * low_s_per_km else high_s_per_km


def paces(low_s_per_km: float, high_s_per_km: float) -> str:
    """Return a pace band in s per km as text, "6:05 to 6:40 /km"; without an end "6:05 /km or slower", "by effort"."""
    if high_s_per_km > BY_EFFORT_SHARE * low_s_per_km:
        return "by effort"
    if high_s_per_km >= OPEN_SHARE * low_s_per_km:
        return f"{pace(low_s_per_km)} or slower"
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


def percent(share: float) -> str:
    """Return a share as text in whole per cent, "12%"."""
    return f"{round(_finite(100.0 * share))}%"


def tenths(share: float) -> str:
    """Return a share as text in per cent with one decimal, "4.1%"."""
    return f"{_finite(100.0 * share):.1f}%"


def degrees(temperature_c: float) -> str:
    """Return a temperature in degrees C as text."""
    return f"{round(_finite(temperature_c))} °C"


def beats(rate_bpm: float) -> str:
    """Return a heart rate, or a difference of two, as text."""
    return f"{round(_finite(rate_bpm))} beats/min"


def hours(count: float) -> str:
    """Return a number of hours as text."""
    whole = round(_finite(count))
    return "1 hour" if whole == 1 else f"{whole} hours"


def centimetres(length_m: float) -> str:
    """Return a length in m as text in cm."""
    return f"{round(_finite(100.0 * length_m))} cm"


def steps(rate_spm: float) -> str:
    """Return a step rate as text."""
    return f"{round(_finite(rate_spm))} steps/min"


def of_ten(severity: float) -> str:
    """Return a pain of 0 to 10 as text."""
    return f"{round(_finite(severity))}/10"


def count(number: float) -> str:
    """Return a whole number; the sentence says of what."""
    return f"{round(_finite(number))}"


def rate(number: float) -> str:
    """Return a number with one decimal; the sentence says of what."""
    return f"{_finite(number):.1f}"


#: The body areas of `edge.coach.said` as a sentence names them; "other" has no name.
YOUR_AREA = {
    "foot": "your foot", "ankle": "your ankle", "achilles": "your Achilles tendon", "shin": "your shin",
    "calf": "your calf", "knee": "your knee", "hamstring": "your hamstring", "quad": "your thigh",
    "groin": "your groin", "hip": "your hip", "back": "your back", "shoulder": "your shoulder", "chest": "your chest",
    "head": "your head",
}  # fmt: skip
#: The formats that templates may use.
FORMATS: dict[str, Callable[[float], str]] = {
    "metres": metres, "km": km, "km_short": km_short, "centimetres": centimetres, "race": race_name,
    "percent": percent, "tenths": tenths, "degrees": degrees, "beats": beats, "beats_dative": beats,
    "days": days, "days_dative": days, "hours": hours, "minutes": minutes,
    "pace": pace, "steps": steps, "of_ten": of_ten, "ago": ago, "count": count, "rate": rate, "clock": clock,
}  # fmt: skip
