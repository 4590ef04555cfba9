"""The state of one person from their diary: everything a decision rests on, in one value.

The rule of this file: it only joins what history, fitness, heart and where compute; the same diary and the same
moment give the same state, bit for bit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from edge.coach import columns, where
from edge.coach.acclimatisation import pace_loss
from edge.coach.beliefs import Belief, Fitness, Habits, History, State, Weather, Whereabouts
from edge.coach.fitness import fitness_of
from edge.coach.habits import habits_of
from edge.coach.heart import heart_line, max_heart_rate
from edge.coach.history import history_of
from edge.coach.injury import injuries_of
from edge.coach.lessons import Circumstances, Learner, Lessons, Taught, circumstances_of, lessons_of
from edge.coach.responses import responses_of
from edge.coach.said import Said
from edge.coach.types import Place, Places, Profile, Race, RunFact, Wished
from edge.coach.weather import weather_of
from edge.samples import Column

__all__ = ["Ran", "State", "lessons_until", "ran", "state_from", "state_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Ran:
    """What the runs alone tell at a moment: columns, where they were, and what follows from both."""

    counted: columns.Runs
    today: int
    offset_s: float
    done: tuple[Race, ...]
    max_hr_bpm: Belief
    located: Whereabouts
    loss: Column
    ground: where.Ground
    history: History
    fitness: Fitness
    habits: Habits


def ran(
    runs: Sequence[RunFact],
    profile: Profile,
    races: Sequence[Race],
    places: Places,
    here: Place | None,
    now_unix_s: float,
    utc_offset_s: float = math.nan,
    here_since_unix_s: float = math.nan,
) -> Ran:
    """Return what the runs tell; see `state_from`."""
    offset = utc_offset_s if math.isfinite(utc_offset_s) else columns.local_offset(runs)
    counted = columns.runs_until(runs, now_unix_s, offset)
    today = int((now_unix_s + offset) // 86400)
    done = tuple(race for race in _entered(races) if race.day <= today)
    max_hr = max_heart_rate(counted, profile, now_unix_s)
    located, used_to_m = where.whereabouts(counted, places, here, now_unix_s, here_since_unix_s)
    loss = _losses(counted, ground := where.ground_of(counted, places), used_to_m)
    history = history_of(counted, today, done, max_hr.value, now_unix_s)
    fitness = fitness_of(counted, done, loss, max_hr.value, now_unix_s, today)
    habits = habits_of(counted, today)
    return Ran(counted, today, offset, done, max_hr, located, loss, ground, history, fitness, habits)


def state_from(
    runs: Sequence[RunFact],
    profile: Profile,
    races: Sequence[Race],
    places: Places,
    here: Place | None,
    now_unix_s: float,
    utc_offset_s: float = math.nan,
    learner: Learner | None = None,
    said: Sequence[Said] = (),
    wished: Sequence[Wished] = (),
    measured: Weather | None = None,
    here_since_unix_s: float = math.nan,
) -> State:
    """Return what is believed of a person at `now_unix_s` (Unix s); runs that start later are not looked at.

    `here` is where they say they are, None to infer it; `utc_offset_s` is their clock's offset, NaN for the latest
    run's. Without a `learner` the heart-rate line is by rule, and nothing is forecast. `measured` is the sensor's air,
    `here_since_unix_s` since when they are `here`.
    """
    told = ran(runs, profile, races, places, here, now_unix_s, utc_offset_s, here_since_unix_s)
    speed_m_s = told.counted.speed_m_s * (1.0 + told.loss)
    taught = Taught(heart_line(told.counted, speed_m_s, now_unix_s), None, "rules")
    if learner is not None:
        lessons = lessons_of(told.counted, told.loss, told.ground)
        taught = learner.taught(lessons, circumstances_of(profile, told.located), told.today, now_unix_s)
    state = state_of(told, profile, races, now_unix_s, taught, said, wished, measured)
    follows = responses_of(told.counted, speed_m_s, told.done, state.said)
    return replace(state, responses=follows)


def state_of(
    told: Ran,
    profile: Profile,
    races: Sequence[Race],
    now_unix_s: float,
    taught: Taught,
    said: Sequence[Said] = (),
    wished: Sequence[Wished] = (),
    measured: Weather | None = None,
) -> State:
    """Return the state of what the runs tell and what was learned and said; `responses`, on which no session rests,
    stay empty.
    """
    heard, starts = _heard(said, now_unix_s), told.counted.start_unix_s
    return State(
        now_unix_s,
        told.offset_s,
        profile,
        _entered(races),
        told.history,
        told.fitness,
        taught.heart,
        told.max_hr_bpm,
        told.located,
        taught.forecast,
        heard,
        tuple(wished),
        taught.source,
        injuries_of(heard, starts, now_unix_s, told.offset_s, profile.injuries),
        weather_of(heard, told.located, now_unix_s, told.offset_s, measured),
        told.habits,
        own_targets=taught.targets,
    )


def _entered(races: Sequence[Race]) -> tuple[Race, ...]:
    return tuple(sorted(races, key=lambda race: (race.day, race.distance_m)))


def _heard(said: Sequence[Said], now_unix_s: float) -> tuple[Said, ...]:
    return tuple(sorted((o for o in said if o.said_unix_s <= now_unix_s), key=lambda o: o.said_unix_s))


def lessons_until(
    runs: Sequence[RunFact], profile: Profile, places: Places, now_unix_s: float
) -> tuple[Lessons, Circumstances]:
    """Return what the runs up to a moment can teach a `Learner`, and what else it may know of the person."""
    counted = columns.runs_until(runs, now_unix_s, columns.local_offset(runs))
    located, used_to_m = where.whereabouts(counted, places, None, now_unix_s)
    ground = where.ground_of(counted, places)
    return lessons_of(counted, _losses(counted, ground, used_to_m), ground), circumstances_of(profile, located)


def _losses(runs: columns.Runs, ground: where.Ground, used_to_m: Column) -> Column:
    """Return (n,) the share by which altitude slowed each run, 0 where no position is known."""
    loss = np.zeros(len(runs))
    high = ground.altitude_m > 300.0
    for row, altitude_m in zip(ground.index[high].tolist(), ground.altitude_m[high].tolist(), strict=True):
        loss[row] = pace_loss(altitude_m, float(used_to_m[row]))
    return loss
