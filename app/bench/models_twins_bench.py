"""The proof with twins: two bodies behind one profile, and whether five runs of each turn the targets the right way.

The rule of this file: judged in the second physiology, from which nothing was learned or tuned; the first stands
beside it. The persona says the same of both twins, so that it is right in half of the pairs, as a coin is; histories
dealt out at random must fall back to that.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import binom

from app.bench.figures import Bars, Control, Figure, Line, Picture, Plot, Say, Section
from app.bench.twins_lives import (
    JUDGED,
    History,
    Pairs,
    belief,
    best_doses_km,
    maxima_bpm,
    pairs,
    told,
    trial_doses_km,
)
from edge.samples import Column, Estimate
from hardware_sim.lives import FIRST
from hardware_sim.lives.second import SECOND
from hardware_sim.lives.world import World
from models.targets import Targets, reserve_of, targets

GOAL_PERCENT, APART, RUNS = 90.0, 1.05, 5
KNOWN = (1, 3, 5, 10, 30, 100)
#: Pairs and days of the proof and of the curve; the quick look takes other people. The second physiology was first
#: looked at when all was done.
PAIRS, DAYS, CURVE_PAIRS, CURVE_DAYS = 1000, 180, 300, 1000
QUICK_PAIRS, QUICK_CURVE_DAYS, QUICK_KNOWN = 150, 180, (1, 3, 5, 10)
SEEDS, QUICK_SEED = {"first": 12, "second": 2_026_112}, 500
_DOSES_KM, _TIME_SCATTER = np.array([20.0, 50.0, 80.0, 110.0, 140.0]), (0.0, 0.01, 0.02)
_UNITS = ("m/s", "bpm", "m/s", "s")
_NOTE = {"second": "second physiology, simulated", "first": "first physiology, simulated, used in development"}


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What was said of n pairs, and the truth: (2, n, 4) each, in the order of `JUDGED`; and whether the 90 % interval
    held (1) or not (0).
    """

    value: Column
    held: Column
    truth: Column

    def right(self, which: int) -> tuple[float, int]:
        """Return the share of these pairs whose targets differ in the right direction, and their number."""
        return right_way(self.value[..., which], self.truth[..., which])

    def error(self, which: int) -> float:
        """Return the mean absolute error."""
        return float(np.abs(self.value[..., which] - self.truth[..., which]).mean())


def further_apart(truth: Column) -> Column:
    """Return of which pairs (n,) the truth (2, n) differs by more than 5 % of the smaller."""
    return np.asarray(truth.max(axis=0) > APART * truth.min(axis=0))


def right_way(said: Column, truth: Column) -> tuple[float, int]:
    """Return the share of the pairs further apart than 5 % of which what was said (2, n) differs as the truth does.

    A tie counts half.
    """
    chosen = further_apart(truth)
    agree = np.sign(said[0] - said[1]) * np.sign(truth[0] - truth[1])
    return float((0.5 + 0.5 * agree[chosen]).mean()) if chosen.any() else float("nan"), int(chosen.sum())


def coin_band(count: int) -> tuple[float, float]:
    """Return the 99 % binomial band of one half for so many pairs."""
    low, high = binom.interval(0.99, count, 0.5)
    return float(low) / count, float(high) / count


def judge(found: Pairs, histories: list[History], known: int, maxima: Sequence[float] = ()) -> Said:
    """Return what is said of every twin by a history each, first of each pair, then second, beside the truth.

    `maxima`, if any, are the maximal heart rates that they state, in bpm.
    """
    count = len(found)
    rows = [(half.profile(row)) for half in found.halves for row in range(count)]
    stated = maxima or [math.nan] * len(histories)
    listed = [_four(told(*one)) for one in zip(rows, histories, stated, strict=True)]
    value, low, high = (
        np.array([[float(getattr(one, name)) for one in four] for four in listed]).reshape(2, count, len(JUDGED))
        for name in ("value", "low", "high")
    )
    truth = np.stack([half.truth(known) for half in found.halves])
    return Said(value, ((low <= truth) & (truth <= high)).astype(np.float64), truth)


def _four(found: Targets) -> tuple[Estimate, ...]:
    return found.easy_speed_m_s, found.easy_hr_bpm, found.steady_speed_m_s, found.ten_km_s


def inside_pairs(histories: list[History], seed: int) -> list[History]:
    """Return the runs of both twins dealt out again among the two, in the order of time."""
    rng, count = np.random.default_rng(seed), len(histories) // 2
    dealt = []
    for one, other in zip(histories[:count], histories[count:], strict=True):
        both = one + other
        order = rng.permutation(len(both))
        dealt.append([tuple(sorted((both[k] for k in part), key=lambda seen: seen.run.start_unix_s))
                      for part in (order[: len(one)], order[len(one) :])])  # fmt: skip
    return [one for one, _ in dealt] + [other for _, other in dealt]


def across_pairs(histories: list[History], seed: int) -> list[History]:
    """Return the histories dealt out among all people."""
    return [histories[k] for k in np.random.default_rng(seed).permutation(len(histories))]


_SHUFFLES: dict[str, Callable[[list[History], int], list[History]]] = {
    "inside the pair": inside_pairs,
    "across pairs": across_pairs,
}


def _proof(name: str, found: Pairs, real: Said, persona: Said, seed: int) -> list[Figure]:
    """Return direction, error and interval of every target after five runs in one world."""
    figures, second = [], name == "second"
    told_of = f"{_NOTE[name]}; seed {seed}, {len(found)} pairs (of the first {found.drawn} those who both ran "
    told_of += f"{RUNS} times)"
    for k, what in enumerate(JUDGED):
        share, count = real.right(k)
        low, high = binom.interval(0.99, count, share)
        note = f"{count} pairs more than 5 % apart; 99 % band {100 * low / count:.1f} to {100 * high / count:.1f} %; "
        figures.append(
            Figure(f"{name}: {what} differs the right way", 100.0 * share, "%",
                   at_least=GOAL_PERCENT if second else -np.inf, peer="persona (the same for both)",
                   peer_value=100.0 * persona.right(k)[0], note=note + told_of)
        )  # fmt: skip
    for k, what in enumerate(JUDGED):
        figures.append(
            Figure(f"{name}: mean error of the {what}", real.error(k), _UNITS[k],
                   at_most=persona.error(k) if second else np.inf, peer="persona", peer_value=persona.error(k),
                   note=f"90 % interval holds {100 * real.held[..., k].mean():.1f} % of {2 * len(found)} people")
        )  # fmt: skip
    return figures


def _variants(name: str, same: Pairs, seed: int, world: World) -> list[Figure]:
    """Return the direction where habits are each twin's own, and where they state their maximal heart rate as well."""
    own = pairs(seed + 2, len(same), RUNS, DAYS, world, same_habits=False)
    figures = []
    for what, found, maxima in (
        ("a maximum stated", same, maxima_bpm(same, seed)),
        ("habits of their own", own, []),
        ("habits of their own, a maximum stated", own, maxima_bpm(own, seed)),
    ):
        said = judge(found, found.histories(RUNS), RUNS, maxima)
        figures += [
            Figure(f"{name}: {JUDGED[k]}, {what}", 100.0 * said.right(k)[0], "%", peer="persona", peer_value=50.0,
                   note=f"{said.right(k)[1]} pairs more than 5 % apart; mean error {said.error(k):.3g} {_UNITS[k]}; "
                   f"90 % interval holds {100 * said.held[..., k].mean():.1f} %; {_NOTE[name]}")
            for k in (0, 1, 3)
        ]  # fmt: skip
    return figures


def _shuffled(name: str, found: Pairs, real: Said, seed: int) -> tuple[list[Figure], list[Control]]:
    """Return what is left when the five runs are somebody else's: shares beside the band of a coin."""
    figures, controls, histories = [], [], found.histories(RUNS)
    for dealt, deal in _SHUFFLES.items():
        said = judge(found, deal(histories, seed), RUNS)
        for k, what in enumerate(JUDGED):
            share, count = said.right(k)
            low, high = (100.0 * one for one in coin_band(count))
            figures.append(
                Figure(f"{name}: {what}, runs dealt out {dealt}", 100.0 * share, "%", at_least=low, at_most=high,
                       note=f"{count} pairs; the 99 % binomial band of 50 %")
            )  # fmt: skip
            controls.append(
                Control(f"{name}: {what}, runs dealt out {dealt}, % right", 100.0 * share, 100.0 * real.right(k)[0],
                        more_is_worse=False)
            )  # fmt: skip
    return figures, controls


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Shares right (runs, 5) after so many runs: the four of `JUDGED`, then the best dose; and errors (runs, 4)."""

    known: tuple[int, ...]
    right: Column
    error: Column
    pairs: int


def _curve(seed: int, world: World, count: int, days: int, known: tuple[int, ...]) -> Curve:
    found = pairs(seed, count, known[-1], days, world)
    doses, right, error = best_doses_km(found, world).T, [], []
    for runs in known:
        histories = found.histories(runs)
        said = judge(found, histories, runs)
        four = [said.right(k)[0] for k in range(len(JUDGED))]
        right.append([*four, right_way(said.value[..., 0], doses)[0]])
        error.append([said.error(k) for k in range(len(JUDGED))])
    return Curve(known, np.array(right), np.array(error), len(found))


def _curve_figures(name: str, curve: Curve) -> list[Figure]:
    """Return the shares after each number of runs."""
    note = f"{_NOTE[name]}; {curve.pairs} pairs who both ran {curve.known[-1]} times"
    return [
        Figure(f"{name}: {what} the right way after {runs} {'run' if runs == 1 else 'runs'}",
               100.0 * curve.right[at, k], "%", note=note)
        for k, what in enumerate(JUDGED[:2]) for at, runs in enumerate(curve.known)
    ]  # fmt: skip


def _dose_figures(name: str, found: Pairs, real: Said, world: World, curve: Curve) -> list[Figure]:
    """Return how far the best weekly dose can be told: by speed after few and many runs, and by a trial of doses."""
    doses = best_doses_km(found, world).T
    share, count = right_way(real.value[..., 0], doses)
    wide = f"{count} pairs more than 5 % apart; best dose {np.quantile(doses, 0.1):.0f} to "
    wide += f"{np.quantile(doses, 0.9):.0f} km a week (10th to 90th percentile)"
    later = ", ".join(
        f"{100 * one:.0f} % after {runs}" for runs, one in zip(curve.known, curve.right[:, 4], strict=True)
    )
    figures = [
        Figure(f"{name}: best weekly dose, the faster take more", 100.0 * share, "%",
               at_least=GOAL_PERCENT if name == "second" else -np.inf, peer="persona", peer_value=50.0,
               note=f"{wide}; out of reach of ordinary runs: {later} runs")
    ]  # fmt: skip
    for scatter in _TIME_SCATTER:
        trials = np.stack([trial_doses_km(half.people, world, _DOSES_KM, scatter, 7 + k)
                           for k, half in enumerate(found.halves)])  # fmt: skip
        note = f"five doses of {_DOSES_KM[0]:.0f} to {_DOSES_KM[-1]:.0f} km a week, 12 weeks each from the same body"
        figures.append(Figure(f"{name}: best weekly dose by a trial, times within {100 * scatter:.0f} %",
                              100.0 * right_way(trials, doses)[0], "%", note=note))  # fmt: skip
    return figures


def _cost() -> list[Figure]:
    """Return what the targets of one person cost, in the quietest of many blocks."""
    found = pairs(SEEDS["first"], 1, RUNS, DAYS, FIRST)
    half = found.halves[0]
    person, reserve = belief(half.profile(0), half.history(0, RUNS)), reserve_of(40.0, 55.0)
    taken = []
    for _ in range(20):
        begun = time.perf_counter_ns()
        for _ in range(100):
            targets(person, reserve)
        taken.append((time.perf_counter_ns() - begun) / 1e5)
    return [
        Figure("targets of one person", min(taken), "µs", at_most=1000.0, note="this machine, quietest of 20 blocks")
    ]


def _pictures(curves: dict[str, Curve], errors: Column) -> tuple[Picture, ...]:
    lines = []
    for name, curve in curves.items():
        places = np.arange(len(curve.known), dtype=np.float64)
        for k, what in ((0, "easy speed"), (1, "easy heart rate"), (4, "best dose")):
            lines.append(Line(f"{what}, {name} physiology", places, 100.0 * curve.right[:, k]))
    known = next(iter(curves.values())).known
    ends = np.array([0.0, len(known) - 1.0])
    lines.append(Line("goal (the persona is at 50)", ends, np.full(2, GOAL_PERCENT)))
    x_label = f"known runs: {', '.join(map(str, known))}"
    rising = Plot("models_twins_curve", "Simulated twins: targets differ the right way", x_label,
                  "% of pairs more than 5 % apart", tuple(lines))  # fmt: skip
    title = "Simulated twins: mean error after five runs over that of the persona"
    return rising, Bars("models_twins_error", title, "% of the persona's", JUDGED, tuple(curves), errors)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was found in one world."""

    figures: tuple[Figure, ...]
    controls: tuple[Control, ...]
    curve: Curve
    errors: list[float]
    """Mean error of each of `JUDGED` in per cent of the persona's."""


def measure_world(name: str, world: World, quick: bool, say: Say) -> Found:
    """Return what five runs, more runs and shuffled runs give in one physiology."""
    seed = SEEDS[name] + (QUICK_SEED if quick else 0)
    count = QUICK_PAIRS if quick else PAIRS
    say(f"twins: {count} pairs in the {name} physiology")
    found = pairs(seed, count, RUNS, DAYS, world)
    real = judge(found, found.histories(RUNS), RUNS)
    persona = judge(found, [()] * (2 * len(found)), RUNS)
    checks, controls = _shuffled(name, found, real, seed)
    say(f"twins: more and more runs in the {name} physiology")
    size = (QUICK_PAIRS // 2, QUICK_CURVE_DAYS, QUICK_KNOWN) if quick else (CURVE_PAIRS, CURVE_DAYS, KNOWN)
    curve = _curve(seed + 1, world, *size)
    figures = [*_proof(name, found, real, persona, seed), *_variants(name, found, seed, world), *checks]
    figures += _curve_figures(name, curve)
    figures += _dose_figures(name, found, real, world, curve)
    errors = [100.0 * real.error(k) / persona.error(k) for k in range(len(JUDGED))]
    return Found(tuple(figures), tuple(controls), curve, errors)


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return the section on twins; it needs no recordings. `quick` takes fewer pairs and a shorter curve."""
    worlds: dict[str, World] = {"second": SECOND, "first": FIRST}
    found = {name: measure_world(name, world, quick, say) for name, world in worlds.items()}
    data = f"simulated pairs of twins in each of two physiologies, their first {RUNS} runs as a watch has them; "
    data += f"seeds {SEEDS['second']} (second), {SEEDS['first']} (first)"
    return Section(
        "models_twins",
        data + (f", each + {QUICK_SEED}" if quick else ""),
        (*(figure for one in found.values() for figure in one.figures), *_cost()),
        tuple(control for one in found.values() for control in one.controls),
        _pictures({name: one.curve for name, one in found.items()}, np.array([one.errors for one in found.values()]).T),
        _notes(),
    )


def _notes() -> tuple[str, ...]:
    return (
        "The true optimum: easy speed 75 % of the true 10 km speed on the day of the last run (flat, cool, sea level); "
        "easy heart rate as the physiology gives it after half an hour at that speed; steady speed the coach's share "
        "of true half-marathon speed; the true 10 km time. Ties count half.",
        "Twins share age, sex, height, weight, home, life and habits, and with them how near their limit they like to "
        "run, which no real pair does: a speed chosen tells more of fitness here than among people at large.",
        "Pairs with habits of their own are drawn the same but run as often, far and hard as each likes.",
        "The best dose shows in no ordinary run: that the faster take more holds in the first physiology, and not in "
        "the second. A trial of five doses would tell it, if the same body could begin five times and times were good.",
        "Where the maximum is known by age alone (+- 10.8 bpm), heart rate told nothing of 10 km speed beyond the "
        "speed chosen (first physiology: equal error, fewer pairs right), so it then sets the easy heart rate alone. "
        "A stated maximum is the true one within 3 bpm (standard deviation).",
        "Intervals hold less often in the second physiology: its heart answers speed by another curve than the share "
        "of reserve, so that the easy heart rate of all is 7 to 10 bpm too low. Direction is told better than level.",
        "Prior and update are those of real people (models/PERSON_CARD.md). How far the easy heart rate follows the "
        "runs, how far the reserve, was chosen on twins of the first physiology.",
    )
