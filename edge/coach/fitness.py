"""Race fitness from races and from training, and the pace usually run; all at sea level.

The rule of this file: a race says what a person can do; a best effort in training says only that they can do at
least that. So training is raised: by `TRAINING_SHORTFALL` at least (the best of six weeks lies 2.1 % in the median
and 6.8 % in the upper quartile below the best of half a year in open training histories, docs/coach.md), and by
half of what a low heart rate leaves room for, 12 % at most. The interval reaches from the effort itself to well above.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from edge.coach.beliefs import Belief, Fitness
from edge.coach.columns import Runs
from edge.coach.performance import oxygen_ml_kg_min, race_time_s, sustainable_fraction, vdot
from edge.coach.types import Race
from edge.samples import Column

TRAINING_SHORTFALL = 0.04
MOST_RAISED = 0.12
#: How far the interval reaches below and above its value, as shares. Somebody who never runs all out can be far better
#: than any run of theirs: the truth of simulated people without a race lies inside for 93 % of 55 (physiology it was
#: set by) and for 85 % of 60 (the other); with 10 % above, it did for 44 %.
RACE_SPREAD, TRAINING_SPREAD = (0.05, 0.04), (0.08, 0.35)
EFFORT_DAYS = 180
SHORTEST_EFFORT_M = 1500.0
#: No runner is worth less or more than this, in ml/kg/min.
WORTH = (10.0, 86.0)
#: Standard distances over which a whole run counts as an effort at its mean speed.
DISTANCES_M = (1609.344, 3000.0, 5000.0, 10000.0, 15000.0, 21097.5, 42195.0)
#: Race predictions start from these distances; any other is stated as the equal time over the nearest of them.
STATED_M = (5000.0, 10000.0, 21097.5, 42195.0)
#: An effort's worth fades by this share over `EFFORT_DAYS`; fitness fades by `FADE_A_DAY` from the 8th day without
#: a run, 15 % at most (Mujika and Padilla 2000: 4 to 14 % below 4 weeks off, 6 to 20 % beyond).
FADE = 0.07
FADE_A_DAY = 0.0025
#: Swain et al. (1994): % of maximal heart rate = 0.643 x % of maximal uptake + 36.8.
_SWAIN = (0.643, 0.368)


@dataclass(frozen=True, slots=True)
class Effort:
    """One distance in m in a time in s at sea level, its worth (ml/kg/min) today and as run, and its run."""

    distance_m: float
    time_s: float
    worth: float
    fitness: float
    raced: bool
    unix_s: float
    run_id: str


def fitness_of(
    runs: Runs, races: tuple[Race, ...], altitude_loss: Column, max_hr_bpm: float, now_unix_s: float, today: int
) -> Fitness:
    """Return race fitness with its doubt; `altitude_loss` (n,) is the share by which altitude slowed each run."""
    efforts = _efforts(runs, races, altitude_loss, now_unix_s, today)
    usual = _usual_pace(runs, altitude_loss, now_unix_s)
    if not efforts:
        return Fitness(None, False, (), usual)
    races_run = [e for e in efforts if e.raced]
    trained = _best_training([e for e in efforts if not e.raced])
    raised = 1.0 + _shortfall(runs, altitude_loss, max_hr_bpm, trained, now_unix_s)
    race = max(races_run, key=lambda e: e.worth, default=None)
    if race is not None and (trained is None or race.worth >= trained.worth):
        return Fitness(_belief(race, 1.0, today, runs), True, _bests(races_run, trained, 1.0), usual)
    assert trained is not None  # one of the two exists, and it is not the race
    return Fitness(_belief(trained, raised, today, runs), False, _bests(races_run, trained, raised), usual)


def _belief(effort: Effort, raised: float, today: int, runs: Runs) -> Belief:
    kept = 1.0 - min(0.15, FADE_A_DAY * max(0, today - int(runs.day[-1]) - 7)) if len(runs) else 1.0
    value = effort.worth * raised * kept
    below, above = RACE_SPREAD if effort.raced else TRAINING_SPREAD
    source = "a race" if effort.raced else "your best effort in training, raised to race effort"
    low, high = max(value * (1.0 - below), WORTH[0]), max(min(value * (1.0 + above), WORTH[1]), value)
    return Belief(value, low, high, source, effort.unix_s, (effort.run_id,))


def _bests(races: list[Effort], trained: Effort | None, raised: float) -> tuple[tuple[float, float], ...]:
    """Return race-equivalent times: the best of each raced distance, and the best training effort raised."""
    believed = [(e, 1.0) for e in races]
    if trained is not None and (not races or trained.worth > max(e.worth for e in races)):
        believed.append((trained, raised))
    best: dict[float, float] = {}
    for effort, share in believed:
        distance_m, time_s = _stated(effort, share)
        best[distance_m] = min(best.get(distance_m, math.inf), time_s)
    return tuple(sorted(best.items()))


def _stated(effort: Effort, raised: float) -> tuple[float, float]:
    """Return the nearest of `STATED_M` in m and the time in s over it that is worth as much as the effort."""
    nearest = min(STATED_M, key=lambda d: abs(math.log(d / effort.distance_m)))
    if raised == 1.0 and abs(nearest - effort.distance_m) <= 0.005 * nearest:
        return nearest, round(effort.time_s * nearest / effort.distance_m, 1)
    return nearest, round(race_time_s(effort.fitness * raised, nearest), 1)


def _efforts(runs: Runs, races: tuple[Race, ...], altitude_loss: Column, now_unix_s: float, today: int) -> list[Effort]:
    recent = np.flatnonzero(runs.start_unix_s > now_unix_s - EFFORT_DAYS * 86400.0)
    efforts = [e for i in recent.tolist() for e in _run_efforts(runs, i, float(altitude_loss[i]), now_unix_s)]
    for race in races:
        age = today - race.day
        if math.isfinite(race.time_s) and 0 <= age <= 2 * EFFORT_DAYS and race.distance_m >= SHORTEST_EFFORT_M:
            fitness = vdot(race.distance_m, race.time_s)
            worth = fitness * (1.0 - FADE * age / EFFORT_DAYS)
            unix_s = now_unix_s - age * 86400.0
            efforts.append(Effort(race.distance_m, race.time_s, worth, fitness, True, unix_s, race.name or "race"))
    return [e for e in efforts if WORTH[0] <= e.fitness <= WORTH[1]]


def _run_efforts(runs: Runs, index: int, loss: float, now_unix_s: float) -> list[Effort]:
    """Return the efforts of one run: its best over each distance, and each standard distance at its mean speed."""
    fact, age_days = runs.facts[index], (now_unix_s - float(runs.start_unix_s[index])) / 86400.0
    pairs = {d: fact.moving_s * d / fact.distance_m for d in DISTANCES_M if d <= fact.distance_m}
    for d, t in fact.best_efforts_s.items():
        if d >= SHORTEST_EFFORT_M and t > 0:
            pairs[d] = min(float(t), pairs.get(d, math.inf))
    fade, slower = 1.0 - FADE * age_days / EFFORT_DAYS, 1 + loss
    return [
        Effort(d, t / slower, (f := vdot(d, t / slower)) * fade, f, False, fact.start_unix_s, fact.run_id)
        for d, t in pairs.items()
    ]


def _best_training(efforts: list[Effort]) -> Effort | None:
    """Return the best effort; one that stands more than 8 % above the best of all other runs is not believed."""
    if not efforts:
        return None
    best = max(efforts, key=lambda e: e.worth)
    others = [e for e in efforts if e.run_id != best.run_id]
    second = max(others, key=lambda e: e.worth, default=best)
    many = len({e.run_id for e in efforts}) >= 8
    return second if many and best.worth > 1.08 * second.worth else best


def _shortfall(
    runs: Runs, altitude_loss: Column, max_hr_bpm: float, trained: Effort | None, now_unix_s: float
) -> float:
    """Return by which share training efforts are raised: more where heart rate says that they were easy."""
    use = (runs.start_unix_s > now_unix_s - 90 * 86400.0) & (runs.distance_m >= 3000.0)
    use &= np.isfinite(runs.avg_hr_bpm) & (runs.avg_hr_bpm > 0.5 * max_hr_bpm)
    if trained is None or use.sum() < 3:
        return TRAINING_SHORTFALL
    share = np.clip((runs.avg_hr_bpm[use] / max_hr_bpm - _SWAIN[1]) / _SWAIN[0], 0.3, 1.0)
    speed = runs.speed_m_s[use] * (1.0 + altitude_loss[use])
    possible = float(np.median([oxygen_ml_kg_min(v) for v in speed.tolist()] / share))
    raced = sustainable_fraction(trained.time_s)
    room = possible / max(trained.fitness * min(raced, 1.0) / raced, 1.0) - 1.0
    return float(min(max(0.5 * room, TRAINING_SHORTFALL), MOST_RAISED))


def _usual_pace(runs: Runs, altitude_loss: Column, now_unix_s: float) -> Belief | None:
    """Return the sea-level pace in s per km of the last 20 runs (of 90 days): median, 10th to 90th percentile."""
    recent = np.flatnonzero((runs.start_unix_s > now_unix_s - 90 * 86400.0) & (runs.distance_m >= 1000.0))[-20:]
    if not len(recent):
        return None
    paces = 1000.0 / runs.speed_m_s[recent] / (1.0 + altitude_loss[recent])
    low, middle, high = (float(np.percentile(paces, p)) for p in (10, 50, 90))
    source = f"your last {len(recent)} runs" if len(recent) > 1 else "your last run"
    ids = tuple(runs.facts[i].run_id for i in recent.tolist())
    return Belief(middle, low, high, source, float(runs.start_unix_s[recent[-1]]), ids)
