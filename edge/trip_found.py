"""How high a place on trial lies, and since when the person is there.

The rule of this file: satellites, pressure and the place table each speak by their doubt; all heights in m.
"""

from __future__ import annotations

from math import isfinite

from edge.samples import Estimate
from edge.trip_air import QNH_SD_M
from edge.trip_fix import FRESH_S
from edge.trip_types import Background, Ground, Hold, TripMemory

LONGEST_AGO_S = 12 * 3600.0


def since_unix_s(memory: TripMemory, hold: Hold, sample: Background) -> float:
    """Return since when the person is at this height in Unix s: touchdown where pressure saw it, else the first fix."""
    level_s = memory.air.level_unix_s
    recent = hold.first_unix_s - LONGEST_AGO_S <= level_s <= hold.first_unix_s
    after = memory.seen is None or not memory.flew or level_s > memory.now_unix_s - LONGEST_AGO_S
    return level_s if recent and after and memory.flew else hold.first_unix_s


def altitude(memory: TripMemory, hold: Hold, sample: Background, ground: Ground) -> Estimate:
    """Return the altitude in m of a place on trial: satellites, pressure and the place table, each by its doubt."""
    under = ground.altitude(hold.latitude_deg, hold.longitude_deg)
    told = [(under.value, max(60.0, (under.high - under.low) / 3.3))]
    if hold.altitudes:
        told.append((hold.altitude_sum_m / hold.altitudes, (15.0**2 + 25.0**2 / hold.altitudes) ** 0.5))
    if sample.unix_s - memory.air.unix_s <= FRESH_S:
        told.append((memory.air.height_m, QNH_SD_M + 0.03 * abs(memory.air.height_m)))
    weight = sum(sd**-2 for _, sd in told)
    value = sum(m * sd**-2 for m, sd in told) / weight
    doubt = 2.0 * weight**-0.5
    return Estimate(value, value - doubt, value + doubt, "satellites, pressure and place table")


def height_m(memory: TripMemory, sample: Background, under: Estimate) -> float:
    """Return the height in m to compare with the stay's: the fix's own, else the pressure's, else the ground's."""
    if isfinite(sample.altitude_m):
        return sample.altitude_m
    stay = memory.stay
    fresh = sample.unix_s - memory.air.unix_s <= FRESH_S
    if fresh and stay is not None and isfinite(stay.height_m):
        return stay.altitude_m + memory.air.height_m - stay.height_m
    return under.value
