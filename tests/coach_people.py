"""People for the coach's tests: histories by formula, a flat world of places, a Riegel predictor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.cards import catalogue
from edge.coach import today
from edge.coach.beliefs import State, Weather
from edge.coach.said import Constraint, Said
from edge.coach.state import state_from
from edge.coach.types import Decision, Place, Profile, Race, RacePredictor, RunFact
from edge.samples import Estimate

DAY_S = 86400.0
NAN = math.nan
#: A Wednesday, 12:00 UTC, as days since 1970-01-01 and in Unix s.
TODAY = 20411
NOON = TODAY * DAY_S + 12 * 3600
RALEIGH = Place("Raleigh", 35.772, -78.639, 96.0, "US")
DENVER = Place("Denver", 39.739, -104.985, 1609.0, "US")
LEADVILLE = Place("Leadville", 39.251, -106.293, 3097.0, "US")
NAMED = (RALEIGH, DENVER, LEADVILLE)


class FewPlaces:
    """A place table of three towns; a second real implementation of the seam, without a file."""

    def known_as(self, latitude_deg: float, longitude_deg: float) -> Place:
        return min(NAMED, key=lambda p: abs(p.latitude_deg - latitude_deg) + abs(p.longitude_deg - longitude_deg))

    def altitude(self, latitude_deg: float, longitude_deg: float) -> Estimate:
        altitude_m = self.known_as(latitude_deg, longitude_deg).altitude_m
        return Estimate(altitude_m, altitude_m - 50, altitude_m + 50, "three towns")


@dataclass(frozen=True)
class Riegel:
    """A race predictor by one exponent."""

    exponent: float = 1.10
    model_hash: str = "riegel-test"

    def predict(self, bests_s: dict[float, float], target_m: float, age: float, sex: str, weekly_km: float) -> Estimate:
        from_m, time_s = min(bests_s.items(), key=lambda b: b[1] / b[0] ** 1.06)
        value = time_s * (target_m / from_m) ** self.exponent
        return Estimate(value, 0.95 * value, 1.08 * value, "test")


def run(
    days_ago: float,
    distance_m: float = 8000.0,
    pace: float = 360.0,
    *,
    at: Place = RALEIGH,
    hr: float = NAN,
    valid: bool = True,
    sport: str = "running",
    now: float = NOON,
) -> RunFact:
    moving_s = distance_m / 1000.0 * pace
    start = now - days_ago * DAY_S
    return RunFact(
        f"{sport[0]}{start:.0f}-{distance_m:.0f}",
        start,
        0.0,
        sport,
        "",
        distance_m,
        moving_s,
        moving_s,
        hr,
        hr + 12.0,
        NAN,
        at.latitude_deg,
        at.longitude_deg,
        NAN,
        {},
        moving_s / 60.0,
        valid,
    )


def regular(weeks: int = 10, at: Place = RALEIGH, first_ago: float = 2.0, usual_m: float = 8000.0) -> list[RunFact]:
    """Four runs a week, a long one among them, every second day back from `first_ago` days."""
    ago = np.arange(weeks * 4) * 1.75 + first_ago
    return [
        run(float(d), usual_m * (1.6 if i % 4 == 3 else 1.0), 360.0, at=at, hr=142.0 + (i % 3))
        for i, d in enumerate(ago)
    ]


def state(
    runs: Sequence[RunFact],
    profile: Profile | None = None,
    races: Sequence[Race] = (),
    here: Place | None = None,
    now: float = NOON,
    said: Sequence[Said] = (),
    measured: Weather | None = None,
) -> State:
    return state_from(runs, profile or Profile(), races, FewPlaces(), here, now, 0.0, None, said, measured=measured)


def says(
    kind: str, days_ago: float = 0.1, *, area: str = "", side: str = "", severity: float = NAN, how: str = "",
    value: float = NAN, now: float = NOON,
) -> Said:  # fmt: skip
    """Return one saying, so many days before noon."""
    return Said(Constraint(kind, area, side, severity, how, value), now - days_ago * DAY_S)


def decide(known: State, predictor: RacePredictor | None) -> Decision:
    """Return a decision with the cards that are shipped."""
    return today.decide(known, predictor, catalogue())


def later(runs: Sequence[RunFact], days: float) -> list[RunFact]:
    return [replace(r, start_unix_s=r.start_unix_s + days * DAY_S) for r in runs]
