"""What one satellite fix is worth: believed, stale, wrong, in flight, on a road, on foot.

The rule of this file: a fix counts only where the pressure, its own height and the ground under it agree; a fix seen
before to the last digit is an old one, whoever hands it out as new.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from math import isfinite, nan

from edge.samples import Estimate
from edge.trip_types import Air, Background, Ground, Seen, TripMemory

GOOD_M = 50.0
"""Accuracy of a fix under the open sky; between streets it is worse, behind walls far worse."""
WORST_M, UNTOLD_M = 200.0, 20.0
FOOT_M_S = 3.0
ROAD_M_S = 9.0
WALKING_STEPS = 8.0
"""So many steps since the last sample are a walk, whatever lies between two fixes."""
FLY_M_S = 60.0
"""No road is that fast; trains that are, are no stay either."""
#: A straight line so long at such a speed, with nothing seen on the way, was a flight.
JUMP_KM, JUMP_M_S, LEAP_KM = 200.0, 45.0, 5.0
IMPOSSIBLE_M_S = 330.0
UNSEEN_KM, UNSEEN_S = 60.0, 3600.0
"""Shorter flights are not sold; boarding, taxiing, the flight and the gate take an hour at least."""
FRESH_S = 900.0
SAME_PLACE_KM = 40.0
"""As in `edge.coach.where`: nearer than this is no journey."""
#: Height from pressure against the ground: 20 hPa and the sensor (200 m), cold or warm air (7 % and more).
AGREE_M, AGREE_SHARE = 300.0, 0.07
_ABOVE_M = 1000.0
SETTLED_KM, SETTLED_M = 4.0, 300.0
CABIN_MOST_M = 3000.0
"""Cabins are held at 2,400 m at most (14 CFR 25.841), and weather adds less than the rest."""
EARTH_KM = 6371.0
SLACK = 1.5
"""An accuracy is a radius of 68 %; within one and a half of it lie nine of ten fixes."""


class Kind(Enum):
    """What a fix is taken for."""

    NONE = "none"
    WRONG = "wrong"
    FLYING = "flying"
    ROAD = "road"
    FOOT = "foot"


UNKNOWN = Estimate(nan, nan, nan, "not looked up")


@dataclass(frozen=True, slots=True)
class Judged:
    """A fix with its kind, its speed in m/s (NaN unknown) and the height in m of the ground there."""

    kind: Kind
    speed_m_s: float = nan
    ground_m: Estimate = UNKNOWN
    derived: bool = False
    """The speed is what lies between two fixes, not the device's."""


def distance_km(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Return the distance in km along the great circle between two points in degrees (haversine)."""
    a, b = math.radians(latitude_a), math.radians(latitude_b)
    apart = math.radians(longitude_b - longitude_a)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(apart / 2) ** 2
    return 2.0 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def apart_km(one: Seen, other: Seen) -> float:
    """Return the distance in km between two believed fixes."""
    return distance_km(one.latitude_deg, one.longitude_deg, other.latitude_deg, other.longitude_deg)


def has_fix(sample: Background) -> bool:
    """Return whether a sample holds a point on the globe that is accurate enough to speak of."""
    on_globe = abs(sample.latitude_deg) <= 90.0 and abs(sample.longitude_deg) <= 180.0
    return on_globe and not sample.accuracy_m > WORST_M and (sample.latitude_deg, sample.longitude_deg) != (0.0, 0.0)


def known_m(sample: Background) -> float:
    """Return the accuracy of a sample's fix in m; a device that gives none is taken at a usual one."""
    return sample.accuracy_m if isfinite(sample.accuracy_m) else UNTOLD_M


def is_repeated(sample: Background, memory: TripMemory) -> bool:
    """Return whether the very same fix was handed out before, shaken a little or not: satellites never give one twice.

    The same point, or the same height and accuracy, to the last digit; without a height within 100 m.
    """
    seen = memory.recent_deg
    if sample.latitude_deg not in seen and sample.accuracy_m not in seen:
        return False
    return any(_is_copy(sample, *seen[i : i + 4]) for i in range(0, len(seen) - 3, 4))


def _is_copy(
    sample: Background, latitude_deg: float, longitude_deg: float, altitude_m: float, accuracy_m: float
) -> bool:
    if (latitude_deg, longitude_deg) == (sample.latitude_deg, sample.longitude_deg):
        return True
    if accuracy_m != sample.accuracy_m or accuracy_m == round(accuracy_m, 1):
        return False
    if isfinite(altitude_m) or isfinite(sample.altitude_m):
        return altitude_m == sample.altitude_m
    return distance_km(latitude_deg, longitude_deg, sample.latitude_deg, sample.longitude_deg) < 0.1


def judged(sample: Background, memory: TripMemory, ground: Ground) -> Judged:
    """Return what a sample's fix is worth; `Kind.NONE` without one or with an old one."""
    if not has_fix(sample) or is_repeated(sample, memory):
        return Judged(Kind.NONE)
    speed = _speed_m_s(sample, memory.seen)
    under = ground.altitude(sample.latitude_deg, sample.longitude_deg)
    high = sample.altitude_m > under.high + 2.0 * _ABOVE_M and _may_be_aloft(sample, memory.air)
    if speed > FLY_M_S or high:
        return Judged(Kind.FLYING, speed, under, not (high or sample.speed_m_s > FLY_M_S))
    if not agrees(sample, memory.air, under):
        return Judged(Kind.WRONG, speed, under)
    if not sample.speed_m_s >= 0.0 and sample.steps >= WALKING_STEPS:
        return Judged(Kind.FOOT, speed, under)  # the speed is the mean of a ride that is over
    return Judged(Kind.ROAD if speed > FOOT_M_S else Kind.FOOT, speed, under, not sample.speed_m_s >= 0.0)


def _may_be_aloft(sample: Background, air: Air) -> bool:
    """Return whether a fix high above the ground may be one in flight: not at rest, nor in air as thin as it says."""
    thin = sample.unix_s - air.unix_s <= FRESH_S and air.height_m > CABIN_MOST_M
    return not sample.speed_m_s <= FOOT_M_S and not thin


def agrees(sample: Background, air: Air, ground: Estimate) -> bool:
    """Return whether the ground in m at a fix fits its own height and the pressure of the last quarter of an hour."""
    own_m = sample.altitude_m
    if isfinite(own_m) and not ground.low - _ABOVE_M / 2 <= own_m <= ground.high + _ABOVE_M:
        return False
    if not sample.unix_s - air.unix_s <= FRESH_S:
        return True
    low, high = (own_m, own_m) if isfinite(own_m) else (ground.low, ground.high)
    slack = AGREE_M + AGREE_SHARE * max(high, 0.0)
    return low - slack <= air.height_m <= high + slack


def is_leap(sample: Background, seen: Seen | None) -> bool:
    """Return whether the way from the last believed fix was too long and too fast for a road."""
    if seen is None:
        return False
    away_km = distance_km(seen.latitude_deg, seen.longitude_deg, sample.latitude_deg, sample.longitude_deg)
    return away_km > LEAP_KM and 1000.0 * away_km > JUMP_M_S * max(sample.unix_s - seen.unix_s, 1.0)


def was_flown(sample: Background, seen: Seen | None) -> bool:
    """Return whether the way from the last believed fix was too long and too fast for wheels."""
    if seen is None:
        return False
    away_km = distance_km(seen.latitude_deg, seen.longitude_deg, sample.latitude_deg, sample.longitude_deg)
    return away_km > JUMP_KM and 1000.0 * away_km > JUMP_M_S * max(sample.unix_s - seen.unix_s, 1.0)


def may_have_flown(sample: Background, seen: Seen | None) -> bool:
    """Return whether a way that nobody saw was long enough for a short flight, from hall to hall."""
    if seen is None or sample.unix_s - seen.unix_s < UNSEEN_S:
        return False
    return distance_km(seen.latitude_deg, seen.longitude_deg, sample.latitude_deg, sample.longitude_deg) > UNSEEN_KM


def is_settled(sample: Background, ground: Ground, under: Estimate) -> bool:
    """Return whether people live here: a named place within 4 km and no more than 300 m below."""
    near = ground.distance_km(sample.latitude_deg, sample.longitude_deg) <= SETTLED_KM
    return near and not sample.altitude_m > under.value + SETTLED_M


def _speed_m_s(sample: Background, seen: Seen | None) -> float:
    """Return the speed in m/s: the device's, or what lies between two fixes within three minutes, or NaN."""
    if sample.speed_m_s >= 0.0:
        return sample.speed_m_s
    if seen is None or not 5.0 <= sample.unix_s - seen.unix_s <= 180.0:
        return nan
    away_m = 1000.0 * distance_km(seen.latitude_deg, seen.longitude_deg, sample.latitude_deg, sample.longitude_deg)
    slack_m = SLACK * (seen.accuracy_m + (sample.accuracy_m if isfinite(sample.accuracy_m) else 0.0))
    return max(0.0, away_m - slack_m) / (sample.unix_s - seen.unix_s)
