"""What runs do to a person, as the coach says it, beside what the simulator knows: coverage of its intervals, and bias.

The rule of this file: the diary is two years of a watch and of what was said; the truth is the heart rate of the same
mornings at one speed, without scatter, illness, heat or hills, and the chance with which each run injured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bench.ablation_lives import DAY_S, EVENING_S, fact_of
from app.bench.figures import Figure, Say, Section
from edge.coach import columns
from edge.coach.beliefs import Belief
from edge.coach.responses import KINDS, SOUND_DAYS, after_kind, kinds_of, responses_of
from edge.coach.said import Constraint, Said
from edge.coach.types import Place, Race
from edge.samples import Column
from hardware_sim.lives import FIRST, Days, People, World, draw, live
from hardware_sim.lives.second import SECOND

PEOPLE, QUICK_PEOPLE, DAYS, FEWEST_RUNS = 200, 25, 730, 40
SEEDS = {"first": 6161, "second": 6162}
_RACE, _SAID_AFTER_S = 3, 7200.0


@dataclass(frozen=True, slots=True)
class Told:
    """One belief about one kind of run of one person, and the truth of it."""

    kind: str
    belief: Belief
    truth: float


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return coverage and bias of both responses in both physiologies."""
    people = QUICK_PEOPLE if quick else PEOPLE
    figures: list[Figure] = []
    for name, world in (("first", FIRST), ("second", SECOND)):
        say(f"{name} physiology")
        bpm, pain = told(world, SEEDS[name], people)
        figures += _figures(f"{name}, next run's heart rate", "bpm", 1.0, bpm)
        figures += _figures(f"{name}, share after which pain begins", "%", 100.0, pain)
    return Section("responses", f"simulated: two years of {people} people in each of two physiologies", tuple(figures))


def told(world: World, seed: int, count: int) -> tuple[list[Told], list[Told]]:
    """Return what is told of heart rate and of pain, each with its truth, of those who ran often enough."""
    people = draw(seed, count)
    days = live(people, DAYS + 2, world)
    bpm: list[Told] = []
    pain: list[Told] = []
    for row in range(count):
        for one, heart in _of(people, days, row):
            (bpm if heart else pain).append(one)
    return bpm, pain


def _of(people: People, days: Days, row: int) -> Iterator[tuple[Told, bool]]:
    ran = np.flatnonzero(days.ran[row, :DAYS] & (days.duration_s[row, :DAYS] >= 600.0) & ~days.away[row, :DAYS])
    if len(ran) < FEWEST_RUNS:
        return
    home = Place("home", 50.0, 8.0, float(people.home.altitude_m[row]))
    facts = [fact_of(days, row, int(day), home) for day in ran]
    runs = columns.runs_until(facts, (days.start_day + DAYS + 2) * DAY_S, 0.0)
    races = [Race(days.start_day + int(day), 10_000.0, np.nan) for day in ran if days.kind[row, day] == _RACE]
    said = _said(days, row)
    kinds = kinds_of(runs, races)
    true_bpm = _at_one_speed(days, row, runs)
    for one in responses_of(runs, runs.speed_m_s, races, said):
        of = kinds == one.kind
        if one.next_bpm is not None:
            yield Told(one.kind, one.next_bpm, float(after_kind(of, runs, true_bpm)[0].mean())), True
        if one.pain_share is not None:
            yield Told(one.kind, one.pain_share, _begins(days, row, runs, of, said)), False


def _said(days: Days, row: int) -> list[Said]:
    return [
        Said(
            Constraint("pain", area="knee", severity=float(days.pain_said[row, day])),
            (days.start_day + int(day)) * DAY_S + EVENING_S + _SAID_AFTER_S,
        )
        for day in np.flatnonzero(np.nan_to_num(days.pain_said[row, :DAYS]) >= 1.0)
    ]


def _at_one_speed(days: Days, row: int, runs: columns.Runs) -> Column:
    """Return (n,) the true heart rate in bpm at the person's median speed on the morning of each run, less trend."""
    morning, truth = runs.day - days.start_day, days.truth
    easy, brisk = truth.easy_hr_bpm[row, morning], truth.brisk_hr_bpm[row, morning]
    share = float(np.median(runs.speed_m_s)) / truth.speed_10k_m_s[row, morning]
    bpm = easy + (brisk - easy) * (share - 0.75) / 0.15
    years = (runs.day - runs.day[-1]) / 365.25
    trend = np.stack([np.ones(len(runs)), years, years**2], axis=1)
    return np.asarray(bpm - trend @ np.linalg.lstsq(trend, bpm, rcond=None)[0])


def _begins(days: Days, row: int, runs: columns.Runs, of: NDArray[np.bool_], said: list[Said]) -> float:
    """Return the mean chance with which these runs injured, of those before which no pain was said."""
    pains = np.array([one.said_unix_s for one in said])
    sound = [not ((pains > t - SOUND_DAYS * DAY_S) & (pains <= t)).any() for t in runs.start_unix_s[of].tolist()]
    day = (runs.day[of] - days.start_day)[np.array(sound, dtype=bool)]
    chance = np.nan_to_num(days.truth.injury_chance[row, day]) * ~days.truth.injured[row, day]
    return float(chance.mean()) if len(chance) else np.nan


def _figures(name: str, unit: str, scale: float, found: list[Told]) -> list[Figure]:
    known = [one for one in found if np.isfinite(one.truth)]
    held = [one.belief.low - 1e-9 <= one.truth <= one.belief.high + 1e-9 for one in known]
    miss = [scale * (one.belief.value - one.truth) for one in known]
    wide = [scale * (one.belief.high - one.belief.low) for one in known]
    by_kind = ", ".join(
        f"{kind} {100.0 * float(np.mean(of)):.0f} of {len(of)}"
        for kind in KINDS
        if (of := [h for h, one in zip(held, known, strict=True) if one.kind == kind])
    )
    return [
        Figure(f"{name}: 90 % intervals that hold the truth", 100.0 * float(np.mean(held)), "%", at_least=85.0,
               note=f"by kind, %: {by_kind}; {float(np.mean(wide)):.1f} {unit} wide"),
        Figure(f"{name}: bias", float(np.mean(miss)), unit, note=f"{len(known)} beliefs"),
    ]  # fmt: skip
