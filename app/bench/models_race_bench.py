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
from models.race import SAFE_SIDE, SLOW_SIDE, bundled
from models.train import inrace_runners
from models.train.inrace_rivals import trees_held_out
from models.train.inrace_runners import YEAR, Finishers, even_s, riegel_s, years
from models.train.inrace_training import fit, held_out, linear_held_out
from models.train.race_cv import Split, pair_models, single_models
from models.train.race_rivals import rival_times
from models.train.race_runners import FILE_NAME, KEPT, KNOTS_M, Runners, all_cases, read, widest
from models.train.race_safe import TARGET, Safe, held_out_middle, held_out_safe, shuffled_split, too_fast
from models.train.race_scores import SMALLEST_GROUP, Bounded, below, formula_times, hasty, marathon_groups, worst
from models.train.race_training import split_of

_GOALS_MIN = {HALF_KM: 9.0, 30.0: 5.0}
_NAMES = {HALF_KM: "from half way", 30.0: "from 30 km"}
_QUICK_RUNNERS, _QUICK_FINISHERS = 150, 8000
_FORMULAS = ("Riegel", "VDOT", "Cameron")


def _mae_min(told_s: Array, truth_s: Array) -> float:
    return float(np.abs(told_s - truth_s).mean() / 60.0)


def _words(found: Bounded) -> str:
    return f"90 % bootstrap over runners {found.low:.1f} to {found.high:.1f} %"


def _told_figures(name: str, told: Array, safe: Safe, rivals: dict[str, Array], note: str) -> list[Figure]:
    """Return error and haste of one marathon time, with the goals of the time that is published."""
    truth = safe.truth_s
    gain, haste, mine = below(told, rivals["Riegel"], truth), hasty(told, truth), _mae_min(told, truth)
    goal, limit = (-np.inf, np.inf) if "middle" in name else (30.0, 18.0)
    riegel = 100.0 * too_fast(rivals["Riegel"], truth)
    return [
        Figure(f"{name}: MAE below Riegel", gain.value, "%", at_least=goal, note=f"{note}; {_words(gain)}"),
        Figure(f"{name}: over 10 min too fast", haste.value, "%", at_most=limit, peer="Riegel", peer_value=riegel,
               note=f"{note}; {_words(haste)}"),
        *(Figure(f"{name}: MAE", mine, "min", peer=rival, peer_value=_mae_min(rivals[rival], truth), note=note)
          for rival in _FORMULAS),
    ]  # fmt: skip


def _marathon_figures(safe: Safe, runners: Runners) -> list[Figure]:
    rivals, figures = formula_times(runners, safe.cases), []
    chosen = f"level {safe.level.min():.2f} to {safe.level.max():.2f}, chosen on other folds"
    ways = (
        ("marathon, as shipped", safe.safe_s, f"level {SAFE_SIDE:g}, as race.onnx publishes it"),
        ("marathon, level chosen on other folds", safe.chosen_s, chosen),
        ("marathon, middle time", safe.middle_s, f"level {SLOW_SIDE:g}, not published"),
    )
    for name, told, level in ways:
        note = f"{len(safe.truth_s)} runners of the survey with a marathon and another best, 10 folds over runners"
        figures += _told_figures(name, told, safe, rivals, f"{note}; {level}")
    return figures


def _unequal_figures(split: Split, safe: Safe, quick: bool) -> list[Figure]:
    """Return how much worse than everybody the worst group over the marathon is served, by model and trees."""
    members = marathon_groups(split.runners, safe.cases, safe.safe_s)
    found = worst(safe.safe_s, safe.truth_s, members)
    note = f"{found.name}; groups of 100 and more by sex, age band, level, told slower than 4:10"
    goal = Figure("marathon: worst group's MAE over the mean", found.minutes, at_most=1.25, note=note)
    figures = [goal, Figure("marathon: worst group's error in % of the time, over the mean", found.percent, note=note)]
    if not quick:
        cases, times = rival_times(split)
        rows = widest(cases, split.runners) & (cases.target == TARGET)
        theirs = worst(times["boosted trees"][rows], safe.truth_s, members).minutes
        figures.insert(1, replace(goal, at_most=np.inf, peer="boosted trees", peer_value=theirs))
    return figures


def _shipped_figures(runners: Runners) -> list[Figure]:
    """Return the shipped file's figures on runners that its training left out, where the survey here holds any."""
    model = bundled()
    kept = np.flatnonzero(runners.number % KEPT == 0) if model.notes.get("kept for judging") else np.zeros(0, int)
    cases = all_cases(runners)
    cases = cases.pick(widest(cases, runners) & (cases.target == TARGET) & np.isin(cases.runner, kept))
    if len(cases) < SMALLEST_GROUP:
        return []
    who, truth = cases.runner, runners.times_s[cases.runner, TARGET]
    bests = {float(d): runners.times_s[who, k] for k, d in enumerate(KNOTS_M) if k != TARGET}
    sexes = [{1.0: "f", 0.0: "m"}.get(one) for one in runners.female[who].tolist()]
    told, low, high = model.predict_times(bests, KNOTS_M[TARGET], runners.age[who], sexes, runners.weekly_km[who])
    safe = Safe(cases, truth, told, told, told, np.array([SAFE_SIDE]))
    note = f"{len(cases)} runners whose number is divisible by {KEPT}, none of whom race.onnx was trained on"
    held = 100.0 * float(((truth >= low) & (truth <= high)).mean())
    name = "marathon, race.onnx on runners kept for judging"
    return [
        *_told_figures(name, told, safe, formula_times(runners, cases), note),
        Figure(f"{name}: 90 % intervals hold", held, "%", 92.0, 88.0, note=note),
    ]


def _without_targets(split: Split) -> float:
    """Return the MAE in min of marathons by models that learned from times dealt out at random."""
    mixed = shuffled_split(split, np.random.default_rng(3))
    safe = held_out_middle(mixed, single_models(mixed))
    return _mae_min(safe.safe_s, safe.truth_s)


def _marathons(runners: Runners, quick: bool) -> tuple[list[Figure], list[Control], Bars, str]:
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
    names = ("as shipped", "middle time", *_FORMULAS)
    told = (safe.safe_s, safe.middle_s, *(rivals[name] for name in _FORMULAS))
    values = np.array([[_mae_min(one, safe.truth_s), 100.0 * too_fast(one, safe.truth_s)] for one in told])
    picture = Bars("models_race_marathon", "Marathon from shorter races: error and haste", "min, %", names,
                   ("MAE min", "over 10 min too fast %"), values)  # fmt: skip
    figures = _marathon_figures(safe, runners) + _unequal_figures(split, safe, quick) + _shipped_figures(runners)
    return figures, [control], picture, f"{len(safe.truth_s)} marathons of the survey"


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
