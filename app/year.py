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
from app.own import with_new
from edge.coach.beliefs import State
from edge.coach.corrections import with_own
from edge.coach.heart import line_bpm
from edge.coach.lessons import Learner
from edge.coach.own import NOTHING, Own
from edge.coach.performance import race_time_s
from edge.coach.said import Constraint, Said
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Decision, Place, Profile, Race, RacePredictor, RunFact
from edge.samples import Column, Estimate
from hardware_sim.lives import NEW_YEAR_2022, Fate, Life, People, World, draw, fate
from hardware_sim.lives.world import Air, Work

DAY_S = 86400.0
#: A person is decided for at seven and runs at noon; local time is UTC in the box.
MORNING_S, NOON_S = 7 * 3600.0, 12 * 3600.0
#: Before the coach comes the person lives alone for so many days, which the diary holds.
ALONE_DAYS = 42
#: They step on the scale so often; a week away from home; the pain of 10 with which an injury of the script begins.
WEIGHED_EVERY_DAYS, AWAY_DAYS, HURT = 14, 7, 4.0
_HOMES = (Place("Raleigh", 35.772, -78.639, 96.0, "US"), Place("Denver", 39.739, -104.985, 1609.0, "US"))
_AWAY = (Place("Gunnison", 38.546, -106.927, 2348.0, "US"), Place("Wilmington", 34.226, -77.945, 12.0, "US"))


@dataclass(frozen=True, slots=True)
class Script:
    """What fate is made to bring, in days of the year; -1 for never, below it before. The rest is left to chance."""

    race_on: int
    race_m: float
    hurt_on: int
    hurt_days: int
    away_on: int
    """A week at 2,348 m."""
    break_on: int
    break_days: int
    moves_on: int = -1
    """From this day on they live at 2,348 m."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is played: the kind of story, what they say of themselves, how to find them among the drawn, what befalls."""

    name: str
    title: str
    fits: Callable[[People], Column]
    """The drawn people's fitness for the part, (n,); the best is played."""
    experience: str
    script: Script


def _near(column: Column, wanted: float, width: float) -> Column:
    return -(((column - wanted) / width) ** 2)


def _ten_km(people: People, minutes: float) -> Column:
    """Return how near people's 10 km without training is to a time; what they train comes on top."""
    return _near(10000.0 / people.talent.untrained_10k_m_s / 60.0, minutes, 5.0)


def _beginner(people: People) -> Column:
    h, age = people.habits, people.body.age_y
    rhythm = _near(h.runs_per_week, 2.0, 0.5) + _near(h.usual_km, 4.0, 1.0)
    return rhythm + _near(age, 38.0, 8.0) + _ten_km(people, 72.0)


def _returner(people: People) -> Column:
    h, age = people.habits, people.body.age_y
    rhythm = _near(h.runs_per_week, 5.0, 0.6) + _near(h.usual_km, 11.0, 2.0)
    return rhythm + _near(age, 42.0, 8.0) + _ten_km(people, 58.0)


def _mover(people: People) -> Column:
    h, age, home = people.habits, people.body.age_y, people.home.altitude_m
    rhythm = _near(h.runs_per_week, 3.5, 0.6) + _near(h.usual_km, 8.0, 2.0)
    return rhythm + _near(age, 32.0, 8.0) + _near(home, 80.0, 80.0) + _ten_km(people, 62.0)


CASTS = {
    "beginner": Cast(
        "beginner", "A beginner's first year", _beginner, "beginner", Script(300, 10000.0, 105, 12, 180, 225, 20)
    ),
    "returner": Cast(
        "returner", "A marathoner comes back from injury", _returner, "experienced",
        Script(270, 21097.5, -ALONE_DAYS, ALONE_DAYS + 24, 120, 310, 18),
    ),
    "mover": Cast(
        "mover", "From sea level to 2,348 m", _mover, "regular", Script(320, 21097.5, 60, 10, -1, 225, 16, 150)
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the story: the decision, what the state believed, what was done and said, what was true."""

    day: int
    decision: Decision
    believed_10k_s: Estimate
    """With its interval; NaN where nothing is believed yet."""
    believed_easy_bpm: Estimate
    """At three quarters of the true 10 km speed; the interval is that of a single run, 90 %."""
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
    on_break: bool
    weight_kg: float


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
    own: Own = NOTHING
    """What was new to the person when."""


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
    start, script = NEW_YEAR_2022, cast.script
    life = Life(people, world, _scripted(fate(people, start, ALONE_DAYS + days), script), start)
    first_day = start + ALONE_DAYS
    race = Race(first_day + script.race_on, script.race_m, math.nan, "the town race")
    diary = _Diary(_profile(people, cast), (race,) if script.race_on < days else (), [], [])
    for _ in range(ALONE_DAYS):
        _befall(life, script)
        _live(life, diary, None)
    story = []
    for number_of_day in range(days):
        _befall(life, script)
        story.append(_coached(life, diary, learner, predictor))
        say(number_of_day + 1, days)
    return Year(cast, seed, number, diary.profile, diary.races, first_day, tuple(story))


def _found(seed: int, cast: Cast) -> tuple[People, int]:
    drawn = draw(seed, 400)
    fits = cast.fits(drawn) - 4.0 * (drawn.heart.beta_blocker > 0.0) - 4.0 * (drawn.life.pregnancy_per_y > 0.2)
    fits -= 1.0 * np.isnan(drawn.body.weight_goal_kg)  # a weight that changes has a story to tell
    best = int(np.argmax(fits))
    return drawn.take(np.array([best])), best


def _scripted(given: Fate, script: Script) -> Fate:
    """Return the fate with what the part asks for written into it."""
    day = np.arange(len(given.altitude_m))[:, None] - ALONE_DAYS
    moved = (day >= script.moves_on) & (script.moves_on >= 0)
    away = (day >= script.away_on) & (day < script.away_on + AWAY_DAYS) & (script.away_on >= 0)
    pause = (day >= script.break_on) & (day < script.break_on + script.break_days) & (script.break_on >= 0)
    high, since = moved | away, np.where(moved, day - script.moves_on, day - script.away_on).astype(np.float64)
    return dataclasses.replace(
        given,
        altitude_m=np.where(high, _AWAY[0].altitude_m, given.altitude_m),
        days_there=np.where(high, np.minimum(since, 1000.0), given.days_there),
        away=(given.away & ~moved) | away,
        on_break=given.on_break | pause,
    )


def _befall(life: Life, script: Script) -> None:
    """Let the injury of the script begin on its day."""
    if life.row - ALONE_DAYS == script.hurt_on:
        life.injured_d, life.pain = np.full(1, float(script.hurt_days)), np.full(1, HURT)


def _race(life: Life, distance_m: float) -> None:
    """Let the person race today, over 10 km or a half marathon, rather than do as they are told."""
    habit, row = life.habit, life.row
    level = 0.3 if distance_m < 15000.0 else 1.3
    habit.uniform["go"][row], habit.uniform["race"][row], habit.uniform["obey"][row] = 0.0, 0.0, 1.0
    habit.normal["top"][row] = (level - np.log(habit.people.habits.usual_km / 6.0)) / 0.9


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
    diary.races = tuple(_with_result(race, diary.facts, day) for race in diary.races)
    if at % WEIGHED_EVERY_DAYS == 0:
        weight_kg = float(round(float(lived.weight_kg[0, at]), 1))
        diary.said.append(Said(Constraint("weight_goal", situation="now", value=weight_kg), noon_s + 6 * 3600.0))


def _with_result(race: Race, facts: list[RunFact], day: int) -> Race:
    """Return a race of today with the result that the person enters, if they ran it; else as it is."""
    run = facts[-1] if facts and facts[-1].start_unix_s // DAY_S == day else None
    if race.day != day or run is None or run.distance_m < 0.95 * race.distance_m:
        return race
    return dataclasses.replace(race, time_s=round(run.moving_s * race.distance_m / run.distance_m))


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
    state = with_own(state, diary.own)
    decision = decide(state, predictor)
    diary.own = with_new(diary.own, decision, state.today, now_s)
    said = len(diary.said)
    if decision.session is not None and decision.session.kind == "race":
        _race(life, decision.session.distance_m)
    _live(life, diary, None if decision.session is None else decision.session.distance_m)
    _answer(life, diary, state, day)
    lived = life.days()
    truth, speed = lived.truth, float(lived.truth.speed_10k_m_s[0, row])
    return Day(
        day,
        decision,
        _ten_km_s(state),
        _easy_bpm(state, 0.75 * speed),
        10000.0 / speed,
        _true_easy_bpm(life, row, 0.75 * speed),
        state.where.acclimatised_m.value if state.where.acclimatised_m else math.nan,
        float(np.nan_to_num(lived.distance_m[0, row])),
        bool(lived.followed[0, row]),
        tuple(one.constraint for one in diary.said[said:]),
        float(truth.pain[0, row]),
        bool(truth.injured[0, row]),
        altitude_m,
        away,
        bool(lived.ill[0, row]),
        bool(lived.on_break[0, row]),
        float(lived.weight_kg[0, row]),
    )


def _true_easy_bpm(life: Life, row: int, speed_m_s: float) -> float:
    """Return the heart rate in bpm that half an hour at a speed on the flat costs in cool low air, as it wanders."""
    none, half_h = np.zeros(1), np.full(1, 1800.0)
    work = Work(half_h, speed_m_s * half_h, none, none, none, none + 1.0)
    bpm = life.body.heart_rate_bpm(work, Air(none + 12.0, none + 50.0, none, none + 1000.0))
    return float(bpm[0] + life.people.heart.wander_bpm[0] * life.fate.pulse[row, 0])


def _ten_km_s(state: State) -> Estimate:
    """Return the 10 km time in s that is believed, with its interval; NaN where none is."""
    vdot = state.fitness.vdot
    if vdot is None:
        return Estimate(math.nan, math.nan, math.nan, "nothing yet")
    low_s, value_s, high_s = (race_time_s(worth, 10000.0) for worth in (vdot.high, vdot.value, vdot.low))
    return Estimate(value_s, low_s, high_s, vdot.source)


def _easy_bpm(state: State, speed_m_s: float) -> Estimate:
    value, doubt = (
        line_bpm(state.heart, speed_m_s),
        1.645 * math.hypot(state.heart.sd_at_2_8_bpm, state.heart.residual_sd_bpm),
    )
    return Estimate(value, value - doubt, value + doubt, state.heart.source)


__all__ = ["CASTS", "Cast", "Day", "Script", "State", "Year", "play"]
