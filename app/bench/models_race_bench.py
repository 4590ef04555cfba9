"""The benchmark of races: the marathon from shorter races, and its finish from the splits so far.

The rule of this file: a runner is judged by models, intervals and levels that never saw them; the formulas and the
rivals are judged on the same runners.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.stats import binom

from app.bench.figures import Bars, Control, Figure, Say, Section
from app.bench.models_race_parts import Part, attempted, mae_min, together
from app.bench.models_race_splits import in_race
from models.inrace import Array
from models.race import SAFE_SIDE, SLOW_SIDE, bundled, fastest_believable_s, slowest_believable_s
from models.train.race_cv import Split, pair_models, single_models
from models.train.race_rivals import rival_times
from models.train.race_runners import FILE_NAME, KEPT, KNOTS_M, Runners, all_cases, read, widest
from models.train.race_safe import TARGET, Safe, held_out_middle, held_out_safe, shuffled_split, too_fast
from models.train.race_scores import SMALLEST_GROUP, Bounded, below, formula_times, hasty, marathon_groups, worst
from models.train.race_training import split_of

_QUICK_RUNNERS = 150
_FEWEST = 50
"""Marathons that can be learned from and judged in folds."""
_SHIPPED, _KEPT = "marathon, as shipped", "marathon, race.onnx on runners kept for judging"
_JUDGED = (_SHIPPED, _KEPT)
_FORMULAS = ("Riegel", "VDOT", "Cameron")


def _words(found: Bounded) -> str:
    return f"90 % bootstrap over runners {found.low:.1f} to {found.high:.1f} %"


def _told_figures(name: str, told: Array, safe: Safe, rivals: dict[str, Array], note: str) -> list[Figure]:
    """Return error and haste of one marathon time, with the goals of the time that is published."""
    truth = safe.truth_s
    gain, haste, mine = below(told, rivals["Riegel"], truth), hasty(told, truth), mae_min(told, truth)
    goal, limit = (30.0, 18.0) if name in _JUDGED else (-np.inf, np.inf)
    riegel = 100.0 * too_fast(rivals["Riegel"], truth)
    return [
        Figure(f"{name}: MAE below Riegel", gain.value, "%", at_least=goal, note=f"{note}; {_words(gain)}"),
        Figure(f"{name}: over 10 min too fast", haste.value, "%", at_most=limit, peer="Riegel", peer_value=riegel,
               note=f"{note}; {_words(haste)}"),
        *(Figure(f"{name}: MAE", mine, "min", peer=rival, peer_value=mae_min(rivals[rival], truth), note=note)
          for rival in _FORMULAS),
    ]  # fmt: skip


def _marathon_figures(safe: Safe, runners: Runners) -> list[Figure]:
    rivals, figures = formula_times(runners, safe.cases), []
    ways = [
        (_SHIPPED, safe.safe_s, f"level {SAFE_SIDE:g}, as race.onnx publishes it"),
        ("marathon, middle time", safe.middle_s, f"level {SLOW_SIDE:g}, not published"),
    ]
    if safe.chosen_s is not safe.safe_s:  # the quick look has no level of its own
        chosen = f"level {safe.level.min():.2f} to {safe.level.max():.2f}, chosen on other folds"
        ways.append(("marathon, level chosen on other folds", safe.chosen_s, chosen))
    for name, told, level in ways:
        note = f"{len(safe.truth_s)} runners of the survey with a marathon and another best, 10 folds over runners"
        figures += _told_figures(name, told, safe, rivals, f"{note}; {level}")
    return figures


def _unequal_figures(split: Split, safe: Safe, quick: bool) -> list[Figure]:
    """Return how much worse than everybody the worst group over the marathon is served, by model and trees."""
    members = marathon_groups(split.runners, safe.cases, safe.safe_s)
    found = worst(safe.safe_s, safe.truth_s, members)
    if np.isnan(found.minutes):
        return []
    note = f"{found.name}; groups of 100 and more by sex, age band, level, told slower than 4:10"
    equal = float(safe.truth_s[members[found.name]].mean() / safe.truth_s.mean())
    goal = Figure("marathon: worst group's MAE over the mean", found.minutes, at_most=1.25,
                  peer="the same % of the time for all", peer_value=equal, note=note)  # fmt: skip
    figures = [goal, Figure("marathon: worst group's error in % of the time, over the mean", found.percent, note=note)]
    if not quick:
        cases, times = rival_times(split)
        rows = widest(cases, split.runners) & (cases.target == TARGET)
        theirs = worst(times["boosted trees"][rows], safe.truth_s, members).minutes
        figures.insert(1, replace(goal, at_most=np.inf, peer="boosted trees", peer_value=theirs))
    return figures


def kept_for_judging(recordings: Path) -> Part:
    """Return the shipped file's figures on runners that its training left out, where the survey here holds any."""
    model, runners = bundled(), read(recordings)
    kept = np.flatnonzero(runners.number % KEPT == 0) if model.notes.get("kept for judging") else np.zeros(0, int)
    cases = all_cases(runners)
    cases = cases.pick(widest(cases, runners) & (cases.target == TARGET) & np.isin(cases.runner, kept))
    if len(cases) < SMALLEST_GROUP:
        return Part()
    who, truth = cases.runner, runners.times_s[cases.runner, TARGET]
    bests = {float(d): _believable(float(d), runners.times_s[who, k]) for k, d in enumerate(KNOTS_M) if k != TARGET}
    sexes = [{1.0: "f", 0.0: "m"}.get(one) for one in runners.female[who].tolist()]
    weekly_km = np.clip(runners.weekly_km[who], 0.0, 400.0)
    told, low, high = model.predict_times(bests, KNOTS_M[TARGET], runners.age[who], sexes, weekly_km)
    safe = Safe(cases, truth, told, told, told, np.array([SAFE_SIDE]))
    note = f"{len(cases)} runners whose number is divisible by {KEPT}, none of whom race.onnx was trained on"
    held, band = (truth >= low) & (truth <= high), binom.interval(0.99, len(truth), 0.9)
    least, most = (100.0 * float(edge) / len(truth) for edge in band)
    figures = _told_figures(_KEPT, told, safe, formula_times(runners, cases), note)
    share = Figure(f"{_KEPT}: 90 % intervals hold", 100.0 * float(held.mean()), "%", most, least, note=note)
    return Part((*figures, share), data=(f"{len(cases)} marathons of runners kept for judging",))


def _believable(distance_m: float, times_s: Array) -> Array:
    """Return the times (n,), NaN where nobody can have run so, as the model wants them."""
    with np.errstate(invalid="ignore"):
        right = (times_s >= fastest_believable_s(distance_m)) & (times_s <= slowest_believable_s(distance_m))
    return np.where(right, times_s, np.nan)


def _without_targets(split: Split) -> float:
    """Return the MAE in min of marathons by models that learned from times dealt out at random."""
    mixed = shuffled_split(split, np.random.default_rng(3))
    safe = held_out_middle(mixed, single_models(mixed))
    return mae_min(safe.safe_s, safe.truth_s)


def _marathons(recordings: Path, quick: bool) -> Part:
    runners = read(recordings)
    split = split_of(runners)
    if quick:
        some = split.cases.runner < _QUICK_RUNNERS
        split = replace(split, cases=split.cases.pick(some))
    count = len(np.unique(split.cases.runner[split.cases.target == TARGET]))
    if count < _FEWEST:
        raise ValueError(f"{count} runners of {recordings / FILE_NAME} with a marathon and another best are too few")
    single = single_models(split)
    safe = held_out_middle(split, single) if quick else held_out_safe(split, single, pair_models(split))
    control = Control(
        "marathon: other runners' times, MAE min", _without_targets(split), mae_min(safe.safe_s, safe.truth_s)
    )
    figures = _marathon_figures(safe, runners) + _unequal_figures(split, safe, quick)
    data = f"race_results: {len(safe.truth_s)} marathons of the survey"
    return Part(tuple(figures), (control,), (_picture(safe, runners),), (data,))


def _picture(safe: Safe, runners: Runners) -> Bars:
    rivals = formula_times(runners, safe.cases)
    told = {"as shipped": safe.safe_s, "middle time": safe.middle_s, **{name: rivals[name] for name in _FORMULAS}}
    values = [[mae_min(one, safe.truth_s), 100.0 * too_fast(one, safe.truth_s)] for one in told.values()]
    return Bars("models_race_marathon", "Marathon from shorter races: error and haste", "min, %", tuple(told),
                ("MAE min", "over 10 min too fast %"), np.array(values))  # fmt: skip


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what the race models reach on runners held out; the quick one on a sample, without the big rival."""
    say("models, races: marathons from shorter races")
    found = together(
        [
            attempted("Marathon from shorter races", lambda: _marathons(recordings, quick)),
            attempted("race.onnx on runners kept for judging", lambda: kept_for_judging(recordings)),
            in_race(recordings, quick, say),
        ]
    )
    notes = (
        "Worst groups: the slow miss by more minutes because their races are longer (a row says what the same % for "
        "all would give) and because they spread more; trees on the same inputs do not narrow it. Splits do not "
        "either, up to 40 km. What would: the day's heart rate, the weeks before, earlier marathons of the runner.",
        "The in-race weights know one course and one warm day: hills and weather of another race shift every finish.",
        "The forms of both models were chosen while looking at these folds; runners that are not here are the test.",
    )
    data = "; ".join(found.data) or "none"
    return Section("models_race", data, found.figures, found.controls, found.pictures, (*found.notes, *notes))
