"""The part of the benchmark of races that is run in the race: the finish from the splits so far.

The rule of this file: a year is judged by weights that never saw the runner: its own by folds, or another year's.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from app.bench.figures import Control, Figure, Line, Plot, Say
from app.bench.models_race_parts import Part, attempted, mae_min, together
from models.inrace import HALF_KM, SPLITS_KM, Array, finish_s, shipped
from models.train.inrace_rivals import trees_held_out
from models.train.inrace_runners import (
    FOLDER,
    LOCH_NESS,
    YEAR,
    Finishers,
    even_s,
    file_of,
    read,
    read_half_alone,
    riegel_s,
    years,
)
from models.train.inrace_training import fit, held_out, linear_held_out
from models.train.race_safe import too_fast
from models.train.race_scores import SLOW_S, SMALLEST_GROUP, worst

GOALS_MIN = {HALF_KM: 9.0, 30.0: 5.0}
NAMES = {HALF_KM: "from half way", 30.0: "from 30 km"}
_QUICK = 8000
_FEWEST = 2500
"""Finishers of a year that can be learned from and judged in folds."""


def _groups(finishers: Finishers) -> dict[str, NDArray[np.bool_]]:
    age, pace = finishers.age, np.argsort(np.argsort(finishers.splits_s[:, -1])) / len(finishers)
    groups = {"men": finishers.female == 0, "women": finishers.female == 1}
    groups |= {
        f"age {low} to {high}": (age >= low) & (age < high) for low, high in ((18, 35), (35, 50), (50, 65), (65, 99))
    }
    groups["slower than 4:10 at even pace"] = even_s(finishers) > SLOW_S
    return groups | {f"pace quarter {k + 1}": (pace >= k / 4) & (pace < (k + 1) / 4) for k in range(4)}


def _inside(held: NDArray[np.bool_]) -> bool:
    """Return whether the count that held is within the 99 % binomial band of 90 %."""
    low, high = binom.interval(0.99, len(held), 0.9)
    return bool(low <= held.sum() <= high)


def _group_figures(finishers: Finishers, told: Array, big: Array | None, name: str, note: str) -> list[Figure]:
    """Return how the groups of 100 runners and more are served."""
    truth, groups = finishers.finish_s, {g: rows for g, rows in _groups(finishers).items() if rows.sum() >= 100}
    held = (truth >= told[:, 1]) & (truth <= told[:, 2])
    shares = {group: float(held[rows].mean()) for group, rows in groups.items()}
    least, outside = min(shares, key=lambda one: shares[one]), sum(not _inside(held[rows]) for rows in groups.values())
    return [
        Figure(f"{name}: 90 % intervals hold", 100.0 * float(held.mean()), "%", 92.0, 88.0, note=note),
        Figure(f"{name}: 90 % intervals of the group least held", 100.0 * shares[least], "%", note=f"{least}; {note}"),
        Figure(f"{name}: groups outside the 99 % band of 90 %", outside, f"of {len(groups)}", at_most=0.0, note=note),
        *_unequal_figures(finishers, told[:, 0], big, groups, name),
    ]


def _unequal_figures(
    finishers: Finishers, told: Array, big: Array | None, groups: dict[str, NDArray[np.bool_]], name: str
) -> list[Figure]:
    """Return how much worse than everybody the worst group is served, beside trees and beside equal shares."""
    truth = finishers.finish_s
    found = worst(told, truth, groups)
    equal = float(truth[groups[found.name]].mean() / truth.mean())
    row = f"{name}: worst group's MAE over the mean"
    goal = Figure(row, found.minutes, at_most=1.25, peer="the same % of the finish for all", peer_value=equal,
                  note=f"{found.name} of {len(groups)} groups by sex, age band and pace so far")  # fmt: skip
    relative = Figure(f"{name}: worst group's error in % of the finish, over the mean", found.percent, note=goal.note)
    if big is None:
        return [goal, relative]
    theirs = worst(big, truth, groups).minutes
    return [goal, replace(goal, at_most=np.inf, peer="boosted trees", peer_value=theirs), relative]


def _point_figures(finishers: Finishers, told: Array, big: Array | None, small: Array) -> list[Figure]:
    """Return the figures of one point of the race, the shipped form held out beside its rivals."""
    truth, name = finishers.finish_s, f"Boston {YEAR} {NAMES[finishers.point_km]}"
    mine, note = mae_min(told[:, 0], truth), f"{len(truth)} finishers with the splits so far, 5 folds over runners"
    rivals = [("Riegel", riegel_s(finishers)), ("even pace", even_s(finishers)), ("linear terms alone", small)]
    rivals += [("boosted trees, absolute error", big)] if big is not None else []
    figures = [Figure(f"{name}: MAE", mine, "min", at_most=GOALS_MIN[finishers.point_km], note=note)]
    figures += [
        Figure(f"{name}: MAE", mine, "min", peer=peer, peer_value=mae_min(of, truth), note=note) for peer, of in rivals
    ]
    return [
        *figures,
        *_group_figures(finishers, told, big, name, note),
        Figure(f"{name}: mean width", float(np.mean(told[:, 2] - told[:, 1]) / 60.0), "min", note=note),
        Figure(f"{name}: over 10 min too fast", 100.0 * too_fast(told[:, 0], truth), "%", note=note),
    ]


def _shuffled(finishers: Finishers, rng: np.random.Generator) -> tuple[Finishers, Finishers]:
    """Return the finishers with the rest of the race dealt out at random, and with the stretches so dealt out."""
    order, last = rng.permutation(len(finishers)), finishers.splits_s[:, -1:]
    rest = (finishers.finish_s / finishers.splits_s[:, -1])[order]
    mixed = replace(finishers, finish_s=rest * finishers.splits_s[:, -1])
    shape = (finishers.splits_s / last)[order]
    return mixed, replace(finishers, splits_s=shape * last)


def _inrace_controls(finishers: Finishers, real: float) -> list[Control]:
    mixed, shapeless = _shuffled(finishers, np.random.default_rng(4))
    fold = np.random.default_rng(0).permutation(len(finishers)) % 2 == 0
    told = np.empty(len(finishers))
    for part in (fold, ~fold):
        learned, seen = fit(mixed.pick(~part)), finishers.pick(part)
        told[part] = finish_s(learned, seen.point_km, seen.splits_s, seen.age, seen.female)[:, 0]
    name = NAMES[finishers.point_km]
    return [
        Control(f"{name}: learned from other runners' finishes, MAE min", mae_min(told, finishers.finish_s), real),
        Control(
            f"{name}: other runners' stretches, MAE min", mae_min(held_out(shapeless)[:, 0], finishers.finish_s), real
        ),
    ]


def _year(recordings: Path, point_km: float, year: int) -> Part:
    """Return the error in another year with splits: of the shipped weights, and of the form learned within it."""
    other = read(recordings, point_km, year)
    if len(other) < SMALLEST_GROUP:
        raise ValueError(f"{len(other)} finishers with all splits are too few")
    told = finish_s(shipped(point_km), point_km, other.splits_s, other.age, other.female)
    name, riegel = f"Boston {year} {NAMES[point_km]}", mae_min(riegel_s(other), other.finish_s)
    note = f"{len(other)} finishers of {year}, survivors only: who gave up or was stopped has no finish"
    held = 100.0 * float(((other.finish_s >= told[:, 1]) & (other.finish_s <= told[:, 2])).mean())
    ours = f"the weights of {YEAR}; {note}"
    figures = [
        Figure(f"{name}: MAE", mae_min(told[:, 0], other.finish_s), "min", peer="Riegel", peer_value=riegel, note=ours),
        Figure(f"{name}: 90 % intervals hold", held, "%", note=ours),
    ]
    if len(other) >= _FEWEST:
        own = mae_min(held_out(other)[:, 0], other.finish_s)
        figures.append(Figure(f"{name}: MAE of the form learned within the year", own, "min", peer="Riegel",
                              peer_value=riegel, note=f"5 folds over runners; {note}"))  # fmt: skip
    return Part(tuple(figures), data=(name,))


def _elsewhere(recordings: Path) -> Part:
    """Return the shipped weights' error on another course, from the half alone."""
    figures, found = [], read_half_alone(recordings)
    for year, other in found.items():
        told = finish_s(shipped(HALF_KM), HALF_KM, other.splits_s, other.age, other.female)
        held = 100.0 * float(((other.finish_s >= told[:, 1]) & (other.finish_s <= told[:, 2])).mean())
        note = f"the weights of Boston {YEAR} from the half alone, its splits taken as even, age and sex not used"
        name, count = f"Loch Ness {year} from half way", len(other)
        figures += [
            Figure(f"{name}: MAE", mae_min(told[:, 0], other.finish_s), "min", peer="Riegel",
                   peer_value=mae_min(riegel_s(other), other.finish_s), note=note),
            Figure(f"{name}: 90 % intervals hold", held, f"% of {count}", note=note),
        ]  # fmt: skip
    notes = () if found else (f"Loch Ness: not measured, no results with half-way times in {recordings / LOCH_NESS}",)
    return Part(tuple(figures), notes=notes)


def _by_pace(finishers: Finishers, told: Array, big: Array | None) -> Plot:
    """Return the error by the pace so far, of the model, of Riegel and of the trees."""
    pace = finishers.splits_s[:, -1] / finishers.point_km / 60.0
    edges = np.quantile(pace, np.linspace(0.0, 1.0, 13))
    place = np.clip(np.searchsorted(edges, pace, side="right") - 1, 0, 11)
    centre = np.array([float(pace[place == k].mean()) for k in range(12)])
    lines, rivals = [], [("this model", told[:, 0]), ("Riegel", riegel_s(finishers))]
    for name, of in rivals + ([("boosted trees", big)] if big is not None else []):
        miss = np.abs(of - finishers.finish_s) / 60.0
        lines.append(Line(name, centre, np.array([float(miss[place == k].mean()) for k in range(12)])))
    title = f"Boston {YEAR} {NAMES[finishers.point_km]}: error by the pace so far"
    name = "models_race_half" if finishers.point_km == HALF_KM else "models_race_30_km"
    return Plot(name, title, "min/km", "mean error in min", tuple(lines))


def _within(recordings: Path, point_km: float, quick: bool) -> Part:
    """Return everything about one point of the year that the weights were learned on."""
    finishers = read(recordings, point_km)
    if len(finishers) < _FEWEST:
        raise ValueError(f"{len(finishers)} finishers of {file_of(recordings, YEAR)} with all splits are too few")
    if quick:
        finishers = finishers.pick(np.random.default_rng(6).permutation(len(finishers))[:_QUICK])
    told = held_out(finishers)
    big = None if quick else trees_held_out(finishers)
    figures = _point_figures(finishers, told, big, linear_held_out(finishers))
    controls = _inrace_controls(finishers, mae_min(told[:, 0], finishers.finish_s))
    data = f"Boston {YEAR} {NAMES[point_km]}, {len(finishers)} finishers, wheelchairs left out"
    return Part(tuple(figures), tuple(controls), (_by_pace(finishers, told, big),), (data,))


def in_race(recordings: Path, quick: bool, say: Say) -> Part:
    """Return what the finish from the splits reaches in every year and race that is there."""
    parts, others = [], [year for year in years(recordings) if year != YEAR]
    for point_km in SPLITS_KM:
        say(f"models, races: Boston {NAMES[point_km]}")
        parts.append(attempted(f"Boston {YEAR} {NAMES[point_km]}", partial(_within, recordings, point_km, quick)))
        for year in others:
            what = f"Boston {year} {NAMES[point_km]}"
            parts.append(attempted(what, partial(_year, recordings, point_km, year)))
    parts.append(attempted("Loch Ness", partial(_elsewhere, recordings)))
    listed = ", ".join(map(str, others))
    here = f"Other years of Boston with splits, survivors only: {listed}."
    note = here if others else f"There is no other year of Boston with splits in {FOLDER} of the recordings."
    return together([*parts, Part(notes=(note,))])
