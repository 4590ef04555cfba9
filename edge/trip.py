"""A trip, noticed in the background: arrived, left, only passing, or worth a question.

The rule of this file: to act takes fixes in agreement with the air and the ground, and every other way to come by
them ruled out (`trip_scene`, `trip_trial`); pressure alone only asks. One fix is judged in `trip_fix`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite, nan

from edge.coach.types import Place
from edge.samples import Estimate
from edge.trip_air import breathed, is_sinking, rise_m, standard_height_m
from edge.trip_fix import (
    FRESH_S,
    GOOD_M,
    ROAD_M_S,
    SAME_PLACE_KM,
    Judged,
    Kind,
    distance_km,
    has_fix,
    is_settled,
    judged,
    known_m,
    may_have_flown,
    was_flown,
)
from edge.trip_found import altitude, height_m, since_unix_s
from edge.trip_leap import LANDED_S, OFF_S, leapt, seen_at
from edge.trip_scene import has_landed, out_of_airport, scened
from edge.trip_trial import (
    FOOT_S,
    HOME_FIXES,
    HOME_S,
    LEAST_FIXES,
    NEARBY_S,
    UNLIKELY,
    fails,
    held,
    holds,
    lasting,
    new_hold,
    stepped,
    weighed,
)
from edge.trip_types import (
    Arrived,
    Asks,
    Background,
    Ground,
    Hold,
    Left,
    Passing,
    Seen,
    Stay,
    TripEvent,
    TripMemory,
)

__all__ = ["Arrived", "Asks", "Background", "Left", "Passing", "Stay", "TripMemory", "TripWatch"]

UNSETTLED_S = 3600.0
"""Where nobody lives, on a pass or a summit, people stop for less than an hour."""
FRESH_STAY_S = 12 * 3600.0
"""So long after an arrival the way may go on, to a higher place near by."""
NOTABLE_M = 300.0
STEPS_S = 90.0
ASK_UNSETTLED_S = 1800.0
FASTEST_ROAD_M_S = 50.0
SLOW_S = 45.0
STEADY_M = 150.0
ASK_LEVEL_S, ASK_RISE_M = 2400.0, 400.0
BURST_S, BURST_FOR_S, LANDED_FOR_S = 15.0, 600.0, 3600.0
"""Fixes are asked for so often, so long; for an hour after a landing, when a hall's poor fixes tell it from a cabin."""
REMEMBERED_FIXES, CLIMB_S, RIDE_KM = 64, 300.0, 5.0


class TripWatch:
    """Takes background samples in order of time and tells what they say of a trip; never raises for what they hold.

    `home` is where the person is taken to be at first, None when that is not known: then the first place that holds
    is taken for it in silence. `memory` saves it (`memory_text` as text), the constructor restores it.
    """

    def __init__(self, ground: Ground, home: Place | None = None, memory: TripMemory | None = None) -> None:
        self._ground = ground
        at = None if home is None else Stay(home.latitude_deg, home.longitude_deg, home.altitude_m)
        self.memory = memory or TripMemory(at)

    def feed(self, samples: Sequence[Background]) -> tuple[TripEvent, ...]:
        """Return what these samples, together with all before, tell; a sample older than the last is left out."""
        return tuple(event for sample in samples for event in self._sample(sample))

    @property
    def fix_every_s(self) -> float:
        """Return how often in s a fix would help now; NaN where the device may do as it likes."""
        memory = self.memory
        if memory.hold is not None and (memory.hold.need_s <= FOOT_S or memory.hold.need_s == HOME_S):
            return BURST_S
        if isfinite(memory.unsure_unix_s):
            return BURST_S
        if memory.leap is not None and memory.now_unix_s - memory.leap.unix_s < BURST_FOR_S:
            return BURST_S
        if memory.flew and out_of_airport(memory) >= UNLIKELY:
            return BURST_S
        if memory.flew and memory.now_unix_s - memory.good_unix_s < BURST_FOR_S:
            return BURST_S
        if memory.flew and memory.now_unix_s - memory.landed_unix_s < LANDED_FOR_S:
            return BURST_S
        recent = memory.now_unix_s - memory.air.level_unix_s < BURST_FOR_S
        strange = memory.seen is None or memory.seen.unix_s < memory.air.level_unix_s
        return BURST_S if memory.flew and recent and strange else nan

    def _sample(self, sample: Background) -> list[TripEvent]:
        memory = self.memory
        if not isfinite(sample.unix_s) or sample.unix_s <= memory.now_unix_s:
            return []
        wanted, gap_s = isfinite(self.fix_every_s), sample.unix_s - memory.now_unix_s
        memory = _noted(memory, sample, gap_s)
        if wanted and isfinite(gap_s) and memory.slow != (gap_s > SLOW_S):
            memory = replace(memory, slow=gap_s > SLOW_S)
        fix = judged(sample, memory, self._ground)
        memory, leaps = leapt(_kept(memory, sample), sample, fix)
        step = _nothing if leaps else _STEPS[fix.kind]
        memory, events = step(memory, sample, fix, self._ground)
        memory = scened(memory, self.memory, sample, fix, leaps)
        memory, told = _decided(memory, sample, Kind.WRONG if leaps else fix.kind, self._ground)
        self.memory = _counted(memory, sample, fix, gap_s)
        return [*events, *told]


def _noted(memory: TripMemory, sample: Background, gap_s: float) -> TripMemory:
    """Return the memory with the sample's time, air, steps and clock."""
    air = breathed(memory.air, sample.unix_s, standard_height_m(sample.pressure_pa))
    stay = memory.stay
    flew = memory.flew or (air.flew and not memory.air.flew and not _seen_since(memory, memory.air.lifted_unix_s))
    if stay is not None:
        if isfinite(stay.height_unix_s) and stay.height_unix_s >= air.level_unix_s:
            stay = replace(stay, height_m=air.level_m, height_unix_s=air.unix_s)  # weather moved, not the person
        if not isfinite(stay.utc_offset_s):
            stay = replace(stay, utc_offset_s=sample.utc_offset_s)
        flew = flew or abs(sample.utc_offset_s - stay.utc_offset_s) >= 2 * 3600.0
    woken = memory.now_unix_s - memory.landed_unix_s < LANDED_S  # steps are counted since then already
    begun = (flew and not memory.flew and not woken) or (air.flew and not memory.air.flew)
    landed = begun or (flew and is_sinking(air)) or gap_s >= OFF_S
    walked = 0.0 if landed else memory.walked + (sample.steps if sample.steps >= 0.0 else 0.0)
    return replace(
        memory,
        now_unix_s=sample.unix_s,
        air=air,
        stay=stay,
        flew=flew,
        landed_unix_s=sample.unix_s if landed else memory.landed_unix_s,
        gate=None if landed else memory.gate,
        walked=walked,
        steps_s=_walked(memory.steps_s, sample),
    )


def _seen_since(memory: TripMemory, unix_s: float) -> bool:
    """Return whether a fix on the ground was believed after a climb began: then it was a mountain road."""
    return memory.seen is not None and memory.seen.unix_s > unix_s + CLIMB_S


def _walked(before: tuple[float, ...], sample: Background) -> tuple[float, ...]:
    """Return times and counts in turn of the samples with steps within the last 90 s."""
    kept = [v for i in range(0, len(before), 2) if before[i] > sample.unix_s - STEPS_S for v in before[i : i + 2]]
    return (*kept, sample.unix_s, sample.steps) if sample.steps > 0 else tuple(kept)


def _kept(memory: TripMemory, sample: Background) -> TripMemory:
    if not has_fix(sample):
        return memory
    return replace(
        memory,
        recent_deg=(
            *memory.recent_deg,
            sample.latitude_deg,
            sample.longitude_deg,
            sample.altitude_m,
            sample.accuracy_m,
        )[-4 * REMEMBERED_FIXES :],
    )


_Told = tuple[TripMemory, list[TripEvent]]


def _counted(memory: TripMemory, sample: Background, fix: Judged, gap_s: float) -> TripMemory:
    """Return the memory with how long nothing was seen, and the first fix after a flight."""
    seen, gate, silent = memory.seen, memory.gate, memory.silent + 1
    off_s = max(memory.off_s, gap_s) if isfinite(gap_s) else memory.off_s
    vague = (fix.derived and fix.kind is Kind.ROAD) or (fix.kind is Kind.FOOT and sample.accuracy_m > GOOD_M)
    unsure = vague and gap_s > SLOW_S and memory.stay is not None and _away_km(memory.stay, sample) > SAME_PLACE_KM
    if seen is not None and seen.unix_s == sample.unix_s:
        gate, silent, off_s = (gate or seen) if memory.flew else None, 0, 0.0
    return replace(memory, unsure_unix_s=sample.unix_s if unsure else nan, gate=gate, silent=silent, off_s=off_s)


def _nothing(memory: TripMemory, sample: Background, fix: Judged, ground: Ground) -> _Told:
    return memory, []


def _flying(memory: TripMemory, sample: Background, fix: Judged, ground: Ground) -> _Told:
    memory = replace(memory, road_fixes=min(memory.road_fixes, 0) - 1)
    if memory.road_fixes > -2:
        return memory, []
    memory = replace(memory, hold=lasting(memory.hold), landed_unix_s=sample.unix_s, gate=None)
    memory, events = _gone(replace(memory, flew=True, walked=0.0), sample)
    return _passing(memory, events, "flight", sample.unix_s, nan)


def _on_road(memory: TripMemory, sample: Background, fix: Judged, ground: Ground) -> _Told:
    memory = _flown(memory, sample)
    fast = ROAD_M_S <= fix.speed_m_s <= FASTEST_ROAD_M_S
    memory = replace(
        memory,
        seen=seen_at(sample),
        hold=lasting(memory.hold),
        road_fixes=max(memory.road_fixes, 0) + 1 if fast else 0,
    )
    if memory.stay is None or _away_km(memory.stay, sample) <= SAME_PLACE_KM:
        return memory, []
    if memory.road_fixes == 1 and memory.hold is None and not memory.flew:
        return memory, []  # one fix alone may be a wild one
    memory, events = _gone(memory, sample)
    return _passing(memory, events, "on the way", sample.unix_s, nan)


def _on_foot(memory: TripMemory, sample: Background, fix: Judged, ground: Ground) -> _Told:
    memory = replace(memory, road_fixes=0)
    good_s = sample.unix_s if sample.accuracy_m <= GOOD_M else memory.good_unix_s
    if _rode_on(memory, sample):
        memory = replace(memory, passing="on the way")
    memory = replace(_flown(memory, sample), seen=seen_at(sample), good_unix_s=good_s)
    stay = memory.stay
    here_m = height_m(memory, sample, fix.ground_m)
    if stay is None:
        return held(memory, sample, HOME_S), []
    high = abs(here_m - stay.altitude_m) >= NOTABLE_M
    if _away_km(stay, sample) <= SAME_PLACE_KM:
        return _near(memory, sample, here_m - stay.altitude_m, high and is_settled(sample, ground, fix.ground_m))
    settled = is_settled(sample, ground, fix.ground_m)
    need_s = FOOT_S if settled else UNSETTLED_S
    if memory.flew:
        need_s = FOOT_S
    memory = held(memory, sample, need_s)
    twice = memory.hold is not None and memory.hold.fixes >= LEAST_FIXES
    return _gone(memory, sample) if twice else (memory, [])


def _rode_on(memory: TripMemory, sample: Background) -> bool:
    """Return whether the way from the last believed fix, which was on the way itself, was too long for a walk."""
    stay, seen = memory.stay, memory.seen
    if stay is None or seen is None:
        return False
    gone_km = distance_km(stay.latitude_deg, stay.longitude_deg, seen.latitude_deg, seen.longitude_deg)
    away_km = distance_km(seen.latitude_deg, seen.longitude_deg, sample.latitude_deg, sample.longitude_deg)
    return min(gone_km, away_km) > RIDE_KM


def _near(memory: TripMemory, sample: Background, above_m: float, settled_high: bool) -> _Told:
    """Return what a fix on foot within 40 km of the stay says: at home, up a hill, or moved on after an arrival."""
    stay = memory.stay
    assert stay is not None
    if abs(above_m) < NOTABLE_M:
        if stay.left:
            return held(memory, sample, FOOT_S), []
        stay = replace(stay, height_m=memory.air.height_m, height_unix_s=memory.air.unix_s)
        return replace(memory, stay=stay, hold=None, passing="", flew=False), []
    if settled_high and sample.unix_s - stay.since_unix_s < FRESH_STAY_S:
        return held(memory, sample, FOOT_S), []
    memory = held(memory, sample, NEARBY_S)
    return _passing(memory, [], "height near by", sample.unix_s, above_m)


def _decided(memory: TripMemory, sample: Background, kind: Kind, ground: Ground) -> _Told:
    """Return the memory and what a place on trial, or the air alone, now amounts to."""
    if has_landed(memory, sample, kind):
        memory, events = _gone(memory, sample)
        at = memory.hold or new_hold(memory, sample, FOOT_S)
        memory, arrived = _arrived(memory, at, sample, ground, "position")
        return memory, [*events, *arrived]
    hold = memory.hold
    if hold is None:
        return _from_air(memory, sample)
    if abs(memory.air.height_m - hold.height_m) > (STEADY_M if hold.need_s < NEARBY_S else NOTABLE_M):
        return replace(memory, hold=None), []
    old = kind is Kind.NONE and has_fix(sample)  # handed out again: it says nothing
    if sample.unix_s > hold.first_unix_s:
        hold = stepped(hold, sample)
        if not old:
            hold = weighed(hold, sample, known_m(sample) if kind in (Kind.FOOT, Kind.ROAD) else nan)
    memory = replace(memory, hold=hold)
    if hold.need_s <= FOOT_S:
        if holds(memory, hold):
            return _arrived(memory, hold, sample, ground, "position")
        return replace(memory, hold=None) if fails(memory, hold) else memory, []
    for_s = sample.unix_s - hold.first_unix_s
    if hold.need_s == HOME_S and memory.stay is None and hold.fixes >= HOME_FIXES:
        return _arrived(memory, hold, sample, ground, "first seen")
    if for_s >= hold.need_s and hold.last_unix_s == sample.unix_s:  # seen there, not only not seen elsewhere
        return _arrived(memory, hold, sample, ground, "time spent there")
    if for_s >= ASK_UNSETTLED_S and hold.need_s == UNSETTLED_S and not hold.asked:
        asks = Asks(altitude(memory, hold, sample, ground), hold.first_unix_s, "a place where nobody lives")
        return replace(memory, hold=replace(hold, asked=True)), [asks]
    return memory, []


def _from_air(memory: TripMemory, sample: Background) -> _Told:
    """Return a question where pressure alone says "higher", for 40 min, and nothing says cabin, hill or weather."""
    stay, air = memory.stay, memory.air
    if stay is None or air.unix_s != sample.unix_s or sample.unix_s - air.level_unix_s < ASK_LEVEL_S:
        return memory, []
    rise = rise_m(air, stay)
    moved_clock = abs(sample.utc_offset_s - stay.utc_offset_s) >= 3600.0
    in_cabin = isfinite(air.lifted_unix_s) and not moved_clock
    seen_since = memory.seen is not None and memory.seen.unix_s >= air.level_unix_s
    asked = abs(air.level_m - memory.asked_level_m) < NOTABLE_M
    if in_cabin or seen_since or asked or not rise.low >= ASK_RISE_M:
        return memory, []
    low, value, high = (stay.altitude_m + r for r in (rise.low, rise.value, rise.high))
    asks = Asks(Estimate(value, low, high, "pressure alone"), air.level_unix_s, "pressure alone")
    return replace(memory, asked_level_m=air.level_m), [asks]


def _arrived(memory: TripMemory, hold: Hold, sample: Background, ground: Ground, source: str) -> _Told:
    """Return the memory at its new stay and the event; silence where no stay was known before."""
    with_air = sample.unix_s - memory.air.unix_s <= FRESH_S
    height = altitude(memory, hold, sample, ground)
    named = ground.known_as(hold.latitude_deg, hold.longitude_deg)
    place = Place(named.name, hold.latitude_deg, hold.longitude_deg, height.value, named.country)
    first = memory.stay is None
    since = since_unix_s(memory, hold, sample)
    at_air = (memory.air.height_m, memory.air.unix_s) if with_air else (nan, nan)
    stay = Stay(
        hold.latitude_deg, hold.longitude_deg, height.value, nan if first else since, *at_air, sample.utc_offset_s
    )
    memory = replace(
        memory,
        stay=stay,
        hold=None,
        flew=False,
        gate=None,
        passing="",
        road_fixes=0,
        seen=_seen_hold(hold),
    )
    if first:
        return memory, []
    told = f"{source} and pressure" if with_air else source
    return memory, [Arrived(place, height, since, sample.unix_s, told, 0.99 if with_air else 0.95)]


def _gone(memory: TripMemory, sample: Background) -> _Told:
    """Return the memory with the stay left, and that it was, once."""
    stay = memory.stay
    if stay is None or stay.left:
        return memory, []
    return replace(memory, stay=replace(stay, left=True)), [Left(sample.unix_s)]


def _passing(memory: TripMemory, events: list[TripEvent], kind: str, since: float, height_m: float) -> _Told:
    if memory.passing == kind:
        return memory, events
    return replace(memory, passing=kind), [*events, Passing(kind, since, height_m)]


def _flown(memory: TripMemory, sample: Background) -> TripMemory:
    if memory.flew or not (was_flown(sample, memory.seen) or may_have_flown(sample, memory.seen)):
        return memory
    return replace(memory, flew=True)


def _away_km(stay: Stay, sample: Background) -> float:
    return distance_km(stay.latitude_deg, stay.longitude_deg, sample.latitude_deg, sample.longitude_deg)


def _seen_hold(hold: Hold) -> Seen:
    return Seen(hold.latitude_deg, hold.longitude_deg, hold.last_unix_s, GOOD_M)


_STEPS = {
    Kind.NONE: _nothing,
    Kind.WRONG: _nothing,
    Kind.FLYING: _flying,
    Kind.ROAD: _on_road,
    Kind.FOOT: _on_foot,
}
