"""A simulated year of one person who is coached every morning: what was planned, done, believed, and what was true.

The rule of this file: the coach sees what a diary would hold and nothing else; the truth beside it is for the reader.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app import places
from app.lives_said import said_on
from edge.coach.beliefs import State
from edge.coach.heart import line_bpm
from edge.coach.lessons import Learner
from edge.coach.performance import race_time_s
from edge.coach.said import Constraint, Said
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Decision, Place, Profile, Race, RacePredictor, RunFact
from hardware_sim.lives import NEW_YEAR_2022, Fate, Life, People, World, draw, fate

DAY_S = 86400.0
#: A person is decided for at seven and runs at noon; local time is UTC in the box.
MORNING_S, NOON_S = 7 * 3600.0, 12 * 3600.0
#: Before the coach comes the person lives alone for so many days, which the diary holds.
ALONE_DAYS = 42
_HOMES = (Place("Raleigh", 35.772, -78.639, 96.0, "US"), Place("Denver", 39.739, -104.985, 1609.0, "US"))
_AWAY = (Place("Gunnison", 38.546, -106.927, 2348.0, "US"), Place("Wilmington", 34.226, -77.945, 12.0, "US"))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is played: the kind of story, what they say of themselves, and how to find them among the drawn."""

    name: str
    title: str
    fits: Callable[[People], np.ndarray[tuple[int], np.dtype[np.float64]]]
    """The drawn people's fitness for the part, (n,); the best is played."""
    experience: str
    race_day: int
    """Days into the year; the race is a half marathon, or a 10 km for a beginner."""
    race_m: float
    hurt_until: int = 0
    """The person begins the year injured, for so many days."""
    moves_on: int = -1
    """On this day they move up to 2,348 m for good."""


def _near(column: np.ndarray[tuple[int], np.dtype[np.float64]], wanted: float, width: float):  # type: ignore[no-untyped-def]
    return -(((column - wanted) / width) ** 2)


def _beginner(people: People):  # type: ignore[no-untyped-def]
    h, age = people.habits, people.body.age_y
    return (
        _near(h.runs_per_week, 2.0, 0.5)
        + _near(h.usual_km, 4.0, 1.0)
        + _near(age, 38.0, 8.0)
        + people.life.trips_per_y / 9
    )


def _returner(people: People):  # type: ignore[no-untyped-def]
    h, age = people.habits, people.body.age_y
    return _near(h.runs_per_week, 5.0, 0.6) + _near(h.usual_km, 11.0, 2.0) + _near(age, 42.0, 8.0)


def _mover(people: People):  # type: ignore[no-untyped-def]
    h, age, home = people.habits, people.body.age_y, people.home.altitude_m
    return (
        _near(h.runs_per_week, 3.5, 0.6) + _near(h.usual_km, 8.0, 2.0) + _near(age, 32.0, 8.0) + _near(home, 80.0, 80.0)
    )


CASTS = {
    "beginner": Cast("beginner", "A beginner's first year", _beginner, "beginner", 300, 10000.0),
    "returner": Cast("returner", "A marathoner comes back from injury", _returner, "experienced", 270, 21097.5, 24),
    "mover": Cast("mover", "From sea level to 2,348 m", _mover, "regular", 320, 21097.5, 0, 150),
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the story: the decision, what the state believed, what was done and said, what was true."""

    day: int
    decision: Decision
    believed_10k_s: float
    believed_easy_bpm: float
    true_10k_s: float
    true_easy_bpm: float
    used_to_m: float
    done_m: float
    followed: bool
    said: tuple[Constraint, ...]
    pain: float
    injured: bool
    altitude_m: float
    away: bool
    ill: bool


@dataclass(frozen=True, slots=True)
class Year:
    """The whole story, its person and the day of the race."""

    cast: Cast
    seed: int
    number: int
    profile: Profile
    races: tuple[Race, ...]
    first_day: int
    days: tuple[Day, ...]


@dataclass(slots=True)
class _Diary:
    """What the coach may see, as it grows."""

    profile: Profile
    races: tuple[Race, ...]
    facts: list[RunFact]
    said: list[Said]


def play(
    seed: int,
    cast: Cast,
    world: World,
    days: int,
    learner: Learner,
    predictor: RacePredictor | None,
    say: Callable[[int, int], None] = lambda done, whole: None,
) -> Year:
    """Return a year (or fewer days) of the person of a seed who fits the part, in a world, coached every morning."""
    people, number = _found(seed, cast)
    start = NEW_YEAR_2022
    life = Life(people, world, _scripted(fate(people, start, ALONE_DAYS + days), cast), start)
    if cast.hurt_until:
        life.injured_d, life.pain = np.full(1, float(ALONE_DAYS + cast.hurt_until)), np.full(1, 4.0)
    first_day = start + ALONE_DAYS
    race = Race(first_day + cast.race_day, cast.race_m, math.nan, "the town race")
    diary = _Diary(_profile(people, cast), (race,) if cast.race_day < days else (), [], [])
    for _ in range(ALONE_DAYS):
        _live(life, diary, None)
    story = []
    for number_of_day in range(days):
        story.append(_coached(life, diary, learner, predictor))
        say(number_of_day + 1, days)
    return Year(cast, seed, number, diary.profile, diary.races, first_day, tuple(story))


def _found(seed: int, cast: Cast) -> tuple[People, int]:
    drawn = draw(seed, 400)
    fits = cast.fits(drawn) - 4.0 * (drawn.heart.beta_blocker > 0.0) - 4.0 * (drawn.life.pregnancy_per_y > 0.2)
    best = int(np.argmax(fits))
    return drawn.take(np.array([best])), best


def _scripted(given: Fate, cast: Cast) -> Fate:
    """Return the fate with the move of the part written into it."""
    if cast.moves_on < 0:
        return given
    day = np.arange(len(given.altitude_m))[:, None]
    there = day - (ALONE_DAYS + cast.moves_on)
    moved = there >= 0
    return dataclasses.replace(
        given,
        altitude_m=np.where(moved, _AWAY[0].altitude_m, given.altitude_m),
        days_there=np.where(moved, np.minimum(there, 1000.0), given.days_there),
        away=given.away & ~moved,
    )


def _profile(people: People, cast: Cast) -> Profile:
    body, heart = people.body, people.heart
    return Profile(
        age=float(round(float(body.age_y[0]))),
        sex="f" if body.female[0] else "m",
        weight_kg=float(round(float(body.weight_kg[0]))),
        experience=cast.experience,
        rest_hr_bpm=float(round(float(heart.rest_bpm[0]))),
    )


def _place(altitude_m: float, away: bool) -> Place:
    """Return where the person is: home unless away; a place of about that height."""
    known = (*_AWAY, *_HOMES) if away else (*_HOMES, _AWAY[0])
    near = min(known, key=lambda one: abs(one.altitude_m - altitude_m))
    return dataclasses.replace(near, altitude_m=altitude_m)


def _live(life: Life, diary: _Diary, wished_m: float | None) -> None:
    """Live one day and write into the diary what it would hold in the evening."""
    life.live(None if wished_m is None else np.array([wished_m]))
    lived, at = life.days(), life.row - 1
    day = life.start_day + at
    noon_s = day * DAY_S + NOON_S
    if lived.ran[0, at]:
        place = _place(float(lived.altitude_m[0, at]), bool(lived.away[0, at]))
        diary.facts.append(_fact(lived, at, noon_s, place))
    told = said_on(lived, 0, at, int(life.people.number[0]))
    diary.said += [Said(one, noon_s + 6 * 3600.0) for _, one in told]


def _fact(lived, at: int, noon_s: float, place: Place) -> RunFact:  # type: ignore[no-untyped-def]
    column = {
        name: float(getattr(lived, name)[0, at])
        for name in ("distance_m", "duration_s", "hr_bpm", "max_hr_bpm", "ascent_m")
    }
    height = float(lived.altitude_m[0, at])
    return RunFact(
        f"sim-{noon_s / DAY_S:.0f}",
        noon_s,
        0.0,
        "running",
        "",
        column["distance_m"],
        column["duration_s"],
        column["duration_s"],
        column["hr_bpm"],
        column["max_hr_bpm"],
        column["ascent_m"],
        place.latitude_deg,
        place.longitude_deg,
        height,
        {},
        column["duration_s"] / 60.0,
        True,
        height,
        height,
    )


def _answer(life: Life, diary: _Diary, state: State, day: int) -> None:
    """Let the person answer in the evening what the coach asked about a pain in the morning, unless they told it."""
    evening_s = day * DAY_S + NOON_S + 6 * 3600.0
    told = {one.constraint.area for one in diary.said if one.said_unix_s == evening_s}
    felt = round(float(life.pain[0]))
    for injury in state.injuries:
        if injury.question and injury.area not in told:
            diary.said.append(Said(Constraint("pain", injury.area, injury.side, float(felt)), evening_s))


def _coached(life: Life, diary: _Diary, learner: Learner, predictor: RacePredictor | None) -> Day:
    """Decide in the morning, live the day as the person chooses to, and return both beside the truth."""
    row, day = life.row, life.start_day + life.row
    morning = life.morning()
    altitude_m, away = float(morning.altitude_m[0]), bool(morning.away[0])
    now_s = day * DAY_S + MORNING_S
    here = _place(altitude_m, away)
    state = state_from(
        diary.facts, diary.profile, diary.races, places.load(), here, now_s, 0.0, learner, tuple(diary.said)
    )
    decision = decide(state, predictor)
    said = len(diary.said)
    _live(life, diary, None if decision.session is None else decision.session.distance_m)
    _answer(life, diary, state, day)
    lived = life.days()
    truth, speed = lived.truth, float(lived.truth.speed_10k_m_s[0, row])
    vdot = state.fitness.vdot
    return Day(
        day,
        decision,
        math.nan if vdot is None else race_time_s(vdot.value, 10000.0),
        line_bpm(state.heart, 0.75 * speed),
        10000.0 / speed,
        float(truth.easy_hr_bpm[0, row]),
        state.where.acclimatised_m.value if state.where.acclimatised_m else math.nan,
        float(np.nan_to_num(lived.distance_m[0, row])),
        bool(lived.followed[0, row]),
        tuple(one.constraint for one in diary.said[said:]),
        float(truth.pain[0, row]),
        bool(truth.injured[0, row]),
        altitude_m,
        away,
        bool(lived.ill[0, row]),
    )


__all__ = ["CASTS", "Cast", "Day", "State", "Year", "play"]
