"""The benchmark of races: the marathon from shorter races, and its finish from the splits so far.

The rule of this file: a runner is judged by models, intervals and levels that never saw them; the formulas and the
rivals are judged on the same runners.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from app.bench.figures import Bars, Control, Figure, Line, Plot, Say, Section
from models.inrace import HALF_KM, SPLITS_KM, Array, finish_s, shipped
from models.train import inrace_runners
from models.train.inrace_rivals import trees_held_out
from models.train.inrace_runners import YEAR, Finishers, even_s, riegel_s, years
from models.train.inrace_training import fit, held_out, linear_held_out
from models.train.race_cv import Split, pair_models, single_models
from models.train.race_runners import Runners, read
from models.train.race_safe import Safe, held_out_middle, held_out_safe, shuffled_split, too_fast
from models.train.race_scores import formula_times
from models.train.race_training import split_of

_GOALS_MIN = {HALF_KM: 9.0, 30.0: 5.0}
_NAMES = {HALF_KM: "from half way", 30.0: "from 30 km"}
_QUICK_RUNNERS, _QUICK_FINISHERS = 150, 8000
_DRAWS = 2000
_FORMULAS = ("Riegel", "VDOT", "Cameron")


def _mae_min(told_s: Array, truth_s: Array) -> float:
    return float(np.abs(told_s - truth_s).mean() / 60.0)


def _drawn(count: int) -> NDArray[np.int64]:
    """Return runners drawn with replacement (draws, count)."""
    return np.random.default_rng(0).integers(0, count, (_DRAWS, count))


def _band(values: Array) -> str:
    low, high = np.quantile(values, [0.05, 0.95])
    return f"90 % bootstrap over runners {low:.1f} to {high:.1f} %"


def _below(told_s: Array, riegel: Array, truth_s: Array) -> tuple[float, str]:
    """Return how far the MAE is below Riegel's in %, and its bootstrap interval as words."""
    ours, theirs, drawn = np.abs(told_s - truth_s), np.abs(riegel - truth_s), _drawn(len(truth_s))
    shares = 100.0 * (1.0 - ours[drawn].mean(axis=1) / theirs[drawn].mean(axis=1))
    return float(100.0 * (1.0 - ours.mean() / theirs.mean())), _band(shares)


def _hasty(told_s: Array, truth_s: Array) -> tuple[float, str]:
    """Return the share in % told a time over 10 min too fast, and its bootstrap interval as words."""
    hasty = told_s < truth_s - 600.0
    return 100.0 * too_fast(told_s, truth_s), _band(100.0 * hasty[_drawn(len(hasty))].mean(axis=1))


def _marathon_figures(safe: Safe, runners: Runners) -> list[Figure]:
    rivals, truth = formula_times(runners, safe.cases), safe.truth_s
    figures = []
    ways = (
        ("safe time", safe.safe_s, f"level {safe.level.min():.2f} to {safe.level.max():.2f}, chosen on other folds"),
        ("middle time, as shipped", safe.middle_s, "level 0.55 of race.onnx"),
    )
    for number, (name, told, level) in enumerate(ways):
        below, below_band = _below(told, rivals["Riegel"], truth)
        hasty, hasty_band = _hasty(told, truth)
        note = f"{len(truth)} runners of the survey with a marathon and another best, 10 folds over runners; {level}"
        mine, limit = _mae_min(told, truth), 18.0 if number == 0 else np.inf
        figures += [
            Figure(f"marathon, {name}: MAE below Riegel", below, "%", at_least=30.0, note=f"{note}; {below_band}"),
            Figure(f"marathon, {name}: over 10 min too fast", hasty, "%", at_most=limit, peer="Riegel",
                   peer_value=100.0 * too_fast(rivals["Riegel"], truth), note=f"{note}; {hasty_band}"),
            *(Figure(f"marathon, {name}: MAE", mine, "min", peer=rival, peer_value=_mae_min(rivals[rival], truth),
                     note=note) for rival in _FORMULAS),
        ]  # fmt: skip
    return figures


def _without_targets(split: Split) -> float:
    """Return the MAE in min of marathons by models that learned from times dealt out at random."""
    mixed = shuffled_split(split, np.random.default_rng(3))
    safe = held_out_middle(mixed, single_models(mixed))
    return _mae_min(safe.middle_s, safe.truth_s)


def _marathons(recordings: Path, quick: bool) -> tuple[list[Figure], list[Control], Bars, str]:
    runners = read(recordings)
    split = split_of(runners)
    if quick:
        some = split.cases.runner < _QUICK_RUNNERS
        split = replace(split, cases=split.cases.pick(some))
    single = single_models(split)
    safe = held_out_middle(split, single) if quick else held_out_safe(split, single, pair_models(split))
    rivals = formula_times(runners, safe.cases)
    control = Control(
        "marathon: other runners' times, MAE min", _without_targets(split), _mae_min(safe.safe_s, safe.truth_s)
    )
    names = ("safe time", "middle time", *_FORMULAS)
    told = (safe.safe_s, safe.middle_s, *(rivals[name] for name in _FORMULAS))
    values = np.array([[_mae_min(one, safe.truth_s), 100.0 * too_fast(one, safe.truth_s)] for one in told])
    picture = Bars("models_race_marathon", "Marathon from shorter races: error and haste", "min, %", names,
                   ("MAE min", "over 10 min too fast %"), values)  # fmt: skip
    return _marathon_figures(safe, runners), [control], picture, f"{len(safe.truth_s)} marathons of the survey"


def _groups(finishers: Finishers) -> dict[str, NDArray[np.bool_]]:
    age, pace = finishers.age, np.argsort(np.argsort(finishers.splits_s[:, -1])) / len(finishers)
    groups = {"men": finishers.female == 0, "women": finishers.female == 1}
    groups |= {
        f"age {low} to {high}": (age >= low) & (age < high) for low, high in ((18, 35), (35, 50), (50, 65), (65, 99))
    }
    return groups | {f"pace quarter {k + 1}": (pace >= k / 4) & (pace < (k + 1) / 4) for k in range(4)}


def _inside(held: NDArray[np.bool_]) -> bool:
    """Return whether the count that held is within the 99 % binomial band of 90 %."""
    low, high = binom.interval(0.99, len(held), 0.9)
    return bool(low <= held.sum() <= high)


def _group_figures(finishers: Finishers, told: Array, name: str, note: str) -> list[Figure]:
    """Return how the groups of 100 runners and more are served."""
    truth, groups = finishers.finish_s, {g: rows for g, rows in _groups(finishers).items() if rows.sum() >= 100}
    held = (truth >= told[:, 1]) & (truth <= told[:, 2])
    misses = {group: _mae_min(told[rows, 0], truth[rows]) for group, rows in groups.items()}
    share_of_time = np.abs(told[:, 0] / truth - 1.0)
    relative = max(float(share_of_time[rows].mean()) for rows in groups.values()) / float(share_of_time.mean())
    shares = {group: float(held[rows].mean()) for group, rows in groups.items()}
    worst, least = max(misses, key=lambda one: misses[one]), min(shares, key=lambda one: shares[one])
    outside, ratio = (
        sum(not _inside(held[rows]) for rows in groups.values()),
        misses[worst] / _mae_min(told[:, 0], truth),
    )
    return [
        Figure(f"{name}: 90 % intervals hold", 100.0 * float(held.mean()), "%", 92.0, 88.0, note=note),
        Figure(f"{name}: 90 % intervals of the group least held", 100.0 * shares[least], "%", note=f"{least}; {note}"),
        Figure(f"{name}: groups outside the 99 % band of 90 %", outside, f"of {len(groups)}", at_most=0.0, note=note),
        Figure(f"{name}: worst group's MAE over the mean", ratio, at_most=1.25, note=f"{worst}; {note}"),
        Figure(f"{name}: worst group's error in % of the finish, over the mean", relative, note=note),
    ]


def _point_figures(finishers: Finishers, told: Array, big: Array | None, small: Array) -> list[Figure]:
    """Return the figures of one point of the race, the shipped form held out beside its rivals."""
    truth, name = finishers.finish_s, f"Boston {YEAR} {_NAMES[finishers.point_km]}"
    mine, note = _mae_min(told[:, 0], truth), f"{len(truth)} finishers with the splits so far, 5 folds over runners"
    rivals = [("Riegel", riegel_s(finishers)), ("even pace", even_s(finishers)), ("linear terms alone", small)]
    rivals += [("boosted trees, absolute error", big)] if big is not None else []
    figures = [Figure(f"{name}: MAE", mine, "min", at_most=_GOALS_MIN[finishers.point_km], note=note)]
    figures += [
        Figure(f"{name}: MAE", mine, "min", peer=peer, peer_value=_mae_min(of, truth), note=note) for peer, of in rivals
    ]
    return [
        *figures,
        *_group_figures(finishers, told, name, note),
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
    name = _NAMES[finishers.point_km]
    return [
        Control(f"{name}: learned from other runners' finishes, MAE min", _mae_min(told, finishers.finish_s), real),
        Control(
            f"{name}: other runners' stretches, MAE min", _mae_min(held_out(shapeless)[:, 0], finishers.finish_s), real
        ),
    ]


def _survivors(recordings: Path, point_km: float) -> list[Figure]:
    """Return the shipped weights' error in every other year with splits, where there is one."""
    figures = []
    for year in years(recordings):
        if year != YEAR:
            other = inrace_runners.read(recordings, point_km, year)
            told = finish_s(shipped(point_km), point_km, other.splits_s, other.age, other.female)[:, 0]
            note = f"{len(other)} finishers of {year}, survivors only: who gave up or was stopped has no finish"
            figures.append(
                Figure(f"Boston {year} {_NAMES[point_km]}: MAE", _mae_min(told, other.finish_s), "min", peer="Riegel",
                       peer_value=_mae_min(riegel_s(other), other.finish_s), note=note)
            )  # fmt: skip
    return figures


def _elsewhere(recordings: Path) -> list[Figure]:
    """Return the shipped weights' error on another course, from the half alone."""
    figures = []
    for year, other in inrace_runners.read_half_alone(recordings).items():
        told = finish_s(shipped(HALF_KM), HALF_KM, other.splits_s, other.age, other.female)
        held = 100.0 * float(((other.finish_s >= told[:, 1]) & (other.finish_s <= told[:, 2])).mean())
        note = f"the weights of Boston {YEAR} from the half alone, its splits taken as even, age and sex not used"
        name, count = f"Loch Ness {year} from half way", len(other)
        figures += [
            Figure(f"{name}: MAE", _mae_min(told[:, 0], other.finish_s), "min", peer="Riegel",
                   peer_value=_mae_min(riegel_s(other), other.finish_s), note=note),
            Figure(f"{name}: 90 % intervals hold", held, f"% of {count}", note=note),
        ]  # fmt: skip
    return figures


def _by_pace(finishers: Finishers, told: Array) -> Plot:
    """Return the error by the pace so far, of the model and of Riegel."""
    pace = finishers.splits_s[:, -1] / finishers.point_km / 60.0
    edges = np.quantile(pace, np.linspace(0.0, 1.0, 13))
    place = np.clip(np.searchsorted(edges, pace, side="right") - 1, 0, 11)
    centre = np.array([float(pace[place == k].mean()) for k in range(12)])
    lines = []
    for name, of in (("this model", told[:, 0]), ("Riegel", riegel_s(finishers))):
        miss = np.abs(of - finishers.finish_s) / 60.0
        lines.append(Line(name, centre, np.array([float(miss[place == k].mean()) for k in range(12)])))
    title = f"Boston {YEAR} {_NAMES[finishers.point_km]}: error by the pace so far"
    name = "models_race_half" if finishers.point_km == HALF_KM else "models_race_30_km"
    return Plot(name, title, "min/km", "mean error in min", tuple(lines))


def _inrace(recordings: Path, point_km: float, quick: bool) -> tuple[list[Figure], list[Control], Plot]:
    finishers = inrace_runners.read(recordings, point_km)
    if quick:
        finishers = finishers.pick(np.random.default_rng(6).permutation(len(finishers))[:_QUICK_FINISHERS])
    told = held_out(finishers)
    big = None if quick else trees_held_out(finishers)
    figures = _point_figures(finishers, told, big, linear_held_out(finishers))
    controls = _inrace_controls(finishers, _mae_min(told[:, 0], finishers.finish_s))
    return figures + _survivors(recordings, point_km), controls, _by_pace(finishers, told)


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what the race models reach on runners held out; the quick one on a sample, without the big rival."""
    say("models, races: marathons from shorter races")
    figures, controls, bars, data = _marathons(recordings, quick)
    pictures: list[Bars | Plot] = [bars]
    for point_km in SPLITS_KM:
        say(f"models, races: Boston {_NAMES[point_km]}")
        more, checks, plot = _inrace(recordings, point_km, quick)
        figures, controls = figures + more, controls + checks
        pictures.append(plot)
    figures = figures + _elsewhere(recordings)
    others = [str(year) for year in years(recordings) if year != YEAR]
    notes = (
        f"Other years of Boston with splits here: {', '.join(others) or 'none'}; they would be survivors only.",
        "The in-race weights know one course and one warm day: hills and weather of another race shift every finish.",
        "The forms of both models were chosen while looking at these folds; runners that are not here are the test.",
    )
    data = f"race_results: {data}; Boston {YEAR}, finishers with splits, wheelchairs left out"
    return Section("models_race", data, tuple(figures), tuple(controls), tuple(pictures), notes)
