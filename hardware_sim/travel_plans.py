"""Whole journeys of every kind: trips that end in a stay, and all that only looks like one.

The rule of this file: how often a nuisance happens is a constant here, chosen before any detector was measured.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hardware_sim.travel import (
    Journey,
    Leg,
    Spot,
    Terrain,
    apart_km,
    between,
    by_road,
    flight,
    home_days,
    indoors,
    near,
    on_foot,
)

SWITCHED_OFF, WINDOW_SEAT, APRON = 0.4, 0.15, 0.04
"""Shares of flights: phone off on the way, a place at the window with satellites, a walk over the apron."""
FAR_AIRPORT = 0.25
"""Share of air trips whose airport is a drive of 60 to 150 km away."""
KERB_MEDIAN_S, KERB_SPREAD = 300.0, 0.8


def trip(way: str, home: Spot, goal: Spot, terrain: Terrain, rng: np.random.Generator, hubs: Sequence[Spot]) -> Journey:
    """Return a trip "by air", "by car" or "by train" from home to a stay of half a day or more at the goal."""
    legs = home_days(home, float(rng.uniform(4.0, 14.0)), rng)
    if way == "by air":
        legs += _by_air(home, goal, terrain, rng, hubs)
    elif way == "by train":
        legs += [*on_foot(home, 400.0, rng), *by_road(home, goal, terrain, rng, "train")]
    else:
        legs += by_road(home, goal, terrain, rng)
    legs += on_foot(goal, float(rng.uniform(100.0, 900.0)), rng, "arrived")
    legs += home_days(goal, float(rng.uniform(8.0, 14.0)), rng)
    return Journey(way, zoned(legs), goal)


def _by_air(home: Spot, goal: Spot, terrain: Terrain, rng: np.random.Generator, hubs: Sequence[Spot]) -> list[Leg]:
    far = rng.random() < FAR_AIRPORT
    out = near(home, 5.0, 30.0, terrain, rng)
    back = near(goal, 60.0, 150.0, terrain, rng) if far else near(goal, 5.0, 30.0, terrain, rng)
    stops = [hubs[int(rng.integers(len(hubs)))]] if hubs and rng.random() < 0.3 else []
    legs = [*by_road(home, out, terrain, rng), *on_foot(out, 120.0, rng, "kerb")]
    for a, b in zip([out, *stops], [*stops, back], strict=True):
        legs += [indoors(a, float(rng.uniform(2700.0, 9000.0)), "terminal", 0.3), *_flown(a, b, rng)]
    legs.append(indoors(back, float(rng.uniform(400.0, 2400.0)), "terminal", 0.8))
    kerb_s = max(40.0, KERB_MEDIAN_S * math.exp(KERB_SPREAD * rng.normal()))
    legs += on_foot(back, kerb_s, rng, "kerb")
    return [*legs, *by_road(back, goal, terrain, rng, "road" if rng.random() < 0.75 else "train")]


def _flown(a: Spot, b: Spot, rng: np.random.Generator) -> list[Leg]:
    """Return a flight, now and then with a walk over the apron after it."""
    legs = flight(a, b, rng, rng.random() < SWITCHED_OFF, rng.random() < WINDOW_SEAT)
    if rng.random() < APRON:
        legs.append(Leg("apron", float(rng.uniform(15.0, 120.0)), b, b, "open", 1.5))
    return legs


def passing_flight(home: Spot, hub: Spot, beyond: Spot, terrain: Terrain, rng: np.random.Generator) -> Journey:
    """Return a journey with a stop of 40 min to 5 h inside a hub's airport; it ends in the air."""
    out = near(home, 5.0, 30.0, terrain, rng)
    legs = [*home_days(home, 6.0, rng), *by_road(home, out, terrain, rng), *on_foot(out, 120.0, rng, "kerb")]
    legs += [indoors(out, float(rng.uniform(2700.0, 9000.0)), "terminal", 0.3), *_flown(out, hub, rng)]
    legs.append(indoors(hub, float(rng.uniform(2400.0, 18000.0)), "terminal", float(rng.uniform(0.05, 0.6))))
    legs += flight(hub, beyond, rng, rng.random() < SWITCHED_OFF, rng.random() < WINDOW_SEAT)[:5]
    return Journey("flight", zoned(legs), None)


def lifts(home: Spot, terrain: Terrain, rng: np.random.Generator) -> Journey:
    """Return a day in towers: lifts of up to 300 m, hours at the top, walks between."""
    legs = home_days(home, 6.0, rng)
    for _ in range(int(rng.integers(3, 9))):
        rise_m, up = float(rng.uniform(10.0, 300.0)), float(rng.uniform(1.0, 10.0))
        top = replace(home, altitude_m=home.altitude_m + rise_m)
        legs += [Leg("lift", rise_m / up, home, top, "indoors"), indoors(top, float(rng.uniform(300.0, 12000.0)))]
        if rng.random() < 0.3:
            legs += on_foot(top, float(rng.uniform(120.0, 1800.0)), rng, "roof")
        legs += [Leg("lift", rise_m / up, top, home, "indoors"), *on_foot(home, float(rng.uniform(60.0, 900.0)), rng)]
    return Journey("lift", zoned([*legs, *home_days(home, 4.0, rng)]), None)


def cable_cars(valley: Spot, terrain: Terrain, rng: np.random.Generator) -> Journey:
    """Return two days in a valley with rides up by 300 to 2,200 m, and down again within some hours."""
    legs = home_days(valley, 14.0, rng)
    for _ in range(int(rng.integers(1, 5))):
        rise_m, speed = float(rng.uniform(300.0, 2200.0)), float(rng.uniform(4.0, 11.0))
        top = replace(near(valley, 1.5, 6.0, terrain, rng), altitude_m=valley.altitude_m + rise_m)
        ride_s = 1000.0 * max(apart_km(valley, top), 1.2 * rise_m / 1000.0) / speed
        legs += [Leg("cable car", ride_s, valley, top, "road")]
        legs += on_foot(top, float(rng.uniform(300.0, 3000.0)), rng, "summit")
        legs += [indoors(top, float(rng.uniform(0.0, 5400.0))), Leg("cable car", ride_s, top, valley, "road")]
        legs += on_foot(valley, float(rng.uniform(120.0, 1800.0)), rng)
    return Journey("cable car", zoned([*legs, *home_days(valley, 6.0, rng)]), None)


def front(home: Spot, terrain: Terrain, rng: np.random.Generator) -> Journey:
    """Return three days at home; the phone of `travel_phone` gives it a front of 20 hPa a day."""
    return Journey("weather front", zoned(home_days(home, 72.0, rng)), None)


def over_a_pass(home: Spot, terrain: Terrain, rng: np.random.Generator, village: bool) -> Journey:
    """Return a drive of 150 to 350 km and back home, with a stop at its highest point: bare, or in a village."""
    turn = near(home, 75.0, 175.0, terrain, rng)
    marks = [between(home, turn, s) for s in np.linspace(0.45, 1.0, 12).tolist()]
    heights = [terrain(m.latitude_deg, m.longitude_deg) for m in marks]
    height_m, mark = max(zip(heights, marks, strict=True), key=lambda pair: pair[0])
    rise_m = 0.0 if village else float(rng.uniform(400.0, 1200.0))
    top = replace(mark, altitude_m=height_m + rise_m)
    legs = [*home_days(home, 5.0, rng), *by_road(home, top, terrain, rng)]
    legs += on_foot(top, float(rng.uniform(180.0, 1800.0)), rng, "stop")
    legs += [*by_road(top, home, terrain, rng), *home_days(home, 3.0, rng)]
    return Journey("village stop" if village else "pass", zoned(legs), None)


def zoned(legs: Sequence[Leg]) -> list[Leg]:
    """Return the legs with a clock by longitude; in the air and while switched off the old one stays."""
    offset, out = math.nan, []
    for leg in legs:
        if leg.sky not in ("cabin", "window", "off") or math.isnan(offset):
            offset = 3600.0 * round(leg.end.longitude_deg / 15.0)
        out.append(replace(leg, utc_offset_s=offset))
    return out
