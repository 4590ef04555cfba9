"""A cast of people who are met on one calendar day: what each said, and what each ran; made up, nobody real.

The rule of this file: values alone, by formula; who they are enters only by profile, sayings and runs, as from anybody.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from edge.coach.beliefs import State
from edge.coach.said import Constraint, Said
from edge.coach.state import state_from
from edge.coach.types import Place, Profile, RunFact
from edge.samples import Estimate
from models.learner import PersonLearner

DAY_S = 86400.0
#: Wednesday 2025-11-19 at 07:00 UTC.
MORNING_UNIX_S = 20411 * DAY_S + 7 * 3600.0
HOME = Place("Raleigh", 35.772, -78.639, 96.0, "US")
HIGH = Place("Leadville", 39.251, -106.293, 3097.0, "US")
NAN = math.nan
USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Weeks:
    """Regular weeks: runs a week, usual km, long km, pace in s per km, heart rate in bpm, days since the last run."""

    a_week: float
    usual_km: float
    long_km: float
    pace_s_per_km: float
    hr_bpm: float = NAN
    weeks: int = 10
    since_days: float = 2.0


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of the cast: a name for the table, profile, weeks run, sayings, and where they are."""

    name: str
    profile: Profile
    weeks: Weeks | None
    said: tuple[tuple[Constraint, float], ...] = ()
    """What was said, and how many days ago."""
    here: Place | None = None


class _Towns:
    def known_as(self, latitude_deg: float, longitude_deg: float) -> Place:
        """Return the nearer of the two towns."""
        return min((HOME, HIGH), key=lambda town: abs(town.longitude_deg - longitude_deg))

    def altitude(self, latitude_deg: float, longitude_deg: float) -> Estimate:
        """Return the altitude in m of the nearer town."""
        altitude_m = self.known_as(latitude_deg, longitude_deg).altitude_m
        return Estimate(altitude_m, altitude_m - 50.0, altitude_m + 50.0, "two towns")


def state_of(one: Somebody) -> State:
    """Return what the coach believes of somebody that morning."""
    said = tuple(Said(what, MORNING_UNIX_S - ago * DAY_S, number) for number, (what, ago) in enumerate(one.said, 1))
    runs = _runs(one.weeks) if one.weeks is not None else []
    return state_from(runs, one.profile, (), _Towns(), one.here, MORNING_UNIX_S, 0.0, PersonLearner(), said)


def _runs(weeks: Weeks) -> list[RunFact]:
    step = 7.0 / weeks.a_week
    count = round(weeks.weeks * weeks.a_week)
    return [_run(weeks, weeks.since_days + k * step, k) for k in range(count)]


def _run(weeks: Weeks, ago_days: float, number: int) -> RunFact:
    is_long = number % max(round(weeks.a_week), 2) == 1
    metres = 1000.0 * (weeks.long_km if is_long else weeks.usual_km)
    seconds = metres / 1000.0 * (weeks.pace_s_per_km + 4.0 * (number % 3 - 1))
    beats = weeks.hr_bpm + number % 3 - 1.0
    start_s = MORNING_UNIX_S - ago_days * DAY_S
    return RunFact(
        f"r{number}", start_s, 0.0, "running", "", metres, seconds, seconds, beats, beats + 12.0, NAN,
        HOME.latitude_deg, HOME.longitude_deg, NAN, {}, seconds / 60.0, True,
    )  # fmt: skip


_REGULAR = Weeks(3.5, 7.0, 11.0, 360.0, 146.0)


def _someone(weight_kg: float = NAN, height_m: float = NAN) -> Profile:
    return Profile(38.0, "f", weight_kg, "regular", height_m=height_m)


CAST: tuple[Somebody, ...] = (
    Somebody("never ran", Profile(38.0, "f", experience="none"), None),
    Somebody("beginner", Profile(38.0, "f", experience="beginner"), Weeks(2.0, 3.0, 4.0, 455.0, 158.0, 6, 3.6)),
    Somebody(USUAL, _someone(), _REGULAR),
    Somebody(
        "experienced marathoner", Profile(38.0, "f", experience="experienced"), Weeks(6.0, 11.0, 26.0, 300.0, 142.0)
    ),
    Somebody(
        "wants to lose weight",
        _someone(weight_kg=88.0, height_m=1.70),
        _REGULAR,
        ((Constraint("weight_goal", situation="lose", value=6.0), 1.0),),
    ),
    Somebody(
        "wants to gain weight and strength",
        _someone(weight_kg=58.0, height_m=1.70),
        _REGULAR,
        ((Constraint("weight_goal", situation="gain", value=4.0), 1.0),),
    ),
    Somebody("underweight", _someone(weight_kg=48.0, height_m=1.70), _REGULAR),
    Somebody("signs of too little energy", _someone(), _REGULAR, ((Constraint("red_s", situation="no_period"), 3.0),)),
    Somebody(
        "returning after a knee",
        _someone(),
        Weeks(3.5, 7.0, 11.0, 360.0, 146.0, 10, 6.0),
        ((Constraint("pain", "knee", "left", 4.0), 9.0), (Constraint("pain_resolved", "knee", "left"), 2.0)),
    ),
    Somebody(
        "8 weeks after birth", _someone(), None, ((Constraint("pregnancy", situation="postpartum", value=8.0), 0.1),)
    ),
    Somebody(
        "20 weeks after birth",
        _someone(),
        Weeks(2.0, 3.0, 3.5, 400.0, 150.0, 4, 3.6),
        ((Constraint("pregnancy", situation="postpartum", value=20.0), 0.1),),
    ),
    Somebody(
        "pregnant, week 20", _someone(), _REGULAR, ((Constraint("pregnancy", situation="pregnant", value=20.0), 0.1),)
    ),
    Somebody("after a night shift", _someone(), _REGULAR, ((Constraint("shift_work", situation="night"), 0.02),)),
    Somebody(
        "before a night shift", _someone(), _REGULAR, ((Constraint("shift_work", situation="night before"), 0.02),)
    ),
    Somebody(
        "takes beta-blockers",
        Profile(38.0, "f", experience="regular", beta_blockers=True),
        Weeks(3.5, 7.0, 11.0, 360.0, 121.0),
    ),
    Somebody("70 years old", Profile(70.0, "m", experience="regular"), Weeks(3.0, 6.0, 9.0, 420.0, 132.0)),
    Somebody("moved to altitude", _someone(), _REGULAR, (), HIGH),
)
