"""Where a person lives, where they are, and which altitude their body is used to.

The rule of this file: an altitude measured by a run's own device wins over the place table, which only settles
where in the run's range the start lay; every stay counts from the first run there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.coach.acclimatisation import acclimatised_course_m
from edge.coach.beliefs import Belief, Whereabouts
from edge.coach.columns import Runs
from edge.coach.types import Place, Places, RunFact
from edge.samples import Column, Estimate

CELL_DEG = 0.2
HALF_LIFE_DAYS = 180.0
#: No run has more say than this about where home is: long races are run far from it.
LONGEST_VOTE_S = 3600.0
#: A start within this distance (great circle) is the same place.
SAME_PLACE_KM = 40.0
#: Without a run for so long the person is taken to be at home again.
HERE_DAYS = 10.0
#: Between runs in different places the first is taken to be left after half the time, or after this long.
STAY_ON_DAYS = 7.0


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Where the runs with a position started: their index among all runs, degrees, and altitude in m with doubt."""

    index: NDArray[np.int64]
    latitude_deg: Column
    longitude_deg: Column
    altitude_m: Column
    doubt_m: Column


def ground_of(runs: Runs, places: Places) -> Ground:
    """Return where the runs started, and how high that is."""
    index = np.array([i for i, f in enumerate(runs.facts) if math.isfinite(f.start_latitude_deg)], dtype=np.int64)
    facts = [runs.facts[i] for i in index.tolist()]
    known: dict[tuple[float, float], Estimate] = {}
    estimates = [_altitude(f, places, known) for f in facts]
    return Ground(
        index,
        np.array([f.start_latitude_deg for f in facts]),
        np.array([f.start_longitude_deg for f in facts]),
        np.array([e.value for e in estimates]),
        np.array([0.5 * (e.high - e.low) for e in estimates]),
    )


def _altitude(fact: RunFact, places: Places, known: dict[tuple[float, float], Estimate]) -> Estimate:
    """Return the altitude in m of a run's start: the table's, held within what the device measured."""
    key = (round(fact.start_latitude_deg, 2), round(fact.start_longitude_deg, 2))
    if key not in known:
        known[key] = places.altitude(*key)
    table = known[key]
    low, high = fact.altitude_min_m, fact.altitude_max_m
    if math.isnan(low) or math.isnan(high):
        low = high = fact.altitude_m
    if math.isnan(low) or low == high == 0.0:
        return table
    value = min(max(table.value, low), high)
    return Estimate(value, value - 50.0, value + 50.0, "measured on the run")


def home_of(runs: Runs, ground: Ground, now_unix_s: float) -> NDArray[np.int64]:
    """Return which rows of `ground` lie at home: the place of most time in motion, newer runs weighing more.

    Time is counted in cells of 0.2 deg together with their eight neighbours, so a border through a town does no harm.
    """
    if not len(ground.index):
        return np.zeros(0, dtype=np.int64)
    age_days = (now_unix_s - runs.start_unix_s[ground.index]) / 86400.0
    weight = np.minimum(runs.moving_s[ground.index], LONGEST_VOTE_S) * 0.5 ** (age_days / HALF_LIFE_DAYS)
    row = np.floor(ground.latitude_deg / CELL_DEG).astype(np.int64)
    column = np.floor(ground.longitude_deg / CELL_DEG).astype(np.int64)
    cells, member = np.unique(np.stack([row, column], axis=1), axis=0, return_inverse=True)
    time = np.bincount(member.ravel(), weights=weight)
    near = (np.abs(cells[:, None, :] - cells[None, :, :]) <= 1).all(axis=2)
    best = int(np.argmax(near @ time + 1e-9 * time))
    return np.flatnonzero(near[best][member.ravel()])


def whereabouts(
    runs: Runs, places: Places, given: Place | None, now_unix_s: float, since_unix_s: float = math.nan
) -> tuple[Whereabouts, Column]:
    """Return where the person is and what they are used to, and (n,) the acclimatised altitude in m at each run.

    `since_unix_s` is since when they are at the place that is given, NaN where only their runs tell.
    """
    ground = ground_of(runs, places)
    at_home = home_of(runs, ground, now_unix_s)
    if not len(ground.index):
        return _unlocated(given, now_unix_s, since_unix_s), np.full(len(runs), math.nan)
    home_m, home = _middle(ground, at_home, places)
    here, here_m, source, arrived = _here(runs, ground, places, given, now_unix_s, home, home_m)
    if given is not None and math.isfinite(arrived) and since_unix_s <= now_unix_s:
        arrived = min(arrived, since_unix_s)
    course_m, now_m = _course(runs, ground, home, here_m.value, arrived, now_unix_s)
    latest = float(runs.start_unix_s[ground.index[-1]])
    ids = tuple(runs.facts[i].run_id for i in ground.index[at_home][-3:].tolist())
    doubt = home_m.high - home_m.value + 100.0
    return (
        Whereabouts(
            home,
            Belief(home_m.value, home_m.low, home_m.high, home_m.source, latest, ids),
            here,
            Belief(here_m.value, here_m.low, here_m.high, here_m.source, now_unix_s),
            source,
            arrived,
            Belief(now_m, max(now_m - doubt, 0.0), now_m + doubt, "inferred from where your runs start", now_unix_s),
        ),
        course_m,
    )


def _unlocated(given: Place | None, now_unix_s: float, since_unix_s: float) -> Whereabouts:
    if given is None:
        return Whereabouts(None, None, None, None, "", math.nan, None)
    belief = Belief(given.altitude_m, given.altitude_m - 200.0, given.altitude_m + 200.0, "place table", now_unix_s)
    arrived = since_unix_s if since_unix_s <= now_unix_s else math.nan  # nobody is where they arrive later
    return Whereabouts(None, None, given, belief, "you said", arrived, None)


def _middle(ground: Ground, rows: NDArray[np.int64], places: Places) -> tuple[Estimate, Place]:
    """Return the median altitude in m with its doubt, and the nearest named place, of some rows of the ground."""
    latitude = float(np.median(ground.latitude_deg[rows]))
    longitude = float(np.median(ground.longitude_deg[rows]))
    value, doubt = float(np.median(ground.altitude_m[rows])), float(np.median(ground.doubt_m[rows]))
    named = places.known_as(latitude, longitude)
    place = Place(named.name, latitude, longitude, value, named.country)
    return Estimate(value, value - doubt, value + doubt, "where most of your runs start"), place


def _here(
    runs: Runs, ground: Ground, places: Places, given: Place | None, now_unix_s: float, home: Place, home_m: Estimate
) -> tuple[Place, Estimate, str, float]:
    """Return place, altitude in m, source and arrival (Unix s, NaN at home) of where the person is now."""
    start = runs.start_unix_s[ground.index]
    if given is not None:
        near = _near(ground, given.latitude_deg, given.longitude_deg)
        return given, _given_altitude(ground, near, given), "you said", _arrival(start, near, home, given, now_unix_s)
    if now_unix_s - float(start[-1]) > HERE_DAYS * 86400.0:
        return home, home_m, "home: no run elsewhere lately", math.nan
    near = _near(ground, float(ground.latitude_deg[-1]), float(ground.longitude_deg[-1]))
    if _near(ground, home.latitude_deg, home.longitude_deg)[-1]:  # a trail head above the town is not a journey
        return home, home_m, "home: your latest run started near it", math.nan
    latest = np.flatnonzero(near & (start > now_unix_s - HERE_DAYS * 86400.0))
    altitude_m, place = _middle(ground, latest, places)
    source = Estimate(altitude_m.value, altitude_m.low, altitude_m.high, "where your latest run started")
    return place, source, "your latest run", _arrival(start, near, home, place, now_unix_s)


def _given_altitude(ground: Ground, near: NDArray[np.bool_], given: Place) -> Estimate:
    """Return the altitude in m of a place that the person named; runs that measured it there narrow the doubt."""
    if near.any() and float(ground.doubt_m[near].min()) <= 50.0 and _spread(ground.altitude_m[near]) < 300.0:
        value = float(np.median(ground.altitude_m[near]))
        return Estimate(value, value - 50.0, value + 50.0, "measured on your runs there")
    return Estimate(given.altitude_m, given.altitude_m - 200.0, given.altitude_m + 200.0, "place table")


def _spread(altitude_m: Column) -> float:
    return float(altitude_m.max() - altitude_m.min())


def _near(ground: Ground, latitude_deg: float, longitude_deg: float) -> NDArray[np.bool_]:
    """Return (n,) whether each start lies within `SAME_PLACE_KM` of a point (flat-earth distance, fine at 40 km)."""
    north_km = 111.2 * (ground.latitude_deg - latitude_deg)
    apart_deg = (ground.longitude_deg - longitude_deg + 180.0) % 360.0 - 180.0
    east_km = 111.2 * math.cos(math.radians(latitude_deg)) * apart_deg
    result: NDArray[np.bool_] = np.hypot(north_km, east_km) <= SAME_PLACE_KM
    return result


def _arrival(start: Column, near: NDArray[np.bool_], home: Place, here: Place, now_unix_s: float) -> float:
    """Return when the present stay began in Unix s: its first run, or now without one; NaN at home."""
    if _same(home, here):
        return math.nan
    if not near[-1] or now_unix_s - float(start[-1]) > HERE_DAYS * 86400.0:
        return now_unix_s
    away = np.flatnonzero(~near)
    first = int(away[-1]) + 1 if len(away) else 0
    long_pause = np.flatnonzero(np.diff(start[first:]) > 2 * HERE_DAYS * 86400.0)
    return float(start[first + (int(long_pause[-1]) + 1 if len(long_pause) else 0)])


def _same(one: Place, other: Place) -> bool:
    north = 111.2 * (one.latitude_deg - other.latitude_deg)
    apart = (one.longitude_deg - other.longitude_deg + 180.0) % 360.0 - 180.0
    return math.hypot(north, 111.2 * math.cos(math.radians(one.latitude_deg)) * apart) <= SAME_PLACE_KM


def _course(
    runs: Runs, ground: Ground, home: Place, here_m: float, arrived_unix_s: float, now_unix_s: float
) -> tuple[Column, float]:
    """Return (n,) the acclimatised altitude in m at each run, and now."""
    start_day = runs.start_unix_s[ground.index] / 86400.0
    home_m = home.altitude_m
    lived_m = np.where(_near(ground, home.latitude_deg, home.longitude_deg), home_m, ground.altitude_m)
    day, altitude_m = _stays(start_day, lived_m, home_m, now_unix_s / 86400.0, here_m, arrived_unix_s)
    course_m = acclimatised_course_m(day, altitude_m, float(altitude_m[0]))
    at_run = np.interp(runs.start_unix_s / 86400.0, day, course_m)
    return at_run, float(course_m[-1])


def _stays(
    run_day: Column, run_m: Column, home_m: float, now_day: float, here_m: float, arrived_unix_s: float
) -> tuple[Column, Column]:
    """Return the arrivals (n + 1, days, ending now) and the altitude in m of each stay between them.

    A run opens a stay at its place. Where the next run is far away in height or time, the stay ends half-way
    (after 7 days at most) and home follows until the next run.
    """
    day: list[float] = []
    altitude_m: list[float] = []
    following = np.append(run_day[1:], now_day)
    next_m = np.append(run_m[1:], home_m if math.isnan(arrived_unix_s) else here_m)
    for start, m, after, after_m in zip(
        run_day.tolist(), run_m.tolist(), following.tolist(), next_m.tolist(), strict=True
    ):
        day.append(start)
        altitude_m.append(m)
        away = abs(m - home_m) > 150.0
        leaves = start + min(0.5 * (after - start), STAY_ON_DAYS)
        if away and after - start > 1.0 and (abs(after_m - m) > 150.0 or after - start > 2 * HERE_DAYS):
            day.append(leaves)
            altitude_m.append(home_m)
    return np.array([*day, now_day]), np.array(altitude_m)
