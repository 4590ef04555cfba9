"""The benchmark of the screen: wrong turns, reaction, how soon a wish is learned, and how a device is worn.

The rule of this file: in a simulated run the device never turns in its holder, so every turn shown is wrong; a turn
that is put in has a known moment, and its reaction counts from there.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import numpy as np

from app.bench.figures import Bars, Control, Figure, Say, Section
from app.bench.screen_worlds import (
    WEARINGS,
    Carried,
    blocks_of,
    motionsense,
    simulated_run,
    simulated_wearing,
    still,
    turned,
    wisdm,
)
from edge.samples import Column, Inertial
from edge.screen import Orientation, Phase, Screen, TurnRule, Worn
from edge.screen.gravity import Index, edge_up
from edge.screen.preference import corrected, fixed_edge, nothing_learned
from edge.screen.turn import NEAREST_EDGE

Turns = tuple[Column, Index]
"""When the screen turned, in s, and to which edge."""
Turner = Callable[[Inertial, float], Turns]
_FOUND_S = 5.0  # the first orientation is found within so long and is no turn


def ours(inertial: Inertial, rate_hz: float, rule: TurnRule | None = None, phase: Phase = Phase.RUNNING) -> Turns:
    """Return the turns that `Screen` shows."""
    told = Screen(rate_hz, rule=rule).feed(inertial, phase)
    return np.array([d.t_s for d in told]), np.array([d.show.value for d in told], dtype=np.int64)


def ours_standing(inertial: Inertial, rate_hz: float) -> Turns:
    """Return the turns that `Screen` shows a person who stands."""
    return ours(inertial, rate_hz, phase=Phase.STANDING)


def without_gyroscope(inertial: Inertial, rate_hz: float) -> Turns:
    """Return the turns that `Screen` shows when the gyroscope says nothing."""
    return ours(dataclasses.replace(inertial, gyro_rad_s=np.zeros_like(inertial.gyro_rad_s)), rate_hz)


def without_hysteresis(inertial: Inertial, rate_hz: float) -> Turns:
    """Return the turns to the nearest edge."""
    return ours(inertial, rate_hz, NEAREST_EDGE)


def phone_rule(inertial: Inertial, rate_hz: float) -> Turns:
    """Return the turns of the simple rule: accelerometer low-passed over 0.2 s, an edge within 45 - 15 degrees."""
    kernel = np.exp(-np.arange(int(rate_hz)) / (0.2 * rate_hz))
    count = len(inertial)
    low = np.stack([np.convolve(inertial.accel_m_s2[:, i], kernel / kernel.sum())[:count] for i in range(3)], axis=1)
    size = np.maximum(np.linalg.norm(low, axis=1, keepdims=True), 1e-6)
    edge = edge_up(low / size, float(np.cos(np.radians(30.0))), float(np.sin(np.radians(25.0))))
    edge = np.where((size[:, 0] > 5.0) & (size[:, 0] < 15.0), edge, -1)
    known = np.flatnonzero(edge >= 0)
    at = known[np.diff(edge[known], prepend=0) != 0]
    return inertial.t_s[at], edge[at]


def _wrong(turner: Turner, runs: list[tuple[str, Inertial]], rate_hz: float) -> dict[str, float]:
    """Return the turns per 10 h of runs in which the device never turned, by wearing, and "all"."""
    turns: dict[str, list[tuple[int, float]]] = {}
    for name, run in runs:
        count = int(np.sum(turner(run, rate_hz)[0] > _FOUND_S))
        turns.setdefault(name, []).append((count, float(run.t_s[-1]) / 3600.0))
    out = {name: 10.0 * sum(c for c, _ in told) / sum(h for _, h in told) for name, told in turns.items()}
    every = [one for told in turns.values() for one in told]
    out["all"] = 10.0 * sum(c for c, _ in every) / sum(h for _, h in every)
    return out


def _reaction_s(turner: Turner, stretches: list[Inertial], rate_hz: float, rng: np.random.Generator) -> Column:
    """Return for each turn put in (k, 2) the delay in s from half-way and from its end; inf where none came in 4 s."""
    out = []
    for stretch in stretches:
        at = np.arange(12.0, stretch.t_s[-1] - 6.0, 8.0)
        at += rng.uniform(0.0, 2.0, len(at))
        lasts = rng.uniform(0.3, 0.8, len(at))
        angle = np.where(np.arange(len(at)) % 2 == 0, 0.5, -0.5) * np.pi * rng.choice([-1.0, 1.0])
        told, _ = turner(turned(stretch, at, angle, lasts), rate_hz)
        for start, long in zip(at, lasts, strict=True):
            after = told[(told > start) & (told < start + long + 4.0)]
            first = after[0] - start if len(after) else np.inf
            out.append((first - 0.5 * long, first - long))
    return np.array(out)


def _p95_ms(delays: Column) -> float:
    return float(1000.0 * np.sort(delays)[int(0.95 * len(delays))]) if len(delays) else float("nan")


def learning(people: int, slips: float, rng: np.random.Generator) -> tuple[float, float]:
    """Return the share of people whose wish is followed after 5 corrections, and the median number it took.

    Each wants one edge in a phase whatever the sensor says, and in `slips` of the corrections chooses another.
    """
    took = []
    for _ in range(people):
        known, wish = nothing_learned(), Orientation(int(rng.integers(4)))
        phase = Phase(int(rng.integers(3)))
        needed = 99
        for number in range(1, 6):
            chosen = wish if rng.random() >= slips else Orientation(int(rng.integers(4)))
            sensed = Orientation((wish.value + int(rng.integers(1, 4))) % 4)
            known = corrected(known, phase, chosen, sensed)
            needed = number if fixed_edge(known, phase) is wish and needed == 99 else needed
        took.append(needed if fixed_edge(known, phase) is wish else 99)
    return float(np.mean(np.array(took) <= 5)), float(np.median(took))


def _worn_rows(recordings: Path, people: int) -> tuple[Column, Index, list[str]]:
    """Return feature rows, ways and persons of all that is at hand."""
    har = recordings / "har"
    rows, ways, persons = [], [], []
    for one in chain(
        motionsense(har / "motionsense", people), wisdm(har / "wisdm2019", people), simulated_wearing(people or 12)
    ):
        block = blocks_of(one, 15)
        rows.append(block)
        ways += [one.worn.value] * len(block)
        persons += [f"{one.worn.value % 2}{one.person}" if one.person.startswith("s") else one.person] * len(block)
    return np.concatenate(rows), np.array(ways), persons


def _fitted(rows: Column, ways: Index) -> Column:
    """Return weights (features + 1, ways) of a logistic regression, every way counting the same."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=5000).fit(rows, ways)
    return np.vstack([model.coef_.T, model.intercept_])


def _worn_recall(recordings: Path, people: int) -> Column:
    """Return the share of single blocks told right (ways,), weights learned on other people: five folds."""
    rows, ways, persons = _worn_rows(recordings, people)
    fold = np.array([sum(map(ord, p)) % 5 for p in persons])
    right = np.zeros(len(rows), dtype=bool)
    for kept in range(5):
        weights = _fitted(rows[fold != kept], ways[fold != kept])
        right[fold == kept] = np.argmax(rows[fold == kept] @ weights[:-1] + weights[-1], axis=1) == ways[fold == kept]
    return np.array([np.mean(right[ways == way.value]) for way in Worn])


def _recorded(recordings: Path, people: int) -> list[Carried]:
    return [c for c in motionsense(recordings / "har" / "motionsense", people) if c.activity in ("jog", "wlk")]


TURNERS: dict[str, Turner] = {
    "ours": ours,
    "phone": phone_rule,
    "no gyroscope": without_gyroscope,
    "no hysteresis": without_hysteresis,
}
_PEER = "simple rule of phones"
Delays = dict[tuple[str, str], Column]


def _runs(quick: bool, rate_hz: float) -> list[tuple[str, Inertial]]:
    """Return simulated runs with the way each is worn: more than 10 h, or 42 min."""
    minutes, repeats = (6.0, 1) if quick else (10.0, 9)
    return [
        (wearing.name, simulated_run(wearing, minutes, rate_hz, np.random.default_rng((3, number, index))))
        for number in range(repeats)
        for index, wearing in enumerate(WEARINGS)
    ]


def _delays(runs: list[tuple[str, Inertial]], rate_hz: float, quick: bool) -> Delays:
    """Return the reaction to turns put in, by kind of stretch and turner."""
    rng = np.random.default_rng(11)
    up = np.array([0.0, np.sin(1.1), np.cos(1.1)])
    calm = [still(up, shake, 0.02, 2.0 if quick else 8.0, rng) for shake in (0.05, 0.5)]
    read = [run for name, run in runs if "read" in name or name in ("chest", "belt, landscape")]
    swung = [run for name, run in runs if "baton" in name or "down" in name or name == "arm band"]
    kinds = (("still", calm, 50.0), ("running", read, rate_hz), ("swung", swung, rate_hz))
    return {
        (kind, name): _reaction_s(
            ours_standing if (kind, name) == ("still", "ours") else turner, some, hz, np.random.default_rng(5)
        )
        for name, turner in TURNERS.items()
        for kind, some, hz in kinds
    }


def _reactions(delays: Delays) -> tuple[Figure, ...]:
    """Return the figures of reaction."""

    def figure(name: str, kind: str, end: int, goal_ms: float = np.inf) -> Figure:
        mine, peer = _p95_ms(delays[kind, "ours"][:, end]), _p95_ms(delays[kind, "phone"][:, end])
        return Figure(f"reaction from {name}, p95", mine, "ms", goal_ms, -np.inf, _PEER, peer, _SIMULATED_TURNS)

    return (
        figure("half-way, held or mounted", "still", 0, 300.0),
        figure("half-way, read or mounted while running", "running", 0, 300.0),
        figure("half-way, swung in the hand or on the arm", "swung", 0),
        figure("the end of the turn, swung in the hand or on the arm", "swung", 1),
        Figure(
            "turns never shown, swung", float(np.mean(np.isinf(delays["swung", "ours"][:, 0]))), note=_SIMULATED_TURNS
        ),
    )


_SIMULATED_TURNS = "simulated, turns by 90 degrees in 0.3 to 0.8 s put in"
_WAYS = {Worn.POCKET: "recorded", Worn.HAND: "recorded wrists and simulated hands"}


def _wearing(recall: Column) -> tuple[Figure, ...]:
    """Return the figures of how a device is worn."""
    return tuple(
        Figure(
            f"one block told as {way.name.lower().replace('_', ' ')}",
            float(recall[way.value]),
            note=f"{_WAYS.get(way, 'simulated')}, people not learned from",
        )
        for way in Worn
    )


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what the screen reaches: wrong turns, reaction, learning and wearing, beside the simple rule."""
    rate_hz = 52.0
    say("screen: simulating runs")
    runs = _runs(quick, rate_hz)
    say("screen: wrong turns")
    wrong = {name: _wrong(turner, runs, rate_hz) for name, turner in TURNERS.items()}
    real = [(c.activity, c.inertial) for c in _recorded(recordings, 2 if quick else 0)]
    real_wrong = {name: _wrong(turner, real, 50.0)["all"] for name, turner in TURNERS.items()}
    say("screen: reaction")
    delays = _delays(runs, rate_hz, quick)
    say("screen: learning and wearing")
    learned, took = learning(200 if quick else 2000, 0.1, np.random.default_rng(7))
    recall = _worn_recall(recordings, 3 if quick else 0)
    hours, real_hours = (sum(float(run.t_s[-1]) for _, run in some) / 3600.0 for some in (runs, real))
    simulated = f"simulated, {hours:.1f} h in {len(WEARINGS)} ways to wear it"
    recorded = f"recorded, {real_hours:.1f} h; true turns of the phone count as well"
    worst = {name: max(told.values()) for name, told in wrong.items()}
    no_goal = (np.inf, -np.inf, _PEER)
    figures = (
        Figure(
            "wrong turns per 10 h of running",
            wrong["ours"]["all"],
            "",
            1.0,
            -np.inf,
            _PEER,
            wrong["phone"]["all"],
            simulated,
        ),
        Figure("wrong turns per 10 h, worst way to wear it", worst["ours"], "", *no_goal, worst["phone"], simulated),
        Figure("turns per 10 h in a pocket", real_wrong["ours"], "", *no_goal, real_wrong["phone"], recorded),
        *_reactions(delays),
        Figure("wish followed after 5 corrections", learned, "", at_least=0.9, note="simulated, 10 % slips"),
        Figure("corrections until a wish is followed, median", took, "", 5.0, note="simulated, 10 % slips"),
        *_wearing(recall),
    )
    calm = {name: _p95_ms(delays["running", name][:, 0]) for name in ("ours", "no gyroscope")}
    controls = (
        Control("gyroscope off: reaction from half-way, p95 in ms", calm["no gyroscope"], calm["ours"]),
        Control("hysteresis off: wrong turns per 10 h", wrong["no hysteresis"]["all"], wrong["ours"]["all"]),
    )
    data = f"{simulated}; {real_hours:.1f} h recorded in a pocket (MotionSense, open people)"
    return Section("screen", data, figures, controls, (_picture(wrong),))


def _picture(wrong: dict[str, dict[str, float]]) -> Bars:
    names, series = tuple(wearing.name for wearing in WEARINGS), ("ours", "phone", "no hysteresis")
    bars = np.array([[np.log10(1.0 + wrong[turner][name]) for turner in series] for name in names])
    title = "Wrong turns per 10 h of simulated running"
    return Bars("screen_wrong_turns", title, "log10(1 + turns)", names, ("ours", _PEER, "no hysteresis"), bars)


if __name__ == "__main__":  # prints the weights of edge.screen.worn for the recordings in a folder
    told_rows, told_ways, _ = _worn_rows(Path(sys.argv[1]), 0)
    print(np.round(_fitted(told_rows, told_ways), 2).tolist())
