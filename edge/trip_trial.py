"""A place on trial: how it begins, what goes on with it, and when its fixes were taken under the open sky.

The rule of this file: pure functions of the memory and one sample; times in s, distances in km and m.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan

from edge.trip_fix import FRESH_S, GOOD_M, distance_km
from edge.trip_types import Background, Hold, TripMemory

SAME_PLACE_KM = 40.0
"""As in `edge.coach.where`: nearer than this is no journey."""
FOOT_S = 75.0
"""Under the open sky on foot: a walk over an apron, a red light and a stray fix are shorter, two minutes longer."""
APRON_S = 200.0
"""Soon after a landing, before a terminal was walked through: longer than a walk over an apron to the bus."""
NEARBY_S = 6 * 3600.0
"""A height near the stay, up by cable car or on skis, is a stay itself after six hours."""
SAME_SPOT_KM, HOLD_GAP_S, OPEN_SKY_M = 3.0, 300.0, 20.0
LEAST_STEPS, LEAST_MOVED_M, LEAST_FIXES = 15.0, 25.0, 2
GOOD_SHARE, BURST_TRIES, SURE_STEPS = 0.6, 4, 60.0
"""Of the samples of a trial, so many bring an accurate fix under the open sky; behind walls one in a hundred does."""


def held(memory: TripMemory, sample: Background, need_s: float) -> TripMemory:
    """Return the memory with the fix in its place on trial; an inaccurate one starts none and may end one."""
    hold = memory.hold
    if sample.accuracy_m > GOOD_M:
        return memory
    if hold is None or not _goes_on(hold, sample, need_s):
        return replace(memory, hold=new_hold(memory, sample, need_s))
    has_height = isfinite(sample.altitude_m)
    moved_m = 1000.0 * distance_km(hold.latitude_deg, hold.longitude_deg, sample.latitude_deg, sample.longitude_deg)
    hold = replace(
        hold,
        last_unix_s=sample.unix_s,
        fixes=hold.fixes + 1,
        moved_m=max(hold.moved_m, moved_m),
        altitude_sum_m=hold.altitude_sum_m + (sample.altitude_m if has_height else 0.0),
        altitudes=hold.altitudes + has_height,
    )
    return replace(memory, hold=hold)


def _goes_on(hold: Hold, sample: Background, need_s: float) -> bool:
    near = distance_km(hold.latitude_deg, hold.longitude_deg, sample.latitude_deg, sample.longitude_deg)
    recent = need_s > APRON_S or sample.unix_s - hold.last_unix_s <= HOLD_GAP_S
    same = hold.need_s == need_s or (hold.need_s == APRON_S and need_s == FOOT_S)
    return near <= (SAME_SPOT_KM if need_s < NEARBY_S else SAME_PLACE_KM) and recent and same


def new_hold(memory: TripMemory, sample: Background, need_s: float) -> Hold:
    """Return a trial that begins at a sample's fix and must last so many s."""
    height = isfinite(sample.altitude_m)
    steps = sum(memory.steps_s[1::2]) if memory.steps_s else 0.0 if sample.steps >= 0 else nan
    fresh = sample.unix_s - memory.air.unix_s <= FRESH_S
    return Hold(
        sample.latitude_deg,
        sample.longitude_deg,
        sample.unix_s,
        sample.unix_s,
        need_s,
        memory.air.height_m if fresh else nan,
        accuracy_m=sample.accuracy_m,
        steps=steps,
        altitude_sum_m=sample.altitude_m if height else 0.0,
        altitudes=int(height),
    )


def lasting(hold: Hold | None) -> Hold | None:
    """Return what is left of a place on trial when the person rides on: only heights near the stay."""
    return hold if hold is not None and hold.need_s >= NEARBY_S else None


def at_once(memory: TripMemory, hold: Hold) -> bool:
    """Return whether one fix is enough: of who came by road and walks, or after a flight without bursts."""
    if not memory.flew:
        return hold.steps >= SURE_STEPS and memory.passing == "on the way"
    return memory.slow and hold.accuracy_m <= OPEN_SKY_M and hold.steps >= LEAST_STEPS


def under_sky(memory: TripMemory, hold: Hold) -> bool:
    """Return whether the fixes of a trial were taken outdoors: after a flight most must be good, else one does.

    Who came by road and walks is there; who came by air may be walking through a terminal.
    """
    if not memory.flew:
        return hold.fixes >= LEAST_FIXES or hold.steps >= SURE_STEPS
    often = hold.tries >= BURST_TRIES or hold.fixes > LEAST_FIXES
    return often and hold.fixes >= max(LEAST_FIXES, GOOD_SHARE * hold.tries)
