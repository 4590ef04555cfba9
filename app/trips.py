"""Trips that are known before they begin: typed, or read from a calendar; and since when the person is where they say.

The rule of this file: trips stay on this device, in the diary's memories; a memory that cannot be read holds none.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from app import places
from app.store import Store
from edge.coach import where
from edge.coach.columns import runs_until
from edge.coach.types import Ahead, Place, RunFact
from edge.trip_fix import distance_km

#: Under these names the diary keeps the trips, and since when the person says to be where they are.
TRIPS, HERE = "trips", "here"
#: Nearer than this is no journey, as in `edge.coach.where`; a trip is told of so long before; it lasts so long at most
#: where nobody said how long.
SAME_PLACE_KM, AHEAD_S, STAYS_S = 40.0, 14 * 86400.0, 14 * 86400.0


@dataclass(frozen=True, slots=True)
class Trip:
    """A stay elsewhere: where, from when to when (Unix s; NaN where no end was said), and how that is known."""

    place: Place
    arrive_unix_s: float
    leave_unix_s: float
    source: str
    """ "you said", "calendar" or "noticed" (by position)."""
    said: int = 0
    """The number of the sentence it was said in; 0 where it came another way."""

    @property
    def until_unix_s(self) -> float:
        """The end of the stay in Unix s, guessed where none was said."""
        return self.leave_unix_s if math.isfinite(self.leave_unix_s) else self.arrive_unix_s + STAYS_S


def trips_of(store: Store) -> tuple[Trip, ...]:
    """Return the trips that are kept, by arrival; none where they cannot be read."""
    try:
        rows = json.loads(store.memory(TRIPS) or b"[]")
        found = [
            Trip(**{**row, "place": Place(**row["place"]), "leave_unix_s": _number(row["leave_unix_s"])})
            for row in rows
        ]
    except (ValueError, TypeError, KeyError):
        return ()
    return tuple(sorted(found, key=lambda trip: (trip.arrive_unix_s, trip.place.name)))


def keep(store: Store, trips: Iterable[Trip], now_unix_s: float) -> None:
    """Keep these trips in the place of all others; the same place and arrival day only once."""
    once = {(t.place.name, int(t.arrive_unix_s // 86400)): t for t in trips}
    rows = [
        {**asdict(t), "leave_unix_s": None if math.isnan(t.leave_unix_s) else t.leave_unix_s} for t in once.values()
    ]
    store.save_memory(TRIPS, json.dumps(rows).encode(), now_unix_s)


def ahead_of(trips: Sequence[Trip], home: Place | None, now_unix_s: float) -> Ahead | None:
    """Return the next trip of the coming two weeks away from home; None without one."""
    coming = [t for t in trips if now_unix_s < t.arrive_unix_s <= now_unix_s + AHEAD_S and is_away(t.place, home)]
    if not coming:
        return None
    trip = min(coming, key=lambda t: t.arrive_unix_s)
    return Ahead(trip.place.name, trip.place.altitude_m, trip.arrive_unix_s, trip.source)


def under_way(trips: Sequence[Trip], home: Place | None, now_unix_s: float) -> Trip | None:
    """Return the trip that the person is on by what they said; None at home. The one that began last counts."""
    on = [t for t in trips if t.arrive_unix_s <= now_unix_s < t.until_unix_s and is_away(t.place, home)]
    return max(on, key=lambda t: t.arrive_unix_s, default=None)


def home_among(facts: Sequence[RunFact], now_unix_s: float) -> Place | None:
    """Return where runs say that home is; None with too few."""
    return where.whereabouts(runs_until(facts, now_unix_s, 0.0), places.load(), None, now_unix_s)[0].home


def ran_since(facts: Sequence[RunFact], trip: Trip, now_unix_s: float) -> bool:
    """Return whether a run since a trip's arrival tells better where the person is."""
    located = (f for f in facts if math.isfinite(f.start_latitude_deg))
    return any(trip.arrive_unix_s <= f.start_unix_s <= now_unix_s for f in located)


def is_away(place: Place, home: Place | None) -> bool:
    """Return whether a place is a journey from home; True where home is not known."""
    return home is None or _apart_km(place, home) > SAME_PLACE_KM


def since_here(store: Store, here: Place, trips: Sequence[Trip], now_unix_s: float, keeps: bool = False) -> float:
    """Return since when (Unix s) the person is at a place they name: a trip's arrival, or when it was first named."""
    near = [
        t for t in trips if t.arrive_unix_s <= now_unix_s < t.until_unix_s and _apart_km(t.place, here) <= SAME_PLACE_KM
    ]
    if near:
        return max(t.arrive_unix_s for t in near)
    known = _here_of(store)
    since = known[1] if known and _apart_km(known[0], here) <= SAME_PLACE_KM and known[1] <= now_unix_s else now_unix_s
    if keeps and (known is None or since != known[1]):
        row = {"place": asdict(here), "since_unix_s": since}
        store.save_memory(HERE, json.dumps(row).encode(), now_unix_s)
    return since


def _here_of(store: Store) -> tuple[Place, float] | None:
    try:
        row = json.loads(store.memory(HERE) or b"null")
        return None if row is None else (Place(**row["place"]), float(row["since_unix_s"]))
    except (ValueError, TypeError, KeyError):
        return None


def _apart_km(one: Place, other: Place) -> float:
    return distance_km(one.latitude_deg, one.longitude_deg, other.latitude_deg, other.longitude_deg)


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
