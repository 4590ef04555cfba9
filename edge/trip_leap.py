"""A fix far from the last believed one: a flight nobody noticed, or a wild fix of the satellites.

The rule of this file: wild fixes come one to three together, out of a row of good ones; a flight has a silence before
it as long as the way takes by air. Without such a silence a leap takes four fixes at one place, and so does a way that
nobody saw for an hour: a wild fix after an hour in a house is not far from one after a flight.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from edge.trip_fix import (
    FLY_M_S,
    GOOD_M,
    SAME_PLACE_KM,
    UNSEEN_KM,
    Judged,
    Kind,
    distance_km,
    is_leap,
    may_have_flown,
    was_flown,
)
from edge.trip_types import Background, Seen, TripMemory

LEAP_S, LANDED_S = 1800.0, 3 * 3600.0
SURE_LEAPS = 4
"""One more than wild fixes come together."""
SILENT, OFF_S, GROUND_S, AIR_KM_S = 20, 2700.0, 3600.0, 0.27
"""So many samples without a fix, or so long switched off; an hour on the ground and 0.27 km/s in the air."""


def seen_at(sample: Background) -> Seen:
    """Return a sample's fix as a believed one."""
    accuracy_m = sample.accuracy_m if isfinite(sample.accuracy_m) else 0.0
    return Seen(sample.latitude_deg, sample.longitude_deg, sample.unix_s, accuracy_m)


def leapt(memory: TripMemory, sample: Background, fix: Judged) -> tuple[TripMemory, bool]:
    """Return the memory, and whether this fix is a leap that further fixes there have yet to confirm."""
    told_by_device = fix.kind is Kind.FLYING and not fix.derived
    far = is_leap(sample, memory.seen) or (may_have_flown(sample, memory.seen) and not memory.flew)
    if fix.kind in (Kind.NONE, Kind.WRONG) or told_by_device or not far:
        return memory, False
    leap = memory.leap
    if leap is None or sample.unix_s - leap.unix_s > LEAP_S:
        leap = None
    away_km = 0.0 if leap is None else _apart_km(leap, sample)
    if leap is not None and 1000.0 * away_km > FLY_M_S * (sample.unix_s - leap.unix_s) and away_km > 1.0:
        return replace(memory, leap=seen_at(sample), leaps=1), fix.kind is not Kind.FLYING
    leaps = memory.leaps + 1 if leap is not None and away_km <= SAME_PLACE_KM else 1
    memory = replace(memory, leap=seen_at(sample), leaps=leaps)
    if leaps < _needed(memory, sample):
        return memory, True
    flown = memory.flew or was_flown(sample, memory.seen) or may_have_flown(sample, memory.seen)
    unseen = flown and not memory.flew and not sample.unix_s - memory.landed_unix_s < LANDED_S
    landed_s = _landed_s(memory, sample) if unseen else memory.landed_unix_s
    memory = replace(memory, flew=flown, seen=seen_at(sample), leap=None, leaps=0, gate=None, landed_unix_s=landed_s)
    return memory, fix.kind is Kind.FLYING


def _landed_s(memory: TripMemory, sample: Background) -> float:
    """Return when a flight that nobody noticed landed, at the latest: since then the air stands at its level."""
    seen, level_s = memory.seen, memory.air.level_unix_s
    return level_s if seen is not None and seen.unix_s < level_s <= sample.unix_s else sample.unix_s


def _needed(memory: TripMemory, sample: Background) -> int:
    """Return how many fixes at one place confirm a leap."""
    hold, seen = memory.hold, memory.seen
    assert seen is not None
    if (hold is not None and sample.unix_s - hold.last_unix_s < LEAP_S) or sample.accuracy_m > GOOD_M:
        return SURE_LEAPS
    away_km, gap_s = _apart_km(seen, sample), sample.unix_s - seen.unix_s
    by_air = away_km > UNSEEN_KM and gap_s >= GROUND_S + away_km / AIR_KM_S
    silent = memory.silent >= SILENT or memory.off_s >= OFF_S
    landing = memory.flew and memory.gate is None  # nothing was seen since the flight
    return 1 if landing or (by_air and silent) else SURE_LEAPS


def _apart_km(seen: Seen, sample: Background) -> float:
    return distance_km(seen.latitude_deg, seen.longitude_deg, sample.latitude_deg, sample.longitude_deg)
