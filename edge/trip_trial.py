"""A place on trial: how it begins, what goes on with it, and what its samples amount to.

The rule of this file: a stay takes evidence against walls and a car that waits; an airport is `trip_scene`'s. Pure
functions of the memory and one sample; times in s, distances in km and m.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan

from edge.trip_fix import FRESH_S, GOOD_M, SAME_PLACE_KM, distance_km, known_m
from edge.trip_scene import has_stopped, out_of_airport
from edge.trip_sky import WALLS, sky_llr, speed_llr, steps_llr
from edge.trip_types import Background, Hold, TripMemory

FOOT_S = 100.0
"""A stop that lasts so long is a stay where nothing counts steps: red lights and stray fixes are mostly shorter."""
NEARBY_S = 6 * 3600.0
"""A height near the stay, up by cable car or on skis, is a stay itself after six hours."""
SAME_SPOT_KM, HOLD_GAP_S, OPEN_SKY_M = 3.0, 300.0, 20.0
HOME_S = 12 * 3600.0
"""Within it the first stay shows itself, by fixes of any kind at one place."""
HOME_FIXES = 3
LEAST_STEPS, LEAST_FIXES, GOOD_SHARE = 15.0, 2, 0.6
SURE_FOOT, SOME_FOOT, SURE_ONCE, SURE_OPEN = 3.0, 1.0, 4.5, 3.0
"""Log likelihood ratios: one in 20, in 3, in 90, in 20; a journey gives few occasions to each."""
UNLIKELY, MOST_LLR = 0.02, 10.0
STEPS_OF_A_WALK = 8.0
"""So many steps before the first fix at a place speak for a walk by a factor of e."""
GROUNDS_KM = 6.0
"""Nobody rides so far within an airport."""


def held(memory: TripMemory, sample: Background, need_s: float) -> TripMemory:
    """Return the memory with the fix in its place on trial; an inaccurate one starts none."""
    hold = memory.hold
    if sample.accuracy_m > GOOD_M and need_s != HOME_S:
        return memory
    if hold is None or not _goes_on(hold, sample, need_s):
        return replace(memory, hold=new_hold(memory, sample, need_s))
    has_height = isfinite(sample.altitude_m)
    hold = replace(
        hold,
        last_unix_s=sample.unix_s,
        fixes=hold.fixes + 1,
        altitude_sum_m=hold.altitude_sum_m + (sample.altitude_m if has_height else 0.0),
        altitudes=hold.altitudes + has_height,
    )
    return replace(memory, hold=hold)


def _goes_on(hold: Hold, sample: Background, need_s: float) -> bool:
    near = distance_km(hold.latitude_deg, hold.longitude_deg, sample.latitude_deg, sample.longitude_deg)
    recent = need_s > FOOT_S or sample.unix_s - hold.last_unix_s <= HOLD_GAP_S
    spot_km = SAME_PLACE_KM if need_s == NEARBY_S else SAME_SPOT_KM
    return near <= spot_km and recent and hold.need_s == need_s


def new_hold(memory: TripMemory, sample: Background, need_s: float) -> Hold:
    """Return a trial that begins at a sample's fix and must last so many s."""
    height = isfinite(sample.altitude_m)
    counted = sample.steps >= 0.0
    steps = max(sum(memory.steps_s[1::2]), sample.steps) if counted else nan
    fresh = sample.unix_s - memory.air.unix_s <= FRESH_S
    walk = (
        min(sample.steps / STEPS_OF_A_WALK, SURE_FOOT) if counted and (not memory.flew or rode(memory, sample)) else 0.0
    )
    return Hold(
        sample.latitude_deg,
        sample.longitude_deg,
        sample.unix_s,
        sample.unix_s,
        need_s,
        memory.air.height_m if fresh else nan,
        accuracy_m=known_m(sample),
        steps=steps,
        altitude_sum_m=sample.altitude_m if height else 0.0,
        altitudes=int(height),
        walls=sky_llr(known_m(sample), WALLS),
        open=sky_llr(known_m(sample), WALLS),
        foot=walk if counted else speed_llr(sample.speed_m_s),
        steps_after=0.0 if counted else nan,
    )


def weighed(hold: Hold, sample: Background, accuracy_m: float) -> Hold:
    """Return a trial with one more sample weighed; NaN for its accuracy where no fix came."""
    walls = min(hold.walls + sky_llr(accuracy_m, WALLS), MOST_LLR)
    return replace(
        hold,
        tries=hold.tries + 1,
        lost=0 if accuracy_m <= GOOD_M else hold.lost + 1,
        walls=walls,
        open=max(hold.open, walls),
        foot=hold.foot + (0.0 if sample.steps >= 0.0 else speed_llr(sample.speed_m_s)),
    )


def stepped(hold: Hold, sample: Background) -> Hold:
    """Return a trial with the steps of one more sample, whatever its fix is worth."""
    if not sample.steps >= 0.0:
        return hold
    after = hold.steps_after if hold.steps_after >= 0.0 else 0.0
    return replace(hold, steps_after=after + sample.steps, steps=hold.steps + sample.steps)


def lasting(hold: Hold | None) -> Hold | None:
    """Return what is left of a place on trial when the person rides on: only heights near the stay."""
    return hold if hold is not None and hold.need_s >= NEARBY_S else None


def on_foot(hold: Hold, now_unix_s: float) -> float:
    """Return the log likelihood ratio of all steps and speeds of a trial: on foot against seated."""
    return hold.foot + steps_llr(hold.steps_after, now_unix_s - hold.first_unix_s)


def rode(memory: TripMemory, hold: Hold | Background) -> bool:
    """Return whether the way from the airport's first fix was longer than any airport."""
    gate = memory.gate
    if gate is None:
        return False
    return distance_km(gate.latitude_deg, gate.longitude_deg, hold.latitude_deg, hold.longitude_deg) > GROUNDS_KM


def holds(memory: TripMemory, hold: Hold) -> bool:
    """Return whether a trial is a stay by now; at an airport the scenes decide, see `trip_scene`."""
    foot, for_s = on_foot(hold, memory.now_unix_s), memory.now_unix_s - hold.first_unix_s
    return (not memory.flew or rode(memory, hold)) and _holds_by_road(memory, hold, foot, for_s)


def _holds_by_road(memory: TripMemory, hold: Hold, foot: float, for_s: float) -> bool:
    if has_stopped(memory):
        return True
    if hold.open < SURE_OPEN:
        return False
    way = memory.flew or memory.passing == "on the way"
    if hold.fixes < LEAST_FIXES and not (way and (foot >= SURE_FOOT or (memory.slow and _once(hold)))):
        return hold.lost >= 1 and foot >= SOME_FOOT and way
    indoors = hold.lost >= LEAST_FIXES and foot >= SOME_FOOT
    steady = for_s >= hold.need_s and hold.fixes >= GOOD_SHARE * hold.tries
    steady = steady and (foot >= SOME_FOOT or not hold.steps_after >= 0.0)
    return foot >= SURE_FOOT or indoors or steady or (memory.slow and _once(hold))


def _once(hold: Hold) -> bool:
    """Return whether one fix has to be enough, of a device that gives none in bursts."""
    return (
        hold.accuracy_m <= OPEN_SKY_M
        and hold.walls >= SURE_ONCE
        and (hold.steps >= LEAST_STEPS or not hold.steps >= 0.0)
    )


def fails(memory: TripMemory, hold: Hold) -> bool:
    """Return whether a trial is none: behind walls, seated, or without a fix for too long."""
    if memory.now_unix_s - hold.last_unix_s > HOLD_GAP_S:
        return True
    return memory.flew and out_of_airport(memory) < UNLIKELY
