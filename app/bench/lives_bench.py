"""Simulated lives beside real histories: five distributions, their distances, and how fast lives are lived.

The rule of this file: every person counts the same, in the real pool and in the simulated one; population figures of
the simulator were calibrated on these open athletes, so this is a fit, not a proof; athletes kept apart prove it.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.bench.figures import Bars, Control, Figure, Line, Plot, Say, Section
from app.bench.lives_histories import (
    CLEANING,
    FEWEST_RUNS,
    SAMPLES,
    UNITS,
    WITHIN,
    History,
    Pool,
    cumulated,
    distance,
    pool,
    real_histories,
    structure,
)
from edge.samples import Column
from hardware_sim.lives import Days, People, draw, live
from hardware_sim.lives.people import Habits, Heart, Home, Talent
from hardware_sim.lives.second import SECOND
from hardware_sim.lives.world import World

GOAL = 0.15
SEED, PEOPLE, DAYS = 20_260, 600, 2000
QUICK_PEOPLE = 120
_FASTEST = 1000.0
_HALVES = 100
_HABITS = (
    "spread",
    "favourite",
    "long_ratio",
    "effort_spread",
    "course",
    "walk_share",
    "hard_share",
    "streak",
    "swing",
)


def simulated_histories(days: Days) -> list[History]:
    """Return the histories of all who ran often enough to have one."""
    rows = [(row, np.flatnonzero(ran)) for row, ran in enumerate(days.ran)]
    return [_history(days, row, runs) for row, runs in rows if len(runs) >= FEWEST_RUNS]


def _history(days: Days, row: int, runs: NDArray[np.int64]) -> History:
    km = days.distance_m[row, runs] / 1000.0
    pace = days.duration_s[row, runs] / 60.0 / km
    return History(f"simulated {row}", runs.astype(float), km, pace, days.hr_bpm[row, runs])


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return the distances of simulated and real distributions, their floor, controls, and the speed of living."""
    real = real_histories(recordings)
    people = draw(SEED, QUICK_PEOPLE if quick else PEOPLE)
    say(f"living {len(people)} people for {DAYS} days")
    begun_s = time.process_time()
    days = live(people, DAYS)
    per_s = len(people) * DAYS / (time.process_time() - begun_s)
    lives = simulated_histories(days)
    say("distances and their floor")
    real_pools = {name: pool(real, name) for name in SAMPLES}
    sim_pools = {name: pool(lives, name) for name in SAMPLES}
    found = [_figure(name, real, real_pools[name], sim_pools[name]) for name in SAMPLES]
    return Section(
        name="lives",
        data=f"{len(real)} open athletes with {sum(len(one.day) for one in real):,} running days beside "
        f"{len(lives)} of {len(people)} simulated people with at least {FEWEST_RUNS} runs in {DAYS} days; "
        "every person weighs the same; simulated is called simulated",
        figures=(
            *found,
            *_facts(lives, real, sim_pools),
            _injuries(days),
            Figure("days lived by one core", per_s, "athlete-days/s", at_least=_FASTEST, note="processor time"),
            Figure("days lived by one core, one person at a time", _alone(quick), "athlete-days/s"),
        ),
        controls=(*_controls(quick, real_pools, sim_pools),),
        pictures=(*_pictures(real_pools, sim_pools), _floor_bars(found, real)),
        notes=(CLEANING, *_notes(quick, real_pools, say)),
    )


def _figure(name: str, real: list[History], real_pool: Pool, sim_pool: Pool) -> Figure:
    return Figure(
        f"Kolmogorov-Smirnov distance of {name}", distance(real_pool, sim_pool), at_most=GOAL,
        peer="halves of the real athletes", peer_value=halves(real, name),
        note="the peer is the median distance between two random halves of the real athletes: what another sample of "
        "as few people from the same source differs by",
    )  # fmt: skip


def halves(real: list[History], name: str) -> float:
    """Return the median distance between random halves of the athletes."""
    rng = np.random.default_rng(5)
    known = [one for one in real if len(one.sample(name)) > 0]
    found = []
    for _ in range(_HALVES):
        order = rng.permutation(len(known))
        one, other = ([known[k] for k in part] for part in np.array_split(order, 2))
        found.append(distance(pool(one, name), pool(other, name)))
    return float(np.median(found))


def beside_halves(real: list[History], name: str, lives: Pool) -> float:
    """Return the median distance of simulated people to random halves of the athletes: what another sample may show."""
    rng = np.random.default_rng(5)
    known = [one for one in real if len(one.sample(name)) > 0]
    some = [rng.permutation(len(known))[: len(known) // 2] for _ in range(_HALVES)]
    return float(np.median([distance(lives, pool([known[k] for k in rows], name)) for rows in some]))


def left_out(real: list[History], name: str) -> Column:
    """Return the distance of each athlete to the pool of the others."""
    known = [one for one in real if len(one.sample(name)) > 0]
    return np.array([
        distance(pool([one], name), pool([other for other in known if other is not one], name)) for one in known
    ])  # fmt: skip


def typical(lives: list[History], name: str, count: int = 100) -> Column:
    """Return the distance of each of some simulated people to the pool of all of them."""
    whole = pool(lives, name)
    return np.array([distance(pool([one], name), whole) for one in lives[:count]])


def _facts(lives: list[History], real: list[History], sim: dict[str, Pool]) -> list[Figure]:
    halved = [
        Figure(f"beside half of the real athletes: {name}", beside_halves(real, name, sim[name]), "",
               peer="the other half", peer_value=halves(real, name),
               note="median over random halves; the simulator knew all of the athletes, so this is no proof on others")
        for name in SAMPLES
    ]  # fmt: skip
    alone = [
        Figure(f"one person beside the others: {name}", float(np.median(typical(lives, name))), "", peer="real",
               peer_value=float(np.median(left_out(real, name))),
               note="median distance of one person to the pool; real: leave one athlete out")
        for name in SAMPLES
    ]  # fmt: skip
    within = [
        Figure(f"within a person: {label}", structure(lives, label), "", peer="real", peer_value=structure(real, label),
               note="median over people; a fact about the order of a person's days, which no distance sees")
        for label in WITHIN
    ]  # fmt: skip
    return [*halved, *alone, *within]


def _injuries(days: Days) -> Figure:
    per_h = float(np.sum(days.truth.injury_chance)) / (float(np.nansum(days.duration_s)) / 3600.0)
    return Figure("injuries per 1,000 h, simulated", 1000.0 * per_h, "", peer="Videbaek 2015", peer_value=7.7)


def _alone(quick: bool) -> float:
    count, days = (2, 365) if quick else (10, 365)
    begun_s = time.process_time()
    for first in range(count):
        live(draw(SEED, 1, first), days)
    return count * days / (time.process_time() - begun_s)


def all_alike(people: People) -> People:
    """Return as many people with the median's body, home and habits, every run like the last, and no giving up."""
    flat = {name: np.full(len(people), 1.0 if name == "long_ratio" else 0.0) for name in _HABITS}
    habits = dataclasses.replace(_median(people.habits), weekday=np.zeros((len(people), 7)), **flat)
    life = dataclasses.replace(people.life, breaks_per_y=np.zeros(len(people)))
    same = {name: _median(getattr(people, name)) for name in ("talent", "heart", "home")}
    return dataclasses.replace(people, life=life, habits=habits, **same)


_Traits = TypeVar("_Traits", Habits, Heart, Home, Talent)


def _median(traits: _Traits) -> _Traits:
    """Return the traits with everybody at the median of every number."""
    columns = {field.name: getattr(traits, field.name) for field in dataclasses.fields(traits)}
    flat = {name: np.full(len(one), np.median(one)) for name, one in columns.items() if one.dtype == float}
    return dataclasses.replace(traits, **{name: one for name, one in flat.items() if columns[name].ndim == 1})


def _controls(quick: bool, real: dict[str, Pool], sim: dict[str, Pool]) -> list[Control]:
    """Return the distances of people who are all alike; gaps are left out, which chance alone makes much the same."""
    lives = simulated_histories(live(all_alike(draw(SEED, 60 if quick else 200)), DAYS))
    return [
        Control(f"all people alike: {name}", distance(real[name], pool(lives, name)), distance(real[name], sim[name]))
        for name in SAMPLES[:4]
    ]


def _pictures(real: dict[str, Pool], sim: dict[str, Pool]) -> list[Plot]:
    return [_picture(name, unit, real[name], sim[name]) for name, unit in zip(SAMPLES, UNITS, strict=True)]


def _picture(name: str, unit: str, real: Pool, sim: Pool) -> Plot:
    low, high = (float(np.interp(share, np.cumsum(real.weights), real.values)) for share in (0.0, 0.985))
    at = np.linspace(low, high, 400)
    title = f"{name.capitalize()}: real and simulated people, each with the same weight"
    lines = tuple(Line(label, at, 100.0 * cumulated(one, at)) for label, one in (("real", real), ("simulated", sim)))
    return Plot(f"lives {name}", title, f"{name} in {unit}", "% of days (or weeks) at or below", lines)


def _floor_bars(found: list[Figure], real: list[History]) -> Bars:
    values = np.array([[one.value, one.peer_value, float(np.median(left_out(real, name)))]
                       for one, name in zip(found, SAMPLES, strict=True)])  # fmt: skip
    return Bars(
        "lives distances", "Kolmogorov-Smirnov distances: simulated people, and real athletes among themselves",
        "distance, 0 to 1", SAMPLES,
        ("simulated to real", "half of the real athletes to the other half", "one real athlete to the others"), values,
    )  # fmt: skip


def _notes(quick: bool, real: dict[str, Pool], say: Say) -> list[str]:
    say("the second physiology, which nothing was calibrated on")
    return [_second(real, quick, SECOND)]


def _second(real: dict[str, Pool], quick: bool, world: World) -> str:
    lives = simulated_histories(live(draw(SEED, QUICK_PEOPLE // 2 if quick else 300), DAYS, world))
    told: Callable[[str], str] = lambda name: f"{name} {distance(real[name], pool(lives, name)):.2f}"  # noqa: E731
    return "Second physiology, same habits, not calibrated: " + ", ".join(map(told, SAMPLES)) + "."
