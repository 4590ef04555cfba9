"""Journeys as a phone notices them by the way: pressure, fixes, steps and the clock, with the truth beside them.

The rule of this file: a journey is a row of legs, each with its way, its air and its sky; what a phone makes of them is
in `travel_phone`. Cabins are held at 1,800 to 2,400 m and change by 1.5 to 2.5 m/s (ASHRAE 161).
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

#: Ground height in m at a point in degrees.
Terrain = Callable[[float, float], float]
CABIN_M = (1800.0, 2400.0)
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in degrees and its height in m."""

    latitude_deg: float
    longitude_deg: float
    altitude_m: float


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of a journey: from one spot to another, the height of the air breathed, the sky above, steps per s."""

    label: str
    duration_s: float
    start: Spot
    end: Spot
    sky: str
    """ "open", "street", "indoors", "road", "train", "cabin" or "off" (switched off)."""
    steps_hz: float = 0.0
    air_m: tuple[float, float] = (math.nan, math.nan)
    """Height of the air at start and end, NaN where it is that of the ground."""
    utc_offset_s: float = math.nan


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the person truly is: spot, height of the air in m, speed in m/s, and the leg."""

    spot: Spot
    air_m: float
    speed_m_s: float
    leg: Leg


class Journey:
    """Legs one after the other from second 0; `stay` is the spot where it ends in a stay, None where it only passes."""

    def __init__(self, kind: str, legs: Sequence[Leg], stay: Spot | None) -> None:
        self.kind = kind
        self.legs = tuple(leg for leg in legs if leg.duration_s > 0)
        self.stay = stay
        self.starts_s = np.concatenate([[0.0], np.cumsum([leg.duration_s for leg in self.legs])]).tolist()

    @property
    def duration_s(self) -> float:
        """Return when the journey ends, in s."""
        return float(self.starts_s[-1])

    def at(self, t_s: float) -> Moment:
        """Return where the person is at a second of the journey."""
        i = min(max(bisect_right(self.starts_s, t_s) - 1, 0), len(self.legs) - 1)
        leg = self.legs[i]
        share = min(max((t_s - self.starts_s[i]) / leg.duration_s, 0.0), 1.0)
        spot = between(leg.start, leg.end, share)
        air_from, air_to = leg.air_m
        air_m = spot.altitude_m if math.isnan(air_from) else air_from + share * (air_to - air_from)
        speed = 1000.0 * apart_km(leg.start, leg.end) / leg.duration_s
        return Moment(spot, air_m, speed, leg)


def between(a: Spot, b: Spot, share: float) -> Spot:
    """Return the spot at a share of the way, straight on the map and the short way round the globe."""
    east = (b.longitude_deg - a.longitude_deg + 180.0) % 360.0 - 180.0
    longitude = (a.longitude_deg + share * east + 180.0) % 360.0 - 180.0
    return Spot(
        a.latitude_deg + share * (b.latitude_deg - a.latitude_deg),
        longitude,
        a.altitude_m + share * (b.altitude_m - a.altitude_m),
    )


def apart_km(a: Spot, b: Spot) -> float:
    """Return the distance in km along the great circle."""
    p, q = math.radians(a.latitude_deg), math.radians(b.latitude_deg)
    east = math.radians(b.longitude_deg - a.longitude_deg)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(east / 2) ** 2
    return 2.0 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def moved(spot: Spot, km: float, bearing_rad: float, terrain: Terrain) -> Spot:
    """Return the spot so many km away, at the height of the terrain there."""
    latitude = min(max(spot.latitude_deg + km / 111.2 * math.cos(bearing_rad), -80.0), 80.0)
    longitude = spot.longitude_deg + km / 111.2 * math.sin(bearing_rad) / math.cos(math.radians(latitude))
    longitude = (longitude + 180.0) % 360.0 - 180.0
    return Spot(latitude, longitude, terrain(latitude, longitude))


def near(spot: Spot, low_km: float, high_km: float, terrain: Terrain, rng: np.random.Generator) -> Spot:
    """Return a spot at a random distance and bearing; of four the one whose height is most like here."""
    tried = [moved(spot, rng.uniform(low_km, high_km), rng.uniform(0, 2 * math.pi), terrain) for _ in range(4)]
    return min(tried, key=lambda other: abs(other.altitude_m - spot.altitude_m))


def indoors(spot: Spot, duration_s: float, label: str = "indoors", steps_hz: float = 0.02) -> Leg:
    """Return a leg behind walls."""
    return Leg(label, duration_s, spot, spot, "indoors", steps_hz)


def on_foot(spot: Spot, duration_s: float, rng: np.random.Generator, label: str = "on foot") -> list[Leg]:
    """Return a walk under the sky: out, then standing about."""
    sky = "open" if rng.random() < 0.75 else "street"
    walk_s = min(duration_s, rng.uniform(30.0, 120.0))
    away = walk_s * rng.uniform(0.5, 1.4) / 111_200.0
    end = replace(spot, latitude_deg=spot.latitude_deg + away)
    rest = Leg(label, duration_s - walk_s, end, end, sky, float(rng.uniform(0.05, 0.5)))
    return [Leg(label, walk_s, spot, end, sky, 1.7), rest]


def by_road(start: Spot, end: Spot, terrain: Terrain, rng: np.random.Generator, sky: str = "road") -> list[Leg]:
    """Return a drive (or a train ride) over the terrain, slow at both ends, with red lights."""
    km = apart_km(start, end)
    pieces = max(2, min(int(km / 8.0), 40))
    marks = [between(start, end, k / pieces) for k in range(pieces + 1)]
    heights = [terrain(m.latitude_deg, m.longitude_deg) for m in marks[1:-1]]
    marks[1:-1] = [replace(m, altitude_m=h) for m, h in zip(marks[1:-1], heights, strict=True)]
    legs: list[Leg] = []
    for k, (a, b) in enumerate(itertools.pairwise(marks)):
        town = k in (0, pieces - 1)
        speed = rng.uniform(7.0, 15.0) if town and km < 60.0 else rng.uniform(16.0, 30.0)
        legs.append(Leg(sky, 1000.0 * apart_km(a, b) / speed, a, b, sky))
        if town and rng.random() < 0.5:
            legs.append(Leg("red light", float(rng.uniform(10.0, 120.0)), b, b, sky))
    return legs


def flight(start: Spot, end: Spot, rng: np.random.Generator, switched_off: bool, window: bool) -> list[Leg]:
    """Return taxiing, climb, cruise, descent and the way to the gate; the cabin follows its own pressure."""
    cabin_m = float(rng.uniform(*CABIN_M))
    sky = "off" if switched_off else "window" if window else "cabin"
    km = max(apart_km(start, end), 150.0)
    climb_s = min(1300.0, 0.3 * km / 0.22)
    cruise_s = max(60.0, km / 0.235 - 1.5 * climb_s)
    top, low = (replace(between(start, end, s), altitude_m=10_500.0) for s in (0.08, 0.9))
    out_s, in_s = (float(rng.uniform(300.0, 1200.0)) for _ in range(2))
    out, back = (_shifted(s, 2.5, rng) for s in (start, end))
    a, c, d = start.altitude_m, cabin_m, end.altitude_m
    if d > c:
        c = float(rng.uniform(CABIN_M[0], d))
    roll = Leg("take-off", 35.0, out, _shifted(out, 1.4, rng), sky, 0.0, (a, a))
    return [
        Leg("boarding", float(rng.uniform(900.0, 2400.0)), start, start, "window" if window else "cabin", 0.003),
        Leg("taxi", out_s, start, out, sky),
        roll,
        Leg("climb", climb_s, roll.end, top, sky, 0.0, (a, c)),
        Leg("cruise", cruise_s, top, low, sky, 0.01, (c, c)),
        Leg("descent", 1.1 * climb_s, low, back, sky, 0.0, (c, d)),
        Leg("landed", 30.0, back, _shifted(back, 1.2, rng), sky, 0.0, (d, d)),
        Leg("taxi", in_s, back, end, sky),
        Leg("at the gate", float(rng.uniform(240.0, 900.0)), end, end, "window" if window else "cabin", 0.02),
    ]


def _shifted(spot: Spot, km: float, rng: np.random.Generator) -> Spot:
    bearing = rng.uniform(0.0, 2.0 * math.pi)
    return moved(spot, km, bearing, lambda latitude, longitude: spot.altitude_m)


def home_days(home: Spot, hours: float, rng: np.random.Generator) -> list[Leg]:
    """Return time at home: behind walls, with a walk or a run under the sky every few hours."""
    legs: list[Leg] = []
    left_s = 3600.0 * hours
    while left_s > 0:
        inside_s = min(left_s, float(rng.uniform(1.5, 6.0)) * 3600.0)
        legs += [indoors(home, inside_s), *on_foot(home, float(rng.uniform(600.0, 3600.0)), rng)]
        left_s -= inside_s
    return legs
