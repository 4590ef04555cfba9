"""Heart-rate zones as most runners know them: five, by share of the highest heart rate.

The rule of this file: zones are values; a person's own limits replace these when they are known.
"""

from __future__ import annotations

from math import isfinite, nan

#: Lower limits of zones 1 to 5 as shares of HRmax (50, 60, 70, 80, 90 %): the common five-zone scheme (ACSM 2021).
ZONE_SHARES = (0.50, 0.60, 0.70, 0.80, 0.90)


def zone_limits_bpm(max_hr_bpm: float) -> tuple[float, ...]:
    """Return the lower limits of zones 1 to 5 in beats/min."""
    return tuple(share * max_hr_bpm for share in ZONE_SHARES)


def zone_of(heart_rate_bpm: float, max_hr_bpm: float) -> int:
    """Return the zone from 1 to 5 of a heart rate, 0 where it or the limit is unknown."""
    if not (isfinite(heart_rate_bpm) and isfinite(max_hr_bpm)):
        return 0
    return max(1, sum(heart_rate_bpm >= limit for limit in zone_limits_bpm(max_hr_bpm)))


def likely_max_hr_bpm(age: float) -> float:
    """Return the likely HRmax in beats/min at an age in years, 211 - 0.64 age; +-21 bpm for 95 % (HUNT, Nes 2013)."""
    return 211.0 - 0.64 * age if isfinite(age) else nan
